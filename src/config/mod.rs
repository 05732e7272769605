//! `planroom.yaml` as plain values with places.
//!
//! In: the sidecar's text. Out: its values as written, and a diagnostic for every wrong key, type,
//! date and status. What a fact's key or a rule's id means is not known here: `infer` and
//! `guidance` check that. `docs/sidecar.md` describes the file.

mod date;
pub mod edit;
mod read;

pub use date::is_date;

use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Key, Node, Span};

/// Statuses of a decision.
pub const STATUSES: &[&str] =
    &["accepted", "mitigated", "planned", "transferred", "false-positive", "not-applicable"];

/// Severities of a rule, and `off`.
pub const SEVERITIES: &[&str] = &["critical", "high", "medium", "low", "info", "off"];

/// A text and where it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// The text.
    pub text: String,
    /// Where.
    pub span: Span,
}

/// The sidecar.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Config {
    /// What the document says of itself.
    pub document: Document,
    /// What is read.
    pub inputs: Inputs,
    /// Declared facts, one entry a subject.
    pub facts: Vec<DeclaredFacts>,
    /// Decisions about findings.
    pub decisions: Vec<Decision>,
    /// Views that show everything of their kind.
    pub complete: Vec<Written>,
    /// Packs to use; `None`: those in use by default.
    pub packs: Option<Vec<Pack>>,
    /// Rules with another severity, or switched off.
    pub rules: Vec<RuleChange>,
}

/// Document properties.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// Title of the packet.
    pub title: Option<Written>,
    /// Who answers for it.
    pub owner: Option<Written>,
    /// Classification, in the organization's words.
    pub classification: Option<Written>,
    /// Version.
    pub version: Option<Written>,
    /// Status: draft, in review, approved, ...
    pub status: Option<Written>,
    /// Who approves it.
    pub approvers: Vec<Written>,
    /// As-of date, `YYYY-MM-DD`.
    pub date: Option<Written>,
    /// Environment that it describes.
    pub environment: Option<Written>,
    /// The packet of the last review, relative to the project: its folder or its `model.json`.
    pub baseline: Option<Written>,
}

/// What is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inputs {
    /// Globs of files to read; empty: everything that a reader recognizes.
    pub read: Vec<Written>,
    /// Globs of files to leave out.
    pub leave_out: Vec<Written>,
    /// What an arrow means.
    pub arrows: Option<Arrows>,
}

/// What the author's arrows mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrows {
    /// They start at the end that opens the connection.
    Open,
    /// They follow the data.
    Data,
}

/// Facts about one subject.
#[derive(Clone, Debug, PartialEq)]
pub struct DeclaredFacts {
    /// Id, pattern (`data/*`, `* > ftp`) or `model`.
    pub subject: Written,
    /// Key and value of each fact, as written.
    pub set: Vec<(Key, Node)>,
    /// Who says so.
    pub by: Option<Written>,
    /// When it was said.
    pub date: Option<Written>,
    /// On what ground.
    pub source: Option<Written>,
    /// Until when it holds.
    pub expires: Option<Written>,
    /// Where the entry starts.
    pub span: Span,
    /// Number of the entry in `facts`, from 0; subjects of one entry share it.
    pub entry: usize,
}

/// A decision about a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// `rule@subject`.
    pub finding: Written,
    /// Written by `planroom`: what the decision was made for.
    pub fingerprint: Option<Written>,
    /// One of [`STATUSES`].
    pub status: Written,
    /// Who answers for it.
    pub owner: Option<Written>,
    /// Why.
    pub reason: Option<Written>,
    /// Who approved it.
    pub approver: Option<Written>,
    /// Ticket or other reference.
    pub ticket: Option<Written>,
    /// Proof: a document, a test.
    pub evidence: Option<Written>,
    /// What makes up for the finding.
    pub compensating: Option<Written>,
    /// When it was decided.
    pub decided: Option<Written>,
    /// Until when it holds.
    pub expires: Option<Written>,
    /// Where the entry starts.
    pub span: Span,
}

/// A pack to use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pack {
    /// A built-in pack, by id.
    Builtin(Written),
    /// A file, relative to the project.
    File(Written),
}

/// A rule that the project changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleChange {
    /// The rule's id.
    pub rule: Written,
    /// One of [`SEVERITIES`].
    pub severity: Written,
    /// Why.
    pub reason: Written,
}

impl Config {
    /// Reads the sidecar. What could be read is in the values; what could not is told.
    pub fn read(file: FileId, text: &str) -> (Self, Vec<Diagnostic>) {
        read::read(file, text)
    }
}
