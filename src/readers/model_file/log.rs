//! Typed values out of nodes; every mistake becomes a diagnostic with its place.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::model::FactKey;
use crate::source::{Key, Node, Source, Span, Value, one_line};

/// Nearest words are looked up this often in one file; a file that is wrong throughout is not
/// compared name by name.
const SUGGESTIONS: usize = 50;

/// What was wrong so far.
pub(super) struct Log<'s> {
    source: &'s Source,
    pub(super) diagnostics: Vec<Diagnostic>,
    suggestions_left: usize,
}

impl<'s> Log<'s> {
    pub(super) fn new(source: &'s Source) -> Self {
        Self { source, diagnostics: Vec::new(), suggestions_left: SUGGESTIONS }
    }

    pub(super) fn error(&mut self, code: &'static str, message: impl Into<String>, span: Span) {
        self.diagnostics.push(Diagnostic::error(code, message, span));
    }

    pub(super) fn warning(&mut self, code: &'static str, message: impl Into<String>, span: Span) {
        self.diagnostics.push(Diagnostic::warning(code, message, span));
    }

    /// An error about a word that is none of the known ones, with the nearest of them.
    pub(super) fn unknown<'k>(
        &mut self,
        code: &'static str,
        message: impl Into<String>,
        span: Span,
        word: &str,
        known: impl IntoIterator<Item = &'k str>,
    ) {
        let mut diagnostic = Diagnostic::error(code, message, span);
        if let Some(left) = self.suggestions_left.checked_sub(1) {
            self.suggestions_left = left;
            diagnostic.help = did_you_mean(word, known).map(|near| format!("did you mean `{near}`?"));
        }
        self.diagnostics.push(diagnostic);
    }

    /// The entries of a mapping; keys that are none of `known` are reported. `None`, reported,
    /// when the node is no mapping.
    pub(super) fn entries<'n>(
        &mut self,
        node: &'n Node,
        what: &str,
        known: &[&str],
    ) -> Option<&'n [(Key, Node)]> {
        let Some(entries) = node.as_map() else {
            let message = format!("{what} is a mapping; this is {}", node.noun());
            self.error("model-file/wrong-type", message, node.span);
            return None;
        };
        for (key, _) in entries.iter().filter(|(key, _)| !known.contains(&key.name.as_str())) {
            let message = format!("`{}` is not a key of {what}", short(&key.name));
            self.unknown("model-file/unknown-key", message, key.span, &key.name, known.iter().copied());
            if FactKey::from_word(&key.name).is_some()
                && known.contains(&"facts")
                && let Some(last) = self.diagnostics.last_mut()
            {
                last.help = Some(format!("`{}` is a fact; write it under `facts`", key.name));
            }
        }
        Some(entries)
    }

    /// The entries of the list under a key; nothing when the key is absent or empty.
    pub(super) fn list<'n>(&mut self, node: &'n Node, key: &str) -> &'n [Node] {
        match node.get(key) {
            None => &[],
            Some(Node { value: Value::Null, .. }) => &[],
            Some(found) => found.as_list().unwrap_or_else(|| {
                self.wrong_type(key, "a list", found);
                &[]
            }),
        }
    }

    /// The text of a scalar under a key, white space at its ends removed; `None` when absent or
    /// empty.
    pub(super) fn text(&mut self, node: &Node, key: &str) -> Option<String> {
        let found = node.get(key).filter(|found| found.value != Value::Null)?;
        let text = self.scalar(found);
        if text.is_none() {
            self.wrong_type(key, "text", found);
        }
        text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
    }

    /// As [`Self::text`], on one line.
    pub(super) fn line(&mut self, node: &Node, key: &str) -> Option<String> {
        self.text(node, key).map(|text| one_line(&text))
    }

    /// The words under a key, each with its place: a list of scalars, or one scalar.
    pub(super) fn words(&mut self, node: &Node, key: &str) -> Vec<(String, Span)> {
        let items = match node.get(key) {
            None => return Vec::new(),
            Some(Node { value: Value::Null, .. }) => return Vec::new(),
            Some(found) => found.as_list().unwrap_or(std::slice::from_ref(found)),
        };
        let mut words = Vec::new();
        for item in items {
            match self.scalar(item) {
                Some(word) => words.push((one_line(&word), item.span)),
                None => self.wrong_item(key, "text", item),
            }
        }
        words.retain(|(word, _)| !word.is_empty());
        words
    }

    /// The words under a key without their places.
    pub(super) fn plain_words(&mut self, node: &Node, key: &str) -> Vec<String> {
        self.words(node, key).into_iter().map(|(word, _)| word).collect()
    }

    /// Yes or no under a key; `None` when absent.
    pub(super) fn flag(&mut self, node: &Node, key: &str) -> Option<bool> {
        let found = node.get(key).filter(|found| found.value != Value::Null)?;
        let flag = as_flag(found);
        if flag.is_none() {
            self.wrong_type(key, "`yes` or `no`", found);
        }
        flag
    }

    /// A word of a closed vocabulary under a key; `None`, reported, when it is another one.
    pub(super) fn choice<T: Copy>(
        &mut self,
        node: &Node,
        key: &str,
        all: &[T],
        word_of: fn(T) -> &'static str,
    ) -> Option<T> {
        let word = self.text(node, key)?;
        let found = all.iter().copied().find(|case| word_of(*case) == word);
        if found.is_none() {
            let span = node.get(key).map_or(node.span, |found| found.span);
            let known: Vec<&str> = all.iter().map(|case| word_of(*case)).collect();
            let message = format!("`{}` is no {key}; known are {}", short(&word), known.join(", "));
            self.unknown("model-file/unknown-word", message, span, &word, known);
        }
        found
    }

    /// A mapping of names to scalars.
    pub(super) fn properties(&mut self, node: &Node, key: &str) -> BTreeMap<String, String> {
        let mut properties = BTreeMap::new();
        let Some(found) = node.get(key).filter(|found| found.value != Value::Null) else { return properties };
        let Some(entries) = found.as_map() else {
            self.wrong_type(key, "a mapping", found);
            return properties;
        };
        for (name, value) in entries {
            match self.scalar(value) {
                Some(text) => drop(properties.insert(name.name.clone(), text)),
                None if value.value == Value::Null => {}
                None => self.wrong_type(&name.name, "text", value),
            }
        }
        properties
    }

    pub(super) fn wrong_type(&mut self, key: &str, expected: &str, found: &Node) {
        let message = format!("`{}` should be {expected}; this is {}", short(key), found.noun());
        self.error("model-file/wrong-type", message, found.span);
    }

    pub(super) fn wrong_item(&mut self, key: &str, expected: &str, found: &Node) {
        let message = format!("an entry of `{}` should be {expected}; this is {}", short(key), found.noun());
        self.error("model-file/wrong-type", message, found.span);
    }

    /// A scalar as it is written: `2.10` stays `2.10`, and `007` stays `007`.
    pub(super) fn scalar(&self, node: &Node) -> Option<String> {
        let written = self.source.text.get(node.span.start as usize..node.span.end as usize).map(str::trim);
        let same = |text: &&str| match node.value {
            Value::Float(number) => text.parse() == Ok(number),
            Value::Integer(number) => text.parse() == Ok(number),
            _ => false,
        };
        written.filter(same).map(str::to_owned).or_else(|| node.as_text())
    }
}

/// `yes`, `no`, `true` and `false`, as words or as booleans.
pub(super) fn as_flag(node: &Node) -> Option<bool> {
    match &node.value {
        Value::Bool(flag) => Some(*flag),
        Value::Text(text) if text == "yes" || text == "true" => Some(true),
        Value::Text(text) if text == "no" || text == "false" => Some(false),
        _ => None,
    }
}

/// At most 60 characters, for messages.
pub(super) fn short(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
