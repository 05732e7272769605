//! Outlines and glyphs: shape tells the kind.

use svg::node::element::{Group, Path, Rectangle};

use super::number::number;
use super::paint;
use crate::geometry::{Point, Rect};
use crate::scene::{Glyph, Outline, Shape};

/// Shift of the second outline of several instances.
const STACK: f64 = 5.0;

/// The outline of a shape and, behind it, the second one of several instances.
pub(super) fn outline(shape: &Shape) -> Group {
    let mut group = Group::new();
    if shape.stacked {
        let behind = Rect { x: shape.bounds.x + STACK, y: shape.bounds.y - STACK, ..shape.bounds };
        for part in parts(shape.outline, behind, "p-behind", "#fff") {
            group = group.add(part);
        }
    }
    let (tint, fill) = paint::tint(shape.tint);
    let ink = paint::Ink { filled: shape.filled, stroked: shape.stroked, dashed: shape.dashed };
    let class = format!("p-card{tint}{}", ink.classes());
    for part in parts(shape.outline, shape.bounds, &class, ink.fill(fill)) {
        group = group.add(if shape.stroked { part } else { part.set("stroke", "none") });
    }
    group
}

/// The paths of an outline; the first one is its surface.
pub(super) fn parts(outline: Outline, r: Rect, class: &str, fill: &str) -> Vec<Path> {
    let path = |data: String| {
        Path::new().set("d", data).set("class", class).set("fill", fill).set("stroke", "#1a1d21")
    };
    let bare = |data: String| path(data).set("fill-opacity", "0");
    let n = number;
    match outline {
        Outline::None => Vec::new(),
        Outline::Rectangle => vec![path(rounded(r, 0.0))],
        Outline::Card => vec![path(rounded(r, 4.0))],
        Outline::Tile => vec![path(rounded(r, 6.0))],
        Outline::Bar => vec![path(rounded(r, 2.0))],
        Outline::Cylinder => {
            let lid = f64::min(8.0, r.height / 4.0);
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
            let lid = f64::min(9.0, r.width / 4.0);
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
        Outline::Ellipse => {
            let (rx, ry) = (n(r.width / 2.0), n(r.height / 2.0));
            let (left, right, y) = (n(r.x), n(r.right()), n(r.center().y));
            vec![path(format!("M{left} {y}A{rx} {ry} 0 0 1 {right} {y}A{rx} {ry} 0 0 1 {left} {y}Z"))]
        }
        Outline::Diamond => vec![path(polygon(r, &[(0.5, 0.0), (1.0, 0.5), (0.5, 1.0), (0.0, 0.5)]))],
        Outline::Hexagon => {
            let (a, b) = (0.12, 0.88);
            vec![path(polygon(r, &[(a, 0.0), (b, 0.0), (1.0, 0.5), (b, 1.0), (a, 1.0), (0.0, 0.5)]))]
        }
        Outline::Parallelogram => {
            vec![path(polygon(r, &[(0.15, 0.0), (1.0, 0.0), (0.85, 1.0), (0.0, 1.0)]))]
        }
        Outline::Arrow => {
            let (a, b, c) = (0.24, 0.76, 0.82);
            let corners = [(0.0, a), (c, a), (c, 0.0), (1.0, 0.5), (c, 1.0), (c, b), (0.0, b)];
            vec![path(polygon(r, &corners))]
        }
        Outline::Callout => {
            let (body, tip) = (0.76, 0.3);
            let corners =
                [(0.0, 0.0), (1.0, 0.0), (1.0, body), (0.5, body), (tip, 1.0), (tip, body), (0.0, body)];
            vec![path(polygon(r, &corners))]
        }
        Outline::Person => person(r).into_iter().map(path).collect(),
        Outline::Document => {
            let wave = r.height.min(40.0) * 0.18;
            let (left, right, top, y) = (n(r.x), n(r.right()), n(r.y), r.bottom() - wave);
            vec![path(format!(
                "M{left} {top}H{right}V{y}Q{} {} {} {y}T{left} {y}Z",
                n(r.x + r.width * 0.75),
                n(y - wave),
                n(r.center().x),
                y = n(y),
            ))]
        }
        Outline::Note => {
            let fold = f64::min(12.0, r.width.min(r.height) / 3.0);
            let (right, top) = (r.right(), r.y);
            vec![
                path(format!(
                    "M{} {}H{}L{} {}V{}H{}Z",
                    n(r.x),
                    n(top),
                    n(right - fold),
                    n(right),
                    n(top + fold),
                    n(r.bottom()),
                    n(r.x)
                )),
                bare(format!("M{0} {1}V{2}H{3}", n(right - fold), n(top), n(top + fold), n(right))),
            ]
        }
        Outline::Folder => {
            let (tab, high) = (f64::min(60.0, r.width * 0.5), f64::min(12.0, r.height / 5.0));
            vec![
                path(format!(
                    "M{0} {1}H{2}V{3}H{4}V{5}H{0}Z",
                    n(r.x),
                    n(r.y),
                    n(r.x + tab),
                    n(r.y + high),
                    n(r.right()),
                    n(r.bottom())
                )),
                bare(format!("M{} {}h{}", n(r.x), n(r.y + high), n(tab))),
            ]
        }
        Outline::Cube => {
            let deep = f64::min(12.0, r.width.min(r.height) / 4.0);
            let (left, right, top, bottom) = (r.x, r.right(), r.y, r.bottom());
            vec![
                path(format!(
                    "M{} {}L{} {}H{}V{}L{} {}H{}Z",
                    n(left),
                    n(top + deep),
                    n(left + deep),
                    n(top),
                    n(right),
                    n(bottom - deep),
                    n(right - deep),
                    n(bottom),
                    n(left)
                )),
                bare(format!("M{0} {1}H{2}V{3}", n(left), n(top + deep), n(right - deep), n(bottom))),
                bare(format!("M{} {}L{} {}", n(right - deep), n(top + deep), n(right), n(top))),
            ]
        }
    }
}

/// Corners at parts of the width and height.
fn polygon(r: Rect, corners: &[(f64, f64)]) -> String {
    let mut data = String::new();
    for (at, (x, y)) in corners.iter().enumerate() {
        data.push(if at == 0 { 'M' } else { 'L' });
        data.push_str(&format!("{} {}", number(r.x + r.width * x), number(r.y + r.height * y)));
    }
    data + "Z"
}

/// Shoulders and a head.
fn person(r: Rect) -> [String; 2] {
    let n = number;
    let head = f64::min(r.height * 0.22, r.width * 0.3);
    let (middle, top) = (r.center().x, r.y + head * 2.0 + 1.0);
    [
        format!(
            "M{left} {bottom}C{left} {high} {low} {top} {middle} {top}S{right} {high} {right} {bottom}Z",
            left = n(r.x + r.width * 0.04),
            right = n(r.right() - r.width * 0.04),
            low = n(r.x + r.width * 0.2),
            middle = n(middle),
            top = n(top),
            high = n(top + (r.bottom() - top) * 0.3),
            bottom = n(r.bottom()),
        ),
        format!(
            "M{} {y}a{h} {h} 0 1 1 {d} 0a{h} {h} 0 1 1 -{d} 0Z",
            n(middle - head),
            y = n(r.y + head),
            h = n(head),
            d = n(head * 2.0),
        ),
    ]
}

/// How far a cloud's border swings: lines that end on its box touch it or end this close.
const SWING: f64 = 5.0;
/// About how long one bulge of a cloud is.
const BULGE: f64 = 34.0;
/// Bulges on one side at most.
const MOST_BULGES: f64 = 40.0;

/// Bulges all around that touch the sides of the rectangle. They are as deep on every cloud, so that a long name stays
/// inside and lines end on the border.
fn cloud(r: Rect) -> String {
    let swing = SWING.min(r.width / 6.0).min(r.height / 6.0);
    let corner = (swing * 3.0).min(r.width / 3.0).min(r.height / 3.0);
    let (left, top, right, bottom) = (r.x + swing, r.y + swing, r.right() - swing, r.bottom() - swing);
    let turns = [
        (Point::new(r.x + corner, top), Point::new(r.right() - corner, top)),
        (Point::new(right, r.y + corner), Point::new(right, r.bottom() - corner)),
        (Point::new(r.right() - corner, bottom), Point::new(r.x + corner, bottom)),
        (Point::new(left, r.bottom() - corner), Point::new(left, r.y + corner)),
    ];
    let start = turns[0].0;
    let mut data = format!("M{} {}", number(start.x), number(start.y));
    for (at, (from, to)) in turns.iter().enumerate() {
        let (dx, dy) = (to.x - from.x, to.y - from.y);
        let length = dx.abs() + dy.abs();
        let count = (length / BULGE).round().clamp(1.0, MOST_BULGES);
        let (rx, ry) =
            if at % 2 == 0 { (length / count / 2.0, swing) } else { (swing, length / count / 2.0) };
        let mut bulge = 1.0;
        while bulge <= count {
            let (x, y) = (from.x + dx * bulge / count, from.y + dy * bulge / count);
            data.push_str(&format!("A{} {} 0 0 1 {} {}", number(rx), number(ry), number(x), number(y)));
            bulge += 1.0;
        }
        let next = turns[(at + 1) % turns.len()].0;
        let round = number((corner - swing) * 0.85);
        data.push_str(&format!("A{round} {round} 0 0 1 {} {}", number(next.x), number(next.y)));
    }
    data + "Z"
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
pub(super) fn glyph(glyph: Glyph, at: Point, scale: f64) -> Option<Path> {
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
    let path = Path::new().set("class", "p-glyph").set("fill", "none").set("stroke", "#1a1d21");
    if (scale - 1.0).abs() < 0.01 {
        return Some(path.set("d", format!("M{} {}{data}", number(at.x), number(at.y))));
    }
    let placed = format!("translate({} {})scale({})", number(at.x), number(at.y), number(scale));
    Some(path.set("d", format!("M0 0{data}")).set("transform", placed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_border_of_a_cloud_is_as_deep_on_every_cloud() {
        for width in [120.0, 900.0] {
            let drawn = cloud(Rect::new(0.0, 0.0, width, 60.0));
            assert!(drawn.starts_with("M15 5A") && drawn.ends_with("15 5Z"), "{drawn}");
        }
    }
}
