//! Numbers of findings and questions by subject, for the status columns.

use std::collections::BTreeMap;

use crate::assessment::{Finding, Question};

/// Where a subject is spoken of.
pub(super) struct Marks<'a> {
    by_subject: BTreeMap<&'a str, Vec<&'a str>>,
    questions: &'a [Question],
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
        Self { by_subject, questions }
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

    /// Number of the question of a topic that one of the subjects misses, else of the topic.
    pub(super) fn question(&self, topic: &str, subjects: &[&str]) -> Option<&'a str> {
        let of_topic = || self.questions.iter().filter(|question| question.id == topic);
        let about = of_topic()
            .find(|question| question.subjects.iter().any(|subject| subjects.contains(&subject.id())));
        about.or_else(|| of_topic().next()).map(|question| question.number.as_str())
    }

    /// Number of the question that asks a subject for one of the topic's facts.
    pub(super) fn question_about(&self, topic: &str, subject: &str) -> Option<&'a str> {
        let of_topic = self.questions.iter().filter(|question| question.id == topic);
        let mut about = of_topic.filter(|question| question.subjects.iter().any(|one| one.id() == subject));
        about.next().map(|question| question.number.as_str())
    }
}
