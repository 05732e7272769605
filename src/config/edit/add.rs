//! New entries of `facts`.

use super::spell::{self, Style};
use super::splice::{self, Splice, line_break, line_end, line_start, next_line};
use super::{NewFacts, bare, child, pair, provenance, quotes, value_of};
use crate::source::{Node, Outline, Quotes, Shape, Value};

/// What the text means with the entries at the end of `facts`.
pub(super) fn apply(root: &Node, added: &[NewFacts]) -> Node {
    let mut root = root.clone();
    if root.value == Value::Null {
        root.value = Value::Map(Vec::new());
    }
    let entries: Vec<Node> = added.iter().map(entry).collect();
    match child(&mut root, "facts") {
        Some(facts) => match &mut facts.value {
            Value::List(items) => items.extend(entries),
            other => *other = Value::List(entries),
        },
        None => {
            if let Value::Map(map) = &mut root.value {
                map.push(pair("facts", Value::List(entries)));
            }
        }
    }
    root
}

fn entry(facts: &NewFacts) -> Node {
    let text = |text: &str| Value::Text(text.to_owned());
    let subject = match facts.subjects.as_slice() {
        [one] => text(one),
        many => Value::List(many.iter().map(|subject| bare(text(subject))).collect()),
    };
    let set = facts.set.iter().map(|(key, value)| pair(key, value_of(value))).collect();
    let mut entries = vec![pair("subject", subject), pair("set", Value::Map(set))];
    entries.extend(provenance(facts).into_iter().map(|(key, value)| pair(key, text(value))));
    bare(Value::Map(entries))
}

/// The texts that may mean it, the best one first.
pub(super) fn texts(text: &str, added: &[NewFacts]) -> Vec<String> {
    let outline = Outline::of(text).filter(|outline| !outline.is_nothing());
    let quotes = quotes(outline.as_ref());
    let tries = match outline.as_ref() {
        None => vec![vec![under_new_key(text, text.len(), added, 0, Style::new(quotes, 0, 2))]],
        Some(root) => match root.entry(text, "facts") {
            Some((key, value)) => to_value(text, root, key, value, added, quotes),
            None => to_root(text, root, added, quotes),
        },
    };
    tries.into_iter().filter_map(|splices| splice::apply(text, splices)).collect()
}

impl Style {
    fn new(quotes: Quotes, root: usize, indent: usize) -> Self {
        Self { quotes, dash: root + indent, gap: 1, block: false, set_block: false }
    }
}

/// `facts` is not written yet.
fn to_root(text: &str, root: &Outline, added: &[NewFacts], quotes: Quotes) -> Vec<Vec<Splice>> {
    let Shape::Map { flow, entries } = &root.shape else { return Vec::new() };
    if *flow {
        let listed: Vec<String> = added.iter().map(|facts| spell::flow(facts, quotes)).collect();
        let key = if quotes == Quotes::Always { "\"facts\"" } else { "facts" };
        let facts = format!("{key}: [{}]", listed.join(", "));
        let at = match entries.last() {
            Some((key, value)) => value.range.end.max(key.range.end),
            None => root.range.start + 1,
        };
        let comma = if entries.is_empty() { "" } else { ", " };
        return vec![vec![(at..at, format!("{comma}{facts}"))]];
    }
    let indent = list_indent(text, root);
    let style = Style::new(quotes, root.column, indent);
    let after = next_line(text, root.range.end.saturating_sub(1));
    // At the end of the file; behind what closes the last key; before the first one.
    let first = line_start(text, root.range.start);
    vec![
        vec![under_new_key(text, text.len(), added, root.column, style)],
        vec![under_new_key(text, after, added, root.column, style)],
        vec![under_new_key(text, first, added, root.column, style)],
    ]
}

/// The column of the dashes of a block list.
fn dash_column(text: &str, list: &Outline) -> usize {
    let dash = list.items().first().and_then(|item| splice::dash(text, item.range.start));
    dash.map_or(list.column, |dash| dash - line_start(text, dash))
}

/// Spaces by which the lists of a root are indented: as the first one.
fn list_indent(text: &str, root: &Outline) -> usize {
    let Shape::Map { entries, .. } = &root.shape else { return 2 };
    let lists = entries.iter().map(|(_, value)| value);
    lists
        .filter(|value| matches!(value.shape, Shape::List { flow: false, .. }))
        .map(|list| dash_column(text, list).saturating_sub(root.column))
        .next()
        .unwrap_or(2)
}

/// `facts:` and its entries as lines at an offset that starts a line or ends the text.
fn under_new_key(text: &str, at: usize, added: &[NewFacts], root: usize, style: Style) -> Splice {
    let line_break = line_break(text, at);
    let mut lines = vec![format!("{}facts:", " ".repeat(root))];
    lines.extend(added.iter().map(|facts| spell::entry(facts, style, line_break)));
    let before = if at == 0 || text[..at].ends_with('\n') { "" } else { line_break };
    (at..at, format!("{before}{}{line_break}", lines.join(line_break)))
}

/// `facts` is written, with or without a value.
fn to_value(
    text: &str,
    root: &Outline,
    key: &Outline,
    value: &Outline,
    added: &[NewFacts],
    quotes: Quotes,
) -> Vec<Vec<Splice>> {
    match &value.shape {
        Shape::List { flow: false, items } => {
            let Some(last) = items.last() else { return Vec::new() };
            let style = beside(text, value, last, quotes);
            vec![vec![below(text, last.range.end, added, style)]]
        }
        Shape::List { flow: true, items } => {
            let listed: Vec<String> = added.iter().map(|facts| spell::flow(facts, quotes)).collect();
            let listed = listed.join(", ");
            let Some(last) = items.last() else {
                let inside = value.range.start + 1;
                let in_braces = vec![(inside..inside, listed)];
                return if is_flow(root) {
                    vec![in_braces]
                } else {
                    vec![instead_of(text, root, key, value, added, quotes), in_braces]
                };
            };
            vec![vec![(last.range.end..last.range.end, format!(", {listed}"))]]
        }
        // Nothing, or a word for it.
        Shape::Scalar(_) if !is_flow(root) && !value.marked => {
            vec![instead_of(text, root, key, value, added, quotes)]
        }
        Shape::Scalar(_) if !value.marked => {
            let listed: Vec<String> = added.iter().map(|facts| spell::flow(facts, quotes)).collect();
            let listed = format!("[{}]", listed.join(", "));
            if value.range.is_empty() {
                let at =
                    text[key.range.end..].find(':').map_or(text.len(), |colon| key.range.end + colon + 1);
                vec![vec![(at..at, format!(" {listed}"))]]
            } else {
                vec![vec![(value.range.clone(), listed)]]
            }
        }
        Shape::Scalar(_) | Shape::Alias | Shape::Map { .. } => Vec::new(),
    }
}

fn is_flow(part: &Outline) -> bool {
    matches!(part.shape, Shape::Map { flow: true, .. } | Shape::List { flow: true, .. })
}

/// Takes out an empty value on the key's line, and writes the entries below that line.
fn instead_of(
    text: &str,
    root: &Outline,
    key: &Outline,
    value: &Outline,
    added: &[NewFacts],
    quotes: Quotes,
) -> Vec<Splice> {
    let colon = text[key.range.end..].find(':').map_or(key.range.end, |colon| key.range.end + colon + 1);
    let style = Style::new(quotes, root.column, list_indent(text, root));
    let mut splices = Vec::new();
    if !value.range.is_empty() {
        splices.push((colon..value.range.end, String::new()));
    }
    let end = if value.range.is_empty() { colon } else { value.range.end };
    splices.push(below(text, end, added, style));
    splices
}

/// The entries as lines below the line that holds an offset.
fn below(text: &str, end: usize, added: &[NewFacts], style: Style) -> Splice {
    let line_break = line_break(text, end);
    let lines: Vec<String> = added.iter().map(|facts| spell::entry(facts, style, line_break)).collect();
    let lines = lines.join(line_break);
    // A block of text ends behind its last line end.
    if end > 0 && text[..end].ends_with('\n') {
        return (end..end, format!("{lines}{line_break}"));
    }
    let at = line_end(text, end);
    (at..at, format!("{line_break}{lines}"))
}

/// The style of the entry that stands last.
fn beside(text: &str, list: &Outline, last: &Outline, quotes: Quotes) -> Style {
    let dash = dash_column(text, list);
    let mut style = Style { quotes, dash, gap: 1, block: false, set_block: false };
    if let Shape::Map { flow: false, .. } = &last.shape {
        style.block = true;
        style.gap = last.column.saturating_sub(dash + 1).max(1);
        style.set_block = last
            .entry(text, "set")
            .is_some_and(|(_, set)| matches!(set.shape, Shape::Map { flow: false, .. }));
    }
    style
}
