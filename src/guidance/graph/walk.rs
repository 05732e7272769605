//! Walks over the graph of flows, in opening direction.

use std::collections::VecDeque;

use super::column::Steps;
use crate::guidance::index::Index;
use crate::model::{ElementId, Heads, Initiator, RelationId};

/// Pass-through elements of a flow, in order from one of its ends.
pub(super) fn via_from(index: &Index<'_>, flow: u32, from: u32) -> Vec<u32> {
    let edge = index.flow(flow);
    let mut via = edge.via.clone();
    if edge.from != from {
        via.reverse();
    }
    via
}

/// Where a flow leads in opening direction, seen from one of its ends: the arrow as drawn when nobody
/// said who opens it.
pub(super) fn opens(index: &Index<'_>, flow: u32) -> [Option<(u32, u32)>; 2] {
    let edge = index.flow(flow);
    let (ahead, back) = (Some((edge.from, edge.to)), Some((edge.to, edge.from)));
    match edge.relation.initiator {
        Initiator::From => [ahead, None],
        Initiator::To => [back, None],
        Initiator::Either => [ahead, back],
        Initiator::Unknown => match edge.relation.heads {
            Heads::One => [ahead, None],
            Heads::Both | Heads::None => [ahead, back],
        },
    }
}

/// Neighbors in opening direction: for each element its flows and their other ends.
pub(super) fn steps(index: &Index<'_>) -> Vec<Vec<(u32, u32)>> {
    let mut steps = vec![Vec::new(); index.spots.len()];
    for flow in 0..u32::try_from(index.flows.len()).unwrap_or(u32::MAX) {
        for (from, to) in opens(index, flow).into_iter().flatten() {
            steps[from as usize].push((flow, to));
        }
    }
    // Equal ways are told apart by name: what a finding rests on is the same in whatever order the
    // elements are written.
    for ways in &mut steps {
        ways.sort_by(|a, b| named(index, *a).cmp(&named(index, *b)));
    }
    steps
}

fn named<'a>(index: &Index<'a>, (flow, to): (u32, u32)) -> (&'a ElementId, &'a RelationId) {
    (&index.spot(to).element.id, &index.flow(flow).relation.id)
}

/// The starts of a walk, by name.
fn by_name(index: &Index<'_>, starts: &[bool]) -> Vec<u32> {
    let mut numbers: Vec<u32> = numbers(index).filter(|at| starts[*at as usize]).collect();
    numbers.sort_by(|a, b| index.spot(*a).element.id.cmp(&index.spot(*b).element.id));
    numbers
}

pub(super) fn numbers(index: &Index<'_>) -> std::ops::Range<u32> {
    0..u32::try_from(index.spots.len()).unwrap_or(u32::MAX)
}

pub(super) struct Reach {
    pub(super) seen: Vec<bool>,
    pub(super) before: Steps,
    pub(super) steps: Vec<u32>,
}

/// Breadth first from all starts; boundaries are reached, never walked through: a flow that ends
/// on one means some member. `pass` says which flow may be taken to which element.
pub(super) fn walk(index: &Index<'_>, starts: &[bool], pass: &dyn Fn(u32, u32) -> bool) -> Reach {
    let steps = steps(index);
    let count = index.spots.len();
    let mut reach = Reach { seen: vec![false; count], before: vec![None; count], steps: vec![0; count] };
    let mut open: VecDeque<u32> = VecDeque::new();
    for at in by_name(index, starts) {
        reach.seen[at as usize] = true;
        open.push_back(at);
    }
    while let Some(here) = open.pop_front() {
        if index.is_boundary(here) && !starts[here as usize] {
            continue;
        }
        for (flow, to) in &steps[here as usize] {
            if reach.seen[*to as usize] || !pass(*flow, *to) {
                continue;
            }
            reach.seen[*to as usize] = true;
            reach.before[*to as usize] = Some((*flow, here));
            reach.steps[*to as usize] = reach.steps[here as usize] + 1;
            open.push_back(*to);
        }
    }
    reach
}

/// Least cost from the starts to each element, with the step before it. `spread`: reaching a zone
/// or boundary reaches its members, and a member's flows leave from there.
pub(in crate::guidance) fn cheapest(
    index: &Index<'_>,
    starts: &[bool],
    cost: &dyn Fn(u32, u32) -> u32,
    spread: bool,
) -> (Vec<Option<u32>>, Steps) {
    use std::cmp::Reverse;
    use std::collections::BinaryHeap;

    let steps = steps(index);
    let count = index.spots.len();
    let mut least: Vec<Option<u32>> = vec![None; count];
    let mut before = vec![None; count];
    // Equal costs are told apart by name, for the same reason as equal ways.
    let mut rank = vec![0_u32; count];
    for (place, at) in (0..).zip(by_name(index, &vec![true; count])) {
        rank[at as usize] = place;
    }
    let entry = |cost: u32, at: u32| Reverse((cost, rank[at as usize], at));
    let mut open = BinaryHeap::new();
    for at in numbers(index).filter(|at| starts[*at as usize]) {
        least[at as usize] = Some(0);
        open.push(entry(0, at));
    }
    while let Some(Reverse((spent, _, here))) = open.pop() {
        if least[here as usize] != Some(spent) {
            continue;
        }
        if index.is_boundary(here) {
            if !spread && !starts[here as usize] {
                continue;
            }
            for member in if spread { index.spot(here).children.clone() } else { Vec::new() } {
                if least[member as usize].is_none_or(|known| spent < known) {
                    least[member as usize] = Some(spent);
                    before[member as usize] = before[here as usize];
                    open.push(entry(spent, member));
                }
            }
        }
        for (flow, to) in &steps[here as usize] {
            if starts[*to as usize] {
                continue;
            }
            let next = spent.saturating_add(cost(*flow, *to));
            if least[*to as usize].is_none_or(|known| next < known) {
                least[*to as usize] = Some(next);
                before[*to as usize] = Some((*flow, here));
                open.push(entry(next, *to));
            }
        }
    }
    (least, before)
}

/// The walk back along [`cheapest`]'s steps.
pub(in crate::guidance) fn path_to(index: &Index<'_>, before: &[Option<(u32, u32)>], at: u32) -> Vec<u32> {
    let mut path = vec![at];
    let mut here = at;
    while let Some((flow, from)) = before[here as usize] {
        path.extend(via_from(index, flow, from).into_iter().rev());
        path.push(from);
        here = from;
        if path.len() > index.spots.len() * 2 {
            break;
        }
    }
    path.reverse();
    path
}

/// The shortest path from a start to an end along flows that may be taken; when there are marks, one
/// that passes a marked element on the way (pass-through elements count, the ends do not).
pub(in crate::guidance) fn search(
    index: &Index<'_>,
    starts: &[bool],
    ends: &[bool],
    marks: &[bool],
    may: &dyn Fn(u32, u32) -> bool,
) -> Option<Vec<u32>> {
    let steps = steps(index);
    let count = index.spots.len();
    let marked = |at: u32| marks.get(at as usize).copied().unwrap_or_default();
    // Two layers when something must be met: not met yet, met.
    let met_at_start = usize::from(marks.is_empty());
    let mut before: [Vec<Option<(u32, u32, usize)>>; 2] = [vec![None; count], vec![None; count]];
    let mut seen = [vec![false; count], vec![false; count]];
    let mut open: VecDeque<(u32, usize)> = VecDeque::new();
    for at in by_name(index, starts) {
        seen[met_at_start][at as usize] = true;
        open.push_back((at, met_at_start));
    }
    while let Some((here, layer)) = open.pop_front() {
        if layer == 1 && ends[here as usize] {
            let mut path = vec![here];
            let (mut at, mut on) = (here, layer);
            while let Some((flow, from, from_layer)) = before[on][at as usize] {
                path.extend(via_from(index, flow, from).into_iter().rev());
                path.push(from);
                (at, on) = (from, from_layer);
            }
            path.reverse();
            return Some(path);
        }
        if index.is_boundary(here) && !starts[here as usize] {
            continue;
        }
        let here_marked = marked(here) && !starts[here as usize];
        for (flow, to) in &steps[here as usize] {
            if !may(*flow, *to) {
                continue;
            }
            let met = here_marked || index.flow(*flow).via.iter().any(|at| marked(*at));
            let next = layer.max(usize::from(met));
            if !std::mem::replace(&mut seen[next][*to as usize], true) {
                before[next][*to as usize] = Some((*flow, here, layer));
                open.push_back((*to, next));
            }
        }
    }
    None
}
