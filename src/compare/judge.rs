//! Rules and flows beside each other.

use std::collections::{BTreeMap, BTreeSet};

use super::desk::{Desk, Mapped};
use super::export::{Decision, Export};
use super::ports::Ports;
use super::sides::{Cell, Names, Side};
use super::told::{Comparison, Unmatched};
use super::{flows, rules as of_rules};
use crate::assessment::{AddressGroup, PortRow, Truth};
use crate::model::{ElementId, Model};

/// Compares an export with the port matrix.
pub fn compare(export: &Export, model: &Model, ports: &[PortRow], groups: &[AddressGroup]) -> Comparison {
    let names = Names::new(model, groups);
    let mut told = Comparison::default();
    let mut sides: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    let mut known: Vec<Side> = Vec::new();
    let mut rules = Vec::new();
    for rule in &export.rules {
        if !rule.enabled || rule.decision == Decision::Waits {
            told.left_out += 1;
            continue;
        }
        told.rules += 1;
        let mut side = |words: &Vec<String>| {
            *sides.entry(words.clone()).or_insert_with(|| {
                known.push(names.side(words));
                known.len() - 1
            })
        };
        let (source, destination) = (side(&rule.source), side(&rule.destination));
        let firewall = (!rule.firewall.is_empty()).then(|| names.firewall(&rule.firewall)).flatten();
        if !rule.firewall.is_empty() && firewall.is_none() {
            let why = "names no firewall in the drawing".to_owned();
            told.unmatched.push(Unmatched {
                line: rule.line,
                column: "firewall",
                text: rule.firewall.clone(),
                why,
            });
        }
        rules.push(Mapped { rule, source, destination, firewall });
    }
    let desk = Desk {
        names: &names,
        model,
        sides: &known,
        rules: &rules,
        by_firewall: export.by_firewall,
        takes: takes(&names, &known, ports),
    };
    for mapped in &rules {
        unmatched(&desk, mapped, &mut told);
        let ports_known = !matches!(mapped.rule.ports, Ports::Portless(_));
        if ports_known
            && mapped.rule.decision == Decision::Allow
            && !(export.by_firewall && mapped.firewall.is_none())
        {
            of_rules::judge(&desk, mapped, ports, &mut told);
        }
    }
    for row in ports {
        flows::judge(&desk, row, &mut told);
    }
    told
}

/// What each side says of each element of the matrix, decided once.
fn takes(names: &Names<'_>, sides: &[Side], ports: &[PortRow]) -> BTreeMap<ElementId, Vec<Truth>> {
    let elements: BTreeSet<&ElementId> =
        ports.iter().flat_map(|row| row.from.iter().chain(&row.to)).collect();
    let decide = |id: &ElementId| sides.iter().map(|side| names.takes(side, id)).collect();
    elements.into_iter().map(|id| (id.clone(), decide(id))).collect()
}

/// Lists what a rule's cells do not name.
fn unmatched(desk: &Desk<'_>, mapped: &Mapped<'_>, told: &mut Comparison) {
    let line = mapped.rule.line;
    for (column, side) in [("source", mapped.source), ("destination", mapped.destination)] {
        for (word, cell) in &desk.sides[side].cells {
            let why = match cell {
                Cell::Nothing(why) => why.clone(),
                Cell::Addresses(_, found) if found.is_empty() => {
                    "holds no address that the drawing states".to_owned()
                }
                Cell::Any | Cell::Named(_) | Cell::Addresses(..) => continue,
            };
            told.unmatched.push(Unmatched { line, column, text: word.clone(), why });
        }
    }
    let (word, why) = match &mapped.rule.ports {
        Ports::Unknown(word) => (word, "names no port and no known service"),
        Ports::Portless(word) => (word, "is neither TCP nor UDP, which is all that the drawing speaks of"),
        Ports::Any | Ports::These(_) => return,
    };
    told.unmatched.push(Unmatched { line, column: "service", text: word.clone(), why: why.to_owned() });
}
