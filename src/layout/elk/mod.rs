//! Layered drawing by the ELK algorithms.
//!
//! 1. [`limits`] estimates the work and refuses what would take too long.
//! 2. [`build`] makes the engine's graph from ours.
//! 3. [`guard`] runs the engine on a stack of its own and turns a panic into an error.
//! 4. [`read`] reads the places back and refuses a result that is not complete and finite.

mod build;
mod guard;
mod limits;
mod read;
mod settings;

use super::engine::{Engine, EngineError};
use super::graph::{Graph, Placement};

pub(super) use limits::work;
pub(super) use settings::{Flow, Settings};

/// Layered drawing with one group of settings.
pub(super) struct Elk {
    /// How to draw.
    pub(super) settings: Settings,
}

impl Elk {
    /// A quick drawing from top to bottom.
    pub(super) const USUAL: Self = Self { settings: Settings::USUAL };
}

impl Engine for Elk {
    fn name(&self) -> &'static str {
        "elk"
    }

    fn place(&self, graph: &Graph) -> Result<Placement, EngineError> {
        limits::check(graph)?;
        guard::run(|| {
            let mut built = build::build(graph, &self.settings);
            settings::layout(&mut built.elk).map_err(EngineError::Failed)?;
            read::read(graph, &built)
        })
    }
}
