//! Identities, availability by function, and recovery.

use super::block::{Block, Section, Table};
use super::links::Links;
use super::prose::{Inline, Prose, Target};
use super::words::{count, list};
use crate::model::{Element, ElementKind, Fact, FactKey, Facts, Origin};

/// Accounts, groups and who keeps them; `None` when none is named.
pub(super) fn identities(links: &Links<'_>) -> Option<Section> {
    let model = links.input.model;
    let mut table = Table::new(
        count(model.identities.len(), "account or group/accounts and groups"),
        &["Account or group", "For", "Used by", "Source"],
    );
    for identity in &model.identities {
        table.row(vec![
            Prose::plain(identity.name.clone()),
            Prose::plain(identity.purpose.clone().unwrap_or_default()),
            links.elements(&identity.used_by),
            links.lines(&identity.origins),
        ]);
    }
    let mut blocks = Vec::new();
    if !table.rows.is_empty() {
        blocks.push(Block::Table(table.without_empty_columns()));
    }
    let keepers: Vec<Prose> = links
        .things()
        .filter(|element| matches!(element.kind, ElementKind::Identity | ElementKind::Secrets))
        .map(|element| links.element(&element.id))
        .collect();
    if !keepers.is_empty() {
        let verb = if keepers.len() == 1 {
            " is drawn as a keeper of identities or secrets."
        } else {
            " are drawn as keepers of identities or secrets."
        };
        blocks.push(Block::Paragraph(Prose::listed(keepers).text(verb)));
    }
    (!blocks.is_empty()).then(|| Section::new("identities", "Identities and accounts", blocks))
}

/// What stops when a function is lost; `None` when no function is known.
pub(super) fn availability(links: &Links<'_>) -> Option<Section> {
    let rows = &links.input.assessment.functions;
    if rows.is_empty() {
        return None;
    }
    let mut table = Table::new(
        count(rows.len(), "function"),
        &[
            "Function",
            "Instances",
            "Failover",
            "What stops when it is lost, as drawn",
            "Paths that stop",
            "Evidence",
        ],
    );
    for row in rows {
        table.row(vec![
            links.element(&row.element),
            links.with_marks(&row.instances),
            links.with_marks(&row.failover),
            Prose::plain(row.stops.clone()),
            paths(&row.paths),
            links.lines(row.evidence.iter().filter_map(|evidence| evidence.place.as_ref())),
        ]);
    }
    let table = Block::Table(table.without_empty_columns());
    Some(Section::new("availability", "Availability by function", vec![table]))
}

/// Links to message paths by their numbers.
fn paths(paths: &[usize]) -> Prose {
    let links = paths.iter().map(|at| {
        let to = Target::Anchor(super::paths::anchor(*at));
        Prose::new().run(Inline::Link { text: (at + 1).to_string(), to })
    });
    Prose::joined(links, ", ")
}

/// The facts that recovery rests on, with the words that name them.
const RECOVERY: [(FactKey, &str); 7] = [
    (FactKey::Rto, "RTO"),
    (FactKey::Rpo, "RPO"),
    (FactKey::Criticality, "Criticality"),
    (FactKey::Site, "Site"),
    (FactKey::Region, "Region"),
    (FactKey::Backup, "Backup"),
    (FactKey::RestoreTested, "Restore test"),
];

/// Objectives, sites, backups and restore tests; `None` when nothing was read.
pub(super) fn recovery(links: &Links<'_>) -> Option<Section> {
    let model = links.input.model;
    if model.elements.is_empty() {
        return None;
    }
    let mut titles = vec!["Of"];
    titles.extend(RECOVERY.iter().map(|(_, title)| *title));
    let mut table = Table::new("Recovery, as stated", &titles);
    let mut row = |name: Prose, facts: &Facts| {
        let mut cells = vec![name];
        cells.extend(RECOVERY.iter().map(|(key, _)| value(links, facts, *key)));
        if cells.iter().skip(1).any(|cell| !cell.is_empty()) {
            table.row(cells);
        }
    };
    row(Prose::plain("The whole"), &model.facts);
    for element in model.elements.values() {
        row(links.element(&element.id), &element.facts);
    }
    let said = |key: FactKey| {
        let known = |facts: &Facts| facts.get(key).is_some();
        known(&model.facts) || model.elements.values().any(|element: &Element| known(&element.facts))
    };
    let silent: Vec<&str> = RECOVERY.iter().filter(|(key, _)| !said(*key)).map(|(_, title)| *title).collect();
    let mut blocks = Vec::new();
    if !table.rows.is_empty() {
        blocks.push(Block::Table(table.without_empty_columns()));
    }
    if !silent.is_empty() {
        let mut prose = Prose::plain("Not stated anywhere: ").text(decapitalized(&silent)).text(".");
        let keys: Vec<&str> = RECOVERY.iter().map(|(key, _)| key.word()).collect();
        let asked: Vec<Prose> = links
            .input
            .assessment
            .questions
            .iter()
            .filter(|question| keys.contains(&question.key.as_str()))
            .filter_map(|question| links.mark(&question.number))
            .map(|mark| Prose::new().run(Inline::Mark(mark)))
            .collect();
        if !asked.is_empty() {
            prose = prose.text(" Asked in ").then(Prose::listed(asked)).text(".");
        }
        blocks.push(Block::Paragraph(prose));
    }
    Some(Section::new("recovery", "Recovery", blocks))
}

/// `RTO, site and backup`: abbreviations keep their capitals.
fn decapitalized(words: &[&str]) -> String {
    let lower: Vec<String> = words
        .iter()
        .map(
            |word| {
                if word.chars().all(char::is_uppercase) { (*word).to_owned() } else { word.to_lowercase() }
            },
        )
        .collect();
    list(&lower)
}

fn value(links: &Links<'_>, facts: &Facts, key: FactKey) -> Prose {
    let Some(fact) = facts.get(key) else { return Prose::new() };
    let value = Prose::plain(fact.value.display());
    match remark(fact) {
        Some(remark) => value.hush(format!(" ({remark})")),
        None => match fact.place.as_ref().and_then(|place| links.place(place)) {
            Some(place) => value.text(" ").run(place),
            None => value,
        },
    }
}

fn remark(fact: &Fact) -> Option<String> {
    match fact.origin {
        Origin::Inferred => Some("assumed".to_owned()),
        Origin::Declared => {
            let declaration = fact.declaration.as_ref()?;
            let by = declaration.by.as_ref().map(|by| format!("declared by {by}"));
            let date = declaration.date.as_ref().map(|date| format!("on {date}"));
            let words: Vec<String> = by.into_iter().chain(date).collect();
            (!words.is_empty()).then(|| words.join(" "))
        }
        Origin::Derived | Origin::Stated => None,
    }
}
