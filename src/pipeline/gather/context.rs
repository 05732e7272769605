//! What the prose around a diagram says of it: titles and descriptions of views that have none of their own.

use std::collections::{BTreeMap, BTreeSet};

use crate::carriers::Passage;
use crate::readers::reader::Reading;
use crate::source::FileId;

/// The words that a document has for a diagram.
#[derive(Clone, Debug)]
pub(super) struct Context {
    /// Path of the source that holds the diagram, from the folder that is walked.
    path: String,
    /// Where in it the diagram begins, when the source holds others too.
    start: Option<u32>,
    caption: Option<String>,
    heading: Option<String>,
    prose: Option<String>,
    document: Option<String>,
}

impl Context {
    /// For a diagram that stands in the document itself.
    pub(super) fn of_passage(path: &str, document: Option<&String>, passage: &Passage) -> Self {
        let start = u32::try_from(passage.range.start).ok();
        Self { start, ..Self::of_file(path, document, passage) }
    }

    /// For the diagrams of a file that a document names.
    pub(super) fn of_file(path: &str, document: Option<&String>, passage: &Passage) -> Self {
        Self {
            path: path.to_owned(),
            start: None,
            caption: passage.caption.clone(),
            heading: passage.heading.clone(),
            prose: passage.prose.clone(),
            document: document.cloned(),
        }
    }

    /// Its path is one from a folder below, `base` being empty or ending with `/`.
    pub(super) fn lie_below(&mut self, base: &str) {
        self.path.insert_str(0, base);
    }

    fn title(&self) -> Option<&String> {
        self.caption.as_ref().or(self.heading.as_ref()).or(self.document.as_ref())
    }

    /// The title with that of the document before it.
    fn long_title(&self) -> Option<String> {
        let title = self.title()?;
        match &self.document {
            Some(document) if document != title => Some(format!("{document}: {title}")),
            _ => Some(title.clone()),
        }
    }
}

/// One view that may take a title.
struct Untitled<'a> {
    reading: usize,
    sheet: usize,
    context: &'a Context,
}

/// Gives titles and descriptions to the views of a project. A diagram's own title wins. Where several diagrams would
/// get one title, that of the document stands before it; where that does not tell them apart, a number behind it. `base` is
/// the path of the project, empty or ending with `/`.
pub(super) fn give(readings: &mut [Reading], base: &str, contexts: &[Context]) {
    let mut passages: BTreeMap<(&str, u32), &Context> = BTreeMap::new();
    let mut files: BTreeMap<&str, &Context> = BTreeMap::new();
    for context in contexts {
        match context.start {
            Some(start) => _ = passages.entry((&context.path, start)).or_insert(context),
            None => _ = files.entry(&context.path).or_insert(context),
        }
    }
    let mut untitled = Vec::new();
    let mut own = BTreeSet::new();
    for (at, reading) in readings.iter_mut().enumerate() {
        let path = reading.sources.get(FileId(0)).map_or("", |source| source.path.as_str());
        let path = format!("{base}{path}");
        let file = files.get(path.as_str()).copied();
        for (nth, sheet) in reading.fragment.sheets.iter_mut().enumerate() {
            let before = passages.range((path.as_str(), 0)..=(path.as_str(), sheet.place.span.start));
            let Some(context) = before.last().map(|(_, context)| *context).or(file) else {
                own.extend(sheet.title.clone());
                continue;
            };
            if sheet.description.is_none() && nth == 0 {
                sheet.description.clone_from(&context.prose);
            }
            match &sheet.title {
                Some(title) => _ = own.insert(title.clone()),
                None => untitled.push(Untitled { reading: at, sheet: nth, context }),
            }
        }
    }
    let titles = distinct(&untitled, &own);
    for (view, title) in untitled.iter().zip(titles) {
        readings[view.reading].fragment.sheets[view.sheet].title = title;
    }
}

/// A title for each view, told apart as far as the document's words go.
fn distinct(untitled: &[Untitled<'_>], own: &BTreeSet<String>) -> Vec<Option<String>> {
    let short: Vec<Option<String>> = untitled.iter().map(|view| view.context.title().cloned()).collect();
    // A longer title helps when another document or a diagram itself uses the short one.
    let mut documents: BTreeMap<&String, BTreeSet<Option<&String>>> = BTreeMap::new();
    for (title, view) in short.iter().zip(untitled) {
        let Some(title) = title else { continue };
        documents.entry(title).or_default().insert(view.context.document.as_ref());
    }
    let helps = |title: &String| own.contains(title) || documents.get(title).is_some_and(|all| all.len() > 1);
    let long: Vec<Option<String>> = short
        .iter()
        .zip(untitled)
        .map(|(title, view)| match title {
            Some(title) if helps(title) => view.context.long_title(),
            title => title.clone(),
        })
        .collect();
    let times = count(&long);
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut number = |title: String| {
        let nth = seen.entry(title.clone()).or_default();
        *nth += 1;
        match times.get(&title) {
            Some(all) if *all > 1 => format!("{title} ({nth} of {all})"),
            _ => title,
        }
    };
    long.into_iter().map(|title| title.map(&mut number)).collect()
}

fn count(titles: &[Option<String>]) -> BTreeMap<String, usize> {
    let mut times = BTreeMap::new();
    for title in titles.iter().flatten() {
        *times.entry(title.clone()).or_default() += 1;
    }
    times
}
