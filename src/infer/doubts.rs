//! Drawings of one element in different technologies: a contradiction when both are products of which only one keeps
//! the data.

use crate::catalog::{Catalog, Setting};
use crate::model::{Conflict, ElementKind, Model};

/// Moves the doubts that are contradictions to the conflicts of the model, and drops the others.
pub(super) fn settle(model: &mut Model, catalog: &Catalog) {
    for doubt in std::mem::take(&mut model.doubts) {
        let [one, two] = doubt.written.each_ref().map(|written| store(written, catalog));
        if let (Some(one), Some(two)) = (one, two)
            && one != two
        {
            model.conflicts.push(Conflict {
                subject: doubt.element.to_string(),
                text: doubt.text,
                places: doubt.places,
            });
        }
    }
}

/// The one product that keeps data or messages, when the words name one.
fn store<'c>(written: &[String], catalog: &'c Catalog) -> Option<&'c str> {
    let mut found = written
        .iter()
        .flat_map(|text| catalog.technologies_in(text, Setting::Technology))
        .map(|found| found.technology)
        .filter(|known| !known.generic && matches!(known.kind, ElementKind::Datastore | ElementKind::Queue))
        .map(|known| known.id);
    let first = found.next()?;
    found.all(|other| other == first).then_some(first)
}
