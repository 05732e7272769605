//! Lines to paste into `planroom.yaml`.

use super::index::{At, Index};
use super::language::belongs;
use super::predicate::Scope;
use crate::model::{FactKey, FactValue};

/// Subjects that one entry lists at most; the rest is told in a comment.
const MOST: usize = 60;

/// One entry of `facts` for each kind of subject that the facts belong to; empty when none does.
pub(super) fn facts(index: &Index<'_>, subjects: &[At], set: &[(FactKey, FactValue)]) -> String {
    let written: Vec<(FactKey, String)> = set.iter().map(|(key, value)| (*key, self::value(value))).collect();
    let mut lines = String::new();
    for scope in [Scope::Model, Scope::Element, Scope::Relation] {
        let of_scope: Vec<At> = subjects.iter().copied().filter(|at| scope_of(*at) == scope).collect();
        let facts: Vec<String> = written
            .iter()
            .filter(|(key, _)| belongs(*key, scope))
            .map(|(key, value)| format!("{}: {value}", key.word()))
            .collect();
        if !of_scope.is_empty() && !facts.is_empty() {
            lines.push_str(&entry(index, &of_scope, &facts.join(", ")));
        }
    }
    if lines.is_empty() { lines } else { format!("facts:\n{lines}") }
}

/// One entry that sets an attribute which is no fact: `protocol`, `technology`, ...
pub(super) fn attribute(index: &Index<'_>, subjects: &[At], word: &str, value: &str) -> String {
    format!("facts:\n{}", entry(index, subjects, &format!("{word}: {}", scalar(value))))
}

fn entry(index: &Index<'_>, subjects: &[At], set: &str) -> String {
    let ids: Vec<String> = subjects.iter().take(MOST).map(|at| scalar(id(index, *at))).collect();
    let listed = match ids.as_slice() {
        [one] => one.clone(),
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

const fn scope_of(at: At) -> Scope {
    match at {
        At::Element(_) => Scope::Element,
        At::Relation(_) => Scope::Relation,
        At::View(_) => Scope::View,
        At::Model => Scope::Model,
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

/// A text as a YAML scalar: plain when nothing in it means anything in YAML, else in double quotes.
pub fn scalar(text: &str) -> String {
    let plain = text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '/'))
        && !matches!(text, "true" | "false" | "null");
    if plain {
        return text.to_owned();
    }
    // JSON's escapes are YAML's.
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::scalar;

    #[test]
    fn texts_are_quoted_only_where_yaml_needs_it() {
        assert_eq!(scalar("data-domain/sql"), "data-domain/sql");
        assert_eq!(scalar("a>b:ftp:ftp"), "\"a>b:ftp:ftp\"");
        assert_eq!(scalar("yes"), "yes");
        assert_eq!(scalar("say \"hi\""), "\"say \\\"hi\\\"\"");
        assert_eq!(scalar("2019"), "\"2019\"");
    }
}
