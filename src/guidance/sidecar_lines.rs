//! Lines to paste into `planroom.yaml`.

use super::index::{At, Index};
use super::supposition::Supposed;
use crate::model::FactValue;
use crate::source::{self, Quotes};

/// Subjects that one entry lists at most; the rest is told in a comment.
const MOST: usize = 60;

/// One entry of `facts` for each set; empty when there is none.
pub(super) fn facts(index: &Index<'_>, sets: &[Supposed]) -> String {
    let mut lines = String::new();
    for set in sets {
        let facts: Vec<String> =
            set.values.iter().map(|(key, value)| format!("{}: {}", key.word(), self::value(value))).collect();
        lines.push_str(&entry(index, &set.subjects, &facts.join(", ")));
    }
    if lines.is_empty() { lines } else { format!("facts:\n{lines}") }
}

/// Subjects, and the facts or attributes that are set of them with their texts.
pub(super) type Attributes<'a> = (Vec<At>, Vec<(&'a str, &'a str)>);

/// Entries that set facts or attributes to texts: `protocol`, `technology`, ...
pub(super) fn attributes(index: &Index<'_>, parts: &[Attributes<'_>]) -> String {
    let mut lines = "facts:\n".to_owned();
    for (subjects, set) in parts {
        let set: Vec<String> = set.iter().map(|(word, value)| format!("{word}: {}", scalar(value))).collect();
        lines.push_str(&entry(index, subjects, &set.join(", ")));
    }
    lines
}

fn entry(index: &Index<'_>, subjects: &[At], set: &str) -> String {
    let ids: Vec<String> = subjects.iter().take(MOST).map(|at| scalar(id(index, *at))).collect();
    let listed = match ids.as_slice() {
        [one] => one.clone(),
        // Nothing that is drawn: the reader names it.
        [] => scalar("..."),
        many => format!("[{}]", many.join(", ")),
    };
    let more = match subjects.len().saturating_sub(MOST) {
        0 => String::new(),
        more => format!("  # and {more} more\n"),
    };
    format!("  - {{subject: {listed}, set: {{{set}}}}}\n{more}")
}

/// The id that the sidecar uses for a subject.
pub(super) fn id<'a>(index: &Index<'a>, at: At) -> &'a str {
    match at {
        At::Element(at) => index.spot(at).element.id.as_str(),
        At::Relation(at) => index.flow(at).relation.id.as_str(),
        At::View(at) => index.model.views[at as usize].id.as_str(),
        At::Model => "model",
    }
}

fn value(value: &FactValue) -> String {
    match value {
        FactValue::Word(text) | FactValue::Text(text) => scalar(text),
        FactValue::Count(count) => count.to_string(),
        FactValue::AtLeast(count) => format!("{count}+"),
        FactValue::List(words) => {
            let words: Vec<String> = words.iter().map(|word| scalar(word)).collect();
            format!("[{}]", words.join(", "))
        }
    }
}

/// A text as a scalar of YAML.
pub fn scalar(text: &str) -> String {
    source::scalar(text, Quotes::Double)
}
