//! Spots for labels: where the author put them, or on their line where they cover nothing.

use super::{Given, Wish};
use crate::geometry::{Buckets, Point, Rect, Size, Taken, along, beside};
use crate::layout::graph::{Graph, Route};

/// Parts of a line that are tried, from the middle outwards.
const PARTS: [f64; 9] = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82];
/// Steps by which a label leaves the spot that it was given, in heights of the label.
const STEPS: [f64; 4] = [0.6, 1.2, 1.8, 2.6];
/// Ends of lines that no label covers: a head, and a bit of the line before it.
const END: f64 = 12.0;
/// What a label that covers 1 px of a foreign line might cover of other things, in px².
const LEG: f64 = 8.0;
/// Pairs of a label and a leg that are looked at; on a page as full as this, lines run everywhere.
const MOST_PAIRS: usize = 4_000_000;

/// Gives each label its place.
pub(super) fn put(given: &Given, graph: &Graph, edges: &mut [Route]) {
    let boxes = &given.boxes;
    let all = boxes.nodes.iter().chain(&given.texts).chain(&given.titles);
    let extent = all.clone().chain(&boxes.boundaries).copied().reduce(|whole, rect| whole.union(&rect));
    let items = boxes.nodes.len() + given.texts.len() + given.titles.len() + edges.len();
    let mut taken = Taken::new(&extent.unwrap_or_default(), items);
    all.filter(|rect| rect.width > 0.0 && rect.height > 0.0).for_each(|rect| taken.add(*rect, 0));
    let labels = graph.edges.iter().filter(|edge| edge.label.is_some()).count();
    let mut lines = Lines::of(edges, labels);
    // Labels with a spot of their own come first: the others go around them.
    let mut order: Vec<usize> = (0..edges.len()).collect();
    order.sort_by_key(|at| given.ways.get(*at).is_none_or(|way| way.label.is_none()));
    for at in order {
        let Some(size) = graph.edges.get(at).and_then(|edge| edge.label) else { continue };
        let points = &edges[at].points;
        let wish = given.ways.get(at).and_then(|way| way.label).and_then(|wish| center(wish, points));
        let label =
            spot(points, wish, size, |rect| taken.shared(rect, usize::MAX) + lines.covered(rect, at) * LEG);
        taken.add(label, 0);
        edges[at].label = Some(label);
    }
}

/// The center that the author gave a label.
fn center(wish: Wish, points: &[Point]) -> Option<Point> {
    match wish {
        Wish::At(center) => Some(center),
        Wish::On { part, across, offset } => {
            let on = beside(points, part, across)?;
            Some(Point::new(on.x + offset.x, on.y + offset.y))
        }
    }
}

/// The first free spot; when there is none, the one that covers least.
fn spot(points: &[Point], wish: Option<Point>, size: Size, mut covered: impl FnMut(&Rect) -> f64) -> Rect {
    let around = wish.into_iter().flat_map(|wish| {
        let steps = STEPS.iter().flat_map(move |step| {
            let (x, y) = (size.width * step / 2.0, size.height * step);
            [(0.0, -y), (0.0, y), (-x, 0.0), (x, 0.0)]
        });
        let near = steps.map(move |(x, y)| Point::new(wish.x + x, wish.y + y));
        std::iter::once(wish).chain(near)
    });
    let along = PARTS.iter().filter_map(|part| along(points, *part));
    let mut best: Option<(f64, Rect)> = None;
    for center in around.chain(along) {
        // A label stands on the page.
        let (x, y) = ((center.x - size.width / 2.0).max(0.0), (center.y - size.height / 2.0).max(0.0));
        let rect = Rect::new(x, y, size.width, size.height);
        let covered = covered(&rect);
        if covered <= 0.0 {
            return rect;
        }
        if best.is_none_or(|(least, _)| covered < least) {
            best = Some((covered, rect));
        }
    }
    best.map_or_else(Rect::default, |(_, rect)| rect)
}

/// Lines that labels keep off.
struct Lines {
    /// Each leg with the edge that may cover it.
    legs: Vec<(Point, Point, Option<usize>)>,
    buckets: Buckets,
    found: Vec<u32>,
}

impl Lines {
    fn of(edges: &[Route], labels: usize) -> Self {
        let mut legs = Vec::new();
        for (at, edge) in edges.iter().enumerate() {
            let points = edge.points.as_slice();
            legs.extend(points.windows(2).map(|leg| (leg[0], leg[1], Some(at))));
            let ends = [points.first().zip(points.get(1)), points.last().zip(points.iter().nth_back(1))];
            legs.extend(ends.into_iter().flatten().map(|(end, next)| (*end, towards(*end, *next), None)));
        }
        if legs.len().saturating_mul(labels) > MOST_PAIRS {
            legs.clear();
        }
        let round = |(a, b, _): &(Point, Point, Option<usize>)| {
            Rect::new(a.x.min(b.x), a.y.min(b.y), (a.x - b.x).abs(), (a.y - b.y).abs())
        };
        let rects: Vec<Rect> = legs.iter().map(round).collect();
        Self { legs, buckets: Buckets::of(&rects), found: Vec::new() }
    }

    /// How much of the lines lies below a label of this edge, in px.
    fn covered(&mut self, rect: &Rect, edge: usize) -> f64 {
        self.buckets.near(rect, &mut self.found);
        let near = self.found.iter().filter_map(|number| self.legs.get(*number as usize));
        near.filter(|(.., own)| *own != Some(edge)).map(|(a, b, _)| inside(*a, *b, rect)).sum()
    }
}

/// The point that lies [`END`] px, or half of the way, from an end.
fn towards(end: Point, next: Point) -> Point {
    let (dx, dy) = (next.x - end.x, next.y - end.y);
    let length = (dx * dx + dy * dy).sqrt();
    let share = if length > 0.0 { (END / length).min(0.5) } else { 0.0 };
    Point::new(end.x + dx * share, end.y + dy * share)
}

/// The length of the part of a leg that lies in a rectangle.
fn inside(a: Point, b: Point, rect: &Rect) -> f64 {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    // The part of the leg, from 0 to 1, that lies between two parallel sides.
    let between = |start: f64, by: f64, low: f64, high: f64| {
        if by.abs() < 1e-9 {
            return if start > low && start < high { (0.0, 1.0) } else { (1.0, 0.0) };
        }
        let (one, other) = ((low - start) / by, (high - start) / by);
        (one.min(other), one.max(other))
    };
    let (x, y) = (between(a.x, dx, rect.x, rect.right()), between(a.y, dy, rect.y, rect.bottom()));
    let share = x.1.min(y.1).min(1.0) - x.0.max(y.0).max(0.0);
    share.max(0.0) * (dx * dx + dy * dy).sqrt()
}

#[cfg(test)]
mod tests {
    use super::{Given, Wish, put};
    use crate::geometry::{Point, Rect, Size};
    use crate::layout::given::Way;
    use crate::layout::graph::Route;
    use crate::layout::{Edge, End, Graph};

    /// Two level lines, one 100 px below the other; the upper one has a label.
    fn labeled(wish: Option<Wish>, lower: f64) -> Rect {
        let edge = |id: &str, label| Edge { id: id.to_owned(), from: End::Node(0), to: End::Node(1), label };
        let graph = Graph {
            edges: vec![edge("a", Some(Size::new(40.0, 20.0))), edge("b", None)],
            ..Graph::default()
        };
        let level = |y: f64| Route { points: vec![Point::new(0.0, y), Point::new(400.0, y)], label: None };
        let mut edges = [level(100.0), level(lower)];
        let given = Given { ways: vec![Way { label: wish, ..Way::default() }], ..Given::default() };
        put(&given, &graph, &mut edges);
        edges[0].label.expect("a label")
    }

    #[test]
    fn a_label_stands_where_the_author_moved_it() {
        let on = |part, across, x, y| Some(Wish::On { part, across, offset: Point::new(x, y) });
        assert_eq!(labeled(on(0.5, 0.0, 0.0, 0.0), 300.0).center(), Point::new(200.0, 100.0));
        assert_eq!(labeled(on(0.75, -40.0, -100.0, 60.0), 300.0).center(), Point::new(200.0, 200.0));
    }

    #[test]
    fn a_label_keeps_off_the_lines_of_others() {
        let at = Some(Wish::At(Point::new(200.0, 100.0)));
        assert_eq!(labeled(at, 300.0).center(), Point::new(200.0, 100.0));
        let aside = labeled(at, 104.0);
        assert!(aside.bottom() <= 104.0 || aside.y >= 104.0, "{aside:?}");
    }

    #[test]
    fn no_label_covers_the_ends_of_its_line() {
        let label = labeled(Some(Wish::At(Point::new(390.0, 100.0))), 300.0);
        assert!(label.bottom() <= 100.0 || label.y >= 100.0 || label.right() <= 388.0, "{label:?}");
    }
}
