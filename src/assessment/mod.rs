//! The judgement as values: verdicts with evidence, findings, questions, decisions, rule cards.
//!
//! Architecture invariant: values only. `guidance` fills them; scene, document and writers read
//! them and never see a pack.

mod action;
mod decision;
mod finding;
mod question;
mod rule_card;
mod table;
mod verdict;

pub use action::{Action, ActionState};
pub use decision::{Decision, DecisionState, DecisionStatus};
pub use finding::{Band, Finding, Satisfied};
pub use question::{Answer, AnswerSet, Ask, Question, fits, settled_by_first};
pub use rule_card::{Category, On, RuleCard, Severity, SourceLink, Who};
pub use table::{
    AddressGroup, Basis, FirewallRow, FunctionRow, Gate, MessagePath, PathStep, PortRow, Requirement,
};
pub use verdict::{Evidence, SubjectRef, Truth, Verdict, VerdictKind};

/// Everything that guidance says of one model.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Assessment {
    /// The rules of all packs in use, in the order of packs and files.
    pub rules: Vec<RuleCard>,
    /// One verdict for each rule and subject that it was evaluated on, in the order of `rules`,
    /// then of the model. `not-applicable` is counted in `coverage` only.
    pub verdicts: Vec<Verdict>,
    /// Gaps, alike ones grouped, in the order of bands and priority.
    pub findings: Vec<Finding>,
    /// Unknowns, grouped, those that settle the most first.
    pub questions: Vec<Question>,
    /// What is sound, alike ones grouped; the strongest statements first.
    pub satisfied: Vec<Satisfied>,
    /// Decisions of the sidecar and what became of them.
    pub decisions: Vec<Decision>,
    /// What somebody has promised or has to do, those that are due first.
    pub actions: Vec<Action>,
    /// How many subjects each rule judged.
    pub coverage: Vec<Coverage>,
    /// The port matrix.
    pub ports: Vec<PortRow>,
    /// The firewall list, by firewall, each closed by a deny-all.
    pub firewall: Vec<FirewallRow>,
    /// The groups that the firewall list names, in the order of their first use.
    pub groups: Vec<AddressGroup>,
    /// Availability by function.
    pub functions: Vec<FunctionRow>,
    /// Message paths.
    pub paths: Vec<MessagePath>,
    /// Packs in use.
    pub packs: Vec<PackCard>,
    /// The date that expiry and support are judged against, `YYYY-MM-DD`; `None` judges none.
    pub as_of: Option<String>,
}

/// How many subjects one rule judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// The rule.
    pub rule: String,
    /// Subjects with a gap.
    pub gap: usize,
    /// Subjects that satisfy the rule.
    pub satisfied: usize,
    /// Subjects with a question.
    pub unknown: usize,
    /// Subjects of which it is unknown whether the rule applies.
    pub potentially_applicable: usize,
    /// Subjects that the rule is not about.
    pub not_applicable: usize,
}

/// A pack in use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackCard {
    /// Its id: `core-security`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its version.
    pub version: String,
    /// What it covers, in one sentence.
    pub covers: String,
    /// Ids of the packs that it extends, the nearest first.
    pub extends: Vec<String>,
    /// What it changes of their rules.
    pub changes: Vec<PackChange>,
}

/// A rule that a pack changes in the pack that it extends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackChange {
    /// The rule.
    pub rule: String,
    /// What is changed: `severity critical`, `ask, who`; `off` when it is switched off.
    pub what: String,
    /// Why.
    pub reason: String,
}
