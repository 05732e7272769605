//! Truth of a predicate, in Kleene's strong logic. No evidence is gathered here: this runs for
//! every rule and subject, `explain` only for those that have a verdict.

use std::borrow::Cow;

use super::catalog_words;
use super::graph;
use super::index::{At, Edge, Floor, Index};
use super::predicate::{Bound, Check, Crossing, Drawn, End, PathQuery, Predicate, Quantity, Set, Test, Way};
use crate::assessment::Truth;
use crate::model::{
    DataDirection, Element, ElementKind, FactKey, FactType, FactValue, Facts, Heads, Initiator, Origin, Phase,
};
use crate::source::Place;

/// A fact that counts.
#[derive(Clone, Debug)]
pub(super) struct Known<'a> {
    pub(super) value: Cow<'a, FactValue>,
    pub(super) origin: Origin,
    pub(super) place: Option<Place>,
    pub(super) because: &'a [String],
}

/// Facts that are supposed for a moment: what would follow from an answer.
#[derive(Debug)]
pub(super) struct Supposition<'a> {
    pub(super) subjects: &'a [At],
    pub(super) values: &'a [(FactKey, FactValue)],
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
            Predicate::OfModel(inner) => self.truth(inner, At::Model, floor),
            Predicate::Test(test) => self.test(test, at, floor),
        }
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
                .index
                .level(at, floor)
                .map_or(Truth::Unknown, |(level, ..)| truth_of(bound.holds(u32::from(level)))),
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
                    best = best.max(self.truth(inner, At::Element(holder), floor));
                }
                best
            }
            Test::Zone(inner) => {
                spot.zone.map_or(Truth::Unknown, |zone| self.truth(inner, At::Element(zone), floor))
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
                    best = best.max(self.truth(inner, At::Element(*through), floor));
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
        let from = || self.truth(inner, At::Element(edge.from), floor);
        let to = || self.truth(inner, At::Element(edge.to), floor);
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

    /// What the set holds, and whether it is known to be all.
    pub(super) fn set(&self, set: Set, at: At) -> (Vec<At>, bool) {
        let index = self.index;
        let elements = |numbers: Vec<u32>| numbers.into_iter().map(At::Element).collect::<Vec<At>>();
        match (set, at) {
            (Set::Flows(way), At::Element(number)) => {
                (self.flows(way, number).into_iter().map(At::Relation).collect(), index.spot(number).complete)
            }
            (Set::Members, At::Element(number)) => {
                (elements(index.members(number)), index.spot(number).complete)
            }
            (Set::Instances, At::Element(number)) => {
                (elements(index.spot(number).instances.clone()), index.spot(number).complete)
            }
            (Set::Trusts, At::Element(number)) => {
                let Some(zone) = index.spot(number).trust else { return (Vec::new(), false) };
                let trusted = zone.trusts.iter().filter_map(|id| index.number(id)).collect();
                (elements(trusted), zone.trusts_stated)
            }
            (Set::SeparatedBy, At::Element(number)) => {
                let separations = index.spot(number).trust.map_or(&[][..], |zone| &zone.separations);
                let mut devices: Vec<u32> = Vec::new();
                for device in separations.iter().flat_map(|separation| &separation.devices) {
                    let Some(device) = index.number(device) else { continue };
                    if !devices.contains(&device) {
                        devices.push(device);
                    }
                }
                (elements(devices), index.spot(number).complete)
            }
            (Set::Alternatives, At::Relation(number)) => {
                let group = index.flow(number).relation.alternative.as_ref();
                let others = (0..index.flows.len()).filter_map(|at| u32::try_from(at).ok());
                let found = others
                    .filter(|other| {
                        *other != number
                            && group.is_some()
                            && index.flow(*other).relation.alternative.as_ref() == group
                    })
                    .map(At::Relation)
                    .collect();
                (found, true)
            }
            (Set::Elements | Set::Zones, At::Model) => {
                let all = 0..count(index.spots.len());
                let zones = set == Set::Zones;
                let wanted = |at: &u32| judged_element(index, *at, zones);
                (all.filter(wanted).map(At::Element).collect(), index.complete)
            }
            (Set::Relations, At::Model) => {
                ((0..count(index.flows.len())).map(At::Relation).collect(), index.complete)
            }
            (Set::Views, At::Model) => ((0..count(index.model.views.len())).map(At::View).collect(), true),
            (Set::Elements | Set::Zones, At::View(view)) => {
                let view = &index.model.views[view as usize];
                let shown = view.nodes.iter().filter_map(|node| index.number(&node.element));
                let zones = set == Set::Zones;
                let wanted =
                    |at: &u32| index.is_boundary(*at) == zones && (!zones || index.spot(*at).trust.is_some());
                (shown.filter(wanted).map(At::Element).collect(), view.complete)
            }
            (Set::Relations, At::View(view)) => {
                let view = &index.model.views[view as usize];
                let drawn: std::collections::BTreeSet<&str> =
                    view.relations.iter().map(|id| id.as_str()).collect();
                let shown = (0..count(index.flows.len())).filter(|at| {
                    let relation = index.flow(*at).relation;
                    std::iter::once(&relation.id)
                        .chain(&relation.pieces)
                        .any(|id| drawn.contains(id.as_str()))
                });
                (shown.map(At::Relation).collect(), view.complete)
            }
            _ => (Vec::new(), false),
        }
    }

    /// Flows of an element; of a zone or boundary, those that cross its border.
    fn flows(&self, way: Way, at: u32) -> Vec<u32> {
        let spot = self.index.spot(at);
        let mut found: Vec<u32> = Vec::new();
        if way != Way::Outgoing {
            found.extend(&spot.incoming);
        }
        if way != Way::Incoming {
            found.extend(
                spot.outgoing.iter().filter(|flow| way == Way::Outgoing || !spot.incoming.contains(flow)),
            );
        }
        if !self.index.is_boundary(at) {
            return found;
        }
        let members = self.index.members(at);
        let mut inside = vec![false; self.index.spots.len()];
        members.iter().for_each(|member| inside[*member as usize] = true);
        for member in &members {
            let member = self.index.spot(*member);
            let enters = member.incoming.iter().filter(|flow| !inside[self.index.flow(**flow).from as usize]);
            let leaves = member.outgoing.iter().filter(|flow| !inside[self.index.flow(**flow).to as usize]);
            if way != Way::Outgoing {
                found.extend(enters);
            }
            if way != Way::Incoming {
                found.extend(leaves);
            }
        }
        found.sort_unstable();
        found.dedup();
        found
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

    fn facts(&self, at: At) -> Option<&'a Facts> {
        match at {
            At::Element(at) => Some(&self.index.spot(at).element.facts),
            At::Relation(at) => Some(&self.index.flow(at).relation.facts),
            At::Model => Some(&self.index.model.facts),
            At::View(_) => None,
        }
    }

    /// The fact that counts, when the floor admits it.
    pub(super) fn known(&self, key: FactKey, at: At, floor: Floor) -> Option<Known<'a>> {
        if let Some(supposed) = self.supposed {
            let value = supposed.values.iter().find(|(known, _)| *known == key);
            if let Some((_, value)) = value.filter(|_| supposed.subjects.contains(&at)) {
                return Some(Known {
                    value: Cow::Owned(value.clone()),
                    origin: Origin::Declared,
                    place: None,
                    because: &[],
                });
            }
        }
        if let (FactKey::ZoneKind, At::Element(number)) = (key, at) {
            let (value, origin, holder) = self.index.zone_kind(number, floor)?;
            let element = self.index.spot(holder).element;
            let fact = element.facts.get(key);
            return Some(Known {
                value: Cow::Borrowed(value),
                origin,
                place: fact.and_then(|fact| fact.place).or_else(|| element.origins.first().copied()),
                because: fact.map_or(&[], |fact| &fact.because),
            });
        }
        let fact = self.facts(at)?.get(key)?;
        floor.admits(fact.origin).then_some(Known {
            value: Cow::Borrowed(&fact.value),
            origin: fact.origin,
            place: fact.place,
            because: &fact.because,
        })
    }

    pub(super) fn technologies(&self, at: At) -> Option<&'a [&'a str]> {
        match at {
            At::Element(at) => {
                let known = &self.index.spot(at).technologies;
                (!known.is_empty()).then_some(known.as_slice())
            }
            At::Relation(_) | At::View(_) | At::Model => None,
        }
    }

    fn traits(&self, at: At) -> Option<&'a [&'a str]> {
        match at {
            At::Element(at) if !self.index.spot(at).technologies.is_empty() => {
                Some(&self.index.spot(at).traits)
            }
            _ => None,
        }
    }

    /// Version fact, or the version beside a technology.
    pub(super) fn version(&self, at: u32, floor: Floor) -> Option<String> {
        if let Some(known) = self.known(FactKey::Version, At::Element(at), floor) {
            return Some(known.value.display());
        }
        self.index.spot(at).element.technologies.iter().find_map(|technology| technology.version.clone())
    }

    /// What holds an element or one of its instances.
    pub(super) fn holders(&self, at: u32) -> Vec<u32> {
        let spot = self.index.spot(at);
        let mut holders = spot.holders.clone();
        for instance in &spot.instances {
            for holder in &self.index.spot(*instance).holders {
                if !holders.contains(holder) {
                    holders.push(*holder);
                }
            }
        }
        holders
    }

    fn drawn(&self, what: Drawn, at: At) -> bool {
        let index = self.index;
        match (what, at) {
            (Drawn::Alternative, At::Relation(at)) => index.flow(at).relation.alternative.is_some(),
            (Drawn::Optional, At::Relation(at)) => index.flow(at).relation.optional,
            (Drawn::Labeled, At::Relation(at)) => {
                let relation = index.flow(at).relation;
                relation.label.as_ref().is_some_and(|label| !label.trim().is_empty())
                    || !relation.technologies.is_empty()
            }
            (Drawn::Directed, At::Relation(at)) => index.flow(at).relation.heads != Heads::None,
            (Drawn::Dashed, At::Relation(at)) => index.flow(at).relation.dashed,
            (Drawn::SelfLoop, At::Relation(at)) => index.flow(at).from == index.flow(at).to,
            (Drawn::Mediated, At::Relation(at)) => self.mediator(at).is_some(),
            (Drawn::Conflicts, _) => index.conflicts > 0,
            (Drawn::NearMerges, _) => index.model.merges.iter().any(|merge| merge.near_miss.is_some()),
            (Drawn::SupportListed, At::Element(at)) => {
                catalog_words::support_listed(index.catalog, index.spot(at).element)
            }
            (Drawn::Redacted, at) => self.redacted(at),
            _ => false,
        }
    }

    /// The pass-through element that ends a flow's connection and opens a new one.
    pub(super) fn mediator(&self, flow: u32) -> Option<u32> {
        self.index.flow(flow).via.iter().copied().find(|at| {
            let spot = self.index.spot(*at);
            spot.element.kind == ElementKind::Gateway
                || spot.traits.iter().any(|word| catalog_words::MEDIATORS.contains(word))
                || spot.element.kind != ElementKind::Firewall
                    && self
                        .index
                        .zone_kind(*at, Floor::Any)
                        .is_some_and(|(kind, ..)| *kind == FactValue::word("perimeter"))
        })
    }

    fn redacted(&self, at: At) -> bool {
        const MARK: &str = "«redacted»";
        let element = |element: &Element| {
            let texts = element.description.iter().chain(&element.tags).chain(&element.stereotypes);
            let written = element.technologies.iter().map(|technology| &technology.written);
            std::iter::once(&element.name)
                .chain(texts)
                .chain(written)
                .chain(element.properties.values())
                .any(|text| text.contains(MARK))
        };
        let relation = |edge: &Edge<'_>| {
            let relation = edge.relation;
            let written = relation.technologies.iter().map(|technology| &technology.written);
            relation
                .label
                .iter()
                .chain(written)
                .chain(relation.properties.values())
                .any(|text| text.contains(MARK))
        };
        match at {
            At::Element(at) => element(self.index.spot(at).element),
            At::Relation(at) => relation(self.index.flow(at)),
            At::View(at) => {
                self.index.model.views[at as usize].notes.iter().any(|note| note.text.contains(MARK))
            }
            At::Model => {
                self.index.spots.iter().any(|spot| element(spot.element))
                    || self.index.flows.iter().any(relation)
                    || self
                        .index
                        .model
                        .views
                        .iter()
                        .flat_map(|view| &view.notes)
                        .any(|note| note.text.contains(MARK))
            }
        }
    }

    /// A path query, with its witness: a path for `path`, the path that fails for `every-path`.
    pub(super) fn path(&self, query: &PathQuery, floor: Floor) -> (Truth, Vec<u32>) {
        let numbers = || 0..count(self.index.spots.len());
        let holds =
            |predicate: &Predicate, at: u32| self.truth(predicate, At::Element(at), floor) == Truth::True;
        let starts: Vec<bool> = numbers().map(|at| holds(&query.from, at)).collect();
        let ends: Vec<bool> = numbers().map(|at| !starts[at as usize] && holds(&query.to, at)).collect();
        let marks: Vec<bool> = match query.passes.as_ref() {
            Some(passes) => numbers().map(|at| holds(passes, at)).collect(),
            None => Vec::new(),
        };
        if let Some(least) = query.every {
            let cost = |flow: u32, to: u32| {
                let via = self.index.flow(flow).via.iter().filter(|at| marks[**at as usize]).count();
                count(via) + u32::from(marks[to as usize])
            };
            let (found, before) = graph::cheapest(self.index, &starts, &cost, false);
            let reached = numbers().filter(|at| ends[*at as usize]);
            let worst = reached.filter_map(|at| Some((found[at as usize]?, at))).min();
            return match worst {
                None => (Truth::Unknown, Vec::new()),
                Some((passed, at)) => (truth_of(passed >= least), graph::path_to(self.index, &before, at)),
            };
        }
        let avoided: Vec<bool> = match query.avoids.as_ref() {
            Some(avoids) => {
                numbers().map(|at| self.truth(avoids, At::Element(at), floor) != Truth::False).collect()
            }
            None => Vec::new(),
        };
        let blocked = |at: u32| avoided.get(at as usize).copied().unwrap_or_default();
        // With `passes`, a path counts once it has met such an element: walk to it, then on from it.
        let found = graph::search(self.index, &starts, &ends, &marks, &|flow, to| {
            !blocked(to) && !self.index.flow(flow).via.iter().any(|at| blocked(*at))
        });
        match found {
            Some(path) => (Truth::True, path),
            None if self.index.complete && query.avoids.is_none() => (Truth::False, Vec::new()),
            None => (Truth::Unknown, Vec::new()),
        }
    }
}

/// Whether a trait tells how a product is usually run, not what it is: Kafka is usually a cluster.
fn is_habit(word: &str) -> bool {
    word.ends_with("_by_default")
}

/// Which end opens the connection: `from`, `to`, or (`None`) either; as drawn when nobody said.
pub(super) fn opener(edge: &Edge<'_>) -> Option<bool> {
    match (edge.relation.initiator, edge.relation.heads) {
        (Initiator::From, _) | (Initiator::Unknown, Heads::One) => Some(true),
        (Initiator::To, _) => Some(false),
        (Initiator::Either, _) | (Initiator::Unknown, Heads::Both | Heads::None) => None,
    }
}

/// Protocols that count: the firm ones, else (where the floor admits them) the inferred ones.
pub(super) fn protocols<'a>(edge: &Edge<'a>, floor: Floor) -> impl Iterator<Item = (&'a str, Origin)> {
    let all = &edge.relation.protocols;
    let firm = all.iter().any(|protocol| Floor::Firm.admits(protocol.origin));
    all.iter()
        .filter(
            move |protocol| {
                if firm { Floor::Firm.admits(protocol.origin) } else { floor.admits(protocol.origin) }
            },
        )
        .map(|protocol| (protocol.id.as_str(), protocol.origin))
}

/// Ports that count, as [`protocols`].
pub(super) fn ports<'a>(edge: &Edge<'a>, floor: Floor) -> impl Iterator<Item = &'a crate::model::Port> {
    let all = &edge.relation.ports;
    let firm = all.iter().any(|port| Floor::Firm.admits(port.origin));
    all.iter()
        .filter(move |port| if firm { Floor::Firm.admits(port.origin) } else { floor.admits(port.origin) })
}

/// Whether rules judge an element: no boundary, and no instance of a logical element that is drawn.
pub(super) fn judged_element(index: &Index<'_>, at: u32, zones: bool) -> bool {
    let spot = index.spot(at);
    if zones { spot.trust.is_some() } else { !index.is_boundary(at) && spot.logical.is_none() }
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

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
