//! Lines and labels against boxes.

use super::{Buckets, DEPTH, REACH, SLANT, TOUCH, Violation};
use crate::geometry::{Point, Rect};
use crate::layout::graph::{End, Graph, Placement, Route};

/// A straight piece of a line.
#[derive(Clone, Copy, Debug)]
pub(in crate::layout) struct Segment {
    /// Its edge.
    pub(in crate::layout) edge: usize,
    /// Where it starts.
    pub(in crate::layout) from: Point,
    /// Where it ends.
    pub(in crate::layout) to: Point,
    /// Whether the line ends here.
    pub(in crate::layout) last: bool,
}

impl Segment {
    /// The smallest box around it.
    pub(in crate::layout) fn bounds(&self) -> Rect {
        let x = self.from.x.min(self.to.x);
        let y = self.from.y.min(self.to.y);
        Rect::new(x, y, (self.from.x - self.to.x).abs(), (self.from.y - self.to.y).abs())
    }

    /// Its length.
    pub(in crate::layout) fn length(&self) -> f64 {
        let (dx, dy) = (self.to.x - self.from.x, self.to.y - self.from.y);
        (dx * dx + dy * dy).sqrt()
    }
}

/// The corners of a line from end to end: repeated points and points within a straight run are left out.
pub(in crate::layout) fn corners(points: &[Point]) -> Vec<Point> {
    let mut corners: Vec<Point> = Vec::with_capacity(points.len());
    for point in points {
        if let [.., before, last] = corners.as_slice() {
            let turn = (last.x - before.x) * (point.y - last.y) - (last.y - before.y) * (point.x - last.x);
            let onward = (last.x - before.x) * (point.x - last.x) + (last.y - before.y) * (point.y - last.y);
            if turn.abs() < 1e-6 && onward >= 0.0 {
                corners.pop();
            }
        }
        if corners.last() != Some(point) {
            corners.push(*point);
        }
    }
    corners
}

/// The straight pieces of one line.
pub(in crate::layout) fn segments(edge: usize, route: &Route) -> Vec<Segment> {
    let corners = corners(&route.points);
    let count = corners.len().saturating_sub(1);
    corners
        .windows(2)
        .enumerate()
        .map(|(index, pair)| Segment { edge, from: pair[0], to: pair[1], last: index + 1 == count })
        .collect()
}

/// The part of a segment within a box, as shares of its length; `None` when it stays outside.
pub(in crate::layout) fn segment_in(segment: &Segment, rect: &Rect) -> Option<(f64, f64)> {
    let (dx, dy) = (segment.to.x - segment.from.x, segment.to.y - segment.from.y);
    let (mut start, mut end) = (0.0_f64, 1.0_f64);
    let sides = [
        (-dx, segment.from.x - rect.x),
        (dx, rect.right() - segment.from.x),
        (-dy, segment.from.y - rect.y),
        (dy, rect.bottom() - segment.from.y),
    ];
    for (towards, room) in sides {
        if towards == 0.0 {
            if room < 0.0 {
                return None;
            }
            continue;
        }
        let share = room / towards;
        if towards < 0.0 {
            start = start.max(share);
        } else {
            end = end.min(share);
        }
    }
    (end > start).then_some((start, end))
}

/// A box that is smaller by `by` px on each side; nothing is left of a small one.
pub(super) fn shrunk(rect: &Rect, by: f64) -> Option<Rect> {
    let (width, height) = (rect.width - 2.0 * by, rect.height - 2.0 * by);
    (width > 0.0 && height > 0.0).then(|| Rect::new(rect.x + by, rect.y + by, width, height))
}

/// What is wrong with lines and labels.
pub(super) fn violations(graph: &Graph, placement: &Placement) -> Vec<Violation> {
    let mut found = Vec::new();
    let nodes = Buckets::of(&placement.nodes);
    let mut near = Vec::new();
    for (index, (edge, route)) in graph.edges.iter().zip(&placement.edges).enumerate() {
        let [first, .., last] = route.points.as_slice() else {
            found.push(Violation::Unrouted(edge.id.clone()));
            continue;
        };
        let slanted =
            |pair: &[Point]| (pair[0].x - pair[1].x).abs() > SLANT && (pair[0].y - pair[1].y).abs() > SLANT;
        if route.points.windows(2).any(slanted) {
            found.push(Violation::Slanted(edge.id.clone()));
        }
        if !reaches(placement, edge.from, first) || !reaches(placement, edge.to, last) {
            found.push(Violation::Dangling(edge.id.clone()));
        }
        let mut hit = Vec::new();
        for segment in segments(index, route) {
            nodes.near(&segment.bounds(), &mut near);
            for node in near.iter().map(|node| *node as usize) {
                let foreign = edge.from != End::Node(node) && edge.to != End::Node(node);
                let enters = shrunk(&placement.nodes[node], DEPTH)
                    .is_some_and(|core| segment_in(&segment, &core).is_some());
                if foreign && enters && !hit.contains(&node) {
                    hit.push(node);
                    found.push(Violation::Hit(edge.id.clone(), graph.nodes[node].id.clone()));
                }
            }
        }
        if let Some(label) = &route.label {
            nodes.near(label, &mut near);
            for node in near.iter().map(|node| *node as usize) {
                if label.overlaps(&placement.nodes[node], TOUCH) {
                    found.push(Violation::LabelOnNode(edge.id.clone(), graph.nodes[node].id.clone()));
                }
            }
        }
    }
    found
}

/// An end inside its box is drawn under it; only a gap is a fault.
fn reaches(placement: &Placement, end: End, point: &Point) -> bool {
    let rect = match end {
        End::Node(index) => &placement.nodes[index],
        End::Boundary(index) => &placement.boundaries[index],
    };
    let dx = (rect.x - point.x).max(point.x - rect.right()).max(0.0);
    let dy = (rect.y - point.y).max(point.y - rect.bottom()).max(0.0);
    dx * dx + dy * dy <= REACH * REACH
}
