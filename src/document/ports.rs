//! The port matrix and the firewall list.

use super::block::{Block, Section, Table};
use super::links::Links;
use super::prose::{Inline, Prose, Target};
use super::words::count;
use crate::assessment::{AddressGroup, FirewallRow, Gate, PortRow, Requirement};
use crate::model::{ElementId, Phase};

/// One row for each pair of groups and service; `None` when there is none.
pub(super) fn matrix(links: &Links<'_>) -> Option<Section> {
    let rows = &links.input.assessment.ports;
    if rows.is_empty() {
        return None;
    }
    let (as_drawn, not_drawn): (Vec<_>, Vec<_>) = rows.iter().partition(|row| row.basis.is_drawn());
    let mut blocks = vec![Block::Paragraph(
        Prose::plain(
            "Who opens a connection to whom, and on which port: from is the side that opens it, unless a row says \
             otherwise. A row stands for every pair of its two sides. A port that is assumed is the usual one of \
             the protocol and is to be confirmed; a row on hold is not to be opened before. The same rows for a \
             spreadsheet: ",
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
        &["From", "To", "Service", "Port", "Opened by", "Through", "When", "Basis", "Status"],
    );
    for row in rows {
        table.row(vec![
            links.elements(&row.from),
            links.elements(&row.to),
            service(&row.service, &row.purpose, &row.note),
            if row.ports.is_empty() { Prose::quiet("not known") } else { Prose::plain(row.ports.clone()) },
            match row.opened_by.as_str() {
                "either" | "not stated" => Prose::plain(row.opened_by.clone()),
                _ => Prose::new(),
            },
            links.elements(&row.via),
            Prose::plain(phase(row.phase)),
            basis(row),
            links.with_marks(&row.status),
        ]);
    }
    table.without_empty_columns()
}

/// The service, and quietly what it is for.
fn service(service: &str, purpose: &str, note: &str) -> Prose {
    let parts: Vec<&str> = [purpose, note].into_iter().filter(|part| !part.is_empty()).collect();
    let prose = Prose::plain(service);
    if parts.is_empty() { prose } else { prose.hush(format!(" · {}", parts.join(" · "))) }
}

/// What the row rests on, and where a documented list says so.
fn basis(row: &PortRow) -> Prose {
    let mut words = row.basis.words().to_owned();
    let told = !row.basis.is_drawn() || row.requirement == Requirement::NoList;
    if !told {
        words = format!("{}; {words}", row.requirement.words());
    }
    let prose = Prose::plain(words);
    match &row.source {
        Some(source) => {
            let to = Target::Web(source.url.clone());
            prose.hush(": ").run(Inline::Link { text: source.title.clone(), to })
        }
        None => prose,
    }
}

/// The rules that a network team would write; `None` when there is none.
pub(super) fn firewall(links: &Links<'_>) -> Option<Section> {
    let rows = &links.input.assessment.firewall;
    if rows.is_empty() {
        return None;
    }
    let mut section = Section::new("firewall", "Firewall list", vec![Block::Paragraph(introduction(rows))]);
    let mut at = 0;
    while let Some(first) = rows.get(at) {
        let same = rows[at..].iter().take_while(|row| row.firewall == first.firewall).count();
        section.parts.push(one_firewall(links, &rows[at..at + same]));
        at += same;
    }
    if !links.input.assessment.groups.is_empty() {
        section.parts.push(groups(links));
    }
    Some(section)
}

fn introduction(rows: &[FirewallRow]) -> Prose {
    let number = |action: Gate| rows.iter().filter(|row| row.action == action).count();
    let confirm = rows.iter().filter(|row| row.action == Gate::Allow && row.status != "ok").count();
    let mut told = vec![format!("{} to open", number(Gate::Allow))];
    if confirm > 0 {
        told[0].push_str(&format!(", {confirm} of them once somebody confirms what the status names"));
    }
    if number(Gate::Hold) > 0 {
        told.push(format!("{} on hold, not to be opened before the status is settled", number(Gate::Hold)));
    }
    if number(Gate::Covered) > 0 {
        told.push(format!("{} that an earlier rule opens already", number(Gate::Covered)));
    }
    Prose::plain(format!("{}: {}. ", count(rows.len() - number(Gate::Deny), "rule"), told.join("; ")))
        .text(
            "Firewalls are taken as stateful, so each rule stands for the side that opens the connection, and \
             answers need none. All but the last rule of a firewall only open something, so their order changes \
             nothing; the last one denies and logs the rest. The same rows for a spreadsheet, with the members and \
             addresses of the groups: ",
        )
        .run(file("firewall.csv"))
        .text(".")
}

/// One table for each direction, in which the closing rule comes last.
fn one_firewall(links: &Links<'_>, rows: &[FirewallRow]) -> Section {
    let first = rows.first();
    let (id, name) = match first.and_then(|row| row.firewall.as_ref()) {
        Some(firewall) => {
            (format!("firewall-{}", crate::model::slug(firewall.as_str())), links.name(firewall))
        }
        None => ("firewall-not-known".to_owned(), "Firewall not known".to_owned()),
    };
    let mut blocks = Vec::new();
    if first.is_some_and(|row| row.firewall.is_none()) {
        blocks.push(Block::Paragraph(Prose::plain(
            "These flows cross zones, and no firewall is drawn on their way.",
        )));
    }
    let mut at = 0;
    while let Some(first) = rows.get(at) {
        let way = |row: &FirewallRow| (row.from_zone.clone(), row.to_zone.clone(), row.action == Gate::Deny);
        let same = rows[at..].iter().take_while(|row| way(row) == way(first)).count();
        blocks.push(Block::Table(rules(links, &direction(links, first), &rows[at..at + same])));
        at += same;
    }
    Section::new(id, name, blocks)
}

fn direction(links: &Links<'_>, row: &FirewallRow) -> String {
    let zone =
        |id: &Option<ElementId>| id.as_ref().map_or_else(|| "several zones".to_owned(), |id| links.name(id));
    if row.action == Gate::Deny {
        return "Last: everything else".to_owned();
    }
    format!("From {} into {}", zone(&row.from_zone), zone(&row.to_zone))
}

fn rules(links: &Links<'_>, caption: &str, rows: &[FirewallRow]) -> Table {
    let mut table =
        Table::new(caption, &["Rule", "Source", "Destination", "Port", "Service", "When", "Basis", "Status"]);
    for row in rows {
        let deny = row.action == Gate::Deny;
        table.row(vec![
            Prose::plain(row.rule.clone()),
            Prose::plain(row.source.clone()),
            Prose::plain(row.destination.clone()),
            port(row),
            if deny {
                Prose::plain(row.purpose.clone())
            } else {
                service(&row.service, &row.purpose, &row.note)
            },
            Prose::plain(if deny { "" } else { phase(row.phase) }),
            Prose::plain(row.basis.clone()),
            status(links, row),
        ]);
    }
    table.without_empty_columns()
}

fn port(row: &FirewallRow) -> Prose {
    match (row.protocol.as_str(), row.port.as_str()) {
        ("not stated", _) => Prose::quiet("not known"),
        ("any", _) => Prose::plain("any"),
        (protocol, port) => Prose::plain(format!("{protocol} {port}")),
    }
}

fn status(links: &Links<'_>, row: &FirewallRow) -> Prose {
    match row.action {
        Gate::Allow if row.status == "ok" => Prose::plain("allow"),
        Gate::Allow => Prose::plain("allow: ").then(links.with_marks(&row.status)),
        Gate::Hold => match row.status.strip_prefix("hold") {
            Some(rest) => Prose::new().strong("hold").then(links.with_marks(rest)),
            None => links.with_marks(&row.status),
        },
        Gate::Covered => Prose::quiet(row.status.clone()),
        Gate::Deny => Prose::new().strong("deny, log"),
    }
}

/// Who stands behind the names of sources and destinations.
fn groups(links: &Links<'_>) -> Section {
    let groups = &links.input.assessment.groups;
    let mut table = Table::new(count(groups.len(), "group"), &["Group", "Members", "Addresses"]);
    for group in groups {
        table.row(vec![Prose::plain(group.name.clone()), members(links, group), addresses(links, group)]);
    }
    let text = "The sources and destinations of the rules. An address is taken from the property or fact `address` \
                of an element; one line in planroom.yaml adds it: ";
    let blocks = vec![
        Block::Paragraph(
            Prose::plain(text)
                .run(Inline::Code("{subject: <id>, set: {address: [10.1.2.3]}}".to_owned()))
                .text("."),
        ),
        Block::Table(table),
    ];
    Section::new("firewall-groups", "Groups", blocks)
}

fn members(links: &Links<'_>, group: &AddressGroup) -> Prose {
    let names = links.elements(&group.members);
    if group.some_member { names.hush(" · a zone: some member of it is meant, as drawn") } else { names }
}

fn addresses(links: &Links<'_>, group: &AddressGroup) -> Prose {
    let known = Prose::plain(group.addresses.join(", "));
    match (group.addresses.is_empty(), group.without_address.is_empty()) {
        (_, true) => known,
        (true, false) => Prose::quiet("not stated"),
        (false, false) => known.hush("; not stated of ").then(links.elements(&group.without_address)),
    }
}

fn phase(phase: Phase) -> &'static str {
    if phase == Phase::Unknown { "" } else { phase.word() }
}

fn file(name: &str) -> Inline {
    Inline::Link { text: name.to_owned(), to: Target::File(name.to_owned()) }
}
