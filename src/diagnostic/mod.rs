//! What is wrong with the input's text, and what of it was not understood.
//!
//! Architecture invariant: codes are strings that the module which reports them owns; this floor
//! knows no reader.

mod form;
mod print;
mod suggest;

pub use form::{Form, unknown_word};
pub use print::{Head, print, print_marked};
pub use suggest::did_you_mean;

use crate::source::{Source, Span};

/// How much a diagnostic matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Read, and worth knowing.
    Note,
    /// Read, but doubtful.
    Warning,
    /// Part of the input was not read.
    Error,
}

impl Severity {
    /// The word that is printed: `note`, `warning`, `error`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A problem in the input's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How much it matters.
    pub severity: Severity,
    /// `plantuml/unclosed-block`: stable, documented, greppable.
    pub code: &'static str,
    /// What was seen and what was expected; no final period.
    pub message: String,
    /// The primary place.
    pub span: Span,
    /// Other places that explain it.
    pub labels: Vec<Label>,
    /// What to write instead, when we know.
    pub help: Option<String>,
}

/// A second place of a diagnostic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What it shows.
    pub text: String,
}

impl Diagnostic {
    /// A diagnostic of the given severity without labels or help.
    pub fn new(severity: Severity, code: &'static str, message: impl Into<String>, span: Span) -> Self {
        Self { severity, code, message: message.into(), span, labels: Vec::new(), help: None }
    }

    /// Part of the input was not read.
    pub fn error(code: &'static str, message: impl Into<String>, span: Span) -> Self {
        Self::new(Severity::Error, code, message, span)
    }

    /// Read, but doubtful.
    pub fn warning(code: &'static str, message: impl Into<String>, span: Span) -> Self {
        Self::new(Severity::Warning, code, message, span)
    }

    /// Read, and worth knowing.
    pub fn note(code: &'static str, message: impl Into<String>, span: Span) -> Self {
        Self::new(Severity::Note, code, message, span)
    }

    /// The same diagnostic with advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Moves every place.
    pub fn relocate(&mut self, map: &dyn Fn(Span) -> Span) {
        self.span = map(self.span);
        for label in &mut self.labels {
            label.span = map(label.span);
        }
    }
}

/// The account of statements: `seen = understood + visual + unknown.len()`.
///
/// A statement is one logical line after joining continuations, or one shape; a block (note,
/// legend, `skinparam {}`, `<style>`) is one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Loss {
    /// Statements that reached the model.
    pub understood: usize,
    /// Statements known to say only how the drawing looks.
    pub visual: usize,
    /// Statements that were not understood.
    pub unknown: Vec<Unread>,
}

/// One statement that was not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// Where it stands.
    pub span: Span,
    /// Its text, shortened to one line.
    pub text: String,
}

impl Unread {
    /// The statement that starts at a place: its first line, at most 60 characters of it.
    pub fn at(source: &Source, span: Span) -> Self {
        let line = source.line(source.line_column(span.start).line).trim();
        let text = match line.char_indices().nth(60) {
            Some((end, _)) => format!("{}…", &line[..end]),
            None => line.to_owned(),
        };
        Self { span, text }
    }
}

impl Loss {
    /// All statements of the source.
    pub fn seen(&self) -> usize {
        self.understood + self.visual + self.unknown.len()
    }

    /// Adds another account to this one.
    pub fn add(&mut self, other: &Self) {
        self.understood += other.understood;
        self.visual += other.visual;
        self.unknown.extend(other.unknown.iter().cloned());
    }

    /// Moves every place.
    pub fn relocate(&mut self, map: &dyn Fn(Span) -> Span) {
        for unread in &mut self.unknown {
            unread.span = map(unread.span);
        }
    }
}
