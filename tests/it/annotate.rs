//! Findings as a layer of a draw.io file: what is kept, what comes back, what is refused.

use std::io::Write as _;
use std::path::PathBuf;

use base64::Engine as _;
use planroom::pipeline::{self, Packet, Settings};
use planroom::readers::drawio::pages;
use planroom::source::{DEFAULT_LIMIT, Source, unpack_pages};

use crate::cli::{Folder, Run};

/// Telnet from the Internet to a database.
const MODEL: &str = "<mxGraphModel dx=\"800\" dy=\"600\">\r\n  <root>\r\n    <mxCell id=\"0\"/>\r\n    <mxCell id=\"1\" parent=\"0\"/>\r\n    \
     <mxCell id=\"net\" value=\"Internet\" style=\"ellipse;shape=cloud;\" vertex=\"1\" parent=\"1\"><mxGeometry x=\"40\" y=\"160\" width=\"140\" height=\"90\" as=\"geometry\"/></mxCell>\r\n    \
     <mxCell id=\"zone\" value=\"Data zone\" style=\"swimlane;\" vertex=\"1\" parent=\"1\"><mxGeometry x=\"420\" y=\"80\" width=\"320\" height=\"280\" as=\"geometry\"/></mxCell>\r\n    \
     <mxCell id=\"db\" value=\"Best &amp;quot;orders&amp;quot; é\" style=\"shape=cylinder3;\" vertex=\"1\" parent=\"zone\"><mxGeometry x=\"60\" y=\"170\" width=\"180\" height=\"80\" as=\"geometry\"/></mxCell>\r\n    \
     <mxCell id=\"line\" value=\"Telnet\" style=\"endArrow=classic;\" edge=\"1\" parent=\"1\" source=\"net\" target=\"db\"><mxGeometry relative=\"1\" as=\"geometry\"/></mxCell>\r\n  \
     </root>\r\n</mxGraphModel>";

/// A page on which there is nothing to find.
const QUIET: &str = "<mxGraphModel><root><mxCell id=\"0\"/><mxCell id=\"1\" parent=\"0\"/><mxCell id=\"a\" value=\"Notes\" vertex=\"1\" parent=\"1\"><mxGeometry width=\"90\" height=\"40\" as=\"geometry\"/></mxCell></root></mxGraphModel>";

fn packed(text: &str, level: u32) -> String {
    let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::new(level));
    encoder.write_all(text.as_bytes()).unwrap();
    base64::engine::general_purpose::STANDARD.encode(encoder.finish().unwrap())
}

fn percent(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

fn file(pages: &[&str]) -> String {
    let pages: String = pages
        .iter()
        .enumerate()
        .map(|(at, page)| format!("<diagram name=\"P{at}\">{page}</diagram>\n"))
        .collect();
    format!("<?xml version=\"1.0\"?>\n<mxfile host=\"x\">{pages}</mxfile>\n")
}

fn utf16(text: &str) -> Vec<u8> {
    std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

fn packet(path: PathBuf) -> Packet {
    let gathered = pipeline::gather(&[path.to_string_lossy().into_owned()], DEFAULT_LIMIT).unwrap();
    let (mut packets, problems) = pipeline::packets(gathered.projects, &Settings::default());
    assert!(problems.is_empty());
    packets.remove(0)
}

fn annotate(folder: &Folder, options: &[&str], from: &str, to: &str) -> Run {
    folder.run(&[&["annotate"], options, &[from, "-o", to]].concat())
}

/// What is drawn on the pages, without places in the text.
fn drawn(text: &str) -> Vec<(usize, Vec<String>)> {
    let drawing = pages(&Source::new("a.drawio", text));
    assert_eq!(drawing.diagnostics, []);
    let ids = |page: &planroom::drawing::Page| {
        let shapes = page.shapes.iter().map(|shape| shape.id.clone());
        shapes.chain(page.lines.iter().map(|line| line.id.clone())).collect()
    };
    drawing.pages.iter().map(|page| (page.layers.len(), ids(page))).collect()
}

#[test]
fn every_packing_keeps_its_bytes_and_gives_them_back() {
    let escaped = MODEL.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let deflated = packed(&percent(MODEL), 9);
    let broken = format!("{}\r\n  {}", &deflated[..40], &deflated[40..]);
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("plain", file(&[QUIET, MODEL, QUIET]).into()),
        ("plain with space", file(&[&format!("\n  {MODEL}\n ")]).into()),
        ("bare", MODEL.into()),
        ("bare with more", format!("<?xml version=\"1.0\"?>\n{MODEL}\n<!-- end -->\n").into()),
        ("packed", file(&[&deflated, QUIET]).into()),
        ("packed in another way", file(&[&packed(&percent(MODEL), 0), &packed(&percent(MODEL), 1)]).into()),
        ("packed without encoding", file(&[&packed(MODEL, 9)]).into()),
        ("packed in lines", file(&[&format!("\n {broken}\n")]).into()),
        ("encoded", file(&[&percent(MODEL)]).into()),
        ("escaped", file(&[&escaped]).into()),
        ("marked UTF-8", [b"\xEF\xBB\xBF", file(&[MODEL]).as_bytes()].concat()),
        ("UTF-16", utf16(&file(&[MODEL]))),
        ("beside a broken page", file(&["<mxGraphModel><root><mxCell", "AAAA", MODEL]).into()),
    ];
    for (case, original) in cases {
        let folder = Folder::new("annotate-packings");
        let packet = packet(folder.write("a.drawio", &original).path().join("a.drawio"));
        let once = pipeline::annotate(&packet, "a.drawio", &original).expect(case);
        assert!(once.summary.starts_with("3 findings marked by"), "{case}: {}", once.summary);
        assert_ne!(once.bytes, original, "{case}");
        let twice = pipeline::annotate(&packet, "a.drawio", &once.bytes).expect(case);
        assert_eq!(twice.bytes, once.bytes, "{case}: twice is once");
        let bare = pipeline::without_annotation("a.drawio", &once.bytes).expect(case);
        assert_eq!(bare.bytes, original, "{case}: it comes back");
    }
}

#[test]
fn a_plain_page_gains_one_run_of_text_and_the_reader_passes_over_it() {
    let folder = Folder::new("annotate-plain");
    let original = file(&[QUIET, MODEL]);
    folder.write("a.drawio", &original);
    annotate(&folder, &[], "a.drawio", "b.drawio");
    let new = folder.read("b.drawio");
    let at = original.rfind("</root>").unwrap();
    assert!(new.starts_with(&original[..at]) && new.ends_with(&original[at..]));
    let added = &new[at..new.len() - (original.len() - at)];
    let added =
        added.replace("<object", "\n<object").replace("<mxCell", "\n<mxCell").replace("<mxGeo", "\n<mxGeo");
    insta::assert_snapshot!(added.trim_start());
    let (before, after) = (drawn(&original), drawn(&new));
    assert_eq!(after[0], before[0]);
    assert_eq!((after[1].0, &after[1].1), (before[1].0 + 1, &before[1].1));
    annotate(&folder, &[], "b.drawio", "c.drawio");
    assert_eq!(folder.read("c.drawio"), new);
    let account = |name: &str| folder.run(&["read", name]).out.replace(name, "");
    assert_eq!(account("a.drawio"), account("b.drawio"));
}

#[test]
fn a_packed_page_stays_packed_and_the_others_stay_as_they_are() {
    let (one, two) = (packed(&percent(QUIET), 9), packed(&percent(MODEL), 9));
    let folder = Folder::new("annotate-packed");
    folder.write("a.drawio", file(&[&one, &two]));
    annotate(&folder, &[], "a.drawio", "b.drawio");
    let new = folder.read("b.drawio");
    assert!(new.contains(&format!("<diagram name=\"P0\">{one}</diagram>\n<diagram name=\"P1\">")));
    assert!(!new.contains("<mxGraphModel"));
    let plain = unpack_pages(&new).unwrap();
    let at = MODEL.rfind("</root>").unwrap();
    assert!(plain.contains(&MODEL[..at]) && plain.contains(&MODEL[at..]));
    assert!(plain.contains("id=\"planroom-finding-1\"") && plain.contains(&two));
}

#[test]
fn what_changed_since_is_kept() {
    let folder = Folder::new("annotate-changed");
    folder.write("a.drawio", file(&[&packed(&percent(MODEL), 9), MODEL]));
    annotate(&folder, &[], "a.drawio", "b.drawio");
    // The drawing is saved by the tool: pages plain, a line each cell, a name changed, a note on our layer.
    let plain = unpack_pages(&folder.read("b.drawio")).unwrap();
    let lines =
        plain.replace("><object", ">\n    <object").replace("</object></root>", "</object>\n  </root>");
    let saved = lines.replace("\"Internet\"", "\"The Internet\"");
    folder.write("saved.drawio", &saved);
    let run = annotate(&folder, &["--remove"], "saved.drawio", "c.drawio");
    assert!(run.err.contains(": the layer is taken away\n"), "{}", run.err);
    let bare = folder.read("c.drawio");
    assert!(!bare.contains("planroom") && bare.matches("\"The Internet\"").count() == 2, "{bare}");
    assert_eq!(bare.lines().filter(|line| line.trim().is_empty()).count(), 0, "{bare}");
    assert_eq!(drawn(&bare), drawn(&file(&[MODEL, MODEL])));

    let note = "<mxCell id=\"mine\" value=\"Why?\" vertex=\"1\" parent=\"planroom-findings\"/></root>";
    folder.write("noted.drawio", saved.replace("</root>", note));
    let run = annotate(&folder, &["--remove"], "noted.drawio", "d.drawio");
    assert!(
        run.err.contains("badges are taken away; the layer stays, with what else is on it"),
        "{}",
        run.err
    );
    let run = annotate(&folder, &["--remove"], "d.drawio", "again.drawio");
    assert!(run.err.contains("has no badges and stays, with what else is on it"), "{}", run.err);
    assert_eq!(folder.read("again.drawio"), folder.read("d.drawio"));
    let kept = folder.read("d.drawio");
    assert_eq!(kept.matches("id=\"mine\"").count(), 2);
    assert_eq!(kept.matches("id=\"planroom-findings\"").count(), 2);
    assert!(!kept.contains("planroom-badge"));
    annotate(&folder, &[], "noted.drawio", "e.drawio");
    annotate(&folder, &[], "e.drawio", "f.drawio");
    let noted = folder.read("e.drawio");
    assert_eq!(noted, folder.read("f.drawio"));
    assert_eq!(noted.matches("id=\"planroom-findings\"").count(), 2);
    assert!(noted.contains("id=\"planroom-finding-1\""));
}

#[test]
fn kept_text_of_another_page_is_not_put_back() {
    let folder = Folder::new("annotate-forged");
    let layer = |kept: &str| {
        let cell =
            format!("<mxCell id=\"planroom-findings\" parent=\"0\" planroom-original=\"{kept}\"/></root>");
        file(&[&MODEL.replace("</root>", &cell)])
    };
    for kept in [packed(&percent(QUIET), 9), packed(&"A".repeat(30_000_000), 9), "no".to_owned()] {
        folder.write("a.drawio", layer(&kept));
        assert_eq!(annotate(&folder, &["--remove"], "a.drawio", "b.drawio").code, 0);
        assert_eq!(folder.read("b.drawio"), file(&[MODEL]));
    }
}

#[test]
fn without_findings_it_is_a_copy() {
    let folder = Folder::new("annotate-quiet");
    folder.write("a.drawio", file(&[QUIET]));
    let run = annotate(&folder, &[], "a.drawio", "b.drawio");
    assert_eq!((run.code, folder.read("b.drawio")), (0, file(&[QUIET])));
    assert!(run.err.contains("no finding to mark; an unchanged copy"), "{}", run.err);
    let run = annotate(&folder, &["--remove"], "a.drawio", "c.drawio");
    assert_eq!((run.code, folder.read("c.drawio")), (0, file(&[QUIET])));
    assert!(run.err.contains("there was no layer; an unchanged copy"), "{}", run.err);
}

#[test]
fn the_drawing_itself_is_replaced_only_when_asked() {
    let folder = Folder::new("annotate-force");
    folder.write("a.drawio", file(&[MODEL]));
    let run = annotate(&folder, &[], "a.drawio", "./a.drawio");
    assert_eq!((run.code, folder.read("a.drawio")), (2, file(&[MODEL])));
    assert!(run.err.contains("--force"), "{}", run.err);
    assert_eq!(annotate(&folder, &["--force"], "a.drawio", "./a.drawio").code, 0);
    assert!(folder.read("a.drawio").contains("planroom-finding-1"));
    assert_eq!(annotate(&folder, &["--force", "--remove"], "a.drawio", "a.drawio").code, 0);
    assert_eq!(folder.read("a.drawio"), file(&[MODEL]));
}

#[test]
fn other_files_and_harmful_ones_are_refused() {
    let attack = MODEL.replace("\r\n  <root>", "<!ENTITY a \"b\">\r\n  <root>");
    let entity = format!("<!DOCTYPE mxfile [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>{}", file(&[&attack]));
    let cases: [(&str, Vec<u8>, &str); 8] = [
        ("a.drawio.svg", "<svg/>".into(), "save its diagram as .drawio"),
        ("a.drawio.png", b"\x89PNG".to_vec(), "save its diagram as .drawio"),
        ("a.md", "```mermaid\ngraph TD\n```".into(), "save its diagram as .drawio"),
        ("a.puml", crate::cli::DRAWING.into(), "no draw.io file"),
        ("a.drawio", vec![0, 1, 2, 0], "binary"),
        ("b.drawio", [file(&[MODEL]).as_bytes(), b"<!--\xFF-->"].concat(), "not valid in its encoding"),
        ("c.drawio", entity.into(), "cannot be read"),
        ("d.drawio", file(&[&packed(&" ".repeat(100_000_000), 9)]).into(), "cannot be read"),
    ];
    for (name, bytes, words) in cases {
        let folder = Folder::new("annotate-refused");
        folder.write(name, &bytes);
        let run = annotate(&folder, &[], name, "out.drawio");
        assert_eq!(run.code, 2, "{name}: {}", run.err);
        assert!(run.err.contains(words), "{name}: {}", run.err);
        assert!(!folder.has("out.drawio"), "{name}");
    }
}
