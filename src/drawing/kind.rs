//! What kind of drawing a page is, when it is none of an architecture.

use std::collections::BTreeMap;

use super::page::{Notation, Outline, Page};
use super::sort::{Sort, has_words, sorts};

/// Shapes of another kind of drawing from which on a page is of that kind.
const FEWEST: usize = 3;

/// The kind that is not read; `None` when the page is read.
pub(super) fn foreign(page: &Page) -> Option<&'static str> {
    let sorts = sorts(page);
    let shapes = || page.shapes.iter().zip(&sorts).filter(|(_, sort)| **sort != Sort::Hidden);
    let mut counts: BTreeMap<Notation, usize> = BTreeMap::new();
    for notation in shapes().filter_map(|(shape, _)| shape.notation) {
        *counts.entry(notation).or_default() += 1;
    }
    let solids = shapes().filter(|(_, sort)| matches!(sort, Sort::Box | Sort::Icon | Sort::Cell)).count();
    let all: usize = counts.values().sum();
    if all >= FEWEST && 2 * all > solids {
        let most = counts.iter().max_by(|one, other| one.1.cmp(other.1).then(other.0.cmp(one.0)));
        return most.map(|(notation, _)| notation.name());
    }
    if has_members(page, &sorts, solids) {
        return Some(Notation::Classes.name());
    }
    if decides(page, &sorts, solids) {
        return Some(Notation::FlowChart.name());
    }
    None
}

impl Notation {
    /// What the drawing is called.
    pub const fn name(self) -> &'static str {
        match self {
            Self::FloorPlan => "floor plan",
            Self::Mockup => "user interface mockup",
            Self::Classes => "class or entity relationship diagram",
            Self::Sequence => "sequence diagram",
            Self::States => "state diagram",
            Self::UseCases => "use case diagram",
            Self::FlowChart => "flow chart",
            Self::Process => "business process diagram",
            Self::Circuit => "circuit diagram",
            Self::Piping => "piping and instrumentation diagram",
            Self::ValueStream => "value stream map",
            Self::Map => "map",
            Self::Chart => "chart or infographic",
            Self::Tree => "tree or mind map",
        }
    }
}

/// Boxes with lists of members in them: `+ field: type`, `- method()`.
fn has_members(page: &Page, sorts: &[Sort], solids: usize) -> bool {
    let is_member = |text: &str| {
        let mut letters = text.trim_start().chars();
        matches!(letters.next(), Some('+' | '-' | '#' | '~'))
            && letters.next().is_some_and(|letter| letter.is_alphabetic() || letter == ' ')
            && text.contains([':', '('])
    };
    let mut boxes: BTreeMap<usize, usize> = BTreeMap::new();
    for (at, shape) in page.shapes.iter().enumerate().filter(|(at, _)| sorts[*at] != Sort::Hidden) {
        let members = shape.text.iter().filter(|line| is_member(&line.text)).count();
        if members > 0 {
            *boxes.entry(shape.parent.unwrap_or(at)).or_default() += members;
        }
    }
    let classes = boxes.values().filter(|members| **members >= 2).count();
    classes >= 2 && 2 * classes > solids.min(page.shapes.len()) / 2
}

/// Diamonds with questions, and yes and no on lines: steps and decisions.
fn decides(page: &Page, sorts: &[Sort], solids: usize) -> bool {
    let shown = page.shapes.iter().zip(sorts).filter(|(_, sort)| **sort == Sort::Box);
    let diamonds = shown.filter(|(shape, _)| shape.outline == Outline::Diamond && has_words(shape)).count();
    let answers = |text: &str| {
        matches!(
            text.trim().trim_end_matches(['.', ',', '!']).to_lowercase().as_str(),
            "yes" | "no" | "true" | "false" | "y" | "n" | "ja" | "nein" | "oui" | "non" | "はい" | "いいえ"
        )
    };
    let lines = page.lines.iter().flat_map(|line| &line.labels).flat_map(|label| &label.text);
    let cells = page.shapes.iter().zip(sorts).filter(|(_, sort)| **sort == Sort::Words);
    let words = lines.chain(cells.flat_map(|(shape, _)| &shape.text));
    let answered = words.filter(|line| answers(&line.text)).count();
    let drawn = page.shapes.iter().filter(|shape| {
        matches!(shape.outline, Outline::Image | Outline::Stencil | Outline::Cylinder | Outline::Cloud)
            || !shape.technologies.is_empty()
    });
    diamonds >= 2 && answered >= 2 && diamonds * 10 >= solids && drawn.count() * 4 <= solids
}
