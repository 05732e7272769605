//! Labels in HTML to plain lines, as a browser would break them.
//!
//! Markup is never taken over: only the words come out, with the size of the letters and whether a line is bold. One
//! pass over the text; what is no tag is text.

use crate::drawing::TextLine;
use crate::readers::entity;

/// The letters of a label.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Font {
    /// In px.
    pub(super) size: f64,
    /// Bold.
    pub(super) bold: bool,
    /// They can be seen.
    pub(super) shown: bool,
}

/// Levels of elements that are looked at; deeper ones keep the letters of the last level.
const DEPTH: usize = 100;
/// Lines of one label.
const LINES: usize = 1_000;
/// Sizes of `<font size="1">` to `7`, in px; value from the HTML standard's table for CSS.
const SIZES: [f64; 7] = [10.0, 13.0, 16.0, 18.0, 24.0, 32.0, 48.0];

/// Elements that stand on lines of their own.
const BLOCKS: [&str; 24] = [
    "div",
    "p",
    "ul",
    "ol",
    "li",
    "table",
    "tr",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "pre",
    "section",
    "article",
    "header",
    "footer",
    "center",
    "dl",
    "dt",
    "dd",
    "tbody",
];
/// Elements whose text is none.
const SILENT: [&str; 6] = ["style", "script", "title", "head", "svg", "template"];
/// Elements without an end.
const VOID: [&str; 5] = ["br", "hr", "img", "input", "wbr"];

/// The lines of a label in HTML.
pub(super) fn lines(text: &str, font: Font) -> Vec<TextLine> {
    let mut page =
        Page { font, open: Vec::new(), silent: 0, lines: Vec::new(), line: Line::default(), broken: true };
    let mut rest = text;
    loop {
        let Some(at) = rest.find('<') else {
            page.text(rest);
            break;
        };
        page.text(&rest[..at]);
        rest = &rest[at..];
        if let Some(inside) = rest.strip_prefix("<!--") {
            rest = inside.find("-->").map_or("", |end| &inside[end + 3..]);
        } else if !rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')) {
            page.text("<");
            rest = &rest[1..];
        } else {
            // A tag that is never closed hides the rest, as in a browser.
            let Some(end) = tag_end(rest) else { break };
            page.tag(rest[1..end].trim_end_matches('/'));
            rest = &rest[end + 1..];
        }
    }
    page.end_line();
    page.finish()
}

/// The lines of a label that is plain text.
pub(super) fn plain(text: &str, font: Font) -> Vec<TextLine> {
    let line = |text: &str| TextLine { text: folded(without_paste(text)), size: font.size, bold: font.bold };
    trimmed(text.lines().take(LINES).map(line).collect())
}

/// The `>` of the tag that a text starts with.
fn tag_end(text: &str) -> Option<usize> {
    let mut quote = None;
    let mut last = '<';
    for (at, character) in text.char_indices().skip(1) {
        match (quote, character) {
            (Some(open), character) if character == open => quote = None,
            (Some(_), _) => {}
            // A quote that begins no value is text.
            (None, '"' | '\'') if last == '=' => quote = Some(character),
            (None, '>') => return Some(at),
            (None, _) => {}
        }
        if !character.is_whitespace() {
            last = character;
        }
    }
    None
}

struct Page {
    font: Font,
    open: Vec<(String, Font)>,
    silent: usize,
    lines: Vec<TextLine>,
    line: Line,
    /// The last line ended with a break, so another one is a blank line.
    broken: bool,
}

#[derive(Default)]
struct Line {
    text: String,
    size: f64,
    light: bool,
}

impl Page {
    fn now(&self) -> Font {
        self.open.last().map_or(self.font, |(_, font)| *font)
    }

    fn text(&mut self, text: &str) {
        let font = self.now();
        if self.silent > 0 || !font.shown {
            return;
        }
        for (nth, piece) in text.split('\n').enumerate() {
            if nth > 0 && !self.line.text.trim().is_empty() {
                // draw.io breaks labels where their text does.
                self.end_line();
            }
            let decoded = entity::decode(piece);
            let decoded = without_paste(&decoded);
            if decoded.chars().any(|c| !c.is_whitespace()) {
                self.line.size = self.line.size.max(font.size);
                self.line.light |= !font.bold;
            }
            self.line.text.push_str(decoded);
        }
    }

    fn tag(&mut self, inside: &str) {
        let closes = inside.starts_with('/');
        let inside = inside.trim_start_matches('/');
        let end = inside.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inside.len());
        let name = inside[..end].to_ascii_lowercase();
        let attributes = &inside[end..];
        if SILENT.contains(&name.as_str()) {
            self.silent = if closes { self.silent.saturating_sub(1) } else { self.silent + 1 };
            return;
        }
        match name.as_str() {
            "br" => {
                let blank = self.line.text.trim().is_empty() && self.broken;
                self.end_line();
                if blank {
                    self.push(TextLine::default());
                }
                self.broken = true;
            }
            "hr" => {
                self.end_line();
                self.push(TextLine::default());
            }
            "td" | "th" if !closes => self.line.text.push(' '),
            _ => {}
        }
        let block = BLOCKS.contains(&name.as_str());
        if block {
            self.end_line();
            self.broken = !closes;
        }
        if VOID.contains(&name.as_str()) || name.is_empty() {
            return;
        }
        if closes {
            // An end without a start ends nothing.
            let open = self.open.iter().rev().take(DEPTH).position(|(known, _)| *known == name);
            if let Some(open) = open {
                self.open.truncate(self.open.len() - 1 - open);
            }
        } else if self.open.len() < DEPTH {
            let font = font_of(&name, attributes, self.now());
            self.open.push((name, font));
        }
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        let text = folded(&line.text);
        if !text.is_empty() {
            self.push(TextLine { text, size: line.size, bold: !line.light });
            self.broken = false;
        }
    }

    fn push(&mut self, line: TextLine) {
        if self.lines.len() < LINES {
            self.lines.push(line);
        }
    }

    fn finish(self) -> Vec<TextLine> {
        trimmed(self.lines)
    }
}

/// Without blank lines at both ends, and without two in a row.
fn trimmed(mut lines: Vec<TextLine>) -> Vec<TextLine> {
    lines.dedup_by(|next, line| next.text.is_empty() && line.text.is_empty());
    while lines.last().is_some_and(|line| line.text.is_empty()) {
        lines.pop();
    }
    if lines.first().is_some_and(|line| line.text.is_empty()) {
        lines.remove(0);
    }
    lines
}

/// A text up to a drawing that was pasted into it as if it were words.
fn without_paste(text: &str) -> &str {
    text.find("%3CmxGraphModel").map_or(text, |at| &text[..at])
}

/// White space folded; characters that show nothing and those that turn the direction of writing are left out.
fn folded(text: &str) -> String {
    let shown = |c: &char| {
        !matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{AD}')
            && (c.is_whitespace() || !c.is_control())
    };
    let text: String = text.chars().filter(shown).collect();
    crate::source::one_line(&text)
}

fn font_of(name: &str, attributes: &str, now: Font) -> Font {
    let mut font = now;
    match name {
        "b" | "strong" | "th" => font.bold = true,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
            font.bold = true;
            // Factors of the HTML standard's style sheet.
            font.size *= match name {
                "h1" => 2.0,
                "h2" => 1.5,
                "h3" => 1.17,
                "h5" => 0.83,
                "h6" => 0.67,
                _ => 1.0,
            };
        }
        "small" => font.size *= 0.83,
        "big" => font.size *= 1.2,
        "sub" | "sup" => font.size *= 0.75,
        _ => {}
    }
    if name == "font"
        && let Some(size) = attribute(attributes, "size").and_then(|size| size.trim().parse::<usize>().ok())
        && let Some(size) = SIZES.get(size.wrapping_sub(1))
    {
        font.size = *size;
    }
    if let Some(style) = attribute(attributes, "style") {
        for (key, value) in style.split(';').filter_map(|part| part.split_once(':')) {
            let value = value.trim();
            match key.trim() {
                "font-size" => {
                    font.size = size_of(value, now.size).unwrap_or(font.size);
                    font.shown &= font.size > 0.0;
                }
                "color" => font.shown &= !is_transparent(value),
                "display" => font.shown &= value != "none",
                "visibility" => font.shown &= !matches!(value, "hidden" | "collapse"),
                "opacity" => font.shown &= value.parse() != Ok(0.0),
                "font-weight" => {
                    font.bold = match value.parse::<u32>() {
                        Ok(weight) => weight >= 600,
                        Err(_) if value.starts_with("bold") => true,
                        Err(_) if value.starts_with("normal") || value.starts_with("lighter") => false,
                        Err(_) => font.bold,
                    };
                }
                _ => {}
            }
        }
    }
    font.size = font.size.clamp(1.0, 1_000.0);
    font
}

/// A color that shows nothing: `transparent`, or one whose fourth part is 0.
fn is_transparent(color: &str) -> bool {
    let color = color.trim_end_matches("!important").trim();
    let inside = color.strip_prefix("rgba(").or_else(|| color.strip_prefix("hsla("));
    let fourth = inside.and_then(|inside| inside.trim_end_matches(')').split([',', '/']).nth(3));
    color == "transparent" || fourth.is_some_and(|alpha| alpha.trim().parse() == Ok(0.0))
}

/// A size in px; a part of the surrounding one for `em` and `%`.
fn size_of(value: &str, around: f64) -> Option<f64> {
    let end = value.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(value.len());
    let number: f64 = value[..end].parse().ok()?;
    match value[end..].trim().split(' ').next().unwrap_or_default() {
        "" | "px" => Some(number),
        "pt" => Some(number * 4.0 / 3.0),
        "em" | "rem" => Some(number * around),
        "%" => Some(number * around / 100.0),
        _ => None,
    }
}

/// The value of an attribute in the text of a tag.
fn attribute<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let mut from = 0;
    while let Some(at) = text.get(from..)?.find(name).map(|at| from + at) {
        from = at + name.len();
        let begins = text[..at].chars().next_back().is_none_or(char::is_whitespace);
        let Some(value) = text[from..].trim_start().strip_prefix('=').filter(|_| begins) else { continue };
        let value = value.trim_start();
        return match value.chars().next() {
            Some(quote @ ('"' | '\'')) => value[1..].split(quote).next(),
            _ => value.split_whitespace().next(),
        };
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        let lines = lines(text, Font { size: 12.0, bold: false, shown: true });
        let shown =
            |line: &TextLine| format!("{}{}/{}", line.text, if line.bold { "*" } else { "" }, line.size);
        lines.iter().map(shown).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn blocks_and_breaks_make_lines() {
        assert_eq!(read("<div>Web</div><div>server</div>"), "Web/12 | server/12");
        assert_eq!(read("Web<br>server<br/>"), "Web/12 | server/12");
        assert_eq!(read("<div><br></div><p>a</p>\n<p>b</p>"), "a/12 | b/12");
        assert_eq!(read("a<br><br>b"), "a/12 | /0 | b/12");
        assert_eq!(read("<p>Name</p><hr/><p>field</p>"), "Name/12 | /0 | field/12");
        assert_eq!(read("<ul><li>one</li><li>two</li></ul>"), "one/12 | two/12");
        assert_eq!(read("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>"), "a b/12 | c/12");
        assert_eq!(read("one\ntwo  words"), "one/12 | two words/12");
    }

    #[test]
    fn letters_have_sizes_and_weight() {
        assert_eq!(read("<b>Web</b> server"), "Web server/12");
        assert_eq!(read("<b>Web server</b><br>Java"), "Web server*/12 | Java/12");
        assert_eq!(read("<font style=\"font-size: 18px\"><strong>Web</strong></font>"), "Web*/18");
        assert_eq!(read("<font size=\"1\">small</font> rest"), "small rest/12");
        assert_eq!(read("<h1>Title</h1>text"), "Title*/24 | text/12");
        assert_eq!(read("<span style='font-weight:700'>x</span></b></i>y"), "xy/12");
    }

    #[test]
    fn letters_that_nobody_sees_are_no_words() {
        assert_eq!(
            read("Web<span style=\"color: rgba(0, 0, 0, 0); font-size: 0px\">junk</span> app"),
            "Web app/12"
        );
        assert_eq!(read("Web<font style='font-size:0'>junk</font>"), "Web/12");
        assert_eq!(read("<div style='display: none'>junk <b>and more</b></div>Web"), "Web/12");
        assert_eq!(
            read("<p style='visibility:hidden'>junk</p><i style='color:transparent'>junk</i>Web"),
            "Web/12"
        );
        assert_eq!(read("<b style='color: rgba(0, 0, 0, 0.5)'>Web</b>"), "Web*/12");
        assert_eq!(read("Web%3CmxGraphModel%3E%3Croot%3E"), "Web/12");
        assert_eq!(read("%3CmxGraphModel%3E%3Croot%3E"), "");
    }

    #[test]
    fn references_become_characters() {
        assert_eq!(
            read("a&nbsp;&nbsp;b &amp;amp; &#233;&#x41; &unknown; R&D"),
            "a b &amp; éA &unknown; R&D/12"
        );
    }

    #[test]
    fn hostile_markup_is_left_out() {
        assert_eq!(
            read("<script>alert(1)</script><img src=x onerror=alert(1)>ok<style>b{}</style>"),
            "ok/12"
        );
        assert_eq!(read("a < b <!-- c --> d"), "a < b d/12");
        assert_eq!(read("kept <a href=\"never closed"), "kept/12");
        assert_eq!(read("\u{202E}evil\u{0}"), "evil/12");
        let deep = format!("{}x{}", "<b>".repeat(50_000), "</b>".repeat(50_000));
        assert_eq!(read(&deep), "x*/12");
        assert_eq!(lines(&"<p>x".repeat(50_000), Font { size: 12.0, bold: false, shown: true }).len(), LINES);
    }

    #[test]
    fn plain_text_keeps_its_signs() {
        let lines = plain(" <b>x\n\n\ny ", Font { size: 11.0, bold: true, shown: true });
        let texts: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(texts, ["<b>x", "", "y"]);
    }
}
