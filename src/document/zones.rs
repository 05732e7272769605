//! Zones and what separates them.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::block::{Block, Section, Table};
use super::links::Links;
use super::prose::Prose;
use super::words::count;
use crate::assessment::SubjectRef;
use crate::model::{ElementId, Zone, ZoneKind};

/// The zones and their borders; `None` when no zone is drawn.
pub(super) fn section(links: &Links<'_>) -> Option<Section> {
    let zones = &links.input.model.zones;
    if zones.is_empty() {
        return None;
    }
    let mut blocks = vec![Block::Table(table(links))];
    let borders = borders(links);
    if !borders.rows.is_empty() {
        blocks.push(Block::Table(borders.without_empty_columns()));
    }
    Some(Section::new("zones", "Zones and what separates them", blocks))
}

fn table(links: &Links<'_>) -> Table {
    let zones = &links.input.model.zones;
    let mut table = Table::new(
        count(zones.len(), "zone"),
        &["Zone", "Kind", "#Trust level", "Elements", "Trusts", "Findings and questions", "Source"],
    );
    for zone in zones {
        let members: Vec<ElementId> = links
            .things()
            .filter(|element| links.zone(&element.id) == Some(&zone.element))
            .map(|element| element.id.clone())
            .collect();
        let places = links.input.model.element(&zone.element).map(|element| element.origins.as_slice());
        table.row(vec![
            links.element(&zone.element),
            kind(links, zone),
            zone.trust_level
                .map_or_else(|| Prose::quiet("not known"), |level| Prose::plain(level.to_string())),
            if members.len() > 8 {
                Prose::plain(count(members.len(), "element"))
            } else {
                links.elements(&members)
            },
            trusts(links, zone),
            links.marks_of(&SubjectRef::Zone(zone.element.clone())),
            links.lines(places.unwrap_or_default()),
        ]);
    }
    table.without_empty_columns()
}

/// The kind, and the author's word when it says something else.
fn kind(links: &Links<'_>, zone: &Zone) -> Prose {
    let word = match zone.kind {
        ZoneKind::Unknown => return Prose::quiet("not known"),
        kind => kind.word(),
    };
    let same = zone.role.trim().is_empty()
        || zone.role.eq_ignore_ascii_case(word)
        || zone.role.eq_ignore_ascii_case(&links.name(&zone.element));
    if same { Prose::plain(word) } else { Prose::plain(word).hush(format!(" · “{}”", zone.role.trim())) }
}

fn trusts(links: &Links<'_>, zone: &Zone) -> Prose {
    match (zone.trusts_stated, zone.trusts.is_empty()) {
        (false, true) => Prose::new(),
        (true, true) => Prose::plain("no other"),
        (_, false) => links.elements(&zone.trusts),
    }
}

/// What one border carries and what stands on it.
#[derive(Default)]
struct Border {
    flows: usize,
    protocols: BTreeSet<String>,
    devices: Vec<ElementId>,
}

/// One row for each pair of zones that a flow crosses or that a drawing separates.
fn borders(links: &Links<'_>) -> Table {
    let model = links.input.model;
    let mut borders: IndexMap<(&ElementId, &ElementId), Border> = IndexMap::new();
    for flow in model.flows() {
        let (Some(from), Some(to)) = (links.zone(&flow.from), links.zone(&flow.to)) else { continue };
        if from == to {
            continue;
        }
        let border = borders.entry((from, to)).or_default();
        border.flows += 1;
        let protocols = links.protocols(flow);
        border.protocols.extend(protocols.split(", ").filter(|name| !name.is_empty()).map(str::to_owned));
        let devices = flow.via.iter().filter(|id| {
            model.element(id).is_some_and(|element| {
                use crate::model::ElementKind::{Firewall, Gateway};
                matches!(element.kind, Firewall | Gateway)
            })
        });
        for device in devices {
            if !border.devices.contains(device) {
                border.devices.push(device.clone());
            }
        }
    }
    for zone in &model.zones {
        for separation in &zone.separations {
            let pair = (&zone.element, &separation.neighbor);
            let turned = (&separation.neighbor, &zone.element);
            if !borders.contains_key(&pair) && !borders.contains_key(&turned) {
                borders.insert(pair, Border::default());
            }
            for key in [pair, turned] {
                let Some(border) = borders.get_mut(&key) else { continue };
                for device in &separation.devices {
                    if !border.devices.contains(device) {
                        border.devices.push(device.clone());
                    }
                }
            }
        }
    }
    let mut table = Table::new("Between zones", &["From", "To", "#Flows", "Protocols", "Drawn between"]);
    for ((from, to), border) in &borders {
        let protocols: Vec<&str> = border.protocols.iter().map(String::as_str).collect();
        table.row(vec![
            links.element(from),
            links.element(to),
            Prose::plain(border.flows.to_string()),
            Prose::plain(protocols.join(", ")),
            if border.devices.is_empty() {
                Prose::quiet("nothing drawn")
            } else {
                links.elements(&border.devices)
            },
        ]);
    }
    table
}
