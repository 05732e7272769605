//! What the prose around a diagram says of it: titles and descriptions of views that have none of their own.

use std::collections::{BTreeMap, BTreeSet};

use crate::carriers::{self, Passage};
use crate::readers::READERS;
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
        let heading = self.heading.as_ref().filter(|heading| is_title(heading));
        self.caption.as_ref().or(heading).or(self.document.as_ref())
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

/// Whether a heading is short enough to call a view by; some are whole sentences.
fn is_title(heading: &str) -> bool {
    heading.chars().count() <= 80 && !heading.ends_with(['.', ':'])
}

/// All that documents say of diagrams.
#[derive(Debug, Default)]
pub(super) struct Contexts {
    /// By path and first byte.
    passages: BTreeMap<(String, u32), Context>,
    files: BTreeMap<String, Context>,
}

impl Contexts {
    /// The first document that speaks of a file counts.
    pub(super) fn new(all: impl IntoIterator<Item = Context>) -> Self {
        let mut contexts = Self::default();
        for context in all {
            let path = context.path.clone();
            match context.start {
                Some(start) => _ = contexts.passages.entry((path, start)).or_insert(context),
                None => _ = contexts.files.entry(path).or_insert(context),
            }
        }
        contexts
    }

    /// What is said of the diagram that begins at a byte of a source.
    fn of(&self, path: &str, start: u32) -> Option<&Context> {
        let before = self.passages.range((path.to_owned(), 0)..=(path.to_owned(), start));
        before.last().map(|(_, context)| context).or_else(|| self.files.get(path))
    }
}

/// The name of a file without folder, its extension, and those of formats before it; a name may hold other dots.
fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or_default();
    let mut name = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    while let Some((stem, extension)) = name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()) {
        let mut known = READERS.iter().map(|reader| reader.format()).chain(carriers::formats());
        if !known.any(|format| format.extensions.iter().any(|one| one.eq_ignore_ascii_case(extension))) {
            break;
        }
        name = stem;
    }
    name
}

/// One view that may take a title.
struct Untitled<'a> {
    reading: usize,
    sheet: usize,
    /// What it is called in its file, or its file is.
    name: String,
    context: &'a Context,
}

/// Gives titles and descriptions to the views of a project. A diagram's own title wins. Where several diagrams would
/// get one title, that of the document stands before it; where that does not tell them apart, a number behind it. `base` is
/// the path of the project, empty or ending with `/`.
pub(super) fn give(readings: &mut [Reading], base: &str, contexts: &Contexts) {
    let mut untitled = Vec::new();
    let mut own = BTreeSet::new();
    for (at, reading) in readings.iter_mut().enumerate() {
        let path = reading.sources.get(FileId(0)).map_or("", |source| source.path.as_str());
        let path = format!("{base}{path}");
        for (nth, sheet) in reading.fragment.sheets.iter_mut().enumerate() {
            let Some(context) = contexts.of(&path, sheet.place.span.start) else {
                own.extend(sheet.title.clone());
                continue;
            };
            if sheet.description.is_none() && nth == 0 {
                sheet.description.clone_from(&context.prose);
            }
            match &sheet.title {
                Some(title) => _ = own.insert(title.clone()),
                None => {
                    let name = sheet.name.clone().unwrap_or_else(|| stem(&path).to_owned());
                    untitled.push(Untitled { reading: at, sheet: nth, name, context });
                }
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
    // Files have names that tell them apart; passages of one document have none.
    let times = count(&long);
    let is_shared = |title: &String| times.get(title).is_some_and(|all| *all > 1);
    let named: Vec<Option<String>> = long
        .iter()
        .zip(untitled)
        .map(|(title, view)| match title {
            Some(title) if is_shared(title) && view.context.start.is_none() => {
                Some(format!("{title} ({})", view.name))
            }
            title => title.clone(),
        })
        .collect();
    let times = count(&named);
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut number = |title: String| {
        let nth = seen.entry(title.clone()).or_default();
        *nth += 1;
        match times.get(&title) {
            Some(all) if *all > 1 => format!("{title} ({nth} of {all})"),
            _ => title,
        }
    };
    named.into_iter().map(|title| title.map(&mut number)).collect()
}

fn count(titles: &[Option<String>]) -> BTreeMap<String, usize> {
    let mut times = BTreeMap::new();
    for title in titles.iter().flatten() {
        *times.entry(title.clone()).or_default() += 1;
    }
    times
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn names_of_files_keep_their_dots() {
        assert_eq!(stem("a/10-4.1-orders.mmd"), "10-4.1-orders");
        assert_eq!(stem("a/shop.drawio.svg"), "shop");
        assert_eq!((stem("bank.txt"), stem("plain")), ("bank", "plain"));
    }
}
