//! Facts of a model file, checked by the fact schema.

use super::log::{Log, as_flag, short};
use crate::model::{
    Declaration, Fact, FactKey, FactType, FactValue, Facts, Origin, Subject, YES_NO, is_duration,
};
use crate::source::{Key, Node, Span, Value};

/// Whose facts are read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    Element,
    Relation,
    Model,
    Data,
}

impl Of {
    const fn plural(self) -> &'static str {
        match self {
            Self::Element => "elements",
            Self::Relation => "relations",
            Self::Model => "the model",
            Self::Data => "data",
        }
    }

    const fn takes(self, subject: Subject) -> bool {
        match self {
            Self::Element => matches!(subject, Subject::Element | Subject::Both | Subject::Model),
            Self::Relation => matches!(subject, Subject::Relation | Subject::Both),
            Self::Model => matches!(subject, Subject::Model),
            Self::Data => matches!(subject, Subject::Both | Subject::Model),
        }
    }
}

/// The facts under the key `facts` of a node: a mapping of keys to values, or the list that
/// `model.json` has. Of the latter, what is derived or inferred is left out: it is computed anew.
pub(super) fn read(log: &mut Log<'_>, node: &Node, of: Of) -> Facts {
    let mut facts = Facts::default();
    let Some(found) = node.get("facts") else { return facts };
    match &found.value {
        Value::Null => {}
        Value::Map(entries) => {
            for (key, value) in entries {
                if let Some(fact) = short_form(log, key, value, of) {
                    facts.add(fact);
                }
            }
        }
        Value::List(items) => {
            for item in items {
                if let Some(fact) = full_form(log, item, of) {
                    facts.add(fact);
                }
            }
        }
        _ => log.wrong_type("facts", "a mapping of keys to values", found),
    }
    facts
}

fn short_form(log: &mut Log<'_>, key: &Key, value: &Node, of: Of) -> Option<Fact> {
    let fact_key = fact_key(log, &key.name, key.span, of)?;
    let span = Span { file: key.span.file, start: key.span.start, end: value.span.end.max(key.span.end) };
    Some(Fact::stated(fact_key, fact_value(log, fact_key, value)?, span.into()))
}

fn full_form(log: &mut Log<'_>, item: &Node, of: Of) -> Option<Fact> {
    log.entries(item, "a fact", &["key", "value", "origin", "because", "declaration", "place"])?;
    let (Some(key), Some(value)) = (item.get("key"), item.get("value")) else {
        log.error("model-file/incomplete-fact", "a fact needs a `key` and a `value`", item.span);
        return None;
    };
    let origin = log.choice(item, "origin", Origin::ALL, Origin::word).unwrap_or(Origin::Stated);
    let name = log.scalar(key).unwrap_or_default();
    let fact_key = fact_key(log, &name, key.span, of)?;
    let value = fact_value(log, fact_key, value)?;
    let mut fact = Fact::stated(fact_key, value, key.span.into());
    match origin {
        Origin::Derived | Origin::Inferred => return None,
        Origin::Stated => {}
        Origin::Declared => fact.origin = Origin::Declared,
    }
    fact.because = log.plain_words(item, "because");
    if let Some(node) = item.get("declaration").filter(|node| node.value != Value::Null) {
        log.entries(node, "a declaration", &["by", "date", "source", "expires"])?;
        fact.declaration = Some(Declaration {
            by: log.text(node, "by"),
            date: log.text(node, "date"),
            source: log.text(node, "source"),
            expires: log.text(node, "expires"),
        });
    }
    Some(fact)
}

fn fact_key(log: &mut Log<'_>, name: &str, span: Span, of: Of) -> Option<FactKey> {
    let Some(key) = FactKey::from_word(name) else {
        let known = FactKey::ALL.iter().filter(|key| of.takes(key.subject())).map(|key| key.word());
        let message = format!("`{}` is not the key of a fact", short(name));
        log.unknown("model-file/unknown-fact", message, span, name, known);
        return None;
    };
    if !of.takes(key.subject()) {
        let owner = match key.subject() {
            Subject::Element => "elements",
            Subject::Relation => "relations",
            Subject::Both => "elements and relations",
            Subject::Model => "elements and the model",
        };
        let message = format!("`{key}` is a fact of {owner}, not of {}", of.plural());
        log.error("model-file/misplaced-fact", message, span);
        return None;
    }
    Some(key)
}

/// The value of a fact by its key's type; `None`, reported, when it does not fit.
fn fact_value(log: &mut Log<'_>, key: FactKey, node: &Node) -> Option<FactValue> {
    let value_type = key.value_type();
    match value_type {
        FactType::Choice(words) => {
            if value_type == YES_NO
                && let Some(flag) = as_flag(node)
            {
                return Some(FactValue::word(if flag { "yes" } else { "no" }));
            }
            let Some(word) = log.scalar(node) else {
                log.wrong_type(key.word(), "a word", node);
                return None;
            };
            // YAML readers disagree on whether an unquoted `yes` is a word.
            let word = match word.as_str() {
                "true" if words.contains(&"yes") => "yes".to_owned(),
                "false" if words.contains(&"no") => "no".to_owned(),
                _ => word,
            };
            if words.contains(&word.as_str()) {
                return Some(FactValue::Word(word));
            }
            let message =
                format!("`{}` is no value of `{key}`; known are {}", short(&word), words.join(", "));
            log.unknown("model-file/unknown-value", message, node.span, &word, words.iter().copied());
            None
        }
        FactType::Count => {
            let count = log.scalar(node).as_deref().and_then(count);
            if count.is_none() {
                log.wrong_type(key.word(), "a count (`2`) or a least count (`2+`)", node);
            }
            count
        }
        FactType::Text => {
            let text = log.scalar(node).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
            if text.is_none() {
                log.wrong_type(key.word(), "text", node);
            }
            text.map(FactValue::Text)
        }
        FactType::Duration => {
            let text = log.scalar(node).map(|text| text.trim().to_owned()).filter(|text| is_duration(text));
            if text.is_none() {
                log.wrong_type(key.word(), "a time such as `15 min`, `4 h` or `2 days`, or `none`", node);
            }
            text.map(FactValue::Text)
        }
        FactType::List => {
            let items = node.as_list().unwrap_or(std::slice::from_ref(node));
            let mut words = Vec::new();
            for item in items {
                match log.scalar(item) {
                    Some(word) => words.push(word.trim().to_owned()),
                    None => {
                        log.wrong_item(key.word(), "text", item);
                        return None;
                    }
                }
            }
            Some(FactValue::List(words))
        }
    }
}

/// `2` or `2+`.
fn count(text: &str) -> Option<FactValue> {
    match text.trim().strip_suffix('+') {
        Some(least) => least.trim().parse().ok().map(FactValue::AtLeast),
        None => text.trim().parse().ok().map(FactValue::Count),
    }
}
