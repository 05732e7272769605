//! The port matrix, the firewall list and the actions for a spreadsheet: `ports.csv`, `firewall.csv`,
//! `actions.csv`.
//!
//! RFC 4180 with a header line. A cell that a spreadsheet would run as a formula gets an apostrophe in
//! front. A table without rows is not written.

use super::grid::Grid;
use super::writer::{Output, OutputFile, Packet, Writer};
use crate::assessment::AddressGroup;
use crate::model::{ElementId, Model, RelationId};

/// Writes `ports.csv`, `firewall.csv` and `actions.csv`.
#[derive(Debug)]
pub struct Csv;

impl Writer for Csv {
    fn output(&self) -> &'static Output {
        &Output {
            id: "csv",
            about: "Port matrix, firewall list and actions for a spreadsheet",
            media_type: "text/csv",
        }
    }

    fn write(&self, packet: &Packet) -> Vec<OutputFile> {
        let files = grids(packet).into_iter();
        files.map(|(path, grid)| OutputFile { path: path.into(), bytes: grid.csv().into_bytes() }).collect()
    }
}

/// The tables with the names of their files; those without rows are left out.
pub fn grids(packet: &Packet) -> Vec<(&'static str, Grid)> {
    let assessment = &packet.assessment;
    let ports = assessment.ports.iter().map(|row| {
        [
            names(&packet.model, &row.from),
            names(&packet.model, &row.to),
            row.service.clone(),
            row.ports.clone(),
            row.opened_by.clone(),
            names(&packet.model, &row.via),
            row.phase.word().to_owned(),
            row.basis.words().to_owned(),
            row.requirement.words().to_owned(),
            row.action.word().to_owned(),
            row.status.clone(),
            row.purpose.clone(),
            row.note.clone(),
            row.source.iter().map(|link| link.url.as_str()).collect(),
            ids(&row.relations),
        ]
    });
    let group = |name: &str| assessment.groups.iter().find(|group| group.name == name);
    let members = |of: &str| group(of).map_or_else(String::new, |group| names(&packet.model, &group.members));
    let addresses = |of: &str| group(of).map_or_else(String::new, |group| addresses(&packet.model, group));
    let zone = |id: &Option<ElementId>| id.iter().map(|id| name(&packet.model, id)).collect::<String>();
    let firewall = assessment.firewall.iter().map(|row| {
        [
            row.firewall.iter().map(|id| name(&packet.model, id)).collect(),
            row.rule.clone(),
            row.action.word().to_owned(),
            zone(&row.from_zone),
            zone(&row.to_zone),
            row.source.clone(),
            members(&row.source),
            addresses(&row.source),
            row.destination.clone(),
            members(&row.destination),
            addresses(&row.destination),
            row.protocol.clone(),
            row.port.clone(),
            row.service.clone(),
            row.phase.word().to_owned(),
            row.basis.clone(),
            row.requirement.words().to_owned(),
            row.status.clone(),
            row.purpose.clone(),
            row.note.clone(),
            row.source_link.iter().map(|link| link.url.as_str()).collect(),
            ids(&row.relations),
        ]
    });
    let actions = assessment.actions.iter().map(|action| {
        [
            action.number.clone(),
            action.finding.clone(),
            action.text.clone(),
            action.owner.clone(),
            action.due.clone().unwrap_or_default(),
            action.state.word().to_owned(),
            action.basis.to_owned(),
            action.ticket.clone().unwrap_or_default(),
        ]
    });
    let grids = [
        ("actions.csv", grid("Actions", ACTIONS, actions)),
        ("ports.csv", grid("Ports", PORTS, ports)),
        ("firewall.csv", grid("Firewall", FIREWALL, firewall)),
    ];
    grids.into_iter().filter(|(_, grid)| !grid.rows.is_empty()).collect()
}

/// Columns of `actions.csv`.
const ACTIONS: &str = "number,finding,action,owner,due,state,basis,ticket";

/// Columns of `ports.csv`.
const PORTS: &str = "from,to,service,ports,opened-by,via,phase,basis,requirement,action,status,purpose,note,\
                     documentation,flows";

/// Columns of `firewall.csv`.
const FIREWALL: &str = "firewall,rule,action,from-zone,to-zone,source,source-members,source-address,destination,\
                        destination-members,destination-address,protocol,port,service,phase,basis,requirement,\
                        status,purpose,note,documentation,flows";

/// A table; texts that are read get wide columns.
fn grid<const N: usize>(
    name: &'static str,
    columns: &'static str,
    rows: impl Iterator<Item = [String; N]>,
) -> Grid {
    let width = |column: &str| match column {
        "purpose" | "note" | "documentation" | "flows" | "action" => 44,
        "from" | "to" | "source" | "destination" | "finding" | "via" => 30,
        _ => 16,
    };
    let columns = columns.split(',').map(|column| (column, width(column))).collect();
    Grid { name, columns, rows: rows.map(Vec::from).collect() }
}

/// Addresses of a group, and what is missing of them.
fn addresses(model: &Model, group: &AddressGroup) -> String {
    if group.addresses.is_empty() {
        return "not stated".to_owned();
    }
    let mut parts = group.addresses.clone();
    if !group.without_address.is_empty() {
        parts.push(format!("not stated: {}", names(model, &group.without_address)));
    }
    parts.join("; ")
}

fn ids(relations: &[RelationId]) -> String {
    relations.iter().map(RelationId::as_str).collect::<Vec<_>>().join("; ")
}

fn names(model: &Model, ids: &[ElementId]) -> String {
    ids.iter().map(|id| name(model, id)).collect::<Vec<_>>().join("; ")
}

fn name(model: &Model, id: &ElementId) -> String {
    model.element(id).map_or_else(|| id.as_str().to_owned(), |element| element.name.clone())
}
