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
    (Label { icons: icons.brands, ..label::parts(lines) }, icons.thing)
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
    for line in &mut out.lines {
        line.written = !line.text.trim().is_empty() || line.written;
        let words = line.text.split_whitespace();
        line.text = words.collect::<Vec<_>>().join(" ");
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
    // Mermaid wraps by itself, so that three lines and more are a name and what is said of it.
    if lines.iter().filter(|line| !line.text.is_empty()).count() > 2
        && let Some(first) = lines.iter_mut().find(|line| !line.text.is_empty())
    {
        first.heading = true;
    }
    lines
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
        let end = inside.bytes().take(10).position(|byte| byte == b';')?;
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
        assert_eq!(label("fab:fa-aws Cloud").icons, ["AWS"]);
        assert_eq!(label("fa:fa-database Orders").name, "Orders");
        assert_eq!(words("logos-aws-lambda"), "Logos AWS Lambda");
    }
}
