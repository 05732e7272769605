//! Tags that hold a diagram: `<pre class="mermaid">`, `<pre lang="mermaid"><code>`, `<Mermaid chart={`...`} />`.

use super::language::Language;
use super::scribe::{Quote, attribute};
use crate::readers::entity;

/// Bytes within which a tag must end.
const LONGEST: usize = 500;

/// Elements whose text may be a diagram.
const HOLDERS: &[&str] = &["div", "pre", "code", "p", "section", "figure"];

/// A tag that opens a diagram.
pub(super) struct Opened<'t> {
    /// Its name as it is written.
    pub(super) name: &'t str,
    /// What it is written in.
    pub(super) language: &'static Language,
    /// Where what follows the name begins.
    rest: usize,
    /// It is a component of MDX, and no element of HTML.
    component: bool,
}

/// The tag at a byte of a text, when what it holds is a diagram.
pub(super) fn opened(text: &str, start: usize) -> Option<Opened<'_>> {
    let inside = text[start..].strip_prefix('<')?;
    let end = inside.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inside.len());
    let name = &inside[..end];
    let rest = start + 1 + end;
    if name.starts_with(|c: char| c.is_ascii_uppercase()) {
        let language = Language::of(name)?;
        return Some(Opened { name, language, rest, component: true });
    }
    if !HOLDERS.contains(&name) {
        return None;
    }
    let attributes = &near(&text[rest..])[..near(&text[rest..]).find('>')?];
    let words = |name: &str| quoted_attribute(attributes, name);
    let language = ["class", "lang", "data-lang", "data-language"].into_iter().find_map(|name| {
        words(name)?.split_whitespace().find_map(|word| {
            let word = word.strip_prefix("language-").or_else(|| word.strip_prefix("lang-")).unwrap_or(word);
            Language::of(word)
        })
    })?;
    Some(Opened { name, language, rest, component: false })
}

impl Opened<'_> {
    /// What it holds, and where it ends; `None` when it does not end.
    pub(super) fn quote(&self, text: &str) -> Option<(Quote, usize)> {
        let head = near(&text[self.rest..]);
        let close = head.find('>');
        if self.component {
            // The text is an attribute, or a template between the tags.
            let template = head.find("{`").filter(|at| {
                close.is_none_or(|close| {
                    *at < close || text[self.rest + close + 1..self.rest + at].trim().is_empty()
                })
            });
            if let Some(at) = template {
                let from = self.rest + at + 2;
                let until = from + text[from..].find("`}")?;
                let past = past(text, until);
                return Some((Quote::of(self.language, text, from..until), past));
            }
            let close = close?;
            if head[..close].ends_with('/') {
                let at = ["chart=\"", "value=\"", "code=\""]
                    .iter()
                    .find_map(|name| head[..close].find(name).map(|at| at + name.len()))?;
                let from = self.rest + at;
                let until = from + text[from..].find('"')?;
                return Some((Quote::of(self.language, text, from..until), self.rest + close + 1));
            }
        }
        let mut from = self.rest + close? + 1;
        let end = format!("</{}", self.name);
        let until = from + text[from..].find(&end)?;
        let past = past(text, until);
        let mut body = &text[from..until];
        // `<pre lang="mermaid"><code>` ... `</code></pre>`.
        let code = body.trim_start().strip_prefix("<code").and_then(|rest| rest.split_once('>'));
        if let Some((_, inside)) = code {
            from = until - inside.len();
            body = inside.trim_end().strip_suffix("</code>").unwrap_or(inside);
        }
        let mut quote = Quote::new(self.language, None);
        characters(&mut quote, body, from);
        Some((quote, past))
    }
}

/// Adds a text in which characters are written as entities.
fn characters(quote: &mut Quote, text: &str, at: usize) {
    let mut from = 0;
    let mut look = 0;
    while let Some(found) = text[look..].find('&') {
        let mark = look + found;
        let name = &text[mark + 1..];
        let end = name.bytes().take(12).position(|byte| byte == b';');
        look = mark + 1;
        if let Some(end) = end
            && let Some(sign) = name.get(..end).and_then(entity::character)
        {
            quote.push(&text[from..mark], at + from);
            quote.push(sign.encode_utf8(&mut [0; 4]), at + mark);
            look = mark + end + 2;
            from = look;
        }
    }
    quote.push(&text[from..], at + from);
}

/// The words of `name="..."`, all of them.
fn quoted_attribute(attributes: &str, name: &str) -> Option<String> {
    let at = attributes.match_indices(name).find_map(|(at, _)| {
        let alone = attributes[..at].ends_with(char::is_whitespace);
        let rest = attributes[at + name.len()..].trim_start().strip_prefix('=')?.trim_start();
        alone.then_some(rest)
    })?;
    match at.chars().next()? {
        quote @ ('"' | '\'') => at[1..].split(quote).next().map(str::to_owned),
        _ => attribute(attributes, name),
    }
}

/// Past the mark that ends the tag which begins at or around a byte.
fn past(text: &str, at: usize) -> usize {
    near(&text[at..]).find('>').map_or(at, |length| at + length + 1)
}

/// The start of a text, as far as a tag may reach.
fn near(text: &str) -> &str {
    let end = (0..=LONGEST.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    &text[..end]
}
