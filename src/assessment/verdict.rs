//! Verdicts and the evidence that they rest on.

use crate::model::{ElementId, Origin, RelationId, ViewId};
use crate::source::Place;

/// What a rule is evaluated on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SubjectRef {
    /// The model as a whole.
    Model,
    /// An element.
    Element(ElementId),
    /// A relation.
    Relation(RelationId),
    /// A zone, by its element.
    Zone(ElementId),
    /// A view.
    View(ViewId),
}

impl SubjectRef {
    /// The subject part of a finding's id; `model` for the model.
    pub fn id(&self) -> &str {
        match self {
            Self::Model => "model",
            Self::Element(id) | Self::Zone(id) => id.as_str(),
            Self::Relation(id) => id.as_str(),
            Self::View(id) => id.as_str(),
        }
    }
}

/// Kleene's three values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Truth {
    /// It is not so.
    False,
    /// Nobody said.
    Unknown,
    /// It is so.
    True,
}

/// What a rule says of a subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum VerdictKind {
    /// It does not hold, on evidence.
    Gap,
    /// It holds.
    Satisfied,
    /// It applies; whether it holds is not known.
    Unknown,
    /// Whether it applies is not known.
    PotentiallyApplicable,
    /// It does not apply.
    NotApplicable,
}

impl VerdictKind {
    /// The word that is printed.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Gap => "gap",
            Self::Satisfied => "satisfied",
            Self::Unknown => "unknown",
            Self::PotentiallyApplicable => "potentially-applicable",
            Self::NotApplicable => "not-applicable",
        }
    }
}

/// One fact that a verdict rests on, or that would decide it.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// Whom the fact is about.
    pub subject: SubjectRef,
    /// The fact's key, or the graph property's name.
    pub key: String,
    /// Its value in words; `None` when the fact is missing.
    pub value: Option<String>,
    /// Where the fact comes from; `None` when it is missing.
    pub origin: Option<Origin>,
    /// Where it is written.
    pub place: Option<Place>,
    /// The sentence that tells it: `label "FTP" is clear text as written`.
    pub text: String,
    /// Elements of a witness path, in order; empty for plain facts.
    pub path: Vec<ElementId>,
    /// What the predicate made of it.
    pub truth: Truth,
}

/// What one rule says of one subject.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// The rule.
    pub rule: String,
    /// The subject.
    pub subject: SubjectRef,
    /// The verdict.
    pub kind: VerdictKind,
    /// Satisfied on inferred facts alone.
    pub assumed: bool,
    /// Facts of equal origin disagree, or both gap and satisfied hold.
    pub contradictory: bool,
    /// A more specific rule that speaks in place of this one on this subject.
    pub folded_into: Option<String>,
    /// The facts that decided a gap. When guidance was asked for a trace, also those of other verdicts; for
    /// unknown, those that are missing.
    pub evidence: Vec<Evidence>,
}
