//! The port matrix, the firewall list and the actions for a spreadsheet: `ports.csv`, `firewall.csv`,
//! `actions.csv`.
//!
//! RFC 4180 with a header line. A cell that a spreadsheet would run as a formula gets an apostrophe in
//! front. A table without rows is not written.

use super::grid::cell;
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
        let members =
            |of: &str| group(of).map_or_else(String::new, |group| names(&packet.model, &group.members));
        let addresses =
            |of: &str| group(of).map_or_else(String::new, |group| addresses(&packet.model, group));
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
        let files = [
            ("actions.csv", table("number,finding,action,owner,due,state,basis,ticket", actions)),
            ("ports.csv", table(PORTS, ports)),
            ("firewall.csv", table(FIREWALL, firewall)),
        ];
        let files = files.into_iter().filter_map(|(path, text)| Some((path, text?)));
        files.map(|(path, text)| OutputFile { path: path.into(), bytes: text.into_bytes() }).collect()
    }
}

/// Columns of `ports.csv`.
const PORTS: &str = "from,to,service,ports,opened-by,via,phase,basis,requirement,action,status,purpose,note,\
                     documentation,flows";

/// Columns of `firewall.csv`.
const FIREWALL: &str = "firewall,rule,action,from-zone,to-zone,source,source-members,source-address,destination,\
                        destination-members,destination-address,protocol,port,service,phase,basis,requirement,\
                        status,purpose,note,documentation,flows";

/// Header and rows; `None` without rows.
fn table<const N: usize>(header: &str, rows: impl Iterator<Item = [String; N]>) -> Option<String> {
    let mut text = format!("{header}\r\n");
    let mut any = false;
    for row in rows {
        any = true;
        text.push_str(&row.map(|value| cell(&value)).join(","));
        text.push_str("\r\n");
    }
    any.then_some(text)
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
