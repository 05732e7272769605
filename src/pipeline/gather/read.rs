//! Texts to readings: each by the reader that recognizes it, the places of passages moved into their documents.

use std::collections::{BTreeMap, BTreeSet};

use super::context::Context;
use super::open::{Opened, Text};
use crate::carriers::{Body, Contents, Language, Lines, Passage};
use crate::diagnostic::Diagnostic;
use crate::pipeline::includes::Includes;
use crate::readers::reader::{Files as _, Head, Reading};
use crate::readers::recognize;
use crate::source::{FileId, Source, Sources, Span, normalize};

/// Code of a source that could not be opened or decoded.
pub(super) const UNREADABLE: &str = "source/unreadable";

/// What was read of one file.
#[derive(Default)]
pub(super) struct Read {
    /// One for each text in it, in written order; of another kind than is read when they say so.
    pub(super) readings: Vec<Reading>,
    /// Those of files that it names and nobody else reads.
    pub(super) named: Vec<Reading>,
    /// Format of the file; `None` when nobody knows it.
    pub(super) format: Option<&'static str>,
    /// What its prose says of diagrams.
    pub(super) contexts: Vec<Context>,
    /// What a document without any diagram holds that looks like one, a sentence each.
    pub(super) unread: Vec<String>,
}

/// Reads a file of the project. `walked` are the files that are read for themselves, each with the one that stands for it.
pub(super) fn read(
    path: &str,
    opened: &Opened,
    includes: &Includes<'_>,
    walked: &BTreeMap<String, String>,
) -> Read {
    match opened {
        Opened::Text(text) => {
            let Some((mut reading, format)) = understand(path, &text.source, includes) else {
                return Read::default();
            };
            tell_invalid(&mut reading, text);
            Read { readings: vec![reading], format: Some(format), ..Read::default() }
        }
        Opened::Picture(picture, Some((source, language))) => {
            let named = format!("{path}.{}", language.extension);
            let reading = understand(&named, source, includes).map(|(reading, _)| reading);
            let reading = reading.unwrap_or_else(|| unknown(language, source));
            Read { readings: vec![reading], format: Some(picture.format().id), ..Read::default() }
        }
        Opened::Picture(_, None) => Read::default(),
        Opened::Document(document, text, contents) => {
            let mut read = Read::default();
            let mut seen = BTreeSet::new();
            let title = contents.title.as_ref();
            for passage in &contents.passages {
                match &passage.body {
                    Body::Written { text: written, lines } => {
                        let reading = quoted(path, &text.source, passage, written, lines, includes);
                        read.contexts.push(Context::of_passage(
                            &format!("{}{path}", includes.base),
                            title,
                            passage,
                        ));
                        read.readings.push(reading);
                    }
                    Body::File(target) | Body::Shown(target) => {
                        let quote = Named { path, document: &text.source, title, passage, target };
                        named(&quote, includes, walked, &mut seen, &mut read);
                    }
                }
            }
            let unread = unread(contents);
            match read.readings.first_mut() {
                Some(first) => {
                    tell_invalid(first, text);
                    first.diagnostics.extend(unread);
                }
                None => read.unread = unread.into_iter().map(|told| told.message).collect(),
            }
            read.format = contents.quotes().then_some(document.format().id);
            read
        }
        Opened::Unreadable(why) => {
            let mut reading = Reading { sources: alone(Source::new(path, "")), ..Reading::default() };
            reading.diagnostics.push(Diagnostic::error(UNREADABLE, why.clone(), Span::default()));
            Read { readings: vec![reading], ..Read::default() }
        }
    }
}

/// Reads one text; `None` when no reader knows it.
fn understand(named: &str, source: &Source, includes: &Includes<'_>) -> Option<(Reading, &'static str)> {
    let reader = recognize(&Head::of(named, &source.text))?;
    Some((reader.read(source, includes), reader.format().id))
}

/// What looks like a diagram and is in no form that is read, told once for each language.
fn unread(contents: &Contents) -> Vec<Diagnostic> {
    let mut told: Vec<Diagnostic> = Vec::new();
    for (count, language, range) in contents.unread() {
        let message = match count {
            1 => format!("a block looks like {} and was not read", language.name),
            _ => format!("{count} blocks look like {} and were not read", language.name),
        };
        let place = Span::new(FileId(0), range.start, range.end);
        let note = Diagnostic::note("carriers/unread", message, place);
        told.push(note.help(format!("begin the block with {}", language.fence())));
    }
    told
}

/// Reads a diagram that a document quotes.
fn quoted(
    path: &str,
    document: &Source,
    passage: &Passage,
    text: &str,
    lines: &Lines,
    includes: &Includes<'_>,
) -> Reading {
    let named = format!("{path}.{}", passage.language.extension);
    let Some((mut reading, _)) = understand(&named, &Source::new(path, text), includes) else {
        return unknown(passage.language, document);
    };
    reading.relocate(&|span| if span.file == FileId(0) { lines.place(span) } else { span });
    reading.sources.replace(FileId(0), document.clone());
    if passage.unclosed && reading.refused.is_none() {
        let message = "this block is not closed and reaches to the end of what holds it";
        let told = Diagnostic::warning("carriers/unclosed-block", message, place(passage));
        reading.diagnostics.push(told.help("end it with a line like the one it begins with"));
    }
    reading
}

/// A file that a document names.
struct Named<'a> {
    path: &'a str,
    document: &'a Source,
    title: Option<&'a String>,
    passage: &'a Passage,
    target: &'a str,
}

/// Reads a file that a document names, once, unless it is read for itself.
fn named(
    quote: &Named<'_>,
    includes: &Includes<'_>,
    walked: &BTreeMap<String, String>,
    seen: &mut BTreeSet<String>,
    read: &mut Read,
) {
    let Named { path, document, title, passage, target } = *quote;
    let beside = path.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let own = normalize(&format!("{}{beside}{target}", includes.base));
    if let Some(own) = own.as_ref().and_then(|own| walked.get(own)) {
        read.contexts.push(Context::of_file(own, title, passage));
        return;
    }
    if matches!(passage.body, Body::Shown(_)) {
        return;
    }
    // However often a document names a file: it is opened once.
    if !seen.insert(own.unwrap_or_else(|| target.to_owned())) {
        return;
    }
    match includes.include(path, target) {
        Ok(source) => {
            let named = format!("{target}.{}", passage.language.extension);
            let reading = understand(&named, &source, includes).map(|(reading, _)| reading);
            let own = format!("{}{}", includes.base, source.path);
            read.contexts.push(Context::of_file(&own, title, passage));
            read.named.push(reading.unwrap_or_else(|| unknown(passage.language, &source)));
        }
        Err(error) => {
            let message = format!("`{target}` is not read: {error}");
            let told = Diagnostic::warning("carriers/file", message, place(passage));
            let sources = alone(document.clone());
            read.readings.push(Reading { sources, diagnostics: vec![told], ..Reading::default() });
        }
    }
}

fn place(passage: &Passage) -> Span {
    Span::new(FileId(0), passage.range.start, passage.range.end)
}

/// A text of a language that nobody reads.
fn unknown(language: &Language, source: &Source) -> Reading {
    let kind = format!("{} diagram", language.name);
    Reading { sources: alone(source.clone()), refused: Some(kind), ..Reading::default() }
}

fn alone(source: Source) -> Sources {
    let mut sources = Sources::default();
    sources.add(source);
    sources
}

fn tell_invalid(reading: &mut Reading, text: &Text) {
    let Some(at) = text.invalid_at else { return };
    let message = "bytes that are not valid UTF-8 were replaced by U+FFFD, expected UTF-8 or UTF-16";
    let told = Diagnostic::warning("source/invalid-utf8", message, Span::new(FileId(0), at, at + 3));
    reading.diagnostics.insert(0, told.help("save the file as UTF-8"));
}
