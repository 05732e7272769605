//! Reviews to compare with: packets that were written, or drawings that are read and judged as `build` does,
//! from the disk or from a revision of the git repository.

use std::path::Path;

use rayon::prelude::*;

use super::gather::{self, FINDINGS, Gathered, Kept, MODEL, Refusal};
use super::pack_files::Limits;
use super::packet::{self, Problem, Settings};
use crate::diagnostic::did_you_mean;
use crate::diff::Record;
use crate::source::{Folder, ReadError, Recalled, read_named};

/// One review of one project.
#[derive(Clone, Debug)]
pub struct Review {
    /// Path of the project relative to the folder that was named; empty for that folder itself.
    pub project: String,
    /// What was found.
    pub record: Record,
}

/// The reviews that a path or revision holds.
#[derive(Clone, Debug, Default)]
pub struct Baseline {
    /// In the order of their projects.
    pub reviews: Vec<Review>,
    /// What was refused, a sentence each.
    pub refused: Vec<String>,
}

/// Why there is nothing to compare with.
#[derive(Debug, thiserror::Error)]
pub enum BaselineError {
    /// A path or revision cannot be read.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// A packet is of another form.
    #[error("{path}: {text}")]
    Form {
        /// The file.
        path: String,
        /// What is wrong with it.
        text: String,
    },
    /// A path or revision holds no packet and no drawing.
    #[error("{0}: holds no packet and no diagram or model that is read")]
    Empty(String),
    /// Settings or packs of a project are wrong.
    #[error("{0}: settings or packs are wrong")]
    Wrong(String, Vec<Problem>),
}

impl From<ReadError> for BaselineError {
    fn from(error: ReadError) -> Self {
        Self::Refused(Refusal::Read(error))
    }
}

impl Baseline {
    /// The review of a project: that of the same path, else the only one there is for the project that was named
    /// itself.
    pub fn of(&self, project: &str) -> Option<&Record> {
        let same = self.reviews.iter().find(|review| review.project == project);
        let found = same.or(match self.reviews.as_slice() {
            [only] if project.is_empty() || only.project.is_empty() => Some(only),
            _ => None,
        });
        found.map(|review| &review.record)
    }
}

/// The reviews at a path, or at `REV` or `REV:path` when there is no such path. `near` is what a revision
/// alone means.
///
/// # Errors
/// When there is no such path or revision, or what stands there is wrong.
pub fn reviews(at: &str, near: &str, settings: &Settings, limits: Limits) -> Result<Baseline, BaselineError> {
    let full = Path::new(at);
    if full.is_dir() {
        return of_folder(&Folder::open(full, limits.source)?, None, at, settings, limits);
    }
    if full.exists() {
        let parent = full.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let name = full.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        // A link is read where it leads, as any file that the user names.
        read_named(full, limits.source)?;
        return of_file(&Folder::open(parent, limits.source)?, &name, None, at, settings, limits);
    }
    let recalled = Folder::recall(at, Path::new(near), limits.source).map_err(|error| nearest(at, error))?;
    let Recalled { folder, file, revision } = recalled;
    let short: String = revision.commit.chars().take(7).collect();
    let shown = if revision.commit.starts_with(&revision.name) {
        short
    } else {
        format!("{} ({short})", revision.name)
    };
    match file {
        Some(file) => of_file(&folder, &file, Some(shown), at, settings, limits),
        None => of_folder(&folder, Some(shown), at, settings, limits),
    }
}

/// A revision that is none, with the name that was probably meant.
fn nearest(at: &str, error: ReadError) -> ReadError {
    match error {
        ReadError::Revision { path, text, known } => {
            let written = at.split(':').next().unwrap_or(at);
            let near = did_you_mean(written, known.iter().map(String::as_str));
            let text = near.map_or(text.clone(), |near| format!("{text}; did you mean `{near}`?"));
            ReadError::Revision { path, text, known }
        }
        error => error,
    }
}

/// The reviews to compare the projects of these paths with: one path or `REV:path` for all, or a revision of
/// each path.
///
/// # Errors
/// See [`reviews`]. A path that a revision does not hold is told and has no review.
pub fn baseline(
    at: &str,
    paths: &[String],
    settings: &Settings,
    limits: Limits,
) -> Result<Baseline, BaselineError> {
    if Path::new(at).exists() || at.contains(':') {
        return reviews(at, paths.first().map_or(".", String::as_str), settings, limits);
    }
    let several = paths.len() > 1;
    let mut all = Baseline::default();
    for path in paths {
        let mut found = match reviews(at, path, settings, limits) {
            Ok(found) => found,
            Err(BaselineError::Refused(Refusal::Read(ReadError::Revision { path, text, .. })))
                if path.contains(':') =>
            {
                all.refused.push(format!("{path}: {text}; there is nothing to compare with"));
                continue;
            }
            Err(BaselineError::Empty(path)) => {
                all.refused.push(format!("{path}: holds nothing to compare with"));
                continue;
            }
            Err(error) => return Err(error),
        };
        if several {
            let name = name_of(path);
            for review in &mut found.reviews {
                review.project = format!("{name}/{}", review.project).trim_end_matches('/').to_owned();
            }
        }
        all.reviews.extend(found.reviews);
        all.refused.extend(found.refused);
    }
    Ok(all)
}

/// What `gather` calls one of several paths.
fn name_of(path: &str) -> String {
    let full = Path::new(path);
    match Folder::open(full, 0) {
        Ok(folder) => folder.name(),
        Err(_) => full.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default(),
    }
}

fn of_file(
    folder: &Folder,
    name: &str,
    revision: Option<String>,
    shown: &str,
    settings: &Settings,
    limits: Limits,
) -> Result<Baseline, BaselineError> {
    let is_packet = matches!(name, MODEL | FINDINGS) && folder.has(MODEL) && folder.has(FINDINGS);
    if is_packet {
        let review = kept(folder, "", revision, shown)?;
        return Ok(Baseline { reviews: vec![review], refused: Vec::new() });
    }
    let mut gathered = Gathered::default();
    gather::gather_file(folder, name, shown, folder.bytes(name)?, false, limits, &mut gathered)?;
    of_sources(gathered, revision, shown, settings)
}

fn of_folder(
    folder: &Folder,
    revision: Option<String>,
    shown: &str,
    settings: &Settings,
    limits: Limits,
) -> Result<Baseline, BaselineError> {
    let read = |bases: &[String]| {
        let reviews = bases.iter().map(|base| kept(folder, base, revision.clone(), shown));
        Ok(Baseline { reviews: reviews.collect::<Result<_, BaselineError>>()?, refused: Vec::new() })
    };
    if folder.has(MODEL) && folder.has(FINDINGS) {
        return read(&[String::new()]);
    }
    if let Some(paths) = folder.written() {
        return read(&packets_in(folder, &paths));
    }
    let mut gathered = Gathered::default();
    gather::gather_folder(folder, "", false, limits, &mut gathered)?;
    gather::distinct(&mut gathered);
    match of_sources(gathered, revision.clone(), shown, settings) {
        // No drawing: packets may have been put here by hand.
        Err(BaselineError::Empty(path)) => match packets_in(folder, &folder.walk().files) {
            bases if bases.is_empty() => Err(BaselineError::Empty(path)),
            bases => read(&bases),
        },
        other => other,
    }
}

/// Folders of packets among these files, each ending with `/`.
fn packets_in(folder: &Folder, paths: &[String]) -> Vec<String> {
    let bases = paths.iter().filter_map(|path| path.strip_suffix(MODEL)).filter(|base| base.ends_with('/'));
    let whole = |base: &&str| [MODEL, FINDINGS].iter().all(|file| folder.has(&format!("{base}{file}")));
    bases.filter(whole).map(str::to_owned).collect()
}

fn kept(folder: &Folder, base: &str, revision: Option<String>, shown: &str) -> Result<Review, BaselineError> {
    let kept = Kept::read(folder, base)?;
    let record = Record::read(&kept.model, kept.findings.as_deref()).map_err(|(file, error)| {
        let stem = shown.trim_end_matches(MODEL).trim_end_matches(FINDINGS).trim_end_matches('/');
        let path = if stem.is_empty() { format!("{base}{file}") } else { format!("{stem}/{base}{file}") };
        BaselineError::Form { path, text: error.to_string() }
    })?;
    Ok(Review { project: base.trim_end_matches('/').to_owned(), record: record.at_revision(revision) })
}

fn of_sources(
    gathered: Gathered,
    revision: Option<String>,
    shown: &str,
    settings: &Settings,
) -> Result<Baseline, BaselineError> {
    let gathered = gather::drawn(gathered);
    if gathered.projects.is_empty() {
        return Err(BaselineError::Empty(shown.to_owned()));
    }
    let judged: Vec<Result<Review, Problem>> = gathered
        .projects
        .into_par_iter()
        .map(|project| {
            let packet = packet::judged(project, settings)?;
            let record = packet::record(&packet).at_revision(revision.clone()).judged_now();
            Ok(Review { project: packet.project, record })
        })
        .collect();
    let mut reviews = Vec::new();
    let mut problems = Vec::new();
    for one in judged {
        match one {
            Ok(review) => reviews.push(review),
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() {
        Ok(Baseline { reviews, refused: gathered.refused })
    } else {
        Err(BaselineError::Wrong(shown.to_owned(), problems))
    }
}
