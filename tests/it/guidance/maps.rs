//! Ids of standards that the rules map to exist. The lists are not part of the project; where they are
//! absent, the test checks the form of the ids alone.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use planroom::guidance::{BUILTIN, PackName, Packs};
use planroom::source::Span;

const STRIDE: [&str; 6] = [
    "spoofing",
    "tampering",
    "repudiation",
    "information-disclosure",
    "denial-of-service",
    "elevation-of-privilege",
];

fn list(name: &str) -> Option<BTreeSet<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/domain/ids").join(name);
    let text = fs::read_to_string(path).ok()?;
    Some(text.lines().skip(1).filter_map(|line| line.split(',').next()).map(str::to_owned).collect())
}

#[test]
fn every_mapping_resolves() {
    let lists = [
        ("cwe", list("cwe.csv")),
        ("asvs", list("asvs-5.0.0.csv")),
        ("nist", list("nist-800-53-r5-baselines.csv")),
    ];
    let names: Vec<PackName> =
        BUILTIN.iter().map(|pack| PackName { id: pack.id.to_owned(), span: Span::default() }).collect();
    let packs = Packs::load(Some(&names), &[]).unwrap_or_else(|told| panic!("{}", told[0].message));
    let mut faults = Vec::new();
    for card in packs.rules() {
        for (standard, ids) in &card.maps {
            for id in ids {
                let known = match standard.as_str() {
                    "stride" => STRIDE.contains(&id.as_str()),
                    "cwe" | "asvs" | "nist" => {
                        let found = lists.iter().find(|(name, _)| name == standard);
                        found.and_then(|(_, list)| list.as_ref()).is_none_or(|list| list.contains(id))
                    }
                    _ => !id.trim().is_empty(),
                };
                if !known {
                    faults.push(format!("{}: {standard} has no `{id}`", card.id));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
