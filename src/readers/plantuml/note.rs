//! Notes: what a note stands beside, and the text on the same line.
//!
//! PlantUML language reference 1.2025, "Component Diagram" and "Deployment Diagram", "Using notes":
//! note := `floating`? `note` (`"text" as` name | `as` name | side (`of` element)? | side? `on link`) option* (`:` text | `{`)?;
//! option := stereotype | tag | color | link. A note without text on its line goes on below.

use super::element::{quoted, stereotype};
use super::syntax::NoteTarget;

/// The first line of a note.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Head {
    /// What it stands beside.
    pub(super) target: NoteTarget,
    /// The text on the same line; `None` when it goes on below.
    pub(super) text: Option<String>,
    /// The lines below end with a brace.
    pub(super) braced: bool,
}

/// The first line of a note; `None` when the line is none.
pub(super) fn head(line: &str) -> Option<Head> {
    let (first, rest) = word(line);
    let (first, rest) = if first.eq_ignore_ascii_case("floating") { word(rest) } else { (first, rest) };
    if !["note", "hnote", "rnote"].iter().any(|known| first.eq_ignore_ascii_case(known)) {
        return None;
    }
    if let Some((text, after)) = quoted(rest) {
        let (alias, _) = word(after.trim_start().strip_prefix("as ")?.trim_start());
        let target = NoteTarget::Floating(alias.to_owned());
        return Some(Head { target, text: Some(text.to_owned()), braced: false });
    }
    let (target, rest) = target(rest)?;
    let (text, braced) = tail(rest)?;
    Some(Head { target, text, braced })
}

fn target(rest: &str) -> Option<(NoteTarget, &str)> {
    let (first, after) = word(rest);
    match first.to_ascii_lowercase().as_str() {
        "as" => {
            let (name, after) = word(after);
            (!name.is_empty()).then(|| (NoteTarget::Floating(name.to_owned()), after))
        }
        "on" => on_link(after),
        // Sequence diagrams: over the lines of several.
        "over" => {
            let (name, after) = entity(after)?;
            Some((NoteTarget::Of(name), after))
        }
        "across" => Some((NoteTarget::Last, after)),
        "left" | "right" | "top" | "bottom" => {
            let (next, beyond) = word(after);
            match next.to_ascii_lowercase().as_str() {
                "of" => {
                    let (name, after) = entity(beyond)?;
                    Some((NoteTarget::Of(name), after))
                }
                "on" => on_link(beyond),
                _ => Some((NoteTarget::Last, after)),
            }
        }
        _ => None,
    }
}

fn on_link(rest: &str) -> Option<(NoteTarget, &str)> {
    let (next, after) = word(rest);
    next.eq_ignore_ascii_case("link").then_some((NoteTarget::OnLink, after))
}

/// The element that a note stands beside: formed by quotes, brackets, parentheses or colons, else bare words.
fn entity(rest: &str) -> Option<(String, &str)> {
    let rest = rest.strip_prefix("()").unwrap_or(rest).trim_start();
    if let Some((name, after)) = quoted(rest) {
        return Some((name.to_owned(), after));
    }
    for (open, close) in [('[', ']'), ('(', ')'), (':', ':')] {
        if let Some(inside) = rest.strip_prefix(open).filter(|inside| !inside.starts_with(open)) {
            let end = inside.find(close)?;
            let after = &inside[end + 1..];
            return Some((inside[..end].trim().to_owned(), after.strip_prefix('/').unwrap_or(after)));
        }
    }
    let end = rest
        .char_indices()
        .find(|(at, character)| match character {
            ':' => !rest[at + 1..].starts_with(':') && !rest[..*at].ends_with(':'),
            '{' => true,
            '#' | '$' | '<' | '[' => rest[..*at].ends_with(char::is_whitespace),
            _ => false,
        })
        .map_or(rest.len(), |(at, _)| at);
    let name = rest[..end].trim();
    (!name.is_empty()).then(|| (name.to_owned(), &rest[end..]))
}

/// What follows the target: the text behind a colon, or whether a brace opens.
fn tail(rest: &str) -> Option<(Option<String>, bool)> {
    let mut rest = rest.trim_start();
    loop {
        if rest.is_empty() || rest == "{" {
            return Some((None, rest == "{"));
        }
        if let Some(text) = rest.strip_prefix(':') {
            return Some((Some(text.trim().to_owned()), false));
        }
        rest = if let Some((_, after)) = stereotype(rest) {
            after
        } else if let Some(inside) = rest.strip_prefix("[[") {
            &inside[inside.find("]]")? + 2..]
        } else if rest.starts_with(['#', '$']) {
            // A colon or a brace may stand close to a color: `#red: text`, `#line:red {`.
            let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
            let option = &rest[..end];
            &rest[option.strip_suffix([':', '{']).unwrap_or(option).len()..]
        } else {
            return None;
        }
        .trim_start();
    }
}

/// The first word of a text, and what follows it.
fn word(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    let (word, after) = text.split_at(text.find(char::is_whitespace).unwrap_or(text.len()));
    // `note left: text` and `note as n: text`.
    match word.find(':') {
        Some(colon) if colon > 0 && !word.starts_with(['#', '$']) => (&text[..colon], &text[colon..]),
        _ => (word, after.trim_start()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_of_every_form_are_read() {
        let of = |name: &str| NoteTarget::Of(name.to_owned());
        let floating = |name: &str| NoteTarget::Floating(name.to_owned());
        for (line, target, text, braced) in [
            ("note left of A : b", of("A"), Some("b"), false),
            ("note left of A:b", of("A"), Some("b"), false),
            ("note left of A #line:red;text:blue : c", of("A"), Some("c"), false),
            ("note right of A #red{", of("A"), None, true),
            ("note right of [A b] #red: c", of("A b"), Some("c"), false),
            ("note top of (use it) : c", of("use it"), Some("c"), false),
            ("note bottom of \"A : b\" : c", of("A : b"), Some("c"), false),
            ("note left of :User: : c", of("User"), Some("c"), false),
            ("note right of () I : c", of("I"), Some("c"), false),
            ("note left of A::port : c", of("A::port"), Some("c"), false),
            ("note left of A [[http://x.y tip]] : c : d", of("A"), Some("c : d"), false),
            ("note left of A $tag #red;line:blue : c", of("A"), Some("c"), false),
            ("note left of A <<st>>", of("A"), None, false),
            ("note left of A{", of("A"), None, true),
            ("note left of A #red {", of("A"), None, true),
            ("note left", NoteTarget::Last, None, false),
            ("note left: c", NoteTarget::Last, Some("c"), false),
            ("note on link", NoteTarget::OnLink, None, false),
            ("note left on link #red : c", NoteTarget::OnLink, Some("c"), false),
            ("note as N", floating("N"), None, false),
            ("note as N #yellow", floating("N"), None, false),
            ("note as N : c", floating("N"), Some("c"), false),
            ("note \"b c\" as N #red", floating("N"), Some("b c"), false),
            ("floating note \"b\" as N", floating("N"), Some("b"), false),
            ("rnote right of A", of("A"), None, false),
            ("hnote over A #red", of("A"), None, false),
            ("note over A, B : c", of("A, B"), Some("c"), false),
        ] {
            let expected = Head { target, text: text.map(str::to_owned), braced };
            assert_eq!(head(line), Some(expected), "{line}");
        }
        for line in ["note", "note \"open", "notes left of A", "note left of"] {
            assert_eq!(head(line), None, "{line}");
        }
    }
}
