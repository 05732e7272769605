//! Junctions of architecture diagrams: places where lines meet, and no parts of the architecture.
//!
//! Each end that enters is linked to each that is left for, by the heads at the outer ends; without any head all ends
//! are linked, and no link has a direction.

use super::chart::Chart;
use crate::model::{Flow, Heads};

/// Most links that the junctions of one diagram make.
const MOST_LINKS: usize = 10_000;

/// The line of one end to the junction.
struct Way {
    node: usize,
    /// A head at the end: the line leads to it.
    receives: bool,
    /// A head at the junction.
    sends: bool,
    flow: Flow,
}

/// Replaces the junctions by links between their ends; `false` when there are too many.
pub(super) fn replace(chart: &mut Chart<'_>, junctions: &[usize]) -> bool {
    if junctions.is_empty() {
        return true;
    }
    let mut is_junction = vec![false; chart.builder.nodes.len()];
    junctions.iter().for_each(|at| is_junction[*at] = true);
    let flows = std::mem::take(&mut chart.builder.flows);
    let mut hubs: Vec<usize> = (0..is_junction.len()).collect();
    for flow in flows.iter().filter(|flow| is_junction[flow.from.0] && is_junction[flow.to.0]) {
        let (from, to) = (root(&mut hubs, flow.from.0), root(&mut hubs, flow.to.0));
        hubs[from.max(to)] = from.min(to);
    }
    let mut ways: Vec<Vec<Way>> = is_junction.iter().map(|_| Vec::new()).collect();
    for flow in flows {
        let (from, to) = (flow.from.0, flow.to.0);
        let (hub, node, outward) = match (is_junction[from], is_junction[to]) {
            (false, false) => {
                chart.builder.flows.push(flow);
                continue;
            }
            (true, true) => continue,
            (true, false) => (root(&mut hubs, from), to, true),
            (false, true) => (root(&mut hubs, to), from, false),
        };
        let both = flow.heads == Heads::Both;
        let one = flow.heads == Heads::One;
        let (receives, sends) = (both || one && outward, both || one && !outward);
        ways[hub].push(Way { node, receives, sends, flow });
    }
    let mut left = MOST_LINKS;
    for hub in ways {
        let links = links(&hub, left);
        left -= links.len();
        chart.builder.flows.extend(links);
    }
    chart.remove(&is_junction);
    left > 0
}

/// The junction that stands for all that are tied to one.
fn root(hubs: &mut [usize], of: usize) -> usize {
    let mut at = of;
    while hubs[at] != at {
        hubs[at] = hubs[hubs[at]];
        at = hubs[at];
    }
    at
}

/// The links between the ends of a junction.
fn links(ways: &[Way], most: usize) -> Vec<Flow> {
    let directed = ways.iter().any(|way| way.receives || way.sends);
    let received = ways.iter().any(|way| way.receives);
    // A line without a head enters where another leaves, and leaves where all others enter.
    let enters = |way: &Way| way.sends || received && !way.receives;
    let leaves = |way: &Way| way.receives || !received && !way.sends;
    let pairs = ways.iter().enumerate().flat_map(|(at, from)| {
        ways.iter()
            .enumerate()
            .filter(move |(other, _)| *other != at)
            .map(move |(other, to)| (at, from, other, to))
    });
    pairs
        .filter(|(at, from, other, to)| {
            from.node != to.node && if directed { enters(from) && leaves(to) } else { at < other }
        })
        .take(most)
        .map(|(_, from, _, to)| {
            let mut flow = if from.flow.label.is_none() { to.flow.clone() } else { from.flow.clone() };
            flow.from = crate::model::LocalId(from.node);
            flow.to = crate::model::LocalId(to.node);
            flow.heads = if directed { Heads::One } else { Heads::None };
            flow
        })
        .collect()
}
