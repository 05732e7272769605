//! Elements by their names, for texts that name them: "via FW4, FW3".

use std::collections::{BTreeSet, HashMap};

use crate::catalog::{Word, words};
use crate::model::{ElementId, ElementKind, Model};

/// All elements by the words of their names.
pub(super) struct Names {
    by_words: HashMap<Vec<String>, Vec<Entry>>,
    /// How many words names have that start with a word.
    lengths: HashMap<String, BTreeSet<usize>>,
}

struct Entry {
    /// The words are the beginning of the name, up to what explains it.
    short: bool,
    passes: bool,
    id: ElementId,
}

impl Names {
    /// The names of a model. Persons and boundaries are left out: nothing passes through them.
    pub(super) fn of(model: &Model) -> Self {
        Self::of_kinds(model, |kind| {
            !matches!(kind, ElementKind::Person | ElementKind::Boundary | ElementKind::Zone)
        })
    }

    /// The names of the elements of some kinds.
    pub(super) fn of_kinds(model: &Model, wanted: impl Fn(ElementKind) -> bool) -> Self {
        use ElementKind as K;
        let mut names = Self { by_words: HashMap::new(), lengths: HashMap::new() };
        for element in model.elements.values().filter(|element| wanted(element.kind)) {
            let passes = matches!(element.kind, K::Firewall | K::Gateway | K::Network);
            let all: Vec<String> = words(&element.name).into_iter().map(|word| word.text).collect();
            let head_end = element.name.find(['(', '[', ',', ':']).filter(|at| *at > 0);
            let head: Vec<String> = head_end.map_or_else(Vec::new, |end| {
                words(&element.name[..end]).into_iter().map(|word| word.text).collect()
            });
            // "FW4 Forefront TMG 2010" is called FW4.
            let code: Vec<String> = match all.as_slice() {
                [first, _, ..] if passes && first.bytes().any(|byte| byte.is_ascii_digit()) => {
                    vec![first.clone()]
                }
                _ => Vec::new(),
            };
            for (parts, short) in [(all, false), (head, true), (code, true)] {
                names.add(parts, short, passes, &element.id);
            }
        }
        names
    }

    fn add(&mut self, parts: Vec<String>, short: bool, passes: bool, id: &ElementId) {
        let Some(first) = parts.first() else { return };
        self.lengths.entry(first.clone()).or_default().insert(parts.len());
        let known = self.by_words.entry(parts).or_default();
        // Two of a rank are as many as a hundred: the name means neither.
        let of_rank = known.iter().filter(|entry| entry.short == short && entry.passes == passes).count();
        if of_rank < 2 && !known.iter().any(|entry| entry.id == *id) {
            known.push(Entry { short, passes, id: id.clone() });
        }
    }

    /// The longest name that starts at a word, when one element has it: how many words, and which.
    /// Of several, full names count before short ones, and devices that flows pass before others.
    pub(super) fn at(&self, text: &[Word], at: usize) -> Option<(usize, &ElementId)> {
        let lengths = self.lengths.get(&text.get(at)?.text)?;
        let left = text.len() - at;
        let (length, found) = lengths.range(..=left).rev().find_map(|length| {
            let words: Vec<String> = text[at..at + length].iter().map(|word| word.text.clone()).collect();
            Some((*length, self.by_words.get(&words)?))
        })?;
        let ranks = [(false, true), (true, true), (false, false), (true, false)];
        ranks.iter().find_map(|(short, passes)| {
            let mut ranked = found.iter().filter(|entry| entry.short == *short && entry.passes == *passes);
            let first = ranked.next()?;
            Some(ranked.next().is_none().then_some((length, &first.id)))
        })?
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Element;

    #[test]
    fn devices_are_found_by_their_short_names() {
        let mut model = Model::default();
        for (id, kind, name) in [
            ("a", ElementKind::Firewall, "FW4 Forefront TMG 2010"),
            ("b", ElementKind::Gateway, "Web proxy (squid)"),
            ("c", ElementKind::Component, "Web proxy tests"),
        ] {
            let id = ElementId::new(id);
            model.elements.insert(id.clone(), Element::new(id, kind, name));
        }
        let names = Names::of(&model);
        let text = words("via FW4 and web proxy");
        assert_eq!(names.at(&text, 1).map(|(length, id)| (length, id.as_str())), Some((1, "a")));
        assert_eq!(names.at(&text, 3).map(|(length, id)| (length, id.as_str())), Some((2, "b")));
        assert_eq!(names.at(&text, 0), None);
    }
}
