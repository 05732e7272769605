//! Fragments to one model: who is who, what holds what, where drawings disagree.

mod sketch;

use std::fmt::Write as _;

use planroom::assemble::{Assembled, assemble};
use planroom::model::{Fact, FactKey, FactValue, Model, Origin};
use sketch::sketch;

/// Assembles files given as path and sketch; the model as text.
fn told(files: &[(&str, &str)]) -> String {
    let assembled = assemble(files.iter().map(|(path, text)| sketch(path, text)).collect());
    sound(&assembled);
    tell(&assembled.model)
}

/// What holds for every model.
fn sound(assembled: &Assembled) {
    let model = &assembled.model;
    let mut seen = std::collections::BTreeSet::new();
    for (id, element) in &model.elements {
        assert_eq!(*id, element.id);
        assert!(element.parent.as_ref().is_none_or(|parent| seen.contains(parent)), "{id} before its parent");
        assert!(element.instance_of.as_ref().is_none_or(|logical| model.elements.contains_key(logical)));
        assert!(element.origins.iter().all(|place| assembled.sources.get(place.span.file).is_some()));
        seen.insert(id.clone());
    }
    for (id, relation) in &model.relations {
        assert_eq!(*id, relation.id);
        assert!(seen.contains(&relation.from) && seen.contains(&relation.to));
    }
    for view in &model.views {
        assert!(view.nodes.iter().all(|node| seen.contains(&node.element)));
        assert!(view.relations.iter().all(|id| model.relations.contains_key(id)));
    }
}

fn tell(model: &Model) -> String {
    let mut out = String::new();
    for element in model.elements.values() {
        let depth = model.ancestors(&element.id).count() - 1;
        write!(out, "{}{} ({})", "  ".repeat(depth), element.id, element.kind).unwrap();
        if let Some(logical) = &element.instance_of {
            write!(out, " instance of {logical}").unwrap();
        }
        for holder in &element.also_in {
            write!(out, " also in {holder}").unwrap();
        }
        out.push('\n');
    }
    for relation in model.relations.values() {
        write!(out, "{} x{}", relation.id, relation.origins.len()).unwrap();
        if let Some(logical) = &relation.realizes {
            write!(out, " realizes {logical}").unwrap();
        }
        out.push('\n');
    }
    for view in &model.views {
        writeln!(out, "view {} ({}) {}+{}", view.id, view.kind, view.nodes.len(), view.relations.len())
            .unwrap();
    }
    for merge in &model.merges {
        match &merge.near_miss {
            Some(other) => writeln!(out, "near miss {} and {other}: {}", merge.element, merge.why).unwrap(),
            None => writeln!(out, "merged {}: {} x{}", merge.element, merge.why, merge.places.len()).unwrap(),
        }
    }
    for conflict in &model.conflicts {
        writeln!(out, "conflict {}: {}", conflict.subject, conflict.text).unwrap();
    }
    out
}

const CONTEXT: (&str, &str) = (
    "a-context.puml",
    "title Shop, system context
person Buyer
system Shop
system Billing
Buyer > Shop : Orders
Shop > Billing : Invoices
",
);

#[test]
fn a_system_and_its_boundary_are_one_and_the_owner_is_the_parent() {
    insta::assert_snapshot!(told(&[
        CONTEXT,
        (
            "b-container.puml",
            "title Shop, containers
person Buyer
boundary Shop
  container Web
  datastore Database
system Billing
Buyer > Web : Orders
Web > Database : SQL
Web > Billing : Invoices
",
        ),
    ]));
}

#[test]
fn the_step_of_a_process_is_no_part_of_the_system() {
    let step = |path| {
        let mut reading = sketch(path, "component Fraud check\n");
        let (key, no) = (FactKey::InScope, FactValue::word("no"));
        reading.fragment.drafts[0].facts.add(Fact::because(key, no, Origin::Derived, None, String::new()));
        reading
    };
    let parts = ["a.puml", "c.puml"].map(|path| sketch(path, "component Fraud check\n"));
    let [first, last] = parts;
    let model = assemble(vec![first, step("b.mmd"), last, step("d.mmd")]).model;
    let scopes: Vec<_> = model
        .elements
        .values()
        .map(|known| (known.facts.word(FactKey::InScope), known.origins.len()))
        .collect();
    assert_eq!(scopes, [(None, 2), (Some("no"), 2)]);
}

#[test]
fn generic_names_merge_only_in_one_parent() {
    let shop = (
        "a.puml",
        "system Shop\n  datastore Database\n  container Web\ndatastore Storage\nWeb > Database : SQL\n",
    );
    let same = ("b.puml", "system Shop\n  datastore Database\ndatastore Storage\n");
    let other = ("c.puml", "system Depot\n  datastore Database\n");
    insta::assert_snapshot!(told(&[shop, same, other]));
}

#[test]
fn what_one_diagram_draws_twice_stays_two() {
    insta::assert_snapshot!(told(&[(
        "a.puml",
        "host Edge A\n  component Relay\nhost Edge B\n  component Relay\ncomponent Twin = a\ncomponent Twin = b\na > b\na > b\n"
    )]));
}

#[test]
fn an_alias_identifies_within_its_file_only() {
    insta::assert_snapshot!(told(&[
        ("a.puml", ""),
        ("b.puml", "container Web = w\n---\ncontainer Web = w\n---\ncontainer Office = w\n"),
        ("c.puml", "container Web = w\n"),
    ]));
}

#[test]
fn explicit_ids_identify_and_keep_apart() {
    insta::assert_snapshot!(told(&[
        ("a.yaml", "container Orders #ord\ncontainer Ledger #l1\n"),
        ("b.yaml", "datastore Order store #ord\ncontainer Ledger #l2\n"),
        ("c.puml", "container Ledger\n"),
    ]));
}

#[test]
fn what_runs_in_a_host_is_an_instance_of_the_logical_element() {
    insta::assert_snapshot!(told(&[
        (
            "a-deployment.puml",
            "zone Data\n  host BT01\n    component MessageBox\n      component Agent X\n  host BT02\n    component MessageBox\ncomponent Tracker\n"
        ),
        (
            "b-logical.puml",
            "system BizTalk\n  component MessageBox\n  component Tracker\nMessageBox > Tracker : Events\n"
        ),
        (
            "c-physical.puml",
            "host BT01\n  component MessageBox\nhost TR01\n  component Tracker\nMessageBox > Tracker : Events\n"
        ),
    ]));
}

#[test]
fn a_generic_name_is_an_instance_when_its_technologies_agree() {
    insta::assert_snapshot!(told(&[
        ("a.puml", "system Shop\n  container API gateway [Kong, Lua]\n  container Cache [Redis]\n"),
        ("b.puml", "host Edge\n  container API gateway [Kong]\n  container Cache [Varnish]\n"),
    ]));
}

#[test]
fn a_grouping_in_one_drawing_never_contradicts_the_owner() {
    insta::assert_snapshot!(told(&[
        ("a.puml", "boundary Team North\n  component Rating\n"),
        ("b.puml", "zone DMZ\n  component Rating\n"),
        ("c.puml", "system Core\n  component Rating\n"),
        ("d.puml", "boundary Team South\n  component Rating\n"),
    ]));
}

#[test]
fn owners_and_zones_that_differ_keep_equal_names_apart() {
    insta::assert_snapshot!(told(&[
        ("a.puml", "system Core\n  component Rating\nzone Test\n  component Pricing\n"),
        ("b.puml", "system Bank\n  component Rating\nzone Production\n  component Pricing\n"),
    ]));
}

#[test]
fn the_boundary_of_a_system_is_an_owner() {
    insta::assert_snapshot!(told(&[
        ("a.puml", "boundary Core <system>\n  component Rating\n"),
        ("b.puml", "boundary Bank <system>\n  component Rating\n"),
        ("c.puml", "zone Inner\n  component Rating\n"),
    ]));
}

#[test]
fn drawings_that_contradict_each_other_are_reported() {
    insta::assert_snapshot!(told(&[
        ("a.puml", "datastore MessageBox\ncomponent Sender\ncomponent Ledger\nSender > Ledger : Bookings\n"),
        ("b.puml", "component MessageBox\ncomponent Sender\ncomponent Ledger\nLedger > Sender : Bookings\n"),
    ]));
}

#[test]
fn a_request_and_its_answer_in_one_drawing_are_no_contradiction() {
    let both = (
        "a.puml",
        "component Sender\ncomponent Ledger\nSender > Ledger : Bookings\nLedger > Sender : Bookings\n",
    );
    insta::assert_snapshot!(told(&[both]));
}

#[test]
fn holders_that_go_in_a_circle_are_reported_and_cut() {
    insta::assert_snapshot!(told(&[
        ("a.puml", "boundary Alpha\n  boundary Beta\n"),
        ("b.puml", "boundary Beta\n  boundary Alpha\n"),
    ]));
}

#[test]
fn a_bare_line_is_the_worded_one_of_another_drawing_when_there_is_no_choice() {
    insta::assert_snapshot!(told(&[
        (
            "a.puml",
            "component Sender\ncomponent Ledger\ncomponent Vault\nSender > Ledger\nSender > Vault : FTP\nSender > Vault : SQL\n"
        ),
        (
            "b.puml",
            "component Sender\ncomponent Ledger\ncomponent Vault\nSender > Ledger : Bookings\nSender > Vault\n"
        ),
    ]));
}

#[test]
fn the_order_of_readings_does_not_matter() {
    let files = [CONTEXT, ("z.puml", "system Shop\n  container Web\n"), ("m.puml", "system Billing\n")];
    let mut turned = files;
    turned.reverse();
    assert_eq!(told(&files), told(&turned));
}

#[test]
fn thousands_of_elements_of_one_name_are_told_apart_in_reasonable_time() {
    let many = "component Orders\n".repeat(5_000);
    let model = assemble(vec![sketch("a.puml", &many), sketch("b.puml", &many)]).model;
    // Nobody can say which of the second drawing is which of the first.
    assert_eq!(model.elements.len(), 10_000);
    assert_eq!(model.elements.keys().next_back().unwrap().as_str().split_once('~').unwrap().0, "orders");
}
