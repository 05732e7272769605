//! What a pack's form cannot say: a gap rests on what somebody drew or wrote, texts are filled,
//! rules that are named exist.

use std::collections::BTreeSet;

use super::circles::refuse_circles;
use super::graph::GRAPH_FACTS;
use super::impossible::refuse_impossible;
use super::predicate::{Bound, Check, Drawn, Predicate, Quantity, Test};
use super::rule::{GapTest, Pack, Rule};
use crate::catalog::Catalog;
use crate::diagnostic::{Diagnostic, did_you_mean, unknown_word};
use crate::model::FactKey;
use crate::source::Span;

/// Code of what the linter finds.
const CODE: &str = "pack/lint";

/// Checks the packs together.
pub(super) fn lint(packs: &[Pack], told: &mut Vec<Diagnostic>) {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for pack in packs {
        if !seen.insert(&pack.id) {
            let message = format!("two packs have the id `{}`", pack.id);
            let help = format!(
                "a pack with an id of its own and `extends: {}` takes the place of the other",
                pack.id
            );
            told.push(Diagnostic::error(CODE, message, pack.span).help(help));
        }
    }
    let ids: Vec<&str> =
        packs.iter().flat_map(|pack| &pack.rules).map(|rule| rule.card.id.as_str()).collect();
    let mut known: BTreeSet<&str> = BTreeSet::new();
    let pack_ids: Vec<&str> = packs.iter().map(|pack| pack.id.as_str()).collect();
    for pack in packs {
        if let Some(predicate) = &pack.applies_when {
            refuse_unless(predicate, true, &pack.id, pack.span, told);
            check_words(predicate, pack.span, told);
            refuse_impossible(predicate, &pack.id, pack.span, told);
        }
        for rule in &pack.rules {
            if !known.insert(&rule.card.id) {
                let message = format!("two rules have the id `{}`", rule.card.id);
                let help = "a pack that `extends` another changes its rules under `override`";
                told.push(Diagnostic::error(CODE, message, rule.span).help(help));
            }
            if let Some(pack) = packs.iter().find(|pack| pack.retired.contains(&rule.card.id)) {
                let message = format!("the id `{}` is one that `{}` has retired", rule.card.id, pack.id);
                let help = "decisions may still name the old rule: an id is never used again";
                told.push(Diagnostic::error(CODE, message, rule.span).help(help));
            }
            lint_rule(rule, &ids, &pack_ids, told);
            let gap = match &rule.gap {
                GapTest::When(gap) => Some(gap),
                GapTest::NotSatisfied | GapTest::Never => None,
            };
            for predicate in [&rule.when, &rule.satisfied].into_iter().chain(gap) {
                check_words(predicate, rule.span, told);
                refuse_impossible(predicate, &rule.card.id, rule.span, told);
            }
        }
    }
    refuse_circles(packs, told);
}

fn lint_rule(rule: &Rule, ids: &[&str], packs: &[&str], told: &mut Vec<Diagnostic>) {
    let id = &rule.card.id;
    refuse_unless(&rule.when, true, id, rule.span, told);
    refuse_unless(&rule.satisfied, false, id, rule.span, told);
    match &rule.gap {
        GapTest::When(gap) => {
            refuse_unless(gap, false, id, rule.span, told);
            refuse_absence(gap, true, id, rule, told);
        }
        GapTest::NotSatisfied => refuse_absence(&rule.satisfied, false, id, rule, told),
        GapTest::Never => {}
    }
    for (what, names) in [("includes", &rule.card.includes), ("yields to", &rule.card.yields_to)] {
        if names.iter().any(|name| name.rsplit('/').next() == Some(id)) {
            told.push(Diagnostic::error(CODE, format!("the rule `{id}` {what} itself"), rule.span));
        }
    }
    for name in rule.card.includes.iter().filter(|name| !ids.contains(&name.as_str())) {
        let mut diagnostic = Diagnostic::error(
            CODE,
            format!("the rule `{id}` includes `{name}`, which no pack has"),
            rule.span,
        );
        diagnostic.help =
            did_you_mean(name, ids.iter().copied()).map(|near| format!("did you mean `{near}`?"));
        told.push(diagnostic);
    }
    for name in &rule.card.yields_to {
        let (pack, other) = match name.rsplit_once('/') {
            Some((pack, other)) => (Some(pack), other),
            None => (None, name.as_str()),
        };
        let excused = pack.is_none_or(|pack| !packs.contains(&pack));
        if ids.contains(&other) {
            continue;
        }
        let near = did_you_mean(other, ids.iter().copied());
        // A rule of a pack that is not loaded is no mistake; a near miss of a loaded one is.
        if !excused || pack.is_none() && near.is_some() {
            let message = format!("the rule `{id}` yields to `{name}`, which no pack has");
            let mut diagnostic = Diagnostic::error(CODE, message, rule.span);
            diagnostic.help = near.map(|near| format!("did you mean `{near}`?"));
            told.push(diagnostic);
        }
    }
}

/// `unless` makes silence count, so it may only narrow what a rule is about.
fn refuse_unless(predicate: &Predicate, allowed: bool, id: &str, span: Span, told: &mut Vec<Diagnostic>) {
    match predicate {
        Predicate::Unless(_) if !allowed => {
            let message = format!("the rule `{id}` tests absence by `unless`; only `when` may");
            told.push(Diagnostic::error("pack/absence", message, span));
        }
        Predicate::All(parts) | Predicate::Any(parts) => {
            parts.iter().for_each(|part| refuse_unless(part, allowed, id, span, told));
        }
        Predicate::Not(inner) | Predicate::OfModel(inner) | Predicate::Unless(inner) => {
            refuse_unless(inner, allowed, id, span, told);
        }
        Predicate::Test(test) => {
            for inner in inner_predicates(test) {
                refuse_unless(inner, allowed, id, span, told);
            }
        }
    }
}

/// Walks the gap in the form without outer `not`; `positive` says whether it stands under an even
/// number of them.
fn refuse_absence(predicate: &Predicate, positive: bool, id: &str, rule: &Rule, told: &mut Vec<Diagnostic>) {
    match predicate {
        Predicate::All(parts) | Predicate::Any(parts) => {
            parts.iter().for_each(|part| refuse_absence(part, positive, id, rule, told));
        }
        Predicate::Not(inner) => refuse_absence(inner, !positive, id, rule, told),
        Predicate::OfModel(inner) => refuse_absence(inner, positive, id, rule, told),
        // Refused elsewhere.
        Predicate::Unless(_) => {}
        Predicate::Test(test) => {
            if let Some(what) = tests_absence(test, positive) {
                let message = format!("the gap of `{id}` tests absence: {what}");
                let help =
                    "silence is no gap: state the gap by what a person drew or wrote, or use `gap: never`";
                told.push(Diagnostic::error("pack/absence", message, rule.span).help(help));
            }
            let inner_positive = match test {
                Test::Quantifier(_, Quantity::None, _) => !positive,
                _ => positive,
            };
            for inner in inner_predicates(test) {
                // What a path starts and ends at is chosen, not judged.
                if !matches!(test, Test::Path(_)) {
                    refuse_absence(inner, inner_positive, id, rule, told);
                }
            }
        }
    }
}

fn tests_absence(test: &Test, positive: bool) -> Option<String> {
    match test {
        Test::Quantifier(set, quantity, _) => {
            let absent = match quantity {
                Quantity::None => positive,
                Quantity::Some | Quantity::AtLeast(_) => !positive,
                Quantity::Exactly(number) => !positive || *number == 0,
                Quantity::Every => false,
            };
            absent.then(|| format!("there is no such thing in `{}`", set.word()))
        }
        Test::Fact(key, Check::Stated) => (!positive).then(|| format!("`{}` is not stated", key.word())),
        Test::Technology(words) if words.is_empty() => {
            (!positive).then(|| "no technology is stated".to_owned())
        }
        Test::Protocol(words) if words.is_empty() => (!positive).then(|| "no protocol is stated".to_owned()),
        Test::Port(ports) if ports.is_empty() => (!positive).then(|| "no port is stated".to_owned()),
        Test::Says(_) => (!positive).then(|| "nobody says so".to_owned()),
        Test::Inside(_) => (!positive).then(|| "nothing holds it".to_owned()),
        Test::Passes(_) => (!positive).then(|| "it passes nothing of the kind".to_owned()),
        Test::Path(query) if query.every.is_none() => (!positive).then(|| "there is no path".to_owned()),
        Test::Complete => (!positive).then(|| "no view is complete".to_owned()),
        Test::GraphFlag(fact, wanted) if GRAPH_FACTS[*fact].name == "reachable-from-internet" => {
            (*wanted != positive).then(|| "it is not reachable".to_owned())
        }
        Test::GraphCount(fact, bound) => {
            let below = matches!(bound, Bound::Below(_)) == positive;
            let name = GRAPH_FACTS[*fact].name;
            let open = matches!(name, "fan-in" | "fan-out" | "sync-chain-depth");
            (below && open && !matches!(bound, Bound::Exactly(_))).then(|| format!("few of `{name}`"))
        }
        Test::Drawn(Drawn::SupportListed | Drawn::Redacted, wanted) => {
            (*wanted != positive).then(|| "nothing is known of it".to_owned())
        }
        _ => None,
    }
}

/// Ids of technologies, traits, protocols, layers and roles are in the catalog.
pub(super) fn check_words(predicate: &Predicate, span: Span, told: &mut Vec<Diagnostic>) {
    let test = match predicate {
        Predicate::All(parts) | Predicate::Any(parts) => {
            return parts.iter().for_each(|part| check_words(part, span, told));
        }
        Predicate::Not(inner) | Predicate::OfModel(inner) | Predicate::Unless(inner) => {
            return check_words(inner, span, told);
        }
        Predicate::Test(test) => test,
    };
    let catalog = Catalog::builtin();
    let mut refuse = |what: &str, word: &str, known: Vec<&str>| {
        told.push(unknown_word("pack/word", &format!("the catalog has no {what}"), word, &known, span));
    };
    match test {
        Test::Technology(ids) => {
            for id in ids.iter().filter(|id| catalog.technology(id).is_none()) {
                refuse("technology", id, catalog.technologies().iter().map(|known| known.id).collect());
            }
        }
        Test::Trait(words) => {
            for word in words.iter().filter(|word| !catalog.traits().contains_key(word.as_str())) {
                refuse("trait", word, catalog.traits().keys().copied().collect());
            }
        }
        Test::Protocol(ids) => {
            for id in ids.iter().filter(|id| catalog.protocol(id).is_none()) {
                refuse("protocol", id, catalog.protocols().iter().map(|known| known.id).collect());
            }
        }
        Test::Fact(FactKey::Speaks, Check::Words(ids)) => {
            for id in ids.iter().filter(|id| catalog.protocol(id).is_none()) {
                refuse("protocol", id, catalog.protocols().iter().map(|known| known.id).collect());
            }
        }
        Test::Fact(FactKey::Roles, Check::Words(ids)) => {
            for id in ids.iter().filter(|id| catalog.role(id).is_none()) {
                refuse("role", id, catalog.roles().iter().map(|known| known.id).collect());
            }
        }
        Test::Layer(words) => {
            const LAYERS: [&str; 6] = ["link", "network", "transport", "application", "local", "manual"];
            for word in words.iter().filter(|word| !LAYERS.contains(&word.as_str())) {
                refuse("layer", word, LAYERS.to_vec());
            }
        }
        _ => {}
    }
    inner_predicates(test).into_iter().for_each(|inner| check_words(inner, span, told));
}

/// Predicates inside a leaf.
pub(super) fn inner_predicates(test: &Test) -> Vec<&Predicate> {
    match test {
        Test::Quantifier(_, _, inner)
        | Test::Inside(inner)
        | Test::Zone(inner)
        | Test::End(_, inner)
        | Test::Passes(inner) => vec![inner],
        Test::Path(query) => {
            let optional = query.passes.iter().chain(&query.avoids);
            [&query.from, &query.to].into_iter().chain(optional).collect()
        }
        _ => Vec::new(),
    }
}
