//! Outlines and glyphs: shape tells the kind.

use svg::node::element::{Group, Path, Rectangle};

use super::number::number;
use crate::geometry::{Point, Rect};
use crate::scene::{Glyph, Outline, Shape};

/// Shift of the second outline of several instances.
const STACK: f64 = 5.0;

/// The outline of a shape and, behind it, the second one of several instances.
pub(super) fn outline(shape: &Shape) -> Group {
    let mut group = Group::new();
    if shape.stacked {
        let behind = Rect { x: shape.bounds.x + STACK, y: shape.bounds.y - STACK, ..shape.bounds };
        for part in parts(shape.outline, behind, "p-behind") {
            group = group.add(part);
        }
    }
    let class = if shape.dashed { "p-card p-dash" } else { "p-card" };
    for part in parts(shape.outline, shape.bounds, class) {
        group = group.add(part);
    }
    group
}

fn parts(outline: Outline, r: Rect, class: &str) -> Vec<Path> {
    let path = |data: String| {
        Path::new().set("d", data).set("class", class).set("fill", "#fff").set("stroke", "#1a1d21")
    };
    let n = number;
    match outline {
        Outline::Card => vec![path(rounded(r, 4.0))],
        Outline::Bar => vec![path(rounded(r, 2.0))],
        Outline::Cylinder => {
            let lid = 8.0;
            let (left, right, top, bottom) = (n(r.x), n(r.right()), r.y + lid, r.bottom() - lid);
            let (rx, ry) = (n(r.width / 2.0), n(lid));
            vec![
                path(format!(
                    "M{left} {0}A{rx} {ry} 0 0 1 {right} {0}V{1}A{rx} {ry} 0 0 1 {left} {1}Z",
                    n(top),
                    n(bottom)
                )),
                path(format!("M{left} {0}A{rx} {ry} 0 0 0 {right} {0}", n(top))).set("fill-opacity", "0"),
            ]
        }
        Outline::Pipe => {
            let lid = 9.0;
            let (left, right, top, bottom) = (r.x + lid, r.right() - lid, n(r.y), n(r.bottom()));
            let (rx, ry) = (n(lid), n(r.height / 2.0));
            vec![
                path(format!(
                    "M{0} {top}H{1}A{rx} {ry} 0 0 1 {1} {bottom}H{0}A{rx} {ry} 0 0 1 {0} {top}Z",
                    n(left),
                    n(right)
                )),
                path(format!("M{0} {top}A{rx} {ry} 0 0 0 {0} {bottom}", n(right))).set("fill-opacity", "0"),
            ]
        }
        Outline::Cloud => vec![path(cloud(r))],
    }
}

/// Four bulges that touch the sides of the rectangle, on a flat bottom where lines leave.
fn cloud(r: Rect) -> String {
    let x = |part: f64| number(r.x + r.width * part);
    let y = |part: f64| number(r.y + r.height * part);
    format!(
        "M{} {}C{} {} {} {} {} {}C{} {} {} {} {} {}C{} {} {} {} {} {}C{} {} {} {} {} {}Z",
        x(0.18),
        y(1.0),
        x(-0.06),
        y(1.0),
        x(-0.06),
        y(0.42),
        x(0.16),
        y(0.4),
        x(0.2),
        y(-0.1),
        x(0.6),
        y(-0.14),
        x(0.68),
        y(0.2),
        x(0.84),
        y(0.06),
        x(1.02),
        y(0.3),
        x(0.9),
        y(0.5),
        x(1.06),
        y(0.62),
        x(1.0),
        y(1.0),
        x(0.84),
        y(1.0),
    )
}

fn rounded(r: Rect, radius: f64) -> String {
    let radius = radius.min(r.width / 2.0).min(r.height / 2.0);
    let n = number;
    format!(
        "M{} {}h{}a{ra} {ra} 0 0 1 {ra} {ra}v{}a{ra} {ra} 0 0 1 -{ra} {ra}h-{}a{ra} {ra} 0 0 1 -{ra} -{ra}v-{}a{ra} {ra} 0 0 1 {ra} -{ra}z",
        n(r.x + radius),
        n(r.y),
        n(r.width - radius * 2.0),
        n(r.height - radius * 2.0),
        n(r.width - radius * 2.0),
        n(r.height - radius * 2.0),
        ra = n(radius),
    )
}

/// An invisible rectangle that tells tools the shape's box.
pub(super) fn hit_box(r: Rect) -> Rectangle {
    Rectangle::new()
        .set("data-role", "shape")
        .set("x", number(r.x))
        .set("y", number(r.y))
        .set("width", number(r.width))
        .set("height", number(r.height))
        .set("fill", "none")
}

/// The small picture in a card; `at` is the left end of its middle line. `None` for shapes without one.
pub(super) fn glyph(glyph: Glyph, at: Point) -> Option<Path> {
    let data = match glyph {
        Glyph::None => return None,
        Glyph::Host => "m0-7h14v6h-14zm0 8h14v6h-14zm3-5h.1m-.1 8h.1",
        Glyph::Component => "m3-7h11v14h-11v-3m0-3v-2m0-3v-3m-3 3h6v3h-6zm0 5h6v3h-6z",
        Glyph::Person => "m7-7a3.4 3.4 0 1 1 0 6.8a3.4 3.4 0 1 1 0-6.8zm-7 14c0-8 14-8 14 0z",
        Glyph::Mail => "m0-5h14v10h-14zl7 5.5l7-5.5",
        Glyph::Key => "m3.5-3.5a3.5 3.5 0 1 1 0 7a3.5 3.5 0 1 1 0-7zm3.5 3.5h7v3.5m-3-3.5v3",
        Glyph::Firewall => "m0-6h14v12h-14zm0 4h14m-14 4h14m-7-8v4m-3.5 0v4m7-4v4m-3.5 0v4",
        Glyph::Gateway => "m0 0h4m0 0l4-5h6m-3-2.5l3 2.5l-3 2.5m-7-2.5l4 5h6m-3-2.5l3 2.5l-3 2.5",
        Glyph::Network => "m7-7a7 7 0 1 1 0 14a7 7 0 1 1 0-14zm-7 7h14m-7-7c-4 4-4 10 0 14c4-4 4-10 0-14",
    };
    let path = format!("M{} {}{data}", number(at.x), number(at.y));
    Some(Path::new().set("class", "p-glyph").set("d", path).set("fill", "none").set("stroke", "#1a1d21"))
}
