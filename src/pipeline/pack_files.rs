//! Packs that somebody names: a built-in one by its id, a file, or a folder of files.

use std::path::Path;

use super::gather::Refusal;
use crate::diagnostic::did_you_mean;
use crate::guidance::{BUILTIN, PackSource};
use crate::source::{FileId, Folder, Node, ReadError, SIDECAR, Source, Sources, normalize};

/// Largest pack that is read unless the user sets another limit, in bytes.
pub const PACK_LIMIT: u64 = 1 << 20;

/// The option that sets it.
const SETTING: &str = "--max-pack-bytes";

/// Packs from disk.
#[derive(Clone, Debug, Default)]
pub struct PackFiles {
    /// Those that were named, the ones of a folder in the order of their names.
    pub named: Vec<Source>,
    /// Other packs of their folders, which they may extend.
    pub beside: Vec<Source>,
    /// Paths of YAML files in a named folder that are no packs.
    pub passed_over: Vec<String>,
}

/// How large files may be, in bytes.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// A source.
    pub source: u64,
    /// A pack.
    pub pack: u64,
}

impl From<u64> for Limits {
    /// A limit for sources, with that of packs as usual.
    fn from(source: u64) -> Self {
        Self { source, pack: PACK_LIMIT }
    }
}

/// Packs to test, with their examples.
#[derive(Clone, Debug, Default)]
pub struct TestFiles {
    /// The packs.
    pub packs: PackFiles,
    /// For each named pack, `examples/<name of its file>` beside it.
    pub examples: Vec<Option<Source>>,
}

/// Packs that the user names on the command line.
#[derive(Clone, Debug, Default)]
pub struct NamedPacks {
    /// Ids of built-in packs.
    pub builtin: Vec<String>,
    /// Packs from disk.
    pub files: PackFiles,
}

/// Finds packs by the words of the command line. `limit` is the largest pack that is read, in bytes.
///
/// # Errors
/// When a word is no built-in pack and no file or folder of that name can be read, or it holds no pack.
pub fn named_packs(words: &[String], limit: u64) -> Result<NamedPacks, Refusal> {
    let mut packs = NamedPacks::default();
    for word in words {
        if BUILTIN.iter().any(|pack| pack.id == word) {
            packs.builtin.push(word.clone());
        } else {
            let found = pack_files(word, limit).map_err(|error| {
                match did_you_mean(word, BUILTIN.iter().map(|pack| pack.id)) {
                    Some(near) => Refusal::Unknown(format!("{error}; did you mean `{near}`?")),
                    None => Refusal::Read(error),
                }
            })?;
            if found.named.is_empty() {
                let message = format!("{word}: holds no pack, expected files that end in .yaml");
                return Err(Refusal::Unknown(message));
            }
            packs.files.extend(found);
        }
    }
    Ok(packs)
}

/// Reads the packs of a path: those of one file, or of all files directly in one folder. `limit` is the
/// largest pack that is read, in bytes.
///
/// # Errors
/// When the path, or a pack in the folder, cannot be read.
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
    collect(&Folder::open(folder, limit)?.limited(limit, SETTING), &prefix, wanted.as_deref())
}

/// The same for a path that a project's settings name; nothing outside of the folder is read. `base` is
/// the project's place in it: empty, or with a slash at its end.
///
/// # Errors
/// As [`pack_files`], and when the path leads out.
pub(super) fn pack_files_within(
    folder: &Folder,
    base: &str,
    path: &str,
    limit: u64,
) -> Result<PackFiles, ReadError> {
    let folder = folder.limited(limit, SETTING);
    let full = format!("{base}{path}");
    let Some(inner) = normalize(path) else {
        // Refused with the words of the folder.
        return folder.read(path).map(|_| PackFiles::default());
    };
    if folder.has_folder(&full) {
        let prefix = if inner.is_empty() { String::new() } else { format!("{inner}/") };
        return collect(&folder.below(&full)?, &prefix, None);
    }
    let (parent, name) = inner.rsplit_once('/').map_or(("", inner.as_str()), |(parent, name)| (parent, name));
    let prefix = if parent.is_empty() { String::new() } else { format!("{parent}/") };
    match folder.below(&format!("{base}{parent}")) {
        Ok(parent) => collect(&parent, &prefix, Some(name)),
        Err(error) => folder.read(&full).and(Err(error)),
    }
}

/// Reads the packs of a path with their examples.
///
/// # Errors
/// As [`pack_files`], and when examples cannot be read.
pub fn test_files(path: &str, limits: Limits) -> Result<TestFiles, ReadError> {
    let packs = pack_files(path, limits.pack)?;
    let examples =
        packs.named.iter().map(|pack| examples_beside(pack, limits.source)).collect::<Result<_, _>>()?;
    Ok(TestFiles { packs, examples })
}

pub(super) fn examples_beside(pack: &Source, limit: u64) -> Result<Option<Source>, ReadError> {
    let (parent, name) = match pack.path.rsplit_once('/') {
        Some(("", name)) => ("/", name),
        Some(both) => both,
        None => (".", pack.path.as_str()),
    };
    let folder = Folder::open(Path::new(parent), limit)?;
    let beside = format!("examples/{name}");
    if !folder.has(&beside) {
        return Ok(None);
    }
    let shown = format!("{}{beside}", pack.path.strip_suffix(name).unwrap_or_default());
    Ok(Some(Source::new(shown, folder.read(&beside)?.text)))
}

impl PackFiles {
    /// Adds other ones.
    pub(super) fn extend(&mut self, other: Self) {
        self.named.extend(other.named);
        self.beside.extend(other.beside);
        self.passed_over.extend(other.passed_over);
    }

    /// The packs as guidance takes them, each a source of the table.
    pub(super) fn sources<'a>(&'a self, table: &mut Sources) -> Vec<PackSource<'a>> {
        let mut packs: Vec<PackSource<'a>> = Vec::new();
        for (source, used) in self
            .named
            .iter()
            .map(|source| (source, true))
            .chain(self.beside.iter().map(|source| (source, false)))
        {
            let file = table.add(source.clone());
            // What stands beside one pack may be named itself.
            if packs.iter().all(|known| known.file != file) {
                packs.push(PackSource { file, path: &source.path, text: &source.text, used });
            }
        }
        packs
    }
}

fn collect(folder: &Folder, prefix: &str, wanted: Option<&str>) -> Result<PackFiles, ReadError> {
    let mut files = PackFiles::default();
    let read = |name: &str| Ok(Source::new(format!("{prefix}{name}"), folder.read(name)?.text));
    let names = || folder.files().into_iter().filter(|name| is_yaml(name) && name != SIDECAR);
    if let Some(wanted) = wanted {
        files.named.push(read(wanted)?);
    } else {
        for name in names() {
            let source = read(&name)?;
            match is_pack(&source.text) {
                true => files.named.push(source),
                false => files.passed_over.push(source.path),
            }
        }
    }
    if files.named.iter().any(|pack| pack.text.contains("extends:")) {
        let others = names().filter(|name| wanted.is_some_and(|wanted| wanted != name));
        // What stands beside may be anything.
        files
            .beside
            .extend(others.filter_map(|name| read(&name).ok()).filter(|source| is_pack(&source.text)));
    }
    Ok(files)
}

fn is_yaml(name: &str) -> bool {
    name.ends_with(".yaml") || name.ends_with(".yml")
}

/// Whether a YAML file of a folder is meant as a pack. One that cannot be parsed is: its mistake is told.
fn is_pack(text: &str) -> bool {
    match Node::parse(FileId(0), text) {
        Ok(node) => ["rules", "extends", "override"].iter().any(|key| node.get(key).is_some()),
        Err(_) => true,
    }
}
