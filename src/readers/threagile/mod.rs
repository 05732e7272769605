//! Threagile models: technical assets, communication links, trust boundaries, data assets and
//! shared runtimes, with the exact meaning that the format gives to its words.
//!
//! In goes the text, out comes a fragment with one data-flow view, and one of shared runtimes when
//! there are any. Threagile's own risks, questions and decisions are listed as not read: our rules
//! judge anew. `docs/formats/threagile.md` says what becomes of each key.

mod lower;
mod parser;
mod syntax;
mod words;

use super::reader::{Confidence, Files, Format, Head, Reader, Reading};
use crate::diagnostic::{Diagnostic, Loss, Unread};
use crate::source::{FileId, Node, Source, Sources};

/// The reader of Threagile models.
pub struct Threagile;

static FORMAT: Format = Format {
    id: "threagile",
    name: "Threagile",
    extensions: &["yaml", "yml"],
    home: "https://threagile.io",
    reads: "technical assets, communication links, trust boundaries, data assets and shared runtimes",
};

impl Reader for Threagile {
    fn format(&self) -> &'static Format {
        &FORMAT
    }

    /// Sure by the key `threagile_version`, which the format demands, or by `technical_assets`.
    fn recognize(&self, head: &Head<'_>) -> Confidence {
        let extension = head.path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
        if !FORMAT.extensions.contains(&extension.as_str()) {
            return Confidence::No;
        }
        let starts = |key: &str| {
            head.text.lines().any(|line| {
                line.trim_start_matches('\u{feff}')
                    .strip_prefix(key)
                    .is_some_and(|rest| rest.starts_with(':'))
            })
        };
        if starts("threagile_version") || starts("technical_assets") {
            Confidence::Sure
        } else {
            Confidence::No
        }
    }

    fn read(&self, source: &Source, _files: &dyn Files) -> Reading {
        let mut sources = Sources::default();
        sources.add(source.clone());
        let root = match Node::parse(FileId(0), &source.text) {
            Ok(root) => root,
            Err(error) => {
                let text = "the whole file".to_owned();
                let diagnostics = vec![Diagnostic::error("threagile/not-yaml", error.message, error.span)];
                let loss = Loss { unknown: vec![Unread { span: error.span, text }], ..Loss::default() };
                return Reading { sources, diagnostics, loss, ..Reading::default() };
            }
        };
        let parsed = parser::parse(&root, source);
        let mut told = parsed.told;
        let fragment = lower::lower(&parsed.model, &mut told);
        Reading { sources, fragment, diagnostics: told, loss: parsed.loss, refused: None }
    }
}
