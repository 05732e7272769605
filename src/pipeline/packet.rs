//! One project, from its readings to everything that a writer needs.

use rayon::prelude::*;

use super::gather::Project;
use super::pack_files::NamedPacks;
use super::sidecar::Sidecar;
use crate::assemble::assemble;
use crate::catalog::Catalog;
use crate::diagnostic::{Diagnostic, Severity};
use crate::document;
use crate::guidance::{self, PackChoice, Packs};
use crate::infer;
use crate::scene;
use crate::source::Sources;
use crate::writers::writer::Packet;

/// What the command line sets for all projects.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// `--as-of`: the date that expiry and support are judged against.
    pub as_of: Option<String>,
    /// Today's date, for commands that judge against it when nothing else gives one.
    pub today: Option<String>,
    /// Packs beside those that the project names.
    pub packs: NamedPacks,
}

/// Why a project gives no packet: its settings or packs are wrong.
#[derive(Debug)]
pub struct Problem {
    /// The project.
    pub project: String,
    /// Sources that spans point into.
    pub sources: Sources,
    /// What is wrong, each with its place.
    pub diagnostics: Vec<Diagnostic>,
}

/// Assembles, infers, judges, draws and says.
///
/// # Errors
/// When the settings file or a pack is wrong; nothing of the project is then written.
pub fn packet(project: Project, settings: &Settings) -> Result<Packet, Problem> {
    let catalog = Catalog::builtin();
    let assembled = assemble(project.readings);
    let (mut sources, mut model) = (assembled.sources, assembled.model);
    let mut diagnostics = assembled.diagnostics;

    let mut wrong = Vec::new();
    let sidecar = match project.sidecar {
        Some(source) => {
            let text = source.text.clone();
            let file = sources.add(source);
            for mut error in project.pack_errors {
                error.renumber(&|_| file);
                wrong.push(error);
            }
            Sidecar::read(file, &text, &mut wrong)
        }
        None => Sidecar::default(),
    };
    let mut brought = project.packs.sources(&mut sources);
    for pack in settings.packs.files.sources(&mut sources) {
        if brought.iter().all(|known| known.file != pack.file) {
            brought.push(pack);
        }
    }
    let names = sidecar.packs();
    let choice = PackChoice { named: names.as_deref(), also: &settings.packs.builtin, brought: &brought };
    let packs = match Packs::choose(&choice) {
        Ok(packs) if wrong.iter().all(|told| told.severity != Severity::Error) => packs,
        Ok(_) => return Err(Problem { project: project.path, sources, diagnostics: wrong }),
        Err(told) => {
            wrong.extend(told);
            return Err(Problem { project: project.path, sources, diagnostics: wrong });
        }
    };

    sidecar.describe(&mut model, &project.name);
    let mut filled = infer::fill(&mut model, catalog, &sidecar.facts());
    if project.alone {
        for told in filled.iter_mut().filter(|told| told.code == "infer/unknown-subject") {
            told.severity = Severity::Warning;
        }
    }
    wrong.extend(filled);
    sidecar.complete(&mut model, &mut wrong);

    let as_of = settings.as_of.clone().or_else(|| sidecar.date()).or_else(|| settings.today.clone());
    let judged = guidance::Settings { as_of, ..sidecar.settings() };
    let (assessment, told) = guidance::assess(&model, &packs, catalog, &judged);
    // A decision that is not valid leaves its finding open and is told; it stops nothing.
    let stops =
        |told: &Diagnostic| told.severity == Severity::Error && told.code != guidance::INVALID_DECISION;
    let (errors, doubts): (Vec<_>, Vec<_>) = told.into_iter().partition(stops);
    wrong.extend(errors);
    diagnostics.extend(doubts);
    let (errors, doubts): (Vec<_>, Vec<_>) =
        wrong.into_iter().partition(|told| told.severity == Severity::Error);
    diagnostics.extend(doubts);
    if !errors.is_empty() {
        return Err(Problem { project: project.path, sources, diagnostics: errors });
    }

    let scenes: Vec<_> =
        model.views.par_iter().map(|view| scene::compose(&model, &assessment, view)).collect();
    let said = document::compose(&document::Input {
        project: &project.path,
        sources: &sources,
        model: &model,
        assessment: &assessment,
        scenes: &scenes,
        diagnostics: &diagnostics,
        loss: &assembled.loss,
        changes: None,
    });
    Ok(Packet {
        project: project.path,
        sources,
        model,
        assessment,
        scenes,
        document: said,
        diagnostics,
        loss: assembled.loss,
    })
}
