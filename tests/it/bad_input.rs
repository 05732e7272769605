//! Hostile and broken input: each is read, or gets a clear error with its place, and nothing partial is left.

use crate::cli::{DRAWING, Folder};

/// A small drawing with this statement in it.
fn with(statement: &str) -> String {
    format!("@startuml\nrectangle \"DMZ\" {{\n[Web]\n}}\n{statement}\n[Web] --> [Api] : HTTPS\n@enduml\n")
}

/// Builds the one drawing and gives the page.
fn page(folder: &Folder) -> String {
    let run = folder.run(&["build", "in", "-o", "out"]);
    assert_eq!(run.code, 0, "{}", run.err);
    folder.read("out/index.html")
}

/// What nobody can read is refused with its name, with exit code 2, and nothing is written.
fn refused(name: &str, bytes: &[u8], says: &[&str]) {
    let folder = Folder::new(&format!("refused-{}", name.replace('.', "-")));
    folder.write(&format!("in/{name}"), bytes);
    let path = format!("in/{name}");
    for arguments in [vec!["read", &path], vec!["build", &path, "-o", "out"]] {
        let run = folder.run(&arguments);
        assert_eq!(run.code, 2, "{arguments:?}: {}{}", run.out, run.err);
        for word in says.iter().chain(&[name]) {
            assert!(run.err.contains(word), "{arguments:?} does not say `{word}`: {}", run.err);
        }
    }
    assert_eq!(folder.files(), [path]);
}

#[test]
fn an_empty_file_is_refused() {
    refused("empty.puml", b"", &["@start"]);
    refused("blank.puml", b"\n  \n", &["@start"]);
}

#[test]
fn a_binary_is_refused() {
    refused("picture.puml", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", &["binary", "UTF-8"]);
}

#[test]
fn a_file_over_the_limit_is_refused_with_the_setting() {
    let folder = Folder::new("limit");
    folder.write("in/big.puml", with(&"' filler\n".repeat(200)));
    let run = folder.run(&["build", "in", "-o", "out", "--max-source-bytes", "1000"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("big.puml") && run.err.contains("--max-source-bytes"), "{}", run.err);
    assert_eq!(folder.files(), ["in/big.puml"]);
    assert_eq!(folder.run(&["build", "in", "-o", "out"]).code, 0);
}

#[test]
fn one_refused_file_among_readable_ones_is_a_diagnostic() {
    let folder = Folder::new("one-refused");
    folder.write("in/good.puml", DRAWING).write("in/bad.puml", b"@startuml\n\x00\x01\x02");
    let page = page(&folder);
    assert!(page.contains("bad.puml"), "the page lists the file that was not read");
}

#[test]
fn invalid_utf8_is_read_and_said() {
    let folder = Folder::new("utf8");
    folder.write("in/x.puml", b"@startuml\n[K\xE4se]\n[Web] --> [K\xE4se] : HTTPS\n@enduml\n");
    let run = folder.run(&["read", "in/x.puml"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.contains("x.puml:2") && run.err.contains("not valid UTF-8"), "{}", run.err);
}

#[test]
fn every_encoding_and_line_end_gives_the_same_model() {
    let text = "@startuml\n[Kasse] --> [Büro] : HTTPS/443\n@enduml\n";
    let utf16 = |mark: bool, little: bool| -> Vec<u8> {
        let units = mark.then_some(0xFEFF_u16).into_iter().chain(text.encode_utf16());
        units.flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
    };
    let variants: Vec<Vec<u8>> = vec![
        text.as_bytes().to_vec(),
        [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
        text.replace('\n', "\r\n").into_bytes(),
        utf16(true, true),
        utf16(true, false),
        utf16(false, true),
        utf16(false, false),
    ];
    let folder = Folder::new("encodings");
    let mut accounts: Vec<serde_json::Value> = Vec::new();
    for bytes in variants {
        folder.write("x.puml", bytes);
        let run = folder.run(&["read", "x.puml", "--format", "json"]);
        assert_eq!(run.code, 0, "{}", run.err);
        let mut account: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
        strip_places(&mut account);
        accounts.push(account);
    }
    for account in &accounts {
        assert_eq!(account["elements"], accounts[0]["elements"]);
        assert_eq!(account["relations"], accounts[0]["relations"]);
    }
    assert_eq!(accounts[0]["elements"].as_array().map(Vec::len), Some(2));
}

/// Byte offsets differ with line ends; lines and columns do not, and are compared elsewhere.
fn strip_places(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::Object(map) => {
            map.retain(|key, _| !matches!(key.as_str(), "start" | "end" | "origin" | "origins" | "place"));
            map.values_mut().for_each(strip_places);
        }
        serde_json::Value::Array(items) => items.iter_mut().for_each(strip_places),
        _ => {}
    }
}

#[test]
fn nesting_of_ten_thousand_is_flattened_with_one_diagnostic() {
    let folder = Folder::new("nesting");
    let mut text = String::from("@startuml\n");
    for level in 0..10_000 {
        text.push_str(&format!("rectangle r{level} {{\n"));
    }
    text.push_str("[Web]\n");
    text.push_str(&"}\n".repeat(10_000));
    text.push_str("@enduml\n");
    folder.write("in/deep.puml", text);
    let run = folder.run(&["read", "in/deep.puml"]);
    assert!(run.code == 0 || run.code == 1, "{}", run.err);
    assert_eq!(run.err.matches("[plantuml/").count(), 1, "{}", run.err);
    assert!(run.err.contains("50"), "{}", run.err);
}

#[test]
fn includes_stay_in_the_project() {
    let folder = Folder::new("includes");
    folder.write("secret.puml", "[Secret]\n").write("in/sub/part.puml", "[Part]\n");
    for target in [
        "/etc/passwd",
        "../secret.puml",
        "sub/../../secret.puml",
        "https://example.com/x.puml",
        "file:///etc/passwd",
    ] {
        folder.write("in/x.puml", with(&format!("!include {target}")));
        let run = folder.run(&["read", "in/x.puml", "--format", "json"]);
        assert!(run.code < 2, "{target}: {}", run.err);
        assert!(run.err.contains("x.puml:5"), "{target} is told with its place: {}", run.err);
        assert!(!run.out.contains("Secret") && !run.out.contains("root:"), "{target}");
    }
    folder.write("in/x.puml", with("!include sub/part.puml"));
    let run = folder.run(&["read", "in/x.puml", "--format", "json"]);
    assert!(run.code == 0 && run.out.contains("Part"), "{}", run.err);
}

#[test]
fn a_link_out_of_the_project_is_not_followed() {
    #[cfg(unix)]
    {
        let folder = Folder::new("link");
        folder.write("secret.puml", "[Secret]\n").write("in/x.puml", with("!include link.puml"));
        let link = folder.path().join("in/link.puml");
        std::os::unix::fs::symlink(folder.path().join("secret.puml"), link).expect("links are supported");
        let run = folder.run(&["read", "in/x.puml", "--format", "json"]);
        assert!(run.code < 2 && !run.out.contains("Secret"), "{}", run.err);
        assert!(run.err.contains("x.puml:5"), "{}", run.err);
    }
}

#[test]
fn an_include_loop_ends() {
    let folder = Folder::new("loop");
    folder.write("in/a.puml", with("!include b.puml")).write("in/b.puml", "!include a.puml\n[B]\n");
    let run = folder.run(&["read", "in/a.puml"]);
    assert!(run.code < 2, "{}", run.err);
    assert!(run.err.contains("b.puml:1"), "{}", run.err);
}

#[test]
fn a_macro_that_expands_for_ever_ends_with_one_diagnostic() {
    let folder = Folder::new("macro");
    let endless = [
        "!procedure $more()\n$more()\n!endprocedure\n$more()",
        "!define A B A\n!define B A B\nA",
        "!$i = 0\n!while 1 == 1\n[X]\n!endwhile",
        "!function $f($x)\n!return $f($x + 1)\n!endfunction\n!$y = $f(1)",
    ];
    for text in endless {
        folder.write("in/x.puml", with(text));
        let run = folder.run(&["read", "in/x.puml"]);
        assert!(run.code < 2, "{text}: {}", run.err);
        assert!(run.err.lines().count() < 60, "{text}: {}", run.err);
    }
}

#[test]
fn payloads_stay_text() {
    let folder = Folder::new("payloads");
    let name = "<script>alert(1)</script>]]>\u{202E}evil\u{0007}";
    folder.write("in/x.puml", format!("@startuml\nnode \"{name}\" as a\nnode \"B\" as b\na --> b : <img src=x onerror=alert(1)>\n@enduml\n"));
    let page = page(&folder);
    assert!(
        !page.contains("<script>alert") && !page.contains("<img src=x"),
        "markup of a label reaches the page"
    );
    assert!(!page.contains('\u{202E}') && !page.contains('\u{0007}'));
    for file in folder.files().iter().filter(|file| file.ends_with(".svg")) {
        let svg = folder.read(file);
        assert!(
            !svg.contains("<script")
                && !svg.contains("]]>")
                && !svg.contains('\u{202E}')
                && !svg.contains('\u{0007}')
        );
    }
}

#[test]
fn a_password_reaches_no_output() {
    let folder = Folder::new("password");
    folder.write(
        "in/x.puml",
        with("database \"Orders\\nServer=db;User Id=sa;Password=Hunter2secret;\" as db\n[Api] --> db : postgres://sa:Hunter2secret@db/orders"),
    );
    folder.write("in/planroom.yaml", "document:\n  title: \"jdbc:sqlserver://x;password=Hunter2secret;\"\n");
    let run = folder.run(&["build", "in", "-o", "out"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let mut seen = false;
    for file in folder.files().iter().filter(|file| file.starts_with("out/")) {
        let text = if file.ends_with(".xlsx") {
            let bytes = std::fs::read(folder.path().join(file)).unwrap();
            let tables = planroom::source::tables(&bytes, planroom::source::SheetForm::Xlsx).unwrap();
            format!("{tables:?}")
        } else {
            folder.read(file)
        };
        assert!(!text.contains("Hunter2secret"), "{file} holds the password");
        seen |= text.contains("«redacted»");
    }
    assert!(seen, "the place of the secret is shown");
    assert!(folder.read("out/findings.json").contains("secret"), "and it is a finding");
    for arguments in [["check", "in"], ["read", "in/x.puml"]] {
        let run = folder.run(&arguments);
        assert!(!run.out.contains("Hunter2secret") && !run.err.contains("Hunter2secret"));
    }
}

#[test]
fn an_output_folder_that_cannot_be_written_is_an_error() {
    let folder = Folder::new("unwritable");
    folder.write("in/x.puml", DRAWING).write("taken", "a file");
    for target in ["taken", "taken/out", "/proc/planroom-out"] {
        let run = folder.run(&["build", "in", "-o", target]);
        assert_eq!(run.code, 2, "{target}");
        assert!(
            run.err.contains(target.trim_end_matches("/out")) && run.err.contains("nothing was written"),
            "{}",
            run.err
        );
    }
    assert_eq!(folder.files(), ["in/x.puml", "taken"]);
}

#[test]
fn a_full_disk_leaves_the_old_packet_whole() {
    // A file system of a few kilobytes; only root may mount one.
    let folder = Folder::new("full");
    folder.write("in/x.puml", DRAWING).write("out/keep.txt", "mine");
    let out = folder.path().join("out");
    let mount = std::process::Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=64k", "tmpfs"])
        .arg(&out)
        .output();
    if !mount.is_ok_and(|output| output.status.success()) {
        return;
    }
    let run = folder.run(&["build", "in", "-o", "out"]);
    let left = folder.files();
    let _ = std::process::Command::new("umount").arg(&out).output();
    assert_eq!(run.code, 2, "{}", run.err);
    assert!(run.err.contains("nothing was written"), "{}", run.err);
    assert_eq!(left, ["in/x.puml"], "nothing partial is left");
}

#[test]
fn a_broken_settings_file_is_told_with_its_place_before_anything_is_written() {
    let cases = [
        ("documnt:\n  title: x\n", "planroom.yaml:1", "did you mean `document`"),
        ("document:\n  titel: x\n", "planroom.yaml:2", "did you mean `title`"),
        ("document: [1\n", "planroom.yaml", ""),
        ("document:\n  date: yesterday\n", "planroom.yaml:2", "YYYY-MM-DD"),
        ("facts:\n  - subject: model\n    set: {rtoo: 4h}\n", "planroom.yaml:3", "did you mean `rto`"),
        ("facts:\n  - subject: nobody\n    set: {replicas: 2}\n", "planroom.yaml:2", "nobody"),
        ("rules:\n  - {rule: no-such-rule, severity: off, reason: x}\n", "planroom.yaml:2", "no-such-rule"),
        ("packs: [core-securty]\n", "planroom.yaml:1", "did you mean `core-security`"),
        ("complete: [nope]\n", "planroom.yaml:1", "nope"),
        (
            "facts:\n  - subject: web2\n    set: {replicas: 2}\n",
            "planroom.yaml:2:14",
            "did you mean `dmz/web`?",
        ),
        ("facts:\n  - subject: zzz\n    set: {replicas: 2}\n", "planroom.yaml:2:14", "known are: model, "),
        (
            "facts:\n  - subject: web\n    set: {failover: clustr}\n",
            "planroom.yaml:3:21",
            "did you mean `cluster`?",
        ),
        ("facts:\n  - subject: web\n    set: {kind: hots}\n", "planroom.yaml:3:17", "did you mean `host`?"),
        (
            "rules:\n  - {rule: zzz, severity: off, reason: x}\n",
            "planroom.yaml:2",
            "`planroom rules` lists them",
        ),
        (
            "facts:\n  - subject: model\n    set: {rto: 4 parsecs}\n",
            "planroom.yaml:3",
            "a time such as 15 min",
        ),
        ("facts:\n  - subject: model\n    set: {}\n", "planroom.yaml:3", "sets nothing"),
        ("document: {}\n---\ndocument: {}\n", "planroom.yaml:3", "only one is read"),
        ("document: &a {title: *a}\n", "planroom.yaml:1", "an alias stands inside of what it repeats"),
        ("\u{0}", "planroom.yaml", "the file is binary"),
    ];
    let folder = Folder::new("sidecar");
    folder.write("in/x.puml", DRAWING);
    for (text, place, says) in cases {
        folder.write("in/planroom.yaml", text);
        let run = folder.run(&["build", "in", "-o", "out"]);
        assert_eq!(run.code, 2, "{text}: {}", run.err);
        assert!(
            run.err.contains(place) && run.err.contains(says),
            "{text} should say {place} {says}: {}",
            run.err
        );
        assert!(!folder.has("out"), "{text}");
    }
}

#[test]
fn a_pack_with_a_wrong_key_is_told_with_its_place() {
    let folder = Folder::new("pack");
    folder.write("in/x.puml", DRAWING);
    folder.write("house.yaml", "id: house\ntitle: House rules\nversion: 1.0.0\ncovers: Ours.\nrules:\n  - id: plain\n    titel: Plain\n");
    let run = folder.run(&["build", "in", "-o", "out", "--pack", "house.yaml"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("house.yaml:7") && run.err.contains("did you mean `title`"), "{}", run.err);
    assert!(!folder.has("out"));
}

#[test]
fn a_broken_model_that_stands_alone_is_told_with_its_place() {
    let folder = Folder::new("broken-model");
    folder.write(
        "in/shop.yaml",
        format!("planroom: model/1\nelements: {}{}\n", "[".repeat(5000), "]".repeat(5000)),
    );
    let run = folder.run(&["build", "in", "-o", "out"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("shop.yaml:2") && run.err.contains("deeper than 100 levels"), "{}", run.err);
    assert!(!folder.has("out"));
}

#[test]
fn a_pack_that_cannot_be_meant_is_refused() {
    let rule = "title: T\n    category: security\n    severity: low\n    severity-why: W\n    when: {kind: host}\n    gap: never\n    ask: A?\n    who: [dba]\n    why: W\n    do: D\n    verify: V\n    sources: [{title: S, url: 'https://example.org'}]\n";
    let with = |id: &str, on: &str, satisfied: &str| {
        format!(
            "id: {id}\ntitle: T\nversion: 1.0.0\ncovers: C.\nrules:\n  - id: r\n    on: {on}\n    satisfied: {satisfied}\n    {rule}"
        )
    };
    let cases = [
        (with("House/x", "element", "{replicas: 2}"), "house.yaml:1:5", "not in kebab-case", 1),
        (with("house", "elment", "{replicas: 2}"), "house.yaml:7:9", "did you mean `element`?", 1),
        (with("house", "[element]", "{replicas: 2}"), "house.yaml:7:9", "is text, this is a list", 1),
        (with("house", "element", "{replicas: -1}"), "house.yaml:8:27", "this is -1", 1),
        (with("house", "element", "{replicas: {below: 0}}"), "house.yaml:8:35", "no count is below 0", 1),
        (
            with("house", "element", "{data-class: {below: public}}"),
            "house.yaml:8:29",
            "nothing is below `public`",
            1,
        ),
        (
            with("house", "element", "{all: [{replicas: {at-least: 3}}, {replicas: {below: 2}}]}"),
            "house.yaml:6",
            "the conditions on `replicas` exclude each other",
            1,
        ),
        (
            with("house", "element", "{all: [{failover: cluster}, {all: [{failover: none}]}]}"),
            "house.yaml:6",
            "the conditions on `failover` exclude each other",
            1,
        ),
        ("id: house\ntitle: T\nversion: 1.0.0\ncovers: C.\n".to_owned(), "house.yaml:1", "has no rule", 1),
    ];
    let folder = Folder::new("pack-meant");
    folder.write("in/x.puml", DRAWING).write("none/readme.md", "");
    for (text, place, says, errors) in cases {
        folder.write("house.yaml", &text);
        let run = folder.run(&["build", "in", "-o", "out", "--pack", "house.yaml"]);
        assert_eq!(run.code, 2, "{text}: {}", run.err);
        assert!(run.err.contains(place) && run.err.contains(says), "{text}: {}", run.err);
        assert_eq!(run.err.matches("error[").count(), errors, "{}", run.err);
        assert!(!folder.has("out"), "{text}");
    }
    for (named, says) in [("none", "none: holds no pack"), ("core-securty", "did you mean `core-security`?")]
    {
        let run = folder.run(&["build", "in", "-o", "out", "--pack", named]);
        assert!(run.code == 2 && run.err.contains(says) && !folder.has("out"), "{}", run.err);
    }
}

#[test]
fn a_message_is_said_once() {
    let folder = Folder::new("said-once");
    folder.write("in/x.puml", DRAWING).write("b/model.json", b"\x00").write("b/findings.json", "{}");
    for arguments in [
        &["build", "absent", "-o", "out"][..],
        &["diff", "absent", "in"],
        &["diff", "b", "in"],
        &["answer", "absent.csv", "in"],
    ] {
        let run = folder.run(arguments);
        assert_eq!(run.code, 2, "{arguments:?}: {}", run.err);
        let said = run.err.matches("absent").count() + run.err.matches("b/model.json").count();
        assert_eq!(said, 1, "{arguments:?}: {}", run.err);
    }
}

/// The error output of a run that must end by itself; one that waits is ended after half a minute.
#[cfg(unix)]
fn ends(folder: &Folder, arguments: &[&str]) -> String {
    use std::io::Read as _;
    use std::process::{Command, Stdio};
    let mut child = Command::new(env!("CARGO_BIN_EXE_planroom"))
        .args(arguments)
        .current_dir(folder.path())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    for _ in 0..300 {
        if child.try_wait().expect("it can be asked").is_some() {
            let mut said = String::new();
            child.stderr.take().expect("it is piped").read_to_string(&mut said).expect("it is text");
            return said;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    child.kill().expect("it can be ended");
    child.wait().expect("it ends");
    panic!("{arguments:?} waits");
}

#[test]
#[cfg(unix)]
fn pipes_are_not_waited_for() {
    let folder = Folder::new("pipe");
    folder.write("in/x.puml", with("!include pipe.puml")).write("in/sub/y.puml", with("")).write("out/z", "");
    for pipe in ["in/pipe.puml", "in/sub/manifest.json", "out/manifest.json", "named.puml"] {
        let made = std::process::Command::new("mkfifo").arg(folder.path().join(pipe)).status();
        assert!(made.is_ok_and(|status| status.success()), "{pipe}");
    }
    let said = ends(&folder, &["check", "in"]);
    assert!(said.contains("not a regular file") && said.contains("x.puml:5"), "{said}");
    assert!(ends(&folder, &["check", "named.puml"]).contains("not a regular file"));
    assert!(ends(&folder, &["build", "in", "-o", "out"]).contains("out/manifest.json: stands there already"));
}

#[test]
fn names_do_not_act_on_the_terminal() {
    let folder = Folder::new("escape");
    let name = "A\u{1b}]0;owned\u{7}\u{1b}[2J\u{202e}B\u{9b}31m";
    folder.write("in/x.puml", with(&format!("node \"{name}\" as a\na --> [Web] : {name}\n\"{name}")));
    for arguments in [
        vec!["check", "in"],
        vec!["check", "in", "--format", "csv"],
        vec!["read", "in"],
        vec!["questions", "in"],
    ] {
        let run = folder.run(&arguments);
        let acts = |c: &char| c.is_control() && !matches!(c, '\n' | '\t' | '\r') || *c == '\u{202e}';
        let bad: Vec<char> = format!("{}{}", run.out, run.err).chars().filter(acts).collect();
        assert!(bad.is_empty(), "{arguments:?}: {bad:?}");
    }
    let run = folder.run(&["read", "no\u{1b}[2Jfile"]);
    assert!(run.code == 2 && !run.err.contains('\u{1b}'), "{}", run.err);
}

#[test]
fn a_packet_is_not_written_over_its_input() {
    let folder = Folder::new("over");
    folder.write("all/in/x.puml", with(""));
    for (input, output) in [("all/in", "all/in"), ("all/in", "all/in/"), ("all/in", "all"), ("all/in", ".")] {
        let run = folder.run(&["build", input, "-o", output]);
        assert!(run.code == 2 && run.err.contains("-o all/in/out"), "{output}: {}", run.err);
    }
    assert_eq!(folder.files(), ["all/in/x.puml"]);
    assert_eq!(folder.run(&["build", "all/in", "-o", "all/in/out"]).code, 0);
    assert_eq!(folder.run(&["check", "all/in"]).code, 0);
    let run = folder.run(&["check", "all/in/out"]);
    assert!(
        run.code == 2 && run.err.contains("all/in/out is passed over, since a build wrote it"),
        "{}",
        run.err
    );
}

#[test]
#[cfg(unix)]
fn what_a_walk_passes_over_is_told() {
    use std::os::unix::ffi::OsStrExt as _;
    use std::os::unix::fs::symlink;
    let folder = Folder::new("passed");
    folder
        .write("in/x.puml", with(""))
        .write("in/.gitignore", "# ".repeat(70_000))
        .write("else/y.puml", with(""));
    for link in ["in/b.puml", "in/a.puml"] {
        symlink(folder.path().join("else/y.puml"), folder.path().join(link)).expect("links are supported");
    }
    let odd = std::ffi::OsStr::from_bytes(b"in/\xff.puml");
    // Not every file system takes such a name.
    let named = std::fs::write(folder.path().join(odd), with("")).is_ok();
    let run = folder.run(&["check", "in"]);
    let mut expected = vec![
        "a.puml: a symbolic link, which is not followed (and 1 more like it)",
        ".gitignore: larger than 128 KiB; what it leaves out is not known",
    ];
    expected.extend(named.then_some("not read, since its name is no UTF-8"));
    for told in expected {
        assert!(run.err.contains(told), "{told}: {}", run.err);
    }
}

#[test]
fn includes_are_told_by_name() {
    let folder = Folder::new("told");
    let statements = "!include https://example.com/x.puml\n!include https://example.com/one.puml\n!include https://example.com/two.puml\n!include <lib/a>\n!include <lib/b>\n!include\n!include";
    folder.write("in/x.puml", with(statements));
    let run = folder.run(&["read", "in/x.puml"]);
    assert!(!run.err.contains("includes itself"), "{}", run.err);
    for told in [
        "com/x.puml is not fetched",
        "com/one.puml is not fetched",
        "com/two.puml is not fetched",
        "library <lib/a> is not read",
        "library <lib/b> is not read",
        "!include names nothing",
    ] {
        assert_eq!(run.err.matches(told).count(), 1, "{told}: {}", run.err);
    }
    let many: String = (0..50).map(|at| format!("!include https://example.com/{at}.puml\n")).collect();
    folder.write("in/x.puml", with(&many));
    assert_eq!(folder.run(&["read", "in/x.puml"]).err.matches("is not fetched").count(), 20);
}
