//! The packet of the last review, when the settings file names one.

use super::{FINDINGS, MODEL};
use crate::config::Config;
use crate::source::{FileId, Folder, ReadError, Source};

/// A packet that was kept, as it was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// `model.json`.
    pub model: String,
    /// `findings.json`, when it is there.
    pub findings: Option<String>,
}

impl Kept {
    /// Reads the two files of a folder, `base` being empty or ending with `/`.
    ///
    /// # Errors
    /// When there is no `model.json`, or one of them cannot be read.
    pub fn read(folder: &Folder, base: &str) -> Result<Self, ReadError> {
        let findings = format!("{base}{FINDINGS}");
        let findings = folder.has(&findings).then(|| folder.read(&findings)).transpose()?;
        let model = folder.read(&format!("{base}{MODEL}"))?.text;
        Ok(Self { model, findings: findings.map(|decoded| decoded.text) })
    }
}

/// The packet that the settings file names as the last review: its folder, or its `model.json`.
pub(super) fn kept(folder: &Folder, sidecar: Option<&Source>) -> Option<Result<Kept, String>> {
    let (config, _) = Config::read(FileId(0), &sidecar?.text);
    let path = config.document.baseline?.text;
    let path = path.trim_end_matches('/');
    let base = match path.strip_suffix(MODEL).filter(|base| base.is_empty() || base.ends_with('/')) {
        Some(base) => base.to_owned(),
        None if path.is_empty() || path == "." => String::new(),
        None => format!("{path}/"),
    };
    Some(Kept::read(folder, &base).map_err(|error| error.to_string()))
}
