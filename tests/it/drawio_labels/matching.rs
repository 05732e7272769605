//! Which node of the reading is which label.
//!
//! A named label is a node of that name. Where several nodes bear the name, and where the drawing has no words, what
//! stands around decides: what holds the node, what it holds, and the lines to nodes that are known already. Labels
//! with one best node go first, then named ones, then those that most speaks for. An unnamed label is never a node that
//! nothing speaks for.

use planroom::model::Heads;

use super::label::{FlowLabel, Labels};
use super::picture::{Picture, SeenFlow};

/// For each label, the node of the reading.
pub(super) type Matched = Vec<Option<usize>>;

/// Gives each label its node.
pub(super) fn match_nodes(labels: &Labels, picture: &Picture) -> Matched {
    let mut matched: Matched = vec![None; labels.nodes.len()];
    let fits = |label: usize, seen: usize| {
        let name = &picture.nodes[seen].plain;
        let names = &labels.nodes[label].names;
        if names.is_empty() {
            !labels.nodes.iter().any(|other| other.names.contains(name))
        } else {
            names.contains(name)
        }
    };
    loop {
        let mut best: Option<((bool, bool, i32), usize, usize)> = None;
        for label in (0..labels.nodes.len()).filter(|label| matched[*label].is_none()) {
            let named = !labels.nodes[label].names.is_empty();
            let free = |seen: &usize| !matched.contains(&Some(*seen)) && fits(label, *seen);
            let spoken = (0..picture.nodes.len()).filter(free);
            let spoken = spoken.map(|seen| (evidence(labels, picture, &matched, label, seen), seen));
            let spoken: Vec<(i32, usize)> = spoken.filter(|(weight, _)| named || *weight > 0).collect();
            let Some(weight) = spoken.iter().map(|(weight, _)| *weight).max() else { continue };
            let mut first = spoken.iter().filter(|(known, _)| *known == weight);
            let Some((_, seen)) = first.next() else { continue };
            let rank = (first.next().is_none(), named, weight);
            if best.is_none_or(|(known, ..)| rank > known) {
                best = Some((rank, label, *seen));
            }
        }
        let Some((_, label, seen)) = best else { return matched };
        matched[label] = Some(seen);
    }
}

/// What speaks for the pair, less what speaks against it.
fn evidence(labels: &Labels, picture: &Picture, matched: &Matched, label: usize, seen: usize) -> i32 {
    let mut with = matched.clone();
    with[label] = Some(seen);
    let parents = &labels.nodes[label].parents;
    let known = parents.iter().all(|parent| parent.is_none_or(|parent| matched[parent].is_some()));
    let holder = match (known, is_held_right(parents, &with, picture.nodes[seen].parent)) {
        (_, true) => 1,
        (true, false) => -1,
        (false, false) => 0,
    };
    let inside = (0..labels.nodes.len()).filter(|child| labels.nodes[*child].parents == [Some(label)]);
    let inside: i32 = inside
        .filter_map(|child| matched[child])
        .map(|child| if picture.nodes[child].parent == Some(seen) { 1 } else { -1 })
        .sum();
    let mut used = vec![false; picture.flows.len()];
    let mut lines = 0;
    let touching = labels.flows.iter().filter(|flow| flow.from.contains(&label) || flow.to.contains(&label));
    for flow in touching {
        let line = (0..used.len()).find(|line| !used[*line] && is_flow(flow, &with, &picture.flows[*line]));
        if let Some(line) = line {
            used[line] = true;
            lines += 1;
        }
    }
    holder + inside + 2 * lines
}

/// Whether what holds the node is among what may hold it.
pub(super) fn is_held_right(parents: &[Option<usize>], matched: &Matched, actual: Option<usize>) -> bool {
    parents.iter().any(|parent| match parent {
        None => actual.is_none(),
        Some(parent) => actual.is_some() && matched[*parent] == actual,
    })
}

/// Whether the line of the reading is the labeled one: same ends, and the heads on the same side.
pub(super) fn is_flow(label: &FlowLabel, matched: &Matched, seen: &SeenFlow) -> bool {
    let is = |ends: &[usize], node: usize| ends.iter().any(|end| matched[*end] == Some(node));
    let straight = is(&label.from, seen.from) && is(&label.to, seen.to);
    let turned = is(&label.from, seen.to) && is(&label.to, seen.from);
    label.heads == seen.heads && (straight || (turned && label.heads != Heads::One))
}
