//! Keeps what was read of a document while its diagrams are found: headings, prose, and the passage being written.

use std::ops::Range;

use super::document::{Body, Contents, Lines, Passage};
use super::language::{DRAWIO, Language};
use crate::source::one_line;

/// Longest heading and longest caption, in characters.
const HEADING: usize = 160;
/// Longest paragraph, in characters; a longer one ends with a sentence before.
const PROSE: usize = 700;

/// Extensions of pictures that may hold a diagram.
const PICTURED: &[&str] = &["png", "svg", "drawio"];

/// What is known at a place of the document.
#[derive(Default)]
pub(super) struct Scribe {
    passages: Vec<Passage>,
    title: Option<String>,
    heading: Option<String>,
    prose: Option<String>,
    /// Prose before a heading in the text, for want of any after it.
    above: Option<String>,
    /// Where the texts stand that are being read inside one another, the outermost first.
    places: Vec<Lines>,
    unread: Vec<(&'static Language, Range<usize>)>,
}

/// Texts that are read inside one another, the document not counted.
const DEEPEST: usize = 8;

impl Scribe {
    /// Reads a text that stands in the document at these places; what is too deep is not read. Its words say nothing
    /// about what follows it.
    pub(super) fn within(&mut self, places: Lines, read: impl FnOnce(&mut Self)) {
        if self.places.len() < DEEPEST {
            self.places.push(places);
            read(self);
            self.places.pop();
        }
    }

    /// Something that begins like a diagram and is in no form that is read.
    pub(super) fn unread(&mut self, language: &'static Language, range: Range<usize>) {
        let range = self.range(range);
        self.unread.push((language, range));
    }

    /// A range of the text that is being read, in the document.
    fn range(&self, range: Range<usize>) -> Range<usize> {
        self.places.iter().rev().fold(range, |range, places| places.range(range))
    }

    /// A heading of a level, 1 being that of the document.
    pub(super) fn heading(&mut self, level: usize, text: &str) {
        let text = shortened(&one_line(text), HEADING);
        if text.is_empty() || !self.places.is_empty() {
            return;
        }
        if level == 1 && self.title.is_none() {
            self.title = Some(text.clone());
        }
        // "Mermaid diagram" says nothing that the heading above does not.
        if !only_names_a_language(&text) || self.heading.is_none() {
            self.heading = Some(text);
        }
        self.prose = None;
        self.above = None;
    }

    /// A heading that somebody wrote as a paragraph: what stands above it is still about what follows.
    pub(super) fn heading_in_text(&mut self, text: &str) {
        let above = self.prose.take().or(self.above.take());
        self.heading(6, text);
        self.above = above;
    }

    /// A paragraph; only the first one counts.
    pub(super) fn paragraph(&mut self, text: &str) {
        let text = one_line(text);
        let text = without_lead_in(&text);
        if self.places.is_empty() && self.prose.is_none() && text.chars().any(char::is_alphanumeric) {
            self.prose = Some(shortened(text, PROSE));
        }
    }

    /// A diagram that is written out.
    pub(super) fn written(&mut self, quote: Quote, range: Range<usize>, unclosed: bool) {
        let Quote { language, caption, mut text, mut lines } = quote;
        if let Some((start, end)) = language.missing_frame(&text) {
            let mut framed = Lines::default();
            framed.push(0, range.start, 0);
            framed.append(&lines, start.len());
            lines = framed;
            text.insert_str(0, start);
            if !text.ends_with('\n') {
                text.push('\n');
            }
            text.push_str(end);
        }
        self.passage(language, Body::Written { text, lines }, caption, range, unclosed);
    }

    /// A diagram that stands in a file of its own.
    pub(super) fn file(
        &mut self,
        language: &'static Language,
        target: &str,
        caption: Option<String>,
        range: Range<usize>,
    ) {
        self.passage(language, Body::File(target.to_owned()), caption, range, false);
    }

    /// A picture: it may be one of a diagram, and what stands above it is about the next diagram too.
    pub(super) fn picture(&mut self, target: &str, range: Range<usize>) {
        let is_diagram = |format: &str| PICTURED.contains(&format.to_ascii_lowercase().as_str());
        let kind = target.rsplit_once('.').map(|(_, extension)| extension);
        if target.contains("://") || target.len() > 400 || !kind.is_some_and(is_diagram) {
            return;
        }
        let (prose, above) = (self.prose.clone(), self.above.clone());
        self.passage(&DRAWIO, Body::Shown(target.to_owned()), None, range, false);
        (self.prose, self.above) = (prose, above);
    }

    fn passage(
        &mut self,
        language: &'static Language,
        body: Body,
        caption: Option<String>,
        range: Range<usize>,
        unclosed: bool,
    ) {
        let above = self.above.take();
        let range = self.range(range);
        let body = match body {
            Body::Written { text, lines } => {
                let lines = self.places.iter().rev().fold(lines, |lines, places| lines.within(places));
                Body::Written { text, lines }
            }
            Body::File(_) | Body::Shown(_) => body,
        };
        self.passages.push(Passage {
            language,
            body,
            caption: caption.map(|text| shortened(&one_line(&text), HEADING)).filter(|text| !text.is_empty()),
            heading: self.heading.clone(),
            prose: self.prose.take().or(above),
            range,
            unclosed,
        });
    }

    /// All of it.
    pub(super) fn finish(self) -> Contents {
        Contents { title: self.title, passages: self.passages, unread: self.unread }
    }
}

/// A diagram while its lines are collected.
pub(super) struct Quote {
    pub(super) language: &'static Language,
    pub(super) caption: Option<String>,
    pub(super) text: String,
    pub(super) lines: Lines,
}

impl Quote {
    /// A diagram without a line yet.
    pub(super) fn new(language: &'static Language, caption: Option<String>) -> Self {
        Self { language, caption, text: String::new(), lines: Lines::default() }
    }

    /// The diagram that a part of a text is.
    pub(super) fn of(language: &'static Language, text: &str, part: Range<usize>) -> Self {
        let mut quote = Self::new(language, None);
        quote.push(&text[part.clone()], part.start);
        quote
    }

    /// Takes off the lines `:option: value` before the diagram; one of them may say its caption.
    pub(super) fn take_options(&mut self) {
        let mut cut = 0;
        for line in self.text.split_inclusive('\n') {
            let Some((name, value)) = line.trim().strip_prefix(':').and_then(|rest| rest.split_once(':'))
            else {
                break;
            };
            if matches!(name, "caption" | "title") && !value.trim().is_empty() {
                self.caption.get_or_insert_with(|| value.trim().to_owned());
            }
            cut += line.len();
        }
        if cut > 0 {
            self.text.drain(..cut);
            self.lines = self.lines.after(cut);
        }
    }

    /// Text that stands at a byte of the document.
    pub(super) fn push(&mut self, text: &str, at: usize) {
        self.lines.push(self.text.len(), at, text.len());
        self.text.push_str(text);
    }
}

/// Whether a heading says only that there is a diagram, or in what language.
fn only_names_a_language(heading: &str) -> bool {
    const DRAWN: [&str; 7] = ["mermaid", "plantuml", "puml", "uml", "diagram", "diagrams", "flowchart"];
    const MORE: [&str; 10] =
        ["a", "an", "the", "example", "sample", "architecture", "code", "source", "version", "in"];
    let lower = heading.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut drawn = false;
    words.all(|word| {
        drawn |= DRAWN.contains(&word);
        DRAWN.contains(&word) || MORE.contains(&word)
    }) && drawn
}

/// A paragraph without a last sentence that only leads to the diagram; nothing for an address or a mark.
fn without_lead_in(text: &str) -> &str {
    if text.starts_with(":::") || text.starts_with("[!") || text.contains("://") && !text.contains(' ') {
        return "";
    }
    let body = text.trim_end_matches(['.', ':', '!']);
    let start = [". ", "! ", "? "].iter().filter_map(|end| body.rfind(end)).max().map_or(0, |at| at + 2);
    let last = text[start..].to_lowercase();
    let points = ["in the diagram below", "in the following diagram", "in the figure below"];
    let leads = text.ends_with(':') || last.len() < 90 && points.iter().any(|words| last.contains(words));
    if leads { text[..start].trim_end() } else { text }
}

/// At most so many characters, cut after a sentence or else after a word.
fn shortened(text: &str, most: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(most) else { return text.to_owned() };
    let head = &text[..end];
    if let Some(stop) = head.rfind(['.', '!', '?']).filter(|stop| *stop > end / 2) {
        return head[..=stop].to_owned();
    }
    let word = head.rfind(' ').unwrap_or(end);
    format!("{} …", head[..word].trim_end())
}

/// The value of `name="..."`, `name='...'` or `name=word` in the attributes of a block.
pub(super) fn attribute(attributes: &str, name: &str) -> Option<String> {
    let (at, _) = attributes.match_indices(name).find(|(at, _)| {
        let before = attributes[..*at].chars().next_back();
        let after = attributes[at + name.len()..].trim_start();
        before.is_none_or(|character| !character.is_alphanumeric() && character != '-')
            && after.starts_with('=')
    })?;
    let value = attributes[at + name.len()..].trim_start().strip_prefix('=')?.trim_start();
    let value = match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].split(quote).next()?,
        _ => value.split([' ', '\t', ',', ']', '}']).next()?,
    };
    (!value.trim().is_empty()).then(|| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_prose_ends_with_a_sentence() {
        assert_eq!(shortened("One two. Three four five six.", 20), "One two. Three four …");
        assert_eq!(shortened("One two three. Four five six.", 20), "One two three.");
        assert_eq!(shortened("short", 20), "short");
    }

    #[test]
    fn words_that_only_lead_to_a_diagram_say_nothing() {
        assert_eq!(without_lead_in("The parts are:"), "");
        assert_eq!(
            without_lead_in("Orders are kept. The parts are shown in the diagram below."),
            "Orders are kept."
        );
        assert_eq!(without_lead_in("https://example.org/badge"), "");
        assert_eq!(without_lead_in("Orders are kept."), "Orders are kept.");
        assert!(
            only_names_a_language("Example Mermaid Diagram") && only_names_a_language("Architecture diagram")
        );
        assert!(!only_names_a_language("Architecture") && !only_names_a_language("Order diagram"));
    }

    #[test]
    fn attributes_are_read_in_every_spelling() {
        assert_eq!(attribute("plantuml title=\"Log in\" x=1", "title").as_deref(), Some("Log in"));
        assert_eq!(attribute("{.puml caption='A b'}", "caption").as_deref(), Some("A b"));
        assert_eq!(attribute("puml, title=Login]", "title").as_deref(), Some("Login"));
        assert_eq!(attribute("puml subtitle=\"x\"", "title"), None);
    }
}
