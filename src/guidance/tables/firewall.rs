//! The firewall list: for each firewall what its team would open, from the initiator's side only
//! (the firewalls are stateful), closed by a deny-all.

use super::ports::{Row, numbers};
use crate::assessment::{Basis, FirewallRow};
use crate::guidance::index::Index;
use crate::guidance::wording;
use crate::model::{ElementId, ElementKind, Phase, Port, Transport};

/// Names that a side of a rule lists at most.
const MOST_NAMES: usize = 4;

/// The rules, by firewall in the order of the model; at the end those whose firewall is not known.
pub(super) fn rows(index: &Index<'_>, ports: &[Row]) -> Vec<FirewallRow> {
    let mut list = Vec::new();
    let firewalls = index.spots.iter().filter(|spot| spot.element.kind == ElementKind::Firewall);
    for firewall in firewalls {
        let id = &firewall.element.id;
        let passing = ports.iter().filter(|row| row.row.via.contains(id) && !is_told(index, row, ports));
        let mut rules: Vec<FirewallRow> = passing.flat_map(|row| rules_of(index, row, Some(id))).collect();
        rules.push(closing(id));
        number(&mut rules, &firewall.element.name);
        list.extend(rules);
    }
    if list.is_empty() {
        return list;
    }
    let known = |row: &&Row| {
        row.row
            .via
            .iter()
            .any(|id| index.model.element(id).is_some_and(|element| element.kind == ElementKind::Firewall))
    };
    let unassigned = ports.iter().filter(|row| row.between_zones && !known(row));
    let mut rules: Vec<FirewallRow> = unassigned.flat_map(|row| rules_of(index, row, None)).collect();
    number(&mut rules, "unassigned");
    list.extend(rules);
    list
}

/// A line that names no port, between sides for which other rows say what flows, is the same path
/// drawn once more: a rule of it would open everything.
fn is_told(index: &Index<'_>, row: &Row, ports: &[Row]) -> bool {
    let sides = |row: &Row| {
        let side = |ids: &[ElementId]| -> Vec<Option<u32>> {
            ids.iter()
                .filter_map(|id| index.number(id))
                .map(|at| if index.is_boundary(at) { Some(at) } else { index.spot(at).zone })
                .collect()
        };
        (side(&row.row.from), side(&row.row.to))
    };
    if !row.ports.is_empty() || row.row.basis != Basis::Drawn && row.row.basis != Basis::DrawnPortAssumed {
        return false;
    }
    let (from, to) = sides(row);
    ports.iter().filter(|other| !other.ports.is_empty()).any(|other| {
        let (other_from, other_to) = sides(other);
        let meets =
            |left: &[Option<u32>], right: &[Option<u32>]| left.iter().any(|zone| right.contains(zone));
        other.row.via == row.row.via
            && (meets(&from, &other_from) && meets(&to, &other_to)
                || meets(&from, &other_to) && meets(&to, &other_from))
    })
}

fn number(rules: &mut [FirewallRow], name: &str) {
    let name: Vec<&str> = name.split_whitespace().collect();
    for (at, rule) in rules.iter_mut().enumerate() {
        rule.rule = format!("{}-{}", name.join("-"), at + 1);
    }
}

fn rules_of(index: &Index<'_>, row: &Row, firewall: Option<&ElementId>) -> Vec<FirewallRow> {
    let side = |ids: &[ElementId]| {
        let names: Vec<String> =
            ids.iter().filter_map(|id| index.model.element(id)).map(|element| element.name.clone()).collect();
        wording::list(&names, MOST_NAMES)
    };
    let (from, to) = (side(&row.row.from), side(&row.row.to));
    let open: Vec<&str> =
        row.row.status.split(", ").filter(|word| !matches!(*word, "ok" | "confirm")).collect();
    let status = if !open.is_empty() {
        format!("hold for {}", open.join(", "))
    } else if row.row.status == "confirm" {
        "hold: confirm".to_owned()
    } else {
        "allow".to_owned()
    };
    let mut rules = Vec::new();
    let mut rule = |source: &str, destination: &str| {
        for (transport, protocol) in [(Transport::Tcp, "tcp"), (Transport::Udp, "udp")] {
            let ports: Vec<&Port> = row.ports.iter().filter(|port| port.transport == transport).collect();
            if ports.is_empty() && !(row.ports.is_empty() && transport == Transport::Tcp) {
                continue;
            }
            rules.push(FirewallRow {
                firewall: firewall.cloned(),
                rule: String::new(),
                source: source.to_owned(),
                destination: destination.to_owned(),
                protocol: if row.ports.is_empty() { "not stated" } else { protocol }.to_owned(),
                port: if row.ports.is_empty() { "not stated".to_owned() } else { numbers(&ports) },
                purpose: if row.row.purpose.is_empty() {
                    row.row.service.clone()
                } else {
                    row.row.purpose.clone()
                },
                phase: row.row.phase,
                basis: row.row.basis.words().to_owned(),
                status: status.clone(),
            });
        }
    };
    rule(&from, &to);
    if row.either {
        rule(&to, &from);
    }
    rules
}

fn closing(firewall: &ElementId) -> FirewallRow {
    let any = || "any".to_owned();
    FirewallRow {
        firewall: Some(firewall.clone()),
        rule: String::new(),
        source: any(),
        destination: any(),
        protocol: any(),
        port: any(),
        purpose: "Everything else; log it".to_owned(),
        phase: Phase::Runtime,
        basis: "policy".to_owned(),
        status: "deny".to_owned(),
    }
}
