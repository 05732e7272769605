//! One diagram on its way to the model: elements by name and scope, open groups, links, notes.
//!
//! An element may be used before it is declared; the declaration counts. Names are looked up in the open groups from
//! the inside out, then anywhere in the diagram. What a keyword or macro means is not known here.

use std::collections::HashMap;

use crate::diagnostic::Diagnostic;
use crate::model::{Direction, Draft, ElementKind, Flow, LocalId, SheetNote};
use crate::source::Place;

/// Deepest nesting of groups; what lies deeper is drawn in the last of them.
pub(in crate::readers) const DEEPEST: usize = 50;

/// Most links of one diagram: lists of elements on both sides of an arrow stand for many in few words.
pub(in crate::readers) const MOST_LINKS: usize = 20_000;

/// Bytes of words on a link for which it counts as one more.
const WORDS_OF_LINK: usize = 256;

/// Places of one element that are kept.
const ORIGINS: usize = 16;

/// How the kind of an element is decided once the diagram is complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::readers) enum Base {
    /// Only used in a link so far.
    Used,
    /// By its shape; its stereotypes count more.
    Shape {
        /// When nothing is drawn inside it.
        alone: ElementKind,
        /// When others are drawn inside it.
        holding: ElementKind,
    },
    /// Certain.
    Kind(ElementKind),
}

/// An element of the diagram.
#[derive(Clone, Debug)]
pub(in crate::readers) struct Node {
    /// What is known; parent and kind are set at the end.
    pub(in crate::readers) draft: Draft,
    /// How its kind is decided.
    pub(in crate::readers) base: Base,
    /// The words in brackets below its name say what it is.
    pub(in crate::readers) bracket: Option<ElementKind>,
    /// Technologies that its icons name.
    pub(in crate::readers) icons: Vec<String>,
    /// The group that holds it.
    pub(in crate::readers) parent: Option<usize>,
    /// Others are drawn inside it.
    pub(in crate::readers) holds: bool,
    /// It is a place where others run.
    pub(in crate::readers) deploys: bool,
    /// The words in brackets below its name say that it is another's.
    pub(in crate::readers) external: bool,
}

impl Node {
    fn new(draft: Draft, base: Base, parent: Option<usize>) -> Self {
        Self {
            draft,
            base,
            bracket: None,
            icons: Vec::new(),
            parent,
            holds: false,
            deploys: false,
            external: false,
        }
    }
}

/// An open brace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scope {
    Group(usize),
    Visual,
}

/// The elements of one name.
#[derive(Debug)]
struct Known {
    /// The first of them, and the group that holds it.
    first: (Option<usize>, usize),
    /// The others by group.
    others: HashMap<Option<usize>, usize>,
}

impl Known {
    fn inside(&self, group: Option<usize>) -> Option<usize> {
        let other = self.others.get(&group).copied();
        other.or_else(|| (self.first.0 == group).then_some(self.first.1))
    }
}

/// The diagram.
#[derive(Debug, Default)]
pub(in crate::readers) struct Builder {
    /// Elements, in order of first appearance.
    pub(in crate::readers) nodes: Vec<Node>,
    /// Links; their ends are indices of nodes.
    pub(in crate::readers) flows: Vec<Flow>,
    /// Notes and other prose; their elements are indices of nodes.
    pub(in crate::readers) notes: Vec<SheetNote>,
    /// The title.
    pub(in crate::readers) title: Option<String>,
    /// The direction that was asked for.
    pub(in crate::readers) direction: Option<Direction>,
    /// The element that was declared last.
    pub(in crate::readers) last_node: Option<usize>,
    /// Groups were too deep.
    pub(in crate::readers) too_deep: Option<Place>,
    /// The element that the statement before declared and did not open.
    pub(in crate::readers) opens_next: Option<usize>,
    /// Elements that a link ties to others without being drawn.
    pub(in crate::readers) beside: Vec<usize>,
    /// What the links count together.
    weight: usize,
    /// Links that are left out, and where the first of them is written.
    left_out: Option<(usize, Place)>,
    scopes: Vec<Scope>,
    open: Vec<usize>,
    known: HashMap<String, Known>,
    named: HashMap<String, usize>,
    floating: HashMap<String, usize>,
}

impl Builder {
    /// The group that is open.
    pub(in crate::readers) fn parent(&self) -> Option<usize> {
        self.open.last().copied()
    }

    /// Whether a group is open that was never closed.
    pub(in crate::readers) fn is_open(&self) -> bool {
        !self.scopes.is_empty()
    }

    /// The element of a name.
    pub(in crate::readers) fn find(&self, key: &str) -> Option<usize> {
        let known = self.known.get(key.trim())?;
        let inside = self.open.iter().rev().find_map(|group| known.inside(Some(*group)));
        Some(inside.or_else(|| known.inside(None)).unwrap_or(known.first.1))
    }

    /// The element of a name, else the one that is drawn with that name, else the member behind `::`, else what
    /// stands in front of it.
    pub(in crate::readers) fn find_drawn(&self, name: &str) -> Option<usize> {
        self.find(name).or_else(|| self.named.get(name.trim()).copied()).or_else(|| {
            let (name, member) = name.split_once("::")?;
            let group = self.find(name)?;
            self.find_in(group, member).or(Some(group))
        })
    }

    /// The element of a name directly inside another.
    pub(in crate::readers) fn find_in(&self, group: usize, name: &str) -> Option<usize> {
        self.known.get(name)?.inside(Some(group))
    }

    /// Declares an element by its key. One that was used before, or declared in the same group, is the same.
    pub(in crate::readers) fn declare(
        &mut self,
        key: &str,
        base: Base,
        draft: Draft,
        aliased: bool,
    ) -> usize {
        let key = key.trim();
        let parent = self.parent();
        let known = self.known.get(key).map(|known| known.inside(parent).unwrap_or(known.first.1));
        if let Some(at) = known
            && let Some(node) = self.nodes.get_mut(at)
        {
            let same_group = node.parent == parent;
            let used = node.base == Base::Used;
            if used {
                self.named.entry(draft.name.clone()).or_insert(at);
                let origins = std::mem::take(&mut node.draft.origins);
                node.draft = draft;
                // The declaration is the main place.
                node.draft.origins.extend(origins);
                node.base = base;
                node.parent = parent;
                self.learn(key, parent, at);
                self.last_node = Some(at);
                return at;
            }
            if same_group || aliased && node.draft.name == draft.name {
                if node.draft.origins.len() < ORIGINS && node.draft.origins.last() != draft.origins.last() {
                    node.draft.origins.extend(draft.origins);
                }
                self.last_node = Some(at);
                return at;
            }
        }
        let at = self.add(key, base, draft, parent);
        self.last_node = Some(at);
        at
    }

    /// The element of a name, made when nobody declared it.
    pub(in crate::readers) fn used(&mut self, key: &str, base: Base, draft: impl FnOnce() -> Draft) -> usize {
        match self.find(key) {
            Some(at) => at,
            None => {
                let parent = self.parent();
                self.add(key.trim(), base, draft(), parent)
            }
        }
    }

    /// Adds an element that no name leads to; the caller sets what holds it.
    pub(in crate::readers) fn place(&mut self, draft: Draft, base: Base) -> usize {
        self.nodes.push(Node::new(draft, base, None));
        self.nodes.len() - 1
    }

    fn add(&mut self, key: &str, base: Base, draft: Draft, parent: Option<usize>) -> usize {
        let at = self.nodes.len();
        if let Some(group) = parent.and_then(|parent| self.nodes.get_mut(parent)) {
            group.holds = true;
        }
        self.nodes.push(Node::new(draft, base, parent));
        self.learn(key, parent, at);
        if self.nodes[at].draft.name != key {
            self.named.entry(self.nodes[at].draft.name.clone()).or_insert(at);
        }
        at
    }

    fn learn(&mut self, key: &str, parent: Option<usize>, at: usize) {
        match self.known.get_mut(key) {
            Some(known) => {
                known.others.insert(parent, at);
            }
            None => {
                let known = Known { first: (parent, at), others: HashMap::new() };
                self.known.insert(key.to_owned(), known);
            }
        }
    }

    /// Opens a group; what is deeper than the deepest stays in the group above.
    pub(in crate::readers) fn enter(&mut self, node: usize, place: Place) {
        if self.open.len() >= DEEPEST || self.open.contains(&node) {
            self.too_deep.get_or_insert(place);
            self.scopes.push(Scope::Visual);
            return;
        }
        if let Some(group) = self.nodes.get_mut(node) {
            group.holds = true;
        }
        self.scopes.push(Scope::Group(node));
        self.open.push(node);
    }

    /// Opens a group that is only drawn.
    pub(in crate::readers) fn enter_visual(&mut self) {
        self.scopes.push(Scope::Visual);
    }

    /// Whether the innermost open group is only drawn.
    pub(in crate::readers) fn is_visual(&self) -> bool {
        self.scopes.last() == Some(&Scope::Visual)
    }

    /// Closes the last group.
    pub(in crate::readers) fn leave(&mut self) {
        if let Some(Scope::Group(_)) = self.scopes.pop() {
            self.open.pop();
        }
    }

    /// Adds a link, unless the diagram has too many.
    pub(in crate::readers) fn link(&mut self, flow: Flow) {
        if self.left_out.is_some() || self.weight >= MOST_LINKS {
            self.leave_out(1, flow.origins.first().copied().unwrap_or_default());
            return;
        }
        let words = flow.label.as_ref().map_or(0, String::len)
            + flow.technologies.iter().map(|one| one.written.len()).sum::<usize>();
        self.weight += 1 + words / WORDS_OF_LINK;
        self.flows.push(flow);
    }

    /// Adds links that one statement stands for: as many as there is room for, the others are counted only.
    pub(in crate::readers) fn links(
        &mut self,
        count: usize,
        place: Place,
        mut links: impl Iterator<Item = Flow>,
    ) {
        let before = self.flows.len();
        while self.left_out.is_none()
            && self.weight < MOST_LINKS
            && let Some(flow) = links.next()
        {
            self.link(flow);
        }
        let left = count.saturating_sub(self.flows.len() - before);
        if left > 0 {
            self.leave_out(left, place);
        }
    }

    fn leave_out(&mut self, count: usize, place: Place) {
        let (known, _) = self.left_out.get_or_insert((0, place));
        *known = known.saturating_add(count);
    }

    /// Tells of the links that are left out, under the code of the reader.
    pub(in crate::readers) fn told_left_out(&self, code: &'static str) -> Option<Diagnostic> {
        let (count, place) = self.left_out?;
        let kept = self.flows.len();
        let message = format!(
            "{count} links are left out from here on: the {kept} before them are as many as are kept of one diagram"
        );
        Some(Diagnostic::error(code, message, place.span).help("draw several diagrams, or fewer lists"))
    }

    /// Index of the last link; none when that was left out.
    pub(in crate::readers) fn last_flow(&self) -> Option<usize> {
        self.flows.len().checked_sub(1).filter(|_| self.left_out.is_none())
    }

    /// Adds prose.
    pub(in crate::readers) fn note(
        &mut self,
        node: Option<usize>,
        flow: Option<usize>,
        text: String,
        place: Place,
    ) {
        if !text.is_empty() {
            self.notes.push(SheetNote {
                draft: node.map(LocalId),
                flow,
                text,
                bounds: None,
                look: None,
                place,
            });
        }
    }

    /// Adds a note that a link may tie to an element.
    pub(in crate::readers) fn floating_note(&mut self, alias: &str, text: String, place: Place) {
        self.note(None, None, text, place);
        if let Some(at) = self.notes.len().checked_sub(1) {
            self.floating.insert(alias.to_owned(), at);
        }
    }

    /// Whether the name is that of a floating note.
    pub(in crate::readers) fn is_note(&self, key: &str) -> bool {
        self.floating.contains_key(key)
    }

    /// Ties a floating note to an element.
    pub(in crate::readers) fn tie(&mut self, note: &str, node: usize) {
        let Some(note) = self.floating.get(note).and_then(|at| self.notes.get_mut(*at)) else { return };
        note.draft.get_or_insert(LocalId(node));
    }
}
