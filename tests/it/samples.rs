//! The founding samples read to what their pages say, and are judged as an architect would.
//!
//! `samples/<name>/` is the drawing and its sidecar, `tests/corpus/samples/<name>.yaml` the facts of the page and the
//! verdicts that they call for.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use planroom::assemble::assemble;
use planroom::assessment::{Assessment, VerdictKind};
use planroom::catalog::Catalog;
use planroom::config::{Config, Written};
use planroom::guidance::{Packs, Settings, assess};
use planroom::infer::{self, Declared};
use planroom::model::{DataDirection, Declaration, ElementId, FactKey, Initiator, Model, Phase, Relation};
use planroom::pipeline;
use planroom::readers::reader::{Files, Refusal};
use planroom::source::{FileId, Node, Source};

#[test]
fn large_distributed() {
    check("large-distributed");
}

#[test]
fn large_distributed_with_information_workers() {
    check("large-distributed-iw");
}

#[test]
fn scaled_down() {
    check("scaled-down");
}

#[test]
fn scaled_down_with_information_workers() {
    check("scaled-down-iw");
}

/// The figures for small and medium-sized companies and for high availability.
#[test]
fn other_published_figures_read_to_what_they_draw() {
    let names = [
        "sme-base",
        "sme-http-soap",
        "sme-biztalk-message-queuing",
        "sme-ftp",
        "sme-file",
        "ha-sql-cluster",
        "ha-master-secret-cluster",
        "ha-scaled-receiving",
        "ha-scaled-processing",
        "ha-scaled-sending",
        "ha-tracking-host",
        "dr-log-shipping",
    ];
    let mut faults = Vec::new();
    for name in names {
        let (model, _) = judge(name);
        let wanted = facts(name);
        let before = faults.len();
        zones(&model, &wanted, &mut faults);
        elements(&model, &wanted, &mut faults);
        flows(&model, &wanted, &mut faults);
        faults[before..].iter_mut().for_each(|fault| fault.insert_str(0, &format!("{name}: ")));
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

/// Three drawings that become one model: instances give their containers zones and replicas.
#[test]
fn web_shop() {
    let (model, assessment) = judge("web-shop");
    let wanted = facts("web-shop");
    let mut faults = Vec::new();
    zones(&model, &wanted, &mut faults);
    known(&model, &wanted, &mut faults);
    findings(&assessment, &wanted, &mut faults);
    assert!(faults.is_empty(), "{} faults in web-shop\n{}", faults.len(), faults.join("\n"));
}

fn check(name: &str) {
    let (model, assessment) = judge(name);
    let wanted = facts(name);
    let mut faults = Vec::new();
    zones(&model, &wanted, &mut faults);
    elements(&model, &wanted, &mut faults);
    flows(&model, &wanted, &mut faults);
    verdicts(&assessment, &wanted, &mut faults);
    findings(&assessment, &wanted, &mut faults);
    assert!(faults.is_empty(), "{} faults in {name}\n{}", faults.len(), faults.join("\n"));
}

/// The sample as a project: read, assembled, inferred with its sidecar, judged at its date.
pub(crate) fn judge(name: &str) -> (Model, Assessment) {
    let folder = root().join("samples").join(name);
    let gathered =
        pipeline::gather(&[folder.to_string_lossy().into_owned()], 1 << 24).expect("a sample is read");
    assert!(gathered.refused.is_empty(), "{name}: {:?}", gathered.refused);
    let readings = gathered.projects.into_iter().flat_map(|project| project.readings).collect();
    let assembled = assemble(readings);
    assert!(assembled.diagnostics.is_empty(), "{name}: {:?}", assembled.diagnostics);
    assert!(assembled.loss.unknown.is_empty(), "{name}: {:?}", assembled.loss.unknown);
    let mut model = assembled.model;
    let sidecar = fs::read_to_string(folder.join("planroom.yaml")).unwrap();
    let (config, told) = Config::read(FileId(900), &sidecar);
    assert!(told.is_empty(), "{name}: {told:?}");
    let told = infer::fill(&mut model, Catalog::builtin(), &declared(&config));
    assert!(told.is_empty(), "{name}: {told:?}");
    let settings = Settings { as_of: config.document.date.map(|date| date.text), ..Settings::default() };
    let packs = Packs::load(None, &[]).expect("the built-in packs load");
    let (assessment, told) = assess(&model, &packs, Catalog::builtin(), &settings);
    assert!(told.is_empty(), "{name}: {told:?}");
    (model, assessment)
}

fn declared(config: &Config) -> Vec<Declared> {
    let text = |written: &Option<Written>| written.as_ref().map(|written| written.text.clone());
    let entries = config.facts.iter().map(|entry| Declared {
        subject: entry.subject.text.clone(),
        span: entry.span,
        set: entry.set.clone(),
        declaration: Declaration {
            by: text(&entry.by),
            date: text(&entry.date),
            source: text(&entry.source),
            expires: text(&entry.expires),
        },
    });
    entries.collect()
}

fn zones(model: &Model, wanted: &Node, faults: &mut Vec<String>) {
    for zone in list(wanted, "zones") {
        let id = text(zone, "id");
        let found = model.zones.iter().find(|found| found.element.as_str() == id);
        let kind = found.map_or("no zone", |found| found.kind.word());
        if kind != text(zone, "kind") {
            faults.push(format!("zone {id} is {kind}, wanted {}", text(zone, "kind")));
        }
    }
    let extra = model
        .zones
        .iter()
        .filter(|zone| !list(wanted, "zones").iter().any(|known| text(known, "id") == zone.element.as_str()));
    faults.extend(extra.map(|zone| format!("zone {} is not on the page", zone.element)));
}

fn elements(model: &Model, wanted: &Node, faults: &mut Vec<String>) {
    for element in list(wanted, "elements") {
        let id = ElementId::new(text(element, "id"));
        let Some(found) = model.element(&id) else {
            faults.push(format!("element {id} is missing"));
            continue;
        };
        if let Some(kind) = element.get("kind").and_then(Node::as_text)
            && kind != found.kind.word()
        {
            faults.push(format!("{id} is {}, wanted {kind}", found.kind.word()));
        }
        let zone = model.zone_of(&id).map_or("no zone", |zone| zone.element.as_str());
        if zone != text(element, "zone") {
            faults.push(format!("{id} stands in {zone}, wanted {}", text(element, "zone")));
        }
    }
    let known = |id: &str| {
        ["zones", "elements"].iter().any(|key| list(wanted, key).iter().any(|node| text(node, "id") == id))
    };
    let extra = model.elements.keys().filter(|id| !known(id.as_str()));
    faults.extend(extra.map(|id| format!("element {id} is not on the page")));
}

fn flows(model: &Model, wanted: &Node, faults: &mut Vec<String>) {
    let mut left: Vec<&Relation> = model.flows().collect();
    for flow in list(wanted, "flows") {
        let told = describe(flow);
        let ends = |relation: &Relation| {
            let (from, to) = (relation.from.as_str(), relation.to.as_str());
            (from, to) == (&*text(flow, "from"), &*text(flow, "to"))
        };
        let protocols = words(flow, "protocols");
        let Some(at) = left.iter().position(|found| ends(found) && written(found) == protocols) else {
            faults.push(format!("flow missing: {told}"));
            continue;
        };
        let found = left.remove(at);
        let via: Vec<String> = found.via.iter().map(ToString::to_string).collect();
        let mut differs = String::new();
        if via != words(flow, "via") {
            write!(differs, " via {via:?}").unwrap();
        }
        let opener = flow.get("opened-by").and_then(Node::as_text);
        let initiator = opener.as_deref().and_then(Initiator::from_word).unwrap_or(Initiator::Unknown);
        if found.initiator != initiator {
            write!(differs, " opened by {}", found.initiator).unwrap();
        }
        let data = flow.get("data").and_then(Node::as_text);
        let data = data.as_deref().and_then(DataDirection::from_word).unwrap_or(DataDirection::Unknown);
        if found.data != data {
            write!(differs, " data {}", found.data).unwrap();
        }
        let phase = flow.get("phase").and_then(Node::as_text);
        if phase.is_some_and(|phase| Phase::from_word(&phase) != Some(found.phase)) {
            write!(differs, " phase {}", found.phase).unwrap();
        }
        let alternative = flow.get("alternative").and_then(Node::as_text);
        if found.alternative.as_deref().map(planroom::model::slug) != alternative {
            write!(differs, " alternative {:?}", found.alternative).unwrap();
        }
        if !differs.is_empty() {
            faults.push(format!("{told}: read as{differs}"));
        }
    }
    faults.extend(left.iter().map(|relation| format!("flow {} is not on the page", relation.id)));
}

/// Each verdict names a rule, or an id that rules were derived from; then the worst of them counts.
fn verdicts(assessment: &Assessment, wanted: &Node, faults: &mut Vec<String>) {
    for entry in list(wanted, "verdicts") {
        let (name, verdict) = (text(entry, "rule"), text(entry, "verdict"));
        let rules: Vec<&str> = assessment
            .rules
            .iter()
            .filter(|rule| rule.id == name || rule.derived_from.contains(&name))
            .map(|rule| rule.id.as_str())
            .collect();
        let of_rules = || assessment.verdicts.iter().filter(|verdict| rules.contains(&verdict.rule.as_str()));
        let worst = [VerdictKind::Gap, VerdictKind::Unknown, VerdictKind::Satisfied]
            .into_iter()
            .find(|kind| of_rules().any(|verdict| verdict.kind == *kind));
        let found = worst.map_or("nothing", VerdictKind::word);
        if found != verdict {
            let mut told = format!("{name} is {found}, wanted {verdict}");
            for one in of_rules() {
                let evidence: Vec<&str> = one.evidence.iter().map(|leaf| leaf.text.as_str()).collect();
                let kind = one.kind.word();
                write!(told, "\n    {kind} {} {}: {}", one.rule, one.subject.id(), evidence.join("; "))
                    .unwrap();
            }
            faults.push(told);
        }
    }
}

/// All findings, and no other.
fn findings(assessment: &Assessment, wanted: &Node, faults: &mut Vec<String>) {
    let found: Vec<&str> = assessment.findings.iter().map(|finding| finding.id.as_str()).collect();
    if found != words(wanted, "findings") {
        faults.push(format!("findings are {found:?}"));
    }
}

/// Facts that elements must have, whatever their origin.
fn known(model: &Model, wanted: &Node, faults: &mut Vec<String>) {
    for fact in list(wanted, "facts") {
        let (subject, key) = (text(fact, "subject"), text(fact, "fact"));
        let value = FactKey::from_word(&key)
            .and_then(|key| model.element(&ElementId::new(&subject))?.facts.get(key))
            .map_or_else(|| "not known".to_owned(), |fact| fact.value.display());
        if value != text(fact, "is") {
            faults.push(format!("{key} of {subject} is {value}, wanted {}", text(fact, "is")));
        }
    }
}

/// Ids of the protocols that a person wrote.
fn written(relation: &Relation) -> Vec<String> {
    let stated = relation.protocols.iter().filter(|protocol| !protocol.written.is_empty());
    let mut ids: Vec<String> = stated.map(|protocol| protocol.id.clone()).collect();
    ids.sort();
    ids
}

fn describe(flow: &Node) -> String {
    format!("{} > {} {:?}", text(flow, "from"), text(flow, "to"), words(flow, "protocols"))
}

fn facts(name: &str) -> Node {
    let path = root().join(format!("tests/corpus/samples/{name}.yaml"));
    Node::parse(FileId(0), &fs::read_to_string(path).unwrap()).unwrap()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

pub(crate) fn list<'a>(node: &'a Node, key: &str) -> &'a [Node] {
    node.get(key).and_then(Node::as_list).unwrap_or_default()
}

fn words(node: &Node, key: &str) -> Vec<String> {
    list(node, key).iter().filter_map(Node::as_text).collect()
}

pub(crate) fn text(node: &Node, key: &str) -> String {
    node.get(key).and_then(Node::as_text).unwrap_or_default()
}

/// Samples include nothing.
pub(crate) struct NoFiles;

impl Files for NoFiles {
    fn include(&self, _: &str, _: &str) -> Result<Source, Refusal> {
        Err(Refusal::Missing)
    }
}
