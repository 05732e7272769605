//! A folder as a revision of its git repository holds it, read through the program `git`.
//!
//! Only four of its commands run, each with fixed arguments: `rev-parse`, `for-each-ref`, `ls-tree` and `cat-file`. None of
//! them runs a hook, a filter or a pager, touches the index or the work tree, or reaches another machine
//! (missing objects are not fetched). What they print is read up to a bound.

use std::collections::BTreeMap;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Mutex;

use super::folder::{Limit, ReadError};

/// Most bytes that a listing may have.
const LISTING: u64 = 64 << 20;

/// Most bytes of a short answer.
const ANSWER: u64 = 1 << 16;

/// A revision of the repository around a path.
#[derive(Debug)]
pub struct Revision {
    /// As the user wrote it: `main`, `v1.2`.
    pub name: String,
    /// The commit's id.
    pub commit: String,
    /// Path of the folder that the paths are relative to, within the repository; empty for its root.
    pub base: String,
}

/// All files of one tree of a revision.
#[derive(Debug)]
pub(super) struct Tree {
    files: BTreeMap<String, Entry>,
    objects: Mutex<Objects>,
}

#[derive(Clone, Debug)]
struct Entry {
    object: String,
    size: u64,
    is_link: bool,
}

/// What a path is in a revision.
pub(super) enum Found {
    /// A folder.
    Folder(Tree),
    /// A file: the folder that holds it, and its name.
    File(Tree, String),
}

/// `REV:path` in its parts; a text without a colon is a revision alone.
pub(super) fn split(spec: &str) -> (&str, Option<&str>) {
    match spec.split_once(':') {
        Some((revision, path)) => (revision, Some(path)),
        None => (spec, None),
    }
}

/// Looks up a revision in the repository around a folder.
pub(super) fn resolve(near: &Path, name: &str) -> Result<Revision, ReadError> {
    let shown = name.to_owned();
    if name.is_empty() || name.starts_with('-') || name.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return Err(wrong(&shown, "is no path that exists, and cannot be the name of a git revision"));
    }
    let base = git(near, &["rev-parse", "--show-prefix"], LISTING).map_err(|said| {
        let why = if said.is_empty() { String::new() } else { format!(" ({said})") };
        wrong(
            &shown,
            &format!("is no path that exists, and `{}` is in no git repository{why}", near.display()),
        )
    })?;
    let base = String::from_utf8_lossy(&base).trim_end_matches(['\n', '\r', '/']).to_owned();
    let wanted = format!("{name}^{{commit}}");
    let commit = git(near, &["rev-parse", "--verify", "--quiet", &wanted], LISTING).map_err(|_| {
        let text = "is neither a path that exists nor a revision of the git repository around it".to_owned();
        ReadError::Revision { path: shown.clone(), text, known: names(near) }
    })?;
    let commit = String::from_utf8_lossy(&commit).trim().to_owned();
    Ok(Revision { name: shown, commit, base })
}

/// Short names of branches and tags, for whoever mistyped one.
fn names(near: &Path) -> Vec<String> {
    let sorts = ["refs/heads", "refs/tags", "refs/remotes"];
    let listed = git(
        near,
        &[&["for-each-ref", "--count=1000", "--format=%(refname:short)"], &sorts[..]].concat(),
        ANSWER,
    );
    let listed = listed.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    listed.lines().map(str::to_owned).collect()
}

/// The tree at a path of a commit, `path` being relative to the repository's root.
pub(super) fn open(near: &Path, revision: &Revision, path: &str) -> Result<Found, ReadError> {
    let shown = format!("{}:{path}", revision.name);
    let objects = Objects::start(near).map_err(|error| ReadError::Io { path: shown.clone(), error })?;
    let missing = || wrong(&shown, "there is no such path in this revision");
    let kind = git(near, &["cat-file", "-t", &format!("{}:{path}", revision.commit)], ANSWER);
    let kind = kind.map_err(|_| missing())?;
    let kind = String::from_utf8_lossy(&kind).trim().to_owned();
    let (folder, file) = match (kind.as_str(), path.rsplit_once('/')) {
        ("tree", _) => (path, None),
        ("blob", Some((folder, file))) => (folder, Some(file)),
        ("blob", None) => ("", Some(path)),
        _ => return Err(missing()),
    };
    let tree = format!("{}:{folder}", revision.commit);
    let listing = git(near, &["ls-tree", "-r", "-z", "--long", "--full-tree", &tree], LISTING)
        .map_err(|said| wrong(&shown, &format!("cannot be listed: {said}")))?;
    let files = listing.split(|byte| *byte == 0).filter_map(entry).collect();
    let tree = Tree { files, objects: Mutex::new(objects) };
    Ok(match file {
        Some(file) => Found::File(tree, file.to_owned()),
        None => Found::Folder(tree),
    })
}

impl Tree {
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.iter().filter(|(_, entry)| !entry.is_link).map(|(path, _)| path.as_str())
    }

    pub(super) fn has(&self, path: &str) -> bool {
        self.files.get(path).is_some_and(|entry| !entry.is_link)
    }

    pub(super) fn has_folder(&self, path: &str) -> bool {
        let inside = format!("{path}/");
        path.is_empty()
            || self.files.range(inside.clone()..).next().is_some_and(|(file, _)| file.starts_with(&inside))
    }

    /// Bytes of a file, `shown` being its path for people.
    pub(super) fn read(&self, path: &str, shown: &str, limit: Limit) -> Result<Vec<u8>, ReadError> {
        let io = |error| ReadError::Io { path: shown.to_owned(), error };
        let missing =
            || io(io::Error::new(io::ErrorKind::NotFound, "there is no such file in this revision"));
        let entry = self.files.get(path).filter(|entry| !entry.is_link).ok_or_else(missing)?;
        if entry.size > limit.bytes {
            return Err(ReadError::TooLarge {
                path: shown.to_owned(),
                size: entry.size,
                limit: limit.bytes,
                setting: limit.setting,
            });
        }
        let mut objects = self.objects.lock().map_err(|_| io(io::Error::other("git could not be asked")))?;
        objects.bytes(&entry.object).map_err(io)?.ok_or_else(missing)
    }
}

/// One line of the listing: `<mode> <type> <object> <size>\t<path>`.
fn entry(line: &[u8]) -> Option<(String, Entry)> {
    let line = std::str::from_utf8(line).ok()?;
    let (head, path) = line.split_once('\t')?;
    let mut words = head.split_ascii_whitespace();
    let (mode, kind, object, size) = (words.next()?, words.next()?, words.next()?, words.next()?);
    if kind != "blob" {
        return None;
    }
    let entry = Entry { object: object.to_owned(), size: size.parse().ok()?, is_link: mode == "120000" };
    Some((path.to_owned(), entry))
}

/// A running `git cat-file --batch`, asked for one object at a time.
#[derive(Debug)]
struct Objects {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Objects {
    fn start(near: &Path) -> io::Result<Self> {
        let mut command = program(near);
        command.args(["cat-file", "--batch"]).stdin(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.stdout(Stdio::piped()).spawn()?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::Error::other("git could not be asked"));
        };
        Ok(Self { child, input, output: BufReader::new(output) })
    }

    /// The bytes of an object.
    fn bytes(&mut self, object: &str) -> io::Result<Option<Vec<u8>>> {
        writeln!(self.input, "{object}")?;
        self.input.flush()?;
        let mut line = String::new();
        self.output.by_ref().take(1 << 16).read_line(&mut line)?;
        let size = match line.split_ascii_whitespace().collect::<Vec<_>>().as_slice() {
            [_, "blob", size] => size.parse::<u64>().ok(),
            _ => None,
        };
        let Some(size) = size else { return Ok(None) };
        let mut bytes = Vec::new();
        self.output.by_ref().take(size).read_to_end(&mut bytes)?;
        let mut end = [0];
        self.output.read_exact(&mut end)?;
        Ok((bytes.len() as u64 == size).then_some(bytes))
    }
}

impl Drop for Objects {
    fn drop(&mut self) {
        // It only reads; when it is stopped nothing is lost.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What a command prints, up to a bound; otherwise the first line of what it complains about.
fn git(near: &Path, arguments: &[&str], most: u64) -> Result<Vec<u8>, String> {
    let mut command = program(near);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|error| format!("git could not be started: {error}"))?;
    let mut bytes = Vec::new();
    if let Some(output) = child.stdout.take() {
        let _ = output.take(most + 1).read_to_end(&mut bytes);
    }
    if bytes.len() as u64 > most {
        let _ = child.kill();
        let _ = child.wait();
        return Err(format!("git printed more than {most} bytes"));
    }
    let mut said = String::new();
    if let Some(output) = child.stderr.take() {
        let _ = output.take(4096).read_to_string(&mut said);
    }
    match child.wait() {
        Ok(status) if status.success() => Ok(bytes),
        _ => Err(said.lines().next().unwrap_or("").trim_start_matches("fatal: ").to_owned()),
    }
}

fn program(near: &Path) -> Command {
    let mut command = Command::new("git");
    command
        .arg("-C")
        .arg(near)
        .args(["--no-pager", "--no-optional-locks", "--no-replace-objects"])
        .args(["-c", "core.fsmonitor=false", "-c", "protocol.allow=never", "-c", "core.quotePath=false"])
        // A repository that a hook runs in must not be taken for the one around the path.
        .env_remove("GIT_DIR")
        .env_remove("GIT_WORK_TREE")
        .env_remove("GIT_INDEX_FILE")
        .env_remove("GIT_PREFIX")
        .env("GIT_NO_LAZY_FETCH", "1")
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("LC_ALL", "C");
    command
}

fn wrong(path: &str, text: &str) -> ReadError {
    ReadError::Revision { path: path.to_owned(), text: text.to_owned(), known: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::{entry, split};

    #[test]
    fn revisions_are_told_from_their_paths() {
        assert_eq!(split("main"), ("main", None));
        assert_eq!(split("v1:docs/a:b"), ("v1", Some("docs/a:b")));
    }

    #[test]
    fn lines_of_git_are_read() {
        let (path, file) = entry(b"100644 blob abc     12\ta b.puml").unwrap();
        assert_eq!((path.as_str(), file.size, file.is_link), ("a b.puml", 12, false));
        assert!(entry(b"120000 blob abc     12\tlink").unwrap().1.is_link);
        assert!(entry(b"160000 commit abc     -\tmodule").is_none());
    }
}
