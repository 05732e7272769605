//! Planroom: a drawing in, a judged design document out.
//!
//! text of many formats ─readers▶ fragments ─assemble▶ Model ─infer▶ facts ─guidance▶ Assessment
//!                      ─scene, layout▶ Scenes ─document▶ Document ─writers▶ files

// -- the ground --
pub mod geometry;
pub mod source;
pub mod text;
// -- what comes in --
pub mod carriers;
pub mod diagnostic;
pub mod drawing;
pub mod readers;
pub mod wording;
// -- what we know --
pub mod assemble;
pub mod assessment;
pub mod catalog;
pub mod compare;
pub mod config;
pub mod diff;
pub mod guidance;
pub mod infer;
pub mod model;
// -- what goes out --
pub mod document;
pub mod layout;
pub mod scene;
pub mod writers;
// -- what happens --
pub mod cli;
pub mod pipeline;
pub mod publish;
