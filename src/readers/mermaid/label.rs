//! Mermaid's text: entities, HTML tags, Markdown strings and icons to plain words.

use crate::model::ElementKind;
use crate::readers::entity;
use crate::wording::icons::in_words;
use crate::wording::label::{self, Label, Line, Markup};

/// How Mermaid's texts are taken apart.
pub(super) static MARKUP: Markup = Markup { label, line: line_label, one_line };

/// Bytes within which a tag must end.
const LONGEST_TAG: usize = 500;

/// Tags that are markup; other words in angle brackets are the author's: `Map<String>`, `<TICKER>`.
const TAGS: [&str; 30] = [
    "b", "strong", "i", "em", "u", "s", "del", "small", "big", "sub", "sup", "code", "pre", "tt", "kbd",
    "font", "span", "div", "p", "center", "h1", "h2", "h3", "h4", "ul", "ol", "li", "a", "img", "hr",
];

/// Takes the label of an element apart.
pub(super) fn label(text: &str) -> Label {
    pictured(text).0
}

/// The label of an element, and the kind that its picture shows.
pub(super) fn pictured(text: &str) -> (Label, Option<ElementKind>) {
    let mut icons = Icons::default();
    let lines = lines(text, &mut icons);
    let mut label = Label { icons: icons.brands, ..label::parts(lines) };
    let bare = label.name.trim_end_matches(':').trim_end();
    if bare.len() < label.name.len() && !bare.is_empty() {
        label.name = bare.to_owned();
    }
    (label, icons.thing)
}

/// The words on a line and the words in brackets below them.
pub(super) fn line_label(text: &str) -> (Option<String>, Option<String>) {
    label::line_parts(lines(text, &mut Icons::default()).into_iter().map(|line| line.text))
}

/// Text on one line.
pub(super) fn one_line(text: &str) -> String {
    let lines = lines(text, &mut Icons::default());
    lines.into_iter().map(|line| line.text).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The lines of a text in plain words.
fn lines(text: &str, icons: &mut Icons) -> Vec<Line> {
    let trimmed = text.trim();
    let markdown = trimmed.len() > 1 && trimmed.starts_with('`') && trimmed.ends_with('`');
    let text = if markdown { &trimmed[1..trimmed.len() - 1] } else { trimmed };
    let mut out = Out { lines: vec![Line::default()], markdown };
    let mut rest = text;
    while let Some(mark) = rest.find(['\n', '\\', '<', '#', '&', '*', '_', ':', '\r']) {
        out.push(&rest[..mark]);
        rest = &rest[mark..];
        let length = out.mark(rest, icons);
        rest = &rest[length..];
    }
    out.push(rest);
    let mut first = true;
    for line in &mut out.lines {
        line.written = !line.text.trim().is_empty() || line.written;
        let words = line.text.split_whitespace();
        line.text = words.collect::<Vec<_>>().join(" ");
        if first && !line.text.is_empty() {
            let bare = unpictured(&line.text);
            if !bare.is_empty() {
                line.text = bare.to_owned();
            }
            first = false;
        }
        if let Some(bold) = emphasized(&line.text) {
            line.heading |= bold.1;
            line.text = bold.0;
        }
    }
    // A picture alone on the first line belongs to the words below it.
    let mut written = out.lines.iter_mut().filter(|line| !line.text.is_empty());
    if let (Some(first), Some(_)) = (written.next(), written.next())
        && unpictured(&first.text).is_empty()
    {
        first.text.clear();
    }
    let mut lines: Vec<Line> = Vec::with_capacity(out.lines.len());
    for mut line in out.lines {
        line.detail = is_detail(&line.text);
        match lines.last_mut() {
            // A word that was divided by hand.
            Some(last) if last.text.ends_with('-') && line.text.starts_with(char::is_lowercase) => {
                last.text.push_str(&line.text);
            }
            _ => lines.push(line),
        }
    }
    // Mermaid wraps by itself, so that three lines and more are a name and what is said of it, unless they are single
    // words or one phrase.
    let written = || lines.iter().filter(|line| !line.text.is_empty()).map(|line| line.text.as_str());
    if written().count() > 2
        && !is_wrapped(written())
        && let Some(first) = lines.iter_mut().find(|line| !line.text.is_empty())
    {
        first.heading = true;
    }
    lines
}

/// Whether lines are a name that somebody wrapped by hand: single words with capitals, or words that go on in lower case.
fn is_wrapped<'t>(lines: impl Iterator<Item = &'t str> + Clone) -> bool {
    let letters = |line: &str| line.chars().all(char::is_alphabetic);
    let word = |line: &str| letters(line) && line.starts_with(char::is_uppercase);
    let phrase = |line: &str| line.starts_with(char::is_lowercase) && line.split(' ').all(letters);
    let short = lines.clone().map(|line| line.chars().count() + 1).sum::<usize>() <= 40;
    short && (lines.clone().all(word) || lines.clone().all(phrase))
}

/// A text without the pictures before its words.
fn unpictured(text: &str) -> &str {
    text.trim_start_matches(|c: char| is_picture(c) || c.is_whitespace())
}

/// Emoji, pictograms, and what joins and colors them.
fn is_picture(c: char) -> bool {
    matches!(c, '\u{1F000}'..='\u{1FAFF}' | '\u{2300}'..='\u{23FF}' | '\u{25A0}'..='\u{27BF}' | '\u{2B00}'..='\u{2BFF}'
        | '\u{FE0E}' | '\u{FE0F}' | '\u{200D}' | '\u{20E3}' | '\u{2139}' | '\u{E0020}'..='\u{E007F}')
}

/// The words of a line without the marks of Markdown that hold it; whether they were in bold.
fn emphasized(line: &str) -> Option<(String, bool)> {
    let inside = |mark: &str| {
        let inside = line.strip_prefix(mark)?.strip_suffix(mark)?.trim();
        (!inside.is_empty() && !inside.contains(mark)).then(|| inside.to_owned())
    };
    // `__init__` is a name.
    let underlined = || inside("__").filter(|inside| inside.contains(' '));
    if let Some(bold) = inside("**").or_else(underlined) {
        return Some((bold, true));
    }
    let quotes = line.matches('`').count();
    (quotes > 0 && quotes.is_multiple_of(2) && line.len() > quotes).then(|| (line.replace('`', ""), false))
}

struct Out {
    lines: Vec<Line>,
    markdown: bool,
}

impl Out {
    fn push(&mut self, text: &str) {
        if let Some(line) = self.lines.last_mut() {
            line.text.push_str(text);
        }
    }

    fn here(&self) -> &str {
        self.lines.last().map_or("", |line| line.text.as_str())
    }

    fn end_line(&mut self) {
        self.lines.push(Line::default());
    }

    fn heading(&mut self) {
        if let Some(line) = self.lines.last_mut().filter(|line| line.text.trim().is_empty()) {
            line.heading = true;
        }
    }

    /// Handles the mark at the start; gives its bytes.
    fn mark(&mut self, rest: &str, icons: &mut Icons) -> usize {
        let known = match rest.as_bytes().first() {
            Some(b'\n') => {
                self.end_line();
                Some(1)
            }
            Some(b'\r') => Some(1),
            Some(b'\\') if rest.starts_with("\\n") => {
                self.end_line();
                Some(2)
            }
            Some(b'<') => self.tag(rest, icons),
            Some(b'#' | b'&') => self.entity(rest),
            Some(b'*' | b'_') if self.markdown => self.emphasis(rest),
            Some(b':') => self.icon(rest, icons),
            _ => None,
        };
        known.unwrap_or_else(|| {
            let length = rest.chars().next().map_or(1, char::len_utf8);
            self.push(&rest[..length]);
            length
        })
    }

    fn tag(&mut self, rest: &str, icons: &mut Icons) -> Option<usize> {
        let limit = (1..=LONGEST_TAG.min(rest.len())).rev().find(|at| rest.is_char_boundary(*at))?;
        let end = rest[..limit].find('>')?;
        let inside = rest[1..end].trim().trim_end_matches('/');
        let name: String =
            inside.trim_start_matches('/').chars().take_while(|c| c.is_alphanumeric()).collect();
        let name = name.to_ascii_lowercase();
        let closes = inside.starts_with('/');
        if name == "br" {
            self.end_line();
            return Some(end + 1);
        }
        if !TAGS.contains(&name.as_str()) {
            return None;
        }
        match name.as_str() {
            "b" | "strong" | "h1" | "h2" | "h3" if !closes => {
                if !self.here().trim().is_empty() && name.starts_with('h') {
                    self.end_line();
                }
                self.heading();
            }
            "div" | "p" | "li" | "hr" | "h1" | "h2" | "h3" | "h4" => {
                if !self.here().trim().is_empty() {
                    self.end_line();
                }
                if inside.contains("bold") {
                    self.heading();
                }
            }
            "img" => {
                if let Some(address) = attribute(inside, "src") {
                    let file = address.rsplit('/').next().unwrap_or(address);
                    icons.brands.push(words(file.split('.').next().unwrap_or(file)));
                    self.write_icon();
                }
            }
            "i" | "span" => {
                if let Some(class) = attribute(inside, "class")
                    && let Some(icon) = class.split_whitespace().find_map(|word| word.strip_prefix("fa-"))
                {
                    icons.add(if class.contains("fab") { "fab" } else { "fa" }, icon);
                    self.write_icon();
                }
            }
            _ => {}
        }
        Some(end + 1)
    }

    fn write_icon(&mut self) {
        if let Some(line) = self.lines.last_mut() {
            line.written = true;
        }
    }

    /// `#quot;`, `#35;`, `&lt;`: Mermaid writes `#` for `&`.
    fn entity(&mut self, rest: &str) -> Option<usize> {
        let inside = &rest[1..];
        let Some(end) = inside.bytes().take(10).position(|byte| byte == b';') else {
            // Browsers read these without their end too.
            let letters = inside.len() - inside.trim_start_matches(|c: char| c.is_ascii_alphanumeric()).len();
            let name = &inside[..letters];
            let known = rest.starts_with('&') && ["nbsp", "lt", "gt", "amp", "quot"].contains(&name);
            let sign = entity::character(name).filter(|_| known)?;
            self.push(sign.encode_utf8(&mut [0; 4]));
            return Some(letters + 1);
        };
        let name = &inside[..end];
        // A bare number is one of a character, with Mermaid's one mark for the two of HTML.
        let sign = entity::character(name).or_else(|| entity::character(&format!("#{name}")))?;
        self.push(sign.encode_utf8(&mut [0; 4]));
        Some(end + 2)
    }

    /// `**words**` and `*words*` of a Markdown string.
    fn emphasis(&mut self, rest: &str) -> Option<usize> {
        let mark = &rest[..1];
        let double = rest[1..].starts_with(mark);
        let length = 1 + usize::from(double);
        let before = self.here().chars().next_back();
        let after = rest[length..].chars().next();
        let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        // `snake_case` is a word.
        if mark == "_" && word(before) && word(after) {
            return None;
        }
        let opens = after.is_some_and(|c| !c.is_whitespace());
        let closes = before.is_some_and(|c| !c.is_whitespace());
        if double && opens && self.here().trim().is_empty() {
            self.heading();
        }
        (opens || closes).then_some(length)
    }

    /// `fa:fa-database`: the prefix stands before the colon.
    fn icon(&mut self, rest: &str, icons: &mut Icons) -> Option<usize> {
        let after = rest.strip_prefix(':')?;
        let icon = after.strip_prefix("fa-")?;
        let end = icon.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(icon.len());
        let line = self.lines.last_mut()?;
        let set = ["fak", "fab", "far", "fas", "fal", "fad", "fa"].into_iter().find(|set| {
            let before = line.text.strip_suffix(set);
            before.is_some_and(|before| !before.ends_with(|c: char| c.is_alphanumeric()))
        })?;
        line.text.truncate(line.text.len() - set.len());
        line.written = true;
        icons.add(set, &icon[..end]);
        Some(4 + end)
    }
}

/// Icons of a text.
#[derive(Debug, Default)]
struct Icons {
    /// Brands, which name a technology.
    brands: Vec<String>,
    /// What the picture of a thing stands for.
    thing: Option<ElementKind>,
}

impl Icons {
    fn add(&mut self, set: &str, name: &str) {
        match name {
            _ if set == "fab" => self.brands.push(words(name)),
            "database" => self.thing = Some(ElementKind::Datastore),
            "user" | "users" | "user-tie" | "person" | "male" | "female" => {
                self.thing = Some(ElementKind::Person)
            }
            _ => {}
        }
    }
}

/// A list, a file or a remark in parentheses: no part of a name.
fn is_detail(line: &str) -> bool {
    let list = [", ", " / ", " + ", "·", "•", "，", "、"].iter().any(|mark| line.contains(mark));
    list || is_file(line) || line.starts_with('(')
}

/// The name of a file: `main.py`.
fn is_file(line: &str) -> bool {
    let Some((name, end)) = line.rsplit_once('.') else { return false };
    let plain = |text: &str| !text.is_empty() && !text.contains(char::is_whitespace);
    plain(name) && (1..=4).contains(&end.len()) && end.bytes().all(|byte| byte.is_ascii_lowercase())
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let at = tag.find(name)? + name.len();
    let value = tag[at..].trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let value = &value[1..];
    Some(&value[..value.find(quote)?])
}

/// Short words that are written in capitals.
const SHORT: [&str; 35] = [
    "aws", "gcp", "ibm", "ec2", "s3", "rds", "sqs", "sns", "ecs", "eks", "efs", "ebs", "elb", "alb", "nlb",
    "iam", "kms", "waf", "vpc", "cdn", "dns", "api", "sql", "vm", "db", "mq", "aks", "gke", "acm", "ses",
    "dms", "emr", "msk", "vpn", "nat",
];

/// The name of an icon in words: `aws-lambda` is "AWS Lambda".
pub(super) fn words(icon: &str) -> String {
    let icon = icon.strip_suffix("-icon").unwrap_or(icon);
    if !icon.contains('-') && icon.contains(char::is_uppercase) {
        return in_words(icon);
    }
    let word = |word: &str| {
        if SHORT.contains(&word.to_ascii_lowercase().as_str()) {
            return word.to_ascii_uppercase();
        }
        let mut letters = word.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
    };
    icon.split(['-', '_', ' ']).filter(|part| !part.is_empty()).map(word).collect::<Vec<String>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_becomes_plain_lines() {
        let parts = |text: &str| {
            let label = label(text);
            (label.name, label.bracket, label.description)
        };
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(parts("Web &lt;b&gt; #quot;x#quot; #35;1"), ("Web <b> \"x\" #1".to_owned(), None, None));
        assert_eq!(parts("<b>Core</b><br/>reads files"), ("Core".to_owned(), None, some("reads files")));
        assert_eq!(parts("`**Core**\nreads *files*`"), ("Core".to_owned(), None, some("reads files")));
        assert_eq!(parts("Shop<br>[Container: Java]"), ("Shop".to_owned(), some("Container: Java"), None));
        assert_eq!(
            parts("<div style='font-weight: bold'>Shop</div><div style='x'>[System]</div><div>sells</div>"),
            ("Shop".to_owned(), some("System"), some("sells"))
        );
        assert_eq!(parts("Topic<TICKER> a_b_c"), ("Topic<TICKER> a_b_c".to_owned(), None, None));
        for (text, name) in [
            ("🔒 **VPN Gateway**", "VPN Gateway"),
            ("⚙️<br/>Order API", "Order API"),
            ("🔒", "🔒"),
            ("`api`:", "api"),
            ("__init__", "__init__"),
            ("A&nbsp B", "A B"),
            ("R&D team", "R&D team"),
            ("Case<br/>Management<br/>System", "Case Management System"),
            ("user<br/>filling in<br/>form", "user filling in form"),
            ("SQLite<br/>Auth Database<br/>File-based", "SQLite"),
        ] {
            assert_eq!(label(text).name, name, "{text}");
        }
        assert_eq!(parts("SQLite<br/>Auth Database<br/>On disk").2, some("Auth Database; On disk"));
        assert_eq!(label("fab:fa-aws Cloud").icons, ["AWS"]);
        assert_eq!(label("fa:fa-database Orders").name, "Orders");
        assert_eq!(words("logos-aws-lambda"), "Logos AWS Lambda");
    }
}
