//! Every built-in pack loads without a mistake, and every rule's examples get the verdict that they
//! declare, through the whole way: model file, assemble, infer, assess.

use std::fs;
use std::path::{Path, PathBuf};

use planroom::assemble::assemble;
use planroom::assessment::{Assessment, VerdictKind};
use planroom::catalog::Catalog;
use planroom::diagnostic::{Diagnostic, Severity};
use planroom::guidance::{BUILTIN, PackName, Packs, Settings, assess};
use planroom::model::Model;
use planroom::readers::model_file;
use planroom::source::{FileId, Node, Source, Span, Value};

const KINDS: [&str; 4] = ["gap", "satisfied", "unknown", "quiet"];

#[test]
fn every_builtin_pack_is_free_of_mistakes() {
    let mut faults = Vec::new();
    for pack in BUILTIN {
        let path = format!("packs/{}.yaml", pack.id);
        let source = Source::new(path.clone(), pack.text);
        if let Err(told) =
            Packs::load(Some(&[]), &[planroom::guidance::PackText { file: FileId(0), text: pack.text }])
        {
            faults.extend(told.iter().map(|diagnostic| describe(&path, &source, diagnostic)));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    if let Err(told) = Packs::load(None, &[]) {
        let messages: Vec<String> = told.iter().map(|diagnostic| diagnostic.message.clone()).collect();
        panic!("the packs together:\n{}", messages.join("\n"));
    }
}

#[test]
fn biztalk_examples() {
    check_pack("biztalk");
}

#[test]
fn core_security_examples() {
    check_pack("core-security");
}

#[test]
fn core_availability_examples() {
    check_pack("core-availability");
}

#[test]
fn core_operations_examples() {
    check_pack("core-operations");
}

#[test]
fn model_quality_examples() {
    check_pack("model-quality");
}

#[test]
fn every_pack_has_a_test_of_its_examples() {
    let tested = ["biztalk", "core-security", "core-availability", "core-operations", "model-quality"];
    let untested: Vec<&str> = BUILTIN.iter().map(|pack| pack.id).filter(|id| !tested.contains(id)).collect();
    assert!(untested.is_empty(), "no test runs the examples of {untested:?}");
}

fn check_pack(id: &str) {
    let name = PackName { id: id.to_owned(), span: Span::default() };
    let packs = Packs::load(Some(&[name]), &[])
        .unwrap_or_else(|told| panic!("{id} does not load: {:?}", told.first().map(|one| &one.message)));
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("packs/examples/{id}.yaml"));
    let text = fs::read_to_string(&path).unwrap_or_default();
    let source = Source::new(format!("packs/examples/{id}.yaml"), text.clone());
    let node = Node::parse(FileId(0), &text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let rules = node.as_map().unwrap_or_default();
    let mut faults = Vec::new();
    let mut ran = 0;
    for (key, _) in rules {
        if !packs.rules().any(|card| card.id == key.name) {
            faults.push(format!("`{}` has examples and is no rule of the pack", key.name));
        }
    }
    for card in packs.rules() {
        let Some(examples) = node.get(&card.id) else {
            faults.push(format!("{} has no examples", card.id));
            continue;
        };
        for kind in examples.as_map().unwrap_or_default().iter().map(|(key, _)| key) {
            if !KINDS.contains(&kind.name.as_str()) {
                faults.push(format!("{}: `{}` is no kind of example", card.id, kind.name));
            }
        }
        for kind in KINDS {
            let list = examples.get(kind).and_then(Node::as_list).unwrap_or_default();
            let never = examples.get(kind).is_some_and(|node| node.as_str() == Some("never"));
            if list.is_empty() && !never {
                faults.push(format!("{} has no example of kind {kind}", card.id));
            }
            for (number, example) in list.iter().enumerate() {
                ran += 1;
                if let Err(fault) = check_example(&packs, &card.id, kind, example, &source) {
                    let line = source.line_column(example.span.start).line;
                    faults.push(format!("{} {kind} {} (line {line}): {fault}", card.id, number + 1));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{} of {ran} examples of {id}\n{}", faults.len(), faults.join("\n"));
}

fn check_example(
    packs: &Packs,
    rule: &str,
    kind: &str,
    example: &Node,
    source: &Source,
) -> Result<(), String> {
    let as_of = example.get("as-of").and_then(Node::as_text).unwrap_or_else(|| "2026-01-01".to_owned());
    let model = model_of(example, source)?;
    let settings = Settings { as_of: Some(as_of), ..Settings::default() };
    let (assessment, _) = assess(&model, packs, Catalog::builtin(), &settings);
    let count = |wanted: VerdictKind| verdicts(&assessment, rule).filter(|found| *found == wanted).count();
    let (gap, satisfied, unknown) =
        (count(VerdictKind::Gap), count(VerdictKind::Satisfied), count(VerdictKind::Unknown));
    let right = match kind {
        "gap" => gap > 0,
        "satisfied" => satisfied > 0 && gap == 0 && unknown == 0,
        "unknown" => unknown > 0 && gap == 0,
        _ => gap == 0 && unknown == 0,
    };
    if right {
        return Ok(());
    }
    let told: Vec<String> = assessment
        .verdicts
        .iter()
        .filter(|verdict| verdict.rule == rule)
        .map(|verdict| {
            let evidence: Vec<&str> = verdict.evidence.iter().map(|leaf| leaf.text.as_str()).collect();
            format!("{} {} [{}]", verdict.kind.word(), verdict.subject.id(), evidence.join("; "))
        })
        .collect();
    Err(format!("{gap} gaps, {satisfied} satisfied, {unknown} unknown: {}", told.join(" | ")))
}

fn verdicts<'a>(assessment: &'a Assessment, rule: &'a str) -> impl Iterator<Item = VerdictKind> + 'a {
    assessment.verdicts.iter().filter(move |verdict| verdict.rule == rule).map(|verdict| verdict.kind)
}

/// The model of an example, as any other input becomes one.
fn model_of(example: &Node, source: &Source) -> Result<Model, String> {
    let mut example = example.clone();
    if let Value::Map(entries) = &mut example.value {
        entries.retain(|(key, _)| key.name != "as-of");
    }
    let reading = model_file::read_node(&example, source);
    if let Some(wrong) = reading.diagnostics.iter().find(|diagnostic| diagnostic.severity == Severity::Error)
    {
        return Err(describe(&source.path, source, wrong));
    }
    let mut model = assemble(vec![reading]).model;
    planroom::infer::infer(&mut model, Catalog::builtin());
    Ok(model)
}

fn describe(path: &str, source: &Source, diagnostic: &Diagnostic) -> String {
    let line = source.line_column(diagnostic.span.start).line;
    let help = diagnostic.help.as_ref().map(|help| format!(" ({help})")).unwrap_or_default();
    format!("{path}:{line} {} {}{help}", diagnostic.code, diagnostic.message)
}
