//! The PlantUML reader, feature by feature: one folder a case under `tests/corpus/plantuml`, with `input.puml` (and
//! the files that it includes) and `reading.snap`.

use std::path::Path;

use planroom::readers::plantuml::PlantUml;
use planroom::readers::reader::{Confidence, Head, Reader, Reading};
use planroom::source::Source;

use crate::corpus::{Disk, NoFiles, source, statements};
use crate::dump;

#[test]
fn cases() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/plantuml");
    let entries = std::fs::read_dir(&folder).expect("the folder of cases is readable");
    let mut cases: Vec<_> = entries.map(|entry| entry.expect("an entry is readable").path()).collect();
    cases.sort();
    assert!(cases.len() >= 30, "{} cases", cases.len());
    for case in cases {
        let reading = PlantUml.read(&source(&case, &case.join("input.puml")), &Disk(case.clone()));
        // Of a file with several diagrams, an include may read only one.
        let single = |text: &str| text.matches("@start").count() < 2;
        if reading.refused.is_none() && reading.sources.iter().all(|(_, source)| single(&source.text)) {
            let counted: usize =
                reading.sources.iter().map(|(id, source)| statements::count(&source.text, id.0 > 0)).sum();
            assert_eq!(reading.loss.seen(), counted, "{}: statements", case.display());
        }
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(&case);
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!("reading", dump::reading(&reading)));
    }
}

/// Reads a text without any file beside it.
fn read(text: &str) -> Reading {
    PlantUml.read(&Source::new("input.puml", text), &NoFiles)
}

fn codes(reading: &Reading) -> Vec<&'static str> {
    reading.diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
}

#[test]
fn deep_nesting_is_flattened() {
    let deep = 10_000;
    let text = format!(
        "@startuml\n{}component a\n{}@enduml\n",
        "package \"p\" {\n".repeat(deep),
        "}\n".repeat(deep)
    );
    let reading = read(&text);
    assert_eq!(codes(&reading), ["plantuml/too-deep"]);
    let drafts = &reading.fragment.drafts;
    let depth = |mut at: usize| {
        let mut depth = 0;
        while let Some(parent) = drafts[at].parent {
            at = parent.0;
            depth += 1;
        }
        depth
    };
    assert_eq!((0..drafts.len()).map(depth).max(), Some(50));
    assert_eq!(reading.loss.seen(), deep + 2);
}

#[test]
fn endless_macros_end_with_one_diagnostic() {
    let doubling: String = (0..60).map(|at| format!("!define A{at} A{} A{}\n", at + 1, at + 1)).collect();
    let conditions = "!if 1\n".repeat(10_000);
    let endings = "!endif\n".repeat(10_000);
    for body in [
        "!while 1\ncomponent a\n!endwhile\n".to_owned(),
        "!while 1\n!while 1\n!endwhile\n!endwhile\n".to_owned(),
        "!procedure f()\nf()\nf()\n!endprocedure\nf()\n".to_owned(),
        "!function $f($x)\n!return $f($x + 1) + $f($x + 2)\n!endfunction\ncomponent \"$f(1)\"\n".to_owned(),
        format!("{doubling}component \"A0\"\n"),
        "!$x = \"ab\"\n!while 1\n!$x = $x + $x\n!endwhile\n".to_owned(),
        "!define F(x) F(x) x\n!define G(x) F(G(x)) G(F(x))\ncomponent \"G(G(G(1)))\"\n".to_owned(),
    ] {
        let reading = read(&format!("@startuml\ncomponent first\n{body}component last\n@enduml\n"));
        assert!(codes(&reading).len() <= 1, "{body}: {:?}", reading.diagnostics);
        let names: Vec<&str> = reading.fragment.drafts.iter().map(|draft| draft.name.as_str()).collect();
        assert!(names.contains(&"first") && names.contains(&"last"), "{body}: {} drafts", names.len());
    }
    let reading = read(&format!("@startuml\n{conditions}component a\n{endings}@enduml\n"));
    assert_eq!((reading.fragment.drafts.len(), codes(&reading).len()), (1, 0));
}

#[test]
fn long_lines_and_odd_text_do_no_harm() {
    for line in [
        "(",
        "[",
        "\"",
        "<",
        "<<",
        "a(",
        "-",
        "->",
        "{",
        "$a(",
        "%upper(",
        "!if (",
        "!$x = ((",
        "[[",
        "~",
        "é\\",
        "note left\n",
        "skinparam a {\n",
        "node a [\n",
    ] {
        let reading = read(&format!("@startuml\nnode n\n{}\n@enduml\n", line.repeat(20_000)));
        assert!(reading.loss.seen() > 0 || reading.refused.is_some(), "{line}");
    }
}

#[test]
fn long_lines_and_many_diagrams_are_read_in_one_pass() {
    // Each of these took the square of its length when the rest of the line was searched at every mark.
    for mark in ["a<b ", "[[a ", "$aIMG( ", "&#1 ", " --a", "a "] {
        let reading =
            read(&format!("@startuml\nnode n\ncomponent \"{}\" as c\n@enduml\n", mark.repeat(100_000)));
        assert_eq!(reading.fragment.drafts.len(), 2, "{mark}");
    }
    let reading = read(&format!("@startuml\ncomponent {}\n@enduml\n", "a ".repeat(100_000)));
    assert_eq!(reading.fragment.drafts.len(), 1);
    let diagrams = 10_000;
    let reading = read(&"@startuml\ncomponent a\n@enduml\n".repeat(diagrams));
    assert_eq!((reading.fragment.sheets.len(), reading.loss.seen()), (diagrams, 2 * diagrams));
}

#[test]
fn recognized_by_name_and_text() {
    let head = |path, text| PlantUml.recognize(&Head { path, text });
    assert_eq!(head("a.puml", "@startuml\n"), Confidence::Sure);
    assert_eq!(head("a.txt", "text\n @startuml x\n"), Confidence::Sure);
    assert_eq!(head("a.puml", "component a\n"), Confidence::Maybe);
    assert_eq!(head("a.md", "```\n@startuml\n```"), Confidence::No);
    assert_eq!(head("a.yaml", "a: b"), Confidence::No);
}

/// Texts that are made to cost more than their length.
fn hostile(bytes: usize) -> Vec<(&'static str, String)> {
    let lines = |line: &str| line.repeat(bytes / line.len());
    let numbered = |make: fn(usize) -> String| {
        let mut text = String::new();
        let mut at = 0;
        while text.len() < bytes {
            text += &make(at);
            at += 1;
        }
        text
    };
    vec![
        ("open json values", numbered(|at| format!("!$a{at} = {{\n"))),
        ("json objects without end", lines("json j {\n")),
        ("notes without end", lines("note left of a\n")),
        ("braced notes without end", lines("note left of a {\n")),
        ("names in brackets without end", lines("node a [\n")),
        (
            "brackets on one line",
            format!("component a\n!$x = {{\"a\": 1}}\ncomponent \"{}\"\n", lines("$x[ ")),
        ),
        ("members on one line", format!("!$x = {{\"a\": 1}}\ncomponent \"{}\"\n", lines("$x.a "))),
        ("glue on one line", format!("!$x = \"a\"\ncomponent \"{}\"\n", lines("##$x##"))),
        (
            "json copied in a loop",
            format!(
                "!$x = [{}1]\n!$i = 0\n!while $i < 90000\n!$i = $i + %size($x)\n!$y = $x\n!endwhile\ncomponent a\n",
                lines("1,")
            ),
        ),
        ("removals", numbered(|at| format!("component c{at} $t{at}\nremove $t{at}\n"))),
        ("patterns of removals", numbered(|at| format!("component c{at}\nremove *{at}*\n"))),
        (
            "notes of names that nobody declared",
            numbered(|at| format!("component c{at}\nnote left of n{at}::p : x\n")),
        ),
        ("hidden links", numbered(|at| format!("c{at} -[hidden]-> c{}\n", at + 1))),
        (
            "parts of the same file",
            numbered(|at| format!("!startsub S{at}\ncomponent c{at}\n!endsub\n!includesub S{at}\n")),
        ),
        ("arrows", numbered(|at| format!("c{at} --> c{} : calls\n", at + 1))),
        ("slashes", format!("component a\n{}", lines("a//"))),
        ("colons", format!("component a\nnote left of {} : x\n", lines("a::"))),
        ("links in notes", format!("component a\nnote left of a {} : x\n", lines("[[x]] "))),
        ("stereotypes", format!("component a {}\n", lines("<<x>> "))),
        ("tags", format!("component a {}\n", lines("$x "))),
        (
            "legends of tags",
            numbered(|at| {
                format!(
                    "AddElementTag(\"t{at}\", $legendText=\"x\")\nContainer(c{at}, \"C\", $tags=\"t{at}\")\n"
                )
            }),
        ),
    ]
}

#[test]
fn hostile_texts_are_read_to_their_end() {
    for (name, text) in hostile(40_000) {
        let reading = read(&format!("@startuml\nnode n\n{text}\n@enduml\n"));
        assert!(reading.fragment.drafts.iter().any(|draft| draft.name == "n"), "{name}");
        assert!(reading.loss.seen() > 2 && reading.refused.is_none(), "{name}");
    }
}

#[test]
#[ignore = "prints times"]
fn times() {
    for ((name, small), (_, large)) in hostile(200_000).into_iter().zip(hostile(800_000)) {
        let time = |body: &str| {
            let text = format!("@startuml\nnode n\n{body}\n@enduml\n");
            let start = std::time::Instant::now();
            let reading = read(&text);
            (start.elapsed().as_millis(), reading.loss.seen())
        };
        let (one, four) = (time(&small), time(&large));
        println!("{name}: {} ms, {} ms, {:.1} times", one.0, four.0, four.0 as f64 / one.0.max(1) as f64);
    }
}
