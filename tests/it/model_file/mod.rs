//! Model files: what is read, and how each mistake is told.

mod round_trip;

use std::fmt::Write as _;

use planroom::assemble::assemble;
use planroom::readers::model_file::{ModelFile, read_node};
use planroom::readers::reader::{Confidence, Files, Head, Reader, Reading, Refusal};
use planroom::source::{FileId, Node, Source};

/// A model file includes nothing.
struct NoFiles;

impl Files for NoFiles {
    fn include(&self, _from: &str, _target: &str) -> Result<Source, Refusal> {
        Err(Refusal::Missing)
    }
}

fn read(path: &str, text: &str) -> Reading {
    ModelFile.read(&Source::new(path, text), &NoFiles)
}

/// Diagnostics and the account of a text; every span lies inside it.
pub(crate) fn mistakes(text: &str) -> String {
    let reading = read("m.yaml", text);
    let source = reading.sources.get(FileId(0)).unwrap();
    let mut out = String::new();
    for diagnostic in &reading.diagnostics {
        assert!(text.get(diagnostic.span.start as usize..diagnostic.span.end as usize).is_some());
        let at = source.line_column(diagnostic.span.start);
        let severity = diagnostic.severity.word();
        let (code, message) = (diagnostic.code, &diagnostic.message);
        write!(out, "{}:{} {severity} {code}: {message}", at.line, at.column).unwrap();
        for label in &diagnostic.labels {
            write!(out, "; {} {}", label.text, source.line_column(label.span.start).line).unwrap();
        }
        writeln!(out, "{}", diagnostic.help.iter().map(|help| format!(" ({help})")).collect::<String>())
            .unwrap();
    }
    let loss = &reading.loss;
    writeln!(out, "understood {}, not understood {}", loss.understood, loss.unknown.len()).unwrap();
    for unread in &loss.unknown {
        writeln!(out, "  {}: {}", source.line_column(unread.span.start).line, unread.text).unwrap();
    }
    out
}

#[test]
fn everything_that_can_be_written_is_read() {
    let reading = read("full.yaml", include_str!("full.yaml"));
    assert_eq!(reading.diagnostics, []);
    assert_eq!(reading.loss.unknown, []);
    // 4 keys, 6 elements, 4 relations, 2 views, 1 data asset, 1 identity.
    assert_eq!(reading.loss.understood, 18);
    let assembled = assemble(vec![reading]);
    insta::assert_snapshot!(planroom::writers::json::model(&assembled.model, &assembled.sources));
}

#[test]
fn keys_that_are_not_known_are_told_with_the_nearest() {
    insta::assert_snapshot!(mistakes(
        "planroom: model/2\ntitel: Shop\nelements:\n  - {id: web, knd: container, owner: me}\nview: []\n"
    ));
}

#[test]
fn values_of_another_type_are_told() {
    insta::assert_snapshot!(mistakes(
        "title: [Shop]
elements:
  - {id: web, name: {a: b}, kind: contaner, tags: {a: b}, technologies: [[x], {version: 3}], properties: [a]}
  - just text
  - {id: [1], kind: host}
relations: {from: web}
views:
  - {id: v, kind: picture, complete: perhaps, nodes: [{parent: web}, {element: web, bounds: [1, 2], look: {form: blob, text-size: big}}],
     routes: [{points: []}, {relation: none, points: [[1, 2]]}], notes: [{text: T, look: [1], bounds: [1, 2, 3, 1e9]}]}
"
    ));
}

#[test]
fn ends_and_parents_that_nobody_wrote_are_told() {
    insta::assert_snapshot!(mistakes(
        "elements:
  - {id: web, parent: shp}
  - {id: shop}
  - {id: db, parent: database}
relations:
  - {from: wbe, to: db}
  - {from: web}
  - {from: web, to: db, via: [shop, prxy]}
views:
  - {nodes: [web, dbb], relations: ['web>db', 'web>bd']}
data:
  - {name: Orders, kept-by: db2, carried-by: none}
identities:
  - {purpose: runs}
"
    ));
}

#[test]
fn ids_are_unique_and_plain() {
    insta::assert_snapshot!(mistakes(
        "elements:
  - {id: web}
  - {name: nameless}
  - {id: web, name: again}
  - {id: a > b}
  - {kind: host}
relations:
  - {id: r, from: web, to: a > b}
  - {id: r, from: web, to: web}
"
    ));
}

#[test]
fn an_element_cannot_hold_itself() {
    insta::assert_snapshot!(mistakes(
        "elements:\n  - {id: a, parent: b}\n  - {id: b, parent: c}\n  - {id: c, parent: a}\n  - {id: d, parent: d}\n"
    ));
}

#[test]
fn facts_are_checked_by_their_schema() {
    insta::assert_snapshot!(mistakes(
        "facts: {owner: Team, replicas: 2, rto: 4h}
elements:
  - id: db
    facts: {replcias: 2, replicas: two, failover: clusterd, backup: maybe, encrypted: yes, roles: {a: b}, version: [1]}
  - id: web
    facts: [{key: replicas, value: 2+}, {key: backup}, {key: owner, value: A, origin: sated}, text]
relations:
  - {from: web, to: db, facts: {encrypted: sometimes, backup: yes}}
"
    ));
}

#[test]
fn ports_lie_in_their_range() {
    insta::assert_snapshot!(mistakes(
        "elements: [{id: a}, {id: b}]
relations:
  - {from: a, to: b, ports: [1433, 53/udp, 49152-65535, 0, 65536, 90-80, 80/sctp, web, [1]]}
  - {from: a, to: b, ports: {from: 99999}, protocols: [[a]], initiator: me, data: inn, phase: run-time}
"
    ));
}

#[test]
fn text_that_is_not_yaml_is_refused_with_its_place() {
    insta::assert_snapshot!(mistakes("elements:\n  - {id: web\n  - {id: db}\n"));
    insta::assert_snapshot!(mistakes("- a list\n"));
    assert_eq!(
        mistakes(""),
        "1:1 error model-file/wrong-type: a model is a mapping; this is nothing\nunderstood 0, not understood 1\n  1: \n"
    );
}

#[test]
fn words_are_kept_as_written() {
    let reading =
        read("m.yaml", "elements: [{id: db, facts: {version: 2.10, backup: true, replicas: 2+}}]\n");
    let facts: Vec<String> =
        reading.fragment.drafts[0].facts.iter().map(|fact| fact.value.display()).collect();
    assert_eq!(facts, ["2.10", "yes", "2 or more"]);
}

#[test]
fn a_model_that_another_file_embeds_points_into_that_file() {
    let text = "rules:\n  - examples:\n      gap:\n        - elements: [{id: a, kind: gatway}]\n";
    let source = Source::new("pack.yaml", text);
    let node = Node::parse(FileId(7), text).unwrap();
    let rule = &node.get("rules").unwrap().as_list().unwrap()[0];
    let example = &rule.get("examples").unwrap().get("gap").unwrap().as_list().unwrap()[0];
    let reading = read_node(example, &source);
    assert_eq!(reading.sources.locate(reading.fragment.drafts[0].origins[0].span), "pack.yaml:4");
    assert_eq!(reading.diagnostics[0].help.as_deref(), Some("did you mean `gateway`?"));
    assert_eq!(reading.fragment.sheets.len(), 1);
}

#[test]
fn only_models_are_recognized() {
    let cases = [
        ("m.yaml", "# ours\nplanroom: model/1\n", Confidence::Sure),
        ("m.json", "{\"title\": \"a \\\" b\", \"planroom\": \"model/1\"}", Confidence::Sure),
        ("m.yml", "relations: []\nelements: []\n", Confidence::Maybe),
        ("m.json", "{\"elements\": [{\"relations\": 1}], \"relations\": []}", Confidence::Maybe),
        ("m.json", "{\"elements\": [{\"relations\": 1}]}", Confidence::No),
        ("m.json", "{\"model\": {\"elements\": [], \"relations\": []}}", Confidence::No),
        ("pack.yaml", "rules:\n  - examples:\n    elements: []\n    relations: []\n", Confidence::No),
        ("planroom.yaml", "document:\n  title: a\n", Confidence::No),
        ("m.puml", "elements:\nrelations:\n", Confidence::No),
    ];
    for (path, text, wanted) in cases {
        assert_eq!(ModelFile.recognize(&Head { path, text }), wanted, "{path}: {text}");
    }
}
