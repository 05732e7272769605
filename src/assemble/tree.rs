//! The canonical tree: of all that hold an element in some drawing, the one that counts.

use std::collections::BTreeSet;

use super::compatible::Hold;
use super::identity::{Dispute, EntityIndex, Known};
use crate::model::{ElementKind, Fragment, LocalId};
use crate::source::Sources;

/// Where every entity stands.
pub(super) struct Tree {
    /// Entities in the order of the model: as first drawn, parents before their children.
    pub(super) order: Vec<EntityIndex>,
    /// The canonical parent of each entity.
    pub(super) parents: Vec<Option<EntityIndex>>,
    /// Other entities that some view draws it in.
    pub(super) also_in: Vec<Vec<EntityIndex>>,
}

/// Chooses canonical parents. An owner counts more than a zone, a zone more than a host, a host
/// more than a grouping; among equals the innermost one, then the first one drawn. For what runs in
/// a host, the host counts most.
pub(super) fn grow(fragments: &[Fragment], known: &mut Known, sources: &Sources) -> Tree {
    let mut first: Vec<EntityIndex> = (0..known.entities.len()).collect();
    first.sort_by_key(|entity| (known.entities[*entity].drafts.iter().min().copied(), *entity));
    let mut parents: Vec<Option<EntityIndex>> = vec![None; known.entities.len()];
    for entity in first.iter().copied() {
        let mut wanted = known.entities[entity].parents.clone();
        wanted.sort_by_key(|parent| rank(known, entity, *parent));
        for parent in innermost_first(known, wanted) {
            if !is_inside(&parents, parent, entity) {
                parents[entity] = Some(parent);
                break;
            }
            let dispute = circle(fragments, known, entity, parent, sources);
            known.disputes.push(dispute);
        }
    }
    let also_in = also_in(fragments, known, &parents);
    Tree { order: parents_first(&first, &parents), parents, also_in }
}

fn rank(known: &Known, entity: EntityIndex, parent: EntityIndex) -> u8 {
    let child = &known.entities[entity];
    match known.hold(parent) {
        Hold::Runs if child.hosted || child.kind == ElementKind::Host => 0,
        Hold::Owns => 1,
        Hold::Encloses => 2,
        Hold::Runs => 3,
        Hold::Groups => 4,
    }
}

/// Of equal rank, a parent that stands in another one comes before it.
fn innermost_first(known: &Known, wanted: Vec<EntityIndex>) -> Vec<EntityIndex> {
    let Some(best) = wanted.first().copied() else { return wanted };
    let meaning = known.hold(best);
    let inner = wanted
        .iter()
        .copied()
        .take(64)
        .filter(|at| known.hold(*at) == meaning)
        .fold(best, |inner, at| if known.holds(inner, at) { at } else { inner });
    let mut sorted = vec![inner];
    sorted.extend(wanted.into_iter().filter(|at| *at != inner));
    sorted
}

/// Whether `inner` is `outer` or stands in it.
fn is_inside(parents: &[Option<EntityIndex>], inner: EntityIndex, outer: EntityIndex) -> bool {
    std::iter::successors(Some(inner), |at| parents[*at]).any(|at| at == outer)
}

fn circle(
    fragments: &[Fragment],
    known: &Known,
    entity: EntityIndex,
    parent: EntityIndex,
    sources: &Sources,
) -> Dispute {
    let drafts = |at: EntityIndex| known.entities[at].drafts.iter();
    let draft = |(fragment, local): (usize, LocalId)| &fragments[fragment].drafts[local.0];
    // Where the one is drawn in the other; for a longer circle, where it is drawn at all.
    let place = |inner: EntityIndex, outer: EntityIndex| {
        let holds = |at: &&(usize, LocalId)| {
            draft(**at).parent.is_some_and(|holder| known.of[at.0][holder.0] == outer)
        };
        let found = drafts(inner).find(holds).or_else(|| drafts(inner).next());
        found.and_then(|at| draft(*at).origins.first()).copied().unwrap_or_default()
    };
    let name = |at: EntityIndex| drafts(at).next().map_or("", |at| draft(*at).name.as_str());
    let places = vec![place(parent, entity), place(entity, parent)];
    let text = format!(
        "`{}` holds `{}` in {} and stands in it in {}",
        name(entity),
        name(parent),
        sources.locate(places[0].span),
        sources.locate(places[1].span),
    );
    Dispute { subject: entity, text, places }
}

/// What else holds an entity, in the drafts or as a diagram nests it.
fn also_in(fragments: &[Fragment], known: &Known, parents: &[Option<EntityIndex>]) -> Vec<Vec<EntityIndex>> {
    let mut drawn: Vec<Vec<EntityIndex>> =
        known.entities.iter().map(|entity| entity.parents.clone()).collect();
    for (at, fragment) in fragments.iter().enumerate() {
        for node in fragment.sheets.iter().flat_map(|sheet| &sheet.nodes) {
            let entity = known.of[at][node.draft.0];
            if let Some(parent) = node.parent.map(|parent| known.of[at][parent.0])
                && !drawn[entity].contains(&parent)
            {
                drawn[entity].push(parent);
            }
        }
    }
    let mut also_in = Vec::with_capacity(drawn.len());
    for (entity, mut holders) in drawn.into_iter().enumerate() {
        holders.retain(|holder| !is_inside(parents, entity, *holder));
        also_in.push(holders);
    }
    also_in
}

fn parents_first(first: &[EntityIndex], parents: &[Option<EntityIndex>]) -> Vec<EntityIndex> {
    let mut order = Vec::with_capacity(first.len());
    let mut placed: BTreeSet<EntityIndex> = BTreeSet::new();
    for start in first.iter().copied() {
        let mut chain = Vec::new();
        let mut next = Some(start);
        while let Some(at) = next.filter(|at| !placed.contains(at)) {
            chain.push(at);
            next = parents[at];
        }
        for at in chain.into_iter().rev() {
            placed.insert(at);
            order.push(at);
        }
    }
    order
}
