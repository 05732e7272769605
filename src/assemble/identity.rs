//! Which drafts of a project are one element.
//!
//! 1. Drafts that stand in no host, in source order, each compared with what is known so far.
//! 2. Drafts inside hosts: instances of what step 1 found, or elements of their own.
//!
//! Two drafts of one diagram are never one element: the author drew them apart.

use std::collections::{BTreeMap, BTreeSet};

use super::compatible::with_article;
use super::compatible::{Hold, Kinship, hold, kinship, may_be_instance, names_owner};
use super::name::{fold, is_generic};
use super::sheets::{Unit, Units};
use crate::diagnostic::Diagnostic;
use crate::model::{Draft, ElementKind, FactKey, FactValue, Fragment, LocalId, Origin};
use crate::source::{Place, Sources};

/// Index into [`Known::entities`].
pub(super) type EntityIndex = usize;

/// Elements of one name that a draft is compared with at most. Beyond, a draft is its own element:
/// nobody tells that many things of one name apart.
const CANDIDATES: usize = 64;

/// One element of the model to come.
pub(super) struct Entity {
    /// What it is drawn as; the first is the main one.
    pub(super) drafts: Vec<(usize, LocalId)>,
    /// What the drafts together make it.
    pub(super) kind: ElementKind,
    /// An id that an author gave it.
    pub(super) explicit_id: Option<String>,
    /// Elements that drafts are held by, each once, in source order.
    pub(super) parents: Vec<EntityIndex>,
    /// The element that it is an instance of.
    pub(super) instance_of: Option<EntityIndex>,
    /// Stands inside a host.
    pub(super) hosted: bool,
    /// A draft calls it the boundary of a system or of a part of one (C4's `System_Boundary`).
    bounds_owner: bool,
    /// A step of a process.
    step: bool,
    /// Why the first two drafts are one.
    pub(super) why: Option<&'static str>,
    /// Diagrams that draw it, sorted.
    pub(super) units: Vec<Unit>,
}

/// Two elements that may be one.
pub(super) struct NearMiss {
    pub(super) entity: EntityIndex,
    pub(super) other: EntityIndex,
    pub(super) why: &'static str,
}

/// A disagreement that is known before ids are.
pub(super) struct Dispute {
    pub(super) subject: EntityIndex,
    pub(super) text: String,
    pub(super) places: Vec<Place>,
}

/// Who is who.
#[derive(Default)]
pub(super) struct Known {
    /// Elements to be; those in no host first, each in source order.
    pub(super) entities: Vec<Entity>,
    /// The entity of each draft, by fragment.
    pub(super) of: Vec<Vec<EntityIndex>>,
    pub(super) near_misses: Vec<NearMiss>,
    pub(super) disputes: Vec<Dispute>,
    pub(super) diagnostics: Vec<Diagnostic>,
    by_explicit: BTreeMap<String, EntityIndex>,
    by_alias: BTreeMap<(usize, String), Vec<EntityIndex>>,
    by_name: BTreeMap<String, Vec<EntityIndex>>,
    by_place: BTreeMap<(String, EntityIndex), Vec<EntityIndex>>,
}

/// A draft on its way to its entity.
struct Candidate<'a> {
    fragments: &'a [Fragment],
    fragment: usize,
    local: LocalId,
    draft: &'a Draft,
    folded: String,
    parent: Option<EntityIndex>,
    units: &'a [Unit],
    sources: &'a Sources,
}

/// Finds the entity of every draft.
pub(super) fn resolve(fragments: &[Fragment], units: &Units, sources: &Sources) -> Known {
    let mut known = Known::default();
    let hosted: Vec<Vec<bool>> = fragments.iter().map(hosted).collect();
    known.of = fragments.iter().map(|fragment| vec![usize::MAX; fragment.drafts.len()]).collect();
    for later in [false, true] {
        for (at, fragment) in fragments.iter().enumerate() {
            for (index, draft) in fragment.drafts.iter().enumerate() {
                if hosted[at][index] != later {
                    continue;
                }
                let candidate = Candidate {
                    fragments,
                    fragment: at,
                    local: LocalId(index),
                    draft,
                    folded: fold(&draft.name),
                    parent: draft.parent.map(|parent| known.of[at][parent.0]),
                    units: &units.drafts[at][index],
                    sources,
                };
                let entity = if later { known.place_hosted(&candidate) } else { known.place(&candidate) };
                known.of[at][index] = entity;
            }
        }
    }
    known
}

/// Whether a reader found that the draft is a step of a process. An author's own word is none: it speaks of the
/// element in all drawings.
fn is_step(draft: &Draft) -> bool {
    let scope = draft.facts.get(FactKey::InScope);
    scope.is_some_and(|fact| fact.origin == Origin::Derived && fact.value == FactValue::word("no"))
}

/// Drafts that wait for step 2: instances by the author's word, what a host holds, and their parts.
fn hosted(fragment: &Fragment) -> Vec<bool> {
    let mut in_host = vec![false; fragment.drafts.len()];
    let mut hosted = vec![false; fragment.drafts.len()];
    for (at, draft) in fragment.drafts.iter().enumerate() {
        let parent = draft.parent.map(|parent| parent.0);
        in_host[at] = parent.is_some_and(|at| in_host[at] || fragment.drafts[at].kind == ElementKind::Host);
        hosted[at] = parent.is_some_and(|at| hosted[at])
            || draft.instance_of.is_some()
            || (in_host[at] && may_be_instance(draft.kind));
    }
    hosted
}

impl Known {
    fn place(&mut self, candidate: &Candidate<'_>) -> EntityIndex {
        if let Some(entity) = self.by_id(candidate) {
            return entity;
        }
        if let Some(entity) = self.by_alias(candidate) {
            return self.join(entity, candidate, "equal aliases in one file");
        }
        if let Some(entity) = self.beside(candidate) {
            return self.join(entity, candidate, "equal names in one parent");
        }
        match self.by_name(candidate, false) {
            Found::One(entity) => self.join(entity, candidate, "equal names"),
            Found::Nearly(other, why) => {
                let entity = self.add(candidate, false);
                self.near_misses.push(NearMiss { entity, other, why });
                entity
            }
            Found::Nothing => self.add(candidate, false),
        }
    }

    fn place_hosted(&mut self, candidate: &Candidate<'_>) -> EntityIndex {
        if let Some(entity) = self.by_id(candidate) {
            self.entities[entity].hosted = true;
            self.link_instance(entity, candidate);
            return entity;
        }
        if let Some(entity) = self.beside(candidate) {
            return self.join(entity, candidate, "equal names in one parent");
        }
        let logical = self.logical(candidate);
        if logical.is_none()
            && candidate.draft.instance_of.is_none()
            && let Found::One(entity) = self.by_name(candidate, true)
        {
            return self.join(entity, candidate, "equal names");
        }
        let entity = self.add(candidate, true);
        self.entities[entity].instance_of = logical;
        self.link_instance(entity, candidate);
        entity
    }

    /// The instance that the author names, when there is such an element.
    fn link_instance(&mut self, entity: EntityIndex, candidate: &Candidate<'_>) {
        let Some(wanted) = &candidate.draft.instance_of else { return };
        let named = self.by_explicit.get(wanted).copied().or_else(|| {
            let alias = self.by_alias.get(&(candidate.fragment, wanted.clone()));
            let name = self.by_name.get(&fold(wanted));
            let logical = |found: &&EntityIndex| !self.entities[**found].hosted && **found != entity;
            alias.into_iter().chain(name).flatten().take(CANDIDATES).find(logical).copied()
        });
        match named.filter(|named| *named != entity) {
            Some(named) => self.entities[entity].instance_of = Some(named),
            None => {
                let span = candidate.draft.origins.first().map(|place| place.span).unwrap_or_default();
                let message = format!(
                    "`{}` is said to be an instance of `{wanted}`, which nobody drew",
                    candidate.draft.name
                );
                self.diagnostics.push(Diagnostic::warning("assemble/unknown-instance", message, span));
            }
        }
    }

    fn by_id(&mut self, candidate: &Candidate<'_>) -> Option<EntityIndex> {
        let id = candidate.draft.explicit_id.as_ref()?;
        let entity = *self.by_explicit.get(id)?;
        if !matches!(kinship(self.entities[entity].kind, candidate.draft.kind), Kinship::One(_)) {
            self.dispute(entity, candidate);
        }
        Some(self.join(entity, candidate, "equal ids"))
    }

    /// One name and one alias in two diagrams of one file.
    fn by_alias(&self, candidate: &Candidate<'_>) -> Option<EntityIndex> {
        let alias = candidate.draft.alias.as_ref()?;
        let found = self.by_alias.get(&(candidate.fragment, alias.clone()))?;
        found.iter().copied().take(CANDIDATES).find(|entity| {
            self.same_name(*entity, candidate)
                && self.is_free(*entity, candidate)
                && self.fits(*entity, candidate)
        })
    }

    /// One name in one and the same parent.
    fn beside(&self, candidate: &Candidate<'_>) -> Option<EntityIndex> {
        let found = self.by_place.get(&(candidate.folded.clone(), candidate.parent?))?;
        let free = |entity: &EntityIndex| self.is_free(*entity, candidate) && self.fits(*entity, candidate);
        found.iter().copied().take(CANDIDATES).find(free)
    }

    /// The one element, inside a host or not, that the name fits; of several, none.
    fn by_name(&mut self, candidate: &Candidate<'_>, hosted: bool) -> Found {
        let Some(found) = self.by_name.get(&candidate.folded) else { return Found::Nothing };
        let mut one = None;
        let mut near = None;
        let mut dispute = None;
        for entity in found.iter().copied().take(CANDIDATES) {
            if self.entities[entity].hosted != hosted || !self.is_free(entity, candidate) {
                continue;
            }
            let generic = is_generic(&candidate.folded);
            let why = if !self.parents_agree(entity, candidate.parent) {
                if generic {
                    continue;
                }
                "equal names in different parents"
            } else if generic {
                "equal names, but generic ones"
            } else {
                match kinship(self.entities[entity].kind, candidate.draft.kind) {
                    Kinship::One(_) if one.is_none() => {
                        one = Some(entity);
                        continue;
                    }
                    Kinship::One(_) => return Found::Nearly(entity, "equal names of several elements"),
                    Kinship::Contradiction => {
                        dispute = dispute.or(Some(entity));
                        "equal names of different kinds"
                    }
                    Kinship::Apart => continue,
                }
            };
            near = near.or(Some(Found::Nearly(entity, why)));
        }
        if let Some(entity) = one {
            return Found::One(entity);
        }
        if let Some(entity) = dispute {
            self.dispute(entity, candidate);
        }
        near.unwrap_or(Found::Nothing)
    }

    /// The logical element that something inside a host is an instance of, by its name; of several,
    /// none. A generic name needs equal technologies beside it.
    fn logical(&self, candidate: &Candidate<'_>) -> Option<EntityIndex> {
        if !may_be_instance(candidate.draft.kind) {
            return None;
        }
        let generic = is_generic(&candidate.folded);
        let fits = |entity: &EntityIndex| {
            let known = &self.entities[*entity];
            // Who gives both an id says `instance-of` when it is one.
            let told_apart = known.explicit_id.is_some() && candidate.draft.explicit_id.is_some();
            let logical =
                !told_apart && !known.hosted && may_be_instance(known.kind) && self.fits(*entity, candidate);
            logical && (!generic || self.same_technologies(*entity, candidate))
        };
        let mut fitting = self.by_name.get(&candidate.folded)?.iter().copied().take(CANDIDATES).filter(fits);
        fitting.next().filter(|_| fitting.next().is_none())
    }

    /// What one of them names, the other one names as well.
    fn same_technologies(&self, entity: EntityIndex, candidate: &Candidate<'_>) -> bool {
        let words = |draft: &Draft| -> BTreeSet<String> {
            draft.technologies.iter().map(|technology| fold(&technology.written)).collect()
        };
        let wanted = words(candidate.draft);
        let drafts = self.entities[entity].drafts.iter().take(CANDIDATES);
        drafts.map(|(fragment, local)| words(&candidate.fragments[*fragment].drafts[local.0])).any(|known| {
            let (few, many) = if known.len() < wanted.len() { (&known, &wanted) } else { (&wanted, &known) };
            !few.is_empty() && few.is_subset(many)
        })
    }

    fn same_name(&self, entity: EntityIndex, candidate: &Candidate<'_>) -> bool {
        self.by_name
            .get(&candidate.folded)
            .is_some_and(|named| named.iter().take(CANDIDATES).any(|known| *known == entity))
    }

    /// No draft of the entity stands in the same diagram, their authors do not tell them apart, and they are
    /// both parts of what is built or both steps of a process.
    fn is_free(&self, entity: EntityIndex, candidate: &Candidate<'_>) -> bool {
        let known = &self.entities[entity];
        let apart = known.explicit_id.is_some() && candidate.draft.explicit_id.is_some();
        !apart
            && known.step == is_step(candidate.draft)
            && !candidate.units.iter().any(|unit| known.units.binary_search(unit).is_ok())
    }

    fn fits(&self, entity: EntityIndex, candidate: &Candidate<'_>) -> bool {
        matches!(kinship(self.entities[entity].kind, candidate.draft.kind), Kinship::One(_))
    }

    /// What the hold of an entity on its children means.
    pub(super) fn hold(&self, entity: EntityIndex) -> Hold {
        let known = &self.entities[entity];
        match hold(known.kind) {
            Hold::Groups if known.bounds_owner => Hold::Owns,
            meaning => meaning,
        }
    }

    /// Whether something in `parent` may be the entity: there is no other owner, zone or host.
    fn parents_agree(&self, entity: EntityIndex, parent: Option<EntityIndex>) -> bool {
        let Some(parent) = parent else { return true };
        let meaning = self.hold(parent);
        self.entities[entity].parents.iter().all(|other| {
            meaning == Hold::Groups
                || self.hold(*other) != meaning
                || self.holds(*other, parent)
                || self.holds(parent, *other)
        })
    }

    /// Whether one is the other or holds it, by the first parents.
    pub(super) fn holds(&self, outer: EntityIndex, inner: EntityIndex) -> bool {
        let mut next = Some(inner);
        for _ in 0..CANDIDATES {
            match next {
                Some(at) if at == outer => return true,
                Some(at) => next = self.entities[at].parents.first().copied(),
                None => return false,
            }
        }
        false
    }

    fn add(&mut self, candidate: &Candidate<'_>, hosted: bool) -> EntityIndex {
        let entity = self.entities.len();
        self.entities.push(Entity {
            drafts: Vec::new(),
            kind: candidate.draft.kind,
            explicit_id: None,
            parents: Vec::new(),
            instance_of: None,
            hosted,
            bounds_owner: false,
            step: is_step(candidate.draft),
            why: None,
            units: Vec::new(),
        });
        self.by_name.entry(candidate.folded.clone()).or_default().push(entity);
        if let Some(alias) = &candidate.draft.alias {
            self.by_alias.entry((candidate.fragment, alias.clone())).or_default().push(entity);
        }
        self.take(entity, candidate);
        entity
    }

    fn join(&mut self, entity: EntityIndex, candidate: &Candidate<'_>, why: &'static str) -> EntityIndex {
        if let Kinship::One(kind) = kinship(self.entities[entity].kind, candidate.draft.kind) {
            self.entities[entity].kind = kind;
        }
        self.entities[entity].why.get_or_insert(why);
        self.take(entity, candidate);
        entity
    }

    /// Puts a draft into its entity and under its names.
    fn take(&mut self, entity: EntityIndex, candidate: &Candidate<'_>) {
        let known = &mut self.entities[entity];
        known.drafts.push((candidate.fragment, candidate.local));
        known.bounds_owner |= candidate.draft.stereotypes.iter().any(|word| names_owner(word));
        for unit in candidate.units {
            if let Err(at) = known.units.binary_search(unit) {
                known.units.insert(at, *unit);
            }
        }
        if let Some(id) = &candidate.draft.explicit_id {
            known.explicit_id.get_or_insert_with(|| id.clone());
            self.by_explicit.entry(id.clone()).or_insert(entity);
        }
        if let Some(parent) = candidate.parent.filter(|parent| *parent != entity) {
            if !known.parents.contains(&parent) {
                known.parents.push(parent);
            }
            let siblings = self.by_place.entry((candidate.folded.clone(), parent)).or_default();
            if !siblings.iter().rev().take(CANDIDATES).any(|sibling| *sibling == entity) {
                siblings.push(entity);
            }
        }
    }

    fn dispute(&mut self, entity: EntityIndex, candidate: &Candidate<'_>) {
        let known = &self.entities[entity];
        let origin = |draft: &Draft| draft.origins.first().copied().unwrap_or_default();
        let first = known.drafts.first();
        let first = first.map(|(fragment, local)| &candidate.fragments[*fragment].drafts[local.0]);
        let (there, here) = (first.map(origin).unwrap_or_default(), origin(candidate.draft));
        let text = format!(
            "`{}` is {} in {} and {} in {}",
            candidate.draft.name,
            with_article(known.kind),
            candidate.sources.locate(there.span),
            with_article(candidate.draft.kind),
            candidate.sources.locate(here.span),
        );
        self.disputes.push(Dispute { subject: entity, text, places: vec![there, here] });
    }
}

enum Found {
    One(EntityIndex),
    Nearly(EntityIndex, &'static str),
    Nothing,
}
