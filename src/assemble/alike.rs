//! Names that differ only in how they are written: `Order Service`, `OrderService`, `Orders Service`.

use std::collections::BTreeMap;

use super::compatible::{Kinship, kinship};
use super::identity::{EntityIndex, Known, NearMiss};
use super::name::{fold, is_generic, loose};
use crate::model::Fragment;

/// Elements of one loose name that each is compared with at most.
const CANDIDATES: usize = 16;

/// Adds the pairs of elements whose names are alike and that may be one: each element with the first such one.
pub(super) fn find(fragments: &[Fragment], known: &mut Known) {
    let name = |entity: EntityIndex| {
        let first = known.entities[entity].drafts.first();
        first.map_or("", |(fragment, local)| fragments[*fragment].drafts[local.0].name.as_str())
    };
    let mut found = Vec::new();
    let mut by_loose: BTreeMap<String, Vec<EntityIndex>> = BTreeMap::new();
    for entity in 0..known.entities.len() {
        let folded = fold(name(entity));
        if is_generic(&folded) {
            continue;
        }
        let alike = by_loose.entry(loose(name(entity))).or_default();
        let other = alike
            .iter()
            .copied()
            .take(CANDIDATES)
            .find(|other| fold(name(*other)) != folded && may_be_one(known, *other, entity));
        if let Some(other) = other {
            found.push(NearMiss { entity, other, why: "names that differ only in how they are written" });
        }
        alike.push(entity);
    }
    known.near_misses.extend(found);
}

/// Nobody drew or named the two apart, and neither holds the other.
fn may_be_one(known: &Known, one: EntityIndex, other: EntityIndex) -> bool {
    let (a, b) = (&known.entities[one], &known.entities[other]);
    let told_apart = a.explicit_id.is_some() && b.explicit_id.is_some();
    let drawn_apart = a.units.iter().any(|unit| b.units.binary_search(unit).is_ok());
    matches!(kinship(a.kind, b.kind), Kinship::One(_))
        && !told_apart
        && !drawn_apart
        && !known.holds(one, other)
        && !known.holds(other, one)
}
