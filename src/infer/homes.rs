//! The innermost zone of every element, found once for a model.

use std::collections::BTreeMap;

use crate::model::{Element, ElementId, Model};

/// The innermost zone of every element, as an index into the model's zones.
pub(super) struct Homes(BTreeMap<ElementId, usize>);

impl Homes {
    /// The homes of a model: in the canonical tree, and else in the nesting of some view.
    pub(super) fn of(model: &Model) -> Self {
        let zones: BTreeMap<&ElementId, usize> =
            model.zones.iter().enumerate().map(|(at, zone)| (&zone.element, at)).collect();
        let own = |id: &ElementId| model.ancestors(id).find_map(|element| zones.get(&element.id).copied());
        let home = |element: &Element| {
            own(&element.id)
                .or_else(|| model.ancestors(&element.id).flat_map(|holder| &holder.also_in).find_map(own))
        };
        Self(
            model
                .elements
                .values()
                .filter_map(|element| Some((element.id.clone(), home(element)?)))
                .collect(),
        )
    }

    /// The zone that holds an element, or is it.
    pub(super) fn get(&self, id: &ElementId) -> Option<usize> {
        self.0.get(id).copied()
    }
}
