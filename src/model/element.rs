//! Elements: what stands in the architecture.

use std::collections::BTreeMap;

use super::facts::Facts;
use super::id::ElementId;
use super::word::words;
use crate::source::Place;

words! {
    /// What an element is.
    pub enum ElementKind {
        /// A human user or role.
        Person = "person",
        /// A software system seen from outside.
        System = "system",
        /// An application or service that runs on its own (C4's container).
        Container = "container",
        /// A part of an application.
        Component = "component",
        /// A server, node, virtual machine or device.
        Host = "host",
        /// A database, file store or other keeper of data.
        Datastore = "datastore",
        /// A queue, topic or broker.
        Queue = "queue",
        /// A load balancer, reverse proxy, API gateway or other mediator of connections.
        Gateway = "gateway",
        /// A firewall or packet filter.
        Firewall = "firewall",
        /// A directory or identity provider.
        Identity = "identity",
        /// A keeper of keys or credentials.
        Secrets = "secrets",
        /// A network drawn as a thing: the Internet, a VPN, a bus.
        Network = "network",
        /// A visual group without a trust meaning.
        Boundary = "boundary",
        /// A boundary with a trust meaning.
        Zone = "zone",
        /// Nobody said.
        Unknown = "unknown",
    }
}

impl ElementKind {
    /// Whether elements of this kind hold others and are never a part of their own.
    pub const fn is_boundary(self) -> bool {
        matches!(self, Self::Boundary | Self::Zone)
    }
}

/// A technology of an element or relation: as written, and what the catalog knows it as.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Technology {
    /// The author's words.
    pub written: String,
    /// Id in the catalog; filled by `infer`.
    pub id: Option<String>,
    /// Version or edition that was written beside the name.
    pub version: Option<String>,
}

impl Technology {
    /// A technology as written, not yet looked up.
    pub fn written(written: impl Into<String>) -> Self {
        Self { written: written.into(), id: None, version: None }
    }
}

/// One thing of the architecture.
#[derive(Clone, Debug, PartialEq)]
pub struct Element {
    /// Slug path of names through the canonical tree.
    pub id: ElementId,
    /// What it is.
    pub kind: ElementKind,
    /// The author's name for it, on one line.
    pub name: String,
    /// The element that holds it in the canonical tree.
    pub parent: Option<ElementId>,
    /// Other elements that some view draws it in, in source order: a zone beside the system that
    /// owns it.
    pub also_in: Vec<ElementId>,
    /// The logical element of which this one is a deployed instance.
    pub instance_of: Option<ElementId>,
    /// Technologies in written order.
    pub technologies: Vec<Technology>,
    /// Prose beside the name.
    pub description: Option<String>,
    /// Tags, in written order.
    pub tags: Vec<String>,
    /// Stereotypes without their guillemets, in written order.
    pub stereotypes: Vec<String>,
    /// Named properties as written.
    pub properties: BTreeMap<String, String>,
    /// What is known of it.
    pub facts: Facts,
    /// In words, what was concluded from places in a drawing.
    pub basis: Vec<String>,
    /// Where it was written; the first is the main one.
    pub origins: Vec<Place>,
}

impl Element {
    /// An element that nothing else is known of.
    pub fn new(id: ElementId, kind: ElementKind, name: impl Into<String>) -> Self {
        Self {
            id,
            kind,
            name: name.into(),
            parent: None,
            also_in: Vec::new(),
            instance_of: None,
            technologies: Vec::new(),
            description: None,
            tags: Vec::new(),
            stereotypes: Vec::new(),
            properties: BTreeMap::new(),
            facts: Facts::default(),
            basis: Vec::new(),
            origins: Vec::new(),
        }
    }
}
