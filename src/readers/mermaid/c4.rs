//! C4 diagrams: one macro a line, and braces.
//!
//! Mermaid 11 "C4 Diagrams"; what the macros say is known to `readers/c4`.

use std::collections::BTreeMap;

use super::account::Account;
use super::cursor::{Cursor, near};
use super::head::directive;
use super::label;
use super::syntax::Fault;
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::model::{Direction, ViewKind};
use crate::readers::arguments::{self, Call};
use crate::readers::c4::{self, Macros};
use crate::readers::fate::Fate;
use crate::readers::sketch::{Builder, DEEPEST};

/// Macros of Mermaid for the looks alone.
const LOOKS: [&str; 3] = ["UpdateElementStyle", "UpdateRelStyle", "UpdateLayoutConfig"];

/// What the word at the head says that the diagram shows.
pub(super) fn view(word: &str) -> Option<ViewKind> {
    match word {
        "C4Context" => Some(ViewKind::Context),
        "C4Container" => Some(ViewKind::Container),
        "C4Component" => Some(ViewKind::Component),
        "C4Dynamic" => Some(ViewKind::Dynamic),
        "C4Deployment" => Some(ViewKind::Deployment),
        _ => None,
    }
}

/// Reads the statements that follow the head; gives the diagram and the technologies that tags stand for.
pub(super) fn read(
    text: &str,
    from: usize,
    dynamic: bool,
    account: &mut Account<'_>,
) -> (Builder, BTreeMap<String, String>) {
    let mut builder = Builder::default();
    let mut macros = Macros::new(&label::MARKUP, dynamic);
    let mut cursor = Cursor::new(text, from);
    loop {
        cursor.gap();
        let start = cursor.at();
        if cursor.rest().is_empty() {
            break;
        }
        if cursor.eat("}") {
            if !builder.is_open() {
                let span = account.span(start, start + 1);
                let message = "this brace closes nothing";
                account.diagnostics.push(Diagnostic::warning("mermaid/stray-end", message, span));
            }
            builder.leave();
            continue;
        }
        match statement(&mut cursor, &mut builder, &mut macros, account) {
            Ok(fate) => account.mark(start, cursor.at(), fate),
            Err(fault) => {
                cursor.go(start);
                let line = cursor.line();
                // What the line opens is closed below.
                if line.trim_end().ends_with('{') {
                    builder.enter_visual();
                }
                account.fault(start, start + line.trim_end().len(), fault, |word| {
                    let names = c4::names();
                    let known = names.iter().map(String::as_str).chain(LOOKS);
                    did_you_mean(word, known).filter(|known| *known != word).map(str::to_owned)
                });
            }
        }
    }
    if let Some(place) = builder.too_deep {
        let message =
            format!("groups are nested deeper than {DEEPEST}; the deeper ones are not kept as groups");
        account.diagnostics.push(Diagnostic::warning("mermaid/too-deep", message, place.span));
    }
    if builder.is_open() {
        let span = account.span(from, from);
        let message = "a boundary is opened and never closed";
        account
            .diagnostics
            .push(Diagnostic::warning("mermaid/unclosed-group", message, span).help("close it with }"));
    }
    (builder, macros.tags)
}

fn statement(
    cursor: &mut Cursor<'_>,
    builder: &mut Builder,
    macros: &mut Macros,
    account: &Account<'_>,
) -> Result<Fate, Fault> {
    let start = cursor.at();
    if let Some(length) = directive(cursor.rest()) {
        cursor.skip(length);
        return Ok(Fate::Visual);
    }
    let rest = cursor.rest();
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
    let word = &rest[..end];
    cursor.skip(end);
    cursor.blanks();
    match word {
        "title" => {
            let title = label::one_line(cursor.line());
            builder.title = Some(title).filter(|title| !title.is_empty());
            return Ok(Fate::Understood);
        }
        "accTitle" | "accDescr" | "accDescription" => {
            cursor.eat(":");
            let words = label::one_line(cursor.line());
            if word == "accTitle" {
                builder.title.get_or_insert(words);
            } else {
                builder.note(None, None, words, account.place(start, cursor.at()));
            }
            return Ok(Fate::Understood);
        }
        "direction" => {
            let down = !matches!(cursor.line().trim(), "LR" | "RL");
            builder.direction = Some(if down { Direction::Down } else { Direction::Right });
            return Ok(Fate::Understood);
        }
        _ => {}
    }
    let open = cursor.at();
    if word.is_empty() || !cursor.eat("(") {
        return Err(Fault::Unexpected(start));
    }
    let inside = inside(cursor).ok_or(Fault::Unclosed(open))?;
    let mut call = Call { name: word.to_owned(), arguments: arguments::arguments(inside), ..Call::default() };
    let end = cursor.at();
    // The brace may stand on the next line.
    let rest = cursor.rest();
    cursor.skip(rest.len() - rest.trim_start().len());
    call.opens = cursor.eat("{");
    if !call.opens {
        cursor.go(end);
    }
    let place = account.place(start, end);
    match macros.call(builder, &call, place) {
        Some(Fate::Unknown) => Err(Fault::Unexpected(end)),
        Some(fate) => Ok(fate),
        None => Err(Fault::Unexpected(start)),
    }
}

/// The text up to the parenthesis that closes the call; passes it.
fn inside<'t>(cursor: &mut Cursor<'t>) -> Option<&'t str> {
    let rest = cursor.rest();
    let line = cursor.near_line().len();
    let far = near(rest).len();
    let end = [line, far].into_iter().find_map(|limit| {
        // The opening parenthesis was passed: close it again.
        let mut depth = 1_usize;
        let mut quoted = false;
        for (at, byte) in rest.as_bytes()[..limit].iter().enumerate() {
            match byte {
                b'"' => quoted = !quoted,
                b'(' if !quoted => depth += 1,
                b')' if !quoted => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return Some(at);
            }
        }
        None
    });
    // A quote that is missing must not hide the end of the call.
    let end = end.or_else(|| rest[..line].rfind(')'))?;
    cursor.skip(end + 1);
    Some(&rest[..end])
}
