//! The JSON and SARIF forms: what they look like, and that they keep their own schemas.

mod sarif;
pub(crate) mod schema_check;

use planroom::assemble::assemble;
use planroom::assessment::{
    AddressGroup, Answer, Assessment, Band, Basis, Category, Coverage, Decision, DecisionState,
    DecisionStatus, Evidence, Finding, FirewallRow, FunctionRow, Gate, MessagePath, On, PackCard, PathStep,
    PortRow, Question, Requirement, RuleCard, Satisfied, Severity, SourceLink, SubjectRef, Truth, Who,
};
use planroom::diagnostic::Diagnostic;
use planroom::document::Document;
use planroom::model::{ElementId, Origin, Phase, RelationId, Separation, Zone, ZoneKind};
use planroom::readers::model_file::ModelFile;
use planroom::readers::reader::{Files, Reader, Refusal};
use planroom::source::{FileId, Place, Source, Span};
use planroom::writers::json;
use planroom::writers::writer::{Packet, Writer};
use schema_check::mistakes;
use serde_json::Value;

const TEXT: &str = "\
planroom: model/1
title: Mail relay
elements:
  - {id: perimeter, name: DMZ, kind: zone}
  - {id: relay, name: Relay, kind: host, parent: perimeter}
  - {id: store, name: Mail store, kind: datastore}
relations:
  - {from: relay, to: store, label: POP3}
  - {from: nobody, to: store}
";

struct NoFiles;

impl Files for NoFiles {
    fn include(&self, _from: &str, _target: &str) -> Result<Source, Refusal> {
        Err(Refusal::Missing)
    }
}

/// The place of a word of the text.
fn place(word: &str) -> Place {
    let at = TEXT.find(word).expect(word);
    Span::new(FileId(0), at, at + word.len()).into()
}

/// A packet in which every list has an entry.
pub(crate) fn packet() -> Packet {
    let mut assembled = assemble(vec![ModelFile.read(&Source::new("docs/mail relay.yaml", TEXT), &NoFiles)]);
    let (relay, store) = (ElementId::new("relay"), ElementId::new("store"));
    let flow = RelationId::new("relay>store:pop3");
    assert!(assembled.model.relations.contains_key(&flow));
    assembled.model.zones.push(Zone {
        element: ElementId::new("perimeter"),
        kind: ZoneKind::Perimeter,
        trust_level: Some(2),
        role: "DMZ".into(),
        trusts: Vec::new(),
        trusts_stated: true,
        separations: vec![Separation {
            neighbor: ElementId::new("perimeter"),
            devices: vec![relay.clone()],
            place: Some(place("DMZ")),
        }],
    });
    let evidence = Evidence {
        subject: SubjectRef::Relation(flow.clone()),
        key: "encrypted".into(),
        value: Some("no".into()),
        origin: Some(Origin::Derived),
        place: Some(place("POP3")),
        text: "label “POP3” is clear text as written".into(),
        path: vec![relay.clone(), store.clone()],
        truth: Truth::True,
    };
    let link = SourceLink { title: "RFC 8314".into(), url: "https://www.rfc-editor.org/rfc/rfc8314".into() };
    let rule = RuleCard {
        id: "cleartext-flow".into(),
        pack: "core-security".into(),
        title: "Data is sent in clear text".into(),
        sound: "Data is encrypted in transit".into(),
        category: Category::Security,
        severity: Severity::High,
        severity_why: "Anyone on the way can read it.".into(),
        on: On::Relation,
        ask: "Is it encrypted?".into(),
        who: vec![Who::Network],
        why: "Whoever can read the segment can read what passes.".into(),
        action: "Use TLS.".into(),
        verify: "Capture traffic.".into(),
        maps: [("cwe".to_owned(), vec!["CWE-319".to_owned()])].into(),
        sources: vec![link.clone()],
        includes: Vec::new(),
        yields_to: Vec::new(),
        derived_from: Vec::new(),
    };
    let assessment = Assessment {
        rules: vec![rule],
        findings: vec![Finding {
            id: "cleartext-flow@relay>store:pop3".into(),
            number: "G1".into(),
            rule: "cleartext-flow".into(),
            title: "POP3 is clear text as written".into(),
            severity: Severity::High,
            category: Category::Security,
            band: Band::Fix,
            subjects: vec![SubjectRef::Relation(flow.clone())],
            evidence: vec![evidence.clone()],
            contradictory: false,
            folded: vec!["cleartext-mail".into()],
            decision: Some(0),
            fingerprint: "f1".into(),
            loose_fingerprint: "l1".into(),
            correction: "facts:\n".into(),
            decide: "decisions:\n".into(),
            evidence_fingerprint: "e1".into(),
        }],
        questions: vec![Question {
            id: "replicas@relay".into(),
            number: "Q1".into(),
            text: "How many instances of Relay run?".into(),
            why: String::new(),
            who: vec![Who::Platform, Who::Operations],
            key: "replicas".into(),
            facts: vec!["failover".into(), "replicas".into()],
            keys: vec!["replicas".into()],
            asked: vec![vec![Who::Platform]],
            waiting: Vec::new(),
            weight: 3,
            rules: vec!["single-instance".into()],
            subjects: vec![SubjectRef::Element(relay.clone())],
            severity: Severity::Medium,
            answers: vec![Answer {
                answer: "One".into(),
                decides: "gap".into(),
                lines: "facts:\n".into(),
                ..Answer::default()
            }],
        }],
        satisfied: vec![Satisfied {
            rule: "cleartext-flow".into(),
            text: "The store stands in no perimeter".into(),
            category: Category::Security,
            severity: Severity::Low,
            subjects: vec![SubjectRef::Zone(ElementId::new("perimeter")), SubjectRef::Model],
            evidence: Vec::new(),
            assumed: true,
        }],
        decisions: vec![Decision {
            finding: "cleartext-flow@relay>store:pop3".into(),
            status: DecisionStatus::Accepted,
            state: DecisionState::ExpiresSoon,
            owner: "Ada".into(),
            reason: "Internal cable.".into(),
            approver: Some("Grace".into()),
            ticket: None,
            evidence: None,
            compensating: Some("A guarded room".into()),
            proposal: None,
            lines: String::new(),
            decided: Some("2026-01-02".into()),
            expires: Some("2026-06-30".into()),
            remark: String::new(),
            place: place("title"),
        }],
        coverage: vec![Coverage {
            rule: "cleartext-flow".into(),
            gap: 1,
            satisfied: 0,
            unknown: 0,
            potentially_applicable: 0,
            not_applicable: 2,
        }],
        ports: vec![PortRow {
            from: vec![relay.clone()],
            to: vec![store.clone()],
            service: "POP3".into(),
            ports: "tcp 110".into(),
            opens: Vec::new(),
            opened_by: "Relay".into(),
            via: Vec::new(),
            phase: Phase::Runtime,
            basis: Basis::DrawnPortAssumed,
            requirement: Requirement::WhenUsed,
            action: Gate::Hold,
            status: "hold: G1".into(),
            purpose: "Mail".into(),
            note: String::new(),
            relations: vec![flow.clone()],
            source: Some(link.clone()),
        }],
        firewall: vec![FirewallRow {
            firewall: None,
            rule: "FW1-1".into(),
            from_zone: Some(ElementId::new("perimeter")),
            to_zone: None,
            source: "Relay".into(),
            destination: "Mail store".into(),
            protocol: "tcp".into(),
            port: "110".into(),
            service: "POP3".into(),
            purpose: "Mail".into(),
            note: String::new(),
            phase: Phase::Runtime,
            basis: "drawn".into(),
            requirement: Requirement::WhenUsed,
            action: Gate::Hold,
            status: "hold: G1".into(),
            relations: vec![flow.clone()],
            source_link: Some(link),
        }],
        groups: vec![AddressGroup {
            name: "Relay".into(),
            members: vec![relay.clone()],
            addresses: vec!["10.1.2.3".into()],
            without_address: Vec::new(),
            some_member: false,
        }],
        functions: vec![FunctionRow {
            element: relay.clone(),
            instances: "not stated (Q1)".into(),
            failover: "not stated".into(),
            stops: "mail".into(),
            paths: vec![0],
            evidence: vec![evidence],
        }],
        paths: vec![MessagePath {
            title: "Relay to store".into(),
            elements: vec![relay, store],
            steps: vec![PathStep {
                relation: flow,
                forward: true,
                undirected: false,
                fetched: true,
                passes: Vec::new(),
                data_class: None,
            }],
            data_class: None,
        }],
        packs: vec![PackCard {
            id: "core-security".into(),
            title: "Core security".into(),
            version: "1.0.0".into(),
            covers: "Flows.".into(),
            extends: Vec::new(),
            changes: Vec::new(),
        }],
        as_of: Some("2026-06-01".into()),
        ..Assessment::default()
    };
    assembled
        .diagnostics
        .push(Diagnostic::note("infer/example", "worth knowing", place("relay").span).help("nothing"));
    Packet {
        project: "mail".into(),
        place: "design/mail".into(),
        sources: assembled.sources,
        model: assembled.model,
        assessment,
        scenes: Vec::new(),
        document: Document::default(),
        diagnostics: assembled.diagnostics,
        loss: assembled.loss,
    }
}

fn valid(form: &str, text: &str) {
    let schema: Value = serde_json::from_str(&json::schema(form).unwrap()).unwrap();
    let value: Value = serde_json::from_str(text).unwrap();
    assert_eq!(mistakes(&schema, &value), Vec::<String>::new(), "{form}");
}

fn written(writer: &dyn Writer) -> String {
    let mut files = writer.write(&packet());
    assert_eq!(files.len(), 1);
    String::from_utf8(files.remove(0).bytes).unwrap()
}

fn account() -> String {
    let packet = packet();
    json::read(&json::ReadInput {
        path: "docs/mail relay.yaml",
        format: Some("model"),
        refused: None,
        sources: &packet.sources,
        model: &packet.model,
        diagnostics: &packet.diagnostics,
        loss: &packet.loss,
    })
}

#[test]
fn what_is_written_keeps_its_schema() {
    valid("model", &written(&json::ModelJson));
    valid("findings", &written(&json::FindingsJson));
    valid("read", &account());
}

#[test]
fn a_model_file_written_by_hand_keeps_the_schema() {
    let yaml = include_str!("../model_file/full.yaml");
    // Only the schema's words for hand-written forms are of interest: YAML's `yes` is text.
    let value: Value = serde_saphyr::from_str(yaml).unwrap();
    let schema: Value = serde_json::from_str(&json::schema("model").unwrap()).unwrap();
    assert_eq!(mistakes(&schema, &value), Vec::<String>::new());
    let wrong = serde_json::json!({"elements": [{"id": "a", "knd": "host"}, {"name": "b"}, {"id": "c", "kind": "hst"}],
        "facts": {"replcas": 2}, "relations": [{"from": "a", "to": "b", "ports": [0]}]});
    assert_eq!(mistakes(&schema, &wrong).len(), 5, "{:?}", mistakes(&schema, &wrong));
}

#[test]
fn every_form_has_a_schema_and_other_words_have_none() {
    for form in json::SCHEMAS {
        let schema: Value = serde_json::from_str(&json::schema(form).unwrap()).unwrap();
        assert!(schema["$schema"].as_str().unwrap().contains("2020-12"));
        assert!(schema["properties"]["planroom"].is_object());
    }
    assert_eq!(json::schema("sketch"), None);
}

#[test]
fn findings_tell_their_evidence_and_its_place() {
    insta::assert_snapshot!(written(&json::FindingsJson));
}

#[test]
fn an_account_tells_what_was_read_and_what_was_not() {
    insta::assert_snapshot!(account());
}

#[test]
fn the_same_packet_gives_the_same_bytes() {
    for writer in [&json::ModelJson as &dyn Writer, &json::FindingsJson, &planroom::writers::sarif::Sarif] {
        assert_eq!(writer.write(&packet()), writer.write(&packet()));
        assert!(writer.write(&packet())[0].bytes.ends_with(b"}\n"));
    }
}
