//! Unknowns, grouped by topic into few questions, each with what an answer would decide.

use std::collections::{BTreeMap, BTreeSet};

use super::evaluate::{Judge, Supposition};
use super::explain::subject_of;
use super::index::{At, Index};
use super::judge::{Judged, outcome};
use super::language::belongs;
use super::missing::Missing;
use super::pack_reader::scope_of;
use super::priority;
use super::rule::{Asked, Rule, RuleAnswer};
use super::sidecar_lines;
use super::topics::{Topic, Topics};
use super::wording;
use crate::assessment::{Answer, Question, Severity, VerdictKind, Who};
use crate::model::{FactKey, FactType, FactValue};

/// Answers that one question offers at most.
const MOST_ANSWERS: usize = 6;

/// Verdicts that are judged anew for an answer; beyond, the count is told for these.
const MOST_TRIED: usize = 2000;

#[derive(Default)]
struct Group<'a> {
    verdicts: Vec<&'a Judged>,
    missing: BTreeSet<Missing>,
    rules: BTreeSet<usize>,
    /// Rule and fact weights, to choose the fact that names the question.
    asked: BTreeMap<Asked, u64>,
    weight: u64,
}

/// The questions that the unknown verdicts ask, those that settle the most first.
pub(super) fn ask(index: &Index<'_>, rules: &[&Rule], judged: &[Judged], topics: &Topics) -> Vec<Question> {
    let mut groups: BTreeMap<String, Group<'_>> = BTreeMap::new();
    for verdict in judged {
        if verdict.kind != VerdictKind::Unknown || !verdict.asks || verdict.folded.is_some() {
            continue;
        }
        let rule = rules[verdict.rule];
        let first =
            rule.ask_facts.first().copied().or_else(|| verdict.missing.iter().find_map(|one| one.asked));
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
        }
        group.rules.insert(verdict.rule);
        group.weight += weight;
        group.verdicts.push(verdict);
    }
    let mut questions: Vec<(u64, Question)> = groups
        .into_iter()
        .map(|(key, group)| {
            let topic = key.parse().ok().and_then(|at| topics.get(at));
            (group.weight, question(index, rules, &key, topic, &group))
        })
        .collect();
    questions.sort_by(|(a_weight, a), (b_weight, b)| b_weight.cmp(a_weight).then_with(|| a.id.cmp(&b.id)));
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
    let asking: Vec<&Rule> = group.rules.iter().map(|number| rules[*number]).collect();
    let same_words = asking.iter().all(|rule| rule.card.ask == asking[0].card.ask);
    let text = match topic {
        Some(topic) if !same_words => topic.ask.clone(),
        _ => asking[0].card.ask.clone(),
    };
    let mut who: Vec<Who> = Vec::new();
    let by_rules = asking.iter().flat_map(|rule| &rule.card.who);
    let first = topic.filter(|_| !same_words).map_or(&[][..], |topic| &topic.who);
    for one in first.iter().chain(by_rules) {
        if !who.contains(one) {
            who.push(*one);
        }
    }
    who.truncate(3);
    let fact =
        group.asked.iter().max_by(|(a, x), (b, y)| x.cmp(y).then_with(|| b.cmp(a))).map(|(asked, _)| *asked);
    let id = match topic {
        Some(topic) => topic.id.clone(),
        None => key.replace(' ', "-"),
    };
    Question {
        id,
        number: String::new(),
        text,
        who,
        key: fact.map_or("drawing", Asked::word).to_owned(),
        facts: group
            .asked
            .keys()
            .map(|asked| asked.word().to_owned())
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect(),
        rules: asking.iter().map(|rule| rule.card.id.clone()).collect(),
        subjects: subjects.iter().map(|at| subject_of(index, *at)).collect(),
        severity: asking.iter().map(|rule| rule.card.severity).max().unwrap_or(Severity::Info),
        answers: answers(index, rules, topic, group, &asking, &subjects, fact),
    }
}

fn answers(
    index: &Index<'_>,
    rules: &[&Rule],
    topic: Option<&Topic>,
    group: &Group<'_>,
    asking: &[&Rule],
    subjects: &[At],
    fact: Option<Asked>,
) -> Vec<Answer> {
    let mut offers: Vec<RuleAnswer> = Vec::new();
    let own = asking.iter().flat_map(|rule| &rule.answers);
    let general = topic.map_or(&[][..], |topic| &topic.answers);
    // One rule knows its answers best; several share those of the topic.
    let (first, then): (Vec<&RuleAnswer>, Vec<&RuleAnswer>) = if asking.len() == 1 {
        (own.collect(), general.iter().collect())
    } else {
        (general.iter().collect(), own.collect())
    };
    let chosen = if first.is_empty() { then } else { first };
    offers.extend(chosen.into_iter().cloned());
    if let (true, Some(Asked::Fact(key))) = (offers.is_empty(), fact) {
        offers.extend(by_type(key));
    }
    let mut answers: Vec<Answer> = Vec::new();
    for offer in offers.iter().take(MOST_ANSWERS) {
        let lines = sidecar_lines::facts(index, subjects, &offer.set);
        if lines.is_empty() {
            continue;
        }
        let decides = decides(index, rules, group, subjects, &offer.set);
        answers.push(Answer { answer: offer.answer.clone(), decides, lines });
    }
    if answers.is_empty() {
        answers.push(to_fill_in(index, subjects, fact));
    }
    answers
}

/// The words of a fact's type as answers.
fn by_type(key: FactKey) -> Vec<RuleAnswer> {
    let answer =
        |answer: &str, value: FactValue| RuleAnswer { answer: answer.to_owned(), set: vec![(key, value)] };
    match key.value_type() {
        FactType::Choice(words) => words.iter().map(|word| answer(word, FactValue::word(*word))).collect(),
        FactType::Count => {
            vec![answer("One", FactValue::Count(1)), answer("Two or more", FactValue::AtLeast(2))]
        }
        FactType::Text | FactType::List => Vec::new(),
    }
}

/// An answer that only people can word.
fn to_fill_in(index: &Index<'_>, subjects: &[At], fact: Option<Asked>) -> Answer {
    let decides = "the rules are judged anew".to_owned();
    let (answer, lines) = match fact {
        Some(Asked::Complete) | None => {
            let view = index.model.views.first().map_or("view-id", |view| view.id.as_str());
            let lines = format!("complete: [{}]\n", sidecar_lines::scalar(view));
            ("The drawing shows everything of its kind".to_owned(), lines)
        }
        Some(asked) => {
            let sample = match asked {
                Asked::Fact(FactKey::Rto | FactKey::Rpo) => "4 h",
                Asked::Fact(FactKey::Version) => "2022",
                Asked::Protocol => "https",
                Asked::Port => "443",
                Asked::Initiator => "from",
                Asked::Data => "out",
                Asked::Kind => "container",
                Asked::Fact(_) | Asked::Technology | Asked::Complete => "...",
            };
            let fits: Vec<At> = match asked {
                Asked::Fact(key) => subjects.iter().copied().filter(|at| fact_fits(key, *at)).collect(),
                _ => subjects.to_vec(),
            };
            let lines = sidecar_lines::attribute(index, &fits, asked.word(), sample);
            (format!("Fill in {}", asked.word()), lines)
        }
    };
    Answer { answer, decides, lines }
}

fn fact_fits(key: FactKey, at: At) -> bool {
    use crate::assessment::On;
    let on = match at {
        At::Element(_) => On::Element,
        At::Relation(_) => On::Relation,
        At::View(_) => On::View,
        At::Model => On::Model,
    };
    belongs(key, scope_of(on))
}

/// Judges the open verdicts anew as if the answer were given.
fn decides(
    index: &Index<'_>,
    rules: &[&Rule],
    group: &Group<'_>,
    subjects: &[At],
    set: &[(FactKey, FactValue)],
) -> String {
    let supposed = Supposition { subjects, values: set };
    let judge = Judge { index, supposed: Some(&supposed) };
    let (mut sound, mut open) = (0, 0);
    let mut gaps: BTreeMap<Severity, usize> = BTreeMap::new();
    for verdict in group.verdicts.iter().take(MOST_TRIED) {
        let rule = rules[verdict.rule];
        match outcome(&judge, rule, verdict.at).kind {
            VerdictKind::Satisfied | VerdictKind::NotApplicable => sound += 1,
            VerdictKind::Gap => *gaps.entry(rule.card.severity).or_default() += 1,
            VerdictKind::Unknown | VerdictKind::PotentiallyApplicable => open += 1,
        }
    }
    let mut parts: Vec<String> = gaps
        .iter()
        .rev()
        .map(|(severity, count)| {
            wording::count(*count, &format!("{} gap", severity.word()), &format!("{} gaps", severity.word()))
        })
        .collect();
    if sound > 0 {
        parts.push(format!("{sound} satisfied"));
    }
    if open > 0 {
        parts.push(format!("{open} still open"));
    }
    parts.join(", ")
}
