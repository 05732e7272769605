//! Folders of input: walking, reading and confinement.

use std::fs;
use std::io::{self, Read as _};
use std::path::{Component, Path, PathBuf};

use super::decode::{BinaryError, Decoded, decode};

/// Name of the settings file that makes a folder a project.
pub const SIDECAR: &str = "planroom.yaml";

/// Name of the file in which a build lists what it wrote.
pub const MANIFEST: &str = "manifest.json";

/// First bytes of such a list; folders that hold one are never walked.
pub const MANIFEST_HEAD: &str = "{\n  \"planroom\": \"manifest/1\"";

/// Deepest folder that is walked.
const DEPTH: usize = 40;

/// Most files that are looked at.
const FILES: usize = 200_000;

/// Why a file or folder could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The operating system refused.
    #[error("{path}: {error}")]
    Io {
        /// The path as the user knows it.
        path: String,
        /// The system's words.
        error: io::Error,
    },
    /// More bytes than the limit.
    #[error("{path}: {size} bytes, more than the limit of {limit} bytes; raise it with {setting}")]
    TooLarge {
        /// The path as the user knows it.
        path: String,
        /// Its size in bytes.
        size: u64,
        /// The limit in bytes.
        limit: u64,
        /// The option that sets it.
        setting: &'static str,
    },
    /// Not text.
    #[error("{path}: {error}")]
    Binary {
        /// The path as the user knows it.
        path: String,
        /// What shows it.
        error: BinaryError,
    },
    /// The path leads out of the folder.
    #[error("{path}: leads out of {root}, and nothing outside is read")]
    Outside {
        /// The path as the user knows it.
        path: String,
        /// The folder.
        root: String,
    },
}

/// A folder that nothing is read outside of.
#[derive(Clone, Debug)]
pub struct Folder {
    /// Its path, with symbolic links resolved.
    root: PathBuf,
    /// Its path as the user wrote it.
    shown: String,
    /// Largest file that is read.
    limit: Limit,
}

/// A number of bytes, and the option that sets it.
#[derive(Clone, Copy, Debug)]
struct Limit {
    bytes: u64,
    setting: &'static str,
}

/// The option that limits sources.
const SETTING: &str = "--max-source-bytes";

impl Folder {
    /// Opens a folder. `limit` is the largest file that will be read, in bytes.
    ///
    /// # Errors
    /// When there is no such folder.
    pub fn open(path: &Path, limit: u64) -> Result<Self, ReadError> {
        let shown = path.display().to_string();
        let root = fs::canonicalize(path).map_err(|error| ReadError::Io { path: shown.clone(), error })?;
        if !root.is_dir() {
            let error = io::Error::new(io::ErrorKind::NotADirectory, "not a folder");
            return Err(ReadError::Io { path: shown, error });
        }
        Ok(Self { root, shown, limit: Limit { bytes: limit, setting: SETTING } })
    }

    /// The same folder with another limit, in bytes, which the option `setting` sets.
    pub fn limited(&self, bytes: u64, setting: &'static str) -> Self {
        Self { limit: Limit { bytes, setting }, ..self.clone() }
    }

    /// The name of the folder itself, for titles; empty for a root of the file system.
    pub fn name(&self) -> String {
        self.root.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
    }

    /// Relative paths of all files below, with `/`, sorted. Hidden folders, folders of
    /// dependencies and folders that a build wrote are left out; links are not followed. The second value
    /// tells whether a bound on depth or number was met.
    pub fn walk(&self) -> (Vec<String>, bool) {
        let mut files = Vec::new();
        let mut cut = false;
        let mut open = vec![(self.root.clone(), String::new(), 0)];
        while let Some((folder, prefix, depth)) = open.pop() {
            if wrote(&folder) {
                continue;
            }
            let Ok(entries) = fs::read_dir(&folder) else { continue };
            let mut entries: Vec<_> = entries.filter_map(Result::ok).collect();
            entries.sort_by_key(fs::DirEntry::file_name);
            for entry in entries {
                let Ok(name) = entry.file_name().into_string() else { continue };
                let Ok(kind) = entry.file_type() else { continue };
                if kind.is_dir() {
                    if name.starts_with('.') || matches!(name.as_str(), "node_modules" | "target") {
                        continue;
                    }
                    if depth >= DEPTH {
                        cut = true;
                        continue;
                    }
                    open.push((entry.path(), format!("{prefix}{name}/"), depth + 1));
                } else if kind.is_file() {
                    if files.len() >= FILES {
                        return (sorted(files), true);
                    }
                    files.push(format!("{prefix}{name}"));
                }
            }
        }
        (sorted(files), cut)
    }

    /// Names of the files directly in it, sorted; hidden ones are left out and links are not followed.
    pub fn files(&self) -> Vec<String> {
        let Ok(entries) = fs::read_dir(&self.root) else { return Vec::new() };
        let files =
            entries.filter_map(Result::ok).filter(|entry| entry.file_type().is_ok_and(|it| it.is_file()));
        let names = files.filter_map(|entry| entry.file_name().into_string().ok());
        sorted(names.filter(|name| !name.starts_with('.')).take(FILES).collect())
    }

    /// Reads and decodes one file of the folder, `path` being relative with `/`.
    ///
    /// # Errors
    /// When it lies outside (by `..`, as an absolute path or through a link), cannot be read, is too
    /// large or is binary.
    pub fn read(&self, path: &str) -> Result<Decoded, ReadError> {
        let shown = self.show(path);
        let outside = || ReadError::Outside { path: shown.clone(), root: self.shown.clone() };
        let relative = normalize(path).ok_or_else(outside)?;
        let full = fs::canonicalize(self.root.join(&relative))
            .map_err(|error| ReadError::Io { path: shown.clone(), error })?;
        if !full.starts_with(&self.root) {
            return Err(outside());
        }
        read_file(&full, &shown, self.limit)
    }

    /// A folder below, as a confinement of its own.
    ///
    /// # Errors
    /// When it lies outside or does not exist.
    pub fn below(&self, path: &str) -> Result<Self, ReadError> {
        let shown = if path.is_empty() { self.shown.clone() } else { self.show(path) };
        let outside = || ReadError::Outside { path: shown.clone(), root: self.shown.clone() };
        let full = self.root.join(normalize(path).ok_or_else(outside)?);
        let root = fs::canonicalize(full).map_err(|error| ReadError::Io { path: shown.clone(), error })?;
        if root.starts_with(&self.root) {
            Ok(Self { root, shown, limit: self.limit })
        } else {
            Err(outside())
        }
    }

    /// Whether there is such a folder.
    pub fn has_folder(&self, path: &str) -> bool {
        normalize(path).is_some_and(|relative| self.root.join(relative).is_dir())
    }

    /// Whether there is such a file.
    pub fn has(&self, path: &str) -> bool {
        normalize(path).is_some_and(|relative| self.root.join(relative).is_file())
    }

    /// A path of the folder as the user knows it.
    fn show(&self, path: &str) -> String {
        match self.shown.as_str() {
            "." | "" => path.to_owned(),
            root => format!("{}/{path}", root.trim_end_matches('/')),
        }
    }
}

/// Reads and decodes a file anywhere: one that the user named.
///
/// # Errors
/// When it cannot be read, is too large or is binary.
pub fn read_named(path: &Path, limit: u64) -> Result<Decoded, ReadError> {
    read_file(path, &path.display().to_string(), Limit { bytes: limit, setting: SETTING })
}

/// `a/./b/../c` as `a/c`; `None` when the path is absolute, has a prefix or climbs out.
pub fn normalize(path: &str) -> Option<String> {
    let path = path.replace('\\', "/");
    let mut parts: Vec<&str> = Vec::new();
    for component in Path::new(&path).components() {
        match component {
            Component::CurDir => {}
            Component::Normal(part) => parts.push(part.to_str()?),
            Component::ParentDir => {
                parts.pop()?;
            }
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    let drive = |part: &&str| part.len() == 2 && part.ends_with(':');
    if parts.first().is_some_and(drive) { None } else { Some(parts.join("/")) }
}

fn read_file(full: &Path, shown: &str, limit: Limit) -> Result<Decoded, ReadError> {
    let bytes = read_limited(full, shown, limit)?;
    decode(&bytes).map_err(|error| ReadError::Binary { path: shown.to_owned(), error })
}

/// The bytes of a file anywhere: one that the user named.
///
/// # Errors
/// When it cannot be read or is too large.
pub fn read_bytes(path: &Path, limit: u64) -> Result<Vec<u8>, ReadError> {
    read_limited(path, &path.display().to_string(), Limit { bytes: limit, setting: SETTING })
}

fn read_limited(full: &Path, shown: &str, limit: Limit) -> Result<Vec<u8>, ReadError> {
    let io = |error| ReadError::Io { path: shown.to_owned(), error };
    let file = fs::File::open(full).map_err(io)?;
    let size = file.metadata().map_err(io)?;
    if !size.is_file() {
        return Err(io(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file")));
    }
    let too_large = |size: u64| ReadError::TooLarge {
        path: shown.to_owned(),
        size,
        limit: limit.bytes,
        setting: limit.setting,
    };
    if size.len() > limit.bytes {
        return Err(too_large(size.len()));
    }
    let mut bytes = Vec::new();
    file.take(limit.bytes.saturating_add(1)).read_to_end(&mut bytes).map_err(io)?;
    if bytes.len() as u64 > limit.bytes {
        return Err(too_large(bytes.len() as u64));
    }
    Ok(bytes)
}

fn wrote(folder: &Path) -> bool {
    let mut head = Vec::new();
    let Ok(file) = fs::File::open(folder.join(MANIFEST)) else { return false };
    let length = MANIFEST_HEAD.len() as u64;
    file.take(length).read_to_end(&mut head).is_ok() && head == MANIFEST_HEAD.as_bytes()
}

fn sorted(mut files: Vec<String>) -> Vec<String> {
    files.sort();
    files
}

#[cfg(test)]
mod tests {
    use super::normalize;

    #[test]
    fn paths_that_climb_out_are_refused() {
        assert_eq!(normalize("a/./b/../c.puml").as_deref(), Some("a/c.puml"));
        for path in ["/etc/passwd", "../x", "a/../../x", "C:\\x", "\\\\host\\x"] {
            assert_eq!(normalize(path), None, "{path}");
        }
    }
}
