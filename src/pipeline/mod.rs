//! The one place that knows the order of the steps: one function a command.
//!
//! 1. `gather` finds the projects below the paths and reads their sources, in parallel.
//! 2. `packet` takes one project from its readings to everything that a writer needs.
//! 3. `commands` answers each command with values; nothing is printed and nothing written here.

mod annotation;
pub mod answers;
mod baseline;
mod commands;
mod comparison;
mod difference;
mod gather;
mod includes;
mod initial;
mod pack_files;
mod pack_test;
mod packet;
mod reference;
mod report;
mod sidecar;

pub use annotation::{Annotated, NotAnnotated, annotate, drawing_text, without_annotation};
pub use baseline::{Baseline, BaselineError, Review, baseline, reviews};
pub use commands::{
    Account, Drawn, NotDrawn, draw, explain, findings_csv, findings_json, findings_junit, findings_sarif,
    findings_xlsx, formats, formats_json, initial_sidecar, layout_graph, packets, questions_sheet,
    read_account, rules, rules_json, schema, schemas, severities, write,
};
pub use comparison::{compare, comparison_csv, comparison_json, comparison_text};
pub use difference::{Difference, diff_json, diff_markdown, diff_text, difference};
pub use gather::{Gathered, Project, Refusal, Twin, drawn, gather, twins_line};
pub use pack_files::{
    Limits, NamedPacks, PACK_LIMIT, PackFiles, TestFiles, named_packs, pack_files, test_files,
};
pub use pack_test::{ExampleFault, PackTest, test_packs};
pub use packet::{Problem, Settings, packet};
pub use reference::{References, references};
pub use report::{has_finding_at, questions_text, report, rules_text, summary};

pub use crate::assessment::{RuleCard, Who};
pub use crate::compare::{Comparison, Kind};
pub use crate::scene::Arrangement;
pub use crate::writers::writer::Packet;
