//! Counts the statements of a PlantUML text without the reader.
//!
//! A statement is a line that is not empty, no comment, and not only the end of something. A block counts once: a
//! note, legend or title on several lines, `skinparam {}`, `<style>`, a sprite, a macro's definition, a class or JSON
//! object with its members, a name in brackets or quotes on lines of its own. Lines that end with a backslash, calls with open parentheses, and JSON values with open
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

const SIDES: [&str; 5] = ["left", "right", "center", "top", "bottom"];

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
    let balanced = |open: &'static [char], close: &'static [char]| -> Option<End> {
        Some(Box::new(move |lines, from, at| {
            let text = lines[from..=at].join(" ");
            text.matches(open).count() == text.matches(close).count()
        }))
    };
    let braces = || balanced(&['{'], &['}']);
    match words.first().copied()? {
        "note" | "hnote" | "rnote" | "floating" if is_open_note(&lower) => match line.ends_with('{') {
            true => Some(Box::new(|lines, _, at| lines[at] == "}")),
            false => Some(Box::new(|lines, _, at| {
                let last = lines[at].to_lowercase().replace(' ', "");
                ["endnote", "endhnote", "endrnote"].contains(&last.as_str())
            })),
        },
        "legend" if words[1..].iter().all(|word| SIDES.contains(word)) => word("legend"),
        "title" if words.len() == 1 => word("title"),
        "caption" if words.len() == 1 => word("caption"),
        "header" if words.len() == 1 => word("header"),
        "footer" if words.len() == 1 => word("footer"),
        "center" | "left" | "right" if words.len() == 2 && words[1] == "footer" => word("footer"),
        "center" | "left" | "right" if words.len() == 2 && words[1] == "header" => word("header"),
        "<style>" => starts("</style>"),
        "skinparam" | "skinparamlocked" | "sprite" if line.ends_with('{') => braces(),
        "sprite" if lower.contains("<svg") && !lower.contains("</svg>") => {
            Some(Box::new(|lines, _, at| lines[at].contains("</svg>")))
        }
        "json" | "map" | "yaml" if line.ends_with(['{', '[']) => balanced(&['{', '['], &['}', ']']),
        "class" | "object" | "enum" | "abstract" | "annotation" | "struct" if line.ends_with('{') => braces(),
        "!procedure" => starts("!endprocedure"),
        "!unquoted" | "!final" if words.contains(&"procedure") => starts("!endprocedure"),
        "!unquoted" | "!final" | "!function" if !words.contains(&"return") => starts("!endfunction"),
        "!definelong" => starts("!enddefinelong"),
        _ if line.ends_with('[') && !line.ends_with("[[") => Some(Box::new(|lines, _, at| {
            let last = &lines[at];
            let closes = last.matches(']').count() > last.matches('[').count();
            last.starts_with(']') || last.ends_with(']') && closes
        })),
        _ if line.matches('"').count() % 2 == 1 => {
            let (head, text) = line.rsplit_once('"')?;
            let names = head.trim_end().ends_with(" as") && !text.contains(')');
            names.then_some(Box::new(|lines, _, at| lines[at].contains('"')))
        }
        _ => None,
    }
}

/// Whether the text of a note goes on below: no colon but those of `::`, of addresses, of colors and of `:actor:`.
fn is_open_note(lower: &str) -> bool {
    let mut words = lower.split_whitespace().skip_while(|word| word.ends_with("note") || *word == "floating");
    if words.clone().next().is_some_and(|word| word.starts_with('"')) {
        return false;
    }
    let mut in_link = false;
    !words.any(|word| {
        in_link |= word.starts_with("[[");
        let counts = !in_link && (!word.starts_with('#') || word.ends_with(':'));
        in_link &= !word.contains("]]");
        let actor = word.len() > 2 && word.starts_with(':') && word.ends_with(':');
        counts && !actor && word.replace("::", "").contains(':')
    })
}

#[test]
fn counts_lines_and_blocks() {
    let text = "text before\n@startuml a\n' no\n\nnode a {\n  [b]\n}\nnote left of a\nx\nend note\nskinparam x {\ny z\n}\n@enduml\nafter";
    assert_eq!(count(text, false), 5);
    assert_eq!(count("@startuml\n!$a = {\n\"b\": 1\n}\nc\n@enduml", false), 3);
    assert_eq!(count("a\nb", false), 0);
    assert_eq!(count("a\nb", true), 2);
}
