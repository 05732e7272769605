//! JUnit, CSV and the workbook of a packet.

use planroom::source::{SheetForm, tables};

use crate::cli::Folder;

const MODEL: &str = "\
title: 'A & \"B\" <c>'
elements:
  - {id: net, name: Internet, kind: zone, facts: {zone-kind: internet}}
  - {id: net/user, name: User, kind: container, parent: net}
  - {id: dmz, name: DMZ, kind: zone, facts: {zone-kind: perimeter}}
  - {id: dmz/web, name: \"=cmd|'/c calc'!A0\", kind: container, parent: dmz}
  - {id: data, name: Data, kind: zone, facts: {zone-kind: data}}
  - {id: data/db, name: Orders, kind: datastore, parent: data}
relations:
  - {from: net/user, to: dmz/web, label: HTTP}
  - {from: dmz/web, to: data/db, label: FTP}
";

fn folder(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.write("p/model.yaml", MODEL);
    folder
}

#[test]
fn junit_is_xml_with_a_case_for_each_verdict() {
    let folder = folder("junit");
    let run = folder.run(&["check", "p", "--format", "junit", "--as-of", "2026-03-01"]);
    assert_eq!(run.code, 1, "a high gap fails: {}", run.err);
    let text = &run.out;
    assert!(
        text.starts_with(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"planroom\" tests=\""
        )
    );
    let count = |mark: &str| text.matches(mark).count();
    let total = |key: &str| -> usize {
        let head = text.lines().nth(1).unwrap();
        let rest = head.split(&format!(" {key}=\"")).nth(1).unwrap();
        rest.split('"').next().unwrap().parse().unwrap()
    };
    assert_eq!(
        (count("<testcase "), count("<failure "), count("<skipped ")),
        (total("tests"), total("failures"), total("skipped"))
    );
    assert!(
        total("failures") > 0
            && total("skipped") > 0
            && total("tests") > total("failures") + total("skipped")
    );
    assert!(text.contains("=cmd|'/c calc'!A0") && !text.contains("<c>"), "{text}");
    well_formed(text);
}

/// Every tag is closed by its like, and no character is one that XML forbids.
fn well_formed(text: &str) {
    let mut open: Vec<&str> = Vec::new();
    for part in text.split('<').skip(1) {
        let (tag, after) = part.split_once('>').expect("a tag ends");
        assert!(!after.contains('>'), "{after}");
        if tag.starts_with('?') || tag.ends_with('/') {
            continue;
        }
        match tag.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name)),
            None => open.push(tag.split(' ').next().unwrap()),
        }
        let values = tag.matches('"').count();
        assert_eq!(values % 2, 0, "{tag}");
    }
    assert!(open.is_empty());
    assert!(text.chars().all(|letter| letter == '\n' || !letter.is_control()));
}

#[test]
fn csv_has_findings_and_questions_and_runs_nothing() {
    let folder = folder("check-csv");
    let run = folder.run(&["check", "p", "--format", "csv", "--as-of", "2026-03-01", "--fail-on", "never"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let table = &tables(run.out.as_bytes(), SheetForm::Csv).unwrap()[0];
    assert_eq!(table.rows[0].text(0), "number");
    let kinds: Vec<&str> = table.rows.iter().map(|row| row.text(1)).collect();
    assert!(kinds.contains(&"gap") && kinds.contains(&"unknown"));
    let widths: std::collections::BTreeSet<usize> =
        run.out.lines().take(1).map(|line| line.split(',').count()).collect();
    assert_eq!(widths.into_iter().collect::<Vec<_>>(), [16]);
    for cell in run.out.split([',', '\n']) {
        assert!(!cell.trim_start_matches('"').starts_with(['=', '+', '-', '@']), "{cell}");
    }
    let written = folder.run(&["check", "p", "--format", "csv", "-o", "f.csv", "--as-of", "2026-03-01"]);
    assert_eq!((written.out.as_str(), folder.read("f.csv")), ("", run.out.clone()));
}

#[test]
fn the_packet_holds_the_tables_and_no_formula() {
    let folder = folder("packet-sheets");
    let run = folder.run(&["build", "p", "-o", "out", "--as-of", "2026-03-01"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let bytes = std::fs::read(folder.path().join("out/findings.xlsx")).unwrap();
    let book = tables(&bytes, SheetForm::Xlsx).unwrap();
    let names: Vec<&str> = book.iter().map(|table| table.heading.as_str()).collect();
    assert_eq!(names[..3], ["Findings", "Questions", "Flows"]);
    let flows = &book[2];
    assert!(flows.rows.iter().any(|row| row.text(0) == "=cmd|'/c calc'!A0"), "the name is a text");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    for number in 0..archive.len() {
        let mut text = String::new();
        let mut file = archive.by_index(number).unwrap();
        if file.name().is_ok_and(|name| name.ends_with(".xml")) {
            std::io::Read::read_to_string(&mut file, &mut text).unwrap();
            assert!(!text.contains("<f>"), "no cell is a formula");
        }
    }
    let page = folder.read("out/index.html");
    for file in ["findings.xlsx", "questions.csv"] {
        assert!(page.contains(&format!("href=\"{file}\"")) && folder.has(&format!("out/{file}")), "{file}");
    }
}
