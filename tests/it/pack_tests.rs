//! `planroom test PACK` on packs of somebody's own: exit code and what is said.

use crate::cli::Folder;

/// A pack of one rule about a word that the author wrote.
pub(crate) const PACK: &str = "\
id: own
title: Rules of our own
version: 1.0.0
covers: What we ask of everything.
rules:
  - id: box-without-owner
    title: Nobody owns the box
    category: operations
    severity: low
    severity-why: It is found out when it breaks.
    on: element
    when: {kind: [host, component]}
    satisfied: {owner: stated}
    gap: {says: orphan}
    ask: Who owns it?
    who: business
    why: What nobody owns, nobody mends.
    do: Name an owner.
    verify: Ask the owner.
    sources: [{title: Our handbook, url: \"https://example.org/handbook\"}]
";

/// Its examples.
pub(crate) const EXAMPLES: &str = "\
box-without-owner:
  gap:
    - elements: [{id: a, kind: host, name: A, description: An orphan}]
  satisfied:
    - elements: [{id: a, kind: host, name: A, facts: {owner: Ann}}]
  unknown:
    - elements: [{id: a, kind: host, name: A}]
  quiet:
    - elements: [{id: a, kind: person, name: A}]
";

/// Exit code and output of testing a pack with these examples.
fn check(name: &str, pack: &str, examples: &str, code: i32, says: &[&str]) {
    let folder = Folder::new(&format!("pack-test-{name}"));
    folder.write("own.yaml", pack).write("examples/own.yaml", examples);
    for path in ["own.yaml", "."] {
        let run = folder.run(&["test", path]);
        assert_eq!(run.code, code, "{path}: {}{}", run.out, run.err);
        for word in says {
            let all = format!("{}{}", run.out, run.err);
            assert!(all.contains(word), "{path} does not say `{word}`: {all}");
        }
    }
}

#[test]
fn a_pack_whose_examples_hold() {
    check("right", PACK, EXAMPLES, 0, &["1 rules, 4 examples: all as expected"]);
}

#[test]
fn examples_stand_in_the_pack_as_well() {
    let inline: String = EXAMPLES.lines().skip(1).map(|line| format!("    {line}\n")).collect();
    let pack = format!("{PACK}    examples:\n{inline}");
    check("inline", &pack, "{}", 0, &["1 rules, 4 examples: all as expected"]);
}

#[test]
fn an_example_that_gets_another_verdict_is_told_with_its_place_and_evidence() {
    let wrong = EXAMPLES.replace("owner: Ann", "monitored: \"yes\"");
    let says =
        ["examples/own.yaml:5: box-without-owner: satisfied example 1", "unknown on a", "1 not as expected"];
    check("verdict", PACK, &wrong, 1, &says);
}

#[test]
fn missing_and_misnamed_examples_are_told() {
    let wrong = EXAMPLES.replace("  quiet:", "  silent:");
    let says =
        ["own.yaml:8: box-without-owner: `silent` is no kind of example", "no example of kind `quiet`"];
    check("kinds", PACK, &wrong, 1, &says);
    let stranger = EXAMPLES.replace("box-without-owner", "box-without-owners");
    let says = ["own.yaml:1: box-without-owners", "did you mean `box-without-owner`?", "has no examples"];
    check("stranger", PACK, &stranger, 1, &says);
    let never =
        EXAMPLES.replace("  unknown:\n    - elements: [{id: a, kind: host, name: A}]", "  unknown: never");
    check("never", PACK, &never, 0, &["3 examples"]);
}

#[test]
fn an_example_that_is_no_model_is_told_with_its_place() {
    let wrong = EXAMPLES.replace("kind: person", "kind: persn");
    check("model", PACK, &wrong, 1, &["examples/own.yaml:9", "persn", "person"]);
}

#[test]
fn a_wrong_pack_is_refused_with_its_place() {
    let cases = [
        ("severity-why", "severity-wy", "own.yaml:10:5"),
        ("kind: [host", "kin: [host", "did you mean `kind`?"),
        ("gap: {says: orphan}", "gap: {owner: {below: 2}}", "own.yaml:14:18"),
    ];
    for (nth, (right, wrong, says)) in cases.into_iter().enumerate() {
        check(&format!("wrong-{nth}"), &PACK.replace(right, wrong), EXAMPLES, 2, &[says, "error"]);
    }
}

#[test]
fn one_rule_alone_is_tested_and_an_unknown_one_is_told() {
    let folder = Folder::new("pack-test-rule");
    folder.write("own.yaml", PACK).write("examples/own.yaml", EXAMPLES);
    let run = folder.run(&["test", "own.yaml", "--rule", "box-without-owner"]);
    assert_eq!((run.code, run.out.as_str()), (0, "1 rules, 4 examples: all as expected\n"));
    let run = folder.run(&["test", "own.yaml", "--rule", "box-without-owne"]);
    assert!(run.code == 1 && run.out.contains("did you mean `box-without-owner`?"), "{}", run.out);
    let run = folder.run(&["test", "absent.yaml"]);
    assert!(run.code == 2 && run.err.contains("absent.yaml"), "{}", run.err);
}
