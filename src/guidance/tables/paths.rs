//! Message paths: walks along the data, from people and other systems to where data rests.

use std::collections::VecDeque;

use crate::assessment::{MessagePath, PathStep};
use crate::guidance::index::{Floor, Index};
use crate::guidance::known::opener;
use crate::model::{DataDirection, ElementKind, FactKey, FactType, FactValue, Heads, ZoneKind};

/// Paths that are told at most.
const MOST: usize = 8;

/// Starts that are walked from at most; each costs one walk over the graph.
const MOST_STARTS: usize = 40;

/// Roles of servers that keep messages.
const KEEPERS: [&str; 4] = ["mail-server", "ftp-server", "file-share", "queue-server"];

struct Walk {
    elements: Vec<u32>,
    flows: Vec<u32>,
}

/// The best paths: from the least trusted start first, each adding flows that no earlier one told.
pub(super) fn best(index: &Index<'_>) -> Vec<MessagePath> {
    let steps = steps(index);
    let mut starts: Vec<u32> =
        numbers(index).filter(|at| is_start(index, *at) && !steps[*at as usize].is_empty()).collect();
    starts.sort_by_key(|at| (level(index, *at), *at));
    starts.truncate(MOST_STARTS);
    let mut walks: Vec<Walk> = starts.iter().flat_map(|start| walks_from(index, &steps, *start)).collect();
    let mut told = vec![false; index.flows.len()];
    let mut best = Vec::new();
    while best.len() < MOST && !walks.is_empty() {
        let news = |walk: &Walk| walk.flows.iter().filter(|flow| !told[**flow as usize]).count();
        // The first of those that tell the most.
        let Some(most) = walks.iter().map(news).max().filter(|most| *most > 0) else { break };
        let Some(at) = walks.iter().position(|walk| news(walk) == most) else { break };
        let walk = walks.remove(at);
        walk.flows.iter().for_each(|flow| told[*flow as usize] = true);
        best.push(walk);
    }
    best.sort_by_key(|walk| {
        let first = walk.elements.first().copied().unwrap_or_default();
        (level(index, first), first)
    });
    best.into_iter().map(|walk| path(index, &walk)).collect()
}

fn numbers(index: &Index<'_>) -> std::ops::Range<u32> {
    0..u32::try_from(index.spots.len()).unwrap_or(u32::MAX)
}

/// Where content goes: by the data direction, else along the arrow.
fn steps(index: &Index<'_>) -> Vec<Vec<(u32, u32)>> {
    let mut steps = vec![Vec::new(); index.spots.len()];
    for (flow, edge) in index.flows.iter().enumerate() {
        let flow = u32::try_from(flow).unwrap_or(u32::MAX);
        let (ahead, back) = match (edge.relation.data, edge.relation.heads) {
            (DataDirection::Out, _) | (DataDirection::Unknown, Heads::One) => (true, false),
            (DataDirection::In, _) => (false, true),
            (DataDirection::Both, Heads::One) => (true, false),
            (DataDirection::Both | DataDirection::Unknown, Heads::Both | Heads::None) => (true, true),
        };
        if ahead && edge.from != edge.to {
            steps[edge.from as usize].push((flow, edge.to));
        }
        if back && edge.from != edge.to {
            steps[edge.to as usize].push((flow, edge.from));
        }
    }
    steps
}

fn is_start(index: &Index<'_>, at: u32) -> bool {
    let spot = index.spot(at);
    let external = spot.element.facts.word(FactKey::External) == Some("yes");
    let outside = level(index, at) <= 1;
    spot.element.kind == ElementKind::Person || external || outside
}

fn is_end(index: &Index<'_>, at: u32) -> bool {
    let spot = index.spot(at);
    let ours = spot.element.facts.word(FactKey::External) != Some("yes");
    let data_zone = spot.trust.is_some_and(|zone| zone.kind == ZoneKind::Data);
    ours && (matches!(spot.element.kind, ElementKind::Datastore | ElementKind::Queue)
        || spot.element.facts.word(FactKey::Stateful) == Some("yes")
        || data_zone
        || keeps(index, at))
}

/// Servers on which messages lie until they are fetched.
fn keeps(index: &Index<'_>, at: u32) -> bool {
    match index.spot(at).element.facts.get(FactKey::Roles).map(|fact| &fact.value) {
        Some(FactValue::List(roles)) => roles.iter().any(|role| KEEPERS.contains(&role.as_str())),
        Some(FactValue::Word(_) | FactValue::Text(_) | FactValue::Count(_) | FactValue::AtLeast(_))
        | None => false,
    }
}

/// Trust level; 2 when it is not known, so that it sorts after the outside.
fn level(index: &Index<'_>, at: u32) -> u8 {
    index.level(at, Floor::Any).map_or(2, |(level, ..)| level)
}

/// Shortest walks from a start to each place where data rests; else to where the walk ends.
fn walks_from(index: &Index<'_>, steps: &[Vec<(u32, u32)>], start: u32) -> Vec<Walk> {
    let mut before: Vec<Option<(u32, u32)>> = vec![None; steps.len()];
    let mut seen = vec![false; steps.len()];
    seen[start as usize] = true;
    let mut open = VecDeque::from([start]);
    let mut ends = Vec::new();
    let mut last = Vec::new();
    // A flow that ends on a boundary means some member. The walk goes on from zone to zone, further in
    // only: what goes out again need not be the message that came in.
    let leads = |here: u32, to: u32| {
        !index.is_boundary(here)
            || index.spot(here).trust.is_some()
                && index.is_boundary(to)
                && level(index, to) > level(index, here)
    };
    while let Some(here) = open.pop_front() {
        let next: Vec<(u32, u32)> = steps[here as usize]
            .iter()
            .copied()
            .filter(|(_, to)| here == start || leads(here, *to))
            .collect();
        if here != start {
            if is_end(index, here) {
                ends.push(here);
            } else if next.iter().all(|(_, to)| seen[*to as usize]) {
                last.push(here);
            }
        }
        for (flow, to) in next {
            if !std::mem::replace(&mut seen[to as usize], true) {
                before[to as usize] = Some((flow, here));
                open.push_back(to);
            }
        }
    }
    let ends = if ends.is_empty() { last } else { ends };
    ends.into_iter()
        .take(MOST_STARTS)
        .map(|end| {
            let (mut elements, mut flows) = (vec![end], Vec::new());
            let mut here = end;
            while let Some((flow, from)) = before[here as usize] {
                flows.push(flow);
                elements.push(from);
                here = from;
            }
            elements.reverse();
            flows.reverse();
            Walk { elements, flows }
        })
        .collect()
}

fn path(index: &Index<'_>, walk: &Walk) -> MessagePath {
    let name = |at: Option<&u32>| at.map_or("", |at| index.spot(*at).element.name.as_str());
    let on_flows = walk.flows.iter().map(|flow| &index.flow(*flow).relation.facts);
    let on_elements = walk.elements.iter().map(|at| &index.spot(*at).element.facts);
    let words = match FactKey::DataClass.value_type() {
        FactType::Choice(words) => words,
        FactType::Count | FactType::Text | FactType::Duration | FactType::List => &[],
    };
    let place = |word: &str| words.iter().position(|known| *known == word);
    let highest = on_flows
        .chain(on_elements)
        .filter_map(|facts| facts.word(FactKey::DataClass))
        .max_by_key(|word| place(word));
    MessagePath {
        title: format!("{} to {}", name(walk.elements.first()), name(walk.elements.last())),
        elements: walk.elements.iter().map(|at| index.spot(*at).element.id.clone()).collect(),
        steps: walk
            .elements
            .windows(2)
            .zip(&walk.flows)
            .map(|(ends, flow)| step(index, ends, *flow))
            .collect(),
        data_class: highest.map(str::to_owned),
    }
}

fn step(index: &Index<'_>, ends: &[u32], flow: u32) -> PathStep {
    let edge = index.flow(flow);
    let forward = ends.first() == Some(&edge.from);
    let mut via = edge.via.clone();
    if !forward {
        via.reverse();
    }
    let opens = opener(edge);
    PathStep {
        relation: edge.relation.id.clone(),
        forward,
        undirected: edge.relation.heads == Heads::None,
        fetched: opens.is_some_and(|from| from != forward),
        passes: via.iter().map(|at| index.spot(*at).element.id.clone()).collect(),
        data_class: edge.relation.facts.word(FactKey::DataClass).map(str::to_owned),
    }
}
