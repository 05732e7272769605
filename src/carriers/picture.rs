//! What a picture is, and what it may carry.

use super::language::Language;
use crate::readers::reader::Format;

/// A kind of picture that tools export with the text that it was drawn from.
pub trait Picture: Sync {
    /// Name, file extensions, home page: what `planroom formats` prints.
    fn format(&self) -> &'static Format;

    /// The text inside, at most `limit` bytes of it; `None` when the picture carries none.
    ///
    /// # Errors
    /// When the picture is damaged, or carries more.
    fn source(&self, bytes: &[u8], limit: u64) -> Result<Option<Embedded>, Damage>;
}

/// The text that a picture was drawn from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Embedded {
    /// What it is written in.
    pub language: &'static Language,
    /// The text.
    pub text: String,
}

/// Why the text of a picture cannot be had, with the place in the picture.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {what}")]
pub struct Damage {
    /// ``chunk `zTXt` at byte 41``, `line 1`.
    pub place: String,
    /// What was seen and what was expected.
    pub what: String,
}
