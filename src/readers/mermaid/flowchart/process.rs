//! Flowcharts of a process: steps, decisions and ends, not parts of an architecture.
//!
//! Mermaid has one language for both. A step ("Check the issuer") that is judged like a system gives false findings, so a
//! diagram that is clearly a process is drawn and left out of the review. The signs are those of the flowchart symbols
//! (ISO 5807) and of their usual words; a drawing of systems with one rhombus in it is none.

use crate::model::{Fact, FactKey, FactValue, Origin};
use crate::readers::mermaid::chart::Chart;
use crate::readers::mermaid::syntax::Shape;

/// Names of the places where a process starts and ends.
const ENDS: [&str; 12] = [
    "start", "begin", "end", "stop", "finish", "finished", "done", "exit", "success", "failure", "fail",
    "abort",
];

/// Words on the ways out of a decision.
const ANSWERS: [&str; 18] = [
    "yes",
    "no",
    "y",
    "n",
    "true",
    "false",
    "ok",
    "not ok",
    "pass",
    "passed",
    "fail",
    "failed",
    "success",
    "failure",
    "valid",
    "invalid",
    "found",
    "not found",
];

/// Verbs that steps of a process begin with.
const VERBS: [&str; 83] = [
    "add",
    "apply",
    "approve",
    "ask",
    "assign",
    "authenticate",
    "build",
    "calculate",
    "call",
    "capture",
    "check",
    "choose",
    "clean",
    "close",
    "commit",
    "compare",
    "compile",
    "compose",
    "compute",
    "configure",
    "confirm",
    "continue",
    "copy",
    "create",
    "decide",
    "define",
    "delete",
    "deploy",
    "determine",
    "download",
    "enter",
    "evaluate",
    "execute",
    "extract",
    "fetch",
    "filter",
    "find",
    "generate",
    "get",
    "handle",
    "identify",
    "init",
    "initialize",
    "insert",
    "install",
    "load",
    "log",
    "look",
    "make",
    "mark",
    "merge",
    "move",
    "notify",
    "open",
    "parse",
    "perform",
    "pick",
    "prepare",
    "process",
    "publish",
    "push",
    "put",
    "read",
    "receive",
    "record",
    "reject",
    "remove",
    "repeat",
    "request",
    "retrieve",
    "retry",
    "return",
    "review",
    "run",
    "save",
    "select",
    "send",
    "set",
    "submit",
    "update",
    "validate",
    "verify",
    "wait",
];

/// What tells that a diagram shows a process; `None` when nothing clearly does.
pub(super) fn sign(chart: &Chart<'_>) -> Option<&'static str> {
    let nodes = &chart.builder.nodes;
    let leaves: Vec<usize> = (0..nodes.len()).filter(|at| !nodes[*at].holds).collect();
    let mut out = vec![(0_usize, false); nodes.len()];
    for flow in &chart.builder.flows {
        let way = &mut out[flow.from.0];
        way.0 += 1;
        way.1 |= flow.label.as_deref().is_some_and(|label| ANSWERS.contains(&words(label).as_str()));
    }
    let rhombus = |at: &&usize| chart.shapes[**at] == Some(Shape::Decision);
    let question = |at: usize| nodes[at].draft.name.trim_end().ends_with('?');
    let decisions = leaves.iter().filter(rhombus).filter(|at| out[**at].0 > 1 || question(**at)).count();
    let answered = leaves.iter().filter(|at| out[**at].1 && out[**at].0 > 1).count();
    let ends = leaves.iter().filter(|at| is_end(&nodes[**at].draft.name)).count();
    let terminals = leaves.iter().filter(|at| chart.shapes[**at] == Some(Shape::Terminal)).count();
    let steps = leaves.iter().filter(|at| is_step(&nodes[**at].draft.name)).count();
    // Stores, icons and words in brackets speak of an architecture.
    let parts = leaves
        .iter()
        .filter(|at| {
            let node = &nodes[**at];
            chart.shapes[**at] == Some(Shape::Cylinder) || node.bracket.is_some() || !node.icons.is_empty()
        })
        .count();
    // "Load balancer" reads like a step: without another sign nearly all boxes must, and none stands in a group.
    let most = |some: usize| some * 4 >= leaves.len() * 3 && leaves.len() > 2 && leaves.len() == nodes.len();
    if parts * 4 > leaves.len() {
        return None;
    }
    if answered > 0 && (decisions > 0 || ends > 0) {
        Some("a decision with its answers")
    } else if decisions > 1 || decisions > 0 && (ends + terminals > 0 || steps * 3 > leaves.len()) {
        Some("decisions between steps")
    } else if ends > 1 || ends > 0 && steps * 3 > leaves.len() {
        Some("a start and an end")
    } else if most(steps) {
        Some("boxes that are steps")
    } else {
        None
    }
}

/// Leaves every element out of the review; the settings can say otherwise.
pub(super) fn mark(chart: &mut Chart<'_>, sign: &str) {
    let why = format!("the flowchart shows the steps of a process: {sign}");
    for node in &mut chart.builder.nodes {
        let place = node.draft.origins.first().copied().unwrap_or_default();
        let no = FactValue::word("no");
        node.draft.facts.add(Fact::because(FactKey::InScope, no, Origin::Derived, Some(place), why.clone()));
    }
}

/// Lower case, without marks at the ends.
fn words(text: &str) -> String {
    text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

/// `Start`, `End: forwarded`.
fn is_end(name: &str) -> bool {
    let words = words(name);
    let first = words.split(':').next().unwrap_or_default().trim();
    ENDS.contains(&first)
}

/// `Check the issuer`, `Step 2: read`: a verb and what it is done to.
fn is_step(name: &str) -> bool {
    let lower = name.trim().to_lowercase();
    let mut words = lower.split_whitespace();
    let Some(first) = words.next() else { return false };
    let more = words.next().is_some();
    more && (VERBS.contains(&first.trim_end_matches(':')) || first == "step")
}
