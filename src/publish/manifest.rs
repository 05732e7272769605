//! The list of files that a build wrote, kept beside them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::Entry;

/// Name of the list.
pub(super) const NAME: &str = "manifest.json";

/// Format word of the list; the first line that `source` looks for.
const FORMAT: &str = "manifest/1";

/// Paths that a build wrote, with the digest of what it wrote.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    planroom: String,
    files: BTreeMap<String, String>,
}

impl Manifest {
    /// The list of the last build; empty when there is none, or none of ours.
    pub(super) fn load(folder: &Path) -> Self {
        let Some(bytes) = read(folder) else { return Self::default() };
        let Ok(mut manifest) = serde_json::from_slice::<Self>(&bytes) else { return Self::default() };
        if manifest.planroom != FORMAT {
            return Self::default();
        }
        manifest.files.retain(|path, _| is_relative(path));
        manifest
    }

    /// The list of these files.
    pub(super) fn of(entries: &[Entry<'_>]) -> Self {
        let files = entries.iter().map(|entry| (entry.path.to_owned(), digest(entry.bytes))).collect();
        Self { planroom: FORMAT.to_owned(), files }
    }

    /// Whether a list of ours was found.
    pub(super) fn is_ours(&self) -> bool {
        self.planroom == FORMAT
    }

    /// The digest under which a path is known.
    pub(super) fn digest_of(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// Paths with their digests, sorted.
    pub(super) fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, digest)| (path.as_str(), digest.as_str()))
    }

    /// The list as it is written.
    pub(super) fn text(&self) -> String {
        let json = serde_json::to_string_pretty(self).expect("strings and a map of strings serialize");
        format!("{json}\n")
    }
}

/// The bytes of the list in a folder. A pipe of that name is not opened: it would wait for somebody who writes.
pub(super) fn read(folder: &Path) -> Option<Vec<u8>> {
    let path = folder.join(NAME);
    fs::metadata(&path).is_ok_and(|found| found.is_file()).then(|| fs::read(path).ok())?
}

/// The digest of a file's bytes, in hexadecimal.
pub fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A hand-edited list must not make us remove files elsewhere.
fn is_relative(path: &str) -> bool {
    use std::path::Component;
    Path::new(path).components().all(|part| matches!(part, Component::Normal(_)))
}
