//! Rules that the project changes.

use std::collections::BTreeMap;

use super::packs::Packs;
use super::rule::Rule;
use super::settings::RuleChange;
use crate::diagnostic::{Diagnostic, unknown_word};

/// The changed rules by id; `None` is switched off. An unknown id or a missing reason is told, and
/// changes nothing.
pub(super) fn changed_rules<'a>(
    packs: &Packs,
    changes: &'a [RuleChange],
    told: &mut Vec<Diagnostic>,
) -> BTreeMap<&'a str, Option<Rule>> {
    let mut changed = BTreeMap::new();
    for change in changes {
        let Some(rule) = packs.rules_of_all().find(|rule| rule.card.id == change.rule) else {
            let known: Vec<&str> = packs.rules().map(|card| card.id.as_str()).collect();
            let wrong = unknown_word("rules/unknown", "there is no rule", &change.rule, &known, change.span);
            told.push(match wrong.help {
                Some(_) => wrong,
                None => wrong.help("`planroom rules` lists them"),
            });
            continue;
        };
        if change.reason.as_ref().is_none_or(|reason| reason.trim().is_empty()) {
            let message = format!("the change of `{}` has no reason", change.rule);
            told.push(Diagnostic::error("rules/reason", message, change.span));
            continue;
        }
        let other = change.severity.map(|severity| {
            let mut rule = rule.clone();
            rule.card.severity = severity;
            rule
        });
        changed.insert(change.rule.as_str(), other);
    }
    changed
}
