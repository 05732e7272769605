//! The order in which the conditions of a rule are looked at: cheap ones first, those about the whole
//! model once.
//!
//! Kleene's and does not mind the order, so this changes how soon a rule is known not to apply, and
//! nothing else. Evidence is told in the written order.

use super::evaluate::Judge;
use super::index::{At, Floor};
use super::predicate::{Predicate, Quantity, Test};
use super::rule::Rule;
use crate::assessment::Truth;

/// The conditions of a rule that are left to look at for each subject.
pub(super) struct Plan<'r> {
    parts: Vec<&'r Predicate>,
}

impl<'r> Plan<'r> {
    /// All conditions, as written.
    pub(super) fn written(rule: &'r Rule) -> Self {
        Self { parts: vec![&rule.when] }
    }

    /// The conditions that the model as a whole leaves open; `None` when the rule applies to nothing in it.
    pub(super) fn of(judge: &Judge<'_>, rule: &'r Rule) -> Option<Self> {
        let mut parts: Vec<&Predicate> = match &rule.when {
            Predicate::All(parts) => parts.iter().collect(),
            other => vec![other],
        };
        let of_model = |part: &Predicate, floor| judge.truth(part, At::Model, floor);
        let (about_model, about_subject): (Vec<&Predicate>, Vec<&Predicate>) =
            parts.iter().partition(|part| is_about_model(part));
        if about_model.iter().any(|part| of_model(part, Floor::Any) == Truth::False) {
            return None;
        }
        parts = about_subject;
        let open = |part: &&Predicate| {
            [Floor::Any, Floor::Firm].into_iter().any(|floor| of_model(part, floor) != Truth::True)
        };
        parts.extend(about_model.into_iter().filter(open));
        parts.sort_by_key(|part| cost(part));
        Some(Self { parts })
    }

    /// Whether the rule applies to a subject.
    pub(super) fn applies(&self, judge: &Judge<'_>, at: At, floor: Floor) -> Truth {
        let mut whole = Truth::True;
        for part in &self.parts {
            whole = whole.min(judge.truth(part, at, floor));
            if whole == Truth::False {
                break;
            }
        }
        whole
    }
}

/// Whether every subject gets the same answer.
fn is_about_model(predicate: &Predicate) -> bool {
    match predicate {
        Predicate::OfModel(_) => true,
        Predicate::Not(inner) | Predicate::Unless(inner) => is_about_model(inner),
        Predicate::All(parts) | Predicate::Any(parts) => {
            !parts.is_empty() && parts.iter().all(is_about_model)
        }
        Predicate::Test(_) => false,
    }
}

/// How long a predicate may take, roughly: 1 is a comparison.
fn cost(predicate: &Predicate) -> u32 {
    match predicate {
        Predicate::All(parts) | Predicate::Any(parts) => parts.iter().map(cost).sum(),
        Predicate::Not(inner) | Predicate::Unless(inner) => cost(inner),
        // Decided once, and looked up.
        Predicate::OfModel(_) => 8,
        Predicate::Test(test) => match test {
            Test::Kind(_) | Test::Phase(_) | Test::Initiator(_) | Test::Data(_) | Test::ViewKind(_) => 1,
            Test::DataAssets(_) | Test::Identities(_) | Test::Complete => 1,
            Test::Technology(_) | Test::Trait(_) | Test::Protocol(_) | Test::Port(_) | Test::Layer(_) => 2,
            Test::Fact(..) | Test::Version { .. } | Test::EndsDiffer(_) | Test::EndsShare(_) => 3,
            Test::Crosses(_) | Test::TrustLevel(_) | Test::Drawn(..) => 4,
            Test::Says(texts) => 4 * u32::try_from(texts.len()).unwrap_or(u32::MAX / 8),
            Test::Zone(inner) | Test::End(_, inner) => 2 + cost(inner),
            Test::Inside(inner) | Test::Passes(inner) => 8 + 2 * cost(inner),
            Test::GraphFlag(..) | Test::GraphCount(..) | Test::PastSupport(_) => 6,
            Test::Quantifier(_, Quantity::Some, inner) => 16 + 4 * cost(inner),
            Test::Quantifier(_, _, inner) => 24 + 6 * cost(inner),
            Test::Path(_) => 10_000,
        },
    }
}
