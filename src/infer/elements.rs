//! Facts of elements: what their own words, properties and technologies say.

use std::collections::BTreeMap;

use super::values;
use super::words;
use crate::catalog::Catalog;
use crate::model::{
    Element, ElementId, ElementKind, Fact, FactKey, FactValue, Model, Origin, Subject, ViewKind,
};
use crate::source::FileId;

/// Fills the facts that need no relation.
pub(super) fn fill(model: &mut Model, catalog: &Catalog) {
    for element in model.elements.values_mut() {
        properties(element);
        texts(element);
        external(element, catalog);
        typical(element, catalog);
    }
    places(model);
    instances(model);
    model_texts(model);
}

/// A property that is called like a fact and holds one of its values states it.
fn properties(element: &mut Element) {
    let place = element.origins.first().copied();
    let mut facts = Vec::new();
    for (key, value) in &element.properties {
        let Some((key, value)) = values::of_property(key, value) else { continue };
        if !matches!(key.subject(), Subject::Relation) && element.facts.get(key).is_none() {
            let why = format!("property {} is {}", key.word(), value.display());
            facts.push(Fact::because(key, value, Origin::Stated, place, why));
        }
    }
    facts.into_iter().for_each(|fact| element.facts.add(fact));
}

/// Counts, failover, backup objectives and places in the words of the element.
fn texts(element: &mut Element) {
    let place = element.origins.first().copied();
    let own: Vec<String> = std::iter::once(element.name.clone())
        .chain(element.technologies.iter().map(|technology| technology.written.clone()))
        .chain(element.stereotypes.iter().cloned())
        .chain(element.tags.iter().cloned())
        .collect();
    // A sentence of a description may be about anything; a short one is a remark on the box.
    let remark = element.description.clone().filter(|text| text.len() <= 60);
    let all = || own.iter().chain(&remark);
    let mut facts: Vec<Fact> = Vec::new();
    let mut state = |key: FactKey, value: FactValue, written: &str| {
        facts.push(Fact::because(key, value, Origin::Stated, place, format!("the box says \"{written}\"")));
    };
    let counted = !matches!(element.kind, ElementKind::Person | ElementKind::Zone | ElementKind::Network);
    if counted && let Some(found) = all().find_map(|text| words::replicas(text)) {
        state(FactKey::Replicas, FactValue::Count(found.value), &found.written);
    }
    let survives = !matches!(
        element.kind,
        ElementKind::Person | ElementKind::Zone | ElementKind::Network | ElementKind::Boundary
    );
    // A gateway that is called a load balancer balances others; of itself that says nothing.
    let stands = |value: &str| value != "balancer" || element.kind != ElementKind::Gateway;
    let failover = all().filter_map(|text| words::failover(text)).find(|found| stands(found.value));
    if survives && let Some(found) = failover {
        state(FactKey::Failover, FactValue::word(found.value), &found.written);
    }
    if let Some(region) = own.iter().find_map(|text| words::azure_region(text)) {
        state(FactKey::Region, FactValue::Text(region.clone()), &region);
    }
    for (key, word) in [(FactKey::Rto, "rto"), (FactKey::Rpo, "rpo")] {
        if let Some(value) = all().chain(&element.description).find_map(|text| words::objective(text, word)) {
            state(key, FactValue::Text(value.clone()), &format!("{} {value}", word.to_uppercase()));
        }
    }
    let external = |text: &str| {
        matches!(
            text.trim().to_lowercase().as_str(),
            "external" | "ext" | "external system" | "external_system" | "extern"
        )
    };
    if element.stereotypes.iter().chain(&element.tags).any(|text| external(text)) {
        state(FactKey::External, FactValue::word("yes"), "external");
    }
    for tag in element.tags.iter().chain(&element.stereotypes) {
        let folded = tag.trim().to_lowercase();
        if matches!(folded.as_str(), "pii" | "phi" | "pci") {
            state(FactKey::DataTags, FactValue::List(vec![folded.clone()]), tag);
        }
        if matches!(
            folded.as_str(),
            "confidential" | "internal data" | "strictly confidential" | "public data"
        ) {
            let class = folded.trim_end_matches(" data").replace(' ', "-");
            state(FactKey::DataClass, FactValue::word(class), tag);
        }
    }
    for fact in facts {
        if element.facts.at_least(fact.key, Origin::Stated).is_none() {
            element.facts.add(fact);
        }
    }
}

/// Software as a service stands outside the organization.
fn external(element: &mut Element, catalog: &Catalog) {
    if element.facts.get(FactKey::External).is_some() || element.kind.is_boundary() {
        return;
    }
    let outside = element.technologies.iter().find_map(|technology| {
        catalog.technology(technology.id.as_deref()?).filter(|technology| technology.external)
    });
    if let Some(technology) = outside {
        let why = format!("{} is operated by others", technology.name);
        let place = element.origins.first().copied();
        let value = FactValue::word("yes");
        element.facts.add(Fact::because(FactKey::External, value, Origin::Inferred, place, why));
    }
}

/// What is typical of the technology.
fn typical(element: &mut Element, catalog: &Catalog) {
    if element.kind.is_boundary() || element.kind == ElementKind::Person {
        return;
    }
    let place = element.origins.first().copied();
    let known: Vec<_> = element
        .technologies
        .iter()
        .filter_map(|technology| catalog.technology(technology.id.as_deref()?))
        .collect();
    let with =
        |word: &str| known.iter().find(|technology| technology.has(word)).map(|technology| technology.name);
    let mut facts = Vec::new();
    let managed = with("managed_service");
    if let Some(name) = managed {
        let why = format!("{name} is a service that its provider operates");
        facts.push(Fact::because(
            FactKey::VendorManaged,
            FactValue::word("yes"),
            Origin::Derived,
            place,
            why,
        ));
    }
    if let Some(name) = with("clustered_by_default") {
        let value = if managed.is_some() { "managed" } else { "cluster" };
        let why = format!("{name} usually runs on several instances");
        facts.push(Fact::because(FactKey::Failover, FactValue::word(value), Origin::Inferred, place, why));
    }
    let cache = with("cache").is_some();
    if element.kind == ElementKind::Datastore && !cache {
        let why = "a store keeps data".to_owned();
        facts.push(Fact::because(FactKey::Stateful, FactValue::word("yes"), Origin::Derived, place, why));
    } else if let Some(name) = with("stateful") {
        let why = format!("{name} usually keeps data");
        facts.push(Fact::because(FactKey::Stateful, FactValue::word("yes"), Origin::Inferred, place, why));
    }
    for fact in facts {
        if element.facts.get(fact.key).is_none() {
            element.facts.add(fact);
        }
    }
}

/// Environment, region and site of what holds an element are the element's own.
fn places(model: &mut Model) {
    const KEYS: [FactKey; 3] = [FactKey::Environment, FactKey::Region, FactKey::Site];
    let mut holders: std::collections::BTreeSet<ElementId> =
        model.elements.values().filter_map(|element| element.parent.clone()).collect();
    holders.extend(model.views.iter().flat_map(|view| &view.nodes).filter_map(|node| node.parent.clone()));
    for element in model.elements.values_mut() {
        use ElementKind as K;
        let place_like = matches!(element.kind, K::Boundary | K::Zone | K::Host | K::Network | K::Unknown);
        if !place_like || !holders.contains(&element.id) {
            continue;
        }
        let texts = || {
            std::iter::once(element.name.as_str())
                .chain(element.description.as_deref().filter(|text| text.len() <= 60))
        };
        let texts: Vec<&str> = texts()
            .chain(element.technologies.iter().map(|technology| technology.written.as_str()))
            .collect();
        let region = texts.iter().find_map(|text| words::region(text)).map(FactValue::Text);
        let site = texts.iter().find_map(|text| words::site(text)).map(FactValue::Text);
        let found = [
            (FactKey::Environment, words::environment(&element.name).map(FactValue::word)),
            (FactKey::Region, region),
            (FactKey::Site, site),
        ];
        let place = element.origins.first().copied();
        for (key, value) in found {
            if let Some(value) = value.filter(|_| element.facts.get(key).is_none()) {
                let why = format!("the box is titled \"{}\"", element.name);
                element.facts.add(Fact::because(key, value, Origin::Stated, place, why));
            }
        }
    }
    // Parents stand before their children, so one pass carries a fact all the way in.
    let ids: Vec<ElementId> = model.elements.keys().cloned().collect();
    for id in ids {
        let Some(parent) = model.elements.get(&id).and_then(|element| element.parent.clone()) else {
            continue;
        };
        for key in KEYS {
            let Some(fact) = model.elements.get(&parent).and_then(|holder| holder.facts.get(key)).cloned()
            else {
                continue;
            };
            let why = format!("stands in {}", model.elements.get(&parent).map_or("", |holder| &holder.name));
            let Some(element) =
                model.elements.get_mut(&id).filter(|element| element.facts.get(key).is_none())
            else {
                continue;
            };
            let place = element.origins.first().copied();
            element.facts.add(Fact::because(key, fact.value, fact.origin.min(Origin::Derived), place, why));
        }
    }
}

/// What the deployed instances of an element say of it: how many there are, where, what they run on.
fn instances(model: &mut Model) {
    let mut of: BTreeMap<ElementId, Vec<&Element>> = BTreeMap::new();
    for element in model.elements.values() {
        if let Some(logical) = &element.instance_of {
            of.entry(logical.clone()).or_default().push(element);
        }
    }
    let mut facts: Vec<(ElementId, Fact)> = Vec::new();
    for (logical, instances) in of {
        let place = instances.first().and_then(|instance| instance.origins.first().copied());
        // Of two drawings that name no environment, each may show another one.
        let mut by_environment: BTreeMap<(Option<&str>, Option<FileId>), u32> = BTreeMap::new();
        let mut counted = true;
        for instance in &instances {
            let environment = instance.facts.word(FactKey::Environment);
            let drawing = instance.origins.first().map(|place| place.span.file);
            let count = match own_or_host(model, instance, FactKey::Replicas) {
                Some(FactValue::Count(count)) => count,
                _ => {
                    counted = false;
                    1
                }
            };
            let one = (environment, drawing.filter(|_| environment.is_none()));
            *by_environment.entry(one).or_default() += count;
        }
        let most = by_environment.values().copied().max().unwrap_or(0);
        if most >= 2 || (counted && by_environment.len() == 1) {
            let value = if counted { FactValue::Count(most) } else { FactValue::AtLeast(most) };
            let why = format!("{most} instances of it are drawn or stated");
            facts.push((
                logical.clone(),
                Fact::because(FactKey::Replicas, value, Origin::Derived, place, why),
            ));
        }
        for key in
            [FactKey::ZoneKind, FactKey::Failover, FactKey::Environment, FactKey::Region, FactKey::Site]
        {
            let values: Vec<&Fact> =
                instances.iter().filter_map(|instance| instance.facts.get(key)).collect();
            let Some(first) = values.first() else { continue };
            if values.len() == instances.len() && values.iter().all(|fact| fact.value == first.value) {
                let origin = values
                    .iter()
                    .map(|fact| fact.origin)
                    .min()
                    .unwrap_or(Origin::Inferred)
                    .min(Origin::Derived);
                let why = "its instances as drawn".to_owned();
                facts.push((logical.clone(), Fact::because(key, first.value.clone(), origin, place, why)));
            }
        }
    }
    for (id, fact) in facts {
        if let Some(element) =
            model.elements.get_mut(&id).filter(|element| element.facts.get(fact.key).is_none())
        {
            element.facts.add(fact);
        }
    }
}

/// A fact of an instance, or of the host that it stands on.
fn own_or_host(model: &Model, instance: &Element, key: FactKey) -> Option<FactValue> {
    let own = instance.facts.get(key);
    let host = || {
        let parent = model.elements.get(instance.parent.as_ref()?)?;
        (parent.kind == ElementKind::Host).then_some(parent)?.facts.get(key)
    };
    own.or_else(host).map(|fact| fact.value.clone())
}

/// Objectives and the environment that titles and notes state of the whole.
fn model_texts(model: &mut Model) {
    let mut facts = Vec::new();
    let mut titled: Vec<(ElementId, &'static str, String)> = Vec::new();
    for view in &model.views {
        for note in view.notes.iter().filter(|note| note.element.is_none() && note.relation.is_none()) {
            for (key, word) in [(FactKey::Rto, "rto"), (FactKey::Rpo, "rpo")] {
                if let Some(value) = words::objective(&note.text, word) {
                    facts.push(Fact::stated(key, FactValue::Text(value), note.place));
                }
            }
        }
        // "Web shop: production", "Web shop, production"
        if view.kind == ViewKind::Deployment
            && let Some(environment) = view
                .title
                .rsplit([':', ',', '-', '–', '—', '('])
                .next()
                .and_then(|part| words::environment(part.trim_end_matches(')').trim()))
        {
            facts.push(Fact::stated(FactKey::Environment, FactValue::word(environment), view.source));
            titled.extend(
                view.nodes.iter().map(|node| (node.element.clone(), environment, view.title.clone())),
            );
        }
    }
    let mut noted = Vec::new();
    for view in &model.views {
        for note in &view.notes {
            let Some(id) = &note.element else { continue };
            for (key, word) in [(FactKey::Rto, "rto"), (FactKey::Rpo, "rpo")] {
                if let Some(value) = words::objective(&note.text, word) {
                    noted.push((id.clone(), Fact::stated(key, FactValue::Text(value), note.place)));
                }
            }
        }
    }
    for fact in facts {
        if model.facts.at_least(fact.key, Origin::Stated).is_none() {
            model.facts.add(fact);
        }
    }
    // What a titled drawing shows stands in that environment, unless a box in it says otherwise.
    for (id, environment, title) in titled {
        use ElementKind as K;
        let Some(element) = model.elements.get_mut(&id) else { continue };
        let outside = element.facts.word(FactKey::External) == Some("yes");
        if outside
            || matches!(element.kind, K::Person | K::Network)
            || element.facts.get(FactKey::Environment).is_some()
        {
            continue;
        }
        let place = element.origins.first().copied();
        let why = format!("the drawing is titled \"{title}\"");
        let value = FactValue::word(environment);
        element.facts.add(Fact::because(FactKey::Environment, value, Origin::Derived, place, why));
    }
    for (id, fact) in noted {
        if let Some(element) = model.elements.get_mut(&id) {
            element.facts.add(fact);
        }
    }
}
