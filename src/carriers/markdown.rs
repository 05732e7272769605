//! Markdown: fenced blocks, by CommonMark's rules for what is one.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::document::{Contents, Document, Lines};
use super::language::Language;
use super::restructured;
use super::scribe::{Quote, Scribe, attribute};
use super::wrapped::{self, Inside, Wrapped};
use crate::readers::reader::Format;

/// Bytes of a block of code that are looked at to see whether it begins like a diagram.
const LOOKED_AT: usize = 2000;

/// Markdown and its dialects.
#[derive(Debug)]
pub(super) struct Markdown;

static FORMAT: Format = Format {
    id: "markdown",
    name: "Markdown",
    extensions: &["md", "markdown", "mdx", "mdown", "mkd", "qmd"],
    home: "https://spec.commonmark.org/",
    reads: "diagrams in fenced blocks, tags, shortcodes and containers, with the heading and the first paragraph above",
};

impl Document for Markdown {
    fn format(&self) -> &'static Format {
        &FORMAT
    }

    fn expected(&self) -> &'static str {
        "a fenced block that begins with ```plantuml or ```mermaid"
    }

    fn read(&self, text: &str) -> Contents {
        let mut scribe = Scribe::default();
        read(text, &mut scribe);
        scribe.finish()
    }
}

/// Reads a text, the parts first that only a dialect understands: for Markdown they are blank.
fn read(text: &str, scribe: &mut Scribe) {
    let options = Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
        | Options::ENABLE_TABLES;
    let parts = wrapped::find(text);
    let rest = without(text, &parts);
    let mut parts = parts.into_iter().peekable();
    let mut walk =
        Walk { text, scribe, prose: None, quote: None, code: None, metadata: false, hidden: 0, held: 0 };
    for (event, range) in Parser::new_ext(&rest, options).into_offset_iter() {
        while let Some(part) = parts.next_if(|part| part.range.start < range.start) {
            walk.part(part);
        }
        walk.event(event, range);
    }
    for part in parts {
        walk.part(part);
    }
}

/// The text with blanks in place of the parts, so that every other byte keeps its place.
fn without(text: &str, parts: &[Wrapped]) -> String {
    let mut rest = String::with_capacity(text.len());
    let mut from = 0;
    for part in parts.iter().filter(|part| !matches!(part.inside, Inside::Unclosed(_))) {
        rest.push_str(&text[from..part.range.start]);
        rest.extend(text[part.range.clone()].bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
        from = part.range.end;
    }
    rest.push_str(&text[from..]);
    rest
}

/// A walk over the events of a text.
struct Walk<'a> {
    text: &'a str,
    scribe: &'a mut Scribe,
    /// The heading or paragraph being read.
    prose: Option<Prose>,
    quote: Option<Quote>,
    /// The block of code being read that is no diagram by its words.
    code: Option<Code>,
    /// Within the metadata before the document.
    metadata: bool,
    /// Depth of images, whose text is not prose.
    hidden: usize,
    /// Depth of lists, quotations and tables, whose paragraphs do not introduce a diagram.
    held: usize,
}

/// A block of code that is no diagram by its words.
enum Code {
    /// It holds reStructuredText.
    Structured(String, Lines),
    /// Its text, to see whether it begins like a diagram all the same.
    Other(String),
}

#[derive(Default)]
struct Prose {
    text: String,
    /// Some of it is not in bold.
    plain: bool,
    bold: usize,
}

impl Walk<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(Tag::MetadataBlock(_)) => self.metadata = true,
            Event::End(TagEnd::MetadataBlock(_)) => self.metadata = false,
            Event::Text(text) if self.metadata => self.front_matter(&text),
            Event::Start(Tag::Heading { .. } | Tag::Paragraph) => self.prose = Some(Prose::default()),
            Event::End(TagEnd::Heading(level)) => {
                if let Some(prose) = self.prose.take() {
                    self.scribe.heading(depth(level), &prose.text);
                }
            }
            Event::End(TagEnd::Paragraph) => self.paragraph(),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                let caption = || attribute(&info, "title").or_else(|| attribute(&info, "caption"));
                self.quote = Language::of_info(&info).map(|language| Quote::new(language, caption()));
                if self.quote.is_none() {
                    let word = info.trim_start_matches(['{', ' ']).split(['}', ' ']).next();
                    let structured = matches!(word, Some("eval-rst" | "eval_rst"));
                    self.code = Some(if structured {
                        Code::Structured(String::new(), Lines::default())
                    } else {
                        Code::Other(String::new())
                    });
                }
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => {
                self.code = Some(Code::Other(String::new()));
            }
            Event::End(TagEnd::CodeBlock) => {
                if let Some(mut quote) = self.quote.take() {
                    // MyST's directives have options.
                    quote.take_options();
                    let unclosed = !is_closed(&self.text[range.clone()]);
                    self.scribe.written(quote, range.clone(), unclosed);
                }
                self.code(range);
            }
            Event::Text(text) if self.quote.is_some() => {
                if let Some(quote) = &mut self.quote {
                    quote.push(&text, range.start);
                }
            }
            Event::Text(text) if self.code.is_some() => match &mut self.code {
                Some(Code::Structured(inside, places)) => {
                    places.push(inside.len(), range.start, text.len());
                    inside.push_str(&text);
                }
                Some(Code::Other(code)) if code.len() < LOOKED_AT => code.push_str(&text),
                _ => {}
            },
            Event::Text(text) | Event::Code(text) if self.hidden == 0 => {
                if let Some(prose) = &mut self.prose {
                    prose.text.push_str(&text);
                    prose.plain |= prose.bold == 0 && !text.trim().is_empty();
                }
            }
            Event::SoftBreak | Event::HardBreak => {
                if let Some(prose) = &mut self.prose {
                    prose.text.push(' ');
                }
            }
            Event::Start(Tag::Image { dest_url, .. }) => {
                self.hidden += 1;
                self.scribe.picture(&dest_url, range);
            }
            Event::End(TagEnd::Image) => self.hidden = self.hidden.saturating_sub(1),
            Event::Start(Tag::Strong) => self.bold(1),
            Event::End(TagEnd::Strong) => self.bold(-1),
            Event::Start(Tag::List(_) | Tag::BlockQuote(_) | Tag::Table(_)) => self.held += 1,
            Event::End(TagEnd::List(_) | TagEnd::BlockQuote(_) | TagEnd::Table) => {
                self.held = self.held.saturating_sub(1);
            }
            _ => {}
        }
    }

    /// A part that only a dialect understands.
    fn part(&mut self, part: Wrapped) {
        match part.inside {
            Inside::Diagram(quote) => self.scribe.written(quote, part.range, false),
            Inside::Text(text, places) => self.scribe.within(places, |scribe| read(&text, scribe)),
            Inside::Unclosed(language) => self.scribe.unread(language, part.range),
        }
    }

    /// The end of a block of code that is no diagram by its words.
    fn code(&mut self, range: Range<usize>) {
        match self.code.take() {
            Some(Code::Structured(inside, places)) => {
                self.scribe.within(places, |scribe| restructured::read(&inside, scribe));
            }
            Some(Code::Other(text)) => {
                if let Some(language) = Language::begins(&text) {
                    self.scribe.unread(language, range);
                }
            }
            None => {}
        }
    }

    fn bold(&mut self, step: isize) {
        if let Some(prose) = &mut self.prose {
            prose.bold = prose.bold.saturating_add_signed(step);
        }
    }

    /// What stands before a document may say its title.
    fn front_matter(&mut self, text: &str) {
        let title = text.lines().find_map(|line| line.strip_prefix("title:"));
        if let Some(title) = title {
            self.scribe.heading(1, title.trim().trim_matches(['"', '\'']));
        }
    }

    /// A paragraph in bold alone is a heading that somebody wrote without a mark.
    fn paragraph(&mut self) {
        let Some(prose) = self.prose.take().filter(|_| self.held == 0) else { return };
        if prose.plain || prose.text.len() > 100 {
            self.scribe.paragraph(&prose.text);
        } else {
            self.scribe.heading_in_text(prose.text.trim_end_matches(':'));
        }
    }
}

fn depth(level: HeadingLevel) -> usize {
    level as usize
}

/// Whether a fenced block ends with a line of its own fence.
fn is_closed(block: &str) -> bool {
    let mark = |line: &str| line.trim_start_matches([' ', '\t', '>']).chars().next();
    let mut lines = block.trim_end().lines();
    let (first, last) = (lines.next().and_then(mark), lines.next_back());
    let last = last.map(|line| line.trim_start_matches([' ', '\t', '>']).trim_end());
    last.is_some_and(|line| line.len() >= 3 && line.chars().all(|character| Some(character) == first))
}
