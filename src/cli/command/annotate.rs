//! `planroom annotate`.

use std::fs::canonicalize;
use std::path::Path;

use anyhow::{Result, anyhow, bail};

use super::super::CLEAN;
use super::super::args::Annotate;
use super::super::terminal::Terminal;
use super::shared;
use crate::pipeline::{self, NotAnnotated};
use crate::publish::write_file;
use crate::source::read_bytes;

/// Puts the findings on a drawing as a layer, or takes the layer away.
pub(in crate::cli) fn run(annotate: &Annotate, terminal: &mut Terminal) -> Result<u8> {
    let file = Path::new(&annotate.file);
    let output = Path::new(&annotate.output);
    if is_same(file, output) && !annotate.force {
        bail!("{}: is the drawing itself; name another file, or say --force to replace it", annotate.output);
    }
    let told = |error: NotAnnotated| anyhow!("{}: {error}; nothing was written", annotate.file);
    let bytes = read_bytes(file, annotate.common.limit.max_source_bytes)?;
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let made = if annotate.remove {
        pipeline::without_annotation(&name, &bytes).map_err(told)?
    } else {
        // Before anything is read for nothing.
        pipeline::drawing_text(&name, &bytes).map_err(told)?;
        let (packet, _) = shared::only(&annotate.file, &annotate.common, terminal)?;
        pipeline::annotate(&packet, &name, &bytes).map_err(told)?
    };
    write_file(output, &made.bytes)?;
    terminal.say(&format!("{}: {}\n", annotate.output, made.summary));
    Ok(CLEAN)
}

/// Whether two paths lead to one file.
fn is_same(one: &Path, other: &Path) -> bool {
    match (canonicalize(one), canonicalize(other)) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}
