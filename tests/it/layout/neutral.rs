//! Graphs as JSON.

use planroom::layout::{self, End, FlowDirection, neutral};
use planroom::writers::svg;

fn message(text: &str) -> String {
    neutral::parse(text).expect_err("the text is wrong").to_string()
}

#[test]
fn reads_what_the_form_has() {
    let read = neutral::parse(
        r#"{"name": "shop", "direction": "right",
            "nodes": [{"id": "a", "parent": "in", "label": "Order", "w": 80, "h": 40}, {"id": "b", "w": 80, "h": 40}],
            "boundaries": [{"id": "in", "parent": "out", "label": "App"}, {"id": "out", "parent": null}],
            "edges": [{"id": "e", "from": "a", "to": "out", "label": "SQL", "lw": 30, "lh": 16},
                      {"id": "f", "from": "b", "to": "a", "label": "", "lw": 0, "lh": 0}]}"#,
    )
    .unwrap();
    assert_eq!(read.name, "shop");
    assert_eq!(read.graph.direction, FlowDirection::Right);
    // Parents stand before their children.
    assert_eq!(read.boundary_labels, ["out", "App"]);
    assert_eq!(read.graph.boundaries[1].parent, Some(0));
    assert_eq!(read.graph.nodes[0].parent, Some(1));
    assert_eq!(read.node_labels, ["Order", "b"]);
    assert_eq!((read.graph.edges[0].from, read.graph.edges[0].to), (End::Node(0), End::Boundary(0)));
    assert!(read.graph.edges[0].label.is_some() && read.graph.edges[1].label.is_none());
}

#[test]
fn says_what_was_expected() {
    assert_eq!(
        message(r#"{"nodes": [{"id": "a", "w": 1, "h": 1, "parent": "zone"}]}"#),
        "node `a` names `zone` as its parent, but there is no boundary of that id"
    );
    assert_eq!(
        message(
            r#"{"nodes": [{"id": "a", "w": 1, "h": 1}], "edges": [{"id": "e", "from": "a", "to": "b"}]}"#
        ),
        "edge `e` names `b` as its to, but there is no node or boundary of that id"
    );
    assert_eq!(
        message(r#"{"nodes": [{"id": "a", "w": -1, "h": 1}]}"#),
        "node `a` has the size -1 x 1; expected numbers from 0 to 10000"
    );
    assert_eq!(
        message(r#"{"nodes": [{"id": "a", "w": 1, "h": 1}, {"id": "a", "w": 1, "h": 1}]}"#),
        "the id `a` stands twice; ids of nodes and boundaries, and of edges, must be unique"
    );
    assert_eq!(
        message(r#"{"nodes": [], "boundaries": [{"id": "a", "parent": "b"}, {"id": "b", "parent": "a"}]}"#),
        "the boundary `a` is inside itself"
    );
    assert!(
        message(r#"{"nodes": [{"id": "a"}]}"#).starts_with("not a layout graph: missing field `w` at line 1")
    );
    assert!(message("3").contains("expected an object with the lists `nodes`, `boundaries` and `edges`"));
}

#[test]
fn files_that_would_take_forever_are_refused() {
    let depth = 3_000;
    let boundaries: Vec<String> = (0..depth)
        .map(|index: usize| format!(r#"{{"id": "b{index}", "parent": "b{}"}}"#, index.saturating_sub(1)))
        .collect();
    let boundaries = boundaries.join(",").replacen(r#""parent": "b0""#, r#""parent": null"#, 1);
    let edges: Vec<String> = (0..1_000)
        .map(|index| format!(r#"{{"id": "e{index}", "from": "b{}", "to": "b1"}}"#, depth - 1))
        .collect();
    let text = format!(r#"{{"nodes": [], "boundaries": [{boundaries}], "edges": [{}]}}"#, edges.join(","));
    assert!(message(&text).starts_with("the lines cross more than 2000000 borders"));
}

#[test]
fn the_drawing_tells_other_programs_what_is_what() {
    let read = neutral::parse(
        r#"{"nodes": [{"id": "a", "label": "A & B", "w": 80, "h": 40}, {"id": "b", "parent": "z", "w": 80, "h": 40}],
            "boundaries": [{"id": "z", "label": "Zone"}],
            "edges": [{"id": "e", "from": "a", "to": "b", "label": "SQL", "lw": 30, "lh": 16}]}"#,
    )
    .unwrap();
    let drawn = svg::graph::draw(&read, &layout::place(&read.graph));
    insta::assert_snapshot!(drawn);
}
