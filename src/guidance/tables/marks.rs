//! Numbers of findings and questions by subject, for the status columns.

use std::collections::{BTreeMap, BTreeSet};

use crate::assessment::{
    Band, Category, Decision, DecisionState, DecisionStatus, Finding, Question, SubjectRef,
};

/// Topics of questions whose answer changes what a firewall opens.
const OPENING: [&str; 3] = ["transit", "ports", "choice"];

/// Where a subject is spoken of.
pub(super) struct Marks<'a> {
    /// Findings that stand against opening a flow.
    blocking: BTreeMap<&'a str, Vec<&'a str>>,
    /// Questions whose answer changes what is opened.
    asked: BTreeMap<&'a str, Vec<&'a str>>,
    /// By topic: the number of its question, and the subjects that it is about.
    by_topic: BTreeMap<&'a str, (&'a str, BTreeSet<&'a str>)>,
}

impl<'a> Marks<'a> {
    pub(super) fn new(findings: &'a [Finding], questions: &'a [Question], decisions: &[Decision]) -> Self {
        let mut blocking: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for finding in findings.iter().filter(|finding| blocks(finding, decisions)) {
            for subject in &finding.subjects {
                blocking.entry(subject.id()).or_default().push(&finding.number);
            }
        }
        let mut asked: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for question in questions.iter().filter(|question| OPENING.contains(&question.id.as_str())) {
            for subject in &question.subjects {
                asked.entry(subject.id()).or_default().push(&question.number);
            }
        }
        let topic = |question: &'a Question| {
            let about = question.subjects.iter().map(SubjectRef::id).collect();
            (question.id.as_str(), (question.number.as_str(), about))
        };
        Self { blocking, asked, by_topic: questions.iter().map(topic).collect() }
    }

    /// Numbers of findings that stand against opening any of the flows, each once, in their order.
    pub(super) fn blocking<'b>(&self, flows: impl IntoIterator<Item = &'b str>) -> Vec<&'a str> {
        gathered(&self.blocking, flows)
    }

    /// Numbers of questions whose answer changes what is opened for any of the flows.
    pub(super) fn asked<'b>(&self, flows: impl IntoIterator<Item = &'b str>) -> Vec<&'a str> {
        gathered(&self.asked, flows)
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

/// A security finding that is to be fixed or decided, unless a decision in force lets the flow be as it is.
fn blocks(finding: &Finding, decisions: &[Decision]) -> bool {
    let treated = finding.decision.and_then(|at| decisions.get(at)).is_some_and(|decision| {
        matches!(decision.state, DecisionState::Active | DecisionState::ExpiresSoon)
            && decision.status != DecisionStatus::Planned
    });
    finding.category == Category::Security && finding.band != Band::Track && !treated
}

fn gathered<'a, 'b>(
    by_subject: &BTreeMap<&'a str, Vec<&'a str>>,
    subjects: impl IntoIterator<Item = &'b str>,
) -> Vec<&'a str> {
    let mut numbers: Vec<&str> = Vec::new();
    for subject in subjects {
        for number in by_subject.get(subject).map_or(&[][..], Vec::as_slice) {
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
