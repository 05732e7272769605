//! A bare graph as SVG: boxes, frames, lines and labels with their names, for `planroom layout`.
//!
//! Each part says what it is in `data-` attributes (`docs/formats/layout-graph.md`), so that other programs can
//! read the places back. Architecture invariant: draws what is placed and decides nothing.

use std::fmt::Write as _;

use svg::Document;
use svg::node::element::{Group, Path, Rectangle, Style, Text};

use super::number::{clean, number};
use crate::geometry::{Point, Rect};
use crate::layout::neutral::Neutral;
use crate::layout::{End, Graph, Placement};

/// Colors and sizes; the picture stands alone.
const STYLE: &str = "text{font:12px Inter,system-ui,sans-serif;fill:#1a1d21}\
    .node{fill:#fff;stroke:#7a828c}.boundary{fill:#7a828c;fill-opacity:.07;stroke:#7a828c}\
    .edge{fill:none;stroke:#3a424c;stroke-width:1.5}.head{fill:#3a424c}\
    .label{fill:#fff;fill-opacity:.85}.label-text{font-size:11px}.title{font-weight:600}";

/// Draws a placed graph.
pub fn draw(neutral: &Neutral, placement: &Placement) -> String {
    let Neutral { graph, .. } = neutral;
    let mut document = Document::new()
        .set("viewBox", format!("0 0 {} {}", number(placement.size.width), number(placement.size.height)))
        .set("width", number(placement.size.width))
        .set("height", number(placement.size.height))
        .add(Style::new(STYLE));
    let frames = graph
        .boundaries
        .iter()
        .zip(&placement.boundaries)
        .zip(&placement.titles)
        .zip(&neutral.boundary_labels);
    for (((boundary, frame), title), name) in frames {
        let group = part("boundary", &boundary.id)
            .set("data-parent", parent(graph, boundary.parent))
            .add(rectangle(frame).set("class", "boundary").set("data-role", "shape"))
            .add(
                text(name, Point::new(title.x, title.y + title.height - 4.0), "start").set("class", "title"),
            );
        document = document.add(group);
    }
    for (edge, route) in graph.edges.iter().zip(&placement.edges) {
        let group = part("edge", &edge.id)
            .set("data-from", end(graph, edge.from))
            .set("data-to", end(graph, edge.to))
            .add(Path::new().set("class", "edge").set("data-role", "route").set("d", line(&route.points)))
            .add(Path::new().set("class", "head").set("data-role", "head").set("d", head(&route.points)));
        document = document.add(group);
    }
    for ((node, bounds), name) in graph.nodes.iter().zip(&placement.nodes).zip(&neutral.node_labels) {
        let middle = bounds.center();
        let group = part("node", &node.id)
            .set("data-parent", parent(graph, node.parent))
            .add(rectangle(bounds).set("class", "node").set("rx", 3).set("data-role", "shape"))
            .add(text(name, Point::new(middle.x, middle.y + 4.0), "middle"));
        document = document.add(group);
    }
    for ((edge, route), label) in graph.edges.iter().zip(&placement.edges).zip(&neutral.edge_labels) {
        let Some(bounds) = &route.label else { continue };
        let middle = bounds.center();
        let group = part("label", &edge.id)
            .set("data-for", edge.id.as_str())
            .add(rectangle(bounds).set("class", "label").set("data-role", "shape"))
            .add(text(label, Point::new(middle.x, middle.y + 4.0), "middle").set("class", "label-text"));
        document = document.add(group);
    }
    let mut out = document.to_string();
    out.push('\n');
    out
}

fn part(kind: &str, id: &str) -> Group {
    Group::new().set("data-kind", kind).set("data-id", id)
}

fn parent(graph: &Graph, index: Option<usize>) -> &str {
    index.map_or("", |index| graph.boundaries[index].id.as_str())
}

fn end(graph: &Graph, end: End) -> &str {
    match end {
        End::Node(index) => &graph.nodes[index].id,
        End::Boundary(index) => &graph.boundaries[index].id,
    }
}

fn rectangle(rect: &Rect) -> Rectangle {
    Rectangle::new()
        .set("x", number(rect.x))
        .set("y", number(rect.y))
        .set("width", number(rect.width))
        .set("height", number(rect.height))
}

fn text(content: &str, at: Point, anchor: &str) -> Text {
    Text::new(clean(content)).set("x", number(at.x)).set("y", number(at.y)).set("text-anchor", anchor)
}

fn line(points: &[Point]) -> String {
    let mut data = String::new();
    for (index, point) in points.iter().enumerate() {
        let command = if index == 0 { 'M' } else { 'L' };
        // Writing to a string does not fail.
        let _ = write!(data, "{command}{} {}", number(point.x), number(point.y));
    }
    data
}

/// The head of the line: a triangle whose tip is the last point.
fn head(points: &[Point]) -> String {
    let [.., before, tip] = points else { return String::new() };
    let (dx, dy) = (tip.x - before.x, tip.y - before.y);
    let length = (dx * dx + dy * dy).sqrt();
    if length == 0.0 {
        return String::new();
    }
    let (ux, uy) = (dx / length, dy / length);
    let corner = |side: f64| Point::new(tip.x - 8.0 * ux - side * uy, tip.y - 8.0 * uy + side * ux);
    format!("{}Z", line(&[*tip, corner(3.5), corner(-3.5)]))
}
