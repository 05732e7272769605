//! Running text with the few kinds of emphasis that every format can spell.

use super::words::separators;
use crate::scene::BadgeForm;

/// One run of text.
#[derive(Clone, Debug, PartialEq)]
pub enum Inline {
    /// Plain text.
    Text(String),
    /// Text that leads a line or must not be overlooked.
    Strong(String),
    /// Said with less weight: `not stated`, an origin, a remark.
    Quiet(String),
    /// A name that machines read: ids, file names, keys.
    Code(String),
    /// A link.
    Link {
        /// What is read.
        text: String,
        /// Where it leads.
        to: Target,
    },
    /// The number of a finding or question.
    Mark(Mark),
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// An anchor of the same document, without `#`.
    Anchor(String),
    /// A file beside the document.
    File(String),
    /// A page of the web; only `http` and `https` addresses are ever made links.
    Web(String),
}

/// The number of a finding or question; it leads to its card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// `G1`, `Q2`; also the anchor of the card.
    pub number: String,
    /// Its form: the severity, or a question's ring.
    pub form: BadgeForm,
}

/// Running text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Prose(pub Vec<Inline>);

impl Prose {
    /// No text yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Plain text alone.
    pub fn plain(text: impl Into<String>) -> Self {
        Self::new().text(text)
    }

    /// Quiet text alone.
    pub fn quiet(text: impl Into<String>) -> Self {
        Self(vec![Inline::Quiet(text.into())])
    }

    /// Code alone.
    pub fn code(text: impl Into<String>) -> Self {
        Self(vec![Inline::Code(text.into())])
    }

    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds one run; empty text adds nothing.
    #[must_use]
    pub fn run(mut self, run: Inline) -> Self {
        self.push(run);
        self
    }

    /// Adds plain text.
    #[must_use]
    pub fn text(self, text: impl Into<String>) -> Self {
        self.run(Inline::Text(text.into()))
    }

    /// Adds strong text.
    #[must_use]
    pub fn strong(self, text: impl Into<String>) -> Self {
        self.run(Inline::Strong(text.into()))
    }

    /// Adds quiet text.
    #[must_use]
    pub fn hush(self, text: impl Into<String>) -> Self {
        self.run(Inline::Quiet(text.into()))
    }

    /// Adds the runs of other text.
    #[must_use]
    pub fn then(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// Adds one run in place; empty text adds nothing.
    pub fn push(&mut self, run: Inline) {
        let empty = match &run {
            Inline::Text(text) | Inline::Strong(text) | Inline::Quiet(text) | Inline::Code(text) => {
                text.is_empty()
            }
            Inline::Link { text, .. } => text.is_empty(),
            Inline::Mark(_) => false,
        };
        if !empty {
            self.0.push(run);
        }
    }

    /// Texts with a separator between them.
    pub fn joined(parts: impl IntoIterator<Item = Self>, separator: &str) -> Self {
        let mut joined = Self::new();
        for part in parts.into_iter().filter(|part| !part.is_empty()) {
            if !joined.is_empty() {
                joined.push(Inline::Text(separator.to_owned()));
            }
            joined.0.extend(part.0);
        }
        joined
    }

    /// Texts as a list in a sentence: `a, b and c`.
    pub fn listed(parts: Vec<Self>) -> Self {
        let words: Vec<String> = parts.iter().map(Self::words).collect();
        let (comma, and) = separators(&words);
        let last = parts.len().saturating_sub(1);
        let mut listed = Self::new();
        for (at, part) in parts.into_iter().enumerate() {
            if at > 0 {
                listed.push(Inline::Text(if at == last { and } else { comma }.to_owned()));
            }
            listed.0.extend(part.0);
        }
        listed
    }

    /// The words alone.
    pub fn words(&self) -> String {
        self.0
            .iter()
            .map(|run| match run {
                Inline::Text(text) | Inline::Strong(text) | Inline::Quiet(text) | Inline::Code(text) => {
                    text.as_str()
                }
                Inline::Link { text, .. } => text,
                Inline::Mark(mark) => &mark.number,
            })
            .collect()
    }
}
