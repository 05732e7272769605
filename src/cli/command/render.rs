//! `planroom render`.

use anyhow::Result;

use super::super::CLEAN;
use super::super::args::Render;
use super::super::terminal::Terminal;
use super::shared;
use crate::pipeline;

/// Draws one view of a file.
pub(in crate::cli) fn run(render: &Render, terminal: &mut Terminal) -> Result<u8> {
    let packets =
        shared::drawn(std::slice::from_ref(&render.file), &render.common, render.layout, None, terminal)?;
    let mut drawn = Vec::new();
    for packet in &packets {
        shared::tell(&packet.diagnostics, &packet.sources, terminal);
        drawn.push(pipeline::draw(packet, render.view.as_deref())?);
    }
    if let Some(first) = drawn.first() {
        shared::write(render.output.as_deref(), &first.svg, terminal)?;
    }
    Ok(CLEAN)
}
