//! Sources with their text: the lines that the document links to.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use super::block::{Block, Excerpt, ExcerptLine, Section, Table};
use super::links::Links;
use super::prose::{Inline, Prose, Target};
use super::words::count;
use crate::source::{FileId, Source};

/// A source of at most this many lines and bytes is shown whole.
const WHOLE_LINES: u32 = 600;
const WHOLE_BYTES: usize = 48 * 1024;
/// Lines around a cited line that are shown with it.
const AROUND: u32 = 2;
/// A longer line is cut.
const LINE_CHARACTERS: usize = 240;
/// All excerpts of a document together hold at most this many bytes.
const BUDGET_BYTES: usize = 400 * 1024;

/// The sources; `None` when there is none.
pub(super) fn section(links: &Links<'_>) -> Option<Section> {
    let sources = links.input.sources;
    if sources.is_empty() {
        return None;
    }
    let mut table = Table::new(count(sources.len(), "source"), &["Path", "#Lines", "#Bytes", "SHA-256"]);
    let mut excerpts = Vec::new();
    let mut left = BUDGET_BYTES;
    for (file, source) in sources.iter() {
        let to = Target::Anchor(links.file_anchor(file).to_owned());
        table.row(vec![
            Prose::new().run(Inline::Link { text: source.path.clone(), to }),
            Prose::plain(line_count(source).to_string()),
            Prose::plain(source.text.len().to_string()),
            Prose::code(digest(&source.text)),
        ]);
        excerpts.push(Block::Excerpt(excerpt(links, file, source, &mut left)));
    }
    let note = Prose::quiet(
        "The digest is of the text as read: decoded, and with secrets replaced. It begins with these 16 digits.",
    );
    let mut blocks = vec![Block::Table(table), Block::Paragraph(note)];
    blocks.extend(excerpts);
    Some(Section::new("sources", "Sources", blocks))
}

fn digest(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

fn line_count(source: &Source) -> u32 {
    let end = u32::try_from(source.text.len()).unwrap_or(u32::MAX);
    let last = source.line_column(end).line;
    // A final line end opens no line of its own.
    if source.text.ends_with('\n') { last - 1 } else { last }
}

fn excerpt(links: &Links<'_>, file: FileId, source: &Source, left: &mut usize) -> Excerpt {
    let cited = links.cited(file);
    if !source.parts().is_empty() {
        return named(links, file, source, &cited);
    }
    let lines = line_count(source);
    let whole = lines <= WHOLE_LINES && source.text.len() <= WHOLE_BYTES;
    let wanted: BTreeSet<u32> = if whole {
        (1..=lines).collect()
    } else {
        let around = |line: &u32| line.saturating_sub(AROUND).max(1)..=line.saturating_add(AROUND).min(lines);
        cited.iter().flat_map(around).collect()
    };
    let mut shown: Vec<ExcerptLine> = Vec::new();
    for number in wanted {
        let text = shortened(source.line(number));
        // Cited lines always have their place, if need be without their text.
        let text = if text.len() <= *left { text } else { String::new() };
        *left -= text.len();
        if text.is_empty() && *left == 0 && !cited.contains(&number) {
            continue;
        }
        let gap = shown.last().map_or(number > 1, |last| number > last.number + 1);
        shown.push(ExcerptLine { number, text, cited: cited.contains(&number), gap });
    }
    Excerpt {
        anchor: links.file_anchor(file).to_owned(),
        path: source.path.clone(),
        whole: shown.len() == lines as usize,
        lines: shown,
        named: false,
    }
}

/// The text of a drawing says nothing to a reader: the places that links lead to are told by name.
fn named(links: &Links<'_>, file: FileId, source: &Source, cited: &BTreeSet<u32>) -> Excerpt {
    let line = |number: &u32| {
        let name = source.part_name((*number as usize).saturating_sub(1));
        let text = if name.is_empty() { "the page".to_owned() } else { name };
        ExcerptLine { number: *number, text, cited: true, gap: false }
    };
    Excerpt {
        anchor: links.file_anchor(file).to_owned(),
        path: source.path.clone(),
        whole: false,
        lines: cited.iter().map(line).collect(),
        named: true,
    }
}

fn shortened(line: &str) -> String {
    match line.char_indices().nth(LINE_CHARACTERS) {
        Some((end, _)) => format!("{} …", &line[..end]),
        None => line.to_owned(),
    }
}
