//! The loop through the command line: build, answer, decide, build again; revisions; what cannot be compared.

use std::process::Command;

use super::{DRAWING, house};
use crate::cli::Folder;

/// The visible text of the entry on what changed.
fn since(page: &str) -> String {
    let start = page.find("id=\"changes\"").expect("the entry is there");
    let end = page[start..].find("</section>").map_or(page.len(), |end| start + end);
    let mut text = String::new();
    let mut inside = false;
    for character in page[start..end].chars() {
        match character {
            '<' => inside = true,
            '>' => {
                inside = false;
                text.push(' ');
            }
            _ if !inside => text.push(character),
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_second_build_after_three_answers_and_one_decision_tells_what_they_changed() {
    let folder = Folder::new("story");
    let head =
        |version: u8| format!("document: {{title: Orders, version: \"{version}\"}}\npacks: [./house.yaml]\n");
    folder
        .write("in/orders.puml", DRAWING)
        .write("in/house.yaml", house())
        .write("in/planroom.yaml", head(1));
    let first = folder.run(&["build", "in", "-o", "first", "--as-of", "2026-03-01"]);
    assert_eq!(first.code, 0, "{}", first.err);
    assert!(since(&folder.read("first/index.html")).contains("First review, no baseline."));
    let findings: serde_json::Value = serde_json::from_str(&folder.read("first/findings.json")).unwrap();

    // The first answer to each of the three questions, and the decision as the card prints it.
    let questions = findings["questions"].as_array().unwrap();
    assert_eq!(questions.len(), 3);
    let answers = questions.iter().map(|question| question["answers"][0]["lines"].as_str().unwrap());
    let facts: String = answers.map(|lines| lines.replacen("facts:\n", "", 1)).collect();
    let mut sidecar = format!("{}facts:\n{facts}", head(2));
    let finding = findings["findings"].as_array().unwrap().iter().find(|one| one["rule"] == "files-in-clear");
    let finding = finding.expect("FTP is a finding");
    let decide = finding["decide"].as_str().unwrap();
    sidecar.push_str(
        &decide
            .replace("\"...\"", "J. Doe")
            .replacen("YYYY-MM-DD", "2026-03-02", 1)
            .replace("YYYY-MM-DD", "2026-06-01"),
    );
    folder.write("in/planroom.yaml", &sidecar);

    let second = folder.run(&["build", "in", "-o", "second", "--as-of", "2026-03-10", "--baseline", "first"]);
    assert_eq!(second.code, 0, "{}\n{sidecar}", second.err);
    let page = folder.read("second/index.html");
    let told = since(&page);
    assert!(told.contains("Since the review of 2026-03-01, version 1"), "{told}");
    let answered = told.matches("Answered").count();
    assert_eq!(answered, 3, "each answer is told: {told}");
    assert!(told.contains("Replicas of Orders: 1 (declared)") && told.contains("It led to G"), "{told}");
    assert!(told.contains("Sound now: What is kept is backed up"), "{told}");
    assert!(told.contains("New: G") && told.contains("What is kept has one copy"), "{told}");
    assert!(told.contains("accepted by J. Doe until 2026-06-01"), "{told}");
    assert!(told.contains("In all "), "{told}");
    assert!(page.contains("id=\"all-changes\"") && page.contains("href=\"#all-changes\""));
    assert!(page.contains("Findings before decisions:"));

    // Each sentence is true of the packet: what was answered is known now.
    let now: serde_json::Value = serde_json::from_str(&folder.read("second/findings.json")).unwrap();
    let before =
        now["counts"]["before-decisions"].as_object().unwrap().values().filter_map(serde_json::Value::as_u64);
    let after =
        now["counts"]["after-decisions"].as_object().unwrap().values().filter_map(serde_json::Value::as_u64);
    assert_eq!(before.sum::<u64>(), after.sum::<u64>() + 1);

    // The same input and baseline give the same bytes, and a build that is its own baseline changes nothing.
    let third = folder.run(&["build", "in", "-o", "third", "--as-of", "2026-03-10", "--baseline", "first"]);
    assert_eq!(third.code, 0);
    assert_eq!(folder.read("third/index.html"), page);
    let own = folder.run(&["build", "in", "-o", "own", "--as-of", "2026-03-10", "--baseline", "second"]);
    assert_eq!(own.code, 0);
    assert!(since(&folder.read("own/index.html")).contains("Nothing changed."));

    // The same told by `diff`, in all forms.
    let text = folder.run(&["diff", "first", "second"]);
    assert_eq!(text.code, 0);
    assert!(text.out.contains("Answered questions") && text.out.contains("Decided:"), "{}", text.out);
    assert_eq!(folder.run(&["diff", "first", "second", "--fail-on", "change"]).code, 1);
    assert_eq!(folder.run(&["diff", "second", "second", "--fail-on", "change"]).code, 0);
    let markdown = folder.run(&["diff", "first", "second", "--format", "markdown"]).out;
    assert!(markdown.contains("<details><summary>Answered questions (3)</summary>"), "{markdown}");
    let json: serde_json::Value =
        serde_json::from_str(&folder.run(&["diff", "first/model.json", "second", "--format", "json"]).out)
            .unwrap();
    let schema: serde_json::Value = serde_json::from_str(&folder.run(&["schema", "diff"]).out).unwrap();
    assert_eq!(crate::json::schema_check::mistakes(&schema, &json), Vec::<String>::new());
    assert_eq!(json["projects"][0]["changes"]["questions-answered"].as_array().unwrap().len(), 3);
}

#[test]
fn names_are_dead_in_a_merge_request() {
    let folder = Folder::new("story-hostile");
    let evil = "queue \"<b>x</b> @all #12 [a](https://example.org) `c`\" as q\n@enduml";
    folder.write("old/orders.puml", DRAWING);
    folder.write("new/orders.puml", DRAWING.replace("@enduml", evil));
    let text = folder.run(&["diff", "old", "new", "--format", "markdown"]).out;
    assert!(text.contains("&#64;all") && text.contains("&#35;12"), "{text}");
    for live in ["<b>", "@all", " #12", "[a](", "://"] {
        assert!(!text.contains(live), "{live} in {text}");
    }
}

#[test]
fn a_merge_request_is_told_in_bounded_length() {
    let folder = Folder::new("story-long");
    let node = |at: usize| format!("node \"A rather long name of a node, number {at}\" as n{at}\n");
    let many: String = (0..1000).map(node).collect();
    folder.write("old/a.puml", DRAWING);
    folder.write("new/a.puml", DRAWING.replace("@enduml", &format!("{many}@enduml")));
    let text = folder.run(&["diff", "old", "new", "--format", "markdown"]).out;
    assert!(text.len() < 65_000 && text.contains("1000 elements added"), "{}", text.len());
}

#[test]
fn the_settings_file_names_the_last_review() {
    let folder = Folder::new("story-own");
    folder.write("in/orders.puml", DRAWING).write("in/planroom.yaml", "");
    assert_eq!(folder.run(&["build", "in", "-o", "out", "--as-of", "2026-03-01"]).code, 0);
    for file in ["model.json", "findings.json"] {
        folder.write(&format!("in/reviews/march/{file}"), folder.read(&format!("out/{file}")));
    }
    folder.write("in/planroom.yaml", "document: {baseline: reviews/march}\n");
    folder.write("in/orders.puml", DRAWING.replace("web --> files : FTP\n", ""));
    let run = folder.run(&["build", "in", "-o", "out"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let told = since(&folder.read("out/index.html"));
    assert!(told.contains("Since the review of 2026-03-01") && told.contains("1 flow removed"), "{told}");
    assert!(!folder.read("out/model.json").contains("reviews/march"), "a packet that is kept is no input");
}

#[test]
fn what_cannot_be_compared_is_refused_before_anything_is_written() {
    let folder = Folder::new("story-bad");
    folder.write("in/orders.puml", DRAWING).write("in/planroom.yaml", "");
    folder.write("old/model.json", "{\"planroom\": \"model/0\", \"elements\": []}");
    folder.write("old/findings.json", "{\"planroom\": \"findings/1\"}");
    folder.write("broken/model.json", "{\"planroom\": \"model/1\",\n \"elements\": [}");
    folder.write("broken/findings.json", "{}");
    folder.write("lacking/model.json", "{\"planroom\": \"model/1\", \"relations\": []}");
    folder.write("lacking/findings.json", "{}");
    let twice = "{\"id\": \"a\"}, {\"id\": \"a\"}";
    folder.write(
        "twice/model.json",
        format!("{{\"planroom\": \"model/1\", \"elements\": [{twice}], \"relations\": []}}"),
    );
    folder
        .write("twice/findings.json", "{\"planroom\": \"findings/1\", \"findings\": [], \"questions\": []}");
    folder.write("empty/readme.txt", "nothing");
    let cases = [
        ("old", "old/model.json: it is of the form `model/0`, expected `model/1`; build the packet again"),
        ("broken", "broken/model.json: line 2, column 15"),
        ("lacking", "lacking/model.json: the key `elements` is missing"),
        ("twice", "twice/model.json: the id `a` stands twice"),
        ("missing", "missing: is no path that exists"),
        ("empty", "empty: holds no packet and no diagram or model"),
        ("HEAD; touch x", "is no path that exists"),
    ];
    for (baseline, expected) in cases {
        for arguments in
            [vec!["build", "in", "-o", "out", "--baseline", baseline], vec!["diff", baseline, "in"]]
        {
            let run = folder.run(&arguments);
            assert_eq!(run.code, 2, "{arguments:?}: {}", run.err);
            assert!(run.err.contains(expected), "{arguments:?}: {}", run.err);
            assert!(!folder.has("out") && !folder.has("x"));
        }
    }
    folder.write("in/planroom.yaml", "document:\n  baseline: ../old\n");
    let run = folder.run(&["build", "in", "-o", "out"]);
    assert_eq!(run.code, 2);
    assert!(
        run.err.contains("planroom.yaml:2") && run.err.contains("the baseline cannot be read"),
        "{}",
        run.err
    );
    assert!(!folder.has("out"));
}

#[test]
fn revisions_of_a_repository_are_compared_and_nothing_of_them_runs() {
    let folder = Folder::new("story-git");
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        command.args([
            "-c",
            "user.name=T",
            "-c",
            "user.email=t@example.org",
            "-c",
            "init.defaultBranch=main",
        ]);
        let output = command.args(arguments).current_dir(folder.path()).output();
        output.is_ok_and(|output| output.status.success())
    };
    if !git(&["init", "-q", "."]) {
        return; // No git on this machine: the door it stands behind is told in the error.
    }
    folder.write("docs/orders.puml", DRAWING).write("other/readme.txt", "no drawing");
    assert!(git(&["add", "-A"]) && git(&["commit", "-q", "-m", "one"]) && git(&["tag", "v1"]));
    folder.write("docs/orders.puml", DRAWING.replace(": FTP", ": FTP\nfiles --> db : SQL"));
    folder.write(".git/hooks/post-checkout", "#!/bin/sh\ntouch ran\n");
    folder.write(".git/hooks/pre-commit", "#!/bin/sh\ntouch ran\n");
    let added = "Flows added\n  Files → Orders “SQL”";
    for arguments in [
        ["diff", "v1", "docs"],
        ["diff", "v1:docs", "docs"],
        ["diff", "HEAD:docs/orders.puml", "docs/orders.puml"],
    ] {
        let run = folder.run(&arguments);
        assert_eq!(run.code, 0, "{arguments:?}: {}", run.err);
        assert!(run.out.contains(added), "{arguments:?}: {}{}", run.out, run.err);
    }
    assert!(git(&["add", "-A"]) && git(&["commit", "-q", "--no-verify", "-m", "two"]));
    let run = folder.run(&["diff", "v1:docs", "HEAD:docs"]);
    assert!(run.out.contains(added), "{}{}", run.out, run.err);
    let run = folder.run(&["build", "docs", "-o", "out", "--baseline", "v1", "--as-of", "2026-03-01"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let told = since(&folder.read("out/index.html"));
    assert!(told.contains("Since revision v1 (") && told.contains("1 flow added"), "{told}");
    assert!(!folder.has("ran"));
    for (revision, expected) in [
        (
            "v9",
            "v9: is neither a path that exists nor a revision of the git repository around it; did you mean `v1`?",
        ),
        ("v1:nowhere", "v1:nowhere: there is no such path in this revision"),
        ("v1:../../etc", "leads out of the repository"),
        ("v1:other", "holds no packet and no diagram or model"),
    ] {
        let run = folder.run(&["diff", revision, "docs"]);
        assert_eq!(run.code, 2, "{revision}");
        assert!(run.err.contains(expected), "{revision}: {}", run.err);
    }
    // A folder that the revision does not hold is a first review, and says so.
    folder.write("new/orders.puml", DRAWING);
    let run = folder.run(&["build", "new", "-o", "out2", "--baseline", "v1"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.contains("nothing to compare with"), "{}", run.err);
    assert!(since(&folder.read("out2/index.html")).contains("the baseline does not hold this project"));
}
