//! Our graph as the engine's.

use elkrs::core::options::{self, SizeConstraint};
use elkrs::graph::graph::{EdgeId, ElementId, ElkGraph, NodeId, ShapeId};
use elkrs::graph::math::{KVector, Spacing};
use elkrs::graph::properties::EnumSet;

use super::settings::{Flow, Settings};
use crate::layout::graph::{End, Graph};
use crate::layout::spacing;

/// The engine's graph, with the way back to ours.
pub(super) struct Built {
    /// The engine's graph.
    pub(super) elk: ElkGraph,
    /// Parallel to the nodes.
    pub(super) nodes: Vec<NodeId>,
    /// Parallel to the boundaries.
    pub(super) boundaries: Vec<NodeId>,
    /// Parallel to the edges.
    pub(super) edges: Vec<EdgeId>,
}

/// Whether each boundary holds anything.
fn holders(graph: &Graph) -> Vec<bool> {
    let mut holds = vec![false; graph.boundaries.len()];
    let parents = graph.boundaries.iter().map(|boundary| boundary.parent);
    for parent in parents.chain(graph.nodes.iter().map(|node| node.parent)).flatten() {
        holds[parent] = true;
    }
    holds
}

/// Makes the engine's graph. Children keep their order of appearance, boundaries before nodes.
pub(super) fn build(graph: &Graph, settings: &Settings) -> Built {
    let mut elk = ElkGraph::new();
    let root = elk.root;
    settings.apply_to_root(&elk.node(root).properties);

    let mut boundaries: Vec<NodeId> = Vec::with_capacity(graph.boundaries.len());
    let holds = holders(graph);
    for (boundary, holds) in graph.boundaries.iter().zip(holds) {
        let parent = boundary.parent.map_or(root, |index| boundaries[index]);
        let id = elk.create_node(Some(parent));
        let least = spacing::least_size(boundary);
        let node = elk.node_mut(id);
        node.shape.set_dimensions(least.width, least.height);
        // A frame around nothing is a box to the engine, which would shrink it to its lines otherwise.
        if !holds {
            boundaries.push(id);
            continue;
        }
        let pad = spacing::PADDING;
        node.properties.set(&options::PADDING, Spacing::new(spacing::head(boundary), pad, pad, pad));
        let constraint: EnumSet<SizeConstraint> = EnumSet::of(&[SizeConstraint::MINIMUM_SIZE]);
        node.properties.set(&options::NODE_SIZE_CONSTRAINTS, constraint);
        // The engine draws from left to right inside and takes the least size of inner frames as it stands.
        let inside = match settings.flow {
            Flow::Down => KVector::new(least.height, least.width),
            Flow::Right => KVector::new(least.width, least.height),
        };
        node.properties.set(&options::NODE_SIZE_MINIMUM, inside);
        settings.apply(&node.properties);
        boundaries.push(id);
    }
    let mut nodes = Vec::with_capacity(graph.nodes.len());
    for node in &graph.nodes {
        let parent = node.parent.map_or(root, |index| boundaries[index]);
        let id = elk.create_node(Some(parent));
        elk.node_mut(id).shape.set_dimensions(node.size.width, node.size.height);
        nodes.push(id);
    }
    let mut edges = Vec::with_capacity(graph.edges.len());
    for edge in &graph.edges {
        let shape = |end: End| match end {
            End::Node(index) => ShapeId::Node(nodes[index]),
            End::Boundary(index) => ShapeId::Node(boundaries[index]),
        };
        let id = elk.create_simple_edge(shape(edge.from), shape(edge.to));
        if let Some(size) = edge.label {
            // The engine passes over labels without text.
            let label = elk.create_label("label", ElementId::Edge(id));
            elk.label_mut(label).shape.set_dimensions(size.width, size.height);
        }
        edges.push(id);
    }
    Built { elk, nodes, boundaries, edges }
}
