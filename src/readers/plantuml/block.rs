//! Statements of several lines: where a block starts and ends.
//!
//! Lines go in, groups of lines come out, each with its kind. The same grouping is used on the text as written
//! (to count statements) and on the text that the preprocessor leaves (to read them).

use std::ops::Range;

use super::note;

/// Lines that make one statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Group {
    /// The lines.
    pub(super) range: Range<usize>,
    /// What they are.
    pub(super) kind: Kind,
}

/// What a group of lines is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// One line.
    Line,
    /// A brace on its own, `!endif`: no statement of its own.
    Close,
    /// `note ...` to `end note`.
    Note,
    /// `legend` to `end legend`.
    Legend,
    /// `title` to `end title`.
    Title,
    /// `header` to `end header`, `footer` to `end footer`, `caption` to `end caption`.
    Prose,
    /// `skinparam {}`, `<style>`, `sprite {}`.
    Visual,
    /// `!procedure`, `!function`, `!definelong` with its body.
    Definition,
    /// An element whose name stands on lines of its own: `node a [` to `]`.
    Named,
    /// `class`, `object` with its members.
    Members,
    /// `json`, `map` with its data.
    Data,
}

/// The word of a preprocessor directive: `if` of `!if`, `unquoted` of `!unquoted procedure`.
pub(super) fn directive(line: &str) -> Option<&str> {
    let rest = line.strip_prefix('!')?.trim_start();
    let end = rest.find(|c: char| !c.is_ascii_alphabetic() && c != '_').unwrap_or(rest.len());
    Some(&rest[..end])
}

/// Whether a `!procedure` or `!function` has its body on the lines below.
pub(super) fn opens_definition(line: &str) -> bool {
    let head = line.split('(').next().unwrap_or_default();
    let has = |word: &str| head.split(|c: char| !c.is_alphanumeric()).any(|other| other == word);
    let one_line = || line.split_whitespace().any(|word| word == "return" || word == "!return");
    has("procedure") || has("function") && !one_line()
}

/// Blocks without an end that are looked for before the same kind of block is given up.
const PATIENCE: usize = 8;

/// Cuts lines into statements, in one pass.
pub(super) fn group(lines: &[&str]) -> Vec<Group> {
    let mut groups = Vec::with_capacity(lines.len());
    let mut missing: Vec<Ends> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let (kind, end) = match opens(lines[at]) {
            Some((kind, ends)) if missing.iter().filter(|other| **other == ends).count() < PATIENCE => {
                match find_end(lines, at, ends) {
                    Some(end) => (kind, end + 1),
                    None => {
                        missing.push(ends);
                        (Kind::Line, at + 1)
                    }
                }
            }
            _ if is_close(lines[at]) => (Kind::Close, at + 1),
            _ => (Kind::Line, at + 1),
        };
        groups.push(Group { range: at..end, kind });
        at = end;
    }
    groups
}

/// What ends a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ends {
    /// `end note`, `endnote`: the word after `end`.
    Word(&'static str),
    /// A directive.
    Directive(&'static str, &'static str),
    /// As many `}` as `{`.
    Brace,
    /// A line that holds this text.
    Text(&'static str),
    /// A line that starts with `]`.
    Bracket,
    /// A line with a closing quote.
    Quote,
    /// A closing brace on its own.
    Closing,
    /// As many closing braces and brackets as opening ones.
    Data,
}

/// First words of blocks.
const OPENERS: [&str; 25] = [
    "note",
    "hnote",
    "rnote",
    "floating",
    "legend",
    "title",
    "caption",
    "header",
    "footer",
    "left",
    "right",
    "center",
    "skinparam",
    "skinparamlocked",
    "<style>",
    "sprite",
    "json",
    "yaml",
    "map",
    "class",
    "enum",
    "object",
    "annotation",
    "abstract",
    "struct",
];

fn opens(line: &str) -> Option<(Kind, Ends)> {
    if let Some(word) = directive(line) {
        return match word {
            "definelong" => Some((Kind::Definition, Ends::Directive("enddefinelong", "definelong"))),
            "procedure" | "function" | "unquoted" | "final" if opens_definition(line) => {
                let function = line.split('(').next().is_some_and(|head| head.contains("function"));
                let (end, other) =
                    if function { ("endfunction", "function") } else { ("endprocedure", "procedure") };
                Some((Kind::Definition, Ends::Directive(end, other)))
            }
            _ => None,
        };
    }
    // Few lines open a block; the others are not worth a copy.
    let opener = line
        .split_whitespace()
        .next()
        .is_some_and(|first| OPENERS.iter().any(|known| first.eq_ignore_ascii_case(known)));
    let lower = if opener { line.to_ascii_lowercase() } else { String::new() };
    let mut words = lower.split_whitespace();
    let first = words.next().or_else(|| line.split_whitespace().next())?;
    match first {
        "note" | "hnote" | "rnote" | "floating" => {
            let head = note::head(line).filter(|head| head.text.is_none())?;
            Some((Kind::Note, if head.braced { Ends::Closing } else { Ends::Word("note") }))
        }
        "legend" if words.all(|word| ["left", "right", "center", "top", "bottom"].contains(&word)) => {
            Some((Kind::Legend, Ends::Word("legend")))
        }
        "title" if words.next().is_none() => Some((Kind::Title, Ends::Word("title"))),
        "caption" if words.next().is_none() => Some((Kind::Prose, Ends::Word("caption"))),
        "header" if words.next().is_none() => Some((Kind::Prose, Ends::Word("header"))),
        "footer" if words.next().is_none() => Some((Kind::Prose, Ends::Word("footer"))),
        "left" | "right" | "center" => match (words.next(), words.next()) {
            (Some("header"), None) => Some((Kind::Prose, Ends::Word("header"))),
            (Some("footer"), None) => Some((Kind::Prose, Ends::Word("footer"))),
            _ => None,
        },
        "skinparam" | "skinparamlocked" if line.ends_with('{') => Some((Kind::Visual, Ends::Brace)),
        "<style>" if !lower.contains("</style>") => Some((Kind::Visual, Ends::Text("</style>"))),
        "sprite" if line.ends_with('{') => Some((Kind::Visual, Ends::Brace)),
        "sprite" if lower.contains("<svg") && !lower.contains("</svg>") => {
            Some((Kind::Visual, Ends::Text("</svg>")))
        }
        "json" | "yaml" | "map" if line.ends_with(['{', '[']) => Some((Kind::Data, Ends::Data)),
        "class" | "enum" | "object" | "annotation" | "abstract" | "struct" if line.ends_with('{') => {
            Some((Kind::Members, Ends::Brace))
        }
        _ if first == "[" || line.ends_with('[') && !line.ends_with("[[") && !line.contains(['"', ']']) => {
            Some((Kind::Named, Ends::Bracket))
        }
        _ if line.ends_with('[') && !line.ends_with("[[") && named_before_bracket(line) => {
            Some((Kind::Named, Ends::Bracket))
        }
        _ if opens_quote(line) => Some((Kind::Named, Ends::Quote)),
        _ => None,
    }
}

/// `node "a" as b [`: the brackets before the last one are closed.
fn named_before_bracket(line: &str) -> bool {
    let head = &line[..line.len() - 1];
    head.matches('[').count() == head.matches(']').count() && head.matches('"').count().is_multiple_of(2)
}

/// `component x as "` with the name on the lines below.
fn opens_quote(line: &str) -> bool {
    !line.matches('"').count().is_multiple_of(2)
        && line
            .rfind('"')
            .is_some_and(|at| line[..at].trim_end().ends_with(" as") && !line[at + 1..].contains(')'))
}

fn is_close(line: &str) -> bool {
    line == "}"
        || line == "{"
        || line == "]"
        || directive(line).is_some_and(|word| {
            matches!(
                word,
                "endif"
                    | "endwhile"
                    | "endfor"
                    | "endforeach"
                    | "end"
                    | "endsub"
                    | "endprocedure"
                    | "endfunction"
                    | "enddefinelong"
            )
        })
}

fn find_end(lines: &[&str], at: usize, ends: Ends) -> Option<usize> {
    let mut depth = 0_usize;
    let mut inner = 0_usize;
    for (offset, line) in lines[at..].iter().enumerate() {
        let found = match ends {
            Ends::Brace => {
                depth += line.matches('{').count();
                depth = depth.saturating_sub(line.matches('}').count());
                depth == 0
            }
            Ends::Text(text) => offset > 0 && line.to_ascii_lowercase().contains(text),
            Ends::Word(word) => offset > 0 && is_end_of(line, word),
            Ends::Bracket => offset > 0 && (line.starts_with(']') || ends_with_bracket(line)),
            Ends::Quote => offset > 0 && line.contains('"'),
            Ends::Closing => offset > 0 && *line == "}",
            Ends::Data => {
                depth += line.matches(['{', '[']).count();
                depth = depth.saturating_sub(line.matches(['}', ']']).count());
                depth == 0
            }
            Ends::Directive(end, open) => match directive(line) {
                Some("end") if line.contains(open) => true,
                Some(word) if word == end => {
                    inner = inner.saturating_sub(1);
                    inner == 0
                }
                Some(_) if opens(line).is_some_and(|(_, other)| other == ends) => {
                    inner += 1;
                    false
                }
                _ => false,
            },
        };
        if found {
            return Some(at + offset);
        }
    }
    None
}

/// `last line]` closes a name too.
fn ends_with_bracket(line: &str) -> bool {
    line.ends_with(']') && line.matches(']').count() > line.matches('[').count()
}

fn is_end_of(line: &str, word: &str) -> bool {
    let lower = line.to_ascii_lowercase();
    let Some(rest) = lower.strip_prefix("end").map(str::trim_start) else { return false };
    // `endhnote` and `endrnote` end notes of other forms.
    rest == word || word == "note" && matches!(rest, "hnote" | "rnote")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<(Kind, usize)> {
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        group(&lines).into_iter().map(|group| (group.kind, group.range.len())).collect()
    }

    #[test]
    fn blocks_are_one_statement() {
        assert_eq!(kinds("note left of a\ntext\nend note\nb"), [(Kind::Note, 3), (Kind::Line, 1)]);
        assert_eq!(kinds("note left of a : b"), [(Kind::Line, 1)]);
        assert_eq!(kinds("legend left\na\nendlegend"), [(Kind::Legend, 3)]);
        assert_eq!(kinds("skinparam a {\nb {\nc d\n}\n}\n}"), [(Kind::Visual, 5), (Kind::Close, 1)]);
        assert_eq!(kinds("node a [\nb\n]"), [(Kind::Named, 3)]);
        assert_eq!(kinds("!procedure a()\n!if x\nb\n!endif\n!endprocedure"), [(Kind::Definition, 5)]);
        assert_eq!(kinds("!function $a($b) return $b\nc"), [(Kind::Line, 1), (Kind::Line, 1)]);
    }

    #[test]
    fn a_block_without_end_is_a_line() {
        assert_eq!(kinds("note left of a\nb\nc"), [(Kind::Line, 1); 3]);
    }
}
