//! Takes back what entries of `facts` said, or changes it in place.

use std::collections::BTreeMap;

use super::splice::{self, Splice, line_end, line_start, next_line};
use super::{Edit, Given, NewFacts, bare, child, pair, provenance, quotes, spell, value_of};
use crate::source::{Node, Outline, Quotes, ScalarForm, Shape, Value};

/// What becomes of one entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// Its values are replaced.
    Values(NewFacts),
    /// It is taken out.
    Drop,
    /// These keys are taken out of its `set`.
    Keys(Vec<String>),
    /// These are taken out of its subjects.
    Subjects(Vec<String>),
}

/// What becomes of the entries, and what is added.
#[derive(Clone, Debug, Default)]
pub(super) struct Plan {
    changes: BTreeMap<usize, Change>,
    /// New entries; what an entry said beside what is taken back is said again for its subject.
    pub(super) added: Vec<NewFacts>,
}

impl Plan {
    /// Whether no entry changes.
    pub(super) fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }
}

/// Works out what becomes of each entry.
pub(super) fn plan(root: &Node, edit: &Edit) -> Result<Plan, String> {
    let mut plan = Plan { changes: BTreeMap::new(), added: edit.added.clone() };
    let mut taken: BTreeMap<usize, BTreeMap<&str, Vec<&str>>> = BTreeMap::new();
    for one in &edit.withdrawn {
        let keys = taken.entry(one.entry).or_default().entry(one.subject.as_str()).or_default();
        if !keys.contains(&one.key.as_str()) {
            keys.push(&one.key);
        }
    }
    let items = root.get("facts").and_then(Node::as_list).unwrap_or_default();
    for (number, taken) in taken {
        let missing = || format!("entry {} of `facts` is not what was read", number + 1);
        let entry = items.get(number).ok_or_else(missing)?;
        let subjects = texts(entry.get("subject").ok_or_else(missing)?);
        let said: Vec<&str> = entry
            .get("set")
            .and_then(Node::as_map)
            .ok_or_else(missing)?
            .iter()
            .map(|(key, _)| key.name.as_str())
            .collect();
        let whole = |keys: &[&str]| said.iter().all(|key| keys.contains(key));
        if let ([only], Some(keys)) = (subjects.as_slice(), taken.get(subjects[0].as_str()))
            && subjects.len() == 1
        {
            let change = if !whole(keys) {
                Change::Keys(keys.iter().map(|key| (*key).to_owned()).collect())
            } else if let Some(new) = in_place(entry, only, &said, &mut plan.added) {
                Change::Values(new)
            } else {
                Change::Drop
            };
            plan.changes.insert(number, change);
            continue;
        }
        for (subject, keys) in &taken {
            if !whole(keys) {
                plan.added.push(rest(entry, subject, keys)?);
            }
        }
        let dropped: Vec<String> = taken.keys().map(|subject| (*subject).to_owned()).collect();
        let all = subjects.iter().all(|subject| dropped.contains(subject));
        plan.changes.insert(number, if all { Change::Drop } else { Change::Subjects(dropped) });
    }
    Ok(plan)
}

fn texts(node: &Node) -> Vec<String> {
    match node.as_list() {
        Some(items) => items.iter().filter_map(Node::as_text).collect(),
        None => node.as_text().into_iter().collect(),
    }
}

/// The new values of an entry that says the same facts of the same one subject; they are then no longer added.
fn in_place(entry: &Node, subject: &str, said: &[&str], added: &mut Vec<NewFacts>) -> Option<NewFacts> {
    let same = |new: &NewFacts| {
        new.set.len() == said.len() && new.set.iter().all(|(key, _)| said.contains(&key.as_str()))
    };
    let at = added.iter().position(|new| new.subjects.iter().any(|known| known == subject) && same(new))?;
    let new = NewFacts { subjects: vec![subject.to_owned()], ..added[at].clone() };
    // What was said of the old value must not stand beside the new one.
    let stale = ["by", "date", "source", "expires"]
        .into_iter()
        .any(|key| entry.get(key).is_some() && !provenance(&new).iter().any(|(known, _)| *known == key));
    if stale {
        return None;
    }
    if added[at].subjects.len() == 1 {
        added.remove(at);
    } else {
        added[at].subjects.retain(|known| known != subject);
    }
    Some(new)
}

/// What an entry says of a subject beside these keys.
fn rest(entry: &Node, subject: &str, keys: &[&str]) -> Result<NewFacts, String> {
    let mut facts = NewFacts { subjects: vec![subject.to_owned()], ..NewFacts::default() };
    for (key, node) in entry.get("set").and_then(Node::as_map).unwrap_or_default() {
        if keys.contains(&key.name.as_str()) {
            continue;
        }
        let value = match &node.value {
            Value::Text(text) => Given::Text(text.clone()),
            Value::Integer(count) => {
                u32::try_from(*count).map(Given::Count).map_err(|_| unlike(&key.name))?
            }
            Value::List(_) => Given::List(texts(node)),
            Value::Null | Value::Bool(_) | Value::Float(_) | Value::Map(_) => return Err(unlike(&key.name)),
        };
        facts.set.push((key.name.clone(), value));
    }
    let text = |key: &str| entry.get(key).and_then(Node::as_text);
    (facts.by, facts.date, facts.source, facts.expires) =
        (text("by"), text("date"), text("source"), text("expires"));
    Ok(facts)
}

fn unlike(key: &str) -> String {
    format!("`{key}` has a value that is not written again")
}

/// What the text means with the changes.
pub(super) fn apply(root: &Node, plan: &Plan) -> Node {
    let mut root = root.clone();
    let Some(facts) = child(&mut root, "facts") else { return root };
    let Value::List(items) = &mut facts.value else { return root };
    for (number, change) in &plan.changes {
        let Some(entry) = items.get_mut(*number) else { continue };
        match change {
            Change::Values(new) => replace(entry, new),
            Change::Drop => {}
            Change::Keys(keys) => {
                if let Some(Value::Map(set)) = child(entry, "set").map(|set| &mut set.value) {
                    set.retain(|(key, _)| !keys.contains(&key.name));
                }
            }
            Change::Subjects(dropped) => {
                if let Some(Value::List(subjects)) = child(entry, "subject").map(|node| &mut node.value) {
                    subjects.retain(|node| node.as_text().is_none_or(|text| !dropped.contains(&text)));
                }
            }
        }
    }
    let mut number = 0;
    items.retain(|_| {
        number += 1;
        plan.changes.get(&(number - 1)) != Some(&Change::Drop)
    });
    if items.is_empty() {
        facts.value = Value::Null;
    }
    root
}

fn replace(entry: &mut Node, new: &NewFacts) {
    for (key, value) in &new.set {
        if let Some(node) = child(entry, "set").and_then(|set| child(set, key)) {
            node.value = value_of(value);
        }
    }
    for (key, text) in provenance(new) {
        match child(entry, key) {
            Some(node) => *node = bare(Value::Text(text.to_owned())),
            None => {
                if let Value::Map(entries) = &mut entry.value {
                    entries.push(pair(key, Value::Text(text.to_owned())));
                }
            }
        }
    }
}

/// The text with the changes; `None` when it is written in a form that is not edited.
pub(super) fn text(text: &str, plan: &Plan) -> Option<String> {
    let outline = Outline::of(text)?;
    let quotes = quotes(Some(&outline));
    let (_, facts) = outline.entry(text, "facts")?;
    let items = facts.items();
    let mut splices = Vec::new();
    for (number, change) in &plan.changes {
        let entry = items.get(*number)?;
        match change {
            Change::Values(new) => values(text, entry, new, quotes, &mut splices)?,
            Change::Drop => {}
            Change::Keys(keys) => {
                let (_, set) = entry.entry(text, "set")?;
                let Shape::Map { flow, entries } = &set.shape else { return None };
                let places: Vec<Place> = entries
                    .iter()
                    .map(|(key, value)| Place {
                        start: key.range.start,
                        end: value.range.end.max(key.range.end),
                        gone: keys.iter().any(|gone| key.words(text) == gone),
                    })
                    .collect();
                remove(text, *flow, &places, &mut splices)?;
            }
            Change::Subjects(dropped) => {
                let (_, subject) = entry.entry(text, "subject")?;
                let Shape::List { flow, items } = &subject.shape else { return None };
                let place = |item: &Outline| Place {
                    gone: dropped.iter().any(|gone| item.words(text) == gone),
                    ..Place::of(text, *flow, item)
                };
                let places: Vec<Place> = items.iter().map(place).collect();
                remove(text, *flow, &places, &mut splices)?;
            }
        }
    }
    if plan.changes.values().any(|change| *change == Change::Drop) {
        let Shape::List { flow, items } = &facts.shape else { return None };
        let places: Vec<Place> = items
            .iter()
            .enumerate()
            .map(|(number, item)| Place {
                gone: plan.changes.get(&number) == Some(&Change::Drop),
                ..Place::of(text, *flow, item)
            })
            .collect();
        if places.iter().all(|place| place.gone) && *flow {
            let start = text[..facts.range.start].trim_end_matches(' ').len();
            splices.push((start..facts.range.end, String::new()));
        } else {
            remove(text, *flow, &places, &mut splices)?;
        }
    }
    splice::apply(text, splices)
}

/// New values in the places of the old ones.
fn values(
    text: &str,
    entry: &Outline,
    new: &NewFacts,
    quotes: Quotes,
    splices: &mut Vec<Splice>,
) -> Option<()> {
    let (_, set) = entry.entry(text, "set")?;
    for (key, value) in &new.set {
        let (_, old) = set.entry(text, key)?;
        splices.push((token(text, old)?, spell::given(value, quotes_of(old, quotes))));
    }
    let mut missing = Vec::new();
    for (key, words) in provenance(new) {
        match entry.entry(text, key) {
            Some((_, old)) => {
                splices.push((
                    token(text, old)?,
                    spell::given(&Given::Text(words.to_owned()), quotes_of(old, quotes)),
                ));
            }
            None => missing.push((key, words)),
        }
    }
    let Shape::Map { flow, entries } = &entry.shape else { return None };
    let (first, _) = entries.first()?;
    let (last_key, last) = entries.last()?;
    let end = last.range.end.max(last_key.range.end);
    for (key, words) in missing {
        let value = spell::given(&Given::Text(words.to_owned()), quotes);
        if *flow {
            let key = if quotes == Quotes::Always { format!("\"{key}\"") } else { key.to_owned() };
            splices.push((end..end, format!(", {key}: {value}")));
        } else {
            let at = line_end(text, end);
            let indent = " ".repeat(first.column);
            splices.push((at..at, format!("{}{indent}{key}: {value}", splice::line_break(text, at))));
        }
    }
    Some(())
}

/// The quotes of the value that stands there.
fn quotes_of(old: &Outline, otherwise: Quotes) -> Quotes {
    match (otherwise, &old.shape) {
        (Quotes::Always, _) => Quotes::Always,
        (_, Shape::Scalar(ScalarForm::Single)) => Quotes::Single,
        (_, Shape::Scalar(ScalarForm::Double)) => Quotes::Double,
        _ => otherwise,
    }
}

/// The bytes of a value that can be replaced on its line.
fn token(text: &str, value: &Outline) -> Option<std::ops::Range<usize>> {
    let plain = match &value.shape {
        Shape::Scalar(form) => *form != ScalarForm::Block,
        Shape::List { flow, .. } => *flow,
        Shape::Alias | Shape::Map { .. } => false,
    };
    let written = text.get(value.range.clone())?;
    (plain && !value.marked && !written.is_empty() && !written.contains(['\n', '#']))
        .then(|| value.range.clone())
}

/// A part of a collection.
struct Place {
    /// First byte; of an item of a block list, its dash.
    start: usize,
    end: usize,
    gone: bool,
}

impl Place {
    fn of(text: &str, flow: bool, item: &Outline) -> Self {
        let dash = if flow { None } else { splice::dash(text, item.range.start) };
        let start = dash.unwrap_or(item.range.start);
        Self { start, end: item.range.end, gone: false }
    }
}

/// Takes out parts of a collection of which some stay, or of a block list.
fn remove(text: &str, flow: bool, places: &[Place], splices: &mut Vec<Splice>) -> Option<()> {
    let mut at = 0;
    while at < places.len() {
        if !places[at].gone {
            at += 1;
            continue;
        }
        let first = at;
        while at + 1 < places.len() && places[at + 1].gone {
            at += 1;
        }
        let (start, end) = (places[first].start, places[at].end);
        let starts_line = text[line_start(text, start)..start].trim_matches(' ').is_empty();
        let range = if !flow && starts_line {
            line_start(text, start)..next_line(text, end.saturating_sub(1))
        } else if let Some(next) = places.get(at + 1) {
            start..next.start
        } else if let Some(before) = first.checked_sub(1) {
            places[before].end..end
        } else {
            return None;
        };
        // A comment between parts would go with them.
        let between = if !flow && starts_line { start..end } else { range.clone() };
        if !flow && !starts_line && text[between.clone()].contains('#') || flow && has_comment(&text[between])
        {
            return None;
        }
        splices.push((range, String::new()));
        at += 1;
    }
    Some(())
}

/// Whether a part of a line may hold a comment.
fn has_comment(text: &str) -> bool {
    text.contains(" #") || text.contains("\n#") || text.contains("\t#")
}
