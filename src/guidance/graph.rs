//! What follows from who is connected to whom, *as drawn*: one function a property, in one list.

use std::collections::VecDeque;

use super::index::{Floor, Index};
use crate::assessment::Truth;
use crate::model::{ElementKind, FactKey, FactValue, Heads, Initiator, Phase};

/// One property of an element in the graph of flows.
pub(super) struct GraphFact {
    pub(super) name: &'static str,
    /// A count rather than yes or no.
    pub(super) counts: bool,
    pub(super) compute: fn(&Index<'_>, Floor) -> Column,
}

/// Every property of the graph that rules may ask for.
pub(super) const GRAPH_FACTS: &[GraphFact] = &[
    GraphFact { name: "reachable-from-internet", counts: false, compute: reachable_from_internet },
    GraphFact { name: "gateway-bypass", counts: false, compute: gateway_bypass },
    GraphFact { name: "articulation-point", counts: false, compute: articulation_point },
    GraphFact { name: "connected", counts: false, compute: connected },
    GraphFact { name: "fan-in", counts: true, compute: fan_in },
    GraphFact { name: "fan-out", counts: true, compute: fan_out },
    GraphFact { name: "sync-chain-depth", counts: true, compute: sync_chain_depth },
    GraphFact { name: "boundaries", counts: true, compute: boundaries },
    GraphFact { name: "firewalls-from-internet", counts: true, compute: firewalls_from_internet },
];

/// Position of [`reachable_from_internet`] in the list.
pub(super) const REACHABLE: usize = 0;

/// For each element the flow and the element before it on a path.
pub(super) type Steps = Vec<Option<(u32, u32)>>;

/// A property of every element, by number.
pub(super) struct Column {
    /// Yes, no or unknown; for counts: unknown when there is none.
    pub(super) truth: Vec<Truth>,
    /// Least count.
    pub(super) least: Vec<u32>,
    /// Most count: above `least` where something is unknown.
    pub(super) most: Vec<u32>,
    /// The flow and the element before this one on the witness path.
    pub(super) before: Steps,
}

impl Column {
    fn flags(truth: Vec<Truth>) -> Self {
        let count = truth.len();
        Self { truth, least: Vec::new(), most: Vec::new(), before: vec![None; count] }
    }

    fn counts(counts: Vec<u32>) -> Self {
        Self {
            truth: vec![Truth::True; counts.len()],
            most: counts.clone(),
            before: vec![None; counts.len()],
            least: counts,
        }
    }

    /// Elements of the witness path that ends here, pass-through elements included.
    pub(super) fn witness(&self, index: &Index<'_>, at: u32) -> Vec<u32> {
        let mut path = vec![at];
        let mut here = at;
        while let Some((flow, from)) = self.before[here as usize] {
            path.extend(via_from(index, flow, from).into_iter().rev());
            path.push(from);
            here = from;
            if path.len() > index.spots.len() * 2 {
                break;
            }
        }
        path.reverse();
        if path.len() > 1 { path } else { Vec::new() }
    }
}

/// Pass-through elements of a flow, in order from one of its ends.
fn via_from(index: &Index<'_>, flow: u32, from: u32) -> Vec<u32> {
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
    steps
}

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

fn numbers(index: &Index<'_>) -> std::ops::Range<u32> {
    0..u32::try_from(index.spots.len()).unwrap_or(u32::MAX)
}

struct Reach {
    seen: Vec<bool>,
    before: Steps,
    steps: Vec<u32>,
}

/// Breadth first from all starts; boundaries are reached, never walked through: a flow that ends
/// on one means some member. `pass` says which flow may be taken to which element.
fn walk(index: &Index<'_>, starts: &[bool], pass: &dyn Fn(u32, u32) -> bool) -> Reach {
    let steps = steps(index);
    let count = index.spots.len();
    let mut reach = Reach { seen: vec![false; count], before: vec![None; count], steps: vec![0; count] };
    let mut open: VecDeque<u32> = VecDeque::new();
    for at in numbers(index).filter(|at| starts[*at as usize]) {
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

/// Yes with the shortest witness; no only where a complete view shows an element that nothing
/// reaches; members of a reached boundary stay unknown.
fn reachable_from_internet(index: &Index<'_>, floor: Floor) -> Column {
    let outside = sources(index, floor);
    let open: Vec<bool> = numbers(index)
        .map(|at| {
            outside[at as usize]
                || says_yes(index, at, FactKey::InternetFacing, floor)
                || says_yes(index, at, FactKey::PublicAccess, floor)
        })
        .collect();
    let reach = walk(index, &open, &|_, _| true);
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
fn gateway_bypass(index: &Index<'_>, floor: Floor) -> Column {
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

/// Flows of the business: without administration, monitoring and the like.
fn carries_business(index: &Index<'_>, flow: u32) -> bool {
    let relation = index.flow(flow).relation;
    let purpose = relation.facts.word(FactKey::Purpose);
    matches!(relation.phase, Phase::Runtime | Phase::Unknown) && matches!(purpose, None | Some("business"))
}

/// Without it, users, external systems or data stores of the drawing lose each other.
fn articulation_point(index: &Index<'_>, _: Floor) -> Column {
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
    for root in numbers(index) {
        if order[root as usize] != 0 || neighbors[root as usize].is_empty() {
            continue;
        }
        // Parts that fall off when a vertex goes: relevant counts of each.
        let mut parts: Vec<Vec<u32>> = vec![Vec::new(); count];
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
fn connected(index: &Index<'_>, _: Floor) -> Column {
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

fn fan_in(index: &Index<'_>, _: Floor) -> Column {
    fan(index, true)
}

fn fan_out(index: &Index<'_>, _: Floor) -> Column {
    fan(index, false)
}

/// The longest chain of synchronous flows that starts here: at least those that are known to be,
/// at most those that may be. A circle counts its elements once.
fn sync_chain_depth(index: &Index<'_>, floor: Floor) -> Column {
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
    let (least, _) = longest(&sure);
    let (most, _) = longest(&maybe);
    let mut column = Column::counts(least);
    column.most = most;
    column
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
fn components(steps: &[Vec<(u32, u32)>]) -> Vec<u32> {
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

/// Pairs of zones whose flows pass a device.
fn boundaries(index: &Index<'_>, _: Floor) -> Column {
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

/// The least number of different firewalls on any way from an internet or partner zone or an
/// external element; a flow that ends on a zone counts for what the zone holds.
fn firewalls_from_internet(index: &Index<'_>, floor: Floor) -> Column {
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
    Column { truth, most: counts.clone(), least: counts, before }
}

/// Least cost from the starts to each element, with the step before it. `spread`: reaching a zone
/// or boundary reaches its members, and a member's flows leave from there.
pub(super) fn cheapest(
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
    let mut open = BinaryHeap::new();
    for at in numbers(index).filter(|at| starts[*at as usize]) {
        least[at as usize] = Some(0);
        open.push(Reverse((0, at)));
    }
    while let Some(Reverse((spent, here))) = open.pop() {
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
                    open.push(Reverse((spent, member)));
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
                open.push(Reverse((next, *to)));
            }
        }
    }
    (least, before)
}

/// The walk back along [`cheapest`]'s steps.
pub(super) fn path_to(index: &Index<'_>, before: &[Option<(u32, u32)>], at: u32) -> Vec<u32> {
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
pub(super) fn search(
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
    for at in numbers(index).filter(|at| starts[*at as usize]) {
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
