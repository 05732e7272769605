//! One project, from its readings to everything that a writer needs.

use rayon::prelude::*;

use super::baseline::Baseline;
use super::gather::{Kept, Project};
use super::pack_files::NamedPacks;
use super::sidecar::Sidecar;
use crate::assemble::assemble;
use crate::catalog::Catalog;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Severity};
use crate::diff::{self, Record};
use crate::document::{self, Since};
use crate::guidance::{self, PackChoice, Packs};
use crate::infer;
use crate::scene;
use crate::source::{FileId, SIDECAR, Sources, Span};
use crate::writers::json;
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
    /// Reviews to compare with; without them, each project's own baseline counts.
    pub baseline: Option<Baseline>,
    /// `--layout`: where things go in pictures of drawings that came with coordinates.
    pub arrangement: scene::Arrangement,
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

/// Assembles, infers, judges, compares with the last review, draws and says.
///
/// # Errors
/// When the settings file, a pack or the baseline is wrong; nothing of the project is then written.
pub fn packet(project: Project, settings: &Settings) -> Result<Packet, Problem> {
    let mut project = project;
    let kept = project.baseline.take();
    let mut packet = judged(project, settings)?;
    let old = match (&settings.baseline, kept) {
        (Some(baseline), _) => Some(baseline.of(&packet.project).cloned()),
        (None, Some(kept)) => Some(Some(own_baseline(kept, &packet)?)),
        (None, None) => None,
    };
    let changes = old.as_ref().and_then(Option::as_ref).map(|old| diff::compare(old, &record(&packet)));
    let since = match (&old, &changes) {
        (_, Some(changes)) => Since::Review(changes),
        (Some(None), None) => Since::NotInBaseline,
        _ => Since::FirstReview,
    };
    let (model, assessment) = (&packet.model, &packet.assessment);
    let scenes: Vec<_> = model
        .views
        .par_iter()
        .map(|view| scene::compose(model, assessment, view, settings.arrangement))
        .collect();
    let document = document::compose(&document::Input {
        project: &packet.project,
        sources: &packet.sources,
        model,
        assessment,
        scenes: &scenes,
        diagnostics: &packet.diagnostics,
        loss: &packet.loss,
        since,
    });
    packet.scenes = scenes;
    packet.document = document;
    Ok(packet)
}

/// The published form of a packet, as a comparison reads it.
pub(super) fn record(packet: &Packet) -> Record {
    let model = json::model(&packet.model, &packet.sources);
    let findings = json::findings(packet);
    // Read back through the same door as a file: both sides of a comparison are of one form.
    Record::read(&model, Some(&findings)).expect("what was just written is of the form that is read")
}

/// The packet that the settings file names; what is wrong with it is told at that place.
fn own_baseline(kept: Result<Kept, String>, packet: &Packet) -> Result<Record, Problem> {
    let read = kept.and_then(|kept| {
        Record::read(&kept.model, kept.findings.as_deref())
            .map_err(|(file, error)| format!("its {file}: {error}"))
    });
    read.map_err(|text| {
        let (file, source) = packet
            .sources
            .iter()
            .find(|(_, source)| source.path == SIDECAR)
            .map_or((FileId(0), ""), |(file, source)| (file, &*source.text));
        let (config, _) = Config::read(file, source);
        let span = config.document.baseline.map(|written| written.span).unwrap_or_default();
        let message = format!("the baseline cannot be read: {text}");
        let help = "name the folder of a packet, or its `model.json`, within the project";
        let told = Diagnostic::error("config/baseline", message, span).help(help);
        Problem { project: packet.project.clone(), sources: packet.sources.clone(), diagnostics: vec![told] }
    })
}

/// Assembles, infers and judges; nothing is drawn or said yet.
///
/// # Errors
/// When the settings file or a pack is wrong.
pub(super) fn judged(project: Project, settings: &Settings) -> Result<Packet, Problem> {
    let catalog = Catalog::builtin();
    let titled = project.readings.iter().any(|reading| reading.fragment.title.is_some());
    let assembled = assemble(project.readings);
    let (mut sources, mut model) = (assembled.sources, assembled.model);
    if let Some(title) = project.title.filter(|_| !titled) {
        model.title = title;
    }
    let mut diagnostics = assembled.diagnostics;

    let mut wrong = Vec::new();
    let sidecar = match project.sidecar {
        Some(source) => {
            let text = source.text.clone();
            let file = sources.add(source);
            for mut error in project.pack_errors {
                error.relocate(&|span| Span { file, ..span });
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

    Ok(Packet {
        project: project.path,
        place: project.place,
        sources,
        model,
        assessment,
        scenes: Vec::new(),
        document: document::Document::default(),
        diagnostics,
        loss: assembled.loss,
    })
}
