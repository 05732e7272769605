//! Threagile models: what becomes of each key, and how each mistake is told.

mod oracle;

use std::fmt::Write as _;

use planroom::assemble::assemble;
use planroom::readers::reader::{Confidence, Files, Head, Reader, Reading, Refusal};
use planroom::readers::threagile::Threagile;
use planroom::source::{FileId, Node, Source};

use crate::corpus;

/// A model includes nothing.
struct NoFiles;

impl Files for NoFiles {
    fn include(&self, _from: &str, _target: &str) -> Result<Source, Refusal> {
        Err(Refusal::Missing)
    }
}

fn read(text: &str) -> Reading {
    Threagile.read(&Source::new("model.yaml", text), &NoFiles)
}

#[test]
fn everything_that_can_be_written_is_read() {
    let reading = read(include_str!("shop.yaml"));
    assert_eq!(reading.diagnostics, []);
    // 6 keys, 2 data assets, 5 assets, 4 links, 3 boundaries, 1 runtime.
    assert_eq!((reading.loss.understood, reading.loss.visual), (22, 1));
    let unread: Vec<&str> = reading.loss.unknown.iter().map(|unread| unread.text.as_str()).collect();
    assert_eq!(unread, ["risk_tracking:"]);
    let mut model = assemble(vec![reading.clone()]).model;
    planroom::infer::fill(&mut model, planroom::catalog::Catalog::builtin(), &[]);
    insta::assert_snapshot!(planroom::writers::json::model(&model, &reading.sources));
}

#[test]
fn mistakes_are_told_with_their_place() {
    let text = "threagile_version: 1.0.0\n\
        technical_asets: {}\n\
        technical_assets:\n\
        \x20 A: {id: a, type: proces, technology: web-servr, redundant: maybe, data_assets_stored: [gold]}\n\
        \x20 B: {id: a, type: process, communication_links: {To C: {target: c, protocol: htps}, To A: {protocol: http}}}\n\
        \x20 C: 5\n\
        trust_boundaries:\n\
        \x20 X: {id: x, type: network-on-prem, trust_boundaries_nested: [y], technical_assets_inside: [a, q]}\n\
        \x20 Y: {id: y, type: network-onprem, trust_boundaries_nested: [x], technical_assets_inside: [a]}\n";
    let reading = read(text);
    let source = Source::new("model.yaml", text);
    let mut told = String::new();
    for diagnostic in &reading.diagnostics {
        let at = source.line_column(diagnostic.span.start);
        let help = diagnostic.help.iter().map(|help| format!(" ({help})")).collect::<String>();
        let (severity, code) = (diagnostic.severity.word(), diagnostic.code);
        writeln!(told, "{}:{} {severity} {code}: {}{help}", at.line, at.column, diagnostic.message).unwrap();
    }
    insta::assert_snapshot!(told);
}

#[test]
fn a_model_is_recognized_by_its_keys_alone() {
    let confidence = |path: &str, text: &str| Threagile.recognize(&Head { path, text });
    assert_eq!(confidence("a.yaml", "# x\nthreagile_version: 1.0.0\n"), Confidence::Sure);
    assert_eq!(confidence("a.yml", "title: x\ntechnical_assets:\n  A: {}\n"), Confidence::Sure);
    assert_eq!(confidence("a.yaml", "elements: []\nrelations: []\n"), Confidence::No);
    assert_eq!(confidence("a.json", "threagile_version: 1.0.0\n"), Confidence::No);
    assert_eq!(confidence("a.yaml", "about: see\n  technical_assets: none\n"), Confidence::No);
}

#[test]
fn what_is_no_model_is_refused_with_a_reason() {
    for (text, expected) in [
        ("technical_assets: [", "threagile/not-yaml"),
        ("- technical_assets", "threagile/form"),
        ("technical_assets: 5\n", "threagile/form"),
    ] {
        let reading = read(text);
        let codes: Vec<&str> = reading.diagnostics.iter().map(|told| told.code).collect();
        assert_eq!(codes, [expected], "{text}");
        assert!(reading.fragment.drafts.is_empty());
    }
}

/// Real models: no asset, link, boundary or runtime is lost, by a count of the YAML alone.
#[test]
fn nothing_of_a_real_model_is_lost() {
    for folder in ["threagile", "oracles/vanHeemstraSystems__threagile"] {
        let Some(root) = corpus::folder(folder) else { return };
        let models =
            corpus::walk(&root).into_iter().filter(|path| path.extension().is_some_and(|e| e == "yaml"));
        let mut seen = 0;
        for path in models {
            seen += 1;
            let source = corpus::source(&root, &path);
            let node = Node::parse(FileId(0), &source.text).unwrap();
            let entries = |node: Option<&Node>| node.and_then(Node::as_map).map_or(0, <[_]>::len);
            let assets = node.get("technical_assets").and_then(Node::as_map).unwrap();
            let links: usize =
                assets.iter().map(|(_, asset)| entries(asset.get("communication_links"))).sum();
            let boxes =
                assets.len() + entries(node.get("trust_boundaries")) + entries(node.get("shared_runtimes"));
            let reading = Threagile.read(&source, &NoFiles);
            let told: Vec<String> = reading.diagnostics.iter().map(|told| told.message.clone()).collect();
            assert_eq!(
                (reading.fragment.drafts.len(), reading.fragment.flows.len()),
                (boxes, links),
                "{}: {told:?}",
                source.path
            );
        }
        assert!(seen > 0, "{folder} holds no model");
    }
}
