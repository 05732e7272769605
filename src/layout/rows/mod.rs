//! Boxes in rows, lines in lanes: plain drawings of any graph, in time that grows with its size.
//!
//! Each frame holds its children in rows. Above each row runs a channel of horizontal tracks, and along
//! the right side a trunk of vertical lanes. Every line leaves its box at the top, follows a track of its own to
//! the trunk, a lane there, and another track to the other box; a line that leaves the frame follows its lane
//! up through the frame's border. Tracks and lanes have room for what they carry and labels have a zone between
//! the boxes and the trunk, so that nothing can overlap whatever the graph.
//!
//! 1. [`super::pieces`] cuts each edge at the frames that it crosses.
//! 2. [`pack`] orders the children of a frame by the flow and breaks them into rows.
//! 3. [`wire`] gives tracks and lanes, from the innermost frames outwards.
//! 4. [`join`] moves everything to its place on the page and joins the pieces.

mod join;
mod pack;
mod wire;

use super::engine::{Engine, EngineError};
use super::graph::{Graph, Placement};
use super::pieces;
use crate::geometry::Size;

/// Boxes in rows, lines in lanes.
pub(super) struct Rows;

impl Engine for Rows {
    fn name(&self) -> &'static str {
        "rows"
    }

    fn place(&self, graph: &Graph) -> Result<Placement, EngineError> {
        let mut frames = pieces::cut(graph);
        let mut sizes = vec![Size::default(); graph.boundaries.len()];
        let mut wired: Vec<wire::Wired> = Vec::with_capacity(frames.len());
        // The children of a frame have greater indices; the page itself comes last.
        let page = graph.boundaries.len();
        for index in (0..page).rev().chain([page]) {
            let mut frame = std::mem::take(&mut frames[index]);
            pack::order(&mut frame);
            let done = wire::wire(graph, index, &frame, &sizes, &wired);
            if let Some(size) = sizes.get_mut(index) {
                *size = done.size;
            }
            wired.push(done);
        }
        Ok(join::join(graph, &wired))
    }
}

/// Position of a frame in the list of wired frames, which is in the order of wiring.
fn position(boundary: usize, page: usize) -> usize {
    if boundary == page { page } else { page - 1 - boundary }
}
