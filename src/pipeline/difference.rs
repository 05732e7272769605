//! Two sets of reviews, compared project by project.

use std::collections::BTreeSet;

use super::baseline::{Baseline, Review};
use crate::assessment::Severity;
use crate::diff;
use crate::writers::changes::{self, Compared, ComparedProject, Standing};
use crate::writers::json;

/// Compares all projects. `old` and `new` are what the two sides are called.
pub fn difference(old_name: &str, old: &Baseline, new_name: &str, new: &Baseline) -> Difference {
    let mut projects = Vec::new();
    if let ([one], [other]) = (old.reviews.as_slice(), new.reviews.as_slice()) {
        projects.push(both(one, other));
    } else {
        let paths: BTreeSet<&str> =
            old.reviews.iter().chain(&new.reviews).map(|review| review.project.as_str()).collect();
        for path in paths {
            let find = |side: &'_ Baseline| side.reviews.iter().position(|review| review.project == path);
            projects.push(match (find(old), find(new)) {
                (Some(one), Some(other)) => both(&old.reviews[one], &new.reviews[other]),
                (Some(one), None) => alone(&old.reviews[one], Standing::Removed),
                (None, Some(other)) => alone(&new.reviews[other], Standing::Added),
                (None, None) => continue,
            });
        }
    }
    Difference(Compared { old: old_name.to_owned(), new: new_name.to_owned(), projects })
}

/// What changed in all projects.
#[derive(Debug)]
pub struct Difference(Compared);

impl Difference {
    /// Whether anything differs.
    pub fn any_change(&self) -> bool {
        self.0
            .projects
            .iter()
            .any(|project| project.standing != Standing::Both || !project.changes.is_empty())
    }

    /// Whether a finding at or above the severity of this word is open that was not.
    pub fn opens(&self, word: &str) -> bool {
        let rank = |word: &str| Severity::ALL.iter().position(|severity| severity.word() == word);
        let Some(level) = rank(word) else { return false };
        let mut opened = self.0.projects.iter().flat_map(|project| project.changes.opened());
        opened.any(|finding| rank(&finding.severity).is_some_and(|found| found <= level))
    }
}

fn both(one: &Review, other: &Review) -> ComparedProject {
    ComparedProject {
        project: other.project.clone(),
        standing: Standing::Both,
        changes: diff::compare(&one.record, &other.record),
    }
}

/// A project that stands on one side only: everything of it was added, or removed.
fn alone(review: &Review, standing: Standing) -> ComparedProject {
    let nothing = review.record.emptied();
    let changes = match standing {
        Standing::Removed => diff::compare(&review.record, &nothing),
        Standing::Added | Standing::Both => diff::compare(&nothing, &review.record),
    };
    ComparedProject { project: review.project.clone(), standing, changes }
}

/// What changed, for a person at the terminal.
pub fn diff_text(difference: &Difference) -> String {
    changes::text(&difference.0)
}

/// What changed, as Markdown for a merge request.
pub fn diff_markdown(difference: &Difference) -> String {
    changes::markdown(&difference.0)
}

/// What changed, as JSON.
pub fn diff_json(difference: &Difference) -> String {
    json::diff(&difference.0)
}
