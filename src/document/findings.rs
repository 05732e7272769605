//! Guidance by category: a card for each finding, then what is sound.

use super::block::{Block, Entry, FindingCard, Section, Table};
use super::links::{Links, badge_anchor, form_of, treated_by};
use super::prose::{Inline, Mark, Prose, Target};
use super::words::{capital, count, sentence};
use crate::assessment::{Category, Evidence, Finding, RuleCard, Satisfied, SubjectRef};
use crate::model::Origin;

/// At most this many subjects or pieces of evidence are listed in a card before the rest is counted.
const MOST_ITEMS: usize = 12;

/// Findings and sound statements by category; `None` when nothing was judged.
pub(super) fn section(links: &Links<'_>) -> Option<Section> {
    let parts: Vec<Section> = Category::ALL.iter().filter_map(|category| part(links, *category)).collect();
    if parts.is_empty() {
        return None;
    }
    Some(Section {
        id: "guidance".into(),
        title: "Guidance by category".into(),
        blocks: vec![Block::Paragraph(
            Prose::plain(
                "A finding rests on what the drawing or the sidecar says, never on what they leave out; what they \
                 leave out is asked. The same for a spreadsheet, with flows, ports and decisions: ",
            )
            .run(Inline::Link { text: "findings.xlsx".into(), to: Target::File("findings.xlsx".into()) })
            .text("."),
        )],
        parts,
    })
}

/// A category as the page prints it.
pub(super) fn category_title(category: Category) -> &'static str {
    match category {
        Category::Security => "Security",
        Category::Availability => "Availability",
        Category::Performance => "Performance",
        Category::Operations => "Operations",
        Category::Privacy => "Privacy",
    }
}

fn part(links: &Links<'_>, category: Category) -> Option<Section> {
    let assessment = links.input.assessment;
    let mut blocks: Vec<Block> = assessment
        .findings
        .iter()
        .filter(|finding| finding.category == category)
        .map(|finding| Block::Finding(card(links, finding)))
        .collect();
    let sound: Vec<&Satisfied> =
        assessment.satisfied.iter().filter(|sound| sound.category == category).collect();
    if blocks.is_empty() && sound.is_empty() {
        return None;
    }
    if blocks.is_empty() {
        blocks.push(Block::Paragraph(Prose::plain("No finding.")));
    }
    if !sound.is_empty() {
        blocks.push(Block::Table(sound_table(links, category, &sound)));
    }
    let id = format!("guidance-{}", category.word());
    Some(Section::new(id, category_title(category), blocks))
}

fn card(links: &Links<'_>, finding: &Finding) -> FindingCard {
    let assessment = links.input.assessment;
    let rule = assessment.rules.iter().find(|rule| rule.id == finding.rule);
    let mut entries = Vec::new();
    if let Some(entry) = affects(links, finding) {
        entries.push(entry);
    }
    let evidence = evidence(links, &finding.evidence);
    if !evidence.is_empty() {
        entries.push(Entry { label: "Evidence".into(), items: evidence });
    }
    if let Some(rule) = rule {
        let told = [("Why", &rule.why), ("Do", &rule.action), ("Verify", &rule.verify)];
        for (label, text) in told.into_iter().filter(|(_, text)| !text.trim().is_empty()) {
            entries.push(Entry::one(label, Prose::plain(sentence(text))));
        }
    }
    if let Some(decision) = finding.decision.and_then(|at| assessment.decisions.get(at)) {
        let mut text = Prose::new().strong(capital(&decision.status.word().replace('-', " "))).text(format!(
            " by {}: {}",
            decision.owner,
            sentence(&decision.reason)
        ));
        if let Some(expires) = &decision.expires {
            text = text.text(format!(" Until {expires}."));
        }
        if let Some(place) = links.place(&decision.place) {
            text = text.text(" ").run(place);
        }
        entries.push(Entry::one("Decision", text));
    }
    let drawn = drawn_in(links, finding);
    if !drawn.is_empty() {
        entries.push(Entry { label: "Drawn in".into(), items: vec![Prose::listed(drawn)] });
    }
    if let Some(rule) = rule {
        let references = references(rule);
        if !references.is_empty() {
            entries.push(Entry { label: "References".into(), items: references });
        }
    }
    let number = finding.number.clone();
    FindingCard {
        mark: Mark { number, form: form_of(finding.severity) },
        id: finding.id.clone(),
        title: finding.title.trim().trim_end_matches('.').to_owned(),
        meta: meta(links, finding, rule),
        entries,
        correction: finding.correction.trim_end().to_owned(),
        decide: match finding.decision {
            None => finding.decide.trim_end().to_owned(),
            Some(_) => String::new(),
        },
    }
}

fn meta(links: &Links<'_>, finding: &Finding, rule: Option<&RuleCard>) -> Prose {
    let state = match treated_by(links.input.assessment, finding) {
        Some(decision) => format!("{} by decision", decision.status.word().replace('-', " ")),
        None => finding.band.title().to_lowercase(),
    };
    let mut meta = Prose::new().strong(capital(finding.severity.word())).text(format!(" · {state}"));
    if finding.contradictory {
        meta = meta.text(" · facts disagree");
    }
    meta = meta.text(" · ").run(Inline::Code(finding.rule.clone()));
    match rule.map(|rule| rule.severity_why.trim()).filter(|why| !why.is_empty()) {
        Some(why) => meta.hush(format!(" · {}", sentence(why))),
        None => meta,
    }
}

fn affects(links: &Links<'_>, finding: &Finding) -> Option<Entry> {
    let subjects = &finding.subjects;
    if subjects.is_empty() {
        return None;
    }
    let items = subjects.iter().take(MOST_ITEMS).map(|subject| links.subject(subject));
    let mut items: Vec<Prose> = items.collect();
    // Elements read well in one line; flows are long and get a line each.
    let short = !subjects.iter().any(|subject| matches!(subject, SubjectRef::Relation(_)));
    if subjects.len() > MOST_ITEMS {
        items.push(Prose::plain(format!("{} more", subjects.len() - MOST_ITEMS)));
    }
    let items = if short { vec![Prose::listed(items)] } else { items };
    Some(Entry { label: "Affects".into(), items })
}

/// Evidence, each text once with all its places.
pub(super) fn evidence(links: &Links<'_>, evidence: &[Evidence]) -> Vec<Prose> {
    let mut told: indexmap::IndexMap<&str, Vec<&Evidence>> = indexmap::IndexMap::new();
    for piece in evidence {
        told.entry(piece.text.trim()).or_default().push(piece);
    }
    let mut items = Vec::new();
    for (text, pieces) in told.iter().take(MOST_ITEMS) {
        let mut item = Prose::plain(capital(text.trim_end_matches('.')));
        if pieces.iter().any(|piece| piece.origin == Some(Origin::Inferred)) {
            item = item.hush(" (assumed)");
        }
        if let Some(witness) = pieces.iter().map(|piece| &piece.path).find(|path| !path.is_empty()) {
            let names = witness.iter().map(|id| links.element(id));
            item = item.text(": ").then(Prose::joined(names, " → "));
        }
        let places = links.places(pieces.iter().filter_map(|piece| piece.place.as_ref()));
        if !places.is_empty() {
            item = item.text(", ").then(places);
        }
        items.push(item);
    }
    if told.len() > MOST_ITEMS {
        items.push(Prose::plain(format!("{} more", told.len() - MOST_ITEMS)));
    }
    items
}

/// The figures that show a badge of the finding.
fn drawn_in(links: &Links<'_>, finding: &Finding) -> Vec<Prose> {
    let input = links.input;
    let mut drawn = Vec::new();
    for (at, view) in input.model.views.iter().enumerate() {
        let Some(scene) = input.scenes.iter().find(|scene| scene.view == view.id) else { continue };
        let groups = scene.groups.iter().flat_map(|group| &group.badges);
        let shapes = scene.shapes.iter().flat_map(|shape| &shape.badges);
        let connectors = scene.connectors.iter().flat_map(|connector| &connector.badges);
        if groups.chain(shapes).chain(connectors).any(|badge| badge.number == finding.number) {
            let to = Target::Anchor(badge_anchor(&view.id, &finding.number));
            drawn.push(Prose::new().run(Inline::Link { text: format!("Figure {}", at + 1), to }));
        }
    }
    drawn
}

fn references(rule: &RuleCard) -> Vec<Prose> {
    let mut items: Vec<Prose> = rule
        .sources
        .iter()
        .map(|source| {
            let to = Target::Web(source.url.clone());
            Prose::new().run(Inline::Link { text: source.title.clone(), to })
        })
        .collect();
    let standards: Vec<String> = rule
        .maps
        .iter()
        .map(|(standard, ids)| format!("{}: {}", standard_title(standard), ids.join(", ")))
        .collect();
    if !standards.is_empty() {
        items.push(Prose::plain(standards.join("; ")));
    }
    items
}

/// A standard's name as its publisher writes it.
fn standard_title(standard: &str) -> String {
    match standard {
        "cwe" => "CWE".to_owned(),
        "nist" => "NIST SP 800-53".to_owned(),
        "asvs" => "OWASP ASVS".to_owned(),
        "stride" => "STRIDE".to_owned(),
        "capec" => "CAPEC".to_owned(),
        "attack" => "MITRE ATT&CK".to_owned(),
        other => other.to_owned(),
    }
}

fn sound_table(links: &Links<'_>, category: Category, sound: &[&Satisfied]) -> Table {
    let mut table = Table::new(
        format!("{}: sound, as drawn", category_title(category)),
        &["Statement", "Holds for", "Evidence", "Rule"],
    );
    for statement in sound {
        let subjects = &statement.subjects;
        let mut text = Prose::plain(sentence(&statement.text));
        if statement.assumed {
            text = text.hush(" Assumed: it rests on what is typical and not written.");
        }
        table.row(vec![
            text,
            match subjects.as_slice() {
                [SubjectRef::Model] => Prose::new(),
                few if few.len() <= 4 => {
                    Prose::listed(few.iter().map(|subject| links.subject(subject)).collect())
                }
                [first, ..] => links.subject(first).text(format!(" and {} more", subjects.len() - 1)),
                [] => Prose::new(),
            },
            places_or_texts(links, &statement.evidence),
            Prose::code(statement.rule.clone()),
        ]);
    }
    table.without_empty_columns()
}

/// Places of the evidence; its texts when it has none.
fn places_or_texts(links: &Links<'_>, evidence: &[Evidence]) -> Prose {
    let places = links.places(evidence.iter().filter_map(|piece| piece.place.as_ref()));
    if !places.is_empty() {
        return places;
    }
    let mut texts: Vec<&str> = evidence.iter().map(|piece| piece.text.trim()).collect();
    texts.dedup();
    match texts.len() {
        0..=3 => Prose::plain(texts.join("; ")),
        more => Prose::plain(format!("{}; {}", texts[..2].join("; "), count(more - 2, "more fact"))),
    }
}
