//! Truth of a predicate, in Kleene's strong logic. No evidence is gathered here: this runs for
//! every rule and subject, `explain` only for those that have a verdict.

use std::borrow::Cow;

use super::catalog_words;
use super::index::{At, Edge, Floor, Index};
use super::known::{opener, ports, protocols};
use super::predicate::{Bound, Check, Crossing, End, Predicate, Quantity, Set, Test};
use super::sets::count;
use super::supposition::Supposition;
use crate::assessment::Truth;
use crate::model::{DataDirection, ElementKind, FactKey, FactType, FactValue, Initiator, Origin, Phase};
use crate::source::Place;

/// A fact that counts.
#[derive(Clone, Debug)]
pub(super) struct Known<'a> {
    pub(super) value: Cow<'a, FactValue>,
    pub(super) origin: Origin,
    pub(super) place: Option<Place>,
    pub(super) because: &'a [String],
}

/// Evaluates predicates on one model.
#[derive(Clone, Copy)]
pub(super) struct Judge<'a> {
    pub(super) index: &'a Index<'a>,
    pub(super) supposed: Option<&'a Supposition<'a>>,
}

pub(super) const fn truth_of(holds: bool) -> Truth {
    if holds { Truth::True } else { Truth::False }
}

pub(super) const fn negate(truth: Truth) -> Truth {
    match truth {
        Truth::True => Truth::False,
        Truth::Unknown => Truth::Unknown,
        Truth::False => Truth::True,
    }
}

impl<'a> Judge<'a> {
    pub(super) const fn new(index: &'a Index<'a>) -> Self {
        Self { index, supposed: None }
    }

    /// Whether the predicate holds of the subject, over the facts that the floor admits.
    pub(super) fn truth(&self, predicate: &Predicate, at: At, floor: Floor) -> Truth {
        match predicate {
            Predicate::All(parts) => {
                let mut whole = Truth::True;
                for part in parts {
                    whole = whole.min(self.truth(part, at, floor));
                    if whole == Truth::False {
                        break;
                    }
                }
                whole
            }
            Predicate::Any(parts) => {
                let mut whole = Truth::False;
                for part in parts {
                    whole = whole.max(self.truth(part, at, floor));
                    if whole == Truth::True {
                        break;
                    }
                }
                whole
            }
            Predicate::Not(inner) => negate(self.truth(inner, at, floor)),
            Predicate::Unless(inner) => truth_of(self.truth(inner, at, floor) != Truth::True),
            Predicate::OfModel(inner) => self.shared(inner, At::Model, floor),
            Predicate::Test(test) => self.test(test, at, floor),
        }
    }

    /// As [`Self::truth`], decided once for all who ask: of the model, of what holds many.
    fn shared(&self, predicate: &Predicate, at: At, floor: Floor) -> Truth {
        if self.supposed.is_some() {
            return self.truth(predicate, at, floor);
        }
        self.index.once(predicate, at, floor, || self.truth(predicate, at, floor))
    }

    /// Whether one leaf holds.
    pub(super) fn test(&self, test: &Test, at: At, floor: Floor) -> Truth {
        match (test, at) {
            (Test::Fact(key, check), _) => self.check(*key, check, at, floor),
            (Test::Says(texts), _) => {
                if texts.iter().any(|text| self.index.says(at, text)) {
                    Truth::True
                } else {
                    Truth::Unknown
                }
            }
            (Test::Drawn(what, wanted), _) => truth_of(self.drawn(*what, at) == *wanted),
            (Test::Technology(ids), _) => match self.technologies(at) {
                Some(known) if ids.is_empty() => truth_of(!known.is_empty()),
                Some(known) => truth_of(ids.iter().any(|id| known.contains(&id.as_str()))),
                None => Truth::Unknown,
            },
            (Test::Trait(words), _) => match self.traits(at) {
                Some(traits) => {
                    let has = |word: &&String| traits.contains(&word.as_str());
                    let firm = |word: &String| floor == Floor::Any || !is_habit(word);
                    match words.iter().filter(has).map(firm).max() {
                        Some(true) => Truth::True,
                        Some(false) => Truth::Unknown,
                        None => Truth::False,
                    }
                }
                None => Truth::Unknown,
            },
            (Test::Quantifier(set, quantity, inner), _) => self.quantifier(*set, *quantity, inner, at, floor),
            (_, At::Element(number)) => self.element_test(test, number, floor),
            (_, At::Relation(number)) => self.relation_test(test, number, floor),
            (Test::Path(query), At::Model) => self.path(query, floor).0,
            (Test::DataAssets(bound), At::Model) => {
                truth_of(bound.holds(count(self.index.model.data_assets.len())))
            }
            (Test::Identities(bound), At::Model) => {
                truth_of(bound.holds(count(self.index.model.identities.len())))
            }
            (Test::Complete, At::Model) => {
                if self.index.complete {
                    Truth::True
                } else {
                    Truth::Unknown
                }
            }
            (Test::Complete, At::View(view)) => {
                if self.index.model.views[view as usize].complete {
                    Truth::True
                } else {
                    Truth::Unknown
                }
            }
            (Test::ViewKind(kinds), At::View(view)) => {
                truth_of(kinds.contains(&self.index.model.views[view as usize].kind))
            }
            // The language admits no other pair of test and subject.
            _ => Truth::Unknown,
        }
    }

    fn element_test(&self, test: &Test, at: u32, floor: Floor) -> Truth {
        let spot = self.index.spot(at);
        match test {
            Test::Kind(kinds) if spot.element.kind == ElementKind::Unknown => {
                truth_if_known(kinds.contains(&ElementKind::Unknown))
            }
            Test::Kind(kinds) => truth_of(kinds.contains(&spot.element.kind)),
            Test::Version { at_least, version } => match self.version(at, floor) {
                Some(written) => compare(&written, version)
                    .map_or(Truth::Unknown, |order| truth_of(order.is_ge() == *at_least)),
                None => Truth::Unknown,
            },
            Test::TrustLevel(bound) => self
                .trust_level(at, floor)
                .map_or(Truth::Unknown, |level| truth_of(bound.holds(u32::from(level)))),
            Test::PastSupport(wanted) => {
                let Some(as_of) = self.index.as_of else { return Truth::Unknown };
                let support = catalog_words::support(self.index.catalog, spot.element, as_of);
                support.map_or(Truth::Unknown, |support| truth_of(support.past == *wanted))
            }
            Test::GraphFlag(fact, wanted) => {
                let truth = self.index.column(*fact, floor).truth[at as usize];
                if *wanted { truth } else { negate(truth) }
            }
            Test::GraphCount(fact, bound) => {
                let column = self.index.column(*fact, floor);
                if column.truth[at as usize] == Truth::Unknown {
                    return Truth::Unknown;
                }
                within(*bound, column.least[at as usize], column.most[at as usize])
            }
            Test::Inside(inner) => {
                let holders = self.holders(at);
                let mut best = if spot.complete { Truth::False } else { Truth::Unknown };
                for holder in holders {
                    best = best.max(self.shared(inner, At::Element(holder), floor));
                }
                best
            }
            Test::Zone(inner) => {
                spot.zone.map_or(Truth::Unknown, |zone| self.shared(inner, At::Element(zone), floor))
            }
            _ => Truth::Unknown,
        }
    }

    fn relation_test(&self, test: &Test, at: u32, floor: Floor) -> Truth {
        let edge = self.index.flow(at);
        match test {
            Test::End(end, inner) => self.end(*end, inner, edge, floor),
            Test::Passes(inner) => {
                let mut best = if edge.complete { Truth::False } else { Truth::Unknown };
                for through in &edge.via {
                    best = best.max(self.shared(inner, At::Element(*through), floor));
                }
                best
            }
            Test::Protocol(ids) => {
                let mut known = protocols(edge, floor).peekable();
                if known.peek().is_none() {
                    return Truth::Unknown;
                }
                truth_of(ids.is_empty() || known.any(|(id, _)| ids.iter().any(|wanted| wanted == id)))
            }
            Test::Layer(words) => {
                let mut known = Truth::Unknown;
                for (id, _) in protocols(edge, floor) {
                    let Some(layer) = catalog_words::layer(self.index.catalog, id) else { continue };
                    if words.iter().any(|word| word == layer) {
                        return Truth::True;
                    }
                    known = Truth::False;
                }
                known
            }
            Test::Port(wanted) => {
                let mut known = ports(edge, floor).peekable();
                if known.peek().is_none() {
                    return Truth::Unknown;
                }
                truth_of(
                    wanted.is_empty()
                        || known.any(|port| wanted.iter().any(|one| (port.from..=port.to).contains(one))),
                )
            }
            Test::Crosses(crossing) => self.crosses(*crossing, edge, at, floor),
            Test::Phase(words) => match edge.relation.phase {
                Phase::Unknown => Truth::Unknown,
                known => truth_of(words.contains(&known)),
            },
            Test::Initiator(words) => match edge.relation.initiator {
                Initiator::Unknown => Truth::Unknown,
                known => truth_of(words.contains(&known)),
            },
            Test::Data(words) => match edge.relation.data {
                DataDirection::Unknown => Truth::Unknown,
                known => truth_of(words.contains(&known)),
            },
            Test::EndsDiffer(key) => {
                self.ends_equal(*key, edge, floor).map_or(Truth::Unknown, |same| truth_of(!same))
            }
            Test::EndsShare(key) => self.ends_equal(*key, edge, floor).map_or(Truth::Unknown, truth_of),
            _ => Truth::Unknown,
        }
    }

    fn ends_equal(&self, key: FactKey, edge: &Edge<'_>, floor: Floor) -> Option<bool> {
        let from = self.known(key, At::Element(edge.from), floor)?;
        let to = self.known(key, At::Element(edge.to), floor)?;
        Some(from.value == to.value)
    }

    fn end(&self, end: End, inner: &Predicate, edge: &Edge<'_>, floor: Floor) -> Truth {
        // Many flows end at one element.
        let from = || self.shared(inner, At::Element(edge.from), floor);
        let to = || self.shared(inner, At::Element(edge.to), floor);
        match end {
            End::From => from(),
            End::To => to(),
            End::Either => from().max(to()),
            End::Both => from().min(to()),
            End::Client | End::Server => match opener(edge) {
                Some(true) if end == End::Client => from(),
                Some(true) => to(),
                Some(false) if end == End::Client => to(),
                Some(false) => from(),
                // Either end may open it: certain only when both ends agree.
                None => {
                    let (from, to) = (from(), to());
                    if from == to { from } else { Truth::Unknown }
                }
            },
        }
    }

    /// Whether the ends lie in different zones, or in zones of different trust.
    fn crosses(&self, crossing: Crossing, edge: &Edge<'_>, at: u32, floor: Floor) -> Truth {
        if crossing != Crossing::TrustBoundary {
            let zones = self.crosses_zone(edge, at, floor);
            return if crossing == Crossing::No { negate(zones) } else { zones };
        }
        let zone = |at: u32| self.index.spot(at).zone;
        if zone(edge.from).is_some() && zone(edge.from) == zone(edge.to) {
            return Truth::False;
        }
        let kinds = (self.index.zone_kind(edge.from, floor), self.index.zone_kind(edge.to, floor));
        if let (Some((from, ..)), Some((to, ..))) = kinds {
            let level = |at: u32| self.index.level(at, floor).map(|(level, ..)| level);
            return truth_of(from != to || level(edge.from) != level(edge.to));
        }
        if self.one_end_external(edge, floor) { Truth::True } else { Truth::Unknown }
    }

    fn crosses_zone(&self, edge: &Edge<'_>, at: u32, floor: Floor) -> Truth {
        if let Some(stated) = self.known(FactKey::CrossesZone, At::Relation(at), floor) {
            return truth_of(*stated.value == FactValue::word("yes"));
        }
        let zone = |at: u32| self.index.spot(at).zone;
        if let (Some(from), Some(to)) = (zone(edge.from), zone(edge.to)) {
            return truth_of(from != to);
        }
        let kinds = (self.index.zone_kind(edge.from, floor), self.index.zone_kind(edge.to, floor));
        let differ = matches!(kinds, (Some((from, ..)), Some((to, ..))) if from != to);
        if differ || self.one_end_external(edge, floor) { Truth::True } else { Truth::Unknown }
    }

    /// One end belongs to somebody else, and the other is known to be ours: said so, inside a zone
    /// of ours, or inside a boundary that leaves the other one outside.
    fn one_end_external(&self, edge: &Edge<'_>, floor: Floor) -> bool {
        let external = |at: u32| {
            let known = self.known(FactKey::External, At::Element(at), floor)?;
            Some(*known.value == FactValue::word("yes"))
        };
        let bounded = |at: u32, other: u32| {
            let beyond = &self.index.spot(other).holders;
            let holders = &self.index.spot(at).holders;
            holders.iter().any(|holder| *holder != other && !beyond.contains(holder))
        };
        let ours = |at: u32, other: u32| {
            external(at) == Some(false)
                || external(at).is_none()
                    && (self.index.level(at, floor).is_some_and(|(level, ..)| level >= 2)
                        || bounded(at, other))
        };
        external(edge.from) == Some(true) && ours(edge.to, edge.from)
            || external(edge.to) == Some(true) && ours(edge.from, edge.to)
    }

    fn quantifier(&self, set: Set, quantity: Quantity, inner: &Predicate, at: At, floor: Floor) -> Truth {
        let (members, closed) = self.set(set, at);
        let mut tally = [0u32; 3];
        for member in members {
            let truth = self.truth(inner, member, floor);
            tally[truth as usize] += 1;
            match (quantity, truth) {
                (Quantity::Some, Truth::True) => return Truth::True,
                (Quantity::Every | Quantity::None, _)
                    if (quantity == Quantity::Every) == (truth == Truth::False)
                        && truth != Truth::Unknown =>
                {
                    return Truth::False;
                }
                _ => {}
            }
        }
        let [no, unknown, yes] = tally;
        let open = !closed || unknown > 0;
        match quantity {
            Quantity::Some => {
                if open {
                    Truth::Unknown
                } else {
                    Truth::False
                }
            }
            Quantity::None => {
                if open {
                    Truth::Unknown
                } else {
                    Truth::True
                }
            }
            Quantity::Every => {
                if unknown > 0 || no + yes == 0 {
                    Truth::Unknown
                } else {
                    Truth::True
                }
            }
            Quantity::AtLeast(least) if yes >= least => Truth::True,
            Quantity::AtLeast(least) => {
                if closed && yes + unknown < least {
                    Truth::False
                } else {
                    Truth::Unknown
                }
            }
            Quantity::Exactly(number) => truth_of(yes == number),
        }
    }

    fn check(&self, key: FactKey, check: &Check, at: At, floor: Floor) -> Truth {
        if *check == Check::Contradictory {
            return truth_of(self.facts(at).is_some_and(|facts| !facts.contradictions(key).is_empty()));
        }
        let Some(known) = self.known(key, at, floor) else { return Truth::Unknown };
        match (check, known.value.as_ref()) {
            (Check::Stated, _) => Truth::True,
            (Check::Words(words), FactValue::Word(word) | FactValue::Text(word)) => {
                truth_of(words.contains(word))
            }
            (Check::Words(words), FactValue::List(items)) => {
                truth_of(items.iter().any(|item| words.contains(item)))
            }
            (Check::Count(bound), FactValue::Count(count)) => truth_of(bound.holds(*count)),
            (Check::Count(bound), FactValue::AtLeast(least)) => within(*bound, *least, u32::MAX),
            (Check::AtLeastWord(least), FactValue::Word(word)) => {
                ordered(key, word, least).map_or(Truth::Unknown, truth_of)
            }
            (Check::BelowWord(limit), FactValue::Word(word)) => {
                ordered(key, word, limit).map_or(Truth::Unknown, |reaches| truth_of(!reaches))
            }
            _ => Truth::Unknown,
        }
    }
}

/// Whether a trait tells how a product is usually run, not what it is: Kafka is usually a cluster.
fn is_habit(word: &str) -> bool {
    word.ends_with("_by_default")
}

fn truth_if_known(asked_for_unknown: bool) -> Truth {
    if asked_for_unknown { Truth::True } else { Truth::Unknown }
}

fn within(bound: Bound, least: u32, most: u32) -> Truth {
    match (bound.holds(least), bound.holds(most)) {
        (true, true) => match bound {
            Bound::Exactly(_) if least != most => Truth::Unknown,
            _ => Truth::True,
        },
        (false, false) => match bound {
            Bound::Exactly(number) if least < number && number < most => Truth::Unknown,
            _ => Truth::False,
        },
        (true, false) | (false, true) => Truth::Unknown,
    }
}

/// Whether a word of an ordered choice reaches another one.
fn ordered(key: FactKey, word: &str, least: &str) -> Option<bool> {
    let FactType::Choice(words) = key.value_type() else { return None };
    let place = |wanted: &str| words.iter().position(|known| *known == wanted);
    Some(place(word)? >= place(least)?)
}

/// Compares versions by their numbers, then `R2` and the like; `None` when one holds no number.
fn compare(written: &str, asked: &str) -> Option<std::cmp::Ordering> {
    let numbers = |text: &str| -> Vec<u32> {
        text.split(|letter: char| !letter.is_ascii_digit()).filter_map(|part| part.parse().ok()).collect()
    };
    let (written, asked) = (numbers(written), numbers(asked));
    if written.is_empty() || asked.is_empty() { None } else { Some(written.cmp(&asked)) }
}
