//! Tables that follow from the flows and the products: ports, firewall rules, functions, paths.

use super::verdict::Evidence;
use crate::model::{ElementId, Phase, Port, RelationId};

/// What a row rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// The drawing shows the flow and its port.
    Drawn,
    /// The drawing shows the flow; the port is the one that the product's documentation names.
    DrawnPortDocumented,
    /// The drawing shows the flow; the port is typical.
    DrawnPortAssumed,
    /// The drawing shows the flow; no port is known.
    DrawnPortUnknown,
    /// The sidecar declares it.
    Declared,
    /// The product needs it and nobody drew it.
    RequiredNotDrawn,
    /// It follows from a stated trust or membership and nobody drew it.
    ImpliedNotDrawn,
}

impl Basis {
    /// The words that the page prints.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Drawn => "drawn",
            Self::DrawnPortDocumented => "drawn; port documented",
            Self::DrawnPortAssumed => "drawn; port assumed",
            Self::DrawnPortUnknown => "drawn; port not known",
            Self::Declared => "declared",
            Self::RequiredNotDrawn => "required, not drawn",
            Self::ImpliedNotDrawn => "implied, not drawn",
        }
    }

    /// Whether somebody drew the flow.
    pub const fn is_drawn(self) -> bool {
        !matches!(self, Self::RequiredNotDrawn | Self::ImpliedNotDrawn)
    }
}

/// What the documented port list of a product says of a flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Requirement {
    /// The list asks for it, drawn or not.
    Required,
    /// The list names it for who uses the function, and the drawing does.
    WhenUsed,
    /// The list speaks of one of its ends and does not ask for this flow.
    NotRequired,
    /// No list speaks of its ends.
    NoList,
}

impl Requirement {
    /// The words that are printed.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::WhenUsed => "when used",
            Self::NotRequired => "not listed",
            Self::NoList => "",
        }
    }
}

/// What a network team may do with a row now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gate {
    /// To be opened; a status other than `ok` names what somebody has to confirm.
    Allow,
    /// Another rule of the same firewall opens it already.
    Covered,
    /// Not to be opened before the status is settled.
    Hold,
    /// To be refused.
    Deny,
}

impl Gate {
    /// The word that is printed.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Covered => "covered",
            Self::Hold => "hold",
            Self::Deny => "deny",
        }
    }
}

/// One row of the port matrix: a service between two groups of elements. It stands for every pair of the two.
#[derive(Clone, Debug, PartialEq)]
pub struct PortRow {
    /// Elements at the client's end, as the row names them.
    pub from: Vec<ElementId>,
    /// Elements at the server's end.
    pub to: Vec<ElementId>,
    /// Service in words: `SQL`, `HTTP, SOAP`.
    pub service: String,
    /// Ports as printed: `tcp 1433`, `tcp 135 + pinned`; empty when unknown.
    pub ports: String,
    /// The same ports as values; a range that is to be pinned stands in it as it is.
    pub opens: Vec<Port>,
    /// Who opens the connection: name of an end, `either`, or `not stated`.
    pub opened_by: String,
    /// Firewalls and gateways that it passes, in order from the initiator.
    pub via: Vec<ElementId>,
    /// When it is needed.
    pub phase: Phase,
    /// What it rests on.
    pub basis: Basis,
    /// What the product's documented list says of it.
    pub requirement: Requirement,
    /// Whether it may be opened now.
    pub action: Gate,
    /// Why not, or what is to be confirmed, with the numbers of findings and questions; `ok` when nothing is open.
    pub status: String,
    /// What it is for.
    pub purpose: String,
    /// What the reader has to know beside it: the member that the documentation names, FTP's data ports.
    pub note: String,
    /// Relations that it stands for; empty when nobody drew it.
    pub relations: Vec<RelationId>,
    /// Where the requirement comes from: title and address of the product's documentation.
    pub source: Option<super::SourceLink>,
}

/// One rule that a network team would write.
#[derive(Clone, Debug, PartialEq)]
pub struct FirewallRow {
    /// The firewall; `None` when the path's firewall is not known.
    pub firewall: Option<ElementId>,
    /// `FW1-1`.
    pub rule: String,
    /// Zone of the side that opens the connection; `None` when it is not known, and of the closing rule.
    pub from_zone: Option<ElementId>,
    /// Zone of the side that answers.
    pub to_zone: Option<ElementId>,
    /// Initiator's side: the name of an [`AddressGroup`], or `any`.
    pub source: String,
    /// Responder's side: the name of an [`AddressGroup`], or `any`.
    pub destination: String,
    /// `tcp`, `udp`, `any`; `not stated` when no port is known.
    pub protocol: String,
    /// Ports as printed: `1433`, `135 + pinned`, `any`, `not stated`.
    pub port: String,
    /// Service in words.
    pub service: String,
    /// What it is for.
    pub purpose: String,
    /// What the reader has to know beside it.
    pub note: String,
    /// When it is needed.
    pub phase: Phase,
    /// What it rests on, or `policy` for the closing rule.
    pub basis: String,
    /// What the product's documented list says of it.
    pub requirement: Requirement,
    /// What to do with it now.
    pub action: Gate,
    /// `ok`, `default, confirm`, `hold: pin first (Q5)`, `covered by FW1-1`, `deny`.
    pub status: String,
    /// Relations that it stands for; empty when nobody drew it.
    pub relations: Vec<RelationId>,
    /// Where the requirement comes from.
    pub source_link: Option<super::SourceLink>,
}

/// A group of elements that rules name as one source or destination.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressGroup {
    /// The name that rules use.
    pub name: String,
    /// Its members, in the order of the model.
    pub members: Vec<ElementId>,
    /// Addresses as stated, in the order of the members.
    pub addresses: Vec<String>,
    /// Members of which no address is stated.
    pub without_address: Vec<ElementId>,
    /// It is a zone that a line ends on: some member of it is meant, never each.
    pub some_member: bool,
}

/// One function of the architecture and what is known of its survival.
#[derive(Clone, Debug, PartialEq)]
pub struct FunctionRow {
    /// The element that performs it.
    pub element: ElementId,
    /// Instances as stated: `2`, `not stated (Q2)`.
    pub instances: String,
    /// Failover as stated.
    pub failover: String,
    /// What stops when it is lost, as drawn.
    pub stops: String,
    /// Message paths that stop with it: indices into `Assessment::paths`.
    pub paths: Vec<usize>,
    /// What that rests on.
    pub evidence: Vec<Evidence>,
}

/// A numbered walk along the flows, from outside to where data rests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessagePath {
    /// `Partner to MessageBox`.
    pub title: String,
    /// Elements in order.
    pub elements: Vec<ElementId>,
    /// What lies between each element and the next one; one shorter than `elements`.
    pub steps: Vec<PathStep>,
    /// Highest data class along the way; `None` when none is stated.
    pub data_class: Option<String>,
}

/// One step of a message path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathStep {
    /// The flow.
    pub relation: RelationId,
    /// The walk goes from the flow's start to its end; otherwise content goes against the arrow, or the line has none.
    pub forward: bool,
    /// The line is drawn without a head, so that its direction is not drawn.
    pub undirected: bool,
    /// The end that the step leads to opens the connection: content is fetched.
    pub fetched: bool,
    /// Firewalls and gateways that it passes, in order of the walk.
    pub passes: Vec<ElementId>,
    /// Data class of what is carried, as stated of the flow; `None` when it is not stated.
    pub data_class: Option<String>,
}
