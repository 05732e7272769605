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
        Self { path: path.into(), text, index: Arc::new(Index { lines, characters }) }
    }

    /// Whether this is the same text of the same path.
    fn is(&self, other: &Self) -> bool {
        self.path == other.path && (Arc::ptr_eq(&self.text, &other.text) || self.text == other.text)
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

    /// `path:line` of a span's start; empty when the source is unknown.
    pub fn locate(&self, span: Span) -> String {
        let Some(source) = self.get(span.file) else { return String::new() };
        format!("{}:{}", source.path, source.line_column(span.start).line)
    }
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
