//! How much the first answers settle: as the questions say, and as the judgement after the answers shows.

use planroom::assessment::{Assessment, Question, VerdictKind, settled_by_first};
use planroom::catalog::Catalog;
use planroom::config::Config;
use planroom::guidance::{Packs, Settings, assess};
use planroom::infer::{self, Declared};
use planroom::model::{Declaration, Model};
use planroom::pipeline::{self, Limits};
use planroom::source::FileId;

use super::super::guidance::model;

fn weight(word: &str) -> u64 {
    match word {
        "critical" => 10,
        "high" => 6,
        "medium" => 3,
        _ => 1,
    }
}

fn packs() -> Packs {
    Packs::load(None, &[]).unwrap_or_else(|told| panic!("{}", told[0].message))
}

fn judge(model: &Model, packs: &Packs) -> Assessment {
    let settings = Settings { as_of: Some("2026-03-01".to_owned()), ..Settings::default() };
    assess(model, packs, Catalog::builtin(), &settings).0
}

/// The model after the lines were pasted.
fn answered(model: &Model, lines: &str) -> Model {
    let (config, told) = Config::read(FileId(0), lines);
    assert_eq!(told, Vec::new(), "{lines}");
    let declared: Vec<Declared> = config
        .facts
        .into_iter()
        .map(|entry| Declared {
            subject: entry.subject.text,
            span: entry.subject.span,
            set: entry.set,
            declaration: Declaration::default(),
        })
        .collect();
    let mut model = model.clone();
    assert_eq!(infer::declare(&mut model, &declared), Vec::new(), "{lines}");
    model
}

/// Severity behind the unknown verdicts of the rules that ask these questions.
fn open(assessment: &Assessment, rules: &[String]) -> u64 {
    let unknown = assessment.verdicts.iter().filter(|verdict| verdict.kind == VerdictKind::Unknown);
    let severity =
        |rule: &str| assessment.rules.iter().find(|card| card.id == rule).map(|card| card.severity);
    unknown
        .filter(|verdict| rules.contains(&verdict.rule))
        .filter_map(|verdict| severity(&verdict.rule))
        .map(|severity| weight(severity.word()))
        .sum()
}

/// Lines of the offered answers that settle most, one for each group of alternatives.
fn best(question: &Question) -> String {
    let mut groups: Vec<(Option<&str>, &planroom::assessment::Answer)> = Vec::new();
    for answer in &question.answers {
        let group = answer.group.as_deref();
        match groups.iter_mut().find(|(known, _)| *known == group) {
            Some((_, known)) if known.settles < answer.settles => *known = answer,
            Some(_) => {}
            None => groups.push((group, answer)),
        }
    }
    let lines = groups.iter().flat_map(|(_, answer)| answer.lines.lines()).filter(|line| *line != "facts:");
    format!("facts:\n{}\n", lines.collect::<Vec<_>>().join("\n"))
}

#[test]
fn seven_answers_settle_most() {
    let packs = packs();
    let mut model = model(include_str!("../guidance/shop.yaml"));
    let before = judge(&model, &packs);
    let rules: Vec<String> = before.questions.iter().flat_map(|question| question.rules.clone()).collect();
    let (wanted, (settled, whole)) = (open(&before, &rules), settled_by_first(&before.questions, 7));
    assert!(settled * 100 >= whole * 80, "{settled} of {whole}");
    for pair in before.questions.windows(2) {
        assert!(pair[0].settles() >= pair[1].settles(), "the first questions settle the most");
    }
    for question in before.questions.iter().take(7).filter(|question| !question.keys.is_empty()) {
        model = answered(&model, &best(question));
    }
    let left = open(&judge(&model, &packs), &rules);
    assert!(left * 100 <= wanted * 20, "{left} of {wanted} are open after seven answers");
}

/// As the questions say, over all samples together; some settle less, because none of their questions stands out.
#[test]
fn seven_answers_settle_most_of_the_samples() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let limits = Limits { source: planroom::source::DEFAULT_LIMIT, pack: planroom::source::DEFAULT_LIMIT };
    let gathered = pipeline::gather(&[root.to_string_lossy().into_owned()], limits).unwrap();
    let (packets, problems) = pipeline::packets(gathered.projects, &pipeline::Settings::default());
    assert!(problems.is_empty() && !packets.is_empty());
    let (settled, whole) = packets
        .iter()
        .map(|packet| settled_by_first(&packet.assessment.questions, 7))
        .fold((0, 0), |(settled, whole), (more, all)| (settled + more, whole + all));
    assert!(settled * 100 >= whole * 75, "{settled} of {whole}");
}

/// Of alternatives, each group is answered on its own, and an answer says what is built and what is not.
#[test]
fn alternatives_are_asked_group_by_group() {
    let yaml = "\
title: Choice
elements: [{id: a, kind: container}, {id: b, kind: container}, {id: c, kind: container}]
relations:
  - {from: a, to: b, label: 'HTTPS (alternative: web)'}
  - {from: a, to: c, label: 'HTTPS (alternative: web)'}
  - {from: b, to: c, label: 'SMTP (alternative: mail)'}
  - {from: c, to: b, label: 'SMTP (alternative: mail)'}
";
    let model = model(yaml);
    let told = judge(&model, &packs());
    let question = told.questions.iter().find(|question| question.key == "chosen").unwrap();
    let asks: Vec<(&str, usize, usize)> =
        question.asks().iter().map(|ask| (ask.id, ask.subjects.len(), ask.answers.len())).collect();
    assert_eq!(asks, [("mail", 2, 2), ("web", 2, 2)]);
    let first = &question.answers[0];
    assert_eq!((first.group.as_deref(), first.answer.as_str()), (Some("mail"), "b → c"));
    let after = answered(&model, &best(question));
    let open = judge(&after, &packs());
    assert!(!open.questions.iter().any(|question| question.key == "chosen"), "both groups are decided");
}
