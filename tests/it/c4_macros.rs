//! The table of C4 macros in `docs/formats/c4.md`: every macro does what its row says.

use planroom::model::{ElementKind, Heads};
use planroom::readers::plantuml::PlantUml;
use planroom::readers::reader::{Reader, Reading};
use planroom::source::Source;

use crate::corpus::NoFiles;

/// Every macro of the table with its section and the words of its second column.
pub(crate) fn table() -> Vec<(String, String, String)> {
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/formats/c4.md");
    let text = std::fs::read_to_string(page).expect("the page is there");
    let mut section = String::new();
    let mut rows = Vec::new();
    for line in text.lines() {
        if let Some(title) = line.strip_prefix("### ") {
            title.clone_into(&mut section);
        }
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [_, macros, becomes, _] = cells[..] else { continue };
        let names = macros.split(", ").filter_map(|name| name.strip_prefix('`')?.strip_suffix('`'));
        rows.extend(names.map(|name| (section.clone(), name.to_owned(), becomes.to_owned())));
    }
    rows
}

fn read(lines: &str) -> Reading {
    let text = format!("@startuml\n!include <C4/C4_Dynamic>\n{lines}\n@enduml\n");
    let reading = PlantUml.read(&Source::new("input.puml", text), &NoFiles);
    assert!(reading.loss.unknown.is_empty(), "{lines}: {:?}", reading.loss.unknown);
    reading
}

#[test]
fn the_table_is_whole() {
    let rows = table();
    let of = |section: &str| rows.iter().filter(|(other, ..)| other == section).count();
    assert_eq!([of("Elements"), of("Relations"), of("Settings"), of("Only visual")], [30, 35, 24, 45]);
    let mut names: Vec<&String> = rows.iter().map(|(_, name, _)| name).collect();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), rows.len());
}

#[test]
fn elements_become_their_kind() {
    for (_, name, becomes) in table().into_iter().filter(|(section, ..)| section == "Elements") {
        let reading = read(&format!("{name}(x, \"Thing\")"));
        let kind = ElementKind::from_word(becomes.split([',', ';', ' ']).next().expect("a word"));
        let drafts = &reading.fragment.drafts;
        assert_eq!(drafts.iter().map(|draft| Some(draft.kind)).collect::<Vec<_>>(), [kind], "{name}");
        assert_eq!((drafts[0].name.as_str(), drafts[0].alias.as_deref()), ("Thing", Some("x")), "{name}");
        assert_eq!(drafts[0].facts.iter().count() == 1, name.ends_with("_Ext"), "{name}");
    }
}

#[test]
fn relations_point_where_the_row_says() {
    for (_, name, becomes) in table().into_iter().filter(|(section, ..)| section == "Relations") {
        let number = if name.starts_with("RelIndex") { "7, " } else { "" };
        let arrow = if name == "Rel_" { ", \"-->\"" } else { "" };
        let reading =
            read(&format!("Container(a, \"A\")\nContainer(b, \"B\")\n{name}({number}a, b, \"asks\"{arrow})"));
        let [flow] = &reading.fragment.flows[..] else { panic!("{name}: {:?}", reading.fragment.flows) };
        let heads = if becomes.contains("both ends") { Heads::Both } else { Heads::One };
        assert_eq!(flow.heads, heads, "{name}");
        assert_eq!(flow.label.as_deref(), Some("asks"), "{name}");
        let back = becomes.contains("second to the first");
        assert_eq!((flow.from.0, flow.to.0), if back { (1, 0) } else { (0, 1) }, "{name}");
        assert_eq!(flow.step.as_deref(), Some(if number.is_empty() { "1" } else { "7" }), "{name}");
    }
}

#[test]
fn settings_and_looks_draw_nothing() {
    let rows = table().into_iter().filter(|(section, ..)| section == "Settings" || section == "Only visual");
    for (_, name, _) in rows {
        let reading = read(&format!("Container(a, \"A\")\nContainer(b, \"B\")\n{name}(a, b)"));
        let fragment = &reading.fragment;
        assert_eq!((fragment.drafts.len(), fragment.flows.len()), (2, 0), "{name}");
    }
}
