//! What is sound, as drawn: satisfied verdicts, alike ones told once, the strongest first.

use std::collections::BTreeMap;

use super::explain::{name_of, subject_of};
use super::index::Index;
use super::judge::Judged;
use super::rule::Rule;
use super::wording;
use crate::assessment::{Satisfied, VerdictKind};

/// Leaves of evidence that one statement shows at most.
const MOST_EVIDENCE: usize = 12;

/// The sound statements. One that does not hold for every judged subject names those for which it does.
pub(super) fn tell(index: &Index<'_>, rules: &[&Rule], judged: &[Judged]) -> Vec<Satisfied> {
    let mut groups: BTreeMap<(usize, bool), Vec<&Judged>> = BTreeMap::new();
    let mut others = vec![false; rules.len()];
    for verdict in judged {
        match verdict.kind {
            VerdictKind::Satisfied => {
                groups.entry((verdict.rule, verdict.assumed)).or_default().push(verdict)
            }
            VerdictKind::Gap | VerdictKind::Unknown => others[verdict.rule] = true,
            VerdictKind::PotentiallyApplicable | VerdictKind::NotApplicable => {}
        }
    }
    let both: Vec<usize> = groups
        .keys()
        .filter(|(rule, assumed)| *assumed && groups.contains_key(&(*rule, false)))
        .map(|(rule, _)| *rule)
        .collect();
    let mut told: Vec<(usize, Satisfied)> = groups
        .into_iter()
        .filter(|((rule, _), _)| !rules[*rule].card.sound.is_empty())
        .map(|((number, assumed), group)| {
            let rule = rules[number];
            let partial = others[number] || both.contains(&number);
            let names: Vec<String> = group.iter().map(|verdict| name_of(index, verdict.at)).collect();
            let text = if partial {
                format!("{}: {}", rule.card.sound.trim_end_matches('.'), wording::list(&names, 3))
            } else {
                rule.card.sound.clone()
            };
            let leaves = group.iter().flat_map(|verdict| &verdict.evidence).take(MOST_EVIDENCE);
            let satisfied = Satisfied {
                rule: rule.card.id.clone(),
                text,
                category: rule.card.category,
                severity: rule.card.severity,
                subjects: group.iter().map(|verdict| subject_of(index, verdict.at)).collect(),
                evidence: leaves.cloned().collect(),
                assumed,
            };
            (usize::from(partial), satisfied)
        })
        .collect();
    // Sure before assumed, whole before partial, grave before light; then the order of the packs.
    told.sort_by(|(a_partial, a), (b_partial, b)| {
        let key = |partial: &usize, one: &Satisfied| (one.assumed, *partial, std::cmp::Reverse(one.severity));
        key(a_partial, a).cmp(&key(b_partial, b))
    });
    told.into_iter().map(|(_, satisfied)| satisfied).collect()
}
