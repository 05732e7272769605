//! The firewall list: for each firewall and direction of opening what its team would open, from the
//! initiator's side only (the firewalls are stateful), closed by a deny-all.
//!
//! 1. Rows of the port matrix that pass the firewall, each turned the way it is opened. A proxy on the way
//!    ends the connection, so a firewall sees the leg between its neighbors.
//! 2. By direction (zone to zone, in the order of the model), then by phase.
//! 3. A rule that an earlier one opens already is kept and marked; the last rule denies everything else.

use super::groups::Groups;
use super::numbers::numbers;
use super::row::{Opening, Row};
use crate::assessment::{AddressGroup, Basis, FirewallRow, Gate, Requirement};
use crate::guidance::index::Index;
use crate::model::{ElementId, ElementKind, Phase, Port, Transport};

/// Traits of gateways that end a connection and open another one.
const ENDS_CONNECTIONS: [&str; 4] = ["reverse-proxy", "api-gateway", "waf", "egress-proxy"];

/// The rules, by firewall in the order of the model; at the end those whose firewall is not known.
pub(super) fn rows(index: &Index<'_>, ports: &[Row]) -> (Vec<FirewallRow>, Vec<AddressGroup>) {
    let mut list = Vec::new();
    let mut groups = Groups::default();
    let is_firewall =
        |id: &ElementId| index.model.element(id).is_some_and(|element| element.kind == ElementKind::Firewall);
    for spot in index.spots.iter().filter(|spot| spot.element.kind == ElementKind::Firewall) {
        let id = &spot.element.id;
        let passing = ports.iter().filter(|row| row.row.via.contains(id) && !is_told(index, row, ports));
        let mut rules: Vec<Rule> = passing.flat_map(|row| rules_of(index, row, Some(id))).collect();
        merge(&mut rules);
        rules.sort_by_key(Rule::place);
        cover(&mut rules, &spot.element.name);
        let last = rules.len() + 1;
        list.extend(rules.iter().map(|rule| rule.row(index, &mut groups)));
        list.push(closing(id, rule_name(&spot.element.name, last)));
    }
    if list.is_empty() {
        return (list, Vec::new());
    }
    let unassigned = ports.iter().filter(|row| row.between_zones() && !row.row.via.iter().any(is_firewall));
    let mut rules: Vec<Rule> = unassigned.flat_map(|row| rules_of(index, row, None)).collect();
    merge(&mut rules);
    rules.sort_by_key(Rule::place);
    cover(&mut rules, "unassigned");
    list.extend(rules.iter().map(|rule| rule.row(index, &mut groups)));
    (list, groups.into_list())
}

/// A rule before it is printed.
struct Rule<'a> {
    name: String,
    firewall: Option<&'a ElementId>,
    row: &'a Row,
    relations: Vec<crate::model::RelationId>,
    source: Vec<ElementId>,
    destination: Vec<ElementId>,
    zones: (Option<u32>, Option<u32>),
    reversed: bool,
    transport: Option<Transport>,
    ports: Vec<Port>,
    action: Gate,
    status: String,
}

impl Rule<'_> {
    /// Direction, phase.
    fn place(&self) -> (Option<u32>, Option<u32>, Phase) {
        (self.zones.0, self.zones.1, self.row.row.phase)
    }

    fn opens(&self, other: &Self) -> bool {
        let within = |inner: &[ElementId], outer: &[ElementId]| inner.iter().all(|id| outer.contains(id));
        !other.ports.is_empty()
            && self.transport == other.transport
            && within(&other.source, &self.source)
            && within(&other.destination, &self.destination)
            && other
                .ports
                .iter()
                .all(|port| self.ports.iter().any(|known| known.from <= port.from && port.to <= known.to))
    }

    fn row(&self, index: &Index<'_>, groups: &mut Groups) -> FirewallRow {
        let row = &self.row.row;
        let (from_roles, to_roles) = match (&self.row.roles, self.reversed) {
            (Some((from, to)), false) => (Some(from), Some(to)),
            (Some((from, to)), true) => (Some(to), Some(from)),
            (None, _) => (None, None),
        };
        let zone = |at: Option<u32>| at.map(|at| index.spot(at).element.id.clone());
        let ports: Vec<&Port> = self.ports.iter().collect();
        FirewallRow {
            firewall: self.firewall.cloned(),
            rule: self.name.clone(),
            from_zone: zone(self.zones.0),
            to_zone: zone(self.zones.1),
            source: groups.name(index, &self.source, from_roles.map(Vec::as_slice)),
            destination: groups.name(index, &self.destination, to_roles.map(Vec::as_slice)),
            protocol: self.transport.map_or("not stated", Transport::word).to_owned(),
            port: if ports.is_empty() { "not stated".to_owned() } else { numbers(&ports) },
            service: row.service.clone(),
            purpose: row.purpose.clone(),
            note: row.note.clone(),
            phase: row.phase,
            basis: row.basis.words().to_owned(),
            requirement: row.requirement,
            action: self.action,
            status: self.status.clone(),
            relations: self.relations.clone(),
            source_link: row.source.clone(),
        }
    }
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
    if !row.ports.is_empty() || !row.row.basis.is_drawn() {
        return false;
    }
    let (from, to) = sides(row);
    ports.iter().filter(|other| !other.ports.is_empty()).any(|other| {
        let (other_from, other_to) = sides(other);
        let meets =
            |left: &[Option<u32>], right: &[Option<u32>]| left.iter().any(|zone| right.contains(zone));
        let same_way = other.row.via == row.row.via || other.row.via.iter().rev().eq(&row.row.via);
        same_way
            && (meets(&from, &other_from) && meets(&to, &other_to)
                || meets(&from, &other_to) && meets(&to, &other_from))
    })
}

fn rules_of<'a>(index: &Index<'_>, row: &'a Row, firewall: Option<&'a ElementId>) -> Vec<Rule<'a>> {
    let (source, destination) = leg(index, row, firewall);
    let (mut action, mut status) = (row.row.action, row.row.status.clone());
    // A proxy opens a connection of its own; the usual port of the outer one says nothing of it.
    if source != row.row.from && row.row.basis == Basis::DrawnPortAssumed && action == Gate::Allow {
        let proxy = source.first().and_then(|id| index.model.element(id));
        let name = proxy.map_or("the proxy", |element| element.name.as_str());
        status = format!("hold: the port behind {name} is not stated");
        action = Gate::Hold;
    }
    let mut rules = Vec::new();
    let mut rule = |reversed: bool| {
        let opened = |transport: &Transport| row.ports.iter().any(|port| port.transport == *transport);
        let transports: Vec<Option<Transport>> = if row.ports.is_empty() {
            vec![None]
        } else {
            Transport::ALL.iter().copied().filter(opened).map(Some).collect()
        };
        for transport in transports {
            let (from, to) = if reversed { (&destination, &source) } else { (&source, &destination) };
            rules.push(Rule {
                name: String::new(),
                firewall,
                row,
                relations: row.row.relations.clone(),
                zones: if reversed { (row.to, row.from) } else { (row.from, row.to) },
                source: from.clone(),
                destination: to.clone(),
                reversed,
                transport,
                ports: row.ports.iter().filter(|port| Some(port.transport) == transport).cloned().collect(),
                action,
                status: status.clone(),
            });
        }
    };
    rule(false);
    if matches!(row.opening, Opening::Either | Opening::TwoHeads) {
        rule(true);
    }
    rules
}

/// The two ends that a firewall sees: a proxy before it is the source, a proxy behind it the destination.
fn leg(index: &Index<'_>, row: &Row, firewall: Option<&ElementId>) -> (Vec<ElementId>, Vec<ElementId>) {
    let (mut source, mut destination) = (row.row.from.clone(), row.row.to.clone());
    let Some(at) = firewall.and_then(|id| row.row.via.iter().position(|passed| passed == id)) else {
        return (source, destination);
    };
    let ends = |id: &&ElementId| {
        index.number(id).is_some_and(|at| {
            let spot = index.spot(at);
            spot.element.kind == ElementKind::Gateway
                && spot.traits.iter().any(|known| ENDS_CONNECTIONS.contains(known))
        })
    };
    if let Some(proxy) = row.row.via[..at].iter().rev().find(ends) {
        source = vec![proxy.clone()];
    }
    if let Some(proxy) = row.row.via[at + 1..].iter().find(ends) {
        destination = vec![proxy.clone()];
    }
    (source, destination)
}

/// Equal rules become one, which stands for the flows of all.
fn merge(rules: &mut Vec<Rule<'_>>) {
    let mut kept: Vec<Rule<'_>> = Vec::new();
    for rule in rules.drain(..) {
        let same = kept.iter_mut().find(|known| {
            known.source == rule.source
                && known.destination == rule.destination
                && known.transport == rule.transport
                && known.ports == rule.ports
                && known.row.row.phase == rule.row.row.phase
                && known.row.row.service == rule.row.row.service
                && known.action == rule.action
                && known.status == rule.status
        });
        match same {
            Some(known) => known.relations.extend(rule.relations),
            None => kept.push(rule),
        }
    }
    *rules = kept;
}

/// Numbers the rules and marks those that an earlier one opens already.
fn cover(rules: &mut [Rule<'_>], firewall: &str) {
    for at in 0..rules.len() {
        let (before, rest) = rules.split_at_mut(at);
        let Some(rule) = rest.first_mut() else { break };
        rule.name = rule_name(firewall, at + 1);
        // What is open for good opens a passing need too, not the other way round.
        let lasts = |known: &Rule<'_>| {
            known.row.row.phase == Phase::Runtime || known.row.row.phase == rule.row.row.phase
        };
        let covering =
            before.iter().find(|known| known.action == rule.action && lasts(known) && known.opens(rule));
        if let Some(known) = covering {
            rule.action = Gate::Covered;
            rule.status = format!("covered by {}", known.name);
        }
    }
}

fn rule_name(firewall: &str, number: usize) -> String {
    format!("{}-{number}", firewall.split_whitespace().collect::<Vec<_>>().join("-"))
}

fn closing(firewall: &ElementId, rule: String) -> FirewallRow {
    let any = || "any".to_owned();
    FirewallRow {
        firewall: Some(firewall.clone()),
        rule,
        from_zone: None,
        to_zone: None,
        source: any(),
        destination: any(),
        protocol: any(),
        port: any(),
        service: any(),
        purpose: "Everything else; log it".to_owned(),
        note: String::new(),
        phase: Phase::Runtime,
        basis: "policy".to_owned(),
        requirement: Requirement::NoList,
        action: Gate::Deny,
        status: "deny".to_owned(),
        relations: Vec::new(),
        source_link: None,
    }
}
