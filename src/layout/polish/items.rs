//! What can move up or down in a drawing, and what moves together.

use crate::geometry::{Point, Rect};
use crate::layout::check::corners;
use crate::layout::graph::{End, Graph, Placement};
use crate::layout::spacing::{EDGE_GAP, LABEL_GAP, NODE_GAP, PADDING, TITLE_FOOT, TITLE_GAP};

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A box.
    Node,
    /// The upper or lower border of a frame.
    Border,
    /// A frame's title.
    Title,
    /// A horizontal piece of an edge.
    Line(usize),
    /// The label of an edge.
    Label(usize),
}

/// Something with a height that covers a stretch of the page from left to right.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item {
    /// What it is.
    pub(super) kind: Kind,
    /// Left end.
    pub(super) left: f64,
    /// Right end.
    pub(super) right: f64,
    /// Upper end.
    pub(super) top: f64,
    /// Lower end.
    pub(super) bottom: f64,
}

/// A point of a line: it moves with an item.
#[derive(Clone, Copy, Debug)]
pub(super) struct Anchor {
    /// The item.
    pub(super) item: usize,
    /// Distance below the item's top.
    pub(super) offset: f64,
}

/// All items of a drawing. Nodes come first, then the upper and lower border of each frame.
pub(super) struct Items {
    /// The items.
    pub(super) list: Vec<Item>,
    /// Pairs that move together.
    pub(super) ties: Vec<(usize, usize)>,
    /// Pairs that keep their order though they may not see each other, upper first.
    pub(super) pairs: Vec<(usize, usize)>,
    /// Items connected by a vertical piece of a line, upper first.
    pub(super) links: Vec<(usize, usize)>,
    /// For each edge, its corners and what they move with.
    pub(super) routes: Vec<(Vec<Point>, Vec<Anchor>)>,
    /// For each frame with a title, its item.
    pub(super) titles: Vec<Option<usize>>,
    /// For each edge with a label, its item.
    pub(super) labels: Vec<Option<usize>>,
}

/// A label that is this close to its own line, in px, moves with it.
const BESIDE: f64 = LABEL_GAP + 1.0;

impl Items {
    /// Number of the item of an upper border.
    pub(super) fn upper(graph: &Graph, boundary: usize) -> usize {
        graph.nodes.len() + 2 * boundary
    }

    /// Takes a drawing apart. With `rows`, boxes of one frame that stand in a row stay in it.
    pub(super) fn of(graph: &Graph, placement: &Placement, rows: bool) -> Self {
        let mut items = Self {
            list: placement.nodes.iter().map(|rect| item(Kind::Node, rect)).collect(),
            ties: Vec::new(),
            pairs: Vec::new(),
            links: Vec::new(),
            routes: Vec::new(),
            titles: Vec::new(),
            labels: Vec::new(),
        };
        for frame in &placement.boundaries {
            let border =
                |y: f64| Item { kind: Kind::Border, left: frame.x, right: frame.right(), top: y, bottom: y };
            items.list.extend([border(frame.y), border(frame.bottom())]);
        }
        for (index, title) in placement.titles.iter().enumerate() {
            let number = (title.width > 0.0 && title.height > 0.0).then(|| {
                items.ties.push((Self::upper(graph, index), items.list.len()));
                items.push(item(Kind::Title, title))
            });
            items.titles.push(number);
        }
        if rows {
            items.tie_rows(graph);
        }
        for (index, edge) in graph.edges.iter().enumerate() {
            items.add_route(graph, placement, index, [edge.from, edge.to]);
        }
        items
    }

    fn push(&mut self, item: Item) -> usize {
        self.list.push(item);
        self.list.len() - 1
    }

    fn tie_rows(&mut self, graph: &Graph) {
        let middle = |node: usize, list: &[Item]| list[node].top + list[node].bottom;
        let mut order: Vec<usize> = (0..graph.nodes.len()).collect();
        order.sort_by(|one, other| {
            let parents = graph.nodes[*one].parent.cmp(&graph.nodes[*other].parent);
            parents.then(middle(*one, &self.list).total_cmp(&middle(*other, &self.list))).then(one.cmp(other))
        });
        for pair in order.windows(2) {
            let level = (middle(pair[0], &self.list) - middle(pair[1], &self.list)).abs() < 1.0;
            if level && graph.nodes[pair[0]].parent == graph.nodes[pair[1]].parent {
                self.ties.push((pair[0], pair[1]));
            }
        }
    }

    fn add_route(&mut self, graph: &Graph, placement: &Placement, edge: usize, ends: [End; 2]) {
        let route = &placement.edges[edge];
        let mut points = corners(&route.points);
        if let [only] = points.as_slice() {
            points.push(*only);
        }
        let start = self.list.len();
        // The line item that each point lies on.
        let mut lines: Vec<Option<usize>> = vec![None; points.len()];
        for (index, pair) in points.windows(2).enumerate() {
            let (dx, dy) = ((pair[0].x - pair[1].x).abs(), (pair[0].y - pair[1].y).abs());
            if dy < dx {
                let (left, right) = (pair[0].x.min(pair[1].x), pair[0].x.max(pair[1].x));
                let line = Item { kind: Kind::Line(edge), left, right, top: pair[0].y, bottom: pair[0].y };
                let number = self.push(line);
                lines[index] = Some(number);
                lines[index + 1] = Some(number);
            }
        }
        let last = points.len() - 1;
        let mut anchors = Vec::with_capacity(points.len());
        for (index, point) in points.iter().enumerate() {
            let end = (index == 0).then_some(ends[0]).or((index == last).then_some(ends[1]));
            if let Some(line) = lines[index] {
                if let Some(End::Node(node)) = end {
                    self.ties.push((node, line));
                }
                anchors.push(Anchor { item: line, offset: 0.0 });
                continue;
            }
            let item = match end {
                Some(End::Node(node)) => node,
                Some(End::Boundary(boundary)) => {
                    let frame = &placement.boundaries[boundary];
                    let lower = (point.y - frame.y).abs() > (point.y - frame.bottom()).abs();
                    Self::upper(graph, boundary) + usize::from(lower)
                }
                // Only a point between two vertical pieces, which corners do not have.
                None => anchors.last().map_or(0, |before: &Anchor| before.item),
            };
            anchors.push(Anchor { item, offset: point.y - self.list[item].top });
        }
        let first_link = self.links.len();
        let mut pieces: Vec<f64> = Vec::new();
        for (index, pair) in points.windows(2).enumerate() {
            let (one, other) = (anchors[index].item, anchors[index + 1].item);
            if one != other {
                self.links.push(if pair[0].y <= pair[1].y { (one, other) } else { (other, one) });
                pieces.push(pair[0].x);
            }
        }
        let label =
            route.label.as_ref().filter(|label| label.width > 0.0 && label.height > 0.0).map(|label| {
                let number = self.push(item(Kind::Label(edge), label));
                let beside = (start..number).find(|line| {
                    let line = &self.list[*line];
                    let over = line.right.min(label.right()) - line.left.max(label.x);
                    let gap = (line.top - label.bottom()).max(label.y - line.bottom);
                    over > 0.0 && gap <= BESIDE
                });
                if let Some(line) = beside {
                    self.ties.push((line, number));
                } else {
                    self.keep_beside(&pieces, first_link, number);
                }
                number
            });
        self.labels.push(label);
        self.routes.push((points, anchors));
    }

    /// Keeps a label between the ends of the vertical piece that it stands beside.
    fn keep_beside(&mut self, pieces: &[f64], first_link: usize, label: usize) {
        let Item { left, right, top, bottom, .. } = self.list[label];
        for (x, (upper, lower)) in pieces.iter().zip(self.links[first_link..].to_vec()) {
            let close = (left - x).max(x - right) <= BESIDE;
            if close && self.list[upper].bottom <= top && bottom <= self.list[lower].top {
                self.pairs.extend([(upper, label), (label, lower)]);
            }
        }
    }
}

fn item(kind: Kind, rect: &Rect) -> Item {
    Item { kind, left: rect.x, right: rect.right(), top: rect.y, bottom: rect.bottom() }
}

/// The distance in px that two items keep when one stands above the other.
pub(super) fn distance(upper: Kind, lower: Kind) -> f64 {
    use Kind::{Border, Label, Line, Node, Title};
    match (upper, lower) {
        (Node, Node) => NODE_GAP,
        // Room for the head of a line.
        (Node, Line(_)) | (Line(_), Node) => EDGE_GAP + 4.0,
        (Line(_), Line(_)) => EDGE_GAP,
        (Label(one), Line(other)) | (Line(one), Label(other)) if one == other => LABEL_GAP,
        (Label(_), Line(_)) | (Line(_), Label(_)) | (Label(_), Label(_)) => 5.0,
        // Room for badges on the corner of the box below.
        (Label(_), Node) => EDGE_GAP + 6.0,
        (Node, Label(_)) => EDGE_GAP,
        (Border, Label(_)) | (Label(_), Border) => 6.0,
        (Border, Node | Border) | (Node, Border) => PADDING,
        (Border, Line(_)) | (Line(_), Border) => EDGE_GAP,
        (Title, Node | Border) => TITLE_FOOT,
        (Title, _) | (_, Title) => TITLE_GAP,
    }
}
