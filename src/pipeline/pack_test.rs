//! Packs against their examples: each is a small model that is read, inferred and judged as any other.

use rayon::prelude::*;

use super::pack_files::TestFiles;
use crate::assemble::assemble;
use crate::assessment::{RuleCard, VerdictKind};
use crate::catalog::Catalog;
use crate::diagnostic::{Diagnostic, Severity, did_you_mean};
use crate::guidance::{PackSource, Packs, Settings, assess};
use crate::infer;
use crate::model::Model;
use crate::readers::model_file;
use crate::source::{Key, Node, Source, Sources, Value};

/// Kinds of examples, each of which a rule has or says `never` to.
const KINDS: [&str; 4] = ["gap", "satisfied", "unknown", "quiet"];

/// The date of an example that gives none.
const AS_OF: &str = "2026-01-01";

/// What the examples of packs came to.
#[derive(Debug, Default)]
pub struct PackTest {
    /// Number of rules that were tested.
    pub rules: usize,
    /// Number of examples that were run.
    pub examples: usize,
    /// What was not as expected, in the order of packs, rules and examples.
    pub faults: Vec<ExampleFault>,
}

/// An example that got another verdict, or that is missing or misplaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExampleFault {
    /// `path:line`.
    pub place: String,
    /// The rule.
    pub rule: String,
    /// What was expected and what came.
    pub message: String,
    /// The verdicts, each with its evidence.
    pub evidence: Vec<String>,
}

impl PackTest {
    /// The result for a person: one paragraph a fault, and a last line that counts.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for fault in &self.faults {
            text.push_str(&format!("{}: {}: {}\n", fault.place, fault.rule, fault.message));
            fault.evidence.iter().for_each(|line| text.push_str(&format!("    {line}\n")));
        }
        let wrong = match self.faults.len() {
            0 => "all as expected".to_owned(),
            number => format!("{number} not as expected"),
        };
        text.push_str(&format!("{} rules, {} examples: {wrong}\n", self.rules, self.examples));
        text
    }
}

/// Runs the examples of the packs, or of one rule of theirs. The packs stand in the place of built-in
/// ones of the same id.
///
/// # Errors
/// What is wrong with the packs or with the form of their examples, with the sources that the places
/// point into.
pub fn test_packs(files: &TestFiles, rule: Option<&str>) -> Result<PackTest, (Sources, Vec<Diagnostic>)> {
    let mut sources = Sources::default();
    let brought = files.packs.sources(&mut sources);
    let mut whole = PackTest::default();
    let mut known: Vec<String> = Vec::new();
    for (pack, examples) in files.packs.named.iter().zip(&files.examples) {
        // Each alone: packs of one folder may be meant for different projects.
        let alone: Vec<PackSource<'_>> =
            brought.iter().map(|other| PackSource { used: other.path == pack.path, ..*other }).collect();
        let packs = match Packs::under_test(&alone) {
            Ok(packs) => packs,
            Err(told) => return Err((sources, told)),
        };
        let mut cases = Cases { cards: packs.rules().collect(), wanted: rule, test: PackTest::default() };
        let own = parsed(pack, &mut sources)?;
        let beside = match examples {
            Some(source) => Some((parsed(source, &mut sources)?, source)),
            None => None,
        };
        let jobs = cases.collect((&own, pack), beside.as_ref().map(|(node, source)| (node, *source)));
        let run: Vec<Option<ExampleFault>> = jobs.par_iter().map(|job| job.run(&packs)).collect();
        whole.rules += cases.test.rules;
        whole.examples += run.len();
        whole.faults.extend(cases.test.faults.into_iter().chain(run.into_iter().flatten()));
        known.extend(packs.rules().map(|card| card.id.clone()));
    }
    if let Some(wanted) = rule.filter(|_| whole.rules == 0) {
        let near = did_you_mean(wanted, known.iter().map(String::as_str));
        let help = near.map(|near| format!(", did you mean `{near}`?")).unwrap_or_default();
        let place = files.packs.named.first().map(|pack| pack.path.clone()).unwrap_or_default();
        let message = format!("no such rule in the pack{help}");
        whole.faults.push(ExampleFault { place, rule: wanted.to_owned(), message, evidence: Vec::new() });
    }
    Ok(whole)
}

fn parsed(source: &Source, sources: &mut Sources) -> Result<Node, (Sources, Vec<Diagnostic>)> {
    let file = sources.add(source.clone());
    Node::parse(file, &source.text)
        .map_err(|error| (sources.clone(), vec![Diagnostic::error("pack/yaml", error.message, error.span)]))
}

/// What is collected before anything runs.
struct Cases<'a> {
    cards: Vec<&'a RuleCard>,
    wanted: Option<&'a str>,
    test: PackTest,
}

/// Whether a rule must have examples.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Need {
    /// Of every kind.
    All,
    Some,
}

/// The rules that a pack writes, with their ids: its own, and those of its base that it changes. A
/// change of what a rule tests needs examples as a new rule does.
fn rules_of(pack: &Node) -> impl Iterator<Item = (&Node, String, Need)> {
    let list = |key: &str| pack.get(key).and_then(Node::as_list).unwrap_or_default();
    let own = list("rules").iter().map(|node| (node, "id", Need::All));
    let changed = list("override").iter().map(|node| {
        let tests = ["when", "satisfied", "gap"].iter().any(|key| node.get(key).is_some());
        (node, "rule", if tests { Need::All } else { Need::Some })
    });
    own.chain(changed)
        .map(|(node, key, need)| (node, node.get(key).and_then(Node::as_text).unwrap_or_default(), need))
}

/// One example to run.
struct Job {
    rule: String,
    kind: &'static str,
    number: usize,
    example: Node,
    source: Source,
}

impl Cases<'_> {
    fn fault(&mut self, place: String, rule: &str, message: String) {
        self.test.faults.push(ExampleFault { place, rule: rule.to_owned(), message, evidence: Vec::new() });
    }

    /// The examples of one pack: under each rule of its own file, and by rule in the file beside it.
    fn collect(&mut self, own: (&Node, &Source), beside: Option<(&Node, &Source)>) -> Vec<Job> {
        let mut jobs = Vec::new();
        let pack = own.0.get("id").and_then(Node::as_text).unwrap_or_default();
        if let Some((node, source)) = beside {
            self.refuse_strangers(&pack, node, source);
        }
        for (rule, id, need) in rules_of(own.0) {
            if self.wanted.is_some_and(|wanted| wanted != id) {
                continue;
            }
            let inline = rule.get("examples").map(|node| (node, own.1));
            let outer = beside.and_then(|(node, source)| Some((node.get(&id)?, source)));
            let found: Vec<(&Node, &Source)> = inline.into_iter().chain(outer).collect();
            self.test.rules += usize::from(need == Need::All || !found.is_empty());
            match found.first() {
                Some(first) => {
                    let first = place(first.1, first.0);
                    for (examples, source) in &found {
                        self.refuse_kinds(&id, examples, source);
                    }
                    self.list(&id, &found, (need == Need::All).then_some(first.as_str()), &mut jobs);
                }
                None if need == Need::All => {
                    self.fault(place(own.1, rule), &id, "has no examples".to_owned())
                }
                None => {}
            }
        }
        jobs
    }

    /// The examples of one rule; a kind that is missing is told at the place where all are needed.
    fn list(&mut self, rule: &str, found: &[(&Node, &Source)], needed_at: Option<&str>, jobs: &mut Vec<Job>) {
        for kind in KINDS {
            let before = jobs.len();
            let mut never = false;
            for (examples, source) in found {
                let Some(node) = examples.get(kind) else { continue };
                never |= node.as_str() == Some("never");
                for example in node.as_list().unwrap_or_default() {
                    let number = jobs.len() - before + 1;
                    let (example, source) = (example.clone(), (*source).clone());
                    jobs.push(Job { rule: rule.to_owned(), kind, number, example, source });
                }
            }
            if let (Some(place), true) = (needed_at, jobs.len() == before && !never) {
                let message = format!("has no example of kind `{kind}`, nor `{kind}: never`");
                self.fault(place.to_owned(), rule, message);
            }
        }
    }

    /// Examples of what is no rule of the pack.
    fn refuse_strangers(&mut self, pack: &str, node: &Node, source: &Source) {
        let known: Vec<&str> =
            self.cards.iter().filter(|card| card.pack == pack).map(|card| card.id.as_str()).collect();
        let strangers: Vec<&Key> = node.as_map().unwrap_or_default().iter().map(|(key, _)| key).collect();
        for key in strangers.into_iter().filter(|key| !known.contains(&key.name.as_str())) {
            let near = did_you_mean(&key.name, known.iter().copied());
            let help = near.map(|near| format!(", did you mean `{near}`?")).unwrap_or_default();
            let line = source.line_column(key.span.start).line;
            let message = format!("has examples and is no rule of the pack{help}");
            self.fault(format!("{}:{line}", source.path), &key.name, message);
        }
    }

    fn refuse_kinds(&mut self, rule: &str, examples: &Node, source: &Source) {
        let Some(entries) = examples.as_map() else {
            let message =
                format!("its examples are a mapping from kind to models, this is {}", examples.noun());
            return self.fault(place(source, examples), rule, message);
        };
        for (key, node) in entries {
            let line = source.line_column(key.span.start).line;
            let at = format!("{}:{line}", source.path);
            if !KINDS.contains(&key.name.as_str()) {
                let message =
                    format!("`{}` is no kind of example, known are: {}", key.name, KINDS.join(", "));
                self.fault(at, rule, message);
            } else if node.as_list().is_none() && node.as_str() != Some("never") {
                let message =
                    format!("`{}` is a list of models, or `never`; this is {}", key.name, node.noun());
                self.fault(at, rule, message);
            }
        }
    }
}

impl Job {
    /// `None` when the verdict is the expected one.
    fn run(&self, packs: &Packs) -> Option<ExampleFault> {
        let title = self.example.get("title").and_then(Node::as_text);
        let name = title.map(|title| format!(" \"{title}\"")).unwrap_or_default();
        let head = format!("{} example {}{name}", self.kind, self.number);
        let fault = |message: String, evidence: Vec<String>| ExampleFault {
            place: place(&self.source, &self.example),
            rule: self.rule.clone(),
            message: format!("{head}: {message}"),
            evidence,
        };
        let model = match model_of(&self.example, &self.source) {
            Ok(model) => model,
            Err((message, at)) => {
                return Some(ExampleFault {
                    place: at,
                    ..fault(format!("is no model: {message}"), Vec::new())
                });
            }
        };
        let as_of = self.example.get("as-of").and_then(Node::as_text).unwrap_or_else(|| AS_OF.to_owned());
        let settings = Settings { as_of: Some(as_of), trace: true, ..Settings::default() };
        let (assessment, _) = assess(&model, packs, Catalog::builtin(), &settings);
        let verdicts: Vec<_> =
            assessment.verdicts.iter().filter(|verdict| verdict.rule == self.rule).collect();
        let count = |kind: VerdictKind| verdicts.iter().filter(|verdict| verdict.kind == kind).count();
        let (gap, satisfied, unknown) =
            (count(VerdictKind::Gap), count(VerdictKind::Satisfied), count(VerdictKind::Unknown));
        let (right, expected) = match self.kind {
            "gap" => (gap > 0, "a gap"),
            "satisfied" => (satisfied > 0 && gap == 0 && unknown == 0, "satisfied, no gap and no unknown"),
            "unknown" => (unknown > 0 && gap == 0, "an unknown and no gap"),
            _ => (gap == 0 && unknown == 0, "neither a gap nor an unknown"),
        };
        if right {
            return None;
        }
        let told = verdicts.iter().map(|verdict| {
            let evidence: Vec<&str> = verdict.evidence.iter().map(|leaf| leaf.text.as_str()).collect();
            format!("{} on {}: {}", verdict.kind.word(), verdict.subject.id(), evidence.join("; "))
        });
        let message =
            format!("expected {expected}; came {gap} gaps, {satisfied} satisfied, {unknown} unknown");
        Some(fault(message, told.collect()))
    }
}

/// The model of an example, as any other input becomes one; else what is wrong with it and where.
fn model_of(example: &Node, source: &Source) -> Result<Model, (String, String)> {
    let mut example = example.clone();
    if let Value::Map(entries) = &mut example.value {
        entries.retain(|(key, _)| key.name != "as-of");
    }
    let reading = model_file::read_node(&example, source);
    if let Some(wrong) = reading.diagnostics.iter().find(|told| told.severity == Severity::Error) {
        let help = wrong.help.as_ref().map(|help| format!(" ({help})")).unwrap_or_default();
        let line = source.line_column(wrong.span.start).line;
        return Err((format!("{}{help}", wrong.message), format!("{}:{line}", source.path)));
    }
    let mut model = assemble(vec![reading]).model;
    infer::infer(&mut model, Catalog::builtin());
    Ok(model)
}

fn place(source: &Source, node: &Node) -> String {
    format!("{}:{}", source.path, source.line_column(node.span.start).line)
}
