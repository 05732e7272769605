//! The words of a cell: placeholders replaced, markup removed.

use super::html::{self, Font};
use super::syntax::{Draws, MxCell};
use crate::drawing::TextLine;

/// Bytes that the label of one cell may come to with its placeholders replaced.
const LONGEST: usize = 64 * 1024;

/// Where placeholders are looked up, the nearest first.
#[derive(Clone, Copy, Debug)]
pub(super) struct Around<'c, 'a> {
    /// The cell and what holds it, up to the root.
    pub(super) cells: &'c [&'c MxCell<'a>],
    /// Name of the page.
    pub(super) page: &'c str,
}

/// The words of a cell.
pub(super) fn lines(cell: &MxCell<'_>, around: Around<'_, '_>) -> Vec<TextLine> {
    if cell.style.is_on("noLabel") {
        return Vec::new();
    }
    let text = replaced(cell, cell.label, around);
    styled(cell, &text)
}

/// A text in the letters of a cell.
pub(super) fn styled(cell: &MxCell<'_>, text: &str) -> Vec<TextLine> {
    // Sizes of draw.io's default styles.
    let usual = if cell.draws == Draws::Edge { 11.0 } else { 12.0 };
    let size = cell.style.number("fontSize").unwrap_or(usual).clamp(1.0, 1_000.0);
    // Bit 0 is bold, 1 italic, 2 underlined.
    let bold = cell.style.number("fontStyle").is_some_and(|style| style as i64 & 1 == 1);
    let unseen = ["fontSize", "textOpacity"].iter().any(|key| cell.style.number(key) == Some(0.0));
    if unseen {
        return Vec::new();
    }
    let font = Font { size, bold, shown: true };
    if cell.style.is_on("html") { html::lines(text, font) } else { html::plain(text, font) }
}

/// A text with `%name%` replaced by what the cell or something around it calls so.
fn replaced(cell: &MxCell<'_>, text: &str, around: Around<'_, '_>) -> String {
    if cell.attribute("placeholders") != Some("1") || !text.contains('%') {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let is_name = |name: &str| {
            !name.is_empty()
                && name.len() <= 100
                && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
        };
        let name = rest.find('%').map(|end| &rest[..end]).filter(|name| is_name(name));
        match name.and_then(|name| Some((name, value(name, around)?))) {
            Some((name, value)) if out.len() + value.len() <= LONGEST => {
                out.push_str(value);
                rest = &rest[name.len() + 1..];
            }
            _ => out.push('%'),
        }
    }
    out.push_str(rest);
    out
}

fn value<'c>(name: &str, around: Around<'c, '_>) -> Option<&'c str> {
    let given = around.cells.iter().find_map(|cell| match name {
        "id" => Some(cell.id),
        "label" | "placeholders" => None,
        name => cell.attribute(name),
    });
    given.or((name == "page").then_some(around.page))
}
