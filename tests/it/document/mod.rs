//! What the page says, and how it is spelled.

mod packet;

use std::collections::BTreeSet;

use packet::Parts;
use planroom::document::Standing;
use planroom::model::ElementId;
use planroom::writers::csv::Csv;
use planroom::writers::html::{Html, ShelfEntry, shelf};
use planroom::writers::writer::{Packet, Writer};

fn html(packet: &Packet) -> String {
    let files = Html.write(packet);
    assert_eq!(files.len(), 1);
    assert_eq!(files[0].path, "index.html");
    String::from_utf8(files[0].bytes.clone()).expect("the page is UTF-8")
}

/// Everything between the tags of the body but what pictures say, white space folded.
fn body_text(page: &str) -> String {
    let whole = &page[page.find("<body>").expect("a body")..page.rfind("<script>").unwrap_or(page.len())];
    let mut body = String::new();
    for (at, piece) in whole.split("<svg").enumerate() {
        let rest = if at == 0 { piece } else { piece.split_once("</svg>").map_or("", |(_, rest)| rest) };
        body.push_str(rest);
    }
    let mut text = String::new();
    let mut inside = false;
    for character in body.chars() {
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

/// The values of an attribute.
fn values<'a>(page: &'a str, attribute: &str) -> Vec<&'a str> {
    let needle = format!(" {attribute}=\"");
    page.split(&needle).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn the_page_reads_like_a_review() {
    let packet = Parts::large().packet();
    assert_eq!(packet.document.headline.standing, Standing::NotReady);
    insta::assert_snapshot!(body_text(&html(&packet)).replace(". ", ".\n"));
}

#[test]
fn headlines_agree_with_their_numbers() {
    let headline = |change: fn(&mut Parts)| {
        let mut parts = Parts::large();
        change(&mut parts);
        parts.packet().document.headline.text
    };
    let seen = [
        headline(|_| {}),
        headline(|parts| drop(parts.assessment.findings.drain(1..))),
        headline(|parts| drop(parts.assessment.findings.drain(..2))),
        headline(|parts| parts.assessment.findings.clear()),
        headline(|parts| {
            parts.assessment.findings.clear();
            parts.assessment.questions.truncate(1);
        }),
        headline(|parts| {
            parts.assessment.findings.clear();
            parts.assessment.questions.clear();
        }),
        headline(|parts| {
            parts.assessment.findings.clear();
            parts.assessment.questions.clear();
            parts.assessment.verdicts.clear();
        }),
        headline(|parts| parts.model.elements.clear()),
    ];
    insta::assert_snapshot!(seen.join("\n"));
}

#[test]
fn every_link_has_its_target_and_every_anchor_is_unique() {
    for parts in [Parts::large(), Parts::many(40)] {
        let page = html(&parts.packet());
        let ids = values(&page, "id");
        let unique: BTreeSet<&str> = ids.iter().copied().collect();
        let twice: Vec<_> = unique.iter().filter(|id| ids.iter().filter(|x| x == id).count() > 1).collect();
        assert!(twice.is_empty(), "anchors twice: {twice:?}");
        let lost: Vec<&str> = values(&page, "href")
            .into_iter()
            .filter_map(|href| href.strip_prefix('#'))
            .filter(|anchor| !unique.contains(anchor))
            .collect();
        assert!(lost.is_empty(), "links without target: {lost:?}");
    }
}

#[test]
fn nothing_in_the_page_runs_or_is_fetched_but_its_own() {
    let mut parts = Parts::large();
    let evil = "<script>alert(1)</script>\"' onload=x ]]> \u{202e}txet";
    for element in parts.model.elements.values_mut() {
        element.name.push_str(evil);
    }
    parts.model.title = evil.into();
    parts.model.document.insert("classification".into(), "</style><script>alert(2)</script>".into());
    for finding in &mut parts.assessment.findings {
        finding.title.push_str(evil);
        finding.correction.push_str(evil);
    }
    parts.assessment.rules[0].sources[0].url = "javascript:alert(3)".into();
    let page = html(&parts.packet());
    assert_eq!(page.matches("<script").count(), 1, "only our script is markup");
    assert_eq!(page.matches("<style").count(), 2);
    assert_eq!(page.matches("</style").count(), 2);
    assert!(!page.contains('\u{202e}'));
    assert!(page.contains("⟨U+202E⟩"));
    assert!(!page.contains("javascript:"));
    assert!(!page.contains(" style=\""));
    assert!(values(&page, "src").is_empty());
}

#[test]
fn an_empty_model_still_makes_a_page() {
    let mut parts = Parts::many(0);
    parts.model.views.clear();
    parts.assessment.questions.clear();
    let text = body_text(&html(&parts.packet()));
    assert!(text.contains("Nothing to judge: no element was read."), "{text}");
}

#[test]
fn pages_stay_small() {
    let size = |nodes| html(&Parts::many(nodes).packet()).len();
    assert!(size(50) < 300 * 1024, "{}", size(50));
    assert!(size(500) < 2 * 1024 * 1024, "{}", size(500));
}

#[test]
fn names_that_occur_twice_are_told_apart() {
    let mut parts = Parts::large();
    for id in ["perimeter/ftp", "services/send"] {
        parts.model.elements[&ElementId::new(id)].name = "Gate".into();
    }
    let text = body_text(&html(&parts.packet()));
    assert!(text.contains("Gate (Perimeter network)"), "{text}");
    assert!(text.contains("Gate (Service interfaces)"), "{text}");
}

#[test]
fn tables_go_to_spreadsheets() {
    let packet = Parts::large().packet();
    let files: Vec<String> = Csv
        .write(&packet)
        .into_iter()
        .map(|file| format!("{}\n{}", file.path, String::from_utf8_lossy(&file.bytes).replace('\r', "")))
        .collect();
    insta::assert_snapshot!(files.join("\n"));
}

#[test]
fn the_shelf_lists_packets_with_their_verdicts() {
    let packet = Parts::large().packet();
    let entry = ShelfEntry::of("plans/large & wide", &packet.document);
    let page = String::from_utf8(shelf(&[entry]).bytes).expect("the shelf is UTF-8");
    assert!(page.contains("./plans/large%20%26%20wide/index.html"));
    insta::assert_snapshot!(body_text(&page));
}

/// The browser test opens these.
#[test]
fn pages_for_the_browser() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages");
    for (name, parts) in [("large", Parts::large()), ("many", Parts::many(500))] {
        let folder = folder.join(name);
        std::fs::create_dir_all(&folder).expect("the target folder is ours");
        std::fs::write(folder.join("index.html"), html(&parts.packet())).expect("the target folder is ours");
    }
}
