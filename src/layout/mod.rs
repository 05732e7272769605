//! Graph in, places out: sized nodes, nesting, labels and edges get coordinates.
//!
//! Architecture invariant: knows geometry only, no model and no text.

pub mod engine;
mod graph;

pub use graph::{
    Boundary, BoundaryIndex, Edge, End, FlowDirection, Graph, Node, NodeIndex, Placement, Route,
};
