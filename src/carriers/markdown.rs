//! Markdown: fenced blocks, by CommonMark's rules for what is one.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::document::{Contents, Document};
use super::language::Language;
use super::scribe::{Quote, Scribe, attribute};
use crate::readers::reader::Format;

/// Markdown and its dialects.
#[derive(Debug)]
pub(super) struct Markdown;

static FORMAT: Format = Format {
    id: "markdown",
    name: "Markdown",
    extensions: &["md", "markdown", "mdx", "mdown", "mkd", "qmd"],
    home: "https://spec.commonmark.org/",
    reads: "diagrams in fenced blocks, with the heading and the first paragraph above",
};

impl Document for Markdown {
    fn format(&self) -> &'static Format {
        &FORMAT
    }

    fn expected(&self) -> &'static str {
        "a fenced block that begins with ```plantuml or ```mermaid"
    }

    fn read(&self, text: &str) -> Contents {
        let options = Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
            | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
            | Options::ENABLE_TABLES;
        let mut walk = Walk {
            text,
            scribe: Scribe::default(),
            prose: None,
            quote: None,
            metadata: false,
            hidden: 0,
            held: 0,
        };
        for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
            walk.event(event, range);
        }
        walk.scribe.finish()
    }
}

/// A walk over the events of a text.
struct Walk<'a> {
    text: &'a str,
    scribe: Scribe,
    /// The heading or paragraph being read.
    prose: Option<Prose>,
    quote: Option<Quote>,
    /// Within the metadata before the document.
    metadata: bool,
    /// Depth of images, whose text is not prose.
    hidden: usize,
    /// Depth of lists, quotations and tables, whose paragraphs do not introduce a diagram.
    held: usize,
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
                let word =
                    info.split([' ', '\t', ',', '}', ':', '=']).find(|word| !word.is_empty() && *word != "{");
                let caption = || attribute(&info, "title").or_else(|| attribute(&info, "caption"));
                self.quote = word.and_then(Language::of).map(|language| Quote::new(language, caption()));
            }
            Event::End(TagEnd::CodeBlock) => {
                if let Some(quote) = self.quote.take() {
                    let unclosed = !is_closed(&self.text[range.clone()]);
                    self.scribe.written(quote, range, unclosed);
                }
            }
            Event::Text(text) if self.quote.is_some() => {
                if let Some(quote) = &mut self.quote {
                    quote.push(&text, range.start);
                }
            }
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
