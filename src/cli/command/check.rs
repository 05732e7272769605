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
        CheckFormat::Junit => pipeline::findings_junit(&packets),
        CheckFormat::Csv => pipeline::findings_csv(&packets),
        CheckFormat::Xlsx => {
            shared::write_workbook(check.output.as_deref(), pipeline::findings_xlsx(&packets))?;
            return Ok(if shared::fails(&packets, check.fail_on) { FOUND } else { CLEAN });
        }
        CheckFormat::Text => {
            for packet in &packets {
                shared::tell(&packet.diagnostics, &packet.sources, terminal);
            }
            let color = terminal.color && std::io::IsTerminal::is_terminal(&std::io::stdout());
            packets.iter().map(|packet| pipeline::report(packet, color)).collect()
        }
    };
    shared::write(check.output.as_deref(), &text, terminal)?;
    Ok(if shared::fails(&packets, check.fail_on) { FOUND } else { CLEAN })
}
