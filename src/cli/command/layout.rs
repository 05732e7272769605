//! `planroom layout`.

use std::path::Path;

use anyhow::{Result, anyhow};

use super::super::CLEAN;
use super::super::args::Layout;
use super::super::terminal::Terminal;
use super::shared;
use crate::pipeline;
use crate::source::read_named;

/// Lays out a graph in the neutral form.
pub(in crate::cli) fn run(layout: &Layout, terminal: &mut Terminal) -> Result<u8> {
    let text = read_named(Path::new(&layout.graph), layout.limit.max_source_bytes)?.text;
    let svg = pipeline::layout_graph(&text).map_err(|error| anyhow!("{}: {error}", layout.graph))?;
    shared::write(layout.output.as_deref(), &svg, terminal)?;
    Ok(CLEAN)
}
