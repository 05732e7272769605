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
    ids: HashMap<&'t str, usize>,
}

impl<'t> Chart<'t> {
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
        let nodes = &mut self.builder.nodes;
        let removed = nodes.remove(frame);
        self.shapes.remove(frame);
        self.builder.title.get_or_insert(removed.draft.name);
        let moved = |at: usize| if at > frame { at - 1 } else { at };
        for node in nodes {
            node.parent = node.parent.filter(|parent| *parent != frame).map(moved);
        }
        for flow in &mut self.builder.flows {
            (flow.from, flow.to) = (LocalId(moved(flow.from.0)), LocalId(moved(flow.to.0)));
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
