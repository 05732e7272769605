//! Flows to relations: one relation for each flow, or for its drawings in several diagrams.

use std::collections::BTreeMap;

use super::element::{add_technologies, add_words, unique};
use super::identity::{EntityIndex, Known};
use super::sheets::{Unit, Units};
use crate::model::{
    Conflict, DataDirection, ElementId, Flow, Fragment, Heads, Initiator, LocalId, Model, Phase, Relation,
    RelationId, relation_id, slug, technology_words,
};
use crate::source::Sources;

/// Relations between one pair of elements that a flow is compared with at most.
const CANDIDATES: usize = 64;

/// What is known when relations are gathered.
pub(super) struct Whole<'a> {
    pub(super) fragments: &'a [Fragment],
    pub(super) units: &'a Units,
    pub(super) known: &'a Known,
    pub(super) ids: &'a [ElementId],
}

/// The relation of each flow, by fragment.
pub(super) type RelationsOf = Vec<Vec<RelationId>>;

/// One relation on its way.
struct Line {
    relation: Relation,
    explicit_id: Option<String>,
    label: Option<String>,
    technology: Option<String>,
    units: Vec<Unit>,
}

type Pair = (EntityIndex, EntityIndex);

/// Puts the relations into the model, with flows that disagree. Returns the relation of each flow.
pub(super) fn gather(model: &mut Model, whole: &Whole<'_>, sources: &Sources) -> RelationsOf {
    let mut lines: Vec<Line> = Vec::new();
    let mut pairs: BTreeMap<Pair, Vec<usize>> = BTreeMap::new();
    let mut of: Vec<Vec<usize>> = Vec::with_capacity(whole.fragments.len());
    for (at, fragment) in whole.fragments.iter().enumerate() {
        let entity = |local: LocalId| whole.known.of[at][local.0];
        let mut own = Vec::with_capacity(fragment.flows.len());
        for (index, flow) in fragment.flows.iter().enumerate() {
            let pair = (entity(flow.from), entity(flow.to));
            let units = &whole.units.flows[at][index];
            let mut line = line(whole, pair, flow, units);
            line.relation.via = flow.via.iter().map(|via| whole.ids[entity(*via)].clone()).collect();
            let known = pairs.entry(pair).or_default();
            let found = same(&lines, known, &line).unwrap_or_else(|| {
                known.push(lines.len());
                lines.len()
            });
            if found == lines.len() {
                lines.push(line);
            } else {
                merge(&mut lines[found], line);
            }
            own.push(found);
        }
        of.push(own);
    }
    let realized = realize(whole, &lines, &pairs);
    let ids = ids(&lines);
    disagree(model, &lines, &pairs, &ids, sources);
    for ((line, id), realizes) in lines.into_iter().zip(&ids).zip(realized) {
        let realizes = realizes.map(|at| ids[at].clone());
        model.relations.insert(id.clone(), Relation { id: id.clone(), realizes, ..line.relation });
    }
    of.into_iter().map(|own| own.into_iter().map(|at| ids[at].clone()).collect()).collect()
}

fn line(whole: &Whole<'_>, (from, to): Pair, flow: &Flow, units: &[Unit]) -> Line {
    let mut relation = Relation::new(RelationId::new(""), whole.ids[from].clone(), whole.ids[to].clone());
    relation.label.clone_from(&flow.label);
    relation.technologies.clone_from(&flow.technologies);
    relation.protocols.clone_from(&flow.protocols);
    relation.ports.clone_from(&flow.ports);
    relation.initiator = flow.initiator;
    relation.data = match (flow.data, flow.heads) {
        (DataDirection::Unknown, Heads::Both) => DataDirection::Both,
        (data, _) => data,
    };
    relation.phase = flow.phase;
    relation.alternative.clone_from(&flow.alternative);
    relation.optional = flow.optional;
    relation.step.clone_from(&flow.step);
    relation.dashed = flow.dashed;
    relation.heads = flow.heads;
    relation.tags.clone_from(&flow.tags);
    relation.stereotypes.clone_from(&flow.stereotypes);
    relation.properties.clone_from(&flow.properties);
    relation.facts.clone_from(&flow.facts);
    add_words(&mut relation.basis, &flow.basis);
    relation.origins.clone_from(&flow.origins);
    let words = technology_words(&flow.technologies, &flow.protocols);
    Line {
        label: flow.label.as_deref().map(slug),
        technology: (!words.is_empty()).then(|| slug(&words.join(" "))),
        explicit_id: flow.explicit_id.clone(),
        units: units.to_vec(),
        relation,
    }
}

impl Line {
    fn is_bare(&self) -> bool {
        self.label.is_none() && self.technology.is_none()
    }

    /// Drawn in other diagrams only, and its author does not tell the two apart.
    fn is_free(&self, other: &Self) -> bool {
        let apart = self.explicit_id.is_some() && other.explicit_id.is_some();
        let shared = other.units.iter().any(|unit| self.units.binary_search(unit).is_ok());
        self.explicit_id.is_some() && self.explicit_id == other.explicit_id || !apart && !shared
    }

    fn same_words(&self, other: &Self) -> bool {
        let technologies = self.technology.as_ref().zip(other.technology.as_ref());
        self.label == other.label && technologies.is_none_or(|(one, other)| one == other)
    }
}

/// The line that another diagram drew for the same flow: the same words on it; or no words on one
/// of them and no other line between the two.
fn same(lines: &[Line], known: &[usize], line: &Line) -> Option<usize> {
    let free = |at: &&usize| lines[**at].is_free(line);
    if let Some(at) = known.iter().take(CANDIDATES).filter(free).find(|at| lines[**at].same_words(line)) {
        return Some(*at);
    }
    let [only] = known else { return None };
    (lines[*only].is_free(line) && (lines[*only].is_bare() || line.is_bare())).then_some(*only)
}

fn merge(known: &mut Line, more: Line) {
    known.label = known.label.take().or(more.label);
    known.technology = known.technology.take().or(more.technology);
    known.explicit_id = known.explicit_id.take().or(more.explicit_id);
    for unit in more.units {
        if let Err(at) = known.units.binary_search(&unit) {
            known.units.insert(at, unit);
        }
    }
    let (old, new) = (&mut known.relation, more.relation);
    old.label = old.label.take().or(new.label);
    add_technologies(&mut old.technologies, &new.technologies);
    for protocol in new.protocols {
        if !old.protocols.iter().any(|other| other.id == protocol.id) {
            old.protocols.push(protocol);
        }
    }
    for port in new.ports {
        if !old.ports.contains(&port) {
            old.ports.push(port);
        }
    }
    if old.initiator == Initiator::Unknown {
        old.initiator = new.initiator;
    }
    if old.data == DataDirection::Unknown {
        old.data = new.data;
    }
    if old.phase == Phase::Unknown {
        old.phase = new.phase;
    }
    if old.heads == Heads::None {
        old.heads = new.heads;
    }
    if old.via.is_empty() {
        old.via = new.via;
    }
    old.alternative = old.alternative.take().or(new.alternative);
    old.optional |= new.optional;
    old.step = old.step.take().or(new.step);
    add_words(&mut old.tags, &new.tags);
    add_words(&mut old.stereotypes, &new.stereotypes);
    add_words(&mut old.basis, &new.basis);
    for (name, value) in new.properties {
        old.properties.entry(name).or_insert(value);
    }
    for fact in new.facts.iter() {
        old.facts.add(fact.clone());
    }
    old.origins.extend(new.origins);
}

/// For each relation of an instance, the one between the logical elements: with the same words, or
/// the only one.
fn realize(whole: &Whole<'_>, lines: &[Line], pairs: &BTreeMap<Pair, Vec<usize>>) -> Vec<Option<usize>> {
    let logical = |at: EntityIndex| whole.known.entities[at].instance_of.unwrap_or(at);
    let mut realized = vec![None; lines.len()];
    for (pair, own) in pairs {
        let above = (logical(pair.0), logical(pair.1));
        let Some(known) = pairs.get(&above).filter(|_| above != *pair) else { continue };
        for at in own {
            let same = known.iter().take(CANDIDATES).find(|known| lines[**known].same_words(&lines[*at]));
            realized[*at] = same.or(if let [only] = known.as_slice() { Some(only) } else { None }).copied();
        }
    }
    realized
}

fn ids(lines: &[Line]) -> Vec<RelationId> {
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    for id in lines.iter().filter_map(|line| line.explicit_id.as_ref()) {
        taken.insert(id.clone(), 1);
    }
    let mut ids = Vec::with_capacity(lines.len());
    for line in lines {
        let relation = &line.relation;
        let words = technology_words(&relation.technologies, &relation.protocols);
        let computed = || relation_id(&relation.from, &relation.to, &words, relation.label.as_deref());
        ids.push(match &line.explicit_id {
            Some(id) => RelationId::new(id),
            None => RelationId::new(unique(&mut taken, computed())),
        });
    }
    ids
}

/// Flows that one diagram draws in one direction and another one in the other.
fn disagree(
    model: &mut Model,
    lines: &[Line],
    pairs: &BTreeMap<Pair, Vec<usize>>,
    ids: &[RelationId],
    sources: &Sources,
) {
    for ((from, to), there) in pairs.iter().filter(|((from, to), _)| from < to) {
        let Some(back) = pairs.get(&(*to, *from)) else { continue };
        for one in there.iter().take(CANDIDATES) {
            let opposite = |at: &&usize| {
                let (one, other) = (&lines[*one], &lines[**at]);
                let single = one.relation.heads == Heads::One && other.relation.heads == Heads::One;
                single && one.same_words(other) && one.is_free(other)
            };
            if let Some(other) = back.iter().take(CANDIDATES).find(opposite) {
                let (first, second) = if one < other { (*one, *other) } else { (*other, *one) };
                model.conflicts.push(conflict(
                    model,
                    &lines[first].relation,
                    &lines[second].relation,
                    &ids[first],
                    sources,
                ));
            }
        }
    }
}

fn conflict(
    model: &Model,
    first: &Relation,
    second: &Relation,
    subject: &RelationId,
    sources: &Sources,
) -> Conflict {
    let name = |id: &ElementId| model.element(id).map_or("", |element| element.name.as_str());
    let label = first.label.as_ref().map_or_else(String::new, |label| format!(" \u{201c}{label}\u{201d}"));
    let places: Vec<_> =
        [first, second].iter().filter_map(|relation| relation.origins.first().copied()).collect();
    let at = |index: usize| places.get(index).map_or_else(String::new, |place| sources.locate(place.span));
    let text = format!(
        "the flow{label} goes from `{}` to `{}` in {} and the other way in {}",
        name(&first.from),
        name(&first.to),
        at(0),
        at(1),
    );
    Conflict { subject: subject.to_string(), text, places }
}
