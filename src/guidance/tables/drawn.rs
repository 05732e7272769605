//! Rows of the port matrix from the flows that leave their zone.

use std::collections::BTreeMap;

use super::documented::{self, ids, side_name};
use super::marks::Marks;
use super::numbers::printed;
use super::row::{Opening, Row, group, oriented, push_new};
use super::status::{self, Open};
use super::{opened, purpose};
use crate::assessment::{Basis, PortRow, Requirement, Truth};
use crate::guidance::evaluate::Judge;
use crate::guidance::index::{At, Floor, Index};
use crate::guidance::known::service_names;
use crate::guidance::port_table::NeededFlow;
use crate::guidance::predicate::{Crossing, Predicate, Test};
use crate::guidance::wording;
use crate::model::{Origin, Phase, Port, RelationId};

/// Members of a zone that a note names at most.
const MOST_MEMBERS: usize = 4;

/// What flows share that are told in one row.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    from: Option<u32>,
    to: Option<u32>,
    service: String,
    phase: Phase,
    via: Vec<u32>,
    ports: String,
    opening: Opening,
    requirement: Requirement,
    basis: Basis,
    alternative: Option<String>,
    optional: bool,
    note: String,
}

/// One flow with what its row says of it.
struct Told<'a> {
    flow: u32,
    client: u32,
    server: u32,
    ports: Vec<Port>,
    rows: Vec<&'a NeededFlow>,
}

/// All rows, in the order of their first flow. Each row stands for every pair of its two sides: flows are
/// told together only when each client of them calls each server.
pub(super) fn rows(index: &Index<'_>, needed: &[&NeededFlow], marks: &Marks<'_>) -> Vec<Row> {
    let mut groups: Vec<(Key, Vec<Told<'_>>)> = Vec::new();
    let mut place: BTreeMap<Key, usize> = BTreeMap::new();
    for flow in 0..u32::try_from(index.flows.len()).unwrap_or(u32::MAX) {
        let Some((key, told)) = tell(index, needed, flow) else { continue };
        let at = *place.entry(key.clone()).or_insert_with(|| {
            groups.push((key, Vec::new()));
            groups.len() - 1
        });
        groups[at].1.push(told);
    }
    let mut rows: Vec<(u32, Row)> = Vec::new();
    for (key, told) in groups {
        for part in products(told) {
            let first = part.first().map_or(u32::MAX, |told| told.flow);
            rows.push((first, row(index, marks, &key, &part)));
        }
    }
    rows.sort_by_key(|(first, _)| *first);
    rows.into_iter().map(|(_, row)| row).collect()
}

/// The row that a flow belongs to; `None` when it stays in its zone, or nobody knows of a border or a service.
fn tell<'a>(index: &Index<'_>, needed: &[&'a NeededFlow], flow: u32) -> Option<(Key, Told<'a>)> {
    let edge = index.flow(flow);
    let (client, server, via) = oriented(edge);
    let (from, to) = (group(index, client), group(index, server));
    let service = service_names(index, edge, Floor::Any).join(", ");
    let answer = documented::answer(index, edge, needed);
    let (mut ports, second) = opened::of(index, edge, server);
    let crosses = Predicate::Test(Test::Crosses(Crossing::Zone));
    let zones = Judge::new(index).truth(&crosses, At::Relation(flow), Floor::Any);
    let stays = from.is_some() && from == to;
    let says_nothing = service.is_empty() && ports.is_empty();
    if zones == Truth::False || zones == Truth::Unknown && (stays || says_nothing) {
        return None;
    }
    let mut basis = basis(&ports);
    if ports.is_empty() {
        for row in &answer.rows {
            let documented = opened::pinned(index, server, &row.ports);
            documented.into_iter().for_each(|port| push_new(&mut ports, port));
        }
        if !ports.is_empty() {
            basis = Basis::DrawnPortDocumented;
        }
    }
    let relation = edge.relation;
    let key = Key {
        from,
        to,
        service,
        phase: relation.phase,
        via,
        ports: printed(&ports),
        opening: Opening::of(edge),
        requirement: answer.requirement.unwrap_or(Requirement::NoList),
        basis,
        alternative: relation.alternative.clone(),
        optional: relation.optional,
        note: note(index, flow, &answer.rows, second),
    };
    Some((key, Told { flow, client, server, ports, rows: answer.rows }))
}

fn basis(ports: &[Port]) -> Basis {
    match ports.iter().map(|port| port.origin).min() {
        None => Basis::DrawnPortUnknown,
        Some(Origin::Declared) => Basis::Declared,
        Some(Origin::Stated | Origin::Derived) => Basis::Drawn,
        Some(Origin::Inferred) => Basis::DrawnPortAssumed,
    }
}

fn note(index: &Index<'_>, flow: u32, rows: &[&NeededFlow], second: Option<&str>) -> String {
    let edge = index.flow(flow);
    let mut notes: Vec<String> = Vec::new();
    let (client, server) = documented::named_members(index, edge, rows);
    let names = |members: &[u32]| {
        let names: Vec<String> = members.iter().map(|at| index.spot(*at).element.name.clone()).collect();
        wording::list(&names, MOST_MEMBERS)
    };
    if !client.is_empty() {
        notes.push(format!("by the documentation from {}", names(&client)));
    }
    if !server.is_empty() {
        notes.push(format!("by the documentation to {}", names(&server)));
    }
    notes.extend(second.map(str::to_owned));
    if edge.relation.facts.word(crate::model::FactKey::Published) == Some("yes") && !edge.via.is_empty() {
        notes.push("published: a proxy on the way ends the connection and opens a new one".to_owned());
    }
    notes.join("; ")
}

/// Flows of one key in parts that are full products: each client of a part calls each of its servers.
fn products(told: Vec<Told<'_>>) -> Vec<Vec<Told<'_>>> {
    let mut servers: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for told in &told {
        push_new(servers.entry(told.client).or_default(), told.server);
    }
    servers.values_mut().for_each(|list| list.sort_unstable());
    let mut parts: Vec<(Vec<u32>, Vec<Told<'_>>)> = Vec::new();
    for told in told {
        let called = servers.get(&told.client).cloned().unwrap_or_default();
        match parts.iter_mut().find(|(known, _)| *known == called) {
            Some((_, part)) => part.push(told),
            None => parts.push((called, vec![told])),
        }
    }
    parts.into_iter().map(|(_, part)| part).collect()
}

fn row(index: &Index<'_>, marks: &Marks<'_>, key: &Key, told: &[Told<'_>]) -> Row {
    let (mut from, mut to): (Vec<u32>, Vec<u32>) = (Vec::new(), Vec::new());
    let mut relations: Vec<RelationId> = Vec::new();
    let mut purposes: Vec<String> = Vec::new();
    let mut source = None;
    for one in told {
        push_new(&mut from, one.client);
        push_new(&mut to, one.server);
        relations.push(index.flow(one.flow).relation.id.clone());
        let purpose = purpose::of(index.flow(one.flow), &key.service);
        if !purpose.is_empty() {
            push_new(&mut purposes, purpose);
        }
        for row in &one.rows {
            source = source.or_else(|| row.source.clone());
        }
    }
    let ports: Vec<Port> = told.first().map(|one| one.ports.clone()).unwrap_or_default();
    let flows: Vec<u32> = told.iter().map(|one| one.flow).collect();
    let some_member = from.iter().chain(&to).any(|at| index.is_boundary(*at));
    let open = Open { ports: &ports, basis: key.basis, opening: key.opening, flows: &flows, some_member };
    let (action, status) = status::decide(index, marks, &open);
    let (from, to) = (ids(index, &from), ids(index, &to));
    let opened_by = match key.opening {
        Opening::Client => side_name(index, &from, key.from),
        Opening::Either => "either".to_owned(),
        Opening::TwoHeads | Opening::NotSaid => "not stated".to_owned(),
    };
    let row = PortRow {
        from,
        to,
        service: if key.service.is_empty() { "not stated".to_owned() } else { key.service.clone() },
        ports: key.ports.clone(),
        opens: ports.clone(),
        opened_by,
        via: ids(index, &key.via),
        phase: key.phase,
        basis: key.basis,
        requirement: key.requirement,
        action,
        status,
        purpose: purposes.join("; "),
        note: key.note.clone(),
        relations,
        source,
    };
    Row { row, ports, opening: key.opening, from: key.from, to: key.to, roles: None }
}
