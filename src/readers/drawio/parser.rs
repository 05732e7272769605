//! XML to cells. What is no cell is passed over; what is wrong with a number is told.

use super::style::Style;
use super::syntax::{Diagram, Draws, MxCell, MxGeometry};
use crate::diagnostic::Diagnostic;
use crate::source::{BADGE, XmlNode};

/// Cells that one page may have.
const CELLS: usize = 100_000;
/// The farthest place on a page, in px.
const FARTHEST: f64 = 1e7;

/// Diagnostics of one kind that are told; a broken exporter makes thousands.
const TOLD: usize = 20;

/// Tells of something that may be wrong with every cell, a few times.
pub(super) fn tell(told: &mut Vec<Diagnostic>, diagnostic: Diagnostic) {
    if told.iter().filter(|known| known.code == diagnostic.code).take(TOLD).count() < TOLD {
        told.push(diagnostic);
    }
}

/// The cells of the first `<mxGraphModel>` in an element, or of the element itself; `None` when there is none.
pub(super) fn diagram<'a>(element: XmlNode<'a>, told: &mut Vec<Diagnostic>) -> Option<Diagram<'a>> {
    let model = match element.name() {
        "mxGraphModel" => element,
        _ => element.child("mxGraphModel")?,
    };
    let mut cells = Vec::new();
    for child in model.child("root").into_iter().flat_map(XmlNode::children) {
        if cells.len() == CELLS {
            let message = format!("the page has more than {CELLS} cells; what follows is left out");
            told.push(Diagnostic::error("drawio/too-large", message, child.span()));
            break;
        }
        // Badges that we put there say what we found, not what the author drew.
        cells.extend(cell(child, told).filter(|cell| cell.attribute(BADGE).is_none()));
    }
    Some(Diagram { cells })
}

/// A cell: `<mxCell>`, with its value inside, or inside of its value.
fn cell<'a>(node: XmlNode<'a>, told: &mut Vec<Diagnostic>) -> Option<MxCell<'a>> {
    let (cell, object) = match node.name() {
        "mxCell" => (node, node.children().find(|child| child.attribute("as") == Some("value"))),
        _ => (node.child("mxCell")?, Some(node)),
    };
    let attributes: Vec<(&str, &str)> = object
        .map(|object| object.attributes().filter(|(name, _)| *name != "as").collect())
        .unwrap_or_default();
    let given = |name: &str| object.and_then(|object| object.attribute(name));
    let is = |name: &str| cell.attribute(name) == Some("1");
    let draws = match (is("vertex"), is("edge")) {
        (true, _) => Draws::Vertex,
        (false, true) => Draws::Edge,
        (false, false) => Draws::Nothing,
    };
    Some(MxCell {
        id: given("id").or(cell.attribute("id")).unwrap_or_default(),
        parent: cell.attribute("parent"),
        draws,
        source: cell.attribute("source").filter(|id| !id.is_empty()),
        target: cell.attribute("target").filter(|id| !id.is_empty()),
        label: given("label").or(cell.attribute("value")).unwrap_or_default(),
        style: Style::read(cell.attribute("style").unwrap_or_default()),
        geometry: cell.child("mxGeometry").map(|node| geometry(node, told)),
        hidden: cell.attribute("visible") == Some("0"),
        collapsed: is("collapsed"),
        attributes,
        span: node.span(),
    })
}

fn geometry(node: XmlNode<'_>, told: &mut Vec<Diagnostic>) -> MxGeometry {
    let mut geometry = MxGeometry {
        bounds: ["x", "y", "width", "height"].map(|name| number(node, name, told)),
        relative: node.attribute("relative") == Some("1"),
        ..MxGeometry::default()
    };
    for size in &mut geometry.bounds[2..] {
        if *size < 0.0 {
            let message = format!("a shape is {size} px large, expected no less than 0");
            tell(told, Diagnostic::warning("drawio/number", message, node.span()));
            *size = 0.0;
        }
    }
    for child in node.children() {
        match (child.name(), child.attribute("as")) {
            ("mxPoint", Some("offset")) => geometry.offset = point(child, told),
            ("mxPoint", Some("sourcePoint")) => geometry.source = Some(point(child, told)),
            ("mxPoint", Some("targetPoint")) => geometry.target = Some(point(child, told)),
            ("Array", Some("points")) => {
                let points = child.children().filter(|point| point.name() == "mxPoint");
                geometry.points = points.map(|node| point(node, told)).collect();
            }
            _ => {}
        }
    }
    geometry
}

fn point(node: XmlNode<'_>, told: &mut Vec<Diagnostic>) -> [f64; 2] {
    ["x", "y"].map(|name| number(node, name, told))
}

fn number(node: XmlNode<'_>, name: &str, told: &mut Vec<Diagnostic>) -> f64 {
    let Some(text) = node.attribute(name) else { return 0.0 };
    match text.trim().parse::<f64>() {
        Ok(number) if number.abs() <= FARTHEST => number,
        Ok(number) => {
            let message = format!("`{name}` is {}, expected a place within {FARTHEST} px", shown(text));
            tell(told, Diagnostic::warning("drawio/number", message, node.span()));
            if number.is_finite() { number.clamp(-FARTHEST, FARTHEST) } else { 0.0 }
        }
        // Nothing written is 0 for draw.io too.
        Err(_) if text.trim().is_empty() => 0.0,
        Err(_) => {
            let message = format!("`{name}` is `{}`, expected a number", shown(text));
            tell(told, Diagnostic::warning("drawio/number", message, node.span()));
            0.0
        }
    }
}

fn shown(text: &str) -> String {
    text.trim().chars().take(20).collect()
}
