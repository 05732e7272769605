//! The verdict in one line.

use super::Input;
use super::links::treated_by;
use super::words::count;
use crate::assessment::{Band, Finding, VerdictKind};

/// Where the architecture stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    /// Something must be fixed first.
    NotReady,
    /// Something must be decided first.
    ToDecide,
    /// Nothing stands against approval, as drawn.
    Clear,
    /// Nothing was judged.
    #[default]
    Unjudged,
}

impl Standing {
    /// The word that outputs use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::NotReady => "not-ready",
            Self::ToDecide => "to-decide",
            Self::Clear => "clear",
            Self::Unjudged => "unjudged",
        }
    }
}

/// How many of each are open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Findings to fix before go-live that no decision treats.
    pub fix: usize,
    /// Findings to decide on that no decision treats.
    pub decide: usize,
    /// Findings to track that no decision treats.
    pub track: usize,
    /// Findings that a decision treats.
    pub treated: usize,
    /// Questions.
    pub questions: usize,
}

/// The verdict.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Headline {
    /// Where it stands.
    pub standing: Standing,
    /// What is open.
    pub counts: Counts,
    /// The line.
    pub text: String,
}

/// The verdict on an input.
pub(super) fn headline(input: &Input<'_>) -> Headline {
    let counts = counts(input);
    let judged = input.assessment.verdicts.iter().any(|verdict| verdict.kind != VerdictKind::NotApplicable)
        || !input.assessment.findings.is_empty();
    let standing = if input.model.elements.is_empty() || !judged {
        Standing::Unjudged
    } else if counts.fix > 0 {
        Standing::NotReady
    } else if counts.decide > 0 {
        Standing::ToDecide
    } else {
        Standing::Clear
    };
    let mut open = Vec::new();
    if counts.fix > 0 {
        open.push(count(counts.fix, "finding"));
    }
    if counts.decide > 0 {
        open.push(count(counts.decide, "decision"));
    }
    if counts.questions > 0 {
        open.push(count(counts.questions, "question"));
    }
    let text = match standing {
        Standing::NotReady => format!("Not ready to approve: {}.", open.join(", ")),
        Standing::ToDecide => {
            format!("Approval waits for {}{}.", count(counts.decide, "decision"), asked(&counts))
        }
        Standing::Clear => format!("Nothing stands against approval as drawn{}.", asked(&counts)),
        Standing::Unjudged if input.model.elements.is_empty() => {
            "Nothing to judge: no element was read.".to_owned()
        }
        Standing::Unjudged => "Nothing was judged: no rule applies to what is drawn.".to_owned(),
    };
    Headline { standing, counts, text }
}

/// `; 4 questions are open`, or nothing.
fn asked(counts: &Counts) -> String {
    let verb = if counts.questions == 1 { "is" } else { "are" };
    match counts.questions {
        0 => String::new(),
        open => format!("; {} {verb} open", count(open, "question")),
    }
}

/// Findings to fix, to decide and to track.
pub(super) fn bands<'a>(findings: impl Iterator<Item = &'a Finding>) -> [usize; 3] {
    let mut bands = [0; 3];
    for finding in findings {
        bands[match finding.band {
            Band::Fix => 0,
            Band::Decide => 1,
            Band::Track => 2,
        }] += 1;
    }
    bands
}

fn counts(input: &Input<'_>) -> Counts {
    let mut counts = Counts { questions: input.assessment.questions.len(), ..Counts::default() };
    for finding in &input.assessment.findings {
        match finding.band {
            _ if treated_by(input.assessment, finding).is_some() => counts.treated += 1,
            Band::Fix => counts.fix += 1,
            Band::Decide => counts.decide += 1,
            Band::Track => counts.track += 1,
        }
    }
    counts
}
