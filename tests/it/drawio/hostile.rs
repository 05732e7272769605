//! Drawings that are made to harm.

use std::fmt::Write as _;
use std::io::Write as _;

use base64::Engine as _;
use planroom::readers::drawio::{Drawing, pages};
use planroom::source::Source;

fn read(text: impl Into<String>) -> Drawing {
    let drawing = pages(&Source::new("input.drawio", text.into()));
    let length = u32::try_from(drawing.source.text.len()).expect("it is small");
    for told in &drawing.diagnostics {
        assert!(told.span.start <= told.span.end && told.span.end <= length, "{told:?}");
    }
    for page in &drawing.pages {
        for shape in &page.shapes {
            assert!(shape.bounds.iter().all(|number| number.is_finite()), "{shape:?}");
            assert!(shape.parent.is_none_or(|parent| parent < page.shapes.len()));
        }
        for end in page.lines.iter().flat_map(|line| [&line.from, &line.to]) {
            assert!(end.shape.is_none_or(|shape| shape < page.shapes.len()), "{end:?}");
            assert!(end.line.is_none_or(|line| line < page.lines.len()), "{end:?}");
            assert!(end.point.is_none_or(|point| point.iter().all(|number| number.is_finite())));
        }
    }
    drawing
}

fn codes(drawing: &Drawing) -> Vec<&'static str> {
    drawing.diagnostics.iter().map(|told| told.code).collect()
}

fn page(cells: &str) -> String {
    format!(
        "<mxGraphModel><root><mxCell id=\"0\"/><mxCell id=\"1\" parent=\"0\"/>{cells}</root></mxGraphModel>"
    )
}

fn packed(text: &str) -> String {
    let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(text.as_bytes()).expect("memory takes it");
    base64::engine::general_purpose::STANDARD.encode(encoder.finish().expect("memory takes it"))
}

#[test]
fn bombs_leave_the_other_pages_whole() {
    let bomb = packed(&" ".repeat(100_000_000));
    let good = page("<mxCell id=\"a\" value=\"A\" vertex=\"1\" parent=\"1\"/>");
    let file = format!("<mxfile><diagram>{bomb}</diagram><diagram>{}</diagram></mxfile>", packed(&good));
    let drawing = read(file);
    assert_eq!(codes(&drawing), ["drawio/packed-page"]);
    assert!(drawing.diagnostics[0].message.contains("24 MiB"), "{}", drawing.diagnostics[0].message);
    assert_eq!(drawing.pages.len(), 1);
    assert_eq!(drawing.pages[0].shapes.len(), 1);
}

#[test]
fn entities_neither_grow_nor_reach_out() {
    for (declared, words) in [
        ("<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">", "refers to another"),
        ("<!ENTITY b SYSTEM \"file:///etc/passwd\">", "outside"),
    ] {
        let model = page("<mxCell id=\"a\" value=\"&b;\" vertex=\"1\" parent=\"1\"/>");
        let model = model.replacen('>', &format!("><!DOCTYPE x [{declared}]>"), 1);
        let drawing = read(model);
        assert_eq!(codes(&drawing), ["drawio/xml"], "{declared}");
        assert!(drawing.diagnostics[0].message.contains(words), "{}", drawing.diagnostics[0].message);
    }
}

#[test]
fn a_thousand_pages_are_a_thousand_pages() {
    let good = page("<mxCell id=\"a\" value=\"A\" vertex=\"1\" parent=\"1\"/>");
    let mut file = String::from("<mxfile>");
    for at in 0..1_000 {
        let _ = write!(file, "<diagram name=\"Page {at}\">{}</diagram>", packed(&good));
    }
    assert_eq!(read(format!("{file}</mxfile>")).pages.len(), 1_000);
    let many = format!("<mxfile>{}</mxfile>", format!("<diagram>{good}</diagram>").repeat(2_001));
    let drawing = read(many);
    assert_eq!((drawing.pages.len(), codes(&drawing)), (2_000, vec!["drawio/too-large"]));
}

#[test]
fn deep_and_circular_nesting_ends() {
    let mut chain = String::new();
    for at in 0..20_000 {
        let above = if at == 0 { "1".to_owned() } else { format!("c{}", at - 1) };
        let _ = write!(
            chain,
            "<mxCell id=\"c{at}\" vertex=\"1\" parent=\"{above}\"><mxGeometry x=\"1\" as=\"geometry\"/></mxCell>"
        );
    }
    let drawing = read(page(&chain));
    let shapes = &drawing.pages[0].shapes;
    let depth = |at: usize| std::iter::successors(Some(at), |at| shapes[*at].parent).count();
    assert_eq!(shapes.len(), 20_000);
    assert!((0..shapes.len()).map(depth).max() <= Some(52));
    let circle: String = (0..20_000)
        .map(|at| format!("<mxCell id=\"c{at}\" vertex=\"1\" parent=\"c{}\"/>", (at + 1) % 20_000))
        .collect();
    let drawing = read(page(&circle));
    assert_eq!((drawing.pages[0].shapes.len(), codes(&drawing)), (20_000, vec!["drawio/parent-circle"]));
}

#[test]
fn lines_on_lines_on_themselves_end() {
    let cells: String = (0..1_000)
        .map(|at| {
            let (from, to) = ((at + 1) % 1_000, (at + 7) % 1_000);
            format!(
                "<mxCell id=\"e{at}\" edge=\"1\" parent=\"e{from}\" source=\"e{from}\" target=\"e{to}\"/>"
            )
        })
        .collect();
    assert_eq!(read(page(&cells)).pages[0].lines.len(), 1_000);
}

#[test]
fn broken_text_is_read_without_harm() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/drawio");
    for (nth, path) in crate::corpus::walk(&folder).into_iter().enumerate() {
        if path.extension().is_none_or(|extension| extension != "drawio") {
            continue;
        }
        let text = crate::corpus::source(&folder, &path).text.to_string();
        for part in 1..16 {
            let mut cut = text.len() * part / 16;
            while !text.is_char_boundary(cut) {
                cut -= 1;
            }
            read(&text[..cut]);
        }
        let mut bytes = text.into_bytes();
        for place in (nth % 17..bytes.len()).step_by(61) {
            bytes[place] = bytes[place].wrapping_mul(31).wrapping_add(7);
        }
        read(String::from_utf8_lossy(&bytes).into_owned());
    }
}
