//! Roles of elements and protocols that boxes name, from the words on them.

use std::collections::BTreeSet;

use super::label::{self, Position};
use crate::catalog::Catalog;
use crate::model::{Element, ElementKind, Fact, FactKey, FactValue, Model, Origin};

/// Fills the facts `roles` and `speaks`.
pub(super) fn fill(model: &mut Model, catalog: &'static Catalog) {
    let products = products(model, catalog);
    for element in model.elements.values_mut() {
        if element.facts.at_least(FactKey::Roles, Origin::Stated).is_none() {
            roles(element, &products, catalog);
        }
        if element.facts.get(FactKey::Speaks).is_none() {
            speaks(element, catalog);
        }
    }
}

/// Technologies that the model names anywhere: on boxes, in titles and in notes.
fn products(model: &Model, catalog: &Catalog) -> BTreeSet<String> {
    let mut found: BTreeSet<String> = model
        .elements
        .values()
        .flat_map(|element| &element.technologies)
        .filter_map(|technology| technology.id.clone())
        .collect();
    let titles = model.views.iter().map(|view| view.title.as_str());
    let notes = model.views.iter().flat_map(|view| &view.notes).map(|note| note.text.as_str());
    let names = model.elements.values().map(|element| element.name.as_str());
    let wanted: BTreeSet<&str> = catalog.roles().iter().filter_map(|role| role.product).collect();
    for text in titles.chain(notes).chain(names).chain([model.title.as_str()]) {
        let setting = crate::catalog::Setting::Title(ElementKind::Unknown);
        let named = catalog.technologies_in(text, setting).into_iter().map(|found| found.technology.id);
        found.extend(named.filter(|id| wanted.contains(id)).map(str::to_owned));
    }
    // The parts of a product name it as well.
    let parts: Vec<String> = wanted
        .iter()
        .filter(|product| found.iter().any(|id| id.starts_with(&format!("{product}-"))))
        .map(|product| (*product).to_owned())
        .collect();
    found.extend(parts);
    found
}

fn roles(element: &mut Element, products: &BTreeSet<String>, catalog: &Catalog) {
    if element.kind.is_boundary() {
        return;
    }
    let first_line = element.description.as_deref().and_then(|text| text.lines().next()).unwrap_or_default();
    let texts: Vec<&str> = std::iter::once(element.name.as_str())
        .chain(element.stereotypes.iter().map(String::as_str))
        .chain(element.tags.iter().map(String::as_str))
        .chain(element.technologies.iter().map(|technology| technology.written.as_str()))
        .chain([first_line])
        .collect();
    let mut sure: Vec<&'static str> = Vec::new();
    let mut likely: Vec<&'static str> = Vec::new();
    let mut written: Vec<String> = Vec::new();
    for text in texts {
        for found in catalog.roles_in(text) {
            let counts = found.role.product.is_none_or(|product| products.contains(product));
            if !counts || !found.role.fits(element.kind, found.weak) || denied(text, found.start) {
                continue;
            }
            let list = if found.weak { &mut likely } else { &mut sure };
            if !list.contains(&found.role.id) {
                list.push(found.role.id);
                written.push(text[found.start..found.end].to_owned());
            }
        }
    }
    implied(&mut sure, catalog);
    // In "Management, Rules engine, Tracking" the second name makes the everyday words names as well.
    let confirmed: Vec<&'static str> =
        likely.iter().copied().filter(|id| shares(id, &sure, catalog)).collect();
    sure.extend(confirmed);
    implied(&mut likely, catalog);
    written.dedup();
    let place = element.origins.first().copied();
    let why = format!("the box says \"{}\"", written.join("\", \""));
    let list = |ids: &[&str]| FactValue::List(ids.iter().map(|id| (*id).to_owned()).collect());
    if !sure.is_empty() {
        element.facts.add(Fact::because(FactKey::Roles, list(&sure), Origin::Derived, place, why));
    } else if !likely.is_empty() {
        element.facts.add(Fact::because(FactKey::Roles, list(&likely), Origin::Inferred, place, why));
    }
}

/// Whether a likely role is of a kind that the element is known to be: it implies one that it has.
fn shares(id: &str, sure: &[&'static str], catalog: &Catalog) -> bool {
    !sure.contains(&id)
        && catalog.role(id).is_some_and(|role| role.implies.iter().any(|kind| sure.contains(kind)))
}

fn implied(roles: &mut Vec<&'static str>, catalog: &Catalog) {
    let mut at = 0;
    while at < roles.len() {
        let more = catalog.role(roles[at]).map_or(&[][..], |role| &role.implies[..]);
        let new: Vec<&'static str> = more.iter().copied().filter(|id| !roles.contains(id)).collect();
        roles.extend(new);
        at += 1;
    }
}

/// "(no BizTalk Server)", "only if no reverse proxy": the words are there to say that it is not.
fn denied(text: &str, start: usize) -> bool {
    let before: Vec<String> =
        crate::catalog::words(&text[..start]).into_iter().map(|word| word.text).collect();
    before.iter().rev().take(2).any(|word| {
        matches!(
            word.as_str(),
            "no" | "not" | "without" | "non" | "never" | "kein" | "before" | "to" | "for" | "azure" | "entra"
        )
    })
}

/// Protocols that a title names: "FTP", "SMTP, POP3, Windows Message Queuing", "HTTP (Rec)".
fn speaks(element: &mut Element, catalog: &'static Catalog) {
    use ElementKind as K;
    if matches!(element.kind, K::Person | K::Boundary | K::Zone | K::Network | K::Firewall) {
        return;
    }
    let head_end = element.name.find(['(', '[']).filter(|at| *at > 0).unwrap_or(element.name.len());
    let head = &element.name[..head_end];
    let said = label::read(catalog, head, Position::Prose);
    let whole = crate::catalog::words(head).len() <= said.protocols.len() * 3;
    // A host may be called "h2".
    let short = said.protocols.iter().all(|(_, written)| written.chars().count() < 3);
    if short || !whole {
        return;
    }
    let names: Vec<&str> = said.protocols.iter().map(|(_, written)| written.as_str()).collect();
    let why = format!("the box says \"{}\"", names.join("\", \""));
    let ids = said.protocols.iter().map(|(id, _)| (*id).to_owned()).collect();
    let place = element.origins.first().copied();
    element.facts.add(Fact::because(FactKey::Speaks, FactValue::List(ids), Origin::Stated, place, why));
}
