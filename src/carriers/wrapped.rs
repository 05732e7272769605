//! What dialects of Markdown put around a diagram in place of a fence: tags, shortcodes, containers, and blocks that
//! are moved to the right.
//!
//! These parts are found line by line before the text is read as Markdown, so that Markdown's own rules (a tag ends at
//! an empty line, what is moved to the right is code) do not take them apart.

use std::collections::BTreeSet;
use std::ops::Range;

use super::document::Lines;
use super::language::Language;
use super::scribe::{Quote, attribute};
use super::tag;

/// A part of a text that only a dialect understands.
pub(super) struct Wrapped {
    /// Where it stands, marks of its beginning and end included.
    pub(super) range: Range<usize>,
    /// What it holds.
    pub(super) inside: Inside,
}

/// What a part holds.
pub(super) enum Inside {
    /// A diagram.
    Diagram(Quote),
    /// A text of the same dialect, its margin removed.
    Text(String, Lines),
    /// It begins like a diagram and does not end.
    Unclosed(&'static Language),
}

/// A line: where it begins, where the next one does, and its words.
#[derive(Clone, Copy)]
struct Line<'a> {
    start: usize,
    end: usize,
    text: &'a str,
}

impl Line<'_> {
    fn margin(&self) -> usize {
        self.text.bytes().take_while(|byte| byte.is_ascii_whitespace()).map(columns).sum()
    }
}

/// The columns that a blank takes.
fn columns(blank: u8) -> usize {
    if blank == b'\t' { 4 } else { 1 }
}

/// The parts of a text, in written order; none lies in another.
pub(super) fn find(text: &str) -> Vec<Wrapped> {
    let mut at = 0;
    let lines = text.split_inclusive('\n').map(|whole| {
        let line = Line { start: at, end: at + whole.len(), text: whole.trim_end() };
        at += whole.len();
        line
    });
    let mut walk = Walk { text, lines: lines.collect(), open: Open::Nothing, missing: BTreeSet::new() };
    let mut found: Vec<Wrapped> = Vec::new();
    let mut next = 0;
    while next < walk.lines.len() {
        let part = walk.step(next);
        next += 1;
        if let Some(part) = part {
            let past = walk.lines.partition_point(|line| line.start < part.range.end);
            next = next.max(past);
            found.push(part);
        }
    }
    found
}

/// What the lines above have opened.
#[derive(Clone, Copy)]
enum Open {
    Nothing,
    /// A fence of so many marks.
    Fence(char, usize),
    Comment,
    /// Lines of HTML, up to the next empty one.
    Html,
}

struct Walk<'a> {
    text: &'a str,
    lines: Vec<Line<'a>>,
    open: Open,
    /// Marks of ends that do not come any more, so that they are not looked for again and again.
    missing: BTreeSet<String>,
}

impl Walk<'_> {
    /// Looks at a line; gives the part that begins with it.
    fn step(&mut self, at: usize) -> Option<Wrapped> {
        let line = self.lines[at];
        let words = line.text.trim_start();
        match self.open {
            Open::Fence(mark, length) => {
                let inside = unlisted(words);
                let marks = inside.chars().take_while(|c| *c == mark).count();
                if marks >= length && inside.chars().count() == marks {
                    self.open = Open::Nothing;
                }
                return None;
            }
            Open::Comment => {
                if words.contains("-->") {
                    self.open = Open::Nothing;
                }
                return None;
            }
            Open::Html | Open::Nothing => {}
        }
        if words.is_empty() {
            self.open = Open::Nothing;
            return None;
        }
        if let Some((mark, length, info)) = fence(unlisted(words)) {
            let within =
                matches!(self.open, Open::Html).then(|| self.fenced(at, mark, length, info)).flatten();
            if within.is_none() {
                self.open = Open::Fence(mark, length);
            }
            return within;
        }
        if words.starts_with("<!--") {
            if !words.contains("-->") {
                self.open = Open::Comment;
            }
            return None;
        }
        if words.starts_with('<') && words[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') {
            self.open = Open::Html;
            return self.tags(line);
        }
        if let Some(rest) = words.strip_prefix(":::") {
            return self.container(at, rest);
        }
        if words.starts_with("{{") || words.starts_with("{%") {
            return self.shortcode(line, words);
        }
        is_block(words).then(|| self.moved(at)).flatten()
    }

    /// A fence that stands in lines of HTML.
    fn fenced(&self, at: usize, mark: char, length: usize, info: &str) -> Option<Wrapped> {
        let language = Language::of_info(info)?;
        let closes = |line: &Line<'_>| {
            let words = line.text.trim();
            words.chars().count() >= length && words.chars().all(|c| c == mark)
        };
        let close = at + 1 + self.lines[at + 1..].iter().position(closes)?;
        let body = self.lines[at].end..self.lines[close].start;
        let quote = Quote::of(language, self.text, body);
        Some(Wrapped { range: self.lines[at].start..self.lines[close].end, inside: Inside::Diagram(quote) })
    }

    /// `::: mermaid`, up to a line of colons.
    fn container(&mut self, at: usize, rest: &str) -> Option<Wrapped> {
        let language = Language::of_info(rest.trim_start_matches(':'))?;
        let start = self.lines[at].start;
        if self.missing.contains(":::") {
            return None;
        }
        let closes = |line: &&Line<'_>| {
            let words = line.text.trim();
            words.len() > 2 && words.bytes().all(|byte| byte == b':')
        };
        let Some(close) = self.lines[at + 1..].iter().find(closes).copied() else {
            return self.without_end(":::", language, start..self.lines[at].end);
        };
        let quote = Quote::of(language, self.text, self.lines[at].end..close.start);
        Some(Wrapped { range: start..close.end, inside: Inside::Diagram(quote) })
    }

    /// `{{< mermaid >}}` ... `{{< /mermaid >}}`, `{% mermaid %}` ... `{% endmermaid %}`.
    fn shortcode(&mut self, line: Line<'_>, words: &str) -> Option<Wrapped> {
        let (open, close, ends) = match words.get(..3)? {
            "{{<" => ("{{<", ">}}", "/"),
            "{{%" => ("{{%", "%}}", "/"),
            _ if words.starts_with("{%") => ("{%", "%}", "end"),
            _ => return None,
        };
        let start = line.start + line.text.len() - words.len();
        let head = words[open.len()..].split(close).next()?.trim();
        let word = head.split_whitespace().next()?;
        let language = Language::of(word)?;
        if self.missing.contains(open) {
            return None;
        }
        let from = start + words.find(close)? + close.len();
        let end = self.text[from..].match_indices(open).find(|(at, mark)| {
            let name = self.text[from + at + mark.len()..].trim_start_matches([' ', '-']);
            name.strip_prefix(ends).is_some_and(|name| name.trim_start().starts_with(word))
        });
        let range = start..line.end;
        if end.is_none() {
            return self.without_end(open, language, range);
        }
        let until = from + end?.0;
        let past = self.text[until..].find(close).map_or(self.text.len(), |at| until + at + close.len());
        let mut quote = Quote::of(language, self.text, from..until);
        quote.caption = attribute(head, "title").or_else(|| attribute(head, "caption"));
        Some(Wrapped { range: start..past, inside: Inside::Diagram(quote) })
    }

    /// What begins and does not end is told once; the others of its kind do not end either.
    fn without_end(
        &mut self,
        mark: &str,
        language: &'static Language,
        range: Range<usize>,
    ) -> Option<Wrapped> {
        let inside = Inside::Unclosed(language);
        self.missing.insert(mark.to_owned()).then_some(Wrapped { range, inside })
    }

    /// The first tag of a line that holds a diagram.
    fn tags(&mut self, line: Line<'_>) -> Option<Wrapped> {
        let mut from = line.start;
        while let Some(found) = self.text[from..line.end].find('<') {
            let start = from + found;
            if self.text[line.start..start].contains('`') {
                return None;
            }
            if let Some(opened) = tag::opened(self.text, start) {
                let end = format!("</{}", opened.name);
                if self.missing.contains(&end) {
                    return None;
                }
                return match opened.quote(self.text) {
                    Some((quote, end)) => Some(Wrapped { range: start..end, inside: Inside::Diagram(quote) }),
                    None => self.without_end(&end, opened.language, start..line.end),
                };
            }
            from = start + 1;
        }
        None
    }

    /// `!!! note`, `??? example`, `=== "Tab"`: the lines below that stand four columns further to the right.
    fn moved(&self, at: usize) -> Option<Wrapped> {
        let margin = self.lines[at].margin() + 4;
        let body = self.lines[at + 1..].iter();
        let body: Vec<&Line<'_>> =
            body.take_while(|line| line.text.trim().is_empty() || line.margin() >= margin).collect();
        let last = body.iter().rposition(|line| !line.text.trim().is_empty())?;
        let (mut text, mut lines) = (String::new(), Lines::default());
        for line in &body[..=last] {
            let cut = margin_length(&self.text[line.start..line.end], margin);
            let whole = &self.text[line.start + cut..line.end];
            lines.push(text.len(), line.start + cut, whole.len());
            text.push_str(whole);
        }
        Some(Wrapped { range: self.lines[at].start..body[last].end, inside: Inside::Text(text, lines) })
    }
}

/// The bytes of a margin of so many columns.
fn margin_length(line: &str, margin: usize) -> usize {
    let mut left = margin;
    for (at, byte) in line.bytes().enumerate() {
        if left == 0 || !matches!(byte, b' ' | b'\t') {
            return at;
        }
        left = left.saturating_sub(columns(byte));
    }
    line.len()
}

/// The mark of a fence, how often it stands there, and the words after it.
fn fence(words: &str) -> Option<(char, usize, &str)> {
    let mark = words.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
    let info = words.trim_start_matches(mark);
    let length = words.len() - info.len();
    (length > 2 && !(mark == '`' && info.contains('`'))).then_some((mark, length, info))
}

/// A line without the marks of the lists and quotations that hold it.
fn unlisted(words: &str) -> &str {
    let mut words = words;
    loop {
        let bare = words.strip_prefix(['>', '-', '*', '+']).unwrap_or_else(|| {
            let number = words.trim_start_matches(|c: char| c.is_ascii_digit());
            let marked = words.len() > number.len() && words.len() < number.len() + 10;
            number.strip_prefix(['.', ')']).filter(|_| marked).unwrap_or(words)
        });
        let inside = bare.trim_start();
        if bare.len() == words.len() || inside.len() == bare.len() && !words.starts_with('>') {
            return words;
        }
        words = inside;
    }
}

/// Whether a line opens a block of MkDocs whose text stands further to the right.
fn is_block(words: &str) -> bool {
    let named = |rest: &str| rest.starts_with(' ') && rest.trim_start().starts_with(char::is_alphabetic);
    words.strip_prefix("!!!").is_some_and(named)
        || words.strip_prefix("???").is_some_and(|rest| named(rest.strip_prefix('+').unwrap_or(rest)))
        || words.starts_with("=== \"")
        || words.starts_with("===! \"")
        || words.starts_with("===+ \"")
}
