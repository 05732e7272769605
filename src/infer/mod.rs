//! Model and catalog to facts.
//!
//! In: the model as the sources write it. Out: the same model with technologies, protocols, ports,
//! zones, roles, paths through firewalls and facts filled in, each derived or inferred one with its
//! reasons. Pure; knows no format and no rule.
//!
//! 1. `technologies`: what boxes are made of, and kinds that nobody said.
//! 2. `zones`: which boundaries have a trust meaning.
//! 3. `relations`: what the words on lines say.

mod label;
mod relations;
mod technologies;
mod zones;

use crate::catalog::Catalog;
use crate::diagnostic::Diagnostic;
use crate::model::Model;

/// Fills the model with what follows from what is written.
pub fn infer(model: &mut Model, catalog: &'static Catalog) -> Vec<Diagnostic> {
    technologies::fill(model, catalog);
    zones::fill(model, catalog);
    relations::fill(model, catalog);
    Vec::new()
}
