//! Layers along the flow.

use std::collections::BTreeSet;

/// A layer for each of `count` items, from 0: an item comes after those that have arcs to it, as far as there is
/// no circle. In a circle the first in the order of appearance goes first.
pub(super) fn layers(count: usize, arcs: &[(usize, usize)]) -> Vec<usize> {
    let mut after: Vec<Vec<usize>> = vec![Vec::new(); count];
    let mut waiting = vec![0_usize; count];
    for (from, to) in arcs.iter().copied().filter(|(from, to)| from != to) {
        after[from].push(to);
        waiting[to] += 1;
    }
    let mut layers = vec![0_usize; count];
    let mut left: BTreeSet<usize> = (0..count).collect();
    let mut ready: BTreeSet<usize> = (0..count).filter(|item| waiting[*item] == 0).collect();
    while let Some(item) = ready.pop_first().or_else(|| left.first().copied()) {
        left.remove(&item);
        for next in after[item].iter().copied().filter(|next| left.contains(next)) {
            layers[next] = layers[next].max(layers[item] + 1);
            waiting[next] -= 1;
            if waiting[next] == 0 {
                ready.insert(next);
            }
        }
    }
    layers
}

#[cfg(test)]
mod tests {
    use super::layers;

    #[test]
    fn chains_and_circles() {
        assert_eq!(layers(3, &[(0, 1), (1, 2), (0, 2)]), [0, 1, 2]);
        assert_eq!(layers(3, &[(2, 0), (0, 1)]), [1, 2, 0]);
        assert_eq!(layers(3, &[(0, 1), (1, 2), (2, 0)]), [0, 1, 2]);
        assert_eq!(layers(2, &[(1, 1)]), [0, 0]);
    }
}
