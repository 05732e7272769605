//! Puts a set of files into a folder: all of them or none, and nothing that is not ours is touched.
//!
//! 1. Everything is staged in a temporary folder inside the target, so that a full disk or a missing right shows
//!    before anything changes.
//! 2. Files of other people at our paths are refused; ours are known by the manifest of the last build.
//! 3. Only files whose bytes differ are moved into place; files that we wrote before and no longer make are
//!    removed. A failure on the way puts everything back.
//!
//! Architecture invariant: knows files and bytes, no model and no format.

#![allow(clippy::disallowed_methods, reason = "this is the door that files leave through")]

mod manifest;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

pub use manifest::{Manifest, digest};

/// A file to put: its path relative to the folder, with `/`, and its bytes.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// Relative path; never climbs out.
    pub path: &'a str,
    /// Content.
    pub bytes: &'a [u8],
}

/// What was done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Paths that were written.
    pub written: Vec<String>,
    /// Paths that already had these bytes.
    pub unchanged: Vec<String>,
    /// Paths that were removed.
    pub removed: Vec<String>,
    /// Paths of ours that somebody had edited since the last build, and that were replaced or removed.
    pub edited: Vec<String>,
}

/// Why nothing was put.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// The operating system refused.
    #[error("{path}: {error}; nothing was written")]
    Io {
        /// The path.
        path: String,
        /// The system's words.
        error: io::Error,
    },
    /// There is a file that we did not write.
    #[error(
        "{path}: stands there already and was not written by planroom; move it away or choose another -o; nothing was written"
    )]
    Foreign {
        /// The path.
        path: String,
    },
    /// A path of ours leads out of the folder through a link.
    #[error("{path}: leads out of the output folder through a link; nothing was written")]
    Outside {
        /// The path.
        path: String,
    },
}

/// Puts the files into `folder`, which is made when it is missing.
///
/// # Errors
/// When something cannot be written, or a file that we did not write is in the way. The folder is then as it was.
pub fn publish(folder: &Path, entries: &[Entry<'_>]) -> Result<Report, PublishError> {
    let existed = folder.is_dir();
    fs::create_dir_all(folder).map_err(|error| io_error(folder, error))?;
    let result = put(folder, entries);
    if result.is_err() && !existed {
        // Only when it is empty, so that nothing of anybody's is lost.
        let _ = fs::remove_dir(folder);
    }
    result
}

fn put(folder: &Path, entries: &[Entry<'_>]) -> Result<Report, PublishError> {
    let old = Manifest::load(folder);
    let new = Manifest::of(entries);
    let root = fs::canonicalize(folder).map_err(|error| io_error(folder, error))?;
    let mut report = Report::default();
    let mut changed = Vec::new();
    for entry in entries {
        let target = folder.join(entry.path);
        confined(&root, &target)?;
        match fs::symlink_metadata(&target) {
            Err(_) => changed.push(entry),
            Ok(meta) if !meta.is_file() => return Err(PublishError::Foreign { path: show(&target) }),
            Ok(_) => {
                let bytes = fs::read(&target).map_err(|error| io_error(&target, error))?;
                if bytes == entry.bytes {
                    report.unchanged.push(entry.path.to_owned());
                    continue;
                }
                match old.digest_of(entry.path) {
                    None => return Err(PublishError::Foreign { path: show(&target) }),
                    Some(known) if known != digest(&bytes) => report.edited.push(entry.path.to_owned()),
                    Some(_) => {}
                }
                changed.push(entry);
            }
        }
    }
    let mut stale = Vec::new();
    for (path, known) in old.files().filter(|(path, _)| new.digest_of(path).is_none()) {
        let target = folder.join(path);
        confined(&root, &target)?;
        let Ok(meta) = fs::symlink_metadata(&target) else { continue };
        if !meta.is_file() {
            continue;
        }
        if fs::read(&target).is_ok_and(|bytes| digest(&bytes) != known) {
            // Somebody made it theirs; it is left alone and no longer ours.
            report.edited.push(path.to_owned());
            continue;
        }
        stale.push(path.to_owned());
    }
    let manifest = new.text();
    let manifest_path = folder.join(manifest::NAME);
    let same_manifest = manifest::read(folder).is_some_and(|bytes| bytes == manifest.as_bytes());
    if !same_manifest && manifest_path.exists() && !old.is_ours() {
        return Err(PublishError::Foreign { path: show(&manifest_path) });
    }
    let manifest_entry = Entry { path: manifest::NAME, bytes: manifest.as_bytes() };
    let mut staged: Vec<&Entry<'_>> = changed.clone();
    if !same_manifest {
        staged.push(&manifest_entry);
    }
    if !staged.is_empty() || !stale.is_empty() {
        exchange(folder, &staged, &stale)?;
    }
    report.written = changed.iter().map(|entry| entry.path.to_owned()).collect();
    report.removed = stale;
    Ok(report)
}

/// Stages the files, moves the old ones aside and the new ones in; puts all back on failure.
fn exchange(folder: &Path, staged: &[&Entry<'_>], stale: &[String]) -> Result<(), PublishError> {
    let work = folder.join(".planroom-partial");
    // A build that was killed may have left one; it holds nothing but copies of ours.
    let _ = fs::remove_dir_all(&work);
    let result = stage(&work.join("new"), staged)
        .and_then(|()| swap(folder, &work, staged.iter().map(|entry| entry.path), stale));
    let _ = fs::remove_dir_all(&work);
    result?;
    for path in stale {
        remove_empty_parents(folder, path);
    }
    Ok(())
}

fn stage(work: &Path, staged: &[&Entry<'_>]) -> Result<(), PublishError> {
    fs::create_dir_all(work).map_err(|error| io_error(work, error))?;
    for entry in staged {
        write(&work.join(entry.path), entry.bytes)?;
    }
    Ok(())
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), PublishError> {
    use io::Write as _;
    make_parent(path)?;
    let mut file = fs::File::create(path).map_err(|error| io_error(path, error))?;
    file.write_all(bytes).and_then(|()| file.flush()).map_err(|error| io_error(path, error))
}

fn swap<'a>(
    folder: &Path,
    work: &Path,
    staged: impl Iterator<Item = &'a str>,
    stale: &[String],
) -> Result<(), PublishError> {
    let mut done: Vec<(PathBuf, Option<PathBuf>)> = Vec::new();
    let moves = staged.map(|path| (path, true)).chain(stale.iter().map(|path| (path.as_str(), false)));
    for (path, replace) in moves {
        let target = folder.join(path);
        let step = move_aside(&target, &work.join("old").join(path)).and_then(|backup| {
            done.push((target.clone(), backup));
            if !replace {
                return Ok(());
            }
            make_parent(&target)?;
            fs::rename(work.join("new").join(path), &target).map_err(|error| io_error(&target, error))
        });
        if let Err(error) = step {
            for (target, backup) in done.into_iter().rev() {
                let _ = match backup {
                    Some(backup) => fs::rename(backup, &target),
                    None => fs::remove_file(&target),
                };
            }
            return Err(error);
        }
    }
    Ok(())
}

fn move_aside(target: &Path, backup: &Path) -> Result<Option<PathBuf>, PublishError> {
    if fs::symlink_metadata(target).is_err() {
        return Ok(None);
    }
    make_parent(backup)?;
    fs::rename(target, backup).map_err(|error| io_error(target, error))?;
    Ok(Some(backup.to_path_buf()))
}

fn make_parent(path: &Path) -> Result<(), PublishError> {
    let Some(parent) = path.parent() else { return Ok(()) };
    fs::create_dir_all(parent).map_err(|error| io_error(parent, error))
}

/// Refuses a target whose existing part leads out of the folder.
fn confined(root: &Path, target: &Path) -> Result<(), PublishError> {
    let existing = target.ancestors().skip(1).find(|path| path.exists()).unwrap_or(root);
    let inside = fs::canonicalize(existing).is_ok_and(|path| path.starts_with(root));
    if inside { Ok(()) } else { Err(PublishError::Outside { path: show(target) }) }
}

fn remove_empty_parents(folder: &Path, path: &str) {
    let mut parent = Path::new(path).parent();
    while let Some(relative) = parent.filter(|relative| !relative.as_os_str().is_empty()) {
        if fs::remove_dir(folder.join(relative)).is_err() {
            return;
        }
        parent = relative.parent();
    }
}

fn io_error(path: &Path, error: io::Error) -> PublishError {
    PublishError::Io { path: show(path), error }
}

fn show(path: &Path) -> String {
    path.display().to_string()
}

/// Writes one file that the user named, through a temporary file beside it, so that a failure leaves the old one.
///
/// # Errors
/// When it cannot be written.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), PublishError> {
    if fs::symlink_metadata(path).is_ok_and(|meta| !meta.is_file()) {
        // A device, a pipe or a link: what it leads to is the user's choice.
        return fs::write(path, bytes).map_err(|error| io_error(path, error));
    }
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(".planroom-partial");
    let partial = path.with_file_name(name);
    let keep_rights = || match fs::metadata(path) {
        Ok(meta) => fs::set_permissions(&partial, meta.permissions()).map_err(|error| io_error(path, error)),
        Err(_) => Ok(()),
    };
    let result = write(&partial, bytes)
        .and_then(|()| keep_rights())
        .and_then(|()| fs::rename(&partial, path).map_err(|error| io_error(path, error)));
    if result.is_err() {
        let _ = fs::remove_file(&partial);
    }
    result
}

/// Writes one file that must not exist yet.
///
/// # Errors
/// When it exists or cannot be written.
pub fn create_file(path: &Path, bytes: &[u8]) -> Result<(), PublishError> {
    use io::Write as _;
    let mut file = fs::File::create_new(path).map_err(|error| io_error(path, error))?;
    let result = file.write_all(bytes).map_err(|error| io_error(path, error));
    if result.is_err() {
        let _ = fs::remove_file(path);
    }
    result
}
