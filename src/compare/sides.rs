//! What the cells of a rule name: elements, address groups, addresses.

use std::collections::{BTreeMap, BTreeSet};

use super::address::Range;
use crate::assessment::{AddressGroup, Truth};
use crate::diagnostic::did_you_mean;
use crate::model::{Element, ElementId, FactKey, FactValue, Model, slug};

/// Names that a message lists at most.
const MOST_NAMED: usize = 4;

/// One word of a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cell {
    /// Anything.
    Any,
    /// These elements, and what stands in them.
    Named(Vec<ElementId>),
    /// Addresses, and the elements of which an address is known to lie there.
    Addresses(Range, Vec<ElementId>),
    /// Nothing that the model knows: why.
    Nothing(String),
}

/// The words of a cell with what they name.
#[derive(Clone, Debug)]
pub(super) struct Side {
    pub(super) cells: Vec<(String, Cell)>,
}

/// Everything that a cell can name.
pub(super) struct Names<'a> {
    model: &'a Model,
    by_word: BTreeMap<String, BTreeSet<&'a ElementId>>,
    groups: BTreeMap<String, &'a AddressGroup>,
    addresses: BTreeMap<&'a ElementId, Vec<Range>>,
    inside: BTreeMap<&'a ElementId, BTreeSet<&'a ElementId>>,
}

impl<'a> Names<'a> {
    pub(super) fn new(model: &'a Model, groups: &'a [AddressGroup]) -> Self {
        let mut names = Self {
            model,
            by_word: BTreeMap::new(),
            groups: groups.iter().map(|group| (fold(&group.name), group)).collect(),
            addresses: BTreeMap::new(),
            inside: BTreeMap::new(),
        };
        for element in model.elements.values() {
            let id = logical(model, element);
            let last = element.id.as_str().rsplit('/').next().unwrap_or_default().to_owned();
            let own = [element.name.clone(), element.id.as_str().to_owned(), last, slug(&element.name)];
            let alias =
                element.properties.iter().filter(|(key, _)| fold(key) == "alias").map(|(_, value)| value);
            let stated = addresses(element);
            for word in own.iter().chain(alias).chain(&stated) {
                names.by_word.entry(fold(word)).or_default().insert(id);
            }
            let ranges = stated.iter().filter_map(|word| Range::parse(word));
            names.addresses.entry(id).or_default().extend(ranges);
            for holder in holders(model, &element.id) {
                names.inside.entry(id).or_default().insert(holder);
            }
        }
        names
    }

    /// The cells of a side, each with what it names.
    pub(super) fn side(&self, words: &[String]) -> Side {
        let mut cells = Vec::new();
        for word in words {
            let cell = self.cell(word);
            let parts: Vec<&str> = word.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
            // A comma may stand in a name; a list is one only when the whole names nothing.
            if matches!(cell, Cell::Nothing(_)) && parts.len() > 1 {
                cells.extend(parts.into_iter().map(|part| (part.to_owned(), self.cell(part))));
            } else {
                cells.push((word.clone(), cell));
            }
        }
        Side { cells }
    }

    fn cell(&self, word: &str) -> Cell {
        let folded = fold(word);
        if matches!(folded.as_str(), "any" | "all" | "*" | "anywhere" | "any-ipv4" | "any-ipv6") {
            return Cell::Any;
        }
        if let Some(group) = self.groups.get(&folded) {
            return Cell::Named(group.members.clone());
        }
        if let Some(known) = self.by_word.get(&folded) {
            let exact = known.iter().find(|id| id.as_str() == word.trim());
            match (exact, known.len()) {
                (Some(id), _) => return Cell::Named(vec![(*id).clone()]),
                (None, 1) => return Cell::Named(known.iter().map(|id| (*id).clone()).collect()),
                (None, _) => {
                    let ids: Vec<&str> = known.iter().take(MOST_NAMED).map(|id| id.as_str()).collect();
                    return Cell::Nothing(format!("names several elements: {}", ids.join(", ")));
                }
            }
        }
        if let Some(range) = Range::parse(word) {
            if range.is_all() {
                return Cell::Any;
            }
            let inside = |ranges: &Vec<Range>| ranges.iter().any(|known| range.meets(known));
            let found: Vec<ElementId> = self
                .addresses
                .iter()
                .filter(|(_, ranges)| inside(ranges))
                .map(|(id, _)| (*id).clone())
                .collect();
            return Cell::Addresses(range, found);
        }
        let near = did_you_mean(word, self.model.elements.values().map(|element| element.name.as_str()));
        Cell::Nothing(match near {
            Some(near) => format!("names nothing in the drawing; did you mean `{near}`?"),
            None => "names nothing in the drawing".to_owned(),
        })
    }

    /// Whether a side takes an element in.
    pub(super) fn takes(&self, side: &Side, element: &ElementId) -> Truth {
        let mut best = Truth::False;
        for (_, cell) in &side.cells {
            best = best.max(self.cell_takes(cell, element));
        }
        best
    }

    fn cell_takes(&self, cell: &Cell, element: &ElementId) -> Truth {
        match cell {
            Cell::Any => Truth::True,
            Cell::Nothing(_) => Truth::Unknown,
            Cell::Named(ids) => {
                let named =
                    ids.iter().any(|id| self.is_or_holds(id, element) || self.is_or_holds(element, id));
                if named { Truth::True } else { Truth::False }
            }
            Cell::Addresses(range, found) => self.lies_in(range, found, element),
        }
    }

    /// A flow that ends on a zone means some member of it; so an address of a member is one of the zone's.
    fn lies_in(&self, range: &Range, found: &[ElementId], element: &ElementId) -> Truth {
        if found.iter().any(|id| self.is_or_holds(element, id)) {
            return Truth::True;
        }
        if self.addresses.get(element).is_some_and(|known| !known.is_empty()) {
            return Truth::False;
        }
        let holders = self.inside.get(element).into_iter().flatten();
        let mut around =
            holders.filter_map(|holder| self.addresses.get(holder)).filter(|ranges| !ranges.is_empty());
        // The network that holds it: wholly inside the range, or wholly outside.
        match around.next() {
            Some(ranges) if ranges.iter().all(|known| range.holds(known)) => Truth::True,
            Some(ranges) if !ranges.iter().any(|known| range.meets(known)) => Truth::False,
            Some(_) | None => Truth::Unknown,
        }
    }

    /// Whether the first is the second or holds it.
    pub(super) fn is_or_holds(&self, outer: &ElementId, inner: &ElementId) -> bool {
        outer == inner || self.inside.get(inner).is_some_and(|holders| holders.contains(outer))
    }

    /// The element of a firewall's name.
    pub(super) fn firewall(&self, word: &str) -> Option<ElementId> {
        match self.cell(word) {
            Cell::Named(ids) if ids.len() == 1 => ids.into_iter().next(),
            Cell::Named(_) | Cell::Any | Cell::Addresses(..) | Cell::Nothing(_) => None,
        }
    }

    /// The name of an element.
    pub(super) fn name(&self, id: &ElementId) -> String {
        self.model.element(id).map_or_else(|| id.as_str().to_owned(), |element| element.name.clone())
    }
}

/// The logical element of an instance, else the element itself.
fn logical<'a>(model: &'a Model, element: &'a Element) -> &'a ElementId {
    let drawn = element.instance_of.as_ref().and_then(|id| model.elements.get_key_value(id));
    drawn.map_or(&element.id, |(id, _)| id)
}

fn holders<'a>(model: &'a Model, id: &'a ElementId) -> Vec<&'a ElementId> {
    let mut found: Vec<&ElementId> = Vec::new();
    for held in model.ancestors(id) {
        if held.id != *id {
            found.push(&held.id);
        }
        for drawn in &held.also_in {
            found.extend(model.ancestors(drawn).map(|element| &element.id).filter(|holder| *holder != id));
        }
    }
    found
}

fn addresses(element: &Element) -> Vec<String> {
    match element.facts.get(FactKey::Address).map(|fact| &fact.value) {
        Some(FactValue::List(words)) => words.clone(),
        Some(FactValue::Text(word) | FactValue::Word(word)) => vec![word.clone()],
        Some(FactValue::Count(_) | FactValue::AtLeast(_)) | None => Vec::new(),
    }
}

/// Case and the ways to join words do not count.
fn fold(word: &str) -> String {
    let lower = word.trim().to_lowercase();
    lower
        .split(|letter: char| letter.is_whitespace() || letter == '_')
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("-")
}
