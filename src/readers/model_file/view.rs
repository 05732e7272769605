//! Views of a model file.

use std::collections::BTreeSet;

use super::drawn;
use super::element::{self, Ids, account};
use super::log::{Log, short};
use super::relation::FlowIds;
use crate::diagnostic::{Loss, Unread};
use crate::model::{Direction, Draft, Flow, LocalId, Sheet, SheetNode, SheetNote, ViewKind};
use crate::source::{Node, Source, Span, Value};

/// `source` is what `model.json` adds.
const KEYS: &[&str] = &[
    "id",
    "title",
    "description",
    "kind",
    "nodes",
    "relations",
    "routes",
    "notes",
    "direction",
    "complete",
    "source",
];

/// What the views are about.
pub(super) struct Shown<'a> {
    pub(super) drafts: &'a [Draft],
    pub(super) flows: &'a [Flow],
    pub(super) ids: &'a Ids,
    pub(super) names: &'a FlowIds,
}

/// Reads the list `views`. Without the key, one view shows everything.
pub(super) fn read(
    log: &mut Log<'_>,
    root: &Node,
    source: &Source,
    shown: &Shown<'_>,
    loss: &mut Loss,
) -> Vec<Sheet> {
    if root.get("views").is_none_or(|node| node.value == Value::Null) {
        if shown.drafts.is_empty() {
            return Vec::new();
        }
        let mut sheet = Sheet::new(root.span.into());
        sheet.title = log.line(root, "title");
        sheet.nodes = everything(shown);
        sheet.flows = (0..shown.flows.len()).collect();
        return vec![sheet];
    }
    let mut sheets = Vec::new();
    for node in log.list(root, "views") {
        let sheet = entry(log, node, shown);
        account(loss, sheet.is_some(), || Unread::at(source, node.span));
        sheets.extend(sheet);
    }
    sheets
}

fn entry(log: &mut Log<'_>, node: &Node, shown: &Shown<'_>) -> Option<Sheet> {
    log.entries(node, "a view", KEYS)?;
    let span = node.get("id").or_else(|| node.get("title")).map_or(node.span, |node| node.span);
    let mut sheet = Sheet::new(span.into());
    sheet.explicit_id = log.line(node, "id");
    sheet.title = log.line(node, "title");
    sheet.description = log.text(node, "description");
    sheet.name.clone_from(&sheet.explicit_id);
    sheet.kind = log.choice(node, "kind", ViewKind::ALL, ViewKind::word);
    sheet.direction = log.choice(node, "direction", Direction::ALL, Direction::word);
    sheet.complete = log.flag(node, "complete").unwrap_or(false);
    sheet.nodes = if node.get("nodes").is_some() { nodes(log, node, shown) } else { everything(shown) };
    sheet.flows = if node.get("relations").is_some() {
        let words = log.words(node, "relations");
        words.into_iter().filter_map(|(word, span)| flow(log, &word, span, shown)).collect()
    } else {
        let on: BTreeSet<LocalId> = sheet.nodes.iter().map(|node| node.draft).collect();
        let both = |flow: &Flow| on.contains(&flow.from) && on.contains(&flow.to);
        (0..shown.flows.len()).filter(|at| both(&shown.flows[*at])).collect()
    };
    sheet.routes = drawn::routes(log, node, shown);
    sheet.frames = drawn::frames(log, node);
    sheet.notes = notes(log, node, shown);
    Some(sheet)
}

fn everything(shown: &Shown<'_>) -> Vec<SheetNode> {
    let node = |(at, draft): (usize, &Draft)| SheetNode {
        draft: LocalId(at),
        parent: draft.parent,
        bounds: None,
        look: None,
    };
    shown.drafts.iter().enumerate().map(node).collect()
}

/// Entries `{element, parent, bounds, look}` or plain ids. Without `parent`, an element is drawn in the
/// nearest of its owners that the view shows; `parent:` with nothing after it draws it in none.
fn nodes(log: &mut Log<'_>, view: &Node, shown: &Shown<'_>) -> Vec<SheetNode> {
    let mut nodes: Vec<(SheetNode, bool)> = Vec::new();
    let mut on: BTreeSet<LocalId> = BTreeSet::new();
    for item in log.list(view, "nodes") {
        let written = if item.as_map().is_some() {
            log.entries(item, "a node", &["element", "parent", "bounds", "look"]);
            log.line(item, "element")
        } else {
            log.scalar(item)
        };
        let Some(id) = written else {
            log.error("model-file/wrong-type", "a node of a view needs `element`, an id", item.span);
            continue;
        };
        let span = item.get("element").map_or(item.span, |node| node.span);
        let Some(draft) = element::find(log, &id, span, shown.ids) else { continue };
        if !on.insert(draft) {
            let message = format!("the view shows `{}` twice; the first place counts", short(&id));
            log.warning("model-file/shown-twice", message, span);
            continue;
        }
        let parent = log.line(item, "parent").and_then(|parent| {
            let span = item.get("parent").map_or(item.span, |node| node.span);
            element::find(log, &parent, span, shown.ids)
        });
        let node =
            SheetNode { draft, parent, bounds: drawn::bounds(log, item), look: drawn::look(log, item) };
        nodes.push((node, item.get("parent").is_some()));
    }
    let nest = |(mut node, nested): (SheetNode, bool)| {
        if !nested {
            node.parent = nearest_shown(node.draft, shown.drafts, &on);
        }
        node
    };
    nodes.into_iter().map(nest).collect()
}

fn nearest_shown(draft: LocalId, drafts: &[Draft], on: &BTreeSet<LocalId>) -> Option<LocalId> {
    let mut next = drafts[draft.0].parent;
    while let Some(parent) = next.filter(|parent| !on.contains(parent)) {
        next = drafts[parent.0].parent;
    }
    next
}

/// The flow of an id; reported when there is none.
pub(super) fn flow(log: &mut Log<'_>, id: &str, span: Span, shown: &Shown<'_>) -> Option<usize> {
    if let Some(found) = shown.names.get(id) {
        return *found;
    }
    let message = format!("no relation has the id `{}`", short(id));
    log.unknown("model-file/unknown-id", message, span, id, shown.names.keys().map(String::as_str));
    None
}

fn notes(log: &mut Log<'_>, view: &Node, shown: &Shown<'_>) -> Vec<SheetNote> {
    let mut notes = Vec::new();
    for item in log.list(view, "notes") {
        if log.entries(item, "a note", &["text", "element", "relation", "bounds", "look", "origin"]).is_none()
        {
            continue;
        }
        let Some(text) = log.text(item, "text") else {
            log.error("model-file/missing-text", "a note needs `text`", item.span);
            continue;
        };
        let span = |key: &str| item.get(key).map_or(item.span, |node| node.span);
        let draft =
            log.line(item, "element").and_then(|id| element::find(log, &id, span("element"), shown.ids));
        let flow = log.line(item, "relation").and_then(|id| flow(log, &id, span("relation"), shown));
        let (bounds, look) = (drawn::bounds(log, item), drawn::look(log, item));
        notes.push(SheetNote { draft, flow, text, bounds, look, place: item.span.into() });
    }
    notes
}
