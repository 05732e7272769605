//! Fragments to the one model of a project: who is who, what holds what, and where drawings
//! disagree.
//!
//! 1. All sources come into one table, in the order of their paths.
//! 2. `identity` decides which drafts are one element, and which are instances of another.
//! 3. `alike` finds those that may be one, `technology` those that disagree in what they are made of.
//! 4. `tree` chooses canonical parents, `element` gives ids and gathers what drafts say.
//! 5. `relation` does the same for flows, `view` for diagrams.
//!
//! Architecture invariant: knows no format and no catalog; what words mean is `infer`'s.

mod alike;
mod compatible;
mod element;
mod identity;
mod name;
mod relation;
mod sheets;
mod sources;
mod technology;
mod tree;
mod view;

use crate::diagnostic::{Diagnostic, Loss};
use crate::model::Model;
use crate::readers::reader::Reading;
use crate::source::Sources;

/// A project's model and the account of its sources.
#[derive(Clone, Debug, Default)]
pub struct Assembled {
    /// All sources, in the order of their paths.
    pub sources: Sources,
    /// The model, before facts are inferred.
    pub model: Model,
    /// What was wrong in the sources, in the order of their paths; then what was wrong between them.
    pub diagnostics: Vec<Diagnostic>,
    /// What was not understood, over all sources.
    pub loss: Loss,
}

/// Makes one model of the readings of a project. The order of the readings does not matter.
pub fn assemble(readings: Vec<Reading>) -> Assembled {
    let (sources, readings) = sources::unite(readings);
    let mut assembled = Assembled { sources, ..Assembled::default() };
    let mut fragments = Vec::with_capacity(readings.len());
    for mut reading in readings {
        reading.fragment.calm();
        assembled.diagnostics.extend(reading.diagnostics);
        assembled.loss.add(&reading.loss);
        fragments.push(reading.fragment);
    }
    let units = sheets::units(&fragments);
    let mut known = identity::resolve(&fragments, &units, &assembled.sources);
    let tree = tree::grow(&fragments, &mut known, &assembled.sources);
    alike::find(&fragments, &mut known);
    let model = &mut assembled.model;
    let ids = element::gather(model, &fragments, &known, &tree, &assembled.sources);
    let whole = relation::Whole { fragments: &fragments, units: &units, known: &known, ids: &ids };
    let relations = relation::gather(model, &whole, &assembled.sources);
    view::gather(model, &whole, &relations, &assembled.sources);
    assembled.diagnostics.extend(known.diagnostics);
    assembled
}
