//! What several commands do alike.

use std::path::Path;

use anyhow::{Result, bail};

use super::super::args::{Common, FailOn, Layouts, Limit};
use super::super::date;
use super::super::terminal::Terminal;
use crate::diagnostic::{Diagnostic, did_you_mean, print};
use crate::pipeline::{
    self, Arrangement, BaselineError, Gathered, Limits, NamedPacks, PackFiles, Packet, Problem, Settings,
};
use crate::publish::write_file;
use crate::source::{MANIFEST, Sources};

/// Most diagnostics that are printed in full; the rest is counted.
const DIAGNOSTICS: usize = 50;

/// Settings of all projects; `judge_today` takes today's date when nothing else gives one.
pub(super) fn settings(common: &Common, judge_today: bool, terminal: &mut Terminal) -> Result<Settings> {
    Ok(Settings {
        as_of: date::as_of(common.as_of.as_deref())?,
        today: if judge_today { date::today() } else { None },
        packs: packs(&common.packs, common.limit, terminal)?,
        ..Settings::default()
    })
}

/// Finds the packs that the user named: built-in ones, files and folders.
pub(super) fn packs(words: &[String], limit: Limit, terminal: &mut Terminal) -> Result<NamedPacks> {
    let packs = pipeline::named_packs(words, limit.max_pack_bytes)?;
    passed_over(&packs.files, terminal);
    Ok(packs)
}

/// Says which files of a folder of packs are none.
pub(super) fn passed_over(files: &PackFiles, terminal: &mut Terminal) {
    for other in &files.passed_over {
        terminal.say(&format!("note: {other}: passed over, no pack: it has no key `rules` or `extends`\n"));
    }
}

/// Reads and judges everything below the paths. What was refused is said; when nothing is left, or a
/// settings file or pack is wrong, that is an error.
pub(super) fn judged(
    paths: &[String],
    common: &Common,
    judge_today: bool,
    terminal: &mut Terminal,
) -> Result<Vec<Packet>> {
    let settings = settings(common, judge_today, terminal)?;
    packets(paths, common, &settings, terminal)
}

/// The same for the pages that people read: compared with a baseline when there is one, and drawn.
pub(super) fn drawn(
    paths: &[String],
    common: &Common,
    layout: Layouts,
    baseline: Option<&str>,
    terminal: &mut Terminal,
) -> Result<Vec<Packet>> {
    let mut settings = settings(common, false, terminal)?;
    settings.arrangement = match layout {
        Layouts::Kept => Arrangement::Kept,
        Layouts::Auto => Arrangement::Auto,
    };
    if let Some(at) = baseline {
        let limits = limits(common.limit);
        let found = pipeline::baseline(at, paths, &settings, limits);
        let found = found.map_err(|error| refused(error, terminal).context("the baseline cannot be read"))?;
        found.refused.iter().for_each(|line| terminal.say(&format!("warning: baseline: {line}\n")));
        settings.baseline = Some(found);
    }
    packets(paths, common, &settings, terminal)
}

fn packets(
    paths: &[String],
    common: &Common,
    settings: &Settings,
    terminal: &mut Terminal,
) -> Result<Vec<Packet>> {
    let gathered = gathered(paths, common.limit, terminal)?;
    let (packets, problems) = pipeline::packets(gathered.projects, settings);
    if !problems.is_empty() {
        for problem in &problems {
            tell(&problem.diagnostics, &problem.sources, terminal);
        }
        bail!("{}; nothing was written", wrong(&problems));
    }
    Ok(packets)
}

/// The one project of a path, judged, and the folder that holds it.
pub(super) fn only(
    path: &str,
    common: &Common,
    terminal: &mut Terminal,
) -> Result<(Packet, std::path::PathBuf)> {
    let mut packets = judged(std::slice::from_ref(&path.to_owned()), common, false, terminal)?;
    if packets.len() > 1 {
        let names: Vec<&str> = packets.iter().map(|packet| packet.project.as_str()).collect();
        bail!("{path}: holds several projects, name one of: {}", names.join(", "));
    }
    let Some(packet) = packets.pop() else { bail!("{path}: holds no project") };
    let path = Path::new(path);
    let folder = if path.is_dir() {
        path.join(&packet.project)
    } else {
        path.parent().unwrap_or(Path::new("")).to_path_buf()
    };
    Ok((packet, folder))
}

/// The role of a word.
pub(super) fn role(word: Option<&str>) -> Result<Option<pipeline::Who>> {
    let Some(word) = word else { return Ok(None) };
    let known: Vec<&str> = pipeline::Who::ALL.iter().map(|who| who.word()).collect();
    match pipeline::Who::ALL.iter().find(|who| who.word().eq_ignore_ascii_case(word)) {
        Some(who) => Ok(Some(*who)),
        None => {
            let near = did_you_mean(word, known.iter().copied());
            let near = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            bail!("--for {word}: nobody is called so, expected one of: {}{near}", known.join(", "))
        }
    }
}

/// Gathers the projects below the paths and says what was passed over.
pub(super) fn gathered(paths: &[String], limit: Limit, terminal: &mut Terminal) -> Result<Gathered> {
    let limits = limits(limit);
    let gathered = pipeline::drawn(pipeline::gather(paths, limits)?);
    for line in &gathered.refused {
        terminal.say(&format!("warning: {line}\n"));
    }
    left_out(&gathered, terminal);
    if gathered.projects.is_empty() {
        let formats: Vec<&str> = pipeline::formats().iter().map(|format| format.name).collect();
        let written = match gathered.written.as_slice() {
            [] => String::new(),
            [first, ..] => format!(
                "; {first} is passed over, since a build wrote it (it holds {MANIFEST}): when the drawings are there, write the packet elsewhere and remove that file"
            ),
        };
        bail!(
            "{}: holds no diagram or model that is read, expected one of: {}; see `planroom formats`{written}",
            paths.join(", "),
            formats.join(", ")
        );
    }
    Ok(gathered)
}

/// Says in a line what was passed over, and in one which pictures are not read.
pub(super) fn left_out(gathered: &Gathered, terminal: &mut Terminal) {
    if !gathered.passed_over.is_empty() {
        let kinds: Vec<String> =
            gathered.passed_over.iter().map(|(kind, number)| format!("{number} × {kind}")).collect();
        terminal.say(&format!("note: passed over, not a kind that is read: {}\n", kinds.join(", ")));
    }
    if let Some(line) = pipeline::twins_line(&gathered.twins) {
        terminal.say(&format!("note: {line}\n"));
    }
}

/// Limits as the options set them.
pub(super) fn limits(limit: Limit) -> Limits {
    Limits { source: limit.max_source_bytes, pack: limit.max_pack_bytes }
}

/// Prints what is wrong with settings and packs; the rest is in the error.
pub(super) fn refused(error: BaselineError, terminal: &mut Terminal) -> anyhow::Error {
    if let BaselineError::Wrong(_, problems) = &error {
        for problem in problems {
            tell(&problem.diagnostics, &problem.sources, terminal);
        }
    }
    error.into()
}

fn wrong(problems: &[Problem]) -> String {
    let names: Vec<&str> = problems
        .iter()
        .map(|problem| if problem.project.is_empty() { "." } else { problem.project.as_str() })
        .collect();
    format!("settings or packs are wrong in: {}", names.join(", "))
}

/// Prints diagnostics with their excerpts.
pub(super) fn tell(diagnostics: &[Diagnostic], sources: &Sources, terminal: &mut Terminal) {
    for diagnostic in diagnostics.iter().take(DIAGNOSTICS) {
        let text = print(diagnostic, sources, terminal.color);
        terminal.say(&text);
    }
    if let Some(more) = diagnostics.len().checked_sub(DIAGNOSTICS).filter(|more| *more > 0) {
        terminal.say(&format!("and {more} more\n"));
    }
}

/// Whether some finding that no decision treats is at or above the level.
pub(super) fn fails(packets: &[Packet], level: FailOn) -> bool {
    let Some(word) = word(level) else { return false };
    packets.iter().any(|packet| pipeline::has_finding_at(packet, word))
}

fn word(level: FailOn) -> Option<&'static str> {
    match level {
        FailOn::Critical => Some("critical"),
        FailOn::High => Some("high"),
        FailOn::Medium => Some("medium"),
        FailOn::Low => Some("low"),
        FailOn::Info => Some("info"),
        FailOn::Never => None,
    }
}

/// Writes the text to the file, or to the terminal without one.
pub(super) fn write(output: Option<&str>, text: &str, terminal: &mut Terminal) -> Result<()> {
    match output {
        None | Some("-") => terminal.print(text),
        Some(path) => write_file(Path::new(path), text.as_bytes())?,
    }
    Ok(())
}

/// Writes a workbook to the file that was named; it is nothing for a terminal.
pub(super) fn write_workbook(output: Option<&str>, bytes: Option<Vec<u8>>) -> Result<()> {
    let Some(path) = output.filter(|path| *path != "-") else {
        bail!("a workbook is written to a file, expected -o FILE.xlsx");
    };
    let Some(bytes) = bytes else { bail!("{path}: more rows than a sheet of a workbook has") };
    write_file(Path::new(path), &bytes)?;
    Ok(())
}
