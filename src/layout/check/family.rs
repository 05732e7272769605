//! Who lies within whom.

use crate::layout::graph::{BoundaryIndex, End, Graph};

/// Answers containment in constant time: each frame knows the span of a walk through the tree in which
/// everything inside it is met.
pub(in crate::layout) struct Family {
    spans: Vec<(usize, usize)>,
    parents: Vec<Option<BoundaryIndex>>,
    node_parents: Vec<Option<BoundaryIndex>>,
}

impl Family {
    /// Numbers the frames of a graph.
    pub(in crate::layout) fn new(graph: &Graph) -> Self {
        let count = graph.boundaries.len();
        let mut children: Vec<Vec<BoundaryIndex>> = vec![Vec::new(); count];
        let mut open: Vec<(BoundaryIndex, bool)> = Vec::new();
        for (index, boundary) in graph.boundaries.iter().enumerate() {
            match boundary.parent {
                Some(parent) => children[parent].push(index),
                None => open.push((index, false)),
            }
        }
        let mut spans = vec![(0, 0); count];
        let mut clock = 0;
        while let Some((index, done)) = open.pop() {
            if done {
                spans[index].1 = clock;
                continue;
            }
            clock += 1;
            spans[index].0 = clock;
            open.push((index, true));
            open.extend(children[index].iter().map(|child| (*child, false)));
        }
        Self {
            spans,
            parents: graph.boundaries.iter().map(|boundary| boundary.parent).collect(),
            node_parents: graph.nodes.iter().map(|node| node.parent).collect(),
        }
    }

    /// The frame that holds an end.
    pub(in crate::layout) fn parent(&self, end: End) -> Option<BoundaryIndex> {
        match end {
            End::Node(index) => self.node_parents[index],
            End::Boundary(index) => self.parents[index],
        }
    }

    /// Whether the frame is `inner` or holds it at any depth.
    pub(in crate::layout) fn holds(&self, outer: BoundaryIndex, inner: BoundaryIndex) -> bool {
        let (start, end) = self.spans[outer];
        (start..=end).contains(&self.spans[inner].0)
    }

    /// Whether the frame holds the end at any depth; a frame does not hold itself.
    pub(in crate::layout) fn contains(&self, outer: BoundaryIndex, end: End) -> bool {
        self.parent(end).is_some_and(|parent| self.holds(outer, parent))
    }
}
