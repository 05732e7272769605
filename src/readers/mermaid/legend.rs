//! Legends: groups that explain the drawing and are no part of what it shows.

use std::collections::BTreeMap;

use super::chart::Chart;
use crate::model::SheetNote;

/// Names of legends, in lower case.
const NAMES: &[&str] =
    &["legend", "key", "légende", "legende", "leyenda", "legenda", "легенда", "图例", "凡例", "notes"];

/// Takes out the groups that are legends and tied to nothing else, and keeps their words as a note.
pub(super) fn take(chart: &mut Chart<'_>) {
    let nodes = &chart.builder.nodes;
    let named = |at: usize| nodes[at].holds && is_legend(&nodes[at].draft.name);
    // What is nested has a bound, so each walk upwards is short.
    let legends: Vec<Option<usize>> = (0..nodes.len())
        .map(|at| std::iter::successors(Some(at), |at| nodes[*at].parent).filter(|at| named(*at)).last())
        .collect();
    let mut tied: Vec<usize> = Vec::new();
    for flow in &chart.builder.flows {
        let (from, to) = (legends[flow.from.0], legends[flow.to.0]);
        if from != to {
            tied.extend(from.into_iter().chain(to));
        }
    }
    tied.sort_unstable();
    let gone: Vec<bool> = legends
        .iter()
        .map(|legend| legend.is_some_and(|legend| tied.binary_search(&legend).is_err()))
        .collect();
    // A drawing that is a legend alone stays one.
    if gone.iter().all(|gone| *gone) || !gone.contains(&true) {
        return;
    }
    let mut told: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    for at in (0..nodes.len()).filter(|at| gone[*at]) {
        let Some(legend) = legends[at] else { continue };
        let words = told.entry(legend).or_default();
        if at != legend {
            words.push(&nodes[at].draft.name);
        }
    }
    for (legend, words) in told {
        let text = format!("{}: {}", nodes[legend].draft.name, words.join("; "));
        let place = nodes[legend].draft.origins.first().copied().unwrap_or_default();
        let (draft, flow, bounds, look) = (None, None, None, None);
        chart.builder.notes.push(SheetNote { draft, flow, text, bounds, look, place });
    }
    chart.remove(&gone);
}

/// "Legend", "Port Legend", "Key"; a "Public key" is none.
fn is_legend(name: &str) -> bool {
    let lower = name.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    NAMES.contains(&lower.as_str()) || lower.ends_with(" legend") || lower.starts_with("legend ")
}
