//! A PlantUML text cut into logical lines and statements, with their places.
//!
//! In goes one source, out come its diagrams: logical lines without comments, joined where they go on, each
//! with its byte range, and the statement that each line belongs to. What a line means is not known here.

use std::collections::BTreeMap;
use std::ops::Range;

use super::block;
use crate::source::{FileId, Span};

/// A logical line: trimmed, without comments, continuations joined.
#[derive(Debug)]
pub(super) struct Line {
    /// Its text.
    pub(super) text: String,
    /// First byte in the source.
    pub(super) start: usize,
    /// One past the last byte in the source.
    pub(super) end: usize,
}

/// A source in lines.
#[derive(Debug)]
pub(super) struct Script {
    /// The source.
    pub(super) file: FileId,
    /// Its project-relative path.
    pub(super) path: String,
    /// Its logical lines that are not empty.
    pub(super) lines: Vec<Line>,
    /// The diagrams, as ranges of lines; the first line of each is its `@start` line. An included file without
    /// `@start` is one range of all its lines.
    pub(super) sheets: Vec<Range<usize>>,
    /// The statement of each line; `None` for lines that only close something.
    pub(super) statements: Vec<Option<usize>>,
    /// The lines of each statement.
    pub(super) ranges: Vec<Range<usize>>,
    /// Where the next branch or the end of a directive's block stands.
    pub(super) jumps: BTreeMap<usize, Jump>,
    /// Diagrams that do not end.
    pub(super) unclosed: Vec<usize>,
}

/// Where a block directive goes on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Jump {
    /// The next `!elseif`, `!else` or the end.
    pub(super) next: usize,
    /// The line of `!endif`, `!endwhile`, `!endprocedure`, ...
    pub(super) end: usize,
}

impl Script {
    /// Cuts a source. Text outside `@start` and `@end` is not PlantUML, unless `whole` says so and there is no
    /// `@start`.
    pub(super) fn new(file: FileId, path: &str, text: &str, whole: bool) -> Self {
        let mut cut = Cut { lines: Vec::new(), sheets: Vec::new(), unclosed: Vec::new() };
        cut.sheets(text);
        if cut.sheets.is_empty() && whole {
            cut.whole(text);
        }
        let Cut { lines, sheets, unclosed } = cut;
        let mut script = Self {
            file,
            path: path.to_owned(),
            statements: vec![None; lines.len()],
            lines,
            sheets,
            ranges: Vec::new(),
            jumps: BTreeMap::new(),
            unclosed,
        };
        for sheet in script.sheets.clone() {
            script.group(sheet.clone());
            script.link(sheet);
        }
        script
    }

    /// The place of some lines.
    pub(super) fn span(&self, lines: &Range<usize>) -> Span {
        let start = self.lines.get(lines.start).map_or(0, |line| line.start);
        let end = self.lines.get(lines.end.saturating_sub(1)).map_or(start, |line| line.end);
        Span::new(self.file, start, end)
    }

    /// Gives every line its statement.
    fn group(&mut self, sheet: Range<usize>) {
        let texts: Vec<&str> = self.lines[sheet.clone()].iter().map(|line| line.text.as_str()).collect();
        for group in block::group(&texts) {
            if group.kind == block::Kind::Close {
                continue;
            }
            let range = sheet.start + group.range.start..sheet.start + group.range.end;
            for line in range.clone() {
                self.statements[line] = Some(self.ranges.len());
            }
            self.ranges.push(range);
        }
    }

    /// Finds where each block directive ends, in one pass.
    fn link(&mut self, sheet: Range<usize>) {
        let mut open: Vec<Vec<usize>> = Vec::new();
        for at in sheet {
            let Some(role) = role(&self.lines[at].text) else { continue };
            match role {
                Role::Open => open.push(vec![at]),
                Role::Branch => {
                    if let Some(chain) = open.last_mut() {
                        chain.push(at);
                    }
                }
                Role::End => {
                    let Some(chain) = open.pop() else { continue };
                    for (position, line) in chain.iter().enumerate() {
                        let next = chain.get(position + 1).copied().unwrap_or(at);
                        self.jumps.insert(*line, Jump { next, end: at });
                    }
                }
            }
        }
    }
}

enum Role {
    Open,
    Branch,
    End,
}

fn role(line: &str) -> Option<Role> {
    let word = block::directive(line)?;
    Some(match word {
        "if" | "ifdef" | "ifndef" | "while" | "foreach" => Role::Open,
        "definelong" => Role::Open,
        "procedure" | "function" | "unquoted" | "final" if block::opens_definition(line) => Role::Open,
        "else" | "elseif" => Role::Branch,
        "endif" | "endwhile" | "endfor" | "endforeach" | "enddefinelong" | "endprocedure" | "endfunction" => {
            Role::End
        }
        "end" => Role::End,
        _ => return None,
    })
}

struct Cut {
    lines: Vec<Line>,
    sheets: Vec<Range<usize>>,
    unclosed: Vec<usize>,
}

/// Longest call, in lines, that is joined to one.
const LONGEST_CALL: usize = 64;

impl Cut {
    fn sheets(&mut self, text: &str) {
        let mut from: Option<usize> = None;
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let trimmed = line.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
            let starts = trimmed.starts_with("@start");
            if let Some(start) = from
                && (starts || trimmed.starts_with("@end"))
            {
                self.sheet(text, start..at, !starts);
                from = None;
            }
            if starts {
                from = Some(at + line.len() - trimmed.len());
            }
            at += line.len();
        }
        if let Some(start) = from {
            self.sheet(text, start..text.len(), false);
        }
    }

    fn sheet(&mut self, text: &str, range: Range<usize>, closed: bool) {
        let first = self.lines.len();
        if !closed {
            self.unclosed.push(first);
        }
        self.read(text, range);
        self.sheets.push(first..self.lines.len());
    }

    fn whole(&mut self, text: &str) {
        self.read(text, 0..text.len());
        self.sheets.push(0..self.lines.len());
    }

    /// Reads the lines of a range of the text.
    fn read(&mut self, text: &str, range: Range<usize>) {
        let clean = without_comments(&text[range.clone()]);
        let mut physical = Vec::new();
        let mut at = range.start;
        for line in clean.split_inclusive('\n') {
            let blank = |c: char| c.is_whitespace() || c == '\u{feff}';
            let behind = line.trim_start_matches(blank);
            let trimmed = behind.trim_end_matches(blank);
            if !trimmed.is_empty() {
                let start = at + line.len() - behind.len();
                physical.push(Line { text: trimmed.to_owned(), start, end: start + trimmed.len() });
            }
            at += line.len();
        }
        let physical = join_json(join_continued(physical));
        self.lines.extend(join_calls(physical));
    }
}

/// The same text with comments replaced by blanks, byte by byte.
fn without_comments(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut in_comment = false;
    for line in text.split_inclusive('\n') {
        // Every comment starts and ends with an apostrophe.
        if !in_comment && !line.contains('\'') {
            clean.push_str(line);
            continue;
        }
        let mut rest = line;
        let mut at_start = true;
        while !rest.is_empty() {
            if in_comment {
                let end = rest.find("'/").map(|at| at + 2);
                let (comment, after) = rest.split_at(end.unwrap_or(rest.len()));
                blank(&mut clean, comment);
                rest = after;
                in_comment = end.is_none();
                continue;
            }
            let trimmed = rest.trim_start();
            if at_start && trimmed.starts_with('\'') {
                blank(&mut clean, rest);
                break;
            }
            if at_start && trimmed.starts_with("/'") {
                let (indent, comment) = rest.split_at(rest.len() - trimmed.len() + 2);
                blank(&mut clean, indent);
                rest = comment;
                in_comment = true;
                continue;
            }
            at_start = false;
            // A comment inside a line must end there, or else it is no comment.
            let Some(open) = comment_outside_quotes(rest) else {
                clean.push_str(rest);
                break;
            };
            let Some(length) = rest[open + 2..].find("'/") else {
                clean.push_str(rest);
                break;
            };
            clean.push_str(&rest[..open]);
            let (comment, after) = rest[open..].split_at(length + 4);
            blank(&mut clean, comment);
            rest = after;
        }
    }
    clean
}

fn comment_outside_quotes(line: &str) -> Option<usize> {
    let mut quoted = false;
    let bytes = line.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'/' if !quoted && bytes.get(at + 1) == Some(&b'\'') => return Some(at),
            _ => {}
        }
    }
    None
}

fn blank(clean: &mut String, text: &str) {
    clean.extend(text.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
}

/// Joins a line that ends with a single backslash with the next one.
fn join_continued(lines: Vec<Line>) -> Vec<Line> {
    let mut joined: Vec<Line> = Vec::with_capacity(lines.len());
    let mut goes_on = false;
    for line in lines {
        match joined.last_mut() {
            Some(last) if goes_on => {
                last.text.pop();
                last.text.push_str(&line.text);
                last.end = line.end;
            }
            _ => joined.push(line),
        }
        let text = joined.last().map_or("", |line| line.text.as_str());
        goes_on = text.bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1;
    }
    joined
}

/// Longest JSON value, in lines, that is joined to one.
const LONGEST_JSON: usize = 2000;

/// Joins the lines of `!$name = {` up to the bracket that closes the value.
fn join_json(lines: Vec<Line>) -> Vec<Line> {
    let mut joined: Vec<Line> = Vec::with_capacity(lines.len());
    let mut lines = lines.into_iter().peekable();
    while let Some(first) = lines.next() {
        let mut depth = json_value(&first.text).map_or(0, open_brackets);
        if depth == 0 {
            joined.push(first);
            continue;
        }
        let mut parts = vec![first];
        // No line of a JSON value is a directive.
        while depth > 0
            && parts.len() < LONGEST_JSON
            && let Some(next) = lines.next_if(|next| !next.text.starts_with('!'))
        {
            depth += open_brackets(&next.text);
            parts.push(next);
        }
        if depth == 0 { joined.push(one_line(&parts)) } else { joined.extend(parts) }
    }
    joined
}

/// The JSON value that an assignment begins.
fn json_value(line: &str) -> Option<&str> {
    let (name, value) = line.strip_prefix('!')?.split_once('=')?;
    let value = value.trim_start();
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '$' | '_' | ' ' | '?');
    (name.chars().all(plain) && value.starts_with(['{', '['])).then_some(value)
}

fn one_line(parts: &[Line]) -> Line {
    let text = parts.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join(" ");
    let (start, end) = (parts[0].start, parts.last().map_or(parts[0].end, |line| line.end));
    Line { text, start, end }
}

/// Joins the lines of a macro call whose arguments stand on several lines.
fn join_calls(lines: Vec<Line>) -> Vec<Line> {
    let mut joined: Vec<Line> = Vec::with_capacity(lines.len());
    let mut lines = lines.into_iter().peekable();
    while let Some(first) = lines.next() {
        let open = open_parentheses(&first.text);
        if open <= 0 || !begins_like_call(&first.text) {
            joined.push(first);
            continue;
        }
        let mut parts = vec![first];
        let mut depth = open;
        while depth > 0 && parts.len() < LONGEST_CALL {
            let Some(next) = lines.peek() else { break };
            let before = parts.last().map_or("", |line| line.text.as_str());
            let goes_on = before.ends_with([',', '(']) || next.text.starts_with(['$', ')', '"', ',']);
            if !goes_on {
                break;
            }
            depth += open_parentheses(&next.text);
            parts.extend(lines.next());
        }
        if depth == 0 {
            joined.push(one_line(&parts));
        } else {
            joined.extend(parts);
        }
    }
    joined
}

fn begins_like_call(line: &str) -> bool {
    let name = line.find('(').map_or("", |at| line[..at].trim_end());
    let word = name.strip_prefix('$').unwrap_or(name);
    !word.is_empty()
        && word.chars().all(|c| c.is_alphanumeric() || c == '_')
        && !["if", "elseif", "while", "switch", "case", "split"].contains(&word)
}

/// Opening minus closing parentheses outside double quotes.
fn open_parentheses(line: &str) -> i32 {
    depth(line, b"(", b")")
}

/// Opening minus closing braces and brackets outside double quotes.
fn open_brackets(line: &str) -> i32 {
    depth(line, b"{[", b"}]")
}

fn depth(line: &str, opening: &[u8], closing: &[u8]) -> i32 {
    let mut quoted = false;
    let mut depth = 0;
    for byte in line.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            _ if quoted => {}
            _ if opening.contains(&byte) => depth += 1,
            _ if closing.contains(&byte) => depth -= 1,
            _ => {}
        }
    }
    depth
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        Script::new(FileId(0), "a", text, true).lines.into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn comments_go_and_places_stay() {
        let text = "' é\nab /' x '/ cd\n/' y\nz '/ ef\n\"/'\" g";
        let script = Script::new(FileId(0), "a", text, true);
        let found: Vec<&str> = script.lines.iter().map(|line| &text[line.start..line.end]).collect();
        assert_eq!(found, ["ab /' x '/ cd", "ef", "\"/'\" g"]);
        assert_eq!(script.lines[0].text, "ab         cd");
    }

    #[test]
    fn continued_lines_and_calls_are_one() {
        assert_eq!(texts("a \\\n  b\nc"), ["a b", "c"]);
        assert_eq!(texts("Rel(a,\n  b,\n  \"c (d\"\n)\nx"), ["Rel(a, b, \"c (d\" )", "x"]);
        assert_eq!(texts("Rel(a, b\nx"), ["Rel(a, b", "x"]);
        assert_eq!(texts("!$a = {\n\"b\": [\n1, 2]\n}\nx"), ["!$a = { \"b\": [ 1, 2] }", "x"]);
        assert_eq!(texts("!$a = {\n!$b = 1\n}"), ["!$a = {", "!$b = 1", "}"]);
    }
}
