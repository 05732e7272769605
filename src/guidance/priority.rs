//! The order of findings within a band: severity, exposure, consequence, confidence. Whole numbers,
//! so that every machine sorts alike; the score is never printed.

use super::graph::{GRAPH_FACTS, REACHABLE};
use super::index::{At, Floor, Index};
use super::rule::Rule;
use crate::assessment::{Category, Evidence, Severity, Truth};
use crate::model::{FactKey, FactValue, Facts, Origin};

/// The weight of a severity.
pub(super) const fn weight(severity: Severity) -> u64 {
    match severity {
        Severity::Info => 0,
        Severity::Low => 1,
        Severity::Medium => 3,
        Severity::High => 6,
        Severity::Critical => 10,
    }
}

/// How much a gap presses.
pub(super) fn score(index: &Index<'_>, rule: &Rule, at: At, evidence: &[Evidence]) -> u64 {
    let elements = match at {
        At::Element(number) => vec![number],
        At::Relation(flow) => vec![index.flow(flow).from, index.flow(flow).to],
        At::View(_) | At::Model => Vec::new(),
    };
    let availability = rule.card.category == Category::Availability;
    let exposure = elements
        .iter()
        .map(|number| if availability { stake(index, *number) } else { exposure(index, *number) })
        .max()
        .unwrap_or(2);
    let mut facts: Vec<&Facts> = elements.iter().map(|number| &index.spot(*number).element.facts).collect();
    if let At::Relation(flow) = at {
        facts.push(&index.flow(flow).relation.facts);
    }
    let consequence = facts.into_iter().map(consequence).max().unwrap_or(2);
    let firm =
        evidence.iter().filter_map(|leaf| leaf.origin).min().is_none_or(|least| least >= Origin::Stated);
    weight(rule.card.severity) * exposure * consequence * if firm { 10 } else { 9 }
}

/// Twice the exposure: 6 one step from the Internet, 4 two or three steps or a partner, 2 inside, 1 alone.
fn exposure(index: &Index<'_>, number: u32) -> u64 {
    let column = index.column(REACHABLE, Floor::Firm);
    let partner =
        index.zone_kind(number, Floor::Firm).is_some_and(|(kind, ..)| *kind == FactValue::word("partner"));
    let reached = column.truth[number as usize] == Truth::True;
    match column.least[number as usize] {
        0 | 1 if reached => 6,
        2 | 3 if reached => 4,
        _ if partner => 4,
        _ if reached || index.touched[number as usize] => 2,
        _ => 1,
    }
}

/// Twice the stake in availability: 6 when others lose their connection without it.
fn stake(index: &Index<'_>, number: u32) -> u64 {
    let articulation = GRAPH_FACTS.iter().position(|fact| fact.name == "articulation-point");
    let cuts = articulation
        .is_some_and(|fact| index.column(fact, Floor::Firm).truth[number as usize] == Truth::True);
    let critical = matches!(
        index.spot(number).element.facts.word(FactKey::Criticality),
        Some("high" | "mission-critical")
    );
    if cuts {
        6
    } else if critical {
        4
    } else {
        2
    }
}

/// Twice the consequence, by the highest class or criticality that is known.
fn consequence(facts: &Facts) -> u64 {
    let class = match facts.word(FactKey::DataClass) {
        Some("strictly-confidential") => 4,
        Some("confidential") => 3,
        _ => 2,
    };
    let criticality = match facts.word(FactKey::Criticality) {
        Some("mission-critical") => 4,
        Some("high") => 3,
        _ => 2,
    };
    class.max(criticality)
}
