//! Placing graphs.

mod hostile;
mod neutral;
mod properties;
mod reference;

use planroom::geometry::Size;
use planroom::layout::{self, Boundary, Edge, End, Graph, Node, Placement, check};

/// A graph from rows: boundaries and nodes as `(id, parent)`, edges as `(from, to)`; edges have labels.
fn graph(boundaries: &[(&str, &str)], nodes: &[(&str, &str)], edges: &[(&str, &str)]) -> Graph {
    let parent = |id: &str| boundaries.iter().position(|(boundary, _)| *boundary == id);
    let end = |id: &str| match nodes.iter().position(|(node, _)| *node == id) {
        Some(index) => End::Node(index),
        None => End::Boundary(parent(id).expect("ids of edges exist")),
    };
    Graph {
        boundaries: boundaries
            .iter()
            .map(|(id, outer)| Boundary {
                id: (*id).to_owned(),
                parent: parent(outer),
                title: Size::new(70.0, 16.0),
                minimum: Size::default(),
            })
            .collect(),
        nodes: nodes
            .iter()
            .map(|(id, outer)| Node {
                id: (*id).to_owned(),
                parent: parent(outer),
                size: Size::new(100.0, 48.0),
            })
            .collect(),
        edges: edges
            .iter()
            .enumerate()
            .map(|(index, (from, to))| Edge {
                id: format!("e{index}"),
                from: end(from),
                to: end(to),
                label: Some(Size::new(50.0, 16.0)),
            })
            .collect(),
        ..Graph::default()
    }
}

/// Places a graph and makes sure that the drawing is right.
fn placed(graph: &Graph) -> Placement {
    let placement = layout::place(graph);
    let violations: Vec<String> =
        check::violations(graph, &placement).iter().map(ToString::to_string).collect();
    assert!(violations.is_empty(), "{violations:#?}");
    placement
}

#[test]
fn flow_goes_down_or_right_as_asked() {
    let mut chain = graph(&[], &[("a", ""), ("b", ""), ("c", "")], &[("a", "b"), ("b", "c")]);
    let down = placed(&chain);
    assert!(down.nodes[0].bottom() < down.nodes[1].y && down.nodes[1].bottom() < down.nodes[2].y);
    chain.direction = layout::FlowDirection::Right;
    let right = placed(&chain);
    assert!(right.nodes[0].right() < right.nodes[1].x && right.nodes[1].right() < right.nodes[2].x);
}

#[test]
fn edges_may_end_on_boundaries_and_cross_borders() {
    let boundaries = [("outer", ""), ("inner", "outer"), ("other", "")];
    let nodes = [("a", "inner"), ("b", "outer"), ("c", "other"), ("d", "")];
    let edges = [
        ("d", "outer"),
        ("outer", "other"),
        ("outer", "a"), // from a boundary to what it holds
        ("a", "outer"),
        ("a", "c"),
        ("inner", "b"),
        ("c", "inner"),
    ];
    placed(&graph(&boundaries, &nodes, &edges));
}

#[test]
fn self_loops_and_parallel_edges() {
    let boundaries = [("zone", "")];
    let nodes = [("a", "zone"), ("b", "zone")];
    placed(&graph(&boundaries, &nodes, &[("a", "a"), ("a", "b"), ("a", "b"), ("b", "a"), ("zone", "zone")]));
}

#[test]
fn an_empty_boundary_has_room_for_its_title() {
    let placement = placed(&graph(&[("zone", "")], &[("a", "")], &[("a", "zone")]));
    assert!(placement.boundaries[0].contains(&placement.titles[0], 0.0));
    assert!(placement.boundaries[0].width > 70.0 && placement.boundaries[0].height > 16.0);
}

/// Lines that end on an empty frame do not make the layered engine shrink it.
#[test]
fn an_empty_boundary_between_others_is_laid_out_in_layers() {
    let graph = graph(
        &[("zone", ""), ("inner", "")],
        &[("a", ""), ("b", "inner")],
        &[("a", "zone"), ("zone", "inner")],
    );
    let placement = placed(&graph);
    let elk = layout::ENGINES.iter().find(|engine| engine.name() == "elk").unwrap();
    assert_eq!(check::violations(&graph, &elk.place(&graph).unwrap()), []);
    assert!(placement.nodes[0].bottom() < placement.boundaries[0].y);
    assert!(placement.boundaries[0].bottom() < placement.boundaries[1].y);
}

#[test]
fn nothing_is_a_drawing_too() {
    let placement = placed(&Graph::default());
    assert!(placement.size.width >= 0.0 && placement.nodes.is_empty());
    placed(&graph(&[], &[("a", "")], &[]));
}

#[test]
fn the_same_graph_gets_the_same_places() {
    let boundaries = [("x", ""), ("y", "")];
    let nodes = [("a", "x"), ("b", "x"), ("c", "y"), ("d", "y"), ("e", "")];
    let edges = [("a", "c"), ("b", "d"), ("a", "d"), ("e", "a"), ("d", "e"), ("b", "y")];
    let graph = graph(&boundaries, &nodes, &edges);
    let first = placed(&graph);
    for _ in 0..3 {
        assert_eq!(placed(&graph), first);
    }
}

#[test]
fn a_frame_is_as_wide_as_its_title() {
    let mut graph = graph(
        &[("outer", ""), ("wide", "outer"), ("high", "outer")],
        &[("a", "wide"), ("b", "high"), ("c", "wide")],
        &[("a", "b"), ("a", "c")],
    );
    graph.boundaries[1].title = Size::new(400.0, 30.0);
    graph.boundaries[2].minimum = Size::new(0.0, 300.0);
    let elk = layout::ENGINES[0];
    for direction in [layout::FlowDirection::Down, layout::FlowDirection::Right] {
        graph.direction = direction;
        for placement in [elk.place(&graph).unwrap(), placed(&graph)] {
            assert!(placement.boundaries[1].width >= 400.0, "{:?}", placement.boundaries[1]);
            assert!(placement.boundaries[2].height >= 300.0, "{:?}", placement.boundaries[2]);
        }
    }
}
