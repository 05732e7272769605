//! What a writer is, and the one value that all writers take.

use crate::assessment::Assessment;
use crate::diagnostic::{Diagnostic, Loss};
use crate::document::Document;
use crate::model::Model;
use crate::scene::Scene;
use crate::source::Sources;

/// Everything that is known of one project, ready to be written.
#[derive(Debug)]
pub struct Packet {
    /// Path of the project relative to the folder that was built; empty for that folder itself.
    pub project: String,
    /// Path of the project's folder relative to the one that planroom was run in; relative to the one that was
    /// built when that lies elsewhere. Paths of sources are relative to it.
    pub place: String,
    /// Sources that spans point into.
    pub sources: Sources,
    /// The model with its facts.
    pub model: Model,
    /// The judgement.
    pub assessment: Assessment,
    /// One picture for each view, in the order of the views.
    pub scenes: Vec<Scene>,
    /// What the page says.
    pub document: Document,
    /// What was wrong with the input.
    pub diagnostics: Vec<Diagnostic>,
    /// What was not understood.
    pub loss: Loss,
}

/// One file of a packet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputFile {
    /// Path relative to the packet's folder, with `/`.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What a writer makes.
#[derive(Debug)]
pub struct Output {
    /// Short id: `html`.
    pub id: &'static str,
    /// What it is for, in one line.
    pub about: &'static str,
    /// Media type.
    pub media_type: &'static str,
}

/// Writes a packet in one form.
pub trait Writer: Sync {
    /// Its name and media type.
    fn output(&self) -> &'static Output;

    /// The files. Writes nothing to disk; the same packet gives the same bytes.
    fn write(&self, packet: &Packet) -> Vec<OutputFile>;
}
