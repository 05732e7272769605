//! Graphs that nobody draws by hand: the drawing is right all the same, and soon there.

use planroom::geometry::Size;
use planroom::layout::{self, Boundary, Edge, End, Graph, Node, check};

use super::placed;

fn node(index: usize, parent: Option<usize>) -> Node {
    Node { id: format!("n{index}"), parent, size: Size::new(90.0, 40.0) }
}

fn boundary(index: usize, parent: Option<usize>) -> Boundary {
    Boundary { id: format!("b{index}"), parent, title: Size::new(60.0, 16.0), minimum: Size::default() }
}

fn edge(index: usize, from: usize, to: usize) -> Edge {
    Edge {
        id: format!("e{index}"),
        from: End::Node(from),
        to: End::Node(to),
        label: Some(Size::new(40.0, 16.0)),
    }
}

fn flat(nodes: usize, pairs: impl Iterator<Item = (usize, usize)>) -> Graph {
    Graph {
        nodes: (0..nodes).map(|index| node(index, None)).collect(),
        edges: pairs.enumerate().map(|(index, (from, to))| edge(index, from, to)).collect(),
        ..Graph::default()
    }
}

#[test]
fn a_clique_of_sixty() {
    placed(&flat(60, (0..60).flat_map(|from| (from + 1..60).map(move |to| (from, to)))));
}

#[test]
fn a_star_of_a_thousand() {
    placed(&flat(1_001, (1..=1_000).map(|to| (0, to))));
}

#[test]
fn five_thousand_that_no_line_ties() {
    let graph = flat(5_000, std::iter::empty());
    let elk = layout::ENGINES.iter().find(|engine| engine.name() == "elk").expect("it is listed");
    assert!(elk.place(&graph).is_err(), "all of them stand in one layer");
    placed(&graph);
}

#[test]
fn a_chain_of_five_thousand() {
    placed(&flat(5_000, (1..5_000).map(|to| (to - 1, to))));
}

#[test]
fn five_thousand_nodes_in_frames() {
    let mut graph = flat(5_000, (0..8_000).map(|index| (index * 7 % 5_000, index * 131 % 5_000)));
    graph.boundaries = (0..500).map(|index| boundary(index, (index >= 50).then_some(index % 50))).collect();
    for (index, node) in graph.nodes.iter_mut().enumerate() {
        node.parent = Some(index % 500);
    }
    placed(&graph);
}

#[test]
fn frames_two_hundred_deep() {
    let mut graph = flat(4, [(0, 1), (1, 2), (2, 0), (3, 3), (1, 3)].into_iter());
    graph.boundaries = (0..200_usize).map(|index| boundary(index, index.checked_sub(1))).collect();
    graph.nodes[0].parent = Some(199);
    graph.nodes[1].parent = Some(199);
    graph.nodes[2].parent = Some(100);
    placed(&graph);
}

#[test]
fn sizes_of_nothing() {
    let mut graph = flat(4, [(0, 1), (1, 2), (2, 0), (3, 3)].into_iter());
    for node in &mut graph.nodes {
        node.size = Size::default();
    }
    for edge in &mut graph.edges {
        edge.label = Some(Size::default());
    }
    placed(&graph);
}

#[test]
fn sizes_that_are_no_sizes() {
    let bad = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -5.0, f64::MAX, 1e300, f64::MIN_POSITIVE];
    let mut graph = flat(bad.len(), (1..bad.len()).map(|to| (to - 1, to)));
    graph.boundaries = vec![boundary(0, None)];
    graph.boundaries[0].title = Size::new(f64::NAN, f64::INFINITY);
    graph.boundaries[0].minimum = Size::new(f64::INFINITY, -1.0);
    for (index, (node, bad)) in graph.nodes.iter_mut().zip(bad).enumerate() {
        node.size = Size::new(bad, bad);
        node.parent = (index % 2 == 0).then_some(0);
    }
    for (edge, bad) in graph.edges.iter_mut().zip(bad) {
        edge.label = Some(Size::new(bad, bad));
    }
    // What was asked for cannot be had; the sizes that are drawn keep all other invariants.
    let placement = layout::place(&graph);
    for (node, rect) in graph.nodes.iter_mut().zip(&placement.nodes) {
        assert!(
            (0.0..=10_000.0).contains(&rect.width) && (0.0..=10_000.0).contains(&rect.height),
            "{rect:?}"
        );
        node.size = Size::new(rect.width, rect.height);
    }
    graph.boundaries[0].minimum = Size::default();
    assert_eq!(check::violations(&graph, &placement), []);
}

#[test]
fn a_giant_among_dwarfs() {
    let mut graph = flat(12, (1..12).map(|to| (to / 2, to)));
    graph.nodes[5].size = Size::new(4_000.0, 3.0);
    graph.nodes[6].size = Size::new(3.0, 4_000.0);
    placed(&graph);
}
