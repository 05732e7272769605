//! Rules of a firewall export, from CSV.

use csv::{ReaderBuilder, StringRecord};

use super::layout::{self, Layout, Says};
use super::ports::{self, Ports};
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::source::{FileId, Span};

/// Rules that are read at most.
const MOST_RULES: usize = 10_000;

/// Mistakes that are told at most.
const MOST_MISTAKES: usize = 20;

/// Words of a cell that are read at most.
const MOST_WORDS: usize = 1_000;

/// What a rule does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Lets it pass.
    Allow,
    /// Refuses it.
    Deny,
    /// Neither: a line of our own list that is on hold or covered by another one.
    Waits,
}

const DECISIONS: &[(&str, Decision)] = &[
    ("allow", Decision::Allow),
    ("allowed", Decision::Allow),
    ("permit", Decision::Allow),
    ("permitted", Decision::Allow),
    ("accept", Decision::Allow),
    ("pass", Decision::Allow),
    ("deny", Decision::Deny),
    ("denied", Decision::Deny),
    ("drop", Decision::Deny),
    ("reject", Decision::Deny),
    ("block", Decision::Deny),
    ("blocked", Decision::Deny),
    ("discard", Decision::Deny),
    ("hold", Decision::Waits),
    ("covered", Decision::Waits),
];

/// One rule.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Line of the export, from 1.
    pub line: u32,
    /// Its name or number; empty when the export gives none.
    pub name: String,
    /// The firewall that it stands on; empty when the export does not say.
    pub firewall: String,
    /// What the source cell names, one entry each.
    pub source: Vec<String>,
    /// What the destination cell names.
    pub destination: Vec<String>,
    /// What it opens or refuses.
    pub(super) ports: Ports,
    /// What it does.
    pub decision: Decision,
    /// It is in force.
    pub enabled: bool,
}

/// The rules of an export, in their order.
#[derive(Clone, Debug, Default)]
pub struct Export {
    /// The rules.
    pub rules: Vec<Rule>,
    /// The export says on which firewall each rule stands.
    pub by_firewall: bool,
}

/// Reads an export. Comma, semicolon and tab part the columns; lines before the header are passed over.
///
/// # Errors
/// Another layout, an unknown action, a line with too few cells, too many rules: each with its place.
pub fn read(file: FileId, text: &str) -> Result<Export, Vec<Diagnostic>> {
    let records = records(file, text)?;
    let layout = layout::find(file, &records).map_err(|told| vec![*told])?;
    let mut export = Export { rules: Vec::new(), by_firewall: layout.at(Says::Firewall).is_some() };
    let mut told = Vec::new();
    let mut line = 1;
    let mut counted = 0;
    for (record, start, end) in records.iter().skip(layout.header + 1) {
        line += text.as_bytes()[counted..*start].iter().filter(|byte| **byte == b'\n').count();
        counted = *start;
        let blank = record.iter().all(|cell| cell.trim().is_empty());
        if blank || record.get(0).is_some_and(|cell| cell.trim_start().starts_with('#')) {
            continue;
        }
        let span = Span::new(file, *start, *end);
        match rule(&layout, record, u32::try_from(line).unwrap_or(u32::MAX), span) {
            Ok(rule) => export.rules.push(rule),
            Err(mistake) => told.push(*mistake),
        }
        if told.len() >= MOST_MISTAKES {
            break;
        }
    }
    if told.is_empty() { Ok(export) } else { Err(told) }
}

/// All records with the bytes that they stand in.
fn records(file: FileId, text: &str) -> Result<Vec<(StringRecord, usize, usize)>, Vec<Diagnostic>> {
    let from = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let body = &text[from..];
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(body))
        .from_reader(body.as_bytes());
    let mut records = Vec::new();
    let mut record = StringRecord::new();
    loop {
        let start = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        let read = reader.read_record(&mut record);
        let end = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX).min(body.len());
        // The reader passes over blank lines before it begins a record.
        let start = record.position().map_or(start, |place| usize::try_from(place.byte()).unwrap_or(start));
        let skipped =
            body.get(start..end).map_or(0, |part| part.len() - part.trim_start_matches(['\r', '\n']).len());
        let (start, end) = (from + start + skipped, from + end);
        let trimmed = text.get(start..end).map_or(end, |part| start + part.trim_end().len());
        match read {
            Ok(true) => records.push((record.clone(), start, trimmed)),
            Ok(false) => return Ok(records),
            Err(error) => {
                let message = format!("the line is no CSV: {error}");
                return Err(vec![Diagnostic::error("compare/csv", message, Span::new(file, start, trimmed))]);
            }
        }
        if records.len() > MOST_RULES {
            let message = format!("the export has more than {MOST_RULES} lines; compare a part of it");
            return Err(vec![Diagnostic::error(
                "compare/too-many",
                message,
                Span::new(file, start, trimmed),
            )]);
        }
    }
}

/// The one of comma, semicolon and tab that the first lines have most of.
fn delimiter(text: &str) -> u8 {
    let head: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(5).collect();
    let number = |delimiter: char| head.iter().map(|line| line.matches(delimiter).count()).sum::<usize>();
    // Semicolons part several values in a cell of comma exports, so the header decides among equals.
    let first = |delimiter: char| head.first().map_or(0, |line| line.matches(delimiter).count());
    [',', ';', '\t']
        .into_iter()
        .max_by_key(|delimiter| (first(*delimiter), number(*delimiter), *delimiter == ','))
        .map_or(b',', |delimiter| delimiter as u8)
}

fn rule(layout: &Layout, record: &StringRecord, line: u32, span: Span) -> Result<Rule, Box<Diagnostic>> {
    let cell = |says: Says| layout.at(says).and_then(|at| record.get(at)).map(str::trim).unwrap_or_default();
    let last =
        [Says::Source, Says::Destination, Says::Action].into_iter().filter_map(|says| layout.at(says)).max();
    if last.is_some_and(|last| record.len() <= last) {
        let message = format!("the line has {} cells, the header {}", record.len(), layout.width);
        return Err(Box::new(Diagnostic::error("compare/cells", message, span)));
    }
    let action = cell(Says::Action).to_lowercase();
    let Some((_, decision)) = DECISIONS.iter().find(|(word, _)| *word == action) else {
        let message = format!(
            "`{}` is no action, expected allow (permit, accept) or deny (drop, reject, block)",
            cell(Says::Action)
        );
        let mut diagnostic = Diagnostic::error("compare/action", message, span);
        let near = did_you_mean(&action, DECISIONS.iter().map(|(word, _)| *word));
        diagnostic.help = near.map(|near| format!("did you mean `{near}`?"));
        return Err(Box::new(diagnostic));
    };
    let ports = [cell(Says::Port), cell(Says::Service)];
    if let Some(word) = ports.into_iter().find_map(ports::impossible) {
        let message =
            format!("`{word}` is no port, expected a number from 0 to 65535 or a range such as `5000-5020`");
        return Err(Box::new(Diagnostic::error("compare/port", message, span)));
    }
    let off = |word: &str| matches!(word, "no" | "false" | "0" | "disabled" | "off" | "inactive");
    let on = |word: &str| matches!(word, "yes" | "true" | "1" | "disabled" | "x");
    Ok(Rule {
        line,
        name: cell(Says::Name).to_owned(),
        firewall: cell(Says::Firewall).to_owned(),
        source: words(cell(Says::Source)),
        destination: words(cell(Says::Destination)),
        ports: ports::read(cell(Says::Protocol), cell(Says::Port), cell(Says::Service)),
        decision: *decision,
        enabled: !off(&cell(Says::Enabled).to_lowercase()) && !on(&cell(Says::Disabled).to_lowercase()),
    })
}

/// What a cell lists, parted by semicolons or line ends; a comma may stand in a name. An empty cell is `any`.
fn words(cell: &str) -> Vec<String> {
    // An apostrophe in front keeps a spreadsheet from running the cell.
    let cell = cell.strip_prefix('\'').unwrap_or(cell);
    let parted = cell.split([';', '\n']).map(str::trim).filter(|word| !word.is_empty());
    let mut words: Vec<String> = parted.map(str::to_owned).collect();
    words.truncate(MOST_WORDS);
    if words.is_empty() {
        words.push("any".to_owned());
    }
    words
}
