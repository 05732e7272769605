//! The one integration binary.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![allow(clippy::disallowed_methods, reason = "tests read and write files of their own")]

mod annotate;
mod answers;
mod architecture;
mod architectures;
mod assemble;
mod bad_input;
mod c4_macros;
mod carriers;
mod cli;
mod compare;
mod config;
mod corpus;
mod diff;
mod document;
mod drawing;
mod drawio;
mod drawio_labels;
mod dump;
mod guidance;
mod infer;
mod json;
mod kept;
mod labeled;
mod layout;
mod mermaid;
mod mermaid_rules;
mod model_document;
mod model_file;
mod pack_extends;
mod pack_reference;
mod pack_tests;
mod packs;
mod plantuml;
mod plantuml_rules;
mod samples;
mod scene;
mod threagile;
