//! Groups of flows of which only one is built, and what flows say of the elements at their ends.

use std::collections::BTreeMap;

use super::label::{self, Position};
use crate::catalog::Catalog;
use crate::model::{
    ElementId, ElementKind, Fact, FactKey, FactValue, Initiator, Model, Origin, RelationId, slug,
};

/// Flows of one model that are compared with all others at most.
const MOST: usize = 500;

/// Names the group of a flow that says "or", "either" or "alternatively" and names none: it is
/// grouped with the flows of the same protocols that share an end with it.
pub(super) fn group(model: &mut Model, catalog: &'static Catalog) {
    let marked: Vec<RelationId> = model
        .relations
        .values()
        .filter(|relation| relation.alternative.is_none())
        .filter(|relation| {
            let label = relation.label.as_deref().unwrap_or_default();
            label::read(catalog, label, Position::Prose).alternative
        })
        .map(|relation| relation.id.clone())
        .take(MOST)
        .collect();
    for id in marked {
        let Some(relation) = model.relations.get(&id).cloned() else { continue };
        let protocols: Vec<&str> = relation.protocols.iter().map(|protocol| protocol.id.as_str()).collect();
        let name = slug(&format!("{} {}", relation.from, protocols.join(" ")));
        let alike = |other: &crate::model::Relation| {
            let shares = other.from == relation.from || other.to == relation.to;
            let same = protocols.is_empty()
                || other.protocols.iter().any(|protocol| protocols.contains(&protocol.id.as_str()));
            other.id != id && shares && same && other.alternative.is_none()
        };
        let partners: Vec<RelationId> =
            model.relations.values().filter(|other| alike(other)).map(|other| other.id.clone()).collect();
        // With several candidates it is not clear which of them it replaces.
        if let [partner] = partners.as_slice() {
            for member in [&id, partner] {
                if let Some(member) = model.relations.get_mut(member) {
                    member.alternative = Some(name.clone());
                }
            }
        }
    }
}

/// What the purposes of flows say of their ends: watched by monitoring, backed up, dead letters.
pub(super) fn ends(model: &mut Model, catalog: &Catalog) {
    let mut found: BTreeMap<(ElementId, FactKey), Fact> = BTreeMap::new();
    for relation in model.relations.values() {
        let (Some(from), Some(to)) = (model.elements.get(&relation.from), model.elements.get(&relation.to))
        else {
            continue;
        };
        let place = relation.origins.first().copied();
        let has = |element: &crate::model::Element, word: &str| {
            catalog.has_trait(&element.technologies, word) == Some(true)
        };
        let mut say = |element: &crate::model::Element, key: FactKey, why: String| {
            let fact = Fact::because(key, FactValue::word("yes"), Origin::Derived, place, why);
            found.entry((element.id.clone(), key)).or_insert(fact);
        };
        let purpose =
            relation.facts.at_least(FactKey::Purpose, Origin::Derived).map(|fact| fact.value.display());
        for (watched, watcher) in [(from, to), (to, from)] {
            // Whoever looks at a dashboard is not watched by it.
            let opened = match relation.initiator {
                Initiator::From => watcher.id == from.id,
                Initiator::To => watcher.id == to.id,
                Initiator::Either | Initiator::Unknown => false,
            };
            let says = purpose.as_deref() == Some("monitoring");
            let watches = (has(watcher, "monitoring") || has(watcher, "logging")) && (opened || says);
            // A dashboard signs its users in at the identity server.
            let signs_in = watched.kind == ElementKind::Identity && !says;
            let watches = watches && watched.kind != ElementKind::Person && !signs_in;
            if watches && !has(watched, "monitoring") && !watched.kind.is_boundary() {
                say(watched, FactKey::Monitored, format!("a flow between it and {} is drawn", watcher.name));
            }
            if has(watcher, "backup") && purpose.as_deref() == Some("backup") && !has(watched, "backup") {
                say(
                    watched,
                    FactKey::Backup,
                    format!("a backup flow between it and {} is drawn", watcher.name),
                );
            }
        }
        if is_dead_letter(&to.name) && !is_dead_letter(&from.name) {
            say(from, FactKey::DeadLetter, format!("failed messages go to {}", to.name));
        }
    }
    for ((id, _), fact) in found {
        if let Some(element) =
            model.elements.get_mut(&id).filter(|element| element.facts.get(fact.key).is_none())
        {
            element.facts.add(fact);
        }
    }
}

fn is_dead_letter(name: &str) -> bool {
    let folded = slug(name);
    ["dead-letter", "deadletter", "dlq", "error-queue", "poison"].iter().any(|word| {
        folded == *word
            || folded.contains(word) && (folded.starts_with(word) || folded.contains(&format!("-{word}")))
    })
}
