//! A file, decoded, with the diagrams that it carries; nothing of them is understood yet.

use crate::carriers::{self, Contents, Document, Embedded, Picture};
use crate::infer;
use crate::source::{ReadError, Source, decode, unpack_pages};

/// A file.
pub(super) enum Opened {
    /// A text that is of one language, if of any.
    Text(Text),
    /// A document and the diagrams in it.
    Document(&'static dyn Document, Text, Contents),
    /// A picture and the text that it was drawn from, if it keeps one.
    Picture(&'static dyn Picture, Option<(Source, &'static carriers::Language)>),
    /// Why it cannot be read, the file named.
    Unreadable(String),
}

/// A decoded text.
pub(super) struct Text {
    /// Without secrets.
    pub(super) source: Source,
    /// Where a byte that is not UTF-8 was replaced first.
    pub(super) invalid_at: Option<usize>,
}

/// Opens a file from its bytes. Texts that are packed into it may be as large as `limit` bytes. `shown` is its path in
/// messages.
pub(super) fn open(path: &str, shown: &str, bytes: Result<Vec<u8>, ReadError>, limit: u64) -> Opened {
    let bytes = match bytes {
        Ok(bytes) => bytes,
        Err(error) => return Opened::Unreadable(error.to_string()),
    };
    if let Some(picture) = carriers::picture(path) {
        return match picture.source(&bytes, limit) {
            Ok(found) => Opened::Picture(
                picture,
                found.map(|Embedded { language, text }| (source(path, text), language)),
            ),
            Err(damage) => Opened::Unreadable(format!("{shown}: {damage}")),
        };
    }
    let decoded = match decode(&bytes) {
        Ok(decoded) => decoded,
        Err(error) => return Opened::Unreadable(format!("{shown}: {error}")),
    };
    let text = Text { source: source(path, decoded.text), invalid_at: decoded.invalid_at };
    // The file of a diagram may hold the block of a document, fence and all.
    let fenced = || {
        let fenced = text.source.text.trim_start_matches(['\u{feff}', ' ', '\n', '\r']).starts_with("```");
        carriers::document("a.md").filter(|_| fenced)
    };
    match carriers::document(path).or_else(fenced) {
        Some(document) => {
            let contents = document.read(&text.source.text);
            if carriers::document(path).is_none() && !contents.quotes() {
                return Opened::Text(text);
            }
            Opened::Document(document, text, contents)
        }
        None => Opened::Text(text),
    }
}

/// A source without secrets, also in what is packed inside of it.
pub(super) fn source(path: &str, text: String) -> Source {
    let text = unpack_pages(&text).unwrap_or(text);
    Source::new(path, infer::redact(&text).unwrap_or(text))
}

impl Opened {
    /// Why a file that the user named holds nothing to read, told with the path that the user knows.
    pub(super) fn refusal(&self, shown: &str) -> Option<String> {
        match self {
            Self::Unreadable(why) => Some(why.clone()),
            Self::Text(text) | Self::Document(_, text, _) if text.source.text.trim().is_empty() => {
                Some(format!(
                    "{shown}: the file is empty, expected a diagram or model (for PlantUML: @startuml, the diagram, @enduml)"
                ))
            }
            Self::Document(document, _, contents) if !contents.quotes() => Some(format!(
                "{shown}: no diagram in this {} document{}, expected {}",
                document.format().name,
                unread(contents),
                document.expected()
            )),
            Self::Picture(picture, None) => Some(format!(
                "{shown}: this {} picture does not hold the text that it was drawn from; from draw.io, export it with \
                 'Include a copy of my diagram'; from PlantUML, without `-nometadata`; or name the source itself",
                picture.format().name
            )),
            Self::Text(_) | Self::Document(..) | Self::Picture(_, Some(_)) => None,
        }
    }
}

/// `; 2 blocks look like Mermaid and were not read`.
fn unread(contents: &Contents) -> String {
    let tell = |(count, language, _): (usize, &'static carriers::Language, _)| match count {
        1 => format!("; a block looks like {} and was not read", language.name),
        _ => format!("; {count} blocks look like {} and were not read", language.name),
    };
    contents.unread().into_iter().map(tell).collect()
}
