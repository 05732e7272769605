//! Takes out empty space, along the page and across it.

use super::axis;
use super::items::Items;
use super::solve;
use crate::geometry::{Point, Rect};
use crate::layout::graph::{Graph, Placement};

/// A drawing that is as low and then as wide as its plan allows. `down` tells along which axis boxes stand in rows.
///
/// Lines through titles are moved behind them with `free_titles`.
pub(super) fn compact(
    graph: &Graph,
    placement: &Placement,
    down: bool,
    free_titles: bool,
) -> Option<Placement> {
    let low = along(graph, placement, &axis::least(graph, false), down, free_titles)?;
    let narrow = along(graph, &axis::turned(&low), &axis::least(graph, true), !down, free_titles)?;
    Some(axis::turned(&narrow))
}

/// Compacts from top to bottom.
fn along(
    graph: &Graph,
    placement: &Placement,
    least: &[f64],
    rows: bool,
    free_titles: bool,
) -> Option<Placement> {
    let items = Items::of(graph, placement, rows);
    let floors: Vec<(usize, usize, f64)> = least
        .iter()
        .enumerate()
        .map(|(boundary, least)| (Items::upper(graph, boundary), Items::upper(graph, boundary) + 1, *least))
        .collect();
    let (tops, height) = solve::tops(&items, &floors, placement.size.height, free_titles)?;
    let at = |rect: &Rect, item: usize| Rect::new(rect.x, tops[item], rect.width, rect.height);
    let mut moved = placement.clone();
    moved.size.height = height;
    for (index, rect) in moved.nodes.iter_mut().enumerate() {
        *rect = at(rect, index);
    }
    for (index, rect) in moved.boundaries.iter_mut().enumerate() {
        let upper = Items::upper(graph, index);
        *rect = Rect::new(rect.x, tops[upper], rect.width, tops[upper + 1] - tops[upper]);
    }
    for ((title, item), frame) in moved.titles.iter_mut().zip(&items.titles).zip(&moved.boundaries) {
        *title = item.map_or(Rect::new(title.x, frame.y, title.width, title.height), |item| at(title, item));
    }
    for (index, route) in moved.edges.iter_mut().enumerate() {
        let (corners, anchors) = &items.routes[index];
        route.points = corners
            .iter()
            .zip(anchors)
            .map(|(corner, anchor)| Point::new(corner.x, tops[anchor.item] + anchor.offset))
            .collect();
        route.label =
            route.label.as_ref().map(|label| items.labels[index].map_or(*label, |item| at(label, item)));
    }
    Some(moved)
}
