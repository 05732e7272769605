//! Questions: few, grouped, each with what an answer decides and lines that decide it.

use planroom::assessment::Question;
use planroom::catalog::Catalog;
use planroom::config::{Config, DeclaredFacts};
use planroom::guidance::{Packs, Settings, assess};
use planroom::infer::Declared;
use planroom::model::Declaration;
use planroom::source::FileId;

use super::judge;

/// An entry of the sidecar as `infer` takes it.
pub(super) fn declared(entry: DeclaredFacts) -> Declared {
    Declared {
        subject: entry.subject.text,
        span: entry.subject.span,
        set: entry.set,
        declaration: Declaration::default(),
    }
}

fn words(question: &Question) -> String {
    let who: Vec<&str> = question.who.iter().map(|who| who.word()).collect();
    format!(
        "{} {} [{}] {} rules, {} subjects",
        question.number,
        question.id,
        who.join(","),
        question.rules.len(),
        question.subjects.len()
    )
}

#[test]
fn facts_of_one_topic_are_asked_once() {
    let rules = "{id: a, on: element, when: {kind: container}, satisfied: {replicas: {at-least: 2}}, ask: How many?, who: [dba, platform]}\n\
                 {id: b, on: element, when: {kind: container}, satisfied: {failover: [cluster, balancer]}, ask: Which failover?}\n\
                 {id: c, on: element, when: {kind: container}, satisfied: {backup: yes}, severity: critical, ask: Is it backed up?, who: dba}";
    let told = judge(
        rules,
        "elements: [{id: x, kind: container}, {id: y, kind: container, facts: {failover: cluster}}]",
    );
    let all: Vec<String> = told.questions.iter().map(words).collect();
    assert_eq!(
        all,
        ["Q1 recovery [dba] 1 rules, 2 subjects", "Q2 instances [platform,dba,network] 2 rules, 2 subjects"]
    );
    assert_eq!(told.questions[0].text, "Is it backed up?", "one rule asks in its own words");
    assert_ne!(told.questions[1].text, "How many?", "several rules ask in the topic's words");
}

#[test]
fn what_is_settled_most_comes_first_and_low_rules_do_not_ask() {
    let rules = "{id: a, on: element, when: {kind: container}, satisfied: {backup: yes}, severity: low}\n\
                 {id: b, on: element, when: {kind: container}, satisfied: {monitored: yes}, severity: low, asks: yes}\n\
                 {id: c, on: element, when: {kind: container}, satisfied: {data-class: stated}, severity: medium, gap: never}";
    let told = judge(rules, "elements: [{id: x, kind: container}]");
    let ids: Vec<&str> = told.questions.iter().map(|question| question.id.as_str()).collect();
    assert_eq!(ids, ["data", "operations"]);
    assert_eq!(told.coverage[0].unknown, 1, "what is not asked is counted");
}

#[test]
fn silence_on_a_coarser_view_is_not_asked() {
    let rule =
        "{id: r, on: element, when: {kind: container}, satisfied: {backup: yes}, minimum-view: deployment}";
    let view = |kind: &str, more: &str| {
        format!(
            "elements: [{{id: x, kind: container}}{more}]\nviews: [{{id: v, title: V, kind: {kind}, nodes: [{{element: x}}]}}]"
        )
    };
    assert_eq!(judge(rule, &view("context", "")).questions.len(), 0);
    assert_eq!(judge(rule, &view("container", "")).questions.len(), 0);
    assert_eq!(judge(rule, &view("deployment", "")).questions.len(), 1);
    let hosts =
        view("container", ", {id: h, kind: host}").replace("[{element: x}]", "[{element: x}, {element: h}]");
    assert_eq!(judge(rule, &hosts).questions.len(), 1, "a drawing with hosts is a deployment drawing");
}

#[test]
fn answers_decide_what_they_say() {
    let rules = "{id: a, on: element, when: {kind: container}, satisfied: {replicas: {at-least: 2}}, severity: critical}\n\
                 {id: b, on: element, when: {kind: container}, satisfied: {failover: [cluster, balancer]}, severity: high}";
    let yaml = "elements: [{id: x, kind: container}, {id: y, kind: container}]";
    let told = judge(rules, yaml);
    let [question] = &told.questions[..] else { panic!("one question") };
    assert!(question.answers.len() >= 3);
    for answer in &question.answers {
        let (config, wrong) = Config::read(FileId(0), &answer.lines);
        assert_eq!(wrong, Vec::new(), "{}", answer.lines);
        let mut model = super::model(yaml);
        let declared: Vec<Declared> = config.facts.into_iter().map(declared).collect();
        assert_eq!(planroom::infer::declare(&mut model, &declared), Vec::new(), "{}", answer.lines);
        let (after, _) = assess(&model, &super::packs(rules), Catalog::builtin(), &Settings::default());
        let gaps = after.verdicts.iter().filter(|verdict| verdict.kind.word() == "gap").count();
        let sound = after.verdicts.iter().filter(|verdict| verdict.kind.word() == "satisfied").count();
        let said: u32 = answer
            .decides
            .split(", ")
            .filter(|part| part.contains("gap"))
            .filter_map(|part| part.split(' ').next()?.parse::<u32>().ok())
            .sum();
        assert_eq!(said as usize, gaps, "{}: {}", answer.answer, answer.decides);
        assert_eq!(answer.decides.contains(&format!("{sound} satisfied")), sound > 0, "{}", answer.decides);
    }
}

/// Every answer to every question of the built-in packs is a sidecar that `infer` accepts.
#[test]
fn every_answer_of_the_builtin_packs_can_be_pasted() {
    let yaml = include_str!("shop.yaml");
    let model = super::model(yaml);
    let packs = Packs::load(None, &[]).unwrap_or_else(|told| panic!("{}", told[0].message));
    let settings = Settings { as_of: Some("2026-03-01".to_owned()), ..Settings::default() };
    let (told, _) = assess(&model, &packs, Catalog::builtin(), &settings);
    assert!(!told.questions.is_empty());
    for answer in told.questions.iter().flat_map(|question| &question.answers) {
        let (config, wrong) = Config::read(FileId(0), &answer.lines);
        assert_eq!(wrong, Vec::new(), "{}", answer.lines);
        let declared: Vec<Declared> = config.facts.into_iter().map(declared).collect();
        let mut model = model.clone();
        let wrong: Vec<String> =
            planroom::infer::declare(&mut model, &declared).into_iter().map(|one| one.message).collect();
        assert_eq!(wrong, Vec::<String>::new(), "{}", answer.lines);
    }
    for finding in &told.findings {
        let (_, wrong) = Config::read(FileId(0), &finding.correction);
        assert_eq!(wrong, Vec::new(), "{}", finding.correction);
    }
}
