//! Elements, flows and the rest, compared.

use std::collections::{BTreeMap, BTreeSet};

use super::changes::{Edit, FactEdit, Known, Moved, PartChange, Parts};
use super::pair::{self, Pairs, Proposal};
use super::part::{self, Part};
use super::record::Record;

/// Elements, and the pairs that were found.
pub(super) fn elements(old: &Record, new: &Record) -> (Parts, Pairs) {
    let (olds, news) = (part::elements(old), part::elements(new));
    let (old_flows, new_flows) = (part::flows(old), part::flows(new));
    let mut pairs = Pairs::default();
    let proposals = pair::elements(&olds, &news, (&old_flows, &new_flows), &mut pairs);
    let names = Names::new(old, new);
    let new_at = at(&news);
    let proposed: BTreeSet<usize> = proposals.iter().map(|proposal| proposal.old).collect();
    let same = olds.iter().enumerate().filter(|(at, _)| !proposed.contains(at));
    let same = same.filter_map(|(at, part)| Some((at, *new_at.get(pairs.get(&part.id)?)?)));
    let mut parts = rest(&olds, &news, same, &proposals, &pairs, &names);
    // What only came along is counted at the holder that it came along with.
    for proposal in &proposals {
        let (one, other) = (&olds[proposal.old], &news[proposal.new]);
        if proposal.along {
            let mut holder = other.parent.as_deref();
            let mut left = news.len();
            while let (Some(id), 1..) = (holder, left) {
                if let Some(moved) = parts.moved.iter_mut().find(|moved| moved.new.id == id) {
                    moved.with += 1;
                    break;
                }
                holder = new_at.get(id).and_then(|at| news[*at].parent.as_deref());
                left -= 1;
            }
            let change = compare(one, other, &pairs, &names);
            sort_in(&mut parts, change);
        } else {
            let change = compare(one, other, &pairs, &names);
            parts.moved.push(Moved {
                old: one.named(),
                new: other.named(),
                because: proposal.because.to_owned(),
                with: 0,
                edits: change.edits,
                facts: change.facts,
            });
        }
    }
    (parts, pairs)
}

/// Flows. Those of elements that seem to have moved follow them.
pub(super) fn flows(old: &Record, new: &Record, pairs: &mut Pairs) -> Parts {
    let (olds, news) = (part::flows(old), part::flows(new));
    let (same, proposals) = pair::flows(&olds, &news, pairs);
    let names = Names::new(old, new);
    let mut parts = rest(&olds, &news, same.into_iter(), &proposals, pairs, &names);
    for proposal in &proposals {
        let (one, other) = (&olds[proposal.old], &news[proposal.new]);
        let change = compare(one, other, pairs, &names);
        parts.moved.push(Moved {
            old: one.named(),
            new: other.named(),
            because: proposal.because.to_owned(),
            with: 0,
            edits: change.edits,
            facts: change.facts,
        });
    }
    parts
}

/// Data assets, identities and diagrams. A diagram is the same when it has the same id or shows the same.
pub(super) fn others(old: &Record, new: &Record, pairs: &Pairs) -> Parts {
    let (mut olds, mut news) = (part::others(old), part::others(new));
    let names = Names::new(old, new);
    let mut left: BTreeSet<usize> = (0..news.len()).collect();
    let mut same: Vec<(usize, usize)> = Vec::new();
    let ids = at(&news);
    let mut open = Vec::new();
    for (here, part) in olds.iter().enumerate() {
        match ids.get(part.id.as_str()) {
            Some(other) => {
                left.remove(other);
                same.push((here, *other));
            }
            None => open.push(here),
        }
    }
    for here in open {
        let shows = olds[here].refs.get("shows").map(|ids| followed(ids, pairs));
        let found = left
            .iter()
            .copied()
            .find(|other| shows.is_some() && news[*other].refs.get("shows").map(|ids| set(ids)) == shows);
        if let Some(other) = found {
            left.remove(&other);
            same.push((here, other));
        }
    }
    // What a diagram shows is told by its elements.
    for part in olds.iter_mut().chain(&mut news) {
        part.refs.remove("shows");
    }
    rest(&olds, &news, same.into_iter(), &[], pairs, &names)
}

/// Document properties.
pub(super) fn document(old: &Record, new: &Record) -> Vec<Edit> {
    edits(&old.model.document, &new.model.document)
}

/// Facts about the model as a whole.
pub(super) fn model_facts(old: &Record, new: &Record) -> Vec<FactEdit> {
    fact_edits(&part::facts(&old.model.facts), &part::facts(&new.model.facts))
}

/// Packs and their versions.
pub(super) fn packs(old: &Record, new: &Record) -> Vec<Edit> {
    let of = |record: &Record| -> BTreeMap<String, String> {
        let packs = record.findings.iter().flat_map(|findings| &findings.packs);
        packs.map(|pack| (pack.id.clone(), pack.version.clone())).collect()
    };
    if old.findings.is_none() || new.findings.is_none() {
        return Vec::new();
    }
    edits(&of(old), &of(new))
}

/// Names of both sides, to print ids.
struct Names<'a> {
    old: BTreeMap<&'a str, &'a str>,
    new: BTreeMap<&'a str, &'a str>,
}

impl<'a> Names<'a> {
    fn new(old: &'a Record, new: &'a Record) -> Self {
        Self { old: part::names(old), new: part::names(new) }
    }
}

fn at(parts: &[Part]) -> BTreeMap<&str, usize> {
    parts.iter().enumerate().map(|(at, part)| (part.id.as_str(), at)).collect()
}

fn set(ids: &[String]) -> BTreeSet<String> {
    ids.iter().cloned().collect()
}

fn followed(ids: &[String], pairs: &Pairs) -> BTreeSet<String> {
    ids.iter().map(|id| pairs.follow(id).to_owned()).collect()
}

/// Changed pairs, and what is on one side only.
fn rest(
    olds: &[Part],
    news: &[Part],
    same: impl Iterator<Item = (usize, usize)>,
    proposals: &[Proposal],
    pairs: &Pairs,
    names: &Names<'_>,
) -> Parts {
    let mut parts = Parts::default();
    let mut seen_old: BTreeSet<usize> = proposals.iter().map(|proposal| proposal.old).collect();
    let mut seen_new: BTreeSet<usize> = proposals.iter().map(|proposal| proposal.new).collect();
    let mut same: Vec<(usize, usize)> = same.collect();
    same.sort_by_key(|(_, new)| *new);
    for (one, other) in same {
        seen_old.insert(one);
        seen_new.insert(other);
        let change = compare(&olds[one], &news[other], pairs, names);
        sort_in(&mut parts, change);
    }
    let left = |parts: &[Part], seen: &BTreeSet<usize>| {
        let left = parts.iter().enumerate().filter(|(at, _)| !seen.contains(at));
        left.map(|(_, part)| part.named()).collect()
    };
    parts.removed = left(olds, &seen_old);
    parts.added = left(news, &seen_new);
    parts
}

/// A change with something that somebody wrote is one; the rest follows from elsewhere.
fn sort_in(parts: &mut Parts, change: PartChange) {
    let authored = !change.edits.is_empty() || change.facts.iter().any(FactEdit::is_authored);
    if authored {
        parts.changed.push(change);
    } else if !change.facts.is_empty() {
        parts.follows.push(change);
    }
}

fn compare(old: &Part, new: &Part, pairs: &Pairs, names: &Names<'_>) -> PartChange {
    let mut found = edits(&old.lines, &new.lines);
    let what: BTreeSet<&str> = old.refs.keys().chain(new.refs.keys()).copied().collect();
    let none = Vec::new();
    for what in what {
        let (before, now) = (old.refs.get(what).unwrap_or(&none), new.refs.get(what).unwrap_or(&none));
        let followed: Vec<&str> = before.iter().map(|id| pairs.follow(id)).collect();
        let same =
            if what == "via" { followed.iter().eq(now.iter()) } else { set_of(&followed) == set_of(now) };
        if !same {
            let told = |ids: &[String], names: &BTreeMap<&str, &str>| {
                let words: Vec<&str> =
                    ids.iter().map(|id| names.get(id.as_str()).copied().unwrap_or(id.as_str())).collect();
                (!words.is_empty()).then(|| words.join(", "))
            };
            found.push(Edit {
                what: what.to_owned(),
                old: told(before, &names.old),
                new: told(now, &names.new),
            });
        }
    }
    let mut facts = fact_edits(&old.facts, &new.facts);
    facts.sort_by_key(|edit| !edit.is_authored());
    PartChange { part: new.named(), edits: found, facts }
}

fn set_of<T: AsRef<str>>(ids: &[T]) -> BTreeSet<&str> {
    ids.iter().map(AsRef::as_ref).collect()
}

/// Entries that differ.
pub(super) fn edits(old: &BTreeMap<String, String>, new: &BTreeMap<String, String>) -> Vec<Edit> {
    let keys: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    keys.into_iter()
        .filter(|key| old.get(*key) != new.get(*key))
        .map(|key| Edit { what: key.clone(), old: old.get(key).cloned(), new: new.get(key).cloned() })
        .collect()
}

/// Facts whose value or origin differs. Where one stands and who said it is no difference.
fn fact_edits(old: &BTreeMap<String, Known>, new: &BTreeMap<String, Known>) -> Vec<FactEdit> {
    let keys: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let said = |known: Option<&Known>| known.map(|known| (known.value.clone(), known.origin.clone()));
    keys.into_iter()
        .filter(|key| said(old.get(*key)) != said(new.get(*key)))
        .map(|key| FactEdit { key: key.clone(), old: old.get(key).cloned(), new: new.get(key).cloned() })
        .collect()
}
