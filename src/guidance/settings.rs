//! What a project sets: dates, decisions, changed rules. Plain values; `pipeline` fills them from
//! the sidecar.

use crate::assessment::Severity;
use crate::source::Span;

/// Settings of one assessment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// The date that expiry and support are judged against, `YYYY-MM-DD`; `None` judges none.
    pub as_of: Option<String>,
    /// Decisions, as written.
    pub decisions: Vec<Ruling>,
    /// Rules that the project changes.
    pub rules: Vec<RuleChange>,
    /// Tell the evidence of every verdict, also of open ones, which no output shows.
    pub trace: bool,
}

/// A decision as the sidecar writes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ruling {
    /// `rule@subject`.
    pub finding: String,
    /// Written by us when the decision was made: fingerprint of the finding, `.`, hash of its evidence.
    pub fingerprint: Option<String>,
    /// One of the words of `DecisionStatus`.
    pub status: String,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Why.
    pub reason: Option<String>,
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
    /// Where it is written.
    pub span: Span,
}

/// A rule that the project changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleChange {
    /// The rule's id.
    pub rule: String,
    /// Another severity; `None` switches the rule off.
    pub severity: Option<Severity>,
    /// Why.
    pub reason: Option<String>,
    /// Where it is written.
    pub span: Span,
}
