//! Which old part is which new part: by id, else by a proposal.

use std::collections::{BTreeMap, BTreeSet};

use super::part::Part;
use crate::model::slug;

/// Most parts of one kind that are compared by structure; beyond, they are added and removed.
const MOST_COMPARED: usize = 300;

/// Least share of common neighbors, of all that either has, for a rename to be proposed; in hundredths.
const ALIKE: usize = 50;

/// The same when the kind differs as well.
const SAME: usize = 100;

/// Old ids and the new ids of the same things.
#[derive(Clone, Debug, Default)]
pub(super) struct Pairs(BTreeMap<String, String>);

impl Pairs {
    /// The new id of an old one.
    pub(super) fn get(&self, old: &str) -> Option<&str> {
        self.0.get(old).map(String::as_str)
    }

    /// The new id of an old one, or the old one when it has none.
    pub(super) fn follow<'a>(&'a self, old: &'a str) -> &'a str {
        self.get(old).unwrap_or(old)
    }

    pub(super) fn add(&mut self, old: &str, new: &str) {
        self.0.insert(old.to_owned(), new.to_owned());
    }
}

/// The ends of a flow.
type Ends = Option<(String, String)>;

/// A proposal: indexes of the old and the new part, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Proposal {
    pub(super) old: usize,
    pub(super) new: usize,
    pub(super) because: &'static str,
    /// Name and holder say the same as before: it only came along with its holder.
    pub(super) along: bool,
}

/// Pairs of elements by id go into `pairs`; what is left is proposed, each part once, and goes in too.
pub(super) fn elements(
    old: &[Part],
    new: &[Part],
    flows: (&[Part], &[Part]),
    pairs: &mut Pairs,
) -> Vec<Proposal> {
    let mut left_new: BTreeSet<usize> = (0..new.len()).collect();
    let by_id: BTreeMap<&str, usize> =
        new.iter().enumerate().map(|(at, part)| (part.id.as_str(), at)).collect();
    let mut left_old: Vec<usize> = Vec::new();
    for (at, part) in old.iter().enumerate() {
        match by_id.get(part.id.as_str()) {
            Some(other) => {
                left_new.remove(other);
                pairs.add(&part.id, &part.id);
            }
            None => left_old.push(at),
        }
    }
    if left_old.is_empty() || left_new.is_empty() {
        return Vec::new();
    }
    let (old_near, new_near) = (near(old, flows.0), near(new, flows.1));
    let mut proposals = Vec::new();
    // Holders stand before what they hold, so that what is inside can follow its holder. A second round
    // finds those that are told by neighbors which were found in the first.
    for _ in 0..2 {
        let mut still = Vec::new();
        let same_old = tally(left_old.iter().map(|at| &old[*at]));
        let same_new = tally(left_new.iter().map(|at| &new[*at]));
        for at in left_old {
            let part = &old[at];
            let home = part.parent.as_deref().map(|parent| pairs.follow(parent));
            let alike = |other: &usize| new[*other].kind == part.kind;
            let at_home = |other: &usize| new[*other].parent.as_deref() == home;
            let named = |other: &usize| slug(&new[*other].name) == slug(&part.name);
            let key = (part.kind.as_str(), slug(&part.name));
            let in_place =
                left_new.iter().copied().find(|other| alike(other) && at_home(other) && named(other));
            let alone = same_old.get(&key) == Some(&1) && same_new.get(&key) == Some(&1);
            let moved = || left_new.iter().copied().find(|other| alone && alike(other) && named(other));
            let renamed = || {
                let at_home: Vec<usize> = left_new.iter().copied().filter(at_home).collect();
                let (same, other): (Vec<usize>, Vec<usize>) = at_home.into_iter().partition(alike);
                // A kind often comes from the name ("Files", "File store"): then the neighbors must tell more.
                best(&old_near[at], &same, &new_near, pairs, ALIKE)
                    .or_else(|| best(&old_near[at], &other, &new_near, pairs, SAME))
            };
            let (found, because) = match (in_place, moved()) {
                (Some(found), _) => (Some(found), "the same kind and name"),
                (None, Some(found)) => (Some(found), "the same kind and name in another place"),
                (None, None) => (renamed(), "the same place and neighbors under another name"),
            };
            let Some(found) = found else {
                still.push(at);
                continue;
            };
            left_new.remove(&found);
            pairs.add(&part.id, &new[found].id);
            let along = in_place.is_some();
            proposals.push(Proposal { old: at, new: found, because, along });
        }
        left_old = still;
    }
    proposals
}

/// How many parts there are of each kind and name.
fn tally<'a>(parts: impl Iterator<Item = &'a Part>) -> BTreeMap<(&'a str, String), usize> {
    let mut tally = BTreeMap::new();
    for part in parts {
        *tally.entry((part.kind.as_str(), slug(&part.name))).or_default() += 1;
    }
    tally
}

/// What stands around a part: the other ends of its flows, and the names of what it holds.
#[derive(Clone, Debug, Default)]
struct Near {
    ends: BTreeSet<String>,
    inside: BTreeSet<String>,
}

fn near(parts: &[Part], flows: &[Part]) -> Vec<Near> {
    let at: BTreeMap<&str, usize> =
        parts.iter().enumerate().map(|(at, part)| (part.id.as_str(), at)).collect();
    let mut near = vec![Near::default(); parts.len()];
    for (from, to) in flows.iter().filter_map(|flow| flow.ends.as_ref()) {
        if let Some(here) = at.get(from.as_str()) {
            near[*here].ends.insert(format!("> {to}"));
        }
        if let Some(here) = at.get(to.as_str()) {
            near[*here].ends.insert(format!("< {from}"));
        }
    }
    for part in parts {
        if let Some(here) = part.parent.as_deref().and_then(|parent| at.get(parent)) {
            near[*here].inside.insert(format!("{} {}", part.kind, slug(&part.name)));
        }
    }
    near
}

/// The one candidate whose neighbors are most alike; `None` when none is alike enough or two are equally.
fn best(old: &Near, candidates: &[usize], new: &[Near], pairs: &Pairs, least: usize) -> Option<usize> {
    if candidates.len() > MOST_COMPARED {
        return None;
    }
    let mapped: BTreeSet<String> = old
        .ends
        .iter()
        .map(|end| {
            let (way, id) = end.split_at(2);
            format!("{way}{}", pairs.follow(id))
        })
        .collect();
    let mut scores: Vec<(usize, usize)> = candidates
        .iter()
        .map(|at| (share(&mapped, &new[*at].ends).max(share(&old.inside, &new[*at].inside)), *at))
        .filter(|(score, _)| *score >= least)
        .collect();
    scores.sort_by(|a, b| b.cmp(a));
    match scores.as_slice() {
        [(_, only)] => Some(*only),
        [(first, at), (second, _), ..] if first > second => Some(*at),
        _ => None,
    }
}

/// The share of common members of all members, in hundredths; nothing in common with nothing.
fn share(a: &BTreeSet<String>, b: &BTreeSet<String>) -> usize {
    let all = a.union(b).count();
    (a.intersection(b).count() * 100).checked_div(all).unwrap_or(0)
}

/// Pairs of flows: by id, then those whose ends only have other ids, then the one flow that is left between
/// two ends on both sides, which seems to carry another label. Answers the last ones, old and new.
pub(super) fn flows(old: &[Part], new: &[Part], pairs: &mut Pairs) -> (Vec<(usize, usize)>, Vec<Proposal>) {
    let by_id: BTreeMap<&str, usize> =
        new.iter().enumerate().map(|(at, part)| (part.id.as_str(), at)).collect();
    let mut same = Vec::new();
    let mut left_old = Vec::new();
    let mut left_new: BTreeSet<usize> = (0..new.len()).collect();
    for (at, part) in old.iter().enumerate() {
        match by_id.get(part.id.as_str()) {
            Some(other) => {
                left_new.remove(other);
                pairs.add(&part.id, &part.id);
                same.push((at, *other));
            }
            None => left_old.push(at),
        }
    }
    let rest = |part: &Part| {
        let ends = part.ends.as_ref().map(|(from, to)| format!("{from}>{to}")).unwrap_or_default();
        part.id.strip_prefix(ends.as_str()).unwrap_or(&part.id).to_owned()
    };
    let mapped = |part: &Part, pairs: &Pairs| {
        part.ends.as_ref().map(|(from, to)| (pairs.follow(from).to_owned(), pairs.follow(to).to_owned()))
    };
    left_old.retain(|at| {
        let ends = mapped(&old[*at], pairs);
        let found = left_new
            .iter()
            .copied()
            .find(|other| new[*other].ends == ends && rest(&new[*other]) == rest(&old[*at]));
        match found {
            Some(other) => {
                left_new.remove(&other);
                pairs.add(&old[*at].id, &new[other].id);
                same.push((*at, other));
                false
            }
            None => true,
        }
    });
    let mut between: BTreeMap<Ends, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for at in left_old {
        between.entry(mapped(&old[at], pairs)).or_default().0.push(at);
    }
    for at in left_new {
        between.entry(new[at].ends.clone()).or_default().1.push(at);
    }
    let mut proposals = Vec::new();
    for (olds, news) in between.into_values() {
        if let ([one], [other]) = (olds.as_slice(), news.as_slice()) {
            pairs.add(&old[*one].id, &new[*other].id);
            let because = "the only flow between the same two that is not found under its old label";
            proposals.push(Proposal { old: *one, new: *other, because, along: false });
        }
    }
    (same, proposals)
}
