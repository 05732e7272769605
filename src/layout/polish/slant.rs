//! Slanted pieces of lines become corners.
//!
//! The layered engine draws some lines between a frame and what it holds straight from border to border.

use crate::geometry::{Point, Rect};
use crate::layout::check::{Segment, segment_in};
use crate::layout::graph::{End, Graph, Placement};

/// Less than this many px aside is straight.
const STRAIGHT: f64 = 0.01;

/// Replaces each slanted piece by two straight ones, on the side where fewer boxes are in the way.
pub(super) fn square(graph: &Graph, placement: &mut Placement) {
    for (index, edge) in graph.edges.iter().enumerate() {
        let points = &placement.edges[index].points;
        if !points.windows(2).any(|pair| is_slanted(&pair[0], &pair[1])) {
            continue;
        }
        let mut squared: Vec<Point> = Vec::with_capacity(points.len() + 2);
        for point in points.iter().copied() {
            if let Some(last) = squared.last().copied().filter(|last| is_slanted(last, &point)) {
                let corners = [Point::new(last.x, point.y), Point::new(point.x, last.y)];
                let hits =
                    corners.map(|corner| hits(placement, [edge.from, edge.to], &[last, corner, point]));
                squared.push(corners[usize::from(hits[1] < hits[0])]);
            }
            squared.push(point);
        }
        placement.edges[index].points = squared;
    }
}

fn is_slanted(from: &Point, to: &Point) -> bool {
    (from.x - to.x).abs() > STRAIGHT && (from.y - to.y).abs() > STRAIGHT
}

/// How many foreign boxes a line runs through.
fn hits(placement: &Placement, ends: [End; 2], points: &[Point]) -> usize {
    let crosses = |rect: &Rect| {
        points.windows(2).any(|pair| {
            let segment = Segment { edge: 0, from: pair[0], to: pair[1], last: false };
            segment_in(&segment, rect).is_some()
        })
    };
    let foreign = placement.nodes.iter().enumerate().filter(|(node, _)| !ends.contains(&End::Node(*node)));
    foreign.filter(|(_, rect)| crosses(rect)).count()
}
