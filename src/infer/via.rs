//! What a label says of the way: "via FW4, FW3", "(alternative: inbound web)".
//!
//! In: a label and the names of the model. Out: the elements that the flow passes, in written
//! order, the group of which only one flow is built, and the label without these words.

use super::names::Names;
use crate::catalog::{Word, words};
use crate::model::ElementId;

/// A label, taken apart.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Way {
    /// What the flow passes.
    pub(super) via: Vec<ElementId>,
    /// The name of the group of which one is built.
    pub(super) alternative: Option<String>,
    /// The label with blanks in the place of what was understood.
    pub(super) rest: String,
}

/// Takes a label apart. The ends of the flow are not on its way.
pub(super) fn read(label: &str, names: &Names, ends: [&ElementId; 2]) -> Way {
    let mut way = Way { rest: label.to_owned(), ..Way::default() };
    if let Some((range, group)) = alternative(label) {
        way.rest.replace_range(range.clone(), &" ".repeat(range.len()));
        way.alternative = Some(group);
    }
    let text = words(&way.rest);
    let mut at = 0;
    while at < text.len() {
        let leads = matches!(text[at].text.as_str(), "via" | "through" | "passing" | "thru" | "über");
        let Some((end, passed)) = leads.then(|| list(&way.rest, &text, at + 1, names)).flatten() else {
            at += 1;
            continue;
        };
        way.via.extend(passed.into_iter().filter(|id| !ends.contains(&id)));
        let range = text[at].start..text[end - 1].end;
        way.rest.replace_range(range.clone(), &" ".repeat(range.len()));
        at = end;
    }
    way.via.dedup();
    way
}

/// The names from a word on, and the word behind the last of them.
fn list(label: &str, text: &[Word], start: usize, names: &Names) -> Option<(usize, Vec<ElementId>)> {
    let mut passed = Vec::new();
    let mut at = start;
    let mut end = start;
    while at < text.len() {
        let joined = end == start || separates(&label[text[at - 1].end..text[at].start]);
        if let Some((length, id)) = names.at(text, at).filter(|_| joined || is_link(&text[at - 1])) {
            passed.push(id.clone());
            at += length;
            end = at;
        } else if is_link(&text[at])
            || (at == start && matches!(text[at].text.as_str(), "the" | "a" | "firewall" | "firewalls"))
        {
            at += 1;
        } else {
            break;
        }
    }
    (!passed.is_empty()).then_some((end, passed))
}

fn separates(between: &str) -> bool {
    let between = between.trim();
    matches!(between, "," | "/" | "+" | "&" | "->" | "→" | ">" | ";")
}

fn is_link(word: &Word) -> bool {
    matches!(word.text.as_str(), "and" | "then" | "und")
}

/// `(alternative: outbound SMTP)` or `[alternative outbound]`: where it stands, and the group's name.
fn alternative(label: &str) -> Option<(std::ops::Range<usize>, String)> {
    let lower = label.to_ascii_lowercase();
    for (open, close) in [('(', ')'), ('[', ']')] {
        let mut from = 0;
        while let Some(start) = lower[from..].find(open).map(|at| at + from) {
            let end = lower[start..].find(close).map_or(lower.len(), |at| at + start);
            let inner = label[start + 1..end].trim();
            let rest = ["alternative", "alt", "either", "option"].iter().find_map(|word| {
                let rest =
                    inner.get(word.len()..).filter(|_| lower[start + 1..end].trim().starts_with(word))?;
                rest.trim_start().strip_prefix([':', '=']).map(str::trim)
            });
            if let Some(group) = rest.filter(|group| !group.is_empty()) {
                return Some((start..(end + 1).min(label.len()), group.to_owned()));
            }
            from = end.max(start + 1);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Element, ElementKind, Model};

    /// Label, what it passes, the group, what is left.
    const TABLE: &[(&str, &str, &str, &str)] = &[
        ("SOAP via FW4, FW3 (alternative: inbound web)", "fw4 fw3", "inbound web", "SOAP"),
        ("HTTP through FW3", "fw3", "", "HTTP"),
        ("via FW4 and FW3", "fw4 fw3", "", ""),
        ("via the Web proxy, HTTPS", "web-proxy", "", ", HTTPS"),
        ("SFTP via HTTPS", "", "", "SFTP via HTTPS"),
        ("HTTP via FW4 / FW3 only at night", "fw4 fw3", "", "HTTP only at night"),
        ("reads through cache", "", "", "reads through cache"),
        ("via Partner", "", "", ""),
    ];

    #[test]
    fn labels_name_what_a_flow_passes() {
        let mut model = Model::default();
        for (id, kind, name) in [
            ("fw3", ElementKind::Firewall, "FW3"),
            ("fw4", ElementKind::Firewall, "FW4"),
            ("web-proxy", ElementKind::Gateway, "Web proxy"),
            ("partner", ElementKind::System, "Partner"),
        ] {
            let id = ElementId::new(id);
            model.elements.insert(id.clone(), Element::new(id, kind, name));
        }
        let names = Names::of(&model);
        let ends = [&ElementId::new("partner"), &ElementId::new("x")];
        for (label, via, group, rest) in TABLE {
            let way = read(label, &names, ends);
            let passed: Vec<&str> = way.via.iter().map(ElementId::as_str).collect();
            let left: Vec<&str> = way.rest.split_whitespace().collect();
            let expected: Vec<&str> = rest.split_whitespace().collect();
            assert_eq!(passed.join(" "), *via, "{label}");
            assert_eq!(way.alternative.unwrap_or_default(), *group, "{label}");
            assert_eq!(left, expected, "{label}");
        }
    }
}
