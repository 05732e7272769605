//! How hard a right drawing is to read.

use std::collections::BTreeSet;

use super::routes::shrunk;
use super::{Buckets, DEPTH, Family, Segment, TOUCH, segment_in, segments};
use crate::geometry::{Point, Rect};
use crate::layout::graph::{Edge, End, Graph, Placement};

/// Crossings of one pair of lines within this many px are one.
const SAME_SPOT: f64 = 10.0;
/// Unrelated parallel lines closer than this, in px, are hard to tell apart.
const CLEAR: f64 = 4.0;
/// ... when they run side by side at least this far, in px.
const CLEAR_RUN: f64 = 12.0;
/// A label farther than this from its line, in px, is lost.
const FAR: f64 = 24.0;
/// Width over height of a comfortable page.
const PAGE: f64 = 1.4;

/// Counts over a whole drawing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Metrics {
    /// Points where two lines cross; meetings at a shared end do not count.
    pub crossings: usize,
    /// (line, frame) pairs where the line runs through a frame that holds neither of its ends.
    pub foreign_passes: usize,
    /// Crossings of frame borders beyond those that the ends need.
    pub excess_borders: usize,
    /// Pairs of labels on each other.
    pub label_overlaps: usize,
    /// (label, line) pairs where a foreign line runs through the label.
    pub label_hits: usize,
    /// Labels across a frame's border.
    pub label_borders: usize,
    /// Labels away from their line.
    pub labels_lost: usize,
    /// (line, title) pairs where the line runs through a frame's title.
    pub title_hits: usize,
    /// Length in px on which unrelated lines lie on each other.
    pub coincident: f64,
    /// Pairs of unrelated lines that run too close to each other.
    pub tight: usize,
    /// Corners.
    pub bends: usize,
    /// Length of all lines in px.
    pub length: f64,
    /// Mean of route length over the Manhattan distance of its ends.
    pub stretch: f64,
    /// Width over height.
    pub aspect: f64,
    /// Share of the page that boxes cover.
    pub density: f64,
    /// Share of lines that run against the flow.
    pub against: f64,
    /// Lines.
    pub edges: usize,
    /// Labels.
    pub labels: usize,
}

impl Metrics {
    /// One number to compare drawings of the same graph by; lower is better. The weights are those of the
    /// independent scorer that the drawings are measured with, plus titles, and a stronger wish for a shape that
    /// fits a page.
    pub fn cost(&self) -> f64 {
        let edges = self.edges.max(1) as f64;
        let labels = self.labels.max(1) as f64;
        let count = |value: usize| value as f64;
        let clutter = self.label_overlaps + self.label_hits + self.label_borders + self.labels_lost;
        let shape = ((self.aspect.max(1e-3) / PAGE).log2().abs() - 0.6).max(0.0);
        0.5 * (count(self.crossings) + count(self.foreign_passes) + count(self.excess_borders)) / edges
            + count(clutter) / labels
            + 0.6 * count(self.title_hits) / edges
            + 4.0 * self.coincident / self.length.max(1.0)
            + 0.5 * count(self.tight) / edges
            + 0.06 * count(self.bends) / edges
            + 0.25 * (self.stretch - 1.0).max(0.0)
            + 0.0004 * self.length / edges
            + 0.06 * ((1.0 / self.density.max(1e-6)).log2() - 2.0).max(0.0)
            + 0.2 * shape
            + 0.3 * self.against
    }
}

/// Measures a complete placement; `down` tells which way the lines should go.
pub fn measure(graph: &Graph, placement: &Placement, down: bool) -> Metrics {
    let routes: Vec<Vec<Segment>> =
        placement.edges.iter().enumerate().map(|(index, route)| segments(index, route)).collect();
    let all: Vec<Segment> = routes.iter().flatten().copied().collect();
    let extent = Rect::new(0.0, 0.0, placement.size.width, placement.size.height);
    let mut grid = Buckets::new(&extent, all.len());
    for (number, segment) in (0..).zip(&all) {
        grid.insert(&segment.bounds(), number);
    }
    let mut metrics = Metrics { edges: graph.edges.len(), ..Metrics::default() };
    shape(graph, placement, &routes, down, &mut metrics);
    lines(graph, placement, &all, &grid, &mut metrics);
    frames(graph, placement, &routes, &mut metrics);
    labels(placement, &all, &grid, &mut metrics);
    titles(placement, &all, &grid, &mut metrics);
    metrics
}

fn rect_of(placement: &Placement, end: End) -> &Rect {
    match end {
        End::Node(index) => &placement.nodes[index],
        End::Boundary(index) => &placement.boundaries[index],
    }
}

/// Length, corners, direction and the page.
fn shape(graph: &Graph, placement: &Placement, routes: &[Vec<Segment>], down: bool, metrics: &mut Metrics) {
    let mut stretches = Vec::new();
    let mut against = 0;
    for (edge, route) in graph.edges.iter().zip(routes) {
        let length: f64 = route.iter().map(Segment::length).sum();
        metrics.length += length;
        metrics.bends += route.len().saturating_sub(1);
        if edge.from == edge.to {
            continue;
        }
        if let (Some(first), Some(last)) = (route.first(), route.last()) {
            let distance = (first.from.x - last.to.x).abs() + (first.from.y - last.to.y).abs();
            if distance > 1.0 {
                stretches.push(length / distance);
            }
        }
        let (from, to) = (rect_of(placement, edge.from).center(), rect_of(placement, edge.to).center());
        let onward = if down { to.y - from.y } else { to.x - from.x };
        against += usize::from(onward <= 0.5);
    }
    metrics.stretch =
        if stretches.is_empty() { 1.0 } else { stretches.iter().sum::<f64>() / stretches.len() as f64 };
    metrics.against = against as f64 / metrics.edges.max(1) as f64;
    let area = placement.size.width * placement.size.height;
    metrics.aspect =
        if placement.size.height > 0.0 { placement.size.width / placement.size.height } else { PAGE };
    let covered: f64 = placement.nodes.iter().map(|rect| rect.width * rect.height).sum();
    metrics.density = if area > 0.0 { covered / area } else { 1.0 };
}

/// Lines against lines.
fn lines(graph: &Graph, placement: &Placement, all: &[Segment], grid: &Buckets, metrics: &mut Metrics) {
    let mut near = Vec::new();
    let mut tight: BTreeSet<(usize, usize)> = BTreeSet::new();
    let mut crossings: Vec<(usize, usize, Point)> = Vec::new();
    for (index, one) in all.iter().enumerate() {
        let bounds = one.bounds();
        let wide = Rect::new(
            bounds.x - CLEAR,
            bounds.y - CLEAR,
            bounds.width + 2.0 * CLEAR,
            bounds.height + 2.0 * CLEAR,
        );
        grid.near(&wide, &mut near);
        for other in near.iter().map(|number| *number as usize).filter(|other| *other > index) {
            let other = &all[other];
            if one.edge == other.edge {
                continue;
            }
            let shared = shared(&graph.edges[one.edge], &graph.edges[other.edge]);
            if let Some((distance, run)) = side_by_side(one, other) {
                if distance < 1.0 && shared.is_none() {
                    metrics.coincident += run;
                } else if distance >= 1.0 && run > CLEAR_RUN && shared.is_none() {
                    tight.insert((one.edge.min(other.edge), one.edge.max(other.edge)));
                }
            } else if let Some((point, corner)) = crossing(one, other) {
                let meets = shared.is_some_and(|end| corner || is_at(rect_of(placement, end), &point));
                if !meets {
                    crossings.push((one.edge.min(other.edge), one.edge.max(other.edge), point));
                }
            }
        }
    }
    metrics.tight = tight.len();
    crossings.sort_by(|(a, b, p), (c, d, q)| {
        (a, b).cmp(&(c, d)).then(p.x.total_cmp(&q.x)).then(p.y.total_cmp(&q.y))
    });
    crossings.dedup_by(|(a, b, p), (c, d, q)| {
        (a, b) == (c, d) && (p.x - q.x).abs() + (p.y - q.y).abs() < SAME_SPOT
    });
    metrics.crossings = crossings.len();
}

fn shared(one: &Edge, other: &Edge) -> Option<End> {
    [one.from, one.to].into_iter().find(|end| *end == other.from || *end == other.to)
}

fn is_at(rect: &Rect, point: &Point) -> bool {
    rect.contains(&Rect::new(point.x, point.y, 0.0, 0.0), 2.0)
}

/// Distance and common run of two parallel pieces that are close; `None` for others.
fn side_by_side(one: &Segment, other: &Segment) -> Option<(f64, f64)> {
    let (a, b) = (one.bounds(), other.bounds());
    let (distance, run) = if a.height == 0.0 && b.height == 0.0 {
        ((a.y - b.y).abs(), a.right().min(b.right()) - a.x.max(b.x))
    } else if a.width == 0.0 && b.width == 0.0 {
        ((a.x - b.x).abs(), a.bottom().min(b.bottom()) - a.y.max(b.y))
    } else {
        return None;
    };
    (distance <= CLEAR && run > 1.0).then_some((distance, run))
}

/// Where two pieces cross, and whether that is a corner of one of them. A meeting in a corner is counted with the
/// piece that starts there.
fn crossing(one: &Segment, other: &Segment) -> Option<(Point, bool)> {
    let (d1, d2) = (
        Point::new(one.to.x - one.from.x, one.to.y - one.from.y),
        Point::new(other.to.x - other.from.x, other.to.y - other.from.y),
    );
    let cross = d1.x * d2.y - d1.y * d2.x;
    if cross.abs() < 1e-9 {
        return None;
    }
    let (rx, ry) = (other.from.x - one.from.x, other.from.y - one.from.y);
    let t = (rx * d2.y - ry * d2.x) / cross;
    let u = (rx * d1.y - ry * d1.x) / cross;
    let inside =
        |share: f64, last: bool| share > -1e-7 && (share < 1.0 - 1e-7 || (last && share < 1.0 + 1e-7));
    if !inside(t, one.last) || !inside(u, other.last) {
        return None;
    }
    let corner = [t, u].iter().any(|share| *share < 1e-6 || *share > 1.0 - 1e-6);
    Some((Point::new(one.from.x + t * d1.x, one.from.y + t * d1.y), corner))
}

/// Lines against frames.
fn frames(graph: &Graph, placement: &Placement, routes: &[Vec<Segment>], metrics: &mut Metrics) {
    let family = Family::new(graph);
    let cores: Vec<Option<Rect>> = placement.boundaries.iter().map(|frame| shrunk(frame, DEPTH)).collect();
    let grid = Buckets::of(&placement.boundaries);
    let mut near = Vec::new();
    for (edge, route) in graph.edges.iter().zip(routes) {
        let mut touched: BTreeSet<u32> = BTreeSet::new();
        for segment in route {
            grid.near(&segment.bounds(), &mut near);
            touched.extend(&near);
        }
        for frame in touched.into_iter().map(|frame| frame as usize) {
            let is_end = edge.from == End::Boundary(frame) || edge.to == End::Boundary(frame);
            let Some(core) = cores[frame].filter(|_| !is_end) else { continue };
            let held =
                usize::from(family.contains(frame, edge.from)) + usize::from(family.contains(frame, edge.to));
            let (length, changes) = inside(route, &core);
            match held {
                0 => metrics.foreign_passes += usize::from(length > 2.0 * DEPTH),
                1 => metrics.excess_borders += changes.saturating_sub(1),
                _ => metrics.excess_borders += if length > 0.0 { changes } else { 0 },
            }
        }
    }
}

/// How far a line runs inside a box, and how often it goes in or out.
fn inside(route: &[Segment], core: &Rect) -> (f64, usize) {
    let mut length = 0.0;
    let mut changes = 0;
    let mut state = None;
    for segment in route {
        let steps: &[bool] = match segment_in(segment, core) {
            None => &[false],
            Some((start, end)) => {
                length += (end - start) * segment.length();
                match (start > 1e-9, end < 1.0 - 1e-9) {
                    (true, true) => &[false, true, false],
                    (true, false) => &[false, true],
                    (false, true) => &[true, false],
                    (false, false) => &[true],
                }
            }
        };
        for step in steps {
            changes += usize::from(state.is_some_and(|before| before != *step));
            state = Some(*step);
        }
    }
    (length, changes)
}

/// Labels against labels, lines and borders.
fn labels(placement: &Placement, all: &[Segment], grid: &Buckets, metrics: &mut Metrics) {
    let labels: Vec<(usize, Rect)> =
        placement.edges.iter().enumerate().filter_map(|(edge, route)| Some((edge, route.label?))).collect();
    let rects: Vec<Rect> = labels.iter().map(|(_, rect)| *rect).collect();
    metrics.labels = labels.len();
    let others = Buckets::of(&rects);
    let frames = Buckets::of(&placement.boundaries);
    let mut near = Vec::new();
    for (index, (edge, rect)) in labels.iter().enumerate() {
        others.near(rect, &mut near);
        let after = near.iter().map(|other| *other as usize).filter(|other| *other > index);
        metrics.label_overlaps += after.filter(|other| rect.overlaps(&rects[*other], TOUCH)).count();
        grid.near(rect, &mut near);
        let core = shrunk(rect, 1.0);
        let hits: BTreeSet<usize> = near
            .iter()
            .map(|number| &all[*number as usize])
            .filter(|segment| segment.edge != *edge)
            .filter(|segment| core.is_some_and(|core| segment_in(segment, &core).is_some()))
            .map(|segment| segment.edge)
            .collect();
        metrics.label_hits += hits.len();
        frames.near(rect, &mut near);
        metrics.label_borders += near
            .iter()
            .map(|frame| &placement.boundaries[*frame as usize])
            .filter(|frame| frame.overlaps(rect, TOUCH) && !frame.contains(rect, TOUCH))
            .count();
        metrics.labels_lost += usize::from(distance(rect, &placement.edges[*edge].points) > FAR);
    }
}

/// Distance between a box and an orthogonal line.
pub(in crate::layout) fn distance(rect: &Rect, points: &[Point]) -> f64 {
    let gaps = points.windows(2).map(|pair| {
        let (left, right) = (pair[0].x.min(pair[1].x), pair[0].x.max(pair[1].x));
        let (top, bottom) = (pair[0].y.min(pair[1].y), pair[0].y.max(pair[1].y));
        let dx = (rect.x - right).max(left - rect.right()).max(0.0);
        let dy = (rect.y - bottom).max(top - rect.bottom()).max(0.0);
        (dx * dx + dy * dy).sqrt()
    });
    gaps.fold(f64::INFINITY, f64::min)
}

/// Lines through titles.
fn titles(placement: &Placement, all: &[Segment], grid: &Buckets, metrics: &mut Metrics) {
    let mut near = Vec::new();
    for title in placement.titles.iter().filter_map(|title| shrunk(title, 1.0)) {
        grid.near(&title, &mut near);
        let hits = near.iter().map(|number| &all[*number as usize]);
        let hits: BTreeSet<usize> = hits
            .filter(|segment| segment_in(segment, &title).is_some())
            .map(|segment| segment.edge)
            .collect();
        metrics.title_hits += hits.len();
    }
}
