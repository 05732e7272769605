//! Links: two ends with an arrow between them.
//!
//! PlantUML language reference 1.2025, "Component Diagram" and "Deployment Diagram", "Linking or arrows":
//! link := end card? arrow card? end (stereotype | tag | color)* (`:` label)?; arrow := head* body (middle body)*
//! head*; body := (`-` | `.` | `=` | `~`)+ with `[style]` and a direction inside it.

use super::element::{quoted, stereotype};
use super::syntax::{Arrow, End, Link};

/// The link that a line holds; `None` when it holds none.
pub(super) fn link(line: &str) -> Option<Link> {
    let (left, rest) = left_end(line)?;
    let mut left = left;
    let mut rest = rest.trim_start();
    while let Some((word, after)) = stereotype(rest) {
        left.stereotypes.push(word);
        rest = after.trim_start();
    }
    let (left_words, rest) = cardinality(rest);
    let (arrow, length) = arrow(rest)?;
    let rest = rest[length..].trim_start();
    let (right_words, rest) = cardinality(rest);
    let (right, rest) = right_end(rest)?;
    let mut link = Link {
        left,
        right,
        arrow,
        cardinality: [left_words, right_words],
        label: None,
        stereotypes: Vec::new(),
        tags: Vec::new(),
    };
    tail(rest, &mut link)?;
    Some(link)
}

/// What follows the right end.
fn tail(rest: &str, link: &mut Link) -> Option<()> {
    let mut rest = rest.trim_start();
    loop {
        if rest.is_empty() {
            return Some(());
        }
        if let Some(label) = rest.strip_prefix(':') {
            let label = label.trim();
            // `: <<extend>>` is a stereotype of the line.
            match stereotype(label) {
                Some((word, "")) => link.stereotypes.push(word),
                _ => link.label = Some(unquoted(label).to_owned()).filter(|label| !label.is_empty()),
            }
            return Some(());
        }
        if let Some((word, after)) = stereotype(rest) {
            link.stereotypes.push(word);
            rest = after.trim_start();
            continue;
        }
        if let Some(tag) = rest.strip_prefix('$') {
            let end = tag.find(|c: char| c.is_whitespace() || c == ':').unwrap_or(tag.len());
            link.tags.push(tag[..end].to_owned());
            rest = tag[end..].trim_start();
            continue;
        }
        if let Some(inside) = rest.strip_prefix("[[") {
            rest = inside[inside.find("]]")? + 2..].trim_start();
            continue;
        }
        if rest.starts_with('#') {
            let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
            rest = rest[end..].trim_start();
            continue;
        }
        return None;
    }
}

fn unquoted(label: &str) -> &str {
    let inside = label.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    inside.filter(|inside| !inside.contains('"')).unwrap_or(label)
}

fn cardinality(rest: &str) -> (Option<String>, &str) {
    let Some((words, after)) = quoted(rest) else { return (None, rest) };
    // A quoted text that ends the line is the end of the link and no cardinality.
    let after_trimmed = after.trim_start();
    let is_end = after_trimmed.is_empty()
        || after_trimmed.starts_with([':', '#', '$'])
        || stereotype(after_trimmed).is_some();
    if is_end && arrow(after_trimmed).is_none() {
        return (None, rest);
    }
    (Some(words.to_owned()), after_trimmed)
}

/// `[a]`, `(a)`, `:a:`, `() a`, `"a"`: an end whose form shows where it stops.
fn formed(text: &str) -> Option<(End, &str)> {
    let end = |keyword: &'static str, name: &str, quoted: bool| End {
        keyword,
        name: name.trim().trim_matches('"').to_owned(),
        member: None,
        quoted,
        stereotypes: Vec::new(),
    };
    if let Some(rest) = text.strip_prefix("()") {
        let rest = rest.trim_start();
        if let Some((name, after)) = quoted(rest) {
            return Some((end("interface", name, true), after));
        }
        let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
        return (length > 0).then(|| (end("interface", &rest[..length], false), &rest[length..]));
    }
    for (open, close, keyword) in [('[', ']', "component"), ('(', ')', "usecase"), (':', ':', "actor")] {
        if let Some(inside) = text.strip_prefix(open) {
            let length = inside.find(close)?;
            let name = &inside[..length];
            if name.trim().is_empty() || open == '[' && inside.starts_with('[') || name == "*" {
                return None;
            }
            let mut after = &inside[length + 1..];
            // `:Actor:/` and `(Case)/` are business actors and cases.
            if let Some(rest) = after.strip_prefix('/') {
                after = rest;
            }
            return Some((end(keyword, name, true), after));
        }
    }
    quoted(text).map(|(name, after)| (end("", name, true), after))
}

/// `A` or `A::port`.
fn bare(name: &str) -> End {
    let (name, member) = match name.split_once("::") {
        Some((name, member)) => (name, Some(member.to_owned())),
        None => (name, None),
    };
    End { keyword: "", name: name.to_owned(), member, quoted: false, stereotypes: Vec::new() }
}

fn left_end(line: &str) -> Option<(End, &str)> {
    if let Some(found) = formed(line) {
        return Some(found);
    }
    let length = line.find(char::is_whitespace).unwrap_or(line.len());
    let (word, rest) = line.split_at(length);
    let after = rest.trim_start();
    let is_plain = |word: &str| word.chars().all(is_name) && word.chars().any(char::is_alphanumeric);
    let names = |word: &str| match word.split_once("::") {
        Some((name, member)) => is_plain(name) && is_plain(member),
        None => is_plain(word),
    };
    let followed = arrow(after).is_some()
        || stereotype(after).is_some()
        || quoted(after).is_some_and(|(_, rest)| arrow(rest.trim_start()).is_some());
    if followed && names(word) {
        return Some((bare(word), rest));
    }
    // `A-->B` without blanks.
    let mut tried = 0;
    for (at, character) in word.char_indices().skip(1) {
        if matches!(character, '-' | '.' | '=' | '~' | '<' | '*' | '#' | '}' | '^') && tried < 8 {
            tried += 1;
            if names(&word[..at]) && arrow(&line[at..]).is_some() {
                return Some((bare(&word[..at]), &line[at..]));
            }
        }
    }
    None
}

fn right_end(rest: &str) -> Option<(End, &str)> {
    if let Some(found) = formed(rest) {
        return Some(found);
    }
    let end = |text: &str| text.find(|c: char| !is_name(c)).unwrap_or(text.len());
    let mut length = end(rest);
    if let Some(member) = rest[length..].strip_prefix("::").filter(|member| end(member) > 0) {
        length += 2 + end(member);
    }
    let (word, after) = rest.split_at(length);
    word.chars().any(char::is_alphanumeric).then(|| (bare(word), after))
}

/// Characters of a bare name.
fn is_name(character: char) -> bool {
    character.is_alphanumeric()
        || matches!(character, '_' | '.' | '@' | '-' | '/' | '\\' | '&' | '+' | '!' | '?')
        || (!character.is_ascii() && !character.is_whitespace())
}

const BODY: [u8; 4] = [b'-', b'.', b'=', b'~'];
const DIRECTIONS: [&str; 11] = ["left", "right", "down", "up", "le", "ri", "do", "l", "r", "d", "u"];

/// The arrow at the start of a text, and its length.
pub(super) fn arrow(text: &str) -> Option<(Arrow, usize)> {
    let bytes = text.as_bytes();
    let mut arrow = Arrow::default();
    let mut at = heads_before(bytes, &mut arrow)?;
    let body = at;
    let mut style = String::new();
    let mut socket = None;
    loop {
        match bytes.get(at) {
            Some(byte) if BODY.contains(byte) => {
                arrow.dashed |= matches!(byte, b'.' | b'~');
                at += 1;
            }
            Some(b'[') if at > body => {
                let end = text[at..].find(']')?;
                style.push_str(&text[at + 1..at + end]);
                style.push(',');
                at += end + 1;
            }
            Some(b'(' | b')' | b'0') if at > body => match middle(&bytes[at..]) {
                Some((length, from_right)) => {
                    socket = socket.or(from_right);
                    at += length;
                }
                None => break,
            },
            Some(byte) if at > body && byte.is_ascii_alphabetic() => match direction(&text[at..]) {
                Some(word) => {
                    arrow.spatial = true;
                    at += word.len();
                }
                None => break,
            },
            _ => break,
        }
    }
    if at == body {
        return None;
    }
    let length = heads_after(text, at, &mut arrow)?;
    arrow.crow = text[..body].contains('}') || text[at..length].contains('{');
    match socket {
        Some(true) => arrow.left = true,
        Some(false) => arrow.right = true,
        None => {}
    }
    let words = style.to_ascii_lowercase();
    let has = |word: &str| words.split([',', ';']).any(|other| other.trim() == word);
    arrow.hidden = has("hidden");
    arrow.dashed |= has("dashed") || has("dotted");
    let dashes = text[body..at].bytes().filter(|byte| BODY.contains(byte)).count();
    arrow.spatial |= dashes > 2 || text[body..at].contains(['.', '=', '~']) && style.is_empty();
    arrow.spatial |= !(arrow.left || arrow.right) || arrow.left_mark || arrow.right_mark || arrow.hidden;
    Some((arrow, length))
}

/// Heads at the left end: bytes of them.
fn heads_before(bytes: &[u8], arrow: &mut Arrow) -> Option<usize> {
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            _ if BODY.contains(byte) => break,
            b'<' => arrow.left = true,
            // `A )-- B`: the socket is at A, and B needs it.
            b')' => arrow.left = true,
            b'^' => arrow.left = true,
            b'*' | b'o' | b'+' | b'#' | b'@' | b'0' | b'x' | b'}' | b'{' | b'(' | b'|' | b'/' | b'\\' => {
                arrow.left_mark = true;
            }
            // `<|:--` is the triangle of a definition.
            b':' if at > 0 && bytes[at - 1] == b'|' => {}
            b'_' if at > 0 => {}
            _ => return None,
        }
        at += 1;
        if at > 4 {
            return None;
        }
    }
    Some(at)
}

/// A circle in the middle: its length, and whether the right end is the one that needs it.
fn middle(bytes: &[u8]) -> Option<(usize, Option<bool>)> {
    for (form, needs) in [
        ("(0)", None),
        ("(0", Some(false)),
        ("0)", Some(true)),
        ("0", None),
        ("(", Some(false)),
        (")", Some(true)),
    ] {
        if bytes.starts_with(form.as_bytes()) {
            let next = bytes.get(form.len())?;
            return BODY.contains(next).then_some((form.len(), needs));
        }
    }
    None
}

fn direction(text: &str) -> Option<&'static str> {
    DIRECTIONS.into_iter().find(|word| {
        text.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word))
            && text[word.len()..]
                .bytes()
                .next()
                .is_some_and(|next| BODY.contains(&next) || b"[(>0)|".contains(&next))
    })
}

/// Heads at the right end: the length of the whole arrow.
fn heads_after(text: &str, start: usize, arrow: &mut Arrow) -> Option<usize> {
    let bytes = text.as_bytes();
    let stops = |at: usize| bytes.get(at).is_none_or(|byte| byte.is_ascii_whitespace());
    let mut at = start;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'>' | b'^' => arrow.right = true,
            b'|' | b'\\' | b'/' => arrow.right |= *byte != b'|',
            b':' if bytes[at + 1..].starts_with(b"|>") => {}
            b'_' if bytes.get(at + 1) == Some(&b'>') => {}
            b'(' => {
                // `--(` and `--(0` end the arrow; `-->(case)` does not.
                let ball = bytes.get(at + 1) == Some(&b'0') && stops(at + 2);
                if at > start && bytes[at - 1] == b'>' || !(stops(at + 1) || ball) {
                    break;
                }
                arrow.right = true;
            }
            b'o' | b'x' | b'0'
                if !(stops(at + 1) || bytes.get(at + 1).is_some_and(|next| b"|{)".contains(next))) =>
            {
                break;
            }
            b'*' | b'o' | b'+' | b'#' | b'@' | b'0' | b'x' | b'{' | b'}' | b')' => arrow.right_mark = true,
            _ => break,
        }
        at += 1;
        if at > start + 4 {
            return None;
        }
    }
    Some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `left>right` with the heads between, `h` when hidden, `.` when dashed, and the label.
    fn told(line: &str) -> String {
        let Some(link) = link(line) else { return "none".to_owned() };
        let arrow = link.arrow;
        let mark = |on: bool, mark: &'static str| if on { mark } else { "" };
        format!(
            "{} {}{}{}{} {}{}",
            link.left.name,
            mark(arrow.left, "<"),
            mark(arrow.dashed, "."),
            mark(arrow.hidden, "h"),
            mark(arrow.right, ">"),
            link.right.name,
            link.label.map(|label| format!(": {label}")).unwrap_or_default()
        )
    }

    #[test]
    fn arrows_of_every_form_are_read() {
        for (line, expected) in [
            ("A --> B", "A > B"),
            ("A->B:x", "A > B: x"),
            ("A ..> B", "A .> B"),
            ("A -- B", "A  B"),
            ("B <-- A", "B < A"),
            ("A <--> B", "A <> B"),
            ("A -up-> B", "A > B"),
            ("A -r-> B: \"x\"", "A > B: x"),
            ("A -[#red,dashed,thickness=2]-> B", "A .> B"),
            ("A -[hidden]d- B", "A h B"),
            ("a.b .[#707070,thickness=2].> c.d : \"x\"", "a.b .> c.d: x"),
            ("mhub .[FEATURE_CON]-> license", "mhub .> license"),
            ("[A b] --> (C d) : e", "[A b] > (C d): e"),
            ("A --( B", "A > B"),
            ("A ---(0 B", "A > B"),
            ("A -(0- B", "A > B"),
            ("A -r(0- B : **[01]**", "A > B: **[01]**"),
            ("A --0)- B", "A < B"),
            ("A --down( B", "A > B"),
            ("A *-- B", "A  B"),
            ("A o--> B", "A > B"),
            ("A \"1\" --> \"0..*\" B : c", "A > B: c"),
            ("A }o--|| B", "A  B"),
            ("svc #- ingress : IRS API (Port 8080)", "svc  ingress: IRS API (Port 8080)"),
            ("A @-->> B", "A > B"),
            ("A --\\\\ B", "A > B"),
            ("A <-[dotted]-> B", "A <.> B"),
            ("A <.r.> B  : x", "A <.> B: x"),
            ("API --( [Driver]", "API > [Driver]"),
            ("() Maven - app", "Maven  app"),
            (":User: --> (Case)", ":User: > (Case)"),
            ("A <|-- B", "A < B"),
            ("A - [B]", "A  [B]"),
            ("JobStore -  [In]", "JobStore  [In]"),
            ("A -[#000]l-> B", "A > B"),
            ("C -[hidden]U--- O", "C h O"),
            ("A --> \"B c\"", "A > B c"),
            ("A --> B #red : x", "A > B: x"),
            ("A --> B $t <<s>>", "A > B"),
            ("component A", "none"),
            ("title a - b", "none"),
            ("A B --> C", "none"),
        ] {
            let shown = told(line);
            let expected =
                expected.replace("[A b]", "A b").replace("(C d)", "C d").replace("[Driver]", "Driver");
            let expected = expected
                .replace("[B]", "B")
                .replace("[In]", "In")
                .replace(":User:", "User")
                .replace("(Case)", "Case");
            assert_eq!(shown, expected, "{line}");
        }
    }
}
