//! What follows from the places of two ends: zones crossed, firewalls passed, what separates zones,
//! and what takes connections from the Internet.

use std::collections::{BTreeMap, BTreeSet};

use super::homes::Homes;
use super::names::Names;
use crate::catalog::words;
use crate::model::{
    Element, ElementId, ElementKind, Fact, FactKey, FactValue, Initiator, Model, Origin, Relation,
    Separation, ZoneKind,
};
use crate::source::Place;

/// Fills the facts of borders.
pub(super) fn fill(model: &mut Model) {
    let homes = Homes::of(model);
    crossings(model, &homes);
    internet_facing(model, &homes);
    separations(model, &homes);
}

fn crossings(model: &mut Model, homes: &Homes) {
    let elements = &model.elements;
    let zones = &model.zones;
    for relation in model.relations.values_mut() {
        let place = relation.origins.first().copied();
        if let (Some(from), Some(to)) = (homes.get(&relation.from), homes.get(&relation.to)) {
            let name = |at: usize| elements.get(&zones[at].element).map_or("", |zone| zone.name.as_str());
            let (value, why) = if from == to {
                ("no", format!("both ends stand in {}", name(from)))
            } else {
                ("yes", format!("from {} to {}", name(from), name(to)))
            };
            relation.facts.add(Fact::because(
                FactKey::CrossesZone,
                FactValue::word(value),
                Origin::Derived,
                place,
                why,
            ));
        }
        let firewalls: Vec<String> = relation
            .via
            .iter()
            .filter(|id| elements.get(*id).is_some_and(|element| element.kind == ElementKind::Firewall))
            .map(ToString::to_string)
            .collect();
        if !firewalls.is_empty() {
            let value = FactValue::List(firewalls);
            let why = "the way of the flow, as drawn".to_owned();
            relation.facts.add(Fact::because(FactKey::Passes, value, Origin::Derived, place, why));
        }
    }
}

/// An element to which a flow leads from the Internet, opened there.
fn internet_facing(model: &mut Model, homes: &Homes) {
    let outside = |id: &ElementId| homes.get(id).is_some_and(|at| model.zones[at].kind == ZoneKind::Internet);
    let mut found: Vec<(ElementId, Fact)> = Vec::new();
    for relation in model.flows() {
        let (client, server) = match relation.initiator {
            Initiator::From => (&relation.from, &relation.to),
            Initiator::To => (&relation.to, &relation.from),
            Initiator::Either | Initiator::Unknown => continue,
        };
        let boundary = model.elements.get(server).is_none_or(|element| element.kind.is_boundary());
        let through = relation.via.iter().any(outside);
        if (outside(client) || through) && !outside(server) && !boundary {
            let name = model.elements.get(client).map_or("", |element| element.name.as_str());
            let way = if outside(client) { "from" } else { "through" };
            let why = format!("{name} opens connections to it {way} the Internet, as drawn");
            let place = relation.origins.first().copied();
            let value = FactValue::word("yes");
            found.push((
                server.clone(),
                Fact::because(FactKey::InternetFacing, value, Origin::Derived, place, why),
            ));
        }
    }
    for (id, fact) in found {
        if let Some(element) =
            model.elements.get_mut(&id).filter(|element| element.facts.get(fact.key).is_none())
        {
            element.facts.add(fact);
        }
    }
}

/// Firewalls between two zones: on the way of a flow from one to the other, drawn between their
/// members, or said to stand between them.
fn separations(model: &mut Model, homes: &Homes) {
    let mut between: BTreeMap<(usize, usize), (BTreeSet<ElementId>, Option<Place>)> = BTreeMap::new();
    let mut put = |one: usize, other: usize, device: &ElementId, place: Option<Place>| {
        if one != other {
            let entry = between.entry((one.min(other), one.max(other))).or_insert((BTreeSet::new(), place));
            entry.0.insert(device.clone());
        }
    };
    let device = |id: &ElementId| {
        model
            .elements
            .get(id)
            .is_some_and(|element| matches!(element.kind, ElementKind::Firewall | ElementKind::Gateway))
    };
    for relation in model.flows() {
        walk(relation, homes, &device, &mut put);
        let ends = (homes.get(&relation.from), homes.get(&relation.to));
        let (Some(from), Some(to)) = ends else { continue };
        let firewall = |id: &ElementId| {
            model.elements.get(id).is_some_and(|element| element.kind == ElementKind::Firewall)
        };
        for end in [&relation.from, &relation.to].into_iter().filter(|id| firewall(id)) {
            put(from, to, end, place(relation));
        }
    }
    let names = Names::of_kinds(model, |kind| matches!(kind, ElementKind::Zone | ElementKind::Network));
    for element in model.elements.values().filter(|element| element.kind == ElementKind::Firewall) {
        for text in said_between(element) {
            let zones = named_zones(model, &names, &text);
            for pair in zones.windows(2) {
                put(pair[0], pair[1], &element.id, element.origins.first().copied());
            }
        }
    }
    for ((one, other), (devices, place)) in between {
        let ids = [model.zones[one].element.clone(), model.zones[other].element.clone()];
        let devices: Vec<ElementId> = devices.into_iter().collect();
        for (at, neighbor) in [(one, &ids[1]), (other, &ids[0])] {
            let separation = Separation { neighbor: neighbor.clone(), devices: devices.clone(), place };
            model.zones[at].separations.push(separation);
        }
    }
}

/// Records that a device stands between two zones.
type Put<'a> = dyn FnMut(usize, usize, &ElementId, Option<Place>) + 'a;

/// Follows a flow from zone to zone. A firewall guards the zone that it stands in: on the way in it
/// stands before its zone, on the way out behind it.
fn walk(relation: &Relation, homes: &Homes, device: &dyn Fn(&ElementId) -> bool, put: &mut Put<'_>) {
    let mut current = homes.get(&relation.from);
    let mut pending: Vec<&ElementId> = Vec::new();
    for id in relation.via.iter().chain([&relation.to]) {
        let home = homes.get(id);
        let is_device = device(id) && id != &relation.to;
        let (Some(here), Some(next)) = (current, home) else {
            // Between zones that are not known, devices separate nothing that has a name.
            if is_device && current.is_some() {
                pending.push(id);
            } else if home.is_some() {
                current = home;
                pending.clear();
            }
            continue;
        };
        if here == next {
            pending.extend(is_device.then_some(id));
            continue;
        }
        if pending.is_empty() && is_device {
            put(here, next, id, place(relation));
        } else {
            pending.iter().for_each(|other| put(here, next, other, place(relation)));
            pending.clear();
            pending.extend(is_device.then_some(id));
        }
        current = home;
    }
}

fn place(relation: &Relation) -> Option<Place> {
    relation.origins.first().copied()
}

/// "between Internet and Perimeter", in a property, the name or the description.
fn said_between(element: &Element) -> Vec<String> {
    let property = element
        .properties
        .iter()
        .find(|(key, _)| key.eq_ignore_ascii_case("between"))
        .map(|(_, value)| value.clone());
    let texts = std::iter::once(&element.name).chain(&element.description);
    let phrases = texts.filter_map(|text| {
        let at = text.to_lowercase().find("between ")?;
        text.get(at + "between ".len()..).map(str::to_owned)
    });
    property.into_iter().chain(phrases).collect()
}

fn named_zones(model: &Model, names: &Names, text: &str) -> Vec<usize> {
    let parts = words(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < parts.len() {
        match names.at(&parts, at) {
            Some((length, id)) => {
                found.extend(model.zones.iter().position(|zone| zone.element == *id));
                at += length;
            }
            None => at += 1,
        }
    }
    found
}
