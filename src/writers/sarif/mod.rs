//! SARIF 2.1.0: findings for code scanning and other tools that show results beside the source.
//!
//! A gap is a result of kind `fail`, a question `open`, a sound statement `pass`, a rule about nothing that is
//! drawn `notApplicable`. What was wrong with the input is a notification. Addresses are relative to the folder
//! that planroom was run in, which is the root of the repository in most pipelines: finding that root would make
//! the same input give other bytes elsewhere. No absolute path is written.
//! Specification: OASIS, Static Analysis Results Interchange Format 2.1.0, 2020-03-27.

mod place;
mod result;
mod rule;

use serde_json::{Value, json};

use super::writer::{Output, OutputFile, Packet, Writer};
use crate::diagnostic::{Diagnostic, Severity};
use place::Places;

/// Writes `findings.sarif`.
pub struct Sarif;

static OUTPUT: Output =
    Output { id: "sarif", about: "findings in SARIF 2.1.0", media_type: "application/sarif+json" };

impl Writer for Sarif {
    fn output(&self) -> &'static Output {
        &OUTPUT
    }

    fn write(&self, packet: &Packet) -> Vec<OutputFile> {
        let text = sarif(packet);
        vec![OutputFile { path: "findings.sarif".to_owned(), bytes: text.into_bytes() }]
    }
}

/// One packet as a SARIF log with one run.
pub fn sarif(packet: &Packet) -> String {
    let places = Places::new(packet);
    let rules: Vec<Value> = packet.assessment.rules.iter().map(rule::describe).collect();
    let notifications: Vec<Value> =
        packet.diagnostics.iter().map(|diagnostic| notification(diagnostic, &places)).collect();
    let log = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "Planroom",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "informationUri": env!("CARGO_PKG_REPOSITORY"),
                "rules": rules,
            }},
            "automationDetails": {"id": format!("planroom/{}", packet.project)},
            "originalUriBaseIds": {
                (place::BASE): {"description": {"text": "The folder that planroom was run in"}},
            },
            "columnKind": "unicodeCodePoints",
            "artifacts": places.artifacts(),
            "invocations": [{"executionSuccessful": true, "toolExecutionNotifications": notifications}],
            "results": result::all(packet, &places),
        }],
    });
    let mut text = serde_json::to_string_pretty(&log).expect("a JSON value can be written");
    text.push('\n');
    text
}

fn notification(diagnostic: &Diagnostic, places: &Places<'_>) -> Value {
    let level = match diagnostic.severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    };
    let help = diagnostic.help.as_ref().map_or_else(String::new, |help| format!(" ({help})"));
    let mut notification = json!({
        "descriptor": {"id": diagnostic.code},
        "level": level,
        "message": {"text": format!("{}{help}", diagnostic.message)},
    });
    if let Some(location) = places.physical(diagnostic.span) {
        notification["locations"] = json!([{ "physicalLocation": location }]);
    }
    notification
}
