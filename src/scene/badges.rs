//! Marks that lead from the picture to findings and questions.

use std::collections::BTreeMap;

use super::shape::{Badge, BadgeForm};
use crate::assessment::{Assessment, Severity, SubjectRef};
use crate::geometry::Point;

/// Questions that are marked in pictures: those of the first page.
const QUESTIONS: usize = 7;
/// A question about more subjects than these is about the whole drawing: it marks none of them.
const SUBJECTS: usize = 6;
/// Most marks on one box or line; the first ones weigh most.
const MOST: usize = 3;

/// Marks by the id of what they stand on, the weightiest first.
#[derive(Debug, Default)]
pub(super) struct Marks {
    elements: BTreeMap<String, Vec<Mark>>,
    relations: BTreeMap<String, Vec<Mark>>,
}

/// A badge that has no place yet.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mark {
    number: String,
    form: BadgeForm,
    title: String,
}

impl Mark {
    /// The badge at its center.
    pub(super) fn at(&self, at: Point) -> Badge {
        Badge { number: self.number.clone(), form: self.form, at, title: self.title.clone() }
    }
}

impl Marks {
    /// All marks of an assessment.
    pub(super) fn of(assessment: &Assessment) -> Self {
        let mut marks = Self::default();
        for finding in assessment.findings.iter().filter(|finding| finding.severity > Severity::Info) {
            let form = match finding.severity {
                Severity::Critical => BadgeForm::Critical,
                Severity::High => BadgeForm::High,
                Severity::Medium => BadgeForm::Medium,
                Severity::Low | Severity::Info => BadgeForm::Low,
            };
            let title = format!("{}, {}: {}", finding.number, finding.severity.word(), finding.title);
            marks.add(&finding.subjects, &Mark { number: finding.number.clone(), form, title });
        }
        let narrow = |question: &&crate::assessment::Question| question.subjects.len() <= SUBJECTS;
        for question in assessment.questions.iter().take(QUESTIONS).filter(narrow) {
            let title = format!("{}, question: {}", question.number, question.text);
            let mark = Mark { number: question.number.clone(), form: BadgeForm::Question, title };
            marks.add(&question.subjects, &mark);
        }
        marks
    }

    fn add(&mut self, subjects: &[SubjectRef], mark: &Mark) {
        for subject in subjects {
            let list = match subject {
                SubjectRef::Element(id) | SubjectRef::Zone(id) => self.elements.entry(id.to_string()),
                SubjectRef::Relation(id) => self.relations.entry(id.to_string()),
                SubjectRef::Model | SubjectRef::View(_) => continue,
            };
            let list = list.or_default();
            if !list.contains(mark) {
                list.push(mark.clone());
            }
        }
    }

    /// Marks of an element, at most three.
    pub(super) fn element(&self, id: &str) -> Vec<Mark> {
        self.elements.get(id).map(|marks| marks.iter().take(MOST).cloned().collect()).unwrap_or_default()
    }

    /// Marks of all these relations together, at most three.
    pub(super) fn relations<'a>(&self, ids: impl Iterator<Item = &'a str>) -> Vec<Mark> {
        let mut found: Vec<Mark> = Vec::new();
        for mark in ids.filter_map(|id| self.relations.get(id)).flatten() {
            if !found.contains(mark) {
                found.push(mark.clone());
            }
        }
        // Findings before questions, each in the order of the page.
        found.sort_by_key(|mark| (mark.form, mark.number.len(), mark.number.clone()));
        found.truncate(MOST);
        found
    }
}
