//! What notes say of the element or flow that they stand beside.

use super::label::{self, Position};
use super::names::Names;
use super::relations;
use crate::catalog::{Catalog, Setting, words};
use crate::model::{
    ElementId, ElementKind, Fact, FactKey, FactValue, Model, Origin, RelationId, Technology, ViewNote,
};

/// Technologies that short notes and sentences about firewalls name.
pub(super) fn technologies(model: &mut Model, catalog: &Catalog) {
    let mut found: Vec<(ElementId, Technology)> = Vec::new();
    for view in &model.views {
        let drawn: Vec<&ElementId> = view.nodes.iter().map(|node| &node.element).collect();
        for note in &view.notes {
            if let Some(id) = &note.element {
                found.extend(
                    remark(model, catalog, id, &note.text).map(|technology| (id.clone(), technology)),
                );
            }
            let firewalls = drawn.iter().filter(|id| kind_of(model, id) == Some(ElementKind::Firewall));
            if let Some(technology) = all_firewalls(catalog, &note.text) {
                found.extend(firewalls.map(|id| ((*id).clone(), technology.clone())));
            }
        }
    }
    for (id, technology) in found {
        let Some(element) = model.elements.get_mut(&id) else { continue };
        let known = element.technologies.iter().any(|known| {
            known.id.as_deref().and_then(|id| catalog.technology(id)).is_some_and(|known| !known.generic)
        });
        if !known {
            element.technologies.push(technology);
        }
    }
}

fn kind_of(model: &Model, id: &ElementId) -> Option<ElementKind> {
    model.elements.get(id).map(|element| element.kind)
}

/// A note that is little more than a product: "Forefront TMG 2010".
fn remark(model: &Model, catalog: &Catalog, id: &ElementId, text: &str) -> Option<Technology> {
    let element = model.elements.get(id)?;
    let short = words(text).len() <= 6;
    let setting = Setting::Title(element.kind);
    let found = catalog.technologies_in(text, setting);
    let [one] = found.as_slice() else { return None };
    let covers = words(&text[one.start..one.end]).len() * 2 >= words(text).len();
    (short && covers && !one.technology.generic && !element.kind.is_boundary()).then(|| Technology {
        written: text[one.start..one.end].to_owned(),
        id: Some(one.technology.id.to_owned()),
        version: one.version.clone(),
    })
}

/// "All firewalls run Forefront TMG 2010."
fn all_firewalls(catalog: &Catalog, text: &str) -> Option<Technology> {
    for sentence in text.split(['.', '\n', ';']) {
        let parts = words(sentence);
        let Some(at) = parts.iter().position(|word| word.text == "firewalls") else { continue };
        let verb = parts
            .get(at + 1..)
            .unwrap_or_default()
            .iter()
            .find(|word| matches!(word.text.as_str(), "run" | "are" | "use" | "is" | "with"));
        let Some(verb) = verb else { continue };
        let hedged = parts.iter().any(|word| {
            matches!(
                word.text.as_str(),
                "no" | "not" | "should" | "could" | "may" | "can" | "must" | "or" | "if"
            )
        });
        let found = catalog.technologies_in(sentence, Setting::Title(ElementKind::Firewall));
        let product = found.iter().find(|found| !found.technology.generic && found.start > verb.start);
        if let Some(product) =
            product.filter(|product| !hedged && product.technology.kind == ElementKind::Firewall)
        {
            return Some(Technology {
                written: sentence[product.start..product.end].to_owned(),
                id: Some(product.technology.id.to_owned()),
                version: product.version.clone(),
            });
        }
    }
    None
}

/// Conditions that notes put on flows, trust that they state between zones, and dead letters.
pub(super) fn statements(model: &mut Model, catalog: &'static Catalog) {
    let notes: Vec<ViewNote> = model.views.iter().flat_map(|view| view.notes.iter().cloned()).collect();
    let devices = Names::of_kinds(model, |kind| matches!(kind, ElementKind::Firewall | ElementKind::Gateway));
    for note in &notes {
        if let Some(id) = &note.relation {
            on_relation(model, catalog, id, note);
        }
        if let Some(id) = &note.element {
            conditional(model, catalog, id, note);
        }
        proxies(model, &devices, note);
    }
    let conditional_names: Vec<ElementId> = model
        .elements
        .values()
        .filter(|element| label::read(catalog, &element.name, Position::Prose).optional)
        .map(|element| element.id.clone())
        .collect();
    for id in conditional_names {
        make_optional(model, &id);
    }
}

fn on_relation(model: &mut Model, catalog: &'static Catalog, id: &RelationId, note: &ViewNote) {
    let Some(relation) = model.relations.get_mut(id) else { return };
    // A short note is a label that found no place; a long one is prose.
    let said = label::read(catalog, &note.text, Position::Prose);
    relation.optional |= said.optional;
    if words(&note.text).len() > 6 {
        return;
    }
    let written = relation.protocols.iter().any(|protocol| protocol.origin >= Origin::Stated);
    if !written && !said.protocols.is_empty() {
        relation.ports.retain(|port| port.origin >= Origin::Stated);
        relation.protocols = said
            .protocols
            .iter()
            .map(|(id, written)| crate::model::Protocol {
                id: (*id).to_owned(),
                written: written.clone(),
                origin: Origin::Stated,
            })
            .collect();
    }
    if relation.ports.iter().all(|port| port.origin == Origin::Inferred) && !said.ports.is_empty() {
        relation.ports = said.ports;
    }
    relations::protect(relation, catalog);
    relations::complete(relation, catalog);
}

/// "Only if there is no reverse proxy." beside a box: the flows of the box are optional.
fn conditional(model: &mut Model, catalog: &'static Catalog, id: &ElementId, note: &ViewNote) {
    let short = words(&note.text).len() <= 12;
    if short && label::read(catalog, &note.text, Position::Prose).optional {
        make_optional(model, id);
    }
}

fn make_optional(model: &mut Model, id: &ElementId) {
    if model.elements.get(id).is_none_or(|element| element.kind.is_boundary()) {
        return;
    }
    for relation in model.relations.values_mut().filter(|relation| relation.from == *id || relation.to == *id)
    {
        relation.optional = true;
    }
}

/// "FW3 or FW4 should be a reverse proxy": each of them may be.
fn proxies(model: &mut Model, names: &Names, note: &ViewNote) {
    let lower = note.text.to_lowercase();
    if !lower.contains("reverse proxy") {
        return;
    }
    let parts = words(&note.text);
    let end =
        parts.windows(2).position(|pair| pair[0].text == "reverse" && pair[1].text == "proxy").unwrap_or(0);
    let denied = parts[..end].iter().any(|word| matches!(word.text.as_str(), "no" | "not" | "without"));
    let named: Vec<ElementId> =
        (0..end).filter_map(|at| names.at(&parts, at)).map(|(_, id)| id.clone()).collect();
    for id in named.into_iter().filter(|_| !denied) {
        if let Some(element) =
            model.elements.get_mut(&id).filter(|element| element.facts.get(FactKey::Roles).is_none())
        {
            let value = FactValue::List(vec!["reverse-proxy".to_owned()]);
            let why = "a note says that it may be a reverse proxy".to_owned();
            element.facts.add(Fact::because(FactKey::Roles, value, Origin::Inferred, Some(note.place), why));
        }
    }
}
