//! Where each part of a YAML text stands: the outline that an editor works on.
//!
//! [`Node`](super::Node) says what a text means, [`Outline`] where its bytes are. Comments and spaces are what
//! lies between the parts.

use std::ops::Range;

use serde_saphyr::granit_parser::{Event, Parser, ScalarStyle, StructureStyle};

/// A part of a YAML text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline {
    /// Its bytes, anchors and tags left out; of a block collection, from its first part to the end of its last.
    pub range: Range<usize>,
    /// Column in characters at which it starts, from 0.
    pub column: usize,
    /// It carries an anchor or a tag.
    pub marked: bool,
    /// What it is.
    pub shape: Shape,
}

/// What a part is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// `*name`.
    Alias,
    /// A scalar; nothing written is an empty one.
    Scalar(Form),
    /// A sequence.
    List {
        /// Written with brackets.
        flow: bool,
        /// Its parts.
        items: Vec<Outline>,
    },
    /// A mapping.
    Map {
        /// Written with braces.
        flow: bool,
        /// Keys and values.
        entries: Vec<(Outline, Outline)>,
    },
}

/// How a scalar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Without quotes.
    Plain,
    /// In single quotes.
    Single,
    /// In double quotes.
    Double,
    /// As a block.
    Block,
}

impl Outline {
    /// The outline of a text with one document that [`Node::parse`](super::Node::parse) has read; `None` when it
    /// has no content or cannot be outlined.
    pub fn of(text: &str) -> Option<Self> {
        let mut parser = Parser::new_from_str(text);
        let mut open: Vec<Open> = Vec::new();
        loop {
            let (event, span) = parser.next_event()?.ok()?;
            let range = span.start.byte_offset()?..span.end.byte_offset()?;
            let column = span.start.col();
            let part = |marked, shape| Self { range: range.clone(), column, marked, shape };
            let done = match event {
                Event::StreamEnd | Event::DocumentEnd => return None,
                Event::Alias(_) => Some(part(false, Shape::Alias)),
                Event::Scalar(_, style, anchor, tag) => {
                    let form = match style {
                        ScalarStyle::SingleQuoted => Form::Single,
                        ScalarStyle::DoubleQuoted => Form::Double,
                        ScalarStyle::Literal | ScalarStyle::Folded => Form::Block,
                        _ => Form::Plain,
                    };
                    Some(part(anchor != 0 || tag.is_some(), Shape::Scalar(form)))
                }
                Event::SequenceStart(style, anchor, tag) => {
                    let flow = style == StructureStyle::Flow;
                    let mut whole =
                        part(anchor != 0 || tag.is_some(), Shape::List { flow, items: Vec::new() });
                    if let (false, Some(dash)) = (flow, dash_before(text, whole.range.start)) {
                        whole.range.start = dash;
                        whole.column = column_of(text, dash);
                    }
                    open.push(Open { whole, key: None });
                    None
                }
                Event::MappingStart(style, anchor, tag) => {
                    let flow = style == StructureStyle::Flow;
                    let whole = part(anchor != 0 || tag.is_some(), Shape::Map { flow, entries: Vec::new() });
                    open.push(Open { whole, key: None });
                    None
                }
                Event::SequenceEnd | Event::MappingEnd => {
                    let mut whole = open.pop()?.whole;
                    whole.range.end = match &whole.shape {
                        Shape::List { flow: false, items } => items.last()?.range.end,
                        Shape::Map { flow: false, entries } => {
                            let (key, value) = entries.last()?;
                            value.range.end.max(key.range.end)
                        }
                        _ => range.end,
                    };
                    Some(whole)
                }
                _ => None,
            };
            if let Some(done) = done {
                match open.last_mut() {
                    Some(parent) => parent.take(done),
                    None => return Some(done),
                }
            }
        }
    }

    /// The value under a key of a mapping, with the key; `text` is what was outlined.
    pub fn entry(&self, text: &str, name: &str) -> Option<&(Self, Self)> {
        let Shape::Map { entries, .. } = &self.shape else { return None };
        entries.iter().find(|(key, _)| key.words(text) == name)
    }

    /// A scalar as written, without its quotes; escapes are left as they are.
    pub fn words<'t>(&self, text: &'t str) -> &'t str {
        let written = text.get(self.range.clone()).unwrap_or_default();
        match self.shape {
            Shape::Scalar(Form::Single | Form::Double) => {
                written.get(1..written.len().saturating_sub(1)).unwrap_or_default()
            }
            _ => written,
        }
    }

    /// The items of a sequence.
    pub fn items(&self) -> &[Self] {
        if let Shape::List { items, .. } = &self.shape { items } else { &[] }
    }

    /// Nothing is written.
    pub fn is_nothing(&self) -> bool {
        self.range.is_empty() && !self.marked
    }
}

/// The dash of a block sequence that the parser lets start behind it: one that is not indented.
fn dash_before(text: &str, start: usize) -> Option<usize> {
    if text[start..].starts_with('-') {
        return None;
    }
    let before = text[..start].trim_end_matches([' ', '\t']);
    before.ends_with('-').then(|| before.len() - 1)
}

/// Characters before a place on its line.
fn column_of(text: &str, at: usize) -> usize {
    let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
    text[line..at].chars().count()
}

/// A collection whose end has not been met.
struct Open {
    whole: Outline,
    key: Option<Outline>,
}

impl Open {
    fn take(&mut self, part: Outline) {
        match &mut self.whole.shape {
            Shape::List { items, .. } => items.push(part),
            Shape::Map { entries, .. } => match self.key.take() {
                Some(key) => entries.push((key, part)),
                None => self.key = Some(part),
            },
            Shape::Alias | Shape::Scalar(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The parts of a text in written order, those of collections in brackets.
    fn told(text: &str, part: &Outline) -> String {
        let written = |range: &Range<usize>| text[range.clone()].replace('\n', "⏎");
        match &part.shape {
            Shape::Alias | Shape::Scalar(_) => written(&part.range),
            Shape::List { flow, items } => {
                let items: Vec<String> = items.iter().map(|item| told(text, item)).collect();
                format!("{}{}[{}]", if *flow { "f" } else { "b" }, part.column, items.join(" | "))
            }
            Shape::Map { flow, entries } => {
                let entries: Vec<String> = entries
                    .iter()
                    .map(|(key, value)| format!("{}={}", told(text, key), told(text, value)))
                    .collect();
                format!("{}{}{{{}}}", if *flow { "f" } else { "b" }, part.column, entries.join(" | "))
            }
        }
    }

    #[test]
    fn parts_are_where_they_are_written() {
        let cases = [
            ("a: 1 # c\nb: x y  \n", "b0{a=1 | b=x y}"),
            ("f:\n  - {s: 'a', t: [1, 2]} # c\n  - b\n", "b0{f=b2[f4{s='a' | t=f16[1 | 2]} | b]}"),
            ("f:\n- a: 1\n  b: 2\n-   c: \"x\"\n", "b0{f=b0[b2{a=1 | b=2} | b4{c=\"x\"}]}"),
            ("é: &x [ä]\nb: *x\n", "b0{é=f6[ä] | b=*x}"),
            ("{a: {b: 1}, c: }", "f0{a=f4{b=1} | c=}"),
            ("f:\nb: ~\n", "b0{f= | b=~}"),
        ];
        for (text, expected) in cases {
            for text in [text.to_owned(), text.replace('\n', "\r\n"), format!("# é\n{text}")] {
                let outline = Outline::of(&text).unwrap();
                assert_eq!(told(&text, &outline), expected, "{text}");
            }
        }
        assert_eq!(
            Outline::of("# nothing\n").map(|outline| outline.is_nothing()),
            Outline::of("").map(|_| true)
        );
    }
}
