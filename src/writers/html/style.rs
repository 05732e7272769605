//! Style, script and font, embedded; and the small style that each page has of its own.

use std::fmt::Write;
use std::sync::OnceLock;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use super::policy;

const LATIN_400: &[u8] = include_bytes!("../../../assets/fonts/inter-latin-400.woff2");
const LATIN_600: &[u8] = include_bytes!("../../../assets/fonts/inter-latin-600.woff2");
const PAGE_STYLE: &str = include_str!("../../../templates/page/page.css");

/// The script of the page.
pub(super) const SCRIPT: &str = include_str!("../../../templates/page/page.js");

/// Smallest text of a picture, in px: the number in a badge.
const SMALLEST_TEXT: f64 = 10.5;
/// Text below this size, in px, is not shown without zoom on offer.
const READABLE_TEXT: f64 = 9.0;

/// A text with the hash that the policy names it by.
#[derive(Debug)]
pub(super) struct Hashed {
    pub(super) text: String,
    pub(super) hash: String,
}

/// Fonts and the style of all pages.
pub(super) fn style() -> &'static Hashed {
    static STYLE: OnceLock<Hashed> = OnceLock::new();
    STYLE.get_or_init(|| {
        let mut text = String::with_capacity(96 * 1024);
        for (weight, bytes) in [(400, LATIN_400), (600, LATIN_600)] {
            text.push_str("@font-face{font-family:Inter;font-style:normal;font-display:swap;font-weight:");
            text.push_str(if weight == 400 { "400" } else { "600" });
            text.push_str(";src:url(data:font/woff2;base64,");
            BASE64_STANDARD.encode_string(bytes, &mut text);
            text.push_str(") format(\"woff2\")}\n");
        }
        compact(PAGE_STYLE, &mut text);
        compact(crate::writers::svg::STYLE, &mut text);
        let hash = policy::hash(&text);
        Hashed { text, hash }
    })
}

/// Adds a style sheet of ours without its comments and indents, which readers of a page do not need.
fn compact(sheet: &str, text: &mut String) {
    let mut rest = sheet;
    let mut plain = String::with_capacity(sheet.len());
    while let Some((before, comment)) = rest.split_once("/*") {
        plain.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    for line in plain.lines().map(str::trim).filter(|line| !line.is_empty()) {
        text.push_str(line);
        text.push('\n');
    }
}

/// The hash of the script.
pub(super) fn script_hash() -> &'static str {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| policy::hash(SCRIPT))
}

/// What only this page needs: its running head, and the size of each figure.
pub(super) fn own_style(running_head: &str, widths: &[Option<f64>]) -> Hashed {
    let mut text = String::new();
    let head = css_string(running_head);
    let small = "font:8pt Inter,\"Segoe UI\",Arial,sans-serif;color:#444";
    for (name, size) in [("", "A4"), (" landscape", "A4 landscape")] {
        let _ = writeln!(
            text,
            "@page{name}{{size:{size};margin:20mm 16mm 18mm;@top-left{{content:{head};{small}}}\
             @bottom-right{{content:counter(page) \" / \" counter(pages);{small}}}}}"
        );
    }
    for (at, width) in widths.iter().enumerate() {
        let Some(width) = width else { continue };
        let (number, width) = (at + 1, width.ceil());
        let least = (width * READABLE_TEXT / SMALLEST_TEXT).ceil();
        let _ = writeln!(
            text,
            ".f{number} .canvas>svg{{width:100%;max-width:{width}px}}\
             .f{number}:has(.full:checked) .canvas>svg{{width:{width}px;max-width:none}}\
             @container (min-width:{least}px){{.f{number} .zoom{{display:none}}}}\
             @media screen and (max-width:63.99rem){{.f{number} .canvas>svg{{min-width:{least}px}}\
             .f{number}:has(.full:checked) .canvas>svg{{width:100%;min-width:0}}}}"
        );
    }
    let hash = policy::hash(&text);
    Hashed { text, hash }
}

/// A CSS string of any text: everything but letters, digits and spaces is escaped by its code.
fn css_string(text: &str) -> String {
    let mut string = String::from("\"");
    for character in text.chars() {
        if character.is_alphanumeric() || character == ' ' {
            string.push(character);
        } else if character == '\0' {
            string.push('\u{fffd}');
        } else {
            let _ = write!(string, "\\{:x} ", u32::from(character));
        }
    }
    string.push('"');
    string
}

#[cfg(test)]
mod tests {
    use super::css_string;

    #[test]
    fn text_cannot_leave_a_css_string() {
        assert_eq!(css_string("A </style>\"\\"), "\"A \\3c \\2f style\\3e \\22 \\5c \"");
    }
}
