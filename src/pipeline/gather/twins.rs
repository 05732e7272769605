//! Pictures of diagrams that are there as text too: each diagram is read once.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use sha2::{Digest, Sha256};

use super::open::Opened;
use crate::carriers::{Body, Language};
use crate::readers::READERS;

/// A picture that is not read, because its diagram is read from another file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Twin {
    /// Path of the picture.
    pub picture: String,
    /// Path of the file that is read.
    pub source: String,
    /// Whether both hold the same diagram; else the picture was exported from another state of the source.
    pub same: bool,
}

/// The pictures that are not read, among files given in the order of their paths: those whose text another file holds,
/// and those that are named like the source beside them.
pub(super) fn twins(files: &BTreeMap<&str, Opened>) -> Vec<Twin> {
    if !files.values().any(|opened| matches!(opened, Opened::Picture(_, Some(_)))) {
        return Vec::new();
    }
    let mut known: HashMap<[u8; 32], &str> = HashMap::new();
    for (path, opened) in files {
        match opened {
            Opened::Text(text) => {
                diagrams(&text.source.text).for_each(|diagram| _ = known.entry(diagram).or_insert(path))
            }
            Opened::Document(_, _, contents) => {
                for passage in &contents.passages {
                    if let Body::Written { text, .. } = &passage.body {
                        diagrams(text).for_each(|diagram| _ = known.entry(diagram).or_insert(path));
                    }
                }
            }
            Opened::Picture(..) | Opened::Unreadable(_) => {}
        }
    }
    let mut twins = Vec::new();
    for (path, opened) in files {
        let Opened::Picture(_, Some((source, language))) = opened else { continue };
        let own: Vec<[u8; 32]> = diagrams(&source.text).collect();
        let twin = own.first().and_then(|_| {
            let mut others = own.iter().map(|diagram| known.get(diagram).copied());
            let first = others.next()??;
            others.all(|other| other.is_some()).then_some((first, true))
        });
        match twin.or_else(|| beside(files, path, language).map(|source| (source, false))) {
            Some((source, same)) => {
                twins.push(Twin { picture: (*path).to_owned(), source: source.to_owned(), same });
            }
            // The next picture of the same diagram is the twin of this one.
            None => own.into_iter().for_each(|diagram| _ = known.entry(diagram).or_insert(path)),
        }
    }
    twins
}

/// Twins that are named in the line about them; the rest is counted.
const NAMED: usize = 3;

/// All twins in one line; `None` when there is none.
pub fn twins_line(twins: &[Twin]) -> Option<String> {
    let name = |twin: &Twin| {
        let state = if twin.same { "" } else { ", another state of it" };
        format!("{} ({}{state})", twin.picture, twin.source)
    };
    let mut named: Vec<String> = twins.iter().take(NAMED).map(name).collect();
    if let Some(more) = twins.len().checked_sub(NAMED).filter(|more| *more > 0) {
        named.push(format!("{more} more"));
    }
    let what = match twins.len() {
        0 => return None,
        1 => "a picture holds a diagram that is".to_owned(),
        number => format!("{number} pictures hold diagrams that are"),
    };
    Some(format!("{what} read from another file: {}", named.join(", ")))
}

/// The source beside a picture: `a.puml` beside `a.png`, `a.drawio` beside `a.drawio.svg`.
fn beside<'a>(files: &BTreeMap<&'a str, Opened>, picture: &str, language: &Language) -> Option<&'a str> {
    let (stem, _) = picture.rsplit_once('.')?;
    let extensions: BTreeSet<&str> = READERS
        .iter()
        .map(|reader| reader.format().extensions)
        .find(|extensions| extensions.contains(&language.extension))
        .into_iter()
        .flatten()
        .copied()
        .collect();
    let bare = stem.strip_suffix(&format!(".{}", language.extension)).unwrap_or(stem);
    let mut names = extensions.into_iter().map(|extension| format!("{bare}.{extension}"));
    names.find_map(|name| {
        let (path, opened) = files.get_key_value(name.as_str())?;
        matches!(opened, Opened::Text(_)).then_some(*path)
    })
}

/// Digests of the diagrams in a text, white space aside: from `@start` to `@end` for PlantUML, the pages of a draw.io
/// file without what changes when it is saved, else the whole.
fn diagrams(text: &str) -> impl Iterator<Item = [u8; 32]> {
    let parts: Vec<&str> = if text.contains("<mxGraphModel") || text.contains("<diagram") {
        let start = text.find("<diagram").or_else(|| text.find("<mxGraphModel")).unwrap_or(0);
        let end = text.rfind("</diagram>").or_else(|| text.rfind("</mxGraphModel>")).unwrap_or(text.len());
        vec![text.get(start..end).unwrap_or(text)]
    } else {
        let starts: Vec<usize> = text.match_indices("@start").map(|(at, _)| at).collect();
        let ends = starts.iter().skip(1).copied().chain([text.len()]);
        let block = |(start, end): (usize, usize)| {
            let whole = &text[start..end];
            // Its name says only what the picture's file is called.
            let inner = whole.split_once('\n').map_or("", |(_, inner)| inner);
            &inner[..inner.find("\n@end").unwrap_or(inner.len())]
        };
        if starts.is_empty() { vec![text] } else { starts.iter().copied().zip(ends).map(block).collect() }
    };
    parts.into_iter().filter(|part| !part.trim().is_empty()).map(|part| {
        let mut digest = Sha256::new();
        for line in part.lines().map(str::trim).filter(|line| !line.is_empty()) {
            digest.update(line);
            digest.update("\n");
        }
        digest.finalize().into()
    })
}
