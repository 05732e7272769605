//! What the author's outlines become, and the room that they leave for text.

use super::fit::Taper;
use crate::geometry::Rect;
use crate::layout::given::Border;
use crate::model::{Element, Form, ZoneKind};
use crate::scene::measure;
use crate::scene::shape::{Glyph, Outline};

/// Outline and glyph of an element that the author drew so.
pub(super) fn outline(form: Form, element: &Element, zone: Option<ZoneKind>) -> (Outline, Glyph) {
    match form {
        // Nobody's icon is copied: a tile says what kind of thing it stands for.
        Form::Icon => match measure::look(element) {
            (outline @ (Outline::Cylinder | Outline::Pipe), glyph) => (outline, glyph),
            // A cloud means the Internet.
            (Outline::Cloud, glyph) if zone == Some(ZoneKind::Internet) => (Outline::Cloud, glyph),
            (Outline::Cloud, _) => (Outline::Tile, Glyph::Network),
            (_, Glyph::None) => (Outline::Tile, Glyph::Component),
            (_, glyph) => (Outline::Tile, glyph),
        },
        form => (plain(form), Glyph::None),
    }
}

/// The outline of a form that stands for no kind.
pub(super) fn plain(form: Form) -> Outline {
    match form {
        Form::Rectangle | Form::Table | Form::Icon => Outline::Rectangle,
        Form::Rounded => Outline::Card,
        Form::Ellipse => Outline::Ellipse,
        Form::Cylinder => Outline::Cylinder,
        Form::Diamond => Outline::Diamond,
        Form::Hexagon => Outline::Hexagon,
        Form::Cloud => Outline::Cloud,
        Form::Person => Outline::Person,
        Form::Document => Outline::Document,
        Form::Note => Outline::Note,
        Form::Callout => Outline::Callout,
        Form::Folder => Outline::Folder,
        Form::Cube => Outline::Cube,
        Form::Queue => Outline::Pipe,
        Form::Parallelogram => Outline::Parallelogram,
        Form::Arrow => Outline::Arrow,
        Form::Text => Outline::None,
    }
}

/// The border that lines end on.
pub(super) fn border(outline: Outline) -> Border {
    match outline {
        Outline::Ellipse => Border::Ellipse,
        Outline::Diamond => Border::Diamond,
        Outline::Card
        | Outline::Rectangle
        | Outline::Cloud
        | Outline::Cylinder
        | Outline::Pipe
        | Outline::Bar
        | Outline::Hexagon
        | Outline::Person
        | Outline::Document
        | Outline::Note
        | Outline::Callout
        | Outline::Folder
        | Outline::Cube
        | Outline::Parallelogram
        | Outline::Arrow
        | Outline::Tile
        | Outline::None => Border::Rectangle,
    }
}

/// How the room inside an outline narrows.
pub(super) fn taper(outline: Outline) -> Taper {
    match border(outline) {
        Border::Ellipse => Taper::Round,
        Border::Diamond => Taper::Straight,
        Border::Rectangle => Taper::None,
    }
}

/// The room for text inside an outline.
pub(super) fn room(outline: Outline, bounds: &Rect) -> Rect {
    let (width, height) = (bounds.width, bounds.height);
    // Left, top, right and lower part that the outline takes.
    let (left, top, right, bottom) = match outline {
        Outline::Card | Outline::Rectangle | Outline::Bar | Outline::Tile => (4.0, 2.0, 4.0, 2.0),
        Outline::None => (0.0, 0.0, 0.0, 0.0),
        Outline::Ellipse | Outline::Diamond => (2.0, 1.0, 2.0, 1.0),
        Outline::Hexagon => (width * 0.12, 2.0, width * 0.12, 2.0),
        Outline::Cylinder => (4.0, (height / 3.0).min(16.0), 4.0, (height / 8.0).min(6.0)),
        Outline::Pipe => (12.0_f64.min(width / 6.0), 2.0, 18.0_f64.min(width / 5.0), 2.0),
        Outline::Cloud => (8.0, 7.0, 8.0, 7.0),
        Outline::Person => (width * 0.1, height * 0.45, width * 0.1, 2.0),
        Outline::Document => (4.0, 2.0, 4.0, height * 0.18),
        Outline::Note => (4.0, 2.0, 8.0, 2.0),
        Outline::Callout => (4.0, 2.0, 4.0, height * 0.26),
        Outline::Folder => (4.0, (height / 5.0).min(14.0), 4.0, 2.0),
        Outline::Cube => (4.0, (height / 4.0).min(12.0), (width / 4.0).min(12.0) + 2.0, 2.0),
        Outline::Parallelogram => (width * 0.15, 2.0, width * 0.15, 2.0),
        Outline::Arrow => (4.0, height * 0.24, width * 0.12, height * 0.24),
    };
    let (left, top) = (left.min(width / 2.0), top.min(height / 2.0));
    Rect::new(
        bounds.x + left,
        bounds.y + top,
        (width - left - right).max(0.0),
        (height - top - bottom).max(0.0),
    )
}
