//! Evidence: the leaves that decided a predicate, and what is missing where nothing decides.

use super::catalog_words;
use super::evaluate::{Judge, ports, protocols};
use super::graph::GRAPH_FACTS;
use super::index::{At, Floor, Index};
use super::predicate::{Check, Crossing, Drawn, End, Predicate, Quantity, Set, Test};
use super::rule::Asked;
use crate::assessment::{Evidence, SubjectRef, Truth};
use crate::model::{FactKey, FactValue, Origin};
use crate::source::Place;

/// Leaves that one verdict shows at most.
const MOST: usize = 12;

/// A fact that would help to decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Missing {
    pub(super) at: At,
    /// `None`: nothing that the sidecar could say; only a drawing shows it.
    pub(super) asked: Option<Asked>,
}

/// The subject that outputs name.
pub(super) fn subject_of(index: &Index<'_>, at: At) -> SubjectRef {
    match at {
        At::Element(at) if index.spot(at).trust.is_some() => {
            SubjectRef::Zone(index.spot(at).element.id.clone())
        }
        At::Element(at) => SubjectRef::Element(index.spot(at).element.id.clone()),
        At::Relation(at) => SubjectRef::Relation(index.flow(at).relation.id.clone()),
        At::View(at) => SubjectRef::View(index.model.views[at as usize].id.clone()),
        At::Model => SubjectRef::Model,
    }
}

/// What people call it: `Web server`, `Web server → Database`.
pub(super) fn name_of(index: &Index<'_>, at: At) -> String {
    match at {
        At::Element(at) => index.spot(at).element.name.clone(),
        At::Relation(at) => {
            let edge = index.flow(at);
            format!("{} → {}", index.spot(edge.from).element.name, index.spot(edge.to).element.name)
        }
        At::View(at) => index.model.views[at as usize].title.clone(),
        At::Model => "the model".to_owned(),
    }
}

fn place_of(index: &Index<'_>, at: At) -> Option<Place> {
    match at {
        At::Element(at) => index.spot(at).element.origins.first().copied(),
        At::Relation(at) => index.flow(at).relation.origins.first().copied(),
        At::View(at) => Some(index.model.views[at as usize].source),
        At::Model => None,
    }
}

impl Judge<'_> {
    /// The leaves that made the predicate what it is.
    pub(super) fn explain(&self, predicate: &Predicate, at: At, floor: Floor) -> Vec<Evidence> {
        let mut found = Vec::new();
        self.leaves(predicate, at, floor, &mut found);
        found
    }

    fn leaves(&self, predicate: &Predicate, at: At, floor: Floor, found: &mut Vec<Evidence>) {
        if found.len() >= MOST {
            return;
        }
        let whole = self.truth(predicate, at, floor);
        match predicate {
            Predicate::All(parts) => {
                let deciding = parts.iter().filter(|part| self.truth(part, at, floor) == whole);
                let most = if whole == Truth::False { 1 } else { usize::MAX };
                deciding.take(most).for_each(|part| self.leaves(part, at, floor, found));
            }
            Predicate::Any(parts) => {
                let deciding = parts.iter().filter(|part| self.truth(part, at, floor) == whole);
                let most = if whole == Truth::True { 1 } else { usize::MAX };
                deciding.take(most).for_each(|part| self.leaves(part, at, floor, found));
            }
            Predicate::Not(inner) => self.leaves(inner, at, floor, found),
            // What is not there explains nothing.
            Predicate::Unless(inner) => {
                if whole == Truth::False {
                    self.leaves(inner, at, floor, found);
                }
            }
            Predicate::OfModel(inner) => self.leaves(inner, At::Model, floor, found),
            Predicate::Test(test) => self.leaf(test, at, floor, whole, found),
        }
    }

    fn leaf(&self, test: &Test, at: At, floor: Floor, truth: Truth, found: &mut Vec<Evidence>) {
        match (test, at) {
            (Test::Quantifier(set, quantity, inner), _) => {
                self.members_told(*set, *quantity, inner, at, floor, truth, found);
            }
            (Test::End(end, inner), At::Relation(flow)) => {
                for end in self.deciding_ends(*end, inner, flow, floor, truth) {
                    self.leaves(inner, At::Element(end), floor, found);
                }
            }
            (Test::Passes(inner), At::Relation(flow)) => {
                let via = self.index.flow(flow).via.clone();
                self.first_of(&via, inner, floor, truth, found);
            }
            (Test::Inside(inner), At::Element(number)) => {
                let holders = self.holders(number);
                self.first_of(&holders, inner, floor, truth, found);
            }
            (Test::Zone(inner), At::Element(number)) => {
                if let Some(zone) = self.index.spot(number).zone {
                    self.leaves(inner, At::Element(zone), floor, found);
                }
            }
            _ => {
                let evidence = self.evidence(test, at, floor, truth);
                let same = |known: &Evidence| known.subject == evidence.subject && known.key == evidence.key;
                if !found.iter().any(same) {
                    found.push(evidence);
                }
            }
        }
    }

    fn first_of(
        &self,
        numbers: &[u32],
        inner: &Predicate,
        floor: Floor,
        truth: Truth,
        found: &mut Vec<Evidence>,
    ) {
        let deciding = numbers.iter().find(|at| self.truth(inner, At::Element(**at), floor) == truth);
        if let Some(at) = deciding {
            self.leaves(inner, At::Element(*at), floor, found);
        }
    }

    fn deciding_ends(&self, end: End, inner: &Predicate, flow: u32, floor: Floor, truth: Truth) -> Vec<u32> {
        let edge = self.index.flow(flow);
        let (client, server) = match super::evaluate::opener(edge) {
            Some(false) => (edge.to, edge.from),
            Some(true) | None => (edge.from, edge.to),
        };
        let ends = match end {
            End::From => vec![edge.from],
            End::To => vec![edge.to],
            End::Client => vec![client],
            End::Server => vec![server],
            End::Either | End::Both => vec![edge.from, edge.to],
        };
        let one_is_enough =
            (end == End::Either && truth == Truth::True) || (end == End::Both && truth == Truth::False);
        let most = if one_is_enough { 1 } else { 2 };
        ends.into_iter().filter(|at| self.truth(inner, At::Element(*at), floor) == truth).take(most).collect()
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one quantifier and of one evaluation")]
    fn members_told(
        &self,
        set: Set,
        quantity: Quantity,
        inner: &Predicate,
        at: At,
        floor: Floor,
        truth: Truth,
        found: &mut Vec<Evidence>,
    ) {
        let (members, _) = self.set(set, at);
        let wanted = match (quantity, truth) {
            (_, Truth::Unknown) => Truth::Unknown,
            (Quantity::Every, Truth::False) => Truth::False,
            (Quantity::Some, Truth::False) | (Quantity::None, Truth::True) => Truth::False,
            (Quantity::AtLeast(_), Truth::False) => Truth::False,
            (Quantity::Every | Quantity::Some | Quantity::AtLeast(_) | Quantity::Exactly(_), _) => {
                Truth::True
            }
            (Quantity::None, Truth::False) => Truth::True,
        };
        let deciding: Vec<At> =
            members.iter().copied().filter(|member| self.truth(inner, *member, floor) == wanted).collect();
        let most = match (quantity, truth) {
            (Quantity::Some, Truth::True) | (Quantity::None, Truth::False) => 1,
            (Quantity::Every, Truth::False) => 3,
            (Quantity::AtLeast(least), Truth::True) => least as usize,
            _ => 6,
        };
        let before = found.len();
        for member in deciding.iter().take(most) {
            self.leaves(inner, *member, floor, found);
            // `{some: {}}` has no leaf of its own: the member is the evidence.
            if found.len() == before {
                found.push(Evidence {
                    subject: subject_of(self.index, *member),
                    key: set.word().to_owned(),
                    value: Some(name_of(self.index, *member)),
                    origin: Some(Origin::Stated),
                    place: place_of(self.index, *member),
                    text: format!("{} is drawn", name_of(self.index, *member)),
                    path: Vec::new(),
                    truth,
                });
            }
        }
        if deciding.is_empty() || (matches!(quantity, Quantity::Exactly(_)) && truth != Truth::Unknown) {
            let count = deciding.len();
            let value = (truth != Truth::Unknown).then(|| count.to_string());
            let text = match &value {
                Some(_) => format!("{count} of the {} of {}, as drawn", set.word(), name_of(self.index, at)),
                None => format!("none of the {} of {} says so", set.word(), name_of(self.index, at)),
            };
            found.push(Evidence {
                subject: subject_of(self.index, at),
                key: set.word().to_owned(),
                origin: value.is_some().then_some(Origin::Derived),
                value,
                place: place_of(self.index, at),
                text,
                path: Vec::new(),
                truth,
            });
        }
    }

    /// The evidence of one leaf about its own subject.
    fn evidence(&self, test: &Test, at: At, floor: Floor, truth: Truth) -> Evidence {
        let index = self.index;
        let name = name_of(index, at);
        let mut evidence = Evidence {
            subject: subject_of(index, at),
            key: key_of(test).to_owned(),
            value: None,
            origin: None,
            place: place_of(index, at),
            text: format!("{} of {name} is not stated", key_of(test)),
            path: Vec::new(),
            truth,
        };
        let mut tell = |value: String, origin: Origin, text: String| {
            evidence.value = Some(value);
            evidence.origin = Some(origin);
            evidence.text = text;
        };
        match (test, at) {
            (Test::Fact(key, Check::Contradictory), _) => {
                let said = self.known(*key, at, floor).map(|known| known.value.display()).unwrap_or_default();
                let text = format!("statements about {} of {name} disagree", key.word());
                tell(said, Origin::Derived, text);
            }
            (Test::Fact(key, _), _) => {
                if let Some(known) = self.known(*key, at, floor) {
                    let text = fact_text(*key, &known.value, &name, known.because);
                    tell(known.value.display(), known.origin, text);
                    evidence.place = known.place.or(evidence.place);
                }
            }
            (Test::Version { .. }, At::Element(number)) => {
                if let Some(version) = self.version(number, floor) {
                    let text = format!("{name} is version {version}, as written");
                    tell(version, Origin::Stated, text);
                }
            }
            (Test::Kind(_), At::Element(number)) => {
                let kind = index.spot(number).element.kind;
                tell(kind.word().to_owned(), Origin::Stated, format!("{name} is drawn as {}", kind.word()));
            }
            (Test::Technology(_) | Test::Trait(_), At::Element(number)) => {
                let element = index.spot(number).element;
                let written: Vec<&str> = element
                    .technologies
                    .iter()
                    .filter(|technology| technology.id.is_some())
                    .map(|technology| technology.written.as_str())
                    .collect();
                if !written.is_empty() {
                    let written = written.join(", ");
                    let text = format!("{name} is {written}");
                    tell(written, Origin::Stated, text);
                }
            }
            (Test::Says(texts), _) => {
                if let Some(text) = texts.iter().find(|text| index.says(at, text)) {
                    let text = text.trim();
                    tell(text.to_owned(), Origin::Stated, format!("the words about {name} say \"{text}\""));
                }
            }
            (Test::TrustLevel(_), At::Element(number)) => {
                if let Some((level, origin, holder)) = index.level(number, floor) {
                    let zone = &index.spot(holder).element.name;
                    let text = if holder == number {
                        format!("{name} has trust level {level}")
                    } else {
                        format!("{name} stands in {zone}, trust level {level}")
                    };
                    tell(level.to_string(), origin, text);
                }
            }
            (Test::PastSupport(_), At::Element(number)) => {
                let support = index
                    .as_of
                    .and_then(|date| catalog_words::support(index.catalog, index.spot(number).element, date));
                if let Some(support) = support {
                    let verb = if support.past { "unsupported since" } else { "supported until" };
                    let text = format!("{}, {verb} {}", support.product, support.ends);
                    tell(support.ends.clone(), Origin::Derived, text);
                }
            }
            (Test::Drawn(what, wanted), _) => {
                let holds = (truth == Truth::True) == *wanted;
                let text = drawn_text(*what, holds, &name, self, at);
                tell(if holds { "yes" } else { "no" }.to_owned(), Origin::Derived, text);
            }
            (Test::GraphFlag(fact, wanted), At::Element(number)) => {
                let column = index.column(*fact, floor);
                if truth != Truth::Unknown {
                    let yes = (truth == Truth::True) == *wanted;
                    let path = if yes { column.witness(index, number) } else { Vec::new() };
                    let mut text = graph_text(GRAPH_FACTS[*fact].name, yes, &name);
                    if !path.is_empty() {
                        let names: Vec<&str> =
                            path.iter().map(|at| index.spot(*at).element.name.as_str()).collect();
                        text = format!("{text}: {}", names.join(" → "));
                    }
                    tell(if yes { "yes" } else { "no" }.to_owned(), Origin::Derived, text);
                    evidence.path = path.iter().map(|at| index.spot(*at).element.id.clone()).collect();
                }
            }
            (Test::GraphCount(fact, _), At::Element(number)) => {
                let column = index.column(*fact, floor);
                if column.truth[number as usize] != Truth::Unknown {
                    let count = column.least[number as usize];
                    let text = format!("{} of {name} is {count}, as drawn", GRAPH_FACTS[*fact].name);
                    tell(count.to_string(), Origin::Derived, text);
                }
            }
            (Test::Protocol(_) | Test::Layer(_), At::Relation(number)) => {
                let edge = index.flow(number);
                let known: Vec<(&str, Origin)> = protocols(edge, floor).collect();
                if let Some((_, origin)) = known.first().copied() {
                    let ids: Vec<&str> = known.iter().map(|(id, _)| *id).collect();
                    let written =
                        edge.relation.protocols.iter().find(|protocol| !protocol.written.is_empty());
                    let text = match (written, origin) {
                        (Some(protocol), Origin::Stated) => {
                            format!("{name} says \"{}\"", protocol.written)
                        }
                        _ => format!("{name} uses {}", ids.join(", ")),
                    };
                    tell(ids.join(", "), origin, text);
                }
            }
            (Test::Port(_), At::Relation(number)) => {
                let known: Vec<_> = ports(index.flow(number), floor).collect();
                if let Some(first) = known.first() {
                    let list: Vec<String> = known.iter().map(|port| super::wording::port(port)).collect();
                    let text = format!("{name} uses {}", list.join(", "));
                    tell(list.join(", "), first.origin, text);
                }
            }
            (Test::Crosses(crossing), At::Relation(number)) if truth != Truth::Unknown => {
                let edge = index.flow(number);
                let side = |at: u32| match index.spot(at).zone {
                    Some(zone) => index.spot(zone).element.name.clone(),
                    None => index.spot(at).element.name.clone(),
                };
                let (from, to) = (side(edge.from), side(edge.to));
                let crosses = (truth == Truth::True) == (*crossing != Crossing::No);
                let text = if crosses {
                    format!("{name} crosses from {from} to {to}")
                } else {
                    format!("{name} stays within {from}")
                };
                let origin = [edge.from, edge.to]
                    .iter()
                    .filter_map(|at| index.zone_kind(*at, floor).map(|(_, origin, _)| origin))
                    .min()
                    .unwrap_or(Origin::Derived)
                    .min(Origin::Derived);
                tell(format!("{from} → {to}"), origin, text);
            }
            (Test::Phase(_), At::Relation(number)) if truth != Truth::Unknown => {
                let word = index.flow(number).relation.phase.word();
                tell(word.to_owned(), Origin::Stated, format!("{name} exists during {word}"));
            }
            (Test::Initiator(_), At::Relation(number)) if truth != Truth::Unknown => {
                let word = index.flow(number).relation.initiator.word();
                tell(word.to_owned(), Origin::Stated, format!("{name} is opened by its `{word}` end"));
            }
            (Test::Data(_), At::Relation(number)) if truth != Truth::Unknown => {
                let word = index.flow(number).relation.data.word();
                tell(word.to_owned(), Origin::Stated, format!("content of {name} goes {word}"));
            }
            (Test::EndsDiffer(key) | Test::EndsShare(key), At::Relation(number)) => {
                let edge = index.flow(number);
                let side = |at: u32| self.known(*key, At::Element(at), floor);
                if let (Some(from), Some(to)) = (side(edge.from), side(edge.to)) {
                    let value = format!("{} and {}", from.value.display(), to.value.display());
                    let text = format!("the ends of {name} have {} {value}", key.word());
                    tell(value, from.origin.min(to.origin), text);
                }
            }
            (Test::Path(query), _) => {
                let (truth, path) = self.path(query, floor);
                if truth != Truth::Unknown {
                    let names: Vec<&str> =
                        path.iter().map(|at| index.spot(*at).element.name.as_str()).collect();
                    tell(names.join(" → "), Origin::Derived, format!("as drawn: {}", names.join(" → ")));
                    evidence.path = path.iter().map(|at| index.spot(*at).element.id.clone()).collect();
                }
            }
            (Test::DataAssets(_), _) => {
                let count = index.model.data_assets.len();
                tell(count.to_string(), Origin::Derived, format!("{count} data assets are named"));
            }
            (Test::Identities(_), _) => {
                let count = index.model.identities.len();
                tell(count.to_string(), Origin::Derived, format!("{count} accounts are named"));
            }
            (Test::Complete, _) if truth == Truth::True => {
                tell("yes".to_owned(), Origin::Declared, format!("{name} is declared complete"));
            }
            (Test::ViewKind(_), At::View(view)) => {
                let word = index.model.views[view as usize].kind.word();
                tell(word.to_owned(), Origin::Derived, format!("{name} is a {word} view"));
            }
            _ => {}
        }
        evidence
    }

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

/// The word that evidence is filed under.
fn key_of(test: &Test) -> &'static str {
    match test {
        Test::Fact(key, _) | Test::EndsDiffer(key) | Test::EndsShare(key) => key.word(),
        Test::Version { .. } => "version",
        Test::Kind(_) => "kind",
        Test::Technology(_) | Test::Trait(_) => "technology",
        Test::Says(_) => "says",
        Test::TrustLevel(_) => "trust-level",
        Test::PastSupport(_) => "past-support",
        Test::Drawn(what, _) => drawn_word(*what),
        Test::GraphFlag(fact, _) | Test::GraphCount(fact, _) => GRAPH_FACTS[*fact].name,
        Test::Quantifier(set, ..) => set.word(),
        Test::Inside(_) => "inside",
        Test::Zone(_) => "zone",
        Test::End(..) => "end",
        Test::Passes(_) => "passes",
        Test::Protocol(_) => "protocol",
        Test::Layer(_) => "layer",
        Test::Port(_) => "port",
        Test::Crosses(_) => "crosses",
        Test::Phase(_) => "phase",
        Test::Initiator(_) => "initiator",
        Test::Data(_) => "data",
        Test::Path(_) => "path",
        Test::DataAssets(_) => "data-assets",
        Test::Identities(_) => "identities",
        Test::Complete => "complete",
        Test::ViewKind(_) => "view-kind",
    }
}

fn drawn_word(what: Drawn) -> &'static str {
    match what {
        Drawn::Alternative => "alternative",
        Drawn::Optional => "optional",
        Drawn::Labeled => "labeled",
        Drawn::Directed => "directed",
        Drawn::Dashed => "dashed",
        Drawn::SelfLoop => "self",
        Drawn::Mediated => "mediated",
        Drawn::Conflicts => "conflicts",
        Drawn::NearMerges => "near-merges",
        Drawn::SupportListed => "support-listed",
        Drawn::Redacted => "redacted",
    }
}

fn fact_text(key: FactKey, value: &FactValue, name: &str, because: &[String]) -> String {
    let told = format!("{name}: {} is {}", key.word(), value.display());
    match because.first() {
        Some(why) => format!("{told}, because {why}"),
        None => told,
    }
}

fn drawn_text(what: Drawn, holds: bool, name: &str, judge: &Judge<'_>, at: At) -> String {
    let pair = match what {
        Drawn::Alternative => ("is one of several alternatives", "stands alone"),
        Drawn::Optional => ("exists only under a condition", "exists always"),
        Drawn::Labeled => ("has a label", "has no label"),
        Drawn::Directed => ("has a direction", "is drawn without a direction"),
        Drawn::Dashed => ("is drawn dashed", "is drawn solid"),
        Drawn::SelfLoop => ("starts and ends at the same element", "joins two elements"),
        Drawn::Mediated => {
            let mediator = match at {
                At::Relation(flow) => judge.mediator(flow),
                At::Element(_) | At::View(_) | At::Model => None,
            };
            if let Some(mediator) = mediator.filter(|_| holds) {
                return format!("{name} passes {}", judge.index.spot(mediator).element.name);
            }
            ("passes a mediator", "is drawn straight, without a mediator")
        }
        Drawn::Conflicts => ("has sources that disagree", "has sources that agree"),
        Drawn::NearMerges => ("names things that may be one", "names nothing twice"),
        Drawn::SupportListed => ("has published support dates", "has no known support dates"),
        Drawn::Redacted => ("held a secret in its text", "holds no secret in its text"),
    };
    format!("{name} {}, as drawn", if holds { pair.0 } else { pair.1 })
}

fn graph_text(fact: &str, yes: bool, name: &str) -> String {
    match (fact, yes) {
        ("reachable-from-internet", true) => format!("{name} is reachable from the Internet, as drawn"),
        ("reachable-from-internet", false) => format!("{name} is not reachable from the Internet, as drawn"),
        ("gateway-bypass", true) => format!("{name} is reached around the gateway, as drawn"),
        ("gateway-bypass", false) => format!("every way to {name} passes a gateway or firewall, as drawn"),
        ("articulation-point", true) => format!("others lose their connection without {name}, as drawn"),
        ("articulation-point", false) => format!("no connection depends on {name} alone, as drawn"),
        ("connected", true) => format!("{name} is connected, as drawn"),
        ("connected", false) => format!("no line ends on {name}"),
        (other, yes) => format!("{other} of {name} is {}, as drawn", if yes { "yes" } else { "no" }),
    }
}
