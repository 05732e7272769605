//! What is wrong with a pack is told, with its place and the nearest word.

use planroom::diagnostic::Diagnostic;
use planroom::guidance::{PackName, Packs};
use planroom::source::{FileId, Source, Span};

use super::{load, pack_text};

fn told(rules: &str) -> Vec<String> {
    let text = pack_text(rules);
    let source = Source::new("pack.yaml", text.clone());
    let Err(told) = load(rules) else { return Vec::new() };
    told.iter().map(|diagnostic| line(&source, diagnostic)).collect()
}

fn line(source: &Source, diagnostic: &Diagnostic) -> String {
    let place = &source.text[diagnostic.span.start as usize..diagnostic.span.end as usize];
    let help = diagnostic.help.as_ref().map(|help| format!(" | {help}")).unwrap_or_default();
    format!("[{place}] {}{help}", diagnostic.message)
}

/// One element rule with this predicate as `satisfied`.
fn of(satisfied: &str) -> String {
    told(&format!("{{id: r, on: element, when: {{kind: host}}, satisfied: {satisfied}, gap: never}}"))
        .join(" ;; ")
}

#[test]
fn words_are_checked_with_the_nearest_one() {
    let cases = [
        ("{encrypted: yes}", "[encrypted] the fact `encrypted` does not belong to the element"),
        ("{replcas: 1}", "[replcas] of the element nobody can ask `replcas` | did you mean `replicas`?"),
        ("{kind: hots}", "[hots] this is never `hots` | did you mean `host`?"),
        ("{failover: clustr}", "[clustr] `failover` is never `clustr` | did you mean `cluster`?"),
        ("{replicas: two}", "[two] `replicas` is a count, this is text"),
        ("{failover: {at-least: 2}}", "[{] `failover` holds words and cannot be compared by size"),
        ("{owner: {below: 3}}", "[{] `owner` holds words and cannot be compared by size"),
        (
            "{data-class: {at-least: secret}}",
            "[secret] `at-least` of a comparison is not `secret` | known are: public, internal, confidential, strictly-confidential",
        ),
        ("{protocol: ftp}", "[protocol] `protocol` is asked of relation, here the subject is the element"),
        ("{fan-in: many}", "[many] a whole number is expected, this is text"),
        ("{articulation-point: maybe}", "[maybe] this is never `maybe` | known are: yes, no"),
        (
            "{incoming: {some: {}, every: {}}}",
            "[{] a quantifier has one of `some`, `every`, `none`, `at-least` with `of`, `exactly` with `of`",
        ),
        ("{incoming: {at-least: 2}}", "[2] `at-least` needs `of`: what is counted"),
        ("{all: {kind: host}}", "[{] `all` and `any` take a list, this is a mapping"),
        ("text", "[text] a predicate is a mapping, this is text"),
    ];
    for (predicate, expected) in cases {
        assert_eq!(of(predicate), expected, "{predicate}");
    }
}

#[test]
fn the_catalog_knows_technologies_traits_protocols_and_roles() {
    let rule = |predicate: &str| {
        let rules =
            format!("{{id: r, on: element, when: {{kind: host}}, satisfied: {predicate}, gap: never}}");
        load(&rules).err().map(|told| (told[0].message.clone(), told[0].help.clone().unwrap_or_default()))
    };
    let (message, help) = rule("{technology: postgressql}").unwrap();
    assert_eq!(
        (message.as_str(), help.as_str()),
        ("the catalog has no technology `postgressql`", "did you mean `postgresql`?")
    );
    assert!(rule("{trait: statefull}").unwrap().0.contains("no trait"));
    assert!(rule("{role: master-secrt}").unwrap().0.contains("no role"));
    assert!(rule("{incoming: {some: {protocol: ftpx}}}").unwrap().0.contains("no protocol"));
    assert!(rule("{incoming: {some: {layer: session}}}").unwrap().0.contains("no layer"));
    assert_eq!(rule("{technology: postgresql, trait: stateful}"), None);
}

#[test]
fn a_gap_may_not_test_absence() {
    let refused = [
        "gap: {incoming: {none: {encrypted: yes}}}",
        "gap: {not: {incoming: {some: {encrypted: yes}}}}",
        "gap: {not: {incoming: {at-least: 1, of: {encrypted: yes}}}}",
        "gap: {not: {owner: stated}}",
        "gap: {not: {says: guest}}",
        "gap: {not: {inside: {kind: host}}}",
        "gap: {fan-in: {below: 2}}",
        "gap: {not: {fan-in: {at-least: 2}}}",
        "gap: {reachable-from-internet: no}",
        "gap: {members: {exactly: 0, of: {kind: host}}}",
        "gap: {unless: {backup: yes}}",
        "gap: {model: {not: {path: {from: {kind: person}, to: {kind: host}}}}}",
        "gap: {any: [{backup: no}, {all: [{not: {outgoing: {some: {}}}}]}]}",
    ];
    for gap in refused {
        let rules =
            format!("{{id: r, on: element, when: {{kind: host}}, satisfied: {{backup: yes}}, {gap}}}");
        let told = load(&rules).expect_err(gap);
        assert!(told.iter().all(|one| one.code == "pack/absence"), "{gap}: {:?}", told[0].message);
    }
    let implicit =
        "{id: r, on: element, when: {kind: host}, satisfied: {incoming: {some: {encrypted: yes}}}}";
    assert_eq!(load(implicit).expect_err("not satisfied tests absence")[0].code, "pack/absence");
    let allowed = [
        "gap: {backup: no}",
        "gap: {not: {backup: yes}}",
        "gap: {incoming: {some: {encrypted: no}}}",
        "gap: {not: {incoming: {every: {encrypted: yes}}}}",
        "gap: {articulation-point: yes, replicas: 1}",
        "gap: never",
    ];
    for gap in allowed {
        let rules =
            format!("{{id: r, on: element, when: {{kind: host}}, satisfied: {{backup: yes}}, {gap}}}");
        assert_eq!(told(&rules), Vec::<String>::new(), "{gap}");
    }
}

#[test]
fn rules_name_each_other_and_are_named_once() {
    let twice = "{id: r, on: element, when: {kind: host}, satisfied: {backup: yes}}\n{id: r, on: element, when: {kind: host}, satisfied: {backup: yes}}";
    assert!(told(twice)[0].contains("two rules have the id `r`"));
    let includes = "{id: r, on: element, when: {kind: host}, satisfied: {backup: yes}, includes: [other]}";
    assert!(told(includes)[0].contains("the rule `r` includes `other`, which no pack has"));
    let near = "{id: narrow-rule, on: element, when: {kind: host}, satisfied: {backup: yes}}\n{id: r, on: element, when: {kind: host}, satisfied: {backup: yes}, yields-to: [narow-rule]}";
    assert!(told(near)[0].contains("did you mean `narrow-rule`?"));
    let unloaded = "{id: r, on: element, when: {kind: host}, satisfied: {backup: yes}, yields-to: [biztalk/anything, quite-another-thing]}";
    assert_eq!(told(unloaded), Vec::<String>::new());
}

#[test]
fn references_and_names_mean_something() {
    let rule = |rest: &str| {
        told(&format!("{{id: r, on: element, when: {{kind: host}}, satisfied: {{backup: yes}}, {rest}}}"))
    };
    let cases = [
        ("yields-to: [r]", "the rule `r` yields to itself"),
        ("includes: [r]", "the rule `r` includes itself"),
        ("maps: {cwe: []}", "`cwe` of `maps` is an id, or a list of ids"),
        ("maps: {cwe: [{id: CWE-319}]}", "`cwe` of `maps` is an id, or a list of ids"),
        ("sources: [{title: T, url: example.org}]", "`example.org` is no address of the web"),
        ("sources: [{title: \"\", url: \"https://example.org\"}]", "`title` of a source is empty"),
        ("severity-why: \"\"", "`severity-why` of a rule is empty"),
    ];
    for (rest, message) in cases {
        assert!(rule(rest).iter().any(|told| told.contains(message)), "{rest}: {:?}", rule(rest));
    }
}

#[test]
fn a_rule_lacks_nothing() {
    let text = "id: p\ntitle: P\nversion: 1.0\ncovers: C.\nrules:\n  - id: Not_Kebab\n";
    let pack = planroom::guidance::PackText { file: FileId(0), text };
    let told = Packs::load(Some(&[]), &[pack]).expect_err("nearly everything is missing");
    let all: Vec<&str> = told.iter().map(|one| one.message.as_str()).collect();
    for wanted in [
        "`major.minor.patch`",
        "kebab-case",
        "`title`",
        "`when`",
        "`satisfied`",
        "`ask`",
        "`who`",
        "`why`",
        "`do`",
        "`verify`",
        "`severity-why`",
        "at least one source",
    ] {
        assert!(all.iter().any(|message| message.contains(wanted)), "{wanted} in {all:?}");
    }
}

#[test]
fn an_unknown_pack_is_told_where_it_is_named() {
    let span = Span::new(FileId(4), 7, 9);
    let told = Packs::load(Some(&[PackName { id: "core-securty".to_owned(), span }]), &[])
        .expect_err("no such pack");
    assert_eq!(told[0].span, span);
    assert_eq!(told[0].help.as_deref(), Some("did you mean `core-security`?"));
}

#[test]
fn deep_predicates_are_refused() {
    let deep = format!("{}{{backup: yes}}{}", "{not: ".repeat(20), "}".repeat(20));
    let rules = format!("{{id: r, on: element, when: {{kind: host}}, satisfied: {deep}}}");
    assert!(told(&rules).iter().any(|line| line.contains("nest at most")));
}

#[test]
fn conditions_that_exclude_each_other_are_refused() {
    let excluded = |what: &str| format!("the conditions on `{what}` exclude each other");
    let cases = [
        ("{all: [{replicas: {at-least: 3}}, {replicas: {below: 3}}]}", Some("replicas")),
        ("{all: [{replicas: {at-least: 2}}, {all: [{stateful: yes}, {replicas: 1}]}]}", Some("replicas")),
        ("{all: [{stateful: yes}, {stateful: no}]}", Some("stateful")),
        (
            "{all: [{data-class: {at-least: confidential}}, {data-class: [public, internal]}]}",
            Some("data-class"),
        ),
        (
            "{any: [{all: [{trust-level: {below: 1}}, {trust-level: 3}]}, {stateful: yes}]}",
            Some("trust-level"),
        ),
        ("{not: {all: [{failover: cluster}, {failover: balancer}]}}", Some("failover")),
        ("{all: [{replicas: {at-least: 2}}, {replicas: {below: 3}}]}", None),
        ("{any: [{stateful: yes}, {stateful: no}]}", None),
        ("{all: [{roles: client}, {roles: server}]}", None),
    ];
    for (predicate, expected) in cases {
        let told = told(&format!(
            "{{id: r, on: element, when: {predicate}, satisfied: {{backup: yes}}, gap: never}}"
        ));
        let excluding = told.iter().find(|line| line.contains("exclude each other"));
        match expected {
            Some(what) => {
                assert!(excluding.is_some_and(|line| line.contains(&excluded(what))), "{predicate}: {told:?}")
            }
            None => assert_eq!(excluding, None, "{predicate}"),
        }
    }
}

#[test]
fn rules_never_yield_in_a_circle() {
    let rule = |id: &str, more: &str| {
        format!("{{id: {id}, on: element, when: {{kind: host}}, satisfied: {{backup: yes}}, {more}}}\n")
    };
    let three =
        rule("a", "yields-to: [b]") + &rule("b", "yields-to: [test/c]") + &rule("c", "yields-to: [a]");
    assert!(
        told(&three)[0].contains("rules yield to each other in a circle: `a`, `b`, `c`"),
        "{:?}",
        told(&three)
    );
    let two = rule("a", "includes: [b]") + &rule("b", "includes: [a]");
    assert!(told(&two)[0].contains("rules include each other in a circle: `a`, `b`"), "{:?}", told(&two));
    let chain =
        rule("a", "yields-to: [b, c]") + &rule("b", "yields-to: [c]") + &rule("c", "yields-to: [other/x]");
    assert_eq!(told(&chain), Vec::<String>::new());
}
