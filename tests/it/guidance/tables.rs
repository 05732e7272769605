//! Port matrix, firewall list, functions and message paths.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use planroom::assessment::{Assessment, Gate};
use planroom::catalog::Catalog;
use planroom::guidance::{Packs, Settings, assess};
use planroom::model::{ElementId, Model};

use super::{model, packs};

fn judged(yaml: &str) -> Assessment {
    // Rules of its own, so that the tables change only with what makes them.
    let rules = "\
{id: plain, on: relation, when: {protocol: [ftp, pop3]}, satisfied: {encrypted: yes}, gap: {encrypted: no}}
{id: instances, on: element, when: {kind: [firewall, datastore]}, satisfied: {replicas: {at-least: 2}}}
";
    assess(&model(yaml), &packs(rules), Catalog::builtin(), &Settings::default()).0
}

/// Numbers of findings and questions without their digits, which change with every new rule.
fn unnumbered(text: &str) -> String {
    let mut plain = String::new();
    let mut before = ' ';
    let mut after_letter = false;
    for letter in text.chars() {
        if letter.is_ascii_digit() && after_letter {
            continue;
        }
        after_letter = matches!(letter, 'G' | 'D' | 'T' | 'Q') && !before.is_alphanumeric();
        before = letter;
        plain.push(letter);
    }
    plain
}

fn tables(told: &Assessment) -> String {
    let mut text = String::from("ports\n");
    for row in &told.ports {
        let ids = |ids: &[planroom::model::ElementId]| {
            ids.iter().map(|id| id.as_str()).collect::<Vec<&str>>().join(" ")
        };
        let _ = writeln!(
            text,
            "  {} > {} | {} | {} | by {} | via {} | {} | {} | {} | {} | {} | {}",
            ids(&row.from),
            ids(&row.to),
            row.service,
            row.ports,
            row.opened_by,
            ids(&row.via),
            row.phase,
            row.basis.words(),
            row.requirement.words(),
            row.status,
            row.purpose,
            row.note
        );
    }
    text.push_str("firewall\n");
    for row in &told.firewall {
        let _ = writeln!(
            text,
            "  {} {} {} > {} {} {} | {} | {} | {}",
            row.rule,
            row.action.word(),
            row.source,
            row.destination,
            row.protocol,
            row.port,
            row.phase,
            row.basis,
            row.status
        );
    }
    text.push_str("groups\n");
    for group in &told.groups {
        let members: Vec<&str> = group.members.iter().map(|id| id.as_str()).collect();
        let _ = writeln!(text, "  {}: {} | {}", group.name, members.join(" "), group.addresses.join(" "));
    }
    text.push_str("functions\n");
    for row in &told.functions {
        let _ = writeln!(
            text,
            "  {} | {} | {} | {} | paths {:?}",
            row.element, row.instances, row.failover, row.stops, row.paths
        );
    }
    text.push_str("paths\n");
    for path in &told.paths {
        let elements: Vec<&str> = path.elements.iter().map(|id| id.as_str()).collect();
        let _ = writeln!(
            text,
            "  {}: {} | {}",
            path.title,
            elements.join(" > "),
            path.data_class.as_deref().unwrap_or("-")
        );
        assert_eq!(path.steps.len() + 1, path.elements.len());
    }
    unnumbered(&text)
}

#[test]
fn a_shop() {
    insta::assert_snapshot!(tables(&judged(include_str!("shop.yaml"))));
}

#[test]
fn a_biztalk_group_needs_what_nobody_drew() {
    let yaml = "\
title: Group
elements:
  - {id: fw, name: FW1, kind: firewall}
  - {id: app, name: Processing, kind: zone, facts: {zone-kind: application, trusts: [data]}}
  - {id: data, name: Data, kind: zone, facts: {zone-kind: data, trusts-others: no}}
  - {id: app/bts, name: BizTalk processing host, kind: host, parent: app, technologies: [BizTalk Server 2020]}
  - {id: data/box, name: MessageBox, kind: datastore, parent: data, technologies: [SQL Server]}
  - {id: data/sso, name: Master secret server, kind: host, parent: data}
relations:
  - {from: app/bts, to: data/box, label: SQL, via: [fw]}
";
    let told = judged(yaml);
    insta::assert_snapshot!(tables(&told));
    let dynamic = told.firewall.iter().filter(|row| row.port.contains("49152"));
    assert_eq!(dynamic.count(), 0, "a dynamic range is never opened");
    assert_eq!(told.firewall.iter().filter(|row| row.action == Gate::Deny).count(), 1);
}

#[test]
fn every_firewall_ends_with_a_deny() {
    let told = judged(include_str!("shop.yaml"));
    for name in ["fw1", "fw2"] {
        let rows: Vec<_> = told
            .firewall
            .iter()
            .filter(|row| row.firewall.as_ref().is_some_and(|id| id.as_str() == name))
            .collect();
        assert_eq!(rows.last().map(|row| row.action), Some(Gate::Deny), "{name}");
    }
}

/// Each flow that is known to cross from one zone into another stands in exactly one row, and each rule traces
/// to a flow or to a documented row.
fn keeps_the_books(model: &Model, told: &Assessment) {
    let mut rows: BTreeMap<&str, usize> = BTreeMap::new();
    for row in &told.ports {
        row.relations.iter().for_each(|id| *rows.entry(id.as_str()).or_default() += 1);
        assert!(!row.relations.is_empty() || row.source.is_some(), "{row:?}");
        assert_eq!(row.basis.is_drawn(), !row.relations.is_empty(), "{row:?}");
        let pairs: BTreeSet<(&str, &str)> = row
            .relations
            .iter()
            .map(|id| &model.relations[id])
            .flat_map(|flow| {
                let ends = [logical(model, &flow.from), logical(model, &flow.to)];
                [(ends[0], ends[1]), (ends[1], ends[0])]
            })
            .collect();
        for (from, to) in row.from.iter().flat_map(|from| row.to.iter().map(move |to| (from, to))) {
            let drawn = pairs.contains(&(from.as_str(), to.as_str()));
            assert!(drawn || !row.basis.is_drawn(), "{from} > {to} is not drawn: {row:?}");
        }
    }
    for flow in model.flows() {
        let realized = flow.realizes.as_ref().is_some_and(|id| model.relations.contains_key(id));
        let zones = [&flow.from, &flow.to].map(|id| {
            let id = logical(model, id);
            model.zone_of(&ElementId::new(id)).map(|zone| zone.element.clone())
        });
        if let ([Some(from), Some(to)], false) = (zones, realized) {
            let expected = usize::from(from != to);
            let found = rows.get(flow.id.as_str()).copied().unwrap_or_default();
            assert!(found == expected || found <= 1 && expected == 0, "{}: {found} rows", flow.id);
        }
    }
    for rule in told.firewall.iter().filter(|rule| rule.action != Gate::Deny) {
        assert!(!rule.relations.is_empty() || rule.source_link.is_some(), "{rule:?}");
        assert!(!rule.port.contains("49152"), "a dynamic range is never opened: {rule:?}");
        assert_eq!(rule.port.contains("pinned"), rule.status.contains("pin first"), "{rule:?}");
        assert!(rule.action == Gate::Hold || rule.port != "not stated", "{rule:?}");
        for name in [&rule.source, &rule.destination] {
            assert!(told.groups.iter().any(|group| group.name == *name), "{name} is no group");
        }
    }
}

fn logical<'a>(model: &'a Model, id: &'a ElementId) -> &'a str {
    let element = &model.elements[id];
    let drawn = element.instance_of.as_ref().filter(|logical| model.elements.contains_key(*logical));
    drawn.unwrap_or(id).as_str()
}

#[test]
fn every_crossing_flow_is_told_once_and_every_rule_has_a_ground() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let packs = Packs::load(None, &[]).unwrap_or_else(|told| panic!("{}", told[0].message));
    let samples = [root.display().to_string()];
    let gathered = planroom::pipeline::gather(&samples, planroom::source::DEFAULT_LIMIT)
        .expect("the samples are readable");
    let (packets, problems) =
        planroom::pipeline::packets(gathered.projects, &planroom::pipeline::Settings::default());
    assert!(problems.is_empty());
    assert!(packets.len() >= 4);
    for packet in &packets {
        keeps_the_books(&packet.model, &packet.assessment);
    }
    for yaml in [include_str!("shop.yaml"), CROSSINGS] {
        let model = model(yaml);
        let told = assess(&model, &packs, Catalog::builtin(), &Settings::default()).0;
        keeps_the_books(&model, &told);
    }
}

/// What the lists of ports and rules have to tell apart.
const CROSSINGS: &str = "\
title: Crossings
elements:
  - {id: fw, name: FW, kind: firewall}
  - {id: fw2, name: Inner FW, kind: firewall}
  - {id: net, name: Internet, kind: zone, facts: {zone-kind: internet}}
  - {id: dmz, name: DMZ, kind: zone, facts: {zone-kind: perimeter}}
  - {id: app, name: Application, kind: zone, facts: {zone-kind: application}}
  - {id: net/user, name: User, kind: person, parent: net}
  - {id: dmz/proxy, name: Proxy, kind: gateway, parent: dmz, technologies: [nginx], tags: [reverse proxy]}
  - {id: app/orders, name: Orders, kind: container, parent: app, facts: {address: [10.2.0.5]}}
  - {id: app/stock, name: Stock, kind: container, parent: app, facts: {pinned-ports: [5000-5020]}}
  - {id: app/old, name: Old store, kind: unknown, parent: app}
  - {id: dmz/a, name: Reader, kind: container, parent: dmz}
  - {id: dmz/b, name: Writer, kind: container, parent: dmz}
relations:
  - {from: net/user, to: app/orders, label: HTTPS, via: [fw, dmz/proxy, fw2]}
  - {from: dmz/a, to: app/orders, label: 'SQL, tcp 5432', via: [fw2]}
  - {from: dmz/b, to: app/orders, label: 'SQL, tcp 5432', via: [fw2]}
  - {from: dmz/b, to: app/stock, label: 'SQL, tcp 5432', via: [fw2]}
  - {from: dmz/a, to: app/stock, label: RPC, via: [fw2]}
  - {from: dmz/b, to: app/old, label: RPC, via: [fw2]}
  - {from: dmz/a, to: app/old, label: FILE, via: [fw2]}
  - {from: dmz/a, to: app/old, label: HTTP, via: [fw2], facts: {encrypted: 'yes'}}
  - {from: app/stock, to: dmz/b, label: POP3, via: [fw2]}
  - {from: app/old, to: dmz/b, label: 'notes over SSH', initiator: to, via: [fw2]}
  - {from: dmz/a, to: app/stock, label: SMTP, via: [fw2], alternative: mail}
  - {from: dmz/a, to: app/old, label: SMTP, via: [fw2], alternative: mail}
  - {from: dmz/b, to: app/old, label: 'HTTPS', via: [fw2], heads: both}
  - {from: dmz/b, to: app/orders, label: 'AMQPS', via: [fw2], optional: true}
";

#[test]
fn crossings() {
    insta::assert_snapshot!(tables(&judged(CROSSINGS)));
}
