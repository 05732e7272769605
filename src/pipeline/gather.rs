//! From paths to projects with their readings.
//!
//! A folder that holds a `planroom.yaml` is a project with everything below it, up to the next such
//! folder. Without one, each folder that directly holds diagrams is a project of its own.

use std::collections::BTreeMap;
use std::path::Path;

use globset::{Glob, GlobSet, GlobSetBuilder};
use rayon::prelude::*;

use super::includes::Includes;
use super::pack_files::{Limits, PackFiles, pack_files_within};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Severity};
use crate::infer;
use crate::readers::reader::{Head, Reading};
use crate::readers::{READERS, recognize};
use crate::source::{
    Decoded, FileId, Folder, ReadError, SIDECAR, Source, Span, normalize, read_named, unpack_pages,
};

/// Name of a packet's model.
pub(super) const MODEL: &str = "model.json";

/// Name of a packet's judgement.
pub(super) const FINDINGS: &str = "findings.json";

/// Bytes that recognition looks at.
const HEAD: usize = 4096;

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

/// A packet that was kept, as it was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// `model.json`.
    pub model: String,
    /// `findings.json`, when it is there.
    pub findings: Option<String>,
}

impl Kept {
    /// Reads the two files of a folder, `base` being empty or ending with `/`.
    ///
    /// # Errors
    /// When there is no `model.json`, or one of them cannot be read.
    pub fn read(folder: &Folder, base: &str) -> Result<Self, ReadError> {
        let findings = format!("{base}{FINDINGS}");
        let findings = folder.has(&findings).then(|| folder.read(&findings)).transpose()?;
        let model = folder.read(&format!("{base}{MODEL}"))?.text;
        Ok(Self { model, findings: findings.map(|decoded| decoded.text) })
    }
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
            let decoded = read_named(full, limits.source)?;
            let name = full.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            gathered.projects.push(file(
                &Folder::open(parent, limits.source)?,
                &name,
                path,
                decoded,
                several,
                limits,
            )?);
        }
    }
    distinct(&mut gathered);
    Ok(gathered)
}

/// Adds the projects of a folder; one of several is told by its name. `shown` is its path as the user wrote it.
///
/// # Errors
/// When a settings file cannot be read: what it decides is not known.
pub(super) fn gather_folder(
    folder: &Folder,
    shown: &str,
    several: bool,
    limits: Limits,
    gathered: &mut Gathered,
) -> Result<(), ReadError> {
    let prefix = if several { format!("{}/", folder.name()) } else { String::new() };
    let place = normalize(shown).filter(|place| !place.is_empty()).map(|place| format!("{place}/"));
    walk(folder, &prefix, &place.unwrap_or_default(), limits, gathered)
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

/// A project of one file, with the settings file beside it. `shown` is its path as the user knows it.
pub(super) fn file(
    folder: &Folder,
    name: &str,
    shown: &str,
    decoded: Decoded,
    several: bool,
    limits: Limits,
) -> Result<Project, Refusal> {
    if decoded.text.trim().is_empty() {
        return Err(Refusal::Unknown(format!(
            "{shown}: the file is empty, expected a diagram or model (for PlantUML: @startuml, the diagram, @enduml)"
        )));
    }
    let includes = Includes { folder, base: "" };
    let Some((reading, format)) = read(name, decoded, &includes) else {
        let known: Vec<&str> = READERS.iter().map(|reader| reader.format().name).collect();
        return Err(Refusal::Unknown(format!(
            "{shown}: no format that is read was recognized, expected one of: {}; see `planroom formats`",
            known.join(", ")
        )));
    };
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned();
    let sidecar = folder.has(SIDECAR).then(|| folder.read(SIDECAR)).transpose()?;
    let sidecar = sidecar.map(|decoded| source(SIDECAR, decoded.text));
    let (packs, pack_errors) = packs(folder, "", sidecar.as_ref(), limits);
    let baseline = kept(folder, sidecar.as_ref());
    let path = if several { stem.clone() } else { String::new() };
    let place = normalize(shown).unwrap_or_default();
    Ok(Project {
        path,
        place: place.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned(),
        name: stem,
        alone: true,
        format: Some(format),
        sidecar,
        readings: vec![reading],
        packs,
        pack_errors,
        baseline,
    })
}

fn walk(
    folder: &Folder,
    prefix: &str,
    place: &str,
    limits: Limits,
    gathered: &mut Gathered,
) -> Result<(), ReadError> {
    let (files, cut) = folder.walk();
    if cut {
        gathered
            .refused
            .push("some folders were not walked: they are nested too deeply, or hold too many files".into());
    }
    let roots: Vec<&str> = files.iter().filter_map(|file| project_of_sidecar(file)).collect();
    let mut members: BTreeMap<&str, Vec<&str>> = roots.iter().map(|root| (*root, Vec::new())).collect();
    let is_input =
        |file: &&String| project_of_sidecar(file).is_none() && is_candidate(file) && !is_packet(file, &files);
    for file in files.iter().filter(is_input) {
        let own = file.rsplit_once('/').map_or("", |(folder, _)| folder);
        let root = roots.iter().filter(|root| holds(root, own)).max_by_key(|root| root.len());
        members.entry(root.copied().unwrap_or(own)).or_default().push(file);
    }
    let made: Result<Vec<Part>, ReadError> = members
        .into_par_iter()
        .map(|(root, files)| project(folder, root, roots.contains(&root), &files, limits))
        .collect();
    for part in made? {
        gathered.refused.extend(part.refused);
        for (kind, number) in part.passed_over {
            *gathered.passed_over.entry(kind).or_default() += number;
        }
        if let Some(mut project) = part.project {
            if project.name.is_empty() {
                project.name = folder.name();
            }
            project.place = format!("{place}{}", project.path).trim_end_matches('/').to_owned();
            project.path = format!("{prefix}{}", project.path).trim_end_matches('/').to_owned();
            gathered.projects.push(project);
        }
    }
    Ok(())
}

/// What became of one folder.
struct Part {
    project: Option<Project>,
    passed_over: BTreeMap<String, usize>,
    refused: Vec<String>,
}

fn project(
    folder: &Folder,
    root: &str,
    has_sidecar: bool,
    files: &[&str],
    limits: Limits,
) -> Result<Part, ReadError> {
    let mut part = Part { project: None, passed_over: BTreeMap::new(), refused: Vec::new() };
    let base = if root.is_empty() { String::new() } else { format!("{root}/") };
    let sidecar = has_sidecar.then(|| folder.read(&format!("{base}{SIDECAR}"))).transpose()?;
    let sidecar = sidecar.map(|decoded| source(SIDECAR, decoded.text));
    let wanted = sidecar.as_ref().map(Wanted::of).unwrap_or_default();
    let (packs, pack_errors) = packs(folder, &base, sidecar.as_ref(), limits);
    // A settings file makes its folder the project, and nothing outside of a project is included.
    let own = has_sidecar.then(|| folder.below(root)).transpose()?;
    let includes = match &own {
        Some(own) => Includes { folder: own, base: "" },
        None => Includes { folder, base: &base },
    };
    let results: Vec<Option<(Reading, Option<&'static str>)>> = files
        .par_iter()
        .map(|file| {
            let shown = file.strip_prefix(base.as_str()).unwrap_or(file);
            if !wanted.takes(shown) {
                return None;
            }
            match folder.read(file) {
                Ok(decoded) => {
                    read(shown, decoded, &includes).map(|(reading, format)| (reading, Some(format)))
                }
                Err(error) => Some((unreadable(shown, &error), None)),
            }
        })
        .collect();
    let mut readings = Vec::new();
    let mut first = None;
    for (reading, format) in results.into_iter().flatten() {
        match &reading.refused {
            Some(kind) => *part.passed_over.entry(kind.clone()).or_default() += 1,
            None => {
                first = first.or(format);
                readings.push(reading);
            }
        }
    }
    let drawn = |reading: &Reading| !reading.fragment.drafts.is_empty();
    if readings.iter().any(drawn) {
        let name = root.rsplit('/').next().unwrap_or_default().to_owned();
        part.project = Some(Project {
            path: root.to_owned(),
            place: String::new(),
            name,
            alone: false,
            format: first,
            readings,
            packs,
            pack_errors,
            baseline: own.as_ref().and_then(|own| kept(own, sidecar.as_ref())),
            sidecar,
        });
    } else {
        part.refused.extend(readings.iter().flat_map(errors));
        if has_sidecar {
            let by = if wanted.read.is_some() { ", by what its `inputs` takes" } else { "" };
            part.refused.push(format!("{base}{SIDECAR}: its project holds no diagram that is read{by}"));
        }
    }
    Ok(part)
}

/// The errors of a source that drew nothing, each with its place: they reach no page.
fn errors(reading: &Reading) -> Vec<String> {
    let tell = |told: &Diagnostic| match told.code {
        // Its message names the file as the user knows it.
        UNREADABLE => told.message.clone(),
        _ => format!("{}: {}", reading.sources.locate(told.span), told.message),
    };
    reading.diagnostics.iter().filter(|told| told.severity == Severity::Error).map(tell).collect()
}

/// Code of a source that could not be opened or decoded.
const UNREADABLE: &str = "source/unreadable";

fn unreadable(path: &str, error: &ReadError) -> Reading {
    let mut reading = Reading::default();
    let file = reading.sources.add(Source::new(path, ""));
    reading.diagnostics.push(Diagnostic::error(UNREADABLE, error.to_string(), Span::new(file, 0, 0)));
    reading
}

/// Reads one decoded source; `None` when no reader knows it.
fn read(path: &str, decoded: Decoded, includes: &Includes<'_>) -> Option<(Reading, &'static str)> {
    let source = source(path, decoded.text);
    let end =
        (0..=HEAD.min(source.text.len())).rev().find(|at| source.text.is_char_boundary(*at)).unwrap_or(0);
    let reader = recognize(&Head { path, text: &source.text[..end] })?;
    let mut reading = reader.read(&source, includes);
    if let Some(at) = decoded.invalid_at {
        let message = "bytes that are not valid UTF-8 were replaced by U+FFFD, expected UTF-8 or UTF-16";
        let told = Diagnostic::warning("source/invalid-utf8", message, Span::new(FileId(0), at, at + 3));
        reading.diagnostics.insert(0, told.help("save the file as UTF-8"));
    }
    Some((reading, reader.format().id))
}

/// A source without secrets, also in what is packed inside of it.
fn source(path: &str, text: String) -> Source {
    let text = unpack_pages(&text).unwrap_or(text);
    Source::new(path, infer::redact(&text).unwrap_or(text))
}

/// The packet that the settings file names as the last review: its folder, or its `model.json`.
fn kept(folder: &Folder, sidecar: Option<&Source>) -> Option<Result<Kept, String>> {
    let (config, _) = Config::read(FileId(0), &sidecar?.text);
    let path = config.document.baseline?.text;
    let path = path.trim_end_matches('/');
    let base = match path.strip_suffix(MODEL).filter(|base| base.is_empty() || base.ends_with('/')) {
        Some(base) => base.to_owned(),
        None if path.is_empty() || path == "." => String::new(),
        None => format!("{path}/"),
    };
    Some(Kept::read(folder, &base).map_err(|error| error.to_string()))
}

/// Whether a file is the model of a packet that was kept: what it was made from is the input, it is not.
fn is_packet(file: &str, files: &[String]) -> bool {
    let folder = file.strip_suffix(MODEL).filter(|folder| folder.is_empty() || folder.ends_with('/'));
    folder.is_some_and(|folder| files.binary_search(&format!("{folder}{FINDINGS}")).is_ok())
}

/// The packs that the settings file names as files or folders; a mistake in the file itself is told later.
fn packs(
    folder: &Folder,
    base: &str,
    sidecar: Option<&Source>,
    limits: Limits,
) -> (PackFiles, Vec<Diagnostic>) {
    let (mut files, mut wrong) = (PackFiles::default(), Vec::new());
    let Some(sidecar) = sidecar else { return (files, wrong) };
    let (config, _) = Config::read(FileId(0), &sidecar.text);
    for pack in config.packs.iter().flatten() {
        let crate::config::Pack::File(path) = pack else { continue };
        match pack_files_within(folder, base, &path.text, limits.pack) {
            Ok(found) if found.named.is_empty() => {
                let message = format!("{}: holds no pack, expected files that end in .yaml", path.text);
                wrong.push(Diagnostic::error("config/pack", message, path.span));
            }
            Ok(found) => files.extend(found),
            Err(error) => wrong.push(Diagnostic::error("config/pack", error.to_string(), path.span)),
        }
    }
    (files, wrong)
}

/// What the settings file wants read.
#[derive(Default)]
struct Wanted {
    read: Option<GlobSet>,
    leave_out: Option<GlobSet>,
}

impl Wanted {
    fn of(sidecar: &Source) -> Self {
        let (config, _) = Config::read(FileId(0), &sidecar.text);
        let set = |globs: &[crate::config::Written]| {
            let mut builder = GlobSetBuilder::new();
            for glob in globs {
                // A broken glob is told by `sidecar`, with its place.
                if let Ok(glob) = Glob::new(&glob.text) {
                    builder.add(glob);
                }
            }
            (!globs.is_empty()).then(|| builder.build().ok()).flatten()
        };
        Self { read: set(&config.inputs.read), leave_out: set(&config.inputs.leave_out) }
    }

    fn takes(&self, path: &str) -> bool {
        self.read.as_ref().is_none_or(|globs| globs.is_match(path))
            && !self.leave_out.as_ref().is_some_and(|globs| globs.is_match(path))
    }
}

/// The folder that a settings file makes a project.
fn project_of_sidecar(file: &str) -> Option<&str> {
    match file.rsplit_once('/') {
        Some((folder, SIDECAR)) => Some(folder),
        None if file == SIDECAR => Some(""),
        _ => None,
    }
}

fn holds(root: &str, folder: &str) -> bool {
    root.is_empty() || folder == root || folder.strip_prefix(root).is_some_and(|rest| rest.starts_with('/'))
}

/// Whether some reader takes files with this extension.
fn is_candidate(file: &str) -> bool {
    let Some((_, extension)) = file.rsplit_once('.') else { return false };
    READERS
        .iter()
        .any(|reader| reader.format().extensions.iter().any(|known| known.eq_ignore_ascii_case(extension)))
}
