//! Comparisons that nothing can meet: `all: [{replicas: {at-least: 3}}, {replicas: {below: 2}}]`.
//!
//! Looks at what stands together under `all`; parts that say nothing of the same thing are left alone.

use std::collections::BTreeMap;

use super::graph::GRAPH_FACTS;
use super::lint::inner_predicates;
use super::predicate::{Bound, Check, Predicate, Test};
use crate::diagnostic::Diagnostic;
use crate::model::{FactKey, FactType};
use crate::source::Span;

/// Refuses what can never be true in a predicate of the rule or pack `id`.
pub(super) fn refuse_impossible(predicate: &Predicate, id: &str, span: Span, told: &mut Vec<Diagnostic>) {
    let parts: Vec<&Predicate> = match predicate {
        Predicate::All(_) => joined(predicate),
        Predicate::Any(parts) => parts.iter().collect(),
        Predicate::Not(inner) | Predicate::OfModel(inner) | Predicate::Unless(inner) => vec![inner],
        Predicate::Test(test) => inner_predicates(test),
    };
    if matches!(predicate, Predicate::All(_)) {
        for subject in contradictions(&parts) {
            let message =
                format!("`{id}` asks what can never be: the conditions on `{subject}` exclude each other");
            let help = "conditions under `all` hold together; `any` takes one of several";
            told.push(Diagnostic::error("pack/impossible", message, span).help(help));
        }
    }
    for part in parts {
        refuse_impossible(part, id, span, told);
    }
}

/// The parts of an `all`, those of an `all` within it included.
fn joined(predicate: &Predicate) -> Vec<&Predicate> {
    match predicate {
        Predicate::All(parts) => parts.iter().flat_map(joined).collect(),
        other => vec![other],
    }
}

/// What may still be, of one thing.
enum Room {
    /// Numbers from the first to the last.
    Numbers(u32, u32),
    /// Words that are left.
    Words(Vec<String>),
    /// A yes or no.
    Flag(bool),
    Nothing,
}

fn contradictions(parts: &[&Predicate]) -> Vec<String> {
    let mut rooms: BTreeMap<String, Room> = BTreeMap::new();
    for part in parts {
        let Predicate::Test(test) = part else { continue };
        let Some((subject, room)) = room(test) else { continue };
        let left = match rooms.remove(&subject) {
            Some(known) => meet(known, room),
            None => room,
        };
        rooms.insert(subject, left);
    }
    rooms.into_iter().filter(|(_, room)| matches!(room, Room::Nothing)).map(|(subject, _)| subject).collect()
}

fn room(test: &Test) -> Option<(String, Room)> {
    let numbers = |name: &str, bound: Bound| {
        let (from, to) = match bound {
            Bound::AtLeast(least) => (least, u32::MAX),
            Bound::Below(limit) => (0, limit.saturating_sub(1)),
            Bound::Exactly(number) => (number, number),
        };
        Some((name.to_owned(), Room::Numbers(from, to)))
    };
    match test {
        Test::Fact(key, Check::Count(bound)) => numbers(key.word(), *bound),
        Test::Fact(key, check) => words(*key, check).map(|words| (key.word().to_owned(), Room::Words(words))),
        Test::TrustLevel(bound) => numbers("trust-level", *bound),
        Test::GraphCount(fact, bound) => numbers(GRAPH_FACTS[*fact].name, *bound),
        Test::DataAssets(bound) => numbers("data-assets", *bound),
        Test::Identities(bound) => numbers("identities", *bound),
        Test::GraphFlag(fact, wanted) => Some((GRAPH_FACTS[*fact].name.to_owned(), Room::Flag(*wanted))),
        _ => None,
    }
}

/// The words that a check takes, of a fact that has one word of several.
fn words(key: FactKey, check: &Check) -> Option<Vec<String>> {
    let FactType::Choice(all) = key.value_type() else { return None };
    let place = |word: &str| all.iter().position(|known| *known == word);
    let taken: Vec<&str> = match check {
        Check::Words(words) => return Some(words.clone()),
        Check::AtLeastWord(least) => all[place(least)?..].to_vec(),
        Check::BelowWord(limit) => all[..place(limit)?].to_vec(),
        Check::Count(_) | Check::Stated | Check::Contradictory => return None,
    };
    Some(taken.into_iter().map(str::to_owned).collect())
}

fn meet(one: Room, other: Room) -> Room {
    match (one, other) {
        (Room::Numbers(from, to), Room::Numbers(least, most)) if from.max(least) <= to.min(most) => {
            Room::Numbers(from.max(least), to.min(most))
        }
        (Room::Words(mut words), Room::Words(others)) => {
            words.retain(|word| others.contains(word));
            if words.is_empty() { Room::Nothing } else { Room::Words(words) }
        }
        (Room::Flag(one), Room::Flag(other)) if one == other => Room::Flag(one),
        _ => Room::Nothing,
    }
}
