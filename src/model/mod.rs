//! The canonical model: what is known of an architecture, each part with its place.
//!
//! Values only; no behavior but invariants. `docs/model.md` is its written specification.
//! A [`Fragment`] is what one reader found, with names that are local to its file; `assemble`
//! makes the one [`Model`] of a project from the fragments.

mod element;
mod fact;
mod facts;
mod fragment;
mod id;
mod look;
mod relation;
mod view;
mod word;
mod zone;

use std::collections::BTreeMap;

use indexmap::IndexMap;

pub use element::{Element, ElementKind, Technology};
pub use fact::{FactKey, FactType, Origin, Subject, TIME_UNITS, YES_NO, is_duration};
pub use facts::{Declaration, Fact, FactValue, Facts};
pub use fragment::{
    DataDraft, Draft, Flow, Fragment, IdentityDraft, LocalId, Sheet, SheetNode, SheetNote, SheetRoute,
};
pub use id::{ElementId, RelationId, ViewId, relation_id, short_slug, slug, technology_words};
pub use look::{Align, Caption, Course, Form, LabelSpot, Look, PlainFrame, Tint};
pub use relation::{DataDirection, Heads, Initiator, Phase, Port, Protocol, Relation, Transport};
pub use view::{Direction, View, ViewKind, ViewNode, ViewNote, ViewRoute};
pub use zone::{Separation, Zone, ZoneKind};

use crate::source::Place;

/// Version of the model's JSON form; raised when a field changes its meaning or goes.
pub const SCHEMA_VERSION: u32 = 1;

/// One architecture. Elements and relations keep the order of their first appearance.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Model {
    /// The project's title, from the sidecar or the main view.
    pub title: String,
    /// Elements by id; parents stand before their children.
    pub elements: IndexMap<ElementId, Element>,
    /// Relations by id.
    pub relations: IndexMap<RelationId, Relation>,
    /// Diagrams, in the order of their sources.
    pub views: Vec<View>,
    /// Trust meaning of the elements of kind zone; filled by `infer`.
    pub zones: Vec<Zone>,
    /// Facts about the model as a whole.
    pub facts: Facts,
    /// Data assets: what is kept and carried.
    pub data_assets: Vec<DataAsset>,
    /// Accounts and groups.
    pub identities: Vec<Identity>,
    /// Document properties: owner, status, classification, ... as written in the sidecar.
    pub document: BTreeMap<String, String>,
    /// What was merged, and what nearly was.
    pub merges: Vec<Merge>,
    /// Statements of several sources that do not agree.
    pub conflicts: Vec<Conflict>,
    /// Elements whose drawings name different technologies; `infer` knows which of them are conflicts, and leaves none.
    pub doubts: Vec<TechnologyDoubt>,
}

impl Model {
    /// The element of an id.
    pub fn element(&self, id: &ElementId) -> Option<&Element> {
        self.elements.get(id)
    }

    /// The element and everything that holds it, from the inside out. Ends on a cycle.
    pub fn ancestors<'a>(&'a self, id: &'a ElementId) -> impl Iterator<Item = &'a Element> {
        let mut next = self.elements.get(id);
        let mut left = self.elements.len();
        std::iter::from_fn(move || {
            let element = next?;
            left = left.checked_sub(1)?;
            next = element.parent.as_ref().and_then(|parent| self.elements.get(parent));
            Some(element)
        })
    }

    /// The innermost zone that holds the element (or is it), in the canonical tree and else in
    /// the nesting of some view; `None` when no zone does.
    pub fn zone_of(&self, id: &ElementId) -> Option<&Zone> {
        let own = |id| self.ancestors(id).find_map(|element| self.zone_at(&element.id));
        own(id).or_else(|| {
            let drawn = self.ancestors(id).flat_map(|element| &element.also_in);
            drawn.into_iter().find_map(own)
        })
    }

    fn zone_at(&self, id: &ElementId) -> Option<&Zone> {
        self.zones.iter().find(|zone| zone.element == *id)
    }

    /// The relations that rules judge: joined paths instead of their pieces.
    pub fn flows(&self) -> impl Iterator<Item = &Relation> {
        let pieces: std::collections::BTreeSet<&RelationId> =
            self.relations.values().flat_map(|relation| &relation.pieces).collect();
        self.relations.values().filter(move |relation| !pieces.contains(&relation.id))
    }
}

/// Something that is kept or carried.
#[derive(Clone, Debug, PartialEq)]
pub struct DataAsset {
    /// Its name.
    pub name: String,
    /// What is known of it.
    pub facts: Facts,
    /// Elements that keep it.
    pub kept_by: Vec<ElementId>,
    /// Relations that carry it.
    pub carried_by: Vec<RelationId>,
    /// Where it is written.
    pub origins: Vec<Place>,
}

/// An account or group.
#[derive(Clone, Debug, PartialEq)]
pub struct Identity {
    /// Its name.
    pub name: String,
    /// What it is for, as stated.
    pub purpose: Option<String>,
    /// Elements that run as it.
    pub used_by: Vec<ElementId>,
    /// Where it is written.
    pub origins: Vec<Place>,
}

/// Drawings of one thing that became one element, or nearly did.
#[derive(Clone, Debug, PartialEq)]
pub struct Merge {
    /// The element that was kept.
    pub element: ElementId,
    /// The other one, when the two were not merged.
    pub near_miss: Option<ElementId>,
    /// Why: `equal names`, `equal ids`, `generic name`, ...
    pub why: String,
    /// Where the parts are written.
    pub places: Vec<Place>,
}

impl Merge {
    /// Two elements that were not merged, and that are not only two of a kind.
    pub fn is_doubtful(&self) -> bool {
        self.near_miss.is_some() && !self.why.contains("generic") && !self.why.contains("kinds")
    }
}

/// Two drawings of one element that name different technologies.
#[derive(Clone, Debug, PartialEq)]
pub struct TechnologyDoubt {
    /// The element.
    pub element: ElementId,
    /// What each of them names.
    pub written: [Vec<String>; 2],
    /// Both statements in one sentence.
    pub text: String,
    /// Where they stand.
    pub places: Vec<Place>,
}

/// Two statements that do not agree.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// What they are about.
    pub subject: String,
    /// Both statements in one sentence.
    pub text: String,
    /// Where they stand.
    pub places: Vec<Place>,
}
