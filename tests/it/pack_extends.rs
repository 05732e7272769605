//! A company's own packs: what they change in ours, and how what is wrong with them is told.

use crate::cli::{DRAWING, Folder};
use crate::pack_tests::{EXAMPLES, PACK};

/// A pack that extends another one; `{}` is its base, what follows its changes.
fn extending(base: &str, rest: &str) -> String {
    format!("id: acme\ntitle: Acme's rules\nversion: 2.1.0\ncovers: What Acme asks.\nextends: {base}\n{rest}")
}

const HARSHER: &str = "\
override:
  - rule: box-without-owner
    severity: critical
    reason: Our auditor asks.
";

/// Packs in `guidance/`, and what `rules --format json` says of them.
fn rules(name: &str, files: &[(&str, &str)], named: &str) -> (i32, String, serde_json::Value) {
    let folder = Folder::new(&format!("pack-extends-{name}"));
    for (path, text) in files {
        folder.write(&format!("guidance/{path}"), text);
    }
    let run = folder.run(&["rules", "--format", "json", "--pack", named]);
    let rules = serde_json::from_str(&run.out).unwrap_or_default();
    (run.code, run.err, rules)
}

fn find<'a>(rules: &'a serde_json::Value, id: &str) -> Option<&'a serde_json::Value> {
    rules.as_array()?.iter().find(|rule| rule["id"] == id)
}

#[test]
fn a_pack_extends_a_file_beside_it() {
    let own = extending("own.yaml", HARSHER);
    let (code, told, rules) = rules("file", &[("acme.yaml", &own), ("own.yaml", PACK)], "guidance/acme.yaml");
    assert_eq!(code, 0, "{told}");
    let rule = find(&rules, "box-without-owner").expect("the base's rule is there");
    assert_eq!((rule["severity"].as_str(), rule["pack"].as_str()), (Some("critical"), Some("acme")));
    assert_eq!(rule["severity-why"], "Our auditor asks.");
    assert_eq!(rule["ask"], "Who owns it?");
    assert!(find(&rules, "plain-file-transfer").is_some(), "the packs in use by default stay");
}

#[test]
fn a_pack_takes_the_place_of_the_built_in_one_that_it_extends() {
    let off = "override:\n  - {rule: not-monitored, off: yes, reason: Our platform watches everything.}\n";
    let own = extending("core-operations", &format!("{off}{}", &PACK[PACK.find("rules:").unwrap()..]));
    let (code, told, rules) = rules("built-in", &[("acme.yaml", &own)], "guidance");
    assert_eq!(code, 0, "{told}");
    assert!(find(&rules, "not-monitored").is_none(), "it is switched off");
    assert_eq!(find(&rules, "box-without-owner").unwrap()["pack"], "acme");
    assert!(rules.as_array().unwrap().iter().all(|rule| rule["pack"] != "core-operations"));
}

#[test]
fn the_page_tells_what_a_pack_changes() {
    let folder = Folder::new("pack-extends-page");
    let own = extending("own", HARSHER);
    folder
        .write("in/orders.puml", DRAWING)
        .write("in/guidance/acme.yaml", own)
        .write("in/guidance/own.yaml", PACK);
    folder.write("in/planroom.yaml", "packs: [core-security, guidance/acme.yaml]\n");
    let run = folder.run(&["build", "in", "-o", "out"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let page = folder.read("out/index.html");
    for words in ["Extends own.", "1 changed rule", "severity critical", "Our auditor asks."] {
        assert!(page.contains(words), "the page does not say `{words}`");
    }
    let findings = folder.read("out/findings.json");
    assert!(findings.contains("\"changes\"") && findings.contains("\"extends\""), "{findings}");
}

#[test]
fn a_chain_of_packs_ends_in_the_last_one() {
    let team = "id: team\ntitle: T\nversion: 1.0.0\ncovers: C.\nextends: acme.yaml\noverride:\n  - {rule: box-without-owner, ask: \"Whose is it?\", reason: Shorter.}\n";
    let acme = extending("own.yaml", HARSHER);
    let files = [("acme.yaml", acme.as_str()), ("own.yaml", PACK), ("team.yaml", team)];
    for named in ["guidance/team.yaml", "guidance"] {
        let (code, told, rules) = rules("chain", &files, named);
        assert_eq!(code, 0, "{told}");
        let rule = find(&rules, "box-without-owner").unwrap();
        assert_eq!(
            (&rule["severity"], &rule["ask"], &rule["pack"]),
            (&"critical".into(), &"Whose is it?".into(), &"team".into())
        );
    }
}

#[test]
fn what_a_pack_changes_is_tested() {
    let own = extending(
        "own.yaml",
        "override:\n  - {rule: box-without-owner, gap: {says: abandoned}, reason: Our word.}\n",
    );
    let folder = Folder::new("pack-extends-test");
    folder.write("acme.yaml", &own).write("own.yaml", PACK);
    let run = folder.run(&["test", "acme.yaml"]);
    assert!(
        run.code == 1 && run.out.contains("box-without-owner: has no examples"),
        "{}{}",
        run.out,
        run.err
    );
    folder.write("examples/acme.yaml", EXAMPLES.replace("orphan", "abandoned box"));
    let run = folder.run(&["test", "acme.yaml"]);
    assert!(run.code == 0 && run.out.contains("4 examples: all as expected"), "{}{}", run.out, run.err);
}

/// What a wrong pack says, with exit code 2, and nothing written.
fn refused(name: &str, files: &[(&str, &str)], says: &[&str]) {
    let folder = Folder::new(&format!("pack-refused-{name}"));
    folder.write("in/orders.puml", DRAWING);
    folder.write("in/planroom.yaml", "packs: [core-security, core-operations, guidance/acme.yaml]\n");
    for (path, text) in files {
        folder.write(&format!("in/guidance/{path}"), text);
    }
    for arguments in [
        vec!["build", "in", "-o", "out"],
        vec!["check", "in"],
        vec!["test", "in/guidance/acme.yaml"],
        vec!["rules", "--pack", "in/guidance/acme.yaml"],
    ] {
        let run = folder.run(&arguments);
        assert_eq!(run.code, 2, "{arguments:?}: {}{}", run.out, run.err);
        for word in says {
            assert!(run.err.contains(word), "{arguments:?} does not say `{word}`: {}", run.err);
        }
        assert!(!folder.has("out"), "{arguments:?} wrote something");
    }
}

#[test]
fn an_unknown_base_is_told() {
    let near = extending("core-securty", HARSHER);
    refused("base", &[("acme.yaml", &near)], &["guidance/acme.yaml:5:10", "did you mean `core-security`?"]);
    let file = extending("owm.yaml", HARSHER);
    refused(
        "file",
        &[("acme.yaml", &file), ("own.yaml", PACK)],
        &["acme.yaml:5:10", "did you mean `own.yaml`?"],
    );
    let broken = [("acme.yaml", extending("own.yaml", HARSHER)), ("own.yaml", "id: [own".to_owned())];
    refused(
        "broken",
        &broken.each_ref().map(|(path, text)| (*path, text.as_str())),
        &["own.yaml:1:5", "unclosed"],
    );
    let list = extending("[own.yaml]", HARSHER);
    refused("list", &[("acme.yaml", &list), ("own.yaml", PACK)], &["acme.yaml:5:10", "names one pack"]);
    let none = "id: acme\ntitle: A\nversion: 1.0.0\ncovers: C.\noverride: []\n";
    refused("none", &[("acme.yaml", none)], &["acme.yaml:5:11", "`extends` says of which"]);
}

#[test]
fn a_circle_is_told() {
    let own = format!("{}{}", "extends: acme.yaml\n", PACK);
    let acme = extending("own.yaml", HARSHER);
    let says = ["acme.yaml:5:10", "in a circle: acme extends own extends acme"];
    refused("circle", &[("acme.yaml", &acme), ("own.yaml", &own)], &says);
    let itself = extending("acme.yaml", HARSHER);
    refused("itself", &[("acme.yaml", &itself)], &[says[0], "in a circle: acme extends acme"]);
}

#[test]
fn wrong_overrides_are_told_with_their_place() {
    let cases = [
        (
            "{rule: box-without-owne, off: yes, reason: R}",
            "acme.yaml:7:12",
            "did you mean `box-without-owner`?",
        ),
        ("{rule: box-without-owner, off: yes}", "acme.yaml:7:5", "lacks the key `reason`"),
        ("{rule: box-without-owner, reason: R}", "acme.yaml:7:12", "changes nothing"),
        (
            "{rule: box-without-owner, off: yes, severity: low, reason: R}",
            "acme.yaml:7:12",
            "switched off and changed",
        ),
        ("{rule: box-without-owner, severity: sever, reason: R}", "acme.yaml:7:41", "known are: critical"),
        ("{rule: box-without-owner, gap: {ownr: A}, reason: R}", "acme.yaml:7:37", "did you mean `owner`?"),
        (
            "{rule: box-without-owner, gap: {owner: {below: 2}}, reason: R}",
            "acme.yaml:7:44",
            "cannot be compared by size",
        ),
        (
            "{rule: box-without-owner, gap: {not: {owner: stated}}, reason: R}",
            "acme.yaml:7:5",
            "tests absence",
        ),
        ("{rule: box-without-owner, onn: zone, reason: R}", "acme.yaml:7:31", "has no key `onn`"),
    ];
    for (nth, (entry, place, says)) in cases.into_iter().enumerate() {
        let own = extending("own.yaml", &format!("override:\n  - {entry}\n"));
        refused(&format!("override-{nth}"), &[("acme.yaml", &own), ("own.yaml", PACK)], &[place, says]);
    }
}

#[test]
fn an_id_that_is_taken_is_told() {
    let taken = PACK.replace("id: own\n", "id: core-operations\n");
    let folder = Folder::new("pack-refused-id");
    folder.write("orders.puml", DRAWING).write("own.yaml", taken);
    let run = folder.run(&["check", "orders.puml", "--pack", "own.yaml"]);
    assert_eq!(run.code, 2, "{}", run.err);
    assert!(
        run.err.contains("own.yaml:1:1") && run.err.contains("`extends: core-operations`"),
        "{}",
        run.err
    );
    let rule = extending("own.yaml", &PACK[PACK.find("rules:").unwrap()..]);
    refused(
        "rule",
        &[("acme.yaml", &rule), ("own.yaml", PACK)],
        &["two rules have the id", "under `override`"],
    );
    let retired = format!("{}retired: [box-without-owner]\n", PACK.replace("id: own\n", "id: acme\n"));
    refused("retired", &[("acme.yaml", &retired)], &["acme.yaml:6:5", "has retired"]);
    let both = [
        ("acme.yaml", extending("core-security", "")),
        ("acme2.yaml", extending("core-security", "").replace("id: acme", "id: acme2")),
    ];
    let folder = Folder::new("pack-refused-both");
    for (path, text) in &both {
        folder.write(path, text);
    }
    let run = folder.run(&["rules", "--pack", "acme.yaml", "--pack", "acme2.yaml"]);
    assert_eq!(run.code, 2, "{}", run.err);
    assert!(
        run.err.contains("which `acme` extends already") && run.err.contains("acme2.yaml:5:10"),
        "{}",
        run.err
    );
}

#[test]
fn a_pack_over_the_limit_or_out_of_reach_is_told_where_it_is_named() {
    let large = format!("{PACK}#{}\n", "x".repeat(1 << 20));
    refused("large", &[("acme.yaml", &large)], &["1048576", "--max-pack-bytes"]);
    let folder = Folder::new("pack-refused-reach");
    folder.write("in/orders.puml", DRAWING).write("own.yaml", PACK);
    for (named, says) in [
        ("../own.yaml", "leads out"),
        ("absent.yaml", "absent.yaml"),
        ("none/", "none"),
        ("own", "a pack of your own is a path"),
    ] {
        folder.write("in/planroom.yaml", format!("packs:\n  - {named}\n"));
        let run = folder.run(&["build", "in", "-o", "out"]);
        assert!(run.code == 2 && run.err.contains("planroom.yaml:2:5"), "{named}: {}", run.err);
        assert!(run.err.contains(says) && !folder.has("out"), "{named}: {}", run.err);
    }
}

#[test]
fn a_folder_of_packs_is_named_in_the_settings() {
    let folder = Folder::new("pack-folder");
    folder
        .write("in/orders.puml", DRAWING)
        .write("in/guidance/own.yaml", PACK)
        .write("in/guidance/examples/own.yaml", EXAMPLES);
    folder.write("in/planroom.yaml", "packs: [core-security, guidance/]\n");
    let run = folder.run(&["build", "in", "-o", "out"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(folder.read("out/index.html").contains("Rules of our own"));
}
