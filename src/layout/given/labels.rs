//! Spots for labels: where the author put them, or on their line where they cover nothing.

use super::Given;
use crate::geometry::{Point, Rect, Size, Taken, along};
use crate::layout::graph::{Graph, Route};

/// Parts of a line that are tried, from the middle outwards.
const PARTS: [f64; 9] = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82];
/// Steps by which a label leaves the spot that it was given, in heights of the label.
const STEPS: [f64; 4] = [0.6, 1.2, 1.8, 2.6];

/// Gives each label its place.
pub(super) fn put(given: &Given, graph: &Graph, edges: &mut [Route]) {
    let boxes = &given.boxes;
    let all = boxes.nodes.iter().chain(&given.texts).chain(&given.titles);
    let extent = all.clone().chain(&boxes.boundaries).copied().reduce(|whole, rect| whole.union(&rect));
    let items = boxes.nodes.len() + given.texts.len() + given.titles.len() + edges.len();
    let mut taken = Taken::new(&extent.unwrap_or_default(), items);
    all.filter(|rect| rect.width > 0.0 && rect.height > 0.0).for_each(|rect| taken.add(*rect, 0));
    // Labels with a spot of their own come first: the others go around them.
    let mut order: Vec<usize> = (0..edges.len()).collect();
    order.sort_by_key(|at| given.ways.get(*at).is_none_or(|way| way.label.is_none()));
    for at in order {
        let Some(size) = graph.edges.get(at).and_then(|edge| edge.label) else { continue };
        let wish = given.ways.get(at).and_then(|way| way.label);
        let label = spot(&edges[at].points, wish, size, &mut taken);
        taken.add(label, 0);
        edges[at].label = Some(label);
    }
}

/// The first free spot; when there is none, the one that covers least.
fn spot(points: &[Point], wish: Option<Point>, size: Size, taken: &mut Taken) -> Rect {
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
        let covered = taken.shared(&rect, usize::MAX);
        if covered <= 0.0 {
            return rect;
        }
        if best.is_none_or(|(least, _)| covered < least) {
            best = Some((covered, rect));
        }
    }
    best.map_or_else(Rect::default, |(_, rect)| rect)
}
