//! Tables that follow from the flows and the products: ports, firewall rules, functions, paths.
//!
//! 1. `ports`: the port matrix, from `drawn` flows, `documented` lists and `implied` trusts; `opened` says
//!    on which ports, `status` whether now.
//! 2. `firewall`: the same rows for each firewall, with `groups` for their ends.
//! 3. `paths` and `functions`: what a message passes, and what stops when an element is lost.

mod documented;
mod drawn;
mod firewall;
mod functions;
mod groups;
mod implied;
mod marks;
mod numbers;
mod opened;
mod paths;
mod ports;
mod purpose;
mod row;
mod status;

use super::index::Index;
use super::port_table::PortTable;
use crate::assessment::{
    AddressGroup, Decision, Finding, FirewallRow, FunctionRow, MessagePath, PortRow, Question,
};

/// All tables of one model.
pub(super) struct Tables {
    pub(super) ports: Vec<PortRow>,
    pub(super) firewall: Vec<FirewallRow>,
    pub(super) groups: Vec<AddressGroup>,
    pub(super) functions: Vec<FunctionRow>,
    pub(super) paths: Vec<MessagePath>,
}

/// Makes the tables.
pub(super) fn make(
    index: &Index<'_>,
    needed: &[PortTable],
    findings: &[Finding],
    questions: &[Question],
    decisions: &[Decision],
) -> Tables {
    let marks = marks::Marks::new(findings, questions, decisions);
    let rows = ports::rows(index, needed, &marks);
    let (firewall, groups) = firewall::rows(index, &rows);
    let paths = paths::best(index);
    Tables {
        firewall,
        groups,
        functions: functions::rows(index, &marks, &rows, &paths),
        paths,
        ports: rows.into_iter().map(|row| row.row).collect(),
    }
}
