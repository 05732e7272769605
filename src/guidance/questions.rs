//! Unknowns, grouped by topic into few questions.

use std::collections::{BTreeMap, BTreeSet};

use super::answers::{Offering, answers};
use super::catalog_words;
use super::explain::subject_of;
use super::index::{At, Index};
use super::judge::Judged;
use super::missing::Missing;
use super::priority;
use super::rule::{Asked, NO_PRODUCTS, PRODUCTS, Rule};
use super::topics::{Topic, Topics};
use super::wording;
use crate::assessment::{Question, Severity, VerdictKind, Who};
use crate::model::FactKey;

#[derive(Default)]
struct Group<'a> {
    verdicts: Vec<&'a Judged>,
    missing: BTreeSet<Missing>,
    rules: BTreeSet<usize>,
    /// Rule and fact weights, to choose the fact that names the question.
    asked: BTreeMap<Asked, u64>,
    /// Who can answer for a subject, by the rules that look at it.
    who: BTreeMap<At, Vec<Who>>,
    /// For a subject, the facts that its rules ask for.
    keys: BTreeMap<At, BTreeSet<FactKey>>,
    /// For a subject, the most severe rule that waits for it; the first of equal ones.
    waiting: BTreeMap<At, usize>,
    weight: u64,
}

/// The questions that the unknown verdicts ask, those that settle the most first; of equal ones, those that
/// more rules wait for.
pub(super) fn ask(index: &Index<'_>, rules: &[&Rule], judged: &[Judged], topics: &Topics) -> Vec<Question> {
    let mut groups: BTreeMap<String, Group<'_>> = BTreeMap::new();
    for verdict in judged {
        if verdict.kind != VerdictKind::Unknown || !verdict.asks || verdict.folded.is_some() {
            continue;
        }
        let rule = rules[verdict.rule];
        // The first of the facts that the rule names which nobody has said.
        let lacks = |asked: &&Asked| verdict.missing.iter().any(|one| one.asked == Some(**asked));
        let first = rule.ask_facts.iter().find(lacks).or(rule.ask_facts.first()).copied();
        let first = first.or_else(|| verdict.missing.iter().find_map(|one| one.asked));
        let topic = first.and_then(|asked| topics.of(asked));
        let key = match (topic, first) {
            (Some((at, _)), _) => format!("{at:03}"),
            (None, Some(asked)) => format!("fact {}", asked.word()),
            // Only a drawing can answer: each rule asks for itself.
            (None, None) => format!("rule {}", rule.card.id),
        };
        let group = groups.entry(key).or_default();
        let of_topic = |asked: Asked| match topic {
            Some((_, topic)) => topic.facts.contains(&asked),
            None => Some(asked) == first,
        };
        let weight = priority::weight(rule.card.severity).max(1);
        for missing in &verdict.missing {
            let fits = missing.asked.is_none_or(of_topic);
            if !fits {
                continue;
            }
            group.missing.insert(*missing);
            if let Some(asked) = missing.asked {
                *group.asked.entry(asked).or_default() += weight;
            }
            let waiting = group.waiting.entry(missing.at).or_insert(verdict.rule);
            if rule.card.severity > rules[*waiting].card.severity {
                *waiting = verdict.rule;
            }
            let keys = group.keys.entry(missing.at).or_default();
            let named = rule.ask_facts.iter().copied().chain(missing.asked);
            keys.extend(named.filter_map(|asked| match asked {
                Asked::Fact(key) => Some(key),
                _ => None,
            }));
            keys.extend(rule.answers.iter().flat_map(|answer| &answer.set).map(|(key, _)| *key));
            let known = group.who.entry(missing.at).or_default();
            for who in &rule.card.who {
                if !known.contains(who) {
                    known.push(*who);
                }
            }
        }
        group.rules.insert(verdict.rule);
        group.weight += weight;
        group.verdicts.push(verdict);
    }
    let mut questions: Vec<(u64, Question)> = groups
        .into_iter()
        .map(|(key, group)| {
            let topic = key.parse().ok().and_then(|at| topics.get(at));
            let question = question(index, rules, &key, topic, &group);
            (question.settles(), question)
        })
        .collect();
    questions.sort_by(|(a_settles, a), (b_settles, b)| {
        let order = b_settles.cmp(a_settles).then_with(|| b.weight.cmp(&a.weight));
        order.then_with(|| b.rules.len().cmp(&a.rules.len())).then_with(|| a.id.cmp(&b.id))
    });
    questions
        .into_iter()
        .enumerate()
        .map(|(at, (_, mut question))| {
            question.number = format!("Q{}", at + 1);
            question
        })
        .collect()
}

fn question(
    index: &Index<'_>,
    rules: &[&Rule],
    key: &str,
    topic: Option<&Topic>,
    group: &Group<'_>,
) -> Question {
    let mut subjects: Vec<At> = group.missing.iter().map(|missing| missing.at).collect();
    subjects.sort();
    subjects.dedup();
    if group.asked.keys().all(|asked| *asked == Asked::Fact(FactKey::ZoneKind)) {
        // What stands in another subject stands where that one does.
        let all = subjects.clone();
        let held = |number: u32| index.spot(number).holders.iter().any(|at| all.contains(&At::Element(*at)));
        subjects.retain(|at| !matches!(at, At::Element(number) if held(*number)));
    }
    let asking: Vec<&Rule> = group.rules.iter().map(|number| rules[*number]).collect();
    let same_words = asking.iter().all(|rule| rule.card.ask == asking[0].card.ask);
    let text = match topic {
        Some(topic) if !same_words => &topic.ask,
        _ => &asking[0].question,
    };
    let text = filled(index, text, &subjects);
    let mut who: Vec<Who> = Vec::new();
    let by_rules = asking.iter().flat_map(|rule| &rule.card.who);
    let first = topic.filter(|_| !same_words).map_or(&[][..], |topic| &topic.who);
    for one in first.iter().chain(by_rules) {
        if !who.contains(one) {
            who.push(*one);
        }
    }
    who.truncate(3);
    let mut facts: Vec<(Asked, u64)> = group.asked.iter().map(|(asked, weight)| (*asked, *weight)).collect();
    facts.sort_by(|(a, x), (b, y)| y.cmp(x).then_with(|| a.cmp(b)));
    let fact = facts.first().map(|(asked, _)| *asked);
    let id = match topic {
        Some(topic) => topic.id.clone(),
        None => key.replace(' ', "-"),
    };
    let offering = Offering {
        index,
        rules,
        topic,
        verdicts: &group.verdicts,
        asking: &asking,
        subjects: &subjects,
        keys: &group.keys,
        fact,
    };
    let answers = answers(&offering);
    let mut keys: Vec<String> = Vec::new();
    let by_answers = answers.iter().flat_map(|answer| &answer.sets).flat_map(|set| &set.set);
    let asked = facts.iter().filter(|(asked, _)| *asked != Asked::Complete);
    for key in asked.map(|(asked, _)| asked.word()).chain(by_answers.map(|(key, _)| key.as_str())) {
        if !keys.iter().any(|known| known == key) {
            keys.push(key.to_owned());
        }
    }
    // Of equal severity, the first rule in the order of the packs.
    let worst = asking.iter().rev().max_by_key(|rule| rule.card.severity);
    Question {
        id,
        number: String::new(),
        text,
        why: worst.map(|rule| rule.card.why.clone()).unwrap_or_default(),
        asked: subjects.iter().map(|at| group.who.get(at).unwrap_or(&who).clone()).collect(),
        waiting: subjects
            .iter()
            .map(|at| group.waiting.get(at).map(|rule| rules[*rule].card.id.clone()).unwrap_or_default())
            .collect(),
        who,
        key: fact.map_or("drawing", Asked::word).to_owned(),
        facts: group
            .asked
            .keys()
            .map(|asked| asked.word().to_owned())
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect(),
        keys,
        rules: asking.iter().map(|rule| rule.card.id.clone()).collect(),
        subjects: subjects.iter().map(|at| subject_of(index, *at)).collect(),
        severity: worst.map_or(Severity::Info, |rule| rule.card.severity),
        weight: group.weight,
        answers,
    }
}

/// The words of a question with the products of its subjects in them.
fn filled(index: &Index<'_>, text: &str, subjects: &[At]) -> String {
    if !text.contains(PRODUCTS) {
        return text.to_owned();
    }
    let mut products: Vec<(&str, &str)> = Vec::new();
    for at in subjects {
        let At::Element(number) = *at else { continue };
        for (id, written) in catalog_words::supported(index.catalog, index.spot(number).element) {
            match products.iter_mut().find(|(known, _)| *known == id) {
                // The shortest of its names: "BizTalk Server", not "BizTalk Server Databases".
                Some((_, name)) if written.len() < name.len() => *name = written,
                Some(_) => {}
                None => products.push((id, written)),
            }
        }
    }
    let names: Vec<String> = products.into_iter().map(|(_, name)| name.to_owned()).collect();
    let told = if names.is_empty() { NO_PRODUCTS.to_owned() } else { wording::list(&names, 4) };
    text.replace(PRODUCTS, &told)
}
