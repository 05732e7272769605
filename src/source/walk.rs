//! All files of a folder, on the disk and in a revision.

use std::collections::HashMap;
use std::fs;
use std::io::Read as _;
use std::path::Path;

use super::folder::{FILES, Limit, MANIFEST, MANIFEST_HEAD, sorted};
use super::ignored::{self, GITIGNORE, Ignored, LARGEST};
use super::revision::Tree;

/// Deepest folder that is walked.
const DEPTH: usize = 40;

/// Hidden folders, and those of dependencies and of build tools.
fn is_skipped(name: &str) -> bool {
    name.starts_with('.') || matches!(name, "node_modules" | "target")
}

/// Files below a folder of the disk, sorted, and whether a bound was met. With patterns, without what they and those
/// of the folders below leave out.
pub(super) fn disk(root: &Path, ignored: Option<Ignored>) -> (Vec<String>, bool) {
    let mut files = Vec::new();
    let mut cut = false;
    let mut open = vec![(root.to_path_buf(), String::new(), 0, ignored)];
    while let Some((folder, prefix, depth, above)) = open.pop() {
        // A packet that a build wrote is output, not input.
        if wrote(&folder) {
            continue;
        }
        let ignored = above.map(|above| match ignored::read(&folder) {
            Some(text) => above.below(&prefix, &text),
            None => above,
        });
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        let mut entries: Vec<_> = entries.filter_map(Result::ok).collect();
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let Ok(name) = entry.file_name().into_string() else { continue };
            let Ok(kind) = entry.file_type() else { continue };
            let path = format!("{prefix}{name}");
            let left_out =
                |is_folder| ignored.as_ref().is_some_and(|rules| rules.leaves_out(&path, is_folder));
            if kind.is_dir() {
                if is_skipped(&name) || left_out(true) {
                    continue;
                }
                if depth >= DEPTH {
                    cut = true;
                    continue;
                }
                open.push((entry.path(), format!("{path}/"), depth + 1, ignored.clone()));
            } else if kind.is_file() && !left_out(false) {
                if files.len() >= FILES {
                    return (sorted(files), true);
                }
                files.push(path);
            }
        }
    }
    (sorted(files), cut)
}

/// The same for the files of a revision below a path that is empty or ends with `/`.
pub(super) fn revision(
    tree: &Tree,
    prefix: &str,
    limit: Limit,
    ignored: Option<Ignored>,
) -> (Vec<String>, bool) {
    let paths: Vec<&str> = tree.paths().filter_map(|path| path.strip_prefix(prefix)).collect();
    let mut written: Vec<&str> = Vec::new();
    for path in &paths {
        let Some(folder) =
            path.strip_suffix(MANIFEST).filter(|folder| folder.is_empty() || folder.ends_with('/'))
        else {
            continue;
        };
        let head = tree.read(&format!("{prefix}{path}"), path, limit).unwrap_or_default();
        if head.starts_with(MANIFEST_HEAD.as_bytes()) {
            written.push(folder);
        }
    }
    let mut folders = Folders { tree, prefix, known: HashMap::new() };
    if let Some(above) = ignored {
        let own = folders.rules("", above);
        folders.known.insert(String::new(), Some(own));
    }
    let mut cut = paths.len() > FILES;
    let mut files = Vec::new();
    for path in paths.into_iter().take(FILES) {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let names = || folder.split('/').filter(|name| !name.is_empty());
        if names().any(is_skipped) || written.iter().any(|folder| path.starts_with(folder)) {
            continue;
        }
        if names().count() > DEPTH {
            cut = true;
            continue;
        }
        if !folders.known.is_empty() {
            let Some(rules) = folders.of(folder) else { continue };
            if name != GITIGNORE && rules.leaves_out(path, false) {
                continue;
            }
        }
        files.push(path.to_owned());
    }
    (sorted(files), cut)
}

/// The patterns that count in each folder of a revision; `None` for a folder that is left out.
struct Folders<'a> {
    tree: &'a Tree,
    prefix: &'a str,
    known: HashMap<String, Option<Ignored>>,
}

impl Folders<'_> {
    fn of(&mut self, folder: &str) -> Option<Ignored> {
        if let Some(known) = self.known.get(folder) {
            return known.clone();
        }
        // At most DEPTH folders deep.
        let above = self.of(folder.rsplit_once('/').map_or("", |(above, _)| above));
        let own =
            above.filter(|above| !above.leaves_out(folder, true)).map(|above| self.rules(folder, above));
        self.known.insert(folder.to_owned(), own.clone());
        own
    }

    fn rules(&self, folder: &str, above: Ignored) -> Ignored {
        let base = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let path = format!("{}{base}{GITIGNORE}", self.prefix);
        let limit = Limit { bytes: LARGEST, setting: "" };
        match self.tree.has(&path).then(|| self.tree.read(&path, GITIGNORE, limit)) {
            Some(Ok(bytes)) => above.below(&base, &String::from_utf8_lossy(&bytes)),
            _ => above,
        }
    }
}

fn wrote(folder: &Path) -> bool {
    let mut head = Vec::new();
    let Ok(file) = fs::File::open(folder.join(MANIFEST)) else { return false };
    let length = MANIFEST_HEAD.len() as u64;
    file.take(length).read_to_end(&mut head).is_ok() && head == MANIFEST_HEAD.as_bytes()
}
