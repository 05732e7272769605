//! Flows that are drawn in pieces through firewalls, load balancers and networks, joined into one.
//!
//! Pieces are joined at an element only when it is clear which belong together: they share a
//! protocol that has one line on one side, or one side has a single line. Never all with all.

use std::collections::{BTreeMap, BTreeSet};

use super::relations;
use crate::catalog::{self, Catalog};
use crate::model::{
    DataDirection, Element, ElementId, ElementKind, FactKey, Heads, Initiator, Model, Origin, Phase,
    Relation, RelationId, relation_id,
};

/// Pieces of one path at most.
const LONGEST: usize = 8;
/// Paths of one model at most.
const MOST: usize = 2000;
/// Lines at one element, in times out, at most.
const WIDEST: usize = 400;

/// Joins what is drawn in pieces and adds the paths to the model.
pub(super) fn join(model: &mut Model, catalog: &'static Catalog) {
    let joints = Joints::of(model, catalog);
    let mut paths: Vec<Vec<usize>> = Vec::new();
    for start in 0..model.relations.len() {
        if joints.has_before(start) || paths.len() >= MOST {
            continue;
        }
        walk(model, &joints, &mut vec![start], &mut paths);
    }
    let mut joined: Vec<Relation> = Vec::new();
    for path in paths {
        let pieces: Vec<&Relation> =
            path.iter().filter_map(|at| model.relations.get_index(*at)).map(|(_, r)| r).collect();
        joined.extend(one(&pieces));
    }
    for mut relation in joined {
        let base = relation.id.as_str().to_owned();
        let mut number = 2;
        while model.relations.contains_key(&relation.id) {
            relation.id = RelationId::new(format!("{base}~{number}"));
            number += 1;
        }
        relations::protect(&mut relation, catalog);
        relations::complete(&mut relation, catalog);
        model.relations.insert(relation.id.clone(), relation);
    }
}

/// Which lines go on where.
struct Joints {
    after: BTreeMap<usize, Vec<usize>>,
    before: BTreeSet<usize>,
}

impl Joints {
    fn of(model: &Model, catalog: &Catalog) -> Self {
        let mut into: BTreeMap<&ElementId, Vec<usize>> = BTreeMap::new();
        let mut out: BTreeMap<&ElementId, Vec<usize>> = BTreeMap::new();
        for (at, relation) in model.relations.values().enumerate() {
            let usable = relation.pieces.is_empty()
                && relation.realizes.is_none()
                && relation.heads == Heads::One
                && !controls(relation);
            if usable && relation.from != relation.to {
                into.entry(&relation.to).or_default().push(at);
                out.entry(&relation.from).or_default().push(at);
            }
        }
        let holders: BTreeSet<&ElementId> =
            model.elements.values().filter_map(|element| element.parent.as_ref()).collect();
        let mut joints = Self { after: BTreeMap::new(), before: BTreeSet::new() };
        for element in model.elements.values().filter(|element| passes(element, &holders, catalog)) {
            let (Some(ins), Some(outs)) = (into.get(&element.id), out.get(&element.id)) else { continue };
            if ins.len() * outs.len() > WIDEST {
                continue;
            }
            for one in ins {
                for other in outs.iter().filter(|other| fits(model, *one, **other, ins, outs)) {
                    joints.after.entry(*one).or_default().push(*other);
                    joints.before.insert(*other);
                }
            }
        }
        joints
    }

    fn has_before(&self, at: usize) -> bool {
        self.before.contains(&at)
    }
}

/// Whether connections go through an element rather than end at it.
fn passes(element: &Element, holders: &BTreeSet<&ElementId>, catalog: &Catalog) -> bool {
    use ElementKind as K;
    let has = |word| catalog.has_trait(&element.technologies, word) == Some(true);
    match element.kind {
        K::Firewall => true,
        // Who resolves a name is not on the way to what is named.
        K::Network => !holders.contains(&element.id) && !has("dns"),
        K::Gateway => has("load-balancer") && !has("reverse-proxy") && !has("api-gateway") && !has("waf"),
        _ => false,
    }
}

/// Whether a line tells that one thing sets another up: that is no piece of the way through it.
fn controls(relation: &Relation) -> bool {
    const VERBS: [&str; 24] = [
        "attached",
        "attaches",
        "configure",
        "configures",
        "create",
        "creates",
        "deploy",
        "deploys",
        "manage",
        "managed",
        "manages",
        "monitor",
        "monitors",
        "owns",
        "provision",
        "provisions",
        "reconciles",
        "registers",
        "scales",
        "scrapes",
        "updates",
        "watch",
        "watches",
        "controls",
    ];
    let words = relation.label.as_deref().map(catalog::words).unwrap_or_default();
    words.iter().find(|word| word.number().is_none()).is_some_and(|word| VERBS.contains(&word.text.as_str()))
}

fn stated(relation: &Relation) -> BTreeSet<&str> {
    let written = relation.protocols.iter().filter(|protocol| protocol.origin >= Origin::Stated);
    written.map(|protocol| protocol.id.as_str()).collect()
}

fn fits(model: &Model, one: usize, other: usize, ins: &[usize], outs: &[usize]) -> bool {
    let relation = |at: usize| model.relations.get_index(at).map(|(_, relation)| relation);
    let (Some(first), Some(second)) = (relation(one), relation(other)) else { return false };
    if first.from == second.to || first.optional != second.optional && first.alternative != second.alternative
    {
        return false;
    }
    let (left, right) = (stated(first), stated(second));
    if left.is_empty() || right.is_empty() {
        return ins.len() == 1 || outs.len() == 1;
    }
    left.intersection(&right).any(|protocol| {
        let lines = |all: &[usize]| {
            all.iter()
                .filter(|at| relation(**at).is_some_and(|relation| stated(relation).contains(protocol)))
                .count()
        };
        lines(ins) == 1 || lines(outs) == 1
    })
}

fn walk(model: &Model, joints: &Joints, path: &mut Vec<usize>, paths: &mut Vec<Vec<usize>>) {
    let Some(last) = path.last().copied() else { return };
    let next: Vec<usize> = joints
        .after
        .get(&last)
        .into_iter()
        .flatten()
        .copied()
        .filter(|next| path.len() < LONGEST && carries_on(model, path, *next))
        .collect();
    if next.is_empty() {
        if path.len() > 1 && paths.len() < MOST {
            paths.push(path.clone());
        }
        return;
    }
    for at in next {
        path.push(at);
        walk(model, joints, path, paths);
        path.pop();
    }
}

/// Whether a piece continues a path: it returns to no element, and one protocol runs all along.
fn carries_on(model: &Model, path: &[usize], next: usize) -> bool {
    let relation = |at: usize| model.relations.get_index(at).map(|(_, relation)| relation);
    let Some(piece) = relation(next) else { return false };
    let pieces: Vec<&Relation> = path.iter().filter_map(|at| relation(*at)).collect();
    if pieces.iter().any(|old| old.from == piece.to || old.to == piece.to) {
        return false;
    }
    let labeled: Vec<BTreeSet<&str>> =
        pieces.iter().copied().chain([piece]).map(stated).filter(|set| !set.is_empty()).collect();
    match labeled.split_first() {
        None => true,
        Some((first, others)) => first.iter().any(|protocol| others.iter().all(|set| set.contains(protocol))),
    }
}

/// One relation of its pieces.
fn one(pieces: &[&Relation]) -> Option<Relation> {
    let (first, last) = (pieces.first()?, pieces.last()?);
    let labeled: Vec<&&Relation> = pieces.iter().filter(|piece| !stated(piece).is_empty()).collect();
    let label = pieces.iter().find_map(|piece| piece.label.clone());
    let protocols: Vec<_> = labeled.first().map_or_else(Vec::new, |piece| {
        let all_along = |id: &str| labeled.iter().all(|other| stated(other).contains(id));
        piece.protocols.iter().filter(|protocol| all_along(&protocol.id)).cloned().collect()
    });
    let words: Vec<&str> = protocols.iter().map(|protocol| protocol.id.as_str()).collect();
    let id = RelationId::new(relation_id(&first.from, &last.to, &words, label.as_deref()));
    let mut path = Relation::new(id, first.from.clone(), last.to.clone());
    path.protocols = protocols;
    path.label = label;
    path.technologies = labeled.first().map_or_else(Vec::new, |piece| piece.technologies.clone());
    path.pieces = pieces.iter().map(|piece| piece.id.clone()).collect();
    for (at, piece) in pieces.iter().enumerate() {
        path.via.extend(piece.via.iter().cloned());
        if at + 1 < pieces.len() {
            path.via.push(piece.to.clone());
        }
        path.origins.extend(piece.origins.iter().copied());
        path.basis.extend(
            piece.basis.iter().filter(|words| !path.basis.contains(words)).cloned().collect::<Vec<_>>(),
        );
        for port in piece.ports.iter().filter(|port| port.origin >= Origin::Stated) {
            if !path.ports.contains(port) {
                path.ports.push(port.clone());
            }
        }
    }
    path.via.dedup();
    // Ports belong to the end that answers: those of the last piece, when it names any.
    let answered: Vec<_> = last.ports.iter().filter(|port| port.origin >= Origin::Stated).cloned().collect();
    if !answered.is_empty() {
        path.ports = answered;
    }
    path.initiator = agreed(pieces.iter().map(|piece| piece.initiator), Initiator::Unknown);
    path.data = agreed(pieces.iter().map(|piece| piece.data), DataDirection::Unknown);
    path.phase = agreed(pieces.iter().map(|piece| piece.phase), Phase::Unknown);
    path.optional = pieces.iter().any(|piece| piece.optional);
    path.alternative = pieces.iter().find_map(|piece| piece.alternative.clone());
    path.dashed = pieces.iter().all(|piece| piece.dashed);
    path.step.clone_from(&first.step);
    facts(&mut path, pieces);
    Some(path)
}

/// Facts that hold along the way: clear text on one piece is clear text, protection must hold on
/// all of them; the rest is taken where the pieces agree.
fn facts(path: &mut Relation, pieces: &[&Relation]) {
    let says = |piece: &Relation, word: &str| piece.facts.word(FactKey::Encrypted) == Some(word);
    let clear = pieces.iter().find(|piece| says(piece, "no"));
    let all = pieces.iter().all(|piece| says(piece, "yes"));
    let deciding = clear.or_else(|| pieces.first().filter(|_| all));
    if let Some(fact) = deciding.and_then(|piece| piece.facts.get(FactKey::Encrypted)) {
        path.facts.add(fact.clone());
    }
    for piece in pieces {
        for fact in
            piece.facts.iter().filter(|fact| fact.key != FactKey::Encrypted && fact.origin > Origin::Inferred)
        {
            let elsewhere =
                |other: &&Relation| other.facts.get(fact.key).is_none_or(|known| known.value == fact.value);
            if pieces.iter().all(elsewhere) {
                path.facts.add(fact.clone());
            }
        }
    }
}

/// The value on which all that know one agree.
fn agreed<T: Copy + PartialEq>(values: impl Iterator<Item = T>, unknown: T) -> T {
    let mut known = values.filter(|value| *value != unknown);
    let Some(first) = known.next() else { return unknown };
    if known.all(|value| value == first) { first } else { unknown }
}
