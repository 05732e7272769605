//! Entries of `facts` as text.

use super::{Given, NewFacts, provenance};
use crate::source::{Quotes, scalar};

/// Longest entry that is written in braces where it could be a block, in characters.
const WIDTH: usize = 120;

/// How the entries beside a new one are written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Style {
    pub(super) quotes: Quotes,
    /// Column of the dash.
    pub(super) dash: usize,
    /// Spaces between the dash and what follows.
    pub(super) gap: usize,
    /// Entries are blocks of lines, and not mappings in braces.
    pub(super) block: bool,
    /// `set` is a block of lines.
    pub(super) set_block: bool,
}

/// An entry in braces.
pub(super) fn flow(facts: &NewFacts, quotes: Quotes) -> String {
    let key = |word: &str| if quotes == Quotes::Always { format!("\"{word}\"") } else { word.to_owned() };
    let set: Vec<String> =
        facts.set.iter().map(|(name, value)| format!("{}: {}", key(name), given(value, quotes))).collect();
    let mut parts = vec![
        format!("{}: {}", key("subject"), subjects(&facts.subjects, quotes)),
        format!("{}: {{{}}}", key("set"), set.join(", ")),
    ];
    parts.extend(
        provenance(facts).into_iter().map(|(name, text)| format!("{}: {}", key(name), scalar(text, quotes))),
    );
    format!("{{{}}}", parts.join(", "))
}

/// An entry as lines with their indentation, dash included, without the last line's end.
pub(super) fn entry(facts: &NewFacts, style: Style, line_end: &str) -> String {
    let Style { quotes, dash, gap, .. } = style;
    let indent = " ".repeat(dash);
    let head = format!("{indent}-{}", " ".repeat(gap));
    if !style.block {
        let line = format!("{head}{}", flow(facts, quotes));
        if facts.subjects.len() == 1 || line.chars().count() <= WIDTH {
            return line;
        }
    }
    let inner = " ".repeat(dash + 1 + gap);
    let mut lines = Vec::new();
    let listed = subjects(&facts.subjects, quotes);
    if facts.subjects.len() == 1 || listed.len() + inner.len() + 9 <= WIDTH {
        lines.push(format!("{head}subject: {listed}"));
    } else {
        lines.push(format!("{head}subject:"));
        lines.extend(facts.subjects.iter().map(|subject| format!("{inner}  - {}", scalar(subject, quotes))));
    }
    let set: Vec<String> =
        facts.set.iter().map(|(name, value)| format!("{name}: {}", given(value, quotes))).collect();
    if style.set_block {
        lines.push(format!("{inner}set:"));
        lines.extend(set.iter().map(|fact| format!("{inner}  {fact}")));
    } else {
        lines.push(format!("{inner}set: {{{}}}", set.join(", ")));
    }
    let said = provenance(facts);
    lines.extend(said.into_iter().map(|(name, text)| format!("{inner}{name}: {}", scalar(text, quotes))));
    lines.join(line_end)
}

/// A value, as it may stand inside of braces.
pub(super) fn given(value: &Given, quotes: Quotes) -> String {
    match value {
        Given::Text(text) => scalar(text, quotes),
        Given::Count(count) => count.to_string(),
        Given::List(words) => {
            let words: Vec<String> = words.iter().map(|word| scalar(word, quotes)).collect();
            format!("[{}]", words.join(", "))
        }
    }
}

fn subjects(subjects: &[String], quotes: Quotes) -> String {
    match subjects {
        [one] => scalar(one, quotes),
        many => {
            let many: Vec<String> = many.iter().map(|subject| scalar(subject, quotes)).collect();
            format!("[{}]", many.join(", "))
        }
    }
}
