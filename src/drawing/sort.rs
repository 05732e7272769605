//! What each shape is by itself, before its surroundings are looked at.

use super::measure::{is_sane, upright};
use super::page::{Outline, Page, Role, Shape, Side, TextLine};
use crate::geometry::Rect;

/// The sort of a shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// Not shown.
    Hidden,
    /// At no place on a page: numbers out of all range.
    Broken,
    /// Nothing of it is drawn.
    Blank,
    /// It only holds shapes together.
    Group,
    /// Words without an outline.
    Words,
    /// A sticky note or a speech balloon.
    Note,
    /// A small shape with a number in it.
    Marker,
    /// A picture or the shape of a stencil.
    Icon,
    /// A shape that words or other shapes stand in.
    Box,
    /// A row or cell of a table.
    Cell,
    /// A block arrow.
    Arrow,
    /// A line or bracket that is kept as a shape.
    Stroke,
}

/// Longest side of a number's shape, in px.
const MARKER: f64 = 42.0;
/// Largest side of shapes that are mere points, in px.
pub(super) const POINT: f64 = 14.0;

/// The sorts of all shapes of a page.
pub(super) fn sorts(page: &Page) -> Vec<Sort> {
    let hidden = hidden(page);
    let sort = |at: usize, shape: &Shape| match (hidden[at], is_sane(shape.bounds)) {
        (true, _) => Sort::Hidden,
        (false, false) => Sort::Broken,
        (false, true) => sort(page, shape),
    };
    page.shapes.iter().enumerate().map(|(at, shape)| sort(at, shape)).collect()
}

/// Hidden shapes: their own doing, that of their layer, or that of a shape that holds them.
fn hidden(page: &Page) -> Vec<bool> {
    let layer =
        |layer: Option<usize>| layer.and_then(|at| page.layers.get(at)).is_some_and(|layer| !layer.visible);
    let own: Vec<bool> = page.shapes.iter().map(|shape| shape.hidden || layer(shape.layer)).collect();
    let mut known: Vec<Option<bool>> = own.iter().map(|hidden| hidden.then_some(true)).collect();
    for start in 0..page.shapes.len() {
        let mut path = Vec::new();
        let mut at = Some(start);
        let mut answer = false;
        while let Some(one) = at.filter(|one| *one < known.len()) {
            if let Some(hidden) = known[one] {
                answer = hidden;
                break;
            }
            // A circle ends here: what is on the way is shown.
            known[one] = Some(false);
            path.push(one);
            at = page.shapes[one].parent;
        }
        path.into_iter().for_each(|one| known[one] = Some(answer));
    }
    known.into_iter().map(|hidden| hidden.unwrap_or(false)).collect()
}

fn sort(page: &Page, shape: &Shape) -> Sort {
    let worded = has_words(shape);
    let drawn = shape.filled || shape.stroked;
    if shape.role == Role::Group && !worded && !drawn {
        return Sort::Group;
    }
    if is_cell(page, shape) {
        return Sort::Cell;
    }
    if is_marker(shape) {
        return Sort::Marker;
    }
    match shape.outline {
        Outline::Text if !worded && shape.technologies.is_empty() => Sort::Blank,
        Outline::Text => Sort::Words,
        Outline::Note | Outline::Callout => Sort::Note,
        Outline::Arrow => Sort::Arrow,
        Outline::Stroke => Sort::Stroke,
        Outline::Image | Outline::Stencil | Outline::Person | Outline::Other
            if shape.role != Role::Container =>
        {
            Sort::Icon
        }
        _ if shape.role == Role::Container => Sort::Box,
        _ if !drawn && !worded && shape.technologies.is_empty() => Sort::Blank,
        _ if !drawn && worded => Sort::Words,
        _ => Sort::Box,
    }
}

/// Whether the shape carries words or a name.
pub(super) fn has_words(shape: &Shape) -> bool {
    shape.name.as_ref().is_some_and(|name| !name.trim().is_empty())
        || shape.text.iter().any(|line| !line.text.is_empty())
}

/// A small shape that holds nothing but a number: `1`, `12`, `3a`, `(4)`.
fn is_marker(shape: &Shape) -> bool {
    let [_, _, width, height] = shape.bounds;
    let fits = width.max(height) <= MARKER
        && matches!(
            shape.outline,
            Outline::Ellipse | Outline::Rounded | Outline::Rectangle | Outline::Hexagon | Outline::Stencil
        )
        && (shape.filled || shape.stroked)
        && shape.name.is_none()
        && shape.kind.is_none();
    fits && number(&shape.text).is_some()
}

/// The number that is all that is written.
pub(super) fn number(text: &[TextLine]) -> Option<&str> {
    let mut lines = text.iter().map(|line| line.text.as_str()).filter(|text| !text.is_empty());
    let (Some(words), None) = (lines.next(), lines.next()) else { return None };
    let bare = words.trim_matches(['(', ')', '.', '#', ' ']);
    let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &bare[digits..];
    let tail = rest.is_empty()
        || rest.len() == 1 && rest.bytes().all(|byte| byte.is_ascii_alphabetic())
        || rest.len() <= 3 && rest.starts_with('.') && rest[1..].bytes().all(|byte| byte.is_ascii_digit());
    (digits > 0 && digits <= 3 && tail).then_some(bare)
}

/// A row of a table, or a cell of a row: tools draw cells as plain boxes, with or without an outline. A lane or a picture
/// that stands in a table stays what it is.
fn is_cell(page: &Page, shape: &Shape) -> bool {
    let holder = shape.parent.and_then(|at| page.shapes.get(at));
    let plain = match shape.outline {
        Outline::Table => true,
        Outline::Rectangle | Outline::Rounded | Outline::Text => shape.role != Role::Container,
        _ => false,
    };
    plain && holder.is_some_and(|holder| holder.outline == Outline::Table)
}

/// Whether the shape may hold others that are drawn in it.
pub(super) fn can_hold(shape: &Shape, sort: Sort) -> bool {
    let roomy = shape.bounds[2].min(shape.bounds[3]) >= 70.0;
    match sort {
        Sort::Box => !matches!(shape.outline, Outline::Diamond),
        Sort::Icon => shape.outline != Outline::Person && roomy,
        // A sheet as large as this is an area with a folded corner.
        Sort::Note => shape.bounds[2].min(shape.bounds[3]) >= 160.0,
        Sort::Cell => true,
        Sort::Hidden
        | Sort::Broken
        | Sort::Blank
        | Sort::Group
        | Sort::Words
        | Sort::Marker
        | Sort::Arrow
        | Sort::Stroke => false,
    }
}

/// Height of a line of letters and mean width of a letter, as shares of the size of the type.
const LINE: f64 = 1.2;
const LETTER: f64 = 0.55;

/// Width and height that the words take.
pub(super) fn size_of(text: &[TextLine]) -> (f64, f64) {
    let mut width = 0.0_f64;
    let mut height = 0.0;
    for line in text {
        let size = if line.size > 0.0 { line.size.min(200.0) } else { 12.0 };
        let letters = u32::try_from(line.text.chars().count().min(2_000)).unwrap_or(2_000);
        width = width.max(f64::from(letters) * size * LETTER);
        height += size * LINE;
    }
    (width, height)
}

/// Where the words of a shape stand: the shape itself when they are in it.
pub(super) fn words_area(shape: &Shape) -> Rect {
    let area = upright(shape.bounds, shape.angle);
    let (width, height) = size_of(&shape.text);
    let center = area.center();
    match shape.text_spot.side {
        // A text cell without size shows its words all the same, round the place where it stands.
        Side::Inside if shape.outline == Outline::Text => {
            let wide = if area.width >= 10.0 { area.width } else { width };
            let high = area.height.max(height.min(area.height.max(20.0)));
            Rect::new(center.x - wide / 2.0, center.y - high / 2.0, wide, high)
        }
        Side::Inside => area,
        Side::Above => Rect::new(center.x - width / 2.0, area.y - height - 2.0, width, height),
        Side::Below => Rect::new(center.x - width / 2.0, area.bottom() + 2.0, width, height),
        Side::Left => Rect::new(area.x - width - 2.0, center.y - height / 2.0, width, height),
        Side::Right => Rect::new(area.right() + 2.0, center.y - height / 2.0, width, height),
    }
}
