//! Units: what is drawn in one and the same diagram is never taken for one thing.

use crate::model::Fragment;

/// Number of a diagram, counted over all fragments; a fragment's parts that no diagram shows have
/// a number of their own.
pub(super) type Unit = usize;

/// The units of each draft and each flow.
pub(super) struct Units {
    /// By fragment, then by draft.
    pub(super) drafts: Vec<Vec<Vec<Unit>>>,
    /// By fragment, then by flow.
    pub(super) flows: Vec<Vec<Vec<Unit>>>,
}

/// Numbers the diagrams.
pub(super) fn units(fragments: &[Fragment]) -> Units {
    let mut units = Units { drafts: Vec::new(), flows: Vec::new() };
    let mut next = 0;
    for fragment in fragments {
        let mut drafts = vec![Vec::new(); fragment.drafts.len()];
        let mut flows = vec![Vec::new(); fragment.flows.len()];
        for sheet in &fragment.sheets {
            for node in &sheet.nodes {
                put(&mut drafts, node.draft.0, next);
            }
            for flow in &sheet.flows {
                put(&mut flows, *flow, next);
            }
            next += 1;
        }
        for unseen in drafts.iter_mut().chain(&mut flows).filter(|units| units.is_empty()) {
            unseen.push(next);
        }
        next += 1;
        units.drafts.push(drafts);
        units.flows.push(flows);
    }
    units
}

fn put(units: &mut [Vec<Unit>], at: usize, unit: Unit) {
    if let Some(units) = units.get_mut(at).filter(|units| units.last() != Some(&unit)) {
        units.push(unit);
    }
}
