//! How much work a graph is.

use crate::layout::engine::EngineError;
use crate::layout::graph::Graph;
use crate::layout::layers::layers;
use crate::layout::pieces::{self, Tie};

/// Frames within frames that the engine is trusted with.
const DEEPEST: usize = 60;

/// What the engine may take before another one is asked: about three seconds on a machine of 2026. Units are those
/// of [`work`].
const MOST_WORK: f64 = 100_000.0;

/// Share of a place in the time, for the cube of the lines that pass one gap between layers: measured on stars
/// of 200 and 1,000 boxes.
const GAP_WORK: f64 = 0.0005;

/// Share of a place in the time, for the square of the boxes of a frame that no line ties: they all stand in one layer.
const LOOSE_WORK: f64 = 0.02;

/// How much work the engine has, counted in places to be found: one for each box, one for each layer that a line or its
/// label takes part in, and those that fit in the time of sorting all lines between two layers and all loose boxes of one.
pub(in crate::layout) fn work(graph: &Graph) -> f64 {
    let labeled = graph.edges.iter().any(|edge| edge.label.is_some());
    // Labels stand in layers of their own between those of the boxes.
    let step = if labeled { 2.0 } else { 1.0 };
    let mut work = (graph.nodes.len() + graph.boundaries.len()) as f64;
    for frame in pieces::cut(graph) {
        let layers = layers(frame.items.len(), &frame.arcs());
        let mut tied = vec![false; frame.items.len()];
        for tie in frame.pieces.iter().flat_map(|piece| piece.ties) {
            if let Tie::Item { item, .. } = tie {
                tied[item] = true;
            }
        }
        let loose = tied.iter().filter(|tied| !**tied).count() as f64;
        work += LOOSE_WORK * loose * loose;
        let last = layers.iter().copied().max().unwrap_or_default();
        // Changes of the number of lines from gap to gap.
        let mut changes = vec![0_i64; last + 2];
        for piece in &frame.pieces {
            let (start, end) = match piece.ties {
                [Tie::Item { item: from, .. }, Tie::Item { item: to, .. }] => (layers[from], layers[to]),
                [Tie::Item { item, .. }, Tie::Head] => (layers[item], last),
                [Tie::Head, Tie::Item { item, .. }] => (0, layers[item]),
                [Tie::Head, Tie::Head] => (0, 0),
            };
            changes[start.min(end)] += 1;
            changes[start.max(end)] -= 1;
            work += 1.0;
        }
        let mut lines = 0_i64;
        for change in changes {
            lines += change;
            let lines = lines as f64;
            work += step * (lines + GAP_WORK * lines * lines * lines);
        }
    }
    work
}

/// Refuses graphs that take too long or nest too deeply.
pub(super) fn check(graph: &Graph) -> Result<(), EngineError> {
    let mut depths: Vec<usize> = Vec::with_capacity(graph.boundaries.len());
    for boundary in &graph.boundaries {
        depths.push(boundary.parent.map_or(1, |parent| depths[parent] + 1));
    }
    let deepest = depths.iter().copied().max().unwrap_or_default();
    if deepest > DEEPEST {
        return Err(EngineError::TooLarge(format!("{deepest} frames within each other, at most {DEEPEST}")));
    }
    let work = work(graph);
    if work > MOST_WORK {
        return Err(EngineError::TooLarge(format!("{work:.0} units of work, at most {MOST_WORK}")));
    }
    Ok(())
}
