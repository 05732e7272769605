//! How much work a graph is.

use crate::layout::engine::EngineError;
use crate::layout::graph::Graph;

/// Frames within frames that the engine is trusted with.
const DEEPEST: usize = 50;

/// Refuses graphs that would keep the engine busy for seconds.
pub(super) fn check(graph: &Graph) -> Result<(), EngineError> {
    let mut depths: Vec<usize> = Vec::with_capacity(graph.boundaries.len());
    for boundary in &graph.boundaries {
        depths.push(boundary.parent.map_or(1, |parent| depths[parent] + 1));
    }
    let deepest = depths.iter().copied().max().unwrap_or_default();
    if deepest > DEEPEST {
        return Err(EngineError::TooLarge(format!("{deepest} frames within each other, at most {DEEPEST}")));
    }
    Ok(())
}
