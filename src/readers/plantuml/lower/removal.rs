//! `remove` and `restore`: what the author takes out of the drawing does not reach the model.
//!
//! The statements of a diagram and its complete elements go in; the elements that stay come out, with one note about
//! the others. The last statement that is about an element decides; what is inside a group goes with it.

use std::collections::HashMap;

use crate::diagnostic::Diagnostic;
use crate::model::LocalId;
use crate::readers::plantuml::syntax::Removal;
use crate::readers::sketch::{Builder, Node};
use crate::source::Place;

/// Patterns with `*` in one diagram; each is tried on every element.
const MOST_PATTERNS: usize = 200;

/// Names in the note about what was taken out.
const SHOWN: usize = 5;

/// The statements of one diagram: where each one stands among them, and whether it takes out.
#[derive(Debug, Default)]
pub(super) struct Removals {
    count: usize,
    /// The last statement about a name, tag or stereotype that is written out, or about `@unlinked`.
    exact: HashMap<String, (usize, bool)>,
    patterns: Vec<(String, (usize, bool))>,
    first: Option<Place>,
}

impl Removals {
    /// Adds a statement; `false` when there are too many to follow.
    pub(super) fn add(&mut self, removal: &Removal, place: Place) -> bool {
        self.count += 1;
        let entry = (self.count, !removal.restores);
        // `<<a b>>` is told apart from the name `a b`.
        let what = match removal.what.strip_prefix("<<").and_then(|rest| rest.strip_suffix(">>")) {
            Some(inside) => format!("<<{}>>", inside.trim()),
            None => removal.what.clone(),
        };
        if what.contains('*') {
            if self.patterns.len() >= MOST_PATTERNS {
                return false;
            }
            self.patterns.push((what, entry));
        } else {
            self.exact.insert(what, entry);
        }
        self.first.get_or_insert(place);
        true
    }

    /// Takes elements out of a diagram that is complete, with their links and notes.
    pub(super) fn apply(&self, builder: &mut Builder) -> Option<Diagnostic> {
        let place = self.first?;
        let gone = self.gone(builder);
        let names: Vec<&str> = builder
            .nodes
            .iter()
            .zip(&gone)
            .filter(|(_, gone)| **gone)
            .map(|(node, _)| node.draft.name.as_str())
            .collect();
        if names.is_empty() {
            return None;
        }
        let note = Diagnostic::note("plantuml/removed", told(&names), place.span)
            .help("what `remove` takes out of the drawing is not in the model");
        keep(builder, &gone);
        Some(note)
    }

    fn gone(&self, builder: &Builder) -> Vec<bool> {
        let mut linked = vec![false; builder.nodes.len()];
        for at in builder
            .flows
            .iter()
            .flat_map(|flow| [flow.from.0, flow.to.0])
            .chain(builder.beside.iter().copied())
        {
            linked[at] = true;
        }
        let own: Vec<bool> =
            builder.nodes.iter().zip(&linked).map(|(node, linked)| self.takes(node, *linked)).collect();
        let mut gone = own.clone();
        for (at, node) in builder.nodes.iter().enumerate() {
            let mut above = node.parent;
            while let Some(parent) = above.filter(|_| !gone[at]) {
                gone[at] = own[parent];
                above = builder.nodes[parent].parent;
            }
        }
        // A group of which nothing is left is not drawn either. Parents may stand behind their members.
        let mut left = vec![0_usize; builder.nodes.len()];
        for node in builder.nodes.iter().zip(&gone).filter(|(_, gone)| !**gone).map(|(node, _)| node) {
            if let Some(parent) = node.parent {
                left[parent] += 1;
            }
        }
        let mut emptied: Vec<usize> =
            (0..gone.len()).filter(|at| builder.nodes[*at].holds && left[*at] == 0 && !gone[*at]).collect();
        while let Some(at) = emptied.pop() {
            gone[at] = true;
            if let Some(parent) = builder.nodes[at].parent {
                left[parent] = left[parent].saturating_sub(1);
                if left[parent] == 0 && !gone[parent] {
                    emptied.push(parent);
                }
            }
        }
        gone
    }

    /// Whether the last statement about an element takes it out.
    fn takes(&self, node: &Node, linked: bool) -> bool {
        let draft = &node.draft;
        let name = draft.alias.as_ref().unwrap_or(&draft.name);
        let words: Vec<String> = std::iter::once(name.clone())
            .chain(draft.tags.iter().map(|tag| format!("${tag}")))
            .chain(draft.stereotypes.iter().map(|word| format!("<<{word}>>")))
            .chain((!linked && !node.holds).then(|| "@unlinked".to_owned()))
            .collect();
        let exact = words.iter().filter_map(|word| self.exact.get(word));
        let patterns = self
            .patterns
            .iter()
            .filter(|(pattern, _)| words.iter().any(|word| matches(word, pattern)))
            .map(|(_, entry)| entry);
        exact.chain(patterns).max().is_some_and(|(_, removes)| *removes)
    }
}

/// Whether a word fits a pattern in which `*` stands for any characters.
fn matches(word: &str, pattern: &str) -> bool {
    // `*` alone is about names; tags and stereotypes are asked for by their marks.
    if word.starts_with(['$', '@']) != pattern.starts_with(['$', '@'])
        || word.starts_with("<<") != pattern.starts_with("<<")
    {
        return false;
    }
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| word.strip_prefix(first)) else { return false };
    let Some(last) = parts.next_back() else { return rest.is_empty() };
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

fn told(names: &[&str]) -> String {
    let shown = names.iter().take(SHOWN).map(|name| format!("'{name}'")).collect::<Vec<_>>().join(", ");
    match (names.len(), names.len().saturating_sub(SHOWN)) {
        (1, _) => format!("{shown} is taken out of the drawing"),
        (_, 0) => format!("{shown} are taken out of the drawing"),
        (_, more) => format!("{shown} and {more} more are taken out of the drawing"),
    }
}

/// Drops the elements that are gone, and what is about them.
fn keep(builder: &mut Builder, gone: &[bool]) {
    let mut next = 0;
    let places: Vec<Option<usize>> = gone
        .iter()
        .map(|gone| {
            let place = (!gone).then_some(next);
            next += usize::from(!gone);
            place
        })
        .collect();
    let place = |at: usize| places.get(at).copied().flatten();
    let nodes = std::mem::take(&mut builder.nodes);
    builder.nodes = nodes.into_iter().zip(gone).filter(|(_, gone)| !**gone).map(|(node, _)| node).collect();
    for node in &mut builder.nodes {
        node.parent = node.parent.and_then(place);
    }
    let mut flows = Vec::with_capacity(builder.flows.len());
    let mut flow_places = Vec::with_capacity(builder.flows.len());
    for mut flow in std::mem::take(&mut builder.flows) {
        let ends = place(flow.from.0).zip(place(flow.to.0));
        flow_places.push(ends.map(|_| flows.len()));
        if let Some((from, to)) = ends {
            (flow.from, flow.to) = (LocalId(from), LocalId(to));
            flows.push(flow);
        }
    }
    builder.flows = flows;
    builder.notes.retain_mut(|note| {
        let about = (note.draft, note.flow);
        note.draft = note.draft.and_then(|node| place(node.0)).map(LocalId);
        note.flow = note.flow.and_then(|flow| flow_places[flow]);
        (about.0.is_some(), about.1.is_some()) == (note.draft.is_some(), note.flow.is_some())
    });
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn patterns_fit_names_tags_and_stereotypes_by_their_marks() {
        for (word, pattern, fits) in [
            ("order_db", "order*", true),
            ("order_db", "*_db", true),
            ("order_db", "*", true),
            ("order_db", "*er*d*", true),
            ("order_db", "a*", false),
            ("ab", "ab*b", false),
            ("$tag", "*", false),
            ("$tag", "$t*", true),
            ("<<data base>>", "<<data*>>", true),
            ("<<data base>>", "*", false),
        ] {
            assert_eq!(matches(word, pattern), fits, "{word} {pattern}");
        }
    }
}
