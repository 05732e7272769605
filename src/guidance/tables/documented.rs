//! The documented port lists beside the drawing: which row of a list a flow answers to, and which rows
//! nobody drew.
//!
//! A row of a list means pairs of elements. A flow that ends on a zone means some member of it, so it
//! answers for the members that perform the row's role.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use super::marks::Marks;
use super::numbers::printed;
use super::opened;
use super::row::{Opening, Row, between, oriented, push_new};
use super::status::{self, Open};
use crate::assessment::{Basis, PortRow, Requirement, SourceLink};
use crate::guidance::index::{Edge, Floor, Index};
use crate::guidance::known::{ports, protocols};
use crate::guidance::port_table::{Between, Need, NeededFlow};
use crate::guidance::wording;
use crate::model::{ElementId, FactKey, FactValue, Initiator, Phase, Port};

/// Elements of one role that a row joins with all of another at most.
const MOST: usize = 300;

/// What the lists say of one drawn flow.
#[derive(Default)]
pub(super) struct Answer<'a> {
    pub(super) requirement: Option<Requirement>,
    /// The rows that it answers to.
    pub(super) rows: Vec<&'a NeededFlow>,
}

/// The rows that a flow answers to, and what that makes it.
pub(super) fn answer<'a>(index: &Index<'_>, edge: &Edge<'_>, rows: &[&'a NeededFlow]) -> Answer<'a> {
    let speaks_any = ports(edge, Floor::Any).next().is_some() || protocols(edge, Floor::Any).next().is_some();
    if rows.is_empty() || !speaks_any {
        return Answer::default();
    }
    let found: Vec<&NeededFlow> =
        rows.iter().copied().filter(|row| speaks(edge, row) && !pairs(index, edge, row).is_empty()).collect();
    let requirement = if found.iter().any(|row| row.need == Need::Required) {
        Some(Requirement::Required)
    } else if !found.is_empty() {
        Some(Requirement::WhenUsed)
    } else {
        let spoken_of = |at: u32| {
            rows.iter().any(|row| match &row.between {
                Between::Roles { from, to } => {
                    !performers(index, at, from, None).is_empty()
                        || !performers(index, at, to, None).is_empty()
                }
                Between::Trust => false,
            })
        };
        (spoken_of(edge.from) || spoken_of(edge.to)).then_some(Requirement::NotRequired)
    };
    Answer { requirement, rows: found }
}

/// The members at the client's end that the rows name, when the flow starts on a zone.
pub(super) fn named_members(
    index: &Index<'_>,
    edge: &Edge<'_>,
    rows: &[&NeededFlow],
) -> (Vec<u32>, Vec<u32>) {
    let (client, server, _) = oriented(edge);
    let mut members: (Vec<u32>, Vec<u32>) = (Vec::new(), Vec::new());
    for row in rows {
        let Between::Roles { from, to } = &row.between else { continue };
        if index.is_boundary(client) && !from.is_empty() {
            performers(index, client, from, row.except.as_deref())
                .into_iter()
                .for_each(|at| push_new(&mut members.0, at));
        }
        if index.is_boundary(server) && !to.is_empty() {
            performers(index, server, to, None).into_iter().for_each(|at| push_new(&mut members.1, at));
        }
    }
    members
}

/// Whether a flow has one of the row's protocols or ports, or carries its name.
fn speaks(edge: &Edge<'_>, row: &NeededFlow) -> bool {
    let by_port = ports(edge, Floor::Any)
        .any(|port| row.ports.iter().any(|needed| needed.from <= port.to && port.from <= needed.to));
    let by_name = || protocols(edge, Floor::Any).any(|(id, _)| row.protocols.iter().any(|known| known == id));
    // A row that is needed only by who uses a function is known by its protocol; 80 alone says nothing.
    match row.need {
        Need::Required => by_port || by_name(),
        Need::WhenUsed => by_name(),
    }
}

/// The pairs of client and server that a flow draws of a row.
fn pairs(index: &Index<'_>, edge: &Edge<'_>, row: &NeededFlow) -> Vec<(u32, u32)> {
    let Between::Roles { from, to } = &row.between else { return Vec::new() };
    let mut found = Vec::new();
    for (client, server) in [(edge.from, edge.to), (edge.to, edge.from)] {
        // What a function dials has a direction; a needed flow may be drawn either way.
        if row.need == Need::WhenUsed && oriented(edge).0 != client {
            continue;
        }
        let clients = side(index, client, from, row.except.as_deref());
        let servers = side(index, server, to, None);
        if clients.len() > MOST || servers.len() > MOST {
            continue;
        }
        for client in &clients {
            found.extend(servers.iter().filter(|server| *server != client).map(|server| (*client, *server)));
        }
    }
    found
}

/// Who performs one of the roles at an end; the end itself, when the row names no role.
fn side(index: &Index<'_>, at: u32, roles: &[String], except: Option<&str>) -> Vec<u32> {
    if roles.is_empty() { vec![at] } else { performers(index, at, roles, except) }
}

/// The element, or the members of the zone, that perform one of the roles.
fn performers(index: &Index<'_>, at: u32, roles: &[String], except: Option<&str>) -> Vec<u32> {
    if !index.is_boundary(at) {
        return if performs(index, at, roles, except) { vec![at] } else { Vec::new() };
    }
    let members = index.members(at).into_iter();
    members.filter(|member| index.is_judged(*member) && performs(index, *member, roles, except)).collect()
}

/// Whether an element performs one of the roles. Whoever performs the excepted role has the roles that it
/// implies only by way of it.
fn performs(index: &Index<'_>, at: u32, roles: &[String], except: Option<&str>) -> bool {
    let Some(except) = except.filter(|role| has_role(index, at, &[(*role).to_owned()])) else {
        return has_role(index, at, roles);
    };
    let implied = index.catalog.role(except).map_or(&[][..], |role| role.implies.as_slice());
    let own: Vec<String> = roles.iter().filter(|role| !implied.contains(&role.as_str())).cloned().collect();
    has_role(index, at, &own)
}

/// One needed flow between two zones.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct NeededKey {
    from: u32,
    to: u32,
    service: String,
    ports: String,
    phase: Phase,
    opened_by: Initiator,
}

struct Needed<'a> {
    to: Vec<u32>,
    ports: Vec<Port>,
    purposes: Vec<&'a str>,
    roles: (Vec<String>, Vec<String>),
    source: Option<SourceLink>,
}

/// Rows that products need and nobody drew. A row stands for every pair of its two sides, so clients share
/// one only when they need the same servers: else the row would open more than is needed.
pub(super) fn required(index: &Index<'_>, rows: &[NeededFlow], marks: &Marks<'_>) -> Vec<Row> {
    let mut needs: IndexMap<NeededKey, IndexMap<u32, Needed<'_>>> = IndexMap::new();
    for row in rows.iter().filter(|row| row.need == Need::Required) {
        let Between::Roles { from, to } = &row.between else { continue };
        let (mut clients, mut servers) =
            (with_role(index, from, row.except.as_deref()), with_role(index, to, None));
        clients.truncate(MOST);
        servers.truncate(MOST);
        if clients.is_empty() || servers.is_empty() {
            continue;
        }
        let drawn: BTreeSet<(u32, u32)> = index
            .flows
            .iter()
            .filter(|edge| speaks(edge, row))
            .flat_map(|edge| pairs(index, edge, row))
            .collect();
        for client in &clients {
            for server in servers.iter().filter(|server| *server != client) {
                let (Some(from_zone), Some(to_zone)) = (index.spot(*client).zone, index.spot(*server).zone)
                else {
                    continue;
                };
                if from_zone == to_zone || drawn.contains(&(*client, *server)) {
                    continue;
                }
                let pinned = opened::pinned(index, *server, &row.ports);
                let key = NeededKey {
                    from: from_zone,
                    to: to_zone,
                    service: row.service.clone(),
                    ports: printed(&pinned),
                    phase: row.phase,
                    opened_by: row.opened_by,
                };
                let needed = needs.entry(key).or_default().entry(*client).or_insert_with(|| Needed {
                    to: Vec::new(),
                    ports: pinned,
                    purposes: Vec::new(),
                    roles: (Vec::new(), Vec::new()),
                    source: row.source.clone(),
                });
                push_new(&mut needed.to, *server);
                push_new(&mut needed.purposes, row.purpose.as_str());
                from.iter().for_each(|role| push_new(&mut needed.roles.0, role.clone()));
                to.iter().for_each(|role| push_new(&mut needed.roles.1, role.clone()));
            }
        }
    }
    let mut table = Vec::new();
    for (key, by_client) in needs {
        let mut groups: BTreeMap<Vec<u32>, (Vec<u32>, Needed<'_>)> = BTreeMap::new();
        let mut order: Vec<Vec<u32>> = Vec::new();
        for (client, mut needed) in by_client {
            needed.to.sort_unstable();
            if !groups.contains_key(&needed.to) {
                order.push(needed.to.clone());
            }
            let servers = needed.to.clone();
            match groups.entry(servers) {
                std::collections::btree_map::Entry::Vacant(free) => {
                    free.insert((vec![client], needed));
                }
                std::collections::btree_map::Entry::Occupied(mut group) => {
                    let (clients, known) = group.get_mut();
                    clients.push(client);
                    needed.purposes.into_iter().for_each(|purpose| push_new(&mut known.purposes, purpose));
                }
            }
        }
        for servers in order {
            if let Some((clients, needed)) = groups.remove(&servers) {
                table.push(required_row(index, marks, &key, clients, needed));
            }
        }
    }
    table
}

fn required_row(
    index: &Index<'_>,
    marks: &Marks<'_>,
    key: &NeededKey,
    clients: Vec<u32>,
    needed: Needed<'_>,
) -> Row {
    let (from, to) = (ids(index, &clients), ids(index, &needed.to));
    let (opened_by, opening) = match key.opened_by {
        Initiator::From => (side_name(index, &from, Some(key.from)), Opening::Client),
        Initiator::To => (side_name(index, &to, Some(key.to)), Opening::Client),
        Initiator::Either | Initiator::Unknown => ("either".to_owned(), Opening::Either),
    };
    let basis = Basis::RequiredNotDrawn;
    let open = Open { ports: &needed.ports, basis, opening, flows: &[], some_member: false };
    let (action, status) = status::decide(index, marks, &open);
    let row = PortRow {
        service: key.service.clone(),
        ports: key.ports.clone(),
        opens: needed.ports.clone(),
        opened_by,
        via: ids(index, &between(index, key.from, key.to)),
        phase: key.phase,
        basis,
        requirement: Requirement::Required,
        action,
        status,
        purpose: needed.purposes.join("; "),
        note: String::new(),
        relations: Vec::new(),
        source: needed.source,
        from,
        to,
    };
    let row = Row {
        row,
        ports: needed.ports,
        opening,
        from: Some(key.from),
        to: Some(key.to),
        roles: Some(needed.roles),
    };
    if key.opened_by == Initiator::To { turned(row) } else { row }
}

/// The same row seen from the end that opens the connection.
fn turned(mut row: Row) -> Row {
    std::mem::swap(&mut row.row.from, &mut row.row.to);
    std::mem::swap(&mut row.from, &mut row.to);
    row.row.via.reverse();
    row.roles = row.roles.map(|(from, to)| (to, from));
    row
}

/// Elements that perform one of the roles.
fn with_role(index: &Index<'_>, roles: &[String], except: Option<&str>) -> Vec<u32> {
    (0..u32::try_from(index.spots.len()).unwrap_or(u32::MAX))
        .filter(|at| index.is_judged(*at) && performs(index, *at, roles, except))
        .collect()
}

/// Whether an element performs one of the roles.
pub(super) fn has_role(index: &Index<'_>, at: u32, roles: &[String]) -> bool {
    match index.spot(at).element.facts.get(FactKey::Roles).map(|fact| &fact.value) {
        Some(FactValue::List(known)) => known.iter().any(|role| roles.contains(role)),
        Some(FactValue::Word(role) | FactValue::Text(role)) => roles.contains(role),
        Some(FactValue::Count(_) | FactValue::AtLeast(_)) | None => false,
    }
}

/// Ids of elements by their numbers.
pub(super) fn ids(index: &Index<'_>, numbers: &[u32]) -> Vec<ElementId> {
    numbers.iter().map(|at| index.spot(*at).element.id.clone()).collect()
}

/// The name of one side: its only element, else the zone or group that holds all of it, else the names.
pub(super) fn side_name(index: &Index<'_>, side: &[ElementId], group: Option<u32>) -> String {
    match (side, group) {
        ([only], _) => index.model.element(only).map_or_else(String::new, |element| element.name.clone()),
        (_, Some(group)) => index.spot(group).element.name.clone(),
        (several, None) => {
            let names = several.iter().filter_map(|id| index.model.element(id));
            wording::list(&names.map(|element| element.name.clone()).collect::<Vec<_>>(), 4)
        }
    }
}
