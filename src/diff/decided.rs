//! Decisions, compared. A decision is known by the finding that it names.

use std::collections::{BTreeMap, BTreeSet};

use super::changes::{DecisionChange, ToldDecision};
use super::parts::edits;
use super::record::{DecisionRecord, FindingsRecord, Record};

/// Decisions that were made, withdrawn or changed, in the order of their findings.
pub(super) fn compare(old: &Record, new: &Record) -> Vec<DecisionChange> {
    let (Some(before), Some(now)) = (&old.findings, &new.findings) else { return Vec::new() };
    let (olds, news) = (by_finding(before), by_finding(now));
    let keys: BTreeSet<&(&str, usize)> = olds.keys().chain(news.keys()).collect();
    let mut changes = Vec::new();
    for key in keys {
        let (old, new) = (olds.get(key).copied(), news.get(key).copied());
        let lines = |decision: Option<&DecisionRecord>| decision.map(lines).unwrap_or_default();
        let differs = edits(&lines(old), &lines(new));
        if differs.is_empty() {
            continue;
        }
        let title = |told: &FindingsRecord| {
            told.findings.iter().find(|finding| finding.id == key.0).map(|finding| finding.title.clone())
        };
        changes.push(DecisionChange {
            old: old.map(told),
            new: new.map(told),
            title: title(now).or_else(|| title(before)),
            edits: if old.is_some() && new.is_some() { differs } else { Vec::new() },
        });
    }
    changes
}

/// By finding, and by number when one finding has several.
fn by_finding(told: &FindingsRecord) -> BTreeMap<(&str, usize), &DecisionRecord> {
    let mut decisions = BTreeMap::new();
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for decision in &told.decisions {
        let nth = times.entry(decision.finding.as_str()).or_default();
        decisions.insert((decision.finding.as_str(), *nth), decision);
        *nth += 1;
    }
    decisions
}

fn lines(decision: &DecisionRecord) -> BTreeMap<String, String> {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    [
        ("status", decision.status.clone()),
        ("state", decision.state.clone()),
        ("owner", decision.owner.clone()),
        ("reason", decision.reason.clone()),
        ("approver", text(&decision.approver)),
        ("ticket", text(&decision.ticket)),
        ("decided", text(&decision.decided)),
        ("expires", text(&decision.expires)),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .map(|(key, value)| (key.to_owned(), value))
    .collect()
}

fn told(decision: &DecisionRecord) -> ToldDecision {
    ToldDecision {
        finding: decision.finding.clone(),
        status: decision.status.clone(),
        state: decision.state.clone(),
        owner: decision.owner.clone(),
        reason: decision.reason.clone(),
        expires: decision.expires.clone(),
    }
}
