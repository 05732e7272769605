//! Included files: from the project's folder and nowhere else, secrets removed.

use crate::infer;
use crate::readers::reader::{Files, Refusal};
use crate::source::{Folder, ReadError, Source, normalize};

/// The door that readers get includes through.
pub(super) struct Includes<'a> {
    /// Nothing outside is read.
    pub(super) folder: &'a Folder,
    /// Path of the project's own folder below it, empty or ending with `/`.
    pub(super) base: &'a str,
}

/// A path of the folder as seen from `base` below it, so that what a file beside the project includes is found from there.
fn relative(path: &str, base: &str) -> String {
    let mut shared = 0;
    while let Some(length) = base[shared..].find('/')
        && path[shared..].starts_with(&base[shared..=shared + length])
    {
        shared += length + 1;
    }
    format!("{}{}", "../".repeat(base[shared..].matches('/').count()), &path[shared..])
}

impl Files for Includes<'_> {
    fn include(&self, from: &str, target: &str) -> Result<Source, Refusal> {
        if target.contains("://") {
            return Err(Refusal::Remote);
        }
        if target.starts_with(['/', '\\', '~']) {
            return Err(Refusal::Outside);
        }
        let beside = from.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
        let path = normalize(&format!("{}{beside}{target}", self.base)).ok_or(Refusal::Outside)?;
        match self.folder.read(&path) {
            Ok(decoded) => {
                let shown = relative(&path, self.base);
                let text = infer::redact(&decoded.text).unwrap_or(decoded.text);
                Ok(Source::new(shown, text))
            }
            Err(ReadError::Outside { .. }) => Err(Refusal::Outside),
            Err(ReadError::Io { error, .. }) if error.kind() == std::io::ErrorKind::NotFound => {
                Err(Refusal::Missing)
            }
            Err(error) => Err(Refusal::Unreadable(error.to_string())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::relative;

    #[test]
    fn files_beside_the_project_are_reached_by_climbing() {
        for (path, base, shown) in [
            ("a/b/x.puml", "a/b/", "x.puml"),
            ("a/c/x.puml", "a/b/", "../c/x.puml"),
            ("c/x.puml", "a/b/", "../../c/x.puml"),
            ("c/x.puml", "", "c/x.puml"),
        ] {
            assert_eq!(relative(path, base), shown);
        }
    }
}
