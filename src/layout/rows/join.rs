//! From frames to the page.

use super::wire::Wired;
use crate::geometry::{Point, Rect};
use crate::layout::graph::{End, Graph, Placement, Route};
use crate::layout::pieces::Tie;
use crate::layout::spacing;

/// Moves everything to its place on the page and joins the pieces of each edge.
pub(super) fn join(graph: &Graph, wired: &[Wired]) -> Placement {
    let page = graph.boundaries.len();
    let mut nodes = vec![Rect::default(); graph.nodes.len()];
    let mut boundaries = vec![Rect::default(); page];
    let mut parts: Vec<Parts> = Vec::new();
    parts.resize_with(graph.edges.len(), Parts::default);
    // The page first, then frames from the outside in: a frame's place is known when its turn comes.
    for index in [page].into_iter().chain(0..page) {
        let frame = &wired[super::position(index, page)];
        let origin = boundaries.get(index).map_or(Point::default(), |rect: &Rect| Point::new(rect.x, rect.y));
        let moved = |rect: &Rect| Rect::new(rect.x + origin.x, rect.y + origin.y, rect.width, rect.height);
        for (end, rect) in &frame.items {
            match end {
                End::Node(node) => nodes[*node] = moved(rect),
                End::Boundary(boundary) => boundaries[*boundary] = moved(rect),
            }
        }
        for wire in &frame.pieces {
            let part = &mut parts[wire.piece.edge];
            let points = wire.points.iter().map(|point| Point::new(point.x + origin.x, point.y + origin.y));
            let both_items = !wire.piece.ties.contains(&Tie::Head);
            if let Some(label) = &wire.label {
                part.label = Some(moved(label));
            }
            if both_items {
                part.middle = points.collect();
            } else if wire.piece.ties[1] == Tie::Head {
                part.leaving.push(points.collect());
            } else {
                part.entering.push(points.collect());
            }
        }
    }
    let titles = graph
        .boundaries
        .iter()
        .zip(&boundaries)
        .map(|(boundary, frame)| spacing::title_place(boundary, frame))
        .collect();
    let edges = parts.into_iter().map(Parts::route).collect();
    Placement { size: wired[page].size, nodes, boundaries, titles, edges }
}

/// The pieces of one edge; leaving and entering ones from the outside in.
#[derive(Default)]
struct Parts {
    leaving: Vec<Vec<Point>>,
    middle: Vec<Point>,
    entering: Vec<Vec<Point>>,
    label: Option<Rect>,
}

impl Parts {
    fn route(self) -> Route {
        let outward = self.leaving.into_iter().rev().flatten();
        let mut points: Vec<Point> =
            outward.chain(self.middle).chain(self.entering.into_iter().flatten()).collect();
        points.dedup();
        Route { points, label: self.label }
    }
}
