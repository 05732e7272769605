//! Moves titles out of the way of lines, and never onto boxes.

use crate::geometry::Rect;
use crate::layout::check::{Buckets, segments};
use crate::layout::graph::Placement;
use crate::layout::spacing::TITLE_INDENT;

/// Room between a title and a line, in px.
const CLEAR: f64 = 5.0;

/// Slides each title that a line passes through along its row, as little as possible, to a place that is free of lines,
/// boxes, inner frames and labels; without one, it stays.
pub(in crate::layout) fn slide(placement: &mut Placement) {
    let lines = placement.edges.iter().enumerate().flat_map(|(index, route)| segments(index, route));
    let labels = placement.edges.iter().filter_map(|route| route.label);
    let pieces: Vec<Rect> = lines
        .map(|segment| segment.bounds())
        .chain(labels)
        .chain(placement.nodes.iter().copied())
        .chain(placement.boundaries.iter().copied())
        .collect();
    let grid = Buckets::of(&pieces);
    let mut near = Vec::new();
    for (title, frame) in placement.titles.iter_mut().zip(&placement.boundaries) {
        if title.width <= 0.0 {
            continue;
        }
        let row = Rect::new(frame.x, title.y + 1.0, frame.width, (title.height - 2.0).max(0.0));
        grid.near(&row, &mut near);
        // What is taken, from left to right.
        let mut taken: Vec<(f64, f64)> = near
            .iter()
            .map(|piece| &pieces[*piece as usize])
            .filter(|piece| piece.y < row.bottom() && row.y < piece.bottom())
            // The frame itself, and what holds it.
            .filter(|piece| !piece.contains(&row, 0.5))
            .map(|piece| (piece.x - CLEAR, piece.right() + CLEAR))
            .collect();
        taken.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.total_cmp(&other.1)));
        let limit = frame.right() - TITLE_INDENT;
        let mut x = frame.x + TITLE_INDENT;
        for (left, right) in taken {
            if left >= x + title.width {
                break;
            }
            x = x.max(right);
        }
        if x + title.width <= limit {
            title.x = x;
        }
    }
}
