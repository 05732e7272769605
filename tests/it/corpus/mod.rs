//! Real files: every reader on everything that lies in `../shared/corpus`; skipped when that folder is absent.

mod drawio;
mod exports;
mod mermaid;
pub(crate) mod mermaid_statements;
mod plantuml;
pub(crate) mod statements;

use std::path::{Path, PathBuf};

use planroom::readers::reader::{Files, Refusal};
use planroom::source::Source;

/// A folder of the corpus; `None` when it is absent.
pub(crate) fn folder(name: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus").join(name);
    folder.is_dir().then_some(folder)
}

/// All files below a folder, sorted.
pub(crate) fn walk(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = std::fs::read_dir(&folder).expect("the corpus folder is readable");
        for entry in entries {
            let path = entry.expect("an entry is readable").path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}

/// The decoded source at a path, named from `root`.
pub(crate) fn source(root: &Path, path: &Path) -> Source {
    let bytes = std::fs::read(path).expect("a corpus file is readable");
    let name = path.strip_prefix(root).expect("the file lies below the root").to_string_lossy().into_owned();
    Source::new(name, String::from_utf8_lossy(&bytes).into_owned())
}

/// Includes from a folder on disk, confined to it.
pub(crate) struct Disk(pub(crate) PathBuf);

impl Files for Disk {
    fn include(&self, from: &str, target: &str) -> Result<Source, Refusal> {
        if target.contains("://") {
            return Err(Refusal::Remote);
        }
        let mut parts: Vec<&str> = from.split('/').collect();
        parts.pop();
        for part in target.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop().ok_or(Refusal::Outside)?;
                }
                part => parts.push(part),
            }
        }
        let path = self.0.join(parts.join("/"));
        if path.is_file() { Ok(source(&self.0, &path)) } else { Err(Refusal::Missing) }
    }
}

/// No includes at all.
pub(crate) struct NoFiles;

impl Files for NoFiles {
    fn include(&self, _: &str, target: &str) -> Result<Source, Refusal> {
        Err(if target.contains("://") { Refusal::Remote } else { Refusal::Missing })
    }
}
