//! What a document is, and what a passage of it.

use std::ops::Range;

use super::language::Language;
use crate::readers::reader::Format;
use crate::source::Span;

/// A text for people that quotes diagrams.
pub trait Document: Sync {
    /// Name, file extensions, home page: what `planroom formats` prints.
    fn format(&self) -> &'static Format;

    /// What a file must hold to be read, for the message of a refusal.
    fn expected(&self) -> &'static str;

    /// What of the text is about diagrams. Never fails: what is no passage is prose.
    fn read(&self, text: &str) -> Contents;
}

/// What of a document is about diagrams.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contents {
    /// The title of the document.
    pub title: Option<String>,
    /// The diagrams that it quotes or names, in written order.
    pub passages: Vec<Passage>,
    /// Where something stands that begins like a diagram and is in no form that is read.
    pub unread: Vec<(&'static Language, Range<usize>)>,
}

impl Contents {
    /// Whether it quotes or names a diagram; a picture may be of anything.
    pub fn quotes(&self) -> bool {
        self.passages.iter().any(|passage| !matches!(passage.body, Body::Shown(_)))
    }

    /// What is not read by language: how many there are, and where the first stands.
    pub fn unread(&self) -> Vec<(usize, &'static Language, &Range<usize>)> {
        let mut all: Vec<(usize, &'static Language, &Range<usize>)> = Vec::new();
        for (language, range) in &self.unread {
            match all.iter_mut().find(|(_, known, _)| known == language) {
                Some((count, ..)) => *count += 1,
                None => all.push((1, language, range)),
            }
        }
        all
    }
}

/// A diagram that a document quotes or names, and the words around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// What it is written in.
    pub language: &'static Language,
    /// The diagram.
    pub body: Body,
    /// What the author calls this diagram: a caption or block title.
    pub caption: Option<String>,
    /// The nearest heading above.
    pub heading: Option<String>,
    /// The first paragraph of prose since that heading or since the diagram before.
    pub prose: Option<String>,
    /// The whole passage in the document, marks of its beginning and end included.
    pub range: Range<usize>,
    /// The mark of its end is missing, and it reaches to the end of what holds it.
    pub unclosed: bool,
}

/// The diagram of a passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// The text is here.
    Written {
        /// The text as its reader expects it: margins, quotation marks of the document and the like removed.
        text: String,
        /// Where its lines stand in the document.
        lines: Lines,
    },
    /// The text is in this file, a path relative to the document.
    File(String),
    /// The document shows this picture, a path relative to it; it may have been drawn from a text.
    Shown(String),
}

/// Where the lines of a passage stand in its document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lines(Vec<Piece>);

/// A piece of text that stands in the document as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    inside: usize,
    outside: usize,
    length: usize,
}

impl Lines {
    /// A piece of the passage that begins at byte `inside` of its text and at byte `outside` of the document.
    /// Pieces come in the order of the text.
    pub(super) fn push(&mut self, inside: usize, outside: usize, length: usize) {
        if let Some(last) = self.0.last_mut()
            && last.inside + last.length == inside
            && last.outside + last.length == outside
        {
            last.length += length;
            return;
        }
        self.0.push(Piece { inside, outside, length });
    }

    /// The pieces of a text that now begins `by` bytes later.
    pub(super) fn append(&mut self, more: &Self, by: usize) {
        self.0.extend(more.0.iter().map(|piece| Piece { inside: piece.inside + by, ..*piece }));
    }

    /// Without the first bytes of the text.
    pub(super) fn after(&self, cut: usize) -> Self {
        let piece = |piece: Piece| Piece { inside: piece.inside - cut, ..piece };
        Self(self.between(cut, usize::MAX).map(piece).collect())
    }

    /// The places of this passage when its document is itself a passage of another.
    pub(super) fn within(&self, outer: &Self) -> Self {
        let mut places = Self::default();
        for piece in &self.0 {
            if piece.length == 0 {
                places.0.push(Piece { outside: outer.outside(piece.outside), ..*piece });
            }
            for part in outer.between(piece.outside, piece.outside + piece.length) {
                places.push(piece.inside + part.inside - piece.outside, part.outside, part.length);
            }
        }
        places
    }

    /// The pieces of a part of the text, cut to it.
    fn between(&self, start: usize, end: usize) -> impl Iterator<Item = Piece> {
        let first = self.0.partition_point(|piece| piece.inside + piece.length <= start);
        self.0[first..].iter().take_while(move |piece| piece.inside < end).map(move |piece| {
            let cut = start.saturating_sub(piece.inside);
            let length = piece.length.min(end - piece.inside) - cut;
            Piece { inside: piece.inside + cut, outside: piece.outside + cut, length }
        })
    }

    /// The range of the document of a range of the passage.
    pub(super) fn range(&self, range: Range<usize>) -> Range<usize> {
        let start = self.outside(range.start);
        start..range.end.checked_sub(1).map_or(start, |last| self.outside(last) + 1).max(start)
    }

    /// The byte of the document at which a byte of the passage stands; the nearest one before it for what the document
    /// does not hold.
    fn outside(&self, inside: usize) -> usize {
        let after = self.0.partition_point(|piece| piece.inside <= inside);
        match after.checked_sub(1).map(|at| self.0[at]) {
            Some(piece) => piece.outside + (inside - piece.inside).min(piece.length),
            None => self.0.first().map_or(0, |piece| piece.outside),
        }
    }

    /// The span in the document of a span in the passage; the file stays.
    pub fn place(&self, span: Span) -> Span {
        let start = self.outside(span.start as usize);
        // The end is one past the last byte, and belongs to the line of that byte.
        let end = match (span.end as usize).checked_sub(1) {
            Some(last) if span.end > span.start => self.outside(last) + 1,
            _ => start,
        };
        Span::new(span.file, start, end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    #[test]
    fn spans_of_a_quoted_passage_are_those_of_the_document() {
        let document = "> a\n> bc\n";
        let mut lines = Lines::default();
        lines.push(0, 2, 2);
        lines.push(2, 6, 3);
        let text = |start, end| {
            let span = lines.place(Span::new(FileId(0), start, end));
            &document[span.start as usize..span.end as usize]
        };
        assert_eq!((text(0, 1), text(2, 4), text(3, 4), text(0, 2)), ("a", "bc", "c", "a\n"));
        assert_eq!(text(0, 4), "a\n> bc");
        assert_eq!(text(9, 9), "");
    }
}
