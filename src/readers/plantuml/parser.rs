//! Lines to statements.
//!
//! Preprocessed lines go in, statements with their places come out; `None` is a statement that is not understood.

use std::ops::Range;

use super::account::StatementId;
use super::block::{self, Kind};
use super::known_line::{self, KnownLine};
use super::preprocess::OutLine;
use super::syntax::{Argument, Call, Element, Note, NoteTarget, Removal, Statement};
use super::{arrow, element, label, note};
use crate::readers::arguments;
use crate::source::{Place, Span};

/// A statement with its place.
#[derive(Clone, Debug)]
pub(super) struct Parsed {
    /// What it says; `None` when it is not understood.
    pub(super) statement: Option<Statement>,
    /// Where it stands.
    pub(super) place: Place,
    /// The written statements that its lines count for.
    pub(super) owners: Vec<StatementId>,
}

/// Reads the statements of a diagram.
pub(super) fn parse(lines: &[OutLine]) -> Vec<Parsed> {
    let texts: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
    let read = |group: block::Group| {
        let statement = statement(group.kind, &texts[group.range.clone()]);
        let members = &lines[group.range.clone()];
        let mut owners: Vec<StatementId> = members.iter().filter_map(|line| line.owner).collect();
        owners.dedup();
        Parsed { statement, place: place(lines, &group.range), owners }
    };
    block::group(&texts).into_iter().map(read).collect()
}

fn place(lines: &[OutLine], range: &Range<usize>) -> Place {
    let first = lines.get(range.start).map(|line| line.place).unwrap_or_default();
    let last = lines.get(range.end.saturating_sub(1)).map_or(first, |line| line.place);
    if last.span.file != first.span.file || last.span.end < first.span.start {
        return first;
    }
    let span = Span { end: last.span.end, ..first.span };
    Place { span, call: first.call }
}

fn statement(kind: Kind, lines: &[&str]) -> Option<Statement> {
    let first = lines.first()?;
    let inner = || lines.get(1..lines.len() - 1).unwrap_or_default().join("\n");
    match kind {
        Kind::Line => one_line(first),
        Kind::Close => match *first {
            "}" => Some(Statement::Close),
            "{" => Some(Statement::Open),
            _ => None,
        },
        Kind::Note => note(first, inner()),
        Kind::Data => data(first, inner()),
        Kind::Legend => Some(Statement::Prose(inner())),
        Kind::Title => Some(Statement::Title(inner())),
        Kind::Prose => Some(Statement::Prose(inner())),
        Kind::Visual | Kind::Definition => Some(Statement::Visual),
        Kind::Named => named(lines),
        Kind::Members => members(first, inner()),
    }
}

/// Words that start a statement about looks.
const VISUAL: [&str; 28] = [
    "skinparam",
    "skinparamlocked",
    "hide",
    "show",
    "scale",
    "sprite",
    "set",
    "skin",
    "url",
    "minwidth",
    "rotate",
    "listsprites",
    "footbox",
    "page",
    "autonumber",
    "hide-stereotype",
    "<style>",
    "newpage",
    "!pragma",
    "help",
    "background",
    "monochrome",
    "stereotype",
    "spacing",
    "linetype",
    "minimize",
    "split",
    "ditaa",
];

fn one_line(line: &str) -> Option<Statement> {
    let word = line.split(|c: char| c.is_whitespace() || c == '{').next().unwrap_or_default();
    let lower = word.to_ascii_lowercase();
    let rest = line[word.len()..].trim();
    match known_line::classify(line) {
        Some(KnownLine::Title(title)) => return Some(Statement::Title(title)),
        Some(KnownLine::Header(text) | KnownLine::Footer(text)) => return Some(Statement::Prose(text)),
        Some(KnownLine::Start { .. } | KnownLine::End) => return Some(Statement::Visual),
        Some(KnownLine::Include { .. }) | None => {}
    }
    match lower.as_str() {
        "together" if rest.is_empty() && line.ends_with('{') || rest == "{" => {
            return Some(Statement::Together);
        }
        "left" | "top" if rest.ends_with("direction") => return Some(Statement::Direction(lower == "left")),
        "left" | "right" | "center" => {
            let mut words = rest.splitn(2, char::is_whitespace);
            if matches!(words.next(), Some("header" | "footer")) {
                return Some(Statement::Prose(words.next().unwrap_or_default().trim().to_owned()));
            }
        }
        "allowmixing" | "allow_mixing" => return Some(Statement::Mixing),
        "caption" | "mainframe" if !rest.is_empty() => return Some(Statement::Prose(rest.to_owned())),
        "legend" => return Some(Statement::Prose(rest.to_owned())),
        "newpage" => return Some(Statement::Page(Some(rest.to_owned()).filter(|rest| !rest.is_empty()))),
        "note" | "hnote" | "rnote" | "floating" => return note(line, String::new()),
        "class" | "object" | "enum" | "struct" if !rest.is_empty() && arrow::arrow(rest).is_none() => {
            return members(line, String::new());
        }
        "json" | "map" if !rest.is_empty() && arrow::arrow(rest).is_none() => {
            return data(line, String::new());
        }
        "sprite" if let Some((name, shows)) = rest.split_once("jar:archimate/") => {
            let name = name.trim().trim_start_matches('$').to_owned();
            return Some(Statement::Sprite { name, shows: shows.trim().to_owned() });
        }
        "remove" | "restore" if !rest.is_empty() && arrow::arrow(rest).is_none() => {
            let what = rest.trim_matches('"').to_owned();
            return Some(Statement::Removal(Removal { what, restores: lower == "restore" }));
        }
        _ => {}
    }
    if let Some(call) = call(line) {
        return Some(Statement::Call(call));
    }
    if let Some(link) = arrow::link(line).filter(|_| !is_keyword_line(&lower, rest)) {
        return Some(Statement::Link(link));
    }
    if let Some(element) = element::element(line) {
        return Some(Statement::Element(element));
    }
    if VISUAL.contains(&lower.as_str()) || line.starts_with("</") {
        return Some(Statement::Visual);
    }
    let name = line.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(line);
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
    let bare =
        !name.is_empty() && (name.len() < line.len() || name.chars().all(is_name)) && !name.contains('"');
    bare.then(|| Statement::Bare(name.to_owned()))
}

/// `component A - B` declares; `database --> x` links.
fn is_keyword_line(word: &str, rest: &str) -> bool {
    element::KEYWORDS.contains(&word) && (arrow::arrow(rest).is_none() || rest.starts_with(['(', '#']))
}

/// `Name(arguments) {`, and layout macros without parentheses.
fn call(line: &str) -> Option<Call> {
    let end = line.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$')).unwrap_or(line.len());
    let name = &line[..end];
    let rest = line[end..].trim_start();
    // `usecase (Case)` declares.
    let declares =
        rest.len() < line.len() - end && element::KEYWORDS.contains(&name.to_ascii_lowercase().as_str());
    if declares || !name.starts_with(|c: char| c.is_alphabetic() || c == '$') {
        return None;
    }
    if !rest.starts_with('(') {
        let layout = ["LAYOUT_", "SHOW_", "HIDE_"].iter().any(|start| name.starts_with(start));
        return (layout && rest.is_empty()).then(|| Call { name: name.to_owned(), ..Call::default() });
    }
    let close = arguments::closing(rest, 0)?;
    let arguments: Vec<Argument> = arguments::arguments(&rest[1..close]);
    let mut call = Call { name: name.to_owned(), arguments, ..Call::default() };
    let tail = rest[close + 1..].trim();
    // `f(x) --> y` is a line of another kind.
    if arrow::arrow(tail).is_some() {
        return None;
    }
    behind(tail, &mut call);
    Some(call)
}

/// What follows the arguments of a call: a link, tags, colors, stereotypes, a name, a brace. What cannot be read is kept,
/// and the call holds without it.
fn behind(tail: &str, call: &mut Call) {
    let mut rest = tail;
    while !rest.is_empty() {
        if let Some(inside) = rest.strip_prefix('{') {
            let inside = inside.trim();
            call.opens = true;
            call.closes = inside.ends_with('}');
            call.tail =
                Some(inside.trim_end_matches('}').trim().to_owned()).filter(|inside| !inside.is_empty());
            return;
        }
        if let Some((link, after)) = element::link(rest) {
            call.link = link;
            rest = after.trim_start();
            continue;
        }
        if let Some((_, after)) = element::stereotype(rest) {
            rest = after.trim_start();
            continue;
        }
        let end = rest.find(|c: char| c.is_whitespace() || c == '{').unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        if word == "as" && !after.trim().is_empty() {
            let after = after.trim_start();
            let end = after.find(|c: char| c.is_whitespace() || c == '{').unwrap_or(after.len());
            call.alias = Some(after[..end].trim_matches('"').to_owned());
            rest = after[end..].trim_start();
        } else if word.starts_with('#') {
            rest = after.trim_start();
        } else if let Some(tag) = word.strip_prefix('$').filter(|tag| !tag.is_empty()) {
            call.tags.push(tag.to_owned());
            rest = after.trim_start();
        } else {
            call.tail = Some(rest.to_owned());
            return;
        }
    }
}

/// An element whose name stands on the lines below: `node a [`, `component b as "`.
fn named(lines: &[&str]) -> Option<Statement> {
    let (first, last) = (lines.first()?, lines.last()?);
    let body = lines.get(1..lines.len() - 1).unwrap_or_default();
    let (head, start_of_name, close) = match first.strip_suffix('[') {
        Some(head) => (head.trim_end(), "", last.rfind(']')?),
        None => {
            let (head, start) = first.rsplit_once('"')?;
            (head.trim_end().strip_suffix("as")?.trim_end(), start.trim(), last.find('"')?)
        }
    };
    let (end_of_name, tail) = (last[..close].trim(), last[close + 1..].trim());
    let name: Vec<&str> = std::iter::once(start_of_name)
        .chain(body.iter().copied())
        .chain(std::iter::once(end_of_name))
        .filter(|line| !line.is_empty())
        .collect();
    let mut element = element::element(&format!("{head} {tail}"))
        .or_else(|| head.is_empty().then(|| element::element(&format!("component x {tail}"))).flatten())?;
    let key = element.alias.take().unwrap_or(element.name);
    element.name = if name.iter().any(|line| label::is_separator(line)) && !head.is_empty() {
        // Lines divided by rules are a list of what is inside.
        let items: Vec<&str> = name.into_iter().filter(|line| !label::is_separator(line)).collect();
        format!("{key}\n\n{}", items.join(", "))
    } else {
        name.join("\n")
    };
    element.alias = Some(key).filter(|key| !key.is_empty() && !head.is_empty());
    Some(Statement::Element(element))
}

/// `class A {` and the like in a mixed diagram.
fn members(first: &str, body: String) -> Option<Statement> {
    let head = first.trim_end_matches('{').trim();
    let rest = head.split_once(char::is_whitespace).map_or("", |(_, rest)| rest).trim();
    let element = element::element(&format!("card {rest}"))?;
    Some(Statement::Element(Element { keyword: "class".to_owned(), body, ..element }))
}

/// `json J { ... }`, `map "M" as m { ... }`, `json J [1, 2]`: data beside the drawing, a note of that name.
fn data(first: &str, body: String) -> Option<Statement> {
    let rest = first.split_once(char::is_whitespace).map_or("", |(_, rest)| rest).trim();
    let (rest, inline) = match rest.find(['{', '[']).filter(|at| !rest[*at..].starts_with("[[")) {
        Some(at) => (&rest[..at], rest[at..].trim()),
        None => (rest, ""),
    };
    let element = element::element(&format!("card {rest}"))?;
    let opening = if ["{", "["].contains(&inline) { "" } else { inline };
    let lines: Vec<&str> = std::iter::once(element.name.as_str())
        .chain(Some(opening).filter(|line| !line.is_empty()))
        .chain(body.lines())
        .collect();
    let text = lines.join("\n");
    let alias = element.alias.unwrap_or_else(|| element.name.clone());
    Some(Statement::Note(Note { target: NoteTarget::Floating(alias), text }))
}

fn note(first: &str, body: String) -> Option<Statement> {
    let head = note::head(first)?;
    Some(Statement::Note(Note { target: head.target, text: head.text.unwrap_or(body) }))
}
