//! The forms of actions, counts and single verdicts.

use schemars::JsonSchema;
use serde::Serialize;

use crate::assessment::{Action, Assessment, Band, Finding, Verdict, VerdictKind};

/// What somebody has promised or has to do.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename = "Action", rename_all = "kebab-case")]
pub struct ActionForm {
    /// Id of the finding that asks for it.
    pub finding: String,
    /// Number of the finding.
    pub number: String,
    /// What is to be done.
    pub text: String,
    /// Who has to do it.
    pub owner: String,
    /// Until when, `YYYY-MM-DD`; `null` when nobody said.
    pub due: Option<String>,
    /// `open`, `due-soon` or `overdue`, seen from the as-of date.
    pub state: &'static str,
    /// Why it is on the list: `planned`, `mitigated`, or `owner` of what is affected.
    pub basis: &'static str,
    /// Ticket or other reference.
    pub ticket: Option<String>,
}

/// How many of each, before and after decisions.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename = "Counts", rename_all = "kebab-case")]
pub struct CountsForm {
    /// All findings.
    pub before_decisions: BandsForm,
    /// Findings that no decision treats.
    pub after_decisions: BandsForm,
    /// Open questions.
    pub questions: usize,
    /// Sound statements.
    pub satisfied: usize,
}

/// Findings in each band.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename = "Bands", rename_all = "kebab-case")]
pub struct BandsForm {
    /// To fix before go-live.
    pub fix: usize,
    /// To decide in this review.
    pub decide: usize,
    /// To track.
    pub track: usize,
}

/// What one rule says of single subjects.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename = "Verdicts", rename_all = "kebab-case")]
pub struct VerdictsForm {
    /// Id of the rule.
    pub rule: String,
    /// Ids of subjects with a gap.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gap: Vec<String>,
    /// Ids of subjects that satisfy it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub satisfied: Vec<String>,
    /// Ids of subjects of which it is not known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unknown: Vec<String>,
}

impl ActionForm {
    pub(super) fn new(action: &Action) -> Self {
        Self {
            finding: action.finding.clone(),
            number: action.number.clone(),
            text: action.text.clone(),
            owner: action.owner.clone(),
            due: action.due.clone(),
            state: action.state.word(),
            basis: action.basis,
            ticket: action.ticket.clone(),
        }
    }
}

impl CountsForm {
    pub(super) fn new(assessment: &Assessment) -> Self {
        let findings = &assessment.findings;
        Self {
            before_decisions: BandsForm::of(findings.iter()),
            after_decisions: BandsForm::of(findings.iter().filter(|finding| finding.decision.is_none())),
            questions: assessment.questions.len(),
            satisfied: assessment.satisfied.len(),
        }
    }
}

impl BandsForm {
    fn of<'a>(findings: impl Iterator<Item = &'a Finding>) -> Self {
        let mut bands = Self { fix: 0, decide: 0, track: 0 };
        for finding in findings {
            match finding.band {
                Band::Fix => bands.fix += 1,
                Band::Decide => bands.decide += 1,
                Band::Track => bands.track += 1,
            }
        }
        bands
    }
}

impl VerdictsForm {
    /// One entry for each rule that says something; verdicts that a more specific rule tells are left out.
    pub(super) fn all(assessment: &Assessment) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        for verdict in assessment.verdicts.iter().filter(|verdict| verdict.folded_into.is_none()) {
            if !matches!(verdict.kind, VerdictKind::Gap | VerdictKind::Satisfied | VerdictKind::Unknown) {
                continue;
            }
            if all.last().is_none_or(|last| last.rule != verdict.rule) {
                all.push(Self {
                    rule: verdict.rule.clone(),
                    gap: Vec::new(),
                    satisfied: Vec::new(),
                    unknown: Vec::new(),
                });
            }
            if let Some(last) = all.last_mut() {
                last.add(verdict);
            }
        }
        all
    }

    fn add(&mut self, verdict: &Verdict) {
        let id = verdict.subject.id().to_owned();
        match verdict.kind {
            VerdictKind::Gap => self.gap.push(id),
            VerdictKind::Satisfied => self.satisfied.push(id),
            VerdictKind::Unknown => self.unknown.push(id),
            VerdictKind::PotentiallyApplicable | VerdictKind::NotApplicable => {}
        }
    }
}
