//! Makes a drawing better without changing its plan: who is above, below or beside whom stays.

mod axis;
mod board;
mod compact;
mod items;
mod labels;
mod slant;
mod solve;
mod straighten;
mod titles;

use super::check;
use super::graph::{Graph, Placement};

/// Polishes a complete placement and gives its cost; `None` when no version of it is right. `down` tells which way the
/// lines go.
pub(super) fn polish(graph: &Graph, mut plain: Placement, down: bool) -> Option<(f64, Placement)> {
    slant::square(graph, &mut plain);
    let mut straight = plain.clone();
    straighten::straighten(graph, &mut straight);
    let tight = [true, false].map(|free_titles| {
        let mut tight = compact::compact(graph, &straight, down, free_titles)?;
        straighten::straighten(graph, &mut tight);
        Some(tight)
    });
    let versions = tight.into_iter().flatten().chain([straight, plain]).filter_map(|mut drawing| {
        titles::slide(&mut drawing);
        labels::relocate(graph, &mut drawing);
        let right = check::violations(graph, &drawing).is_empty();
        right.then(|| (check::measure(graph, &drawing, down).cost(), drawing))
    });
    versions.reduce(|best, next| if next.0 < best.0 { next } else { best })
}
