//! Decoded sources and their line index.

use std::collections::HashMap;
use std::sync::Arc;

use super::span::{FileId, Span};

/// One input: its project-relative path and its decoded text. A copy shares the text: each passage of a document
/// comes with the whole document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Path relative to the project, with `/`; an entry of an archive is `plan.vsdx!/visio/page1.xml`.
    pub path: String,
    /// Decoded text, line ends as written.
    pub text: Arc<str>,
    index: Arc<Index>,
    /// Parts with names, in the order of their starts; none for a text in which lines say where something is.
    parts: Arc<[Part]>,
}

/// Where lines and characters are.
#[derive(Debug, PartialEq, Eq)]
struct Index {
    /// Byte offset of the first byte of each line.
    lines: Vec<u32>,
    /// Characters before each multiple of [`STRIDE`] bytes, so that a column in a very long line
    /// is not counted from the line's start.
    characters: Vec<u32>,
}

/// A part of a source that has a name, where lines say little: a page or shape of a drawing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Its name within what holds it: `shape 'Web server'`; empty when saying it would add nothing (the only page).
    pub name: String,
    /// Index of the part that holds it, which stands before it.
    pub inside: Option<usize>,
}

/// Bytes between two entries of the character index.
const STRIDE: usize = 4096;

/// Characters that start in these bytes of UTF-8: all bytes but continuations.
fn count(bytes: &[u8]) -> u32 {
    let starts = bytes.iter().filter(|byte| (**byte & 0xC0) != 0x80).count();
    u32::try_from(starts).unwrap_or(u32::MAX)
}

/// A line and a column, both counted from 1; the column counts characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

impl Source {
    /// A source from its path and decoded text.
    pub fn new(path: impl Into<String>, text: impl Into<Arc<str>>) -> Self {
        let text = text.into();
        let starts = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let lines = std::iter::once(0)
            .chain(starts.map(|(at, _)| u32::try_from(at + 1).unwrap_or(u32::MAX)))
            .collect();
        let mut characters = vec![0];
        for block in text.as_bytes().chunks(STRIDE) {
            let before: u32 = characters.last().copied().unwrap_or_default();
            characters.push(before.saturating_add(count(block)));
        }
        Self { path: path.into(), text, index: Arc::new(Index { lines, characters }), parts: Arc::from([]) }
    }

    /// Whether this is the same text of the same path.
    fn is(&self, other: &Self) -> bool {
        self.path == other.path && (Arc::ptr_eq(&self.text, &other.text) || self.text == other.text)
    }

    /// The same source with named parts, in the order of their starts; a part stands behind the one that holds it.
    #[must_use]
    pub fn with_parts(mut self, parts: Vec<Part>) -> Self {
        self.parts = parts.into();
        self
    }

    /// The named parts; none for a text in which lines say where something is.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// Index of the innermost named part around a byte.
    pub fn part_at(&self, offset: u32) -> Option<usize> {
        let mut at = self.parts.partition_point(|part| part.start <= offset).checked_sub(1)?;
        while offset >= self.parts[at].end {
            // Of a part that ends before the byte, only what holds it can still reach it.
            at = self.parts[at].inside.filter(|outer| *outer < at)?;
        }
        Some(at)
    }

    /// The name of a part, those around it first: `page 'Overview', shape 'Web server'`.
    pub fn part_name(&self, part: usize) -> String {
        let mut names = Vec::new();
        let mut next = Some(part);
        while let Some((at, part)) = next.and_then(|at| Some((at, self.parts.get(at)?))) {
            names.push(part.name.as_str());
            next = part.inside.filter(|outer| *outer < at);
        }
        names.retain(|name| !name.is_empty());
        names.reverse();
        names.join(", ")
    }

    /// Where a byte is: `12`, the line; `page 'Overview', shape 'Web server'` in a source with named parts, and
    /// nothing when the byte is in none of them.
    pub fn position(&self, offset: u32) -> String {
        match self.part_at(offset) {
            Some(part) => self.part_name(part),
            None if self.parts.is_empty() => self.line_column(offset).line.to_string(),
            None => String::new(),
        }
    }

    /// Characters that start before a byte offset.
    fn characters_before(&self, offset: usize) -> u32 {
        let block = offset / STRIDE;
        let rest = &self.text.as_bytes()[block * STRIDE..offset];
        self.index.characters.get(block).copied().unwrap_or_default().saturating_add(count(rest))
    }

    /// Line and column of a byte offset; an offset past the end is the end.
    pub fn line_column(&self, offset: u32) -> LineColumn {
        let line = self.index.lines.partition_point(|start| *start <= offset).max(1);
        let start = self.index.lines[line - 1] as usize;
        let end = (offset as usize).min(self.text.len()).max(start);
        let column = if end - start <= STRIDE {
            count(&self.text.as_bytes()[start..end])
        } else {
            self.characters_before(end) - self.characters_before(start)
        };
        LineColumn { line: u32::try_from(line).unwrap_or(u32::MAX), column: column + 1 }
    }

    /// The text of a line (from 1) without its line end; empty when there is no such line.
    pub fn line(&self, line: u32) -> &str {
        let Some(start) = (line as usize).checked_sub(1).and_then(|at| self.index.lines.get(at)) else {
            return "";
        };
        let end = self.index.lines.get(line as usize).map_or(self.text.len(), |next| *next as usize);
        self.text[*start as usize..end].trim_end_matches(['\n', '\r'])
    }
}

/// The table of sources that spans point into.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    all: Vec<Source>,
    by_path: HashMap<String, Vec<FileId>>,
}

impl Sources {
    /// Adds a source and returns its id; a source of the same path and text keeps its first id.
    pub fn add(&mut self, source: Source) -> FileId {
        let known = self.by_path.entry(source.path.clone()).or_default();
        if let Some(id) = known.iter().find(|id| self.all[id.0 as usize].is(&source)) {
            return *id;
        }
        let id = FileId(u32::try_from(self.all.len()).unwrap_or(u32::MAX));
        known.push(id);
        self.all.push(source);
        id
    }

    /// Puts another source in the place of a known one: the document that a text was taken from.
    pub fn replace(&mut self, id: FileId, source: Source) {
        let Some(old) = self.all.get_mut(id.0 as usize) else { return };
        if let Some(known) = self.by_path.get_mut(&old.path) {
            known.retain(|known| *known != id);
        }
        self.by_path.entry(source.path.clone()).or_default().push(id);
        *old = source;
    }

    /// The source of an id.
    pub fn get(&self, id: FileId) -> Option<&Source> {
        self.all.get(id.0 as usize)
    }

    /// All sources, in the order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &Source)> {
        self.all
            .iter()
            .enumerate()
            .map(|(at, source)| (FileId(u32::try_from(at).unwrap_or(u32::MAX)), source))
    }

    /// Number of sources.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// `path:line` of a span's start, or `path: page 'Overview', shape 'Web server'`; empty when the source is
    /// unknown.
    pub fn locate(&self, span: Span) -> String {
        let Some(source) = self.get(span.file) else { return String::new() };
        if source.parts.is_empty() {
            return format!("{}:{}", source.path, source.line_column(span.start).line);
        }
        match source.position(span.start) {
            name if name.is_empty() => source.path.clone(),
            name => format!("{}: {name}", source.path),
        }
    }
}

/// Whether a character acts on what shows it instead of standing for itself: controls, and what turns the direction of
/// writing.
pub fn acts(character: char) -> bool {
    matches!(character,
        '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
        || character.is_control()
}

/// A text on one line, runs of white space folded.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_a_long_line_are_those_of_a_short_one() {
        let long = format!("x\n{}", "aé😀".repeat(3_000));
        let source = Source::new("a", long.clone());
        for (nth, (at, _)) in long[2..].char_indices().enumerate() {
            let offset = u32::try_from(at + 2).unwrap();
            let column = u32::try_from(nth + 1).unwrap();
            assert_eq!(source.line_column(offset), LineColumn { line: 2, column });
        }
    }

    #[test]
    fn named_parts_say_where_something_is() {
        let part = |start, end, name: &str, inside| Part { start, end, name: name.to_owned(), inside };
        let parts = vec![
            part(2, 9, "page 'One'", None),
            part(3, 5, "shape 'A'", Some(0)),
            part(6, 7, "shape 'B'", Some(0)),
            part(10, 12, "page 'Two'", None),
        ];
        let mut sources = Sources::default();
        let file = sources.add(Source::new("plan.drawio", "0123456789ABCDEF").with_parts(parts));
        let at = |start| sources.locate(Span::new(file, start, start));
        assert_eq!(at(3), "plan.drawio: page 'One', shape 'A'");
        assert_eq!(at(5), "plan.drawio: page 'One'");
        assert_eq!(at(6), "plan.drawio: page 'One', shape 'B'");
        assert_eq!(at(8), "plan.drawio: page 'One'");
        assert_eq!(at(11), "plan.drawio: page 'Two'");
        assert_eq!(at(0), "plan.drawio");
        assert_eq!(at(15), "plan.drawio");
    }

    #[test]
    fn lines_and_columns_count_characters_from_one() {
        let source = Source::new("a", "é1\r\nzwei\n");
        assert_eq!(source.line_column(0), LineColumn { line: 1, column: 1 });
        assert_eq!(source.line_column(2), LineColumn { line: 1, column: 2 });
        assert_eq!(source.line_column(5), LineColumn { line: 2, column: 1 });
        assert_eq!(source.line_column(99), LineColumn { line: 3, column: 1 });
        assert_eq!(source.line(1), "é1");
        assert_eq!(source.line(2), "zwei");
        assert_eq!(source.line(9), "");
    }
}
