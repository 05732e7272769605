//! `planroom build`.

use std::path::Path;

use anyhow::Result;

use super::super::args::Build;
use super::super::terminal::Terminal;
use super::super::{CLEAN, FOUND};
use super::shared;
use crate::pipeline;
use crate::publish::{Entry, publish};

/// Writes the packets of everything below the paths.
pub(in crate::cli) fn run(build: &Build, terminal: &mut Terminal) -> Result<u8> {
    let packets =
        shared::drawn(&build.paths, &build.common, build.layout, build.baseline.as_deref(), terminal)?;
    let files = pipeline::write(&packets);
    let entries: Vec<Entry<'_>> =
        files.iter().map(|file| Entry { path: &file.path, bytes: &file.bytes }).collect();
    let report = publish(Path::new(&build.output), &entries)?;
    for path in &report.edited {
        terminal.say(&format!(
            "warning: {}/{path}: had been edited by hand since it was written\n",
            build.output
        ));
    }
    for packet in &packets {
        terminal.say(&pipeline::summary(packet));
    }
    terminal.say(&format!(
        "{}: {} written, {} unchanged, {} removed\n",
        build.output,
        report.written.len(),
        report.unchanged.len(),
        report.removed.len()
    ));
    Ok(if shared::fails(&packets, build.fail_on) { FOUND } else { CLEAN })
}
