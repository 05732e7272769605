//! Places in sources.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Index of a source in its table of [`Sources`](super::Sources).
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
pub struct FileId(pub u32);

/// Half-open byte range in the decoded text of one source.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
pub struct Span {
    /// The source.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte; never before `start`.
    pub end: u32,
}

impl Span {
    /// A span from its parts. Offsets beyond 4 GiB cannot occur: sources are bounded.
    pub fn new(file: FileId, start: usize, end: usize) -> Self {
        let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self { file, start: clamp(start), end: clamp(end.max(start)) }
    }
}

/// Where a part of the model was written: its own span, and that of the call
/// when the text came out of a macro or an include.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
pub struct Place {
    /// Where the text stands.
    pub span: Span,
    /// The macro call or include line that brought the text in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub call: Option<Span>,
}

impl Place {
    /// Moves both spans, to another table of sources or to the file that the text was taken from.
    pub fn relocate(&mut self, map: &dyn Fn(Span) -> Span) {
        self.span = map(self.span);
        self.call = self.call.map(map);
    }
}

impl From<Span> for Place {
    fn from(span: Span) -> Self {
        Self { span, call: None }
    }
}
