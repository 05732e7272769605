//! What we ask of the engine.

use std::sync::LazyLock;

use elkrs::alg_layered::options_gen as layered;
use elkrs::core::Elk;
use elkrs::core::engine::RecursiveGraphLayoutEngine;
use elkrs::core::options::{self, Direction, EdgeRouting, HierarchyHandling};
use elkrs::graph::graph::ElkGraph;
use elkrs::graph::math::Spacing;
use elkrs::graph::properties::PropertyMap;

use crate::layout::spacing;

/// The engine's algorithms; read only.
static ELK: LazyLock<Elk> = LazyLock::new(elkrs::create_elk);

/// Lays the graph out in place.
pub(super) fn layout(graph: &mut ElkGraph) -> Result<(), String> {
    RecursiveGraphLayoutEngine::new(&ELK.algorithms).layout(graph)
}

/// Where lines go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::layout) enum Flow {
    /// Top to bottom.
    Down,
    /// Left to right.
    Right,
}

/// What differs from one attempt to the next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::layout) struct Settings {
    /// Where lines go.
    pub(in crate::layout) flow: Flow,
    /// Straight lines and small drawings by network simplex; otherwise Brandes and Koepf.
    pub(in crate::layout) simplex: bool,
    /// The order of appearance breaks ties.
    pub(in crate::layout) model_order: bool,
    /// Rounds of crossing reduction; the engine's own default is 7.
    pub(in crate::layout) thoroughness: i32,
}

impl Default for Settings {
    fn default() -> Self {
        Self::USUAL
    }
}

impl Settings {
    /// A quick drawing from top to bottom.
    pub(super) const USUAL: Self =
        Self { flow: Flow::Down, simplex: false, model_order: true, thoroughness: 7 };

    /// Writes the options of the whole graph.
    pub(super) fn apply_to_root(&self, root: &PropertyMap) {
        root.set(&options::ALGORITHM, "org.eclipse.elk.layered".to_owned());
        root.set(&options::HIERARCHY_HANDLING, HierarchyHandling::INCLUDE_CHILDREN);
        root.set(&options::PADDING, Spacing::uniform(spacing::MARGIN));
        self.apply(root);
    }

    /// Writes the options that every frame needs for what it holds.
    pub(super) fn apply(&self, frame: &PropertyMap) {
        let direction = match self.flow {
            Flow::Down => Direction::DOWN,
            Flow::Right => Direction::RIGHT,
        };
        frame.set(&options::DIRECTION, direction);
        frame.set(&options::EDGE_ROUTING, EdgeRouting::ORTHOGONAL);
        frame.set(&options::ASPECT_RATIO, 1.4);
        frame.set(&options::RANDOM_SEED, 1);
        frame.set(&options::SPACING_NODE_NODE, spacing::NODE_GAP);
        frame.set(&options::SPACING_EDGE_NODE, spacing::EDGE_NODE_GAP);
        frame.set(&options::SPACING_EDGE_EDGE, spacing::EDGE_GAP);
        frame.set(&options::SPACING_EDGE_LABEL, spacing::LABEL_GAP);
        frame.set(&options::SPACING_COMPONENT_COMPONENT, spacing::NODE_GAP);
        frame.set(&layered::SPACING_NODE_NODE_BETWEEN_LAYERS, spacing::LAYER_GAP);
        frame.set(&layered::SPACING_EDGE_NODE_BETWEEN_LAYERS, spacing::EDGE_NODE_GAP);
        frame.set(&layered::SPACING_EDGE_EDGE_BETWEEN_LAYERS, spacing::EDGE_GAP);
        frame.set(&layered::THOROUGHNESS, self.thoroughness);
        if self.simplex {
            frame.set(&layered::NODE_PLACEMENT_STRATEGY, layered::NodePlacementStrategy::NETWORK_SIMPLEX);
        }
        if self.model_order {
            frame.set(&layered::CONSIDER_MODEL_ORDER_STRATEGY, layered::OrderingStrategy::NODES_AND_EDGES);
        }
    }
}
