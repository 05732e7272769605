//! Folders of input: walking, reading and confinement.

use std::fs;
use std::io::{self, Read as _};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::decode::{BinaryError, Decoded, decode};
use super::ignored::Ignored;
use super::revision::{self, Found, Revision, Tree};
use super::walk::{self, Walked};

/// Name of the settings file that makes a folder a project.
pub const SIDECAR: &str = "planroom.yaml";

/// Name of the file in which a build lists what it wrote.
pub const MANIFEST: &str = "manifest.json";

/// First bytes of such a list; folders that hold one are never walked.
pub const MANIFEST_HEAD: &str = "{\n  \"planroom\": \"manifest/1\"";

/// Most files that are looked at.
pub(super) const FILES: usize = 200_000;

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
    /// No such revision, or no such path in it.
    #[error("{path}: {text}")]
    Revision {
        /// The revision or path as the user wrote it.
        path: String,
        /// What is wrong with it.
        text: String,
        /// Names of the branches and tags that there are, when the revision is not one.
        known: Vec<String>,
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
    home: Home,
    /// Its path as the user wrote it.
    shown: String,
    /// Largest file that is read.
    limit: Limit,
}

/// A number of bytes, and the option that sets it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limit {
    pub(super) bytes: u64,
    pub(super) setting: &'static str,
}

/// The option that limits sources.
pub(super) const SETTING: &str = "--max-source-bytes";
/// Where a folder is.
#[derive(Clone, Debug)]
enum Home {
    /// On the disk, its path with symbolic links resolved.
    Disk(PathBuf),
    /// In a revision of a git repository, below a path that is empty or ends with `/`.
    Revision(Arc<Tree>, String),
}

/// What stands at a path of a revision.
#[derive(Debug)]
pub struct Recalled {
    /// The folder, or the one that holds the file.
    pub folder: Folder,
    /// Name of the file, when the path is that of a file.
    pub file: Option<String>,
    /// The revision.
    pub revision: Revision,
}

impl Folder {
    /// Opens what stands at `REV:path` (relative to the repository's root, or with `./` to `near`), or at
    /// `REV` for the path `near` itself. `near` is a folder or file of the repository's work tree.
    ///
    /// # Errors
    /// When there is no such revision or path, or the program `git` cannot be started.
    pub fn recall(spec: &str, near: &Path, limit: u64) -> Result<Recalled, ReadError> {
        let (name, path) = revision::split(spec);
        let (around, own) = if near.is_dir() {
            (near.to_path_buf(), String::new())
        } else {
            let parent = near.parent().filter(|parent| !parent.as_os_str().is_empty());
            let own = near.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            (parent.unwrap_or(Path::new(".")).to_path_buf(), own)
        };
        let found = revision::resolve(&around, name)?;
        let wanted = match path {
            None => format!("{}/{own}", found.base),
            Some(path) if path == "." || path.starts_with("./") || path.starts_with("../") => {
                format!("{}/{path}", found.base)
            }
            Some(path) => path.to_owned(),
        };
        let wanted = normalize(wanted.trim_matches('/')).ok_or_else(|| ReadError::Revision {
            path: spec.to_owned(),
            text: "the path leads out of the repository".to_owned(),
            known: Vec::new(),
        })?;
        let (tree, file) = match revision::open(&around, &found, &wanted)? {
            Found::Folder(tree) => (tree, None),
            Found::File(tree, file) => (tree, Some(file)),
        };
        let inside = match (&file, wanted.rsplit_once('/')) {
            (None, _) => wanted.as_str(),
            (Some(_), Some((folder, _))) => folder,
            (Some(_), None) => "",
        };
        let shown = format!("{name}:{inside}");
        let limit = Limit { bytes: limit, setting: SETTING };
        let folder = Self { home: Home::Revision(Arc::new(tree), String::new()), shown, limit };
        Ok(Recalled { folder, file, revision: found })
    }

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
        Ok(Self { home: Home::Disk(root), shown, limit: Limit { bytes: limit, setting: SETTING } })
    }

    /// The folder of the project that it belongs to, and the path of this one below it, empty or ending with `/`: the
    /// nearest one, itself or above, that holds a settings file or is the root of a git work tree; itself when there is
    /// none, and in a revision.
    pub fn project(&self) -> (Self, String) {
        let alone = || (self.clone(), String::new());
        let Home::Disk(own) = &self.home else { return alone() };
        let is_project = |folder: &&Path| folder.join(SIDECAR).is_file() || folder.join(".git").exists();
        let Some(root) = own.ancestors().find(is_project) else { return alone() };
        let Some(below) = own.strip_prefix(root).ok().and_then(Path::to_str) else { return alone() };
        let base = if below.is_empty() { String::new() } else { format!("{}/", below.replace('\\', "/")) };
        let shown = format!("{}{}", self.shown, "/..".repeat(base.matches('/').count()));
        (Self { home: Home::Disk(root.to_path_buf()), shown, limit: self.limit }, base)
    }

    /// The same folder with another limit, in bytes, which the option `setting` sets.
    pub fn limited(&self, bytes: u64, setting: &'static str) -> Self {
        Self { limit: Limit { bytes, setting }, ..self.clone() }
    }

    /// The name of the folder itself, for titles; empty for a root of the file system.
    pub fn name(&self) -> String {
        match &self.home {
            Home::Disk(root) => {
                root.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
            }
            Home::Revision(..) => {
                let path = self.shown.split_once(':').map_or("", |(_, path)| path);
                path.trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_owned()
            }
        }
    }

    /// All files below. Hidden folders, folders of dependencies and folders that a build wrote are left out; links are
    /// not followed.
    pub fn walk(&self) -> Walked {
        match &self.home {
            Home::Disk(root) => walk::disk(root, None),
            Home::Revision(tree, prefix) => walk::revision(tree, prefix, self.limit, None),
        }
    }

    /// The same without what `.gitignore` files leave out: those of the folders below, and on the disk those of the
    /// folders above up to the root of the repository.
    pub fn walk_unignored(&self) -> Walked {
        match &self.home {
            Home::Disk(root) => walk::disk(root, Some(Ignored::above(root))),
            Home::Revision(tree, prefix) => {
                walk::revision(tree, prefix, self.limit, Some(Ignored::default()))
            }
        }
    }

    /// Names of the files directly in it, sorted; hidden ones are left out and links are not followed.
    pub fn files(&self) -> Vec<String> {
        let names: Vec<String> = match &self.home {
            Home::Disk(root) => {
                let Ok(entries) = fs::read_dir(root) else { return Vec::new() };
                let files = entries
                    .filter_map(Result::ok)
                    .filter(|entry| entry.file_type().is_ok_and(|it| it.is_file()));
                files.filter_map(|entry| entry.file_name().into_string().ok()).collect()
            }
            Home::Revision(tree, prefix) => {
                let paths = tree.paths().filter_map(|path| path.strip_prefix(prefix.as_str()));
                paths.filter(|path| !path.contains('/')).map(str::to_owned).collect()
            }
        };
        sorted(names.into_iter().filter(|name| !name.starts_with('.')).take(FILES).collect())
    }

    /// Paths that a build wrote here, as its list says; `None` when there is no such list.
    pub fn written(&self) -> Option<Vec<String>> {
        #[derive(serde::Deserialize)]
        struct List {
            files: std::collections::BTreeMap<String, serde_json::Value>,
        }
        let text = self.has(MANIFEST).then(|| self.read(MANIFEST).ok()).flatten()?.text;
        let list: List = serde_json::from_str(text.starts_with(MANIFEST_HEAD).then_some(&text)?).ok()?;
        Some(list.files.into_keys().collect())
    }

    /// Reads and decodes one file of the folder, `path` being relative with `/`.
    ///
    /// # Errors
    /// When it lies outside (by `..`, as an absolute path or through a link), cannot be read, is too
    /// large or is binary.
    pub fn read(&self, path: &str) -> Result<Decoded, ReadError> {
        decode(&self.bytes(path)?).map_err(|error| ReadError::Binary { path: self.show(path), error })
    }

    /// The bytes of one file of the folder, `path` being relative with `/`.
    ///
    /// # Errors
    /// As [`Folder::read`], but for binaries.
    pub fn bytes(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        let shown = self.show(path);
        let outside = || ReadError::Outside { path: shown.clone(), root: self.shown.clone() };
        let relative = normalize(path).ok_or_else(outside)?;
        let root = match &self.home {
            Home::Disk(root) => root,
            Home::Revision(tree, prefix) => {
                return tree.read(&format!("{prefix}{relative}"), &shown, self.limit);
            }
        };
        let full = fs::canonicalize(root.join(&relative))
            .map_err(|error| ReadError::Io { path: shown.clone(), error })?;
        if !full.starts_with(root) {
            return Err(outside());
        }
        read_limited(&full, &shown, self.limit)
    }

    /// A folder below, as a confinement of its own.
    ///
    /// # Errors
    /// When it lies outside or does not exist.
    pub fn below(&self, path: &str) -> Result<Self, ReadError> {
        let shown = if path.is_empty() { self.shown.clone() } else { self.show(path) };
        let outside = || ReadError::Outside { path: shown.clone(), root: self.shown.clone() };
        let relative = normalize(path).ok_or_else(outside)?;
        let home = match &self.home {
            Home::Disk(own) => {
                let root = fs::canonicalize(own.join(relative))
                    .map_err(|error| ReadError::Io { path: shown.clone(), error })?;
                if !root.starts_with(own) {
                    return Err(outside());
                }
                Home::Disk(root)
            }
            Home::Revision(tree, prefix) => {
                let inside = format!("{prefix}{relative}");
                if !tree.has_folder(inside.trim_end_matches('/')) {
                    let error =
                        io::Error::new(io::ErrorKind::NotFound, "there is no such folder in this revision");
                    return Err(ReadError::Io { path: shown, error });
                }
                let inside = if relative.is_empty() { inside } else { format!("{inside}/") };
                Home::Revision(Arc::clone(tree), inside)
            }
        };
        Ok(Self { home, shown, limit: self.limit })
    }

    /// Whether there is such a folder.
    pub fn has_folder(&self, path: &str) -> bool {
        normalize(path).is_some_and(|relative| match &self.home {
            Home::Disk(root) => root.join(relative).is_dir(),
            Home::Revision(tree, prefix) => {
                tree.has_folder(format!("{prefix}{relative}").trim_end_matches('/'))
            }
        })
    }

    /// Whether there is such a file.
    pub fn has(&self, path: &str) -> bool {
        normalize(path).is_some_and(|relative| match &self.home {
            // A link may lead to what lies outside, and that is not told of either.
            Home::Disk(root) => {
                let path = root.join(relative);
                path.is_file() && fs::canonicalize(path).is_ok_and(|full| full.starts_with(root))
            }
            Home::Revision(tree, prefix) => tree.has(&format!("{prefix}{relative}")),
        })
    }

    /// A path of the folder as the user knows it.
    fn show(&self, path: &str) -> String {
        match self.shown.as_str() {
            "." | "" => path.to_owned(),
            root if root.ends_with(':') => format!("{root}{path}"),
            root => format!("{}/{path}", root.trim_end_matches('/')),
        }
    }
}

/// Reads and decodes a file anywhere: one that the user named.
///
/// # Errors
/// When it cannot be read, is too large or is binary.
pub fn read_named(path: &Path, limit: u64) -> Result<Decoded, ReadError> {
    let shown = path.display().to_string();
    let bytes = read_limited(path, &shown, Limit { bytes: limit, setting: SETTING })?;
    decode(&bytes).map_err(|error| ReadError::Binary { path: shown, error })
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

/// The bytes of a file anywhere: one that the user named.
///
/// # Errors
/// When it cannot be read or is too large.
pub fn read_bytes(path: &Path, limit: u64) -> Result<Vec<u8>, ReadError> {
    read_limited(path, &path.display().to_string(), Limit { bytes: limit, setting: SETTING })
}

fn read_limited(full: &Path, shown: &str, limit: Limit) -> Result<Vec<u8>, ReadError> {
    let io = |error| ReadError::Io { path: shown.to_owned(), error };
    let file = open_regular(full).map_err(io)?;
    let size = file.metadata().map_err(io)?;
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

/// Opens a file. What is no regular file is refused before it is opened: a pipe would wait for somebody who writes.
pub(super) fn open_regular(path: &Path) -> io::Result<fs::File> {
    let regular = |found: fs::Metadata| {
        let error = || io::Error::new(io::ErrorKind::InvalidInput, "not a regular file");
        if found.is_file() { Ok(()) } else { Err(error()) }
    };
    regular(fs::metadata(path)?)?;
    let file = fs::File::open(path)?;
    // Another one may stand there by now.
    regular(file.metadata()?)?;
    Ok(file)
}

pub(super) fn sorted(mut files: Vec<String>) -> Vec<String> {
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
