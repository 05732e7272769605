//! SVG: the `content` of the outermost element, in which draw.io keeps the source, and what PlantUML writes beside it.

use percent_encoding::percent_decode_str;

use super::language::DRAWIO;
use super::picture::{Damage, Embedded, Picture};
use super::plantuml_copy;
use crate::readers::entity;
use crate::readers::reader::Format;
use crate::source::{decode, tag_end};

/// SVG pictures.
#[derive(Debug)]
pub(super) struct Svg;

static FORMAT: Format = Format {
    id: "svg",
    name: "SVG",
    extensions: &["svg"],
    home: "https://www.w3.org/TR/SVG2/",
    reads: "the source that PlantUML and draw.io keep in pictures they export",
};

impl Picture for Svg {
    fn format(&self) -> &'static Format {
        &FORMAT
    }

    fn source(&self, bytes: &[u8], limit: u64) -> Result<Option<Embedded>, Damage> {
        let text = decode(bytes)
            .map_err(|error| Damage { place: format!("byte {}", error.at), what: error.to_string() })?
            .text;
        let mut at = 0;
        let mut inside = false;
        while let Some(found) = text[at..].find('<') {
            let start = at + found;
            let rest = &text[start..];
            let damage = |what: String| {
                let line = text[..start].bytes().filter(|byte| *byte == b'\n').count() + 1;
                Damage { place: format!("line {line}"), what }
            };
            let (content, length) = if let Some(rest) = rest.strip_prefix("<!--") {
                let end = rest.find("-->").unwrap_or(rest.len());
                (comment(&rest[..end], limit).map_err(damage)?, 4 + end)
            } else if let Some(rest) = rest.strip_prefix("<?") {
                let end = rest.find("?>").unwrap_or(rest.len());
                (instruction(&rest[..end], limit).map_err(damage)?, 2 + end)
            } else if let Some(rest) = rest.strip_prefix("<![CDATA[") {
                (None, 9 + rest.find("]]>").unwrap_or(rest.len()))
            } else if !inside && is_root(rest) {
                inside = true;
                let end = tag_end(rest)
                    .ok_or_else(|| damage("the picture is cut within its first tag".to_owned()))?;
                (content(&rest[..end]), end)
            } else {
                (None, 1)
            };
            if content.is_some() {
                return Ok(content);
            }
            at = start + length;
        }
        if inside {
            return Ok(None);
        }
        Err(Damage {
            place: "line 1".to_owned(),
            what: "this is no SVG picture: it has no `<svg>`".to_owned(),
        })
    }
}

/// PlantUML once wrote its source, or the encoded form of it, as a comment.
fn comment(text: &str, limit: u64) -> Result<Option<Embedded>, String> {
    let text = text.trim_start();
    // Two hyphens may not stand in a comment.
    let hyphens = |text: &str| text.replace("- -", "--");
    if let Some(encoded) = text.strip_prefix("SRC=[").and_then(|rest| rest.split(']').next()) {
        return copy(&hyphens(encoded), limit);
    }
    if !text.starts_with("MD5=[") && !text.starts_with("@start") {
        return Ok(None);
    }
    Ok(plantuml_copy::diagram(&hyphens(text).replace("\\\\", "\\")))
}

/// PlantUML writes the encoded form of its source as `<?plantuml-src ...?>`.
fn instruction(text: &str, limit: u64) -> Result<Option<Embedded>, String> {
    match text.strip_prefix("plantuml-src") {
        Some(encoded) => copy(encoded, limit),
        None => Ok(None),
    }
}

fn copy(encoded: &str, limit: u64) -> Result<Option<Embedded>, String> {
    let text = plantuml_copy::decode(encoded, limit)
        .map_err(|error| format!("the source that PlantUML put here cannot be read: {error}"))?;
    let framed =
        if text.contains("@start") { text } else { format!("@startuml\n{}\n@enduml\n", text.trim_end()) };
    Ok(plantuml_copy::diagram(&framed))
}

fn is_root(rest: &str) -> bool {
    let ends = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/');
    let name = rest.as_bytes()[1..]
        .iter()
        .take(40)
        .position(ends)
        .map_or("", |end| rest.get(1..=end).unwrap_or_default());
    name == "svg" || name.ends_with(":svg")
}

/// The source that draw.io keeps in the first tag.
fn content(tag: &str) -> Option<Embedded> {
    let value = attribute(tag, "content")?;
    let text = entity::decode(value);
    let text = text.trim_start();
    let text =
        if text.starts_with("%3C") { percent_decode_str(text).decode_utf8_lossy() } else { text.into() };
    let drawn = text.starts_with("<mxfile") || text.starts_with("<mxGraphModel");
    drawn.then(|| Embedded { language: &DRAWIO, text: text.into_owned() })
}

/// The value of an attribute of a tag, as written.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = tag.trim_start_matches(|c: char| !c.is_ascii_whitespace());
    loop {
        rest = rest.trim_start();
        let (key, after) = rest.split_once('=')?;
        let after = after.trim_start();
        let quote = after.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
        let (value, after) = after[1..].split_once(quote)?;
        if key.trim() == name {
            return Some(value);
        }
        rest = after;
    }
}
