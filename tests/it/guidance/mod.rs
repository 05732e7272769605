//! Tests of guidance: the rule language, verdicts, folding, decisions, questions, tables.

mod decisions;
mod findings;
mod language;
mod maps;
mod properties;
mod questions;
mod silence;
mod tables;
mod verdicts;

use planroom::assemble::assemble;
use planroom::assessment::Assessment;
use planroom::catalog::Catalog;
use planroom::diagnostic::Diagnostic;
use planroom::guidance::{PackText, Packs, Settings, assess};
use planroom::infer;
use planroom::model::Model;
use planroom::readers::model_file;
use planroom::source::{FileId, Node, Source};

/// A model from its YAML, as any input becomes one.
pub(crate) fn model(yaml: &str) -> Model {
    let source = Source::new("model.yaml", yaml);
    let node = Node::parse(FileId(0), yaml).unwrap();
    let reading = model_file::read_node(&node, &source);
    let wrong: Vec<&str> = reading.diagnostics.iter().map(|one| one.message.as_str()).collect();
    assert!(wrong.is_empty(), "{wrong:?} in\n{yaml}");
    let mut model = assemble(vec![reading]).model;
    infer::infer(&mut model, Catalog::builtin());
    model
}

/// A pack of these rules alone; what a rule lacks is filled in.
fn packs(rules: &str) -> Packs {
    load(rules).unwrap_or_else(|told| {
        let messages: Vec<String> = told.iter().map(|one| one.message.clone()).collect();
        panic!("{}\nin\n{}", messages.join("\n"), pack_text(rules))
    })
}

fn load(rules: &str) -> Result<Packs, Vec<Diagnostic>> {
    Packs::load(Some(&[]), &[PackText { file: FileId(0), text: &pack_text(rules) }])
}

/// Each line of `rules` is one rule in flow style without its texts: `{id: r, on: element, ...}`.
fn pack_text(rules: &str) -> String {
    let mut text = String::from("id: test\ntitle: Test\nversion: 1.0.0\ncovers: Tests.\nrules:\n");
    for rule in rules.lines().filter(|line| !line.trim().is_empty()) {
        let rule = rule.trim();
        let inner = rule.strip_prefix('{').and_then(|rule| rule.strip_suffix('}')).expect("a rule in braces");
        let mut whole = inner.to_owned();
        let filled = [
            ("title", "Something is wrong"),
            ("category", "security"),
            ("severity", "high"),
            ("severity-why", "because"),
            ("ask", "Is it so?"),
            ("who", "network"),
            ("why", "because"),
            ("do", "mend it"),
            ("verify", "look"),
            ("sources", "[{title: T, url: \"https://example.org\"}]"),
        ];
        for (key, value) in filled {
            if !format!(", {inner}").contains(&format!(", {key}:")) {
                whole.push_str(&format!(", {key}: {value}"));
            }
        }
        text.push_str(&format!("  - {{{whole}}}\n"));
    }
    text
}

fn judge(rules: &str, yaml: &str) -> Assessment {
    judge_with(
        rules,
        yaml,
        &Settings { as_of: Some("2026-03-01".to_owned()), trace: true, ..Settings::default() },
    )
    .0
}

fn judge_with(rules: &str, yaml: &str, settings: &Settings) -> (Assessment, Vec<Diagnostic>) {
    assess(&model(yaml), &packs(rules), Catalog::builtin(), settings)
}

/// `rule subject verdict` for each verdict, in order.
fn verdicts(assessment: &Assessment) -> Vec<String> {
    assessment
        .verdicts
        .iter()
        .map(|verdict| {
            let assumed = if verdict.assumed { " assumed" } else { "" };
            let disputed = if verdict.contradictory { " contradictory" } else { "" };
            let folded = verdict.folded_into.as_ref().map(|rule| format!(" in {rule}")).unwrap_or_default();
            format!(
                "{} {} {}{assumed}{disputed}{folded}",
                verdict.rule,
                verdict.subject.id(),
                verdict.kind.word()
            )
        })
        .collect()
}
