//! Port matrix, firewall list, functions and message paths.

use std::fmt::Write as _;

use planroom::assessment::Assessment;
use planroom::catalog::Catalog;
use planroom::guidance::{Packs, Settings, assess};

use super::model;

fn judged(yaml: &str) -> Assessment {
    let packs = Packs::load(None, &[]).unwrap_or_else(|told| panic!("{}", told[0].message));
    assess(&model(yaml), &packs, Catalog::builtin(), &Settings::default()).0
}

fn tables(told: &Assessment) -> String {
    let mut text = String::from("ports\n");
    for row in &told.ports {
        let ids = |ids: &[planroom::model::ElementId]| {
            ids.iter().map(|id| id.as_str()).collect::<Vec<&str>>().join(" ")
        };
        let _ = writeln!(
            text,
            "  {} > {} | {} | {} | by {} | via {} | {} | {} | {}",
            ids(&row.from),
            ids(&row.to),
            row.service,
            row.ports,
            row.opened_by,
            ids(&row.via),
            row.phase,
            row.basis.words(),
            row.status
        );
    }
    text.push_str("firewall\n");
    for row in &told.firewall {
        let _ = writeln!(
            text,
            "  {} {} > {} {} {} | {} | {} | {}",
            row.rule, row.source, row.destination, row.protocol, row.port, row.phase, row.basis, row.status
        );
    }
    text.push_str("functions\n");
    for row in &told.functions {
        let _ = writeln!(text, "  {} | {} | {} | {}", row.element, row.instances, row.failover, row.stops);
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
        assert_eq!(path.relations.len() + 1, path.elements.len());
    }
    text
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
    assert_eq!(told.firewall.iter().filter(|row| row.status == "deny").count(), 1);
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
        assert_eq!(rows.last().map(|row| row.status.as_str()), Some("deny"), "{name}");
    }
}
