//! Zones: which boundaries have a trust meaning.
//!
//! A boundary is a zone when its title is in the published list of zone names. Everyday words
//! ("Data", "Services") count only when something else in the drawing speaks of trust; a package of
//! code that is called so is none.

use std::collections::BTreeSet;

use super::homes::Homes;
use crate::catalog::{self, Catalog, Strength, ZoneWord};
use crate::model::{
    Element, ElementId, ElementKind, Fact, FactKey, FactValue, Model, Origin, Technology, ViewKind, Zone,
    ZoneKind,
};

/// Finds the zones and tells every element which kind of zone holds it.
pub(super) fn fill(model: &mut Model, catalog: &Catalog) {
    model.zones.clear();
    let words: Vec<(ElementId, Option<Title>)> = candidates(model, catalog);
    let firewalls = model.elements.values().any(|element| element.kind == ElementKind::Firewall);
    let stated_zone = model.elements.values().any(|element| element.kind == ElementKind::Zone);
    let sure = words.iter().any(|(_, word)| {
        word.as_ref().is_some_and(|title| {
            title.word.strength == Strength::Sure && title.word.kind != ZoneKind::Unknown
        })
    });
    let speaks_of_trust = firewalls || stated_zone || sure;
    for (id, word) in words {
        let Some(element) = model.elements.get_mut(&id) else { continue };
        let said = stated_kind(element);
        let is_zone = element.kind == ElementKind::Zone || said.is_some() || stereotype_says_zone(element);
        let kind = match (said, &word) {
            (Some(kind), _) => Some(kind),
            (None, Some(Title { word, .. }))
                if word.strength == Strength::Sure || is_zone || speaks_of_trust =>
            {
                Some(word.kind)
            }
            (None, _) => is_zone.then_some(ZoneKind::Unknown),
        };
        let Some(kind) = kind else { continue };
        if element.kind != ElementKind::Network {
            element.kind = ElementKind::Zone;
        }
        if let Some(Title { word, by_stereotype }) =
            word.filter(|_| said.is_none() && kind != ZoneKind::Unknown)
        {
            let why = match word.strength {
                Strength::Sure => format!("\"{}\" is in the published list of zone names", word.words),
                Strength::Weak => {
                    format!("\"{}\" names a zone in a drawing that speaks of trust", word.words)
                }
            };
            let defined = word.strength == Strength::Sure || is_zone || by_stereotype;
            let origin = if defined { Origin::Derived } else { Origin::Inferred };
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
    trusts(model);
    members(model);
}

/// Which zones a zone is said to trust.
fn trusts(model: &mut Model) {
    let zone_of_name = |model: &Model, name: &str| {
        let by_id = |zone: &&Zone| {
            zone.element.as_str() == name || zone.element.as_str().rsplit('/').next() == Some(name)
        };
        let by_name = |zone: &&Zone| zone.role.eq_ignore_ascii_case(name);
        let zones = || model.zones.iter();
        zones().find(by_id).or_else(|| zones().find(by_name)).map(|zone| zone.element.clone())
    };
    for at in 0..model.zones.len() {
        let Some(element) = model.elements.get(&model.zones[at].element) else { continue };
        let listed = match element.facts.get(FactKey::Trusts).map(|fact| &fact.value) {
            Some(FactValue::List(names)) => {
                Some(names.iter().filter_map(|name| zone_of_name(model, name)).collect())
            }
            _ => None,
        };
        let nobody = element.facts.word(FactKey::TrustsOthers) == Some("no");
        let zone = &mut model.zones[at];
        zone.trusts_stated = nobody || listed.is_some();
        zone.trusts = listed.unwrap_or_default();
    }
}

/// The words that may make a box a zone.
struct Title {
    word: ZoneWord,
    by_stereotype: bool,
}

fn strongest(words: impl Iterator<Item = ZoneWord>) -> Option<ZoneWord> {
    words.reduce(|best, word| {
        let rank = |word: &ZoneWord| (word.strength, word.kind != ZoneKind::Unknown);
        if rank(&word) > rank(&best) { word } else { best }
    })
}

/// Elements whose title may name a zone: boundaries that hold something, and networks.
fn candidates(model: &Model, catalog: &Catalog) -> Vec<(ElementId, Option<Title>)> {
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
            // A stereotype is there to say what the box is; it counts before the title.
            let stereotypes = element.stereotypes.iter().filter_map(|text| catalog.zone_word(text));
            let stereotype = strongest(stereotypes).map(|word| Title { word, by_stereotype: true });
            let title = catalog.zone_word(&element.name).map(|word| Title { word, by_stereotype: false });
            let said = match (stereotype, title) {
                (Some(stereotype), Some(title)) if stereotype.word.kind == ZoneKind::Unknown => Some(title),
                (stereotype, title) => stereotype.or(title),
            };
            // A tag says something of a zone that has a name of its own.
            let tag = || {
                let tags = element.tags.iter().filter_map(|text| catalog.zone_word(text));
                strongest(tags).map(|word| Title { word, by_stereotype: true })
            };
            said.or_else(|| tag().filter(|_| element.kind == K::Zone))
        };
        match element.kind {
            K::Zone => found.push((element.id.clone(), word())),
            // A boundary that is drawn empty is a zone when its title or stereotype leaves no doubt.
            K::Boundary | K::Host | K::System | K::Unknown
                if (holds || element.kind == K::Boundary) && !in_code.contains(&element.id) =>
            {
                let sure = |title: &Title| title.word.strength == Strength::Sure || title.by_stereotype;
                // A host is a place of that name, or stands in one: "Web server in DMZ".
                let named = |title: &Title| {
                    element.kind != K::Host
                        || title.by_stereotype
                        || is_whole(&element.name, &title.word.words) && !runs(element, catalog)
                };
                let word = word()
                    .filter(|title| sure(title) || (holds && element.kind == K::Boundary))
                    .filter(named);
                if word.is_some() || stereotype_says_zone(element) || stated_kind(element).is_some() {
                    found.push((element.id.clone(), word));
                }
            }
            K::Network => {
                // A network is a place by itself; only its own name counts.
                let word = word().filter(|title| {
                    title.word.strength == Strength::Sure && title.word.kind != ZoneKind::Unknown
                });
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

/// Words that stand beside the name of a zone without making a thing of it.
const BESIDE: [&str; 9] = ["zone", "network", "subnet", "segment", "vlan", "lan", "area", "the", "cloud"];

/// Whether a title is the name of a zone and says nothing else: "DMZ", "DMZ zone 2".
fn is_whole(title: &str, zone: &str) -> bool {
    let zone: Vec<&str> = zone.split(' ').collect();
    let short =
        |word: &str| word.len() == 1 || word.len() <= 4 && word.bytes().any(|byte| byte.is_ascii_digit());
    let head = title.split(['(', '[']).next().unwrap_or_default();
    catalog::words(head)
        .iter()
        .map(|word| word.text.as_str())
        .all(|word| zone.contains(&word) || BESIDE.contains(&word) || short(word))
}

/// Whether a technology says that the box is a machine: an operating system or a product, and no kind of network.
fn runs(element: &Element, catalog: &Catalog) -> bool {
    let place =
        |technology: &&Technology| match technology.id.as_deref().and_then(|id| catalog.technology(id)) {
            Some(known) => {
                matches!(known.kind, ElementKind::Network | ElementKind::Boundary | ElementKind::Zone)
            }
            None => {
                catalog.zone_word(&technology.written).is_some()
                    || catalog::words(&technology.written).iter().any(|word| {
                        BESIDE.contains(&word.text.as_str())
                            || ["wan", "vpc", "vnet"].contains(&word.text.as_str())
                    })
            }
        };
    element.technologies.iter().any(|technology| !place(&technology))
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
    let homes = Homes::of(model);
    let mut facts: Vec<(ElementId, Fact)> = Vec::new();
    for element in model.elements.values() {
        if element.facts.get(FactKey::ZoneKind).is_some() {
            continue;
        }
        let Some(zone) = homes.get(&element.id).map(|at| &model.zones[at]) else { continue };
        if zone.element == element.id {
            continue;
        }
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
