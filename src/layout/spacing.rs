//! The distances that all engines keep, in px.

use crate::geometry::{Rect, Size};

use super::graph::Boundary;

/// Between two boxes side by side.
pub(super) const NODE_GAP: f64 = 28.0;
/// Between a box and the next one in the direction of flow.
pub(super) const LAYER_GAP: f64 = 36.0;
/// Between a line and a box that it does not end on.
pub(super) const EDGE_NODE_GAP: f64 = 12.0;
/// Between two parallel lines.
pub(super) const EDGE_GAP: f64 = 10.0;
/// Between a line and its label.
pub(super) const LABEL_GAP: f64 = 3.0;
/// Between a frame and what it holds.
pub(super) const PADDING: f64 = 16.0;
/// Between a frame's left edge and its title.
pub(super) const TITLE_INDENT: f64 = 12.0;
/// Between a frame's upper edge and its title.
pub(super) const TITLE_GAP: f64 = 8.0;
/// Between a frame's title and the content: room for badges on a corner of a box below.
pub(super) const TITLE_FOOT: f64 = 13.0;
/// Around the whole.
pub(super) const MARGIN: f64 = 12.0;

/// Distance from a frame's upper edge to its content.
pub(super) fn head(boundary: &Boundary) -> f64 {
    if boundary.title.height > 0.0 { boundary.title.height + TITLE_GAP + TITLE_FOOT } else { PADDING }
}

/// The least size of a frame: what was asked for, and room for its title.
pub(super) fn least_size(boundary: &Boundary) -> Size {
    let wide =
        if boundary.title.width > 0.0 { boundary.title.width + 2.0 * TITLE_INDENT } else { 2.0 * PADDING };
    let high = head(boundary) + PADDING;
    Size::new(boundary.minimum.width.max(wide), boundary.minimum.height.max(high))
}

/// Where a title stands when nothing is in its way.
pub(super) fn title_place(boundary: &Boundary, frame: &Rect) -> Rect {
    Rect::new(frame.x + TITLE_INDENT, frame.y + TITLE_GAP, boundary.title.width, boundary.title.height)
}
