//! `planroom read`.

use anyhow::Result;

use super::super::args::{Read, TextFormat};
use super::super::terminal::Terminal;
use super::super::{CLEAN, FOUND, REFUSED};
use super::shared;
use crate::diagnostic::Severity;
use crate::pipeline;

/// Prints the account of each file: 0 read, 1 read with errors, 2 refused; the worst of all files counts.
pub(in crate::cli) fn run(read: &Read, terminal: &mut Terminal) -> Result<u8> {
    let mut worst = CLEAN;
    let mut accounts = Vec::new();
    for file in &read.files {
        let gathered = match pipeline::gather(std::slice::from_ref(file), read.limit.max_source_bytes) {
            Ok(gathered) => gathered,
            Err(error) => {
                terminal.say(&format!("error: {error}\n"));
                worst = REFUSED;
                continue;
            }
        };
        shared::left_out(&gathered, terminal);
        for project in gathered.projects {
            let account = pipeline::read_account(file, project);
            let errors = account.diagnostics.iter().any(|told| told.severity == Severity::Error);
            let code = if account.refused.is_some() {
                REFUSED
            } else if errors {
                FOUND
            } else {
                CLEAN
            };
            worst = worst.max(code);
            shared::tell(&account.diagnostics, &account.sources, terminal);
            accounts.push(account);
        }
    }
    match (read.format, accounts.as_slice()) {
        (TextFormat::Json, [only]) => terminal.print(&only.json()),
        (TextFormat::Json, several) => {
            let texts: Vec<String> =
                several.iter().map(|account| account.json().trim_end().to_owned()).collect();
            terminal.print(&format!("[{}]\n", texts.join(",\n")));
        }
        (TextFormat::Text, several) => several.iter().for_each(|account| terminal.print(&account.text())),
    }
    Ok(worst)
}
