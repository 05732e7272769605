//! Places for what the drawing gave none.

use crate::geometry::{Point, Rect, Size, Taken};
use crate::layout::graph::Graph;
use crate::layout::spacing::{LAYER_GAP, MARGIN, NODE_GAP, PADDING, head, least_size};

/// The narrowest row beside a drawing.
const ROW: f64 = 600.0;
/// Most spots that are tried inside one frame.
const TRIES: usize = 400;

/// The place of every node and boundary of a graph, parallel to its lists.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Boxes {
    /// Places of nodes.
    pub nodes: Vec<Rect>,
    /// Places of boundaries.
    pub boundaries: Vec<Rect>,
}

impl Boxes {
    /// Keeps what is given. A boundary without a place goes around what it holds; a node without one goes to a free spot
    /// of its boundary, else below the drawing.
    pub fn complete(graph: &Graph, nodes: &[Option<Rect>], boundaries: &[Option<Rect>]) -> Self {
        let known = |list: &[Option<Rect>], at: usize| list.get(at).copied().flatten();
        let mut nodes: Vec<Option<Rect>> = (0..graph.nodes.len()).map(|at| known(nodes, at)).collect();
        let mut frames: Vec<Option<Rect>> =
            (0..graph.boundaries.len()).map(|at| known(boundaries, at)).collect();
        surround(graph, &nodes, &mut frames);
        let all = || nodes.iter().chain(&frames).flatten().copied();
        let extent = all().reduce(|whole, rect| whole.union(&rect)).unwrap_or_default();
        let mut taken = Taken::new(&extent, graph.nodes.len() + graph.boundaries.len());
        for (at, rect) in frames.iter().enumerate() {
            rect.iter().for_each(|rect| taken.add(*rect, at));
        }
        nodes.iter().flatten().for_each(|rect| taken.add(*rect, usize::MAX));
        let mut rows = Rows::below(&extent);
        for (at, node) in graph.nodes.iter().enumerate() {
            if nodes[at].is_some() {
                continue;
            }
            let frame = node.parent.and_then(|parent| frames[parent].map(|rect| (parent, rect)));
            let inside = frame.and_then(|(parent, rect)| {
                let content = head(&graph.boundaries[parent]);
                free_spot(&rect, content, parent, node.size, &mut taken)
            });
            let place = inside.unwrap_or_else(|| rows.next(node.size));
            taken.add(place, usize::MAX);
            nodes[at] = Some(place);
        }
        surround(graph, &nodes, &mut frames);
        let frames = frames.into_iter().zip(&graph.boundaries);
        let boundaries =
            frames.map(|(rect, frame)| rect.unwrap_or_else(|| rows.next(least_size(frame)))).collect();
        Self { nodes: nodes.into_iter().flatten().collect(), boundaries }
    }
}

/// Puts boundaries without a place around what they hold, the innermost first.
fn surround(graph: &Graph, nodes: &[Option<Rect>], frames: &mut [Option<Rect>]) {
    let mut held: Vec<Option<Rect>> = vec![None; frames.len()];
    let grow = |held: &mut Option<Rect>, rect: &Rect| {
        *held = Some(held.map_or(*rect, |whole| whole.union(rect)));
    };
    for (node, rect) in graph.nodes.iter().zip(nodes) {
        if let (Some(parent), Some(rect)) = (node.parent, rect) {
            grow(&mut held[parent], rect);
        }
    }
    // A parent stands before its children.
    for at in (0..frames.len()).rev() {
        let boundary = &graph.boundaries[at];
        if let (None, Some(inner)) = (frames[at], held[at]) {
            let top = head(boundary);
            let least = least_size(boundary);
            let width = (inner.width + 2.0 * PADDING).max(least.width);
            frames[at] =
                Some(Rect::new(inner.x - PADDING, inner.y - top, width, inner.height + top + PADDING));
        }
        if let (Some(parent), Some(rect)) = (boundary.parent, frames[at]) {
            grow(&mut held[parent], &rect);
        }
    }
}

/// The first spot of a frame, row by row, that holds nothing else.
fn free_spot(frame: &Rect, head: f64, owner: usize, size: Size, taken: &mut Taken) -> Option<Rect> {
    let content = Rect::new(
        frame.x + PADDING,
        frame.y + head,
        frame.width - 2.0 * PADDING,
        frame.height - head - PADDING,
    );
    let steps = |room: f64| if room >= 0.0 { (room / NODE_GAP) as usize + 1 } else { 0 };
    let (columns, rows) = (steps(content.width - size.width), steps(content.height - size.height));
    let spots = (0..rows).flat_map(|row| (0..columns).map(move |column| (column, row)));
    let place = |(column, row): (usize, usize)| {
        let at = Point::new(content.x + column as f64 * NODE_GAP, content.y + row as f64 * NODE_GAP);
        Rect::new(at.x, at.y, size.width, size.height)
    };
    // What holds the frame takes no room from what stands in it.
    let covered = |rect: &Rect, taken: &mut Taken| taken.shared(rect, owner);
    let outer = covered(&Rect::new(frame.x, frame.y, 1.0, 1.0), taken);
    spots.take(TRIES).map(place).find(|rect| covered(rect, taken) <= outer * rect.width * rect.height)
}

/// Rows below the drawing.
struct Rows {
    left: f64,
    right: f64,
    at: Point,
    bottom: f64,
}

impl Rows {
    fn below(extent: &Rect) -> Self {
        let (left, top) = (extent.x.max(MARGIN), extent.bottom() + LAYER_GAP);
        Self { left, right: left + extent.width.max(ROW), at: Point::new(left, top), bottom: top }
    }

    fn next(&mut self, size: Size) -> Rect {
        if self.at.x > self.left && self.at.x + size.width > self.right {
            self.at = Point::new(self.left, self.bottom + LAYER_GAP);
        }
        let rect = Rect::new(self.at.x, self.at.y, size.width, size.height);
        self.at.x = rect.right() + NODE_GAP;
        self.bottom = self.bottom.max(rect.bottom());
        rect
    }
}

#[cfg(test)]
mod tests {
    use super::Boxes;
    use crate::geometry::{Rect, Size};
    use crate::layout::{Boundary, Graph, Node};

    fn graph() -> Graph {
        let frame = |id: &str| Boundary {
            id: id.to_owned(),
            parent: None,
            title: Size::new(60.0, 16.0),
            minimum: Size::default(),
        };
        let node = |id: &str, parent| Node { id: id.to_owned(), parent, size: Size::new(80.0, 40.0) };
        Graph {
            boundaries: vec![frame("zone"), frame("empty")],
            nodes: vec![node("a", Some(0)), node("b", Some(0)), node("c", None)],
            ..Graph::default()
        }
    }

    #[test]
    fn what_has_no_place_gets_one() {
        let given = Some(Rect::new(100.0, 100.0, 80.0, 40.0));
        let boxes = Boxes::complete(&graph(), &[given, None, None], &[None, None]);
        assert_eq!(boxes.nodes[0], Rect::new(100.0, 100.0, 80.0, 40.0));
        assert!(boxes.boundaries[0].contains(&boxes.nodes[0], 0.0), "the frame goes around what it holds");
        let [a, b, c] = boxes.nodes.as_slice() else { panic!("three nodes") };
        assert!(!a.overlaps(b, 0.0) && !a.overlaps(c, 0.0) && !b.overlaps(c, 0.0));
        assert!(!boxes.boundaries[1].overlaps(c, 0.0), "an empty frame has a place of its own");
    }

    #[test]
    fn a_free_spot_of_the_frame_comes_first() {
        let frame = Some(Rect::new(0.0, 0.0, 300.0, 200.0));
        let nodes = [Some(Rect::new(20.0, 50.0, 80.0, 40.0)), None, Some(Rect::new(400.0, 0.0, 80.0, 40.0))];
        let boxes = Boxes::complete(&graph(), &nodes, &[frame, None]);
        assert!(boxes.boundaries[0].contains(&boxes.nodes[1], 0.0));
        assert!(!boxes.nodes[0].overlaps(&boxes.nodes[1], 0.0));
    }
}
