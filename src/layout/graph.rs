//! What a layout engine gets and gives.

use crate::geometry::{Point, Rect, Size};

/// Index into [`Graph::nodes`].
pub type NodeIndex = usize;
/// Index into [`Graph::boundaries`].
pub type BoundaryIndex = usize;

/// A graph with sizes, to be placed. Indices are the order of appearance, which engines keep
/// as the tie-breaker.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Graph {
    /// Where the flow goes.
    pub direction: FlowDirection,
    /// Boxes.
    pub nodes: Vec<Node>,
    /// Nested frames; a parent has a smaller index than its children.
    pub boundaries: Vec<Boundary>,
    /// Lines.
    pub edges: Vec<Edge>,
}

/// Where the flow goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FlowDirection {
    /// Top to bottom.
    #[default]
    Down,
    /// Left to right.
    Right,
    /// Nobody said: top to bottom or left to right, whichever makes the better page.
    Either,
}

/// A box.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Unique among nodes and boundaries; for messages and markup.
    pub id: String,
    /// The frame that holds it.
    pub parent: Option<BoundaryIndex>,
    /// Its size in px.
    pub size: Size,
}

/// A frame around nodes and other frames.
#[derive(Clone, Debug, PartialEq)]
pub struct Boundary {
    /// Unique among nodes and boundaries.
    pub id: String,
    /// The frame that holds it.
    pub parent: Option<BoundaryIndex>,
    /// Size of the title block, in px; it stands in the upper left corner or, where lines pass
    /// there, further right in the same row. Zero without one.
    pub title: Size,
    /// Size below which an engine may not draw it, in px.
    pub minimum: Size,
}

/// An end of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum End {
    /// A node.
    Node(NodeIndex),
    /// A boundary.
    Boundary(BoundaryIndex),
}

/// A line.
#[derive(Clone, Debug, PartialEq)]
pub struct Edge {
    /// Unique among edges.
    pub id: String,
    /// Where it starts.
    pub from: End,
    /// Where it ends.
    pub to: End,
    /// Size of its label in px; `None` without one.
    pub label: Option<Size>,
}

/// Where everything goes; the lists run parallel to those of the [`Graph`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Placement {
    /// Extent of the whole, from (0, 0).
    pub size: Size,
    /// Boxes.
    pub nodes: Vec<Rect>,
    /// Frames.
    pub boundaries: Vec<Rect>,
    /// Title blocks of the frames.
    pub titles: Vec<Rect>,
    /// Lines.
    pub edges: Vec<Route>,
}

/// The way of a line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Route {
    /// Corners from end to end; at least two.
    pub points: Vec<Point>,
    /// Where its label goes.
    pub label: Option<Rect>,
}
