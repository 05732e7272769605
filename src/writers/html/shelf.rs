//! The shelf: the index of several packets.

use askama::Template;

use super::{policy, style};
use crate::document::{Document, count};
use crate::writers::writer::OutputFile;

/// One packet on the shelf.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ShelfEntry {
    /// Path of the packet's folder relative to the shelf, with `/`.
    pub project: String,
    /// Title of its document.
    pub title: String,
    /// Its verdict in one line.
    pub headline: String,
    /// What it is, in one or two sentences.
    pub about: String,
}

impl ShelfEntry {
    /// The entry of a packet's document.
    pub fn of(project: &str, document: &Document) -> Self {
        Self {
            project: project.to_owned(),
            title: document.title.clone(),
            headline: document.headline.text.clone(),
            about: document.first_page.about.words(),
        }
    }
}

#[derive(Template)]
#[template(path = "page/shelf.html")]
struct Shelf<'a> {
    entries: &'a [ShelfEntry],
    summary: String,
    policy: String,
    style: &'a str,
}

impl Shelf<'_> {
    /// A relative address; characters that an address gives a meaning are encoded.
    fn address(&self, entry: &ShelfEntry) -> String {
        let mut address = String::from("./");
        for byte in entry.project.bytes() {
            match byte {
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                    address.push(char::from(byte));
                }
                _ => address.push_str(&format!("%{byte:02X}")),
            }
        }
        address.push_str("/index.html");
        address
    }
}

/// `index.html` of a folder of packets, in the order given.
pub fn shelf(entries: &[ShelfEntry]) -> OutputFile {
    let shelf = Shelf {
        entries,
        summary: format!("{}, each from its own folder.", count(entries.len(), "packet")),
        policy: policy::policy(None, &[&style::style().hash]),
        style: &style::style().text,
    };
    let text = shelf.render().expect("templates print values that cannot fail to print");
    OutputFile { path: "index.html".into(), bytes: text.into_bytes() }
}
