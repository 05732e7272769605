//! Protocols and the names by which they are found.

use std::collections::{BTreeMap, BTreeSet};

use super::list::Entry;
use super::phrase::{Builder, Phrases, Word};
use super::{ServicePort, service_ports};
use crate::model::{DataDirection, Phase};

/// What the name of a protocol says about protection in transit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encryption {
    /// Encrypted whenever it is called so.
    Yes,
    /// Clear text by definition.
    No,
    /// It depends; the name alone says nothing.
    Negotiable,
}

/// A protocol.
#[derive(Debug)]
pub struct Protocol {
    /// The word that rules use.
    pub id: &'static str,
    /// Its name for people.
    pub name: &'static str,
    /// link, network, transport, application, local or manual.
    pub layer: &'static str,
    /// What its name says about encryption.
    pub encrypted: Encryption,
    /// Usual ports at the responder.
    pub ports: Vec<ServicePort>,
    /// Ports that are used as well.
    pub also: Vec<ServicePort>,
    /// What has to be known of a second connection, whose port the server hands out.
    pub second: Option<&'static str>,
    /// Carriers: beside one of them, the carrier decides about encryption.
    pub over: Vec<&'static str>,
    /// The protocol that "over TLS" makes of it.
    pub secured: Option<&'static str>,
    /// How flows of it are coupled: sync, async, batch.
    pub coupling: Option<&'static str>,
    /// Which way content goes, seen from the end that opens the connection.
    pub data: DataDirection,
    /// When flows of it exist.
    pub phase: Phase,
    /// What flows of it are for, when not business.
    pub purpose: Option<&'static str>,
    /// Names that count wherever a protocol may stand.
    pub names: Vec<&'static str>,
    /// Names that count only in capitals.
    pub capital: Vec<&'static str>,
    /// Names that count only where nothing but a technology can stand.
    pub loose: Vec<&'static str>,
    /// Names among these that say clear text by themselves.
    pub clear: Vec<&'static str>,
}

/// How sure a name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameClass {
    /// Unmistakable.
    Plain,
    /// An everyday word unless written in capitals.
    Capital,
    /// Only in a technology position.
    Loose,
}

/// A protocol's name in a text.
#[derive(Clone, Copy, Debug)]
pub struct ProtocolName<'a> {
    /// What is named.
    pub protocol: &'a Protocol,
    /// How sure the name is.
    pub class: NameClass,
}

/// All protocols.
#[derive(Debug)]
pub(super) struct Protocols {
    /// In the order of the file.
    pub(super) all: Vec<Protocol>,
    by_id: BTreeMap<&'static str, usize>,
    phrases: Phrases<(u16, NameClass)>,
    by_port: BTreeMap<ServicePort, Vec<usize>>,
    known_ports: BTreeSet<u16>,
}

impl Protocols {
    pub(super) fn read(entries: &[Entry]) -> Self {
        let all: Vec<Protocol> = entries.iter().map(protocol).collect();
        let by_id = all.iter().enumerate().map(|(at, protocol)| (protocol.id, at)).collect();
        let mut phrases = Builder::exact();
        let mut by_port: BTreeMap<ServicePort, Vec<usize>> = BTreeMap::new();
        let mut known_ports = BTreeSet::new();
        for (at, protocol) in all.iter().enumerate() {
            let index = u16::try_from(at).unwrap_or(u16::MAX);
            protocol.names.iter().for_each(|name| phrases.add(name, (index, NameClass::Plain)));
            protocol.capital.iter().for_each(|name| phrases.add(name, (index, NameClass::Capital)));
            protocol.loose.iter().for_each(|name| phrases.add(name, (index, NameClass::Loose)));
            protocol.ports.iter().for_each(|port| by_port.entry(*port).or_default().push(at));
            known_ports.extend(protocol.ports.iter().chain(&protocol.also).map(|port| port.number));
        }
        Self { all, by_id, phrases: phrases.build(), by_port, known_ports }
    }

    pub(super) fn get(&self, id: &str) -> Option<&Protocol> {
        self.by_id.get(id).map(|at| &self.all[*at])
    }

    pub(super) fn at(
        &self,
        text: &[Word],
        at: usize,
        wanted: impl Fn(NameClass) -> bool,
    ) -> Option<(usize, ProtocolName<'_>)> {
        let fits = |(_, class): &(u16, NameClass)| wanted(*class);
        let (length, meanings) = self.phrases.longest(text, at, fits)?;
        let (index, class) = *meanings.first()?;
        Some((length, ProtocolName { protocol: &self.all[usize::from(index)], class }))
    }

    pub(super) fn of_port(&self, port: ServicePort) -> Option<&Protocol> {
        match port.number {
            // Both carry many things; these are what people mean by the bare number.
            80 => return self.get("http"),
            443 => return self.get("https"),
            _ => {}
        }
        match self.by_port.get(&port)?.as_slice() {
            [only] => Some(&self.all[*only]),
            _ => None,
        }
    }

    pub(super) fn knows_port(&self, number: u16) -> bool {
        self.known_ports.contains(&number)
    }
}

fn protocol(entry: &Entry) -> Protocol {
    Protocol {
        id: entry.text("id"),
        name: entry.text("name"),
        layer: entry.text("layer"),
        encrypted: match entry.text("encrypted") {
            "yes" => Encryption::Yes,
            "no" => Encryption::No,
            _ => Encryption::Negotiable,
        },
        ports: service_ports(entry.words("ports")),
        also: service_ports(entry.words("also")),
        second: entry.optional("second"),
        over: entry.words("over").to_vec(),
        secured: entry.optional("secured"),
        coupling: entry.optional("coupling"),
        data: DataDirection::from_word(entry.text("data")).unwrap_or(DataDirection::Unknown),
        phase: Phase::from_word(entry.text("phase")).unwrap_or(Phase::Unknown),
        purpose: entry.optional("purpose"),
        names: entry.words("names").to_vec(),
        capital: entry.words("capital").to_vec(),
        loose: entry.words("loose").to_vec(),
        clear: entry.words("clear").to_vec(),
    }
}
