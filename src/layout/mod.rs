//! Graph in, places out: sized nodes, nesting, labels and edges get coordinates.
//!
//! 1. [`place()`] makes sizes sane and asks the layered engine (`elk`) for a few drawings, each of which is
//!    polished.
//! 2. [`check`] throws out what breaks a hard invariant and measures the rest; the best one is taken.
//! 3. When nothing is left, or the graph is too large, the row engine (`rows`) draws any graph.
//!
//! A drawing that came with coordinates is not laid out: [`given`] keeps its places.
//!
//! Architecture invariant: knows geometry only, no model and no text.

pub mod check;
mod elk;
pub mod engine;
pub mod given;
mod graph;
mod layers;
pub mod neutral;
mod pieces;
mod place;
mod polish;
mod rows;
mod spacing;

use engine::Engine;

pub use graph::{
    Boundary, BoundaryIndex, Edge, End, FlowDirection, Graph, Node, NodeIndex, Placement, Route,
};
pub use place::place;

/// The engines alone, each with its usual settings and without the choice that [`place()`] makes.
pub const ENGINES: &[&dyn Engine] = &[&elk::Elk::USUAL, &rows::Rows];
