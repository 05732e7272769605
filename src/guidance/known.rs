//! The facts that count of a subject, over those that the floor admits.

use std::borrow::Cow;

use super::evaluate::{Judge, Known};
use super::index::{At, Edge, Floor, Index};
use crate::model::{FactKey, FactValue, Facts, Heads, Initiator, Origin, ZoneKind};

impl<'a> Judge<'a> {
    pub(super) fn facts(&self, at: At) -> Option<&'a Facts> {
        match at {
            At::Element(at) => Some(&self.index.spot(at).element.facts),
            At::Relation(at) => Some(&self.index.flow(at).relation.facts),
            At::Model => Some(&self.index.model.facts),
            At::View(_) => None,
        }
    }

    /// The fact that counts, when the floor admits it.
    pub(super) fn known(&self, key: FactKey, at: At, floor: Floor) -> Option<Known<'a>> {
        if let Some(value) = self.supposed.and_then(|supposed| supposed.value(key, at)) {
            return Some(Known {
                value: Cow::Owned(value.clone()),
                origin: Origin::Declared,
                place: None,
                because: &[],
            });
        }
        if let (FactKey::ZoneKind, At::Element(number)) = (key, at) {
            if let Some(value) = self.supposed_zone_kind(number) {
                return Some(Known {
                    value: Cow::Owned(value.clone()),
                    origin: Origin::Declared,
                    place: None,
                    because: &[],
                });
            }
            let (value, origin, holder) = self.index.zone_kind(number, floor)?;
            let element = self.index.spot(holder).element;
            let fact = element.facts.get(key);
            return Some(Known {
                value: Cow::Borrowed(value),
                origin,
                place: fact.and_then(|fact| fact.place).or_else(|| element.origins.first().copied()),
                because: fact.map_or(&[], |fact| &fact.because),
            });
        }
        let fact = self.facts(at)?.get(key)?;
        floor.admits(fact.origin).then_some(Known {
            value: Cow::Borrowed(&fact.value),
            origin: fact.origin,
            place: fact.place,
            because: &fact.because,
        })
    }

    /// The kind of zone that an answer puts an element into: of itself, or of what holds it.
    fn supposed_zone_kind(&self, number: u32) -> Option<&'a FactValue> {
        let supposed = self.supposed?;
        let around = std::iter::once(&number).chain(&self.index.spot(number).holders);
        around.filter_map(|at| supposed.value(FactKey::ZoneKind, At::Element(*at))).next()
    }

    /// Trust level of an element.
    pub(super) fn trust_level(&self, number: u32, floor: Floor) -> Option<u8> {
        match self.supposed_zone_kind(number) {
            Some(FactValue::Word(word)) => ZoneKind::from_word(word).and_then(ZoneKind::trust_level),
            _ => self.index.level(number, floor).map(|(level, ..)| level),
        }
    }

    pub(super) fn technologies(&self, at: At) -> Option<&'a [&'a str]> {
        match at {
            At::Element(at) => {
                let known = &self.index.spot(at).technologies;
                (!known.is_empty()).then_some(known.as_slice())
            }
            At::Relation(_) | At::View(_) | At::Model => None,
        }
    }

    pub(super) fn traits(&self, at: At) -> Option<&'a [&'a str]> {
        match at {
            At::Element(at) if !self.index.spot(at).technologies.is_empty() => {
                Some(&self.index.spot(at).traits)
            }
            _ => None,
        }
    }

    /// Version fact, or the version beside a technology.
    pub(super) fn version(&self, at: u32, floor: Floor) -> Option<String> {
        if let Some(known) = self.known(FactKey::Version, At::Element(at), floor) {
            return Some(known.value.display());
        }
        self.index.spot(at).element.technologies.iter().find_map(|technology| technology.version.clone())
    }

    /// What holds an element or one of its instances.
    pub(super) fn holders(&self, at: u32) -> Vec<u32> {
        let spot = self.index.spot(at);
        let mut holders = spot.holders.clone();
        for instance in &spot.instances {
            for holder in &self.index.spot(*instance).holders {
                if !holders.contains(holder) {
                    holders.push(*holder);
                }
            }
        }
        holders
    }
}

/// Which end opens the connection: `from`, `to`, or (`None`) either; as drawn when nobody said.
pub(super) fn opener(edge: &Edge<'_>) -> Option<bool> {
    match (edge.relation.initiator, edge.relation.heads) {
        (Initiator::From, _) | (Initiator::Unknown, Heads::One) => Some(true),
        (Initiator::To, _) => Some(false),
        (Initiator::Either, _) | (Initiator::Unknown, Heads::Both | Heads::None) => None,
    }
}

/// Protocols that count: the firm ones, else (where the floor admits them) the inferred ones.
pub(super) fn protocols<'a>(edge: &Edge<'a>, floor: Floor) -> impl Iterator<Item = (&'a str, Origin)> {
    let all = &edge.relation.protocols;
    let firm = all.iter().any(|protocol| Floor::Firm.admits(protocol.origin));
    all.iter()
        .filter(
            move |protocol| {
                if firm { Floor::Firm.admits(protocol.origin) } else { floor.admits(protocol.origin) }
            },
        )
        .map(|protocol| (protocol.id.as_str(), protocol.origin))
}

/// Ports that count, as [`protocols`].
pub(super) fn ports<'a>(edge: &Edge<'a>, floor: Floor) -> impl Iterator<Item = &'a crate::model::Port> {
    let all = &edge.relation.ports;
    let firm = all.iter().any(|port| Floor::Firm.admits(port.origin));
    all.iter()
        .filter(move |port| if firm { Floor::Firm.admits(port.origin) } else { floor.admits(port.origin) })
}

/// The protocols that count in words: the author's where one is written, else the catalog's name.
pub(super) fn service_names(index: &Index<'_>, edge: &Edge<'_>, floor: Floor) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for (id, _) in protocols(edge, floor) {
        let written =
            edge.relation.protocols.iter().find(|protocol| protocol.id == id && !protocol.written.is_empty());
        let name = written.map_or_else(|| protocol_name(index, id), |protocol| protocol.written.clone());
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// The catalog's name of a protocol, without what it explains in parentheses.
pub(super) fn protocol_name(index: &Index<'_>, id: &str) -> String {
    let name = index.catalog.protocol(id).map_or(id, |protocol| protocol.name);
    name.split(" (").next().unwrap_or(name).to_owned()
}
