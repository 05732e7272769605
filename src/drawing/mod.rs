//! What drawings without a grammar mean: the one place that infers from where things stand.
//!
//! A reader of a drawing tool hands over [`Page`]s; [`read`] gives elements, flows and notes back, each inference with
//! its reason. `docs/formats/drawings.md` states the rules and their tolerances.
//!
//! Architecture invariant: no format is known here, and no word is understood beyond what `wording` says of labels.

mod elements;
mod ends;
mod flows;
mod furniture;
mod index;
mod joints;
mod kind;
mod meaning;
mod measure;
mod nest;
mod page;
mod parts;
mod plan;
mod sort;
mod words;

pub use meaning::{Meaning, read};
pub use page::{
    End, Head, Layer, Line, LineLabel, Notation, Outline, Page, Role, Shape, Side, TextLine, TextSpot,
    Vertical,
};
pub use plan::quoted;
