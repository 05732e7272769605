//! Twelve drawings of our own with what a reviewer says of them: how often the rules are right.
//!
//! `tests/corpus/labeled/<model>/drawing.puml` is the drawing, `labels.yaml` beside it the labels, by ids of the guidance
//! catalog that the rules name as `derived-from`:
//!
//! - `faults`: what is wrong, written before any rule ran. A fault is found when a gap on its subject is of one of its ids.
//! - `also`: gaps that the rules found and that a reviewer confirmed afterwards.
//! - `not-sound`: what nobody can call sound from the drawing; a satisfied verdict there is false assurance, as it is on
//!   a fault.

mod report;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use planroom::assemble::assemble;
use planroom::assessment::{Assessment, SubjectRef, VerdictKind, settled_by_first};
use planroom::catalog::Catalog;
use planroom::guidance::{Packs, Settings, assess};
use planroom::infer;
use planroom::model::{ElementId, Model};
use planroom::readers::plantuml::PlantUml;
use planroom::readers::reader::Reader;
use planroom::source::{FileId, Node, Source};

use crate::corpus::Disk;
use report::Report;

/// Rules of the drawing itself are no risk and are not counted.
const QUALITY: &str = "model-quality";

#[test]
fn the_rules_are_right_about_twelve_drawings() {
    let report = measure();
    let total = report.total();
    assert_eq!(report.models.len(), 12);
    assert!(report.precision() >= 0.9, "precision {:.3}\n{}", report.precision(), report.faults.join("\n"));
    assert!(report.recall() >= 0.8, "recall {:.3}\n{}", report.recall(), report.faults.join("\n"));
    assert!(report.false_assurance() < 0.01, "{} false\n{}", total.falsely_sound, report.faults.join("\n"));
    for model in &report.models {
        let settled = model.settled;
        assert!(settled >= 0.8, "seven answers settle {settled:.2} of {}", model.name);
    }
}

#[test]
fn the_published_numbers_are_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/guidance/quality.md");
    let published = fs::read_to_string(&path).unwrap_or_default();
    let wanted = measure().markdown();
    let (_, rest) = published.split_once("<!-- measured -->\n").unwrap_or_default();
    let (table, _) = rest.split_once("<!-- end of measured -->").unwrap_or_default();
    assert!(table == wanted, "put this between the marks of docs/guidance/quality.md:\n{wanted}");
}

/// Judges all drawings and compares.
fn measure() -> Report {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/labeled");
    let mut folders: Vec<PathBuf> = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    let mut report = Report::default();
    for folder in folders {
        compare(&folder, &mut report);
    }
    report
}

/// A label: a subject by name, and the ids of the catalog that say the same of it.
struct Label {
    subject: String,
    any: BTreeSet<String>,
}

fn labels(node: &Node, key: &str) -> Vec<Label> {
    let entries = node.get(key).and_then(Node::as_list).unwrap_or_default();
    entries
        .iter()
        .map(|entry| Label {
            subject: entry.get("subject").and_then(Node::as_text).expect("a label names a subject"),
            any: entry
                .get("any")
                .and_then(Node::as_list)
                .expect("a label names ids")
                .iter()
                .filter_map(Node::as_text)
                .collect(),
        })
        .collect()
}

fn compare(folder: &Path, report: &mut Report) {
    let name = folder.file_name().unwrap().to_string_lossy().into_owned();
    let node = Node::parse(FileId(0), &fs::read_to_string(folder.join("labels.yaml")).unwrap()).unwrap();
    let (faults, also, unsound) =
        (labels(&node, "faults"), labels(&node, "also"), labels(&node, "not-sound"));
    let (model, assessment) = judge(folder);
    let ids: BTreeMap<&str, BTreeSet<&str>> = assessment
        .rules
        .iter()
        .map(|card| {
            let own = std::iter::once(card.id.as_str());
            (card.id.as_str(), card.derived_from.iter().map(String::as_str).chain(own).collect())
        })
        .collect();
    let packs: BTreeMap<&str, &str> =
        assessment.rules.iter().map(|card| (card.id.as_str(), card.pack.as_str())).collect();
    let says = |label: &Label, rule: &str, subject: &str| {
        is_named(subject, &label.subject) && ids[rule].iter().any(|id| label.any.contains(*id))
    };
    let mut found = vec![false; faults.len()];
    for verdict in assessment.verdicts.iter().filter(|verdict| packs[verdict.rule.as_str()] != QUALITY) {
        let subject = named(&model, &verdict.subject);
        let count = report.rules.entry(verdict.rule.clone()).or_default();
        match verdict.kind {
            VerdictKind::Gap => {
                let mut right = false;
                for (fault, found) in faults.iter().zip(&mut found) {
                    if says(fault, &verdict.rule, &subject) {
                        *found = true;
                        right = true;
                    }
                }
                right |= also.iter().any(|label| says(label, &verdict.rule, &subject));
                // A gap that another one tells is not told itself.
                if verdict.folded_into.is_none() {
                    if right {
                        count.right += 1;
                    } else {
                        count.wrong += 1;
                        report.faults.push(format!("{name}: false gap {} on {subject}", verdict.rule));
                    }
                }
            }
            VerdictKind::Satisfied => {
                count.sound += 1;
                let on_fault =
                    faults.iter().chain(&unsound).any(|label| says(label, &verdict.rule, &subject));
                if on_fault {
                    count.falsely_sound += 1;
                    report.faults.push(format!("{name}: false assurance {} on {subject}", verdict.rule));
                }
            }
            VerdictKind::Unknown => count.unknown += 1,
            VerdictKind::PotentiallyApplicable | VerdictKind::NotApplicable => {}
        }
    }
    for (fault, found) in faults.iter().zip(&found) {
        if !found {
            let any: Vec<&str> = fault.any.iter().map(String::as_str).collect();
            report.faults.push(format!("{name}: missed {} on {}", any.join(" or "), fault.subject));
        }
    }
    let found = found.iter().filter(|found| **found).count();
    report.model(&name, faults.len(), found, settled(&assessment));
}

/// Whether a subject is the labeled one, or, of an element and a flow, one touches the other: a rule may judge either.
/// Names may go on where the label ends: "Hub server 1 Windows Server 2022".
fn is_named(subject: &str, label: &str) -> bool {
    let starts = |name: &str, label: &str| {
        name.strip_prefix(label).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    match (subject.split_once(" > "), label.split_once(" > ")) {
        (Some((from, to)), Some((label_from, label_to))) => starts(from, label_from) && starts(to, label_to),
        (None, None) => starts(subject, label),
        (Some((from, to)), None) => starts(from, label) || starts(to, label),
        (None, Some((from, to))) => starts(subject, from) || starts(subject, to),
    }
}

/// An element's name, or the names of a flow's ends: `Shop > Store`.
fn named(model: &Model, subject: &SubjectRef) -> String {
    let name =
        |id: &ElementId| model.elements.get(id).map_or_else(String::new, |element| element.name.clone());
    match subject {
        SubjectRef::Element(id) | SubjectRef::Zone(id) => name(id),
        SubjectRef::Relation(id) => model
            .relations
            .get(id)
            .map_or_else(String::new, |flow| format!("{} > {}", name(&flow.from), name(&flow.to))),
        SubjectRef::Model => "model".to_owned(),
        SubjectRef::View(id) => id.to_string(),
    }
}

/// The share of the severity behind all questions that the first seven settle.
fn settled(assessment: &Assessment) -> f64 {
    let (settled, all) = settled_by_first(&assessment.questions, 7);
    #[expect(clippy::cast_precision_loss, reason = "sums of severities are small")]
    let share = if all == 0 { 1.0 } else { settled as f64 / all as f64 };
    share
}

/// The drawing as a project of its own, judged on a fixed day by the packs in use by default.
fn judge(folder: &Path) -> (Model, Assessment) {
    let source = Source::new("drawing.puml", fs::read_to_string(folder.join("drawing.puml")).unwrap());
    let reading = PlantUml.read(&source, &Disk(folder.to_owned()));
    let mut model = assemble(vec![reading]).model;
    infer::fill(&mut model, Catalog::builtin(), &[]);
    let packs = Packs::load(None, &[]).expect("the built-in packs are right");
    let settings = Settings { as_of: Some("2026-01-01".to_owned()), ..Settings::default() };
    let (assessment, _) = assess(&model, &packs, Catalog::builtin(), &settings);
    (model, assessment)
}
