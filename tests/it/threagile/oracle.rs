//! Our verdicts beside the risks that Threagile published for the same models.
//!
//! Compared are the categories that can be decided by what a model states. Threagile also reports what is missing (no
//! firewall for web applications, no vault, no hardening) and kinds of weakness that any such software may have (injection,
//! scripting); absence is a question for us, and a kind of weakness is not a fault of an architecture. A second factor is
//! asked of every person there, and of administrators and remote access here, so that category is not the same rule.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;

use planroom::assemble::assemble;
use planroom::assessment::{Assessment, SubjectRef, VerdictKind};
use planroom::catalog::Catalog;
use planroom::guidance::{Packs, Settings, assess};
use planroom::infer;
use planroom::model::Model;
use planroom::readers::reader::Reader as _;
use planroom::readers::threagile::Threagile;
use serde_json::Value;

use super::NoFiles;
use crate::corpus;

/// A category of Threagile and the ids of the catalog that ask for the same.
const SHARED: &[(&str, &[&str])] = &[
    (
        "unencrypted-communication",
        &[
            "SEC-TRN-01",
            "SEC-TRN-02",
            "SEC-TRN-03",
            "SEC-TRN-04",
            "SEC-TRN-05",
            "SEC-TRN-06",
            "SEC-TRN-07",
            "SEC-TRN-09",
            "SEC-TRN-11",
            "SEC-TRN-12",
        ],
    ),
    ("missing-authentication", &["SEC-AUT-01", "SEC-AUT-02", "SEC-AUT-09"]),
    ("unguarded-access-from-internet", &["SEC-EXP-02", "SEC-EXP-06", "SEC-EXP-10", "SEC-AUT-02"]),
    ("unencrypted-asset", &["SEC-DAT-01"]),
];

/// Risks that our rule answers differently, and why.
const ARGUED: &[(&str, &str)] = &[
    (
        "unencrypted-asset@sql-database",
        "the model states encryption with a shared key; Threagile wants a key of each end user for strictly confidential data, \
         which is another control than encryption at rest",
    ),
    ("unencrypted-asset@identity-provider", STORES_NOTHING),
    ("unencrypted-asset@some-component", STORES_NOTHING),
    ("unencrypted-asset@some-other-component", STORES_NOTHING),
];

const STORES_NOTHING: &str = "the model names no data that it stores, so there is nothing at rest";

#[test]
fn published_risks_of_shared_rules_are_found() {
    let Some(root) = corpus::folder("oracles/vanHeemstraSystems__threagile") else { return };
    let mut counts = [0_usize; 3];
    let mut told = String::new();
    for (model, risks) in [
        ("threagile-example-model.yaml", "example/risks.json"),
        ("threagile-minimalist.yaml", "minimalist/risks.json"),
    ] {
        let (model, assessment) = judge(&corpus::source(&root, &root.join(model)));
        let risks: Value = serde_json::from_str(&fs::read_to_string(root.join(risks)).unwrap()).unwrap();
        for risk in risks.as_array().unwrap() {
            let text = |key: &str| risk[key].as_str().unwrap_or_default();
            let Some((_, ids)) = SHARED.iter().find(|(category, _)| *category == text("category")) else {
                continue;
            };
            if ARGUED.iter().any(|(id, _)| *id == text("synthetic_id")) {
                continue;
            }
            let link = text("most_relevant_communication_link");
            let kinds = verdicts(&model, &assessment, link, text("most_relevant_technical_asset"), ids);
            let place = match (kinds.contains(&VerdictKind::Gap), kinds.contains(&VerdictKind::Satisfied)) {
                (true, _) => 0,
                (false, true) => 2,
                (false, false) => 1,
            };
            counts[place] += 1;
            if place > 0 {
                let word = if place == 1 { "not told" } else { "false assurance" };
                writeln!(told, "{word}: {} {kinds:?}", text("synthetic_id")).unwrap();
            }
        }
    }
    let [found, open, sound] = counts;
    assert_eq!(sound, 0, "{found} found, {open} open\n{told}");
    assert!(found * 10 >= (found + open + sound) * 8, "{found} found, {open} open\n{told}");
}

/// What the rules of these ids say of a link (and, where it names none, of an asset).
fn verdicts(
    model: &Model,
    assessment: &Assessment,
    link: &str,
    asset: &str,
    ids: &[&str],
) -> BTreeSet<VerdictKind> {
    let rules: BTreeSet<&str> = assessment
        .rules
        .iter()
        .filter(|card| card.derived_from.iter().any(|id| ids.contains(&id.as_str())))
        .map(|card| card.id.as_str())
        .collect();
    let of_link = |subject: &SubjectRef| match subject {
        SubjectRef::Relation(id) => model.relations.get(id).is_some_and(|flow| {
            let label = flow.label.as_deref().unwrap_or_default().to_lowercase().replace([' ', '/'], "-");
            link == format!("{}>{label}", own_id(flow.from.as_str()))
        }),
        _ => false,
    };
    let of_asset = |subject: &SubjectRef| match subject {
        SubjectRef::Element(id) => own_id(id.as_str()) == asset,
        _ => false,
    };
    assessment
        .verdicts
        .iter()
        .filter(|verdict| rules.contains(verdict.rule.as_str()))
        .filter(|verdict| {
            if link.is_empty() {
                of_asset(&verdict.subject)
            } else {
                of_link(&verdict.subject) || of_asset(&verdict.subject)
            }
        })
        .map(|verdict| verdict.kind)
        .collect()
}

/// The id that the file gives: the last part of a path.
fn own_id(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn judge(source: &planroom::source::Source) -> (Model, Assessment) {
    let mut model = assemble(vec![Threagile.read(source, &NoFiles)]).model;
    infer::fill(&mut model, Catalog::builtin(), &[]);
    let packs = Packs::load(None, &[]).expect("the built-in packs are right");
    let settings = Settings { as_of: Some("2026-01-01".to_owned()), ..Settings::default() };
    let (assessment, _) = assess(&model, &packs, Catalog::builtin(), &settings);
    (model, assessment)
}
