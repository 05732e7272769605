//! What one rule opens, beside what is drawn.

use std::collections::BTreeSet;

use super::desk::{Desk, MOST_NAMED, MOST_PAIRS, Mapped, covered, is_wide, pairs, printed, push};
use super::export::Rule;
use super::ports::Ports;
use super::sides::Cell;
use super::told::{Comparison, Difference, Kind, Told};
use crate::assessment::{PortRow, Truth};
use crate::model::{ElementId, ElementKind, FactKey, Model, Port, ZoneKind};

/// What one rule opens, beside what is drawn.
pub(super) fn judge(desk: &Desk<'_>, mapped: &Mapped<'_>, ports: &[PortRow], told: &mut Comparison) {
    let rule = mapped.rule;
    let mut met: Vec<&PortRow> = Vec::new();
    let mut clients: BTreeSet<&ElementId> = BTreeSet::new();
    let mut servers: BTreeSet<&ElementId> = BTreeSet::new();
    let mut unknown = false;
    for row in ports {
        if desk.by_firewall && !row.via.iter().any(|id| mapped.firewall.as_ref() == Some(id)) {
            continue;
        }
        let port = if row.opens.is_empty() { Truth::Unknown } else { overlap(&rule.ports, &row.opens) };
        let mut here = Truth::False;
        for (client, server) in pairs(row) {
            let ends = desk.takes(mapped.source, client).min(desk.takes(mapped.destination, server));
            let truth = ends.min(port);
            if truth == Truth::True {
                clients.insert(client);
                servers.insert(server);
            }
            here = here.max(truth);
        }
        match here {
            Truth::True => met.push(row),
            Truth::Unknown => unknown = true,
            Truth::False => {}
        }
    }
    let line = Told {
        line: Some(rule.line),
        rule: rule.name.clone(),
        firewall: rule.firewall.clone(),
        source: rule.source.join(", "),
        destination: rule.destination.join(", "),
        service: words(&rule.ports),
        text: String::new(),
        relations: met.iter().flat_map(|row| row.relations.iter().cloned()).collect(),
    };
    let with = |text: String| Told { text, ..line.clone() };
    if met.is_empty() {
        if unknown {
            told.undecided.push(with(
                "whether such a flow is drawn cannot be told: an end, an address or a port is not known"
                    .to_owned(),
            ));
        } else {
            let told_as = with("allowed, and no such flow is drawn".to_owned());
            told.differences.push(Difference { kind: Kind::NotDrawn, told: told_as });
        }
        return;
    }
    let mut excess = excess(desk, mapped, &met, &clients, &servers);
    if excess.is_empty() {
        excess = missing_pairs(desk, rule, &met, &clients, &servers);
    }
    let drawn: Vec<&&PortRow> = met.iter().filter(|row| row.basis.is_drawn()).collect();
    if !excess.is_empty() {
        let text = format!("allows more than is drawn: {}", excess.join("; "));
        told.differences.push(Difference { kind: Kind::Wider, told: with(text) });
    } else if drawn.is_empty() {
        told.documented.push(with(format!("nobody drew it; documentation asks for it: {}", services(&met))));
    } else {
        told.matching.push(with(format!("drawn: {}", services(&met))));
    }
}

/// What a rule opens beyond the rows that it meets.
fn excess(
    desk: &Desk<'_>,
    mapped: &Mapped<'_>,
    met: &[&PortRow],
    clients: &BTreeSet<&ElementId>,
    servers: &BTreeSet<&ElementId>,
) -> Vec<String> {
    let mut found = Vec::new();
    for (word, side, parts) in
        [("source", mapped.source, clients), ("destination", mapped.destination, servers)]
    {
        for (text, cell) in &desk.sides[side].cells {
            match cell {
                Cell::Any if parts.iter().any(|id| is_outside(desk.model, id)) => {}
                Cell::Any => found.push(format!("any {word}; drawn {}", listed(desk, parts))),
                Cell::Named(ids) => {
                    let idle: Vec<String> = ids
                        .iter()
                        .filter(|id| !parts.iter().any(|part| desk.names.is_or_holds(part, id)))
                        .map(|id| desk.names.name(id))
                        .collect();
                    if !idle.is_empty() {
                        found.push(format!("{word} {}; drawn {}", idle.join(", "), listed(desk, parts)));
                    }
                }
                Cell::Addresses(_, ids) => {
                    let idle: Vec<String> = ids
                        .iter()
                        .filter(|id| {
                            !parts.iter().any(|part| {
                                desk.names.is_or_holds(part, id) || desk.names.is_or_holds(id, part)
                            })
                        })
                        .map(|id| desk.names.name(id))
                        .collect();
                    if !idle.is_empty() {
                        found.push(format!("{word} {text} holds {} too", idle.join(", ")));
                    }
                }
                Cell::Nothing(_) => {}
            }
        }
    }
    let needed: Vec<&Port> = met.iter().flat_map(|row| &row.opens).filter(|port| !is_wide(port)).collect();
    match &mapped.rule.ports {
        Ports::Any => found.push(format!("every port; drawn {}", printed(&needed))),
        Ports::Unknown(_) | Ports::Portless(_) => {}
        Ports::These(ports) => {
            let extra: Vec<&Port> = ports.iter().filter(|port| !covered(port, &needed)).collect();
            if extra.iter().any(|port| is_wide(port)) && met.iter().any(|row| row.opens.iter().any(is_wide)) {
                found.push(format!("the range {} as it is; pin it", printed(&extra)));
            } else if !extra.is_empty() {
                found.push(format!("{}; drawn {}", printed(&extra), printed(&needed)));
            }
        }
    }
    found
}

/// Pairs that a rule with several sources and destinations opens, though each is drawn with another one.
fn missing_pairs(
    desk: &Desk<'_>,
    rule: &Rule,
    met: &[&PortRow],
    clients: &BTreeSet<&ElementId>,
    servers: &BTreeSet<&ElementId>,
) -> Vec<String> {
    let Ports::These(ports) = &rule.ports else { return Vec::new() };
    let drawn: Vec<(BTreeSet<(&ElementId, &ElementId)>, &PortRow)> =
        met.iter().map(|row| (pairs(row).into_iter().collect(), *row)).collect();
    let mut missing = Vec::new();
    // A zone stands for some member, which the other rows name.
    let single = |id: &&&ElementId| desk.model.element(id).is_some_and(|element| !element.kind.is_boundary());
    let (clients, servers): (Vec<_>, Vec<_>) =
        (clients.iter().filter(single).collect(), servers.iter().filter(single).collect());
    let all = clients.iter().flat_map(|client| servers.iter().map(move |server| (**client, **server)));
    for (client, server) in all.take(MOST_PAIRS) {
        for port in ports {
            let told = drawn.iter().any(|(pairs, row)| {
                let drawn = pairs.iter().any(|(from, to)| {
                    desk.names.is_or_holds(from, client) && desk.names.is_or_holds(to, server)
                });
                drawn && covered(port, &row.opens.iter().collect::<Vec<_>>())
            });
            if !told {
                let ends = format!("{} to {}", desk.names.name(client), desk.names.name(server));
                push(&mut missing, format!("{ends}, {}", printed(&[port])));
            }
        }
    }
    missing
}

fn overlap(ports: &Ports, needed: &[Port]) -> Truth {
    match ports {
        Ports::Any => Truth::True,
        Ports::Unknown(_) => Truth::Unknown,
        Ports::Portless(_) => Truth::False,
        Ports::These(ports) => {
            let meets = |port: &Port| {
                needed.iter().any(|need| {
                    need.transport == port.transport && need.from <= port.to && port.from <= need.to
                })
            };
            if ports.iter().any(meets) { Truth::True } else { Truth::False }
        }
    }
}

/// The Internet, or something outside the organization: "any" means no more than that.
fn is_outside(model: &Model, id: &ElementId) -> bool {
    let element = model.element(id);
    let external = element.is_some_and(|element| {
        element.facts.word(FactKey::External) == Some("yes") || element.kind == ElementKind::Network
    });
    external || model.zone_of(id).is_some_and(|zone| zone.kind == ZoneKind::Internet)
}

fn listed(desk: &Desk<'_>, ids: &BTreeSet<&ElementId>) -> String {
    let mut names: Vec<String> = ids.iter().take(MOST_NAMED).map(|id| desk.names.name(id)).collect();
    if ids.len() > MOST_NAMED {
        names.push(format!("and {} more", ids.len() - MOST_NAMED));
    }
    names.join(", ")
}

fn services(rows: &[&PortRow]) -> String {
    let mut names: Vec<String> = Vec::new();
    for row in rows {
        push(&mut names, row.service.clone());
    }
    names.join(", ")
}

fn words(ports: &Ports) -> String {
    match ports {
        Ports::Any => "any".to_owned(),
        Ports::Unknown(word) | Ports::Portless(word) => word.clone(),
        Ports::These(ports) => printed(&ports.iter().collect::<Vec<_>>()),
    }
}
