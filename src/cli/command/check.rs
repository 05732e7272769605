//! `planroom check`.

use anyhow::Result;

use super::super::args::{Check, CheckFormat};
use super::super::terminal::Terminal;
use super::super::{CLEAN, FOUND};
use super::shared;
use crate::pipeline;

/// Prints findings and questions of everything below the paths.
pub(in crate::cli) fn run(check: &Check, terminal: &mut Terminal) -> Result<u8> {
    let packets = shared::judged(&check.paths, &check.common, true, terminal)?;
    let text = match check.format {
        CheckFormat::Json => pipeline::findings_json(&packets),
        CheckFormat::Sarif => pipeline::findings_sarif(&packets),
        CheckFormat::Text => {
            for packet in &packets {
                shared::tell(&packet.diagnostics, &packet.sources, terminal);
            }
            let color = terminal.color && std::io::IsTerminal::is_terminal(&std::io::stdout());
            packets.iter().map(|packet| pipeline::report(packet, color)).collect()
        }
    };
    terminal.print(&text);
    Ok(if shared::fails(&packets, check.fail_on) { FOUND } else { CLEAN })
}
