//! The files under `catalog/`: lists of flat entries, in the part of YAML that needs no library.
//!
//! In: the text of one file. Out: its lists, each a list of entries, each a list of fields, all
//! borrowed from the text. Reading takes well under a millisecond, which a YAML library does not;
//! a test reads every file with both and compares.

/// One list of a file, under its key.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct List {
    /// The key: `technologies`.
    pub(super) name: &'static str,
    /// Its entries, in written order.
    pub(super) entries: Vec<Entry>,
}

/// One entry: its fields in written order.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Entry(Vec<(&'static str, Field)>);

/// The value of a field.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Field {
    /// `key: words`.
    Text(&'static str),
    /// `key: [a, b]`.
    Words(Vec<&'static str>),
}

impl Entry {
    /// The text of a field; empty when there is none.
    pub(super) fn text(&self, key: &str) -> &'static str {
        match self.get(key) {
            Some(Field::Text(text)) => text,
            Some(Field::Words(_)) | None => "",
        }
    }

    /// The text of a field that need not be there.
    pub(super) fn optional(&self, key: &str) -> Option<&'static str> {
        Some(self.text(key)).filter(|text| !text.is_empty())
    }

    /// The words of a field; none when there is no such field.
    pub(super) fn words(&self, key: &str) -> &[&'static str] {
        match self.get(key) {
            Some(Field::Words(words)) => words,
            Some(Field::Text(_)) | None => &[],
        }
    }

    /// Whether a field says `yes`.
    pub(super) fn flag(&self, key: &str) -> bool {
        self.text(key) == "yes"
    }

    fn get(&self, key: &str) -> Option<&Field> {
        self.0.iter().find(|(known, _)| *known == key).map(|(_, field)| field)
    }
}

/// Reads a file. Lines are comments, `name:` (a list begins), `- key: value` (an entry begins) or
/// `key: value`; a value is plain text, quoted text or `[..]`.
pub(super) fn read(text: &'static str) -> Vec<List> {
    let mut lists: Vec<List> = Vec::new();
    for line in text.lines() {
        let trimmed = line.trim();
        if trimmed.is_empty() || trimmed.starts_with('#') {
            continue;
        }
        if !line.starts_with(' ') {
            lists.push(List { name: trimmed.trim_end_matches(':'), entries: Vec::new() });
            continue;
        }
        let Some(list) = lists.last_mut() else { continue };
        let field = match trimmed.strip_prefix("- ") {
            Some(first) => {
                list.entries.push(Entry::default());
                first
            }
            None => trimmed,
        };
        let (Some(entry), Some((key, value))) = (list.entries.last_mut(), field.split_once(':')) else {
            continue;
        };
        entry.0.push((key.trim(), field_of(value.trim())));
    }
    lists
}

fn field_of(value: &'static str) -> Field {
    match value.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        Some(inner) => Field::Words(split(inner)),
        None => Field::Text(unquote(value)),
    }
}

fn split(mut inner: &'static str) -> Vec<&'static str> {
    let mut words = Vec::new();
    loop {
        inner = inner.trim_start();
        if inner.is_empty() {
            return words;
        }
        let quote = inner.chars().next().filter(|first| matches!(first, '\'' | '"'));
        let end = match quote {
            Some(quote) => inner[1..].find(quote).map_or(inner.len(), |at| at + 2),
            None => inner.find(',').unwrap_or(inner.len()),
        };
        let (word, rest) = inner.split_at(end.min(inner.len()));
        words.push(unquote(word.trim()));
        inner = rest.trim_start().strip_prefix(',').unwrap_or("");
    }
}

fn unquote(word: &'static str) -> &'static str {
    for quote in ['\'', '"'] {
        if let Some(inner) = word.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote)) {
            return inner;
        }
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{FileId, Node, Value};

    type Plain = Vec<(String, Vec<Vec<(String, Vec<String>)>>)>;

    #[test]
    fn every_file_says_the_same_to_a_yaml_library() {
        for (name, text) in super::super::FILES {
            let node = Node::parse(FileId(0), text).unwrap_or_else(|error| panic!("{name}: {error}"));
            let expected: Plain = node
                .as_map()
                .unwrap()
                .iter()
                .map(|(key, list)| {
                    let entries = list.as_list().unwrap().iter().map(|entry| {
                        let fields = entry.as_map().unwrap().iter().map(|(key, value)| {
                            let words = match &value.value {
                                Value::List(items) => {
                                    items.iter().map(|item| item.as_text().unwrap()).collect()
                                }
                                _ => vec![value.as_text().unwrap()],
                            };
                            (key.name.clone(), words)
                        });
                        fields.collect()
                    });
                    (key.name.clone(), entries.collect())
                })
                .collect();
            let found: Plain = read(text)
                .into_iter()
                .map(|list| {
                    let entries = list.entries.iter().map(|entry| {
                        let fields = entry.0.iter().map(|(key, field)| {
                            let words = match field {
                                Field::Text(text) => vec![(*text).to_owned()],
                                Field::Words(words) => words.iter().map(|word| (*word).to_owned()).collect(),
                            };
                            ((*key).to_owned(), words)
                        });
                        fields.collect()
                    });
                    (list.name.to_owned(), entries.collect())
                })
                .collect();
            for (left, right) in expected.iter().zip(&found) {
                for (left, right) in left.1.iter().zip(&right.1) {
                    assert_eq!(left, right, "{name}");
                }
                assert_eq!(left.1.len(), right.1.len(), "{name}");
            }
            assert_eq!(expected.len(), found.len(), "{name}");
        }
    }
}
