//! The order of items, and rows.

use crate::geometry::Size;
use crate::layout::layers::layers;
use crate::layout::pieces::{Frame, Tie};
use crate::layout::spacing::{LAYER_GAP, NODE_GAP};

/// Width over height that rows aim at.
const SHAPE: f64 = 1.4;

/// Sorts the items along the flow; otherwise the order of appearance stays.
pub(super) fn order(frame: &mut Frame) {
    let layers = layers(frame.items.len(), &frame.arcs());
    let mut sorted: Vec<usize> = (0..frame.items.len()).collect();
    sorted.sort_by_key(|item| (layers[*item], *item));
    let mut new_place = vec![0; frame.items.len()];
    for (place, item) in sorted.iter().enumerate() {
        new_place[*item] = place;
    }
    frame.items = sorted.iter().map(|item| frame.items[*item]).collect();
    for tie in frame.pieces.iter_mut().flat_map(|piece| &mut piece.ties) {
        if let Tie::Item { item, .. } = tie {
            *item = new_place[*item];
        }
    }
}

/// Breaks items of the given sizes into rows; gives the index of the first item of each row.
pub(super) fn rows(sizes: &[Size]) -> Vec<usize> {
    let area: f64 = sizes.iter().map(|size| (size.width + NODE_GAP) * (size.height + LAYER_GAP)).sum();
    let widest = sizes.iter().map(|size| size.width + NODE_GAP).fold(0.0, f64::max);
    let target = (area * SHAPE).sqrt().max(widest);
    let mut starts = Vec::new();
    let mut used = f64::INFINITY;
    for (index, size) in sizes.iter().enumerate() {
        if used + size.width + NODE_GAP > target + 0.5 {
            starts.push(index);
            used = 0.0;
        }
        used += size.width + NODE_GAP;
    }
    starts
}
