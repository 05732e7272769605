//! What became of a statement of a text.

/// What became of a statement; later wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fate {
    /// It was left out by a condition, or says only how the drawing looks.
    Visual,
    /// It reached the model.
    Understood,
    /// It was not understood.
    Unknown,
}
