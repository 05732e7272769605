//! Pictures of drawings that came with coordinates: the author's own, with our marks.
//!
//! 1. The author's coordinates go to the page (`layout::given`).
//! 2. Texts are broken, set smaller or cut until they stay in the room that the author gave them.
//! 3. Lines end on the outlines; labels, captions and badges go where they cover nothing.

mod fit;
mod form;
mod sheet;
mod spots;

use std::collections::{BTreeMap, BTreeSet};

use super::badges::{Mark, Marks};
use super::compose::{describe, label_texts, surface, zone_kind};
use super::measure::{self, FlowLabel};
use super::plan::{Plan, Spot, Style, plan};
use super::shape::{Connector, Glyph, Group, Label, Outline, Scene, Shape};
use crate::assessment::Assessment;
use crate::geometry::{Point, Rect, Size};
use crate::layout::engine::Engine as _;
use crate::layout::given::{Border, Boxes, Canvas, Given, Way, Wish};
use crate::layout::{Boundary, Edge, End, Graph, Node, Placement};
use crate::model::{Course, ElementId, Form, Look, Model, RelationId, View, ViewNode, ViewRoute};
use sheet::Sheet;

/// Where the label of an upright line breaks, in px.
const UPRIGHT: f64 = 110.0;
/// Smallest frame that the drawing gave no place.
const FRAME: Size = Size::new(120.0, 70.0);
/// Of so many parts of a view, so many have a place when it came with coordinates.
const PLACED: (usize, usize) = (10, 9);
/// Coordinates beyond this are no drawing's.
const FARTHEST: f64 = 1e7;
/// The size of type that a drawing with much smaller type is scaled to.
const TYPE: f64 = 12.0;
/// The size of type that a drawing with much larger type is scaled to; its lines often have smaller labels.
const POSTER: f64 = 16.0;

/// Whether the view came with coordinates: nearly all that it shows has a place.
pub(super) fn has_places(view: &View) -> bool {
    let placed = view.nodes.iter().filter(|node| bounds(node.bounds).is_some()).count();
    placed > 0 && placed * PLACED.0 >= view.nodes.len() * PLACED.1
}

/// Draws a view at the author's places.
pub(super) fn compose(model: &Model, assessment: &Assessment, view: &View) -> Scene {
    let routed =
        view.routes.iter().filter(|route| route.points.len() > 1).map(|route| route.relation.clone());
    let plan = plan(model, view, &Style::Drawn(routed.collect()));
    let drawn = Drawn::of(view, &plan);
    let marks = Marks::of(assessment);
    let mut graph = graph(&plan);
    let boxes = Boxes::complete(&graph, &drawn.nodes, &drawn.frames);
    let ways: Vec<Way> =
        plan.lines.iter().map(|line| drawn.way(line.relations.first().map(|first| &first.id))).collect();
    let labels = Labels::of(&plan, &marks, &ways);
    for (edge, label) in graph.edges.iter_mut().zip(&labels.labels) {
        edge.label = label.size;
    }
    let mut sheet = Sheet::new(model, &plan, view, &drawn, &boxes);
    let shapes = sheet.shapes();
    let given = Given {
        titles: sheet.titles.clone(),
        borders: shapes.iter().map(|shape| form::border(shape.outline)).collect::<Vec<Border>>(),
        ways,
        captions: shapes.iter().map(|shape| Some(shape.caption.as_ref()?.bounds)).collect(),
        texts: sheet.texts(),
        boxes,
    };
    let placement = given.place(&graph).expect("every box of the graph was given a place");
    let connectors = connectors(&plan, &labels, &placement);
    let mut scene = Scene {
        view: view.id.clone(),
        title: view.title.clone(),
        description: describe(&plan, view),
        size: Size::default(),
        groups: sheet.groups(),
        remarks: sheet.remarks(),
        connectors,
        shapes,
    };
    // What is larger lies below.
    scene.groups.sort_by(|one, other| area(&other.bounds).total_cmp(&area(&one.bounds)));
    spots::halos(&mut scene);
    spots::badges(&mut scene, &marks);
    spots::to_origin(&mut scene);
    scene
}

fn area(rect: &Rect) -> f64 {
    rect.width * rect.height
}

/// What is written at the lines.
struct Labels {
    labels: Vec<FlowLabel>,
    marks: Vec<Vec<Mark>>,
}

impl Labels {
    fn of(plan: &Plan<'_>, marks: &Marks, ways: &[Way]) -> Self {
        let found = |line: &super::plan::Line<'_>| {
            marks.relations(line.relations.iter().map(|relation| relation.id.as_str()))
        };
        let marks: Vec<Vec<Mark>> = plan.lines.iter().map(found).collect();
        let label = |((line, marks), way): ((&super::plan::Line<'_>, &Vec<Mark>), &Way)| {
            measure::flow_label(&line.relations, false, marks.len(), widest(way))
        };
        Self { labels: plan.lines.iter().zip(&marks).zip(ways).map(label).collect(), marks }
    }
}

/// Where the label of a line breaks: it should be shorter than the leg that it stands on.
fn widest(way: &Way) -> f64 {
    let legs = way.points.windows(2).map(|leg| ((leg[1].x - leg[0].x).abs(), (leg[1].y - leg[0].y).abs()));
    match legs.reduce(|best, next| if next.0 + next.1 > best.0 + best.1 { next } else { best }) {
        Some((wide, high)) if wide >= high => (wide * 0.6).clamp(80.0, measure::FLOW_WIDTH),
        Some(_) => UPRIGHT,
        None => measure::FLOW_WIDTH,
    }
}

fn graph(plan: &Plan<'_>) -> Graph {
    let end = |spot: Spot| match spot {
        Spot::Frame(at) => End::Boundary(at),
        Spot::Box(at) => End::Node(at),
        Spot::Bar(_) => unreachable!("what lines pass is a box in a drawing of its author's"),
    };
    let boundary = |frame: &super::plan::Frame<'_>| Boundary {
        id: frame.element.id.to_string(),
        parent: frame.parent,
        title: measure::title(frame.element, None).size,
        minimum: FRAME,
    };
    let node = |item: &super::plan::Box<'_>| Node {
        id: item.element.id.to_string(),
        parent: item.parent,
        size: measure::card(item.element).size,
    };
    let lines = plan.lines.iter().enumerate();
    Graph {
        boundaries: plan.frames.iter().map(boundary).collect(),
        nodes: plan.boxes.iter().map(node).collect(),
        edges: lines
            .map(|(at, line)| Edge {
                id: at.to_string(),
                from: end(line.from),
                to: end(line.to),
                label: None,
            })
            .collect(),
        ..Graph::default()
    }
}

/// What the author's drawing says of the parts of a plan, on the page.
struct Drawn<'a> {
    canvas: Canvas,
    /// By box of the plan.
    nodes: Vec<Option<Rect>>,
    /// By frame of the plan.
    frames: Vec<Option<Rect>>,
    looks: BTreeMap<&'a ElementId, Look>,
    routes: BTreeMap<&'a RelationId, &'a ViewRoute>,
}

impl<'a> Drawn<'a> {
    fn of(view: &'a View, plan: &Plan<'_>) -> Self {
        let mut places: BTreeMap<&ElementId, (Rect, Option<Look>)> = BTreeMap::new();
        for node in &view.nodes {
            if let Some(rect) = bounds(node.bounds) {
                places.entry(&node.element).or_insert((rect, node.look));
            }
        }
        let mut routes = BTreeMap::new();
        for route in &view.routes {
            routes.entry(&route.relation).or_insert(route);
        }
        let lines: BTreeSet<&RelationId> =
            plan.lines.iter().flat_map(|line| &line.relations).map(|relation| &relation.id).collect();
        let points = routes
            .iter()
            .filter(|(id, _)| lines.contains(*id))
            .flat_map(|(_, route)| route.points.iter().chain(&route.label))
            .filter(|point| is_near(point.as_slice()))
            .map(|[x, y]| Rect::new(*x, *y, 0.0, 0.0));
        let notes = view.notes.iter().filter_map(|note| bounds(note.bounds));
        let frames = view.frames.iter().filter_map(|frame| bounds(Some(frame.bounds)));
        let placed = places.values().map(|(rect, _)| *rect);
        let all: Vec<Rect> = placed.chain(notes).chain(frames).chain(points).collect();
        let canvas = Canvas::new(&all, scale(&view.nodes));
        let place = |id: &ElementId| places.get(id).map(|(rect, _)| canvas.rect(rect));
        Self {
            nodes: plan.boxes.iter().map(|item| place(&item.element.id)).collect(),
            frames: plan.frames.iter().map(|frame| place(&frame.element.id)).collect(),
            looks: places.iter().map(|(id, (_, look))| (*id, look.unwrap_or_default())).collect(),
            routes,
            canvas,
        }
    }

    /// The way of a line on the page.
    fn way(&self, relation: Option<&RelationId>) -> Way {
        let Some(route) = relation.and_then(|id| self.routes.get(id)) else { return Way::default() };
        let near = |point: &&[f64; 2]| is_near(point.as_slice());
        Way {
            points: route.points.iter().filter(near).map(|point| self.canvas.point(*point)).collect(),
            square: route.course != Course::Straight,
            sideways: route.course == Course::Sideways,
            label: self.wish(route),
        }
    }

    /// Where the label of a line should stand.
    fn wish(&self, route: &ViewRoute) -> Option<Wish> {
        let scale = self.canvas.scale();
        let spot = route.spot.filter(|spot| is_near(&[spot.at, spot.across, spot.offset[0], spot.offset[1]]));
        if let Some(spot) = spot {
            let part = (spot.at.clamp(-1.0, 1.0) + 1.0) / 2.0;
            let offset = Point::new(spot.offset[0] * scale, spot.offset[1] * scale);
            return Some(Wish::On { part, across: spot.across * scale, offset });
        }
        let center = route.label.filter(|center| is_near(center))?;
        Some(Wish::At(self.canvas.point(center)))
    }

    /// Size of the type of a text whose author chose this one.
    fn type_size(&self, look: Look, usual: f64) -> f64 {
        match look.text_size.filter(|size| size.is_finite() && *size > 0.0) {
            Some(size) => fit::size(size * self.canvas.scale()),
            None => usual,
        }
    }
}

/// Where a thing stands; `None` for what is no place.
fn bounds(bounds: Option<[f64; 4]>) -> Option<Rect> {
    let [x, y, width, height] = bounds.filter(|bounds| is_near(bounds))?;
    (width >= 0.0 && height >= 0.0 && width + height > 0.0).then(|| Rect::new(x, y, width, height))
}

fn is_near(numbers: &[f64]) -> bool {
    numbers.iter().all(|number| number.abs() < FARTHEST)
}

/// How much larger a drawing is drawn: posters are made smaller and miniatures larger, so that their type is about
/// as large as on any page; everything else keeps its size.
fn scale(nodes: &[ViewNode]) -> f64 {
    let sizes = nodes.iter().filter_map(|node| node.look?.text_size);
    let mut sizes: Vec<f64> = sizes.filter(|size| size.is_finite() && *size > 0.0).collect();
    sizes.sort_by(f64::total_cmp);
    match sizes.get(sizes.len() / 2) {
        Some(middle) if *middle < 8.5 => (TYPE / middle).min(2.0),
        Some(middle) if *middle > 19.0 => (POSTER / middle).max(0.2),
        Some(_) | None => 1.0,
    }
}

fn connectors(plan: &Plan<'_>, labels: &Labels, placement: &Placement) -> Vec<Connector> {
    let id = |spot: Spot| match spot {
        Spot::Frame(at) => plan.frames[at].element.id.to_string(),
        Spot::Box(at) => plan.boxes[at].element.id.to_string(),
        Spot::Bar(at) => plan.bars[at].element.id.to_string(),
    };
    let mut connectors = Vec::new();
    for (at, (line, route)) in plan.lines.iter().zip(&placement.edges).enumerate() {
        let Some(first) = line.relations.first() else { continue };
        let (head_from, head_to) = line.heads();
        let own = &labels.labels[at];
        connectors.push(Connector {
            id: first.id.to_string(),
            relations: line.relations.iter().map(|relation| relation.id.to_string()).collect(),
            from: id(line.from),
            to: id(line.to),
            points: route.points.clone(),
            dashed: line.dashed(),
            head_from,
            head_to,
            label: route.label.map(|bounds| Label { bounds, halo: true, texts: label_texts(own, bounds) }),
            badges: route
                .label
                .map(|bounds| super::compose::label_badges(own, &labels.marks[at], bounds))
                .unwrap_or_default(),
        });
    }
    connectors
}
