//! Gaps, alike ones told once: grouped, titled, banded, ordered, numbered.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexSet;

use super::catalog_words;
use super::explain::{name_of, subject_of};
use super::fingerprint;
use super::index::{At, Floor, Index};
use super::judge::{Judged, related};
use super::known::{protocol_name, protocols, service_names};
use super::predicate::{Bound, Check, Predicate, Test};
use super::priority;
use super::rule::{GroupBy, Rule};
use super::settings::Ruling;
use super::sidecar_lines;
use super::supposition::fitting;
use super::wording;
use crate::assessment::{Band, Evidence, Finding, Severity, SubjectRef, VerdictKind};
use crate::model::{FactKey, FactType, FactValue};

/// Leaves of evidence that a finding shows at most.
const MOST_EVIDENCE: usize = 24;

/// The findings of all gaps that are not folded into another one. A subject that a decision names
/// is a finding of its own, so that the decision treats it and nothing else.
pub(super) fn find(
    index: &Index<'_>,
    rules: &[&Rule],
    majors: &[&str],
    judged: &[Judged],
    rulings: &[Ruling],
) -> Vec<Finding> {
    let mut folded: BTreeMap<usize, Vec<&Judged>> = BTreeMap::new();
    for verdict in judged.iter().filter(|verdict| verdict.kind == VerdictKind::Gap) {
        if let Some(into) = verdict.folded {
            folded.entry(into).or_default().push(verdict);
        }
    }
    let decided: BTreeSet<&str> = rulings.iter().map(|ruling| ruling.finding.as_str()).collect();
    let mut groups: BTreeMap<(usize, String), Vec<&Judged>> = BTreeMap::new();
    for verdict in
        judged.iter().filter(|verdict| verdict.kind == VerdictKind::Gap && verdict.folded.is_none())
    {
        let rule = rules[verdict.rule];
        let own = sidecar_lines::id(index, verdict.at);
        let key = if decided.contains(format!("{}@{own}", rule.card.id).as_str()) {
            own.to_owned()
        } else {
            group_key(index, rule.group_by, verdict.at)
        };
        groups.entry((verdict.rule, key)).or_default().push(verdict);
    }
    let mut findings: Vec<(u64, Finding)> = groups
        .into_iter()
        .map(|((number, key), group)| {
            let rule = rules[number];
            let narrower = folded.get(&number).map_or(&[][..], Vec::as_slice);
            let score = group
                .iter()
                .map(|verdict| priority::score(index, rule, verdict.at, &verdict.evidence))
                .max()
                .unwrap_or_default();
            (score, finding(index, rules, rule, majors[number], &key, &group, narrower))
        })
        .collect();
    findings.sort_by(|(a_score, a), (b_score, b)| {
        a.band.cmp(&b.band).then_with(|| b_score.cmp(a_score)).then_with(|| a.id.cmp(&b.id))
    });
    let mut findings: Vec<Finding> = findings.into_iter().map(|(_, finding)| finding).collect();
    let mut counts = [0; 3];
    for finding in &mut findings {
        let (letter, at) = match finding.band {
            Band::Fix => ('G', 0),
            Band::Decide => ('D', 1),
            Band::Track => ('T', 2),
        };
        counts[at] += 1;
        finding.number = format!("{letter}{}", counts[at]);
    }
    findings
}

fn finding(
    index: &Index<'_>,
    rules: &[&Rule],
    rule: &Rule,
    major: &str,
    key: &str,
    group: &[&Judged],
    narrower: &[&Judged],
) -> Finding {
    let subjects: Vec<At> = group.iter().map(|verdict| verdict.at).collect();
    let ids: Vec<&str> = subjects.iter().map(|at| sidecar_lines::id(index, *at)).collect();
    let named: Vec<(String, String)> =
        subjects.iter().map(|at| (kind_of(index, *at).to_owned(), name_of(index, *at))).collect();
    let near = near(index, &subjects);
    let mut folded: Vec<String> = narrower
        .iter()
        .filter(|verdict| near.contains(&verdict.at))
        .map(|verdict| rules[verdict.rule].card.id.clone())
        .collect();
    folded.sort();
    folded.dedup();
    let id = format!("{}@{key}", rule.card.id);
    Finding {
        correction: correction(index, rule, group, &id),
        id,
        number: String::new(),
        rule: rule.card.id.clone(),
        title: title(index, rule, &subjects),
        severity: rule.card.severity,
        category: rule.card.category,
        band: rule.band.unwrap_or(match rule.card.severity {
            Severity::Critical | Severity::High => Band::Fix,
            Severity::Medium => Band::Decide,
            Severity::Low | Severity::Info => Band::Track,
        }),
        subjects: subjects.iter().map(|at| subject_of(index, *at)).collect(),
        evidence: evidence(group),
        contradictory: group.iter().any(|verdict| verdict.contradictory),
        folded,
        decision: None,
        evidence_fingerprint: fingerprint::evidence(group.iter().flat_map(|verdict| &verdict.evidence)),
        fingerprint: fingerprint::strict(&rule.card.id, major, &ids),
        loose_fingerprint: fingerprint::loose(&rule.card.id, &named),
        decide: String::new(),
    }
}

/// The subjects, the ends of those that are relations and the flows of those that are elements: what a
/// folded verdict may be about.
fn near(index: &Index<'_>, subjects: &[At]) -> BTreeSet<At> {
    subjects.iter().flat_map(|at| related(index, *at)).collect()
}

/// All leaves of the first subject, then what decided each of the others.
fn evidence(group: &[&Judged]) -> Vec<Evidence> {
    let mut found: Vec<Evidence> = Vec::new();
    let mut add = |leaf: &Evidence| {
        if found.len() < MOST_EVIDENCE && !found.contains(leaf) {
            found.push(leaf.clone());
        }
    };
    for verdict in group {
        verdict.evidence.iter().take(1).for_each(&mut add);
    }
    group.iter().take(1).flat_map(|verdict| &verdict.evidence).for_each(&mut add);
    found
}

fn group_key(index: &Index<'_>, group_by: GroupBy, at: At) -> String {
    let own = || sidecar_lines::id(index, at).to_owned();
    let zone = |number: u32| {
        index
            .spot(number)
            .zone
            .map_or_else(|| "no-zone".to_owned(), |zone| index.spot(zone).element.id.to_string())
    };
    match (group_by, at) {
        (GroupBy::Rule, _) => "model".to_owned(),
        (GroupBy::Subject, _) => own(),
        (GroupBy::Technology, At::Element(number)) => {
            index.spot(number).technologies.first().map_or_else(own, |id| (*id).to_owned())
        }
        (GroupBy::Technology, At::Relation(number)) => {
            let server = index.flow(number).to;
            index.spot(server).technologies.first().map_or_else(own, |id| (*id).to_owned())
        }
        (GroupBy::Support, At::Element(number)) => {
            let element = index.spot(number).element;
            let end = index.as_of.and_then(|as_of| catalog_words::support(index.catalog, element, as_of));
            end.map_or_else(own, |end| end.technology.to_owned())
        }
        (GroupBy::Support, At::Relation(_)) => own(),
        (GroupBy::Zone, At::Element(number)) => zone(number),
        (GroupBy::Zone, At::Relation(number)) => zone(index.flow(number).to),
        (GroupBy::ZonePair, At::Relation(number)) => {
            let edge = index.flow(number);
            format!("{}>{}", zone(edge.from), zone(edge.to))
        }
        (GroupBy::ZonePair, At::Element(number)) => zone(number),
        (GroupBy::Protocol, At::Relation(number)) => {
            protocols(index.flow(number), Floor::Any).next().map_or_else(own, |(id, _)| id.to_owned())
        }
        (GroupBy::Protocol, At::Element(_)) => own(),
        (_, At::View(_) | At::Model) => own(),
    }
}

/// The word for what kind of thing a subject is.
pub(super) fn kind_of(index: &Index<'_>, at: At) -> &'static str {
    match at {
        At::Element(number) => index.spot(number).element.kind.word(),
        At::Relation(_) => "relation",
        At::View(_) => "view",
        At::Model => "model",
    }
}

/// The finding's title with its placeholders filled; the rule's title when one stays empty.
fn title(index: &Index<'_>, rule: &Rule, subjects: &[At]) -> String {
    let Some(template) = &rule.finding_title else { return rule.card.title.clone() };
    let mut title = template.clone();
    for (mark, fill) in PLACEHOLDERS {
        if !title.contains(mark) {
            continue;
        }
        let mut words: Vec<String> = Vec::new();
        for word in subjects.iter().flat_map(|at| fill(index, *at)) {
            if !words.contains(&word) {
                words.push(word);
            }
        }
        if words.is_empty() {
            return rule.card.title.clone();
        }
        title = title.replace(mark, &wording::list(&words, 4));
    }
    let mut letters = title.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => rule.card.title.clone(),
    }
}

/// What stands for a subject in a title.
type Fill = fn(&Index<'_>, At) -> Vec<String>;

const PLACEHOLDERS: &[(&str, Fill)] = &[
    ("{subjects}", |index, at| vec![name_of(index, at)]),
    ("{technologies}", |index, at| {
        let elements = elements_of(index, at);
        let written = elements.iter().flat_map(|number| &index.spot(*number).element.technologies);
        written
            .filter(|technology| technology.id.is_some())
            .map(|technology| technology.written.clone())
            .collect()
    }),
    ("{protocols}", |index, at| match at {
        At::Relation(flow) => service_names(index, index.flow(flow), Floor::Firm),
        At::Element(number) => match index.spot(number).element.facts.get(FactKey::Speaks) {
            Some(fact) => match &fact.value {
                FactValue::List(ids) => ids.iter().map(|id| protocol_name(index, id)).collect(),
                FactValue::Word(_) | FactValue::Text(_) | FactValue::Count(_) | FactValue::AtLeast(_) => {
                    Vec::new()
                }
            },
            None => Vec::new(),
        },
        At::View(_) | At::Model => Vec::new(),
    }),
    ("{versions}", |index, at| {
        let Some(as_of) = index.as_of else { return Vec::new() };
        let elements = elements_of(index, at);
        let ends = elements
            .iter()
            .filter_map(|number| catalog_words::support(index.catalog, index.spot(*number).element, as_of));
        ends.map(|support| support.product).collect()
    }),
    ("{zones}", |index, at| {
        let elements = elements_of(index, at);
        let zones = elements.iter().filter_map(|number| index.spot(*number).zone);
        zones.map(|zone| index.spot(zone).element.name.clone()).collect()
    }),
];

fn elements_of(index: &Index<'_>, at: At) -> Vec<u32> {
    match at {
        At::Element(number) => vec![number],
        At::Relation(flow) => vec![index.flow(flow).from, index.flow(flow).to],
        At::View(_) | At::Model => Vec::new(),
    }
}

/// Lines that correct the fact on which the finding `id` rests, or else a decision to fill in.
fn correction(index: &Index<'_>, rule: &Rule, group: &[&Judged], id: &str) -> String {
    for leaf in group.iter().take(1).flat_map(|verdict| &verdict.evidence) {
        let Some(key) = FactKey::from_word(&leaf.key) else { continue };
        let mut subjects: IndexSet<At> = IndexSet::new();
        for verdict in group {
            let same = verdict.evidence.iter().filter(|other| other.key == leaf.key);
            subjects.extend(same.filter_map(|other| at_of(index, &other.subject)));
        }
        let value = wanted(&rule.satisfied, key, true).or_else(|| other_value(key, leaf.value.as_deref()));
        if let Some(value) = value {
            let subjects: Vec<At> = subjects.into_iter().collect();
            let lines = sidecar_lines::facts(index, &fitting(&subjects, &[(key, value)]));
            if !lines.is_empty() {
                return lines;
            }
        }
    }
    format!(
        "decisions:\n  - {{finding: {}, status: false-positive, owner: \"...\", reason: \"...\"}}\n",
        sidecar_lines::scalar(id)
    )
}

fn at_of(index: &Index<'_>, subject: &SubjectRef) -> Option<At> {
    match subject {
        SubjectRef::Element(id) | SubjectRef::Zone(id) => index.number(id).map(At::Element),
        SubjectRef::Relation(id) => index.flow_number(id).map(At::Relation),
        SubjectRef::Model => Some(At::Model),
        SubjectRef::View(_) => None,
    }
}

/// A value of the fact that the predicate asks for.
pub(super) fn wanted(predicate: &Predicate, key: FactKey, positive: bool) -> Option<FactValue> {
    match predicate {
        Predicate::All(parts) | Predicate::Any(parts) => {
            parts.iter().find_map(|part| wanted(part, key, positive))
        }
        Predicate::Not(inner) => wanted(inner, key, !positive),
        Predicate::Unless(_) => None,
        Predicate::OfModel(inner) => wanted(inner, key, positive),
        Predicate::Test(Test::Fact(known, check)) if *known == key && positive => {
            match (check, key.value_type()) {
                (Check::Words(words), FactType::List) => Some(FactValue::List(words.clone())),
                (Check::Words(words), FactType::Text | FactType::Duration) => {
                    words.first().cloned().map(FactValue::Text)
                }
                (Check::Words(words), _) => words.first().map(FactValue::word),
                (Check::Count(Bound::AtLeast(least)), _) => Some(FactValue::Count(*least)),
                (Check::Count(Bound::Exactly(number)), _) => Some(FactValue::Count(*number)),
                (Check::Count(Bound::Below(limit)), _) => Some(FactValue::Count(limit.saturating_sub(1))),
                (Check::AtLeastWord(word), _) => Some(FactValue::word(word)),
                (Check::BelowWord(_) | Check::Stated | Check::Contradictory, _) => None,
            }
        }
        Predicate::Test(
            Test::Quantifier(_, _, inner)
            | Test::End(_, inner)
            | Test::Inside(inner)
            | Test::Zone(inner)
            | Test::Passes(inner),
        ) => wanted(inner, key, positive),
        Predicate::Test(_) => None,
    }
}

/// Another word of the fact's choice.
fn other_value(key: FactKey, current: Option<&str>) -> Option<FactValue> {
    match key.value_type() {
        FactType::Choice(words) => {
            words.iter().find(|word| Some(**word) != current).map(|word| FactValue::word(*word))
        }
        FactType::Count => Some(FactValue::Count(2)),
        FactType::Text | FactType::Duration | FactType::List => None,
    }
}
