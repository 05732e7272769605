//! From engines to the one drawing that is shown.

use super::elk::{self, Elk, Flow, Settings};
use super::engine::Engine;
use super::graph::{FlowDirection, Graph, Placement};
use super::polish::polish;
use super::rows::Rows;
use crate::geometry::Size;

/// The largest extent of a part, in px; what is larger is drawn this large.
const LARGEST: f64 = 10_000.0;
/// Up to this much work, all attempts are careful.
const MOST_CAREFUL: f64 = 400.0;
/// Up to this much work, the first attempt is careful.
const CAREFUL: f64 = 1_000.0;
/// Up to this much work, a second attempt is made.
const TWICE: f64 = 8_000.0;

/// Places a graph: no box overlaps another, everything lies in its frame, every line is drawn and passes through no
/// foreign box, no label lies on a box.
///
/// The same graph gets the same placement on every machine, whatever the number of threads. Sizes that are no
/// numbers count as 0, and extents above 10,000 px as 10,000.
///
/// # Panics
/// When an index of the graph is out of range or a parent does not stand before its children.
pub fn place(graph: &Graph) -> Placement {
    let graph = &sane(graph);
    let settings = attempts(graph);
    let tried: Vec<Option<(f64, Placement)>> = std::thread::scope(|scope| {
        let threads: Vec<_> =
            settings.iter().map(|settings| scope.spawn(|| attempt(graph, *settings))).collect();
        threads.into_iter().map(|thread| thread.join().ok().flatten()).collect()
    });
    // The first of the best, in the order of the settings.
    let best = tried.into_iter().flatten().reduce(|best, next| if next.0 < best.0 { next } else { best });
    match best {
        Some((_, placement)) => placement,
        None => Rows.place(graph).expect("the row engine places every graph"),
    }
}

/// What is tried, the most promising first.
fn attempts(graph: &Graph) -> Vec<Settings> {
    let flows: &[Flow] = match graph.direction {
        FlowDirection::Down => &[Flow::Down],
        FlowDirection::Right => &[Flow::Right],
        FlowDirection::Either => &[Flow::Down, Flow::Right],
    };
    let work = elk::work(graph);
    let careful = Settings { simplex: true, thoroughness: 30, ..Settings::default() };
    let less = if work <= MOST_CAREFUL { careful } else { Settings { simplex: true, ..Settings::default() } };
    let quick = Settings { simplex: false, ..Settings::default() };
    let mut list = Vec::new();
    for flow in flows.iter().copied() {
        if work <= CAREFUL {
            list.push(Settings { flow, ..careful });
            list.push(Settings { flow, model_order: false, ..less });
        } else {
            list.push(Settings { flow, model_order: false, ..quick });
            if work <= TWICE {
                list.push(Settings { flow, ..quick });
            }
        }
    }
    list
}

/// One drawing with its cost; `None` when it is not right.
fn attempt(graph: &Graph, settings: Settings) -> Option<(f64, Placement)> {
    let placement = Elk { settings }.place(graph).ok()?;
    polish(graph, placement, settings.flow == Flow::Down)
}

/// The graph with sizes that can be drawn.
fn sane(graph: &Graph) -> Graph {
    let mut graph = graph.clone();
    for node in &mut graph.nodes {
        node.size = sane_size(node.size);
    }
    for boundary in &mut graph.boundaries {
        boundary.title = sane_size(boundary.title);
        boundary.minimum = sane_size(boundary.minimum);
    }
    for edge in &mut graph.edges {
        edge.label = edge.label.map(sane_size);
    }
    graph
}

fn sane_size(size: Size) -> Size {
    // A NaN is no greater than 0 and no number at all.
    let extent = |value: f64| if value > 0.0 { value.min(LARGEST) } else { 0.0 };
    Size::new(extent(size.width), extent(size.height))
}
