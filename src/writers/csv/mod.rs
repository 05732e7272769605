//! The port matrix, the firewall list and the actions for a spreadsheet: `ports.csv`, `firewall.csv`,
//! `actions.csv`.
//!
//! RFC 4180 with a header line. A cell that a spreadsheet would run as a formula gets an apostrophe in
//! front. A table without rows is not written.

use super::writer::{Output, OutputFile, Packet, Writer};
use crate::model::{ElementId, Model};

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
                row.purpose.clone(),
                row.basis.words().to_owned(),
                row.status.clone(),
            ]
        });
        let firewall = assessment.firewall.iter().map(|row| {
            [
                row.firewall.iter().map(|id| name(&packet.model, id)).collect(),
                row.rule.clone(),
                row.source.clone(),
                row.destination.clone(),
                row.protocol.clone(),
                row.port.clone(),
                row.purpose.clone(),
                row.phase.word().to_owned(),
                row.basis.clone(),
                row.status.clone(),
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
            ("ports.csv", table("from,to,service,ports,opened-by,via,phase,purpose,basis,status", ports)),
            (
                "firewall.csv",
                table("firewall,rule,source,destination,protocol,port,purpose,phase,basis,status", firewall),
            ),
        ];
        let files = files.into_iter().filter_map(|(path, text)| Some((path, text?)));
        files.map(|(path, text)| OutputFile { path: path.into(), bytes: text.into_bytes() }).collect()
    }
}

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

/// A cell: quoted when it must be, and never a formula.
fn cell(value: &str) -> String {
    let value = if value.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{value}")
    } else {
        value.to_owned()
    };
    if value.contains([',', '"', '\n', '\r']) { format!("\"{}\"", value.replace('"', "\"\"")) } else { value }
}

fn names(model: &Model, ids: &[ElementId]) -> String {
    ids.iter().map(|id| name(model, id)).collect::<Vec<_>>().join("; ")
}

fn name(model: &Model, id: &ElementId) -> String {
    model.element(id).map_or_else(|| id.as_str().to_owned(), |element| element.name.clone())
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn cells_are_quoted_and_never_run() {
        assert_eq!(cell("a, \"b\""), "\"a, \"\"b\"\"\"");
        assert_eq!(cell("=HYPERLINK(1)"), "'=HYPERLINK(1)");
        assert_eq!(cell("tcp 443"), "tcp 443");
    }
}
