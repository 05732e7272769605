//! Drawings of one element that name different technologies; whether they exclude each other is for the catalog.

use std::collections::BTreeSet;

use super::identity::{EntityIndex, Known};
use super::name::fold;
use crate::model::{Draft, ElementId, Fragment, TechnologyDoubt};
use crate::source::Sources;

/// Drawings of one element that are compared at most.
const CANDIDATES: usize = 64;

/// The first two drawings of an element that name technologies and share none.
pub(super) fn doubt(
    fragments: &[Fragment],
    known: &Known,
    entity: EntityIndex,
    id: &ElementId,
    sources: &Sources,
) -> Option<TechnologyDoubt> {
    let drafts = known.entities[entity].drafts.iter().take(CANDIDATES);
    let mut named = drafts
        .map(|(fragment, local)| &fragments[*fragment].drafts[local.0])
        .filter(|draft| !draft.technologies.is_empty());
    let first = named.next()?;
    let other = named.find(|other| words(first).is_disjoint(&words(other)))?;
    let place = |draft: &Draft| draft.origins.first().copied().unwrap_or_default();
    let (there, here) = (place(first), place(other));
    let written = |draft: &Draft| draft.technologies.iter().map(|it| it.written.clone()).collect::<Vec<_>>();
    let (one, two) = (written(first), written(other));
    let text = format!(
        "`{}` is {} in {} and {} in {}",
        first.name,
        one.join(", "),
        sources.locate(there.span),
        two.join(", "),
        sources.locate(here.span),
    );
    Some(TechnologyDoubt { element: id.clone(), written: [one, two], text, places: vec![there, here] })
}

fn words(draft: &Draft) -> BTreeSet<String> {
    draft.technologies.iter().map(|technology| fold(&technology.written)).collect()
}
