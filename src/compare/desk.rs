//! What both sides of the comparison look at: mapped rules, and ports as sets.

use std::collections::BTreeMap;

use super::export::Rule;
use super::sides::{Names, Side};
use crate::assessment::{PortRow, Truth};
use crate::model::{ElementId, Model, Port, Transport};

/// Pairs of one row that are checked at most; a row is a product, so more say nothing new.
pub(super) const MOST_PAIRS: usize = 400;

/// A range of more ports than this is no need but an opening.
const DYNAMIC: u16 = 100;

/// Names that a sentence lists at most.
pub(super) const MOST_NAMED: usize = 4;

pub(super) struct Mapped<'a> {
    pub(super) rule: &'a Rule,
    pub(super) source: usize,
    pub(super) destination: usize,
    pub(super) firewall: Option<ElementId>,
}

pub(super) struct Desk<'a> {
    pub(super) names: &'a Names<'a>,
    pub(super) model: &'a Model,
    pub(super) sides: &'a [Side],
    pub(super) rules: &'a [Mapped<'a>],
    pub(super) by_firewall: bool,
    /// By element: what each side says of it.
    pub(super) takes: BTreeMap<ElementId, Vec<Truth>>,
}

impl Desk<'_> {
    pub(super) fn takes(&self, side: usize, element: &ElementId) -> Truth {
        self.takes.get(element).and_then(|known| known.get(side)).copied().unwrap_or(Truth::Unknown)
    }

    pub(super) fn on(&self, mapped: &Mapped<'_>, firewall: Option<&ElementId>) -> bool {
        !self.by_firewall || mapped.firewall.is_some() && mapped.firewall.as_ref() == firewall
    }
}

/// Client and server of each pair of a row, in the ways in which it is opened.
pub(super) fn pairs(row: &PortRow) -> Vec<(&ElementId, &ElementId)> {
    let mut pairs: Vec<(&ElementId, &ElementId)> =
        row.from.iter().flat_map(|from| row.to.iter().map(move |to| (from, to))).take(MOST_PAIRS).collect();
    if matches!(row.opened_by.as_str(), "either" | "not stated") {
        let back: Vec<_> = pairs.iter().map(|(from, to)| (*to, *from)).collect();
        pairs.extend(back);
    }
    pairs
}

pub(super) fn push(list: &mut Vec<String>, text: String) {
    if !list.contains(&text) && list.len() < MOST_NAMED {
        list.push(text);
    }
}

pub(super) fn covered(port: &Port, by: &[&Port]) -> bool {
    by.iter().any(|known| known.transport == port.transport && known.from <= port.from && port.to <= known.to)
}

pub(super) fn is_wide(port: &Port) -> bool {
    port.to - port.from > DYNAMIC
}

/// `tcp 80, 443; udp 53`.
pub(super) fn printed(ports: &[&Port]) -> String {
    let mut parts = Vec::new();
    for transport in Transport::ALL {
        let mut numbers: Vec<String> = Vec::new();
        for port in ports.iter().filter(|port| port.transport == *transport) {
            let text = match (port.from, port.to) {
                (1, 65535) => "any".to_owned(),
                (from, to) if from == to => from.to_string(),
                (from, to) => format!("{from}-{to}"),
            };
            if !numbers.contains(&text) {
                numbers.push(text);
            }
        }
        if !numbers.is_empty() {
            parts.push(format!("{} {}", transport.word(), numbers.join(", ")));
        }
    }
    if parts.is_empty() { "no port".to_owned() } else { parts.join("; ") }
}
