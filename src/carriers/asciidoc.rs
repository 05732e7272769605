//! AsciiDoc: diagram blocks and block macros, as Asciidoctor Diagram knows them.

use std::ops::Range;

use super::document::{Contents, Document};
use super::language::Language;
use super::scribe::{Quote, Scribe, attribute};
use crate::readers::reader::Format;

/// AsciiDoc.
#[derive(Debug)]
pub(super) struct AsciiDoc;

static FORMAT: Format = Format {
    id: "asciidoc",
    name: "AsciiDoc",
    extensions: &["adoc", "asciidoc", "asc"],
    home: "https://docs.asciidoctor.org/diagram-extension/latest/",
    reads: "diagrams in [plantuml] and [mermaid] blocks and block macros, with the heading and the first paragraph above",
};

impl Document for AsciiDoc {
    fn format(&self) -> &'static Format {
        &FORMAT
    }

    fn expected(&self) -> &'static str {
        "a block after a line [plantuml] or [mermaid]"
    }

    fn read(&self, text: &str) -> Contents {
        let mut at = 0;
        let lines: Vec<Line<'_>> = text
            .split_inclusive('\n')
            .map(|whole| {
                let line = Line { text: whole.trim_end(), start: at, end: at + whole.len() };
                at += whole.len();
                line
            })
            .collect();
        let mut walk =
            Walk { source: text, lines, next: 0, scribe: Scribe::default(), pending: Pending::default() };
        while walk.next < walk.lines.len() {
            walk.step();
        }
        walk.scribe.finish()
    }
}

#[derive(Clone, Copy)]
struct Line<'a> {
    /// Without white space at its end.
    text: &'a str,
    start: usize,
    end: usize,
}

/// What the lines before a block say about it.
#[derive(Default)]
struct Pending {
    language: Option<&'static Language>,
    title: Option<String>,
    attribute_title: Option<String>,
    start: Option<usize>,
}

struct Walk<'a> {
    source: &'a str,
    lines: Vec<Line<'a>>,
    next: usize,
    scribe: Scribe,
    pending: Pending,
}

impl Walk<'_> {
    /// Reads one line, and the block that begins with it.
    fn step(&mut self) {
        let line = self.lines[self.next];
        let text = line.text;
        if text.is_empty() || text.starts_with("//") && !text.starts_with("////") {
            self.next += 1;
        } else if let Some((level, title)) = heading(text) {
            self.scribe.heading(level, &plain(title));
            self.begin_anew();
        } else if let Some(title) = self.underlined() {
            self.scribe.heading(title.0, &plain(title.1));
            self.next += 1;
            self.begin_anew();
        } else if is_attributes(text) {
            self.attributes(line);
        } else if let Some(title) = block_title(text) {
            self.pending.title = Some(plain(title));
            self.pending.start.get_or_insert(line.start);
            self.next += 1;
        } else if let Some(kind) = Fence::of(text) {
            self.fenced(line, kind);
        } else if let Some((target, _)) = text.strip_prefix("image::").and_then(|rest| rest.split_once('[')) {
            self.scribe.picture(target, line.start..line.end);
            self.begin_anew();
        } else if let Some((language, target, attributes)) = block_macro(text) {
            let caption = self.pending.title.take().or_else(|| attribute(attributes, "title"));
            self.scribe.file(language, target, caption, line.start..line.end);
            self.begin_anew();
        } else {
            self.paragraph();
        }
    }

    /// The next line belongs to no block that was announced before.
    fn begin_anew(&mut self) {
        self.pending = Pending::default();
        self.next += 1;
    }

    fn attributes(&mut self, line: Line<'_>) {
        let inner = &line.text[1..line.text.len() - 1];
        let mut positions = inner.split(',').map(|part| part.trim());
        let style =
            |part: &str| part.split(['#', '.', '%']).next().unwrap_or_default().trim_matches('"').to_owned();
        let first = positions.next().map(style).unwrap_or_default();
        let word =
            if first == "source" || first.is_empty() { positions.next().map(style) } else { Some(first) };
        if let Some(language) = word.as_deref().and_then(Language::of) {
            self.pending.language = Some(language);
        }
        self.pending.attribute_title =
            self.pending.attribute_title.take().or_else(|| attribute(inner, "title"));
        self.pending.start.get_or_insert(line.start);
        self.next += 1;
    }

    /// A block between two lines of marks.
    fn fenced(&mut self, line: Line<'_>, fence: Fence<'_>) {
        let language = self.pending.language.or(fence.language);
        if fence.holds_blocks && language.is_none() {
            self.begin_anew();
            return;
        }
        let from = self.next + 1;
        let close = self.lines[from..].iter().position(|line| line.text == fence.mark);
        let until = close.map_or(self.lines.len(), |at| from + at);
        let end = self.lines.get(until).or(self.lines.last()).map_or(line.end, |line| line.end);
        if let Some(language) = language {
            let start = self.pending.start.unwrap_or(line.start);
            self.passage(language, from..until, start..end, close.is_none());
        } else if let Some(first) = self.lines[from..until].iter().find(|line| !line.text.is_empty())
            && let Some(language) = Language::begins(first.text)
        {
            self.scribe.unread(language, line.start..end);
        }
        self.next = until;
        self.begin_anew();
    }

    /// Lines up to the next empty one: a diagram when that was announced, else prose.
    fn paragraph(&mut self) {
        let from = self.next;
        let length =
            self.lines[from..].iter().position(|line| line.text.is_empty() || Fence::of(line.text).is_some());
        let until = length.map_or(self.lines.len(), |length| from + length).max(from + 1);
        let range = self.lines[from].start..self.lines[until - 1].end;
        if let Some(language) = self.pending.language {
            let start = self.pending.start.unwrap_or(range.start);
            self.passage(language, from..until, start..range.end, false);
        } else if is_prose(self.lines[from].text) && self.pending.start.is_none() {
            self.scribe.paragraph(&plain(&self.source[range]));
        }
        self.next = until - 1;
        self.begin_anew();
    }

    fn passage(
        &mut self,
        language: &'static Language,
        body: Range<usize>,
        range: Range<usize>,
        unclosed: bool,
    ) {
        let caption = self.pending.title.take().or_else(|| self.pending.attribute_title.take());
        let lines = &self.lines[body];
        let mut written = lines.iter().filter(|line| !line.text.is_empty());
        if let (Some(only), None) = (written.next(), written.next())
            && let Some((target, _)) =
                only.text.strip_prefix("include::").and_then(|rest| rest.split_once('['))
        {
            self.scribe.file(language, target, caption, range);
            return;
        }
        let mut quote = Quote::new(language, caption);
        for line in lines {
            quote.push(&self.source[line.start..line.end], line.start);
        }
        self.scribe.written(quote, range, unclosed);
    }

    /// A title that is underlined, the old way: its length and that of the line below differ by one at most.
    fn underlined(&self) -> Option<(usize, &str)> {
        let title = self.lines[self.next].text;
        let below = self.lines.get(self.next + 1)?.text;
        let mark = below.chars().next()?;
        let level = "=-~^+".find(mark)? + 1;
        let (length, marks) = (title.chars().count(), below.chars().count());
        let fits =
            marks > 1 && length.abs_diff(marks) <= 1 && below.chars().all(|character| character == mark);
        (fits && title.starts_with(char::is_alphanumeric)).then_some((level, title))
    }
}

/// A line that begins and ends a block.
struct Fence<'a> {
    mark: &'a str,
    /// What stands between is read on as blocks.
    holds_blocks: bool,
    language: Option<&'static Language>,
}

impl<'a> Fence<'a> {
    fn of(text: &'a str) -> Option<Self> {
        let first = text.chars().next()?;
        if let Some(info) = text.strip_prefix("```") {
            let word = info.split([' ', ',']).next().unwrap_or_default();
            return Some(Self { mark: "```", holds_blocks: false, language: Language::of(word) });
        }
        let whole = text.chars().all(|character| character == first);
        let is_fence = match first {
            '-' => whole && (text.len() == 2 || text.len() >= 4),
            '.' | '=' | '*' | '_' | '+' | '/' => whole && text.len() >= 4,
            '|' => text.len() >= 4 && text[1..].chars().all(|character| character == '='),
            _ => false,
        };
        let holds_blocks = matches!(first, '=' | '*' | '_') || text == "--";
        is_fence.then_some(Self { mark: text, holds_blocks, language: None })
    }
}

/// `== Title`, with its level from 1.
fn heading(text: &str) -> Option<(usize, &str)> {
    let mark = text.chars().next().filter(|mark| matches!(mark, '=' | '#'))?;
    let title = text.trim_start_matches(mark);
    let level = text.len() - title.len();
    (level <= 6 && title.starts_with(' ')).then(|| (level, title.trim()))
}

/// `[style, name=value]`; a line of a diagram may begin and end with brackets too.
fn is_attributes(text: &str) -> bool {
    let inner = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    inner.is_some_and(|inner| !inner.contains("] ") && !inner.contains(" ["))
}

/// `.Title` of a block.
fn block_title(text: &str) -> Option<&str> {
    text.strip_prefix('.').filter(|title| !title.starts_with(['.', ' ']) && !title.is_empty())
}

/// `plantuml::target[attributes]`.
fn block_macro(text: &str) -> Option<(&'static Language, &str, &str)> {
    let (name, rest) = text.split_once("::")?;
    let (target, attributes) = rest.split_once('[')?;
    let language = Language::of(name).filter(|_| !target.is_empty())?;
    Some((language, target, attributes.trim_end_matches(']')))
}

/// Whether a block that begins so is prose: no list, table, attribute, admonition, image or other macro.
fn is_prose(text: &str) -> bool {
    if ["NOTE: ", "TIP: ", "IMPORTANT: ", "WARNING: ", "CAUTION: "].iter().any(|mark| text.starts_with(mark))
    {
        return false;
    }
    let numbered = || text.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(". ");
    let listed = || ["* ", "** ", "- ", ". ", ".. ", "|", ":", "<"].iter().any(|mark| text.starts_with(mark));
    let called = || {
        text.split_once("::").is_some_and(|(name, _)| name.chars().all(|c| c.is_alphanumeric() || c == '-'))
    };
    !(listed() || called() || text.starts_with(|c: char| c.is_ascii_digit()) && numbered())
}

/// Prose without the marks of emphasis, links and references.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_inclusive(char::is_whitespace) {
        let bare = word.trim_end();
        let space = &word[bare.len()..];
        let linked = bare.contains("://") || bare.starts_with("link:") || bare.starts_with("xref:");
        match bare.split_once('[').filter(|_| linked) {
            Some((_, label)) => out.push_str(label.trim_end_matches('^')),
            None => {
                let core = bare.trim_end_matches(['.', ',', ';', ':', ')', '!', '?']);
                out.push_str(core.trim_matches(['*', '_', '`']));
                out.push_str(&bare[core.len()..]);
            }
        }
        out.push_str(space);
    }
    out.replace("^]", "").replace([']', '`'], "")
}
