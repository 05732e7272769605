//! The draw.io reader on real files.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use planroom::diagnostic::Severity;
use planroom::readers::drawio::{Drawing, Drawio, pages};
use planroom::readers::reader::{Confidence, Head, Reader};
use planroom::source::Source;

use super::{NoFiles, folder, source, walk};

/// Files of the corpus as the reader gets them: the text of the drawing, also out of a picture.
fn drawings() -> Vec<(String, Source)> {
    let mut found = Vec::new();
    for name in ["drawio", "drawio-svg"] {
        let Some(corpus) = folder(name) else { continue };
        for path in walk(&corpus) {
            let shown = format!("{name}/{}", path.strip_prefix(&corpus).expect("below").display());
            found.push((shown, open(&corpus, &path)));
        }
    }
    found
}

fn open(corpus: &Path, path: &Path) -> Source {
    let mut source = source(corpus, path);
    if source.path.ends_with(".svg") {
        // What draw.io embeds stands in the attribute `content` of the picture.
        let text = source.text.split("content=\"").nth(1).and_then(|rest| rest.split('"').next());
        source = Source::new(source.path.clone(), unescaped(text.expect("the picture holds its drawing")));
    }
    source
}

fn unescaped(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#10;", "\n");
    text.replace("&#xa;", "\n").replace("&amp;", "&")
}

/// Shapes and lines of a drawing, counted without the reader: the tags that say `vertex` or `edge`.
fn counted(text: &str) -> (usize, usize) {
    let mut xml = String::new();
    for page in text.split("<diagram").skip(1) {
        let inside = page.split_once('>').map_or("", |(_, rest)| rest);
        let inside = inside.split("</diagram>").next().unwrap_or_default().trim();
        if inside.starts_with('<') {
            xml.push_str(inside);
        } else if !inside.is_empty() {
            let bytes = base64::engine::general_purpose::STANDARD.decode(inside).expect("base64");
            let mut plain = String::new();
            flate2::read::DeflateDecoder::new(bytes.as_slice()).read_to_string(&mut plain).expect("deflated");
            xml.push_str(&percent_encoding::percent_decode_str(&plain).decode_utf8().expect("UTF-8"));
        }
    }
    if !text.contains("<diagram") {
        xml.push_str(text);
    }
    let tags = || xml.split("<mxCell").skip(1).map(|rest| rest.split("><").next().unwrap_or_default());
    let says = |word: &str| tags().filter(|tag| tag.contains(&format!(" {word}=\"1\""))).count();
    (says("vertex"), says("edge"))
}

/// Shapes with the words that are cells of their own on lines, and lines, as the reader finds them.
fn found(drawing: &Drawing) -> (usize, usize) {
    let own =
        |line: &planroom::drawing::Line| line.labels.iter().filter(|label| label.place != line.place).count();
    drawing.pages.iter().fold((0, 0), |(shapes, lines), page| {
        let labels: usize = page.lines.iter().map(own).sum();
        (shapes + page.shapes.len() + labels, lines + page.lines.len())
    })
}

#[test]
fn every_shape_and_line_is_found() {
    for (name, source) in drawings() {
        let drawing = pages(&source);
        assert_eq!(found(&drawing), counted(&source.text), "{name}");
        assert!(!drawing.pages.is_empty(), "{name}: {:?}", drawing.diagnostics);
        for told in &drawing.diagnostics {
            println!("{name}: {} {}", told.code, told.message);
        }
    }
}

/// Drawings of which no page shows an architecture, with what is said of them.
const OTHERS: [(&str, &str); 0] = [];

#[test]
fn nearly_all_shapes_and_lines_are_understood() {
    let (mut seen, mut understood, mut visual, mut unknown) = (0, 0, 0, 0);
    let mut refused = Vec::new();
    for (name, source) in drawings() {
        let head: String = source.text.chars().take(4096).collect();
        assert_eq!(Drawio.recognize(&Head { path: &source.path, text: &head }), Confidence::Sure, "{name}");
        let reading = Drawio.read(&source, &NoFiles);
        if let Some(kind) = &reading.refused {
            println!("refused {name}: {kind}");
            refused.push((name, kind.clone()));
            continue;
        }
        let (shapes, lines) = counted(&source.text);
        let foreign = reading.diagnostics.iter().any(|told| told.code == "drawing/other-kind");
        assert!(
            foreign || reading.loss.seen() == shapes + lines,
            "{name}: {} of {shapes} and {lines}",
            reading.loss.seen()
        );
        assert!(!reading.fragment.drafts.is_empty(), "{name}: {:?}", reading.diagnostics);
        let errors = reading.diagnostics.iter().filter(|told| told.severity == Severity::Error);
        assert_eq!(errors.count(), 0, "{name}: {:?}", reading.diagnostics);
        for unread in &reading.loss.unknown {
            println!("unknown {}: {}", reading.sources.locate(unread.span), unread.text);
        }
        for told in &reading.diagnostics {
            println!("{} {}: {}", told.code, reading.sources.locate(told.span), told.message);
        }
        println!(
            "{name}: {} {} {}",
            reading.loss.understood,
            reading.loss.visual,
            reading.loss.unknown.len()
        );
        seen += reading.loss.seen();
        understood += reading.loss.understood;
        visual += reading.loss.visual;
        unknown += reading.loss.unknown.len();
    }
    println!("{seen} shapes and lines: {understood} understood, {visual} visual, {unknown} unknown");
    let refused: Vec<(&str, &str)> =
        refused.iter().map(|(name, kind)| (name.as_str(), kind.as_str())).collect();
    assert!(seen == 0 || refused == OTHERS, "{refused:?}");
    assert!(unknown * 100 <= seen * 3, "{unknown} of {seen} shapes and lines are not understood");
}

#[test]
#[ignore = "prints readings to compare with the pictures"]
fn show_readings() {
    let wanted = std::env::var("SHOW").unwrap_or_default();
    for (name, source) in drawings().into_iter().filter(|(name, _)| name.contains(&wanted)) {
        println!("=== {name}\n{}", crate::dump::reading(&Drawio.read(&source, &NoFiles)));
    }
}

#[test]
#[ignore = "prints the pages of drawings to compare with their pictures"]
fn show_pages() {
    let wanted = std::env::var("SHOW").unwrap_or_default();
    let path = PathBuf::from(&wanted);
    let found = if path.is_file() {
        vec![(wanted.clone(), open(path.parent().expect("a file has a folder"), &path))]
    } else {
        drawings().into_iter().filter(|(name, _)| name.contains(&wanted)).collect()
    };
    for (name, source) in found {
        let drawing = pages(&source);
        println!("=== {name}");
        for page in &drawing.pages {
            println!("--- {}", page.name);
            for (at, shape) in page.shapes.iter().enumerate() {
                let text: Vec<&str> = shape.text.iter().map(|line| line.text.as_str()).collect();
                println!(
                    "{at} in {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?}",
                    shape.parent,
                    shape.role,
                    shape.bounds.map(f64::round),
                    shape.outline,
                    text.join(" / "),
                    shape.stencil.as_deref().unwrap_or_default(),
                    shape.technologies,
                    shape.kind
                );
            }
            for line in &page.lines {
                let labels: Vec<&str> =
                    line.labels.iter().flat_map(|label| &label.text).map(|line| line.text.as_str()).collect();
                println!("{:?} -> {:?} {:?} via {:?}", line.from, line.to, labels.join(" / "), line.points);
            }
        }
        drawing.diagnostics.iter().for_each(|told| println!("{told:?}"));
    }
}
