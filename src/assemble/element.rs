//! Entities to elements: ids, and what all drafts of an element say.

use std::collections::BTreeMap;

use super::identity::{EntityIndex, Known};
use super::technology;
use super::tree::Tree;
use crate::model::{
    Conflict, Draft, Element, ElementId, ElementKind, Fragment, Merge, Model, Technology, short_slug,
};
use crate::source::{Place, Sources};

/// Puts the elements into the model, with merges and disputes. Returns the id of each entity.
pub(super) fn gather(
    model: &mut Model,
    fragments: &[Fragment],
    known: &Known,
    tree: &Tree,
    sources: &Sources,
) -> Vec<ElementId> {
    let ids = ids(fragments, known, tree);
    for entity in tree.order.iter().copied() {
        let element = element(fragments, known, tree, &ids, entity);
        if let Some(why) = known.entities[entity].why {
            let places = element.origins.clone();
            model.merges.push(Merge {
                element: element.id.clone(),
                near_miss: None,
                why: why.to_owned(),
                places,
            });
        }
        model.doubts.extend(technology::doubt(fragments, known, entity, &element.id, sources));
        model.elements.insert(element.id.clone(), element);
    }
    for near in &known.near_misses {
        let places =
            [near.other, near.entity].into_iter().filter_map(|at| origin(fragments, known, at)).collect();
        model.merges.push(Merge {
            element: ids[near.other].clone(),
            near_miss: Some(ids[near.entity].clone()),
            why: near.why.to_owned(),
            places,
        });
    }
    for dispute in &known.disputes {
        model.conflicts.push(Conflict {
            subject: ids[dispute.subject].to_string(),
            text: dispute.text.clone(),
            places: dispute.places.clone(),
        });
    }
    ids
}

/// Explicit ids as they are; else the slug path of names. What is taken gets `~2`, `~3`, ... in
/// the order of the model.
fn ids(fragments: &[Fragment], known: &Known, tree: &Tree) -> Vec<ElementId> {
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    for id in known.entities.iter().filter_map(|entity| entity.explicit_id.as_ref()) {
        taken.insert(id.clone(), 1);
    }
    let mut ids: Vec<ElementId> = vec![ElementId::new(""); known.entities.len()];
    for entity in tree.order.iter().copied() {
        ids[entity] = if let Some(id) = &known.entities[entity].explicit_id {
            ElementId::new(id)
        } else {
            let name = short_slug(drafts(fragments, known, entity).next().map_or("", |draft| &draft.name));
            let path = tree.parents[entity].map_or(name.clone(), |parent| format!("{}/{name}", ids[parent]));
            ElementId::new(unique(&mut taken, path))
        };
    }
    ids
}

/// The id itself, or with the first `~n` that is free.
pub(super) fn unique(taken: &mut BTreeMap<String, usize>, id: String) -> String {
    let Some(count) = taken.get(&id).copied() else {
        taken.insert(id.clone(), 1);
        return id;
    };
    let mut next = count + 1;
    while taken.contains_key(&format!("{id}~{next}")) {
        next += 1;
    }
    let free = format!("{id}~{next}");
    taken.insert(id, next);
    taken.insert(free.clone(), 1);
    free
}

fn drafts<'a>(
    fragments: &'a [Fragment],
    known: &'a Known,
    entity: EntityIndex,
) -> impl Iterator<Item = &'a Draft> {
    known.entities[entity].drafts.iter().map(|(fragment, local)| &fragments[*fragment].drafts[local.0])
}

fn origin(fragments: &[Fragment], known: &Known, entity: EntityIndex) -> Option<Place> {
    drafts(fragments, known, entity).next()?.origins.first().copied()
}

fn element(
    fragments: &[Fragment],
    known: &Known,
    tree: &Tree,
    ids: &[ElementId],
    entity: EntityIndex,
) -> Element {
    let merged = &known.entities[entity];
    let mut element = Element::new(ids[entity].clone(), merged.kind, "");
    element.parent = tree.parents[entity].map(|parent| ids[parent].clone());
    element.also_in = tree.also_in[entity].iter().map(|holder| ids[*holder].clone()).collect();
    element.instance_of = merged.instance_of.map(|logical| ids[logical].clone());
    for draft in drafts(fragments, known, entity) {
        add(&mut element, draft);
    }
    if element.kind == ElementKind::Boundary && element.instance_of.is_some() {
        element.kind = ElementKind::Unknown;
    }
    element
}

fn add(element: &mut Element, draft: &Draft) {
    if element.name.is_empty() {
        element.name.clone_from(&draft.name);
    }
    if element.description.is_none() {
        element.description.clone_from(&draft.description);
    }
    add_technologies(&mut element.technologies, &draft.technologies);
    add_words(&mut element.tags, &draft.tags);
    add_words(&mut element.stereotypes, &draft.stereotypes);
    add_words(&mut element.basis, &draft.basis);
    for (name, value) in &draft.properties {
        element.properties.entry(name.clone()).or_insert_with(|| value.clone());
    }
    for fact in draft.facts.iter() {
        element.facts.add(fact.clone());
    }
    for place in &draft.origins {
        if element.origins.last() != Some(place) {
            element.origins.push(*place);
        }
    }
}

/// Adds technologies that are not there yet, by their words.
pub(super) fn add_technologies(known: &mut Vec<Technology>, more: &[Technology]) {
    for technology in more {
        let same = |other: &Technology| other.written.eq_ignore_ascii_case(&technology.written);
        match known.iter_mut().find(|other| same(other)) {
            Some(other) => {
                other.id = other.id.take().or_else(|| technology.id.clone());
                other.version = other.version.take().or_else(|| technology.version.clone());
            }
            None => known.push(technology.clone()),
        }
    }
}

/// Adds words that are not there yet.
pub(super) fn add_words(known: &mut Vec<String>, more: &[String]) {
    for word in more {
        if !known.contains(word) {
            known.push(word.clone());
        }
    }
}
