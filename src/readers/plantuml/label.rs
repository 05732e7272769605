//! Text on elements and lines: markup removed, lines told apart.
//!
//! Text with Creole and HTML-like markup goes in; a name, words in brackets, prose and the icons come out.

use super::style::Styles;
pub(super) use crate::wording::label::is_separator;
use crate::wording::label::{self, Label, Line, Markup};

/// Bytes within which a tag must end.
const LONGEST_TAG: usize = 500;
/// Bytes within which a link or struck-out words must end.
const LONGEST_LINK: usize = 2000;

/// How PlantUML's texts are taken apart.
pub(super) static MARKUP: Markup = Markup { label, line: line_label, one_line };

/// Takes the label of an element apart.
pub(super) fn label(text: &str) -> Label {
    let mut icons = Vec::new();
    let mut styles = Styles::default();
    let lines: Vec<Line> = lines(text)
        .map(|raw| {
            let raw = raw.trim();
            let text = plain_with_icons(raw, &mut icons);
            Line {
                heading: is_heading(raw),
                detail: styles.is_aside(raw, !text.is_empty()),
                written: !raw.is_empty(),
                // Macros leave empty brackets when nothing was given for them.
                text: Some(text).filter(|text| text != "[]").unwrap_or_default(),
            }
        })
        .collect();
    Label { icons, ..label::parts(closed(lines)) }
}

/// Lines over which words in brackets may go on.
const LONGEST_BRACKET: usize = 4;

/// Joins the lines of words in brackets that go on: `[Java,` and `Spring]`.
fn closed(lines: Vec<Line>) -> Vec<Line> {
    let open = |text: &str| text.matches('[').count() > text.matches(']').count();
    let mut joined: Vec<Line> = Vec::with_capacity(lines.len());
    let mut lines = lines.into_iter().peekable();
    while let Some(first) = lines.next() {
        if !(first.text.starts_with('[') && open(&first.text)) {
            joined.push(first);
            continue;
        }
        let mut parts = vec![first];
        let mut text = parts[0].text.clone();
        while open(&text) && parts.len() < LONGEST_BRACKET && lines.peek().is_some() {
            parts.extend(lines.next());
            text = parts.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join(" ");
        }
        if !open(&text) && text.ends_with(']') {
            parts.truncate(1);
            parts[0].text = text;
        }
        joined.extend(parts);
    }
    joined
}

/// The words on a line and the words in brackets below them.
pub(super) fn line_label(text: &str) -> (Option<String>, Option<String>) {
    let (words, bracket) = label::line_parts(lines(text).map(|raw| plain(raw.trim())));
    // `> uses` and `uses <` only say which way to read.
    let words = words.map(|words| words.trim_start_matches("> ").trim_end_matches(" <").to_owned());
    (words.filter(|words| !words.is_empty()), bracket)
}

/// Prose: markup removed, lines kept.
pub(super) fn prose(text: &str) -> String {
    lines(text)
        .map(|line| row(line.trim()).unwrap_or_else(|| plain(line.trim())))
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

/// `|= Color |<#FF9900> Layer |`: the cells of a row of a table that hold words.
fn row(line: &str) -> Option<String> {
    let inside = line.strip_prefix('|').or_else(|| {
        // `<#lightblue>|a|b|` colors the whole row.
        let after = line.strip_prefix("<#").and_then(|rest| rest.split_once('>'))?.1;
        after.strip_prefix('|')
    })?;
    let cell = |cell: &str| {
        let cell = cell.trim_start_matches('=').trim();
        let cell =
            cell.strip_prefix("<#").and_then(|rest| rest.split_once('>')).map_or(cell, |(_, words)| words);
        plain(cell.trim())
    };
    let cells: Vec<String> = inside.split('|').map(cell).filter(|words| !words.is_empty()).collect();
    Some(cells.join(" · "))
}

/// One line of text without markup.
pub(super) fn one_line(text: &str) -> String {
    lines(text).map(|line| plain(line.trim())).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The lines of a text: divided by line feeds, `\n`, `\l`, `\r` and `<br>`.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut all = Vec::new();
    let (mut start, mut at) = (0, 0);
    while let Some(found) = text[at..].find(['\n', '\\', '<']) {
        let rest = &text[at + found..];
        let broken = match rest.as_bytes()[0] {
            b'\n' => Some(1),
            b'\\' => matches!(rest.as_bytes().get(1), Some(b'n' | b'l' | b'r')).then_some(2),
            _ if starts_ignoring_case(rest, "<br") => near(rest, ">", 6).map(|end| end + 1),
            _ => None,
        };
        at += found + broken.unwrap_or(1);
        if let Some(length) = broken {
            all.push(&text[start..at - length]);
            start = at;
        }
    }
    all.push(&text[start..]);
    all.into_iter()
}

/// Where a mark stands within the first bytes of a text, so that a long line is not searched again and again.
pub(super) fn near(text: &str, mark: &str, limit: usize) -> Option<usize> {
    let mut end = text.len().min(limit);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].find(mark)
}

pub(super) fn starts_ignoring_case(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
}

/// `==Name`, `= Name`, `**Name**`, `<b>Name</b>`, `<size:20>Name`.
fn is_heading(line: &str) -> bool {
    line.starts_with('=') || line.starts_with("**") || starts_ignoring_case(line, "<b>")
}

/// One line without markup.
pub(super) fn plain(line: &str) -> String {
    plain_with_icons(line, &mut Vec::new())
}

fn plain_with_icons(line: &str, icons: &mut Vec<String>) -> String {
    let line = if is_separator(line) { line } else { line.trim_start_matches('=').trim_end_matches('=') };
    if !line.contains(|c: char| MARKS.contains(&c) || c.is_control()) {
        return words(line);
    }
    let mut text = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(character) = rest.chars().next() {
        let skipped = match character {
            '<' => tag(rest, &mut text, icons),
            '[' if rest.starts_with("[[") => link(rest, &mut text),
            '$' => image_call(rest, icons),
            '*' | '/' | '_' | '"' | '~' | '-' => creole(rest, &text),
            '\\' => escape(rest, &mut text),
            '&' => entity(rest, &mut text),
            _ => None,
        };
        if let Some(length) = skipped {
            rest = &rest[length..];
        } else {
            text.push(if character.is_control() { ' ' } else { character });
            rest = &rest[character.len_utf8()..];
        }
    }
    words(&text)
}

/// Characters that markup starts with.
const MARKS: [char; 11] = ['<', '[', '$', '*', '/', '_', '"', '~', '-', '\\', '&'];

/// The same text with single blanks.
fn words(text: &str) -> String {
    let text = text.trim();
    let is_single = |pair: &[u8]| pair != b"  " && pair[0].is_ascii_graphic() | (pair[0] == b' ');
    if text.as_bytes().windows(2).all(is_single) {
        return text.to_owned();
    }
    let mut plain = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !plain.is_empty() {
            plain.push(' ');
        }
        plain.push_str(word);
    }
    plain
}

/// `<b>`, `<color:red>`, `<size:10>`, `<$sprite>`, `<&icon>`, `<img:...>`, `<U+0041>`: bytes to skip.
fn tag(rest: &str, text: &mut String, icons: &mut Vec<String>) -> Option<usize> {
    let end = near(rest, ">", LONGEST_TAG)?;
    let inside = rest[1..end].trim();
    if let Some(sprite) = inside.strip_prefix('$') {
        let name: String = sprite.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        icons.push(name);
        return Some(end + 1);
    }
    // `<&cloud>` is an icon, `<:smile:>` and `<#green:sun:>` are emoji.
    let emoji = inside.ends_with(':') && inside.starts_with([':', '#']) && inside.len() > 2;
    if inside.starts_with('&') || emoji {
        return Some(end + 1);
    }
    if let Some(code) = inside.strip_prefix("U+").or_else(|| inside.strip_prefix("u+")) {
        text.extend(u32::from_str_radix(code, 16).ok().and_then(char::from_u32));
        return Some(end + 1);
    }
    let word: String = inside.trim_start_matches('/').chars().take_while(char::is_ascii_alphabetic).collect();
    let known = [
        "b",
        "i",
        "u",
        "s",
        "w",
        "size",
        "color",
        "font",
        "back",
        "sub",
        "sup",
        "img",
        "plain",
        "code",
        "strike",
        "del",
        "math",
        "latex",
        "text",
        "background",
        "emoji",
        "center",
        "q",
        "tt",
        "strong",
        "em",
    ];
    if !known.iter().any(|tag| word.eq_ignore_ascii_case(tag)) {
        return None;
    }
    let after = inside.trim_start_matches('/')[word.len()..].chars().next();
    if !matches!(after, None | Some(':' | ' ' | '=' | '/' | '#')) {
        return None;
    }
    if word.eq_ignore_ascii_case("img")
        && let Some(address) = inside[word.len()..].strip_prefix([':', ' '])
    {
        let name = address.split('{').next().unwrap_or(address).rsplit('/').next().unwrap_or(address);
        icons.push(name.split('.').next().unwrap_or(name).to_owned());
    }
    Some(end + 1)
}

/// `[[address words]]`: the words, or nothing.
fn link(rest: &str, text: &mut String) -> Option<usize> {
    let end = near(rest, "]]", LONGEST_LINK)?;
    let inside = rest[2..end].trim();
    let without_tip = |words: &str| match (words.find('{'), words.find('}')) {
        (Some(open), Some(close)) if open < close => format!("{}{}", &words[..open], &words[close + 1..]),
        _ => words.to_owned(),
    };
    let words = inside.split_once(char::is_whitespace).map_or(String::new(), |(_, words)| without_tip(words));
    text.push_str(words.trim());
    Some(end + 2)
}

/// `$LambdaIMG()` and `$AWSImg(Lambda)` draw icons.
fn image_call(rest: &str, icons: &mut Vec<String>) -> Option<usize> {
    let open = near(rest, "(", LONGEST_TAG)?;
    let name = &rest[1..open];
    if name.is_empty() || !name.chars().all(|c| c.is_alphanumeric() || c == '_') {
        return None;
    }
    let close = open + near(&rest[open..], ")", LONGEST_TAG)?;
    let inside = rest[open + 1..close].trim();
    let upper = name.to_ascii_uppercase();
    if let Some(stem) = upper.strip_suffix("IMG") {
        let stem = if inside.is_empty() { &name[..stem.len()] } else { inside };
        icons.push(stem.split(',').next().unwrap_or(stem).trim_matches('"').to_owned());
        return Some(close + 1);
    }
    None
}

/// `**`, `//`, `__`, `""`, `~~`, `--` around words: bytes to skip.
fn creole(rest: &str, before: &str) -> Option<usize> {
    let mark = &rest[..1];
    let double = rest.get(..2).is_some_and(|two| two.starts_with(mark) && two.ends_with(mark));
    if mark == "~" && !double {
        // A tilde escapes the marks that follow; before one slash it is a home folder.
        let escapes =
            ["**", "//", "__", "--", "\"\"", "[[", "<", "~"].iter().any(|marks| rest[1..].starts_with(marks));
        return escapes.then_some(1);
    }
    if !double {
        return None;
    }
    match mark {
        "*" | "\"" | "_" | "~" => Some(2),
        // An address is no markup: `https://`.
        "/" => (!before.ends_with(':')).then_some(2),
        // Struck-out words touch their marks.
        "-" => {
            let opens = rest[2..].starts_with(|c: char| c.is_alphanumeric())
                && near(&rest[2..], "--", LONGEST_LINK).is_some();
            let closes = before.ends_with(|c: char| c.is_alphanumeric())
                && !rest[2..].starts_with(|c: char| c.is_alphanumeric());
            (opens && (before.is_empty() || before.ends_with(' ')) || closes && before.contains(' '))
                .then_some(2)
        }
        _ => None,
    }
}

fn escape(rest: &str, text: &mut String) -> Option<usize> {
    match rest.as_bytes().get(1)? {
        b't' => {
            text.push(' ');
            Some(2)
        }
        b'~' => {
            text.push('~');
            Some(2)
        }
        b'"' | b'\\' => Some(1),
        _ => None,
    }
}

fn entity(rest: &str, text: &mut String) -> Option<usize> {
    let known =
        [("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"), ("&quot;", "\""), ("&nbsp;", " "), ("&apos;", "'")];
    if let Some((entity, sign)) = known.iter().find(|(entity, _)| rest.starts_with(entity)) {
        text.push_str(sign);
        return Some(entity.len());
    }
    let number = rest.strip_prefix("&#")?;
    let end = near(number, ";", 8)?;
    text.push(number[..end].parse().ok().and_then(char::from_u32)?);
    Some(end + 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> (String, Option<String>, Option<String>) {
        let label = label(text);
        (label.name, label.bracket, label.description)
    }

    fn some(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    #[test]
    fn labels_fall_into_parts() {
        assert_eq!(parts("**IRS**"), ("IRS".to_owned(), None, None));
        assert_eq!(parts("Amazon API\\nGateway"), ("Amazon API Gateway".to_owned(), None, None));
        assert_eq!(
            parts("==Ui\\n<size:10>[Container: Pages]</size>\\n\\nShows it"),
            ("Ui".to_owned(), some("Container: Pages"), some("Shows it"))
        );
        assert_eq!(
            parts("<b>API V1</b>\\nAmazon API Gateway"),
            ("API V1".to_owned(), None, some("Amazon API Gateway"))
        );
        assert_eq!(parts("[**IRS**]"), ("[IRS]".to_owned(), None, None));
        assert_eq!(parts("Miner1\n===\nMiner2"), ("Miner1".to_owned(), None, some("Miner2")));
    }

    #[test]
    fn small_italic_and_gray_lines_are_no_part_of_a_name() {
        for text in [
            "Orders\\n<size:10>keeps them</size>",
            "<size:20>Orders</size>\\n<size:14>keeps them</size>",
            "Orders\\n//keeps them//",
            "Orders\\n<i>keeps them</i>",
            "Orders\\n<color:gray>keeps\\nthem</color>",
            "Orders\\n<color:#808080>keeps them",
        ] {
            assert_eq!(parts(text), ("Orders".to_owned(), None, some("keeps them")), "{text}");
        }
        for text in [
            "<size:10>Big\\n<size:10>name",
            "//Big//\\n//name//",
            "Big\\n<color:red>name",
            "Big\\n<i>na</i>me",
        ] {
            assert_eq!(parts(text), ("Big name".to_owned(), None, None), "{text}");
        }
    }

    #[test]
    fn brackets_over_several_lines_are_one() {
        assert_eq!(
            parts("Shop\\n[Java,\\nSpring]\\nSells"),
            ("Shop".to_owned(), some("Java, Spring"), some("Sells"))
        );
        assert_eq!(parts("Shop\\n[a\\nb\\nc\\nd\\ne]"), ("Shop [a b c d e]".to_owned(), None, None));
    }

    #[test]
    fn rows_of_tables_are_their_words() {
        assert_eq!(
            prose("|= Color |= Layer |\n|<#FF9900> | Gateway |\n|<back:red>Web</back> | 80 |"),
            "Color · Layer\nGateway\nWeb · 80"
        );
    }

    #[test]
    fn markup_goes_and_words_stay() {
        assert_eq!(one_line("<color:#707070>Uses <$Callout_1> a_b c__d__"), "Uses a_b cd");
        assert_eq!(one_line("[[https://a.b/c See this]] a -- b"), "See this a -- b");
        assert_eq!(one_line("see https://a.b x < 3 Map<String>"), "see https://a.b x < 3 Map<String>");
        assert_eq!(label("$LambdaIMG()\\nTrigger").icons, ["Lambda"]);
        assert_eq!(label("<color:red><$AzureFunction></color>").name, "");
        assert_eq!(line_label("\\n<$Callout_1>\\l//upload//"), (some("upload"), None));
        assert_eq!(line_label("Uses\\n<size:8>[HTTPS]</size>"), (some("Uses"), some("HTTPS")));
        for marked in ["reads >", "< reads", "> reads", "reads <"] {
            assert_eq!(line_label(marked), (some("reads"), None), "{marked}");
        }
    }
}
