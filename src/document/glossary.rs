//! The words that the document uses in a sense of its own, those that occur in it.

use super::block::{Block, Entry, Section};
use super::links::Links;
use super::prose::Prose;
use crate::model::ZoneKind;

/// The glossary.
pub(super) fn section(links: &Links<'_>) -> Section {
    let assessment = links.input.assessment;
    let findings = !assessment.findings.is_empty();
    let terms = [
        (true, "As drawn", "True of what the sources show. They may leave things out."),
        (true, "As written", "True by the words that the author wrote, such as a protocol's name."),
        (true, "Not stated", "No source says it. That is a question, never a finding."),
        (
            findings,
            "Finding",
            "Something that does not hold, on evidence. G is to be fixed before go-live, D to be decided in this \
             review, T to be tracked.",
        ),
        (
            !assessment.questions.is_empty(),
            "Question (Q)",
            "A fact that is missing and would decide at least one rule.",
        ),
        (
            findings,
            "Severity",
            "Critical should block approval; high needs treatment or signed acceptance before go-live; medium \
             needs a dated decision; low is an improvement; info is about the drawing and never a risk.",
        ),
        (
            !assessment.satisfied.is_empty(),
            "Sound",
            "A rule holds, as drawn. “Assumed” says that it holds only if what is typical is also true here.",
        ),
        (
            !assessment.decisions.is_empty(),
            "Decision",
            "What the sidecar says about a finding, with owner, reason and expiry.",
        ),
        (
            true,
            "Stated, declared, derived, assumed",
            "Stated: the author's words or shapes. Declared: the sidecar planroom.yaml. Derived: it follows from \
             these. Assumed: typical, not certain; never the ground of a finding.",
        ),
        (
            !links.input.model.zones.is_empty(),
            "Trust level",
            "0 for the Internet, 1 partner, 2 perimeter, 3 corporate and application, 4 data and management.",
        ),
        (
            !assessment.functions.is_empty(),
            "RTO, RPO",
            "Recovery time objective: how long it may be down. Recovery point objective: how much data may be \
             lost, as a span of time.",
        ),
        (
            links.input.model.zones.iter().any(|zone| zone.kind == ZoneKind::Perimeter),
            "Perimeter",
            "The network between the Internet or partners and the inside; also DMZ or screened subnet.",
        ),
        (
            true,
            "Sidecar",
            "The file planroom.yaml beside the sources: document properties, declared facts and decisions.",
        ),
    ];
    let used = terms.into_iter().filter(|(used, ..)| *used);
    let entries = used.map(|(_, term, text)| Entry::one(term, Prose::plain(text))).collect();
    Section::new("glossary", "Glossary", vec![Block::Entries(entries)])
}
