//! One axis at a time: a placement with its axes exchanged.

use crate::geometry::{Point, Rect, Size};
use crate::layout::graph::{Boundary, Graph, Placement};

/// Exchanges the axes of a placement.
pub(super) fn turned(placement: &Placement) -> Placement {
    let rects = |rects: &[Rect]| rects.iter().map(turned_rect).collect();
    Placement {
        size: turned_size(placement.size),
        nodes: rects(&placement.nodes),
        boundaries: rects(&placement.boundaries),
        titles: rects(&placement.titles),
        edges: placement
            .edges
            .iter()
            .map(|route| {
                let mut route = route.clone();
                for point in &mut route.points {
                    *point = Point::new(point.y, point.x);
                }
                route.label = route.label.as_ref().map(turned_rect);
                route
            })
            .collect(),
    }
}

fn turned_rect(rect: &Rect) -> Rect {
    Rect::new(rect.y, rect.x, rect.height, rect.width)
}

fn turned_size(size: Size) -> Size {
    Size::new(size.height, size.width)
}

/// The least heights of the frames, and with exchanged axes their least widths.
pub(super) fn least(graph: &Graph, turned: bool) -> Vec<f64> {
    let extent = |boundary: &Boundary| {
        let size = crate::layout::spacing::least_size(boundary);
        if turned { size.width } else { size.height }
    };
    graph.boundaries.iter().map(extent).collect()
}
