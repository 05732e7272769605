//! What changed, as values. Their serialized form is published: `planroom schema diff`.

use schemars::JsonSchema;
use serde::Serialize;

/// What two reviews differ in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Changes {
    /// The old review.
    pub old: Edition,
    /// The new review.
    pub new: Edition,
    /// Document properties that differ.
    pub document: Vec<Edit>,
    /// Facts about the model as a whole that differ.
    pub facts: Vec<FactEdit>,
    /// Elements.
    pub elements: Parts,
    /// Flows.
    pub flows: Parts,
    /// Data assets, identities and diagrams.
    pub others: Parts,
    /// Findings with subjects that had no gap before.
    pub findings_new: Vec<ToldFinding>,
    /// Findings that are gone.
    pub findings_closed: Vec<Closed>,
    /// Findings that are about more or less, or weigh more or less.
    pub findings_changed: Vec<FindingChange>,
    /// Single verdicts that turned, alike ones told once.
    pub verdicts: Vec<Turn>,
    /// Questions that were not asked before.
    pub questions_new: Vec<ToldQuestion>,
    /// Questions that were answered, in whole or in part.
    pub questions_answered: Vec<QuestionChange>,
    /// Questions that are not asked any more, and were not answered.
    pub questions_gone: Vec<ToldQuestion>,
    /// Decisions that were made, withdrawn or changed.
    pub decisions: Vec<DecisionChange>,
    /// Findings, questions and decisions of the old review.
    pub before: Counts,
    /// Findings, questions and decisions of the new review.
    pub after: Counts,
    /// Packs of rules that differ: a verdict may have turned because of them.
    pub packs: Vec<Edit>,
}

/// What a review says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Edition {
    /// Its title.
    pub title: String,
    /// Version of the document.
    pub version: Option<String>,
    /// Date of the document.
    pub date: Option<String>,
    /// Date that it was judged against; `null` when it was judged for this comparison.
    pub as_of: Option<String>,
    /// The revision that it stands at: `main (1a2b3c4)`.
    pub revision: Option<String>,
}

/// One property that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Edit {
    /// Which: `label`, `technologies`.
    pub what: String,
    /// Before; `null` when there was none.
    pub old: Option<String>,
    /// Now; `null` when there is none.
    pub new: Option<String>,
}

/// One fact that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct FactEdit {
    /// Its key.
    pub key: String,
    /// Before; `null` when it was not known.
    pub old: Option<Known>,
    /// Now; `null` when it is not known.
    pub new: Option<Known>,
}

/// A value and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Known {
    /// The value in words; values that disagree are told side by side.
    pub value: String,
    /// `declared`, `stated`, `derived` or `inferred`.
    pub origin: String,
    /// Who declared it.
    pub by: Option<String>,
    /// Where it is written: `orders.puml:12`.
    pub place: Option<String>,
}

impl FactEdit {
    /// Whether a person said it, before or now: it does not only follow from something else.
    pub fn is_authored(&self) -> bool {
        let authored = |known: &Option<Known>| {
            known.as_ref().is_some_and(|known| matches!(known.origin.as_str(), "declared" | "stated"))
        };
        authored(&self.old) || authored(&self.new)
    }
}

/// Something with an id and a name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Named {
    /// Its id.
    pub id: String,
    /// Its name as printed: `Web → Orders “SQL”`.
    pub name: String,
    /// What it is: `datastore`, `flow`.
    pub kind: String,
}

/// Parts of one sort.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Parts {
    /// Those that were not there before.
    pub added: Vec<Named>,
    /// Those that are not there any more.
    pub removed: Vec<Named>,
    /// Those of which a line or a fact that somebody wrote differs.
    pub changed: Vec<PartChange>,
    /// Those that seem to be the same under another name or in another place: a proposal.
    pub moved: Vec<Moved>,
    /// Those of which only facts differ that follow from something else.
    pub follows: Vec<PartChange>,
}

/// One part that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct PartChange {
    /// The part as it is now.
    pub part: Named,
    /// Its lines that differ.
    pub edits: Vec<Edit>,
    /// Its facts that differ.
    pub facts: Vec<FactEdit>,
}

/// One part that seems to be the same as an old one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Moved {
    /// The part as it was.
    pub old: Named,
    /// The part as it is.
    pub new: Named,
    /// Why they seem to be the same.
    pub because: String,
    /// Parts that came along: what stands inside, and its flows.
    pub with: usize,
    /// Its lines that differ.
    pub edits: Vec<Edit>,
    /// Its facts that differ.
    pub facts: Vec<FactEdit>,
}

/// A finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct ToldFinding {
    /// `rule@subject`.
    pub id: String,
    /// Its number in its own review.
    pub number: String,
    /// Its rule.
    pub rule: String,
    /// What is wrong.
    pub title: String,
    /// Its severity.
    pub severity: String,
    /// `fix`, `decide` or `track`.
    pub band: String,
    /// What it affects, by name.
    pub subjects: Vec<String>,
    /// The status of the decision that treats it.
    pub treated: Option<String>,
}

/// Why a finding is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// The rule is satisfied now.
    Satisfied,
    /// It is not known any more.
    Unknown,
    /// What it was about is gone.
    Removed,
    /// The rule is not judged any more.
    RuleGone,
    /// A more specific finding tells it.
    Folded,
    /// The rule does not apply any more, or it is not known whether it does.
    NotApplicable,
}

/// A finding that is gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Closed {
    /// The finding as it was.
    pub finding: ToldFinding,
    /// Why it is gone; the first one is true of most of its subjects.
    pub because: Vec<Reason>,
}

/// A finding that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct FindingChange {
    /// The finding as it is.
    pub finding: ToldFinding,
    /// Its id in the old review, when it was another one.
    pub old_id: Option<String>,
    /// Subjects that had no gap before, by name.
    pub more: Vec<String>,
    /// Subjects that have no gap any more, by name.
    pub fewer: Vec<String>,
    /// Severity, band and treatment that differ.
    pub edits: Vec<Edit>,
}

/// Verdicts of one rule that turned alike.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Turn {
    /// The rule.
    pub rule: String,
    /// Its title.
    pub title: String,
    /// The old verdict.
    pub old: Pass,
    /// The new verdict.
    pub new: Pass,
    /// The subjects, by name.
    pub subjects: Vec<String>,
}

/// A verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Pass {
    /// It does not hold.
    Gap,
    /// Nobody said.
    Unknown,
    /// It holds.
    Satisfied,
}

impl Pass {
    /// The word that outputs use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Gap => "gap",
            Self::Unknown => "unknown",
            Self::Satisfied => "satisfied",
        }
    }
}

/// A question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct ToldQuestion {
    /// Its id.
    pub id: String,
    /// Its number in its own review.
    pub number: String,
    /// The question.
    pub text: String,
    /// Who can answer.
    pub who: Vec<String>,
    /// What it is about, by name.
    pub subjects: Vec<String>,
}

/// A question of which something was answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct QuestionChange {
    /// The question as it was.
    pub question: ToldQuestion,
    /// Its number now, when something of it is still open.
    pub still: Option<String>,
    /// The answers: facts that were not known, `replicas of Orders: 2 (declared)`.
    pub answers: Vec<String>,
    /// What was open and is sound now, in words.
    pub satisfied: Vec<String>,
    /// Ids of findings that the answers led to.
    pub gaps: Vec<String>,
}

/// A decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct ToldDecision {
    /// `rule@subject`.
    pub finding: String,
    /// What was decided.
    pub status: String,
    /// What became of it.
    pub state: String,
    /// Who answers for it.
    pub owner: String,
    /// Why.
    pub reason: String,
    /// Until when it holds.
    pub expires: Option<String>,
}

/// A decision that was made, withdrawn or changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct DecisionChange {
    /// Before; `null` when it is new.
    pub old: Option<ToldDecision>,
    /// Now; `null` when it was withdrawn.
    pub new: Option<ToldDecision>,
    /// Title of the finding that it is about, when there is one.
    pub title: Option<String>,
    /// What differs.
    pub edits: Vec<Edit>,
}

/// How many of each there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Counts {
    /// All findings.
    pub findings: usize,
    /// Findings that no decision treats.
    pub open: usize,
    /// Open questions.
    pub questions: usize,
}

impl Parts {
    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty()
            && self.removed.is_empty()
            && self.changed.is_empty()
            && self.moved.is_empty()
            && self.follows.is_empty()
    }
}

impl Changes {
    /// Whether nothing differs. Packs alone are no change: their effect is.
    pub fn is_empty(&self) -> bool {
        self.total() == 0
    }

    /// How many entries the full list has.
    pub fn total(&self) -> usize {
        let parts = |parts: &Parts| {
            parts.added.len()
                + parts.removed.len()
                + parts.changed.len()
                + parts.moved.len()
                + parts.follows.len()
        };
        self.document.len()
            + self.facts.len()
            + parts(&self.elements)
            + parts(&self.flows)
            + parts(&self.others)
            + self.findings_new.len()
            + self.findings_closed.len()
            + self.findings_changed.len()
            + self.verdicts.len()
            + self.questions_new.len()
            + self.questions_answered.len()
            + self.questions_gone.len()
            + self.decisions.len()
    }

    /// Findings that are open now and were not: new ones, those with more subjects or a higher severity, and
    /// those whose decision holds no more.
    pub fn opened(&self) -> impl Iterator<Item = &ToldFinding> {
        let changed = self.findings_changed.iter().filter(|change| {
            !change.more.is_empty()
                || change.edits.iter().any(|edit| edit.what == "decision" && edit.new.is_none())
                || change.edits.iter().any(|edit| edit.what == "severity")
        });
        let changed = changed.map(|change| &change.finding);
        self.findings_new.iter().chain(changed).filter(|finding| finding.treated.is_none())
    }
}
