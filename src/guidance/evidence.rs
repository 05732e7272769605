//! One leaf as evidence: the fact, where it comes from, and the sentence that tells it.

use super::catalog_words;
use super::evaluate::Judge;
use super::explain::{name_of, place_of, subject_of};
use super::graph::{GRAPH_FACTS, sync_chain};
use super::index::{At, Floor};
use super::known::{ports, protocols};
use super::predicate::{Check, Crossing, Drawn, Test};
use crate::assessment::{Evidence, Truth};
use crate::model::{FactKey, FactValue, Origin};

impl Judge<'_> {
    /// The evidence of one leaf about its own subject.
    pub(super) fn evidence(&self, test: &Test, at: At, floor: Floor, truth: Truth) -> Evidence {
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
                    let mut text = match GRAPH_FACTS[*fact].name {
                        "fan-in" => format!("{name} answers {}, as drawn", flows(count)),
                        "fan-out" => format!("{name} opens {}, as drawn", flows(count)),
                        other => format!("{other} of {name} is {count}, as drawn"),
                    };
                    let mut chain = Vec::new();
                    if GRAPH_FACTS[*fact].name == "sync-chain-depth" && count > 0 {
                        chain = sync_chain(column, number);
                        let names: Vec<&str> =
                            chain.iter().map(|at| index.spot(*at).element.name.as_str()).collect();
                        text = format!("{count} calls wait in a row, as drawn: {}", names.join(" → "));
                    }
                    tell(count.to_string(), Origin::Derived, text);
                    evidence.path = chain.iter().map(|at| index.spot(*at).element.id.clone()).collect();
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
    let mediator = match (what, at) {
        (Drawn::Mediated, At::Relation(flow)) if holds => judge.mediator(flow),
        _ => None,
    };
    match mediator {
        Some(mediator) => format!("{name} passes {}", judge.index.spot(mediator).element.name),
        None => format!("{name} {}, as drawn", drawn_words(what, holds)),
    }
}

/// What a yes or no of the drawing says of its subject.
pub(super) const fn drawn_words(what: Drawn, holds: bool) -> &'static str {
    let (yes, no) = match what {
        Drawn::Alternative => ("is one of several alternatives", "stands alone"),
        Drawn::Optional => ("exists only under a condition", "exists always"),
        Drawn::Labeled => ("has a label", "has no label"),
        Drawn::Directed => ("has a direction", "is drawn without a direction"),
        Drawn::Dashed => ("is drawn dashed", "is drawn solid"),
        Drawn::SelfLoop => ("starts and ends at the same element", "joins two elements"),
        Drawn::Mediated => ("passes a mediator", "is drawn straight, without a mediator"),
        Drawn::Conflicts => ("has sources that disagree", "has sources that agree"),
        Drawn::NearMerges => ("names things that may be one", "names nothing twice"),
        Drawn::SupportListed => ("has published support dates", "has no known support dates"),
        Drawn::Redacted => ("held a secret in its text", "holds no secret in its text"),
    };
    if holds { yes } else { no }
}

pub(super) fn graph_text(fact: &str, yes: bool, name: &str) -> String {
    match (fact, yes) {
        ("reachable-from-internet", true) => format!("{name} is reachable from the Internet, as drawn"),
        ("reachable-from-internet", false) => format!("{name} is not reachable from the Internet, as drawn"),
        ("gateway-bypass", true) => format!("{name} is reached around the gateway, as drawn"),
        ("gateway-bypass", false) => format!("every way to {name} passes a gateway or firewall, as drawn"),
        ("articulation-point", true) => format!("others lose their connection without {name}, as drawn"),
        ("articulation-point", false) => format!("no connection depends on {name} alone, as drawn"),
        ("call-circle", true) => format!("{name} waits for others that wait for it, as drawn"),
        ("call-circle", false) => format!("{name} waits for nobody that waits for it, as drawn"),
        ("connected", true) => format!("{name} is connected, as drawn"),
        ("connected", false) => format!("no line ends on {name}"),
        (other, yes) => format!("{other} of {name} is {}, as drawn", if yes { "yes" } else { "no" }),
    }
}

/// A number of flows in words.
fn flows(count: u32) -> String {
    match count {
        0 => "no flow".to_owned(),
        1 => "one flow".to_owned(),
        _ => format!("{count} flows"),
    }
}
