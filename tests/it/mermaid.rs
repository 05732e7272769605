//! The Mermaid reader, feature by feature: one folder a case under `tests/corpus/mermaid`, with `input.mmd` and
//! `reading.snap`.

use std::path::Path;

use planroom::readers::mermaid::Mermaid;
use planroom::readers::reader::{Confidence, Head, Reader, Reading};
use planroom::source::Source;

use crate::corpus::{NoFiles, mermaid_statements, source};
use crate::dump;

#[test]
fn cases() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/mermaid");
    let entries = std::fs::read_dir(&folder).expect("the folder of cases is readable");
    let mut cases: Vec<_> = entries.map(|entry| entry.expect("an entry is readable").path()).collect();
    cases.sort();
    assert!(cases.len() >= 25, "{} cases", cases.len());
    for case in cases {
        let source = source(&case, &case.join("input.mmd"));
        let reading = Mermaid.read(&source, &NoFiles);
        if reading.refused.is_none() && !case.ends_with("broken") && !case.ends_with("broken-c4") {
            assert_eq!(reading.loss.seen(), mermaid_statements::count(&source.text), "{}", case.display());
        }
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(&case);
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!("reading", dump::reading(&reading)));
    }
}

fn read(text: &str) -> Reading {
    Mermaid.read(&Source::new("input.mmd", text), &NoFiles)
}

fn codes(reading: &Reading) -> Vec<&'static str> {
    reading.diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
}

fn deepest(reading: &Reading) -> usize {
    let drafts = &reading.fragment.drafts;
    let mut depths: Vec<usize> = Vec::new();
    for draft in drafts {
        depths.push(draft.parent.map_or(0, |parent| depths[parent.0] + 1));
    }
    depths.into_iter().max().unwrap_or_default()
}

#[test]
fn deep_nesting_is_flattened() {
    let deep = 10_000;
    let flowchart = (0..deep).map(|at| format!("subgraph s{at}\n")).collect::<String>();
    let boundaries = (0..deep).map(|at| format!("Boundary(b{at}, \"b\") {{\n")).collect::<String>();
    let blocks = (0..deep).map(|at| format!("block:b{at}\n")).collect::<String>();
    let groups = (1..deep).map(|at| format!("group g{at}[g] in g{}\n", at - 1)).collect::<String>();
    for (text, seen) in [
        (format!("flowchart LR\n{flowchart}a\n{}", "end\n".repeat(deep)), deep + 2),
        (format!("C4Context\n{boundaries}Person(a, \"a\")\n{}", "}\n".repeat(deep)), deep + 2),
        (format!("block-beta\n{blocks}a\n{}", "end\n".repeat(deep)), deep + 2),
        (format!("architecture-beta\ngroup g0[g]\n{groups}"), deep + 1),
    ] {
        let reading = read(&text);
        assert_eq!(codes(&reading), ["mermaid/too-deep"], "{}", &text[..12]);
        assert_eq!(deepest(&reading), 50, "{}", &text[..12]);
        assert_eq!(reading.loss.seen(), seen);
    }
}

#[test]
fn groups_that_hold_each_other_are_told_apart() {
    let around = "flowchart LR\nsubgraph a\nb\nend\nsubgraph b\na\nend\na --> b\n";
    let reading = read(around);
    assert_eq!((reading.fragment.drafts.len(), reading.fragment.flows.len()), (2, 1));
    let chain: String = (0..5_000).map(|at| format!("subgraph s{at}\ns{}\nend\n", at + 1)).collect();
    let back: String = (0..5_000).rev().map(|at| format!("subgraph s{at}\ns{}\nend\n", at + 1)).collect();
    for text in [chain, back] {
        assert!(deepest(&read(&format!("flowchart LR\n{text}"))) <= 51);
    }
    let circle = "architecture-beta\ngroup a[A] in b\ngroup b[B] in a\nservice c[C] in a\n";
    assert_eq!(read(circle).fragment.drafts.len(), 3);
}

#[test]
fn lists_do_not_multiply_without_end() {
    let list = (0..2_000).map(|at| format!("n{at}")).collect::<Vec<_>>().join(" & ");
    let reading = read(&format!("flowchart LR\n{list} --> {list}\n"));
    assert_eq!(reading.fragment.flows.len(), 20_000);
    assert_eq!(codes(&reading), ["mermaid/too-many-links"]);
    assert!(reading.diagnostics[0].message.starts_with("3980000 links are left out"), "{reading:?}");
}

#[test]
fn many_small_lists_do_not_multiply_either() {
    let side = |name: &str| (0..90).map(|at| format!("{name}{at}")).collect::<Vec<_>>().join(" & ");
    let line = format!("{} --> {}\n", side("a"), side("b"));
    let reading = read(&format!("flowchart LR\n{}", line.repeat(40)));
    assert_eq!(reading.fragment.flows.len(), 20_000);
    assert_eq!(codes(&reading), ["mermaid/too-many-links"]);
    assert!(reading.diagnostics[0].message.starts_with("304000 links are left out"), "{reading:?}");
    let label = "long words ".repeat(2_000);
    let worded = format!("flowchart LR\n{} -->|{label}| {}\n", side("a"), side("b"));
    assert!(read(&worded).fragment.flows.len() < 1_000);
}

#[test]
fn long_lines_and_odd_text_do_no_harm() {
    for head in ["flowchart LR", "C4Context", "architecture-beta", "block-beta"] {
        for mark in [
            "(",
            "[",
            "{",
            "\"",
            "<",
            "@{",
            "a[",
            "a[\"",
            "-",
            "--",
            "-- ",
            "-.",
            "==",
            "~~~",
            "|",
            "a-->|",
            ":::",
            "&",
            ";",
            "%%{",
            "%%",
            "subgraph ",
            "end ",
            "é",
            "`",
            "#",
            "&#",
            "Rel(",
            "Boundary(a, b) {",
            "}",
            "block:",
            "a:R -[",
            "\\n",
            "accDescr {",
            "click a \"",
            "a@{ shape: ",
            "<b",
            "fa:fa-",
            "x--x ",
            "a & ",
        ] {
            let reading = read(&format!("{head}\nfirst\n{}\nlast\n", mark.repeat(20_000)));
            assert!(reading.loss.seen() > 0, "{head} {mark}");
            let lines = read(&format!("{head}\n{}", format!("{mark}\n").repeat(5_000)));
            assert!(lines.loss.seen() > 0, "{head} {mark}");
        }
    }
}

#[test]
fn a_text_is_read_in_one_pass() {
    let lines = 300_000;
    let good: String = (0..lines).map(|at| format!("n{at}[Node {at}] --> n{}\n", at + 1)).collect();
    let reading = read(&format!("flowchart LR\n{good}"));
    assert_eq!((reading.fragment.drafts.len(), reading.loss.seen()), (lines + 1, lines + 1));
    assert_eq!(reading.fragment.flows.len(), 20_000);
    let bad = read(&format!("flowchart LR\n{}", "a[\"never closed --> b\n".repeat(lines)));
    assert_eq!(bad.loss.unknown.len(), lines);
    assert!(bad.diagnostics.len() < 25);
}

#[test]
fn reading_goes_on_after_a_fault() {
    let reading = read("flowchart LR\na --> b\nthis is wrong ((\nc --> d\n");
    assert_eq!((reading.fragment.flows.len(), reading.loss.unknown.len()), (2, 1));
}

#[test]
fn recognized_by_name_and_text() {
    let head = |path, text| Mermaid.recognize(&Head { path, text });
    assert_eq!(head("a.mmd", "flowchart LR\n"), Confidence::Sure);
    assert_eq!(head("a.mmd", "flowchrt LR\n"), Confidence::Maybe);
    assert_eq!(head("a.mermaid", "pie title x\n"), Confidence::Sure);
    assert_eq!(head("", "graph TD;\n a-->b"), Confidence::Sure);
    assert_eq!(head("", "%% note\n%%{init: {}}%%\n  C4Context\n"), Confidence::Sure);
    assert_eq!(head("block", "---\ntitle: x\n---\nsequenceDiagram\n"), Confidence::Sure);
    for text in [
        "graph {\n a -- b }",
        "graph shop {",
        "digraph x {",
        "timeline of the project\n",
        "---\na: b\n",
        "block letters",
        "",
    ] {
        assert_eq!(head("a.txt", text), Confidence::No, "{text}");
    }
    assert_eq!(head("a.md", "flowchart LR\n"), Confidence::No);
}
