//! What a view draws: which elements are frames, boxes and bars, and which lines connect them.
//!
//! 1. Elements that hold others in this view become frames, all others boxes.
//! 2. Parallel relations become one line.
//! 3. Elements that lines pass through (`via`) become bars with one gate for each line.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Element, ElementId, ElementKind, Heads, Model, Relation, RelationId, View, ZoneKind};

/// What is drawn, before anything has a size.
#[derive(Debug, Default)]
pub(super) struct Plan<'a> {
    /// Frames, parents before their children.
    pub(super) frames: Vec<Frame<'a>>,
    /// Boxes, in drawing order.
    pub(super) boxes: Vec<Box<'a>>,
    /// Elements that lines pass through.
    pub(super) bars: Vec<Bar<'a>>,
    /// Lines, in drawing order.
    pub(super) lines: Vec<Line<'a>>,
}

/// An element that holds others.
#[derive(Debug)]
pub(super) struct Frame<'a> {
    pub(super) element: &'a Element,
    /// Index into [`Plan::frames`].
    pub(super) parent: Option<usize>,
}

/// An element that holds nothing.
#[derive(Debug)]
pub(super) struct Box<'a> {
    pub(super) element: &'a Element,
    /// Index into [`Plan::frames`].
    pub(super) parent: Option<usize>,
}

/// An element that lines pass through.
#[derive(Debug)]
pub(super) struct Bar<'a> {
    pub(super) element: &'a Element,
    /// Index into [`Plan::frames`]; outside of the frame that it guards.
    pub(super) parent: Option<usize>,
}

/// Where a line ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Spot {
    /// Index into [`Plan::frames`].
    Frame(usize),
    /// Index into [`Plan::boxes`].
    Box(usize),
    /// Index into [`Plan::bars`].
    Bar(usize),
}

/// One line for all parallel relations.
#[derive(Debug)]
pub(super) struct Line<'a> {
    pub(super) relations: Vec<&'a Relation>,
    pub(super) from: Spot,
    pub(super) to: Spot,
    /// Indices into [`Plan::bars`], in the order from `from` to `to`.
    pub(super) via: Vec<usize>,
    /// The `to` end is nearer to the Internet: the line is laid out the other way round.
    pub(super) upstream: bool,
}

impl Line<'_> {
    /// Heads at the start and at the end.
    pub(super) fn heads(&self) -> (bool, bool) {
        let any = |heads| self.relations.iter().any(|relation| relation.heads == heads);
        (any(Heads::Both), any(Heads::Both) || any(Heads::One))
    }

    /// Dashed when every relation is.
    pub(super) fn dashed(&self) -> bool {
        self.relations.iter().all(|relation| relation.dashed)
    }
}

/// Which lines stand for themselves, and what lines pass.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Style {
    /// Parallel relations are one line, and what lines pass are bars.
    Told,
    /// As the author drew it: what lines pass are boxes, and these relations have a way of their own.
    Drawn(BTreeSet<RelationId>),
}

/// Plans a view.
pub(super) fn plan<'a>(model: &'a Model, view: &'a View, style: &Style) -> Plan<'a> {
    let relations: Vec<&Relation> = view.relations.iter().filter_map(|id| model.relations.get(id)).collect();
    let parents = nesting(model, view);
    let holds: BTreeSet<&ElementId> = parents.values().flatten().copied().collect();
    let passed: BTreeSet<&ElementId> = relations
        .iter()
        .filter(|relation| relation.pieces.is_empty() && *style == Style::Told)
        .flat_map(|relation| &relation.via)
        .filter(|id| parents.contains_key(id) && !holds.contains(id))
        .collect();

    let mut plan = Plan::default();
    let mut spots: BTreeMap<&ElementId, Spot> = BTreeMap::new();
    for id in frames_first(view, &parents, &holds, model) {
        let parent = parents.get(id).copied().flatten().and_then(|parent| frame_of(&spots, parent));
        let Some(element) = model.elements.get(id) else { continue };
        spots.insert(id, Spot::Frame(plan.frames.len()));
        plan.frames.push(Frame { element, parent });
    }
    for node in &view.nodes {
        let id = &node.element;
        if spots.contains_key(id) {
            continue;
        }
        let Some(element) = model.elements.get(id) else { continue };
        let parent = parents.get(id).copied().flatten().and_then(|parent| frame_of(&spots, parent));
        if passed.contains(id) {
            spots.insert(id, Spot::Bar(plan.bars.len()));
            plan.bars.push(Bar { element, parent });
        } else {
            spots.insert(id, Spot::Box(plan.boxes.len()));
            plan.boxes.push(Box { element, parent });
        }
    }
    plan.lines = lines(model, &relations, &spots, style);
    lift_bars(&mut plan);
    plan
}

/// The parent of each element in this view, `None` at the top; a parent that the view does not
/// list, or that would close a circle, counts as none.
fn nesting<'a>(model: &'a Model, view: &'a View) -> BTreeMap<&'a ElementId, Option<&'a ElementId>> {
    let listed: BTreeSet<&ElementId> =
        view.nodes.iter().map(|node| &node.element).filter(|id| model.elements.contains_key(*id)).collect();
    let mut parents: BTreeMap<&ElementId, Option<&ElementId>> = BTreeMap::new();
    for node in view.nodes.iter().filter(|node| listed.contains(&node.element)) {
        let mut parent = node.parent.as_ref().filter(|parent| listed.contains(parent));
        let mut above = parent;
        while let Some(id) = above {
            if *id == node.element {
                parent = None;
                break;
            }
            above = parents.get(id).copied().flatten();
        }
        parents.entry(&node.element).or_insert(parent);
    }
    parents
}

fn frame_of(spots: &BTreeMap<&ElementId, Spot>, id: &ElementId) -> Option<usize> {
    match spots.get(id) {
        Some(Spot::Frame(at)) => Some(*at),
        Some(Spot::Box(_) | Spot::Bar(_)) | None => None,
    }
}

/// Elements that become frames, parents first, else in drawing order.
fn frames_first<'a>(
    view: &'a View,
    parents: &BTreeMap<&'a ElementId, Option<&'a ElementId>>,
    holds: &BTreeSet<&'a ElementId>,
    model: &Model,
) -> Vec<&'a ElementId> {
    let depth = |id: &ElementId| {
        std::iter::successors(parents.get(id).copied().flatten(), |above| {
            parents.get(above).copied().flatten()
        })
        .count()
    };
    let is_frame = |id: &ElementId| {
        holds.contains(id) || model.elements.get(id).is_some_and(|element| element.kind.is_boundary())
    };
    let mut seen = BTreeSet::new();
    let mut frames: Vec<(usize, &ElementId)> = view
        .nodes
        .iter()
        .map(|node| &node.element)
        .filter(|id| is_frame(id) && seen.insert(*id))
        .map(|id| (depth(id), id))
        .collect();
    frames.sort_by_key(|(depth, _)| *depth);
    frames.into_iter().map(|(_, id)| id).collect()
}

fn lines<'a>(
    model: &Model,
    relations: &[&'a Relation],
    spots: &BTreeMap<&'a ElementId, Spot>,
    style: &Style,
) -> Vec<Line<'a>> {
    let mut lines: Vec<Line<'a>> = Vec::new();
    // Ends, what is passed, and the relation when it has a way of its own.
    type Way<'a> = (Spot, Spot, Vec<usize>, Option<&'a RelationId>);
    let mut known: BTreeMap<Way<'_>, usize> = BTreeMap::new();
    for relation in relations.iter().filter(|relation| relation.pieces.is_empty()) {
        let (Some(from), Some(to)) = (spots.get(&relation.from), spots.get(&relation.to)) else { continue };
        let mut via: Vec<usize> = Vec::new();
        for id in &relation.via {
            if let Some(Spot::Bar(at)) = spots.get(id)
                && !via.contains(at)
                && *from != Spot::Bar(*at)
                && *to != Spot::Bar(*at)
            {
                via.push(*at);
            }
        }
        let own = match style {
            Style::Told => None,
            Style::Drawn(ways) => ways.get(&relation.id),
        };
        let key = (*from, *to, via.clone(), own);
        if let Some(line) = known.get(&key).and_then(|at| lines.get_mut(*at)) {
            line.relations.push(relation);
            continue;
        }
        known.insert(key, lines.len());
        lines.push(Line {
            relations: vec![relation],
            from: *from,
            to: *to,
            via,
            upstream: *style == Style::Told && upstream(model, relation),
        });
    }
    lines
}

/// Whether the line goes outwards: its `to` end is nearer to the Internet. Offices stand beside the protected zones and not
/// behind the perimeter, so from there the author's order counts.
fn upstream(model: &Model, relation: &Relation) -> bool {
    let (Some(from), Some(to)) = (model.zone_of(&relation.from), model.zone_of(&relation.to)) else {
        return false;
    };
    from.kind != ZoneKind::Corporate
        && matches!((from.trust_level, to.trust_level), (Some(from), Some(to)) if from > to)
}

/// A firewall that is drawn inside the frame that it guards stands on the way into it: its bar
/// goes outside, beside the frame's border.
fn lift_bars(plan: &mut Plan<'_>) {
    for at in 0..plan.bars.len() {
        let Some(guarded) = plan.bars[at].parent else { continue };
        if plan.bars[at].element.kind != ElementKind::Firewall {
            continue;
        }
        let inside = |spot: Spot| {
            let frame = match spot {
                Spot::Frame(frame) => Some(frame),
                Spot::Box(at) => plan.boxes[at].parent,
                Spot::Bar(at) => plan.bars[at].parent,
            };
            std::iter::successors(frame, |frame| plan.frames[*frame].parent).any(|frame| frame == guarded)
        };
        let guards =
            plan.lines.iter().any(|line| line.via.contains(&at) && inside(line.from) != inside(line.to));
        if guards {
            plan.bars[at].parent = plan.frames[guarded].parent;
        }
    }
}
