//! From paths to projects with their readings.
//!
//! A folder that holds a `planroom.yaml` is a project with everything below it, up to the next such
//! folder. Without one, each folder that directly holds diagrams is a project of its own.
//!
//! 1. `folder` walks and says which files are of which project; `wanted` knows what the settings take.
//! 2. `open` decodes each file and finds the diagrams that it carries.
//! 3. `twins` leaves out pictures of what is there as text too.
//! 4. `read` hands texts to their readers; `context` gives views the words that a document has for them.

mod context;
mod folder;
mod kept;
mod open;
mod read;
mod title;
mod twins;
mod wanted;

use std::collections::BTreeMap;
use std::path::Path;

use super::includes::Includes;
use super::pack_files::{Limits, PackFiles};
use crate::diagnostic::{Diagnostic, Severity};
use crate::readers::READERS;
use crate::readers::reader::Reading;
use crate::source::{FileId, Folder, ReadError, SIDECAR, Source, normalize, read_bytes};

pub(super) use folder::gather_folder;
pub(super) use kept::Kept;
pub use twins::{Twin, twins_line};

/// Name of a packet's model.
pub(super) const MODEL: &str = "model.json";

/// Name of a packet's judgement.
pub(super) const FINDINGS: &str = "findings.json";

/// One project with what was read of it.
#[derive(Debug)]
pub struct Project {
    /// Path relative to the folder that is built, with `/`; empty for that folder itself.
    pub path: String,
    /// Path of its folder relative to the one that planroom was run in, with `/`; relative to the folder that is
    /// built when that lies elsewhere.
    pub place: String,
    /// Name of its folder (or file), for want of a title.
    pub name: String,
    /// Title of its main document, or its folder's name in words, when more than one diagram's title could stand for
    /// it.
    pub title: Option<String>,
    /// It is one file of a folder, read alone: its settings may speak of other files.
    pub alone: bool,
    /// Format of its first source.
    pub format: Option<&'static str>,
    /// Its settings file, when it has one.
    pub sidecar: Option<Source>,
    /// One reading for each source that a reader knows, in the order of their paths.
    pub readings: Vec<Reading>,
    /// The packs that the settings file names as files, in its order.
    pub packs: PackFiles,
    /// Packs that it names and that cannot be read; the places are in the settings file, as source 0.
    pub pack_errors: Vec<Diagnostic>,
    /// The packet of the last review, when the settings file names one.
    pub baseline: Option<Result<Kept, String>>,
}

/// Everything below the paths.
#[derive(Debug, Default)]
pub struct Gathered {
    /// Projects that hold at least one diagram that is read, in the order of their paths.
    pub projects: Vec<Project>,
    /// Diagrams of kinds that are not read: kind and number.
    pub passed_over: BTreeMap<String, usize>,
    /// What was refused, a sentence each: files that could not be read, bounds that were met.
    pub refused: Vec<String>,
    /// Folders that a build wrote, which are not read.
    pub written: Vec<String>,
    /// Pictures that hold a diagram which is read from another file.
    pub twins: Vec<Twin>,
}

/// Why nothing can be done.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// A path that the user named cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A path that the user named holds a kind of diagram that is not read, or no known format.
    #[error("{0}")]
    Unknown(String),
}

/// Finds and reads all projects. A number of bytes as `limits` is that of the largest source.
///
/// # Errors
/// When a path that the user named does not exist or cannot be read.
pub fn gather(paths: &[String], limits: impl Into<Limits>) -> Result<Gathered, Refusal> {
    let limits = limits.into();
    let several = paths.len() > 1;
    let mut gathered = Gathered::default();
    for path in paths {
        let full = Path::new(path);
        if full.is_dir() {
            gather_folder(&Folder::open(full, limits.source)?, path, several, limits, &mut gathered)?;
        } else {
            let parent =
                full.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
            let bytes = read_bytes(full, limits.source)?;
            let name = full.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let folder = Folder::open(parent, limits.source)?;
            gather_file(&folder, &name, path, bytes, several, limits, &mut gathered)?;
        }
    }
    distinct(&mut gathered);
    Ok(gathered)
}

/// Two projects of one path are told apart by a number.
pub(super) fn distinct(gathered: &mut Gathered) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for project in &mut gathered.projects {
        let times = seen.entry(project.path.clone()).or_default();
        *times += 1;
        if *times > 1 {
            project.path = format!("{}~{times}", project.path);
        }
    }
}

/// The same without projects that draw nothing: a diagram of a kind that is not read, or an empty one.
pub fn drawn(mut gathered: Gathered) -> Gathered {
    let (drawn, empty): (Vec<_>, Vec<_>) = gathered
        .projects
        .into_iter()
        .partition(|project| project.readings.iter().any(|reading| !reading.fragment.drafts.is_empty()));
    for reading in empty.into_iter().flat_map(|project| project.readings) {
        let path = reading.sources.get(FileId(0)).map(|source| source.path.clone()).unwrap_or_default();
        match reading.diagnostics.first() {
            Some(told) => gathered.refused.push(format!("{path}: {}", told.message)),
            None => gathered.refused.push(format!("{path}: draws no element")),
        }
    }
    gathered.projects = drawn;
    gathered
}

/// Adds a project of one file, with the settings file beside it. `shown` is its path as the user knows it.
///
/// # Errors
/// When it is of no format that is read, carries no diagram, or the settings file cannot be read.
pub(super) fn gather_file(
    folder: &Folder,
    name: &str,
    shown: &str,
    bytes: Vec<u8>,
    several: bool,
    limits: Limits,
    gathered: &mut Gathered,
) -> Result<(), Refusal> {
    let opened = open::open(name, shown, Ok(bytes), limits.source);
    if let Some(why) = opened.refusal(shown) {
        return Err(Refusal::Unknown(why));
    }
    // What lies beside the file may be included from anywhere in its project.
    let (project, base) = folder.project();
    let includes = Includes { folder: &project, base: &base };
    let read = read::read(name, &opened, &includes, &BTreeMap::new());
    let Some(format) = read.format else {
        let known: Vec<&str> = READERS.iter().map(|reader| reader.format().name).collect();
        return Err(Refusal::Unknown(format!(
            "{shown}: no format that is read was recognized, expected one of: {}; see `planroom formats`",
            known.join(", ")
        )));
    };
    let mut readings = read.readings;
    folder::add_named(&mut readings, read.named);
    // A document may carry other kinds beside what is read; alone, a diagram of such a kind is the answer.
    if readings.iter().any(|reading| reading.refused.is_none()) {
        pass_over(&mut readings, gathered);
    } else {
        readings.truncate(1);
    }
    context::give(&mut readings, &base, &context::Contexts::new(read.contexts));
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned();
    let sidecar = folder.has(SIDECAR).then(|| folder.read(SIDECAR)).transpose()?;
    let sidecar = sidecar.map(|decoded| open::source(SIDECAR, decoded.text));
    let (packs, pack_errors) = wanted::packs(folder, "", sidecar.as_ref(), limits);
    let baseline = kept::kept(folder, sidecar.as_ref());
    let path = if several { stem.clone() } else { String::new() };
    let place = normalize(shown).unwrap_or_default();
    gathered.projects.push(Project {
        path,
        place: place.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned(),
        title: title::of_file(&opened),
        name: stem,
        alone: true,
        format: Some(format),
        sidecar,
        readings,
        packs,
        pack_errors,
        baseline,
    });
    Ok(())
}

/// Counts diagrams of kinds that are not read, and leaves them out.
fn pass_over(readings: &mut Vec<Reading>, gathered: &mut Gathered) {
    readings.retain(|reading| match &reading.refused {
        Some(kind) => {
            *gathered.passed_over.entry(kind.clone()).or_default() += 1;
            false
        }
        None => true,
    });
}

/// The errors of a source that drew nothing, each with its place: they reach no page.
fn errors(reading: &Reading) -> Vec<String> {
    let tell = |told: &Diagnostic| match told.code {
        // Its message names the file as the user knows it.
        read::UNREADABLE => told.message.clone(),
        _ => format!("{}: {}", reading.sources.locate(told.span), told.message),
    };
    reading.diagnostics.iter().filter(|told| told.severity == Severity::Error).map(tell).collect()
}
