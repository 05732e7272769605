//! The port matrix: one row for each pair of zones (or groups) and service, from the flows that leave
//! their zone; then what products need and nobody drew; then what follows from stated trusts.

use std::collections::BTreeMap;

use indexmap::IndexSet;

use super::marks::Marks;
use crate::assessment::{Basis, PortRow, SourceLink, Truth};
use crate::guidance::evaluate::Judge;
use crate::guidance::index::{At, Edge, Floor, Index};
use crate::guidance::known::{opener, ports, protocols, service_names};
use crate::guidance::port_table::{Between, NeededFlow, PortTable};
use crate::guidance::predicate::{Crossing, Predicate, Test};
use crate::model::{
    ElementId, ElementKind, FactKey, FactValue, Initiator, Origin, Phase, Port, RelationId, Transport,
};

/// A range of more ports than this is never opened by default.
const DYNAMIC: u16 = 100;

/// A row with what the firewall list needs of it.
pub(super) struct Row {
    pub(super) row: PortRow,
    pub(super) ports: Vec<Port>,
    /// Both ends may open the connection.
    pub(super) either: bool,
    /// The ends stand in two known zones.
    pub(super) between_zones: bool,
}

/// All rows, drawn ones first.
pub(super) fn rows(index: &Index<'_>, needed: &[PortTable], marks: &Marks<'_>) -> Vec<Row> {
    let mut rows = drawn(index, marks);
    for table in needed {
        let judge = Judge::new(index);
        let applies = table
            .applies_when
            .as_ref()
            .is_none_or(|predicate| judge.truth(predicate, At::Model, Floor::Any) == Truth::True);
        if applies {
            rows.extend(required(index, &table.rows, marks));
            rows.extend(implied(index, &table.rows, marks));
        }
    }
    rows
}

/// What a drawn row is told once for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    from: Option<u32>,
    to: Option<u32>,
    service: String,
    phase: Phase,
    via: Vec<u32>,
    ports: String,
}

fn drawn(index: &Index<'_>, marks: &Marks<'_>) -> Vec<Row> {
    let mut groups: Vec<(Key, Vec<u32>)> = Vec::new();
    let mut place: BTreeMap<Key, usize> = BTreeMap::new();
    for flow in 0..u32::try_from(index.flows.len()).unwrap_or(u32::MAX) {
        let edge = index.flow(flow);
        let (client, server, via) = oriented(edge);
        let key = Key {
            from: group(index, client),
            to: group(index, server),
            service: service(index, edge),
            phase: edge.relation.phase,
            via,
            ports: printed(&ports(edge, Floor::Any).cloned().collect::<Vec<Port>>()),
        };
        let says_nothing = key.service.is_empty() && key.ports.is_empty();
        let crosses = Test::Crosses(Crossing::Zone);
        let zones = Judge::new(index).truth(&Predicate::Test(crosses), At::Relation(flow), Floor::Any);
        let stays = key.from.is_some() && key.from == key.to;
        if zones == Truth::False || zones == Truth::Unknown && (stays || says_nothing) {
            continue;
        }
        let at = *place.entry(key.clone()).or_insert_with(|| {
            groups.push((key, Vec::new()));
            groups.len() - 1
        });
        groups[at].1.push(flow);
    }
    groups.into_iter().map(|(key, flows)| drawn_row(index, marks, key, &flows)).collect()
}

fn drawn_row(index: &Index<'_>, marks: &Marks<'_>, key: Key, flows: &[u32]) -> Row {
    let mut from: IndexSet<ElementId> = IndexSet::new();
    let mut to: IndexSet<ElementId> = IndexSet::new();
    let mut relations: Vec<RelationId> = Vec::new();
    let mut all_ports: Vec<Port> = Vec::new();
    let mut least = Origin::Declared;
    let mut purpose = String::new();
    for flow in flows {
        let edge = index.flow(*flow);
        let (client, server, _) = oriented(edge);
        from.insert(index.spot(client).element.id.clone());
        to.insert(index.spot(server).element.id.clone());
        relations.push(edge.relation.id.clone());
        for port in ports(edge, Floor::Any) {
            push_new(&mut all_ports, port.clone());
            least = least.min(port.origin);
        }
        if purpose.is_empty() {
            purpose = edge.relation.label.clone().unwrap_or_default();
        }
    }
    let (from, to): (Vec<ElementId>, Vec<ElementId>) = (from.into_iter().collect(), to.into_iter().collect());
    let either = flows.iter().all(|flow| opener(index.flow(*flow)).is_none());
    let numbers = marks.of(relations.iter().map(RelationId::as_str));
    let status = if !numbers.is_empty() {
        numbers.join(", ")
    } else if key.service.is_empty() || all_ports.is_empty() {
        "confirm".to_owned()
    } else {
        "ok".to_owned()
    };
    let basis = match least {
        Origin::Declared if !all_ports.is_empty() => Basis::Declared,
        Origin::Stated => Basis::Drawn,
        Origin::Declared | Origin::Derived | Origin::Inferred => Basis::DrawnPortAssumed,
    };
    let opened_by = if either { "either".to_owned() } else { side_name(index, &from, key.from) };
    let row = PortRow {
        from,
        to,
        service: if key.service.is_empty() { "not stated".to_owned() } else { key.service },
        ports: key.ports,
        opened_by,
        via: key.via.iter().map(|at| index.spot(*at).element.id.clone()).collect(),
        phase: key.phase,
        basis,
        status,
        purpose,
        relations,
        source: None,
    };
    Row { row, ports: all_ports, either, between_zones: key.from.is_some() && key.to.is_some() }
}

/// One needed flow between two zones.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct NeededKey {
    from: u32,
    to: u32,
    service: String,
    ports: String,
    phase: Phase,
    opened_by: Initiator,
}

struct Needed<'a> {
    from: Vec<u32>,
    to: Vec<u32>,
    ports: Vec<Port>,
    purposes: Vec<&'a str>,
    source: Option<SourceLink>,
}

/// Rows that products need. A row stands for every pair of its two sides, so clients share one only
/// when they need the same servers: else the row would open more than is needed.
fn required(index: &Index<'_>, rows: &[NeededFlow], marks: &Marks<'_>) -> Vec<Row> {
    let mut needs: Vec<(NeededKey, Vec<(u32, Needed<'_>)>)> = Vec::new();
    for row in rows {
        let Between::Roles { from, to } = &row.between else { continue };
        let (clients, servers) = (with_role(index, from), with_role(index, to));
        if clients.is_empty() || servers.is_empty() || is_drawn(index, row, &clients, &servers) {
            continue;
        }
        for client in &clients {
            for server in servers.iter().filter(|server| *server != client) {
                let (Some(from), Some(to)) = (index.spot(*client).zone, index.spot(*server).zone) else {
                    continue;
                };
                if from == to {
                    continue;
                }
                let key = NeededKey {
                    from,
                    to,
                    service: row.service.clone(),
                    ports: printed(&row.ports),
                    phase: row.phase,
                    opened_by: row.opened_by,
                };
                let at = needs.iter().position(|(known, _)| *known == key).unwrap_or_else(|| {
                    needs.push((key, Vec::new()));
                    needs.len() - 1
                });
                let by_client = &mut needs[at].1;
                let at = by_client.iter().position(|(known, _)| known == client).unwrap_or_else(|| {
                    by_client.push((*client, Needed::of(*client, row)));
                    by_client.len() - 1
                });
                let needed = &mut by_client[at].1;
                push_new(&mut needed.to, *server);
                push_new(&mut needed.purposes, row.purpose.as_str());
            }
        }
    }
    let mut table = Vec::new();
    for (key, by_client) in needs {
        let mut groups: Vec<Needed<'_>> = Vec::new();
        for (client, mut needed) in by_client {
            needed.to.sort_unstable();
            match groups.iter_mut().find(|group| group.to == needed.to) {
                Some(group) => {
                    push_new(&mut group.from, client);
                    needed.purposes.into_iter().for_each(|purpose| push_new(&mut group.purposes, purpose));
                }
                None => groups.push(needed),
            }
        }
        table.extend(groups.into_iter().map(|needed| required_row(index, marks, &key, needed)));
    }
    table
}

impl<'a> Needed<'a> {
    fn of(client: u32, row: &'a NeededFlow) -> Self {
        Self {
            from: vec![client],
            to: Vec::new(),
            ports: row.ports.clone(),
            purposes: Vec::new(),
            source: row.source.clone(),
        }
    }
}

fn required_row(index: &Index<'_>, marks: &Marks<'_>, key: &NeededKey, needed: Needed<'_>) -> Row {
    let ids = |numbers: &[u32]| -> Vec<ElementId> {
        numbers.iter().map(|at| index.spot(*at).element.id.clone()).collect()
    };
    let (from, to) = (ids(&needed.from), ids(&needed.to));
    let opened_by = match key.opened_by {
        Initiator::From => side_name(index, &from, Some(key.from)),
        Initiator::To => side_name(index, &to, Some(key.to)),
        Initiator::Either | Initiator::Unknown => "either".to_owned(),
    };
    let held = is_dynamic(&needed.ports).then(|| marks.question("ports")).flatten();
    let row = PortRow {
        service: key.service.clone(),
        ports: key.ports.clone(),
        opened_by,
        via: ids(&between(index, key.from, key.to)),
        phase: key.phase,
        basis: Basis::RequiredNotDrawn,
        status: held.unwrap_or("confirm").to_owned(),
        purpose: needed.purposes.join("; "),
        relations: Vec::new(),
        source: needed.source,
        from,
        to,
    };
    Row { row, ports: needed.ports, either: key.opened_by == Initiator::Either, between_zones: true }
}

/// For each trusted zone one row: all its trusting zones, all services of a trust.
fn implied(index: &Index<'_>, rows: &[NeededFlow], marks: &Marks<'_>) -> Vec<Row> {
    let rows: Vec<&NeededFlow> = rows.iter().filter(|row| matches!(row.between, Between::Trust)).collect();
    let Some(first) = rows.first() else { return Vec::new() };
    let mut trusting: BTreeMap<(u32, Vec<u32>), Vec<u32>> = BTreeMap::new();
    for at in 0..u32::try_from(index.spots.len()).unwrap_or(u32::MAX) {
        let Some(zone) = index.spot(at).trust else { continue };
        for trusted in zone.trusts.iter().filter_map(|id| index.number(id)) {
            trusting.entry((trusted, between(index, at, trusted))).or_default().push(at);
        }
    }
    let ports: Vec<Port> = rows.iter().flat_map(|row| row.ports.iter().cloned()).collect();
    let services: Vec<&str> = rows.iter().map(|row| row.service.as_str()).collect();
    let ids = |numbers: &[u32]| -> Vec<ElementId> {
        numbers.iter().map(|at| index.spot(*at).element.id.clone()).collect()
    };
    trusting
        .into_iter()
        .map(|((trusted, via), from)| {
            let controllers: Vec<u32> = index
                .members(trusted)
                .into_iter()
                .filter(|at| {
                    index.spot(*at).element.kind == ElementKind::Identity
                        || has_role(index, *at, &["domain-controller".to_owned()])
                })
                .collect();
            let to = if controllers.is_empty() { vec![trusted] } else { controllers };
            let asked = marks.question("ports").filter(|_| is_dynamic(&ports));
            let row = PortRow {
                from: ids(&from),
                to: ids(&to),
                service: services.join(", "),
                ports: printed(&ports),
                opened_by: "member".to_owned(),
                via: ids(&via),
                phase: first.phase,
                basis: Basis::ImpliedNotDrawn,
                status: asked.map_or_else(|| "confirm".to_owned(), |number| format!("confirm, {number}")),
                purpose: "Members of a trusting domain use the controllers of the trusted one".to_owned(),
                relations: Vec::new(),
                source: first.source.clone(),
            };
            Row { row, ports: ports.clone(), either: false, between_zones: true }
        })
        .collect()
}

/// Elements that perform one of the roles.
fn with_role(index: &Index<'_>, roles: &[String]) -> Vec<u32> {
    (0..u32::try_from(index.spots.len()).unwrap_or(u32::MAX))
        .filter(|at| {
            !index.is_boundary(*at) && index.spot(*at).logical.is_none() && has_role(index, *at, roles)
        })
        .collect()
}

fn has_role(index: &Index<'_>, at: u32, roles: &[String]) -> bool {
    match index.spot(at).element.facts.get(FactKey::Roles).map(|fact| &fact.value) {
        Some(FactValue::List(known)) => known.iter().any(|role| roles.contains(role)),
        Some(FactValue::Word(role) | FactValue::Text(role)) => roles.contains(role),
        Some(FactValue::Count(_) | FactValue::AtLeast(_)) | None => false,
    }
}

/// Whether some flow between the two sides, either way, has one of the ports or the service's name.
fn is_drawn(index: &Index<'_>, row: &NeededFlow, clients: &[u32], servers: &[u32]) -> bool {
    let service = row.service.to_lowercase();
    clients.iter().any(|client| {
        let spot = index.spot(*client);
        spot.incoming.iter().chain(&spot.outgoing).any(|flow| {
            let edge = index.flow(*flow);
            let other = if edge.from == *client { edge.to } else { edge.from };
            if !servers.contains(&other) {
                return false;
            }
            let by_port = ports(edge, Floor::Any)
                .any(|port| row.ports.iter().any(|needed| needed.from <= port.to && port.from <= needed.to));
            let by_name = protocols(edge, Floor::Any).any(|(id, _)| {
                let named = index.catalog.protocol(id).map(|protocol| protocol.name.to_lowercase());
                id == service || named.as_deref() == Some(service.as_str())
            });
            by_port || by_name
        })
    })
}

/// Devices between two zones: as the zones state, else those that drawn flows between them pass.
fn between(index: &Index<'_>, from: u32, to: u32) -> Vec<u32> {
    for (zone, neighbor, reverse) in [(from, to, false), (to, from, true)] {
        let Some(trust) = index.spot(zone).trust else { continue };
        let other = &index.spot(neighbor).element.id;
        if let Some(separation) = trust.separations.iter().find(|separation| separation.neighbor == *other) {
            let mut devices: Vec<u32> = separation.devices.iter().filter_map(|id| index.number(id)).collect();
            if reverse {
                devices.reverse();
            }
            if !devices.is_empty() {
                return devices;
            }
        }
    }
    let mut best: Vec<u32> = Vec::new();
    for edge in index.flows.iter().filter(|edge| !edge.via.is_empty()) {
        let mut via = edge.via.clone();
        if stands_in(index, edge.from, to) && stands_in(index, edge.to, from) {
            via.reverse();
        } else if !(stands_in(index, edge.from, from) && stands_in(index, edge.to, to)) {
            continue;
        }
        if best.is_empty() || via.len() < best.len() {
            best = via;
        }
    }
    best
}

/// Whether an element is the zone or stands in it, at any depth.
fn stands_in(index: &Index<'_>, at: u32, zone: u32) -> bool {
    at == zone || index.spot(at).holders.contains(&zone)
}

/// Client, server and pass-through elements in order from the client.
fn oriented(edge: &Edge<'_>) -> (u32, u32, Vec<u32>) {
    let mut via = edge.via.clone();
    if opener(edge) == Some(false) {
        via.reverse();
        return (edge.to, edge.from, via);
    }
    (edge.from, edge.to, via)
}

/// The zone of an element, else the innermost boundary that holds it.
fn group(index: &Index<'_>, at: u32) -> Option<u32> {
    let spot = index.spot(at);
    spot.zone.or_else(|| {
        std::iter::once(&at).chain(&spot.holders).copied().find(|holder| index.is_boundary(*holder))
    })
}

fn service(index: &Index<'_>, edge: &Edge<'_>) -> String {
    service_names(index, edge, Floor::Any).join(", ")
}

fn side_name(index: &Index<'_>, ids: &[ElementId], group: Option<u32>) -> String {
    match (ids, group) {
        ([only], _) => index.model.element(only).map_or_else(String::new, |element| element.name.clone()),
        (_, Some(group)) => index.spot(group).element.name.clone(),
        (_, None) => "client".to_owned(),
    }
}

/// Whether a range is too wide to be opened.
pub(super) fn is_wide(port: &Port) -> bool {
    port.to - port.from > DYNAMIC
}

fn is_dynamic(ports: &[Port]) -> bool {
    ports.iter().any(is_wide)
}

/// `tcp 80, 443; udp 53`; a wide range is printed as `pinned`.
pub(super) fn printed(ports: &[Port]) -> String {
    let mut parts = Vec::new();
    for (transport, word) in [(Transport::Tcp, "tcp"), (Transport::Udp, "udp")] {
        let of: Vec<&Port> = ports.iter().filter(|port| port.transport == transport).collect();
        if !of.is_empty() {
            parts.push(format!("{word} {}", numbers(&of)));
        }
    }
    parts.join("; ")
}

/// `80, 443`, `5000-5010`, `135 + pinned`.
pub(super) fn numbers(ports: &[&Port]) -> String {
    let mut numbers: Vec<String> = Vec::new();
    for port in ports.iter().filter(|port| !is_wide(port)) {
        let text =
            if port.from == port.to { port.from.to_string() } else { format!("{}-{}", port.from, port.to) };
        push_new(&mut numbers, text);
    }
    let fixed = numbers.join(", ");
    match (fixed.is_empty(), ports.iter().any(|port| is_wide(port))) {
        (false, true) => format!("{fixed} + pinned"),
        (true, true) => "pinned".to_owned(),
        (_, false) => fixed,
    }
}

fn push_new<T: PartialEq>(list: &mut Vec<T>, item: T) {
    if !list.contains(&item) {
        list.push(item);
    }
}
