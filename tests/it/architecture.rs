//! The plan of the house as a test: who may import whom.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Each room and the rooms it may name. `docs/architecture.md` explains the choices.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("source", &[]),
    ("geometry", &[]),
    ("publish", &[]),
    ("text", &["geometry"]),
    ("layout", &["geometry"]),
    ("diagnostic", &["source"]),
    ("model", &["source"]),
    ("assessment", &["source", "model"]),
    ("config", &["source", "diagnostic"]),
    ("catalog", &["source", "diagnostic", "model"]),
    ("wording", &["model"]),
    ("drawing", &["source", "diagnostic", "model", "geometry", "wording"]),
    ("readers", &["source", "diagnostic", "model", "geometry", "wording", "drawing"]),
    ("carriers", &["source", "readers"]),
    ("assemble", &["source", "diagnostic", "model", "readers"]),
    ("infer", &["source", "diagnostic", "model", "catalog"]),
    ("guidance", &["source", "diagnostic", "model", "catalog", "assessment"]),
    ("compare", &["source", "diagnostic", "model", "catalog", "assessment"]),
    ("diff", &["model", "assessment"]),
    ("scene", &["model", "assessment", "geometry", "text", "layout"]),
    ("document", &["source", "diagnostic", "model", "assessment", "diff", "scene"]),
    (
        "writers",
        &[
            "source",
            "diagnostic",
            "model",
            "assessment",
            "diff",
            "geometry",
            "text",
            "layout",
            "scene",
            "document",
        ],
    ),
    (
        "pipeline",
        &[
            "source",
            "diagnostic",
            "model",
            "readers",
            "carriers",
            "assemble",
            "catalog",
            "infer",
            "config",
            "assessment",
            "diff",
            "guidance",
            "compare",
            "layout",
            "scene",
            "document",
            "writers",
            "geometry",
            "text",
        ],
    ),
    ("cli", &["source", "diagnostic", "config", "pipeline", "publish"]),
];

#[test]
fn every_import_falls_to_a_lower_floor() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let table: BTreeMap<&str, &[&str]> = MAY_IMPORT.iter().copied().collect();
    let mut faults = Vec::new();
    for file in rust_files(&root) {
        let relative = file.strip_prefix(&root).expect("the file was found below it");
        let parts: Vec<&str> = relative.iter().filter_map(|part| part.to_str()).collect();
        let [room, inner @ ..] = parts.as_slice() else { continue };
        if inner.is_empty() {
            continue; // lib.rs and main.rs name every room.
        }
        let Some(allowed) = table.get(room) else {
            faults.push(format!("{}: the room `{room}` is not in the table", relative.display()));
            continue;
        };
        let text = fs::read_to_string(&file).expect("a source file is readable");
        for (line, named) in rooms_named(&text, inner.len(), &table) {
            if named != *room && !allowed.contains(&named.as_str()) {
                faults.push(format!("{}:{line}: `{room}` may not import `{named}`", relative.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_table_has_no_circle_and_every_room_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let table: BTreeMap<&str, &[&str]> = MAY_IMPORT.iter().copied().collect();
    let mut settled: Vec<&str> = Vec::new();
    while settled.len() < table.len() {
        let next = table
            .iter()
            .find(|(room, needs)| !settled.contains(room) && needs.iter().all(|need| settled.contains(need)));
        let (room, _) = next.expect("the table has a circle, or names a room that is not in it");
        assert!(root.join(room).join("mod.rs").is_file(), "{room} does not exist");
        settled.push(room);
    }
}

#[test]
fn a_child_does_not_import_its_list() {
    // The trait and the list live in different files: nothing below readers/ or writers/ names the list.
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for (room, list) in [("readers", "READERS"), ("writers", "WRITERS")] {
        for file in rust_files(&root.join(room)) {
            if file.parent() == Some(&root.join(room)) {
                continue;
            }
            let text = fs::read_to_string(&file).expect("a source file is readable");
            assert!(!text.contains(list), "{} names {list}", file.display());
        }
    }
}

/// Rooms named by `crate::` paths and by `super::` chains that leave the room, with their lines.
fn rooms_named(text: &str, depth: usize, table: &BTreeMap<&str, &[&str]>) -> Vec<(usize, String)> {
    let climb = "super::".repeat(depth + 1);
    let code: String = text
        .lines()
        .map(|line| line.split("//").next().unwrap_or_default())
        .flat_map(|line| [line, "\n"])
        .collect();
    let mut named = Vec::new();
    for prefix in ["crate::", climb.as_str()] {
        for (start, _) in code.match_indices(prefix) {
            let line = code[..start].matches('\n').count() + 1;
            for word in first_words(&code[start + prefix.len()..]) {
                if table.contains_key(word.as_str()) {
                    named.push((line, word));
                }
            }
        }
    }
    named
}

/// `model::Model` gives `model`; `{model::Model, source::Span}` gives both.
fn first_words(path: &str) -> Vec<String> {
    let word = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    match path.strip_prefix('{') {
        None => vec![word(path)],
        Some(group) => {
            let mut words = Vec::new();
            let mut depth = 0;
            let mut start = 0;
            for (at, character) in group.char_indices() {
                match character {
                    '{' => depth += 1,
                    '}' if depth == 0 => {
                        words.push(word(group[start..at].trim()));
                        return words;
                    }
                    '}' => depth -= 1,
                    ',' if depth == 0 => {
                        words.push(word(group[start..at].trim()));
                        start = at + 1;
                    }
                    _ => {}
                }
            }
            words.push(word(group[start..].trim()));
            words
        }
    }
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of the crate is readable").flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

#[test]
fn the_checker_sees_what_it_must() {
    let table: BTreeMap<&str, &[&str]> = MAY_IMPORT.iter().copied().collect();
    let seen =
        |text: &str| rooms_named(text, 1, &table).into_iter().map(|(_, room)| room).collect::<Vec<_>>();
    assert_eq!(seen("use crate::model::Model;"), ["model"]);
    assert_eq!(seen("use crate::{model::{A, B}, source::Span};"), ["model", "source"]);
    assert_eq!(seen("use crate::{\n    infer,\n    model::A,\n};"), ["infer", "model"]);
    assert_eq!(seen("let x = super::super::cli::run();"), ["cli"]);
    assert_eq!(seen("let x = super::cli::run(); // crate::model"), Vec::<String>::new());
}
