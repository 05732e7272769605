//! A property of every element, by number.

use super::walk::via_from;
use crate::assessment::Truth;
use crate::guidance::index::{Floor, Index};

/// One property of an element in the graph of flows.
pub(in crate::guidance) struct GraphFact {
    pub(in crate::guidance) name: &'static str,
    /// A count rather than yes or no.
    pub(in crate::guidance) counts: bool,
    pub(in crate::guidance) compute: fn(&Index<'_>, Floor) -> Column,
}

/// For each element a flow and the element at its other end: before it on a path, or next to it on a chain.
pub(in crate::guidance) type Steps = Vec<Option<(u32, u32)>>;

/// A property of every element, by number.
pub(in crate::guidance) struct Column {
    /// Yes, no or unknown; for counts: unknown when there is none.
    pub(in crate::guidance) truth: Vec<Truth>,
    /// Least count.
    pub(in crate::guidance) least: Vec<u32>,
    /// Most count: above `least` where something is unknown.
    pub(in crate::guidance) most: Vec<u32>,
    /// The flow and the element before this one on the witness path.
    pub(in crate::guidance) before: Steps,
    /// The next flow and element on a longest chain: of flows that are known to wait, of those that may. Empty for
    /// what is no chain.
    pub(in crate::guidance) ahead: [Steps; 2],
}

impl Column {
    pub(super) fn flags(truth: Vec<Truth>) -> Self {
        let count = truth.len();
        Self {
            truth,
            least: Vec::new(),
            most: Vec::new(),
            before: vec![None; count],
            ahead: [Vec::new(), Vec::new()],
        }
    }

    pub(super) fn counts(counts: Vec<u32>) -> Self {
        Self {
            truth: vec![Truth::True; counts.len()],
            most: counts.clone(),
            before: vec![None; counts.len()],
            ahead: [Vec::new(), Vec::new()],
            least: counts,
        }
    }

    /// Elements of the witness path that ends here, pass-through elements included.
    pub(in crate::guidance) fn witness(&self, index: &Index<'_>, at: u32) -> Vec<u32> {
        let mut path = vec![at];
        let mut here = at;
        while let Some((flow, from)) = self.before[here as usize] {
            path.extend(via_from(index, flow, from).into_iter().rev());
            path.push(from);
            here = from;
            if path.len() > index.spots.len() * 2 {
                break;
            }
        }
        path.reverse();
        if path.len() > 1 { path } else { Vec::new() }
    }
}
