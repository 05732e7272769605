//! The pages of a file, each read alone, so that a broken one leaves the others whole.

use super::{lower, parser, parts};
use crate::diagnostic::Diagnostic;
use crate::drawing::Page;
use crate::source::{
    FileId, PageRange, Part, Source, Span, UNPACKED_LIMIT, Xml, page_ranges, unpack_page, unpack_pages,
};

/// Pages that one file may have.
const PAGES: usize = 2_000;

/// What is in a file, before any meaning.
#[derive(Debug)]
pub struct Drawing {
    /// The source with its pages unpacked and its parts named: what the places of the pages point into.
    pub source: Source,
    /// Pages that could be read, in their order.
    pub pages: Vec<Page>,
    /// What was wrong.
    pub diagnostics: Vec<Diagnostic>,
}

/// The pages of a file. Every place is in source 0.
pub fn pages(source: &Source) -> Drawing {
    // A source that came through the door of a project is unpacked already, and nothing happens here.
    let source = match unpack_pages(&source.text) {
        Some(text) => Source::new(source.path.clone(), text),
        None => source.clone(),
    };
    let mut reading = Read::default();
    let ranges = page_ranges(&source.text);
    if ranges.is_empty() {
        reading.model(&source.text);
    }
    for (nth, range) in ranges.iter().take(PAGES).enumerate() {
        reading.page(&source.text, nth, range);
    }
    if let Some(first) = ranges.get(PAGES) {
        let message = format!("the file has {} pages; those behind page {PAGES} are left out", ranges.len());
        let span = Span::new(FileId(0), first.whole.start, first.whole.start);
        reading.told.push(Diagnostic::error("drawio/too-large", message, span));
    }
    if reading.pages.len() == 1 {
        // The name of the only page says nothing.
        reading.parts.iter_mut().filter(|part| part.inside.is_none()).for_each(|part| part.name.clear());
    }
    Drawing { source: source.with_parts(reading.parts), pages: reading.pages, diagnostics: reading.told }
}

struct Read {
    pages: Vec<Page>,
    parts: Vec<Part>,
    told: Vec<Diagnostic>,
    left: usize,
}

impl Default for Read {
    fn default() -> Self {
        Self { pages: Vec::new(), parts: Vec::new(), told: Vec::new(), left: UNPACKED_LIMIT }
    }
}

impl Read {
    /// A text without pages: one bare `<mxGraphModel>`.
    fn model(&mut self, text: &str) {
        match text.find("<mxGraphModel") {
            Some(start) => {
                const CLOSE: &str = "</mxGraphModel>";
                let end = text.rfind(CLOSE).map_or(text.len(), |at| at + CLOSE.len()).max(start);
                self.element(text, "", start..end, "the drawing");
            }
            None => {
                let span = Span::new(FileId(0), 0, 0);
                let told = if text.contains("<mxlibrary") {
                    Diagnostic::error("drawio/library", "this is a library of shapes, not a drawing", span)
                } else {
                    let message = "there is no page: neither `<diagram>` nor `<mxGraphModel>` was found";
                    Diagnostic::error("drawio/no-page", message, span).help("is the file whole?")
                };
                self.told.push(told);
            }
        }
    }

    fn page(&mut self, text: &str, nth: usize, range: &PageRange) {
        let name = name(&text[range.whole.start..range.inside.start]);
        let shown = if name.is_empty() { format!("page {}", nth + 1) } else { parts::page_name(&name) };
        let span = Span::new(FileId(0), range.whole.start, range.inside.start);
        let inside = &text[range.inside.clone()];
        if inside.trim().is_empty() {
            let message = format!("{shown} is empty");
            self.told.push(Diagnostic::note("drawio/empty-page", message, span));
        } else if inside.trim_start().starts_with('<') {
            self.element(text, &name, range.whole.clone(), &shown);
        } else {
            let reason = match unpack_page(inside, &mut self.left) {
                Ok(_) => "it holds no XML".to_owned(),
                Err(error) => error.to_string(),
            };
            let message = format!("{shown} cannot be read: {reason}");
            let told = Diagnostic::error("drawio/packed-page", message, span);
            self.told.push(told.help("open the file in draw.io and save it again"));
        }
    }

    /// Reads a `<diagram>` or `<mxGraphModel>`.
    fn element(&mut self, text: &str, name: &str, range: std::ops::Range<usize>, shown: &str) {
        let span = Span::new(FileId(0), range.start, range.end);
        let xml = match Xml::parse(FileId(0), &text[range.clone()], range.start) {
            Ok(xml) => xml,
            Err(error) => {
                let told =
                    Diagnostic::error("drawio/xml", format!("{shown} cannot be read: {error}"), error.span);
                self.told.push(match error.help {
                    Some(help) => told.help(help),
                    None => told,
                });
                return;
            }
        };
        let Some(diagram) = parser::diagram(xml.root(), &mut self.told) else {
            let message = format!("{shown} holds no `<mxGraphModel>`");
            self.told.push(Diagnostic::error("drawio/no-model", message, span));
            return;
        };
        let (page, became) = lower::page(&diagram, name, span, &mut self.told);
        parts::add(&page, &diagram.cells, &became, &mut self.parts);
        self.pages.push(page);
    }
}

/// The name in the start tag of a page.
fn name(tag: &str) -> String {
    // The tag alone, made whole, so that what is broken inside of the page does not matter.
    let tag = format!("{}/>", tag.trim_end_matches('>').trim_end_matches('/'));
    let xml = Xml::parse(FileId(0), &tag, 0);
    let name = xml.ok().and_then(|xml| xml.root().attribute("name").map(crate::source::one_line));
    name.unwrap_or_default()
}
