//! `planroom answer`.

use std::io::{self, BufRead as _, IsTerminal as _, Read as _};
use std::path::Path;

use anyhow::{Result, anyhow, bail};

use super::super::CLEAN;
use super::super::args::Answer;
use super::super::date;
use super::super::terminal::Terminal;
use super::shared;
use crate::pipeline::Packet;
use crate::pipeline::answers::{self, Dialogue, Reply, Step, Taken, Taking};
use crate::publish::{create_file, write_file};
use crate::source::{SIDECAR, SheetError, SheetForm, decode, encode_as, read_bytes, read_sheet};

/// Longest line that is read from the terminal, in bytes.
const LINE: u64 = 64 * 1024;

/// The file's name before what is wrong with it, once.
fn told(name: &str, error: SheetError) -> anyhow::Error {
    match error {
        SheetError::Read(error) => error.into(),
        other => anyhow!("{name}: {other}"),
    }
}

/// Puts answers into the settings file of a project.
pub(in crate::cli) fn run(answer: &Answer, terminal: &mut Terminal) -> Result<u8> {
    let (sheet, path) = sheet_and_path(&answer.arguments)?;
    let who = shared::role(answer.role.as_deref())?;
    let limit = answer.common.limit.max_source_bytes;
    let mut taking = Taking {
        by: answer.by.clone(),
        date: date::as_of(answer.common.as_of.as_deref())?.or_else(date::today),
        replace: answer.replace,
    };
    let tables = match sheet {
        Some((name, form)) => {
            let tables = read_sheet(Path::new(name), form, limit);
            Some((name, tables.map_err(|error| told(name, error))?))
        }
        None if io::stdin().is_terminal() => None,
        None => {
            bail!("nobody is at the terminal to be asked; name a filled sheet: planroom answer SHEET {path}")
        }
    };
    let (packet, folder) = shared::only(path, &answer.common, terminal)?;
    let target = folder.join(SIDECAR);
    let old = if target.exists() { Some(read_bytes(&target, limit)?) } else { None };
    let text = match &old {
        Some(bytes) => Some(decode(bytes).map_err(|error| anyhow!("{}: {error}", target.display()))?.text),
        None => None,
    };
    let replies: Vec<Reply> = match &tables {
        Some((name, tables)) => {
            let name = Path::new(name).file_name().map_or((*name).into(), |name| name.to_string_lossy());
            answers::sheet_replies(&packet, tables, &name, &taking).map_err(|wrong| refused(&wrong))?
        }
        None => {
            if taking.by.is_none() {
                terminal.print("Your name, for the record (empty: none) > ");
                taking.by = line()?.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
            }
            ask(Dialogue::new(&packet, who, taking.clone()), terminal)?
        }
    };
    let mut taken = take(&packet, text.as_deref(), &replies, &taking)?;
    if !taken.against.is_empty() && !taking.replace {
        for words in &taken.against {
            terminal.say(&format!("{words}\n"));
        }
        if tables.is_some() {
            bail!(
                "answers stand against what is known; --replace puts them in its place; nothing was written"
            );
        }
        terminal.print("Replace what is known by the answers? [y/N] > ");
        if line()?.is_some_and(|words| matches!(words.trim(), "y" | "Y" | "yes")) {
            taking.replace = true;
            taken = take(&packet, text.as_deref(), &replies, &taking)?;
        }
    }
    write(answer, &target, old.as_deref(), text.as_deref(), &taken, terminal)?;
    Ok(CLEAN)
}

/// The sheet, when the first argument is one, and the project's path.
fn sheet_and_path(arguments: &[String]) -> Result<(Option<(&str, SheetForm)>, &str)> {
    let form = |name: &str| SheetForm::of_name(name).filter(|_| !Path::new(name).is_dir());
    match arguments {
        [] => Ok((None, ".")),
        [one] => Ok(match form(one) {
            Some(form) => (Some((one, form)), "."),
            None => (None, one),
        }),
        [sheet, path, ..] => match form(sheet) {
            Some(form) => Ok((Some((sheet, form)), path)),
            None => bail!("{sheet}: is no sheet, expected a file that ends in .xlsx, .csv or .md"),
        },
    }
}

fn take(packet: &Packet, text: Option<&str>, replies: &[Reply], taking: &Taking) -> Result<Taken> {
    answers::take(packet, text, replies, taking).map_err(|wrong| refused(&wrong))
}

fn refused(wrong: &[String]) -> anyhow::Error {
    anyhow!("{}\nnothing was written", wrong.join("\nerror: "))
}

fn ask(mut dialogue: Dialogue<'_>, terminal: &mut Terminal) -> Result<Vec<Reply>> {
    while let Step::Ask(prompt) = dialogue.next() {
        terminal.print(&prompt);
        let Some(line) = line()? else { break };
        if let Some(words) = dialogue.take(&line) {
            terminal.print(&words);
        }
    }
    Ok(dialogue.replies().to_vec())
}

/// A line of the terminal; `None` at its end.
fn line() -> Result<Option<String>> {
    let mut bytes = Vec::new();
    let read = io::stdin().lock().take(LINE).read_until(b'\n', &mut bytes)?;
    Ok((read > 0).then(|| String::from_utf8_lossy(&bytes).into_owned()))
}

fn write(
    answer: &Answer,
    target: &Path,
    old: Option<&[u8]>,
    text: Option<&str>,
    taken: &Taken,
    terminal: &mut Terminal,
) -> Result<()> {
    let path = target.display();
    let edited = answers::put_in(text, &taken.edit).map_err(|refused| {
        anyhow!("{path}: {}; nothing was written. The lines to paste:\n{}", refused.reason, refused.lines)
    })?;
    let before = text.unwrap_or_default();
    if edited == before {
        terminal.say(&format!("{path}: unchanged; {}\n", summary(taken)));
        return Ok(());
    }
    if answer.dry_run {
        terminal.print(&answers::difference(SIDECAR, before, &edited));
        terminal.say(&format!("{path}: not written; {}\n", summary(taken)));
        return Ok(());
    }
    match old {
        None => create_file(target, edited.as_bytes())?,
        Some(bytes) => {
            let Some(new) = encode_as(bytes, &edited) else {
                bail!(
                    "{path}: holds bytes that are not valid in its encoding; save it as UTF-8; nothing was written"
                );
            };
            // Somebody may have saved it while the questions were answered.
            if read_bytes(target, answer.common.limit.max_source_bytes)? != bytes {
                bail!("{path}: was changed meanwhile; nothing was written");
            }
            write_file(target, &new)?;
        }
    }
    terminal.say(&format!("{path}: written; {}; build again to see what they changed\n", summary(taken)));
    Ok(())
}

fn summary(taken: &Taken) -> String {
    let count = |number: usize| format!("{number} answer{}", if number == 1 { "" } else { "s" });
    let known = if taken.known > 0 { format!(", {} known already", taken.known) } else { String::new() };
    format!("{}{known}", count(taken.answers))
}
