//! Decisions of the sidecar and what became of them.

use crate::source::Place;

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DecisionStatus {
    /// The risk is borne.
    Accepted,
    /// Something else makes up for it.
    Mitigated,
    /// It will be done.
    Planned,
    /// Somebody else bears it.
    Transferred,
    /// The finding is wrong.
    FalsePositive,
    /// The finding does not apply here.
    NotApplicable,
}

impl DecisionStatus {
    /// All states.
    pub const ALL: &'static [Self] = &[
        Self::Accepted,
        Self::Mitigated,
        Self::Planned,
        Self::Transferred,
        Self::FalsePositive,
        Self::NotApplicable,
    ];

    /// The word that the sidecar and outputs use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Mitigated => "mitigated",
            Self::Planned => "planned",
            Self::Transferred => "transferred",
            Self::FalsePositive => "false-positive",
            Self::NotApplicable => "not-applicable",
        }
    }
}

/// What became of a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DecisionState {
    /// It treats a finding.
    Active,
    /// It treats a finding and expires within 30 days of the as-of date.
    ExpiresSoon,
    /// It has expired; its finding is active again.
    Expired,
    /// It lacks an owner, reason, approver or expiry that its severity demands.
    Invalid,
    /// No finding matches it.
    Orphaned,
    /// What it was about has changed since.
    ChangedSince,
}

impl DecisionState {
    /// The word that outputs use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::ExpiresSoon => "expires-soon",
            Self::Expired => "expired",
            Self::Invalid => "invalid",
            Self::Orphaned => "orphaned",
            Self::ChangedSince => "changed-since",
        }
    }
}

/// One decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// `rule@subject` that it names.
    pub finding: String,
    /// What was decided.
    pub status: DecisionStatus,
    /// What became of it.
    pub state: DecisionState,
    /// Who answers for it.
    pub owner: String,
    /// Why.
    pub reason: String,
    /// Who approved it.
    pub approver: Option<String>,
    /// Ticket or other reference.
    pub ticket: Option<String>,
    /// Proof: a document, a test.
    pub evidence: Option<String>,
    /// What makes up for the finding.
    pub compensating: Option<String>,
    /// When it was decided, `YYYY-MM-DD`.
    pub decided: Option<String>,
    /// Until when it holds, `YYYY-MM-DD`.
    pub expires: Option<String>,
    /// What is wrong with it, or what it may be about now; empty when nothing is.
    pub remark: String,
    /// The finding that an orphaned decision may be about now; proposed, never applied.
    pub proposal: Option<String>,
    /// Lines to paste over those of the decision, so that it holds; empty when nothing is to be done.
    pub lines: String,
    /// Where it is written.
    pub place: Place,
}
