//! Rows of the port matrix that follow from stated trusts: what members of a trusting domain need of the
//! controllers of the trusted one.

use super::documented::{has_role, ids};
use super::marks::Marks;
use super::numbers::{is_dynamic, printed};
use super::opened;
use super::row::{Opening, Row, between, push_new};
use super::status::{self, Open};
use crate::assessment::{Basis, Gate, PortRow, Requirement};
use crate::guidance::index::Index;
use crate::guidance::port_table::{Between, NeededFlow};
use crate::model::{ElementKind, Port};

/// For each stated trust two rows: the services on fixed ports, and those that hand out ports.
pub(super) fn rows(index: &Index<'_>, needed: &[NeededFlow], marks: &Marks<'_>) -> Vec<Row> {
    let needed: Vec<&NeededFlow> =
        needed.iter().filter(|row| matches!(row.between, Between::Trust)).collect();
    let (second, fixed): (Vec<&NeededFlow>, Vec<&NeededFlow>) =
        needed.into_iter().partition(|row| is_dynamic(&row.ports));
    let mut rows = Vec::new();
    for at in 0..u32::try_from(index.spots.len()).unwrap_or(u32::MAX) {
        let Some(zone) = index.spot(at).trust else { continue };
        for trusted in zone.trusts.iter().filter_map(|id| index.number(id)) {
            for services in [&fixed, &second] {
                rows.extend(row(index, marks, services, at, trusted));
            }
        }
    }
    rows
}

fn row(
    index: &Index<'_>,
    marks: &Marks<'_>,
    services: &[&NeededFlow],
    trusting: u32,
    trusted: u32,
) -> Option<Row> {
    let first = services.first()?;
    let controllers: Vec<u32> = index
        .members(trusted)
        .into_iter()
        .filter(|at| {
            index.spot(*at).element.kind == ElementKind::Identity
                || has_role(index, *at, &["domain-controller".to_owned()])
        })
        .collect();
    let mut ports: Vec<Port> = Vec::new();
    for port in services.iter().flat_map(|row| &row.ports) {
        push_new(&mut ports, port.clone());
    }
    if let [only] = controllers.as_slice() {
        ports = opened::pinned(index, *only, &ports);
    }
    let names: Vec<&str> = services.iter().map(|row| row.service.as_str()).collect();
    let basis = Basis::ImpliedNotDrawn;
    let open = Open { ports: &ports, basis, opening: Opening::Client, flows: &[], some_member: false };
    let (mut action, mut status) = status::decide(index, marks, &open);
    let mut note = String::new();
    if controllers.is_empty() {
        let name = &index.spot(trusted).element.name;
        note = format!("the controllers of {name} are not drawn");
        status = match status.strip_prefix("hold: ") {
            Some(held) => format!("hold: controllers not drawn; {held}"),
            None => "hold: controllers not drawn".to_owned(),
        };
        action = Gate::Hold;
    }
    let to = if controllers.is_empty() { vec![trusted] } else { controllers };
    let row = PortRow {
        from: ids(index, &[trusting]),
        to: ids(index, &to),
        service: names.join(", "),
        ports: printed(&ports),
        opens: ports.clone(),
        opened_by: "member".to_owned(),
        via: ids(index, &between(index, trusting, trusted)),
        phase: first.phase,
        basis,
        requirement: Requirement::Required,
        action,
        status,
        purpose: "Members of a trusting domain use the controllers of the trusted one".to_owned(),
        note,
        relations: Vec::new(),
        source: first.source.clone(),
    };
    Some(Row { row, ports, opening: Opening::Client, from: Some(trusting), to: Some(trusted), roles: None })
}
