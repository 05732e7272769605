//! YAML and JSON with places: one recursive node type that everything typed is read from.
//!
//! Spans are lost under serde's `flatten` and `untagged`, so files are read into [`Node`]s
//! first and typed by hand, each mistake with its place.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_saphyr::Spanned;

use super::span::{FileId, Span};

/// A value with its place. The span of a mapping or sequence covers only its start.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// What is written.
    pub value: Value,
    /// Where.
    pub span: Span,
}

/// What a node holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing, `null` or `~`.
    Null,
    /// `true` or `false`; words like `yes` stay text.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// Any other number.
    Float(f64),
    /// A scalar that is none of the above.
    Text(String),
    /// A sequence.
    List(Vec<Node>),
    /// A mapping in written order; keys are unique.
    Map(Vec<(Key, Node)>),
}

/// The key of a mapping's entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// The word.
    pub name: String,
    /// Where it stands.
    pub span: Span,
}

/// Text that is not YAML, and where that shows.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct NodeError {
    /// What was seen and what was expected.
    pub message: String,
    /// Where.
    pub span: Span,
}

/// Levels of mappings and sequences that are read. The parser recurses: this is what a thread with a
/// stack of 2 MiB can bear.
const DEEPEST: usize = 100;

impl Node {
    /// Reads a YAML (or JSON) text. `file` is the id that spans get.
    ///
    /// # Errors
    /// When the text is not YAML, repeats a key, or exceeds the parser's budget for
    /// nodes, depth and aliases.
    pub fn parse(file: FileId, text: &str) -> Result<Self, NodeError> {
        if text.trim().is_empty() {
            return Ok(Self { value: Value::Null, span: Span::new(file, 0, 0) });
        }
        // Every node takes a byte at least, so a long text may have as many; what aliases and
        // anchors add to them stays bounded by the defaults.
        let budget = serde_saphyr::budget! {
            max_depth: DEEPEST,
            max_nodes: text.len().max(250_000),
            max_events: text.len().saturating_mul(2).max(1_000_000),
        };
        let options = serde_saphyr::options! { strict_booleans: true, with_snippet: false, budget: budget };
        let raw: Spanned<Raw> = serde_saphyr::from_str_with_options(text, options).map_err(|error| {
            let at = error.location().map_or(0, |location| byte_offset(text, location));
            NodeError { message: plain(&error.to_string()), span: Span::new(file, at, at) }
        })?;
        Ok(lift(file, text, raw))
    }

    /// The text of a scalar; numbers and booleans as written in their canonical form.
    pub fn as_text(&self) -> Option<String> {
        match &self.value {
            Value::Text(text) => Some(text.clone()),
            Value::Bool(flag) => Some(flag.to_string()),
            Value::Integer(number) => Some(number.to_string()),
            Value::Float(number) => Some(number.to_string()),
            Value::Null | Value::List(_) | Value::Map(_) => None,
        }
    }

    /// The text when the node is text and nothing else.
    pub fn as_str(&self) -> Option<&str> {
        if let Value::Text(text) = &self.value { Some(text) } else { None }
    }

    /// The entries of a sequence.
    pub fn as_list(&self) -> Option<&[Self]> {
        if let Value::List(items) = &self.value { Some(items) } else { None }
    }

    /// The entries of a mapping.
    pub fn as_map(&self) -> Option<&[(Key, Self)]> {
        if let Value::Map(entries) = &self.value { Some(entries) } else { None }
    }

    /// The value under a key of a mapping.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.as_map()?.iter().find(|(known, _)| known.name == key).map(|(_, node)| node)
    }

    /// What kind of value this is, for messages: `text`, `number`, `list`, ...
    pub fn noun(&self) -> &'static str {
        match self.value {
            Value::Null => "nothing",
            Value::Bool(_) => "true or false",
            Value::Integer(_) | Value::Float(_) => "a number",
            Value::Text(_) => "text",
            Value::List(_) => "a list",
            Value::Map(_) => "a mapping",
        }
    }
}

enum Raw {
    Null,
    Bool(bool),
    Integer(i64),
    Float(f64),
    Text(String),
    List(Vec<Spanned<Raw>>),
    Map(Vec<(Spanned<String>, Spanned<Raw>)>),
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a YAML value")
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_none<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Raw, D::Error> {
        Raw::deserialize(deserializer)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Raw, E> {
        Ok(Raw::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Raw, E> {
        Ok(Raw::Integer(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Raw, E> {
        Ok(i64::try_from(value).map_or(Raw::Text(value.to_string()), Raw::Integer))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Raw, E> {
        Ok(Raw::Float(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Raw, E> {
        Ok(Raw::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Raw, E> {
        Ok(Raw::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Raw, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = sequence.next_element()? {
            items.push(item);
        }
        Ok(Raw::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Raw, A::Error> {
        let mut entries: Vec<(Spanned<String>, Spanned<Raw>)> = Vec::new();
        let mut seen = std::collections::BTreeSet::new();
        while let Some((key, value)) = map.next_entry::<Spanned<String>, Spanned<Raw>>()? {
            if !seen.insert(key.value.clone()) {
                return Err(A::Error::custom(format!("the key `{}` is written twice", key.value)));
            }
            entries.push((key, value));
        }
        Ok(Raw::Map(entries))
    }
}

fn lift(file: FileId, text: &str, raw: Spanned<Raw>) -> Node {
    let span = span_of(file, text, raw.referenced);
    let value = match raw.value {
        Raw::Null => Value::Null,
        Raw::Bool(flag) => Value::Bool(flag),
        Raw::Integer(number) => Value::Integer(number),
        Raw::Float(number) => Value::Float(number),
        Raw::Text(words) => Value::Text(words),
        Raw::List(items) => Value::List(items.into_iter().map(|item| lift(file, text, item)).collect()),
        Raw::Map(entries) => Value::Map(
            entries
                .into_iter()
                .map(|(key, value)| {
                    let span = span_of(file, text, key.referenced);
                    (Key { name: key.value, span }, lift(file, text, value))
                })
                .collect(),
        ),
    };
    Node { value, span }
}

fn span_of(file: FileId, text: &str, location: serde_saphyr::Location) -> Span {
    let start = byte_offset(text, location);
    let length = location.span().byte_len().and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
    Span::new(file, start, (start + length).min(text.len()))
}

/// The byte at a location; from its line and column when the parser gives no offset.
fn byte_offset(text: &str, location: serde_saphyr::Location) -> usize {
    if let Some(offset) = location.span().byte_offset().and_then(|n| usize::try_from(n).ok()) {
        return offset.min(text.len());
    }
    let number = |n: u64| usize::try_from(n).unwrap_or(usize::MAX).saturating_sub(1);
    let before: usize = text.split_inclusive('\n').take(number(location.line())).map(str::len).sum();
    let line = text[before..].lines().next().unwrap_or_default();
    let column = line.char_indices().nth(number(location.column())).map_or(line.len(), |(at, _)| at);
    before + column
}

/// The message on one line, without the place that the parser puts before or behind it.
fn plain(message: &str) -> String {
    let line = message.lines().next().unwrap_or_default();
    let line = line.strip_prefix("error: ").unwrap_or(line);
    let line = match line.strip_prefix("line ").and_then(|rest| rest.split_once(": ")) {
        Some((_, rest)) => rest,
        None => line.rsplit_once(" at line ").map_or(line, |(words, _)| words),
    };
    // The parser's own words name its settings.
    if let Some((key, _)) =
        line.strip_prefix("duplicate mapping key: ").and_then(|rest| rest.split_once(", set "))
    {
        return format!("the key `{key}` is written twice");
    }
    if line.starts_with("budget breached: Depth") || line == "recursion limit exceeded" {
        return format!("the text nests deeper than {DEEPEST} levels");
    }
    if line.starts_with("budget breached: ") {
        return "the text, with its aliases written out, is larger than is read".to_owned();
    }
    if line.starts_with("multiple YAML documents detected") {
        return "a second document begins here (`---`), and only one is read".to_owned();
    }
    if line.starts_with("recursive references require") {
        return "an alias stands inside of what it repeats".to_owned();
    }
    line.trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scalars_keep_their_places_and_words_stay_words() {
        let node = Node::parse(FileId(3), "a: yes\nb: [1, x]\n").unwrap();
        let a = node.get("a").unwrap();
        assert_eq!(a.value, Value::Text("yes".into()));
        assert_eq!((a.span.file, a.span.start, a.span.end), (FileId(3), 3, 6));
        let list = node.get("b").unwrap().as_list().unwrap();
        assert_eq!(list[0].value, Value::Integer(1));
        assert_eq!((list[1].span.start, list[1].span.end), (14, 15));
    }

    #[test]
    fn deep_nesting_is_refused_in_plain_words() {
        // Unoptimized frames are large.
        let roomy = std::thread::Builder::new().stack_size(32 << 20);
        let read = roomy.spawn(|| {
            [150, 5000].map(|depth| {
                let deep = format!("a: {}{}", "[".repeat(depth), "]".repeat(depth));
                Node::parse(FileId(0), &deep).map_err(|error| error.message)
            })
        });
        for read in read.unwrap().join().unwrap() {
            assert_eq!(read, Err("the text nests deeper than 100 levels".to_owned()));
        }
    }

    #[test]
    fn a_repeated_key_is_refused_with_its_place() {
        let error = Node::parse(FileId(0), "a: 1\na: 2\n").unwrap_err();
        assert_eq!((error.message.as_str(), error.span.start), ("the key `a` is written twice", 5));
        let error = Node::parse(FileId(0), "é: 1\nb: [1\n").unwrap_err();
        assert_eq!((error.message.as_str(), error.span.start), ("unclosed bracket '['", 9));
    }

    #[test]
    fn json_is_read_with_its_escapes_and_tabs() {
        let text = "{\n\t\"a\": \"x\\/y \\u00e9 \\ud83d\\ude00\",\n\t\"b\" : [1,2.50,true,null], \"c\":{}}";
        let node = Node::parse(FileId(0), text).unwrap();
        assert_eq!(node.get("a").unwrap().as_str(), Some("x/y é 😀"));
        assert_eq!(node.get("b").unwrap().as_list().unwrap().len(), 4);
    }

    #[test]
    fn a_long_text_may_have_many_nodes_and_aliases_may_not_multiply_them() {
        let long = format!("[{}1]", "1,".repeat(260_000));
        assert_eq!(Node::parse(FileId(0), &long).unwrap().as_list().unwrap().len(), 260_001);
        let mut bomb = "a0: &a0 [1,1,1,1,1,1,1,1,1,1]\n".to_owned();
        for level in 1..12 {
            let inner = format!("*a{},", level - 1).repeat(10);
            bomb.push_str(&format!("a{level}: &a{level} [{inner}]\n"));
        }
        assert!(Node::parse(FileId(0), &bomb).is_err());
    }
}
