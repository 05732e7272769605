//! Tables that follow from the flows and the products: ports, firewall rules, functions, paths.

mod firewall;
mod functions;
mod marks;
mod paths;
mod ports;

use super::index::Index;
use super::port_table::PortTable;
use crate::assessment::{Finding, FirewallRow, FunctionRow, MessagePath, PortRow, Question};

/// All tables of one model.
pub(super) struct Tables {
    pub(super) ports: Vec<PortRow>,
    pub(super) firewall: Vec<FirewallRow>,
    pub(super) functions: Vec<FunctionRow>,
    pub(super) paths: Vec<MessagePath>,
}

/// Makes the tables.
pub(super) fn make(
    index: &Index<'_>,
    needed: &[PortTable],
    findings: &[Finding],
    questions: &[Question],
) -> Tables {
    let marks = marks::Marks::new(findings, questions);
    let rows = ports::rows(index, needed, &marks);
    Tables {
        firewall: firewall::rows(index, &rows),
        functions: functions::rows(index, &marks, &rows),
        paths: paths::best(index),
        ports: rows.into_iter().map(|row| row.row).collect(),
    }
}
