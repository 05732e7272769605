//! Edits of one drawing, and what a comparison tells.

use super::{DRAWING, house, told};
use crate::cli::Folder;

const SIDECAR: &str = "document: {title: Orders}\npacks: [./house.yaml]\n";

/// What is done to the files of the project.
type Edit = fn(&Folder);

fn edited(name: &str, edit: Edit) -> String {
    let folder = Folder::new(&format!("diff-{name}"));
    for side in ["old", "new"] {
        folder
            .write(&format!("{side}/orders.puml"), DRAWING)
            .write(&format!("{side}/planroom.yaml"), SIDECAR);
        folder.write(&format!("{side}/house.yaml"), house());
    }
    edit(&folder);
    told(&folder, "old", "new")
}

fn drawing(folder: &Folder, from: &str, to: &str) {
    let text = folder.read("new/orders.puml");
    assert!(text.contains(from), "{from} is not in the drawing");
    folder.write("new/orders.puml", text.replace(from, to));
}

#[test]
fn what_is_no_content_is_no_change() {
    let cases: &[(&str, Edit)] = &[
        ("nothing", |_| {}),
        ("white-space", |folder| {
            drawing(folder, "web --> db : SQL/1433\n", "\n' a comment\nweb   -->   db  :  SQL/1433\n\n");
        }),
        ("direction", |folder| drawing(folder, "web --> db", "web -right-> db")),
        ("layout-hints", |folder| {
            drawing(
                folder,
                "title Orders\n",
                "title Orders\nleft to right direction\nskinparam shadowing false\n",
            );
        }),
        ("order-of-flows", |folder| {
            drawing(
                folder,
                "web --> db : SQL/1433\nweb --> files : FTP\n",
                "web --> files : FTP\nweb --> db : SQL/1433\n",
            );
        }),
        ("order-of-elements", |folder| {
            let text = "rectangle \"Data zone\" <<data>> as dz {\n  node \"Files\" as files\n  database \
                        \"Orders\\n[SQL Server 2019]\" as db\n}\nrectangle \"DMZ\" <<perimeter>> as dmz {\n  node \
                        \"Web\\n[IIS]\" as web\n}\n";
            let whole = folder.read("new/orders.puml");
            let (head, rest) = whole.split_once("rectangle").expect("a rectangle");
            let tail = &rest[rest.find("web -->").expect("a flow")..];
            folder.write("new/orders.puml", format!("{head}{text}{tail}"));
        }),
        ("file-name", |folder| {
            std::fs::rename(folder.path().join("new/orders.puml"), folder.path().join("new/zz.puml"))
                .unwrap();
        }),
        ("file-folder", |folder| {
            folder.write("new/sub/deep/orders.puml", folder.read("new/orders.puml"));
            std::fs::remove_file(folder.path().join("new/orders.puml")).unwrap();
        }),
        ("view-order", |folder| {
            let second = "@startuml\ntitle Second\ndatabase \"Orders\\n[SQL Server 2019]\" as db\n@enduml\n";
            folder.write("old/a.puml", second).write("new/z.puml", second);
        }),
        ("untitled-file-name", |folder| {
            let untitled = "@startuml\nnode \"Print server\" as p\n@enduml\n";
            folder.write("old/a.puml", untitled).write("new/b.puml", untitled);
        }),
        ("order-of-settings", |folder| {
            let (one, other) = (
                "  - {subject: data-zone/orders, set: {backup: yes, replicas: 2}}\n",
                "  - {subject: model, set: {rto: 4 h}}\n",
            );
            folder.write("old/planroom.yaml", format!("{SIDECAR}facts:\n{one}{other}"));
            folder.write("new/planroom.yaml", format!("{SIDECAR}facts:\n{other}{one}"));
        }),
    ];
    for (name, edit) in cases {
        assert_eq!(edited(name, *edit), "Nothing changed.\n", "{name}");
    }
}

#[test]
fn what_is_told_of_an_edit() {
    let cases: &[(&str, Edit, &[&str], &[&str])] = &[
        (
            "element-added",
            |folder| {
                drawing(folder, "@enduml", "queue \"Letters\" as q\nweb --> q : AMQP\n@enduml");
            },
            &["Elements added\n  Letters (queue)", "Flows added\n  Web → Letters “AMQP”"],
            &["removed", "seem"],
        ),
        (
            "flow-removed",
            |folder| drawing(folder, "web --> files : FTP\n", ""),
            &[
                "Flows removed\n  Web → Files “FTP”",
                "Closed findings\n  Files travel in clear text (was G1, high): what it was about is gone.",
            ],
            &["Elements added", "Elements removed"],
        ),
        (
            "label",
            |folder| drawing(folder, ": FTP", ": SFTP"),
            &[
                "Flows that seem to have another label\n  Was Web → Files “FTP” renamed or moved to Web → Files “SFTP”?",
                "Label FTP → SFTP",
                "Closed findings\n  Files travel in clear text (was G1, high): the rule is satisfied now.",
            ],
            &["Flows added", "Flows removed"],
        ),
        (
            "technology",
            |folder| drawing(folder, "SQL Server 2019", "SQL Server 2022"),
            &["Elements changed\n  Orders: ", "technologies SQL Server 2019 → SQL Server 2022"],
            &["added", "removed"],
        ),
        (
            "renamed",
            |folder| drawing(folder, "\"Files\"", "\"Drop folder\""),
            &["Elements that seem to be renamed or moved\n  Was Files renamed or moved to Drop folder?"],
            &[
                "Elements added",
                "Elements removed",
                "Flows added",
                "Flows removed",
                "New findings",
                "Closed findings",
            ],
        ),
        (
            "moved",
            |folder| {
                drawing(folder, "  node \"Files\" as files\n", "");
                drawing(
                    folder,
                    "  node \"Web\\n[IIS]\" as web\n",
                    "  node \"Web\\n[IIS]\" as web\n  node \"Files\" as files\n",
                );
            },
            &[
                "Was Files renamed or moved to Files?",
                "The same kind and name in another place.",
                "Inside Data zone → DMZ",
            ],
            &["Elements added", "Elements removed", "Flows added", "Flows removed"],
        ),
        (
            "holder-renamed",
            |folder| drawing(folder, "\"Data zone\" <<data>>", "\"Vault\" <<data>>"),
            &["Was Data zone renamed or moved to Vault?", "2 elements came along."],
            &[
                "Elements added",
                "Elements removed",
                "Flows added",
                "Flows removed",
                "New findings",
                "Closed findings",
                "Answered",
            ],
        ),
        (
            "fact-declared",
            |folder| {
                let facts =
                    "facts:\n  - {subject: data-zone/orders, set: {replicas: 2, failover: cluster}}\n";
                folder.write("new/planroom.yaml", format!("{SIDECAR}{facts}"));
            },
            &["Elements changed\n  Orders: ", "replicas not known → 2 (declared)"],
            &["added", "removed", "seem"],
        ),
        (
            "fact-of-the-whole",
            |folder| {
                folder.write(
                    "new/planroom.yaml",
                    format!("{SIDECAR}facts:\n  - {{subject: model, set: {{rto: 4 h}}}}\n"),
                );
            },
            &["Facts about the whole\n  rto not known → 4 h (declared)"],
            &["added", "removed", "seem"],
        ),
        (
            "rule-off",
            |folder| {
                let rules = "rules:\n  - {rule: files-in-clear, severity: off, reason: not ours}\n";
                folder.write("new/planroom.yaml", format!("{SIDECAR}{rules}"));
            },
            &["Closed findings", "the rule is not judged any more"],
            &["Elements", "Flows"],
        ),
        (
            "document",
            |folder| {
                folder.write(
                    "new/planroom.yaml",
                    "document: {title: Orders, status: approved}\npacks: [./house.yaml]\n",
                );
            },
            &["Document\n  status none → approved"],
            &["Elements", "Flows"],
        ),
    ];
    for (name, edit, present, absent) in cases {
        let text = edited(name, *edit);
        for words in *present {
            assert!(text.contains(words), "{name}: `{words}` is not in\n{text}");
        }
        for words in *absent {
            assert!(!text.contains(words), "{name}: `{words}` is in\n{text}");
        }
    }
}

#[test]
fn both_ways_of_a_comparison_agree() {
    let folder = Folder::new("diff-both-ways");
    folder
        .write("a/orders.puml", DRAWING)
        .write("b/orders.puml", DRAWING.replace("web --> files : FTP\n", ""));
    let (there, back) = (told(&folder, "a", "b"), told(&folder, "b", "a"));
    assert!(there.contains("Flows removed") && !there.contains("Flows added"), "{there}");
    assert!(back.contains("Flows added") && !back.contains("Flows removed"), "{back}");
}

#[test]
fn several_projects_are_compared_by_their_paths() {
    let folder = Folder::new("diff-several");
    for (path, text) in [
        ("old/a/a.puml", DRAWING),
        ("old/b/b.puml", DRAWING),
        ("new/a/a.puml", DRAWING),
        ("new/c/c.puml", DRAWING),
    ] {
        folder.write(path, text);
    }
    let text = told(&folder, "old", "new");
    assert!(text.contains("Orders (b): the project is gone"), "{text}");
    assert!(text.contains("Orders (c): a new project"), "{text}");
    assert!(text.contains("Unchanged: 1 project"), "{text}");
}
