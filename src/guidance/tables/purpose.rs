//! What a label says of the purpose of a flow, without what other columns say: protocol, way, alternative.

use crate::guidance::index::{Edge, spoken};

/// The label's words that stand in no other column; empty when nothing is left.
pub(super) fn of(edge: &Edge<'_>, service: &str) -> String {
    let Some(label) = edge.relation.label.as_deref() else { return String::new() };
    let mut text = without_parentheses(label);
    if !edge.relation.via.is_empty() {
        text = without_way(&text);
    }
    let text = text.trim().trim_matches([',', ';', ':']).trim().to_owned();
    let known = spoken(&format!("{service} or and port tcp udp"));
    let says_more = spoken(&text)
        .split_whitespace()
        .any(|word| !known.contains(&format!(" {word} ")) && word.parse::<u32>().is_err());
    if says_more { text } else { String::new() }
}

/// Without `(alternative: ...)` and `(optional)`.
fn without_parentheses(label: &str) -> String {
    let mut text = label.to_owned();
    for (open, close) in [('(', ')'), ('[', ']')] {
        let mut from = 0;
        while let Some(start) = text[from..].find(open).map(|at| at + from) {
            let Some(end) = text[start..].find(close).map(|at| at + start) else { break };
            let inner = text[start + 1..end].trim().to_lowercase();
            if ["alternative", "alt:", "option"].iter().any(|word| inner.starts_with(word)) {
                text.replace_range(start..=end, "");
                from = start;
            } else {
                from = end;
            }
        }
    }
    text
}

/// Without `via FW3, FW4` and what follows it.
fn without_way(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let start = ["via ", "through ", "passing "]
        .iter()
        .filter_map(|word| {
            let at = lower.find(word)?;
            (at == 0 || !lower.as_bytes()[at - 1].is_ascii_alphanumeric()).then_some(at)
        })
        .min();
    start.map_or_else(|| text.to_owned(), |at| text[..at].to_owned())
}
