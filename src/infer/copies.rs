//! Copies that a drawing shows: the nodes of a cluster, one thing on several computers of a kind, and things of a kind side
//! by side.
//!
//! In: elements with their places and what their own words say. Out: derived failover and counts. What
//! is drawn once says nothing, and two things of different names are no copies.

use std::collections::{BTreeMap, BTreeSet};

use super::words;
use crate::catalog;
use crate::model::{Element, ElementId, ElementKind, Fact, FactKey, FactValue, Model, Origin};

/// Fills failover of cluster nodes and of what holds them, and the number of copies.
pub(super) fn fill(model: &mut Model) {
    let mut facts = clusters(model);
    facts.extend(computers(model));
    facts.extend(siblings(model));
    for (id, fact) in facts {
        let Some(element) = model.elements.get_mut(&id) else { continue };
        if element.facts.at_least(fact.key, Origin::Derived).is_none() {
            element.facts.add(fact);
        }
    }
}

/// What a box says of its part in a cluster.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Active,
    Passive,
    Some,
}

/// "Node A (Active)", "Node2", "Secondary replica".
fn part(element: &Element) -> Option<Part> {
    use ElementKind as K;
    if element.kind.is_boundary() || matches!(element.kind, K::Person | K::Network | K::Firewall) {
        return None;
    }
    let mut found = None;
    for word in catalog::words(&element.name) {
        let part = match word.text.trim_end_matches(|letter: char| letter.is_ascii_digit()) {
            "active" | "primary" => Part::Active,
            "passive" | "secondary" | "standby" => Part::Passive,
            "node" | "replica" => Part::Some,
            _ => continue,
        };
        if found.is_none_or(|found| found == Part::Some) {
            found = Some(part);
        }
    }
    found
}

/// Two or more nodes in a box that is called a cluster, or that holds an active and a passive one.
fn clusters(model: &Model) -> Vec<(ElementId, Fact)> {
    let mut held: BTreeMap<&ElementId, Vec<(&Element, Part)>> = BTreeMap::new();
    for element in model.elements.values() {
        if let (Some(parent), Some(part)) = (&element.parent, part(element)) {
            held.entry(parent).or_default().push((element, part));
        }
    }
    let mut facts = Vec::new();
    for (id, nodes) in held {
        let Some(holder) = model.elements.get(id).filter(|_| nodes.len() >= 2) else { continue };
        let texts = std::iter::once(&holder.name)
            .chain(holder.technologies.iter().map(|technology| &technology.written))
            .chain(&holder.stereotypes);
        let said = texts.filter_map(|text| words::failover(text)).map(|said| said.value);
        let said = said.into_iter().find(|value| matches!(*value, "cluster" | "availability-group"));
        let pair =
            [Part::Active, Part::Passive].iter().all(|wanted| nodes.iter().any(|(_, part)| part == wanted));
        let Some(value) = said.or(pair.then_some("cluster")) else { continue };
        let place = holder.origins.first().copied();
        let why = if said.is_some() {
            format!("{} nodes are drawn in {}", nodes.len(), holder.name)
        } else {
            format!("an active and a passive node are drawn in {}", holder.name)
        };
        let failover = |why: String| {
            Fact::because(FactKey::Failover, FactValue::word(value), Origin::Derived, place, why)
        };
        for (node, _) in &nodes {
            facts.push((node.id.clone(), failover(why.clone())));
        }
        if !holder.kind.is_boundary() {
            facts.push((holder.id.clone(), failover(why.clone())));
            let count = FactValue::Count(u32::try_from(nodes.len()).unwrap_or(u32::MAX));
            facts.push((
                holder.id.clone(),
                Fact::because(FactKey::Replicas, count, Origin::Derived, place, why),
            ));
        }
    }
    facts
}

/// The same name, but for a number, on several computers whose names differ by a number only: "Web" on "Server 1" and on
/// "Server 2". Stores are left out, because two of them may hold different data.
fn computers(model: &Model) -> Vec<(ElementId, Fact)> {
    use ElementKind as K;
    type Key = (Vec<Vec<String>>, ElementKind, Option<String>);
    let mut alike: BTreeMap<Key, Vec<&Element>> = BTreeMap::new();
    for element in model.elements.values() {
        let software = matches!(element.kind, K::System | K::Container | K::Component | K::Unknown);
        if !software || element.instance_of.is_some() {
            continue;
        }
        let Some(computer) = element.parent.as_ref().and_then(|id| model.elements.get(id)) else { continue };
        if computer.kind != K::Host {
            continue;
        }
        let holders =
            std::iter::successors(Some(computer), |holder| model.elements.get(holder.parent.as_ref()?));
        let names = std::iter::once(element).chain(holders.take(50)).map(|element| base(&element.name));
        let environment = element.facts.word(FactKey::Environment).map(str::to_owned);
        alike.entry((names.collect(), element.kind, environment)).or_default().push(element);
    }
    let mut facts = Vec::new();
    for copies in alike.into_values() {
        let mut computers: Vec<&ElementId> = copies.iter().filter_map(|copy| copy.parent.as_ref()).collect();
        computers.sort();
        computers.dedup();
        let counted =
            copies.iter().any(|copy| copy.facts.at_least(FactKey::Replicas, Origin::Derived).is_some());
        if computers.len() < 2 || counted {
            continue;
        }
        let names: Vec<&str> =
            computers.iter().take(4).filter_map(|id| Some(model.elements.get(*id)?.name.as_str())).collect();
        let more = if computers.len() > names.len() { ", ..." } else { "" };
        let why = format!("it is drawn on {} computers: {}{more}", computers.len(), names.join(", "));
        let count = u32::try_from(computers.len()).unwrap_or(u32::MAX);
        for copy in copies {
            let place = copy.origins.first().copied();
            let value = FactValue::Count(count);
            facts.push((
                copy.id.clone(),
                Fact::because(FactKey::Replicas, value, Origin::Derived, place, why.clone()),
            ));
        }
    }
    facts
}

/// Names that differ by a number only, side by side, with the same technologies and the same neighbors: "Proxy 1", "Proxy 2".
fn siblings(model: &Model) -> Vec<(ElementId, Fact)> {
    use ElementKind as K;
    type Neighbors<'a> = BTreeSet<(bool, &'a ElementId)>;
    let mut neighbors: BTreeMap<&ElementId, Neighbors<'_>> = BTreeMap::new();
    for relation in model.relations.values().filter(|relation| relation.from != relation.to) {
        neighbors.entry(&relation.from).or_default().insert((true, &relation.to));
        neighbors.entry(&relation.to).or_default().insert((false, &relation.from));
    }
    let mut alike: BTreeMap<_, Vec<&Element>> = BTreeMap::new();
    for element in model.elements.values() {
        let serves = matches!(
            element.kind,
            K::Host | K::Gateway | K::Firewall | K::Container | K::Component | K::System | K::Unknown
        );
        let name = base(&element.name);
        let Some(near) = neighbors.get(&element.id).filter(|_| serves) else { continue };
        if element.instance_of.is_some() || name == plain(&element.name) || is_one_of_a_kind(element, &name) {
            continue;
        }
        let products: Vec<&str> =
            element.technologies.iter().filter_map(|technology| technology.id.as_deref()).collect();
        alike.entry((name, element.kind, &element.parent, products, near)).or_default().push(element);
    }
    let mut facts = Vec::new();
    for copies in alike.into_values().filter(|copies| copies.len() >= 2) {
        if copies.iter().any(|copy| copy.facts.at_least(FactKey::Replicas, Origin::Derived).is_some()) {
            continue;
        }
        let names: Vec<&str> = copies.iter().take(4).map(|copy| copy.name.as_str()).collect();
        let more = if copies.len() > names.len() { ", ..." } else { "" };
        let why = format!(
            "{} of a kind are drawn with the same neighbors: {}{more}",
            copies.len(),
            names.join(", ")
        );
        let count = FactValue::Count(u32::try_from(copies.len()).unwrap_or(u32::MAX));
        facts.extend(copies.iter().map(|copy| {
            let place = copy.origins.first().copied();
            (
                copy.id.clone(),
                Fact::because(FactKey::Replicas, count.clone(), Origin::Derived, place, why.clone()),
            )
        }));
    }
    facts
}

/// "Client 1", "Tenant A", "Route 2": numbered because they differ. A letter says so of what is not known to serve.
fn is_one_of_a_kind(element: &Element, name: &[String]) -> bool {
    const WORDS: [&str; 30] = [
        "application",
        "app",
        "branch",
        "client",
        "component",
        "customer",
        "device",
        "factory",
        "module",
        "office",
        "option",
        "partner",
        "phase",
        "plant",
        "project",
        "route",
        "sensor",
        "site",
        "source",
        "stage",
        "step",
        "system",
        "target",
        "team",
        "tenant",
        "thing",
        "user",
        "vendor",
        "plugin",
        "subsystem",
    ];
    let letter = catalog::words(&element.name)
        .last()
        .is_some_and(|word| word.text.chars().count() == 1 && word.number().is_none());
    let unknown =
        element.kind == ElementKind::Unknown && element.technologies.iter().all(|one| one.id.is_none());
    letter && unknown || name.iter().any(|word| WORDS.contains(&word.trim_end_matches('s')))
}

fn plain(name: &str) -> Vec<String> {
    catalog::words(name).into_iter().map(|word| word.text).collect()
}

/// The words of a name without what numbers it: "Server 2", "Server02" and "Server B" are all "server".
fn base(name: &str) -> Vec<String> {
    let mut parts: Vec<String> = catalog::words(name)
        .iter()
        .map(|word| word.text.trim_end_matches(|letter: char| letter.is_ascii_digit()).to_owned())
        .filter(|word| !word.is_empty())
        .collect();
    if parts.len() > 1 && parts.last().is_some_and(|word| word.chars().count() == 1) {
        parts.pop();
    }
    parts
}
