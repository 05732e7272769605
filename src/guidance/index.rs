//! The model with numbers in place of ids: neighbors, holders, zones, completeness.
//!
//! Built once for each assessment; everything that rules ask often is looked up, not searched.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, OnceLock};

use super::catalog_words;
use super::graph::{Column, GRAPH_FACTS};
use super::predicate::Predicate;
use crate::assessment::Truth;
use crate::catalog::Catalog;
use crate::model::{
    Element, ElementId, ElementKind, FactKey, FactValue, Model, Origin, Relation, RelationId, View, ViewKind,
    Zone, ZoneKind,
};

/// Parts of what was decided once.
const PARTS: usize = 64;

/// Which facts count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Floor {
    /// Of at least derived origin.
    Firm,
    /// All.
    Any,
}

impl Floor {
    pub(super) fn admits(self, origin: Origin) -> bool {
        match self {
            Self::Firm => origin >= Origin::Derived,
            Self::Any => true,
        }
    }
}

/// What a predicate looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum At {
    Element(u32),
    /// Index into [`Index::flows`].
    Relation(u32),
    View(u32),
    Model,
}

/// An element and what surrounds it.
#[derive(Debug)]
pub(super) struct Spot<'a> {
    pub(super) element: &'a Element,
    /// What holds it, from the inside out; the canonical tree first, then nestings of views.
    pub(super) holders: Vec<u32>,
    /// What it holds directly.
    pub(super) children: Vec<u32>,
    /// Its logical element, when that is in the model.
    pub(super) logical: Option<u32>,
    pub(super) instances: Vec<u32>,
    /// Innermost zone that holds it, or itself.
    pub(super) zone: Option<u32>,
    /// Flows that it answers, and that it opens, as drawn: indices into [`Index::flows`].
    pub(super) incoming: Vec<u32>,
    pub(super) outgoing: Vec<u32>,
    /// Some view that shows it is declared complete.
    pub(super) complete: bool,
    /// Finest view that shows it.
    pub(super) grain: Grain,
    /// Trust meaning, when it is a zone.
    pub(super) trust: Option<&'a Zone>,
    pub(super) technologies: Vec<&'a str>,
    pub(super) traits: Vec<&'a str>,
    kind_of_zone: Option<FactValue>,
    words: String,
}

/// A judged flow.
#[derive(Debug)]
pub(super) struct Edge<'a> {
    pub(super) relation: &'a Relation,
    /// The ends; an instance stands for its logical element.
    pub(super) from: u32,
    pub(super) to: u32,
    pub(super) via: Vec<u32>,
    pub(super) complete: bool,
    pub(super) grain: Grain,
    words: String,
}

/// How fine a view is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Grain {
    Context,
    Container,
    Component,
    Deployment,
}

/// What was decided of a predicate, by its address, of a subject, over facts of a floor.
type Decided = HashMap<(usize, At, Floor), Truth>;

/// The model, numbered.
pub(super) struct Index<'a> {
    pub(super) model: &'a Model,
    pub(super) catalog: &'a Catalog,
    pub(super) as_of: Option<&'a str>,
    pub(super) spots: Vec<Spot<'a>>,
    pub(super) flows: Vec<Edge<'a>>,
    /// What rules judge: no boundaries, no instances of logical elements that are drawn as well.
    pub(super) elements: Vec<u32>,
    pub(super) zones: Vec<u32>,
    flow_numbers: HashMap<&'a str, u32>,
    by_alternative: HashMap<&'a str, Vec<u32>>,
    /// All drawn relations by their ends, pieces and instances included.
    pub(super) touched: Vec<bool>,
    /// Some view is declared complete.
    pub(super) complete: bool,
    /// Finest view of the model.
    pub(super) grain: Grain,
    pub(super) conflicts: usize,
    columns: Vec<[OnceLock<Column>; 2]>,
    /// What was decided of the model and of boundaries, which many subjects ask again.
    /// In parts, so that those who judge at the same time seldom wait for each other.
    decided: Vec<Mutex<Decided>>,
}

impl<'a> Index<'a> {
    pub(super) fn new(model: &'a Model, catalog: &'a Catalog, as_of: Option<&'a str>) -> Self {
        let mut index = Self {
            model,
            catalog,
            as_of,
            spots: Vec::with_capacity(model.elements.len()),
            flows: Vec::new(),
            elements: Vec::new(),
            zones: Vec::new(),
            flow_numbers: HashMap::new(),
            by_alternative: HashMap::new(),
            touched: vec![false; model.elements.len()],
            complete: model.views.iter().any(|view| view.complete),
            grain: Grain::Context,
            conflicts: model.conflicts.len(),
            columns: GRAPH_FACTS.iter().map(|_| [OnceLock::new(), OnceLock::new()]).collect(),
            decided: (0..PARTS).map(|_| Mutex::default()).collect(),
        };
        index.stand(catalog);
        let all = 0..u32::try_from(index.spots.len()).unwrap_or(u32::MAX);
        index.elements = all.clone().filter(|at| index.is_judged(*at)).collect();
        index.zones = all.filter(|at| index.spot(*at).trust.is_some()).collect();
        index.look_at_views();
        index.join();
        index
    }

    /// The number of an element.
    pub(super) fn number(&self, id: &ElementId) -> Option<u32> {
        self.model.elements.get_index_of(id).and_then(|at| u32::try_from(at).ok())
    }

    pub(super) fn spot(&self, at: u32) -> &Spot<'a> {
        &self.spots[at as usize]
    }

    pub(super) fn flow(&self, at: u32) -> &Edge<'a> {
        &self.flows[at as usize]
    }

    /// The number of a judged flow.
    pub(super) fn flow_number(&self, id: &RelationId) -> Option<u32> {
        self.flow_numbers.get(id.as_str()).copied()
    }

    /// Whether rules judge an element: no boundary, no instance of a logical element that is drawn.
    pub(super) fn is_judged(&self, at: u32) -> bool {
        !self.is_boundary(at) && self.spot(at).logical.is_none()
    }

    /// All flows of a flow's group of alternatives.
    pub(super) fn alternatives(&self, flow: u32) -> &[u32] {
        let group = self.flow(flow).relation.alternative.as_deref();
        group.and_then(|group| self.by_alternative.get(group)).map_or(&[], Vec::as_slice)
    }

    /// The truth of a predicate about a subject that many others lead to, decided once.
    pub(super) fn once(
        &self,
        predicate: &Predicate,
        at: At,
        floor: Floor,
        decide: impl FnOnce() -> Truth,
    ) -> Truth {
        let key = (std::ptr::from_ref(predicate).addr(), at, floor);
        // Predicates are some hundred bytes apart.
        let part = &self.decided[key.0 / 64 % PARTS];
        let known = part.lock().ok().and_then(|decided| decided.get(&key).copied());
        known.unwrap_or_else(|| {
            let truth = decide();
            if let Ok(mut decided) = part.lock() {
                decided.insert(key, truth);
            }
            truth
        })
    }

    /// A property of the graph, computed when it is first asked for.
    pub(super) fn column(&self, fact: usize, floor: Floor) -> &Column {
        self.columns[fact][usize::from(floor == Floor::Any)]
            .get_or_init(|| (GRAPH_FACTS[fact].compute)(self, floor))
    }

    /// Kind of zone of an element, with where that comes from: its own fact, else the innermost zone
    /// of known kind that holds it, or the innermost element around it of which somebody said it.
    pub(super) fn zone_kind(&self, at: u32, floor: Floor) -> Option<(&FactValue, Origin, u32)> {
        let spot = self.spot(at);
        if let Some(fact) = spot.element.facts.get(FactKey::ZoneKind) {
            return floor.admits(fact.origin).then_some((&fact.value, fact.origin, at));
        }
        for holder in std::iter::once(&at).chain(&spot.holders) {
            let holding = self.spot(*holder);
            let fact = holding.element.facts.get(FactKey::ZoneKind);
            if holding.trust.is_none() && fact.is_none() {
                continue;
            }
            let origin = fact.map_or(Origin::Derived, |fact| fact.origin);
            let value = fact.map(|fact| &fact.value).or(holding.kind_of_zone.as_ref());
            if let Some(value) = value {
                return floor.admits(origin).then_some((value, origin, *holder));
            }
        }
        None
    }

    /// Trust level of an element, with the zone that gives it.
    pub(super) fn level(&self, at: u32, floor: Floor) -> Option<(u8, Origin, u32)> {
        let (value, origin, holder) = self.zone_kind(at, floor)?;
        let own = self.spot(holder).trust.and_then(|zone| zone.trust_level);
        let FactValue::Word(word) = value else { return None };
        let level = own.or_else(|| ZoneKind::from_word(word).and_then(ZoneKind::trust_level))?;
        Some((level, origin, holder))
    }

    /// Everything that an element holds, at any depth, without itself.
    pub(super) fn members(&self, at: u32) -> Vec<u32> {
        let mut found = Vec::new();
        let mut open: Vec<u32> = self.spot(at).children.iter().rev().copied().collect();
        let mut seen = vec![false; if open.is_empty() { 0 } else { self.spots.len() }];
        while let Some(next) = open.pop() {
            if std::mem::replace(&mut seen[next as usize], true) {
                continue;
            }
            found.push(next);
            open.extend(self.spot(next).children.iter().rev());
        }
        found
    }

    /// The author's words about something hold the text as whole words.
    pub(super) fn says(&self, at: At, text: &str) -> bool {
        let words = match at {
            At::Element(at) => &self.spot(at).words,
            At::Relation(at) => &self.flow(at).words,
            At::View(at) => {
                let view = &self.model.views[at as usize];
                return view_words(view).contains(text);
            }
            At::Model => return false,
        };
        words.contains(text)
    }

    /// Whether something holds others, or is drawn as one who does.
    pub(super) fn is_boundary(&self, at: u32) -> bool {
        self.spot(at).element.kind.is_boundary()
    }

    fn stand(&mut self, catalog: &'a Catalog) {
        let zones: BTreeMap<&ElementId, &Zone> =
            self.model.zones.iter().map(|zone| (&zone.element, zone)).collect();
        for element in self.model.elements.values() {
            let technologies: Vec<&str> =
                element.technologies.iter().filter_map(|technology| technology.id.as_deref()).collect();
            let trust = zones.get(&element.id).copied();
            self.spots.push(Spot {
                element,
                holders: Vec::new(),
                children: Vec::new(),
                logical: element.instance_of.as_ref().and_then(|id| self.number(id)),
                instances: Vec::new(),
                zone: None,
                incoming: Vec::new(),
                outgoing: Vec::new(),
                complete: false,
                grain: Grain::Context,
                trust,
                traits: catalog_words::traits(catalog, &technologies),
                technologies,
                kind_of_zone: trust
                    .filter(|zone| zone.kind != ZoneKind::Unknown)
                    .map(|zone| FactValue::word(zone.kind.word())),
                words: element_words(element),
            });
        }
        for at in 0..self.spots.len() {
            let number = u32::try_from(at).unwrap_or(u32::MAX);
            let element = self.spots[at].element;
            let holders = self.holders(element);
            self.spots[at].zone =
                std::iter::once(&number).chain(&holders).copied().find(|at| self.spot(*at).trust.is_some());
            self.spots[at].holders = holders;
            for parent in element.parent.iter().chain(&element.also_in) {
                if let Some(parent) = self.number(parent) {
                    self.spots[parent as usize].children.push(number);
                }
            }
            if let Some(logical) = self.spots[at].logical {
                self.spots[logical as usize].instances.push(number);
            }
        }
        for at in 0..self.spots.len() {
            if self.spots[at].zone.is_some() || self.spots[at].instances.is_empty() {
                continue;
            }
            let mut zones = self.spots[at].instances.iter().map(|instance| self.spot(*instance).zone);
            let first = zones.next().flatten();
            if zones.all(|zone| zone == first) {
                self.spots[at].zone = first;
            }
        }
    }

    fn holders(&self, element: &Element) -> Vec<u32> {
        let mut holders: Vec<u32> = Vec::new();
        let mut drawn: Vec<&ElementId> = Vec::new();
        for held in self.model.ancestors(&element.id) {
            drawn.extend(&held.also_in);
            if held.id != element.id {
                holders.extend(self.number(&held.id));
            }
        }
        for id in drawn {
            for held in self.model.ancestors(id) {
                let Some(number) = self.number(&held.id) else { continue };
                if held.id != element.id && !holders.contains(&number) {
                    holders.push(number);
                }
            }
        }
        holders
    }

    fn look_at_views(&mut self) {
        let views = &self.model.views;
        let grains: Vec<Grain> = views.iter().map(|view| self.grain_of(view)).collect();
        self.grain = grains.iter().copied().max().unwrap_or(Grain::Deployment);
        let mut shown: Vec<Option<Grain>> = vec![None; self.spots.len()];
        for (view, grain) in views.iter().zip(&grains) {
            for node in &view.nodes {
                let Some(at) = self.number(&node.element) else { continue };
                let logical = self.spot(at).logical;
                for at in std::iter::once(at).chain(logical) {
                    let finest = &mut shown[at as usize];
                    *finest = (*finest).max(Some(*grain));
                    self.spots[at as usize].complete |= view.complete;
                }
            }
        }
        for (spot, shown) in self.spots.iter_mut().zip(shown) {
            spot.grain = shown.unwrap_or(self.grain);
        }
        for view in views {
            for note in &view.notes {
                let Some(at) = note.element.as_ref().and_then(|id| self.number(id)) else { continue };
                self.spots[at as usize].words.push_str(&spoken(&note.text));
            }
        }
    }

    fn grain_of(&self, view: &View) -> Grain {
        let mut zones = 0;
        for node in &view.nodes {
            let Some(at) = self.number(&node.element) else { continue };
            let spot = self.spot(at);
            if matches!(spot.element.kind, ElementKind::Host | ElementKind::Firewall) {
                return Grain::Deployment;
            }
            zones += usize::from(spot.kind_of_zone.is_some());
        }
        if zones >= 2 {
            return Grain::Deployment;
        }
        match view.kind {
            ViewKind::Context => Grain::Context,
            ViewKind::Container | ViewKind::DataFlow | ViewKind::Dynamic => Grain::Container,
            ViewKind::Component => Grain::Component,
            ViewKind::Deployment => Grain::Deployment,
        }
    }

    fn join(&mut self) {
        let mut complete: BTreeMap<&str, bool> = BTreeMap::new();
        let mut notes: BTreeMap<&str, String> = BTreeMap::new();
        let mut grains: BTreeMap<&str, Grain> = BTreeMap::new();
        for view in &self.model.views {
            let grain = self.grain_of(view);
            for id in &view.relations {
                *complete.entry(id.as_str()).or_default() |= view.complete;
                let finest = grains.entry(id.as_str()).or_insert(grain);
                *finest = (*finest).max(grain);
            }
            for note in &view.notes {
                if let Some(id) = &note.relation {
                    notes.entry(id.as_str()).or_default().push_str(&spoken(&note.text));
                }
            }
        }
        for relation in self.model.relations.values() {
            for end in [&relation.from, &relation.to] {
                if let Some(at) = self.number(end) {
                    self.touched[at as usize] = true;
                    if let Some(logical) = self.spot(at).logical {
                        self.touched[logical as usize] = true;
                    }
                }
            }
        }
        for relation in self.model.flows() {
            let judged_elsewhere =
                relation.realizes.as_ref().is_some_and(|id| self.model.relations.contains_key(id));
            if judged_elsewhere {
                continue;
            }
            let (Some(from), Some(to)) = (self.number(&relation.from), self.number(&relation.to)) else {
                continue;
            };
            let number = u32::try_from(self.flows.len()).unwrap_or(u32::MAX);
            let from = self.spot(from).logical.unwrap_or(from);
            let to = self.spot(to).logical.unwrap_or(to);
            let written = std::iter::once(&relation.id).chain(&relation.pieces);
            let mut words = relation_words(relation);
            words.extend(written.clone().filter_map(|id| notes.get(id.as_str()).map(String::as_str)));
            self.flows.push(Edge {
                relation,
                from,
                to,
                via: relation.via.iter().filter_map(|id| self.number(id)).collect(),
                complete: written.clone().any(|id| complete.get(id.as_str()).copied().unwrap_or_default()),
                grain: written.filter_map(|id| grains.get(id.as_str()).copied()).max().unwrap_or(self.grain),
                words,
            });
            self.flow_numbers.insert(relation.id.as_str(), number);
            if let Some(group) = &relation.alternative {
                self.by_alternative.entry(group).or_default().push(number);
            }
            self.spots[from as usize].outgoing.push(number);
            self.spots[to as usize].incoming.push(number);
        }
    }
}

/// Text as [`Index::says`] compares it: lower case, words with single spaces around.
pub(super) fn spoken(text: &str) -> String {
    let mut words = String::with_capacity(text.len() + 2);
    words.push(' ');
    for character in text.chars().flat_map(char::to_lowercase) {
        if character.is_alphanumeric() {
            words.push(character);
        } else if !words.ends_with(' ') {
            words.push(' ');
        }
    }
    if !words.ends_with(' ') {
        words.push(' ');
    }
    words
}

fn element_words(element: &Element) -> String {
    let mut words = spoken(&element.name);
    let written = element.technologies.iter().map(|technology| technology.written.as_str());
    let rest = element.description.iter().chain(&element.tags).chain(&element.stereotypes);
    words.extend(written.chain(rest.map(String::as_str)).map(spoken));
    words.extend(element.properties.iter().map(|(key, value)| spoken(&format!("{key} {value}"))));
    words
}

fn relation_words(relation: &Relation) -> String {
    let written = relation.technologies.iter().map(|technology| technology.written.as_str());
    let rest = relation.label.iter().chain(&relation.tags).chain(&relation.stereotypes);
    let mut words: String = written.chain(rest.map(String::as_str)).map(spoken).collect();
    words.extend(relation.properties.iter().map(|(key, value)| spoken(&format!("{key} {value}"))));
    words
}

fn view_words(view: &View) -> String {
    let mut words = spoken(&view.title);
    words.extend(view.notes.iter().map(|note| spoken(&note.text)));
    words
}
