//! reStructuredText: the directives of Sphinx's extensions for PlantUML and Mermaid.

use std::ops::Range;

use super::document::{Contents, Document, Lines};
use super::language::Language;
use super::scribe::{Quote, Scribe};
use super::wrapped::{self, Inside};
use crate::readers::reader::Format;

/// reStructuredText.
#[derive(Debug)]
pub(super) struct ReStructuredText;

static FORMAT: Format = Format {
    id: "restructuredtext",
    name: "reStructuredText",
    extensions: &["rst", "rest"],
    home: "https://docutils.sourceforge.io/rst.html",
    reads: "diagrams after `.. uml::` and `.. mermaid::`, with the heading and the first paragraph above",
};

impl Document for ReStructuredText {
    fn format(&self) -> &'static Format {
        &FORMAT
    }

    fn expected(&self) -> &'static str {
        "a directive `.. uml::` or `.. mermaid::`"
    }

    fn read(&self, text: &str) -> Contents {
        let mut scribe = Scribe::default();
        read(text, &mut scribe);
        scribe.finish()
    }
}

/// Reads a text.
pub(super) fn read(text: &str, scribe: &mut Scribe) {
    let mut at = 0;
    let mut lines = Vec::new();
    for whole in text.split_inclusive('\n') {
        let written = whole.trim_end();
        let margin = written.len() - written.trim_start().len();
        lines.push(Line { text: written.trim_start(), margin, start: at, end: at + whole.len() });
        at += whole.len();
    }
    let mut walk = Walk { source: text, lines, scribe, levels: Vec::new() };
    let mut next = 0;
    while next < walk.lines.len() {
        next = walk.step(next);
    }
}

/// Directives whose text is quoted and not read on.
const QUOTES: &[&str] =
    &["code", "code-block", "sourcecode", "highlight", "literalinclude", "parsed-literal", "math", "prompt"];

#[derive(Clone, Copy)]
struct Line<'a> {
    text: &'a str,
    margin: usize,
    start: usize,
    end: usize,
}

struct Walk<'a> {
    source: &'a str,
    lines: Vec<Line<'a>>,
    scribe: &'a mut Scribe,
    /// Marks of headings, in the order in which they appear.
    levels: Vec<char>,
}

impl Walk<'_> {
    /// Reads the block at a line; gives the line after it.
    fn step(&mut self, at: usize) -> usize {
        let line = self.lines[at];
        if line.text.is_empty() {
            return at + 1;
        }
        if let Some(rest) = line.text.strip_prefix(".. ") {
            let until = self.block(at + 1, line.margin);
            let Some((name, argument)) = rest.split_once("::") else { return until };
            let (name, argument) = (name.trim(), argument.trim());
            if let Some(language) = Language::of(name) {
                self.directive(language, argument, at, until);
                return until;
            }
            if QUOTES.contains(&name) {
                match Language::of(argument) {
                    Some(language) => self.directive(language, "", at, until),
                    None => self.look(at, until),
                }
                return until;
            }
            if name == "raw" {
                self.raw(at + 1..until);
                return until;
            }
            // The text of any other directive is text.
            return at + 1;
        }
        if line.margin == 0
            && let Some(mark) = self.lines.get(at + 1).and_then(|below| underline(line.text, below.text))
        {
            let known = self.levels.iter().position(|known| *known == mark).unwrap_or_else(|| {
                self.levels.push(mark);
                self.levels.len() - 1
            });
            self.scribe.heading(known + 1, &plain(line.text));
            return at + 2;
        }
        let length = self.lines[at..].iter().position(|line| line.text.is_empty());
        let until = length.map_or(self.lines.len(), |length| at + length).max(at + 1);
        let listed =
            ["- ", "* ", "+ ", "#. ", ":", "|", "+-", "==="].iter().any(|mark| line.text.starts_with(mark));
        if line.margin == 0 && !listed {
            self.scribe.paragraph(&plain(&self.source[line.start..self.lines[until - 1].end]));
        }
        if self.lines[until - 1].text.ends_with("::") {
            // What stands below is quoted.
            let past = self.block(until, line.margin);
            self.look(until - 1, past);
            return past.max(until);
        }
        until
    }

    /// Whether the quoted lines below a line begin like a diagram.
    fn look(&mut self, at: usize, until: usize) {
        let body = self.lines[at + 1..until].iter();
        let mut body = body.skip_while(|line| line.text.is_empty() || line.text.starts_with(':'));
        let Some(first) = body.next() else { return };
        if let Some(language) = Language::begins(first.text) {
            let range = self.lines[at].start..self.lines[until - 1].end;
            self.scribe.unread(language, range);
        }
    }

    /// HTML.
    fn raw(&mut self, body: Range<usize>) {
        let Some(last) = body.clone().last() else { return };
        let (start, end) = (self.lines[body.start].start, self.lines[last].end);
        let mut places = Lines::default();
        places.push(0, start, end - start);
        let parts = wrapped::find(&self.source[start..end]);
        self.scribe.within(places, |scribe| {
            for part in parts {
                match part.inside {
                    Inside::Diagram(quote) => scribe.written(quote, part.range, false),
                    Inside::Unclosed(language) => scribe.unread(language, part.range),
                    Inside::Text(..) => {}
                }
            }
        });
    }

    /// The line after the lines from `at` that stand further to the right than `margin`.
    fn block(&self, at: usize, margin: usize) -> usize {
        let ends = |line: &Line<'_>| !line.text.is_empty() && line.margin <= margin;
        let until = self.lines[at..].iter().position(ends).map_or(self.lines.len(), |length| at + length);
        let written = self.lines[at..until].iter().rposition(|line| !line.text.is_empty());
        written.map_or(at, |last| at + last + 1)
    }

    fn directive(&mut self, language: &'static Language, argument: &str, at: usize, until: usize) {
        let range = self.lines[at].start..self.lines[until - 1].end;
        let body = &self.lines[at + 1..until];
        let options = body.iter().take_while(|line| line.text.starts_with(':')).count();
        let caption = body[..options].iter().find_map(|line| line.text.strip_prefix(":caption:"));
        let caption = caption.map(|caption| plain(caption.trim()));
        let body = &body[options..];
        if body.iter().all(|line| line.text.is_empty()) {
            if !argument.is_empty() {
                self.scribe.file(language, argument, caption, range);
            }
            return;
        }
        let margins = body.iter().filter(|line| !line.text.is_empty()).map(|line| line.margin);
        let margin = margins.min().unwrap_or_default();
        let mut quote = Quote::new(language, caption);
        for line in body {
            let whole = &self.source[line.start..line.end];
            let cut = margin.min(line.margin).min(whole.len());
            quote.push(&whole[cut..], line.start + cut);
        }
        self.scribe.written(quote, range, false);
    }
}

/// The mark that underlines a title.
fn underline(title: &str, below: &str) -> Option<char> {
    let mark = below.chars().next().filter(char::is_ascii_punctuation)?;
    let long = below.chars().count() >= title.chars().count().min(3);
    let titled = title.chars().any(char::is_alphanumeric);
    (titled && long && below.len() > 1 && below.chars().all(|character| character == mark)).then_some(mark)
}

/// Prose without marks of emphasis and roles.
fn plain(text: &str) -> String {
    text.replace("``", "").replace(['*', '`'], "")
}
