//! What changed: two inputs and what is told of them.

mod cases;
mod identity;
mod story;

use planroom::pipeline::{self, Baseline, Settings};

use crate::cli::Folder;

pub(crate) const DRAWING: &str = "@startuml
title Orders
rectangle \"DMZ\" <<perimeter>> as dmz {
  node \"Web\\n[IIS]\" as web
}
rectangle \"Data zone\" <<data>> as dz {
  database \"Orders\\n[SQL Server 2019]\" as db
  node \"Files\" as files
}
web --> db : SQL/1433
web --> files : FTP
@enduml
";

/// A pack of its own: these tests are about comparing and not about our rules.
pub(crate) fn house() -> String {
    let mut text = String::from(
        "id: house\ntitle: House rules\nversion: 1.0.0\ncovers: What these tests need.\nrules:\n",
    );
    for (id, title, sound, on, rest) in [
        (
            "files-in-clear",
            "Files travel in clear text",
            "Files are protected on their way",
            "relation",
            "when: {protocol: [ftp, sftp]}, satisfied: {encrypted: yes}, gap: {encrypted: no}, group-by: subject",
        ),
        (
            "no-backup",
            "What is kept is not backed up",
            "What is kept is backed up",
            "element",
            "when: {kind: datastore}, satisfied: {backup: yes}",
        ),
        (
            "one-copy",
            "What is kept has one copy",
            "What is kept has several copies",
            "element",
            "when: {kind: datastore}, satisfied: {replicas: {at-least: 2}}",
        ),
        (
            "not-monitored",
            "Nothing watches the system",
            "The system is watched",
            "model",
            "when: {elements: {some: {kind: datastore}}}, satisfied: {monitored: yes}",
        ),
    ] {
        text.push_str(&format!(
            "  - {{id: {id}, title: {title}, sound: {sound}, on: {on}, {rest}, category: security, severity: high, \
             severity-why: because, ask: \"Is it so?\", who: network, why: because, do: mend it, verify: look, \
             sources: [{{title: T, url: \"https://example.org\"}}]}}\n"
        ));
    }
    text
}

/// The reviews of a folder, judged at one date.
pub(crate) fn reviews(folder: &Folder, name: &str) -> Baseline {
    let at = folder.path().join(name).to_string_lossy().into_owned();
    let settings = Settings { as_of: Some("2026-03-01".to_owned()), ..Settings::default() };
    pipeline::reviews(&at, ".", &settings, pipeline::Limits::from(1 << 20))
        .unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// What is told of two folders.
pub(crate) fn told(folder: &Folder, old: &str, new: &str) -> String {
    let (one, other) = (reviews(folder, old), reviews(folder, new));
    pipeline::diff_text(&pipeline::difference("old", &one, "new", &other))
}
