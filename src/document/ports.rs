//! The port matrix and the firewall list.

use super::block::{Block, Section, Table};
use super::links::Links;
use super::prose::{Inline, Prose, Target};
use super::words::count;
use crate::assessment::{Basis, FirewallRow, PortRow};
use crate::model::Phase;

/// One row for each pair of groups and service; `None` when there is none.
pub(super) fn matrix(links: &Links<'_>) -> Option<Section> {
    let rows = &links.input.assessment.ports;
    if rows.is_empty() {
        return None;
    }
    let drawn = |row: &&PortRow| !matches!(row.basis, Basis::RequiredNotDrawn | Basis::ImpliedNotDrawn);
    let (as_drawn, not_drawn): (Vec<_>, Vec<_>) = rows.iter().partition(drawn);
    let mut blocks = vec![Block::Paragraph(
        Prose::plain(
            "Who opens a connection to whom, and on which port. A port that is assumed is typical for the \
             protocol and must be confirmed. The same rows for a spreadsheet: ",
        )
        .run(file("ports.csv"))
        .text("."),
    )];
    if !as_drawn.is_empty() {
        blocks.push(Block::Table(table(links, count(as_drawn.len(), "service") + " as drawn", &as_drawn)));
    }
    if !not_drawn.is_empty() {
        let caption = count(not_drawn.len(), "service") + " that nobody drew";
        blocks.push(Block::Table(table(links, caption, &not_drawn)));
    }
    Some(Section::new("ports", "Port matrix", blocks))
}

fn table(links: &Links<'_>, caption: String, rows: &[&PortRow]) -> Table {
    let mut table = Table::new(
        caption,
        &["From", "To", "Service", "Port", "Opened by", "Through", "When", "For", "Basis", "Status"],
    );
    for row in rows {
        let basis = Prose::plain(row.basis.words());
        let basis = match &row.source {
            Some(source) => {
                let link = Inline::Link { text: source.title.clone(), to: Target::Web(source.url.clone()) };
                basis.hush(": ").run(link)
            }
            None => basis,
        };
        table.row(vec![
            links.elements(&row.from),
            links.elements(&row.to),
            Prose::plain(row.service.clone()),
            if row.ports.is_empty() { Prose::quiet("not known") } else { Prose::plain(row.ports.clone()) },
            Prose::plain(row.opened_by.clone()),
            links.elements(&row.via),
            Prose::plain(phase(row.phase)),
            Prose::plain(row.purpose.clone()),
            basis,
            links.with_marks(&row.status),
        ]);
    }
    table.without_empty_columns()
}

/// The rules that a network team would write; `None` when there is none.
pub(super) fn firewall(links: &Links<'_>) -> Option<Section> {
    let rows = &links.input.assessment.firewall;
    if rows.is_empty() {
        return None;
    }
    let mut blocks = vec![Block::Paragraph(
        Prose::plain(
            "Stateful rules, so each stands for the side that opens the connection. A rule on hold waits for \
             an answer and is not to be opened before. The same rows for a spreadsheet: ",
        )
        .run(file("firewall.csv"))
        .text("."),
    )];
    let mut at = 0;
    while let Some(first) = rows.get(at) {
        let same = rows[at..].iter().take_while(|row| row.firewall == first.firewall).count();
        blocks.push(Block::Table(rules(links, &rows[at..at + same])));
        at += same;
    }
    Some(Section::new("firewall", "Firewall list", blocks))
}

fn rules(links: &Links<'_>, rows: &[FirewallRow]) -> Table {
    let name = match rows.first().and_then(|row| row.firewall.as_ref()) {
        Some(firewall) => links.name(firewall),
        None => "Firewall not known".to_owned(),
    };
    let mut table = Table::new(
        format!("{name}: {}", count(rows.len(), "rule")),
        &["Rule", "Source", "Destination", "Protocol", "Port", "For", "When", "Basis", "Status"],
    );
    for row in rows {
        table.row(vec![
            Prose::plain(row.rule.clone()),
            Prose::plain(row.source.clone()),
            Prose::plain(row.destination.clone()),
            Prose::plain(row.protocol.clone()),
            Prose::plain(row.port.clone()),
            Prose::plain(row.purpose.clone()),
            Prose::plain(phase(row.phase)),
            Prose::plain(row.basis.clone()),
            links.with_marks(&row.status),
        ]);
    }
    table.without_empty_columns()
}

fn phase(phase: Phase) -> &'static str {
    if phase == Phase::Unknown { "" } else { phase.word() }
}

fn file(name: &str) -> Inline {
    Inline::Link { text: name.to_owned(), to: Target::File(name.to_owned()) }
}
