//! Whether the rules let a flow pass, at each firewall on its way.

use super::desk::{Desk, MOST_PAIRS, covered, is_wide, pairs, printed, push};
use super::export::Decision;
use super::ports::Ports;
use super::told::{Comparison, Difference, Kind, Told};
use crate::assessment::{PortRow, Truth};
use crate::model::{ElementId, Port};

/// Whether the rules let a flow pass, at each firewall on its way.
pub(super) fn judge(desk: &Desk<'_>, row: &PortRow, told: &mut Comparison) {
    let fixed: Vec<&Port> = row.opens.iter().filter(|port| !is_wide(port)).collect();
    let flow = |firewall: Option<&ElementId>, text: String| Told {
        line: None,
        rule: String::new(),
        firewall: firewall.map(|id| desk.names.name(id)).unwrap_or_default(),
        source: row.from.iter().map(|id| desk.names.name(id)).collect::<Vec<_>>().join(", "),
        destination: row.to.iter().map(|id| desk.names.name(id)).collect::<Vec<_>>().join(", "),
        service: if fixed.is_empty() {
            row.service.clone()
        } else {
            format!("{} {}", row.service, printed(&fixed))
        },
        text,
        relations: row.relations.clone(),
    };
    let firewalls: Vec<Option<&ElementId>> = if desk.by_firewall {
        let named = |id: &&ElementId| desk.rules.iter().any(|mapped| mapped.firewall.as_ref() == Some(*id));
        row.via.iter().filter(named).map(Some).collect()
    } else {
        vec![None]
    };
    for firewall in firewalls {
        if fixed.is_empty() {
            if row.basis.is_drawn() {
                told.undecided.push(flow(firewall, "drawn, and no port of it is known".to_owned()));
            }
            continue;
        }
        let mut blocked: Vec<String> = Vec::new();
        let mut unsure: Vec<String> = Vec::new();
        let ways: Vec<(&ElementId, &ElementId)> = match row.opened_by.as_str() {
            // Nobody said who opens it: one way is enough.
            "not stated" => row
                .from
                .iter()
                .flat_map(|from| row.to.iter().map(move |to| (from, to)))
                .take(MOST_PAIRS)
                .collect(),
            _ => pairs(row),
        };
        for (client, server) in ways {
            for port in &fixed {
                match passes(desk, firewall, client, server, port) {
                    Passing::Allowed => {}
                    Passing::Denied(line) => push(&mut blocked, format!("line {line} refuses it")),
                    Passing::NoRule => push(&mut blocked, "no rule allows it".to_owned()),
                    Passing::Undecided(line) => push(&mut unsure, format!("line {line} may decide it")),
                }
            }
        }
        let drawn = row.basis.is_drawn();
        if !blocked.is_empty() && row.opened_by == "not stated" {
            told.undecided.push(flow(firewall, "drawn, and who opens it is not stated".to_owned()));
        } else if !blocked.is_empty() {
            let text = blocked.join("; ");
            if drawn {
                let told_as = flow(firewall, format!("drawn, and {text}"));
                told.differences.push(Difference { kind: Kind::Blocked, told: told_as });
            } else {
                told.required
                    .push(flow(firewall, format!("documentation asks for it, nobody drew it, and {text}")));
            }
        } else if !unsure.is_empty() && drawn {
            let text = format!("drawn; {}, but what it names is not known", unsure.join("; "));
            told.undecided.push(flow(firewall, text));
        }
    }
}

enum Passing {
    Allowed,
    Denied(u32),
    NoRule,
    Undecided(u32),
}

/// The first rule that takes a connection decides; one that may take it makes a later one of the other kind
/// uncertain.
fn passes(
    desk: &Desk<'_>,
    firewall: Option<&ElementId>,
    client: &ElementId,
    server: &ElementId,
    port: &Port,
) -> Passing {
    let mut may_allow: Option<u32> = None;
    let mut may_deny: Option<u32> = None;
    for mapped in desk.rules.iter().filter(|mapped| desk.on(mapped, firewall)) {
        let opened = opens(&mapped.rule.ports, port);
        if opened == Truth::False {
            continue;
        }
        let truth = desk.takes(mapped.source, client).min(desk.takes(mapped.destination, server)).min(opened);
        let line = mapped.rule.line;
        match (truth, mapped.rule.decision) {
            (Truth::False, _) | (_, Decision::Waits) => {}
            (Truth::Unknown, Decision::Allow) => may_allow = may_allow.or(Some(line)),
            (Truth::Unknown, Decision::Deny) => may_deny = may_deny.or(Some(line)),
            (Truth::True, Decision::Allow) => {
                return may_deny.map_or(Passing::Allowed, Passing::Undecided);
            }
            (Truth::True, Decision::Deny) => {
                return may_allow.map_or(Passing::Denied(line), Passing::Undecided);
            }
        }
    }
    may_allow.map_or(Passing::NoRule, Passing::Undecided)
}

fn opens(ports: &Ports, port: &Port) -> Truth {
    match ports {
        Ports::Any => Truth::True,
        Ports::Unknown(_) => Truth::Unknown,
        Ports::These(ports) if covered(port, &ports.iter().collect::<Vec<_>>()) => Truth::True,
        Ports::These(_) | Ports::Portless(_) => Truth::False,
    }
}
