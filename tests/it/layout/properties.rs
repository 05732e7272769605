//! What holds for every graph.

use planroom::geometry::Size;
use planroom::layout::{self, Boundary, Edge, End, FlowDirection, Graph, Node, check};
use proptest::prelude::*;

fn size(most: f64) -> impl Strategy<Value = Size> {
    let extent = prop_oneof![1 => Just(0.0), 8 => 1.0..most];
    (extent.clone(), extent).prop_map(|(width, height)| Size::new(width, height))
}

/// Random compound graphs: self loops, parallel edges, edges to and from boundaries and what they hold, empty
/// boundaries, sizes of zero.
fn graphs() -> impl Strategy<Value = Graph> {
    let direction =
        prop_oneof![Just(FlowDirection::Down), Just(FlowDirection::Right), Just(FlowDirection::Either)];
    let boundaries = prop::collection::vec((any::<prop::sample::Index>(), size(200.0), 0..4_u8), 0..8);
    let nodes = prop::collection::vec((any::<prop::sample::Index>(), size(200.0)), 0..24);
    let ends = (any::<prop::sample::Index>(), any::<prop::sample::Index>());
    let edges = prop::collection::vec((ends, prop::option::of(size(90.0))), 0..32);
    (direction, boundaries, nodes, edges).prop_map(|(direction, boundaries, nodes, edges)| {
        let mut graph = Graph { direction, ..Graph::default() };
        for (index, (parent, minimum, kind)) in boundaries.into_iter().enumerate() {
            // One of those before it, or none.
            let parent = parent.index(index + 1).checked_sub(1).filter(|_| kind != 0);
            let title = if kind == 1 { Size::default() } else { Size::new(minimum.width / 2.0, 16.0) };
            graph.boundaries.push(Boundary { id: format!("b{index}"), parent, title, minimum });
        }
        for (index, (parent, size)) in nodes.into_iter().enumerate() {
            let parent = parent.index(graph.boundaries.len() + 1).checked_sub(1);
            graph.nodes.push(Node { id: format!("n{index}"), parent, size });
        }
        let ends: Vec<End> = (0..graph.nodes.len())
            .map(End::Node)
            .chain((0..graph.boundaries.len()).map(End::Boundary))
            .collect();
        for (index, ((from, to), label)) in edges.into_iter().enumerate().filter(|_| !ends.is_empty()) {
            let (from, to) = (*from.get(&ends), *to.get(&ends));
            graph.edges.push(Edge { id: format!("e{index}"), from, to, label });
        }
        graph
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_drawing_is_right(graph in graphs()) {
        let placement = layout::place(&graph);
        prop_assert_eq!(check::violations(&graph, &placement), []);
        prop_assert!(orthogonal(&placement));
        prop_assert_eq!(layout::place(&graph), placement);
    }

    /// The last resort has no resort behind it: it keeps everything that can be kept.
    #[test]
    fn rows_are_right_and_clear(graph in graphs()) {
        let rows = layout::ENGINES.iter().find(|engine| engine.name() == "rows").unwrap();
        let placement = rows.place(&graph).unwrap();
        prop_assert_eq!(check::violations(&graph, &placement), []);
        prop_assert!(orthogonal(&placement));
        let metrics = check::measure(&graph, &placement, true);
        prop_assert_eq!(metrics.foreign_passes, 0);
        prop_assert_eq!(metrics.label_overlaps + metrics.label_hits + metrics.label_borders, 0);
        prop_assert_eq!(metrics.title_hits, 0);
    }

    /// The layered engine says so when it cannot; what it draws has every part.
    #[test]
    fn layers_are_complete(graph in graphs()) {
        let elk = layout::ENGINES.iter().find(|engine| engine.name() == "elk").unwrap();
        if let Ok(placement) = elk.place(&graph) {
            prop_assert_eq!(placement.edges.len(), graph.edges.len());
            prop_assert!(placement.edges.iter().all(|route| route.points.len() >= 2));
            prop_assert!(!check::violations(&graph, &placement).contains(&check::Violation::Incomplete));
        }
    }
}

fn orthogonal(placement: &layout::Placement) -> bool {
    let pairs = placement.edges.iter().flat_map(|route| route.points.windows(2));
    pairs.into_iter().all(|pair| (pair[0].x - pair[1].x).abs() < 0.01 || (pair[0].y - pair[1].y).abs() < 0.01)
}
