//! All files of a folder, on the disk and in a revision.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io::Read as _;
use std::path::Path;

use super::folder::{FILES, Limit, MANIFEST, MANIFEST_HEAD, open_regular, sorted};
use super::ignored::{self, GITIGNORE, Ignored, LARGEST};
use super::revision::Tree;

/// Deepest folder that is walked.
const DEPTH: usize = 40;

/// Hidden folders, and those of dependencies and of build tools.
fn is_skipped(name: &str) -> bool {
    name.starts_with('.') || matches!(name, "node_modules" | "target")
}

/// What a walk found.
#[derive(Clone, Debug, Default)]
pub struct Walked {
    /// Relative paths of the files, with `/`, sorted.
    pub files: Vec<String>,
    /// The folders that a build wrote, which are not walked; the one that was asked for is the empty path.
    pub written: Vec<String>,
    /// For each reason to pass something over, the first path and the number of paths.
    passed_over: BTreeMap<Reason, (String, usize)>,
}

/// Why something is passed over that could be input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Reason {
    Bound,
    Unreadable,
    Name,
    Link,
    Patterns,
}

impl Walked {
    /// What was passed over, a sentence for each reason.
    pub fn passed_over(&self) -> Vec<String> {
        let sentence = |(reason, (first, count)): (&Reason, &(String, usize))| {
            let why = match reason {
                Reason::Bound => "not walked; it is nested too deeply, or there are too many files",
                Reason::Unreadable => "cannot be read",
                Reason::Name => "not read, since its name is no UTF-8",
                Reason::Link => "a symbolic link, which is not followed",
                Reason::Patterns => "larger than 128 KiB; what it leaves out is not known",
            };
            let name = if first.is_empty() { "the folder itself" } else { first };
            let others =
                if *count > 1 { format!(" (and {} more like it)", count - 1) } else { String::new() };
            format!("{name}: {why}{others}")
        };
        self.passed_over.iter().map(sentence).collect()
    }

    fn pass(&mut self, reason: Reason, path: &str) {
        let (first, count) = self.passed_over.entry(reason).or_insert_with(|| (path.to_owned(), 0));
        if path < first.as_str() {
            path.clone_into(first);
        }
        *count += 1;
    }

    fn sorted(mut self) -> Self {
        self.files = sorted(self.files);
        self.written.sort();
        self
    }
}

/// What lies below a folder of the disk. With patterns, without what they and those of the folders below leave out.
pub(super) fn disk(root: &Path, ignored: Option<Ignored>) -> Walked {
    let mut walked = Walked::default();
    let mut open = vec![(root.to_path_buf(), String::new(), 0, ignored)];
    while let Some((folder, prefix, depth, above)) = open.pop() {
        // A packet that a build wrote is output, not input.
        if wrote(&folder) {
            walked.written.push(prefix.trim_end_matches('/').to_owned());
            continue;
        }
        if above.is_some() && ignored::is_too_large(&folder) {
            walked.pass(Reason::Patterns, &format!("{prefix}{GITIGNORE}"));
        }
        let ignored = above.map(|above| match ignored::read(&folder) {
            Some(text) => above.below(&prefix, &text),
            None => above,
        });
        let Ok(entries) = fs::read_dir(&folder) else {
            walked.pass(Reason::Unreadable, prefix.trim_end_matches('/'));
            continue;
        };
        let mut entries: Vec<_> = entries.filter_map(Result::ok).collect();
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let Ok(name) = entry.file_name().into_string() else {
                walked.pass(Reason::Name, &format!("{prefix}{}", entry.file_name().to_string_lossy()));
                continue;
            };
            let Ok(kind) = entry.file_type() else { continue };
            let path = format!("{prefix}{name}");
            let left_out =
                |is_folder| ignored.as_ref().is_some_and(|rules| rules.leaves_out(&path, is_folder));
            if kind.is_dir() {
                if is_skipped(&name) || left_out(true) {
                    continue;
                }
                if depth >= DEPTH {
                    walked.pass(Reason::Bound, &path);
                    continue;
                }
                open.push((entry.path(), format!("{path}/"), depth + 1, ignored.clone()));
            } else if kind.is_file() && !left_out(false) {
                if walked.files.len() >= FILES {
                    walked.pass(Reason::Bound, &path);
                    return walked.sorted();
                }
                walked.files.push(path);
            } else if kind.is_symlink() && !is_skipped(&name) && !left_out(false) && !left_out(true) {
                walked.pass(Reason::Link, &path);
            }
        }
    }
    walked.sorted()
}

/// The same for the files of a revision below a path that is empty or ends with `/`.
pub(super) fn revision(tree: &Tree, prefix: &str, limit: Limit, ignored: Option<Ignored>) -> Walked {
    let mut walked = Walked::default();
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
    walked.written = written.iter().map(|folder| folder.trim_end_matches('/').to_owned()).collect();
    if let Some(path) = paths.get(FILES) {
        walked.pass(Reason::Bound, path);
    }
    for path in paths.into_iter().take(FILES) {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let names = || folder.split('/').filter(|name| !name.is_empty());
        if names().any(is_skipped) || written.iter().any(|folder| path.starts_with(folder)) {
            continue;
        }
        if names().count() > DEPTH {
            walked.pass(Reason::Bound, folder);
            continue;
        }
        if !folders.known.is_empty() {
            let Some(rules) = folders.of(folder) else { continue };
            if name != GITIGNORE && rules.leaves_out(path, false) {
                continue;
            }
        }
        walked.files.push(path.to_owned());
    }
    walked.sorted()
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
    let Ok(file) = open_regular(&folder.join(MANIFEST)) else { return false };
    let length = MANIFEST_HEAD.len() as u64;
    file.take(length).read_to_end(&mut head).is_ok() && head == MANIFEST_HEAD.as_bytes()
}
