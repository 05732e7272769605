//! The draw.io reader (diagrams.net): `.drawio` and `.xml` files, and the text that the tool embeds in its exports.
//!
//! 1. `pages` finds the pages and reads each alone; `parser` turns its XML into the cells of `syntax`;
//! 2. `tree` says which cell holds which and where it is; `lower` and `lines` make the shapes and lines of a
//!    [`Page`] from them, with the help of `style`, `label`, `html`, `outline`, `stencil` and `c4`;
//! 3. what shapes and lines mean is said by [`drawing`], which knows no tool.

mod c4;
mod html;
mod label;
mod lines;
mod lower;
mod outline;
mod pages;
mod parser;
mod parts;
mod stencil;
mod stencils;
mod style;
mod syntax;
mod tree;
mod turn;

pub use pages::{Drawing, pages};

use super::reader::{Confidence, Files, Format, Head, Reader, Reading};
use crate::drawing::{self, Page};
use crate::source::Source;

/// Drawings of draw.io.
#[derive(Debug)]
pub struct Drawio;

impl Reader for Drawio {
    fn format(&self) -> &'static Format {
        &Format {
            id: "drawio",
            name: "draw.io",
            extensions: &["drawio", "dio", "xml"],
            home: "https://www.drawio.com",
            reads: "pages plain and packed, icons of its libraries, containers, layers, lines with their labels",
        }
    }

    fn recognize(&self, head: &Head<'_>) -> Confidence {
        let is_xml = head.text.trim_start().starts_with('<');
        let first = ["<mxfile", "<mxGraphModel"].iter().filter_map(|word| head.text.find(word)).min();
        match first {
            // Nothing but a declaration and comments may stand before it.
            Some(at) if is_xml && is_prologue(&head.text[..at]) => Confidence::Sure,
            _ => {
                let path = head.path.to_ascii_lowercase();
                let named = path.ends_with(".drawio") || path.ends_with(".dio");
                if named { Confidence::Maybe } else { Confidence::No }
            }
        }
    }

    fn read(&self, source: &Source, _: &dyn Files) -> Reading {
        let drawing = pages(source);
        let meaning = drawing::read(&drawing.pages);
        let mut reading = Reading::default();
        reading.sources.add(drawing.source);
        reading.diagnostics = drawing.diagnostics;
        reading.diagnostics.extend(meaning.diagnostics);
        reading.loss = meaning.loss;
        let read = |page: &&Page| meaning.fragment.sheets.iter().any(|sheet| sheet.place == page.place);
        reading.loss.understood += drawing.pages.iter().filter(read).map(words_on_lines).sum::<usize>();
        reading.fragment = meaning.fragment;
        reading.refused = meaning.refused;
        reading
    }
}

/// Labels that are cells of their own: the drawing room counts shapes and lines.
fn words_on_lines(page: &Page) -> usize {
    page.lines.iter().map(|line| line.labels.iter().filter(|label| label.place != line.place).count()).sum()
}

/// Whether a text is only what may stand before the first element.
fn is_prologue(text: &str) -> bool {
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let end = match rest {
            _ if rest.starts_with("<?") => "?>",
            _ if rest.starts_with("<!--") => "-->",
            _ if rest.starts_with("<!DOCTYPE") => ">",
            _ => return false,
        };
        rest = rest.split_once(end).map_or("", |(_, after)| after).trim_start();
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drawings_are_known_by_their_text() {
        let told = |path: &str, text: &str| Drawio.recognize(&Head { path, text });
        assert_eq!(
            told("a.xml", "<?xml version=\"1.0\"?>\n<!-- x -->\n<mxfile host=\"x\">"),
            Confidence::Sure
        );
        assert_eq!(told("a.png", "<mxGraphModel dx=\"1\">"), Confidence::Sure);
        assert_eq!(told("a.md", "# Text\n`<mxfile`"), Confidence::No);
        assert_eq!(told("a.xml", "<html><mxfile>"), Confidence::No);
        assert_eq!(told("a.drawio", "<broken"), Confidence::Maybe);
        assert_eq!(told("a.xml", "<project>"), Confidence::No);
    }
}
