//! `planroom rules --format markdown`: what the reference of a pack says.

use crate::cli::Folder;
use crate::pack_tests::{EXAMPLES, PACK};

/// The reference of a pack whose only rule tests this.
fn reference(name: &str, when: &str, gap: &str) -> String {
    let folder = Folder::new(&format!("reference-{name}"));
    let pack = PACK.replace("{kind: [host, component]}", when).replace("{says: orphan}", gap);
    folder.write("own.yaml", pack).write("examples/own.yaml", EXAMPLES);
    let run = folder.run(&["rules", "--format", "markdown", "--pack", "own.yaml"]);
    assert_eq!(run.code, 0, "{}", run.err);
    run.out
}

#[test]
fn a_reference_tells_everything_about_a_rule() {
    insta::assert_snapshot!(reference("whole", "{kind: [host, component]}", "{says: orphan}"));
}

#[test]
fn predicates_are_told_in_words() {
    let cases = [
        ("{kind: host}", "- it is drawn as host\n"),
        ("{technology: sql-server}", "- it is Microsoft SQL Server\n"),
        (
            "{replicas: {at-least: 2}, data-class: {below: internal}}",
            "- all of these hold:\n  - `replicas` is at least 2\n  - `data-class` is below internal\n",
        ),
        ("{not: {external: yes}}", "- not `external` is yes\n"),
        (
            "{unless: {any: [{external: yes}, {vendor-managed: yes}]}}",
            "- unless it is known that one of these holds:\n  - `external` is yes\n",
        ),
        (
            "{model: {elements: {at-least: 2, of: {kind: host}}}}",
            "- in the whole model: at least 2 elements: it is drawn as host\n",
        ),
        ("{incoming: {some: {}}}", "- some flow to it: there is one\n"),
        (
            "{outgoing: {every: {protocol: [ftp, tftp], crosses: trust-boundary}}}",
            "- every flow from it: all of these hold:\n  - its protocol is FTP or TFTP\n  - it crosses a trust boundary\n",
        ),
        ("{reachable-from-internet: yes}", "- it is reachable from the Internet, as drawn\n"),
        ("{fan-in: {at-least: 5}}", "- `fan-in` is at least 5, as drawn\n"),
        (
            "{model: {path: {from: {external: yes}, to: {kind: host}}}}",
            "- in the whole model: a path leads, as drawn:\n  - from: `external` is yes\n  - to: it is drawn as host\n",
        ),
    ];
    for (nth, (when, words)) in cases.into_iter().enumerate() {
        let text = reference(&nth.to_string(), when, "{says: orphan}");
        let said = text.split("It is about each element where\n\n").nth(1).unwrap_or_default();
        assert!(said.starts_with(words), "{when}: {}", &said[..said.len().min(200)]);
    }
}

#[test]
fn texts_mean_nothing_in_markdown() {
    let folder = Folder::new("reference-plain");
    let pack = PACK.replace("Nobody owns the box", "\"<b>Nobody</b> | *owns* [it](x)\"");
    folder.write("own.yaml", pack).write("examples/own.yaml", EXAMPLES);
    let text = folder.run(&["rules", "--format", "markdown", "--pack", "own.yaml"]).out;
    assert!(text.contains("| \\<b>Nobody\\</b> \\| \\*owns\\* \\[it\\](x) |"), "{text}");
}

#[test]
fn every_builtin_rule_has_an_example_and_words() {
    let folder = Folder::new("reference-builtin");
    let text = folder.run(&["rules", "--format", "markdown"]).out;
    let rules = text.matches("\n## ").count();
    assert!(rules > 60);
    for part in ["\n**Example.**", "\nIt is sound when\n\n- ", "\n**Sources**\n\n- ["] {
        assert_eq!(text.matches(part).count(), rules, "{part}");
    }
    assert!(!text.contains(": \n") && !text.contains("- \n"), "a predicate has no words");
}
