//! The table of elements.

use super::block::{Block, Section, Table};
use super::links::{Links, element_anchor};
use super::prose::{Inline, Prose, Target};
use super::words::count;
use crate::assessment::SubjectRef;
use crate::model::{Element, ElementKind, Facts, Origin};

/// Every element with what is known of it; `None` when none was read.
pub(super) fn section(links: &Links<'_>) -> Option<Section> {
    let model = links.input.model;
    if model.elements.is_empty() {
        return None;
    }
    let things = links.things().count();
    let groups = model.elements.len() - things;
    let mut caption = count(things, "element");
    if groups > 0 {
        caption = format!("{caption} and {}", count(groups, "boundary/boundaries"));
    }
    let mut table = Table::new(
        caption,
        &[
            "Element",
            "Kind",
            "Technology",
            "In",
            "What is known",
            "Concluded from places",
            "Findings and questions",
            "Source",
        ],
    );
    for element in model.elements.values() {
        table.anchored(
            element_anchor(&element.id),
            vec![
                name(element),
                kind(links, element),
                technologies(element),
                element.parent.as_ref().map(|parent| links.element(parent)).unwrap_or_default(),
                facts(&element.facts),
                basis(&element.basis),
                marks(links, element),
                links.lines(&element.origins),
            ],
        );
    }
    Some(Section::new("elements", "Elements", vec![Block::Table(table.without_empty_columns())]))
}

fn name(element: &Element) -> Prose {
    let name = Prose::new().strong(element.name.clone());
    match element.description.as_deref().map(str::trim) {
        Some(text) if !text.is_empty() => name.hush(format!(" {text}")),
        _ => name,
    }
}

fn kind(links: &Links<'_>, element: &Element) -> Prose {
    let word = match element.kind {
        ElementKind::Unknown => Prose::new(),
        ElementKind::Datastore => Prose::plain("data store"),
        kind => Prose::plain(kind.word()),
    };
    match &element.instance_of {
        Some(logical) => {
            let to = Target::Anchor(element_anchor(logical));
            let instance = Prose::plain("instance of ").run(Inline::Link { text: links.name(logical), to });
            Prose::joined([word, instance], ", ")
        }
        None => word,
    }
}

fn technologies(element: &Element) -> Prose {
    let written = element.technologies.iter().map(|technology| match &technology.version {
        Some(version) if !technology.written.contains(version.as_str()) => {
            format!("{} {version}", technology.written)
        }
        _ => technology.written.clone(),
    });
    Prose::plain(written.collect::<Vec<_>>().join(", "))
}

/// Facts as `key: value`, what counts of each key; what was only assumed says so.
pub(super) fn facts(facts: &Facts) -> Prose {
    let mut seen = std::collections::BTreeSet::new();
    let mut parts = Vec::new();
    for fact in facts.iter() {
        if !seen.insert(fact.key) {
            continue;
        }
        let Some(fact) = facts.get(fact.key) else { continue };
        let text = format!("{} {}", fact.key.word().replace('-', " "), fact.value.display());
        parts.push(match fact.origin {
            Origin::Inferred => Prose::quiet(format!("{text} (assumed)")),
            Origin::Declared => Prose::plain(format!("{text} (declared)")),
            Origin::Derived | Origin::Stated => Prose::plain(text),
        });
    }
    Prose::joined(parts, "; ")
}

/// What was concluded from where things stand in a drawing.
pub(super) fn basis(words: &[String]) -> Prose {
    Prose::new().hush(words.join("; "))
}

fn marks(links: &Links<'_>, element: &Element) -> Prose {
    let own = links.marks_of(&SubjectRef::Element(element.id.clone()));
    if element.kind == ElementKind::Zone {
        return Prose::joined([own, links.marks_of(&SubjectRef::Zone(element.id.clone()))], " ");
    }
    own
}
