//! What can be reached from outside, and past which guards.

use std::collections::VecDeque;

use super::column::Column;
use super::walk::{cheapest, numbers, steps, via_from, walk};
use crate::assessment::Truth;
use crate::guidance::index::{Floor, Index};
use crate::model::{ElementKind, FactKey, FactValue};

fn says_yes(index: &Index<'_>, at: u32, key: FactKey, floor: Floor) -> bool {
    index.spot(at).element.facts.get(key).is_some_and(|fact| {
        floor.admits(fact.origin) && matches!(&fact.value, FactValue::Word(word) if word == "yes")
    })
}

/// Whether an element stands on the Internet.
pub(super) fn is_internet(index: &Index<'_>, at: u32, floor: Floor) -> bool {
    index
        .zone_kind(at, floor)
        .is_some_and(|(value, ..)| matches!(value, FactValue::Word(word) if word == "internet"))
}

fn sources(index: &Index<'_>, floor: Floor) -> Vec<bool> {
    numbers(index).map(|at| is_internet(index, at, floor)).collect()
}

/// Yes with the shortest witness; no only where a complete view shows an element that nothing
/// reaches; members of a reached boundary stay unknown.
pub(super) fn reachable_from_internet(index: &Index<'_>, floor: Floor) -> Column {
    let outside = sources(index, floor);
    let open: Vec<bool> = numbers(index)
        .map(|at| {
            outside[at as usize]
                || says_yes(index, at, FactKey::InternetFacing, floor)
                || says_yes(index, at, FactKey::PublicAccess, floor)
        })
        .collect();
    let mut reach = walk(index, &open, &|_, _| true);
    // The witness starts on the Internet where it can, not at the first element that faces it.
    let from_outside = walk(index, &outside, &|_, _| true);
    for at in 0..index.spots.len() {
        if from_outside.seen[at] {
            reach.before[at] = from_outside.before[at];
            reach.steps[at] = from_outside.steps[at];
        }
    }
    let any_source = open.iter().any(|open| *open);
    let truth = numbers(index)
        .map(|at| {
            let spot = index.spot(at);
            if outside[at as usize] {
                Truth::False
            } else if reach.seen[at as usize] {
                Truth::True
            } else if spot.complete
                && any_source
                && !spot.holders.iter().any(|holder| reach.seen[*holder as usize])
            {
                Truth::False
            } else {
                Truth::Unknown
            }
        })
        .collect();
    let mut column = Column::flags(truth);
    // A firewall or gateway that a reached flow passes is reached as well.
    for (flow, from) in reach.before.iter().flatten() {
        for through in via_from(index, *flow, *from) {
            if column.truth[through as usize] != Truth::True && !outside[through as usize] {
                column.truth[through as usize] = Truth::True;
                column.before[through as usize] = Some((*flow, *from));
            }
        }
    }
    for (at, before) in reach.before.into_iter().enumerate() {
        if before.is_some() {
            column.before[at] = before;
        }
    }
    column.least = reach.steps;
    column
}

fn guards(index: &Index<'_>, at: u32) -> bool {
    matches!(index.spot(at).element.kind, ElementKind::Gateway | ElementKind::Firewall)
}

fn flow_guarded(index: &Index<'_>, flow: u32) -> bool {
    index.flow(flow).via.iter().any(|at| guards(index, *at))
}

/// Yes: reached through a gateway or firewall, and on another path, all of whose flows say what
/// they are, through none. No: every path passes one.
pub(super) fn gateway_bypass(index: &Index<'_>, floor: Floor) -> Column {
    let outside = sources(index, floor);
    let all = walk(index, &outside, &|_, _| true);
    let free = walk(index, &outside, &|flow, to| !guards(index, to) && !flow_guarded(index, flow));
    let told = walk(index, &outside, &|flow, to| {
        let relation = index.flow(flow).relation;
        let named = relation.label.is_some() || !relation.protocols.is_empty() || !relation.ports.is_empty();
        named && !guards(index, to) && !flow_guarded(index, flow)
    });
    let guarded = walk_behind_guard(index, &outside);
    let truth = numbers(index)
        .map(|at| {
            let here = at as usize;
            if outside[here] || guards(index, at) || !all.seen[here] {
                Truth::Unknown
            } else if !free.seen[here] {
                Truth::False
            } else if told.seen[here] && guarded[here] {
                Truth::True
            } else {
                Truth::Unknown
            }
        })
        .collect();
    let mut column = Column::flags(truth);
    column.before = told.before;
    column
}

/// What is reached on some path that passed a gateway or firewall.
fn walk_behind_guard(index: &Index<'_>, starts: &[bool]) -> Vec<bool> {
    let steps = steps(index);
    // Two layers: not yet behind a guard, behind one.
    let mut seen = [starts.to_vec(), vec![false; starts.len()]];
    let mut open: VecDeque<(u32, usize)> =
        numbers(index).filter(|at| starts[*at as usize]).map(|at| (at, 0)).collect();
    while let Some((here, layer)) = open.pop_front() {
        if index.is_boundary(here) && !starts[here as usize] {
            continue;
        }
        for (flow, to) in &steps[here as usize] {
            let next = layer.max(usize::from(guards(index, *to) || flow_guarded(index, *flow)));
            if !std::mem::replace(&mut seen[next][*to as usize], true) {
                open.push_back((*to, next));
            }
        }
    }
    let [_, behind] = seen;
    behind
}

/// The least number of different firewalls on any way from an internet or partner zone or an
/// external element; a flow that ends on a zone counts for what the zone holds.
pub(super) fn firewalls_from_internet(index: &Index<'_>, floor: Floor) -> Column {
    let outside: Vec<bool> = numbers(index)
        .map(|at| {
            let kind = index.zone_kind(at, floor).map(|(value, ..)| value.display());
            matches!(kind.as_deref(), Some("internet" | "partner"))
                || kind.is_none() && says_yes(index, at, FactKey::External, floor)
        })
        .collect();
    let firewall = |at: u32| index.spot(at).element.kind == ElementKind::Firewall;
    let cost = |flow: u32, to: u32| {
        let edge = index.flow(flow);
        let via = edge.via.iter().filter(|at| firewall(**at) && **at != to).count();
        u32::try_from(via).unwrap_or(u32::MAX) + u32::from(firewall(to))
    };
    let (mut cost, mut before) = cheapest(index, &outside, &cost, true);
    // A zone is reached as easily as the easiest of what it holds; its own firewalls are its border.
    for holder in numbers(index).rev().filter(|at| index.is_boundary(*at)) {
        for member in index.spot(holder).children.iter().filter(|member| !firewall(**member)) {
            let Some(spent) = cost[*member as usize] else { continue };
            if cost[holder as usize].is_none_or(|known| spent < known) {
                cost[holder as usize] = Some(spent);
                before[holder as usize] = before[*member as usize];
            }
        }
    }
    let truth = cost.iter().map(|cost| if cost.is_some() { Truth::True } else { Truth::Unknown }).collect();
    let counts: Vec<u32> = cost.into_iter().map(Option::unwrap_or_default).collect();
    Column { truth, most: counts.clone(), least: counts, before, ahead: [Vec::new(), Vec::new()] }
}
