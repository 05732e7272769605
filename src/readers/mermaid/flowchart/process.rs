//! Flowcharts of a process: steps, decisions and ends, not parts of an architecture.
//!
//! Mermaid has one language for both. A step ("Check the issuer") that is judged like a system gives false findings, so a
//! diagram that is clearly a process is drawn and left out of the review. The signs are those of the flowchart symbols
//! (ISO 5807) and of their usual words; a drawing of systems with one rhombus in it is none.

use crate::diagnostic::Diagnostic;
use crate::model::{ElementKind, Fact, FactKey, FactValue, Flow, Origin};
use crate::readers::mermaid::account::Account;
use crate::readers::mermaid::chart::Chart;
use crate::readers::mermaid::syntax::Shape;
use crate::wording::{answers, icons};

/// Words of names that are products or belong to a cloud: a step is not named so.
const PRODUCTS: [&str; 26] = [
    "aws",
    "amazon",
    "azure",
    "gcp",
    "google",
    "cloudfront",
    "cloudflare",
    "route53",
    "lambda",
    "ec2",
    "ecs",
    "eks",
    "aks",
    "gke",
    "kubernetes",
    "docker",
    "nginx",
    "traefik",
    "haproxy",
    "kafka",
    "postgresql",
    "mongodb",
    "elasticsearch",
    "keycloak",
    "prometheus",
    "grafana",
];

/// Least steps that stand in groups, or that are numbered one after the other.
const ROW: usize = 4;

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

/// Leaves a diagram that shows a process out of the review, and says so at a byte.
pub(in crate::readers::mermaid) fn judge(chart: &mut Chart<'_>, account: &mut Account<'_>, at: usize) {
    let Some(sign) = sign(chart) else { return };
    mark(chart, sign);
    let message = format!(
        "this flowchart shows the steps of a process ({sign}); it is drawn, and not judged as an architecture"
    );
    account.diagnostics.push(Diagnostic::note("mermaid/process", message, account.span(at, at)).help(
        "draw systems and what flows between them, without start, end and decisions, to have them judged",
    ));
}

/// What tells that a diagram shows a process; `None` when nothing clearly does.
fn sign(chart: &Chart<'_>) -> Option<&'static str> {
    let nodes = &chart.builder.nodes;
    let leaves: Vec<usize> = (0..nodes.len()).filter(|at| !nodes[*at].holds).collect();
    let mut out = vec![(0_usize, false); nodes.len()];
    for flow in &chart.builder.flows {
        let way = &mut out[flow.from.0];
        way.0 += 1;
        way.1 |= flow.label.as_deref().is_some_and(answers::is_answer);
    }
    let rhombus = |at: &&usize| chart.shapes[**at] == Some(Shape::Decision);
    let question = |at: usize| nodes[at].draft.name.trim_end().ends_with('?');
    let decisions = leaves.iter().filter(rhombus).filter(|at| out[**at].0 > 1 || question(**at)).count();
    let answered = leaves.iter().filter(|at| out[**at].1 && out[**at].0 > 1).count();
    let ends = leaves.iter().filter(|at| answers::is_end(&nodes[**at].draft.name)).count();
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
    let named = leaves.iter().filter(|at| is_part(&nodes[**at].draft.name)).count();
    if parts * 4 > leaves.len() || named * 2 > leaves.len() {
        return None;
    }
    let grouped = steps * 4 >= leaves.len() * 3 && steps >= ROW && parts == 0;
    let numbers: Vec<Option<u32>> = nodes.iter().map(|node| number(&node.draft.name)).collect();
    let next = |flow: &&Flow| matches!((numbers[flow.from.0], numbers[flow.to.0]), (Some(from), Some(to)) if from + 1 == to);
    let numbered = chart.builder.flows.iter().filter(next).count() + 1;
    if answered > 0 && (decisions > 0 || ends > 0) {
        Some("a decision with its answers")
    } else if decisions > 1 || decisions > 0 && (ends + terminals > 0 || steps * 3 > leaves.len()) {
        Some("decisions between steps")
    } else if ends > 1 || ends > 0 && steps * 3 > leaves.len() {
        Some("a start and an end")
    } else if numbered >= ROW && numbered * 2 >= leaves.len() {
        Some("numbered steps")
    } else if most(steps) || grouped {
        Some("boxes that are steps")
    } else {
        None
    }
}

/// Leaves every element out of the review; the settings can say otherwise.
fn mark(chart: &mut Chart<'_>, sign: &str) {
    let why = format!("the flowchart shows the steps of a process: {sign}");
    for node in &mut chart.builder.nodes {
        let place = node.draft.origins.first().copied().unwrap_or_default();
        let no = FactValue::word("no");
        node.draft.facts.add(Fact::because(FactKey::InScope, no, Origin::Derived, Some(place), why.clone()));
    }
}

/// `3 · Verify`, `3. Verify`: the number of a step.
fn number(name: &str) -> Option<u32> {
    let digits = name.len() - name.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = name[digits..].trim_start();
    let divided = rest.starts_with(['.', '·', ':', ')', '-', '–', '|']);
    name[..digits].parse().ok().filter(|number| divided && *number < 1000)
}

/// Whether a name is that of a product, a store, a queue: no step.
fn is_part(name: &str) -> bool {
    if is_step(name) || name.trim_end().ends_with('?') {
        return false;
    }
    let lower = name.to_lowercase();
    let product = || lower.split(|c: char| !c.is_alphanumeric()).any(|word| PRODUCTS.contains(&word));
    let plain = [ElementKind::Container, ElementKind::Person, ElementKind::Unknown];
    product() || !plain.contains(&icons::kind_of_icon(name))
}

/// `Check the issuer`, `Step 2: read`: a verb and what it is done to.
fn is_step(name: &str) -> bool {
    let lower = name.trim().to_lowercase();
    let mut words = lower.split_whitespace();
    let Some(first) = words.next() else { return false };
    let more = words.next().is_some();
    more && (VERBS.contains(&first.trim_end_matches(':')) || first == "step")
}
