//! Decisions stay with what they are about, and are proposed for what was renamed.

use planroom::pipeline::{self, Packet, Settings};

use super::{DRAWING, house};
use crate::cli::Folder;

/// What is done to the files of the project.
type Edit = fn(&Folder);

const RULE: &str = "files-in-clear";

fn packet(folder: &Folder, name: &str) -> Packet {
    let at = folder.path().join(name).to_string_lossy().into_owned();
    let gathered = pipeline::gather(&[at], 1 << 20).expect("it is readable");
    let settings = Settings { as_of: Some("2026-03-01".to_owned()), ..Settings::default() };
    let (mut packets, problems) = pipeline::packets(pipeline::drawn(gathered).projects, &settings);
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(packets.len(), 1);
    packets.remove(0)
}

/// The lines of a decision about the finding of the rule, as the page prints them, filled in.
fn decision(packet: &Packet) -> String {
    let finding =
        packet.assessment.findings.iter().find(|finding| finding.rule == RULE).expect("FTP is drawn");
    finding
        .decide
        .replacen("decided: \"YYYY-MM-DD\"", "decided: \"2026-02-01\"", 1)
        .replacen("expires: \"YYYY-MM-DD\"", "expires: \"2026-06-01\"", 1)
        .replace("\"...\"", "\"J. Doe\"")
}

/// State and proposal of the decision after an edit.
fn after(name: &str, edit: Edit) -> (String, Option<String>, bool) {
    let folder = Folder::new(&format!("identity-{name}"));
    folder.write("p/orders.puml", DRAWING).write("p/house.yaml", house());
    folder.write("p/planroom.yaml", "packs: [./house.yaml]\n");
    let first = packet(&folder, "p");
    folder.write("p/planroom.yaml", format!("packs: [./house.yaml]\n{}", decision(&first)));
    let decided = packet(&folder, "p");
    assert_eq!(decided.assessment.decisions[0].state.word(), "active");
    edit(&folder);
    let last = packet(&folder, "p");
    let decision = &last.assessment.decisions[0];
    let treats = last.assessment.findings.iter().any(|finding| finding.decision == Some(0));
    (decision.state.word().to_owned(), decision.proposal.clone(), treats)
}

fn replace(folder: &Folder, from: &str, to: &str) {
    let text = folder.read("p/orders.puml");
    assert!(text.contains(from), "{from} is not in the drawing");
    folder.write("p/orders.puml", text.replace(from, to));
}

#[test]
fn a_decision_survives_what_is_no_content() {
    let cases: &[(&str, Edit)] = &[
        ("layout", |folder| {
            replace(folder, "title Orders\n", "title Orders\nleft to right direction\n");
            replace(folder, "web --> files", "web -[#red]down-> files");
        }),
        ("order", |folder| {
            replace(
                folder,
                "web --> db : SQL/1433\nweb --> files : FTP\n",
                "web --> files : FTP\nweb --> db : SQL/1433\n",
            );
        }),
        ("folder", |folder| {
            folder.write("p/views/other-name.puml", folder.read("p/orders.puml"));
            std::fs::remove_file(folder.path().join("p/orders.puml")).unwrap();
        }),
        ("project-folder", |folder| {
            std::fs::rename(folder.path().join("p"), folder.path().join("q")).unwrap();
            std::fs::rename(folder.path().join("q"), folder.path().join("p")).unwrap();
        }),
        ("round-trip", |folder| {
            let at = folder.path().join("p").to_string_lossy().into_owned();
            let out = folder.path().join("out").to_string_lossy().into_owned();
            assert_eq!(folder.run(&["build", &at, "-o", &out]).code, 0);
            folder.write("p/model.json", folder.read("out/model.json"));
            std::fs::remove_file(folder.path().join("p/orders.puml")).unwrap();
        }),
        ("reworded", |folder| replace(folder, "title Orders\n", "title Orders, second edition\n")),
        ("more-drawn", |folder| replace(folder, "@enduml", "node \"Printer\" as p\n@enduml")),
    ];
    for (name, edit) in cases {
        assert_eq!(after(name, *edit), ("active".to_owned(), None, true), "{name}");
    }
}

#[test]
fn a_decision_is_proposed_for_what_was_renamed_and_never_moved_in_silence() {
    let cases: &[(&str, Edit, Option<&str>)] = &[
        (
            "renamed",
            |folder| replace(folder, "\"Files\"", "\"Drop folder\""),
            Some("files-in-clear@dmz/web>data-zone/drop-folder:ftp"),
        ),
        (
            "holder-renamed",
            |folder| replace(folder, "\"Data zone\" <<data>>", "\"Vault\" <<data>>"),
            Some("files-in-clear@dmz/web>vault/files:ftp"),
        ),
        ("fixed", |folder| replace(folder, ": FTP", ": SFTP"), None),
        ("gone", |folder| replace(folder, "web --> files : FTP\n", ""), None),
    ];
    for (name, edit, expected) in cases {
        let (state, proposal, treats) = after(name, *edit);
        assert_eq!((state.as_str(), proposal.as_deref(), treats), ("orphaned", *expected, false), "{name}");
    }
}

#[test]
fn what_a_finding_rests_on_is_the_same_in_any_order() {
    let samples = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    for name in ["large-distributed", "scaled-down", "web-shop"] {
        let folder = Folder::new(&format!("identity-order-{name}"));
        let at = samples.join(name).to_string_lossy().into_owned();
        let run = folder.run(&["build", &at, "-o", "out"]);
        assert_eq!(run.code, 0, "{}", run.err);
        let mut model: serde_json::Value = serde_json::from_str(&folder.read("out/model.json")).unwrap();
        folder.write("one/model.json", folder.read("out/model.json"));
        for list in ["relations", "elements", "views", "data"] {
            if let Some(list) = model[list].as_array_mut() {
                list.reverse();
            }
        }
        folder.write("other/model.json", serde_json::to_string_pretty(&model).unwrap());
        let prints = |name: &str| {
            let packet = packet(&folder, name);
            let mut prints: Vec<(String, String)> = packet
                .assessment
                .findings
                .iter()
                .map(|finding| (finding.id.clone(), planroom::guidance::fingerprint_of(finding)))
                .collect();
            prints.sort();
            prints
        };
        assert_eq!(prints("one"), prints("other"), "{name}");
        assert!(!prints("one").is_empty(), "{name} has findings");
    }
}
