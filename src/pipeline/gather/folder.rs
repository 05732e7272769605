//! A folder: which of its files are of which project, and what is read of each.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::context::Contexts;
use super::open::{self, Opened};
use super::read::{self, Read};
use super::twins::twins;
use super::wanted::{self, Wanted};
use super::{FINDINGS, Gathered, Limits, MODEL, Project, context, errors, kept, pass_over, title};
use crate::carriers;
use crate::pipeline::includes::Includes;
use crate::readers::READERS;
use crate::readers::reader::Reading;
use crate::source::{FileId, Folder, ReadError, SIDECAR, Source, normalize};

/// Adds the projects of a folder; one of several is told by its name. `shown` is its path as the user wrote it.
///
/// # Errors
/// When a settings file cannot be read: what it decides is not known.
pub(in crate::pipeline) fn gather_folder(
    folder: &Folder,
    shown: &str,
    several: bool,
    limits: Limits,
    gathered: &mut Gathered,
) -> Result<(), ReadError> {
    let prefix = if several { format!("{}/", folder.name()) } else { String::new() };
    let place = normalize(shown).filter(|place| !place.is_empty()).map(|place| format!("{place}/"));
    let place = place.unwrap_or_default();
    let walked = folder.walk_unignored();
    gathered.refused.extend(walked.passed_over());
    gathered.written.extend(walked.written.iter().map(|below| match (below.as_str(), shown) {
        ("", _) => shown.to_owned(),
        (below, "" | ".") => below.to_owned(),
        (below, shown) => format!("{}/{below}", shown.trim_end_matches('/')),
    }));
    let files = walked.files;
    let plans = plans(folder, &files)?;
    let wanted: Vec<(&str, &str)> =
        plans.iter().flat_map(|plan| plan.files.iter().map(|file| (*file, plan.inside(file)))).collect();
    let opened: Vec<(&str, Opened)> = wanted
        .into_par_iter()
        .map(|(file, inside)| (file, open::open(inside, file, folder.bytes(file), limits.source)))
        .collect();
    let mut opened: BTreeMap<&str, Opened> = opened.into_iter().collect();
    let twins = twins(&opened);
    for twin in &twins {
        opened.remove(twin.picture.as_str());
    }
    let mut walked: BTreeMap<String, String> = opened
        .iter()
        .filter(|(_, opened)| matches!(opened, Opened::Text(_) | Opened::Picture(..)))
        .map(|(path, _)| ((*path).to_owned(), (*path).to_owned()))
        .collect();
    walked.extend(twins.iter().map(|twin| (twin.picture.clone(), twin.source.clone())));
    gathered.twins.extend(twins);
    let mut read: Vec<Vec<Read>> = plans.par_iter().map(|plan| plan.read(folder, &opened, &walked)).collect();
    // A document may speak of diagrams in the folder of another project.
    let contexts =
        Contexts::new(read.iter_mut().flatten().flat_map(|read| std::mem::take(&mut read.contexts)));
    let mut projects = Vec::new();
    for (plan, read) in plans.into_iter().zip(read) {
        let (root, base, files) = (plan.root, plan.base.clone(), plan.files.clone());
        let Some(mut project) = plan.project(folder, read, &contexts, limits, gathered) else { continue };
        project.title = match title::only_file(&project.readings) {
            Some(file) => opened.get(format!("{base}{file}").as_str()).and_then(title::of_file),
            None => title::of_folder(&files, root, &opened, &folder.name()),
        };
        if project.name.is_empty() {
            project.name = folder.name();
        }
        project.place = format!("{place}{}", project.path).trim_end_matches('/').to_owned();
        project.path = format!("{prefix}{}", project.path).trim_end_matches('/').to_owned();
        projects.push(project);
    }
    // The index of several packets stands where that of the outermost folder would.
    if projects.len() > 1
        && let Some(outermost) = projects.iter_mut().find(|project| project.path.is_empty())
    {
        outermost.path = if outermost.name.is_empty() { "root".to_owned() } else { outermost.name.clone() };
    }
    gathered.projects.extend(projects);
    Ok(())
}

/// A project to be.
struct Plan<'a> {
    /// Its folder below the one that is walked.
    root: &'a str,
    /// The same, empty or ending with `/`.
    base: String,
    sidecar: Option<Source>,
    wanted: Wanted,
    /// Its folder, when a settings file makes it the bound of what is included.
    own: Option<Folder>,
    /// What is read, in the order of the paths.
    files: Vec<&'a str>,
}

fn plans<'a>(folder: &Folder, files: &'a [String]) -> Result<Vec<Plan<'a>>, ReadError> {
    let roots: BTreeSet<&str> = files.iter().filter_map(|file| project_of_sidecar(file)).collect();
    let mut members: BTreeMap<&str, Vec<&str>> = roots.iter().map(|root| (*root, Vec::new())).collect();
    let is_input = |file: &&String| project_of_sidecar(file).is_none() && !is_packet(file, files);
    for file in files.iter().filter(is_input) {
        let own = file.rsplit_once('/').map_or("", |(folder, _)| folder);
        // The innermost folder with settings holds the file; without any, its own folder does.
        let above = std::iter::successors(Some(own), |folder| {
            (!folder.is_empty()).then(|| folder.rsplit_once('/').map_or("", |(above, _)| above))
        });
        let root = above.into_iter().find(|folder| roots.contains(folder));
        members.entry(root.unwrap_or(own)).or_default().push(file);
    }
    let mut plans = Vec::with_capacity(members.len());
    for (root, mut files) in members {
        let base = if root.is_empty() { String::new() } else { format!("{root}/") };
        let has_sidecar = roots.contains(root);
        let sidecar = has_sidecar.then(|| folder.read(&format!("{base}{SIDECAR}"))).transpose()?;
        let sidecar = sidecar.map(|decoded| open::source(SIDECAR, decoded.text));
        let wanted = sidecar.as_ref().map(Wanted::of).unwrap_or_default();
        files.retain(|file| {
            wanted.takes(file.strip_prefix(base.as_str()).unwrap_or(file), is_candidate(file))
        });
        let own = has_sidecar.then(|| folder.below(root)).transpose()?;
        plans.push(Plan { root, base, sidecar, wanted, own, files });
    }
    Ok(plans)
}

impl Plan<'_> {
    /// The path of a file as the project knows it.
    fn inside<'f>(&self, file: &'f str) -> &'f str {
        file.strip_prefix(self.base.as_str()).unwrap_or(file)
    }

    fn read(
        &self,
        folder: &Folder,
        opened: &BTreeMap<&str, Opened>,
        walked: &BTreeMap<String, String>,
    ) -> Vec<Read> {
        // A settings file makes its folder the project, and nothing outside of a project is included.
        let includes = match &self.own {
            Some(own) => Includes { folder: own, base: "" },
            None => Includes { folder, base: &self.base },
        };
        // The files that are read for themselves, as this project names them.
        let inside: BTreeMap<String, String>;
        let walked = if self.own.is_some() {
            let base = self.base.as_str();
            let own = walked
                .iter()
                .filter_map(|(file, read)| Some((file.strip_prefix(base)?, read.strip_prefix(base)?)));
            inside = own.map(|(file, read)| (file.to_owned(), read.to_owned())).collect();
            &inside
        } else {
            walked
        };
        self.files
            .par_iter()
            .filter_map(|file| Some((file, opened.get(file)?)))
            .map(|(file, opened)| {
                let mut read = read::read(self.inside(file), opened, &includes, walked);
                read.unread.iter_mut().for_each(|told| told.insert_str(0, &format!("{file}: ")));
                if self.own.is_some() {
                    read.contexts.iter_mut().for_each(|context| context.lie_below(&self.base));
                }
                read
            })
            .collect()
    }

    /// The project, when its readings draw something; else their errors are told.
    fn project(
        self,
        folder: &Folder,
        read: Vec<Read>,
        contexts: &Contexts,
        limits: Limits,
        gathered: &mut Gathered,
    ) -> Option<Project> {
        let format = read.iter().find_map(|read| {
            let reads = read.readings.iter().any(|reading| reading.refused.is_none());
            read.format.filter(|_| reads)
        });
        let mut readings: Vec<Reading> = Vec::new();
        let mut named = Vec::new();
        for read in read {
            gathered.refused.extend(read.unread);
            readings.extend(read.readings);
            named.extend(read.named);
        }
        add_named(&mut readings, named);
        pass_over(&mut readings, gathered);
        context::give(&mut readings, &self.base, contexts);
        if !readings.iter().any(|reading| !reading.fragment.drafts.is_empty()) {
            gathered.refused.extend(readings.iter().flat_map(errors));
            if self.own.is_some() {
                let by = if self.wanted.names() { ", by what its `inputs` takes" } else { "" };
                let told = format!("{}{SIDECAR}: its project holds no diagram that is read{by}", self.base);
                gathered.refused.push(told);
            }
            return None;
        }
        let (packs, pack_errors) = wanted::packs(folder, &self.base, self.sidecar.as_ref(), limits);
        Some(Project {
            path: self.root.to_owned(),
            place: String::new(),
            title: None,
            name: self.root.rsplit('/').next().unwrap_or_default().to_owned(),
            alone: false,
            format,
            readings,
            packs,
            pack_errors,
            baseline: self.own.as_ref().and_then(|own| kept::kept(own, self.sidecar.as_ref())),
            sidecar: self.sidecar,
        })
    }
}

/// Adds the readings of files that documents name, each once.
pub(super) fn add_named(readings: &mut Vec<Reading>, named: Vec<Reading>) {
    let path = |reading: &Reading| reading.sources.get(FileId(0)).map(|source| source.path.clone());
    let mut known: BTreeSet<Option<String>> = readings.iter().map(path).collect();
    readings.extend(named.into_iter().filter(|reading| known.insert(path(reading))));
}

/// The folder that a settings file makes a project.
fn project_of_sidecar(file: &str) -> Option<&str> {
    match file.rsplit_once('/') {
        Some((folder, SIDECAR)) => Some(folder),
        None if file == SIDECAR => Some(""),
        _ => None,
    }
}

/// Whether a file is the model of a packet that was kept: what it was made from is the input, it is not.
fn is_packet(file: &str, files: &[String]) -> bool {
    let folder = file.strip_suffix(MODEL).filter(|folder| folder.is_empty() || folder.ends_with('/'));
    folder.is_some_and(|folder| files.binary_search(&format!("{folder}{FINDINGS}")).is_ok())
}

/// Whether some reader or carrier takes files with this extension.
fn is_candidate(file: &str) -> bool {
    let Some((_, extension)) = file.rsplit_once('.') else { return false };
    let readers = READERS.iter().map(|reader| reader.format());
    readers
        .chain(carriers::formats())
        .any(|format| format.extensions.iter().any(|known| known.eq_ignore_ascii_case(extension)))
}
