//! Mermaid: flowcharts, C4 diagrams, architecture diagrams and block diagrams.
//!
//! A text goes in, one diagram comes out. 1. `head` finds what stands before the statements, and the kind. 2. Each kind
//! has a parser that makes statements of the text, with their places, and goes on below what it does not
//! understand. 3. `chart` and the shared `sketch` make elements and links of them. `account` keeps what became of each
//! statement. Directives and styles are never carried out.

mod account;
mod architecture;
mod block;
mod c4;
mod chart;
mod cursor;
mod flowchart;
mod head;
mod junction;
mod label;
mod legend;
mod syntax;

use std::collections::BTreeMap;

use super::fate::Fate;
use super::reader::{Confidence, Files, Format, Head, Reader, Reading};
use super::sketch::{Builder, Frame, Gathered};
use crate::diagnostic::Diagnostic;
use crate::model::ViewKind;
use crate::source::{Source, Sources};
use account::Account;
use head::{Kind, Top};

/// The Mermaid reader.
#[derive(Debug)]
pub struct Mermaid;

static FORMAT: Format = Format {
    id: "mermaid",
    name: "Mermaid",
    extensions: &["mmd", "mermaid"],
    home: "https://mermaid.js.org/syntax/flowchart.html",
    reads: "flowcharts, C4, architecture and block diagrams; other kinds are refused",
};

/// The kinds that are read, for the message of a refusal.
const READ: &str = "flowcharts, C4, architecture and block diagrams are read";

impl Reader for Mermaid {
    fn format(&self) -> &'static Format {
        &FORMAT
    }

    fn recognize(&self, head: &Head<'_>) -> Confidence {
        let end = head.path.rsplit_once('.').map_or("", |(_, end)| end);
        let named = FORMAT.extensions.iter().any(|extension| end.eq_ignore_ascii_case(extension));
        match (named, head::begins(head.text, named)) {
            (true, true) => Confidence::Sure,
            (false, true) if !is_markup(end) => Confidence::Sure,
            (true, false) => Confidence::Maybe,
            (false, _) => Confidence::No,
        }
    }

    fn read(&self, source: &Source, _: &dyn Files) -> Reading {
        read(source)
    }
}

/// Documents and data that only quote diagrams.
fn is_markup(end: &str) -> bool {
    ["md", "markdown", "mdx", "adoc", "asciidoc", "html", "rst", "yaml", "yml", "json"]
        .iter()
        .any(|known| end.eq_ignore_ascii_case(known))
}

fn read(source: &Source) -> Reading {
    let mut sources = Sources::default();
    let file = sources.add(source.clone());
    let mut account = Account::new(source, file);
    let text: &str = &source.text;
    let top = head::top(text);
    let kind = match kind(&top, &mut account) {
        Ok(kind) => kind,
        Err(refused) => {
            let diagnostics = account.diagnostics;
            return Reading { sources, diagnostics, refused: Some(refused), ..Reading::default() };
        }
    };
    for (start, end, title) in &top.blocks {
        account.mark(*start, *end, if *title { Fate::Understood } else { Fate::Visual });
    }
    let mut builder;
    let mut view = None;
    let mut tags = BTreeMap::new();
    let line_end = top.end + text[top.end..].find('\n').unwrap_or(text.len() - top.end);
    match kind {
        Kind::Flowchart => {
            let (direction, from) = head_direction(text, top.end);
            account.mark(top.start, from, Fate::Understood);
            builder = flowchart::read(text, from, &mut account);
            builder.direction = direction;
        }
        Kind::C4 => {
            account.mark(top.start, line_end, Fate::Understood);
            view = c4::view(top.word);
            (builder, tags) = c4::read(text, top.end, view == Some(ViewKind::Dynamic), &mut account);
        }
        Kind::Architecture => {
            account.mark(top.start, line_end, Fate::Understood);
            builder = architecture::read(text, top.end, &mut account);
        }
        Kind::Block => {
            account.mark(top.start, line_end, Fate::Understood);
            builder = block::read(text, top.end, &mut account);
        }
        Kind::Other(_) => builder = Builder::default(),
    }
    account.diagnostics.extend(builder.told_left_out("mermaid/too-many-links"));
    if let Some(title) = top.title {
        builder.title = Some(label::one_line(title));
    }
    if builder.nodes.is_empty() {
        let message = "no element is drawn here";
        account.diagnostics.push(Diagnostic::note(
            "mermaid/empty",
            message,
            account.span(top.start, top.end),
        ));
    }
    let mut gathered = Gathered::default();
    let frame = Frame { name: None, place: account.place(top.start, text.trim_end().len()) };
    gathered.finish(builder, &tags, view, &frame);
    gathered.instances();
    Reading {
        sources,
        fragment: gathered.fragment,
        diagnostics: account.diagnostics,
        loss: account.loss,
        refused: None,
    }
}

/// The direction after the word that names a flowchart, and where it ends.
fn head_direction(text: &str, from: usize) -> (Option<crate::model::Direction>, usize) {
    let mut cursor = cursor::Cursor::new(text, from);
    cursor.blanks();
    let start = cursor.at();
    let rest = cursor.rest();
    let end = rest.find(|c: char| c.is_whitespace() || c == ';').unwrap_or(rest.len());
    match flowchart::direction(&rest[..end]) {
        Some(direction) => (Some(direction), start + end),
        None => (None, from),
    }
}

/// The kind that is read; else the name of the kind that is refused, which is told.
fn kind(top: &Top<'_>, account: &mut Account<'_>) -> Result<Kind, String> {
    let span = account.span(top.start, top.end);
    match head::kind(top.word) {
        Some(Kind::Other(name)) => {
            let article = if name.starts_with(['a', 'e', 'i', 'o', 'E', 'I', 'X']) { "an" } else { "a" };
            let message = format!("this is {article} {name}; {READ}");
            account.diagnostics.push(Diagnostic::error("mermaid/other-kind", message, span));
            Err(name.to_owned())
        }
        Some(kind) => Ok(kind),
        None => {
            let seen = if top.word.is_empty() {
                "the text is empty".to_owned()
            } else {
                format!("`{}` is no kind of diagram", top.word)
            };
            let mut told = Diagnostic::error("mermaid/unknown-kind", format!("{seen}; {READ}"), span);
            let meant = head::meant(top.word);
            if let Some(meant) = meant {
                told = told.help(format!("did you mean `{meant}`?"));
            }
            account.diagnostics.push(told);
            match meant.and_then(head::kind) {
                Some(kind) if !matches!(kind, Kind::Other(_)) => Ok(kind),
                _ => Err("diagram of an unknown kind".to_owned()),
            }
        }
    }
}
