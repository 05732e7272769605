//! Findings: grouped, titled, banded, ordered; what is sound; coverage.

use planroom::assessment::{Band, Finding};

use super::judge;

const FLOWS: &str = "\
elements:
  - {id: net, kind: zone, name: Internet, facts: {zone-kind: internet}}
  - {id: dmz, kind: zone, name: DMZ, facts: {zone-kind: perimeter}}
  - {id: user, kind: person, name: User, parent: net}
  - {id: web, kind: container, name: Web, parent: dmz, technologies: [Nginx]}
  - {id: ftp, kind: container, name: Files, parent: dmz}
relations:
  - {from: user, to: web, label: HTTP, facts: {encrypted: no}}
  - {from: user, to: ftp, label: FTP, facts: {encrypted: no}}
  - {from: web, to: ftp, label: FTP, facts: {encrypted: no}}
";

fn findings(group_by: &str, more: &str) -> Vec<Finding> {
    let rule = format!(
        "{{id: r, on: relation, when: {{labeled: yes}}, satisfied: {{encrypted: yes}}, group-by: {group_by}{more}}}"
    );
    judge(&rule, FLOWS).findings
}

fn ids(group_by: &str) -> Vec<String> {
    findings(group_by, "")
        .iter()
        .map(|finding| format!("{} {}", finding.id, finding.subjects.len()))
        .collect()
}

#[test]
fn alike_gaps_are_told_once() {
    assert_eq!(ids("rule"), ["r@model 3"]);
    assert_eq!(ids("protocol"), ["r@ftp 2", "r@http 1"]);
    assert_eq!(ids("zone-pair"), ["r@dmz>dmz 1", "r@net>dmz 2"]);
    assert_eq!(ids("zone"), ["r@dmz 3"]);
    assert_eq!(ids("subject").len(), 3);
    assert_eq!(ids("technology"), ["r@nginx 1", "r@user>ftp:ftp 1", "r@web>ftp:ftp 1"]);
}

#[test]
fn titles_are_filled_or_fall_back() {
    let title =
        |template: &str| findings("rule", &format!(", finding-title: \"{template}\"")).remove(0).title;
    assert_eq!(title("{protocols} are clear text as written"), "HTTP and FTP are clear text as written");
    assert_eq!(title("{subjects} leak"), "User → Web, User → Files and Web → Files leak");
    assert_eq!(title("{zones} leak"), "Internet and DMZ leak");
    assert_eq!(title("{technologies} leak"), "Nginx leak");
    assert_eq!(title("{versions} leak"), "Something is wrong", "no version is known");
}

#[test]
fn bands_follow_severity_unless_the_rule_says() {
    let band = |more: &str| {
        let finding = findings("rule", more).remove(0);
        (finding.band, finding.number)
    };
    assert_eq!(band(", severity: critical"), (Band::Fix, "G1".to_owned()));
    assert_eq!(band(", severity: medium"), (Band::Decide, "D1".to_owned()));
    assert_eq!(band(", severity: low"), (Band::Track, "T1".to_owned()));
    assert_eq!(band(", severity: critical, band: decide"), (Band::Decide, "D1".to_owned()));
}

#[test]
fn what_presses_more_comes_first_and_ties_break_on_ids() {
    let rules = "{id: b, on: element, when: {kind: container}, satisfied: {backup: yes}, severity: high, group-by: subject}\n\
                 {id: a, on: element, when: {kind: container}, satisfied: {backup: yes}, severity: critical, group-by: subject}";
    let yaml = "elements:\n  - {id: x, kind: container, facts: {backup: no}}\n  - {id: y, kind: container, facts: {backup: no, data-class: strictly-confidential}}";
    let order: Vec<String> = judge(rules, yaml)
        .findings
        .into_iter()
        .map(|finding| format!("{} {}", finding.number, finding.id))
        .collect();
    assert_eq!(order, ["G1 a@y", "G2 b@y", "G3 a@x", "G4 b@x"]);
}

#[test]
fn fingerprints_do_not_depend_on_wording_order_or_severity() {
    let print = |more: &str, yaml: &str| {
        let rule =
            format!("{{id: r, on: element, when: {{kind: container}}, satisfied: {{backup: yes}}{more}}}");
        let finding = judge(&rule, yaml).findings.remove(0);
        (finding.fingerprint, finding.loose_fingerprint)
    };
    let one = "elements: [{id: a, kind: container, name: A, facts: {backup: no}}, {id: b, kind: container, name: B, facts: {backup: no}}]";
    let turned = "elements: [{id: b, kind: container, name: B, facts: {backup: no}}, {id: a, kind: container, name: A, facts: {backup: no}}]";
    assert_eq!(print("", one), print(", severity: low, finding-title: Other words", turned));
    let moved = "elements: [{id: zone-1, kind: boundary}, {id: zone-1/a, parent: zone-1, kind: container, name: A, facts: {backup: no}}, {id: b, kind: container, name: B, facts: {backup: no}}]";
    let (strict, loose) = print("", moved);
    assert_ne!(strict, print("", one).0);
    assert_eq!(loose, print("", one).1, "the loose one survives a move");
    assert_eq!(strict.len(), 16);
}

#[test]
fn the_correction_is_a_valid_sidecar_that_closes_the_finding() {
    let finding = findings("rule", "").remove(0);
    let (config, wrong) = planroom::config::Config::read(planroom::source::FileId(0), &finding.correction);
    assert_eq!(wrong, Vec::new(), "{}", finding.correction);
    let mut model = super::model(FLOWS);
    let declared: Vec<planroom::infer::Declared> =
        config.facts.into_iter().map(super::questions::declared).collect();
    assert_eq!(planroom::infer::declare(&mut model, &declared), Vec::new());
    let rule = "{id: r, on: relation, when: {labeled: yes}, satisfied: {encrypted: yes}}";
    let (told, _) = planroom::guidance::assess(
        &model,
        &super::packs(rule),
        planroom::catalog::Catalog::builtin(),
        &planroom::guidance::Settings::default(),
    );
    assert_eq!(told.findings, Vec::new());
}

#[test]
fn a_sound_statement_that_does_not_hold_for_all_names_those_for_which_it_does() {
    let rule = "{id: r, on: element, when: {kind: container}, satisfied: {backup: yes}, sound: Containers are backed up.}";
    let one = "elements: [{id: a, kind: container, name: A, facts: {backup: yes}}, {id: b, kind: container, name: B}]";
    let texts =
        |yaml: &str| judge(rule, yaml).satisfied.into_iter().map(|one| one.text).collect::<Vec<String>>();
    assert_eq!(texts(one), ["Containers are backed up: A"]);
    assert_eq!(
        texts(&one.replace("name: B", "name: B, facts: {backup: yes}")),
        ["Containers are backed up."]
    );
    assert_eq!(texts(&one.replace("backup: yes", "backup: no")), Vec::<String>::new());
}

#[test]
fn coverage_counts_every_subject() {
    let rule = "{id: r, on: element, when: {stateful: yes}, satisfied: {backup: yes}}";
    let yaml = "elements:\n  - {id: a, kind: container}\n  - {id: b, kind: container, facts: {stateful: no}}\n  - {id: c, kind: container, facts: {stateful: yes}}\n  - {id: d, kind: container, facts: {stateful: yes, backup: no}}\n  - {id: e, kind: container, facts: {stateful: yes, backup: yes}}\n  - {id: z, kind: boundary}";
    let counts = judge(rule, yaml).coverage.remove(0);
    let all =
        [counts.gap, counts.satisfied, counts.unknown, counts.potentially_applicable, counts.not_applicable];
    assert_eq!(all, [1; 5]);
}

#[test]
fn a_pack_that_does_not_apply_says_nothing() {
    let text = super::pack_text("{id: r, on: element, when: {kind: container}, satisfied: {backup: yes}}")
        .replace("rules:", "applies-when: {elements: {some: {technology: biztalk}}}\nrules:");
    let pack = planroom::guidance::PackText { file: planroom::source::FileId(0), text: &text };
    let packs = planroom::guidance::Packs::load(Some(&[]), &[pack]).unwrap();
    let model = super::model("elements: [{id: a, kind: container, facts: {backup: no}}]");
    let (told, _) = planroom::guidance::assess(
        &model,
        &packs,
        planroom::catalog::Catalog::builtin(),
        &planroom::guidance::Settings::default(),
    );
    assert_eq!((told.findings.len(), told.packs.len(), told.rules.len()), (0, 0, 0));
}

/// What a rule tells for a more general one that yields to it is told once, unless it is only assumed or they yield to
/// each other.
#[test]
fn sound_statements_of_yielding_rules_are_told_once() {
    let general = |yields: &str| {
        format!(
            "{{id: g, on: element, when: {{kind: datastore}}, satisfied: {{backup: yes}}, sound: General.{yields}}}"
        )
    };
    let specific = || {
        "{id: s, on: element, when: {kind: datastore}, satisfied: {stateful: yes}, sound: Specific.}"
            .to_owned()
    };
    let told = |rules: &[String], facts: &str| -> Vec<String> {
        let yaml = format!("elements: [{{id: db, kind: datastore, {facts}}}]");
        judge(&rules.join("\n"), &yaml).satisfied.into_iter().map(|one| one.text).collect()
    };
    let yields = ", yields-to: [s]";
    let stated = "facts: {backup: yes, stateful: yes}";
    assert_eq!(told(&[general(""), specific()], stated), ["General.", "Specific."]);
    assert_eq!(told(&[general(yields), specific()], stated), ["Specific."]);
    assert_eq!(told(&[general(yields), specific()], "facts: {backup: yes, stateful: no}"), ["General."]);
}
