//! SARIF: what code scanning reads.

use planroom::assessment::{DecisionState, DecisionStatus};
use planroom::writers::sarif::sarif;
use serde_json::Value;

use super::packet;

#[test]
fn gaps_fail_questions_are_open_and_sound_statements_pass() {
    insta::assert_snapshot!(sarif(&packet()));
}

#[test]
fn only_a_decision_that_holds_suppresses() {
    let status = |state: DecisionState, status: DecisionStatus| {
        let mut packet = packet();
        packet.assessment.decisions[0].state = state;
        packet.assessment.decisions[0].status = status;
        let log: Value = serde_json::from_str(&sarif(&packet)).unwrap();
        log["runs"][0]["results"][0]["suppressions"][0]["status"].as_str().unwrap().to_owned()
    };
    assert_eq!(status(DecisionState::Active, DecisionStatus::FalsePositive), "accepted");
    assert_eq!(status(DecisionState::Active, DecisionStatus::Planned), "underReview");
    assert_eq!(status(DecisionState::ChangedSince, DecisionStatus::Accepted), "underReview");
    assert_eq!(status(DecisionState::Expired, DecisionStatus::Accepted), "rejected");
}

/// The published schema (tests/assets/sarif/README.md), compiled once.
fn mistakes(log: &str) -> Vec<String> {
    let schema: Value =
        serde_json::from_str(include_str!("../../assets/sarif/sarif-schema-2.1.0.json")).unwrap();
    let mut schemas = boon::Schemas::new();
    let mut compiler = boon::Compiler::new();
    compiler.add_resource("https://example.org/sarif.json", schema).unwrap();
    let schema = compiler.compile("https://example.org/sarif.json", &mut schemas).unwrap();
    let value: Value = serde_json::from_str(log).unwrap();
    match schemas.validate(&value, schema) {
        Ok(()) => Vec::new(),
        Err(error) => error.to_string().lines().map(str::to_owned).collect(),
    }
}

#[test]
fn what_is_written_keeps_the_published_schema() {
    assert_eq!(mistakes(&sarif(&packet())), Vec::<String>::new());
    let samples =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").to_string_lossy().into_owned();
    let gathered = planroom::pipeline::gather(&[samples], 1 << 24).unwrap();
    let settings = planroom::pipeline::Settings::default();
    let (packets, _) = planroom::pipeline::packets(gathered.projects, &settings);
    assert!(!packets.is_empty());
    for packet in &packets {
        let log = sarif(packet);
        assert_eq!(mistakes(&log), Vec::<String>::new(), "{}", packet.project);
        let value: Value = serde_json::from_str(&log).unwrap();
        let kinds: std::collections::BTreeSet<&str> = value["runs"][0]["results"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|one| one["kind"].as_str())
            .collect();
        assert!(kinds.contains("notApplicable"), "{}: {kinds:?}", packet.project);
        for result in value["runs"][0]["results"].as_array().unwrap() {
            let (kind, level) = (result["kind"].as_str().unwrap(), result["level"].as_str().unwrap());
            assert_eq!(kind == "fail", level != "none", "{result}");
        }
    }
    let wrong = sarif(&packet()).replace("\"fail\"", "\"failed\"");
    assert!(!mistakes(&wrong).is_empty(), "the schema is looked at");
}

#[test]
fn addresses_are_relative_to_where_planroom_runs() {
    let log: Value = serde_json::from_str(&sarif(&packet())).unwrap();
    let run = &log["runs"][0];
    for artifact in run["artifacts"].as_array().unwrap() {
        let (uri, base) = (artifact["location"]["uri"].as_str().unwrap(), &artifact["location"]["uriBaseId"]);
        assert!(uri.starts_with("design/mail/") && !uri.contains(':'), "{uri}");
        assert!(run["originalUriBaseIds"].get(base.as_str().unwrap()).is_some());
    }
    let folder = crate::cli::Folder::new("sarif-places");
    folder.write("docs/a/orders.puml", crate::cli::DRAWING);
    for (path, expected) in [
        ("docs", "docs/a/orders.puml"),
        ("docs/a", "docs/a/orders.puml"),
        ("./docs/a/orders.puml", "docs/a/orders.puml"),
    ] {
        let printed = folder.run(&["check", path, "--format", "sarif"]);
        let log: Value = serde_json::from_str(&printed.out).unwrap();
        assert_eq!(log["runs"][0]["artifacts"][0]["location"]["uri"], expected, "{path}");
    }
}
