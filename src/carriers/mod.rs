//! Files of other formats that carry diagrams: documents that quote them, and pictures that keep the text they were
//! drawn from.
//!
//! A document goes in as text, and its passages come out, each with the lines that it stands on and the words around
//! it. A picture goes in as bytes, and the text inside comes out. What the text means is the readers' business.

mod asciidoc;
mod document;
mod language;
mod markdown;
mod picture;
mod plantuml_copy;
mod png;
mod restructured;
mod scribe;
mod svg;
mod tag;
mod wrapped;

pub use document::{Body, Contents, Document, Lines, Passage};
pub use language::Language;
pub use picture::{Damage, Embedded, Picture};

use crate::readers::reader::Format;

/// Every kind of document whose passages are read.
pub const DOCUMENTS: &[&dyn Document] =
    &[&markdown::Markdown, &asciidoc::AsciiDoc, &restructured::ReStructuredText];

/// Every kind of picture whose source is read.
pub const PICTURES: &[&dyn Picture] = &[&svg::Svg, &png::Png];

/// All of them, for lists.
pub fn formats() -> impl Iterator<Item = &'static Format> {
    DOCUMENTS.iter().map(|document| document.format()).chain(PICTURES.iter().map(|picture| picture.format()))
}

/// The kind of document that a file of this name is.
pub fn document(path: &str) -> Option<&'static dyn Document> {
    DOCUMENTS.iter().copied().find(|document| has_extension(path, document.format()))
}

/// The kind of picture that a file of this name is.
pub fn picture(path: &str) -> Option<&'static dyn Picture> {
    PICTURES.iter().copied().find(|picture| has_extension(path, picture.format()))
}

fn has_extension(path: &str, format: &Format) -> bool {
    path.rsplit_once('.').is_some_and(|(_, extension)| {
        format.extensions.iter().any(|known| known.eq_ignore_ascii_case(extension))
    })
}
