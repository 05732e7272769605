//! Makes a drawing better without changing its plan: who is above, below or beside whom stays.

mod slant;

use super::graph::{Graph, Placement};

/// Polishes a complete placement.
pub(super) fn polish(graph: &Graph, placement: &mut Placement) {
    slant::square(graph, placement);
}
