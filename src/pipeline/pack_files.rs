//! Packs on disk: a file, or a folder of them, each with the file of its examples.

use std::path::Path;

use crate::source::{FileId, Folder, Node, ReadError, Source};

/// A pack's file and the one with its examples.
#[derive(Clone, Debug)]
pub struct PackFile {
    /// The pack.
    pub pack: Source,
    /// `examples/<name of the pack's file>` beside it.
    pub examples: Option<Source>,
}

/// Packs that the user named, and what stands beside them.
#[derive(Clone, Debug, Default)]
pub struct PackFiles {
    /// The packs, in the order of their names.
    pub named: Vec<PackFile>,
    /// Other packs of the same folder, which the named ones may speak of.
    pub beside: Vec<Source>,
    /// Paths of YAML files in a named folder that are no packs.
    pub passed_over: Vec<String>,
}

/// Reads the packs of a path: those of one file, or of all files directly in one folder. `limit` is the
/// largest file that is read, in bytes.
///
/// # Errors
/// When the path, or a file in the folder, cannot be read.
pub fn pack_files(path: &str, limit: u64) -> Result<PackFiles, ReadError> {
    let full = Path::new(path);
    let (folder, wanted) = match full.is_dir() {
        true => (full, None),
        false => {
            let parent = full.parent().filter(|parent| !parent.as_os_str().is_empty());
            (parent.unwrap_or(Path::new(".")), full.file_name().map(|name| name.to_string_lossy()))
        }
    };
    let prefix = match folder.to_string_lossy().trim_end_matches('/') {
        "." | "" => String::new(),
        shown => format!("{shown}/"),
    };
    let folder = Folder::open(folder, limit)?;
    let mut files = PackFiles::default();
    for name in folder.files().into_iter().filter(|name| is_yaml(name)) {
        let is_wanted = wanted.as_ref().is_none_or(|wanted| *wanted == name);
        let read = folder.read(&name).map(|decoded| Source::new(format!("{prefix}{name}"), decoded.text));
        match read {
            // What stands beside may be anything.
            Err(_) if !is_wanted => {}
            read if wanted.is_none() => match read? {
                pack if is_pack(&pack.text) => {
                    files.named.push(with_examples(&folder, &prefix, &name, pack)?)
                }
                other => files.passed_over.push(other.path),
            },
            read if is_wanted => {
                files.named.push(with_examples(&folder, &prefix, &name, read?)?);
            }
            read => files.beside.extend(read.into_iter().filter(|source| is_pack(&source.text))),
        }
    }
    if let Some(wanted) = wanted.filter(|_| files.named.is_empty()) {
        // It has another extension, or is not there.
        let read = folder.read(&wanted)?;
        let pack = Source::new(format!("{prefix}{wanted}"), read.text);
        files.named.push(with_examples(&folder, &prefix, &wanted, pack)?);
    }
    Ok(files)
}

fn with_examples(folder: &Folder, prefix: &str, name: &str, pack: Source) -> Result<PackFile, ReadError> {
    let beside = format!("examples/{name}");
    let examples = match folder.has(&beside) {
        true => Some(Source::new(format!("{prefix}{beside}"), folder.read(&beside)?.text)),
        false => None,
    };
    Ok(PackFile { pack, examples })
}

fn is_yaml(name: &str) -> bool {
    name.ends_with(".yaml") || name.ends_with(".yml")
}

/// Whether a YAML file of a folder is meant as a pack. One that cannot be parsed is: its mistake is told.
fn is_pack(text: &str) -> bool {
    match Node::parse(FileId(0), text) {
        Ok(node) => ["id", "rules", "extends"].iter().any(|key| node.get(key).is_some()),
        Err(_) => true,
    }
}
