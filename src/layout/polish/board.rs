//! What lies where in a drawing, and what would be wrong with a line or label elsewhere.

use crate::geometry::{Point, Rect};
use crate::layout::check::{Buckets, Family, Segment, distance, segment_in, segments};
use crate::layout::graph::{Edge, End, Graph, Placement};
use crate::layout::spacing::EDGE_GAP;

/// Room that a line keeps to foreign lines beside it, in px.
const CLEAR: f64 = EDGE_GAP - 3.0;
/// Room that a line keeps to foreign boxes and to borders that run beside it, in px.
const ASIDE: f64 = 6.0;
/// A label farther than this from its line, in px, has lost it.
const AWAY: f64 = 6.0;
/// Room around a label, in px.
const AROUND: f64 = 2.0;

/// What is wrong with one line and its label.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Faults {
    /// Foreign boxes in its way.
    nodes: usize,
    /// Foreign lines that it runs beside too closely.
    lines: usize,
    /// Foreign frames and titles that it runs through, borders that it runs along.
    frames: usize,
    /// Foreign labels that it runs through, and what its own label lies on.
    labels: usize,
    /// Foreign lines that it crosses.
    crossings: usize,
}

impl Faults {
    /// Whether nothing is worse than in `other`.
    pub(super) fn at_most(&self, other: &Self) -> bool {
        self.nodes <= other.nodes
            && self.lines <= other.lines
            && self.frames <= other.frames
            && self.labels <= other.labels
            && self.crossings <= other.crossings
    }
}

/// What lies where. Pieces that are gone stay in the grid and are passed over.
pub(super) struct Board {
    family: Family,
    pieces: Vec<Segment>,
    alive: Vec<bool>,
    of_edge: Vec<Vec<u32>>,
    lines: Buckets,
    nodes: Buckets,
    frames: Buckets,
    labels: Buckets,
}

impl Board {
    /// Takes stock of a drawing.
    pub(super) fn of(graph: &Graph, placement: &Placement) -> Self {
        let extent = Rect::new(0.0, 0.0, placement.size.width, placement.size.height);
        let mut board = Self {
            family: Family::new(graph),
            pieces: Vec::new(),
            alive: Vec::new(),
            of_edge: vec![Vec::new(); graph.edges.len()],
            lines: Buckets::new(&extent, graph.edges.len() * 5),
            nodes: Buckets::of(&placement.nodes),
            frames: Buckets::of(&placement.boundaries),
            labels: Buckets::new(&extent, graph.edges.len()),
        };
        for edge in 0..graph.edges.len() {
            board.update(placement, edge);
        }
        board
    }

    /// Takes stock of one line and its label anew.
    pub(super) fn update(&mut self, placement: &Placement, edge: usize) {
        for piece in std::mem::take(&mut self.of_edge[edge]) {
            self.alive[piece as usize] = false;
        }
        let number = |index: usize| u32::try_from(index).unwrap_or(u32::MAX);
        if let Some(label) = &placement.edges[edge].label {
            self.labels.insert(label, number(edge));
        }
        for segment in segments(edge, &placement.edges[edge]) {
            let number = number(self.pieces.len());
            self.lines.insert(&segment.bounds(), number);
            self.pieces.push(segment);
            self.alive.push(true);
            self.of_edge[edge].push(number);
        }
    }

    /// What would be wrong with a line.
    pub(super) fn faults(
        &self,
        placement: &Placement,
        edge: usize,
        ends: &Edge,
        points: &[Point],
        label: Option<&Rect>,
    ) -> Faults {
        let mut faults = Faults::default();
        let mut near = Vec::new();
        for pair in points.windows(2) {
            let segment = Segment { edge, from: pair[0], to: pair[1], last: false };
            let bounds = segment.bounds();
            let wide = wider(&bounds, ASIDE.max(CLEAR));
            self.nodes.near(&wide, &mut near);
            let foreign = near.iter().filter(|node| {
                let end = End::Node(**node as usize);
                ends.from != end && ends.to != end
            });
            faults.nodes += foreign
                .filter(|node| {
                    segment_in(&segment, &wider(&placement.nodes[**node as usize], ASIDE)).is_some()
                })
                .count();
            self.lines.near(&wide, &mut near);
            for piece in near.iter().map(|piece| *piece as usize).filter(|piece| self.alive[*piece]) {
                let other = self.pieces[piece].bounds();
                if self.pieces[piece].edge == edge {
                    continue;
                }
                let parallel = (bounds.width == 0.0) == (other.width == 0.0);
                if parallel {
                    let (gap, run) = if bounds.width == 0.0 {
                        (
                            (bounds.x - other.x).abs(),
                            bounds.bottom().min(other.bottom()) - bounds.y.max(other.y),
                        )
                    } else {
                        (
                            (bounds.y - other.y).abs(),
                            bounds.right().min(other.right()) - bounds.x.max(other.x),
                        )
                    };
                    faults.lines += usize::from(gap < CLEAR && run > -CLEAR);
                } else if wider(&bounds, 0.5).overlaps(&wider(&other, 0.5), 0.0) {
                    faults.crossings += 1;
                }
            }
            self.frames.near(&wide, &mut near);
            for frame in near.iter().map(|frame| *frame as usize) {
                faults.frames += self.frame_faults(placement, frame, ends, &segment);
            }
            faults.labels += self.label_hits(placement, edge, &segment);
        }
        if let Some(label) = label {
            faults.labels += self.label_faults(placement, edge, label, points);
        }
        faults
    }

    /// Runs through a foreign frame or its title, or along a border.
    fn frame_faults(&self, placement: &Placement, frame: usize, ends: &Edge, segment: &Segment) -> usize {
        let rect = &placement.boundaries[frame];
        let is_end = ends.from == End::Boundary(frame) || ends.to == End::Boundary(frame);
        let holds = self.family.contains(frame, ends.from) || self.family.contains(frame, ends.to);
        let through = !is_end && !holds && segment_in(segment, rect).is_some();
        let title = segment_in(segment, &placement.titles[frame]).is_some();
        let bounds = segment.bounds();
        let along = if bounds.width == 0.0 {
            let gap = (bounds.x - rect.x).abs().min((bounds.x - rect.right()).abs());
            gap < ASIDE && bounds.bottom().min(rect.bottom()) - bounds.y.max(rect.y) > 1.0
        } else {
            let gap = (bounds.y - rect.y).abs().min((bounds.y - rect.bottom()).abs());
            gap < ASIDE && bounds.right().min(rect.right()) - bounds.x.max(rect.x) > 1.0
        };
        usize::from(through) + usize::from(title) + usize::from(along)
    }

    /// Foreign labels that a piece runs through.
    fn label_hits(&self, placement: &Placement, edge: usize, segment: &Segment) -> usize {
        let mut near = Vec::new();
        self.labels.near(&segment.bounds(), &mut near);
        let labels = near.iter().map(|other| *other as usize).filter(|other| *other != edge);
        let labels = labels.filter_map(|other| placement.edges[other].label);
        labels.filter(|label| segment_in(segment, &wider(label, AROUND)).is_some()).count()
    }

    /// What a label lies on, and whether it is away from its line.
    pub(super) fn label_faults(
        &self,
        placement: &Placement,
        edge: usize,
        label: &Rect,
        points: &[Point],
    ) -> usize {
        let mut near = Vec::new();
        let wide = wider(label, AROUND);
        self.nodes.near(&wide, &mut near);
        let mut faults =
            near.iter().filter(|node| wide.overlaps(&placement.nodes[**node as usize], 0.0)).count();
        self.labels.near(&wide, &mut near);
        let others = near.iter().map(|other| *other as usize).filter(|other| *other != edge);
        faults += others
            .filter_map(|other| placement.edges[other].label)
            .filter(|other| wide.overlaps(other, 0.0))
            .count();
        self.lines.near(&wide, &mut near);
        let lines = near.iter().map(|piece| *piece as usize).filter(|piece| self.alive[*piece]);
        let lines = lines.filter(|piece| self.pieces[*piece].edge != edge);
        faults += lines.filter(|piece| segment_in(&self.pieces[*piece], &wide).is_some()).count();
        self.frames.near(&wide, &mut near);
        let frames = near.iter().map(|frame| *frame as usize);
        faults += frames
            .map(|frame| {
                let rect = &placement.boundaries[frame];
                let border = rect.overlaps(&wide, 0.0) && !rect.contains(&wide, 0.0);
                usize::from(border) + usize::from(wide.overlaps(&placement.titles[frame], 0.0))
            })
            .sum::<usize>();
        faults + usize::from(distance(label, points) > AWAY)
    }
}

/// A box that is larger by `by` px on each side.
pub(super) fn wider(rect: &Rect, by: f64) -> Rect {
    Rect::new(rect.x - by, rect.y - by, rect.width + 2.0 * by, rect.height + 2.0 * by)
}
