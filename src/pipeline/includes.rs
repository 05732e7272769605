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
                let shown = path.strip_prefix(self.base).unwrap_or(&path);
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
