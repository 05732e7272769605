//! Facts that are supposed for a moment: what would follow from an answer.

use super::index::At;
use crate::assessment::{SubjectRef, fits};
use crate::model::{ElementId, FactKey, FactValue, RelationId};

/// What all parts of one answer say.
#[derive(Debug)]
pub(super) struct Supposition<'a>(pub(super) &'a [Supposed]);

/// What one answer says of some subjects.
#[derive(Clone, Debug)]
pub(super) struct Supposed {
    /// In order.
    pub(super) subjects: Vec<At>,
    pub(super) values: Vec<(FactKey, FactValue)>,
}

impl Supposition<'_> {
    /// What is supposed of a subject.
    pub(super) fn value(&self, key: FactKey, at: At) -> Option<&FactValue> {
        let of = self.0.iter().filter(|part| part.subjects.binary_search(&at).is_ok());
        of.flat_map(|part| &part.values).find(|(known, _)| *known == key).map(|(_, value)| value)
    }
}

/// The subjects by the facts of the set that fit them; empty when none fits any.
pub(super) fn fitting(subjects: &[At], set: &[(FactKey, FactValue)]) -> Vec<Supposed> {
    let mut parts: Vec<Supposed> = Vec::new();
    for at in subjects {
        let values: Vec<(FactKey, FactValue)> =
            set.iter().filter(|(key, _)| fact_fits(*key, *at)).cloned().collect();
        if values.is_empty() {
            continue;
        }
        match parts.iter_mut().find(|part| part.values == values) {
            Some(part) => part.subjects.push(*at),
            None => parts.push(Supposed { subjects: vec![*at], values }),
        }
    }
    parts
}

/// Whether a fact says something of this kind of subject.
pub(super) fn fact_fits(key: FactKey, at: At) -> bool {
    // Only the kind of subject counts.
    match at {
        At::Element(_) => fits(key, &SubjectRef::Element(ElementId::new(""))),
        At::Relation(_) => fits(key, &SubjectRef::Relation(RelationId::new(""))),
        At::Model => fits(key, &SubjectRef::Model),
        At::View(_) => false,
    }
}
