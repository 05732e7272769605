//! Graph in, places out: sized nodes, nesting, labels and edges get coordinates.
//!
//! Architecture invariant: knows geometry only, no model and no text.

pub mod check;
mod elk;
pub mod engine;
mod graph;
pub mod neutral;
mod spacing;

use engine::Engine as _;

pub use graph::{
    Boundary, BoundaryIndex, Edge, End, FlowDirection, Graph, Node, NodeIndex, Placement, Route,
};

/// Places a graph.
pub fn place(graph: &Graph) -> Placement {
    let flow = match graph.direction {
        FlowDirection::Down | FlowDirection::Either => elk::Flow::Down,
        FlowDirection::Right => elk::Flow::Right,
    };
    elk::Elk { settings: elk::Settings { flow, ..elk::Settings::default() } }.place(graph).unwrap_or_default()
}
