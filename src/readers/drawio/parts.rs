//! Names for the places of a drawing: lines of XML say nothing to the person who drew it.

use super::lower::Became;
use super::syntax::MxCell;
use crate::drawing::{Page, TextLine, quoted};
use crate::source::Part;
use crate::wording::signs;

/// Adds a page and its cells to the parts of the source.
pub(super) fn add(page: &Page, cells: &[MxCell<'_>], became: &[Became], parts: &mut Vec<Part>) {
    let inside = Some(parts.len());
    let span = page.place.span;
    parts.push(Part { start: span.start, end: span.end, name: page_name(&page.name), inside: None });
    for (cell, became) in cells.iter().zip(became) {
        let name = match became {
            Became::Shape(at) => shape_name(page, *at),
            Became::Line(at) => line_name(page, *at),
            Became::Label(line, at) => {
                let words = page.lines[*line].labels.get(*at).map(|label| words(&label.text));
                format!("label {}", quoted(&words.unwrap_or_default()))
            }
            Became::Nothing => continue,
        };
        parts.push(Part { start: cell.span.start, end: cell.span.end, name, inside });
    }
}

/// How a page is called in messages.
pub(super) fn page_name(name: &str) -> String {
    if name.is_empty() { "page without name".to_owned() } else { format!("page {}", quoted(name)) }
}

fn shape_name(page: &Page, at: usize) -> String {
    let shape = &page.shapes[at];
    let words = shape.name.clone().unwrap_or_else(|| words(&shape.text));
    if !words.is_empty() {
        return format!("shape {}", quoted(&words));
    }
    let icon =
        shape.technologies.first().cloned().or_else(|| {
            Some(signs::stencil_words(shape.stencil.as_deref()?)).filter(|words| !words.is_empty())
        });
    match icon {
        Some(icon) => format!("icon {}", quoted(&icon)),
        None => format!("shape without words, id {}", quoted(&shape.id)),
    }
}

fn line_name(page: &Page, at: usize) -> String {
    let line = &page.lines[at];
    let label = line.labels.iter().map(|label| words(&label.text)).find(|words| !words.is_empty());
    let end =
        |shape: Option<usize>| shape.map(|at| words(&page.shapes[at].text)).filter(|words| !words.is_empty());
    let ends: String = [(" from ", end(line.from.shape)), (" to ", end(line.to.shape))]
        .into_iter()
        .filter_map(|(word, end)| Some(format!("{word}{}", quoted(&end?))))
        .collect();
    match label {
        Some(label) => format!("line {}{ends}", quoted(&label)),
        None if !ends.is_empty() => format!("line{ends}"),
        None => format!("line without words, id {}", quoted(&line.id)),
    }
}

fn words(lines: &[TextLine]) -> String {
    let texts: Vec<&str> =
        lines.iter().map(|line| line.text.as_str()).filter(|text| !text.is_empty()).collect();
    texts.join(" ")
}
