//! The port matrix: one row for each pair of zones (or groups) and service, from the flows that leave
//! their zone; then what products need and nobody drew; then what follows from stated trusts.

use super::marks::Marks;
use super::row::Row;
use super::{documented, drawn, implied};
use crate::assessment::Truth;
use crate::guidance::evaluate::Judge;
use crate::guidance::index::{At, Floor, Index};
use crate::guidance::port_table::{NeededFlow, PortTable};

/// All rows, drawn ones first.
pub(super) fn rows(index: &Index<'_>, needed: &[PortTable], marks: &Marks<'_>) -> Vec<Row> {
    let judge = Judge::new(index);
    let in_scope: Vec<&PortTable> = needed
        .iter()
        .filter(|table| {
            table
                .applies_when
                .as_ref()
                .is_none_or(|predicate| judge.truth(predicate, At::Model, Floor::Any) == Truth::True)
        })
        .collect();
    let all: Vec<&NeededFlow> = in_scope.iter().flat_map(|table| &table.rows).collect();
    let mut rows = drawn::rows(index, &all, marks);
    for table in in_scope {
        rows.extend(documented::required(index, &table.rows, marks));
        rows.extend(implied::rows(index, &table.rows, marks));
    }
    rows
}
