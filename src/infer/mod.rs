//! Model and catalog to facts.
//!
//! In: the model as the sources write it. Out: the same model with technologies, protocols, ports,
//! zones, roles, paths through firewalls and facts filled in, each derived or inferred one with its
//! reasons. Pure; knows no format and no rule. Silence stays silence: what nothing speaks for gets
//! no fact.
//!
//! 1. `technologies`, `notes`: what boxes are made of, and kinds that nobody said.
//! 2. `zones`: which boundaries have a trust meaning.
//! 3. `relations`, `via`, `label`: what the words on lines say; `alternatives` groups them.
//! 4. `paths`: flows drawn in pieces, joined.
//! 5. `roles`, `elements`, `remarks`, `copies`, `regions`, `borders`: what words, technologies and places say of elements.

mod alternatives;
mod borders;
mod copies;
mod declare;
mod doubts;
mod elements;
mod homes;
mod label;
mod names;
mod notes;
mod paths;
mod redact;
mod regions;
mod relations;
mod remarks;
mod roles;
mod technologies;
mod values;
mod via;
mod words;
mod zones;

use crate::catalog::Catalog;
use crate::diagnostic::Diagnostic;
use crate::model::Model;

pub use declare::{Declared, declare, named, value_of_node};
pub use redact::redact;
pub use values::of_text as value_of;

/// Declares and infers in one: declared facts come first, so that all else follows from them, and once
/// more at the end, for paths that only joining makes. The pipeline calls this.
pub fn fill(model: &mut Model, catalog: &'static Catalog, declared: &[Declared]) -> Vec<Diagnostic> {
    // What is wrong with them is told by the second round, which sees every subject.
    let _ = declare(model, declared);
    let mut diagnostics = infer(model, catalog);
    diagnostics.extend(declare(model, declared));
    relations::settle(model, catalog);
    diagnostics
}

/// Fills the model with what follows from what is written.
pub fn infer(model: &mut Model, catalog: &'static Catalog) -> Vec<Diagnostic> {
    technologies::fill(model, catalog);
    doubts::settle(model, catalog);
    notes::technologies(model, catalog);
    zones::fill(model, catalog);
    relations::fill(model, catalog);
    notes::statements(model, catalog);
    alternatives::group(model, catalog);
    paths::join(model, catalog);
    roles::fill(model, catalog);
    elements::fill(model, catalog);
    remarks::fill(model);
    copies::fill(model);
    regions::fill(model);
    alternatives::ends(model, catalog);
    borders::fill(model);
    Vec::new()
}
