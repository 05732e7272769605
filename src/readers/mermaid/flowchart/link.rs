//! Links: `-->`, `-- words -->`, `-->|words|`, `e1@==>`.
//!
//! The tokens of Mermaid 11's lexer: LINK and START_LINK for plain, thick, dotted and invisible lines.

use crate::model::Heads;
use crate::readers::mermaid::cursor::Cursor;
use crate::readers::mermaid::syntax::{Fault, Link};

/// Whether a link may start with this byte.
pub(super) fn starts(byte: u8) -> bool {
    matches!(byte, b'-' | b'=' | b'.' | b'~' | b'<' | b'x' | b'o')
}

/// The link that stands here; `None` when none does. Words that do not end are a fault.
pub(in crate::readers::mermaid) fn link<'t>(cursor: &mut Cursor<'t>) -> Result<Option<Link<'t>>, Fault> {
    let start = cursor.at();
    let id = edge_id(cursor);
    if !cursor.peek().is_some_and(starts) {
        cursor.go(start);
        return Ok(None);
    }
    let Some(mut line) = line(cursor.rest()) else {
        cursor.go(start);
        return Ok(None);
    };
    cursor.skip(line.length);
    let mut text = None;
    if line.open {
        let opened = cursor.at();
        let Some((words, end)) = words(cursor, line.style) else {
            cursor.go(start);
            let at = opened - line.length;
            return Err(if line.left { Fault::Leftwards(at) } else { Fault::Unclosed(at) });
        };
        text = Some(words);
        line.left |= end.left;
        line.right = end.right;
    }
    cursor.blanks();
    if cursor.peek() == Some(b'|') {
        let bar = cursor.at();
        cursor.skip(1);
        text = Some(barred(cursor).ok_or(Fault::Unclosed(bar))?);
    }
    let heads = match (line.left, line.right) {
        (true, true) => Heads::Both,
        (false, false) => Heads::None,
        (true, false) | (false, true) => Heads::One,
    };
    Ok(Some(Link {
        id,
        text: text.filter(|text| !text.trim().is_empty()),
        heads,
        backwards: line.left && !line.right,
        dotted: line.style == Style::Dotted,
        invisible: line.style == Style::Invisible,
    }))
}

/// `e1@` before a link.
fn edge_id<'t>(cursor: &mut Cursor<'t>) -> Option<&'t str> {
    let rest = cursor.rest();
    let end = rest.bytes().take(80).position(|byte| byte == b'@' || byte.is_ascii_whitespace())?;
    let after = rest[end..].strip_prefix('@')?;
    if end == 0 || !after.bytes().next().is_some_and(starts) || line(after).is_none() {
        return None;
    }
    cursor.skip(end + 1);
    Some(&rest[..end])
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    Plain,
    Thick,
    Dotted,
    Invisible,
}

/// The line at the start of a text.
#[derive(Clone, Copy, Debug)]
struct Line {
    style: Style,
    /// A head at the left end.
    left: bool,
    /// A head at the right end.
    right: bool,
    /// Words follow, and then the rest of the line.
    open: bool,
    length: usize,
}

fn line(rest: &str) -> Option<Line> {
    let bytes = rest.as_bytes();
    let left = matches!(bytes.first(), Some(b'<' | b'x' | b'o'));
    let body = &bytes[usize::from(left)..];
    let count = |from: usize, byte: u8| {
        body.get(from..).map_or(0, |rest| rest.iter().take_while(|b| **b == byte).count())
    };
    let head = |at: usize| matches!(body.get(at), Some(b'>' | b'x' | b'o'));
    let done = |style, right, open, length| {
        Some(Line { style, left, right, open, length: length + usize::from(left) })
    };
    if body.first() == Some(&b'~') {
        let length = count(0, b'~');
        return (length >= 3 && !left)
            .then_some(())
            .and_then(|()| done(Style::Invisible, false, false, length));
    }
    // `-.->`, `.->`, `-..-`
    let dash = usize::from(body.first() == Some(&b'-'));
    let dots = count(dash, b'.');
    if dots > 0 {
        return match body.get(dash + dots) {
            Some(b'-') => {
                let end = dash + dots + 1;
                let right = head(end);
                done(Style::Dotted, right, false, end + usize::from(right))
            }
            _ if dash == 1 => done(Style::Dotted, false, true, dash + dots),
            _ => None,
        };
    }
    for (mark, style) in [(b'-', Style::Plain), (b'=', Style::Thick)] {
        let length = count(0, mark);
        if length < 2 {
            continue;
        }
        return if head(length) {
            done(style, true, false, length + 1)
        } else if length > 2 {
            done(style, false, false, length)
        } else {
            done(style, false, true, length)
        };
    }
    None
}

/// The end of a link with words inside.
#[derive(Clone, Copy, Debug)]
struct End {
    /// A head of the left end: `-- words <-->` has both.
    left: bool,
    right: bool,
    length: usize,
}

/// The words inside a link, and the end of the link.
fn words<'t>(cursor: &mut Cursor<'t>, style: Style) -> Option<(&'t str, End)> {
    cursor.blanks();
    if cursor.peek() == Some(b'"') {
        let mut inside = *cursor;
        if let Some(text) = inside.quoted(|after| closing(after, style).is_some()) {
            let after = inside.rest();
            inside.skip(after.len() - after.trim_start().len());
            let end = closing(inside.rest(), style)?;
            inside.skip(end.length);
            *cursor = inside;
            return Some((text, end));
        }
    }
    let line = cursor.near_line();
    let mark = match style {
        Style::Plain => "--",
        Style::Thick => "==",
        Style::Dotted | Style::Invisible => ".-",
    };
    let mut from = 0;
    while let Some(found) = line[from..].find(mark) {
        let mut at = from + found;
        if style == Style::Dotted {
            at -= line[..at].bytes().rev().take_while(|byte| *byte == b'.').count();
        }
        if style == Style::Dotted && line[..at].ends_with('-') {
            at -= 1;
        }
        // A letter is a head only when it stands alone.
        let heads = [" x", " o"].iter().any(|head| line[..at].ends_with(head));
        if heads || line[..at].ends_with('<') {
            at -= 1;
        }
        if let Some(end) = closing(&line[at..], style) {
            cursor.skip(at + end.length);
            return Some((line[..at].trim().trim_matches('"'), end));
        }
        from = from + found + mark.len();
    }
    None
}

/// The end of a link with words inside that stands here.
fn closing(rest: &str, style: Style) -> Option<End> {
    let left = rest.starts_with(['<', 'x', 'o']);
    let bytes = &rest.as_bytes()[usize::from(left)..];
    let count = |from: usize, byte: u8| {
        bytes.get(from..).map_or(0, |rest| rest.iter().take_while(|b| **b == byte).count())
    };
    let (length, least) = match style {
        Style::Plain => (count(0, b'-'), 2),
        Style::Thick => (count(0, b'='), 2),
        Style::Dotted | Style::Invisible => {
            let dash = usize::from(bytes.first() == Some(&b'-'));
            let dots = count(dash, b'.');
            (if dots > 0 && bytes.get(dash + dots) == Some(&b'-') { dash + dots + 1 } else { 0 }, 2)
        }
    };
    if length < least {
        return None;
    }
    let right = matches!(bytes.get(length), Some(b'>' | b'x' | b'o'));
    let enough = right || length > 2 || style == Style::Dotted;
    enough.then_some(End { left, right, length: length + usize::from(right) + usize::from(left) })
}

/// The words between two bars; the first was passed.
fn barred<'t>(cursor: &mut Cursor<'t>) -> Option<&'t str> {
    let mut inside = *cursor;
    inside.blanks();
    if let Some(text) = inside.quoted(|after| after.starts_with('|')) {
        let after = inside.rest();
        inside.skip(after.len() - after.trim_start().len() + 1);
        *cursor = inside;
        return Some(text);
    }
    let end = cursor.on_line("|")?;
    let text = &cursor.rest()[..end];
    cursor.skip(end + 1);
    Some(text.trim().trim_matches('"'))
}
