//! Cuts edges at the frames that they cross.

use super::graph::{BoundaryIndex, Edge, End, Graph};

/// What a frame holds, and the pieces of lines inside it. The last frame is the page.
#[derive(Default)]
pub(super) struct Frame {
    /// Boxes and frames directly inside.
    pub(super) items: Vec<End>,
    /// Pieces of lines.
    pub(super) pieces: Vec<Piece>,
}

impl Frame {
    /// Pieces between two items, as pairs of items.
    pub(super) fn arcs(&self) -> Vec<(usize, usize)> {
        let arcs = self.pieces.iter().filter_map(|piece| match piece.ties {
            [Tie::Item { item: from, .. }, Tie::Item { item: to, .. }] => Some((from, to)),
            _ => None,
        });
        arcs.collect()
    }
}

/// The part of one edge that runs directly inside one frame.
#[derive(Clone, Copy)]
pub(super) struct Piece {
    /// Its edge.
    pub(super) edge: usize,
    /// Where it starts and ends, in the direction of the edge.
    pub(super) ties: [Tie; 2],
    /// Whether it carries the edge's label.
    pub(super) labeled: bool,
}

/// One end of a piece.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Tie {
    /// On an item. For a frame that the line enters, `inner` is the number of its piece in there.
    Item {
        /// Index into [`Frame::items`].
        item: usize,
        /// Number of the piece that goes on inside the item.
        inner: Option<usize>,
    },
    /// On the frame's own upper border.
    Head,
}

/// Where each item stands in its frame's list.
struct Places {
    nodes: Vec<usize>,
    boundaries: Vec<usize>,
}

/// The frames of a graph with their items and pieces; the page is the last.
pub(super) fn cut(graph: &Graph) -> Vec<Frame> {
    let page = graph.boundaries.len();
    let mut frames: Vec<Frame> = Vec::new();
    frames.resize_with(page + 1, Frame::default);
    let mut places = Places { nodes: Vec::new(), boundaries: Vec::new() };
    let mut depths: Vec<usize> = Vec::with_capacity(page);
    for (index, boundary) in graph.boundaries.iter().enumerate() {
        depths.push(boundary.parent.map_or(1, |parent| depths[parent] + 1));
        let items = &mut frames[boundary.parent.unwrap_or(page)].items;
        places.boundaries.push(items.len());
        items.push(End::Boundary(index));
    }
    for (index, node) in graph.nodes.iter().enumerate() {
        let items = &mut frames[node.parent.unwrap_or(page)].items;
        places.nodes.push(items.len());
        items.push(End::Node(index));
    }
    for (index, edge) in graph.edges.iter().enumerate() {
        cut_edge(graph, index, edge, &depths, &places, &mut frames);
    }
    frames
}

fn cut_edge(
    graph: &Graph,
    index: usize,
    edge: &Edge,
    depths: &[usize],
    places: &Places,
    frames: &mut [Frame],
) {
    let page = graph.boundaries.len();
    let meeting = meeting(graph, edge, depths);
    let mut tie_of = |start: End, leaves: bool| {
        if meeting.is_some_and(|frame| start == End::Boundary(frame)) {
            return Tie::Head;
        }
        let mut inner = None;
        let mut at = start;
        loop {
            let (parent, item) = match at {
                End::Node(node) => (graph.nodes[node].parent, places.nodes[node]),
                End::Boundary(boundary) => (graph.boundaries[boundary].parent, places.boundaries[boundary]),
            };
            let tie = Tie::Item { item, inner };
            let (Some(frame), false) = (parent, parent == meeting) else { return tie };
            let pieces = &mut frames[frame].pieces;
            inner = Some(pieces.len());
            let ties = if leaves { [tie, Tie::Head] } else { [Tie::Head, tie] };
            pieces.push(Piece { edge: index, ties, labeled: false });
            at = End::Boundary(frame);
        }
    };
    let ties = [tie_of(edge.from, true), tie_of(edge.to, false)];
    let labeled = edge.label.is_some();
    frames[meeting.unwrap_or(page)].pieces.push(Piece { edge: index, ties, labeled });
}

/// The innermost frame in which both ends are visible; `None` for the page. For a line from a frame to something
/// inside it, that is the frame itself.
fn meeting(graph: &Graph, edge: &Edge, depths: &[usize]) -> Option<BoundaryIndex> {
    let parent = |end: End| match end {
        End::Node(node) => graph.nodes[node].parent,
        End::Boundary(boundary) => graph.boundaries[boundary].parent,
    };
    if edge.from == edge.to {
        return parent(edge.from);
    }
    // A frame counts as its own inside; a lowest frame that is an end and does not hold the other end, is left.
    let start = |end: End| match end {
        End::Node(node) => graph.nodes[node].parent,
        End::Boundary(boundary) => Some(boundary),
    };
    let (mut one, mut other) = (start(edge.from), start(edge.to));
    let depth = |frame: Option<BoundaryIndex>| frame.map_or(0, |frame| depths[frame]);
    while one != other {
        if depth(one) >= depth(other) {
            one = one.and_then(|frame| graph.boundaries[frame].parent);
        } else {
            other = other.and_then(|frame| graph.boundaries[frame].parent);
        }
    }
    one
}
