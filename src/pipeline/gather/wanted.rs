//! What the settings file of a project takes: files by patterns, and packs.

use globset::{Glob, GlobSet, GlobSetBuilder};

use super::{Limits, PackFiles};
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::pipeline::pack_files::pack_files_within;
use crate::source::{FileId, Folder, Source};

/// What the settings file wants read.
#[derive(Default)]
pub(super) struct Wanted {
    read: Option<GlobSet>,
    leave_out: Option<GlobSet>,
}

impl Wanted {
    pub(super) fn of(sidecar: &Source) -> Self {
        let (config, _) = Config::read(FileId(0), &sidecar.text);
        let set = |globs: &[crate::config::Written]| {
            let mut builder = GlobSetBuilder::new();
            for glob in globs {
                // A broken glob is told by `sidecar`, with its place.
                if let Ok(glob) = Glob::new(&glob.text) {
                    builder.add(glob);
                }
            }
            (!globs.is_empty()).then(|| builder.build().ok()).flatten()
        };
        Self { read: set(&config.inputs.read), leave_out: set(&config.inputs.leave_out) }
    }

    /// Whether a file is read; `known` tells that its name is that of a format. Who names files by a pattern means
    /// them whatever they are called.
    pub(super) fn takes(&self, path: &str, known: bool) -> bool {
        self.read.as_ref().map_or(known, |globs| globs.is_match(path))
            && !self.leave_out.as_ref().is_some_and(|globs| globs.is_match(path))
    }

    /// Whether the settings say what is read.
    pub(super) fn names(&self) -> bool {
        self.read.is_some()
    }
}

/// The packs that the settings file names as files or folders; a mistake in the file itself is told later.
pub(super) fn packs(
    folder: &Folder,
    base: &str,
    sidecar: Option<&Source>,
    limits: Limits,
) -> (PackFiles, Vec<Diagnostic>) {
    let (mut files, mut wrong) = (PackFiles::default(), Vec::new());
    let Some(sidecar) = sidecar else { return (files, wrong) };
    let (config, _) = Config::read(FileId(0), &sidecar.text);
    for pack in config.packs.iter().flatten() {
        let crate::config::Pack::File(path) = pack else { continue };
        match pack_files_within(folder, base, &path.text, limits.pack) {
            Ok(found) if found.named.is_empty() => {
                let message = format!("{}: holds no pack, expected files that end in .yaml", path.text);
                wrong.push(Diagnostic::error("config/pack", message, path.span));
            }
            Ok(found) => files.extend(found),
            Err(error) => wrong.push(Diagnostic::error("config/pack", error.to_string(), path.span)),
        }
    }
    (files, wrong)
}
