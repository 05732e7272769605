//! What a comparison says, as values.

use crate::model::RelationId;

/// Everything that the comparison found, in the order of the export and of the port matrix.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// Rules that were compared.
    pub rules: usize,
    /// Rules that are switched off, on hold or covered by another one.
    pub left_out: usize,
    /// What differs.
    pub differences: Vec<Difference>,
    /// Rules that allow what is drawn, and nothing more.
    pub matching: Vec<Told>,
    /// Rules that allow what nobody drew and a product's documentation asks for.
    pub documented: Vec<Told>,
    /// What documentation asks for, nobody drew, and no rule allows.
    pub required: Vec<Told>,
    /// What cannot be decided, because a name or an address is not known.
    pub undecided: Vec<Told>,
    /// Cells that name nothing.
    pub unmatched: Vec<Unmatched>,
}

/// How a rule set differs from the drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A rule allows what nobody drew.
    NotDrawn,
    /// A rule allows what is drawn, and more.
    Wider,
    /// A flow is drawn, and the rules do not let it pass.
    Blocked,
}

impl Kind {
    /// The word that is printed.
    pub const fn word(self) -> &'static str {
        match self {
            Self::NotDrawn => "allowed-not-drawn",
            Self::Wider => "allowed-wider",
            Self::Blocked => "drawn-blocked",
        }
    }
}

/// One difference.
#[derive(Clone, Debug)]
pub struct Difference {
    /// How it differs.
    pub kind: Kind,
    /// What differs.
    pub told: Told,
}

/// A rule or a flow in words.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// Line of the export; `None` when no rule is meant.
    pub line: Option<u32>,
    /// Name of the rule.
    pub rule: String,
    /// The firewall; empty when none is named.
    pub firewall: String,
    /// The side that opens the connection.
    pub source: String,
    /// The side that answers.
    pub destination: String,
    /// Service or ports.
    pub service: String,
    /// What is said of it.
    pub text: String,
    /// Flows that are meant.
    pub relations: Vec<RelationId>,
}

/// A cell that could not be mapped.
#[derive(Clone, Debug)]
pub struct Unmatched {
    /// Line of the export.
    pub line: u32,
    /// `source`, `destination`, `service`, `firewall`.
    pub column: &'static str,
    /// The word.
    pub text: String,
    /// Why.
    pub why: String,
}
