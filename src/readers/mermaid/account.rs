//! What became of the statements of a text, and what is told about them.

use super::syntax::Fault;
use crate::diagnostic::{Diagnostic, Loss, Unread};
use crate::readers::fate::Fate;
use crate::source::{FileId, Place, Source, Span};

/// Most statements that are told one by one; the others are only listed.
const TOLD: usize = 20;

/// The account of one text.
#[derive(Debug)]
pub(super) struct Account<'s> {
    source: &'s Source,
    file: FileId,
    /// What was wrong.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// What was not understood.
    pub(super) loss: Loss,
    told: usize,
}

impl<'s> Account<'s> {
    /// The account of a source that stands in the table under this id.
    pub(super) fn new(source: &'s Source, file: FileId) -> Self {
        Self { source, file, diagnostics: Vec::new(), loss: Loss::default(), told: 0 }
    }

    /// The span of a byte range.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, start, end)
    }

    /// The place of a byte range.
    pub(super) fn place(&self, start: usize, end: usize) -> Place {
        Place::from(self.span(start, end))
    }

    /// Says what became of a statement.
    pub(super) fn mark(&mut self, start: usize, end: usize, fate: Fate) {
        match fate {
            Fate::Understood => self.loss.understood += 1,
            Fate::Visual => self.loss.visual += 1,
            Fate::Unknown => self.loss.unknown.push(Unread::at(self.source, self.span(start, end))),
        }
    }

    /// Tells a statement that was not understood. `meant` finds what was probably meant by its first word.
    pub(super) fn fault(
        &mut self,
        start: usize,
        end: usize,
        fault: Fault,
        meant: impl Fn(&str) -> Option<String>,
    ) {
        self.mark(start, end, Fate::Unknown);
        self.told += 1;
        if self.told > TOLD {
            return;
        }
        let text: &str = &self.source.text;
        let statement = text.get(start..end).unwrap_or_default();
        let (code, message, at) = match fault {
            Fault::Unclosed(at) => {
                ("mermaid/unclosed-text", "quotes or brackets are opened here and not closed".to_owned(), at)
            }
            Fault::Leftwards(at) => {
                let message =
                    "Mermaid has no arrow that points only to the left, so this statement is not read";
                ("mermaid/unknown-statement", message.to_owned(), at)
            }
            Fault::Unexpected(at) => {
                let seen: String = text.get(at..end).unwrap_or_default().chars().take(20).collect();
                let message = match seen.lines().next().map(str::trim).filter(|seen| !seen.is_empty()) {
                    Some(seen) => format!("`{seen}` is not expected here, so this statement is not read"),
                    None => "this statement ends too early, so it is not read".to_owned(),
                };
                ("mermaid/unknown-statement", message, at)
            }
        };
        let at = at.clamp(start, end);
        let mut told = Diagnostic::warning(code, message, self.span(at, end.max(at)));
        let word =
            statement.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or_default();
        if let Fault::Leftwards(_) = fault {
            let (left, right) = (&text[start..at], text[at..end].trim_start_matches(['<', '-', '=', '.']));
            told = told.help(format!("turn it round: {} --> {}", right.trim(), left.trim()));
        } else if let Some(meant) = meant(word) {
            told = told.help(format!("did you mean `{meant}`?"));
        } else if matches!(fault, Fault::Unclosed(_)) {
            told = told.help("put the words in double quotes, and write #quot; for a quote inside them");
        } else if statement.contains("->") && !statement.contains("-->") {
            told = told.help("a link has two dashes or more: -->");
        }
        self.diagnostics.push(told);
    }
}
