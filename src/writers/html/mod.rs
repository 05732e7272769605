//! The packet as one HTML file that opens from disk or mail, and the shelf that lists several.
//!
//! In: the [`Document`](crate::document::Document) and the scenes. Out: `index.html`. Markup is in
//! `templates/page/`; this module embeds style, script and font, and states the policy that lets only
//! these run.
//!
//! Architecture invariant: no sentence is made here; no text reaches the page unescaped but the pictures
//! of the SVG writer and our own style and script.

pub mod escape;
mod page;
mod parts;
mod policy;
mod shelf;
mod style;

pub use shelf::{ShelfEntry, shelf};

use super::writer::{Output, OutputFile, Packet, Writer};

/// Writes `index.html`.
#[derive(Debug)]
pub struct Html;

impl Writer for Html {
    fn output(&self) -> &'static Output {
        &Output { id: "html", about: "The design document, one self-contained page", media_type: "text/html" }
    }

    fn write(&self, packet: &Packet) -> Vec<OutputFile> {
        vec![OutputFile { path: "index.html".into(), bytes: page::page(packet).into_bytes() }]
    }
}
