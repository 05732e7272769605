//! Moves labels that lie on something to a free place along their own line.

use super::board::Board;
use crate::geometry::Rect;
use crate::layout::check::corners;
use crate::layout::graph::{Graph, Placement};
use crate::layout::spacing::{EDGE_GAP, LABEL_GAP};

/// Distance between two places that are tried, in px.
const STRIDE: f64 = 8.0;
/// Most places that are tried for one label.
const MOST: usize = 400;

/// Moves each label that lies on something to the nearest place beside its line where it lies on nothing; without one,
/// it stays.
pub(super) fn relocate(graph: &Graph, placement: &mut Placement) {
    let mut board = Board::of(graph, placement);
    for edge in 0..graph.edges.len() {
        let Some(label) = placement.edges[edge].label else { continue };
        let points = corners(&placement.edges[edge].points);
        if board.label_faults(placement, edge, &label, &points) == 0 {
            continue;
        }
        let mut places = places(&label, &points);
        let away = |place: &Rect| (place.x - label.x).abs() + (place.y - label.y).abs();
        places.sort_by(|one, other| away(one).total_cmp(&away(other)));
        let mut free = places.into_iter().take(MOST);
        let free = free.find(|place| board.label_faults(placement, edge, place, &points) == 0);
        if let Some(place) = free {
            placement.edges[edge].label = Some(place);
            board.update(placement, edge);
        }
    }
}

/// Places beside all pieces of a line that are long enough.
fn places(label: &Rect, points: &[crate::geometry::Point]) -> Vec<Rect> {
    let mut places = Vec::new();
    let at = |x: f64, y: f64| Rect::new(x, y, label.width, label.height);
    for pair in points.windows(2) {
        let (left, right) = (pair[0].x.min(pair[1].x), pair[0].x.max(pair[1].x));
        let (top, bottom) = (pair[0].y.min(pair[1].y), pair[0].y.max(pair[1].y));
        let upright = right - left < bottom - top;
        let (length, size) = if upright { (bottom - top, label.height) } else { (right - left, label.width) };
        let room = length - size - 2.0 * EDGE_GAP;
        // Long lines get fewer places, so that the work stays bounded.
        let count = ((room / STRIDE).max(0.0) as usize).min(MOST);
        for number in 0..=count {
            let along = if count == 0 { room / 2.0 } else { room * number as f64 / count as f64 };
            if along < 0.0 {
                continue;
            }
            if upright {
                let y = top + EDGE_GAP + along;
                places.extend([at(right + LABEL_GAP, y), at(left - LABEL_GAP - label.width, y)]);
            } else {
                let x = left + EDGE_GAP + along;
                places.extend([at(x, top - LABEL_GAP - label.height), at(x, bottom + LABEL_GAP)]);
            }
        }
    }
    places
}
