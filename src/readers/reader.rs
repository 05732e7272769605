//! What a reader is.

use crate::diagnostic::{Diagnostic, Loss};
use crate::model::Fragment;
use crate::source::{Source, Sources, Span};

/// Reads one format into the model.
pub trait Reader: Sync {
    /// Name, file extensions, home page: what `planroom formats` prints.
    fn format(&self) -> &'static Format;

    /// How surely this is our format, judged from the name and the first bytes alone.
    fn recognize(&self, head: &Head<'_>) -> Confidence;

    /// Reads the whole source. Never fails: what could not be read is told in
    /// [`Reading::diagnostics`], and what could be read is in [`Reading::fragment`].
    /// Included files come through `files`, and only so.
    fn read(&self, source: &Source, files: &dyn Files) -> Reading;
}

/// What a format is called and where it is described.
#[derive(Debug)]
pub struct Format {
    /// Short id for options and JSON: `plantuml`.
    pub id: &'static str,
    /// Proper name: `PlantUML`.
    pub name: &'static str,
    /// Extensions without the dot.
    pub extensions: &'static [&'static str],
    /// Home page or specification.
    pub home: &'static str,
    /// What of the format is read, in one sentence.
    pub reads: &'static str,
}

/// What recognition may look at.
#[derive(Debug)]
pub struct Head<'a> {
    /// Project-relative path.
    pub path: &'a str,
    /// The first 4 KiB of the decoded text.
    pub text: &'a str,
}

impl<'a> Head<'a> {
    /// The head of a whole text.
    pub fn of(path: &'a str, text: &'a str) -> Self {
        const HEAD: usize = 4096;
        let end = (0..=HEAD.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        Self { path, text: &text[..end] }
    }
}

/// How surely a source is of a format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// It is not.
    No,
    /// The name fits.
    Maybe,
    /// The text says so.
    Sure,
}

/// The door to included files.
pub trait Files: Sync {
    /// The decoded source that `target` names, seen from the source at `from` (project-relative).
    ///
    /// # Errors
    /// When the target lies outside the project, is a URL, does not exist, or exceeds a limit.
    fn include(&self, from: &str, target: &str) -> Result<Source, Refusal>;
}

/// Why an include was not followed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No URL is ever fetched.
    #[error("no address is ever fetched")]
    Remote,
    /// The path leads out of the project.
    #[error("the path leads out of the project")]
    Outside,
    /// There is no such file.
    #[error("there is no such file in the project")]
    Missing,
    /// The file cannot be read as text, or is too large.
    #[error("{0}")]
    Unreadable(String),
}

/// What a reader makes of one source.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The sources that spans point into; the first is the source itself, the others its includes.
    pub sources: Sources,
    /// What was understood.
    pub fragment: Fragment,
    /// What was wrong.
    pub diagnostics: Vec<Diagnostic>,
    /// What was not understood.
    pub loss: Loss,
    /// The source is of this format but not of a kind that is read: the kind's name
    /// (`sequence diagram`). Then the fragment is empty.
    pub refused: Option<String>,
}

impl Reading {
    /// Moves every place, to another table of sources or to the file that the text was taken from.
    pub fn relocate(&mut self, map: &dyn Fn(Span) -> Span) {
        self.fragment.relocate(map);
        self.diagnostics.iter_mut().for_each(|diagnostic| diagnostic.relocate(map));
        self.loss.relocate(map);
    }
}
