//! What would have to be known where nothing decides.

use super::evaluate::Judge;
use super::graph::{GRAPH_FACTS, open_hops};
use super::index::{At, Floor};
use super::predicate::{Predicate, Quantity, Set, Test};
use super::rule::Asked;
use crate::assessment::Truth;
use crate::model::FactKey;

/// A fact that would help to decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Missing {
    pub(super) at: At,
    /// `None`: nothing that the sidecar could say; only a drawing shows it.
    pub(super) asked: Option<Asked>,
}

impl Judge<'_> {
    /// The least that would have to be known for the predicate to become `wanted`.
    pub(super) fn missing(
        &self,
        predicate: &Predicate,
        at: At,
        floor: Floor,
        wanted: bool,
        found: &mut Vec<Missing>,
    ) {
        if self.truth(predicate, at, floor) != Truth::Unknown || found.len() > 500 {
            return;
        }
        let unknown = |part: &&Predicate| self.truth(part, at, floor) == Truth::Unknown;
        match predicate {
            Predicate::All(parts) if wanted => {
                parts.iter().filter(unknown).for_each(|part| self.missing(part, at, floor, true, found));
            }
            Predicate::Any(parts) if !wanted => {
                parts.iter().filter(unknown).for_each(|part| self.missing(part, at, floor, false, found));
            }
            Predicate::All(parts) | Predicate::Any(parts) => {
                // One is enough: the first that the sidecar can answer.
                let mut best: Option<Vec<Missing>> = None;
                for part in parts.iter().filter(unknown) {
                    let mut some = Vec::new();
                    self.missing(part, at, floor, wanted, &mut some);
                    let answerable = some.iter().any(|missing| missing.asked.is_some());
                    if answerable {
                        best = Some(some);
                        break;
                    }
                    best.get_or_insert(some);
                }
                found.extend(best.unwrap_or_default());
            }
            Predicate::Not(inner) => self.missing(inner, at, floor, !wanted, found),
            Predicate::Unless(_) => {}
            Predicate::OfModel(inner) => self.missing(inner, At::Model, floor, wanted, found),
            Predicate::Test(test) => self.missing_leaf(test, at, floor, wanted, found),
        }
    }

    fn missing_leaf(&self, test: &Test, at: At, floor: Floor, wanted: bool, found: &mut Vec<Missing>) {
        let index = self.index;
        let before = found.len();
        let elements = |numbers: &[u32], inner: &Predicate, found: &mut Vec<Missing>| {
            numbers.iter().for_each(|number| self.missing(inner, At::Element(*number), floor, wanted, found));
        };
        let asked = match (test, at) {
            (Test::Quantifier(set, quantity, inner), _) => {
                let wanted = wanted != (*quantity == Quantity::None);
                for member in self.set(*set, at).0 {
                    self.missing(inner, member, floor, wanted, found);
                }
                match set {
                    Set::Trusts => Some(Asked::Fact(FactKey::Trusts)),
                    _ => None,
                }
            }
            (Test::End(end, inner), At::Relation(flow)) => {
                let ends = self.deciding_ends(*end, inner, flow, floor, Truth::Unknown);
                elements(&ends, inner, found);
                None
            }
            (Test::Passes(inner), At::Relation(flow)) => {
                elements(&index.flow(flow).via, inner, found);
                None
            }
            (Test::Inside(inner), At::Element(number)) => {
                elements(&self.holders(number), inner, found);
                None
            }
            (Test::Zone(inner), At::Element(number)) => {
                if let Some(zone) = index.spot(number).zone {
                    elements(&[zone], inner, found);
                }
                Some(Asked::Fact(FactKey::ZoneKind))
            }
            (Test::Crosses(_), At::Relation(flow)) => {
                let edge = index.flow(flow);
                for end in [edge.from, edge.to] {
                    if index.zone_kind(end, floor).is_none() {
                        found.push(Missing {
                            at: At::Element(end),
                            asked: Some(Asked::Fact(FactKey::ZoneKind)),
                        });
                    }
                }
                None
            }
            (Test::EndsDiffer(key) | Test::EndsShare(key), At::Relation(flow)) => {
                let edge = index.flow(flow);
                for end in [edge.from, edge.to] {
                    if self.known(*key, At::Element(end), floor).is_none() {
                        found.push(Missing { at: At::Element(end), asked: Some(Asked::Fact(*key)) });
                    }
                }
                None
            }
            (Test::GraphCount(fact, _), At::Element(number))
                if GRAPH_FACTS[*fact].name == "sync-chain-depth" =>
            {
                let flows = open_hops(index, index.column(*fact, floor), floor, number).into_iter();
                found.extend(flows.map(|flow| Missing {
                    at: At::Relation(flow),
                    asked: Some(Asked::Fact(FactKey::Coupling)),
                }));
                None
            }
            (Test::Fact(key, _), _) => Some(Asked::Fact(*key)),
            (Test::Version { .. } | Test::PastSupport(_), _) => Some(Asked::Fact(FactKey::Version)),
            (Test::Kind(_), _) => Some(Asked::Kind),
            (Test::Technology(_) | Test::Trait(_), _) => Some(Asked::Technology),
            (Test::TrustLevel(_), _) => Some(Asked::Fact(FactKey::ZoneKind)),
            (Test::Protocol(_) | Test::Layer(_), _) => Some(Asked::Protocol),
            (Test::Port(_), _) => Some(Asked::Port),
            (Test::Initiator(_), _) => Some(Asked::Initiator),
            (Test::Data(_), _) => Some(Asked::Data),
            (Test::Complete, _) => Some(Asked::Complete),
            _ => None,
        };
        if found.len() == before {
            found.push(Missing { at, asked });
        }
    }
}
