//! The Mermaid reader on real files, and on the fenced blocks of real documents.

use planroom::readers::mermaid::Mermaid;
use planroom::readers::reader::{Confidence, Head, Reader, Reading};
use planroom::source::Source;

use super::plantuml::check_spans;
use super::{NoFiles, folder, mermaid_statements, source, walk};

/// Every diagram of the corpus with its name; blocks in documents are named by their number.
fn diagrams() -> Vec<Source> {
    let mut found = Vec::new();
    for name in ["mermaid", "mermaid-md"] {
        let Some(corpus) = folder(name) else { return Vec::new() };
        for path in walk(&corpus) {
            let whole = source(&corpus, &path);
            if name == "mermaid" {
                found.push(whole);
                continue;
            }
            for (number, block) in whole.text.split("```mermaid\n").skip(1).enumerate() {
                let block = block.split("```").next().unwrap_or_default();
                found.push(Source::new(format!("{}-{}", whole.path, number + 1), block));
            }
        }
    }
    found
}

fn read(source: &Source) -> Reading {
    Mermaid.read(source, &NoFiles)
}

#[test]
fn every_diagram_gives_a_model() {
    let diagrams = diagrams();
    let (mut understood, mut visual) = (0, 0);
    let mut unknown = Vec::new();
    for source in &diagrams {
        let name = &source.path;
        let text: String = source.text.chars().take(4096).collect();
        assert_eq!(Mermaid.recognize(&Head { path: "block", text: &text }), Confidence::Sure, "{name}");
        let reading = read(source);
        assert_eq!(reading.refused, None, "{name}");
        assert!(!reading.fragment.drafts.is_empty(), "{name}: no model");
        check_spans(&reading, name);
        assert_eq!(reading.loss.seen(), mermaid_statements::count(&source.text), "{name}: statements");
        understood += reading.loss.understood;
        visual += reading.loss.visual;
        let line = |unread: &planroom::diagnostic::Unread| {
            format!("{name} {}: {}", reading.sources.locate(unread.span), unread.text)
        };
        unknown.extend(reading.loss.unknown.iter().map(line));
    }
    if diagrams.is_empty() {
        return;
    }
    let seen = understood + visual + unknown.len();
    println!("{} diagrams, {seen} statements: {understood} understood, {visual} visual", diagrams.len());
    unknown.iter().for_each(|line| println!("unknown {line}"));
    assert!(diagrams.len() >= 90, "{} diagrams", diagrams.len());
    assert!(unknown.len() * 100 <= seen, "{} of {seen} statements are not understood", unknown.len());
}

#[test]
fn reading_twice_gives_the_same() {
    for source in diagrams() {
        let (one, two) = (read(&source), read(&source));
        assert_eq!(one.fragment, two.fragment);
        assert_eq!(one.diagnostics, two.diagnostics);
        assert_eq!(one.loss, two.loss);
    }
}

#[test]
fn broken_diagrams_are_read_without_harm() {
    for (at, source) in diagrams().into_iter().enumerate() {
        let text: &str = &source.text;
        for part in 1..8 {
            let mut cut = text.len() * part / 8;
            while !text.is_char_boundary(cut) {
                cut -= 1;
            }
            check_spans(&read(&Source::new(source.path.clone(), &text[..cut])), &source.path);
        }
        let mut bytes = text.as_bytes().to_vec();
        for place in (at % 17..bytes.len()).step_by(23) {
            bytes[place] = bytes[place].wrapping_mul(31).wrapping_add(7);
        }
        let broken = String::from_utf8_lossy(&bytes).into_owned();
        check_spans(&read(&Source::new(source.path.clone(), broken)), &source.path);
    }
}

#[test]
#[ignore = "prints readings to compare with the text"]
fn show() {
    let wanted = std::env::var("SHOW").unwrap_or_default();
    for source in diagrams() {
        if source.path.contains(&wanted) {
            println!("=== {}\n{}", source.path, crate::dump::reading(&read(&source)));
        }
    }
}
