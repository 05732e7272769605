//! Each command in a temporary folder: standard output, standard error, exit code, files.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder that is removed at the end.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("planroom-test-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("the temporary folder is writable");
        Self(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> &Self {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().expect("a file has a folder"))
            .expect("the temporary folder is writable");
        fs::write(path, bytes).expect("the temporary folder is writable");
        self
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.join(name).exists()
    }

    /// Relative paths of all files, sorted.
    pub(crate) fn files(&self) -> Vec<String> {
        let mut files = Vec::new();
        let mut open = vec![self.0.clone()];
        while let Some(folder) = open.pop() {
            for entry in fs::read_dir(folder).expect("a folder is readable").flatten() {
                if entry.path().is_dir() {
                    open.push(entry.path());
                } else {
                    let path = entry.path();
                    let relative = path.strip_prefix(&self.0).expect("it lies below");
                    files.push(relative.to_string_lossy().replace('\\', "/"));
                }
            }
        }
        files.sort();
        files
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        let output = Command::new(env!("CARGO_BIN_EXE_planroom"))
            .args(arguments)
            .current_dir(&self.0)
            .env_remove("SOURCE_DATE_EPOCH")
            .output()
            .expect("the binary starts");
        Run::of(output)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// What a command did.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Run {
    fn of(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

/// A drawing with one gap (FTP across zones) and open questions.
pub(crate) const DRAWING: &str = "@startuml\ntitle Orders\nrectangle \"DMZ\" <<perimeter>> {\n  node \"Web\\n[IIS]\" as web\n}\nrectangle \"Data zone\" <<data>> {\n  database \"Orders\\n[SQL Server 2019]\" as db\n  node \"Files\" as files\n}\nweb --> db : SQL/1433\nweb --> files : FTP\n@enduml\n";

#[test]
fn build_writes_a_packet_and_a_second_build_touches_nothing() {
    let folder = Folder::new("build");
    folder.write("in/orders.puml", DRAWING);
    let first = folder.run(&["build", "in", "-o", "out"]);
    assert_eq!(first.code, 0, "{}", first.err);
    for name in
        ["index.html", "model.json", "findings.json", "findings.sarif", "manifest.json", "views/orders.svg"]
    {
        assert!(folder.has(&format!("out/{name}")), "{name} in {:?}", folder.files());
    }
    let time = |name: &str| {
        fs::metadata(folder.path().join(name)).and_then(|meta| meta.modified()).expect("it exists")
    };
    let before = time("out/index.html");
    let second = folder.run(&["build", "in", "-o", "out"]);
    assert_eq!(second.code, 0);
    assert!(second.err.contains(" 0 written"), "{}", second.err);
    assert_eq!(before, time("out/index.html"));
}

#[test]
fn a_folder_without_settings_becomes_a_shelf() {
    let folder = Folder::new("shelf");
    folder.write("in/a/one.puml", DRAWING).write("in/b/c/two.puml", DRAWING);
    folder.write(
        "in/b/flow.puml",
        "@startuml\nparticipant A\nparticipant B\nA -> B : hello\nB --> A : hi\n@enduml\n",
    );
    let run = folder.run(&["build", "in", "-o", "out"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(
        folder.has("out/index.html") && folder.has("out/a/index.html") && folder.has("out/b/c/index.html")
    );
    assert!(!folder.has("out/b/index.html"));
    assert!(run.err.contains("passed over") && run.err.contains("sequence"), "{}", run.err);
}

#[test]
fn a_settings_file_makes_everything_below_one_project() {
    let folder = Folder::new("project");
    folder.write("in/planroom.yaml", "document:\n  title: The shop\n  owner: Ann\n");
    folder.write("in/a/one.puml", DRAWING).write("in/b/two.puml", DRAWING.replace("Orders", "Stock"));
    let run = folder.run(&["build", "in", "-o", "out"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(folder.has("out/index.html") && !folder.has("out/a/index.html"), "{:?}", folder.files());
    let page = folder.read("out/index.html");
    assert!(page.contains("The shop") && page.contains("Ann"));
}

#[test]
fn what_we_did_not_write_is_never_touched() {
    let folder = Folder::new("foreign");
    folder
        .write("in/orders.puml", DRAWING)
        .write("out/notes.txt", "mine")
        .write("out/index.html", "mine too");
    let run = folder.run(&["build", "in", "-o", "out"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("index.html") && run.err.contains("not written by planroom"), "{}", run.err);
    assert_eq!(folder.files(), ["in/orders.puml", "out/index.html", "out/notes.txt"]);
    assert_eq!(folder.read("out/index.html"), "mine too");
    fs::remove_file(folder.path().join("out/index.html")).expect("it exists");
    assert_eq!(folder.run(&["build", "in", "-o", "out"]).code, 0);
    assert_eq!(folder.read("out/notes.txt"), "mine");
}

#[test]
fn files_that_are_no_longer_made_are_removed_and_edited_ones_kept() {
    let folder = Folder::new("stale");
    folder.write("in/a/one.puml", DRAWING).write("in/b/two.puml", DRAWING);
    assert_eq!(folder.run(&["build", "in", "-o", "out"]).code, 0);
    folder.write("out/b/model.json", "edited by hand");
    fs::remove_dir_all(folder.path().join("in/b")).expect("it exists");
    let run = folder.run(&["build", "in", "-o", "out"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(!folder.has("out/b/index.html"));
    assert_eq!(folder.read("out/b/model.json"), "edited by hand");
    assert!(run.err.contains("edited by hand"), "{}", run.err);
}

#[test]
fn output_inside_of_the_input_is_not_read_again() {
    let folder = Folder::new("inside");
    folder.write("orders.puml", DRAWING);
    let first = folder.run(&["build", ".", "-o", "out"]);
    assert_eq!(first.code, 0, "{}", first.err);
    let files = folder.files();
    let second = folder.run(&["build", "-o", "out"]);
    assert_eq!((second.code, folder.files()), (0, files));
    assert!(second.err.contains(" 0 written"), "{}", second.err);
}

#[test]
fn check_prints_findings_and_fails_on_the_asked_level() {
    let folder = Folder::new("check");
    folder.write("orders.puml", DRAWING);
    let text = folder.run(&["check", "orders.puml"]);
    assert_eq!(text.code, 1, "{}{}", text.out, text.err);
    assert!(text.out.contains("orders.puml:11") && text.out.contains("FTP"), "{}", text.out);
    assert_eq!(folder.run(&["check", "orders.puml", "--fail-on", "never"]).code, 0);
    let json = folder.run(&["check", "orders.puml", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&json.out).expect("JSON");
    for key in ["findings", "questions", "satisfied", "decisions"] {
        assert!(value[key].is_array(), "{key}");
    }
    let finding = &value["findings"][0];
    for key in ["id", "rule", "subject", "severity", "category", "verdict", "evidence"] {
        assert!(!finding[key].is_null(), "{key} of {finding}");
    }
    let sarif = folder.run(&["check", "orders.puml", "--format", "sarif"]);
    let value: serde_json::Value = serde_json::from_str(&sarif.out).expect("SARIF is JSON");
    assert_eq!(value["version"], "2.1.0");
    assert!(!folder.has("out"));
}

#[test]
fn read_prints_the_account() {
    let folder = Folder::new("read");
    folder
        .write("orders.puml", DRAWING)
        .write("flow.puml", "@startuml\nparticipant A\nA -> B : hi\n@enduml\n");
    let run = folder.run(&["read", "orders.puml", "--format", "json"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let value: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    assert_eq!(value["format"], "plantuml");
    for key in ["id", "name", "kind", "technologies", "origin"] {
        assert!(!value["elements"][0][key].is_null(), "{key}");
    }
    for key in ["id", "from", "to", "label", "protocols", "ports", "initiator", "data", "via", "origin"] {
        assert!(!value["relations"][0][key].is_null(), "{key}");
    }
    for key in ["seen", "understood", "visual", "unknown"] {
        assert!(!value["loss"][key].is_null(), "{key}");
    }
    let refused = folder.run(&["read", "flow.puml"]);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("sequence") && refused.err.contains("component"), "{}", refused.err);
    assert_eq!(folder.run(&["read", "missing.puml"]).code, 2);
}

#[test]
fn render_draws_and_layout_lays_out() {
    let folder = Folder::new("render");
    folder.write("orders.puml", DRAWING);
    folder.write(
        "graph.json",
        r#"{"name":"g","nodes":[{"id":"a","parent":"z","label":"A","w":80,"h":40},{"id":"b","parent":null,"label":"B","w":80,"h":40}],"boundaries":[{"id":"z","parent":null,"label":"Zone"}],"edges":[{"id":"e","from":"a","to":"b","label":"SQL","lw":30,"lh":16}]}"#,
    );
    let run = folder.run(&["render", "orders.puml", "-o", "x.svg"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let svg = folder.read("x.svg");
    for mark in
        ["data-kind=\"node\"", "data-kind=\"edge\"", "data-from", "data-role=\"route\"", "<title", "<desc"]
    {
        assert!(svg.contains(mark), "{mark}");
    }
    assert_eq!(folder.run(&["render", "orders.puml", "--view", "nope"]).code, 2);
    let run = folder.run(&["layout", "graph.json", "-o", "g.svg"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(folder.read("g.svg").contains("data-kind=\"boundary\""));
    folder.write("bad.json", "{\"nodes\": 3}");
    assert_eq!(folder.run(&["layout", "bad.json"]).code, 2);
}

#[test]
fn rules_explain_formats_schema_and_completions_answer() {
    let folder = Folder::new("about");
    let rules = folder.run(&["rules", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&rules.out).expect("JSON");
    let list = value.as_array().expect("a list");
    assert!(list.len() > 40, "{} rules", list.len());
    for rule in list {
        for key in ["id", "title", "category", "severity", "on", "pack", "sources"] {
            assert!(!rule[key].is_null(), "{key} of {rule}");
        }
    }
    let id = list[0]["id"].as_str().expect("a text");
    let explained = folder.run(&["explain", id]);
    assert!(explained.code == 0 && explained.out.contains("What to do"), "{}", explained.out);
    let near = folder.run(&["explain", &format!("{id}x")]);
    assert!(near.code == 2 && near.err.contains(&format!("did you mean `{id}`")), "{}", near.err);
    assert!(folder.run(&["formats"]).out.contains("PlantUML"));
    for name in ["model", "findings", "read"] {
        let schema = folder.run(&["schema", name]);
        assert!(serde_json::from_str::<serde_json::Value>(&schema.out).is_ok(), "{name}");
    }
    assert_eq!(folder.run(&["schema", "nope"]).code, 2);
    assert!(folder.run(&["completions", "bash"]).out.contains("planroom"));
    assert_eq!(folder.run(&["nonsense"]).code, 2);
    assert_eq!(folder.run(&["--version"]).code, 0);
}

#[test]
fn init_asks_the_open_questions_and_never_overwrites() {
    let folder = Folder::new("init");
    folder.write("orders.puml", DRAWING);
    let run = folder.run(&["init"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let text = folder.read("planroom.yaml");
    assert!(text.contains("# Q1") && text.contains("title: \"Orders\""), "{text}");
    assert_eq!(folder.run(&["check", "--fail-on", "never"]).code, 0, "what init writes is valid");
    assert_eq!(folder.run(&["init"]).code, 2);
    assert_eq!(folder.read("planroom.yaml"), text);
}

#[test]
fn dates_come_from_options_and_settings_and_never_from_the_clock() {
    let folder = Folder::new("dates");
    folder.write("in/orders.puml", DRAWING);
    folder.run(&["build", "in", "-o", "out"]);
    assert!(folder.read("out/findings.json").contains("\"as-of\": null"));
    folder.run(&["build", "in", "-o", "out", "--as-of", "2026-02-03"]);
    assert!(folder.read("out/findings.json").contains("\"as-of\": \"2026-02-03\""));
    assert_eq!(folder.run(&["build", "in", "-o", "out", "--as-of", "soon"]).code, 2);
}

#[test]
fn compare_tells_differences_by_its_exit_code() {
    let folder = Folder::new("compare");
    folder.write("in/orders.puml", DRAWING);
    let run = |export: &str, options: &[&str]| {
        folder.write("rules.csv", export);
        let mut arguments = vec!["compare", "--firewall", "rules.csv", "in"];
        arguments.extend(options);
        folder.run(&arguments)
    };
    let same = "source,destination,service,action\nWeb,Orders,tcp/1433,allow\nWeb,Files,tcp/21,allow\n";
    let told = run(same, &[]);
    assert_eq!(told.code, 0, "{}{}", told.out, told.err);
    assert!(told.out.contains("no difference, 2 matching"), "{}", told.out);
    let wider = format!("{same}Files,Orders,any,allow\n");
    assert_eq!(run(&wider, &[]).code, 1);
    assert_eq!(run(&wider, &["--fail-on", "blocked"]).code, 0);
    assert_eq!(run(&wider, &["--fail-on", "allowed"]).code, 1);
    assert_eq!(run(&wider, &["--fail-on", "never"]).code, 0);
    let json: serde_json::Value =
        serde_json::from_str(&run(&wider, &["--format", "json"]).out).expect("the output is JSON");
    assert_eq!(json["differences"], 1);
    assert_eq!(json["lines"][0]["result"], "allowed-not-drawn");
    let formula =
        run("source,destination,service,action\n=1+1,Orders,tcp/1433,allow\n", &["--format", "csv"]);
    assert!(formula.out.contains(",'=1+1,"), "{}", formula.out);
    let other = run("sorce,destination,service,action\na,b,c,allow\n", &[]);
    assert_eq!(other.code, 2);
    assert!(other.out.is_empty());
    for words in ["rules.csv:1", "no column for the source", "`sorce`", "did you mean `source`"] {
        assert!(other.err.contains(words), "{words} in {}", other.err);
    }
    assert_eq!(folder.run(&["compare", "--firewall", "none.csv", "in"]).code, 2);
    // Our own list, read back: what it holds is left out, what it opens is drawn.
    folder.run(&["build", "in", "-o", "out"]);
    folder.write("in/fw.puml", "@startuml\nrectangle DMZ as d <<perimeter>> {\n node A as a\n}\nrectangle Data as e <<data>> {\n node B as b\n node FW as f <<firewall>>\n}\na --> b : HTTPS via FW\n@enduml\n");
    folder.run(&["build", "in/fw.puml", "-o", "out"]);
    let own = folder.run(&["compare", "--firewall", "out/firewall.csv", "in/fw.puml"]);
    assert_eq!(own.code, 0, "{}{}", own.out, own.err);
}

#[test]
fn members_are_listed_below_what_holds_them() {
    let folder = Folder::new("tree");
    folder.write(
        "a.puml",
        "@startuml\np1 -[hidden]-> p2\nnode p1 {\n[A]\n}\nnode p3 {\n[C]\n}\nnode p2 {\n[B]\n}\n@enduml\n",
    );
    let told = folder.run(&["read", "a.puml"]).out;
    let tree =
        "  p1 (host)\n    A (component)\n  p2 (host)\n    B (component)\n  p3 (host)\n    C (component)\n";
    assert!(told.contains(tree), "{told}");
    folder.write("b.puml", "@startuml\nstart\n:go;\nstop\n@enduml\n");
    assert!(folder.run(&["read", "b.puml"]).out.contains(": an activity diagram, which is not read"));
}

#[test]
fn a_file_that_is_read_alone_includes_what_its_project_holds() {
    let folder = Folder::new("alone");
    folder
        .write("docs/views/a.puml", "@startuml\n!include ../common/x.iuml\nnode A\n@enduml\n")
        .write("docs/common/x.iuml", "!include y.iuml\n")
        .write("docs/common/y.iuml", "node Y\n");
    let read = || folder.run(&["read", "docs/views/a.puml"]);
    let outside = read();
    assert!(!outside.out.contains("Y (host)") && outside.err.contains("leads out of the project"));
    folder.write("docs/planroom.yaml", "");
    assert!(read().out.contains("Y (host)"), "{:?}", read());
    folder.write("docs/views/a.puml", "@startuml\n!include ../../../x.iuml\nnode A\n@enduml\n");
    assert!(read().err.contains("leads out of the project"));
}
