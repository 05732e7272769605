//! From plan and sizes to shapes at fixed places.
//!
//! 1. The plan becomes a graph with sizes; a line that passes bars becomes one edge for each leg.
//! 2. The graph is laid out.
//! 3. Frames, boxes, bars and legs get their places, texts and badges.

use super::badges::{Mark, Marks};
use super::kept;
use super::measure::{self, Card, FlowLabel, Title};
use super::plan::{Line, Plan, Spot, Style, plan};
use super::shape::{Connector, Group, Label, Outline, Scene, Shape, Surface, Text};
use crate::assessment::Assessment;
use crate::geometry::{Point, Rect, Size};
use crate::layout::{self, Boundary, Edge, End, FlowDirection, Graph, Node, Placement};
use crate::model::{Direction, Element, Model, View, ZoneKind};

/// Width of the gate that a line passes a bar through.
const GATE: f64 = 18.0;
/// Smallest frame.
const FRAME: Size = Size::new(120.0, 70.0);
/// Distance of badges on a corner.
const BADGE_STEP: f64 = 24.0;
/// Room around the picture for badges and outlines that stick out.
const MARGIN: f64 = 14.0;

/// Where things go in pictures of drawings that came with coordinates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Arrangement {
    /// Where the author put them.
    #[default]
    Kept,
    /// Where our layout puts them.
    Auto,
}

/// Draws a view.
pub fn compose(model: &Model, assessment: &Assessment, view: &View, arrangement: Arrangement) -> Scene {
    if arrangement == Arrangement::Kept && kept::has_places(view) {
        return kept::compose(model, assessment, view);
    }
    let plan = plan(model, view, &Style::Told);
    let marks = Marks::of(assessment);
    let sizes = Sizes::of(&plan, model, &marks);
    let wiring = Wiring::of(&plan, &sizes, view);
    let placement = layout::place(&wiring.graph);
    let picture =
        Picture { model, plan: &plan, sizes: &sizes, wiring: &wiring, placement: &placement, marks: &marks };
    Scene {
        view: view.id.clone(),
        title: view.title.clone(),
        description: describe(&plan, view),
        size: Size::new(placement.size.width + MARGIN * 2.0, placement.size.height + MARGIN * 2.0),
        groups: picture.groups(),
        connectors: picture.connectors(),
        shapes: picture.shapes(),
        remarks: Vec::new(),
    }
}

/// Everything that has a size.
struct Sizes {
    titles: Vec<Title>,
    cards: Vec<Card>,
    bars: Vec<Card>,
    labels: Vec<FlowLabel>,
    line_marks: Vec<Vec<Mark>>,
}

impl Sizes {
    fn of(plan: &Plan<'_>, model: &Model, marks: &Marks) -> Self {
        let mut sizes = Self {
            titles: plan
                .frames
                .iter()
                .map(|frame| measure::title(frame.element, zone_kind(model, frame.element)))
                .collect(),
            cards: plan.boxes.iter().map(|item| measure::card(item.element)).collect(),
            bars: plan.bars.iter().map(|bar| measure::bar(bar.element)).collect(),
            labels: Vec::new(),
            line_marks: Vec::new(),
        };
        for line in &plan.lines {
            let found = marks.relations(line.relations.iter().map(|relation| relation.id.as_str()));
            sizes.labels.push(measure::flow_label(
                &line.relations,
                !line.via.is_empty(),
                found.len(),
                measure::FLOW_WIDTH,
            ));
            sizes.line_marks.push(found);
        }
        sizes
    }
}

/// The graph and what its parts stand for.
struct Wiring {
    graph: Graph,
    /// For each line, its edges from `from` to `to`: index into the graph's edges, and whether the
    /// edge runs against the line.
    legs: Vec<Vec<(usize, bool)>>,
    /// For each bar, the node of its name.
    bar_names: Vec<usize>,
    /// For each bar, its boundary.
    bar_frames: Vec<usize>,
}

impl Wiring {
    fn of(plan: &Plan<'_>, sizes: &Sizes, view: &View) -> Self {
        let mut graph = Graph::default();
        if view.direction == Some(Direction::Right) && plan.bars.is_empty() {
            graph.direction = FlowDirection::Right;
        }
        for (frame, title) in plan.frames.iter().zip(&sizes.titles) {
            graph.boundaries.push(Boundary {
                id: frame.element.id.to_string(),
                parent: frame.parent,
                title: title.size,
                minimum: FRAME,
            });
        }
        for (item, card) in plan.boxes.iter().zip(&sizes.cards) {
            graph.nodes.push(Node { id: item.element.id.to_string(), parent: item.parent, size: card.size });
        }
        let mut wiring = Self { graph, legs: Vec::new(), bar_names: Vec::new(), bar_frames: Vec::new() };
        for (bar, card) in plan.bars.iter().zip(&sizes.bars) {
            let frame = wiring.graph.boundaries.len();
            let nothing = Size::default();
            let id = bar.element.id.to_string();
            wiring.graph.boundaries.push(Boundary {
                id: id.clone(),
                parent: bar.parent,
                title: nothing,
                minimum: nothing,
            });
            wiring.bar_frames.push(frame);
            wiring.bar_names.push(wiring.graph.nodes.len());
            wiring.graph.nodes.push(Node { id: format!("{id} name"), parent: Some(frame), size: card.size });
        }
        for (at, line) in plan.lines.iter().enumerate() {
            let legs = wiring.wire(plan, sizes, at, line);
            wiring.legs.push(legs);
        }
        wiring
    }

    /// Adds the edges of one line, outermost first.
    fn wire(&mut self, plan: &Plan<'_>, sizes: &Sizes, at: usize, line: &Line<'_>) -> Vec<(usize, bool)> {
        let mut stops = vec![self.end(plan, line.from)];
        for bar in &line.via {
            let height = sizes.bars[*bar].size.height;
            let id = format!("{} gate {at}", plan.bars[*bar].element.id);
            stops.push(End::Node(self.graph.nodes.len()));
            self.graph.nodes.push(Node {
                id,
                parent: Some(self.bar_frames[*bar]),
                size: Size::new(GATE, height),
            });
        }
        stops.push(self.end(plan, line.to));
        if line.upstream {
            stops.reverse();
        }
        let mut legs = Vec::new();
        for (leg, ends) in stops.windows(2).enumerate() {
            let [from, to] = ends else { continue };
            // The label stands on the leg that is nearest to the outside.
            let label = if leg == 0 { sizes.labels[at].size } else { None };
            legs.push((self.graph.edges.len(), line.upstream));
            self.graph.edges.push(Edge { id: format!("{at}.{leg}"), from: *from, to: *to, label });
        }
        if line.upstream {
            legs.reverse();
        }
        legs
    }

    fn end(&self, plan: &Plan<'_>, spot: Spot) -> End {
        match spot {
            Spot::Frame(at) => End::Boundary(at),
            Spot::Box(at) => End::Node(at),
            Spot::Bar(at) => End::Boundary(plan.frames.len() + at),
        }
    }
}

/// Everything that the places are read from.
struct Picture<'a> {
    model: &'a Model,
    plan: &'a Plan<'a>,
    sizes: &'a Sizes,
    wiring: &'a Wiring,
    placement: &'a Placement,
    marks: &'a Marks,
}

impl Picture<'_> {
    fn groups(&self) -> Vec<Group> {
        let make = |(at, frame): (usize, &super::plan::Frame<'_>)| {
            let bounds = moved(self.placement.boundaries[at]);
            // Layout moves titles out of the way of lines.
            let title = moved(self.placement.titles[at]);
            let id = frame.element.id.to_string();
            Group {
                parent: self.frame_id(frame.parent),
                bounds,
                outline: Outline::Card,
                surface: surface(zone_kind(self.model, frame.element)),
                tint: None,
                texts: self.sizes.titles[at].texts(Point::new(title.x, title.y)),
                full: None,
                badges: corner_badges(&self.marks.element(&id), bounds),
                dashed: measure::external(frame.element),
                filled: true,
                stroked: true,
                id,
            }
        };
        self.plan.frames.iter().enumerate().map(make).collect()
    }

    fn shapes(&self) -> Vec<Shape> {
        let mut shapes = Vec::new();
        for (at, item) in self.plan.boxes.iter().enumerate() {
            let bounds = moved(self.placement.nodes[at]);
            shapes.push(self.shape(item.element, item.parent, &self.sizes.cards[at], bounds));
        }
        for (at, bar) in self.plan.bars.iter().enumerate() {
            let card = &self.sizes.bars[at];
            let mut shape = self.shape(bar.element, bar.parent, card, self.bar_bounds(at));
            let name = moved(self.placement.nodes[self.wiring.bar_names[at]]);
            shape.texts = card.texts(Point::new(name.x, name.y));
            shape.glyph_at = Point::new(name.x + 11.0, name.y + name.height / 2.0);
            // A bar is low: its badges stand on it, so that they cover no name.
            for badge in &mut shape.badges {
                badge.at.y -= 9.0;
            }
            shapes.push(shape);
        }
        shapes
    }

    /// The bar covers the row of its name and gates.
    fn bar_bounds(&self, at: usize) -> Rect {
        let frame = self.wiring.bar_frames[at];
        let row = self
            .wiring
            .graph
            .nodes
            .iter()
            .zip(&self.placement.nodes)
            .filter(|(node, _)| node.parent == Some(frame));
        let name = self.placement.nodes[self.wiring.bar_names[at]];
        let row = row.map(|(_, rect)| *rect).fold(name, |all, rect| all.union(&rect));
        moved(row)
    }

    fn shape(&self, element: &Element, parent: Option<usize>, card: &Card, bounds: Rect) -> Shape {
        let id = element.id.to_string();
        Shape {
            parent: self.frame_id(parent),
            bounds,
            outline: card.outline,
            glyph: card.glyph,
            glyph_at: Point::new(bounds.x + 11.0, bounds.y + (bounds.height / 2.0).min(22.0)),
            glyph_scale: 1.0,
            tint: None,
            stacked: measure::several(self.model, element),
            dashed: measure::external(element),
            filled: true,
            stroked: true,
            texts: card.texts(Point::new(bounds.x, bounds.y)),
            caption: None,
            full: None,
            badges: corner_badges(&self.marks.element(&id), bounds),
            id,
        }
    }

    fn connectors(&self) -> Vec<Connector> {
        let mut connectors = Vec::new();
        for (at, line) in self.plan.lines.iter().enumerate() {
            let legs = &self.wiring.legs[at];
            let mut stops = vec![self.spot_id(line.from)];
            stops.extend(line.via.iter().map(|bar| self.plan.bars[*bar].element.id.to_string()));
            stops.push(self.spot_id(line.to));
            let Some(first) = line.relations.first() else { continue };
            let (head_from, head_to) = line.heads();
            let own = &self.sizes.labels[at];
            for (leg, (edge, against)) in legs.iter().enumerate() {
                let route = &self.placement.edges[*edge];
                let mut points: Vec<Point> = route.points.iter().map(|point| moved_point(*point)).collect();
                if *against {
                    points.reverse();
                }
                let (Some(from), Some(to)) = (stops.get(leg), stops.get(leg + 1)) else { continue };
                let label = route.label.map(moved);
                connectors.push(Connector {
                    id: if leg == 0 { first.id.to_string() } else { format!("{}#{}", first.id, leg + 1) },
                    relations: line.relations.iter().map(|relation| relation.id.to_string()).collect(),
                    from: from.clone(),
                    to: to.clone(),
                    points,
                    dashed: line.dashed(),
                    head_from: head_from && leg == 0,
                    head_to: head_to && leg + 1 == legs.len(),
                    label: label.map(|bounds| Label { bounds, halo: true, texts: label_texts(own, bounds) }),
                    badges: label
                        .map(|bounds| label_badges(own, &self.sizes.line_marks[at], bounds))
                        .unwrap_or_default(),
                });
            }
        }
        connectors
    }

    fn frame_id(&self, frame: Option<usize>) -> Option<String> {
        frame.map(|at| self.plan.frames[at].element.id.to_string())
    }

    fn spot_id(&self, spot: Spot) -> String {
        match spot {
            Spot::Frame(at) => self.plan.frames[at].element.id.to_string(),
            Spot::Box(at) => self.plan.boxes[at].element.id.to_string(),
            Spot::Bar(at) => self.plan.bars[at].element.id.to_string(),
        }
    }
}

/// The texts of a label on its halo.
pub(super) fn label_texts(label: &FlowLabel, bounds: Rect) -> Vec<Text> {
    label.texts(Point::new(bounds.x, bounds.y), Size::new(bounds.width, bounds.height))
}

/// Badges right of the texts of a label.
pub(super) fn label_badges(label: &FlowLabel, marks: &[Mark], bounds: Rect) -> Vec<super::shape::Badge> {
    let mut x = bounds.right() - label.badge_room() + measure::BADGE_ROOM / 2.0;
    let place = |mark: &Mark| {
        let badge = mark.at(Point::new(x, bounds.center().y));
        x += measure::BADGE_ROOM;
        badge
    };
    marks.iter().map(place).collect()
}

/// Badges from the upper right corner to the left.
fn corner_badges(marks: &[Mark], bounds: Rect) -> Vec<super::shape::Badge> {
    let mut x = bounds.right();
    let place = |mark: &Mark| {
        // Mostly above the border, so that the badge covers no name.
        let badge = mark.at(Point::new(x, bounds.y - 3.0));
        x -= BADGE_STEP;
        badge
    };
    marks.iter().map(place).collect()
}

pub(super) fn zone_kind(model: &Model, element: &Element) -> Option<ZoneKind> {
    model.zones.iter().find(|zone| zone.element == element.id).map(|zone| zone.kind)
}

pub(super) fn surface(kind: Option<ZoneKind>) -> Surface {
    match kind {
        Some(ZoneKind::Internet) => Surface::Internet,
        Some(ZoneKind::Partner) => Surface::Partner,
        Some(ZoneKind::Perimeter) => Surface::Perimeter,
        Some(ZoneKind::Corporate) => Surface::Corporate,
        Some(ZoneKind::Application) => Surface::Application,
        Some(ZoneKind::Data) => Surface::Data,
        Some(ZoneKind::Management) => Surface::Management,
        Some(ZoneKind::Unknown) | None => Surface::Plain,
    }
}

fn moved(rect: Rect) -> Rect {
    Rect::new(rect.x + MARGIN, rect.y + MARGIN, rect.width, rect.height)
}

fn moved_point(point: Point) -> Point {
    Point::new(point.x + MARGIN, point.y + MARGIN)
}

/// What the picture shows, for readers who cannot see it.
pub(super) fn describe(plan: &Plan<'_>, view: &View) -> String {
    let count = |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
    let elements = plan.boxes.len() + plan.bars.len();
    let frames: Vec<&str> =
        plan.frames.iter().filter(|f| f.parent.is_none()).map(|f| f.element.name.as_str()).collect();
    let flows: usize = plan.lines.iter().map(|line| line.relations.len()).sum();
    let mut text = format!(
        "{} view with {} and {}",
        capital(view.kind.word()),
        count(elements, "element", "elements"),
        count(flows, "flow", "flows"),
    );
    if !frames.is_empty() {
        text.push_str(&format!(", in {}", frames.join(", ")));
    }
    text.push('.');
    text
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
