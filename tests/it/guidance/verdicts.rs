//! The verdict table, the two floors of facts, sets that are open, graph facts.

use super::{judge, verdicts};

/// Judges one rule `r` on one element `x` with these facts and returns the verdict of `x`.
fn verdict_of(rule: &str, element: &str) -> String {
    let yaml = format!("elements: [{{id: x, kind: container{element}}}]");
    let rule = format!("{{id: r, on: element, {rule}}}");
    let told = verdicts(&judge(&rule, &yaml));
    told.first().map_or("not-applicable".to_owned(), |line| line["r x ".len()..].to_owned())
}

#[test]
fn the_verdict_table() {
    let rule = "when: {stateful: yes}, satisfied: {backup: yes}";
    let cases = [
        ("", "potentially-applicable"),
        (", facts: {stateful: no}", "not-applicable"),
        (", facts: {stateful: yes}", "unknown"),
        (", facts: {stateful: yes, backup: yes}", "satisfied"),
        (", facts: {stateful: yes, backup: no}", "gap"),
    ];
    for (facts, expected) in cases {
        assert_eq!(verdict_of(rule, facts), expected, "{facts}");
    }
}

#[test]
fn with_a_gap_of_its_own_not_satisfied_is_unknown_and_both_are_contradictory() {
    let rule = "when: {kind: container}, satisfied: {backup: yes}, gap: {monitored: no}";
    assert_eq!(verdict_of(rule, ", facts: {backup: no}"), "unknown");
    assert_eq!(verdict_of(rule, ", facts: {backup: no, monitored: no}"), "gap");
    assert_eq!(verdict_of(rule, ", facts: {backup: yes, monitored: no}"), "gap contradictory");
    let never = "when: {kind: container}, satisfied: {backup: yes}, gap: never";
    assert_eq!(verdict_of(never, ", facts: {backup: no}"), "unknown");
}

#[test]
fn what_is_out_of_scope_is_not_judged() {
    let rule = "when: {kind: container}, satisfied: {backup: yes}";
    assert_eq!(verdict_of(rule, ", facts: {backup: no, in-scope: no}"), "not-applicable");
    assert_eq!(verdict_of(rule, ", facts: {backup: no, in-scope: yes}"), "gap");
    let flow = "{id: r, on: relation, when: {labeled: yes}, satisfied: {encrypted: yes}}";
    let model = |b: &str| {
        format!(
            "{{elements: [{{id: a, facts: {{in-scope: no}}}}, {{id: b{b}}}], \
             relations: [{{from: a, to: b, label: x, facts: {{encrypted: no}}}}]}}"
        )
    };
    assert_eq!(verdicts(&judge(flow, &model(", facts: {in-scope: no}"))), Vec::<String>::new());
    assert_eq!(verdicts(&judge(flow, &model(""))).len(), 1, "one end in scope is enough");
}

#[test]
fn kleene_connectives() {
    let rule = |satisfied: &str| format!("when: {{kind: container}}, satisfied: {satisfied}");
    let facts = ", facts: {backup: yes, monitored: no}";
    let cases = [
        ("{all: [{backup: yes}, {restore-tested: yes}]}", "unknown"),
        ("{all: [{monitored: yes}, {restore-tested: yes}]}", "gap"),
        ("{any: [{backup: yes}, {restore-tested: yes}]}", "satisfied"),
        ("{any: [{monitored: yes}, {restore-tested: yes}]}", "unknown"),
        ("{not: {monitored: yes}}", "satisfied"),
        ("{not: {restore-tested: yes}}", "unknown"),
        ("{backup: yes, monitored: no}", "satisfied"),
    ];
    for (satisfied, expected) in cases {
        assert_eq!(verdict_of(&rule(satisfied), facts), expected, "{satisfied}");
    }
}

#[test]
fn counts_know_two_or_more() {
    let rule = "when: {kind: container}, satisfied: {replicas: {at-least: 2}}";
    assert_eq!(verdict_of(rule, ", facts: {replicas: 1}"), "gap");
    assert_eq!(verdict_of(rule, ", facts: {replicas: 2+}"), "satisfied");
    let rule = "when: {kind: container}, satisfied: {replicas: {at-least: 3}}";
    assert_eq!(verdict_of(rule, ", facts: {replicas: 2+}"), "unknown");
    let rule = "when: {kind: container}, satisfied: {data-class: {below: confidential}}";
    assert_eq!(verdict_of(rule, ", facts: {data-class: internal}"), "satisfied");
    assert_eq!(verdict_of(rule, ", facts: {data-class: strictly-confidential}"), "gap");
}

#[test]
fn unless_is_true_of_what_nobody_said() {
    let rule = "when: {unless: {vendor-managed: yes}}, satisfied: {backup: yes}";
    assert_eq!(verdict_of(rule, ""), "unknown");
    assert_eq!(verdict_of(rule, ", facts: {vendor-managed: yes}"), "not-applicable");
    let not = "when: {not: {vendor-managed: yes}}, satisfied: {backup: yes}";
    assert_eq!(verdict_of(not, ""), "potentially-applicable");
}

#[test]
fn inferred_facts_satisfy_only_as_assumed_and_never_make_a_gap() {
    // A data store's usual port is inferred; nobody wrote it.
    let yaml = "elements: [{id: a, kind: container}, {id: b, kind: datastore, technologies: [PostgreSQL]}]\n\
                relations: [{from: a, to: b, label: reads}]";
    let port = judge("{id: r, on: relation, when: {from: {kind: container}}, satisfied: {port: 5432}}", yaml);
    assert_eq!(verdicts(&port), ["r a>b:reads satisfied assumed"]);
    let not =
        judge("{id: r, on: relation, when: {from: {kind: container}}, satisfied: {not: {port: 5432}}}", yaml);
    assert_eq!(verdicts(&not), ["r a>b:reads unknown"]);
    let missing: Vec<&str> = not.verdicts[0].evidence.iter().map(|leaf| leaf.text.as_str()).collect();
    assert!(missing.contains(&"port of a → b is not stated"), "{missing:?}");
    let when = judge("{id: r, on: relation, when: {port: 5432}, satisfied: {labeled: no}}", yaml);
    assert_eq!(verdicts(&when), ["r a>b:reads unknown"], "a gap needs a firm `when`");
}

#[test]
fn a_set_is_open_until_the_view_is_declared_complete() {
    let rule = "{id: r, on: model, when: {elements: {some: {}}}, satisfied: {elements: {none: {kind: firewall}}}, gap: never}\n\
                {id: s, on: model, when: {elements: {some: {}}}, satisfied: {elements: {some: {kind: firewall}}}, gap: never}";
    let open = "elements: [{id: a, kind: container}]\nviews: [{id: v, title: V, kind: deployment, nodes: [{element: a}]}]";
    assert_eq!(verdicts(&judge(rule, open)), ["r model unknown", "s model unknown"]);
    let closed = open.replace("kind: deployment", "kind: deployment, complete: true");
    assert_eq!(verdicts(&judge(rule, &closed)), ["r model satisfied", "s model unknown"]);
}

#[test]
fn every_needs_a_member_and_fails_on_one() {
    let rule =
        "{id: r, on: element, when: {kind: container}, satisfied: {incoming: {every: {encrypted: yes}}}}";
    let of = |relations: &str| {
        let yaml = format!(
            "elements: [{{id: a, kind: person}}, {{id: x, kind: container}}]\nrelations: [{relations}]"
        );
        verdicts(&judge(rule, &yaml)).first().cloned().unwrap_or_default()
    };
    assert_eq!(of(""), "r x unknown");
    assert_eq!(of("{from: a, to: x, label: p, facts: {encrypted: yes}}"), "r x satisfied");
    assert_eq!(
        of("{from: a, to: x, label: p, facts: {encrypted: yes}}, {from: a, to: x, label: q}"),
        "r x unknown"
    );
    let one = "{from: a, to: x, label: p, facts: {encrypted: yes}}, {from: a, to: x, label: q, facts: {encrypted: no}}";
    assert_eq!(of(one), "r x gap");
}

#[test]
fn a_gap_is_never_hidden_and_folds_only_into_gaps() {
    let rules = "{id: wide, on: element, when: {kind: container}, satisfied: {backup: yes}, yields-to: [narrow, other/unloaded]}\n\
                 {id: narrow, on: element, when: {kind: container}, satisfied: {restore-tested: yes}}";
    let of = |facts: &str| {
        verdicts(&judge(rules, &format!("elements: [{{id: x, kind: container, facts: {{{facts}}}}}]")))
    };
    assert_eq!(of("backup: no, restore-tested: no"), ["wide x gap in narrow", "narrow x gap"]);
    assert_eq!(of("backup: no"), ["wide x gap", "narrow x unknown"]);
    assert_eq!(of("backup: no, restore-tested: yes"), ["wide x gap", "narrow x satisfied"]);
    assert_eq!(of(""), ["wide x unknown in narrow", "narrow x unknown"]);
}

#[test]
fn a_wider_rule_includes_the_gaps_of_its_ends() {
    let rules = "{id: flow, on: relation, when: {from: {kind: container}}, satisfied: {encrypted: yes}, includes: [end]}\n\
                 {id: end, on: element, when: {kind: datastore}, satisfied: {backup: yes}}";
    let yaml = "elements: [{id: a, kind: container}, {id: b, kind: datastore, facts: {backup: no}}]\n\
                relations: [{from: a, to: b, label: x, facts: {encrypted: no}}]";
    let told = judge(rules, yaml);
    assert_eq!(verdicts(&told), ["flow a>b:x gap", "end b gap in flow"]);
    assert_eq!(told.findings[0].folded, ["end"]);
    let alone = judge(rules, &yaml.replace("encrypted: no", "encrypted: yes"));
    assert_eq!(verdicts(&alone), ["flow a>b:x satisfied", "end b gap"]);
}

const CHAIN: &str = "\
elements:
  - {id: net, kind: zone, name: Internet, facts: {zone-kind: internet}}
  - {id: user, kind: person, parent: net}
  - {id: gw, kind: gateway, name: Gateway}
  - {id: app, kind: container, name: App}
  - {id: db, kind: datastore, name: Store}
  - {id: island, kind: container, name: Island}
relations:
  - {from: user, to: gw, label: HTTPS}
  - {from: gw, to: app, label: HTTP}
  - {from: app, to: db, label: SQL}
";

#[test]
fn reachability_has_the_shortest_witness_and_silence_is_not_unreachable() {
    let rule = "{id: r, on: element, when: {any: [{kind: datastore}, {kind: container}]}, satisfied: {not: {reachable-from-internet: yes}}, gap: {reachable-from-internet: yes}}";
    let told = judge(rule, CHAIN);
    assert_eq!(verdicts(&told), ["r app gap", "r db gap", "r island unknown"]);
    let path: Vec<&str> = told.verdicts[1].evidence[0].path.iter().map(|id| id.as_str()).collect();
    assert_eq!(path, ["net/user", "gw", "app", "db"].map(|id| id.trim_start_matches("net/")));
}

#[test]
fn a_boundary_is_reached_and_its_members_are_not() {
    let yaml = "\
elements:
  - {id: net, kind: zone, name: Internet, facts: {zone-kind: internet}}
  - {id: lan, kind: zone, name: LAN, facts: {zone-kind: corporate}}
  - {id: x, kind: container, parent: lan}
relations: [{from: net, to: lan, label: HTTPS}]
";
    let rule = "{id: r, on: element, when: {kind: container}, satisfied: {reachable-from-internet: no}, gap: {reachable-from-internet: yes}}\n\
                {id: z, on: zone, when: {zone-kind: corporate}, satisfied: {reachable-from-internet: no}, gap: {reachable-from-internet: yes}}";
    assert_eq!(verdicts(&judge(rule, yaml)), ["r x unknown", "z lan gap"]);
}

#[test]
fn a_gateway_is_bypassed_only_when_another_way_passes_it() {
    let rule = "{id: r, on: element, when: {kind: container}, satisfied: {gateway-bypass: no}, gap: {gateway-bypass: yes}}";
    assert_eq!(verdicts(&judge(rule, CHAIN))[0], "r app satisfied");
    let around = format!("{CHAIN}  - {{from: user, to: app, label: HTTPS}}\n");
    let told = judge(rule, &around);
    assert_eq!(verdicts(&told)[0], "r app gap");
    let path: Vec<&str> = told.verdicts[0].evidence[0].path.iter().map(|id| id.as_str()).collect();
    assert_eq!(path.len(), 2, "the witness goes around the gateway: {path:?}");
    let unnamed = format!("{CHAIN}  - {{from: user, to: app}}\n");
    assert_eq!(verdicts(&judge(rule, &unnamed))[0], "r app unknown", "an unlabeled line may be a probe");
}

#[test]
fn articulation_points_cut_users_from_data() {
    let rule = "{id: r, on: element, when: {articulation-point: yes}, satisfied: {replicas: {at-least: 2}}}";
    assert_eq!(verdicts(&judge(rule, CHAIN)), ["r gw unknown", "r app unknown"]);
    let second = format!(
        "{CHAIN}  - {{from: user, to: island, label: HTTPS}}\n  - {{from: island, to: db, label: SQL}}\n"
    );
    assert_eq!(verdicts(&judge(rule, &second)), Vec::<String>::new());
}

#[test]
fn chains_count_what_is_known_and_what_may_be() {
    let depth = |least: u32| {
        format!(
            "{{id: r, on: element, when: {{sync-chain-depth: {{at-least: {least}}}}}, satisfied: {{backup: yes}}}}"
        )
    };
    let sync = CHAIN
        .replace("label: HTTPS}", "label: HTTPS, facts: {coupling: sync}}")
        .replace("label: HTTP}", "label: x, facts: {coupling: sync}}")
        .replace("label: SQL}", "label: SQL, facts: {coupling: async}}");
    assert_eq!(verdicts(&judge(&depth(2), &sync))[0], "r user unknown");
    assert!(!verdicts(&judge(&depth(3), &sync)).iter().any(|line| line.starts_with("r user")));
}

#[test]
fn each_path_passes_or_the_witness_says_which_does_not() {
    let rule = "{id: r, on: model, when: {elements: {some: {kind: datastore}}}, satisfied: {every-path: {from: {kind: person}, to: {kind: datastore}, passes: {kind: gateway}}}}";
    assert_eq!(verdicts(&judge(rule, CHAIN)), ["r model satisfied"]);
    let around = format!("{CHAIN}  - {{from: user, to: db, label: SQL}}\n");
    let told = judge(rule, &around);
    assert_eq!(verdicts(&told), ["r model gap"]);
    assert_eq!(told.verdicts[0].evidence[0].path.len(), 2);
    let twice = rule.replace("passes: {kind: gateway}", "passes: {kind: gateway}, at-least: 2");
    assert_eq!(verdicts(&judge(&twice, CHAIN)), ["r model gap"]);
}

#[test]
fn support_is_judged_against_the_date_and_only_with_one() {
    let rule = "{id: r, on: element, when: {support-listed: yes}, satisfied: {past-support: no}}";
    let old = "elements: [{id: fw, kind: firewall, technologies: [Forefront TMG 2010]}]";
    assert_eq!(verdicts(&judge(rule, old)), ["r fw gap"]);
    let paid = "elements: [{id: fw, kind: firewall, technologies: [Forefront TMG 2010], facts: {paid-support-until: 2027-01-01}}]";
    assert_eq!(verdicts(&judge(rule, paid)), ["r fw satisfied"]);
    let undated = super::judge_with(rule, old, &planroom::guidance::Settings::default()).0;
    assert_eq!(verdicts(&undated), ["r fw unknown"]);
}

#[test]
fn what_the_sources_say_twice_and_differently_is_contradictory() {
    use planroom::model::{ElementId, Fact, FactKey, FactValue};
    let mut model = super::model("elements: [{id: x, kind: container, facts: {backup: no}}]");
    let place = planroom::source::Span::default().into();
    let other = Fact::stated(FactKey::Backup, FactValue::word("yes"), place);
    model.elements.get_mut(&ElementId::new("x")).unwrap().facts.add(other);
    let packs = super::packs("{id: r, on: element, when: {kind: container}, satisfied: {backup: yes}}");
    let (told, _) = planroom::guidance::assess(
        &model,
        &packs,
        planroom::catalog::Catalog::builtin(),
        &planroom::guidance::Settings::default(),
    );
    assert_eq!(verdicts(&told), ["r x gap contradictory"]);
    assert!(told.findings[0].contradictory);
}
