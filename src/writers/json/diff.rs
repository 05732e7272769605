//! The form of a comparison: what `planroom diff --format json` prints.

use schemars::JsonSchema;
use serde::Serialize;

use super::pretty;
use crate::diff::Changes;
use crate::writers::changes::Compared;

/// Two sets of reviews, compared project by project.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename = "Diff", rename_all = "kebab-case")]
pub struct DiffForm {
    /// `diff/1`: the form and its version.
    pub planroom: String,
    /// What the old side is called.
    pub old: String,
    /// What the new side is called.
    pub new: String,
    /// One entry a project.
    pub projects: Vec<DiffProjectForm>,
}

/// One project.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename = "DiffProject", rename_all = "kebab-case")]
pub struct DiffProjectForm {
    /// Its path; empty when it is the one that was named.
    pub project: String,
    /// `both`, `added` (on the new side only) or `removed` (on the old side only).
    pub standing: &'static str,
    /// Whether nothing differs.
    pub same: bool,
    /// What differs.
    pub changes: Changes,
}

/// A comparison as JSON.
pub fn diff(compared: &Compared) -> String {
    let projects = compared.projects.iter().map(|project| DiffProjectForm {
        project: project.project.clone(),
        standing: project.standing.word(),
        same: project.is_same(),
        changes: project.changes.clone(),
    });
    pretty(&DiffForm {
        planroom: "diff/1".to_owned(),
        old: compared.old.clone(),
        new: compared.new.clone(),
        projects: projects.collect(),
    })
}
