//! `docs/model.md` says what the code says.

use std::fmt::Write as _;

use planroom::model::{ElementKind, FactKey, FactType, Subject, ViewKind, ZoneKind};

const DOCUMENT: &str = include_str!("../../docs/model.md");

/// The table of facts as the document should have it.
fn facts() -> String {
    let mut table = "\n| key | of | value | says |\n| --- | --- | --- | --- |\n".to_owned();
    for key in FactKey::ALL {
        let of = match key.subject() {
            Subject::Element => "elements",
            Subject::Relation => "relations",
            Subject::Both => "elements, relations, data",
            Subject::Model => "elements, the model",
        };
        let value = match key.value_type() {
            FactType::Choice(words) => {
                words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
            }
            FactType::Count => "count".to_owned(),
            FactType::Text => "text".to_owned(),
            FactType::Duration => "time with unit".to_owned(),
            FactType::List => "list of words".to_owned(),
        };
        let doc = key.doc().split_whitespace().collect::<Vec<_>>().join(" ");
        writeln!(table, "| `{key}` | {of} | {value} | {} |", doc.trim_end_matches('.')).unwrap();
    }
    table.push('\n');
    table
}

#[test]
fn the_table_of_facts_is_the_schema() {
    let (_, rest) = DOCUMENT.split_once("<!-- facts -->\n").unwrap();
    let (written, _) = rest.split_once("<!-- end of facts -->").unwrap();
    let wanted = facts();
    assert!(written == wanted, "put this between the marks of docs/model.md:\n{wanted}");
}

#[test]
fn every_kind_is_described() {
    let described = |word: &str| DOCUMENT.contains(&format!("`{word}`"));
    assert!(ElementKind::ALL.iter().all(|kind| described(kind.word())));
    assert!(ZoneKind::ALL.iter().all(|kind| described(kind.word())));
    assert!(ViewKind::ALL.iter().all(|kind| described(kind.word())));
}

#[test]
fn the_example_is_read_without_a_complaint() {
    let (_, rest) = DOCUMENT.split_once("```yaml\n").unwrap();
    let (example, _) = rest.split_once("```").unwrap();
    assert_eq!(crate::model_file::mistakes(example), "understood 8, not understood 0\n");
}

#[test]
fn every_code_of_the_reader_is_explained() {
    let sources = [
        include_str!("../../src/readers/model_file/mod.rs"),
        include_str!("../../src/readers/model_file/log.rs"),
        include_str!("../../src/readers/model_file/facts.rs"),
        include_str!("../../src/readers/model_file/element.rs"),
        include_str!("../../src/readers/model_file/relation.rs"),
        include_str!("../../src/readers/model_file/view.rs"),
        include_str!("../../src/readers/model_file/lower.rs"),
        include_str!("../../src/assemble/identity.rs"),
    ];
    let codes = sources
        .iter()
        .flat_map(|source| source.split('"'))
        .filter(|text| text.starts_with("model-file/") || text.starts_with("assemble/"));
    for code in codes {
        assert!(DOCUMENT.contains(&format!("`{code}`")), "{code} is not explained");
    }
}
