//! Elements by id: what vertices of flowcharts and blocks become.

use std::collections::HashMap;

use super::account::Account;
use super::label;
use super::syntax::{Shape, Vertex};
use crate::model::{Draft, ElementKind, LocalId, Technology};
use crate::readers::sketch::{Base, Builder, DEEPEST};
use crate::wording::kinds;
use crate::wording::label::Label;

/// Groups above a group that are looked at, so that a chain of them is not walked again and again.
const FAR_ABOVE: usize = 4 * DEEPEST;

/// A diagram whose elements have one id each.
#[derive(Debug, Default)]
pub(super) struct Chart<'t> {
    /// The diagram.
    pub(super) builder: Builder,
    /// Shapes of the nodes that are no groups.
    pub(super) shapes: Vec<Option<Shape>>,
    /// What the words of each node are worth.
    pub(super) words: Vec<Words>,
    ids: HashMap<&'t str, usize>,
}

/// What the words on a node are worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Words {
    /// A name, or nothing was written.
    Some,
    /// Blanks alone were written.
    Blank,
    /// There are more of its kind: `...`, `etc.`
    More,
}

impl Words {
    /// What a name without its markup is worth.
    pub(super) fn of(name: &str) -> Self {
        let more = |c: char| matches!(c, '.' | '…' | '⋯' | '⋮' | '·' | ' ');
        if name.chars().all(char::is_whitespace) {
            Self::Blank
        } else if name.chars().all(more)
            || name.eq_ignore_ascii_case("etc.")
            || name.eq_ignore_ascii_case("etc")
        {
            Self::More
        } else {
            Self::Some
        }
    }
}

impl<'t> Chart<'t> {
    /// Takes out what has no name and nothing to do: boxes that say "and so on", blank boxes that no line meets. A blank
    /// group only holds others together.
    pub(super) fn tidy(&mut self) {
        let mut met = vec![false; self.builder.nodes.len()];
        for flow in &self.builder.flows {
            met[flow.from.0] = true;
            met[flow.to.0] = true;
        }
        let gone: Vec<bool> = (0..met.len())
            .map(|at| match self.words[at] {
                Words::Some => false,
                Words::Blank => !met[at],
                Words::More => !self.builder.nodes[at].holds || !met[at],
            })
            .collect();
        if gone.contains(&true) && gone.contains(&false) {
            self.remove(&gone);
        }
    }

    /// The node of an id.
    pub(super) fn find(&self, id: &str) -> Option<usize> {
        self.ids.get(id).copied()
    }

    /// Adds a node.
    pub(super) fn add(&mut self, id: Option<&'t str>, draft: Draft, base: Base, label: Label) -> usize {
        let at = self.builder.place(draft, base);
        if let Some(id) = id {
            self.ids.insert(id, at);
        }
        self.shapes.push(None);
        self.words.push(Words::Some);
        self.label(at, label);
        at
    }

    /// The node of a vertex. What a later mention says of it counts.
    pub(super) fn vertex(&mut self, vertex: &Vertex<'t>, account: &Account<'_>) -> usize {
        let known = self.find(vertex.id);
        if let Some(at) = known
            && vertex.text.is_none()
            && vertex.shape.is_none()
            && vertex.icon.is_none()
        {
            return at;
        }
        let place = account.place(vertex.start, vertex.end);
        let (label, thing) = vertex.text.map(label::pictured).unwrap_or_default();
        let at = known.unwrap_or_else(|| {
            let mut draft = Draft::new(ElementKind::Unknown, vertex.id, place);
            draft.alias = vertex.text.is_some().then(|| vertex.id.to_owned());
            self.add(Some(vertex.id), draft, base(ElementKind::Unknown), Label::default())
        });
        if vertex.text.is_some() {
            // A box that shows an icon alone is not blank.
            let drawn = vertex.text.is_some_and(|text| text.contains("fa-") || text.contains('<'));
            self.words[at] = if drawn { Words::Some } else { Words::of(&label.name) };
            let node = &mut self.builder.nodes[at];
            node.draft.name = match (&label.name, label.icons.first()) {
                (name, _) if !name.is_empty() => name.clone(),
                (_, Some(icon)) => icon.clone(),
                _ => vertex.id.to_owned(),
            };
            node.draft.alias = Some(vertex.id.to_owned());
            if known.is_some() && node.draft.origins.len() < 4 {
                node.draft.origins.insert(0, place);
            }
        }
        self.label(at, label);
        let node = &mut self.builder.nodes[at];
        if let Some(shape) = vertex.shape {
            node.base = base(of_shape(shape).or(thing).unwrap_or(ElementKind::Unknown));
            self.shapes[at] = Some(shape);
        } else if let Some(thing) = thing {
            node.base = base(thing);
        }
        if let Some(icon) = vertex.icon {
            let name = icon.rsplit(':').next().unwrap_or(icon);
            node.icons.push(label::words(name));
        }
        at
    }

    /// Puts the parts of a label where they belong; the name is the caller's.
    fn label(&mut self, at: usize, label: Label) {
        let node = &mut self.builder.nodes[at];
        if label.description.is_some() {
            node.draft.description = label.description;
        }
        node.icons.extend(label.icons);
        node.draft.stereotypes.extend(label.what);
        let Some(inside) = label.bracket else { return };
        let (kind, technologies) = kinds::of_bracket(&inside);
        node.bracket = kind;
        node.deploys |= kind == Some(ElementKind::Host);
        node.external |= inside.starts_with("External");
        node.draft.technologies = technologies
            .map(kinds::technologies)
            .unwrap_or_default()
            .into_iter()
            .map(Technology::written)
            .collect();
        if let Some(kind @ (ElementKind::System | ElementKind::Container)) = kind.filter(|_| node.holds) {
            node.draft.stereotypes.push(kind.word().to_owned());
        }
    }

    /// Gives a node the names of classes that say something.
    pub(super) fn classes(&mut self, at: usize, names: &[&str]) {
        let stereotypes = &mut self.builder.nodes[at].draft.stereotypes;
        for name in names.iter().filter(|name| !is_look(name)) {
            if !stereotypes.iter().any(|known| known == name) {
                stereotypes.push((*name).to_owned());
            }
        }
    }

    /// Puts a node into a group, unless that would hold itself. What is too deep is put beside the deepest group; `false`
    /// when it was.
    pub(super) fn hold(&mut self, group: usize, node: usize) -> bool {
        let nodes = &mut self.builder.nodes;
        let mut next = Some(group);
        let mut above = 0;
        while let Some(at) = next {
            if at == node {
                return true;
            }
            if above > FAR_ABOVE {
                return false;
            }
            above += 1;
            next = nodes[at].parent;
        }
        let deep = above > DEEPEST;
        nodes[node].parent = if deep { nodes[group].parent } else { Some(group) };
        nodes[group].holds = true;
        !deep
    }

    /// Moves what is nested too deep into the deepest group that is kept; whether there was any.
    pub(super) fn flatten(&mut self) -> bool {
        let nodes = &mut self.builder.nodes;
        let mut depths: Vec<Option<usize>> = vec![None; nodes.len()];
        let mut any = false;
        for at in 0..nodes.len() {
            let mut chain = vec![at];
            while let Some(parent) = chain.last().and_then(|last| nodes[*last].parent)
                && depths[*chain.last().unwrap_or(&at)].is_none()
                && depths[parent].is_none()
            {
                chain.push(parent);
            }
            for node in chain.into_iter().rev() {
                if depths[node].is_some() {
                    continue;
                }
                let mut parent = nodes[node].parent;
                if let Some(deep) = parent.filter(|parent| depths[*parent] >= Some(DEEPEST)) {
                    any = true;
                    parent = nodes[deep].parent;
                    nodes[node].parent = parent;
                }
                depths[node] = Some(parent.and_then(|parent| depths[parent]).map_or(0, |depth| depth + 1));
            }
        }
        any
    }

    /// Structurizr draws one frame with the view's title around everything: `subgraph diagram [title]`.
    pub(super) fn frame(&mut self) {
        let Some(frame) = self.find("diagram") else { return };
        let nodes = &mut self.builder.nodes;
        let whole = nodes[frame].holds
            && nodes.iter().enumerate().all(|(at, node)| (at == frame) == node.parent.is_none());
        let linked = self.builder.flows.iter().any(|flow| flow.from.0 == frame || flow.to.0 == frame);
        if !whole || linked {
            return;
        }
        let name = self.builder.nodes[frame].draft.name.clone();
        self.builder.title.get_or_insert(name);
        let mut gone = vec![false; self.builder.nodes.len()];
        gone[frame] = true;
        self.remove(&gone);
    }

    /// Takes nodes out, with the links that end on them; what they hold goes into what holds them. Ids lead nowhere
    /// afterwards.
    pub(super) fn remove(&mut self, gone: &[bool]) {
        let nodes = &self.builder.nodes;
        let above: Vec<Option<usize>> = (0..nodes.len())
            .map(|at| {
                let mut parent = nodes[at].parent;
                for _ in 0..FAR_ABOVE {
                    match parent.filter(|parent| gone[*parent]) {
                        Some(removed) => parent = nodes[removed].parent,
                        None => break,
                    }
                }
                parent.filter(|parent| !gone[*parent])
            })
            .collect();
        let mut next = 0;
        let moved: Vec<Option<usize>> = gone
            .iter()
            .map(|gone| {
                let at = (!gone).then_some(next);
                next += usize::from(!gone);
                at
            })
            .collect();
        self.ids.clear();
        let kept = |at: &mut usize| {
            *at += 1;
            !gone[*at - 1]
        };
        let mut at = 0;
        self.shapes.retain(|_| kept(&mut at));
        let mut at = 0;
        self.words.retain(|_| kept(&mut at));
        let nodes = std::mem::take(&mut self.builder.nodes);
        let kept = nodes.into_iter().zip(above).zip(gone).filter(|(_, gone)| !**gone);
        self.builder.nodes = kept
            .map(|((mut node, parent), _)| {
                node.parent = parent.and_then(|parent| moved[parent]);
                node
            })
            .collect();
        let mut flows: Vec<Option<usize>> = Vec::with_capacity(self.builder.flows.len());
        let mut kept = 0;
        self.builder.flows.retain_mut(|flow| {
            let ends = moved[flow.from.0].zip(moved[flow.to.0]);
            flows.push(ends.map(|_| kept));
            let Some((from, to)) = ends else { return false };
            kept += 1;
            (flow.from, flow.to) = (LocalId(from), LocalId(to));
            true
        });
        for note in &mut self.builder.notes {
            note.draft = note.draft.and_then(|node| moved[node.0]).map(LocalId);
            note.flow = note.flow.and_then(|flow| flows[flow]);
        }
    }
}

/// How a vertex's kind is decided.
pub(super) fn base(alone: ElementKind) -> Base {
    Base::Shape { alone, holding: if alone == ElementKind::Unknown { ElementKind::Boundary } else { alone } }
}

/// What a shape says.
fn of_shape(shape: Shape) -> Option<ElementKind> {
    match shape {
        Shape::Cylinder => Some(ElementKind::Datastore),
        Shape::Person => Some(ElementKind::Person),
        Shape::Cloud => Some(ElementKind::Network),
        Shape::Decision | Shape::Terminal | Shape::Text | Shape::Plain => None,
    }
}

/// Names of classes that only say how a box looks.
pub(super) fn is_look(name: &str) -> bool {
    const LOOKS: [&str; 36] = [
        "default",
        "node",
        "edge",
        "red",
        "green",
        "blue",
        "yellow",
        "orange",
        "purple",
        "pink",
        "grey",
        "gray",
        "black",
        "white",
        "brown",
        "cyan",
        "teal",
        "light",
        "dark",
        "bold",
        "dashed",
        "dotted",
        "hidden",
        "invisible",
        "transparent",
        "highlight",
        "highlighted",
        "style",
        "box",
        "title",
        "label",
        "note",
        "fill",
        "color",
        "none",
        "clear",
    ];
    let lower = name.to_ascii_lowercase();
    let words: Vec<&str> = lower.split(['-', '_', ' ']).filter(|word| !word.is_empty()).collect();
    let stem = |word: &str| word.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let look = |word: &&str| {
        let stem = &word[..stem(word)];
        LOOKS.contains(&stem) || stem.len() <= 1 || ["cls", "class", "st", "bg", "fg"].contains(&stem)
    };
    words.iter().all(look)
}
