//! Models to facts: each case is a model file, its snapshot what was inferred of it and why.

use std::fmt::Write as _;
use std::path::Path;

use planroom::assemble::assemble;
use planroom::catalog::Catalog;
use planroom::infer::{Declared, fill};
use planroom::model::{Declaration, FactKey, FactValue, Facts, Model, Origin};
use planroom::readers::model_file::ModelFile;
use planroom::readers::reader::{Files, Reader as _, Refusal};
use planroom::source::{FileId, Key, Node, Source, Span};

struct NoFiles;

impl Files for NoFiles {
    fn include(&self, _from: &str, _target: &str) -> Result<Source, Refusal> {
        Err(Refusal::Missing)
    }
}

fn model_of(text: &str) -> Model {
    let reading = ModelFile.read(&Source::new("model.yaml", text), &NoFiles);
    assert_eq!(reading.diagnostics, [], "the case is not a model file");
    assemble(vec![reading]).model
}

fn inferred(text: &str) -> Model {
    let mut model = model_of(text);
    let diagnostics = fill(&mut model, Catalog::builtin(), &[]);
    assert_eq!(diagnostics, []);
    model
}

/// What is known, one line a subject; what only is as the file says it is left out.
fn tell(model: &Model) -> String {
    let mut out = String::new();
    for element in model.elements.values() {
        let technologies: Vec<String> = element
            .technologies
            .iter()
            .map(|technology| {
                let version =
                    technology.version.as_ref().map(|version| format!("@{version}")).unwrap_or_default();
                format!("{}{version}", technology.id.as_deref().unwrap_or("?"))
            })
            .collect();
        writeln!(out, "{} ({}) {}", element.id, element.kind, technologies.join(" ")).unwrap();
        tell_facts(&mut out, &element.facts);
    }
    for relation in model.relations.values() {
        let protocols: Vec<String> = relation
            .protocols
            .iter()
            .map(|protocol| format!("{}{}", protocol.id, mark(protocol.origin)))
            .collect();
        let ports: Vec<String> = relation
            .ports
            .iter()
            .map(|port| {
                let range = if port.to > port.from { format!("-{}", port.to) } else { String::new() };
                format!("{}{range}/{}{}", port.from, port.transport, mark(port.origin))
            })
            .collect();
        let via: Vec<&str> = relation.via.iter().map(|id| id.as_str()).collect();
        write!(out, "{} [{}] [{}]", relation.id, protocols.join(" "), ports.join(" ")).unwrap();
        write!(out, " opened by {}, data {}, {}", relation.initiator, relation.data, relation.phase).unwrap();
        for (word, text) in
            [("via", via.join(" ")), ("either", relation.alternative.clone().unwrap_or_default())]
        {
            if !text.is_empty() {
                write!(out, ", {word} {text}").unwrap();
            }
        }
        if relation.optional {
            out.push_str(", optional");
        }
        if !relation.pieces.is_empty() {
            write!(out, ", of {} pieces", relation.pieces.len()).unwrap();
        }
        out.push('\n');
        tell_facts(&mut out, &relation.facts);
    }
    for zone in &model.zones {
        let level = zone.trust_level.map_or("?".to_owned(), |level| level.to_string());
        writeln!(out, "zone {} {} {level}", zone.element, zone.kind).unwrap();
        for separation in &zone.separations {
            let devices: Vec<&str> = separation.devices.iter().map(|id| id.as_str()).collect();
            writeln!(out, "  from {}: {}", separation.neighbor, devices.join(" ")).unwrap();
        }
    }
    tell_facts(&mut out, &model.facts);
    out
}

fn mark(origin: Origin) -> &'static str {
    match origin {
        Origin::Inferred => "~",
        Origin::Derived => "=",
        Origin::Stated => "",
        Origin::Declared => "!",
    }
}

fn tell_facts(out: &mut String, facts: &Facts) {
    for fact in facts.iter() {
        let why = fact.because.join("; ");
        writeln!(out, "  {}: {} ({}) {why}", fact.key, fact.value.display(), fact.origin).unwrap();
    }
}

#[test]
fn cases() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/infer/cases");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(!paths.is_empty());
    for path in paths {
        let text = std::fs::read_to_string(&path).unwrap();
        let model = inferred(&text);
        let told = tell(&model);
        assert_eq!(told, tell(&inferred(&text)), "twice the same");
        sound(&model);
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        insta::assert_snapshot!(name, told);
    }
}

/// What holds for every model: what is not written has its reasons, and references exist.
fn sound(model: &Model) {
    let all = model.elements.values().map(|element| &element.facts);
    for facts in all.chain(model.relations.values().map(|relation| &relation.facts)) {
        for fact in facts.iter().filter(|fact| fact.origin <= Origin::Derived) {
            assert!(!fact.because.is_empty(), "{} without a reason", fact.key);
        }
    }
    for relation in model.relations.values() {
        assert!(relation.via.iter().all(|id| model.elements.contains_key(id)));
        assert!(relation.pieces.iter().all(|id| model.relations.contains_key(id)));
    }
    assert!(model.zones.iter().all(|zone| model.elements.contains_key(&zone.element)));
}

fn declared(subject: &str, set: &str) -> Declared {
    let node = Node::parse(FileId(9), set).unwrap();
    let set: Vec<(Key, Node)> = node.as_map().unwrap().to_vec();
    let by = Declaration { by: Some("A. Meyer".to_owned()), ..Declaration::default() };
    Declared { subject: subject.to_owned(), span: Span::new(FileId(9), 0, 1), set, declaration: by }
}

#[test]
fn the_sidecar_says_more_than_the_drawing() {
    let text = std::fs::read_to_string(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/infer/cases/pieces.yaml"),
    );
    let mut model = model_of(&text.unwrap());
    let facts = [
        declared("* > web", "{protocol: https, authentication: mtls}"),
        declared("db", "{replicas: 2+, failover: cluster, data-tags: [pii]}"),
        declared("d*", "{owner: Platform}"),
        declared("model", "{rto: 4 h}"),
        declared("web/dv", "{replicas: 2}"),
        declared("db", "{replica: 2}"),
        declared("db", "{failover: perhaps}"),
        declared("web > nobody", "{encrypted: yes}"),
        declared("model", "{encrypted: yes}"),
    ];
    let diagnostics = fill(&mut model, Catalog::builtin(), &facts);
    let mut told: Vec<String> = diagnostics
        .iter()
        .map(|diagnostic| format!("{}: {} {:?}", diagnostic.code, diagnostic.message, diagnostic.help))
        .collect();
    told.push(tell(&model));
    insta::assert_snapshot!("declared", told.join("\n"));
}

#[test]
fn instances_of_two_drawings_are_not_counted_together() {
    let text = "
elements:
  - {id: orders, kind: component, name: Orders}
  - {id: one, kind: host, name: Node one}
  - {id: two, kind: host, name: Node two}
  - {id: a, kind: component, name: Orders, parent: one, instance-of: orders}
  - {id: b, kind: component, name: Orders, parent: two, instance-of: orders}
";
    let replicas = |model: &Model| {
        let orders = model.elements.values().find(|element| element.id.as_str() == "orders").unwrap();
        orders.facts.get(FactKey::Replicas).map(|fact| fact.value.clone())
    };
    let mut model = model_of(text);
    fill(&mut model, Catalog::builtin(), &[]);
    assert_eq!(replicas(&model), Some(FactValue::AtLeast(2)));
    let mut model = model_of(text);
    let last = model.elements.values_mut().last().unwrap();
    for place in &mut last.origins {
        place.span.file = FileId(7);
    }
    fill(&mut model, Catalog::builtin(), &[]);
    assert_eq!(replicas(&model), None);
}
