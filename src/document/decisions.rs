//! Decisions of the sidecar, what became of them, and when they expire.

use super::block::{Block, Section, Table};
use super::links::Links;
use super::prose::{Inline, Prose};
use super::words::{capital, count, sentence};
use crate::assessment::Decision;

/// The decisions; `None` when none was made.
pub(super) fn section(links: &Links<'_>) -> Option<Section> {
    let decisions = &links.input.assessment.decisions;
    if decisions.is_empty() {
        return None;
    }
    let mut table = Table::new(
        count(decisions.len(), "decision"),
        &[
            "Finding", "Decision", "State", "Owner", "Reason", "Approver", "Ticket", "Decided", "Expires",
            "Source",
        ],
    );
    for decision in decisions {
        table.row(vec![
            finding(links, decision),
            Prose::plain(decision.status.word().replace('-', " ")),
            state(decision),
            Prose::plain(decision.owner.clone()),
            Prose::plain(sentence(&decision.reason)),
            Prose::plain(decision.approver.clone().unwrap_or_default()),
            Prose::plain(decision.ticket.clone().unwrap_or_default()),
            Prose::plain(decision.decided.clone().unwrap_or_default()),
            Prose::plain(decision.expires.clone().unwrap_or_default()),
            links.lines([&decision.place]),
        ]);
    }
    let mut blocks = vec![Block::Table(table.without_empty_columns())];
    if links.input.assessment.as_of.is_none() {
        blocks.push(Block::Paragraph(Prose::quiet(
            "No as-of date was given: expiry dates are printed and not judged.",
        )));
    }
    Some(Section::new("decisions", "Decisions", blocks))
}

/// The finding's number when there is one now, and its id.
fn finding(links: &Links<'_>, decision: &Decision) -> Prose {
    let findings = &links.input.assessment.findings;
    let number = findings.iter().find(|finding| finding.id == decision.finding);
    match number.and_then(|finding| links.mark(&finding.number)) {
        Some(mark) => {
            Prose::new().run(Inline::Mark(mark)).text(" ").run(Inline::Code(decision.finding.clone()))
        }
        None => Prose::code(decision.finding.clone()),
    }
}

fn state(decision: &Decision) -> Prose {
    let word = Prose::plain(capital(&decision.state.word().replace('-', " ")));
    if decision.remark.trim().is_empty() { word } else { word.text(": ").text(sentence(&decision.remark)) }
}
