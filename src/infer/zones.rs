//! Zones: which boundaries have a trust meaning.
//!
//! A boundary is a zone when its title is in the published list of zone names. Everyday words
//! ("Data", "Services") count only when something else in the drawing speaks of trust; a package of
//! code that is called so is none.

use std::collections::BTreeSet;

use crate::catalog::{Catalog, Strength, ZoneWord};
use crate::model::{
    Element, ElementId, ElementKind, Fact, FactKey, FactValue, Model, Origin, ViewKind, Zone, ZoneKind,
};

/// Finds the zones and tells every element which kind of zone holds it.
pub(super) fn fill(model: &mut Model, catalog: &Catalog) {
    let words: Vec<(ElementId, Option<ZoneWord>)> = candidates(model, catalog);
    let firewalls = model.elements.values().any(|element| element.kind == ElementKind::Firewall);
    let stated_zone = model.elements.values().any(|element| element.kind == ElementKind::Zone);
    let sure = words.iter().any(|(_, word)| {
        word.as_ref().is_some_and(|word| word.strength == Strength::Sure && word.kind != ZoneKind::Unknown)
    });
    let trusts = firewalls || stated_zone || sure;
    for (id, word) in words {
        let Some(element) = model.elements.get_mut(&id) else { continue };
        let said = stated_kind(element);
        let is_zone = element.kind == ElementKind::Zone || said.is_some() || stereotype_says_zone(element);
        let kind = match (said, &word) {
            (Some(kind), _) => Some(kind),
            (None, Some(word)) if word.strength == Strength::Sure || is_zone || trusts => Some(word.kind),
            (None, _) => is_zone.then_some(ZoneKind::Unknown),
        };
        let Some(kind) = kind else { continue };
        if element.kind != ElementKind::Network {
            element.kind = ElementKind::Zone;
        }
        if let Some(word) = word.filter(|_| said.is_none() && kind != ZoneKind::Unknown) {
            let why = match word.strength {
                Strength::Sure => format!("\"{}\" is in the published list of zone names", word.words),
                Strength::Weak => {
                    format!("\"{}\" names a zone in a drawing that speaks of trust", word.words)
                }
            };
            let origin =
                if word.strength == Strength::Sure || is_zone { Origin::Derived } else { Origin::Inferred };
            let place = element.origins.first().copied();
            element.facts.add(Fact::because(
                FactKey::ZoneKind,
                FactValue::word(kind.word()),
                origin,
                place,
                why,
            ));
        }
        let trust_level = stated_level(element).or(kind.trust_level());
        let role = element.name.clone();
        model.zones.retain(|zone| zone.element != id);
        model.zones.push(Zone {
            element: id,
            kind,
            trust_level,
            role,
            trusts: Vec::new(),
            trusts_stated: false,
            separations: Vec::new(),
        });
    }
    members(model);
}

/// Elements whose title may name a zone: boundaries that hold something, and networks.
fn candidates(model: &Model, catalog: &Catalog) -> Vec<(ElementId, Option<ZoneWord>)> {
    let mut holders: BTreeSet<&ElementId> = BTreeSet::new();
    for element in model.elements.values() {
        holders.extend(element.parent.iter().chain(&element.also_in));
    }
    for view in &model.views {
        holders.extend(view.nodes.iter().filter_map(|node| node.parent.as_ref()));
    }
    let in_code = code_only(model);
    let mut found = Vec::new();
    for element in model.elements.values() {
        use ElementKind as K;
        let holds = holders.contains(&element.id);
        let word = || {
            let texts =
                std::iter::once(element.name.as_str()).chain(element.stereotypes.iter().map(String::as_str));
            texts.filter_map(|text| catalog.zone_word(text)).fold(None, |best: Option<ZoneWord>, word| {
                match &best {
                    Some(old)
                        if (old.strength, old.kind != ZoneKind::Unknown)
                            >= (word.strength, word.kind != ZoneKind::Unknown) =>
                    {
                        best
                    }
                    _ => Some(word),
                }
            })
        };
        match element.kind {
            K::Zone => found.push((element.id.clone(), word())),
            K::Boundary | K::Host | K::System | K::Unknown if holds && !in_code.contains(&element.id) => {
                let word =
                    word().filter(|word| element.kind == K::Boundary || word.strength == Strength::Sure);
                if word.is_some() || stereotype_says_zone(element) || stated_kind(element).is_some() {
                    found.push((element.id.clone(), word));
                }
            }
            K::Network => {
                // A network is a place by itself; only its own name counts.
                let word =
                    word().filter(|word| word.strength == Strength::Sure && word.kind != ZoneKind::Unknown);
                if word.is_some() || (holds && stated_kind(element).is_some()) {
                    found.push((element.id.clone(), word));
                }
            }
            _ => {
                if stated_kind(element).is_some() && element.kind.is_boundary() {
                    found.push((element.id.clone(), None));
                }
            }
        }
    }
    found
}

/// Boundaries that only component views draw: packages of code.
fn code_only(model: &Model) -> BTreeSet<ElementId> {
    let drawn_in = |component: bool| -> BTreeSet<&ElementId> {
        let views = model.views.iter().filter(|view| (view.kind == ViewKind::Component) == component);
        views.flat_map(|view| &view.nodes).map(|node| &node.element).collect()
    };
    let (code, other) = (drawn_in(true), drawn_in(false));
    // Component diagrams of UML draw servers and networks too: then they are not about code.
    let technical = |id: &ElementId| {
        model.elements.get(id).is_some_and(|element| {
            matches!(
                element.kind,
                ElementKind::Host | ElementKind::Firewall | ElementKind::Network | ElementKind::Gateway
            )
        })
    };
    if code.iter().any(|id| technical(id)) {
        return BTreeSet::new();
    }
    code.into_iter().filter(|id| !other.contains(id)).cloned().collect()
}

fn stereotype_says_zone(element: &Element) -> bool {
    const WORDS: [&str; 9] = [
        "zone",
        "trust zone",
        "trust boundary",
        "trustzone",
        "trustboundary",
        "security zone",
        "network zone",
        "dmz",
        "trust_boundary",
    ];
    let says = |text: &String| WORDS.contains(&text.trim().to_lowercase().as_str());
    element.stereotypes.iter().chain(&element.tags).any(says)
}

fn stated_kind(element: &Element) -> Option<ZoneKind> {
    if !element.kind.is_boundary() && element.kind != ElementKind::Network {
        return None;
    }
    ZoneKind::from_word(element.facts.word(FactKey::ZoneKind)?)
}

fn stated_level(element: &Element) -> Option<u8> {
    let keys = ["trust", "trust-level", "trust_level", "trustlevel"];
    let value = element.properties.iter().find(|(key, _)| keys.contains(&key.to_lowercase().as_str()))?.1;
    value.trim().parse().ok().filter(|level| *level <= 4)
}

/// Tells every element inside a zone of known kind which kind that is.
fn members(model: &mut Model) {
    let mut facts: Vec<(ElementId, Fact)> = Vec::new();
    for element in model.elements.values() {
        if element.facts.get(FactKey::ZoneKind).is_some() {
            continue;
        }
        let Some(zone) = model.zone_of(&element.id).filter(|zone| zone.element != element.id) else {
            continue;
        };
        if zone.kind == ZoneKind::Unknown {
            continue;
        }
        let Some(holder) = model.elements.get(&zone.element) else { continue };
        let origin = holder
            .facts
            .get(FactKey::ZoneKind)
            .map_or(Origin::Derived, |fact| fact.origin.min(Origin::Derived));
        let why = format!("stands in {}", holder.name);
        let place = element.origins.first().copied();
        let value = FactValue::word(zone.kind.word());
        facts.push((element.id.clone(), Fact::because(FactKey::ZoneKind, value, origin, place, why)));
    }
    for (id, fact) in facts {
        if let Some(element) = model.elements.get_mut(&id) {
            element.facts.add(fact);
        }
    }
}
