//! The PlantUML reader on real files.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use planroom::readers::plantuml::PlantUml;
use planroom::readers::reader::{Reader, Reading};
use planroom::source::{Place, Source, Span};

use super::{Disk, folder, source, statements, walk};
use crate::c4_macros;

/// Files that only define macros or a theme.
const LIBRARIES: [&str; 5] =
    ["/C4.puml", "/C4_Component.puml", "/C4_Container.puml", "/C4_Context.puml", "/puml-theme-local.puml"];

/// The repository folder below which includes may go, and the source.
fn open(corpus: &Path, path: &Path) -> (Disk, Source) {
    let repository =
        path.strip_prefix(corpus).expect("below the corpus").components().next().expect("has a folder");
    let root = corpus.join(repository);
    let source = source(&root, path);
    (Disk(root), source)
}

fn structural() -> Vec<(PathBuf, PathBuf)> {
    let Some(corpus) = folder("plantuml") else { return Vec::new() };
    let files = walk(&corpus).into_iter().filter(|path| {
        let name = path.to_string_lossy();
        !path.starts_with(corpus.join("lib")) && !LIBRARIES.iter().any(|library| name.ends_with(library))
    });
    files.map(|path| (corpus.clone(), path)).collect()
}

/// Every span of a reading lies inside its source, on character boundaries.
pub(super) fn check_spans(reading: &Reading, path: &str) {
    let mut spans: Vec<Span> = Vec::new();
    let mut add = |place: &Place| spans.extend(std::iter::once(place.span).chain(place.call));
    let fragment = &reading.fragment;
    fragment.drafts.iter().flat_map(|draft| &draft.origins).for_each(&mut add);
    fragment.flows.iter().flat_map(|flow| &flow.origins).for_each(&mut add);
    for sheet in &fragment.sheets {
        add(&sheet.place);
        sheet.notes.iter().for_each(|note| add(&note.place));
    }
    spans.extend(reading.diagnostics.iter().map(|diagnostic| diagnostic.span));
    spans.extend(reading.loss.unknown.iter().map(|unread| unread.span));
    for span in spans {
        let source = reading.sources.get(span.file).unwrap_or_else(|| panic!("{path}: unknown file"));
        assert!(span.start <= span.end, "{path}: {span:?}");
        assert!(source.text.get(span.start as usize..span.end as usize).is_some(), "{path}: {span:?}");
    }
    for (at, draft) in fragment.drafts.iter().enumerate() {
        assert!(
            draft.parent.is_none_or(|parent| parent.0 < at),
            "{path}: {} stands before its parent",
            draft.name
        );
    }
}

#[test]
fn every_structural_file_gives_a_model() {
    let (mut seen, mut understood, mut visual) = (0, 0, 0);
    let mut unknown = Vec::new();
    let mut empty = Vec::new();
    let files = structural();
    for (corpus, path) in &files {
        let (disk, source) = open(corpus, path);
        let reading = PlantUml.read(&source, &disk);
        let name = path.strip_prefix(corpus).expect("below the corpus").display().to_string();
        assert_eq!(reading.refused, None, "{name}");
        if reading.fragment.drafts.is_empty() {
            empty.push(name.clone());
        }
        check_spans(&reading, &name);
        let counted: usize =
            reading.sources.iter().map(|(id, source)| statements::count(&source.text, id.0 > 0)).sum();
        assert_eq!(reading.loss.seen(), counted, "{name}: statements");
        seen += reading.loss.seen();
        understood += reading.loss.understood;
        visual += reading.loss.visual;
        for unread in &reading.loss.unknown {
            unknown.push(format!("{name} {}: {}", reading.sources.locate(unread.span), unread.text));
        }
    }
    if files.is_empty() {
        return;
    }
    println!("{} files, {seen} statements: {understood} understood, {visual} visual", files.len());
    unknown.iter().for_each(|line| println!("unknown {line}"));
    empty.iter().for_each(|name| println!("empty {name}"));
    assert!(empty.is_empty(), "files without a model: {empty:?}");
    assert!(unknown.len() * 100 <= seen, "{} of {seen} statements are not understood", unknown.len());
    let macros: BTreeSet<String> = c4_macros::table().into_iter().map(|(_, name, _)| name).collect();
    let calls = unknown.iter().filter(|line| {
        let (_, text) = line.split_once(": ").expect("a place and a text");
        text.split_once('(').is_some_and(|(name, _)| macros.contains(name.trim()))
    });
    assert_eq!(calls.collect::<Vec<_>>(), Vec::<&String>::new(), "calls of C4 macros are not understood");
}

#[test]
fn other_kinds_are_refused_by_name() {
    let Some(corpus) = folder("plantuml-other") else { return };
    for path in walk(&corpus) {
        let (disk, source) = open(&corpus, &path);
        let reading = PlantUml.read(&source, &disk);
        println!("{:?} {}", reading.refused, path.display());
        assert!(reading.refused.is_some(), "{}", path.display());
        assert!(reading.fragment.drafts.is_empty() && reading.loss.seen() == 0);
        assert_eq!(reading.diagnostics.len(), 1, "{:?}", reading.diagnostics);
    }
}

#[test]
fn reading_twice_gives_the_same() {
    for (corpus, path) in structural() {
        let (disk, source) = open(&corpus, &path);
        let (one, two) = (PlantUml.read(&source, &disk), PlantUml.read(&source, &disk));
        assert_eq!(one.fragment, two.fragment);
        assert_eq!(one.diagnostics, two.diagnostics);
        assert_eq!(one.loss, two.loss);
    }
}

#[test]
fn broken_files_are_read_without_harm() {
    for (at, (corpus, path)) in structural().into_iter().enumerate() {
        let (disk, source) = open(&corpus, &path);
        let text = &*source.text;
        for part in 1..8 {
            let mut cut = text.len() * part / 8;
            while !text.is_char_boundary(cut) {
                cut -= 1;
            }
            let broken = Source::new(source.path.clone(), &text[..cut]);
            check_spans(&PlantUml.read(&broken, &disk), &source.path);
        }
        let mut bytes = text.as_bytes().to_vec();
        for place in (at % 17..bytes.len()).step_by(23) {
            bytes[place] = bytes[place].wrapping_mul(31).wrapping_add(7);
        }
        let broken = Source::new(source.path.clone(), String::from_utf8_lossy(&bytes).into_owned());
        check_spans(&PlantUml.read(&broken, &disk), &source.path);
    }
}

#[test]
#[ignore = "prints readings to compare with the text"]
fn show() {
    let wanted = std::env::var("SHOW").unwrap_or_default();
    let path = Path::new(&wanted);
    if path.is_file() {
        let root = path.parent().expect("a file has a folder");
        let source = source(root, path);
        println!("{}", crate::dump::reading(&PlantUml.read(&source, &Disk(root.to_owned()))));
        return;
    }
    for (corpus, path) in structural() {
        if path.to_string_lossy().contains(&wanted) {
            let (disk, source) = open(&corpus, &path);
            println!("=== {}\n{}", path.display(), crate::dump::reading(&PlantUml.read(&source, &disk)));
        }
    }
}
