//! Widths of text in the bundled font, and line breaking.
//!
//! A string, a size and a weight in; pixels and lines out. Architecture invariant: knows no
//! installed font and no markup, so that the same text has the same width on every machine.

mod advances;
mod metrics;
mod wrap;

pub use metrics::{Weight, width};
pub use wrap::{shorten, wrap};
