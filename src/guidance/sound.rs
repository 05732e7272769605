//! What is sound, as drawn: satisfied verdicts, alike ones told once, the strongest first.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::explain::{name_of, subject_of};
use super::index::{At, Index};
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
    let spoken_for = spoken_for(rules, judged);
    for (verdict, spoken_for) in judged.iter().zip(spoken_for) {
        match verdict.kind {
            VerdictKind::Satisfied if spoken_for => others[verdict.rule] = true,
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

/// For each verdict: does a more specific rule, to which its rule yields, tell the same of its subject?
fn spoken_for(rules: &[&Rule], judged: &[Judged]) -> Vec<bool> {
    let by_id: HashMap<&str, usize> =
        rules.iter().enumerate().map(|(number, rule)| (rule.card.id.as_str(), number)).collect();
    let sure = |verdict: &&Judged| {
        let told = !rules[verdict.rule].card.sound.is_empty();
        verdict.kind == VerdictKind::Satisfied && !verdict.assumed && told
    };
    let told: HashSet<(usize, At)> =
        judged.iter().filter(sure).map(|verdict| (verdict.rule, verdict.at)).collect();
    let yielded = |rule: usize| {
        let names = rules[rule].card.yields_to.iter();
        names.map(|name| name.rsplit_once('/').map_or(name.as_str(), |(_, id)| id))
    };
    // Rules never yield in a circle, so the most specific one is always told.
    let speaks =
        |verdict: &Judged, id: &str| by_id.get(id).is_some_and(|other| told.contains(&(*other, verdict.at)));
    judged.iter().map(|verdict| yielded(verdict.rule).any(|id| speaks(verdict, id))).collect()
}
