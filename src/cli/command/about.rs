//! `planroom formats`, `schema` and `completions`.

use anyhow::{Result, bail};
use clap::CommandFactory as _;

use super::super::CLEAN;
use super::super::args::{Arguments, Completions, Formats, Schema, TextFormat};
use super::super::terminal::Terminal;
use crate::pipeline;

/// Lists the formats that are read.
pub(in crate::cli) fn formats(formats: &Formats, terminal: &mut Terminal) -> Result<u8> {
    match formats.format {
        TextFormat::Json => terminal.print(&pipeline::formats_json()),
        TextFormat::Text => {
            for format in pipeline::formats() {
                let extensions: Vec<String> =
                    format.extensions.iter().map(|word| format!(".{word}")).collect();
                terminal.print(&format!(
                    "{} ({})\n  {}\n  {}\n  {}\n",
                    format.name,
                    format.id,
                    format.reads,
                    extensions.join(" "),
                    format.home
                ));
            }
        }
    }
    Ok(CLEAN)
}

/// Prints a JSON Schema.
pub(in crate::cli) fn schema(schema: &Schema, terminal: &mut Terminal) -> Result<u8> {
    let Some(text) = pipeline::schema(&schema.name) else {
        bail!("there is no schema `{}`, expected one of: {}", schema.name, pipeline::schemas().join(", "));
    };
    terminal.print(&text);
    Ok(CLEAN)
}

/// Prints the completions of a shell.
pub(in crate::cli) fn completions(completions: &Completions, terminal: &mut Terminal) -> Result<u8> {
    let mut bytes = Vec::new();
    clap_complete::generate(completions.shell, &mut Arguments::command(), "planroom", &mut bytes);
    terminal.print(&String::from_utf8_lossy(&bytes));
    Ok(CLEAN)
}
