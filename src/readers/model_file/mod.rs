//! Model files: the canonical model written by hand in YAML or JSON, and our own `model.json`.
//!
//! In goes the text (or a node that another file embeds), out comes a fragment whose elements carry
//! explicit ids. `docs/model.md` is the format's specification. What `model.json` says beyond the
//! input form (places, derived facts, zones) is known and computed anew.

mod drawn;
mod element;
mod facts;
mod log;
mod lower;
mod relation;
mod view;

use super::reader::{Confidence, Files, Format, Head, Reader, Reading};
use crate::diagnostic::{Diagnostic, Loss, Unread};
use crate::source::{FileId, Node, Source, Sources, Span};

/// The reader of model files.
pub struct ModelFile;

static FORMAT: Format = Format {
    id: "model",
    name: "Planroom model file",
    extensions: &["yaml", "yml", "json"],
    home: "docs/model.md",
    reads: "elements, relations, views, facts, data and identities of a model in YAML or JSON",
};

impl Reader for ModelFile {
    fn format(&self) -> &'static Format {
        &FORMAT
    }

    fn recognize(&self, head: &Head<'_>) -> Confidence {
        recognize(head)
    }

    fn read(&self, source: &Source, _files: &dyn Files) -> Reading {
        match Node::parse(FileId(0), &source.text) {
            Ok(node) => read_node(&node, source),
            Err(error) => {
                let text = "the whole file".to_owned();
                let span = error.span;
                let diagnostic = Diagnostic::error("model-file/not-yaml", error.message, span);
                Reading {
                    sources: alone(source),
                    diagnostics: vec![diagnostic],
                    loss: Loss { unknown: vec![Unread { span, text }], ..Loss::default() },
                    ..Reading::default()
                }
            }
        }
    }
}

/// Reads a model out of a node, such as a small model that a pack embeds. `source` is the text
/// that the node's spans point into; in the reading it is the only source, with the id 0.
pub fn read_node(node: &Node, source: &Source) -> Reading {
    let mut reading = lower::lower(node, source);
    reading.relocate(&|span| Span { file: FileId(0), ..span });
    reading.sources = alone(source);
    reading
}

fn alone(source: &Source) -> Sources {
    let mut sources = Sources::default();
    sources.add(source.clone());
    sources
}

/// Sure by the key `planroom: model/1`; else maybe, when `elements` and `relations` stand at the
/// top level. When the head ends before the second of them, the first one is enough if an `id`
/// follows.
fn recognize(head: &Head<'_>) -> Confidence {
    let extension = head.path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    if !FORMAT.extensions.contains(&extension.as_str()) {
        return Confidence::No;
    }
    let keys = top_keys(head.text);
    if keys.iter().any(|(key, value)| *key == "planroom" && value.starts_with("model/")) {
        return Confidence::Sure;
    }
    let has = |wanted: &str| keys.iter().any(|(key, _)| *key == wanted);
    let cut = head.text.len() >= 4000;
    let goes_on = cut && (head.text.contains("id:") || head.text.contains("\"id\""));
    match (has("elements"), has("relations")) {
        (true, true) => Confidence::Maybe,
        (true, false) | (false, true) if goes_on => Confidence::Maybe,
        _ => Confidence::No,
    }
}

/// Keys at the top level with the plain text that follows them: those at the start of a line in
/// YAML, those at depth one in JSON.
fn top_keys(text: &str) -> Vec<(&str, &str)> {
    let trimmed = text.trim_start_matches('\u{feff}').trim_start();
    if trimmed.starts_with('{') {
        return json_keys(trimmed);
    }
    trimmed
        .lines()
        .filter(|line| !line.starts_with([' ', '\t', '#', '-']))
        .filter_map(|line| line.split_once(':'))
        .map(|(key, value)| (key.trim().trim_matches(['"', '\'']), value.trim().trim_matches(['"', '\''])))
        .collect()
}

fn json_keys(text: &str) -> Vec<(&str, &str)> {
    let mut keys = Vec::new();
    let (mut depth, mut at) = (0_usize, 0);
    let bytes = text.as_bytes();
    while at < bytes.len() {
        match bytes[at] {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            b'"' => {
                let start = at + 1;
                at = start;
                while at < bytes.len() && bytes[at] != b'"' {
                    at += if bytes[at] == b'\\' { 2 } else { 1 };
                }
                let key = text.get(start..at.min(text.len())).unwrap_or_default();
                let rest = text.get(at + 1..).unwrap_or_default().trim_start();
                if depth == 1
                    && let Some(value) = rest.strip_prefix(':')
                {
                    keys.push((key, value.trim_start().trim_start_matches('"')));
                }
            }
            _ => {}
        }
        at += 1;
    }
    keys
}
