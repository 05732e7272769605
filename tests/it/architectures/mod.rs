//! The published architectures of BizTalk Server get the verdicts that a reviewer would give.
//!
//! `tests/corpus/architectures/verdicts.yaml` is the table; an architecture is a folder of `samples/` or a model file beside
//! the table. What differs is listed there with its reason, and a difference that is none any more is a fault as well.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use planroom::assemble::assemble;
use planroom::assessment::{Assessment, Verdict, VerdictKind};
use planroom::catalog::Catalog;
use planroom::guidance::{Packs, Settings, assess};
use planroom::infer;
use planroom::readers::model_file::ModelFile;
use planroom::readers::reader::Reader as _;
use planroom::source::{FileId, Node, Source};

use crate::samples::{self, NoFiles, list, text};

#[test]
fn verdicts_are_those_of_a_reviewer() {
    let table = table();
    let as_of = text(&table, "as-of");
    let mut faults = Vec::new();
    for architecture in list(&table, "architectures") {
        let id = text(architecture, "id");
        let assessment = judge(&id, &as_of);
        for wanted in list(architecture, "verdicts") {
            compare(&id, &assessment, wanted, list(&table, "differences"), &mut faults);
        }
    }
    assert!(faults.is_empty(), "{} verdicts differ\n{}", faults.len(), faults.join("\n"));
}

/// Every model file is in the table, and every entry of the table has a drawing or a model file.
#[test]
fn the_table_lists_every_architecture() {
    let table = table();
    let listed: BTreeSet<String> =
        list(&table, "architectures").iter().map(|architecture| text(architecture, "id")).collect();
    assert_eq!(listed.len(), list(&table, "architectures").len(), "an architecture is listed twice");
    for id in &listed {
        assert!(sample(id).is_dir() != model_file(id).is_file(), "{id} is a sample or a model file");
    }
    let files = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    for path in files {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        assert!(name == "verdicts" || listed.contains(&name), "{name} is not in the table");
    }
}

/// Adds a fault when the verdict is another one than wanted, or than the difference that is argued.
fn compare(id: &str, assessment: &Assessment, wanted: &Node, differences: &[Node], faults: &mut Vec<String>) {
    let (rule, subject) = (text(wanted, "rule"), text(wanted, "subject"));
    let argued = differences
        .iter()
        .find(|difference| text(difference, "architecture") == id && text(difference, "rule") == rule);
    let verdict = match argued {
        Some(difference) => text(difference, "ours"),
        None => text(wanted, "verdict"),
    };
    if argued.is_some_and(|difference| {
        text(difference, "why").len() < 40
            || text(difference, "wanted") != text(wanted, "verdict")
            || verdict == text(wanted, "verdict")
    }) {
        faults.push(format!("{id}: the difference on {rule} is not argued, or is none"));
    }
    let found: Vec<&Verdict> = assessment
        .verdicts
        .iter()
        .filter(|found| names(assessment, found, &rule))
        .filter(|found| subject.is_empty() || found.subject.id() == subject)
        .collect();
    let ours = worst(&found);
    if ours == verdict {
        return;
    }
    let mut told = format!("{id}: {rule} is {ours}, wanted {verdict}");
    for one in found {
        let evidence: Vec<&str> = one.evidence.iter().map(|leaf| leaf.text.as_str()).collect();
        write!(told, "\n    {} {} {}: {}", one.kind.word(), one.rule, one.subject.id(), evidence.join("; "))
            .unwrap();
    }
    faults.push(told);
}

fn names(assessment: &Assessment, verdict: &Verdict, name: &str) -> bool {
    verdict.rule == name
        || assessment
            .rules
            .iter()
            .any(|rule| rule.id == verdict.rule && rule.derived_from.iter().any(|id| id == name))
}

fn worst(verdicts: &[&Verdict]) -> &'static str {
    use VerdictKind as V;
    let kind = [V::Gap, V::Unknown, V::Satisfied, V::PotentiallyApplicable, V::NotApplicable]
        .into_iter()
        .find(|kind| verdicts.iter().any(|verdict| verdict.kind == *kind));
    match kind {
        Some(V::PotentiallyApplicable) => V::Unknown.word(),
        Some(kind) => kind.word(),
        None => "judged by no rule",
    }
}

fn judge(id: &str, as_of: &str) -> Assessment {
    if sample(id).is_dir() {
        return samples::judge(id).1;
    }
    let written = fs::read_to_string(model_file(id)).unwrap_or_else(|error| panic!("{id}: {error}"));
    let reading = ModelFile.read(&Source::new(format!("{id}.yaml"), written), &NoFiles);
    let assembled = assemble(vec![reading]);
    assert!(assembled.diagnostics.is_empty(), "{id}: {:?}", assembled.diagnostics);
    let mut model = assembled.model;
    let told = infer::fill(&mut model, Catalog::builtin(), &[]);
    assert!(told.is_empty(), "{id}: {told:?}");
    let settings = Settings { as_of: Some(as_of.to_owned()), ..Settings::default() };
    let packs = Packs::load(None, &[]).expect("the built-in packs load");
    let (assessment, told) = assess(&model, &packs, Catalog::builtin(), &settings);
    assert!(told.is_empty(), "{id}: {told:?}");
    assessment
}

fn table() -> Node {
    Node::parse(FileId(0), &fs::read_to_string(folder().join("verdicts.yaml")).unwrap()).unwrap()
}

fn folder() -> PathBuf {
    root().join("tests/corpus/architectures")
}

fn model_file(id: &str) -> PathBuf {
    folder().join(format!("{id}.yaml"))
}

fn sample(id: &str) -> PathBuf {
    root().join("samples").join(id)
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}
