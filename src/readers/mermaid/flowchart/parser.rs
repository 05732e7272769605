//! Statements of a flowchart.
//!
//! Mermaid 11 "Flowcharts", and the grammar of its parser. Text goes in, statements with their byte ranges come out; one that is
//! not understood ends with its line, and reading goes on below it.

use super::{link, node};
use crate::readers::mermaid::cursor::{Cursor, near};
use crate::readers::mermaid::head::directive;
use crate::readers::mermaid::syntax::{Chain, Fault, Link, Statement, Subgraph};

/// A statement with its place.
#[derive(Debug)]
pub(in crate::readers::mermaid) struct Parsed<'t> {
    /// What it says.
    pub(in crate::readers::mermaid) statement: Result<Statement<'t>, Fault>,
    /// First byte.
    pub(in crate::readers::mermaid) start: usize,
    /// One past the last byte.
    pub(in crate::readers::mermaid) end: usize,
}

/// Most lines of one chain, so that one that does not end is not read again and again.
const MOST_LINES: usize = 50;

/// Reads the statements that follow the head.
pub(in crate::readers::mermaid) fn parse(text: &str, from: usize) -> Vec<Parsed<'_>> {
    let mut cursor = Cursor::new(text, from);
    let mut parsed = Vec::new();
    loop {
        cursor.gap();
        let start = cursor.at();
        if cursor.rest().is_empty() {
            return parsed;
        }
        let mut statement = statement(&mut cursor);
        let mut end = cursor.at();
        if statement.is_ok() && !cursor.ends() {
            statement = Err(Fault::Unexpected(cursor.at()));
        }
        if statement.is_err() {
            cursor.go(start);
            cursor.line();
            end = start + cursor.since(start).trim_end().len();
        }
        parsed.push(Parsed { statement, start, end });
    }
}

fn statement<'t>(cursor: &mut Cursor<'t>) -> Result<Statement<'t>, Fault> {
    let start = cursor.at();
    if let Some(length) = directive(cursor.rest()) {
        cursor.skip(length);
        return Ok(Statement::Visual);
    }
    if cursor.eat_word("subgraph") {
        return Ok(Statement::Subgraph(subgraph(cursor)));
    }
    if cursor.eat_word("end") {
        if cursor.ends() {
            return Ok(Statement::End);
        }
        cursor.go(start);
    }
    // A word of the language is one only when blanks and no link follow it.
    let word = cursor.rest().split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    cursor.skip(word.len());
    let blank = cursor.blanks();
    let mut ahead = *cursor;
    let is_word =
        blank && !ahead.rest().starts_with('&') && link::link(&mut ahead).is_ok_and(|link| link.is_none());
    match word {
        "direction" if is_word => {
            cursor.words();
            return Ok(Statement::Direction);
        }
        "classDef" | "style" | "linkStyle" if is_word => {
            cursor.words();
            return Ok(Statement::Visual);
        }
        "class" if is_word => {
            let words = cursor.words();
            let (ids, names) =
                words.rsplit_once(char::is_whitespace).ok_or(Fault::Unexpected(cursor.at()))?;
            return Ok(Statement::Class { ids: ids.trim(), names });
        }
        "click" if is_word => return Ok(click(cursor.words())),
        "accTitle" if cursor.eat(":") => return Ok(Statement::Title(cursor.line().trim())),
        "accDescr" if cursor.eat(":") => return Ok(Statement::Prose(cursor.line().trim())),
        "accDescr" if cursor.eat("{") => {
            let rest = cursor.rest();
            let end = near(rest).find('}').ok_or(Fault::Unclosed(start))?;
            cursor.skip(end + 1);
            return Ok(Statement::Prose(rest[..end].trim()));
        }
        _ => cursor.go(start),
    }
    chain(cursor).map(Statement::Chain)
}

fn chain<'t>(cursor: &mut Cursor<'t>) -> Result<Chain<'t>, Fault> {
    let mut chain = Chain::default();
    let mut lines = 0;
    loop {
        list(cursor, &mut chain, &mut lines)?;
        let before = cursor.at();
        cursor.blanks();
        match link::link(cursor)? {
            Some(link) => chain.links.push(link),
            None => match link_below(cursor, &mut lines) {
                Some(link) => chain.links.push(link),
                None => {
                    cursor.go(before);
                    return Ok(chain);
                }
            },
        }
        // The other end may stand below.
        below(cursor, &mut lines)?;
    }
}

/// A link that begins a line below: it takes the white space before it, ends of lines and empty lines too.
fn link_below<'t>(cursor: &mut Cursor<'t>, lines: &mut usize) -> Option<Link<'t>> {
    let mut ahead = *cursor;
    let rest = ahead.rest();
    if !rest.starts_with('\n') && !rest.starts_with("%%") || rest.starts_with("%%{") || *lines >= MOST_LINES {
        return None;
    }
    ahead.white();
    // Here a word before `@` is no link's id.
    if !ahead.peek().is_some_and(link::starts) {
        return None;
    }
    let link = link::link(&mut ahead).ok()??;
    *lines += 1;
    *cursor = ahead;
    link.id.is_none().then_some(link)
}

/// `a & b`.
fn list<'t>(cursor: &mut Cursor<'t>, chain: &mut Chain<'t>, lines: &mut usize) -> Result<(), Fault> {
    loop {
        chain.vertices.push(node::vertex(cursor)?);
        let before = cursor.at();
        cursor.blanks();
        if !cursor.eat("&") {
            cursor.go(before);
            chain.lists.push(chain.vertices.len());
            return Ok(());
        }
        below(cursor, lines)?;
    }
}

/// Goes on, on the lines below when nothing more stands on this one.
fn below(cursor: &mut Cursor<'_>, lines: &mut usize) -> Result<(), Fault> {
    if cursor.ends() {
        *lines += 1;
        if *lines > MOST_LINES {
            return Err(Fault::Unexpected(cursor.at()));
        }
        cursor.gap();
    }
    Ok(())
}

/// What follows the word `subgraph`.
fn subgraph<'t>(cursor: &mut Cursor<'t>) -> Subgraph<'t> {
    cursor.blanks();
    let mut subgraph = Subgraph::default();
    // `id[title]`, also with blanks between them.
    let start = cursor.at();
    if let Some(id) = node::id(cursor) {
        cursor.blanks();
        let mut vertex = crate::readers::mermaid::syntax::Vertex::default();
        if node::shape(cursor, &mut vertex).is_ok() && vertex.text.is_some() {
            classes(cursor, &mut subgraph);
            if cursor.ends() {
                subgraph.id = Some(id);
                subgraph.title = vertex.text.unwrap_or_default();
                return subgraph;
            }
        }
        cursor.go(start);
    }
    if let Some(title) = cursor.quoted(|after| after.is_empty() || !after.starts_with('"')) {
        classes(cursor, &mut subgraph);
        if cursor.ends() {
            subgraph.id = Some(title).filter(|title| !title.contains(char::is_whitespace));
            subgraph.title = title;
            return subgraph;
        }
        cursor.go(start);
    }
    subgraph.classes.clear();
    let words = cursor.words();
    // Words before a title in brackets are a long id: `my group [Title]`.
    let (words, class) = match words.split_once(":::") {
        Some((words, class)) => (words.trim(), Some(class.trim())),
        None => (words, None),
    };
    subgraph.classes.extend(class);
    match words.split_once('[') {
        Some((id, title)) if title.ends_with(']') && !id.trim().is_empty() => {
            subgraph.id = Some(id.trim());
            subgraph.title = title[..title.len() - 1].trim().trim_matches('"');
        }
        _ => {
            let words = words.trim_matches('"');
            subgraph.id =
                Some(words).filter(|words| !words.is_empty() && !words.contains(char::is_whitespace));
            subgraph.title = words;
        }
    }
    subgraph
}

fn classes<'t>(cursor: &mut Cursor<'t>, subgraph: &mut Subgraph<'t>) {
    while cursor.eat(":::") {
        subgraph.classes.extend(node::id(cursor));
    }
}

/// `click id "address" "tip"`, `click id href "address"`, `click id call f()`.
fn click(words: &str) -> Statement<'_> {
    let (id, rest) = words.split_once(char::is_whitespace).unwrap_or((words, ""));
    let rest = rest.trim();
    let rest = rest.strip_prefix("href").map_or(rest, str::trim_start);
    let address = rest.strip_prefix('"').and_then(|rest| rest.split('"').next());
    Statement::Click { id, address: address.filter(|address| !address.is_empty()) }
}
