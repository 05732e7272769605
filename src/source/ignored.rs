//! What `.gitignore` files leave out of a walk.

use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;

use super::folder::open_regular;
use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

/// Name of such a file.
pub(super) const GITIGNORE: &str = ".gitignore";

/// Largest such file that counts, in bytes; the patterns of a larger one are not kept in mind.
pub(super) const LARGEST: u64 = 128 * 1024;

/// Folders above that are asked for their patterns.
const ABOVE: usize = 40;

/// The patterns that count in a folder.
#[derive(Clone, Debug, Default)]
pub(super) struct Ignored(Option<Arc<Level>>);

/// The patterns of one file.
#[derive(Debug)]
struct Level {
    rules: Gitignore,
    /// Path of its folder below the one that is walked, empty or ending with `/`.
    base: String,
    /// Path of the one that is walked below its folder, empty or ending with `/`.
    inside: String,
    above: Ignored,
}

impl Ignored {
    /// The patterns of the folders above a folder of the disk, up to the root of its repository. Outside of a
    /// repository there are none.
    pub(super) fn above(root: &Path) -> Self {
        let mut found = Vec::new();
        let mut inside = String::new();
        let mut folder = root;
        for _ in 0..ABOVE {
            if folder.join(".git").exists() {
                return found
                    .into_iter()
                    .rev()
                    .fold(Self::default(), |above, (inside, text): (String, String)| {
                        above.with("", inside, &text)
                    });
            }
            let (Some(parent), Some(name)) = (folder.parent(), folder.file_name()) else { break };
            inside = format!("{}/{inside}", name.to_string_lossy());
            if let Some(text) = read(parent) {
                found.push((inside.clone(), text));
            }
            folder = parent;
        }
        Self::default()
    }

    /// With the patterns of a folder below.
    pub(super) fn below(&self, base: &str, text: &str) -> Self {
        self.clone().with(base, String::new(), text)
    }

    fn with(self, base: &str, inside: String, text: &str) -> Self {
        let mut builder = GitignoreBuilder::new("");
        for line in text.lines() {
            // A pattern that is none leaves nothing out, as in git.
            let _ = builder.add_line(None, line);
        }
        match builder.build() {
            Ok(rules) if !rules.is_empty() => {
                Self(Some(Arc::new(Level { rules, base: base.to_owned(), inside, above: self })))
            }
            _ => self,
        }
    }

    /// Whether a file or folder is left out, its path being relative to the folder that is walked. The innermost
    /// patterns decide.
    pub(super) fn leaves_out(&self, path: &str, is_folder: bool) -> bool {
        let mut next = self.0.as_ref();
        while let Some(level) = next {
            let own = path.strip_prefix(level.base.as_str()).unwrap_or(path);
            match level.rules.matched(format!("{}{own}", level.inside), is_folder) {
                Match::Ignore(_) => return true,
                Match::Whitelist(_) => return false,
                Match::None => next = level.above.0.as_ref(),
            }
        }
        false
    }
}

/// Whether the file of patterns of a folder of the disk is larger than what counts.
pub(super) fn is_too_large(folder: &Path) -> bool {
    fs::symlink_metadata(folder.join(GITIGNORE)).is_ok_and(|found| found.is_file() && found.len() > LARGEST)
}

/// The patterns of a folder of the disk; a link is not followed.
pub(super) fn read(folder: &Path) -> Option<String> {
    let path = folder.join(GITIGNORE);
    let known = fs::symlink_metadata(&path).ok()?;
    if !known.is_file() || known.len() > LARGEST {
        return None;
    }
    let mut bytes = Vec::new();
    open_regular(&path).ok()?.take(LARGEST).read_to_end(&mut bytes).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::Ignored;

    #[test]
    fn the_innermost_patterns_decide() {
        let outer = Ignored::default().below("", "*.svg\n/build/\nold/*.puml\n");
        let inner = outer.below("docs/", "!keep.svg\n/draft.md\n");
        let files = [
            ("a.svg", true),
            ("docs/a.svg", true),
            ("docs/keep.svg", false),
            ("docs/draft.md", true),
            ("docs/x/draft.md", false),
            ("old/a.puml", true),
            ("docs/old/a.puml", false),
        ];
        for (path, left_out) in files {
            let rules = if path.starts_with("docs/") { &inner } else { &outer };
            assert_eq!(rules.leaves_out(path, false), left_out, "{path}");
        }
        assert!(outer.leaves_out("build", true) && !outer.leaves_out("docs/build", true));
    }
}
