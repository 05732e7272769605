use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::model::ElementKind;

fn fold(name: &str) -> String {
    let parts: Vec<String> = words(name).into_iter().map(|word| word.text).collect();
    parts.join(" ")
}

#[test]
fn ids_are_unique_and_references_exist() {
    let catalog = Catalog::builtin();
    let mut ids = BTreeSet::new();
    for technology in catalog.technologies() {
        assert!(ids.insert(technology.id), "technology {} twice", technology.id);
        assert!(!technology.name.is_empty(), "{}", technology.id);
        for word in &technology.traits {
            assert!(catalog.traits().contains_key(word), "{}: trait {word}", technology.id);
        }
        for protocol in &technology.speaks {
            assert!(catalog.protocol(protocol).is_some(), "{}: protocol {protocol}", technology.id);
        }
        assert_ne!(technology.kind, crate::model::ElementKind::Unknown, "{}", technology.id);
    }
    let mut ids = BTreeSet::new();
    for protocol in catalog.protocols() {
        assert!(ids.insert(protocol.id), "protocol {} twice", protocol.id);
        let layers = ["link", "network", "transport", "application", "local", "manual"];
        assert!(layers.contains(&protocol.layer), "{}", protocol.id);
        for other in protocol.over.iter().chain(&protocol.secured) {
            assert!(catalog.protocol(other).is_some(), "{}: protocol {other}", protocol.id);
        }
        if let Some(secured) = protocol.secured {
            assert_eq!(catalog.protocol(secured).unwrap().encrypted, Encryption::Yes, "{}", protocol.id);
        }
    }
    for role in catalog.roles() {
        for other in &role.implies {
            assert!(catalog.role(other).is_some(), "{}: role {other}", role.id);
        }
        if let Some(product) = role.product {
            assert!(catalog.technology(product).is_some(), "{}: product {product}", role.id);
        }
    }
    for support in catalog.support_dates() {
        assert!(catalog.technology(support.technology).is_some(), "{}", support.technology);
        for date in [Some(support.ends), support.paid_until].into_iter().flatten() {
            assert_eq!((date.len(), date.matches('-').count()), (10, 2), "{}: {date}", support.technology);
        }
        assert!(support.source.starts_with("https://"), "{}", support.technology);
    }
}

#[test]
fn a_name_belongs_to_one_technology() {
    let mut owners: BTreeMap<String, &str> = BTreeMap::new();
    for technology in Catalog::builtin().technologies() {
        for name in technology.names.iter().chain(&technology.hinted) {
            let old = owners.insert(fold(name), technology.id);
            assert!(old.is_none_or(|old| old == technology.id), "{name}: {old:?} and {}", technology.id);
        }
    }
    for technology in Catalog::builtin().technologies() {
        let vendors = ["AWS", "Microsoft", "Google"];
        if !technology.with_vendor.is_empty() {
            assert!(technology.vendor.is_some_and(|vendor| vendors.contains(&vendor)), "{}", technology.id);
        }
    }
}

#[test]
fn a_name_belongs_to_one_protocol() {
    let mut owners: BTreeMap<String, &str> = BTreeMap::new();
    for protocol in Catalog::builtin().protocols() {
        for name in protocol.names.iter().chain(&protocol.capital).chain(&protocol.loose) {
            let old = owners.insert(fold(name), protocol.id);
            assert!(old.is_none_or(|old| old == protocol.id), "{name}: {old:?} and {}", protocol.id);
        }
    }
}

#[test]
fn every_written_port_is_a_port() {
    for (name, text) in FILES {
        for list in list::read(text) {
            for entry in &list.entries {
                for key in ["listens", "dials", "ports", "also"] {
                    let written = entry.words(key);
                    assert_eq!(service_ports(written).len(), written.len(), "{name}: {written:?}");
                }
            }
        }
    }
}

/// Ids of what a text names, in a technology field and on a box.
fn named(text: &str) -> [String; 2] {
    [Setting::Technology, Setting::Title(ElementKind::Unknown)].map(|setting| {
        let found = Catalog::builtin().technologies_in(text, setting);
        found.iter().map(|found| found.technology.id).collect::<Vec<_>>().join(" ")
    })
}

#[test]
fn a_makers_name_is_a_product_only_alone() {
    for (text, expected) in [
        ("Oracle", "oracle-db"),
        ("Oracle 12c cluster", "oracle-db"),
        ("Oracle - Primary", "oracle-db"),
        ("Orders DB (Oracle)", "generic-rdbms oracle-db"),
        ("Java, Oracle 19c", "java-app oracle-db"),
        ("Database Oracle", "generic-rdbms oracle-db"),
        ("SAP backend", "sap-erp generic-service"),
        ("Apache/PHP", "apache-httpd php-app"),
        ("Oracle Manager", ""),
        ("Oracle Service", "generic-service"),
        ("Price Oracle", ""),
        ("Oracle Core", ""),
        ("SAP Task Center", ""),
        ("Apache Superset", ""),
    ] {
        assert_eq!(named(text), [expected, expected], "{text}");
    }
    let drum = Catalog::builtin().technologies_in("Oracle orders", Setting::Title(ElementKind::Datastore));
    assert_eq!(drum.first().map(|found| found.technology.id), Some("oracle-db"));
}

#[test]
fn the_name_of_a_cloud_is_no_product_of_its_maker_or_of_another_cloud() {
    for (text, expected) in [
        ("Oracle Cloud VM", "generic-vm"),
        ("Oracle Cloud Object Storage", "generic-object-store"),
        ("OCI Functions", ""),
        ("Alibaba Cloud OSS Object Storage Service", "generic-object-store"),
        ("Alibaba Cloud ECS Elastic Compute Service", "generic-service"),
        ("Alibaba Cloud Redis Kvstore", "redis"),
        ("IBM Cloud Object Storage", "generic-object-store"),
    ] {
        assert_eq!(named(text), [expected, expected], "{text}");
    }
}
