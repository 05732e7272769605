//! Is a placement right, and how good is it?
//!
//! [`violations`] lists every breach of the hard invariants: no two boxes overlap, everything lies inside
//! its frame, every line is drawn in horizontal and vertical pieces, ends on its ends and passes through no foreign box, no label lies on a
//! box. [`measure`] counts what makes a right drawing hard to read. Both look at the graph and its
//! places only, not at the engine that made them.

mod boxes;
mod family;
mod metrics;
mod routes;

use std::fmt;

use super::graph::{Graph, Placement};

pub(super) use crate::geometry::Buckets;
pub(super) use family::Family;
pub(super) use metrics::distance;
pub use metrics::{Metrics, measure};
pub(super) use routes::{Segment, corners, segment_in, segments};

/// Contact of less than this many px is no overlap.
pub(super) const TOUCH: f64 = 0.5;
/// A line must enter a foreign box this deep, in px, to hit it.
pub(super) const DEPTH: f64 = 1.5;
/// A piece of a line may be this far aside over its length, in px, and count as straight.
const SLANT: f64 = 0.1;
/// How far a line's end may be from the border of what it ends on, in px.
const REACH: f64 = 3.0;

/// One breach of a hard invariant; the strings are ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Violation {
    /// The placement has more or fewer parts than the graph, or a coordinate is not a number.
    Incomplete,
    /// Two boxes or frames in the same frame overlap, or one of them and the frame's title, which goes by the frame's id.
    Overlap(String, String),
    /// A box or frame leaves the frame that holds it.
    Outside(String),
    /// The title of a frame leaves it.
    TitleOutside(String),
    /// A box or frame is smaller than asked for.
    Small(String),
    /// A line has no route.
    Unrouted(String),
    /// A piece of a line is neither horizontal nor vertical.
    Slanted(String),
    /// A line ends away from its end.
    Dangling(String),
    /// A line runs through a box that it does not end on.
    Hit(String, String),
    /// A label lies on a box.
    LabelOnNode(String, String),
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Incomplete => write!(f, "the placement is not complete"),
            Self::Overlap(one, other) => write!(f, "`{one}` and `{other}` overlap"),
            Self::Outside(id) => write!(f, "`{id}` leaves its frame"),
            Self::TitleOutside(id) => write!(f, "the title of `{id}` leaves its frame"),
            Self::Small(id) => write!(f, "`{id}` is smaller than asked for"),
            Self::Unrouted(id) => write!(f, "edge `{id}` has no route"),
            Self::Slanted(id) => write!(f, "edge `{id}` is slanted"),
            Self::Dangling(id) => write!(f, "edge `{id}` ends away from its end"),
            Self::Hit(edge, node) => write!(f, "edge `{edge}` runs through `{node}`"),
            Self::LabelOnNode(edge, node) => write!(f, "the label of edge `{edge}` lies on `{node}`"),
        }
    }
}

/// All breaches of the hard invariants, in the order of the graph.
pub fn violations(graph: &Graph, placement: &Placement) -> Vec<Violation> {
    if !is_complete(graph, placement) {
        return vec![Violation::Incomplete];
    }
    let mut found = boxes::violations(graph, placement);
    found.extend(routes::violations(graph, placement));
    found
}

fn is_complete(graph: &Graph, placement: &Placement) -> bool {
    let rects = || placement.nodes.iter().chain(&placement.boundaries).chain(&placement.titles);
    let labels = || placement.edges.iter().filter_map(|route| route.label.as_ref());
    graph.nodes.len() == placement.nodes.len()
        && graph.boundaries.len() == placement.boundaries.len()
        && graph.boundaries.len() == placement.titles.len()
        && graph.edges.len() == placement.edges.len()
        && rects()
            .chain(labels())
            .all(|rect| [rect.x, rect.y, rect.width, rect.height].iter().all(|value| value.is_finite()))
        && placement
            .edges
            .iter()
            .all(|route| route.points.iter().all(|point| point.x.is_finite() && point.y.is_finite()))
        && graph
            .edges
            .iter()
            .zip(&placement.edges)
            .all(|(edge, route)| edge.label.is_some() == route.label.is_some())
}
