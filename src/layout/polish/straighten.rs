//! Takes small steps out of lines.
//!
//! A step is a short piece between two pieces that go the same way. Where one of those two can move onto the
//! track of the other, with nothing in its way, the line loses two corners.

use super::board::{Board, wider};
use crate::geometry::{Point, Rect};
use crate::layout::check::{Segment, corners, segment_in};
use crate::layout::graph::{Edge, End, Graph, Placement};

/// Steps up to this long, in px, are taken out.
const LONGEST: f64 = 60.0;
/// Distance that the end of a line keeps to the corner of its box, in px.
const CORNER: f64 = 6.0;
/// Rounds over all lines.
const ROUNDS: usize = 3;

/// Takes out what steps it can.
pub(super) fn straighten(graph: &Graph, placement: &mut Placement) {
    let mut board = Board::of(graph, placement);
    for _ in 0..ROUNDS {
        let mut changed = false;
        for edge in 0..graph.edges.len() {
            while let Some((points, label)) = better(&board, graph, placement, edge) {
                placement.edges[edge].points = points;
                placement.edges[edge].label = label;
                board.update(placement, edge);
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
}

/// The line of an edge without one of its steps, when it is as good in all other respects.
fn better(
    board: &Board,
    graph: &Graph,
    placement: &Placement,
    edge: usize,
) -> Option<(Vec<Point>, Option<Rect>)> {
    let route = &placement.edges[edge];
    let points = corners(&route.points);
    if points.len() < 4 {
        return None;
    }
    let ends = &graph.edges[edge];
    let mut before = None;
    for step in 1..points.len() - 2 {
        let [a, b, c, d] = [points[step - 1], points[step], points[step + 1], points[step + 2]];
        if !is_step(&a, &b, &c, &d) {
            continue;
        }
        for keep_first in [true, false] {
            let Some((moved, shift)) = without_step(placement, ends, &points, step, keep_first) else {
                continue;
            };
            let label = route.label.map(|label| {
                let piece = if keep_first { (c, d) } else { (a, b) };
                if beside(&label, &piece) { shifted(&label, &shift) } else { label }
            });
            let before = *before
                .get_or_insert_with(|| board.faults(placement, edge, ends, &points, route.label.as_ref()));
            let after = board.faults(placement, edge, ends, &moved, label.as_ref());
            if after.at_most(&before) {
                return Some((moved, label));
            }
        }
    }
    None
}

/// Whether b to c is a short piece between two that go the same way.
fn is_step(a: &Point, b: &Point, c: &Point, d: &Point) -> bool {
    let same = |one: f64, other: f64| one * other > 0.0;
    let down =
        a.x == b.x && c.x == d.x && b.y == c.y && same(b.y - a.y, d.y - c.y) && (c.x - b.x).abs() <= LONGEST;
    let across =
        a.y == b.y && c.y == d.y && b.x == c.x && same(b.x - a.x, d.x - c.x) && (c.y - b.y).abs() <= LONGEST;
    down || across
}

/// The line without the step at `step`, and how far the piece that moved went. `keep_first` keeps the piece before the
/// step and moves the one after it. `None` when an end would leave its box.
fn without_step(
    placement: &Placement,
    ends: &Edge,
    points: &[Point],
    step: usize,
    keep_first: bool,
) -> Option<(Vec<Point>, Point)> {
    let (b, c) = (points[step], points[step + 1]);
    let shift = if keep_first { Point::new(b.x - c.x, b.y - c.y) } else { Point::new(c.x - b.x, c.y - b.y) };
    let mut moved = points.to_vec();
    let far = if keep_first { step + 2 } else { step - 1 };
    let outer = Point::new(points[far].x + shift.x, points[far].y + shift.y);
    let end = if far == 0 {
        Some(ends.from)
    } else if far + 1 == points.len() {
        Some(ends.to)
    } else {
        None
    };
    if let Some(end) = end
        && !stays_on(placement, end, &outer, shift.x != 0.0)
    {
        return None;
    }
    moved[far] = outer;
    moved.drain(step..step + 2);
    Some((moved, shift))
}

/// Whether an end that slides along a side of its box is still on that side.
fn stays_on(placement: &Placement, end: End, point: &Point, across: bool) -> bool {
    let rect = match end {
        End::Node(index) => &placement.nodes[index],
        End::Boundary(index) => &placement.boundaries[index],
    };
    if across {
        (rect.x + CORNER..=rect.right() - CORNER).contains(&point.x)
    } else {
        (rect.y + CORNER..=rect.bottom() - CORNER).contains(&point.y)
    }
}

/// Whether a label stands beside a piece and not beside another one.
fn beside(label: &Rect, piece: &(Point, Point)) -> bool {
    let segment = Segment { edge: 0, from: piece.0, to: piece.1, last: false };
    segment_in(&segment, &wider(label, 4.5)).is_some()
}

fn shifted(label: &Rect, shift: &Point) -> Rect {
    Rect::new(label.x + shift.x, label.y + shift.y, label.width, label.height)
}
