//! What becomes of decisions, and of rules that a project changes.

use planroom::assessment::{DecisionState, Severity};
use planroom::diagnostic::Diagnostic;
use planroom::guidance::{RuleChange, Ruling, Settings, decision_lines, fingerprint_of};
use planroom::source::{FileId, Span};

use super::{judge, judge_with};

const RULE: &str = "{id: r, on: element, when: {kind: container}, satisfied: {backup: yes}, severity: high}";
const MODEL: &str = "elements: [{id: a, kind: container, facts: {backup: no}}, {id: b, kind: container, facts: {backup: no}}]";

fn ruling() -> Ruling {
    let text = |text: &str| Some(text.to_owned());
    Ruling {
        finding: "r@a".to_owned(),
        status: "accepted".to_owned(),
        owner: text("J. Doe"),
        reason: text("the store is rebuilt from its source"),
        approver: text("CISO"),
        decided: text("2026-02-01"),
        expires: text("2026-06-01"),
        span: Span::new(FileId(7), 10, 20),
        ..Ruling::default()
    }
}

fn state(ruling: Ruling, as_of: Option<&str>) -> (DecisionState, String, bool, Vec<Diagnostic>) {
    let settings =
        Settings { as_of: as_of.map(str::to_owned), decisions: vec![ruling], ..Settings::default() };
    let (told, diagnostics) = judge_with(RULE, MODEL, &settings);
    let treats = told.findings.iter().any(|finding| finding.decision == Some(0));
    let decision = &told.decisions[0];
    (decision.state, decision.remark.clone(), treats, diagnostics)
}

#[test]
fn a_decision_about_one_subject_treats_it_alone() {
    let settings =
        Settings { as_of: Some("2026-03-01".to_owned()), decisions: vec![ruling()], ..Settings::default() };
    let (told, diagnostics) = judge_with(RULE, MODEL, &settings);
    assert_eq!(diagnostics, Vec::new());
    let findings: Vec<(&str, usize, Option<usize>)> = told
        .findings
        .iter()
        .map(|finding| (finding.id.as_str(), finding.subjects.len(), finding.decision))
        .collect();
    assert_eq!(findings, [("r@a", 1, Some(0)), ("r@model", 1, None)]);
    assert_eq!(told.verdicts.len(), 2, "a decision never changes a verdict");
}

#[test]
fn states_of_a_decision() {
    let change = |change: fn(&mut Ruling)| {
        let mut ruling = ruling();
        change(&mut ruling);
        ruling
    };
    type Edit = fn(&mut Ruling);
    let cases: &[(Edit, DecisionState, &str)] = &[
        (|_| {}, DecisionState::Active, ""),
        (|ruling| ruling.owner = None, DecisionState::Invalid, "it lacks an owner"),
        (|ruling| ruling.reason = Some(" ".to_owned()), DecisionState::Invalid, "it lacks a reason"),
        (|ruling| ruling.approver = None, DecisionState::Invalid, "it lacks an approver"),
        (|ruling| ruling.expires = None, DecisionState::Invalid, "it lacks an expiry date"),
        (
            |ruling| ruling.expires = Some("2026-12-31".to_owned()),
            DecisionState::Invalid,
            "it holds for 333 days; a high finding may be decided for at most 180",
        ),
        (
            |ruling| ruling.expires = Some("2026-02-28".to_owned()),
            DecisionState::Expired,
            "it expired on 28 February 2026; the finding is open again",
        ),
        (
            |ruling| ruling.expires = Some("2026-03-21".to_owned()),
            DecisionState::ExpiresSoon,
            "it expires in 20 days",
        ),
        (
            |ruling| ruling.finding = "r@*".to_owned(),
            DecisionState::Invalid,
            "it names findings by a wildcard; name each one",
        ),
        (
            |ruling| ruling.finding = "r".to_owned(),
            DecisionState::Orphaned,
            "it does not name a finding as `rule@subject`",
        ),
        (
            |ruling| ruling.finding = "r@gone".to_owned(),
            DecisionState::Orphaned,
            "nothing matches it; was it renamed to `r@model`?",
        ),
        (
            |ruling| ruling.finding = "r@old-place/b".to_owned(),
            DecisionState::Orphaned,
            "nothing matches it; was it moved or renamed to `r@model`?",
        ),
        (
            |ruling| ruling.finding = "none@x".to_owned(),
            DecisionState::Orphaned,
            "nothing matches it any more",
        ),
        (
            |ruling| {
                ruling.status = "false-positive".to_owned();
                ruling.expires = None;
            },
            DecisionState::Active,
            "",
        ),
    ];
    for (edit, expected, remark) in cases {
        let (state, said, treats, told) = state(change(*edit), Some("2026-03-01"));
        assert_eq!((state, said.as_str()), (*expected, *remark));
        assert_eq!(treats, matches!(expected, DecisionState::Active | DecisionState::ExpiresSoon));
        assert_eq!(told.is_empty(), *expected == DecisionState::Active);
        assert!(told.iter().all(|one| one.span == Span::new(FileId(7), 10, 20)));
    }
}

#[test]
fn without_a_date_nothing_expires() {
    let mut old = ruling();
    old.expires = Some("2026-02-28".to_owned());
    assert_eq!(state(old, None).0, DecisionState::Active);
}

#[test]
fn new_evidence_reopens_what_was_decided() {
    let settings =
        Settings { as_of: Some("2026-03-01".to_owned()), decisions: vec![ruling()], ..Settings::default() };
    let (before, _) = judge_with(RULE, MODEL, &settings);
    let print = fingerprint_of(&before.findings[0]);
    let with = |print: String| {
        let mut ruling = ruling();
        ruling.fingerprint = Some(print);
        state(ruling, Some("2026-03-01"))
    };
    assert_eq!(with(print.clone()).0, DecisionState::Active);
    let (about, _) = print.split_once('.').unwrap();
    let (now, remark, treats, told) = with(format!("{about}.AAAAAAAA"));
    assert_eq!((now, treats), (DecisionState::ChangedSince, false));
    assert!(remark.contains("what it rests on has changed"), "{remark}");
    assert!(told[0].help.as_ref().unwrap().contains(&print), "{told:?}");
    assert_eq!(with(about.to_owned()).0, DecisionState::Active, "an old, shorter form still holds");
    assert!(with("AAAA.BBBB".to_owned()).1.contains("what it is about has changed"));
}

#[test]
fn the_lines_of_a_decision_are_a_valid_sidecar() {
    let told = judge(RULE, MODEL);
    let lines = decision_lines(&told.findings[0]).replace("YYYY-MM-DD", "2026-03-01");
    let (config, wrong) = planroom::config::Config::read(FileId(0), &lines);
    assert_eq!(wrong, Vec::new(), "{lines}");
    assert_eq!(config.decisions[0].finding.text, told.findings[0].id);
    assert!(config.decisions[0].approver.is_some(), "high findings need one");
}

#[test]
fn declared_facts_expire_by_the_same_date() {
    use planroom::infer::Declared;
    use planroom::model::Declaration;
    use planroom::source::{Key, Node, Value};
    let mut model = super::model("elements: [{id: a, kind: container}]");
    let span = Span::new(FileId(3), 1, 2);
    let set =
        vec![(Key { name: "backup".to_owned(), span }, Node { value: Value::Text("yes".to_owned()), span })];
    let declaration = Declaration { expires: Some("2026-02-28".to_owned()), ..Declaration::default() };
    let told =
        planroom::infer::declare(&mut model, &[Declared { subject: "a".to_owned(), span, set, declaration }]);
    assert_eq!(told, Vec::new());
    let judged = |date: &str| {
        let settings = Settings { as_of: Some(date.to_owned()), ..Settings::default() };
        let (told, diagnostics) = planroom::guidance::assess(
            &model,
            &super::packs(RULE),
            planroom::catalog::Catalog::builtin(),
            &settings,
        );
        let codes: Vec<&str> = diagnostics.iter().map(|one| one.code).collect();
        (super::verdicts(&told)[0].clone(), codes.join(" "))
    };
    assert_eq!(judged("2025-11-01"), ("r a satisfied".to_owned(), String::new()));
    assert_eq!(judged("2026-02-10"), ("r a satisfied".to_owned(), "facts/expires-soon".to_owned()));
    assert_eq!(judged("2026-03-01"), ("r a unknown".to_owned(), "facts/expired".to_owned()));
}

#[test]
fn a_rule_is_changed_with_a_reason_or_not_at_all() {
    let change = |rule: &str, severity: Option<Severity>, reason: Option<&str>| {
        let change = RuleChange {
            rule: rule.to_owned(),
            severity,
            reason: reason.map(str::to_owned),
            span: Span::default(),
        };
        let settings = Settings { rules: vec![change], ..Settings::default() };
        let (told, diagnostics) = judge_with(RULE, MODEL, &settings);
        let severity = told.findings.first().map(|finding| (finding.severity, finding.number.clone()));
        (severity, diagnostics.first().map(|one| one.help.clone().unwrap_or_else(|| one.message.clone())))
    };
    assert_eq!(change("r", None, Some("not ours")), (None, None));
    assert_eq!(
        change("r", Some(Severity::Low), Some("not ours")),
        (Some((Severity::Low, "T1".to_owned())), None)
    );
    let told = change("r", None, None);
    assert_eq!(told.0, Some((Severity::High, "G1".to_owned())));
    assert_eq!(told.1.as_deref(), Some("the change of `r` has no reason"));
    assert!(change("rr", None, Some("x")).1.is_some());
}
