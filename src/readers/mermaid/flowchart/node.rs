//! Vertices: `id[words]:::class@{ shape: name }`.
//!
//! Mermaid 11 "Flowcharts", "Node shapes" and "Expanded node shapes"; the ids of its lexer, and every letter besides.

use crate::readers::mermaid::cursor::Cursor;
use crate::readers::mermaid::syntax::{Fault, Shape, Vertex};

/// Opening and closing marks of shapes; longer ones first.
const SHAPES: [(&str, &[&str], Shape); 14] = [
    ("(((", &[")))"], Shape::Terminal),
    ("((", &["))"], Shape::Plain),
    ("([", &["])"], Shape::Plain),
    ("(-", &["-)"], Shape::Plain),
    ("(", &[")"], Shape::Plain),
    ("[[", &["]]"], Shape::Plain),
    ("[(", &[")]"], Shape::Cylinder),
    ("[/", &["/]", "\\]"], Shape::Plain),
    ("[\\", &["\\]", "/]"], Shape::Plain),
    ("[", &["]"], Shape::Plain),
    ("{{", &["}}"], Shape::Plain),
    ("{", &["}"], Shape::Decision),
    (">", &["]"], Shape::Plain),
    ("<[", &["]>"], Shape::Plain),
];

/// Most bytes of words without quotes that go on below.
const LONGEST_WORDS: usize = 500;

/// Reads a vertex.
pub(in crate::readers::mermaid) fn vertex<'t>(cursor: &mut Cursor<'t>) -> Result<Vertex<'t>, Fault> {
    let start = cursor.at();
    let id = id(cursor).ok_or(Fault::Unexpected(start))?;
    let mut vertex = Vertex { id, start, ..Vertex::default() };
    shape(cursor, &mut vertex)?;
    loop {
        if cursor.eat(":::") {
            let start = cursor.at();
            vertex.classes.push(self::id(cursor).ok_or(Fault::Unexpected(start))?);
        } else if cursor.rest().starts_with("@{") {
            data(cursor, &mut vertex)?;
        } else {
            break;
        }
    }
    vertex.end = cursor.at();
    Ok(vertex)
}

/// The id that stands here.
pub(in crate::readers::mermaid) fn id<'t>(cursor: &mut Cursor<'t>) -> Option<&'t str> {
    let rest = cursor.rest();
    let bytes = rest.as_bytes();
    let mut end = rest.len();
    for (at, character) in rest.char_indices() {
        let next = bytes.get(at + 1).copied().unwrap_or(b' ');
        let inside = match character {
            '_' | '.' | '/' | '#' | '$' | '!' | '*' | '+' | '?' | '\'' | '`' | '\\' => true,
            '-' => !matches!(next, b'-' | b'>' | b'.') && at > 0,
            '=' => next != b'=' && at > 0,
            '&' | '%' => at > 0 && !next.is_ascii_whitespace() && next != b'%',
            _ => character.is_alphanumeric() || !character.is_ascii() && !character.is_whitespace(),
        };
        if !inside {
            end = at;
            break;
        }
    }
    cursor.skip(end);
    (end > 0).then(|| &rest[..end])
}

/// A shape with its words, when one opens here.
pub(in crate::readers::mermaid) fn shape<'t>(
    cursor: &mut Cursor<'t>,
    vertex: &mut Vertex<'t>,
) -> Result<(), Fault> {
    let start = cursor.at();
    let mut fault = None;
    for (open, closers, shape) in SHAPES {
        cursor.go(start);
        if !cursor.eat(open) {
            continue;
        }
        match words(cursor, closers) {
            Some(text) => {
                vertex.shape = Some(shape);
                vertex.text = Some(text);
                return Ok(());
            }
            // `[/path]` is a rectangle after all.
            None => fault = Some(Fault::Unclosed(start)),
        }
    }
    cursor.go(start);
    fault.map_or(Ok(()), Err)
}

/// The words up to one of the closing marks; passes the mark.
fn words<'t>(cursor: &mut Cursor<'t>, closers: &[&str]) -> Option<&'t str> {
    let mut inside = *cursor;
    while matches!(inside.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
        inside.skip(1);
    }
    if let Some(text) = inside.quoted(|after| closers.iter().any(|close| after.starts_with(close))) {
        let after = inside.rest();
        inside.skip(after.len() - after.trim_start().len());
        closers.iter().any(|close| inside.eat(close));
        *cursor = inside;
        return Some(text);
    }
    let ends = closers.iter().filter_map(|close| Some((unquoted_end(cursor, close)?, close.len())));
    let (end, close) = ends.min().or_else(|| end_below(cursor.rest(), closers))?;
    let text = &cursor.rest()[..end];
    cursor.skip(end + close);
    Some(text.trim().trim_matches('"'))
}

/// Where words end that go on below: at a closing mark before which no other mark stands.
fn end_below(rest: &str, closers: &[&str]) -> Option<(usize, usize)> {
    let end = rest.bytes().take(LONGEST_WORDS).position(|byte| b"[](){}|\"".contains(&byte))?;
    // The mark may start with a sign that is no bracket: `/]`.
    closers.iter().find_map(|close| {
        let start = end.checked_sub(close.find([']', ')', '}'])?)?;
        rest.get(start..)?.starts_with(close).then_some((start, close.len()))
    })
}

/// Where words without quotes end: at the closing mark, on this line, brackets inside them passed over.
fn unquoted_end(cursor: &Cursor<'_>, close: &str) -> Option<usize> {
    let first = cursor.on_line(close)?;
    let rest = cursor.near_line();
    let (open, shut) = match close.as_bytes().last() {
        Some(b']') => ('[', ']'),
        Some(b')') => ('(', ')'),
        _ => ('{', '}'),
    };
    if close.len() > 1 || !rest[..first].contains(open) {
        return Some(first);
    }
    let mut depth = 0_usize;
    for (at, character) in rest.char_indices() {
        match character {
            c if c == open => depth += 1,
            c if c == shut && depth == 0 => return Some(at),
            c if c == shut => depth -= 1,
            _ => {}
        }
    }
    Some(first)
}

/// `@{ shape: cyl, label: "words" }`.
fn data<'t>(cursor: &mut Cursor<'t>, vertex: &mut Vertex<'t>) -> Result<(), Fault> {
    let start = cursor.at();
    cursor.skip(2);
    loop {
        let rest = cursor.rest();
        cursor.skip(rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',').len());
        if cursor.eat("}") {
            return Ok(());
        }
        let rest = cursor.rest();
        let end =
            rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-').unwrap_or(rest.len());
        let key = &rest[..end];
        cursor.skip(end);
        cursor.blanks();
        if key.is_empty() || !cursor.eat(":") {
            return Err(Fault::Unclosed(start));
        }
        cursor.blanks();
        let value = value(cursor).ok_or(Fault::Unclosed(start))?;
        match key {
            "shape" => vertex.shape = Some(named(value)),
            "label" | "title" => vertex.text = Some(value),
            "icon" => vertex.icon = Some(value),
            "animate" | "animation" | "curve" => vertex.on_link = true,
            _ => {}
        }
    }
}

fn value<'t>(cursor: &mut Cursor<'t>) -> Option<&'t str> {
    if cursor.peek() == Some(b'"') {
        return cursor.quoted(|after| after.starts_with([',', '}']) || after.contains(':'));
    }
    let rest = cursor.rest();
    let end = rest.find([',', '}', '\n']).unwrap_or(rest.len());
    cursor.skip(end);
    Some(rest[..end].trim().trim_matches('\''))
}

/// What the name of a shape says.
fn named(name: &str) -> Shape {
    match name {
        "cyl" | "cylinder" | "database" | "db" | "lin-cyl" | "lined-cylinder" | "disk" => Shape::Cylinder,
        "diam" | "diamond" | "decision" | "question" => Shape::Decision,
        "dbl-circ" | "double-circle" | "sm-circ" | "small-circle" | "start" | "fr-circ" | "framed-circle"
        | "stop" => Shape::Terminal,
        "text" | "brace" | "brace-l" | "brace-r" | "braces" | "comment" => Shape::Text,
        "person" | "actor" => Shape::Person,
        "cloud" => Shape::Cloud,
        _ => Shape::Plain,
    }
}
