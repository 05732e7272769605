//! Elements of a model file.

use std::collections::{BTreeMap, BTreeSet};

use super::facts::{self, Of};
use super::log::{Log, short};
use crate::diagnostic::{Loss, Unread};
use crate::model::{Draft, ElementKind, LocalId, Technology, short_slug};
use crate::source::{Node, Source, Span, Value};

/// `also-in`, `origin` and `origins` are what `model.json` adds.
const KEYS: &[&str] = &[
    "id",
    "name",
    "kind",
    "parent",
    "instance-of",
    "technologies",
    "description",
    "tags",
    "stereotypes",
    "properties",
    "facts",
    "basis",
    "also-in",
    "origin",
    "origins",
];

/// Written ids of elements.
pub(super) type Ids = BTreeMap<String, LocalId>;

struct Entry {
    draft: Draft,
    parent: Option<(String, Span)>,
}

/// Reads the list `elements`; parents come to stand before their children.
pub(super) fn read(log: &mut Log<'_>, root: &Node, source: &Source, loss: &mut Loss) -> (Vec<Draft>, Ids) {
    let mut entries: Vec<Entry> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for node in log.list(root, "elements") {
        let Some((id, entry)) = entry(log, node) else {
            loss.unknown.push(Unread::at(source, node.span));
            continue;
        };
        if let Some(first) = id.as_ref().and_then(|id| places.get(id)) {
            let id = id.unwrap_or_default();
            let first: Span = entries[*first].draft.origins[0].span;
            duplicate(log, &id, entry.draft.origins[0].span, first);
            loss.unknown.push(Unread::at(source, node.span));
            continue;
        }
        loss.understood += 1;
        if let Some(id) = id {
            places.insert(id, entries.len());
        }
        entries.push(entry);
    }
    let parents = resolve_parents(log, &entries, &places);
    order(entries, &parents, &places)
}

fn duplicate(log: &mut Log<'_>, id: &str, span: Span, first: Span) {
    let message = format!("the id `{}` is already taken by another element", short(id));
    log.error("model-file/duplicate-id", message, span);
    if let Some(last) = log.diagnostics.last_mut() {
        last.labels.push(crate::diagnostic::Label { span: first, text: "taken here".to_owned() });
    }
}

fn entry(log: &mut Log<'_>, node: &Node) -> Option<(Option<String>, Entry)> {
    log.entries(node, "an element", KEYS)?;
    let written = log.line(node, "id");
    let name = log.line(node, "name");
    let Some(title) = name.clone().or_else(|| written.clone()) else {
        log.error("model-file/missing-id", "an element needs an `id`", node.span);
        return None;
    };
    let explicit = match &written {
        Some(id) if is_id(id) => Some(id.clone()),
        Some(id) => {
            let span = node.get("id").map_or(node.span, |node| node.span);
            let read_as = short_slug(id);
            let message =
                format!("an id has no white space and no `>` or `@`; `{}` is read as `{read_as}`", short(id));
            log.warning("model-file/bad-id", message, span);
            Some(read_as)
        }
        None => {
            let message = "an element needs an `id`; this one gets its id from its name";
            log.warning("model-file/missing-id", message, node.span);
            None
        }
    };
    let span = node.get("id").or_else(|| node.get("name")).map_or(node.span, |node| node.span);
    let kind = log.choice(node, "kind", ElementKind::ALL, ElementKind::word).unwrap_or(ElementKind::Unknown);
    let mut draft = Draft::new(kind, title, span.into());
    draft.explicit_id = explicit;
    draft.instance_of = log.line(node, "instance-of");
    draft.technologies = technologies(log, node);
    draft.description = log.text(node, "description");
    draft.tags = log.plain_words(node, "tags");
    draft.stereotypes = log.plain_words(node, "stereotypes");
    draft.basis = log.plain_words(node, "basis");
    draft.properties = log.properties(node, "properties");
    draft.facts = facts::read(log, node, Of::Element);
    let parent_span = node.get("parent").map_or(node.span, |node| node.span);
    let parent = log.line(node, "parent").map(|parent| (parent, parent_span));
    Some((written, Entry { draft, parent }))
}

fn is_id(id: &str) -> bool {
    !id.contains(|character: char| {
        character.is_whitespace() || character.is_control() || matches!(character, '>' | '@' | '*' | ',')
    })
}

/// Technologies: words, or mappings of `written`, `id` and `version`.
pub(super) fn technologies(log: &mut Log<'_>, node: &Node) -> Vec<Technology> {
    let items = match node.get("technologies") {
        None | Some(Node { value: Value::Null, .. }) => return Vec::new(),
        Some(found) => found.as_list().unwrap_or(std::slice::from_ref(found)),
    };
    let mut technologies = Vec::new();
    for item in items {
        if item.as_map().is_some() {
            log.entries(item, "a technology", &["written", "id", "version"]);
            let id = log.line(item, "id");
            let Some(written) = log.line(item, "written").or_else(|| id.clone()) else {
                log.error(
                    "model-file/incomplete-technology",
                    "a technology needs the key `written`",
                    item.span,
                );
                continue;
            };
            technologies.push(Technology { written, id, version: log.line(item, "version") });
        } else if let Some(word) = log.scalar(item) {
            technologies.push(Technology::written(crate::source::one_line(&word)));
        } else {
            log.wrong_item("technologies", "text", item);
        }
    }
    technologies.retain(|technology| !technology.written.is_empty());
    technologies
}

fn resolve_parents(
    log: &mut Log<'_>,
    entries: &[Entry],
    places: &BTreeMap<String, usize>,
) -> Vec<Option<usize>> {
    let mut parents: Vec<Option<usize>> = Vec::with_capacity(entries.len());
    for entry in entries {
        parents.push(entry.parent.as_ref().and_then(|(parent, span)| {
            let found = places.get(parent).copied();
            if found.is_none() {
                let message = format!("no element has the id `{}`", short(parent));
                log.unknown(
                    "model-file/unknown-id",
                    message,
                    *span,
                    parent,
                    places.keys().map(String::as_str),
                );
            }
            found
        }));
    }
    break_cycles(log, entries, &mut parents);
    parents
}

/// Every walk up ends: the element at which a circle closes loses its parent.
fn break_cycles(log: &mut Log<'_>, entries: &[Entry], parents: &mut [Option<usize>]) {
    let mut ends = vec![false; entries.len()];
    for start in 0..entries.len() {
        let mut path = BTreeSet::new();
        let mut at = start;
        while !ends[at] {
            path.insert(at);
            match parents[at] {
                Some(parent) if path.contains(&parent) => {
                    let span = entries[at].parent.as_ref().map_or_else(Span::default, |(_, span)| *span);
                    let message = "an element cannot hold itself; this `parent` closes a circle";
                    log.error("model-file/circular-parent", message, span);
                    parents[at] = None;
                    break;
                }
                Some(parent) => at = parent,
                None => break,
            }
        }
        path.into_iter().for_each(|index| ends[index] = true);
    }
}

fn order(
    entries: Vec<Entry>,
    parents: &[Option<usize>],
    places: &BTreeMap<String, usize>,
) -> (Vec<Draft>, Ids) {
    let mut sequence: Vec<usize> = Vec::with_capacity(entries.len());
    let mut local: Vec<Option<LocalId>> = vec![None; entries.len()];
    for start in 0..entries.len() {
        let mut chain = Vec::new();
        let mut next = Some(start);
        while let Some(at) = next.filter(|at| local[*at].is_none()) {
            chain.push(at);
            next = parents[at];
        }
        for at in chain.into_iter().rev() {
            local[at] = Some(LocalId(sequence.len()));
            sequence.push(at);
        }
    }
    let mut slots: Vec<Option<Draft>> = entries.into_iter().map(|entry| Some(entry.draft)).collect();
    let drafts = sequence
        .iter()
        .filter_map(|at| {
            let mut draft = slots[*at].take()?;
            draft.parent = parents[*at].and_then(|parent| local[parent]);
            Some(draft)
        })
        .collect();
    let ids = places.iter().filter_map(|(id, at)| Some((id.clone(), local[*at]?))).collect();
    (drafts, ids)
}

/// The elements that a list of ids names; unknown ones are reported.
pub(super) fn named(log: &mut Log<'_>, node: &Node, key: &str, ids: &Ids) -> Vec<LocalId> {
    let words = log.words(node, key);
    words.into_iter().filter_map(|(word, span)| find(log, &word, span, ids)).collect()
}

/// The element of an id; reported when there is none.
pub(super) fn find(log: &mut Log<'_>, id: &str, span: Span, ids: &Ids) -> Option<LocalId> {
    let found = ids.get(id).copied();
    if found.is_none() {
        let message = format!("no element has the id `{}`", short(id));
        log.unknown("model-file/unknown-id", message, span, id, ids.keys().map(String::as_str));
    }
    found
}

/// Whether an entry of a list counts as understood.
pub(super) fn account(loss: &mut Loss, read: bool, unread: impl FnOnce() -> Unread) {
    if read {
        loss.understood += 1;
    } else {
        loss.unknown.push(unread());
    }
}
