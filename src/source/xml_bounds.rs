//! What the XML parser must not be given: it takes time or memory beyond what the text's length allows.
//!
//! One pass over the bytes, without building anything: depth, attributes of an element, namespaces, and what declared
//! entities come to. Text that is not well-formed is left to the parser, which names the fault.

use std::ops::Range;

/// Levels of elements.
const DEPTH: usize = 200;
/// Attributes of one element; the parser compares each with each.
const ATTRIBUTES: usize = 1_000;
/// Declarations of namespaces; each element that declares one copies those around it.
const NAMESPACES: usize = 2_000;
/// Entities that a document declares.
const ENTITIES: usize = 100;
/// Bytes that references to declared entities come to.
const EXPANSION: usize = 1024 * 1024;

/// Nothing, or what is too much and where.
pub(super) fn check(text: &str) -> Result<(), (String, Range<usize>)> {
    let bytes = text.as_bytes();
    let (mut at, mut depth, mut namespaces) = (0, 0usize, 0usize);
    while let Some(open) = find(bytes, at, b'<') {
        let rest = &bytes[open..];
        if rest.starts_with(b"<!--") {
            at = after(text, open + 4, "-->");
        } else if rest.starts_with(b"<![CDATA[") {
            at = after(text, open + 9, "]]>");
        } else if rest.starts_with(b"<?") {
            at = after(text, open + 2, "?>");
        } else if rest.starts_with(b"<!") {
            let end = declaration(bytes, open);
            entities(text, open..end)?;
            at = end;
        } else if rest.starts_with(b"</") {
            depth = depth.saturating_sub(1);
            at = find(bytes, open, b'>').map_or(bytes.len(), |end| end + 1);
        } else {
            let (end, attributes) = tag(bytes, open + 1);
            let range = open..(open + 1).min(bytes.len());
            if attributes > ATTRIBUTES {
                return Err((format!("an element has more than {ATTRIBUTES} attributes"), range));
            }
            namespaces += text.get(open..end).map_or(0, |tag| tag.matches("xmlns").count());
            if namespaces > NAMESPACES {
                return Err((format!("more than {NAMESPACES} namespaces are declared"), range));
            }
            if bytes.get(end.wrapping_sub(2)) != Some(&b'/') {
                depth += 1;
            }
            if depth > DEPTH {
                return Err((format!("elements are nested more than {DEPTH} deep"), range));
            }
            at = end;
        }
    }
    Ok(())
}

fn find(bytes: &[u8], from: usize, wanted: u8) -> Option<usize> {
    bytes.get(from..)?.iter().position(|byte| *byte == wanted).map(|at| from + at)
}

fn after(text: &str, from: usize, end: &str) -> usize {
    text.get(from..).and_then(|rest| rest.find(end)).map_or(text.len(), |at| from + at + end.len())
}

/// One past the end of a tag, and the number of its attributes.
fn tag(bytes: &[u8], from: usize) -> (usize, usize) {
    let (mut quote, mut attributes) = (None, 0);
    for (at, byte) in bytes.iter().enumerate().skip(from) {
        match (quote, byte) {
            (Some(open), byte) if *byte == open => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') => quote = Some(*byte),
            (None, b'=') => attributes += 1,
            (None, b'>') => return (at + 1, attributes),
            (None, _) => {}
        }
    }
    (bytes.len(), attributes)
}

/// One past the end of a declaration, whose inner part stands in brackets.
fn declaration(bytes: &[u8], from: usize) -> usize {
    let (mut quote, mut inside) = (None, false);
    for (at, byte) in bytes.iter().enumerate().skip(from) {
        match (quote, byte) {
            (Some(open), byte) if *byte == open => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') => quote = Some(*byte),
            (None, b'[') => inside = true,
            (None, b']') => inside = false,
            (None, b'>') if !inside => return at + 1,
            (None, _) => {}
        }
    }
    bytes.len()
}

/// Checks the entities that a document type declares against the references in the whole text.
fn entities(text: &str, declared: Range<usize>) -> Result<(), (String, Range<usize>)> {
    let Some(inside) = text.get(declared.clone()) else { return Ok(()) };
    let mut longest = 0;
    for (nth, (at, word)) in inside.match_indices("<!ENTITY").enumerate() {
        let place = declared.start + at..declared.start + at + word.len();
        if nth >= ENTITIES {
            return Err((format!("more than {ENTITIES} entities are declared"), place));
        }
        let rest = &inside[at + word.len()..];
        let head = rest.split(['"', '\'']).next().unwrap_or_default();
        if head.contains("SYSTEM") || head.contains("PUBLIC") {
            return Err((
                "an entity is declared that stands outside of this text, and none is read".into(),
                place,
            ));
        }
        let value =
            rest[head.len()..].chars().next().and_then(|quote| rest[head.len() + 1..].split(quote).next());
        let value = value.unwrap_or_default();
        if head.contains('%') || value.contains('%') || value.replace("&#", "").contains('&') {
            return Err(("an entity is declared that refers to another one".into(), place));
        }
        longest = longest.max(value.len());
    }
    let references = if longest == 0 { 0 } else { text.matches('&').count() };
    if references.saturating_mul(longest) > EXPANSION {
        let message = format!("declared entities may come to more than {} KiB of text", EXPANSION / 1024);
        return Err((message, declared.start..declared.start + 2));
    }
    Ok(())
}
