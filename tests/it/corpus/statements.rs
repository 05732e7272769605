//! Counts the statements of a PlantUML text without the reader.
//!
//! A statement is a line that is not empty, no comment, and not only the end of something. A block counts once: a
//! note, legend or title on several lines, `skinparam {}`, `<style>`, a sprite, a macro's definition, a name in
//! brackets on lines of its own. Lines that end with a backslash, calls with open parentheses, and JSON values with open
//! brackets go on below.

/// Statements of all diagrams of a text; without `@start`, of the whole text when `whole` says so.
pub(crate) fn count(text: &str, whole: bool) -> usize {
    let starts = |line: &str, word: &str| line.trim_start_matches(['\u{feff}', ' ', '\t']).starts_with(word);
    let mut counted = 0;
    let mut inside: Option<Vec<&str>> = None;
    let mut any = false;
    for line in text.lines() {
        if starts(line, "@end") || starts(line, "@start") {
            counted += inside.take().map_or(0, |lines| block_count(&lines));
        }
        if starts(line, "@start") {
            any = true;
            inside = Some(Vec::new());
        }
        if let Some(lines) = &mut inside {
            lines.push(line);
        }
    }
    counted += inside.take().map_or(0, |lines| block_count(&lines));
    if !any && whole {
        return block_count(&text.lines().collect::<Vec<_>>());
    }
    counted
}

fn block_count(lines: &[&str]) -> usize {
    let lines = joined(&clean(lines));
    let mut counted = 0;
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at].as_str();
        let end = end_of(line).and_then(|end| (at + 1..lines.len()).find(|next| end(&lines, at, *next)));
        if let Some(end) = end {
            counted += 1;
            at = end + 1;
            continue;
        }
        let closes = ["{", "}", "]"].contains(&line)
            || line.strip_prefix('!').is_some_and(|rest| rest.trim().starts_with("end"));
        counted += usize::from(!closes);
        at += 1;
    }
    counted
}

/// Lines without comments, trimmed, the empty ones gone.
fn clean(lines: &[&str]) -> Vec<String> {
    let mut cleaned = Vec::new();
    let mut comment = false;
    for line in lines {
        let mut line = line.trim().trim_start_matches('\u{feff}').to_owned();
        if comment {
            match line.split_once("'/") {
                Some((_, after)) => {
                    line = after.trim().to_owned();
                    comment = false;
                }
                None => continue,
            }
        }
        while let Some(after) = line.strip_prefix("/'") {
            match after.split_once("'/") {
                Some((_, after)) => line = after.trim().to_owned(),
                None => {
                    comment = true;
                    line.clear();
                }
            }
        }
        if !line.is_empty() && !line.starts_with('\'') {
            cleaned.push(line);
        }
    }
    cleaned
}

fn joined(lines: &[String]) -> Vec<String> {
    let mut joined: Vec<String> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let mut line = lines[at].clone();
        at += 1;
        while line.ends_with('\\') && !line.ends_with("\\\\") && at < lines.len() {
            line.pop();
            line += &lines[at];
            at += 1;
        }
        let is_json = line.starts_with('!')
            && line.split_once('=').is_some_and(|(_, value)| value.trim().starts_with(['{', '[']));
        if is_json && let Some(end) = (at..=lines.len()).find(|end| closed(&line, &lines[at..*end])) {
            lines[at..end].iter().for_each(|part| line += part);
            at = end;
        }
        let name = line.split('(').next().unwrap_or_default().trim();
        let call = line.contains('(')
            && name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '$')
            && !name.is_empty();
        let mut longer = line.clone();
        let mut next = at;
        while call
            && open(&longer) > 0
            && next < lines.len()
            && (longer.ends_with([',', '(']) || lines[next].starts_with(['$', ')', '"', ',']))
        {
            longer += " ";
            longer += &lines[next];
            next += 1;
        }
        if call && open(&longer) == 0 {
            line = longer;
            at = next;
        }
        joined.push(line);
    }
    joined
}

fn open(text: &str) -> i32 {
    let outside: String = text.split('"').step_by(2).collect();
    let count = |sign| i32::try_from(outside.matches(sign).count()).expect("a line is short");
    count('(') - count(')')
}

/// Whether as many brackets are closed as opened.
fn closed(first: &str, rest: &[String]) -> bool {
    let text = format!("{first}{}", rest.join(" "));
    let outside: String = text.split('"').step_by(2).collect();
    outside.matches(['{', '[']).count() == outside.matches(['}', ']']).count()
}

type End = Box<dyn Fn(&[String], usize, usize) -> bool>;

/// What ends the block that a line opens.
fn end_of(line: &str) -> Option<End> {
    let lower = line.to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    let word = |word: &'static str| -> Option<End> {
        Some(Box::new(move |lines, _, at| lines[at].to_lowercase().replace(' ', "") == format!("end{word}")))
    };
    let starts = |start: &'static str| -> Option<End> {
        Some(Box::new(move |lines, _, at| lines[at].starts_with(start)))
    };
    let braces = || -> Option<End> {
        Some(Box::new(|lines, from, at| {
            let text = lines[from..=at].join(" ");
            text.matches('{').count() == text.matches('}').count()
        }))
    };
    match words.first().copied()? {
        "note" if !lower.contains(':') && !lower.contains('"') => word("note"),
        "legend" if words.len() < 3 => word("legend"),
        "title" if words.len() == 1 => word("title"),
        "header" if words.len() == 1 => word("header"),
        "footer" if words.len() == 1 => word("footer"),
        "center" | "left" | "right" if words.len() == 2 && words[1] == "footer" => word("footer"),
        "center" | "left" | "right" if words.len() == 2 && words[1] == "header" => word("header"),
        "<style>" => starts("</style>"),
        "skinparam" | "sprite" if line.ends_with('{') => braces(),
        "!procedure" => starts("!endprocedure"),
        "!unquoted" if words.contains(&"procedure") => starts("!endprocedure"),
        "!unquoted" | "!function" if !words.contains(&"return") => starts("!endfunction"),
        "!definelong" => starts("!enddefinelong"),
        _ if line.ends_with('[') => starts("]"),
        _ => None,
    }
}

#[test]
fn counts_lines_and_blocks() {
    let text = "text before\n@startuml a\n' no\n\nnode a {\n  [b]\n}\nnote left of a\nx\nend note\nskinparam x {\ny z\n}\n@enduml\nafter";
    assert_eq!(count(text, false), 5);
    assert_eq!(count("@startuml\n!$a = {\n\"b\": 1\n}\nc\n@enduml", false), 3);
    assert_eq!(count("a\nb", false), 0);
    assert_eq!(count("a\nb", true), 2);
}
