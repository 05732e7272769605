//! `planroom build`.

use std::path::Path;

use anyhow::{Result, bail};

use super::super::args::Build;
use super::super::terminal::Terminal;
use super::super::{CLEAN, FOUND};
use super::shared;
use crate::pipeline;
use crate::publish::{Entry, publish};

/// Writes the packets of everything below the paths.
pub(in crate::cli) fn run(build: &Build, terminal: &mut Terminal) -> Result<u8> {
    beside(&build.paths, &build.output)?;
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

/// Refuses to write over or around the input: a folder that a build wrote is no input any more.
fn beside(paths: &[String], output: &str) -> Result<()> {
    // What does not exist yet holds no input.
    let Ok(target) = Path::new(output).canonicalize() else { return Ok(()) };
    for path in paths.iter().filter(|path| Path::new(path).is_dir()) {
        if Path::new(path).canonicalize().is_ok_and(|input| input.starts_with(&target)) {
            bail!(
                "-o {output}: this folder holds the input {path}, and what a build wrote is never read again; name one below it or beside it, as in -o {}/out; nothing was written",
                path.trim_end_matches('/')
            );
        }
    }
    Ok(())
}
