//! Boxes and frames: overlaps, containment, sizes.

use super::{TOUCH, Violation};
use crate::geometry::{Rect, Size};
use crate::layout::graph::{Graph, Placement};

/// What is wrong with boxes and frames. Siblings that keep apart and lie within their frame also keep apart
/// from everything else, so only siblings are compared.
pub(super) fn violations(graph: &Graph, placement: &Placement) -> Vec<Violation> {
    let mut found = Vec::new();
    let outer = graph.boundaries.len();
    let mut families: Vec<Vec<(&str, &Rect)>> = vec![Vec::new(); outer + 1];
    let boundaries = graph
        .boundaries
        .iter()
        .zip(&placement.boundaries)
        .map(|(boundary, rect)| (boundary.id.as_str(), boundary.parent, boundary.minimum, rect));
    let nodes = graph
        .nodes
        .iter()
        .zip(&placement.nodes)
        .map(|(node, rect)| (node.id.as_str(), node.parent, node.size, rect));
    for (id, parent, least, rect) in boundaries.chain(nodes) {
        families[parent.unwrap_or(outer)].push((id, rect));
        if parent.is_some_and(|parent| !placement.boundaries[parent].contains(rect, TOUCH)) {
            found.push(Violation::Outside(id.to_owned()));
        }
        if is_smaller(rect, least) {
            found.push(Violation::Small(id.to_owned()));
        }
    }
    for (at, ((boundary, frame), title)) in
        graph.boundaries.iter().zip(&placement.boundaries).zip(&placement.titles).enumerate()
    {
        if title.width > 0.0 && title.height > 0.0 {
            families[at].push((boundary.id.as_str(), title));
        }
        if !frame.contains(title, TOUCH) {
            found.push(Violation::TitleOutside(boundary.id.clone()));
        }
    }
    for family in families {
        overlaps(family, &mut found);
    }
    found
}

fn is_smaller(rect: &Rect, least: Size) -> bool {
    rect.width < least.width - TOUCH || rect.height < least.height - TOUCH
}

/// Sweeps along the side that the boxes spread over more, and keeps what is still open.
fn overlaps(mut family: Vec<(&str, &Rect)>, found: &mut Vec<Violation>) {
    let spread = |start: fn(&Rect) -> f64| {
        let starts = family.iter().map(|(_, rect)| start(rect));
        starts.clone().fold(f64::MIN, f64::max) - starts.fold(f64::MAX, f64::min)
    };
    let down = spread(|rect| rect.y) > spread(|rect| rect.x);
    let start = |rect: &Rect| if down { rect.y } else { rect.x };
    let end = |rect: &Rect| if down { rect.bottom() } else { rect.right() };
    family.sort_by(|(_, one), (_, other)| start(one).total_cmp(&start(other)));
    let mut open: Vec<(&str, &Rect)> = Vec::new();
    for (id, rect) in family {
        open.retain(|(_, other)| end(other) - start(rect) > TOUCH);
        let hits = open.iter().filter(|(_, other)| rect.overlaps(other, TOUCH));
        found.extend(hits.map(|(other, _)| Violation::Overlap((*other).to_owned(), id.to_owned())));
        open.push((id, rect));
    }
}
