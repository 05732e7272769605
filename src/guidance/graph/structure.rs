//! What hangs together: connections, cut points, how many flows meet.

use super::column::Column;
use super::walk::{numbers, opens};
use crate::assessment::Truth;
use crate::guidance::index::{Floor, Index};
use crate::model::{ElementKind, FactKey, Phase};

/// Flows of the business: without administration, monitoring and the like.
fn carries_business(index: &Index<'_>, flow: u32) -> bool {
    let relation = index.flow(flow).relation;
    let purpose = relation.facts.word(FactKey::Purpose);
    matches!(relation.phase, Phase::Runtime | Phase::Unknown) && matches!(purpose, None | Some("business"))
}

/// Without it, users, external systems or data stores of the drawing lose each other.
pub(super) fn articulation_point(index: &Index<'_>, _: Floor) -> Column {
    let count = index.spots.len();
    let mut neighbors: Vec<Vec<u32>> = vec![Vec::new(); count];
    for flow in 0..u32::try_from(index.flows.len()).unwrap_or(u32::MAX) {
        let edge = index.flow(flow);
        if edge.from == edge.to
            || !carries_business(index, flow)
            || index.is_boundary(edge.from)
            || index.is_boundary(edge.to)
        {
            continue;
        }
        neighbors[edge.from as usize].push(edge.to);
        neighbors[edge.to as usize].push(edge.from);
    }
    let relevant: Vec<u32> = numbers(index)
        .map(|at| {
            let spot = index.spot(at);
            let kind = matches!(
                spot.element.kind,
                ElementKind::Person | ElementKind::Datastore | ElementKind::Queue | ElementKind::System
            );
            u32::from(kind || spot.element.facts.word(FactKey::External) == Some("yes"))
        })
        .collect();
    let mut column = Column::flags(vec![Truth::False; count]);
    let mut order = vec![0u32; count];
    let mut low = vec![0u32; count];
    let mut below = relevant.clone();
    let mut clock = 0;
    // Parts that fall off when a vertex goes: relevant counts of each.
    let mut parts: Vec<Vec<u32>> = vec![Vec::new(); count];
    for root in numbers(index) {
        if order[root as usize] != 0 || neighbors[root as usize].is_empty() {
            continue;
        }
        let mut visited = Vec::new();
        let mut stack: Vec<(u32, Option<u32>, usize)> = vec![(root, None, 0)];
        while let Some((here, parent, next)) = stack.pop() {
            if next == 0 {
                clock += 1;
                order[here as usize] = clock;
                low[here as usize] = clock;
                visited.push(here);
            }
            if let Some(to) = neighbors[here as usize].get(next).copied() {
                stack.push((here, parent, next + 1));
                if order[to as usize] == 0 {
                    stack.push((to, Some(here), 0));
                } else if Some(to) != parent {
                    low[here as usize] = low[here as usize].min(order[to as usize]);
                }
                continue;
            }
            let Some(parent) = parent else { continue };
            below[parent as usize] += below[here as usize];
            low[parent as usize] = low[parent as usize].min(low[here as usize]);
            if low[here as usize] >= order[parent as usize] {
                parts[parent as usize].push(below[here as usize]);
            }
        }
        let total = below[root as usize];
        for here in visited {
            let cut: u32 = parts[here as usize].iter().sum();
            let rest = total - cut - relevant[here as usize];
            let pieces = parts[here as usize].iter().filter(|part| **part > 0).count();
            if !parts[here as usize].is_empty() && pieces + usize::from(rest > 0) >= 2 {
                column.truth[here as usize] = Truth::True;
            }
        }
    }
    column
}

/// Some relation ends on it, in it, or on something around it.
pub(super) fn connected(index: &Index<'_>, _: Floor) -> Column {
    let mut touched = index.touched.clone();
    for (at, spot) in index.spots.iter().enumerate() {
        if index.touched[at] {
            spot.holders.iter().for_each(|holder| touched[*holder as usize] = true);
        }
        if spot.holders.iter().any(|holder| index.touched[*holder as usize]) {
            touched[at] = true;
        }
    }
    for flow in &index.flows {
        flow.via.iter().for_each(|at| touched[*at as usize] = true);
    }
    Column::flags(touched.into_iter().map(|yes| if yes { Truth::True } else { Truth::False }).collect())
}

fn fan(index: &Index<'_>, answers: bool) -> Column {
    let mut counts = vec![0u32; index.spots.len()];
    for flow in 0..u32::try_from(index.flows.len()).unwrap_or(u32::MAX) {
        for (from, to) in opens(index, flow).into_iter().flatten() {
            counts[if answers { to } else { from } as usize] += 1;
        }
    }
    Column::counts(counts)
}

pub(super) fn fan_in(index: &Index<'_>, _: Floor) -> Column {
    fan(index, true)
}

pub(super) fn fan_out(index: &Index<'_>, _: Floor) -> Column {
    fan(index, false)
}

/// Pairs of zones whose flows pass a device.
pub(super) fn boundaries(index: &Index<'_>, _: Floor) -> Column {
    let mut pairs: Vec<Vec<(u32, u32)>> = vec![Vec::new(); index.spots.len()];
    for edge in &index.flows {
        let (Some(a), Some(b)) = (index.spot(edge.from).zone, index.spot(edge.to).zone) else { continue };
        if a != b {
            let pair = (a.min(b), a.max(b));
            edge.via.iter().for_each(|device| pairs[*device as usize].push(pair));
        }
    }
    for (device, spot) in index.spots.iter().enumerate() {
        if !matches!(spot.element.kind, ElementKind::Gateway | ElementKind::Firewall) {
            continue;
        }
        // Drawn as an end of lines: the zones on its two sides.
        let flows = spot.incoming.iter().chain(&spot.outgoing);
        let mut sides: Vec<u32> = flows
            .filter_map(|flow| {
                let edge = index.flow(*flow);
                let other = if edge.from as usize == device { edge.to } else { edge.from };
                index.spot(other).zone
            })
            .collect();
        sides.sort_unstable();
        sides.dedup();
        if pairs[device].is_empty() {
            for pair in sides.windows(2) {
                pairs[device].push((pair[0], pair[1]));
            }
        }
    }
    Column::counts(
        pairs
            .into_iter()
            .map(|mut pairs| {
                pairs.sort_unstable();
                pairs.dedup();
                u32::try_from(pairs.len()).unwrap_or(u32::MAX)
            })
            .collect(),
    )
}
