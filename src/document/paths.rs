//! Message paths: numbered walks along the flows, with what they pass, what is carried and what they stand on.

use indexmap::IndexSet;

use super::block::{Block, Entry, Section};
use super::links::Links;
use super::prose::Prose;
use crate::assessment::{FunctionRow, MessagePath, PathStep, SubjectRef};
use crate::model::{ElementId, ElementKind, FactKey};
use crate::scene::without_via;

/// Numbered walks along the flows; `None` when there is none.
pub(super) fn section(links: &Links<'_>) -> Option<Section> {
    let paths = &links.input.assessment.paths;
    let parts: Vec<Section> = paths
        .iter()
        .enumerate()
        .map(|(at, path)| {
            let blocks = vec![Block::Steps(steps(links, path)), Block::Entries(entries(links, path))];
            Section::new(anchor(at), format!("Path {}. {}", at + 1, path.title), blocks)
        })
        .collect();
    (!parts.is_empty()).then(|| Section {
        id: "paths".into(),
        title: "Message paths".into(),
        blocks: vec![Block::Paragraph(Prose::plain(
            "Each walk follows the flows as drawn, from where a message enters to where its data rests. Loss of \
             any element of a path stops it, as drawn, unless other instances are stated.",
        ))],
        parts,
    })
}

/// Anchor of a path by its place in the assessment.
pub(super) fn anchor(at: usize) -> String {
    format!("path-{}", at + 1)
}

fn steps(links: &Links<'_>, path: &MessagePath) -> Vec<Prose> {
    path.elements
        .windows(2)
        .zip(&path.steps)
        .filter_map(|(ends, step)| {
            let [from, to] = ends else { return None };
            Some(one_step(links, from, to, step))
        })
        .collect()
}

fn one_step(links: &Links<'_>, from: &ElementId, to: &ElementId, step: &PathStep) -> Prose {
    let mut prose = links.element(from).text(" → ").then(links.element(to));
    if let Some(relation) = links.input.model.relations.get(&step.relation) {
        let mut label = relation.label.clone().unwrap_or_default();
        // The way is told behind it.
        if !step.passes.is_empty() {
            label = without_via(&label);
        }
        let spoken = if label.is_empty() { links.protocols(relation) } else { label };
        if !spoken.is_empty() {
            prose = prose.text(format!(": {spoken}"));
        }
    }
    if !step.passes.is_empty() {
        prose = prose.text(", through ").then(links.elements(&step.passes));
    }
    if let (Some(a), Some(b)) = (links.zone(from), links.zone(to))
        && a != b
    {
        prose = prose.hush(format!(" · from {} into {}", links.name(a), links.name(b)));
    }
    if step.undirected {
        prose = prose.hush(" · drawn without an arrow");
    } else if step.fetched {
        prose = prose.hush(format!(" · fetched: {} opens the connection", links.name(to)));
    }
    if let Some(class) = &step.data_class {
        prose = prose.text(format!(" · data: {class}"));
    }
    let marks = links.marks_of(&SubjectRef::Relation(step.relation.clone()));
    if marks.is_empty() { prose } else { prose.text(" ").then(marks) }
}

fn entries(links: &Links<'_>, path: &MessagePath) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut zones: Vec<&ElementId> = Vec::new();
    for zone in path.elements.iter().filter_map(|id| links.zone(id)) {
        if zones.last() != Some(&zone) {
            zones.push(zone);
        }
    }
    if zones.len() > 1 {
        let names = zones.into_iter().map(|zone| links.element(zone));
        entries.push(Entry::one("Zones", Prose::joined(names, " → ")));
    }
    let passed: IndexSet<&ElementId> = path.steps.iter().flat_map(|step| &step.passes).collect();
    for (kind, label) in [(ElementKind::Firewall, "Firewalls"), (ElementKind::Gateway, "Gateways")] {
        let of: Vec<ElementId> = passed
            .iter()
            .copied()
            .chain(&path.elements)
            .filter(|id| links.input.model.element(id).is_some_and(|element| element.kind == kind))
            .cloned()
            .collect::<IndexSet<ElementId>>()
            .into_iter()
            .collect();
        if !of.is_empty() {
            entries.push(Entry::one(label, links.elements(&of)));
        }
    }
    entries.push(Entry::one("Data class", class(links, path)));
    entries.extend(stands_on(links, path, &passed));
    entries
}

/// The highest class, and how much of the way says nothing.
fn class(links: &Links<'_>, path: &MessagePath) -> Prose {
    let silent = path.steps.iter().filter(|step| step.data_class.is_none()).count();
    match &path.data_class {
        None => Prose::quiet("not stated"),
        Some(class) if silent == 0 => Prose::plain(class.clone()),
        Some(class) => {
            let steps = match (silent, path.steps.len()) {
                (silent, all) if silent == all => {
                    "of no step itself, only of what it ends on or passes".to_owned()
                }
                (silent, all) => format!("not stated of {silent} of {all} steps"),
            };
            let said: Vec<ElementId> = path
                .elements
                .iter()
                .filter(|id| {
                    let element = links.input.model.element(id);
                    element.is_some_and(|element| element.facts.get(FactKey::DataClass).is_some())
                })
                .cloned()
                .collect();
            let prose = Prose::plain(class.clone());
            let prose =
                if said.is_empty() { prose } else { prose.text(", stated of ").then(links.elements(&said)) };
            prose.hush(format!("; {steps}"))
        }
    }
}

/// What the path needs, by what is stated of instances and failover.
fn stands_on(links: &Links<'_>, path: &MessagePath, passed: &IndexSet<&ElementId>) -> Vec<Entry> {
    let all: IndexSet<&ElementId> = path.elements.iter().chain(passed.iter().copied()).collect();
    let rows: Vec<&FunctionRow> =
        links.input.assessment.functions.iter().filter(|row| all.contains(&row.element)).collect();
    let (silent, stated): (Vec<&FunctionRow>, Vec<&FunctionRow>) = rows
        .into_iter()
        .partition(|row| row.instances.starts_with("not stated") && row.failover.starts_with("not stated"));
    let mut entries = Vec::new();
    if !stated.is_empty() {
        let items = stated.iter().map(|row| {
            let failover = if row.failover.starts_with("not stated") {
                "failover not stated".to_owned()
            } else {
                format!("failover {}", row.failover)
            };
            links.element(&row.element).text(format!(" (instances {}, {failover})", row.instances))
        });
        entries.push(Entry::one("Instances stated", Prose::listed(items.collect())));
    }
    if !silent.is_empty() {
        let ids: Vec<ElementId> = silent.iter().map(|row| row.element.clone()).collect();
        entries.push(Entry::one("Instances not stated", links.elements(&ids)));
    }
    entries
}
