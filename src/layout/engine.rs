//! What a layout engine is.

use super::graph::{Graph, Placement};

/// Places a graph.
pub trait Engine: Sync {
    /// Its name for options: `elk`.
    fn name(&self) -> &'static str;

    /// Places every node, boundary, edge and label. The same graph gets the same placement.
    ///
    /// # Errors
    /// When the graph is beyond the engine's limits or the engine failed on it; the caller then
    /// takes another engine.
    fn place(&self, graph: &Graph) -> Result<Placement, EngineError>;
}

/// Why an engine gave no placement.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EngineError {
    /// More work than the engine is trusted with.
    #[error("the graph is too large for this engine: {0}")]
    TooLarge(String),
    /// The engine failed.
    #[error("the engine failed: {0}")]
    Failed(String),
}
