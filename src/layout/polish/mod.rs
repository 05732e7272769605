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

/// Polishes a complete placement; `down` tells which way the lines go.
pub(super) fn polish(graph: &Graph, placement: &mut Placement, down: bool) {
    slant::square(graph, placement);
    let mut better = placement.clone();
    straighten::straighten(graph, &mut better);
    if let Some(compact) = compact::compact(graph, &better, down) {
        better = compact;
        straighten::straighten(graph, &mut better);
    }
    for drawing in [&mut better, placement] {
        titles::slide(drawing);
        labels::relocate(graph, drawing);
    }
    if better_than(graph, &better, placement, down) {
        *placement = better;
    }
}

/// Whether a drawing is right and costs less than another one.
fn better_than(graph: &Graph, better: &Placement, placement: &Placement, down: bool) -> bool {
    check::violations(graph, better).is_empty()
        && check::measure(graph, better, down).cost() < check::measure(graph, placement, down).cost()
}
