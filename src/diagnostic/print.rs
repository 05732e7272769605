//! Diagnostics for the terminal: source excerpt, mark and advice.

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Diagnostic, Severity};
use crate::source::{Source, Sources, Span, acts};

/// Longest line that an excerpt shows, in characters; longer ones are cut.
const WIDTH: usize = 160;

/// One diagnostic as text that ends with a line end. `color` asks for terminal colors.
pub fn print(diagnostic: &Diagnostic, sources: &Sources, color: bool) -> String {
    let labels = diagnostic.labels.iter().map(|label| (label.span, label.text.clone()));
    let marks: Vec<(Span, String)> =
        std::iter::once((diagnostic.span, String::new())).chain(labels).collect();
    let head = Head { severity: diagnostic.severity, code: diagnostic.code, message: &diagnostic.message };
    print_marked(head, &marks, diagnostic.help.as_deref(), sources, color)
}

/// The first line of what is printed.
#[derive(Clone, Copy, Debug)]
pub struct Head<'a> {
    /// How much it matters.
    pub severity: Severity,
    /// Code, or id of a rule.
    pub code: &'a str,
    /// What is wrong.
    pub message: &'a str,
}

/// A message with the lines of the sources that it is about, each mark with its text; the first is the main one.
pub fn print_marked(
    head: Head<'_>,
    marks: &[(Span, String)],
    help: Option<&str>,
    sources: &Sources,
    color: bool,
) -> String {
    let level = match head.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level.primary_title(visible(head.message)).id(head.code);
    let excerpts: Vec<(Excerpt, String)> = marks
        .iter()
        .filter_map(|(span, text)| {
            let mut excerpt = Excerpt::new(sources.get(span.file)?, span.start, span.end);
            // The text of a drawing says nothing to a reader; the name of the place does.
            let named = sources.get(span.file).is_some_and(|source| !source.parts().is_empty());
            excerpt.place = named.then(|| visible(&sources.locate(*span)));
            Some((excerpt, visible(text)))
        })
        .collect();
    let help = help.map(visible);
    let mut group = Group::with_title(title);
    for (at, (excerpt, text)) in excerpts.iter().enumerate() {
        if let Some(place) = &excerpt.place {
            let words = if text.is_empty() { place.clone() } else { format!("{place}: {text}") };
            group = group.element(Origin::path(words));
            continue;
        }
        let kind = if at == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
        let annotation = kind.span(excerpt.mark.clone());
        let annotation = if text.is_empty() { annotation } else { annotation.label(text.as_str()) };
        let snippet = Snippet::source(excerpt.text.as_str())
            .path(excerpt.path.as_str())
            .line_start(excerpt.line)
            .annotation(annotation);
        group = group.element(snippet);
    }
    if let Some(help) = &help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    format!("{}\n", renderer.render(&[group]))
}

/// One line of a source and the part of it that is marked.
struct Excerpt {
    /// The place in words, when that says more than the line.
    place: Option<String>,
    path: String,
    line: usize,
    text: String,
    mark: std::ops::Range<usize>,
}

impl Excerpt {
    fn new(source: &Source, start: u32, end: u32) -> Self {
        let line = source.line_column(start).line;
        let column = source.line_column(start).column as usize - 1;
        let whole = source.line(line);
        let last = if source.line_column(end).line == line {
            source.line_column(end).column as usize - 1
        } else {
            whole.chars().count()
        };
        // A mark far to the right still shows: the excerpt begins a little before it.
        let skip = if column > WIDTH * 3 / 4 { column - WIDTH / 4 } else { 0 };
        let text: String = whole.chars().skip(skip).take(WIDTH).map(shown).collect();
        let offset = |column: usize| {
            text.char_indices().nth(column.saturating_sub(skip)).map_or(text.len(), |(at, _)| at)
        };
        let mark = offset(column)..offset(last).max(offset(column));
        Self { place: None, path: source.path.clone(), line: line as usize, text, mark }
    }
}

/// Control and bidirectional characters must not act on the terminal.
fn visible(text: &str) -> String {
    text.chars().map(shown).collect()
}

fn shown(character: char) -> char {
    match character {
        '\t' => ' ',
        character if acts(character) => '\u{FFFD}',
        character => character,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Part;

    #[test]
    fn a_named_place_stands_for_its_text() {
        let part = Part { start: 4, end: 9, name: "shape 'Web server'".into(), inside: None };
        let mut sources = Sources::default();
        let file = sources.add(Source::new("plan.drawio", "<a> <b/> </a>").with_parts(vec![part]));
        let diagnostic = Diagnostic::warning("drawio/number", "`x` is `NaN`", Span::new(file, 5, 6));
        let text = print(&diagnostic, &sources, false);
        assert!(text.contains("plan.drawio: shape 'Web server'") && !text.contains("<b/>"), "{text}");
    }

    #[test]
    fn the_line_is_shown_and_marked() {
        let mut sources = Sources::default();
        let file = sources.add(Source::new("a.puml", "@startuml\n[A] -> \u{202E}[B\n"));
        let diagnostic = Diagnostic::error("plantuml/name", "a name is not closed", Span::new(file, 20, 22))
            .help("write `[B]`");
        let text = print(&diagnostic, &sources, false);
        assert!(text.contains("error[plantuml/name]: a name is not closed"), "{text}");
        assert!(text.contains("a.puml:2:9") && text.contains("help: write `[B]`"), "{text}");
        assert!(!text.contains('\u{202E}'), "{text}");
    }
}
