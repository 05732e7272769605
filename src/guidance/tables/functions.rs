//! Availability by function: instances and failover as stated, and what stops without it, as drawn.

use indexmap::IndexSet;

use super::marks::Marks;
use super::row::Row;
use crate::assessment::{Basis, Evidence, FunctionRow, MessagePath, SubjectRef, Truth};
use crate::guidance::graph::GRAPH_FACTS;
use crate::guidance::index::{Floor, Index};
use crate::guidance::known::{opener, service_names};
use crate::guidance::wording;
use crate::model::{ElementId, ElementKind, Fact, FactKey, Phase};

/// Names that one cell lists at most.
const MOST_NAMES: usize = 4;

/// One row for each of our elements that flows end on or pass, or that products need to reach.
pub(super) fn rows(
    index: &Index<'_>,
    marks: &Marks<'_>,
    ports: &[Row],
    paths: &[MessagePath],
) -> Vec<FunctionRow> {
    let cuts = GRAPH_FACTS.iter().position(|fact| fact.name == "articulation-point");
    let mut passed: Vec<Vec<u32>> = vec![Vec::new(); index.spots.len()];
    for (flow, edge) in index.flows.iter().enumerate() {
        let flow = u32::try_from(flow).unwrap_or(u32::MAX);
        edge.via.iter().for_each(|at| passed[*at as usize].push(flow));
    }
    (0..u32::try_from(index.spots.len()).unwrap_or(u32::MAX))
        .filter(|at| index.is_judged(*at) && performs(index, *at))
        .filter_map(|at| {
            let drawn = stops(index, at, &passed[at as usize]);
            let stops = drawn
                .or_else(|| needed(index, at, ports))
                .or_else(|| own_work(index, at))
                .or_else(|| needed_work(index, at, ports))?;
            let cut =
                cuts.is_some_and(|fact| index.column(fact, Floor::Any).truth[at as usize] == Truth::True);
            let mut row = row(index, marks, at, stops, cut);
            row.paths = standing_on(&row.element, paths);
            Some(row)
        })
        .collect()
}

fn performs(index: &Index<'_>, at: u32) -> bool {
    let element = index.spot(at).element;
    let outside = index.level(at, Floor::Any).is_some_and(|(level, ..)| level <= 1);
    let ours = !outside && element.facts.word(FactKey::External) != Some("yes");
    let kind = match element.kind {
        ElementKind::System
        | ElementKind::Container
        | ElementKind::Component
        | ElementKind::Host
        | ElementKind::Datastore
        | ElementKind::Queue
        | ElementKind::Gateway
        | ElementKind::Firewall
        | ElementKind::Identity
        | ElementKind::Secrets
        | ElementKind::Unknown => true,
        ElementKind::Person | ElementKind::Network | ElementKind::Boundary | ElementKind::Zone => false,
    };
    ours && kind
}

/// What its callers lose: services and for whom; `None` when nobody calls it.
fn stops(index: &Index<'_>, at: u32, passed: &[u32]) -> Option<String> {
    let mut services: IndexSet<String> = IndexSet::new();
    let mut callers: IndexSet<&str> = IndexSet::new();
    let name = |at: u32| index.spot(at).element.name.as_str();
    let spot = index.spot(at);
    for flow in spot.incoming.iter().chain(&spot.outgoing).chain(passed) {
        let edge = index.flow(*flow);
        let (caller, server) =
            if opener(edge) == Some(false) { (edge.to, edge.from) } else { (edge.from, edge.to) };
        if server == at || caller != at {
            callers.insert(name(caller));
            services.extend(service_names(index, edge, Floor::Any));
        }
    }
    if callers.is_empty() {
        return None;
    }
    let services: Vec<String> = services.into_iter().collect();
    let what = if services.is_empty() {
        "what runs over it".to_owned()
    } else {
        wording::list(&services, MOST_NAMES)
    };
    Some(format!("{what} for {}", listed(&callers)))
}

/// What stops with an element that only calls others.
fn own_work(index: &Index<'_>, at: u32) -> Option<String> {
    let spot = index.spot(at);
    let others = spot.incoming.iter().chain(&spot.outgoing).map(|flow| {
        let edge = index.flow(*flow);
        if edge.from == at { edge.to } else { edge.from }
    });
    let names: IndexSet<&str> = others.map(|other| index.spot(other).element.name.as_str()).collect();
    (!names.is_empty()).then(|| format!("its own work with {}", listed(&names)))
}

fn listed(names: &IndexSet<&str>) -> String {
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    wording::list(&names, MOST_NAMES)
}

/// What those lose that need it although nobody drew it; `None` when no product says so.
fn needed(index: &Index<'_>, at: u32, ports: &[Row]) -> Option<String> {
    let id = &index.spot(at).element.id;
    let mut services: Vec<String> = Vec::new();
    let mut callers: Vec<String> = Vec::new();
    let rows = ports.iter().map(|row| &row.row).filter(|row| row.basis == Basis::RequiredNotDrawn);
    for row in rows.filter(|row| row.phase == Phase::Runtime && row.to.contains(id)) {
        if !services.contains(&row.service) {
            services.push(row.service.clone());
        }
        for caller in row.from.iter().filter_map(|id| index.model.element(id)) {
            if !callers.contains(&caller.name) {
                callers.push(caller.name.clone());
            }
        }
    }
    let what = wording::list(&services, MOST_NAMES);
    (!callers.is_empty())
        .then(|| format!("{what} for {}, as the product needs it", wording::list(&callers, MOST_NAMES)))
}

/// What stops with an element of which no flow is drawn, by what its product needs to reach.
fn needed_work(index: &Index<'_>, at: u32, ports: &[Row]) -> Option<String> {
    let id = &index.spot(at).element.id;
    let rows = ports.iter().map(|row| &row.row).filter(|row| row.basis == Basis::RequiredNotDrawn);
    let reached =
        rows.filter(|row| row.phase == Phase::Runtime && row.from.contains(id)).flat_map(|row| &row.to);
    let names: IndexSet<&str> =
        reached.filter_map(|id| index.model.element(id)).map(|element| element.name.as_str()).collect();
    (!names.is_empty()).then(|| format!("its own work with {}, as the product needs it", listed(&names)))
}

fn row(index: &Index<'_>, marks: &Marks<'_>, at: u32, stops: String, cut: bool) -> FunctionRow {
    let spot = index.spot(at);
    let element = spot.element;
    let mut evidence = Vec::new();
    let asked = marks.question_about("instances", element.id.as_str());
    let silent = || asked.map_or_else(|| "not stated".to_owned(), |number| format!("not stated ({number})"));
    let mut stated = |key: FactKey| {
        let fact = element.facts.get(key)?;
        evidence.push(leaf(index, at, fact));
        Some(fact.value.display())
    };
    let instances = stated(FactKey::Replicas);
    let failover = stated(FactKey::Failover);
    let instances = instances.unwrap_or_else(|| match spot.instances.len() {
        0 | 1 => silent(),
        drawn => format!("{drawn} drawn"),
    });
    let stops = if cut { format!("{stops}; others lose their connection, as drawn") } else { stops };
    FunctionRow {
        element: element.id.clone(),
        instances,
        failover: failover.unwrap_or_else(silent),
        stops,
        paths: Vec::new(),
        evidence,
    }
}

/// Message paths of which an element is a part, or that pass it.
fn standing_on(element: &ElementId, paths: &[MessagePath]) -> Vec<usize> {
    let stands = |path: &MessagePath| {
        path.elements.contains(element) || path.steps.iter().any(|step| step.passes.contains(element))
    };
    (0..paths.len()).filter(|at| stands(&paths[*at])).collect()
}

fn leaf(index: &Index<'_>, at: u32, fact: &Fact) -> Evidence {
    let element = index.spot(at).element;
    Evidence {
        subject: SubjectRef::Element(element.id.clone()),
        key: fact.key.word().to_owned(),
        value: Some(fact.value.display()),
        origin: Some(fact.origin),
        place: fact.place,
        text: format!("{}: {} is {}", element.name, fact.key.word(), fact.value.display()),
        path: Vec::new(),
        truth: Truth::True,
    }
}
