//! Whether a row may be opened now: what holds it, or what somebody has to confirm.
//!
//! A row is held when its port, its opener or the choice between alternatives is not known, when a range
//! would have to be opened as it is, and when a security finding stands against it. A port that is only
//! usual, a flow that nobody drew and an end that is "some member of a zone" are to be confirmed.

use super::marks::Marks;
use super::numbers::is_dynamic;
use super::row::Opening;
use crate::assessment::{Basis, Gate};
use crate::guidance::index::Floor;
use crate::guidance::index::Index;
use crate::guidance::known::protocols;
use crate::model::{FactKey, Origin, Port, Transport};

/// What decides about a row.
#[derive(Debug)]
pub(super) struct Open<'a> {
    pub(super) ports: &'a [Port],
    pub(super) basis: Basis,
    pub(super) opening: Opening,
    /// Flows that the row stands for; none when nobody drew it.
    pub(super) flows: &'a [u32],
    /// An end is a zone: some member of it is meant.
    pub(super) some_member: bool,
}

/// What to do with a row, and why.
pub(super) fn decide(index: &Index<'_>, marks: &Marks<'_>, open: &Open<'_>) -> (Gate, String) {
    let ids = || open.flows.iter().map(|flow| index.flow(*flow).relation.id.as_str());
    let mut held: Vec<String> = Vec::new();
    if open.ports.is_empty() {
        held.push("port not known".to_owned());
    }
    if is_dynamic(open.ports) {
        held.push("pin first".to_owned());
    }
    if let Some(choice) = open.flows.iter().find_map(|flow| either_port(index, *flow)) {
        held.push(choice);
    }
    match open.opening {
        Opening::NotSaid => held.push("who opens it is not stated".to_owned()),
        Opening::TwoHeads => held.push("two heads: who opens it is not stated".to_owned()),
        Opening::Client | Opening::Either => {}
    }
    if let Some(choice) = open.flows.iter().find_map(|flow| alternative(index, *flow)) {
        held.push(choice);
    }
    held.extend(marks.blocking(ids()).into_iter().map(str::to_owned));
    let mut asked: Vec<&str> = marks.asked(ids());
    if open.flows.is_empty() && is_dynamic(open.ports) {
        asked.extend(marks.question("ports"));
    }
    let asked = if asked.is_empty() { String::new() } else { format!(" ({})", asked.join(", ")) };
    if !held.is_empty() {
        return (Gate::Hold, format!("hold: {}{asked}", held.join("; ")));
    }
    let mut doubts: Vec<&str> = Vec::new();
    match open.basis {
        Basis::DrawnPortAssumed => doubts.push("default"),
        Basis::DrawnPortDocumented | Basis::RequiredNotDrawn => doubts.push("documented"),
        Basis::ImpliedNotDrawn => doubts.push("implied"),
        Basis::Drawn | Basis::Declared | Basis::DrawnPortUnknown => {}
    }
    if open.some_member {
        doubts.push("which member");
    }
    if open.flows.iter().any(|flow| index.flow(*flow).relation.optional) {
        doubts.push("if built");
    }
    if doubts.is_empty() {
        return (Gate::Allow, if asked.is_empty() { "ok".to_owned() } else { format!("ok{asked}") });
    }
    (Gate::Allow, format!("{}, confirm{asked}", doubts.join(", ")))
}

/// `80 or 443`: nobody wrote a port, and the usual ones of one protocol exclude each other.
fn either_port(index: &Index<'_>, flow: u32) -> Option<String> {
    let edge = index.flow(flow);
    let settled = edge.relation.facts.word(FactKey::Encrypted).is_some_and(|word| word != "negotiable");
    if settled || edge.relation.ports.iter().any(|port| port.origin > Origin::Inferred) {
        return None;
    }
    protocols(edge, Floor::Any).find_map(|(id, _)| {
        let usual = &index.catalog.protocol(id)?.ports;
        let tcp: Vec<String> = usual
            .iter()
            .filter(|port| port.transport == Transport::Tcp)
            .map(|port| port.number.to_string())
            .collect();
        (tcp.len() > 1).then(|| tcp.join(" or "))
    })
}

/// A flow of a group of which only one is built, unless it is the chosen one.
fn alternative(index: &Index<'_>, flow: u32) -> Option<String> {
    let relation = index.flow(flow).relation;
    let group = relation.alternative.as_deref()?;
    let chosen = |flow: u32| index.flow(flow).relation.facts.word(FactKey::Chosen);
    match chosen(flow) {
        Some("yes") => None,
        Some("no") => Some(format!("not the chosen one of \u{201c}{group}\u{201d}")),
        _ if index.alternatives(flow).iter().any(|other| chosen(*other) == Some("yes")) => {
            Some(format!("not the chosen one of \u{201c}{group}\u{201d}"))
        }
        _ if index.alternatives(flow).len() > 1 => Some(format!("one of \u{201c}{group}\u{201d}")),
        _ => None,
    }
}
