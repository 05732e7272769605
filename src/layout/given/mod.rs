//! The engine for drawings that came with coordinates: everything stays where its author put it.
//!
//! 1. [`Canvas`] maps the author's coordinates to the page.
//! 2. [`Boxes::complete`] finds places for what the drawing gave none.
//! 3. [`Given`] ends lines at the outlines and finds spots for labels; it moves nothing.

mod boxes;
mod canvas;
mod labels;
mod outline;
mod sides;
mod ways;

pub use boxes::Boxes;
pub use canvas::Canvas;
pub use outline::Border;

use super::engine::{Engine, EngineError};
use super::graph::{End, Graph, Placement, Route};
use super::spacing::MARGIN;
use crate::geometry::{Point, Rect, Size};
use outline::Place;

/// The places that a drawing came with, on the page.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// Places of nodes and boundaries, parallel to the graph's.
    pub boxes: Boxes,
    /// Title blocks, parallel to the boundaries.
    pub titles: Vec<Rect>,
    /// Outlines that lines end on, parallel to the nodes.
    pub borders: Vec<Border>,
    /// Ways of lines, parallel to the edges.
    pub ways: Vec<Way>,
    /// Captions beside the outlines, parallel to the nodes: what lines end on at that side.
    pub captions: Vec<Option<Rect>>,
    /// Other text on the page, which no label covers.
    pub texts: Vec<Rect>,
}

/// The way of one line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Way {
    /// Points from the start to the end; an end inside its box goes to the box's outline. With fewer than two,
    /// the line goes from one box to the other.
    pub points: Vec<Point>,
    /// Right angles between the points.
    pub square: bool,
    /// Both ends stand on the left or right side; where they float, they choose no other.
    pub sideways: bool,
    /// Where the label should stand.
    pub label: Option<Wish>,
}

/// Where the author put a label.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Wish {
    /// Its center.
    At(Point),
    /// On the line, as it is drawn.
    On {
        /// The part of the line, 0 its start and 1 its end.
        part: f64,
        /// How far to the left of the line, seen from its start.
        across: f64,
        /// How far from there.
        offset: Point,
    },
}

impl Engine for Given {
    fn name(&self) -> &'static str {
        "given"
    }

    fn place(&self, graph: &Graph) -> Result<Placement, EngineError> {
        let same = self.boxes.nodes.len() == graph.nodes.len()
            && self.boxes.boundaries.len() == graph.boundaries.len();
        if !same {
            return Err(EngineError::Failed("a box has no place".to_owned()));
        }
        let none = Way::default();
        let mut edges: Vec<Route> = graph
            .edges
            .iter()
            .enumerate()
            .map(|(at, edge)| {
                let way = self.ways.get(at).unwrap_or(&none);
                let mut points = ways::points(way, &self.end(edge.from), &self.end(edge.to));
                self.caption(edge.to).iter().for_each(|caption| ways::end_at(&mut points, caption));
                points.reverse();
                self.caption(edge.from).iter().for_each(|caption| ways::end_at(&mut points, caption));
                points.reverse();
                Route { points, label: None }
            })
            .collect();
        labels::put(self, graph, &mut edges);
        let titles: Vec<Rect> =
            (0..graph.boundaries.len()).map(|at| self.titles.get(at).copied().unwrap_or_default()).collect();
        let (nodes, boundaries) = (self.boxes.nodes.clone(), self.boxes.boundaries.clone());
        let size = extent(nodes.iter().chain(&boundaries).chain(&titles).chain(&self.texts), &edges);
        Ok(Placement { size, nodes, boundaries, titles, edges })
    }
}

/// The lower right corner of everything, with a margin.
fn extent<'a>(rects: impl Iterator<Item = &'a Rect>, edges: &'a [Route]) -> Size {
    let corner =
        |size: Size, x: f64, y: f64| Size::new(size.width.max(x + MARGIN), size.height.max(y + MARGIN));
    let labels = edges.iter().filter_map(|edge| edge.label.as_ref());
    let size =
        rects.chain(labels).fold(Size::default(), |size, rect| corner(size, rect.right(), rect.bottom()));
    edges.iter().flat_map(|edge| &edge.points).fold(size, |size, point| corner(size, point.x, point.y))
}

impl Given {
    fn caption(&self, end: End) -> Option<Rect> {
        match end {
            End::Node(at) => self.captions.get(at).copied().flatten(),
            End::Boundary(_) => None,
        }
    }

    fn end(&self, end: End) -> Place {
        match end {
            End::Node(at) => Place {
                rect: self.boxes.nodes.get(at).copied().unwrap_or_default(),
                border: self.borders.get(at).copied().unwrap_or_default(),
                caption: self.caption(end),
            },
            End::Boundary(at) => Place {
                rect: self.boxes.boundaries.get(at).copied().unwrap_or_default(),
                border: Border::Rectangle,
                caption: None,
            },
        }
    }
}
