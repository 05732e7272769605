//! The draw.io reader (diagrams.net): `.drawio` and `.xml` files, and the text that the tool embeds in its exports.
//!
//! 1. `pages` finds the pages and reads each alone; `parser` turns its XML into the cells of `syntax`;
//! 2. `tree` says which cell holds which and where it is; `lower` and `lines` make the shapes and lines of a
//!    [`Page`](crate::drawing::Page) from them, with the help of `style`, `label`, `html`, `outline`, `stencil` and `c4`;
//! 3. what shapes and lines mean is said by [`drawing`](crate::drawing), which knows no tool.

mod c4;
mod entity;
mod html;
mod label;
mod lines;
mod lower;
mod outline;
mod pages;
mod parser;
mod parts;
mod stencil;
mod style;
mod syntax;
mod tree;
mod turn;

pub use pages::{Drawing, pages};
