//! What changed between two sets of reviews, for the terminal and for a merge request.
//!
//! The sentences are those of the page (`document`); only their spelling is decided here.

mod markdown;
mod text;

use crate::diff::Changes;

pub use markdown::markdown;
pub use text::text;

/// Two sets of reviews, compared.
#[derive(Clone, Debug, Default)]
pub struct Compared {
    /// What the old side is called, as the user wrote it.
    pub old: String,
    /// What the new side is called.
    pub new: String,
    /// One entry a project.
    pub projects: Vec<ComparedProject>,
}

/// On which sides a project stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// On both.
    Both,
    /// On the new one only.
    Added,
    /// On the old one only.
    Removed,
}

impl Standing {
    /// The word that outputs use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Both => "both",
            Self::Added => "added",
            Self::Removed => "removed",
        }
    }
}

/// One project and what changed in it.
#[derive(Clone, Debug)]
pub struct ComparedProject {
    /// Path of the project; empty when it is the one that was named.
    pub project: String,
    /// On which sides it stands.
    pub standing: Standing,
    /// What changed.
    pub changes: Changes,
}

impl ComparedProject {
    /// Its title and path in words.
    fn name(&self) -> String {
        let title =
            [&self.changes.new.title, &self.changes.old.title].into_iter().find(|title| !title.is_empty());
        match (title, self.project.as_str()) {
            (Some(title), "") => title.clone(),
            (Some(title), path) => format!("{title} ({path})"),
            (None, "") => "The project".to_owned(),
            (None, path) => path.to_owned(),
        }
    }

    /// Whether nothing is to be told.
    pub(super) fn is_same(&self) -> bool {
        self.standing == Standing::Both && self.changes.is_empty()
    }
}
