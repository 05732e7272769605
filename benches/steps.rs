//! The steps in process: `cargo bench`. The drawing is made here, so that everybody measures the same.

#![allow(missing_docs, reason = "divan names the functions")]

use std::fmt::Write as _;

use divan::{Bencher, black_box};
use planroom::assemble::assemble;
use planroom::catalog::Catalog;
use planroom::guidance::{BUILTIN, PackText, Packs, Settings, assess};
use planroom::infer;
use planroom::layout;
use planroom::readers::reader::{Files, Head, Reading, Refusal};
use planroom::readers::recognize;
use planroom::source::{FileId, Source};

fn main() {
    divan::main();
}

/// Services in five zones and one and a half flows a service.
fn drawing(services: usize) -> String {
    let mut text = String::from("@startuml\n");
    let zones = ["internet", "dmz", "app", "data", "mgmt"];
    for (at, zone) in zones.iter().enumerate() {
        let _ = writeln!(text, "rectangle \"{zone}\" {{");
        for service in (0..services).filter(|service| service * zones.len() / services == at) {
            let _ = writeln!(text, "  component \"Service {service:03}\" as s{service}");
        }
        text.push_str("}\n");
    }
    let labels = ["HTTPS/443", "SQL/1433", "AMQP/5671", "SFTP/22"];
    for flow in 0..services * 3 / 2 {
        let from = flow * 7 % services;
        let to = (from + 1 + flow * 13 % (services / 5)).min(services - 1);
        if from != to {
            let _ = writeln!(text, "s{from} --> s{to} : {}", labels[flow % labels.len()]);
        }
    }
    text.push_str("@enduml\n");
    text
}

/// Nothing is included.
struct NoFiles;

impl Files for NoFiles {
    fn include(&self, _: &str, _: &str) -> Result<Source, Refusal> {
        Err(Refusal::Missing)
    }
}

fn reading(text: &str) -> Reading {
    let source = Source::new("job.puml", text);
    let reader = recognize(&Head { path: "job.puml", text: &source.text }).expect("it is PlantUML");
    reader.read(&source, &NoFiles)
}

#[divan::bench(args = [50, 500])]
fn read(bencher: Bencher<'_, '_>, services: usize) {
    let text = drawing(services);
    bencher.bench_local(|| reading(black_box(&text)));
}

/// Boxes in lanes and lines between them, as draw.io writes them.
fn boxes(cells: usize) -> String {
    let mut text = String::from("<mxfile><diagram name=\"Page\"><mxGraphModel><root>");
    text.push_str("<mxCell id=\"0\"/><mxCell id=\"1\" parent=\"0\"/>");
    let shapes = cells * 3 / 5;
    for at in 0..shapes {
        let place = at % 12;
        let (style, parent, bounds) = if place == 0 {
            let bounds = format!("x=\"0\" y=\"{}\" width=\"2200\" height=\"100\"", at / 12 * 120);
            ("swimlane;html=1;", "1".to_owned(), bounds)
        } else {
            let bounds = format!("x=\"{}\" y=\"30\" width=\"120\" height=\"60\"", place * 180);
            ("rounded=1;whiteSpace=wrap;html=1;", format!("s{}", at - place), bounds)
        };
        let _ = write!(
            text,
            "<mxCell id=\"s{at}\" value=\"&lt;b&gt;Service {at}&lt;/b&gt;&lt;br&gt;Java\" style=\"{style}\" vertex=\"1\" \
             parent=\"{parent}\"><mxGeometry {bounds} as=\"geometry\"/></mxCell>"
        );
    }
    for at in 0..cells - shapes {
        let (from, to) = (at * 7 % shapes, (at * 13 + 5) % shapes);
        let _ = write!(
            text,
            "<mxCell id=\"e{at}\" value=\"HTTPS\" style=\"edgeStyle=orthogonalEdgeStyle;html=1;\" edge=\"1\" \
             parent=\"1\" source=\"s{from}\" target=\"s{to}\"><mxGeometry relative=\"1\" as=\"geometry\"/></mxCell>"
        );
    }
    text.push_str("</root></mxGraphModel></diagram></mxfile>");
    text
}

#[divan::bench(args = [500, 5000])]
fn read_drawing(bencher: Bencher<'_, '_>, cells: usize) {
    let source = Source::new("job.drawio", boxes(cells));
    let reader = recognize(&Head { path: "job.drawio", text: &source.text }).expect("it is draw.io");
    bencher.bench_local(|| reader.read(black_box(&source), &NoFiles));
}

/// About a megabyte of text of one dialect.
fn megabyte(dialect: &str) -> String {
    let mut text = String::from("@startuml\n");
    let mut at = 0;
    while text.len() < 1_000_000 {
        let next = at + 1;
        let _ = match dialect {
            "c4" => writeln!(
                text,
                "Container(c{at}, \"Service {at}\", \"Java, Spring\", \"Answers questions about orders\", $tags=\"v2\")\n\
                 Rel(c{at}, c{next}, \"Asks for orders\", \"HTTPS/443\")"
            ),
            "macros" => writeln!(
                text,
                "!$name = \"Service {at}\"\ncomponent \"$name\\n[%upper(\"java\")]\" as c{at}\nc{at} --> c{next} : $name calls"
            ),
            "notes" => writeln!(
                text,
                "component \"Service {at}\" as c{at}\nnote right of c{at}\n  Keeps **orders** for //seven// years,\n  \
                 see <b>the policy</b>.\nend note"
            ),
            _ => writeln!(
                text,
                "component \"==Service {at}\\n<size:10>[Container: Java]</size>\" <<service>> as c{at} #DDD\n\
                 c{at} -[#red,dashed]-> c{next} : asks for orders\\n[HTTPS]"
            ),
        };
        at = next;
    }
    text.push_str("@enduml\n");
    text
}

#[divan::bench(args = ["components", "c4", "macros", "notes"])]
fn read_megabyte(bencher: Bencher<'_, '_>, dialect: &str) {
    let text = megabyte(dialect);
    bencher.counter(divan::counter::BytesCount::of_str(&text)).bench_local(|| reading(black_box(&text)));
}

/// A flowchart of some 100 bytes a line, in groups of ten services.
fn chart(services: usize) -> String {
    let mut text = String::from("flowchart LR\n");
    for at in 0..services {
        if at % 10 == 0 {
            let _ = writeln!(text, "subgraph g{at}[\"Group {at}\"]");
        }
        let _ = writeln!(
            text,
            "    s{at}[\"Service {at}<br/>[Java, Spring]\"] -->|\"HTTPS/443\"| d{at}[(Orders {at})]:::storage"
        );
        if at % 10 == 9 {
            text.push_str("end\n");
        }
    }
    text
}

#[divan::bench(args = [500, 50_000])]
fn read_mermaid(bencher: Bencher<'_, '_>, services: usize) {
    let source = Source::new("job.mmd", chart(services));
    let reader = recognize(&Head { path: "job.mmd", text: "flowchart LR" }).expect("it is Mermaid");
    bencher
        .counter(divan::counter::BytesCount::of_str(&source.text))
        .bench_local(|| reader.read(black_box(&source), &NoFiles));
}

#[divan::bench(args = [50, 500])]
fn assemble_and_infer(bencher: Bencher<'_, '_>, services: usize) {
    let text = drawing(services);
    bencher.with_inputs(|| reading(&text)).bench_local_values(|reading| {
        let mut model = assemble(vec![reading]).model;
        infer::fill(&mut model, Catalog::builtin(), &[]);
        model
    });
}

#[divan::bench]
fn load_packs(bencher: Bencher<'_, '_>) {
    bencher.bench_local(|| Packs::load(None, &[]).map_err(|told| told.len()).expect("they load"));
}

#[divan::bench(args = [500, 5000])]
fn judge(bencher: Bencher<'_, '_>, services: usize) {
    let packs = Packs::load(None, &[]).map_err(|told| told.len()).expect("they load");
    judged(bencher, services, &packs);
}

/// With so many rules that there are at least 250: the built-in ones again under other ids.
#[divan::bench(args = [500, 5000])]
fn judge_250_rules(bencher: Bencher<'_, '_>, services: usize) {
    let mut texts: Vec<String> = Vec::new();
    let ours = Packs::load(None, &[]).map_err(|told| told.len()).expect("they load");
    let times = 250usize.div_ceil(ours.rules().count().max(1));
    for time in 1..times {
        for pack in BUILTIN.iter().filter(|pack| pack.by_default) {
            let path = format!("{}/packs/{}.yaml", env!("CARGO_MANIFEST_DIR"), pack.id);
            let text =
                planroom::source::read_named(std::path::Path::new(&path), u64::MAX).expect("it is there");
            let again = text.text.replacen("id: ", &format!("id: again{time}-"), 1);
            let renamed = again.replace("\n  - id: ", &format!("\n  - id: again{time}-"));
            texts.push(renamed.replace("\n- id: ", &format!("\n- id: again{time}-")));
        }
    }
    let texts: Vec<PackText<'_>> = texts.iter().map(|text| PackText { file: FileId(0), text }).collect();
    let packs = Packs::load(None, &texts).map_err(|told| told.len()).expect("they load");
    assert!(packs.rules().count() >= 250);
    judged(bencher, services, &packs);
}

fn judged(bencher: Bencher<'_, '_>, services: usize, packs: &Packs) {
    let mut model = assemble(vec![reading(&drawing(services))]).model;
    infer::fill(&mut model, Catalog::builtin(), &[]);
    let settings = Settings { as_of: Some("2026-01-01".to_owned()), ..Settings::default() };
    bencher.bench_local(|| assess(black_box(&model), packs, Catalog::builtin(), &settings));
}

#[divan::bench(args = [10, 60])]
fn place(bencher: Bencher<'_, '_>, nodes: usize) {
    let graph = layout::Graph {
        nodes: (0..nodes)
            .map(|at| layout::Node {
                id: format!("n{at}"),
                parent: None,
                size: planroom::geometry::Size::new(120.0, 48.0),
            })
            .collect(),
        edges: (1..nodes)
            .map(|at| layout::Edge {
                id: format!("e{at}"),
                from: layout::End::Node(at / 2),
                to: layout::End::Node(at),
                label: None,
            })
            .collect(),
        ..layout::Graph::default()
    };
    bencher.bench_local(|| layout::place(black_box(&graph)));
}
