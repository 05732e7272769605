//! Diagrams on their way to the model, whatever language they are written in.
//!
//! A reader puts what its statements say into a `Builder`, one a diagram; `Gathered` makes the fragment of them.

mod builder;
mod gather;

pub(super) use builder::{Base, Builder, DEEPEST, Node};
pub(super) use gather::{Frame, Gathered};
