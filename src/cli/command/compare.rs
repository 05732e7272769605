//! `planroom compare`.

use std::path::Path;

use anyhow::{Result, bail};

use super::super::args::{Compare, CompareFormat, Difference};
use super::super::terminal::Terminal;
use super::super::{CLEAN, FOUND};
use super::shared;
use crate::pipeline::{self, Comparison, Kind};
use crate::source::{Source, Sources, read_named};

/// Compares a firewall export with the port matrix of one project.
pub(in crate::cli) fn run(compare: &Compare, terminal: &mut Terminal) -> Result<u8> {
    let limit = compare.common.limit.max_source_bytes;
    let export = Source::new(&compare.firewall, read_named(Path::new(&compare.firewall), limit)?.text);
    let packets = shared::judged(std::slice::from_ref(&compare.path), &compare.common, true, terminal)?;
    let [packet] = packets.as_slice() else {
        let names: Vec<&str> = packets.iter().map(|packet| packet.project.as_str()).collect();
        bail!("{}: holds {} projects, name one of: {}", compare.path, names.len(), names.join(", "));
    };
    let comparison = match pipeline::compare(packet, &export) {
        Ok(comparison) => comparison,
        Err(told) => {
            let mut sources = Sources::default();
            sources.add(export);
            shared::tell(&told, &sources, terminal);
            bail!("{}: is no firewall export that can be compared", compare.firewall);
        }
    };
    let title = packet.document.title.as_str();
    terminal.print(&match compare.format {
        CompareFormat::Text => pipeline::comparison_text(&comparison, &compare.firewall, title),
        CompareFormat::Json => pipeline::comparison_json(&comparison, &compare.firewall, title),
        CompareFormat::Csv => pipeline::comparison_csv(&comparison),
    });
    Ok(if fails(&comparison, compare.fail_on) { FOUND } else { CLEAN })
}

fn fails(comparison: &Comparison, level: Difference) -> bool {
    let kinds = || comparison.differences.iter().map(|difference| difference.kind);
    match level {
        Difference::Any => !comparison.differences.is_empty(),
        Difference::Allowed => kinds().any(|kind| kind != Kind::Blocked),
        Difference::Blocked => kinds().any(|kind| kind == Kind::Blocked),
        Difference::Never => false,
    }
}
