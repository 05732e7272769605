//! Findings put on the author's own drawing, and taken away again.

use crate::carriers;
use crate::readers::drawio::Drawio;
use crate::readers::reader::{Head, Reader as _};
use crate::readers::recognize;
use crate::source::{decode, encode_as};
use crate::writers::drawio::{self, PageFault};
use crate::writers::writer::Packet;

/// A drawing with its badges.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annotated {
    /// The file.
    pub bytes: Vec<u8>,
    /// What was done, in a sentence.
    pub summary: String,
}

/// Why a file takes no badges.
#[derive(Debug, thiserror::Error)]
pub enum NotAnnotated {
    /// A picture or document that carries a drawing.
    #[error(
        "badges are put into draw.io files alone; open this {0} in draw.io, save its diagram as .drawio, and annotate that"
    )]
    Carried(&'static str),
    /// A file of another format.
    #[error(
        "this is no draw.io file; `planroom build` shows findings beside every format, badges are put into draw.io files alone"
    )]
    Other,
    /// Bytes that are no text.
    #[error("{0}")]
    Binary(String),
    /// Bytes that are not what their text encodes to.
    #[error("it holds bytes that are not valid in its encoding; save it as UTF-8")]
    Encoding,
    /// The file was not what the packet was read from.
    #[error("it is not among the sources that were read")]
    Missing,
    /// A page takes no badges.
    #[error(transparent)]
    Page(#[from] PageFault),
}

/// The text of a draw.io file.
///
/// # Errors
/// When it is something else.
pub fn drawing_text(name: &str, bytes: &[u8]) -> Result<String, NotAnnotated> {
    if let Some(picture) = carriers::picture(name) {
        return Err(NotAnnotated::Carried(match picture.format().id {
            "png" => "PNG picture",
            _ => "SVG picture",
        }));
    }
    if carriers::document(name).is_some() {
        return Err(NotAnnotated::Carried("document's diagram"));
    }
    let text = decode(bytes).map_err(|error| NotAnnotated::Binary(error.to_string()))?.text;
    let reader = recognize(&Head::of(name, &text));
    let known = reader.is_some_and(|reader| reader.format().id == Drawio.format().id);
    if known { Ok(text) } else { Err(NotAnnotated::Other) }
}

/// The file with a layer that marks the findings of its packet. `name` is its path in the packet.
///
/// # Errors
/// When it is no draw.io file, or a page cannot take badges.
pub fn annotate(packet: &Packet, name: &str, bytes: &[u8]) -> Result<Annotated, NotAnnotated> {
    let text = drawing_text(name, bytes)?;
    let badges = drawio::badges(packet, name).ok_or(NotAnnotated::Missing)?;
    let new = if badges.marked.is_empty() {
        drawio::take_away(&text).0
    } else {
        drawio::annotate(&text, &badges.pages)?
    };
    let count = badges.pages.iter().map(Vec::len).sum::<usize>();
    let mut summary = match badges.marked.len() {
        0 if new == text => "no finding to mark; an unchanged copy".to_owned(),
        0 => "no finding to mark; a copy without the badges of before".to_owned(),
        number => format!("{} marked by {}", many(number, "finding"), many(count, "badge")),
    };
    if !badges.elsewhere.is_empty() {
        let numbers = badges.elsewhere.join(", ");
        summary = format!("{summary}; about no shape or line of its own: {numbers}");
    }
    Ok(Annotated { bytes: encode_as(bytes, &new).ok_or(NotAnnotated::Encoding)?, summary })
}

/// The file without the layer.
///
/// # Errors
/// When it is no draw.io file.
pub fn without_annotation(name: &str, bytes: &[u8]) -> Result<Annotated, NotAnnotated> {
    let text = drawing_text(name, bytes)?;
    let (new, taken) = drawio::take_away(&text);
    let summary = match (taken.layers, taken.kept, taken.badges) {
        (0, 0, 0) => "there was no layer; an unchanged copy",
        (0, 0, _) => "there was no layer; the badges are taken away",
        (_, 0, _) => "the layer is taken away",
        (0, _, 0) => "the layer has no badges and stays, with what else is on it; an unchanged copy",
        (0, _, _) => "the badges are taken away; the layer stays, with what else is on it",
        _ => "the layer is taken away; where something else is on it, only the badges are",
    };
    let bytes = encode_as(bytes, &new).ok_or(NotAnnotated::Encoding)?;
    Ok(Annotated { bytes, summary: summary.to_owned() })
}

fn many(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}
