//! The steps in process: `cargo bench`. The drawing is made here, so that everybody measures the same.

#![allow(missing_docs, reason = "divan names the functions")]

use std::fmt::Write as _;

use divan::{Bencher, black_box};
use planroom::assemble::assemble;
use planroom::catalog::Catalog;
use planroom::infer;
use planroom::layout;
use planroom::readers::reader::{Files, Head, Reading, Refusal};
use planroom::readers::recognize;
use planroom::source::Source;

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

#[divan::bench(args = [50, 500])]
fn assemble_and_infer(bencher: Bencher<'_, '_>, services: usize) {
    let text = drawing(services);
    bencher.with_inputs(|| reading(&text)).bench_local_values(|reading| {
        let mut model = assemble(vec![reading]).model;
        infer::fill(&mut model, Catalog::builtin(), &[]);
        model
    });
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
