//! Findings and sound statements: verdicts grouped for the reader.

use super::rule_card::{Category, Severity};
use super::verdict::{Evidence, SubjectRef};

/// When a finding needs attention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Band {
    /// Fix before go-live.
    Fix,
    /// Decide in this review.
    Decide,
    /// Track.
    Track,
}

impl Band {
    /// The words that head the band.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Fix => "Fix before go-live",
            Self::Decide => "Decide in this review",
            Self::Track => "Track",
        }
    }
}

/// Alike gaps of one rule, told once.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// `rule@subject`, the subject being the first one or the group's key.
    pub id: String,
    /// What the page calls it: `G1` (fix), `D2` (decide), `T3` (track).
    pub number: String,
    /// The rule.
    pub rule: String,
    /// What is wrong here, as written: `FTP and POP3 are clear text as written`.
    pub title: String,
    /// Severity, after the sidecar's changes.
    pub severity: Severity,
    /// Category.
    pub category: Category,
    /// When it needs attention.
    pub band: Band,
    /// Everything it affects, in the order of the model.
    pub subjects: Vec<SubjectRef>,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
    /// Both gap and satisfied evidence, or contradictory facts.
    pub contradictory: bool,
    /// Ids of narrower rules whose gaps are told here.
    pub folded: Vec<String>,
    /// Index into `Assessment::decisions` of the decision that treats it.
    pub decision: Option<usize>,
    /// Stable fingerprint of rule and subjects.
    pub fingerprint: String,
    /// Hash of the facts and witness paths that it rests on.
    pub evidence_fingerprint: String,
    /// Looser fingerprint that survives moves.
    pub loose_fingerprint: String,
    /// Lines to paste into `planroom.yaml` when it is wrong.
    pub correction: String,
    /// Lines of a decision about it, to be filled in, with the fingerprint of what it rests on now.
    pub decide: String,
}

/// Alike satisfied verdicts, told once.
#[derive(Clone, Debug, PartialEq)]
pub struct Satisfied {
    /// The rule.
    pub rule: String,
    /// What is sound, as drawn.
    pub text: String,
    /// Category.
    pub category: Category,
    /// Severity that a gap would have had.
    pub severity: Severity,
    /// What it holds for.
    pub subjects: Vec<SubjectRef>,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
    /// On inferred facts alone; never on the first page.
    pub assumed: bool,
}
