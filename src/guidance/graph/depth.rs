//! Chains of synchronous flows.

use super::column::{Column, Steps};
use super::walk::opens;
use crate::guidance::index::{Floor, Index};
use crate::model::FactKey;

/// Flows from each element in opening direction, with their other ends.
type Hops = Vec<Vec<(u32, u32)>>;

/// Calls of a chain that are told at most.
const MOST_TOLD: usize = 40;

/// The longest chain of synchronous flows that starts here: at least those that are known to be,
/// at most those that may be. A circle counts its elements once.
pub(super) fn sync_chain_depth(index: &Index<'_>, floor: Floor) -> Column {
    let (sure, maybe) = hops(index, floor);
    let (least, _) = longest(&sure);
    let (most, _) = longest(&maybe);
    let ahead = [onward(&sure, &least), onward(&maybe, &most)];
    let mut column = Column::counts(least);
    column.most = most;
    column.ahead = ahead;
    column
}

/// The next step from each element on a longest chain.
fn onward(steps: &Hops, length: &[u32]) -> Steps {
    let farthest = |ahead: &Vec<(u32, u32)>| ahead.iter().copied().max_by_key(|(_, to)| length[*to as usize]);
    steps.iter().map(farthest).collect()
}

/// Elements of a longest chain that is known to be synchronous and starts here.
pub(in crate::guidance) fn sync_chain(column: &Column, start: u32) -> Vec<u32> {
    let steps = follow(&column.ahead[0], start);
    std::iter::once(start).chain(steps.into_iter().map(|(_, to)| to)).collect()
}

/// Flows of unknown coupling on a longest chain that may start here.
pub(in crate::guidance) fn open_hops(
    index: &Index<'_>,
    column: &Column,
    floor: Floor,
    start: u32,
) -> Vec<u32> {
    let open = |flow: &u32| {
        let fact = index.flow(*flow).relation.facts.get(FactKey::Coupling);
        !fact.is_some_and(|fact| floor.admits(fact.origin))
    };
    follow(&column.ahead[1], start).into_iter().map(|(flow, _)| flow).filter(open).collect()
}

/// Steps from a start until the chain ends, comes back to itself or grows too long to be told.
fn follow(ahead: &Steps, start: u32) -> Vec<(u32, u32)> {
    let mut steps: Vec<(u32, u32)> = Vec::new();
    let mut here = start;
    while let Some((flow, to)) = ahead.get(here as usize).copied().flatten() {
        if to == start || steps.len() == MOST_TOLD || steps.iter().any(|(_, known)| *known == to) {
            break;
        }
        steps.push((flow, to));
        here = to;
    }
    steps
}

/// Flows that are known to be synchronous, and those that may be.
pub(super) fn hops(index: &Index<'_>, floor: Floor) -> (Hops, Hops) {
    let mut sure = vec![Vec::new(); index.spots.len()];
    let mut maybe = sure.clone();
    for flow in 0..u32::try_from(index.flows.len()).unwrap_or(u32::MAX) {
        let fact = index.flow(flow).relation.facts.get(FactKey::Coupling);
        let coupling = fact.filter(|fact| floor.admits(fact.origin)).map(|fact| fact.value.display());
        for (from, to) in opens(index, flow).into_iter().flatten().filter(|(from, to)| from != to) {
            match coupling.as_deref() {
                Some("sync") => {
                    sure[from as usize].push((flow, to));
                    maybe[from as usize].push((flow, to));
                }
                None => maybe[from as usize].push((flow, to)),
                Some(_) => {}
            }
        }
    }
    (sure, maybe)
}

/// Length of the longest way from each vertex, circles counted once by their size less one.
fn longest(steps: &[Vec<(u32, u32)>]) -> (Vec<u32>, Vec<u32>) {
    let component = components(steps);
    let count = component.iter().map(|at| at + 1).max().unwrap_or(0) as usize;
    let mut size = vec![0u32; count];
    component.iter().for_each(|at| size[*at as usize] += 1);
    // Components are numbered in reverse topological order: what they lead to has a smaller number.
    let mut members: Vec<Vec<u32>> = vec![Vec::new(); count];
    for (at, part) in component.iter().enumerate() {
        members[*part as usize].push(u32::try_from(at).unwrap_or(u32::MAX));
    }
    let mut length = vec![0u32; count];
    for part in 0..count {
        let mut best = 0;
        for at in &members[part] {
            for (_, to) in &steps[*at as usize] {
                let other = component[*to as usize] as usize;
                if other != part {
                    best = best.max(length[other] + 1);
                }
            }
        }
        length[part] = best + size[part] - 1;
    }
    (component.iter().map(|part| length[*part as usize]).collect(), component)
}

/// Strongly connected components (Tarjan, without recursion), numbered in reverse topological order.
pub(super) fn components(steps: &[Vec<(u32, u32)>]) -> Vec<u32> {
    const NONE: u32 = u32::MAX;
    let count = steps.len();
    let (mut order, mut low, mut component) = (vec![NONE; count], vec![0u32; count], vec![NONE; count]);
    let (mut clock, mut parts) = (0, 0);
    let mut path: Vec<u32> = Vec::new();
    for root in 0..u32::try_from(count).unwrap_or(NONE) {
        if order[root as usize] != NONE {
            continue;
        }
        let mut stack: Vec<(u32, usize)> = vec![(root, 0)];
        while let Some((here, next)) = stack.pop() {
            let at = here as usize;
            if next == 0 {
                order[at] = clock;
                low[at] = clock;
                clock += 1;
                path.push(here);
            }
            if let Some((_, to)) = steps[at].get(next) {
                stack.push((here, next + 1));
                if order[*to as usize] == NONE {
                    stack.push((*to, 0));
                } else if component[*to as usize] == NONE {
                    low[at] = low[at].min(order[*to as usize]);
                }
                continue;
            }
            if let Some((parent, _)) = stack.last() {
                low[*parent as usize] = low[*parent as usize].min(low[at]);
            }
            if low[at] == order[at] {
                while let Some(member) = path.pop() {
                    component[member as usize] = parts;
                    if member == here {
                        break;
                    }
                }
                parts += 1;
            }
        }
    }
    component
}
