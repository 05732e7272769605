//! A page's cells to the shapes and lines of [`Page`]: the only file that knows both.

use std::collections::BTreeMap;

use super::c4;
use super::label::{self, Around};
use super::lines;
use super::style::Style;
use super::syntax::{Diagram, Draws, MxCell};
use super::tree::Tree;
use super::{outline, stencil};
use crate::diagnostic::Diagnostic;
use crate::drawing::{Layer, Outline, Page, Shape};
use crate::source::{Place, Span};

/// A filling hides what lies below it from this opacity on.
const OPAQUE: f64 = 0.9;

/// What a cell became.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Became {
    /// The root or a layer.
    Nothing,
    /// A shape of the page, by index.
    Shape(usize),
    /// A line of the page, by index.
    Line(usize),
    /// Words on a line of the page: the line and the number of the label.
    Label(usize, usize),
}

/// Attributes of an `<object>` that are no properties of the author.
const OWN: [&str; 14] = [
    "id",
    "label",
    "value",
    "placeholders",
    "tags",
    "link",
    "linkTarget",
    "tooltip",
    "animation",
    "enumerate",
    "enumerateValue",
    "metaEdit",
    "metaData",
    "style",
];

/// The page, and what became of each cell.
pub(super) fn page(
    diagram: &Diagram<'_>,
    name: &str,
    span: Span,
    told: &mut Vec<Diagnostic>,
) -> (Page, Vec<Became>) {
    let cells = &diagram.cells;
    let tree = Tree::of(cells, told);
    let became = numbered(cells, &tree);
    let mut page = Page { name: name.to_owned(), place: span.into(), ..Page::default() };
    for layer in &tree.layers {
        let cell = &cells[*layer];
        let words = crate::source::one_line(cell.label);
        page.layers.push(Layer { name: words, visible: !cell.hidden });
    }
    let mut became = became;
    for at in &tree.order {
        let chain = chain(*at, cells, &tree);
        let around = Around { cells: &chain, page: name };
        let context = Context { cells, tree: &tree, became: &became };
        match became[*at] {
            Became::Shape(_) => page.shapes.push(context.shape(*at, around)),
            Became::Line(_) => page.lines.push(lines::line(&context, *at, around)),
            Became::Label(line, _) => {
                let text = label::lines(&cells[*at], around);
                // What holds a label stands before it.
                let labels = &mut page.lines[line].labels;
                became[*at] = Became::Label(line, labels.len());
                labels.push(lines::on_way(&cells[*at], text));
            }
            Became::Nothing => {}
        }
    }
    (page, became)
}

/// Gives each cell its place in the lists of the page.
fn numbered(cells: &[MxCell<'_>], tree: &Tree<'_>) -> Vec<Became> {
    let mut became = vec![Became::Nothing; cells.len()];
    let (mut shapes, mut lines) = (0, 0);
    for at in &tree.order {
        let on = tree.parent[*at].map(|parent| became[parent]);
        became[*at] = match (cells[*at].draws, on) {
            (Draws::Vertex, Some(Became::Line(line))) if is_label(&cells[*at]) => Became::Label(line, 0),
            (Draws::Vertex, _) => {
                shapes += 1;
                Became::Shape(shapes - 1)
            }
            (Draws::Edge, _) => {
                lines += 1;
                Became::Line(lines - 1)
            }
            (Draws::Nothing, _) => Became::Nothing,
        };
    }
    became
}

/// Whether a cell on a line is words, not a thing.
fn is_label(cell: &MxCell<'_>) -> bool {
    cell.style.has("edgeLabel") || outline::of(&cell.style) == Outline::Text
}

/// The cell and what holds it, up to the root.
fn chain<'c, 'a>(at: usize, cells: &'c [MxCell<'a>], tree: &Tree<'_>) -> Vec<&'c MxCell<'a>> {
    if cells[at].attribute("placeholders") != Some("1") {
        return vec![&cells[at]];
    }
    let mut chain = vec![&cells[at]];
    let mut next = tree.parent[at];
    while let Some(above) = next.filter(|_| chain.len() < 100) {
        chain.push(&cells[above]);
        next = tree.parent[above];
    }
    let layer = tree.layer[at].map(|layer| &cells[tree.layers[layer]]);
    chain.extend(layer);
    chain.extend(tree.root.map(|root| &cells[root]));
    chain
}

/// What the parts of a page are made from.
pub(super) struct Context<'c, 'a> {
    pub(super) cells: &'c [MxCell<'a>],
    pub(super) tree: &'c Tree<'a>,
    pub(super) became: &'c [Became],
}

impl Context<'_, '_> {
    fn shape(&self, at: usize, around: Around<'_, '_>) -> Shape {
        let cell = &self.cells[at];
        let style = &cell.style;
        let bounds = match self.tree.parent[at] {
            Some(line) if self.cells[line].draws == Draws::Edge => lines::on_line(self, line, cell),
            _ => self.tree.bounds[at],
        };
        let mut shape = Shape::new(cell.id, bounds, Place::from(cell.span));
        shape.parent = self.holder(at);
        shape.role = outline::role(style);
        shape.layer = self.tree.layer[at];
        shape.hidden = self.tree.hidden[at];
        shape.angle = style.number("rotation").unwrap_or(0.0).rem_euclid(360.0);
        shape.outline = outline::of(style);
        shape.text = label::lines(cell, around);
        shape.text_spot = outline::spot(style, shape.outline);
        let bare = matches!(shape.outline, Outline::Text | Outline::Image);
        shape.filled = !style.is_none("fillColor") && (!bare || style.color("fillColor").is_some());
        shape.stroked = !style.is_none("strokeColor") && (!bare || style.color("strokeColor").is_some());
        if style.has("group") {
            shape.filled = style.color("fillColor").is_some();
            shape.stroked = style.color("strokeColor").is_some();
        }
        let seen = |of: &str| opacity(style, "opacity") * opacity(style, of);
        // What shines through is a frame round what lies below, and what is not seen at all is not drawn.
        shape.filled &= seen("fillOpacity") >= OPAQUE;
        shape.stroked &= seen("strokeOpacity") > 0.0;
        shape.dashed = style.is_on("dashed");
        let color = |key: &str| style.color(key).map(str::to_owned);
        (shape.fill, shape.stroke, shape.font) =
            (color("fillColor"), color("strokeColor"), color("fontColor"));
        shape.fill = shape.fill.filter(|_| seen("fillOpacity") > 0.0);
        shape.link = link(cell);
        shape.tooltip =
            cell.attribute("tooltip").map(crate::source::one_line).filter(|words| !words.is_empty());
        shape.tags = tags(cell);
        shape.properties = properties(cell);
        stencil::fill(style, &mut shape);
        c4::shape(cell, &mut shape);
        shape
    }

    /// The shape that holds a cell.
    pub(super) fn holder(&self, at: usize) -> Option<usize> {
        match self.became[self.tree.parent[at]?] {
            Became::Shape(shape) => Some(shape),
            Became::Line(_) | Became::Label(..) | Became::Nothing => None,
        }
    }
}

/// How much of what lies below a key hides, from 0 to 1.
fn opacity(style: &Style<'_>, key: &str) -> f64 {
    style.number(key).unwrap_or(100.0).clamp(0.0, 100.0) / 100.0
}

/// Where a cell links to; actions and code are no links.
pub(super) fn link(cell: &MxCell<'_>) -> Option<String> {
    let link = cell.attribute("link").or(cell.style.get("link"))?.trim();
    let scheme = link.split(':').next().unwrap_or_default().to_ascii_lowercase();
    let harmless = matches!(scheme.as_str(), "http" | "https" | "mailto") || !link.contains(':');
    (harmless && !link.is_empty() && link.len() <= 2_000).then(|| link.to_owned())
}

/// The tags of a cell.
pub(super) fn tags(cell: &MxCell<'_>) -> Vec<String> {
    cell.attribute("tags").unwrap_or_default().split_whitespace().map(str::to_owned).collect()
}

/// What the author gave the cell, by name.
pub(super) fn properties(cell: &MxCell<'_>) -> BTreeMap<String, String> {
    let own = |name: &str| OWN.contains(&name) || c4::is_own(name);
    let given = cell.attributes.iter().filter(|(name, value)| !own(name) && !value.trim().is_empty());
    given.map(|(name, value)| ((*name).to_owned(), crate::source::one_line(value))).collect()
}
