//! What a project is called when neither its settings nor its diagrams say it for the whole.

use std::collections::{BTreeMap, BTreeSet};

use super::open::Opened;
use crate::readers::reader::Reading;
use crate::source::FileId;

/// Names of documents that introduce their folder, without extension and in lower case.
const MAIN: &[&str] = &["readme", "index"];

/// Names of folders that say nothing of what is in them; the one above does.
const GENERAL: &[&str] = &[
    "architecture",
    "arch",
    "assets",
    "c4",
    "design",
    "diagram",
    "diagrams",
    "doc",
    "docs",
    "documentation",
    "images",
    "img",
    "media",
    "mermaid",
    "plantuml",
    "puml",
    "resources",
    "source",
    "sources",
    "src",
    "uml",
    "views",
];

/// The title of a document that is read alone.
pub(super) fn of_file(opened: &Opened) -> Option<String> {
    match opened {
        Opened::Document(_, _, contents) => contents.title.clone(),
        Opened::Text(_) | Opened::Picture(..) | Opened::Unreadable(_) => None,
    }
}

/// The title of the document that introduces a folder, else the folder's name in words. `outer` is the name of the
/// folder that is walked.
pub(super) fn of_folder(
    files: &[&str],
    root: &str,
    opened: &BTreeMap<&str, Opened>,
    outer: &str,
) -> Option<String> {
    let is_main = |file: &&&str| {
        let (folder, name) = file.rsplit_once('/').unwrap_or(("", file));
        let stem = name.split_once('.').map_or(name, |(stem, _)| stem).to_ascii_lowercase();
        folder == root && MAIN.contains(&stem.as_str())
    };
    let main = files.iter().filter(is_main).find_map(|file| of_file(opened.get(*file)?));
    main.or_else(|| {
        let parts: Vec<&str> =
            [outer].into_iter().chain(root.split('/')).filter(|part| !part.is_empty()).collect();
        let is_general = |part: &&&str| GENERAL.contains(&part.to_ascii_lowercase().as_str());
        let general = parts.iter().rev().take_while(is_general).count();
        let from = parts.len().saturating_sub(general + 1);
        let (base, below) = parts[from..].split_first()?;
        let base = base.replace(['-', '_'], " ");
        let words = if below.is_empty() { base } else { format!("{base}: {}", below.join("/")) };
        let mut letters = words.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect())
    })
}

/// The file that all of a project is drawn in; `None` when there are several, and no diagram's title stands for all.
pub(super) fn only_file(readings: &[Reading]) -> Option<String> {
    let drawn = readings.iter().filter(|reading| !reading.fragment.drafts.is_empty());
    let paths: BTreeSet<&str> = drawn
        .filter_map(|reading| reading.sources.get(FileId(0)))
        .map(|source| source.path.as_str())
        .collect();
    let mut paths = paths.into_iter();
    paths.next().filter(|_| paths.next().is_none()).map(str::to_owned)
}
