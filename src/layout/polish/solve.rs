//! Where items may go: a system of least distances.

use std::collections::{BTreeMap, VecDeque};

use super::items::{Item, Items, Kind, distance};
use crate::layout::spacing::{MARGIN, TITLE_GAP};

/// Items whose stretches are this close, in px, keep their order. Less than half of the distance of two lines.
const NEAR: f64 = 4.0;
/// Rounds of making lines shorter.
const ROUNDS: usize = 6;
/// How often each item may be pushed before the system counts as unsolvable.
const PUSHES: usize = 64;

/// Groups of items that move together, and the least distances between them.
struct System {
    /// The group of each item.
    group_of: Vec<usize>,
    /// Where each group is now: the top of its first item.
    now: Vec<f64>,
    /// How far each group reaches below that.
    depth: Vec<f64>,
    /// How far each group reaches above that.
    height: Vec<f64>,
    /// For each group, what must be at least so far below it.
    below: Vec<Vec<(usize, f64)>>,
    /// The same from the other side.
    above: Vec<Vec<(usize, f64)>>,
}

/// New tops of all items in a drawing that is as low as it can be, and its height; `None` when there is none.
///
/// Order and least distances stay; `floors` are pairs of items with the least distance of their tops. Within the new
/// height, items stay where they are relative to the whole, and then go where lines become shorter.
///
/// With `free_titles`, lines through titles are moved behind them, as far as that is possible.
pub(super) fn tops(
    items: &Items,
    floors: &[(usize, usize, f64)],
    height: f64,
    free_titles: bool,
) -> Option<(Vec<f64>, f64)> {
    let system = System::of(items, floors, free_titles);
    let first = system.push_down()?;
    let bottom = (0..first.len()).map(|group| first[group] + system.depth[group]).fold(0.0, f64::max);
    let last = system.pull_up(bottom)?;
    let share =
        if height > 2.0 * MARGIN { ((bottom - MARGIN) / (height - 2.0 * MARGIN)).min(1.0) } else { 1.0 };
    let wanted: Vec<f64> = (0..first.len())
        .map(|group| {
            let scaled = MARGIN + (system.now[group] - MARGIN) * share;
            // The last position is never before the first, but for rounding.
            scaled.min(last[group]).max(first[group])
        })
        .collect();
    let mut places = system.settle(wanted)?;
    system.shorten(items, &mut places, &first, &last);
    let tops = items
        .list
        .iter()
        .zip(&system.group_of)
        .map(|(item, group)| places[*group] + item.top - system.now[*group])
        .collect();
    Some((tops, bottom + MARGIN))
}

impl System {
    fn of(items: &Items, floors: &[(usize, usize, f64)], free_titles: bool) -> Self {
        let list = &items.list;
        let mut union = Union { parents: (0..list.len()).collect() };
        for (one, other) in &items.ties {
            union.join(*one, *other);
        }
        let (pairs, freed) = neighbors(list, &mut union, free_titles);
        let mut group_of = vec![usize::MAX; list.len()];
        let mut now: Vec<f64> = Vec::new();
        for item in 0..list.len() {
            let root = union.root(item);
            if group_of[root] == usize::MAX {
                group_of[root] = now.len();
                now.push(list[root].top);
            }
            group_of[item] = group_of[root];
        }
        let count = now.len();
        let mut system = Self {
            group_of,
            now,
            depth: vec![0.0; count],
            height: vec![0.0; count],
            below: vec![Vec::new(); count],
            above: vec![Vec::new(); count],
        };
        for (item, group) in list.iter().zip(&system.group_of) {
            system.depth[*group] = system.depth[*group].max(item.bottom - system.now[*group]);
            system.height[*group] = system.height[*group].max(system.now[*group] - item.top);
        }
        for (upper, lower) in pairs.into_iter().chain(items.pairs.iter().copied()) {
            let (one, other) = (&list[upper], &list[lower]);
            let gap = (other.top - one.bottom).min(distance(one.kind, other.kind));
            system.keep(list, upper, lower, one.bottom - one.top + gap);
        }
        for (title, line) in freed {
            system.keep(list, title, line, list[title].bottom - list[title].top + TITLE_GAP);
        }
        for (upper, lower, least) in floors {
            system.keep(list, *upper, *lower, least.min(list[*lower].top - list[*upper].top));
        }
        system
    }

    /// The top of `lower` stays at least `least` below the top of `upper`.
    fn keep(&mut self, list: &[Item], upper: usize, lower: usize, least: f64) {
        let (one, other) = (self.group_of[upper], self.group_of[lower]);
        if one != other {
            let least = least + (list[upper].top - self.now[one]) - (list[lower].top - self.now[other]);
            self.below[one].push((other, least));
            self.above[other].push((one, least));
        }
    }

    /// The highest place of each group.
    fn push_down(&self) -> Option<Vec<f64>> {
        self.settle(self.height.iter().map(|height| MARGIN + height).collect())
    }

    /// Moves groups down until all distances hold.
    fn settle(&self, mut places: Vec<f64>) -> Option<Vec<f64>> {
        let mut order: Vec<usize> = (0..places.len()).collect();
        order.sort_by(|one, other| self.now[*one].total_cmp(&self.now[*other]).then(one.cmp(other)));
        relax(order, &self.below, |from, to, least| {
            let wanted = places[from] + least;
            let moves = wanted > places[to] + 1e-9;
            if moves {
                places[to] = wanted;
            }
            moves
        })?;
        Some(places)
    }

    /// The lowest place of each group when nothing is below `bottom`.
    fn pull_up(&self, bottom: f64) -> Option<Vec<f64>> {
        let mut places: Vec<f64> = self.depth.iter().map(|depth| bottom - depth).collect();
        let mut order: Vec<usize> = (0..places.len()).collect();
        order.sort_by(|one, other| self.now[*other].total_cmp(&self.now[*one]).then(one.cmp(other)));
        relax(order, &self.above, |from, to, least| {
            let wanted = places[from] - least;
            let moves = wanted < places[to] - 1e-9;
            if moves {
                places[to] = wanted;
            }
            moves
        })?;
        Some(places)
    }

    /// Moves each group as far as there is room to where more of its lines lead.
    fn shorten(&self, items: &Items, places: &mut [f64], first: &[f64], last: &[f64]) {
        // Lines down minus lines up.
        let mut pull = vec![0_i32; places.len()];
        for (upper, lower) in &items.links {
            pull[self.group_of[*upper]] += 1;
            pull[self.group_of[*lower]] -= 1;
        }
        let mut order: Vec<usize> = (0..places.len()).collect();
        for round in 0..ROUNDS {
            order.sort_by(|one, other| places[*one].total_cmp(&places[*other]).then(one.cmp(other)));
            if round % 2 == 0 {
                for group in order.iter().rev().copied().filter(|group| pull[*group] > 0) {
                    let room = self.below[group].iter().map(|(other, least)| places[*other] - least);
                    places[group] = room.fold(last[group], f64::min).max(places[group]);
                }
            } else {
                for group in order.iter().copied().filter(|group| pull[*group] < 0) {
                    let room = self.above[group].iter().map(|(other, least)| places[*other] + least);
                    places[group] = room.fold(first[group], f64::max).min(places[group]);
                }
            }
        }
    }
}

/// Lets each group push its neighbors until nothing moves; `None` when that does not end.
fn relax(
    order: Vec<usize>,
    neighbors: &[Vec<(usize, f64)>],
    mut push: impl FnMut(usize, usize, f64) -> bool,
) -> Option<()> {
    let mut budget = order.len() * PUSHES;
    let mut waits = vec![true; order.len()];
    let mut queue: VecDeque<usize> = order.into();
    while let Some(group) = queue.pop_front() {
        waits[group] = false;
        budget = budget.checked_sub(1)?;
        for (other, least) in &neighbors[group] {
            if push(group, *other, *least) && !waits[*other] {
                waits[*other] = true;
                queue.push_back(*other);
            }
        }
    }
    Some(())
}

/// Sets of items.
struct Union {
    parents: Vec<usize>,
}

impl Union {
    fn root(&mut self, item: usize) -> usize {
        let mut at = item;
        while self.parents[at] != at {
            self.parents[at] = self.parents[self.parents[at]];
            at = self.parents[at];
        }
        at
    }

    /// The smaller number becomes the root, so that the result does not depend on the order of joins.
    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        self.parents[one.max(other)] = one.min(other);
    }
}

/// Pairs of numbers of items, upper first.
type Pairs = Vec<(usize, usize)>;

/// Pairs of items of which the upper one sees the lower one, and titles with the lines that pass through them. Items
/// that overlap otherwise are joined.
fn neighbors(list: &[Item], union: &mut Union, free_titles: bool) -> (Pairs, Pairs) {
    let mut order: Vec<usize> = (0..list.len()).collect();
    order.sort_by(|one, other| {
        list[*one]
            .top
            .total_cmp(&list[*other].top)
            .then(list[*one].bottom.total_cmp(&list[*other].bottom))
            .then(one.cmp(other))
    });
    let mut pairs = Vec::new();
    let mut freed = Vec::new();
    let mut skyline = Skyline::default();
    for index in order {
        let item = &list[index];
        let (left, right) = (item.left - NEAR, item.right + NEAR);
        for upper in skyline.seen(left, right) {
            let overlap = list[upper].bottom - item.top > 0.0;
            let beside = list[upper].right <= item.left || item.right <= list[upper].left;
            let through = list[upper].kind == Kind::Title && matches!(item.kind, Kind::Line(_));
            if overlap && beside {
                // They pass each other without touching.
            } else if overlap && through && free_titles {
                freed.push((upper, index));
            } else if overlap {
                union.join(upper, index);
            } else {
                pairs.push((upper, index));
            }
        }
        // A line that is moved behind a title hides it.
        let moves_behind = |other: usize| {
            free_titles && list[other].kind == Kind::Title && matches!(item.kind, Kind::Line(_))
        };
        let reaches = |other: usize| list[other].bottom > item.bottom && !moves_behind(other);
        skyline.cover(left, right, index, reaches);
    }
    (pairs, freed)
}

/// The lowest item so far at each stretch of the page; keys are the left ends of stretches.
#[derive(Default)]
struct Skyline {
    stretches: BTreeMap<u64, Option<usize>>,
}

/// Order-preserving key of a coordinate; coordinates are finite.
fn key(value: f64) -> u64 {
    let bits = (value + 0.0).to_bits();
    if value < 0.0 { !bits } else { bits | (1 << 63) }
}

impl Skyline {
    fn split(&mut self, at: u64) {
        if !self.stretches.contains_key(&at) {
            let before = self.stretches.range(..at).next_back().and_then(|(_, item)| *item);
            self.stretches.insert(at, before);
        }
    }

    /// The items that are seen from below between two ends, each once.
    fn seen(&mut self, left: f64, right: f64) -> Vec<usize> {
        self.split(key(left));
        self.split(key(right));
        let mut seen: Vec<usize> =
            self.stretches.range(key(left)..key(right)).filter_map(|(_, item)| *item).collect();
        seen.sort_unstable();
        seen.dedup();
        seen
    }

    /// Puts an item between two ends, where the one that is there does not `reach` further down.
    fn cover(&mut self, left: f64, right: f64, item: usize, reaches: impl Fn(usize) -> bool) {
        let kept = |there: &Option<usize>| there.is_some_and(&reaches);
        let inside = self.stretches.range(key(left)..key(right));
        if inside.clone().any(|(_, there)| kept(there)) {
            for (_, there) in self.stretches.range_mut(key(left)..key(right)) {
                if !kept(there) {
                    *there = Some(item);
                }
            }
            return;
        }
        let inner: Vec<u64> = inside.map(|(at, _)| *at).skip(1).collect();
        for at in inner {
            self.stretches.remove(&at);
        }
        self.stretches.insert(key(left), Some(item));
    }
}
