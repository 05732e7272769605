//! What drawings without a grammar mean: the one place that infers from where things stand.
//!
//! A reader of a drawing tool hands over [`Page`]s.

mod page;

pub use page::{
    End, Head, Layer, Line, LineLabel, Notation, Outline, Page, Role, Shape, Side, TextLine, TextSpot,
    Vertical,
};
