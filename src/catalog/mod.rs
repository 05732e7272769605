//! Technologies, protocols, zones, roles and support dates as people write and know them, loaded
//! from the data under `catalog/`.
//!
//! In: text that somebody wrote on a box or a line. Out: what that text names. This room knows no
//! model; it says what words mean, and `infer` decides whether they stand where they count.

mod list;
mod phrase;
mod protocol;
mod role;
mod support;
mod technology;
mod zone;

use std::collections::BTreeMap;
use std::sync::OnceLock;

pub use phrase::{Word, split_camel, words};
pub use protocol::{Encryption, NameClass, Protocol, ProtocolName};
pub use role::{Role, RoleName};
pub use support::Support;
pub use technology::{FoundTechnology, Setting, Technology};
pub use zone::{Strength, ZoneWord};

use crate::model::Transport;

/// The files, by name.
const FILES: &[(&str, &str)] = &[
    ("technologies.yaml", include_str!("../../catalog/technologies.yaml")),
    ("protocols.yaml", include_str!("../../catalog/protocols.yaml")),
    ("traits.yaml", include_str!("../../catalog/traits.yaml")),
    ("zones.yaml", include_str!("../../catalog/zones.yaml")),
    ("roles.yaml", include_str!("../../catalog/roles.yaml")),
    ("support.yaml", include_str!("../../catalog/support.yaml")),
];

/// A port of the catalog.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ServicePort {
    /// 1 to 65535.
    pub number: u16,
    /// TCP unless written otherwise.
    pub transport: Transport,
}

/// What the words of the field mean.
#[derive(Debug)]
pub struct Catalog {
    technologies: technology::Technologies,
    protocols: protocol::Protocols,
    zones: zone::Zones,
    roles: role::Roles,
    support: Vec<Support>,
    traits: BTreeMap<&'static str, &'static str>,
}

impl Catalog {
    /// The catalog that is built in. The first call reads it.
    pub fn builtin() -> &'static Self {
        static BUILTIN: OnceLock<Catalog> = OnceLock::new();
        BUILTIN.get_or_init(|| {
            let lists: Vec<list::List> = FILES.iter().flat_map(|(_, text)| list::read(text)).collect();
            let entries = |name: &str| {
                lists.iter().find(|list| list.name == name).map_or(&[][..], |list| &list.entries[..])
            };
            Self {
                technologies: technology::Technologies::read(entries("technologies")),
                protocols: protocol::Protocols::read(entries("protocols")),
                zones: zone::Zones::read(entries("zones"), entries("fillers")),
                roles: role::Roles::read(entries("roles")),
                support: support::read(entries("support")),
                traits: entries("traits")
                    .iter()
                    .map(|entry| (entry.text("id"), entry.text("title")))
                    .collect(),
            }
        })
    }

    /// All technologies, in the order of the file.
    pub fn technologies(&self) -> &[Technology] {
        &self.technologies.all
    }

    /// The technology of an id.
    pub fn technology(&self, id: &str) -> Option<&Technology> {
        self.technologies.get(id)
    }

    /// Technologies that a text names, in written order.
    pub fn technologies_in(&self, text: &str, setting: Setting) -> Vec<FoundTechnology<'_>> {
        self.technologies.find(text, setting)
    }

    /// All protocols, in the order of the file.
    pub fn protocols(&self) -> &[Protocol] {
        &self.protocols.all
    }

    /// The protocol of an id.
    pub fn protocol(&self, id: &str) -> Option<&Protocol> {
        self.protocols.get(id)
    }

    /// The longest name of a protocol that starts at a word: how many words, what it names.
    pub fn protocol_at(
        &self,
        text: &[Word],
        at: usize,
        wanted: impl Fn(NameClass) -> bool,
    ) -> Option<(usize, ProtocolName<'_>)> {
        self.protocols.at(text, at, wanted)
    }

    /// The protocol whose usual port this is, when only one has it.
    pub fn protocol_of_port(&self, port: ServicePort) -> Option<&Protocol> {
        self.protocols.of_port(port)
    }

    /// Whether a protocol or technology usually uses this port.
    pub fn is_known_port(&self, number: u16) -> bool {
        self.protocols.knows_port(number) || self.technologies.knows_port(number)
    }

    /// What kind of zone a title names, and how surely.
    pub fn zone_word(&self, title: &str) -> Option<ZoneWord> {
        self.zones.find(title)
    }

    /// All roles, in the order of the file.
    pub fn roles(&self) -> &[Role] {
        &self.roles.all
    }

    /// The role of a word.
    pub fn role(&self, id: &str) -> Option<&Role> {
        self.roles.all.iter().find(|role| role.id == id)
    }

    /// Roles that a text names, longest names first taken.
    pub fn roles_in(&self, text: &str) -> Vec<RoleName<'_>> {
        self.roles.find(text)
    }

    /// All support dates, in the order of the file.
    pub fn support_dates(&self) -> &[Support] {
        &self.support
    }

    /// Until when a technology as written is supported; `None` when nobody knows.
    /// `version` overrides the version that was written.
    pub fn support(&self, technology: &crate::model::Technology, version: Option<&str>) -> Option<&Support> {
        support::find(&self.support, technology, version)
    }

    /// Traits and what they mean.
    pub fn traits(&self) -> &BTreeMap<&'static str, &'static str> {
        &self.traits
    }

    /// Whether one of the technologies has a trait; `None` when none of them is known.
    pub fn has_trait(&self, technologies: &[crate::model::Technology], wanted: &str) -> Option<bool> {
        let known: Vec<&Technology> =
            technologies.iter().filter_map(|technology| self.technology(technology.id.as_deref()?)).collect();
        if known.is_empty() {
            return None;
        }
        Some(known.iter().any(|technology| technology.traits.contains(&wanted)))
    }
}

/// A port as the files write it: `443` or `53/udp`.
fn service_ports(written: &[&'static str]) -> Vec<ServicePort> {
    let parse = |text: &&'static str| {
        let (number, transport) = match text.strip_suffix("/udp") {
            Some(number) => (number, Transport::Udp),
            None => (*text, Transport::Tcp),
        };
        Some(ServicePort { number: number.parse().ok().filter(|number| *number > 0)?, transport })
    };
    written.iter().filter_map(parse).collect()
}

#[cfg(test)]
mod tests;
