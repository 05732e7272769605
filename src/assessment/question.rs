//! Questions: one missing fact and the alike subjects that miss it, and what each answer settles.

use std::collections::BTreeSet;

use super::rule_card::{Severity, Who};
use super::verdict::SubjectRef;
use crate::model::{FactKey, FactValue, Subject};

/// Facts that an answer declares of some subjects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerSet {
    /// The subjects.
    pub subjects: Vec<SubjectRef>,
    /// Keys as the sidecar writes them, and values.
    pub set: Vec<(String, FactValue)>,
}

/// What an answer would decide.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// The answer in words: `Cluster or availability group`.
    pub answer: String,
    /// The subjects that are answered together, by the name of their group: alternatives of which one is
    /// built. `None`: each subject can be answered on its own.
    pub group: Option<String>,
    /// What follows: `satisfied`, `critical gap for MessageBox`.
    pub decides: String,
    /// Severity behind the verdicts that it decides.
    pub settles: u64,
    /// What it declares; empty when people have to fill in a value.
    pub sets: Vec<AnswerSet>,
    /// Lines to paste into `planroom.yaml`.
    pub lines: String,
}

/// One missing fact and the alike subjects that miss it.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// Stable id: key of the fact and its group.
    pub id: String,
    /// What the page calls it: `Q1`.
    pub number: String,
    /// The question.
    pub text: String,
    /// Why it matters, in the words of the most severe rule that asks.
    pub why: String,
    /// Who can answer, the first one first.
    pub who: Vec<Who>,
    /// The missing fact's key.
    pub key: String,
    /// Keys of all facts that the question asks for, in the order of the alphabet.
    pub facts: Vec<String>,
    /// Keys that answers may set, the missing one first.
    pub keys: Vec<String>,
    /// Rules that the answer decides.
    pub rules: Vec<String>,
    /// Subjects that miss the fact, in the order of the model.
    pub subjects: Vec<SubjectRef>,
    /// Who can answer for each of the subjects, in their order.
    pub asked: Vec<Vec<Who>>,
    /// For each of the subjects, in their order, the most severe rule that waits for it.
    pub waiting: Vec<String>,
    /// The worst severity among the rules.
    pub severity: Severity,
    /// Severity behind the open verdicts that ask this.
    pub weight: u64,
    /// What each answer would decide.
    pub answers: Vec<Answer>,
}

/// What is answered at once: one subject, or the alternatives of one group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask<'a> {
    /// What a sheet calls it: the subject's id, or the name of the group.
    pub id: &'a str,
    /// The subjects.
    pub subjects: Vec<&'a SubjectRef>,
    /// Who can answer.
    pub who: &'a [Who],
    /// The most severe rule that waits for it; empty when it is not known.
    pub rule: &'a str,
    /// Answers that fit.
    pub answers: Vec<&'a Answer>,
}

impl Question {
    /// Severity that is settled when people answer: the mean over the offered answers, summed over groups of
    /// alternatives. A value that only people can word is taken to settle what asks for it.
    pub fn settles(&self) -> u64 {
        let mut means: Vec<(Option<&str>, u64, u64)> = Vec::new();
        for answer in &self.answers {
            let group = answer.group.as_deref();
            match means.iter_mut().find(|(known, ..)| *known == group) {
                Some((_, settles, number)) => {
                    *settles += answer.settles;
                    *number += 1;
                }
                None => means.push((group, answer.settles, 1)),
            }
        }
        means.iter().map(|(_, settles, number)| settles / number).sum::<u64>().min(self.weight)
    }

    /// What can be answered one by one, in the order of the subjects. Questions that only a drawing can
    /// answer have none.
    pub fn asks(&self) -> Vec<Ask<'_>> {
        if self.keys.is_empty() {
            return Vec::new();
        }
        let mut groups: Vec<Ask<'_>> = Vec::new();
        for answer in &self.answers {
            let Some(group) = answer.group.as_deref() else { continue };
            match groups.iter_mut().find(|ask| ask.id == group) {
                Some(ask) => ask.answers.push(answer),
                None => groups.push(Ask {
                    id: group,
                    subjects: answer.sets.iter().flat_map(|set| &set.subjects).collect(),
                    who: &self.who,
                    rule: self.waiting.first().map_or("", String::as_str),
                    answers: vec![answer],
                }),
            }
        }
        let grouped: BTreeSet<&SubjectRef> =
            groups.iter().flat_map(|ask| ask.subjects.iter().copied()).collect();
        let offered: Vec<(&Answer, BTreeSet<&SubjectRef>)> = self
            .answers
            .iter()
            .filter(|answer| answer.group.is_none())
            .map(|answer| (answer, answer.sets.iter().flat_map(|set| &set.subjects).collect()))
            .collect();
        let single = self.subjects.iter().enumerate().filter(|(_, subject)| !grouped.contains(subject));
        let single: Vec<Ask<'_>> = single
            .map(|(at, subject)| Ask {
                id: subject.id(),
                subjects: vec![subject],
                who: self.asked.get(at).map_or(&self.who[..], Vec::as_slice),
                rule: self.waiting.get(at).map_or("", String::as_str),
                answers: offered
                    .iter()
                    .filter(|(_, subjects)| subjects.contains(subject))
                    .map(|(answer, _)| *answer)
                    .collect(),
            })
            .collect();
        groups.into_iter().chain(single).collect()
    }

    /// Whether a value of this key can be given as an answer about the subject.
    pub fn takes(&self, key: &str, subject: &SubjectRef) -> bool {
        self.keys.iter().any(|known| known == key)
            && FactKey::from_word(key).is_none_or(|fact| fits(fact, subject))
    }
}

impl Answer {
    /// What it declares of one subject.
    pub fn facts_of(&self, subject: &SubjectRef) -> Vec<(&str, &FactValue)> {
        let sets = self.sets.iter().filter(|set| set.subjects.contains(subject));
        sets.flat_map(|set| &set.set).map(|(key, value)| (key.as_str(), value)).collect()
    }
}

/// Whether a fact says something of this kind of subject.
pub fn fits(key: FactKey, subject: &SubjectRef) -> bool {
    match subject {
        SubjectRef::Model => key.subject() == Subject::Model,
        SubjectRef::Element(_) | SubjectRef::Zone(_) => key.subject() != Subject::Relation,
        SubjectRef::Relation(_) => matches!(key.subject(), Subject::Relation | Subject::Both),
        SubjectRef::View(_) => false,
    }
}

/// How much of the severity behind all questions the first ones settle: the settled severity and the whole.
pub fn settled_by_first(questions: &[Question], first: usize) -> (u64, u64) {
    let settled = questions.iter().take(first).map(Question::settles).sum();
    (settled, questions.iter().map(|question| question.weight).sum())
}
