//! The typed tree of a rule's predicates. `language` reads it, `evaluate` decides it.

use crate::model::{DataDirection, ElementKind, FactKey, Initiator, Phase, ViewKind};

/// What a predicate is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    Element,
    Relation,
    View,
    Model,
}

impl Scope {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Element => "element",
            Self::Relation => "relation",
            Self::View => "view",
            Self::Model => "model",
        }
    }
}

/// A statement that is true, false or unknown of one subject.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Predicate {
    All(Vec<Predicate>),
    Any(Vec<Predicate>),
    Not(Box<Predicate>),
    /// True unless the inner one is true; never unknown.
    Unless(Box<Predicate>),
    /// About the whole model, whatever the subject.
    OfModel(Box<Predicate>),
    Test(Test),
}

/// A comparison of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bound {
    AtLeast(u32),
    Below(u32),
    Exactly(u32),
}

impl Bound {
    pub(super) const fn holds(self, count: u32) -> bool {
        match self {
            Self::AtLeast(least) => count >= least,
            Self::Below(limit) => count < limit,
            Self::Exactly(number) => count == number,
        }
    }
}

/// What is asked of a fact.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Check {
    /// One of these words (or one of the list's words).
    Words(Vec<String>),
    Count(Bound),
    /// Position in the ordered choice of the fact's type.
    AtLeastWord(String),
    BelowWord(String),
    Stated,
    Contradictory,
}

/// Which of the flows of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Incoming,
    Outgoing,
    Either,
}

/// Which end of a relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    From,
    To,
    Either,
    Both,
    Client,
    Server,
}

/// Zones that a relation joins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Crossing {
    Zone,
    TrustBoundary,
    No,
}

/// Yes-or-no properties that the drawing decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Drawn {
    Alternative,
    Optional,
    Labeled,
    Directed,
    Dashed,
    SelfLoop,
    Mediated,
    Conflicts,
    NearMerges,
    SupportListed,
    Redacted,
}

/// Sets of subjects that a quantifier runs over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Set {
    Flows(Way),
    Members,
    Instances,
    /// What stands on the same computer.
    Beside,
    Trusts,
    SeparatedBy,
    Alternatives,
    /// Of the model, or of one view.
    Elements,
    Relations,
    Zones,
    Views,
}

impl Set {
    /// What the members are.
    pub(super) const fn scope(self) -> Scope {
        match self {
            Self::Flows(_) | Self::Relations | Self::Alternatives => Scope::Relation,
            Self::Views => Scope::View,
            Self::Members
            | Self::Instances
            | Self::Beside
            | Self::Trusts
            | Self::SeparatedBy
            | Self::Elements
            | Self::Zones => Scope::Element,
        }
    }

    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Flows(Way::Incoming) => "incoming",
            Self::Flows(Way::Outgoing) => "outgoing",
            Self::Flows(Way::Either) => "flows",
            Self::Members => "members",
            Self::Instances => "instances",
            Self::Beside => "beside",
            Self::Trusts => "trusts",
            Self::SeparatedBy => "separated-by",
            Self::Alternatives => "alternatives",
            Self::Elements => "elements",
            Self::Relations => "relations",
            Self::Zones => "zones",
            Self::Views => "views",
        }
    }
}

/// How many of a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quantity {
    Some,
    Every,
    None,
    AtLeast(u32),
    Exactly(u32),
}

/// One leaf of a predicate.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Test {
    Fact(FactKey, Check),
    /// Dotted numbers, as written.
    Version {
        at_least: bool,
        version: String,
    },
    Kind(Vec<ElementKind>),
    /// Empty: stated, whatever it is. So for protocols and ports.
    Technology(Vec<String>),
    Trait(Vec<String>),
    /// Lower case, single spaces.
    Says(Vec<String>),
    TrustLevel(Bound),
    PastSupport(bool),
    Drawn(Drawn, bool),
    /// Index into `graph::GRAPH_FACTS`.
    GraphFlag(usize, bool),
    GraphCount(usize, Bound),
    Quantifier(Set, Quantity, Box<Predicate>),
    Inside(Box<Predicate>),
    Zone(Box<Predicate>),
    End(End, Box<Predicate>),
    Passes(Box<Predicate>),
    Protocol(Vec<String>),
    Layer(Vec<String>),
    Port(Vec<u16>),
    Crosses(Crossing),
    Phase(Vec<Phase>),
    Initiator(Vec<Initiator>),
    Data(Vec<DataDirection>),
    EndsDiffer(FactKey),
    EndsShare(FactKey),
    Path(Box<PathQuery>),
    DataAssets(Bound),
    Identities(Bound),
    Complete,
    ViewKind(Vec<ViewKind>),
}

/// A question about paths in opening direction.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PathQuery {
    pub(super) from: Predicate,
    pub(super) to: Predicate,
    pub(super) passes: Option<Predicate>,
    pub(super) avoids: Option<Predicate>,
    /// `Some(n)`: each path passes at least n.
    pub(super) every: Option<u32>,
}
