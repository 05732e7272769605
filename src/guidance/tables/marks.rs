//! Numbers of findings and questions by subject, for the status columns.

use std::collections::{BTreeMap, BTreeSet};

use crate::assessment::{Finding, Question, SubjectRef};

/// Where a subject is spoken of.
pub(super) struct Marks<'a> {
    by_subject: BTreeMap<&'a str, Vec<&'a str>>,
    /// By topic: the number of its question, and the subjects that it is about.
    by_topic: BTreeMap<&'a str, (&'a str, BTreeSet<&'a str>)>,
}

impl<'a> Marks<'a> {
    pub(super) fn new(findings: &'a [Finding], questions: &'a [Question]) -> Self {
        let mut by_subject: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        let told = findings.iter().map(|finding| (finding.number.as_str(), &finding.subjects));
        let asked = questions.iter().map(|question| (question.number.as_str(), &question.subjects));
        for (number, subjects) in told.chain(asked) {
            for subject in subjects {
                by_subject.entry(subject.id()).or_default().push(number);
            }
        }
        let topic = |question: &'a Question| {
            let about = question.subjects.iter().map(SubjectRef::id).collect();
            (question.id.as_str(), (question.number.as_str(), about))
        };
        Self { by_subject, by_topic: questions.iter().map(topic).collect() }
    }

    /// Numbers of findings, then questions, about any of the subjects, each once.
    pub(super) fn of<'b>(&self, subjects: impl IntoIterator<Item = &'b str>) -> Vec<&'a str> {
        let mut numbers: Vec<&str> = Vec::new();
        for subject in subjects {
            for number in self.by_subject.get(subject).map_or(&[][..], Vec::as_slice) {
                if !numbers.contains(number) {
                    numbers.push(number);
                }
            }
        }
        numbers.sort_by_key(|number| {
            let (letter, rest) = number.split_at(1);
            let band = ["G", "D", "T", "Q"].iter().position(|known| *known == letter);
            (band, rest.parse::<u32>().unwrap_or(u32::MAX))
        });
        numbers
    }

    /// Number of a topic's question.
    pub(super) fn question(&self, topic: &str) -> Option<&'a str> {
        self.by_topic.get(topic).map(|(number, _)| *number)
    }

    /// Number of the topic's question, when it is about a subject.
    pub(super) fn question_about(&self, topic: &str, subject: &str) -> Option<&'a str> {
        let (number, about) = self.by_topic.get(topic)?;
        about.contains(subject).then_some(*number)
    }
}
