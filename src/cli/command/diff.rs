//! `planroom diff`.

use std::path::Path;

use anyhow::Result;

use super::super::args::{Diff, DiffFailOn, DiffFormat};
use super::super::terminal::Terminal;
use super::super::{CLEAN, FOUND};
use super::shared;
use crate::pipeline::{self, Baseline};

/// Prints what changed: 0 unless `--fail-on` asks for more.
pub(in crate::cli) fn run(diff: &Diff, terminal: &mut Terminal) -> Result<u8> {
    let settings = shared::settings(&diff.common, false, terminal)?;
    let limits = shared::limits(diff.common.limit);
    // A revision alone means the path of the other side.
    let near = |other: &str| if Path::new(other).exists() { other.to_owned() } else { ".".to_owned() };
    let mut side = |at: &str, near: &str| -> Result<Baseline> {
        let found = pipeline::reviews(at, near, &settings, limits);
        let found = found.map_err(|error| shared::refused(error, terminal))?;
        found.refused.iter().for_each(|line| terminal.say(&format!("warning: {line}\n")));
        Ok(found)
    };
    let old = side(&diff.old, &near(&diff.new))?;
    let new = side(&diff.new, &near(&diff.old))?;
    let compared = pipeline::difference(&diff.old, &old, &diff.new, &new);
    let text = match diff.format {
        DiffFormat::Text => pipeline::diff_text(&compared),
        DiffFormat::Json => pipeline::diff_json(&compared),
        DiffFormat::Markdown => pipeline::diff_markdown(&compared),
    };
    shared::write(diff.output.as_deref(), &text, terminal)?;
    let fails = match diff.fail_on {
        DiffFailOn::Never => false,
        DiffFailOn::Change => compared.any_change(),
        DiffFailOn::Critical => compared.opens("critical"),
        DiffFailOn::High => compared.opens("high"),
        DiffFailOn::Medium => compared.opens("medium"),
        DiffFailOn::Low => compared.opens("low"),
        DiffFailOn::Info => compared.opens("info"),
    };
    Ok(if fails { FOUND } else { CLEAN })
}
