//! Questions about paths in opening direction, as drawn.

use super::evaluate::{Judge, truth_of};
use super::graph;
use super::index::{At, Floor};
use super::predicate::{PathQuery, Predicate};
use super::sets::count;
use crate::assessment::Truth;

impl Judge<'_> {
    /// A path query, with its witness: a path for `path`, the path that fails for `every-path`.
    pub(super) fn path(&self, query: &PathQuery, floor: Floor) -> (Truth, Vec<u32>) {
        let numbers = || 0..count(self.index.spots.len());
        let holds =
            |predicate: &Predicate, at: u32| self.truth(predicate, At::Element(at), floor) == Truth::True;
        let starts: Vec<bool> = numbers().map(|at| holds(&query.from, at)).collect();
        let ends: Vec<bool> = numbers().map(|at| !starts[at as usize] && holds(&query.to, at)).collect();
        let marks: Vec<bool> = match query.passes.as_ref() {
            Some(passes) => numbers().map(|at| holds(passes, at)).collect(),
            None => Vec::new(),
        };
        if let Some(least) = query.every {
            let cost = |flow: u32, to: u32| {
                let via = self.index.flow(flow).via.iter().filter(|at| marks[**at as usize]).count();
                count(via) + u32::from(marks[to as usize])
            };
            let (found, before) = graph::cheapest(self.index, &starts, &cost, false);
            let reached = numbers().filter(|at| ends[*at as usize]);
            let worst = reached.filter_map(|at| Some((found[at as usize]?, at))).min();
            return match worst {
                None => (Truth::Unknown, Vec::new()),
                Some((passed, at)) => (truth_of(passed >= least), graph::path_to(self.index, &before, at)),
            };
        }
        let avoided: Vec<bool> = match query.avoids.as_ref() {
            Some(avoids) => {
                numbers().map(|at| self.truth(avoids, At::Element(at), floor) != Truth::False).collect()
            }
            None => Vec::new(),
        };
        let blocked = |at: u32| avoided.get(at as usize).copied().unwrap_or_default();
        // With `passes`, a path counts once it has met such an element: walk to it, then on from it.
        let found = graph::search(self.index, &starts, &ends, &marks, &|flow, to| {
            !blocked(to) && !self.index.flow(flow).via.iter().any(|at| blocked(*at))
        });
        match found {
            Some(path) => (Truth::True, path),
            None if self.index.complete && query.avoids.is_none() => (Truth::False, Vec::new()),
            None => (Truth::Unknown, Vec::new()),
        }
    }
}
