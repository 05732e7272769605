//! Relations: who talks to whom, and how.

use std::collections::BTreeMap;

use super::element::Technology;
use super::fact::Origin;
use super::facts::Facts;
use super::id::{ElementId, RelationId};
use super::word::words;
use crate::source::Place;

words! {
    /// Who opens the connection.
    pub enum Initiator {
        /// The `from` end.
        From = "from",
        /// The `to` end.
        To = "to",
        /// Either end may.
        Either = "either",
        /// Nobody said.
        Unknown = "unknown",
    }
}

words! {
    /// Which way the content goes, seen from the `from` end.
    pub enum DataDirection {
        /// From `from` to `to`.
        Out = "out",
        /// From `to` to `from`: POP3 is opened by the reader and brings data in.
        In = "in",
        /// Both ways.
        Both = "both",
        /// Nobody said.
        Unknown = "unknown",
    }
}

words! {
    /// Heads of a line. A line drawn `B <-- A` is read as `A --> B`.
    #[derive(Default)]
    pub enum Heads {
        /// One, at the `to` end.
        #[default]
        One = "one",
        /// One at each end.
        Both = "both",
        /// None.
        None = "none",
    }
}

words! {
    /// When the flow exists.
    pub enum Phase {
        /// While the system works.
        Runtime = "runtime",
        /// While it is configured.
        Configuration = "configuration",
        /// While it is administered.
        Administration = "administration",
        /// While it is deployed.
        Deployment = "deployment",
        /// Nobody said.
        Unknown = "unknown",
    }
}

words! {
    /// Transport of a port.
    pub enum Transport {
        /// TCP.
        Tcp = "tcp",
        /// UDP.
        Udp = "udp",
    }
}

/// A protocol spoken on a relation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Protocol {
    /// Id in the protocol catalog.
    pub id: String,
    /// The author's word; empty when it was inferred.
    pub written: String,
    /// `stated` when written, `inferred` when only typical.
    pub origin: Origin,
}

/// A port or an inclusive range of ports at the responder's end.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Port {
    /// First port, 1 to 65535.
    pub from: u16,
    /// Last port; equal to `from` for a single one.
    pub to: u16,
    /// Transport.
    pub transport: Transport,
    /// `stated` when written, `inferred` when only typical.
    pub origin: Origin,
}

/// One flow or dependency between two elements.
#[derive(Clone, Debug, PartialEq)]
pub struct Relation {
    /// `from>to:protocol-family:label-slug`.
    pub id: RelationId,
    /// Where the line starts; a boundary means some member of it.
    pub from: ElementId,
    /// Where the line ends; a boundary means some member of it.
    pub to: ElementId,
    /// The author's words on the line; lines joined by a space.
    pub label: Option<String>,
    /// Technologies as written beside the label (C4's `$techn`).
    pub technologies: Vec<Technology>,
    /// Protocols, strongest origin first; filled by `infer`.
    pub protocols: Vec<Protocol>,
    /// Ports; filled by `infer`.
    pub ports: Vec<Port>,
    /// Who opens the connection.
    pub initiator: Initiator,
    /// Which way the content goes.
    pub data: DataDirection,
    /// Pass-through elements, in the order from `from` to `to`.
    pub via: Vec<ElementId>,
    /// When the flow exists.
    pub phase: Phase,
    /// Name of the group of which only one is used.
    pub alternative: Option<String>,
    /// Exists only under a condition.
    pub optional: bool,
    /// Drawn pieces that this path was joined from; empty for a drawn relation.
    pub pieces: Vec<RelationId>,
    /// The logical relation that this one between instances realizes.
    pub realizes: Option<RelationId>,
    /// Number on the line (`1:`), for dynamic views.
    pub step: Option<String>,
    /// Drawn dashed or dotted.
    pub dashed: bool,
    /// Heads of the line as drawn.
    pub heads: Heads,
    /// Tags, in written order.
    pub tags: Vec<String>,
    /// Stereotypes, in written order.
    pub stereotypes: Vec<String>,
    /// Named properties as written.
    pub properties: BTreeMap<String, String>,
    /// What is known of it.
    pub facts: Facts,
    /// In words, what was concluded from places in a drawing.
    pub basis: Vec<String>,
    /// Where it was written.
    pub origins: Vec<Place>,
}

impl Relation {
    /// A relation that nothing else is known of.
    pub fn new(id: RelationId, from: ElementId, to: ElementId) -> Self {
        Self {
            id,
            from,
            to,
            label: None,
            technologies: Vec::new(),
            protocols: Vec::new(),
            ports: Vec::new(),
            initiator: Initiator::Unknown,
            data: DataDirection::Unknown,
            via: Vec::new(),
            phase: Phase::Unknown,
            alternative: None,
            optional: false,
            pieces: Vec::new(),
            realizes: None,
            step: None,
            dashed: false,
            heads: Heads::One,
            tags: Vec::new(),
            stereotypes: Vec::new(),
            properties: BTreeMap::new(),
            facts: Facts::default(),
            basis: Vec::new(),
            origins: Vec::new(),
        }
    }
}
