//! The words of a label, with the names of protocols among them.

use crate::catalog::{Catalog, NameClass, Protocol, Word, words};

/// One word, or the several words of one protocol's name.
#[derive(Debug)]
pub(super) struct Token {
    /// In lower case; several words are joined by a space.
    pub(super) text: String,
    /// First byte.
    pub(super) start: usize,
    /// One past the last byte.
    pub(super) end: usize,
    /// What it is.
    pub(super) kind: Kind,
    /// How the text stands in its surroundings.
    pub(super) depth: Depth,
    /// Number of the segment: pieces between commas, colons, semicolons, dashes and brackets.
    pub(super) segment: usize,
}

/// What a token is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    /// The name of a protocol, if it stands where one may stand.
    Protocol(&'static Protocol, NameClass),
    /// A whole number.
    Number(u32),
    /// Anything else.
    Word,
}

/// Brackets around a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Depth {
    /// None.
    Plain,
    /// `(..)`.
    Round,
    /// `[..]`: a technology.
    Square,
}

impl Token {
    /// The protocol whose name this may be.
    pub(super) fn protocol(&self) -> Option<&'static Protocol> {
        match self.kind {
            Kind::Protocol(protocol, _) => Some(protocol),
            Kind::Number(_) | Kind::Word => None,
        }
    }

    /// The number.
    pub(super) fn number(&self) -> Option<u32> {
        match self.kind {
            Kind::Number(number) => Some(number),
            Kind::Protocol(..) | Kind::Word => None,
        }
    }

    /// Whether it is one of these words.
    pub(super) fn is(&self, wanted: &[&str]) -> bool {
        wanted.contains(&self.text.as_str())
    }
}

/// The tokens of a text.
pub(super) fn split(catalog: &'static Catalog, text: &str) -> Vec<Token> {
    let parts = words(text);
    let mut tokens = Vec::new();
    let mut at = 0;
    let mut depth = Depth::Plain;
    let mut segment = 0;
    let mut last_end = 0;
    while at < parts.len() {
        let between = &text[last_end..parts[at].start];
        segment += usize::from(is_border(between));
        depth = depth_after(depth, between);
        let (kind, length) = kind_at(catalog, text, &parts, at);
        let end = parts[at + length - 1].end;
        let joined: Vec<&str> = parts[at..at + length].iter().map(|word| word.text.as_str()).collect();
        tokens.push(Token { text: joined.join(" "), start: parts[at].start, end, kind, depth, segment });
        last_end = end;
        at += length;
    }
    tokens
}

fn kind_at(catalog: &'static Catalog, text: &str, parts: &[Word], at: usize) -> (Kind, usize) {
    // A sentence starts "Rest of ..."; a protocol's everyday name is written in capitals.
    let whole_capital = text.chars().any(char::is_lowercase);
    let capital = parts[at].capital || !whole_capital && parts[at].text.len() <= 4;
    let wanted = |class: NameClass| class != NameClass::Capital || capital;
    if let Some((length, name)) = catalog.protocol_at(parts, at, wanted) {
        // A name does not reach across a comma or bracket, nor through a number that is a port.
        let joined = parts[at..at + length]
            .windows(2)
            .all(|pair| !text[pair[0].end..pair[1].start].contains([',', ';', '(', ')', '[', ']', ':', '|']));
        if joined {
            return (Kind::Protocol(name.protocol, name.class), length);
        }
        if let Some((1, name)) = catalog.protocol_at(&parts[..=at], at, wanted) {
            return (Kind::Protocol(name.protocol, name.class), 1);
        }
    }
    match parts[at].number() {
        Some(number) => (Kind::Number(number), 1),
        None => (Kind::Word, 1),
    }
}

fn is_border(between: &str) -> bool {
    between.contains([',', ';', ':', '|', '(', ')', '[', ']', '\n', '!', '?', '—', '–', '•'])
        || between.contains(" - ")
        || between.contains(" / ")
        || between.contains(". ")
}

fn depth_after(depth: Depth, between: &str) -> Depth {
    between.chars().fold(depth, |depth, letter| match letter {
        '(' => Depth::Round,
        '[' => Depth::Square,
        ')' | ']' => Depth::Plain,
        _ => depth,
    })
}
