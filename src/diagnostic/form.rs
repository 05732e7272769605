//! Mappings with known keys: each mistake becomes a diagnostic with its place.

use super::{Diagnostic, did_you_mean};
use crate::source::{Key, Node, Span, Value};

/// A mapping of which the keys are known.
#[derive(Clone, Copy, Debug)]
pub struct Form<'a> {
    code: &'static str,
    what: &'static str,
    entries: &'a [(Key, Node)],
    /// Where the mapping starts.
    pub span: Span,
}

impl<'a> Form<'a> {
    /// The mapping of a node; `None` after telling that it is not one. Unknown keys are told, with the
    /// nearest known one. `what` names the mapping in messages: `a rule`.
    pub fn open(
        node: &'a Node,
        what: &'static str,
        code: &'static str,
        known: &[&str],
        told: &mut Vec<Diagnostic>,
    ) -> Option<Self> {
        let Some(entries) = node.as_map() else {
            told.push(Diagnostic::error(
                code,
                format!("{what} is a mapping, this is {}", node.noun()),
                node.span,
            ));
            return None;
        };
        for (key, _) in entries.iter().filter(|(key, _)| !known.contains(&key.name.as_str())) {
            told.push(unknown_word(code, &format!("{what} has no key"), &key.name, known, key.span));
        }
        Some(Self { code, what, entries, span: node.span })
    }

    /// The value of a key; nothing written (`key:`) is no value.
    pub fn get(&self, key: &str) -> Option<&'a Node> {
        let (_, node) = self.entries.iter().find(|(known, _)| known.name == key)?;
        (node.value != Value::Null).then_some(node)
    }

    /// The text of a key; numbers count as text. Anything else is told.
    pub fn text(&self, key: &str, told: &mut Vec<Diagnostic>) -> Option<(String, Span)> {
        let node = self.get(key)?;
        let text = node.as_text();
        if text.is_none() {
            let message = format!("`{key}` of {} is text, this is {}", self.what, node.noun());
            told.push(Diagnostic::error(self.code, message, node.span));
        }
        text.map(|text| (text, node.span))
    }

    /// As [`Self::text`]; a missing or empty one is told.
    pub fn required(&self, key: &str, told: &mut Vec<Diagnostic>) -> Option<(String, Span)> {
        if self.get(key).is_none() {
            told.push(Diagnostic::error(
                self.code,
                format!("{} lacks the key `{key}`", self.what),
                self.span,
            ));
            return None;
        }
        let found = self.text(key, told)?;
        if found.0.trim().is_empty() {
            let message = format!("`{key}` of {} is empty", self.what);
            told.push(Diagnostic::error(self.code, message, found.1));
            return None;
        }
        Some(found)
    }

    /// One text or a list of texts.
    pub fn texts(&self, key: &str, told: &mut Vec<Diagnostic>) -> Vec<(String, Span)> {
        let Some(node) = self.get(key) else { return Vec::new() };
        let items = node.as_list().unwrap_or(std::slice::from_ref(node));
        let mut texts = Vec::with_capacity(items.len());
        for item in items {
            match item.as_text() {
                Some(text) => texts.push((text, item.span)),
                None => told.push(Diagnostic::error(
                    self.code,
                    format!("`{key}` of {} holds {} where text is expected", self.what, item.noun()),
                    item.span,
                )),
            }
        }
        texts
    }

    /// The entries of a list; anything else is told.
    pub fn list(&self, key: &str, told: &mut Vec<Diagnostic>) -> &'a [Node] {
        let Some(node) = self.get(key) else { return &[] };
        node.as_list().unwrap_or_else(|| {
            let message = format!("`{key}` of {} is a list, this is {}", self.what, node.noun());
            told.push(Diagnostic::error(self.code, message, node.span));
            &[]
        })
    }

    /// A word of a closed vocabulary; others are told with the nearest one.
    pub fn word<T: Copy>(
        &self,
        key: &str,
        vocabulary: &[(&str, T)],
        told: &mut Vec<Diagnostic>,
    ) -> Option<T> {
        self.known(key, self.text(key, told)?, vocabulary, told)
    }

    /// As [`Self::word`]; a missing or empty one is told.
    pub fn required_word<T: Copy>(
        &self,
        key: &str,
        vocabulary: &[(&str, T)],
        told: &mut Vec<Diagnostic>,
    ) -> Option<T> {
        self.known(key, self.required(key, told)?, vocabulary, told)
    }

    fn known<T: Copy>(
        &self,
        key: &str,
        (text, span): (String, Span),
        vocabulary: &[(&str, T)],
        told: &mut Vec<Diagnostic>,
    ) -> Option<T> {
        let found = vocabulary.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
        if found.is_none() {
            let words: Vec<&str> = vocabulary.iter().map(|(word, _)| *word).collect();
            told.push(unknown_word(
                self.code,
                &format!("`{key}` of {} is not", self.what),
                &text,
                &words,
                span,
            ));
        }
        found
    }
}

/// A word that is not in a vocabulary: `a rule has no key `whn`; did you mean `when`?`
pub fn unknown_word(code: &'static str, before: &str, word: &str, known: &[&str], span: Span) -> Diagnostic {
    let told = Diagnostic::error(code, format!("{before} `{word}`"), span);
    match did_you_mean(word, known.iter().copied()) {
        Some(near) => told.help(format!("did you mean `{near}`?")),
        None if known.len() <= 24 => told.help(format!("known are: {}", known.join(", "))),
        None => told,
    }
}
