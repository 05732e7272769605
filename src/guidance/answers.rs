//! The answers that a question offers, and what each would decide.

use std::collections::{BTreeMap, BTreeSet};

use super::catalog_words;
use super::evaluate::Judge;
use super::explain::{name_of, subject_of};
use super::index::{At, Index};
use super::judge::{Judged, outcome};
use super::priority;
use super::rule::{Asked, Rule, RuleAnswer};
use super::sidecar_lines;
use super::supposition::{Supposed, Supposition, fact_fits, fitting};
use super::topics::Topic;
use super::wording;
use crate::assessment::{Answer, AnswerSet, Severity, VerdictKind};
use crate::model::{FactKey, FactType, FactValue};

/// Answers that one question offers at most, and each group of alternatives.
const MOST_ANSWERS: usize = 8;

/// Groups of alternatives that are offered one by one.
const MOST_GROUPS: usize = 20;

/// Verdicts that are judged anew for an answer; beyond, the count is told for these.
const MOST_TRIED: usize = 2000;

/// What the answers of one question are made from.
pub(super) struct Offering<'a, 'm> {
    pub(super) index: &'a Index<'m>,
    pub(super) rules: &'a [&'a Rule],
    pub(super) topic: Option<&'a Topic>,
    /// Open verdicts that the question is about.
    pub(super) verdicts: &'a [&'a Judged],
    pub(super) asking: &'a [&'a Rule],
    /// In order.
    pub(super) subjects: &'a [At],
    /// For a subject, the facts that its rules ask for.
    pub(super) keys: &'a BTreeMap<At, BTreeSet<FactKey>>,
    /// The fact that names the question.
    pub(super) fact: Option<Asked>,
}

/// The answers: those that the rules and the topic word, those of the fact's type, or a value to fill in.
pub(super) fn answers(offering: &Offering<'_, '_>) -> Vec<Answer> {
    let mut found = alternatives(offering);
    let grouped: BTreeSet<At> = match offering.fact {
        Some(Asked::Fact(FactKey::Chosen)) => {
            offering.subjects.iter().copied().filter(|at| in_group(offering.index, *at)).collect()
        }
        _ => BTreeSet::new(),
    };
    let rest: Vec<At> = offering.subjects.iter().copied().filter(|at| !grouped.contains(at)).collect();
    if !found.is_empty() && rest.is_empty() {
        return found;
    }
    let mut worded: Vec<Answer> = Vec::new();
    for (source, offers) in stages(offering) {
        let made = made(offering, &rest, source, &offers);
        if made.iter().any(|answer| answer.settles > 0) {
            worded = made;
            break;
        }
        if worded.is_empty() {
            worded = made;
        }
    }
    if worded.iter().any(|answer| answer.settles > 0) {
        if offering.asking.len() > 1 {
            worded.retain(|answer| answer.settles > 0);
        }
        // What leaves all open is an answer too, when a rule offers it; then it stands last.
        worded.sort_by_key(|answer| answer.settles == 0);
    }
    worded.truncate(MOST_ANSWERS);
    if worded.is_empty() {
        worded.push(to_fill_in(offering, &rest));
    }
    found.append(&mut worded);
    found
}

/// Offers in the order in which they are tried, until some decide: one rule knows its answers best, several
/// share those of the topic.
fn stages(offering: &Offering<'_, '_>) -> Vec<(Source, Vec<RuleAnswer>)> {
    let own: Vec<RuleAnswer> = offering.asking.iter().flat_map(|rule| &rule.answers).cloned().collect();
    let general = offering.topic.map_or(&[][..], |topic| &topic.answers).to_vec();
    let typed = match offering.fact {
        Some(Asked::Fact(key)) => by_type(key),
        _ => Vec::new(),
    };
    let (own, general) = ((Source::Rule, own), (Source::Topic, general));
    let typed = (Source::Type, typed);
    if offering.asking.len() == 1 { vec![own, general, typed] } else { vec![general, own, typed] }
}

/// Who words an answer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Source {
    Rule,
    Topic,
    Type,
}

/// The offers as answers about these subjects, the same words once, and of a topic the same facts once.
fn made(offering: &Offering<'_, '_>, subjects: &[At], source: Source, offers: &[RuleAnswer]) -> Vec<Answer> {
    let trims = source == Source::Topic && !offering.topic.is_some_and(|topic| topic.whole);
    let mut made: Vec<Answer> = Vec::new();
    for offer in offers {
        let mut sets = fitting(subjects, &offer.set);
        if trims {
            sets = asked_for(offering, sets);
        }
        if sets.is_empty() || made.iter().any(|answer| answer.answer == offer.answer) {
            continue;
        }
        let answer = answer(offering, offer.answer.clone(), sets, offering.verdicts);
        if !(trims && made.iter().any(|other| other.sets == answer.sets)) {
            made.push(answer);
        }
    }
    made
}

/// Of what an answer sets, the facts that some rule asks of the subject: nobody records what was not asked.
fn asked_for(offering: &Offering<'_, '_>, sets: Vec<Supposed>) -> Vec<Supposed> {
    let mut parts: Vec<Supposed> = Vec::new();
    for set in sets {
        for at in set.subjects {
            let asks = |key: &FactKey| offering.keys.get(&at).is_some_and(|keys| keys.contains(key));
            let values: Vec<(FactKey, FactValue)> =
                set.values.iter().filter(|(key, _)| asks(key)).cloned().collect();
            if values.is_empty() {
                continue;
            }
            match parts.iter_mut().find(|part| part.values == values) {
                Some(part) => part.subjects.push(at),
                None => parts.push(Supposed { subjects: vec![at], values }),
            }
        }
    }
    for part in &mut parts {
        part.subjects.sort();
    }
    parts
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
        FactType::Text | FactType::Duration | FactType::List => Vec::new(),
    }
}

fn in_group(index: &Index<'_>, at: At) -> bool {
    matches!(at, At::Relation(flow) if index.alternatives(flow).len() > 1)
}

/// One answer for each alternative of each group: it is built, and the others are not.
fn alternatives(offering: &Offering<'_, '_>) -> Vec<Answer> {
    let index = offering.index;
    if offering.fact != Some(Asked::Fact(FactKey::Chosen)) {
        return Vec::new();
    }
    let mut groups: BTreeMap<&str, &[u32]> = BTreeMap::new();
    for at in offering.subjects {
        if let (true, At::Relation(flow)) = (in_group(index, *at), *at)
            && let Some(group) = index.flow(flow).relation.alternative.as_deref()
        {
            groups.insert(group, index.alternatives(flow));
        }
    }
    let mut found = Vec::new();
    for (group, flows) in groups.into_iter().take(MOST_GROUPS) {
        let verdicts: Vec<&Judged> = offering
            .verdicts
            .iter()
            .copied()
            .filter(|verdict| matches!(verdict.at, At::Relation(flow) if flows.contains(&flow)))
            .collect();
        for flow in flows.iter().take(MOST_ANSWERS) {
            let word = |word: &str| vec![(FactKey::Chosen, FactValue::word(word))];
            let others: Vec<At> =
                flows.iter().filter(|other| *other != flow).map(|other| At::Relation(*other)).collect();
            let sets = vec![
                Supposed { subjects: vec![At::Relation(*flow)], values: word("yes") },
                Supposed { subjects: others, values: word("no") },
            ];
            let mut answer = answer(offering, path(index, *flow, flows), sets, &verdicts);
            answer.group = Some(group.to_owned());
            found.push(answer);
        }
    }
    found
}

/// A flow told apart from those that it stands beside: by its ends, else by its words as well.
fn path(index: &Index<'_>, flow: u32, beside: &[u32]) -> String {
    let name = name_of(index, At::Relation(flow));
    let same = beside.iter().filter(|other| name_of(index, At::Relation(**other)) == name).count();
    match index.flow(flow).relation.label.as_deref() {
        Some(label) if same > 1 => format!("{name} ({label})"),
        _ if same > 1 => format!("{name} ({})", index.flow(flow).relation.id),
        _ => name,
    }
}

fn answer(offering: &Offering<'_, '_>, words: String, sets: Vec<Supposed>, verdicts: &[&Judged]) -> Answer {
    let decided = decide(offering, &sets, verdicts);
    let values = |set: &Supposed| {
        set.values.iter().map(|(key, value)| (key.word().to_owned(), value.clone())).collect()
    };
    Answer {
        answer: words,
        group: None,
        decides: decided.words,
        settles: decided.settled,
        lines: sidecar_lines::facts(offering.index, &sets),
        sets: sets
            .iter()
            .map(|set| AnswerSet {
                subjects: set.subjects.iter().map(|at| subject_of(offering.index, *at)).collect(),
                set: values(set),
            })
            .collect(),
    }
}

/// An answer that only people can word.
fn to_fill_in(offering: &Offering<'_, '_>, subjects: &[At]) -> Answer {
    let index = offering.index;
    let decides = "the rules are judged anew".to_owned();
    let (answer, lines) = match offering.fact {
        Some(Asked::Complete) | None => {
            let view = index.model.views.first().map_or("view-id", |view| view.id.as_str());
            let lines = format!("complete: [{}]\n", sidecar_lines::scalar(view));
            ("The drawing shows everything of its kind".to_owned(), lines)
        }
        Some(first) => {
            // What only people can word is asked for together: both objectives of a recovery.
            let beside = offering.topic.map_or(&[][..], |topic| &topic.facts).iter().copied();
            let beside = beside.filter(|asked| *asked != first && is_text(*asked) && is_text(first));
            let missing = |asked: &Asked| {
                offering
                    .verdicts
                    .iter()
                    .flat_map(|verdict| &verdict.missing)
                    .any(|one| one.asked == Some(*asked))
            };
            let keys: Vec<Asked> = std::iter::once(first).chain(beside.filter(missing)).collect();
            let fits: Vec<At> = match first {
                Asked::Fact(key) => subjects.iter().copied().filter(|at| fact_fits(key, *at)).collect(),
                _ => subjects.to_vec(),
            };
            let words: Vec<&str> = keys.iter().map(|asked| asked.word()).collect();
            let mut parts: Vec<sidecar_lines::Attributes<'_>> = Vec::new();
            for at in &fits {
                let set: Vec<(&str, &str)> =
                    keys.iter().map(|asked| (asked.word(), sample(index, *at, *asked))).collect();
                match parts.iter_mut().find(|(_, known)| *known == set) {
                    Some((subjects, _)) => subjects.push(*at),
                    None => parts.push((vec![*at], set)),
                }
            }
            if parts.is_empty() {
                parts.push((Vec::new(), words.iter().map(|word| (*word, "...")).collect()));
            }
            (format!("Fill in {}", words.join(" and ")), sidecar_lines::attributes(index, &parts))
        }
    };
    let settles = match offering.fact {
        Some(Asked::Complete) | None => 0,
        Some(_) => offering.verdicts.iter().map(|verdict| weight(offering, verdict)).sum(),
    };
    Answer { answer, decides, settles, lines, ..Answer::default() }
}

/// Whether only people can word it.
fn is_text(asked: Asked) -> bool {
    matches!(asked, Asked::Fact(key) if matches!(key.value_type(), FactType::Text | FactType::Duration))
}

fn sample(index: &Index<'_>, at: At, asked: Asked) -> &'static str {
    match asked {
        Asked::Fact(FactKey::Rto) => "4 h",
        Asked::Fact(FactKey::Rpo) => "15 min",
        Asked::Fact(FactKey::Version) => match at {
            At::Element(number) => {
                let element = index.spot(number).element;
                catalog_words::sample_version(index.catalog, element, index.as_of).unwrap_or("...")
            }
            At::Relation(_) | At::View(_) | At::Model => "...",
        },
        Asked::Protocol => "https",
        Asked::Port => "443",
        Asked::Initiator => "from",
        Asked::Data => "out",
        Asked::Kind => "container",
        Asked::Fact(_) | Asked::Technology | Asked::Complete => "...",
    }
}

fn weight(offering: &Offering<'_, '_>, verdict: &Judged) -> u64 {
    priority::weight(offering.rules[verdict.rule].card.severity).max(1)
}

/// What would follow from an answer.
struct Decided {
    words: String,
    settled: u64,
}

/// Judges the open verdicts anew as if the answer were given.
fn decide(offering: &Offering<'_, '_>, sets: &[Supposed], verdicts: &[&Judged]) -> Decided {
    let supposed = Supposition(sets);
    let judge = Judge { index: offering.index, supposed: Some(&supposed) };
    let (mut sound, mut open, mut settled) = (0, 0, 0);
    let mut gaps: BTreeMap<Severity, usize> = BTreeMap::new();
    for verdict in verdicts.iter().take(MOST_TRIED) {
        let rule = offering.rules[verdict.rule];
        match outcome(&judge, rule, verdict.at).kind {
            VerdictKind::Satisfied | VerdictKind::NotApplicable => sound += 1,
            VerdictKind::Gap => *gaps.entry(rule.card.severity).or_default() += 1,
            VerdictKind::Unknown | VerdictKind::PotentiallyApplicable => {
                open += 1;
                continue;
            }
        }
        settled += weight(offering, verdict);
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
    Decided { words: parts.join(", "), settled }
}
