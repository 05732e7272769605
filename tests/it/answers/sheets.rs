//! Sheets out and answers in, as people use them: files in a folder, commands, what stands in `planroom.yaml`.

use std::io::Write as _;

use planroom::source::{SheetForm, Table, tables};
use rust_xlsxwriter::Workbook;

use crate::cli::Folder;

const MODEL: &str = include_str!("../guidance/shop.yaml");

const SIDECAR: &str = "# Ours.\r\ndocument: {title: 'Order intake'}   # title\r\n\r\nfacts:\r\n  # known\r\n  - {subject: shop, set: {spread: hosts}, by: J}\r\n";

fn folder(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.write("p/model.yaml", MODEL).write("p/planroom.yaml", SIDECAR);
    folder
}

fn read(folder: &Folder, name: &str, form: SheetForm) -> Vec<Table> {
    tables(&std::fs::read(folder.path().join(name)).unwrap(), form).unwrap()
}

/// The rows of a sheet as text, filled: `(question, subject)` to answer, by, date, note.
fn filled(table: &Table, answers: &[(&str, &str, [&str; 4])]) -> Vec<Vec<String>> {
    let rows = table.rows.iter().map(|row| {
        let mut cells: Vec<String> = (0..13).map(|column| row.text(column).to_owned()).collect();
        if let Some((.., given)) =
            answers.iter().find(|(id, subject, _)| *id == cells[0] && *subject == cells[3])
        {
            for (at, text) in given.iter().enumerate() {
                cells[8 + at] = (*text).to_owned();
            }
        }
        cells
    });
    rows.collect()
}

fn workbook(rows: &[Vec<String>]) -> Vec<u8> {
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    page.set_name("Questions").unwrap();
    for (line, row) in rows.iter().enumerate() {
        for (column, text) in row.iter().enumerate() {
            page.write_string(u32::try_from(line).unwrap(), u16::try_from(column).unwrap(), text).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

fn csv(rows: &[Vec<String>], separator: &str) -> String {
    let quoted = |text: &String| format!("\"{}\"", text.replace('"', "\"\""));
    let lines = rows.iter().map(|row| row.iter().map(quoted).collect::<Vec<_>>().join(separator));
    lines.collect::<Vec<_>>().join("\n")
}

fn markdown(folder: &Folder, answers: &[(&str, &str, [&str; 4])]) -> String {
    let mut section = String::new();
    let mut text = String::new();
    for line in folder.read("q.md").lines() {
        section = line.strip_prefix("## ").map_or(section, str::to_owned);
        let found = answers
            .iter()
            .find(|(id, subject, _)| *id == section && line.starts_with(&format!("| `{subject}` |")));
        match (found, line.strip_suffix("| | | | |")) {
            (Some((.., given)), Some(head)) => text.push_str(&format!("{head}| {} |\n", given.join(" | "))),
            _ => text.push_str(&format!("{line}\n")),
        }
    }
    text
}

const ANSWERS: [(&str, &str, [&str; 4]); 2] = [
    ("recovery", "db", ["it is backed up", "M. Roe", "2026-02-03", "=runbook, page 3"]),
    ("transit", "worker>db:sql", ["encrypted: no", "", "", ""]),
];

const AFTER: &str = "# Ours.\r\ndocument: {title: 'Order intake'}   # title\r\n\r\nfacts:\r\n  # known\r\n  - {subject: shop, set: {spread: hosts}, by: J}\r\n  - {subject: 'worker>db:sql', set: {encrypted: no}, by: Jo, date: 2026-03-01, source: @}\r\n  - {subject: db, set: {backup: yes}, by: M. Roe, date: 2026-02-03, source: '=runbook, page 3'}\r\n";

#[test]
fn a_filled_sheet_comes_back_in_every_form() {
    let folder = folder("answer-forms");
    for form in ["xlsx", "csv", "md"] {
        let run = folder.run(&["questions", "p", "-o", &format!("q.{form}")]);
        assert_eq!(run.code, 0, "{}", run.err);
    }
    let table = &read(&folder, "q.csv", SheetForm::Csv)[0];
    let book = read(&folder, "q.xlsx", SheetForm::Xlsx);
    assert_eq!(
        book.iter().map(|table| table.heading.as_str()).collect::<Vec<_>>(),
        ["Read me", "Questions", "Answers"]
    );
    let texts = |table: &Table| filled(table, &[]);
    assert_eq!(texts(&book[1]), texts(table), "the workbook asks what the values ask");
    let rows = filled(table, &ANSWERS);
    assert_ne!(rows, texts(table), "the answered questions are asked");
    folder.write("a.xlsx", workbook(&rows));
    folder.write("a.csv", csv(&rows, ","));
    folder.write("b.csv", csv(&rows, ";"));
    folder.write("a.md", markdown(&folder, &ANSWERS));
    for sheet in ["a.xlsx", "a.csv", "b.csv", "a.md"] {
        folder.write("p/planroom.yaml", SIDECAR);
        let options = ["answer", sheet, "p", "--by", "Jo", "--as-of", "2026-03-01"];
        let dry = folder.run(&[&options[..], &["--dry-run"]].concat());
        assert_eq!((dry.code, folder.read("p/planroom.yaml").as_str()), (0, SIDECAR), "{}", dry.err);
        assert!(dry.out.contains("\n+  - {subject: db, set: {backup: yes}"), "{}", dry.out);
        let run = folder.run(&options);
        assert_eq!(run.code, 0, "{sheet}: {}", run.err);
        // `M. Roe` is told by the sheet, `Jo` where the sheet tells nobody.
        assert_eq!(folder.read("p/planroom.yaml"), AFTER.replace('@', sheet), "{sheet}");
        let again = folder.run(&options);
        assert_eq!(again.code, 2, "what is answered is asked no more: {}", again.err);
    }
    let run = folder.run(&["questions", "p", "--for", "network"]);
    assert!(run.out.contains("about fw1: FW1") && !run.out.contains("about ftp: FTP server"), "{}", run.out);
    let run = folder.run(&["questions", "p", "--for", "netwrk"]);
    assert!(run.code == 2 && run.err.contains("did you mean `network`?"), "{}", run.err);
}

#[test]
fn a_workbook_is_the_same_on_every_run() {
    let folder = folder("answer-bytes");
    for name in ["a.xlsx", "b.xlsx"] {
        assert_eq!(folder.run(&["questions", "p", "-o", name]).code, 0);
        assert_eq!(
            folder
                .run(&["check", "p", "--format", "xlsx", "-o", &format!("f{name}"), "--as-of", "2026-03-01"])
                .err,
            ""
        );
    }
    let bytes = |name: &str| std::fs::read(folder.path().join(name)).unwrap();
    assert!(bytes("a.xlsx") == bytes("b.xlsx") && bytes("fa.xlsx") == bytes("fb.xlsx"));
}

#[test]
fn a_settings_file_is_made_where_there_is_none() {
    let folder = Folder::new("answer-new");
    folder.write("p/model.yaml", MODEL);
    assert_eq!(folder.run(&["questions", "p", "-o", "q.csv"]).code, 0);
    let rows = filled(&read(&folder, "q.csv", SheetForm::Csv)[0], &[("recovery", "db", ["No", "", "", ""])]);
    folder.write("a.csv", csv(&rows, ","));
    let run = folder.run(&["answer", "a.csv", "p", "--as-of", "2026-03-01"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(
        folder.read("p/planroom.yaml"),
        "facts:\n  - {subject: db, set: {backup: no}, date: 2026-03-01, source: a.csv}\n"
    );
}

/// Everything that is wrong with a sheet is told with its cell, and nothing is written.
#[test]
fn mistakes_are_told_with_their_cell() {
    let folder = folder("answer-wrong");
    assert_eq!(folder.run(&["questions", "p", "-o", "q.csv"]).code, 0);
    let rows = filled(&read(&folder, "q.csv", SheetForm::Csv)[0], &ANSWERS);
    let line = rows.iter().position(|row| row[0] == "recovery" && row[3] == "db").unwrap();
    let number = line + 1;
    let with = |column: usize, text: &str| {
        let mut rows = rows.clone();
        rows[line][column] = text.to_owned();
        rows
    };
    let mut twice = rows.clone();
    twice.push(with(8, "No")[line].clone());
    let cases: Vec<(Vec<Vec<String>>, String)> = vec![
        (
            with(0, "recvery"),
            format!("cell A{number}: no question `recvery` is open; did you mean `recovery`?"),
        ),
        (
            with(3, "dbb"),
            format!("cell D{number}: the question `recovery` is not asked of `dbb`; did you mean `db`?"),
        ),
        (
            with(8, "It is backed upp"),
            format!(
                "cell I{number}: `It is backed upp` is not among the answers, expected one of: It is backed up;"
            ),
        ),
        (
            with(8, "backup: maybe"),
            format!("cell I{number}: `maybe` is no value of `backup`, expected one of: yes, no"),
        ),
        (
            with(10, "2026-02-30"),
            format!("cell K{number}: `2026-02-30` is no date of the calendar, expected YYYY-MM-DD"),
        ),
        (
            with(12, "Another shop"),
            format!("cell M{number}: the sheet is about `Another shop`, expected `Order intake`"),
        ),
        (
            twice,
            format!(
                "`No` is answered here and `it is backed up` in sheet `Questions`, cell I{number} to the same question"
            ),
        ),
        (
            vec![vec!["a".into(), "b".into()]],
            "holds no table of questions, expected the columns Subject, Answer (and Id)".into(),
        ),
    ];
    for (rows, expected) in cases {
        folder.write("a.xlsx", workbook(&rows));
        let run = folder.run(&["answer", "a.xlsx", "p"]);
        assert_eq!(run.code, 2, "{expected}");
        assert!(run.err.contains(&expected), "{expected}\nnot in\n{}", run.err);
        assert_eq!(folder.read("p/planroom.yaml"), SIDECAR);
    }
}

#[test]
fn an_answer_that_stands_against_what_is_known_needs_replace() {
    let folder = folder("answer-against");
    let asked = "facts:\n  - {subject: db, set: {stateful: yes}, by: A} # sure\n";
    folder.write("p/planroom.yaml", asked);
    assert_eq!(folder.run(&["questions", "p", "-o", "q.csv"]).code, 0);
    let table = &read(&folder, "q.csv", SheetForm::Csv)[0];
    let answers = [("recovery", "db", ["It can be made again from elsewhere", "", "", ""])];
    folder.write("a.csv", csv(&filled(table, &answers), ","));
    let run = folder.run(&["answer", "a.csv", "p", "--as-of", "2026-03-01"]);
    assert_eq!((run.code, folder.read("p/planroom.yaml").as_str()), (2, asked));
    assert!(
        run.err.contains("planroom.yaml:2 says `stateful: yes` of `db`, the answer says no"),
        "{}",
        run.err
    );
    let run = folder.run(&["answer", "a.csv", "p", "--as-of", "2026-03-01", "--by", "J", "--replace"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(
        folder.read("p/planroom.yaml"),
        "facts:\n  - {subject: db, set: {stateful: no}, by: J, date: 2026-03-01, source: a.csv} # sure\n"
    );
}

#[test]
fn damaged_and_hostile_sheets_are_refused() {
    let folder = folder("answer-hostile");
    folder.write("damaged.xlsx", b"PK\x03\x04 not a workbook");
    folder.write("empty.xlsx", b"");
    folder.write("quote.csv", "Id,Subject,Answer\na,\"b,c\n");
    folder.write("binary.csv", b"\x00\x01\x02");
    let mut bomb = Vec::new();
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(&mut bomb));
    writer.start_file("xl/workbook.xml", zip::write::SimpleFileOptions::default()).unwrap();
    let zeros = vec![b' '; 1 << 20];
    for _ in 0..80 {
        writer.write_all(&zeros).unwrap();
    }
    writer.finish().unwrap();
    folder.write("bomb.xlsx", &bomb);
    let whole = workbook(&[vec!["Id".into(), "Subject".into(), "Answer".into()]]);
    folder.write("cut.xlsx", &whole[..whole.len() / 2]);
    let cases = [
        ("damaged.xlsx", "damaged.xlsx: not a workbook that can be read: "),
        ("empty.xlsx", "empty.xlsx: not a workbook that can be read: "),
        ("cut.xlsx", "cut.xlsx: not a workbook that can be read: "),
        ("bomb.xlsx", "bomb.xlsx: unpacks to more than 67108864 bytes"),
        ("quote.csv", "quote.csv: line 2, field 2: the quote that opens here is not closed"),
        ("binary.csv", "binary.csv: the file is binary"),
        ("missing.xlsx", "missing.xlsx: "),
    ];
    for (sheet, expected) in cases {
        let run = folder.run(&["answer", sheet, "p"]);
        assert_eq!(run.code, 2, "{sheet}");
        assert!(run.err.contains(expected), "{sheet}: {}", run.err);
        assert_eq!(folder.read("p/planroom.yaml"), SIDECAR);
    }
    let run = folder.run(&["answer", "p"]);
    assert!(run.code == 2 && run.err.contains("nobody is at the terminal"), "{}", run.err);
}

/// No byte of a workbook makes the reader panic.
#[test]
fn a_workbook_with_any_byte_changed_is_read_or_refused() {
    let whole = workbook(&[vec!["Id".into(), "Subject".into(), "Answer".into()]]);
    for at in (0..whole.len()).step_by(7) {
        let mut changed = whole.clone();
        changed[at] ^= 0x55;
        let _ = tables(&changed, SheetForm::Xlsx);
    }
}
