//! A graph as plain JSON: the input of `planroom layout`.
//!
//! Text in, [`Neutral`] out, or an error that says what was expected. `docs/formats/layout-graph.md`
//! describes the form. Architecture invariant: sizes come with the file; nothing is measured here.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::graph::{Boundary, BoundaryIndex, Edge, End, FlowDirection, Graph, Node};
use crate::geometry::Size;

/// Most parts that a file may have: nodes, boundaries and edges together.
pub const MOST_PARTS: usize = 100_000;
/// Most borders that all lines together may have to cross.
pub const MOST_BORDERS: usize = 2_000_000;
/// The largest extent of one part, in px.
pub const LARGEST: f64 = 10_000.0;
/// Title blocks of files that do not say their size: px for a character, and height.
const TITLE: (f64, f64) = (7.0, 16.0);

/// A graph with its texts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Neutral {
    /// Its name; may be empty.
    pub name: String,
    /// What is placed.
    pub graph: Graph,
    /// Names of the nodes, parallel to them.
    pub node_labels: Vec<String>,
    /// Titles of the boundaries, parallel to them.
    pub boundary_labels: Vec<String>,
    /// Labels of the edges, parallel to them; empty without one.
    pub edge_labels: Vec<String>,
}

/// Why a text is no graph.
#[derive(Debug, thiserror::Error)]
pub enum NeutralError {
    /// Not JSON, or not of this form.
    #[error("not a layout graph: {0}")]
    Form(#[from] serde_json::Error),
    /// Too many parts.
    #[error("{0} nodes, boundaries and edges; at most {MOST_PARTS} are placed")]
    TooLarge(usize),
    /// Deep nesting with many lines through it.
    #[error("the lines cross more than {MOST_BORDERS} borders of boundaries; nest less deeply")]
    TooDeep,
    /// An id stands twice.
    #[error("the id `{0}` stands twice; ids of nodes and boundaries, and of edges, must be unique")]
    Twice(String),
    /// An id that nothing has.
    #[error("{whose} names `{id}` as its {role}, but there is no {expected} of that id")]
    Unknown {
        /// Who names it: ``edge `e1` ``.
        whose: String,
        /// As what: `from`, `parent`, ...
        role: &'static str,
        /// The id.
        id: String,
        /// What would have been right.
        expected: &'static str,
    },
    /// A boundary that holds itself.
    #[error("the boundary `{0}` is inside itself")]
    Circle(String),
    /// A size that is none.
    #[error("{whose} has the size {width} x {height}; expected numbers from 0 to {LARGEST}")]
    Size {
        /// Whose size: ``node `n1` ``.
        whose: String,
        /// As written.
        width: f64,
        /// As written.
        height: f64,
    },
}

#[derive(Deserialize)]
#[serde(expecting = "an object with the lists `nodes`, `boundaries` and `edges`")]
struct Text {
    #[serde(default)]
    name: String,
    #[serde(default)]
    direction: DirectionText,
    nodes: Vec<NodeText>,
    #[serde(default)]
    boundaries: Vec<BoundaryText>,
    #[serde(default)]
    edges: Vec<EdgeText>,
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum DirectionText {
    #[default]
    Down,
    Right,
    Either,
}

#[derive(Deserialize)]
struct NodeText {
    id: String,
    parent: Option<String>,
    label: Option<String>,
    w: f64,
    h: f64,
}

#[derive(Deserialize)]
struct BoundaryText {
    id: String,
    parent: Option<String>,
    label: Option<String>,
    tw: Option<f64>,
    th: Option<f64>,
    #[serde(default)]
    w: f64,
    #[serde(default)]
    h: f64,
}

#[derive(Deserialize)]
struct EdgeText {
    id: String,
    from: String,
    to: String,
    #[serde(default)]
    label: String,
    #[serde(default)]
    lw: f64,
    #[serde(default)]
    lh: f64,
}

/// Reads a graph.
///
/// # Errors
/// When the text is not of the form, names what is not there, or is too large.
pub fn parse(text: &str) -> Result<Neutral, NeutralError> {
    let text: Text = serde_json::from_str(text)?;
    let parts = text.nodes.len() + text.boundaries.len() + text.edges.len();
    if parts > MOST_PARTS {
        return Err(NeutralError::TooLarge(parts));
    }
    let boundaries = outermost_first(text.boundaries)?;
    let mut ends: BTreeMap<&str, End> = BTreeMap::new();
    let numbered =
        boundaries.iter().enumerate().map(|(index, boundary)| (&boundary.id, End::Boundary(index)));
    let numbered =
        numbered.chain(text.nodes.iter().enumerate().map(|(index, node)| (&node.id, End::Node(index))));
    for (id, end) in numbered {
        if ends.insert(id, end).is_some() {
            return Err(NeutralError::Twice(id.clone()));
        }
    }
    let parent = |id: &Option<String>, whose: &dyn Fn() -> String| match id.as_deref() {
        None | Some("") => Ok(None),
        Some(id) => match ends.get(id) {
            Some(End::Boundary(index)) => Ok(Some(*index)),
            Some(End::Node(_)) | None => Err(unknown(whose(), "parent", id, "boundary")),
        },
    };
    let mut graph = Graph {
        direction: match text.direction {
            DirectionText::Down => FlowDirection::Down,
            DirectionText::Right => FlowDirection::Right,
            DirectionText::Either => FlowDirection::Either,
        },
        ..Graph::default()
    };
    let mut boundary_labels = Vec::with_capacity(boundaries.len());
    for boundary in &boundaries {
        let whose = || format!("boundary `{}`", boundary.id);
        let label = boundary.label.clone().unwrap_or_else(|| boundary.id.clone());
        // Lengths of labels are far below 2^53.
        let guess =
            if label.is_empty() { (0.0, 0.0) } else { (label.chars().count() as f64 * TITLE.0, TITLE.1) };
        let title_width = boundary.tw.unwrap_or_else(|| guess.0.min(LARGEST));
        graph.boundaries.push(Boundary {
            id: boundary.id.clone(),
            parent: parent(&boundary.parent, &whose)?,
            title: size(title_width, boundary.th.unwrap_or(guess.1), &whose)?,
            minimum: size(boundary.w, boundary.h, &whose)?,
        });
        boundary_labels.push(label);
    }
    let mut node_labels = Vec::with_capacity(text.nodes.len());
    for node in &text.nodes {
        let whose = || format!("node `{}`", node.id);
        let parent = parent(&node.parent, &whose)?;
        graph.nodes.push(Node { id: node.id.clone(), parent, size: size(node.w, node.h, &whose)? });
        node_labels.push(node.label.clone().unwrap_or_else(|| node.id.clone()));
    }
    let mut seen = std::collections::BTreeSet::new();
    let mut edge_labels = Vec::with_capacity(text.edges.len());
    for edge in &text.edges {
        if !seen.insert(&edge.id) {
            return Err(NeutralError::Twice(edge.id.clone()));
        }
        let whose = || format!("edge `{}`", edge.id);
        let end = |id: &str, role| {
            ends.get(id).copied().ok_or_else(|| unknown(whose(), role, id, "node or boundary"))
        };
        let label = size(edge.lw, edge.lh, &whose)?;
        graph.edges.push(Edge {
            id: edge.id.clone(),
            from: end(&edge.from, "from")?,
            to: end(&edge.to, "to")?,
            label: (label.width > 0.0 && label.height > 0.0).then_some(label),
        });
        edge_labels.push(edge.label.clone());
    }
    if borders(&graph) > MOST_BORDERS {
        return Err(NeutralError::TooDeep);
    }
    Ok(Neutral { name: text.name, graph, node_labels, boundary_labels, edge_labels })
}

/// Frame borders that lines may have to cross, at most.
fn borders(graph: &Graph) -> usize {
    let mut depths: Vec<usize> = Vec::with_capacity(graph.boundaries.len());
    for boundary in &graph.boundaries {
        depths.push(boundary.parent.map_or(1, |parent| depths[parent] + 1));
    }
    let depth = |end: End| match end {
        End::Node(index) => graph.nodes[index].parent.map_or(0, |parent| depths[parent]),
        End::Boundary(index) => depths[index],
    };
    graph.edges.iter().map(|edge| depth(edge.from) + depth(edge.to)).sum()
}

fn unknown(whose: String, role: &'static str, id: &str, expected: &'static str) -> NeutralError {
    NeutralError::Unknown { whose, role, id: id.to_owned(), expected }
}

fn size(width: f64, height: f64, whose: &dyn Fn() -> String) -> Result<Size, NeutralError> {
    let good = 0.0..=LARGEST;
    if good.contains(&width) && good.contains(&height) {
        Ok(Size::new(width, height))
    } else {
        Err(NeutralError::Size { whose: whose(), width, height })
    }
}

/// Parents before children, otherwise in the order of the file.
fn outermost_first(boundaries: Vec<BoundaryText>) -> Result<Vec<BoundaryText>, NeutralError> {
    let mut index_of: BTreeMap<&str, BoundaryIndex> = BTreeMap::new();
    for (index, boundary) in boundaries.iter().enumerate() {
        if index_of.insert(&boundary.id, index).is_some() {
            return Err(NeutralError::Twice(boundary.id.clone()));
        }
    }
    let parents: Vec<Option<BoundaryIndex>> = boundaries
        .iter()
        .map(|boundary| boundary.parent.as_deref().and_then(|id| index_of.get(id).copied()))
        .collect();
    let mut depths: Vec<Option<usize>> = vec![None; boundaries.len()];
    for start in 0..boundaries.len() {
        // Walk outwards to a boundary of known depth, then fill in on the way back.
        let mut way = Vec::new();
        let mut next = Some(start);
        let mut depth = loop {
            let Some(index) = next else { break 0 };
            if let Some(known) = depths[index] {
                break known + 1;
            }
            if way.len() > boundaries.len() {
                return Err(NeutralError::Circle(boundaries[start].id.clone()));
            }
            way.push(index);
            next = parents[index];
        };
        while let Some(index) = way.pop() {
            depths[index] = Some(depth);
            depth += 1;
        }
    }
    let mut order: Vec<(usize, BoundaryText)> =
        depths.into_iter().map(Option::unwrap_or_default).zip(boundaries).collect();
    order.sort_by_key(|(depth, _)| *depth);
    Ok(order.into_iter().map(|(_, boundary)| boundary).collect())
}
