//! Tables that follow from the flows and the products: ports, firewall rules, functions, paths.

use super::verdict::Evidence;
use crate::model::{ElementId, Phase, RelationId};

/// What a row rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// The drawing shows the flow and its port.
    Drawn,
    /// The drawing shows the flow; the port is typical.
    DrawnPortAssumed,
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
            Self::DrawnPortAssumed => "drawn; port assumed",
            Self::Declared => "declared",
            Self::RequiredNotDrawn => "required, not drawn",
            Self::ImpliedNotDrawn => "implied, not drawn",
        }
    }
}

/// One row of the port matrix: a service between two groups of elements.
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
    /// Who opens the connection: name of an end, or `unknown`.
    pub opened_by: String,
    /// Firewalls and gateways that it passes, in order from the initiator.
    pub via: Vec<ElementId>,
    /// When it is needed.
    pub phase: Phase,
    /// What it rests on.
    pub basis: Basis,
    /// Numbers of findings and questions about it, or `ok`, or `confirm`.
    pub status: String,
    /// What it is for.
    pub purpose: String,
    /// Relations that it stands for; empty when nobody drew it.
    pub relations: Vec<RelationId>,
    /// Where the requirement comes from: title and address of the product's documentation.
    pub source: Option<super::SourceLink>,
}

/// One rule that a network team would write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FirewallRow {
    /// The firewall; `None` when the path's firewall is not known.
    pub firewall: Option<ElementId>,
    /// `FW1-1`.
    pub rule: String,
    /// Initiator's side.
    pub source: String,
    /// Responder's side.
    pub destination: String,
    /// `tcp`, `udp`, `any`.
    pub protocol: String,
    /// Ports as printed.
    pub port: String,
    /// What it is for.
    pub purpose: String,
    /// When it is needed.
    pub phase: Phase,
    /// What it rests on, or `policy` for the closing rule.
    pub basis: String,
    /// `allow`, `hold for Q5`, `deny`.
    pub status: String,
}

/// One function of the architecture and what is known of its survival.
#[derive(Clone, Debug, PartialEq)]
pub struct FunctionRow {
    /// The element that performs it.
    pub element: ElementId,
    /// Instances as stated: `2`, `unknown (Q2)`.
    pub instances: String,
    /// Failover as stated.
    pub failover: String,
    /// What stops when it is lost, as drawn.
    pub stops: String,
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
    /// The relation between each element and the next one; one shorter than `elements`.
    pub relations: Vec<RelationId>,
    /// Data class along the way; `None` when not stated.
    pub data_class: Option<String>,
}
