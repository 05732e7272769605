//! Predicates in words, for the reference of a pack: one line a statement, indented under what joins them.

use super::evidence::{drawn_words, graph_text};
use super::graph::GRAPH_FACTS;
use super::packs::Packs;
use super::predicate::{Bound, Check, Crossing, End, PathQuery, Predicate, Quantity, Set, Test, Way};
use super::rule::GapTest;
use crate::catalog::Catalog;
use crate::model::{DataDirection, ElementKind, FactKey, FactType, Initiator, Phase, ViewKind};

/// One line of a description.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordLine {
    /// How deep it stands, from 0.
    pub depth: usize,
    /// The statement; it ends with a colon when lines of a greater depth belong to it.
    pub text: String,
}

/// What a rule tests, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleWords {
    /// When it applies.
    pub when: Vec<WordLine>,
    /// When it is sound.
    pub satisfied: Vec<WordLine>,
    /// When it has a gap.
    pub gap: GapWords,
}

/// When a rule has a gap, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GapWords {
    /// When what is sound is known not to hold.
    NotSatisfied,
    /// When this holds.
    When(Vec<WordLine>),
    /// Never: it can only ask.
    Never,
}

impl Packs {
    /// What a rule tests, in words; `None` when there is no such rule.
    pub fn rule_in_words(&self, id: &str) -> Option<RuleWords> {
        let rule = self.rules_of_all().find(|rule| rule.card.id == id)?;
        Some(RuleWords {
            when: describe(&rule.when),
            satisfied: describe(&rule.satisfied),
            gap: match &rule.gap {
                GapTest::NotSatisfied => GapWords::NotSatisfied,
                GapTest::When(gap) => GapWords::When(describe(gap)),
                GapTest::Never => GapWords::Never,
            },
        })
    }

    /// When a pack is about a model, in words; empty when it always is.
    pub fn scope_in_words(&self, pack: &str) -> Vec<WordLine> {
        let found = self.packs.iter().find(|known| known.id == pack);
        found.and_then(|pack| pack.applies_when.as_ref()).map(describe).unwrap_or_default()
    }
}

fn describe(predicate: &Predicate) -> Vec<WordLine> {
    let mut lines = Vec::new();
    put(predicate, "", 0, &mut lines);
    lines
}

/// `lead` stands before the statement: `some flow to it`.
fn put(predicate: &Predicate, lead: &str, depth: usize, lines: &mut Vec<WordLine>) {
    let line = |text: String| WordLine { depth, text };
    let group = |head: &str, parts: &[Predicate], lines: &mut Vec<WordLine>| {
        lines.push(line(format!("{}:", joined(lead, head))));
        parts.iter().for_each(|part| put(part, "", depth + 1, lines));
    };
    match predicate {
        Predicate::All(parts) if parts.is_empty() => lines.push(line(joined(lead, "there is one"))),
        Predicate::All(parts) => group("all of these hold", parts, lines),
        Predicate::Any(parts) => group("one of these holds", parts, lines),
        Predicate::Not(inner) => match inner.as_ref() {
            Predicate::Any(parts) => group("none of these holds", parts, lines),
            Predicate::All(parts) if !parts.is_empty() => group("not all of these hold", parts, lines),
            other => put(other, &joined(lead, "not"), depth, lines),
        },
        Predicate::Unless(inner) => match inner.as_ref() {
            Predicate::Any(parts) => group("unless it is known that one of these holds", parts, lines),
            Predicate::All(parts) if !parts.is_empty() => {
                group("unless it is known that all of these hold", parts, lines);
            }
            other => put(other, &joined(lead, "unless it is known that"), depth, lines),
        },
        Predicate::OfModel(inner) => put(inner, &joined(lead, "in the whole model"), depth, lines),
        Predicate::Test(Test::Quantifier(set, quantity, inner)) => {
            put(inner, &joined(lead, &members(*set, *quantity)), depth, lines);
        }
        Predicate::Test(Test::Inside(inner)) => {
            put(inner, &joined(lead, "something that holds it"), depth, lines)
        }
        Predicate::Test(Test::Zone(inner)) => put(inner, &joined(lead, "its zone"), depth, lines),
        Predicate::Test(Test::Passes(inner)) => {
            put(inner, &joined(lead, "something that it passes"), depth, lines)
        }
        Predicate::Test(Test::End(end, inner)) => {
            let end = match end {
                End::From => "its start",
                End::To => "its end",
                End::Either => "one of its ends",
                End::Both => "both of its ends",
                End::Client => "the end that opens it",
                End::Server => "the end that answers it",
            };
            put(inner, &joined(lead, end), depth, lines);
        }
        Predicate::Test(Test::Path(query)) => path(query, lead, depth, lines),
        Predicate::Test(test) => lines.push(line(joined(lead, &leaf(test)))),
    }
}

fn path(query: &PathQuery, lead: &str, depth: usize, lines: &mut Vec<WordLine>) {
    let head = match query.every {
        Some(least) => format!("every path, as drawn, passes at least {least}"),
        None => "a path leads, as drawn".to_owned(),
    };
    lines.push(WordLine { depth, text: format!("{}:", joined(lead, &head)) });
    put(&query.from, "from", depth + 1, lines);
    put(&query.to, "to", depth + 1, lines);
    if let Some(passes) = &query.passes {
        put(passes, "through", depth + 1, lines);
    }
    if let Some(avoids) = &query.avoids {
        put(avoids, "around", depth + 1, lines);
    }
}

fn joined(lead: &str, rest: &str) -> String {
    match lead {
        "" => rest.to_owned(),
        lead if lead.ends_with("not") || lead.ends_with("that") => format!("{lead} {rest}"),
        lead => format!("{lead}: {rest}"),
    }
}

fn members(set: Set, quantity: Quantity) -> String {
    let (one, many) = match set {
        Set::Flows(Way::Incoming) => ("flow to it", "flows to it"),
        Set::Flows(Way::Outgoing) => ("flow from it", "flows from it"),
        Set::Flows(Way::Either) => ("flow of it", "flows of it"),
        Set::Members => ("thing inside it", "things inside it"),
        Set::Instances => ("drawn instance of it", "drawn instances of it"),
        Set::Beside => ("thing on the same computer", "things on the same computer"),
        Set::Trusts => ("zone that it trusts", "zones that it trusts"),
        Set::SeparatedBy => ("device between it and its neighbors", "devices between it and its neighbors"),
        Set::Alternatives => ("alternative to it", "alternatives to it"),
        Set::Elements => ("element", "elements"),
        Set::Relations => ("flow", "flows"),
        Set::Zones => ("zone", "zones"),
        Set::Views => ("view", "views"),
    };
    match quantity {
        Quantity::Some => format!("some {one}"),
        Quantity::Every => format!("every {one}"),
        Quantity::None => format!("no {one}"),
        Quantity::AtLeast(least) => format!("at least {least} {}", if least == 1 { one } else { many }),
        Quantity::Exactly(number) => format!("exactly {number} {}", if number == 1 { one } else { many }),
    }
}

fn leaf(test: &Test) -> String {
    let catalog = Catalog::builtin();
    match test {
        Test::Fact(key, check) => fact(*key, check),
        Test::Version { at_least: true, version } => format!("its version is {version} or later"),
        Test::Version { at_least: false, version } => format!("its version is earlier than {version}"),
        Test::Kind(kinds) => {
            format!("it is drawn as {}", or(kinds.iter().map(|kind| ElementKind::word(*kind))))
        }
        Test::Technology(ids) if ids.is_empty() => "its technology is stated".to_owned(),
        Test::Technology(ids) => {
            let name = |id: &String| catalog.technology(id).map_or(id.clone(), |known| known.name.to_owned());
            format!("it is {}", or(ids.iter().map(name)))
        }
        Test::Trait(words) => {
            format!("its technology has the trait {}", or(words.iter().map(|word| format!("`{word}`"))))
        }
        Test::Says(texts) => {
            format!("the words about it say {}", or(texts.iter().map(|text| format!("\"{}\"", text.trim()))))
        }
        Test::TrustLevel(bound) => format!("its trust level is {}", bounded(*bound)),
        Test::PastSupport(true) => "the support of its version has ended".to_owned(),
        Test::PastSupport(false) => "its version is supported".to_owned(),
        Test::Drawn(what, wanted) => format!("it {}", drawn_words(*what, *wanted)),
        Test::GraphFlag(at, wanted) => graph_text(GRAPH_FACTS[*at].name, *wanted, "it"),
        Test::GraphCount(at, bound) => {
            format!("`{}` is {}, as drawn", GRAPH_FACTS[*at].name, bounded(*bound))
        }
        Test::Protocol(ids) if ids.is_empty() => "its protocol is stated".to_owned(),
        Test::Protocol(ids) => {
            let name = |id: &String| catalog.protocol(id).map_or(id.clone(), |known| known.name.to_owned());
            format!("its protocol is {}", or(ids.iter().map(name)))
        }
        Test::Layer(words) => format!("its protocol is of the layer {}", or(words)),
        Test::Port(ports) if ports.is_empty() => "its port is stated".to_owned(),
        Test::Port(ports) => format!("its port is {}", or(ports)),
        Test::Crosses(Crossing::Zone) => "it leaves a zone".to_owned(),
        Test::Crosses(Crossing::TrustBoundary) => "it crosses a trust boundary".to_owned(),
        Test::Crosses(Crossing::No) => "both ends lie in one zone".to_owned(),
        Test::Phase(words) => format!("its phase is {}", or(words.iter().map(|word| Phase::word(*word)))),
        Test::Initiator(words) => {
            format!("it is opened by {}", or(words.iter().map(|word| Initiator::word(*word))))
        }
        Test::Data(words) => {
            format!("its data go {}", or(words.iter().map(|word| DataDirection::word(*word))))
        }
        Test::EndsDiffer(key) => format!("its ends differ in `{}`", key.word()),
        Test::EndsShare(key) => format!("its ends share one `{}`", key.word()),
        Test::DataAssets(bound) => format!("the number of data assets is {}", bounded(*bound)),
        Test::Identities(bound) => format!("the number of identities is {}", bounded(*bound)),
        Test::Complete => "it is declared complete".to_owned(),
        Test::ViewKind(kinds) => {
            format!("it is a view of kind {}", or(kinds.iter().map(|kind| ViewKind::word(*kind))))
        }
        // Told with what is inside them.
        Test::Quantifier(..)
        | Test::Inside(_)
        | Test::Zone(_)
        | Test::End(..)
        | Test::Passes(_)
        | Test::Path(_) => String::new(),
    }
}

fn fact(key: FactKey, check: &Check) -> String {
    let word = key.word();
    match check {
        Check::Words(words) if key.value_type() == FactType::List => format!("`{word}` holds {}", or(words)),
        Check::Words(words) => format!("`{word}` is {}", or(words)),
        Check::Count(bound) => format!("`{word}` is {}", bounded(*bound)),
        Check::AtLeastWord(least) => format!("`{word}` is {least} or above"),
        Check::BelowWord(limit) => format!("`{word}` is below {limit}"),
        Check::Stated => format!("`{word}` is known"),
        Check::Contradictory => format!("statements about `{word}` disagree"),
    }
}

fn bounded(bound: Bound) -> String {
    match bound {
        Bound::AtLeast(least) => format!("at least {least}"),
        Bound::Below(limit) => format!("below {limit}"),
        Bound::Exactly(number) => number.to_string(),
    }
}

/// `a`, `a or b`, `a, b or c`.
fn or<T: ToString>(words: impl IntoIterator<Item = T>) -> String {
    let words: Vec<String> = words.into_iter().map(|word| word.to_string()).collect();
    match words.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} or {last}", rest.join(", ")),
    }
}
