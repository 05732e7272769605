//! The open questions as a form, by who can answer.

use super::block::{AnswerItem, Block, Entry, QuestionCard, Section};
use super::first_page::role;
use super::links::Links;
use super::prose::{Inline, Mark, Prose, Target};
use super::words::{capital, count, list};
use crate::assessment::{Question, Who};
use crate::scene::BadgeForm;

/// At most this many subjects are named before the rest is counted.
const MOST_SUBJECTS: usize = 12;

/// The questions; `None` when there is none.
pub(super) fn section(links: &Links<'_>) -> Option<Section> {
    let questions = &links.input.assessment.questions;
    if questions.is_empty() {
        return None;
    }
    let parts: Vec<Section> = Who::ALL.iter().filter_map(|who| part(links, *who)).collect();
    Some(Section {
        id: "questions".into(),
        title: "Questions".into(),
        blocks: vec![Block::Paragraph(
            Prose::plain("What nobody said is asked, not judged. Choose an answer, paste its lines into ")
                .run(Inline::Code("planroom.yaml".into()))
                .text(" beside the sources, where one ")
                .run(Inline::Code("facts:".into()))
                .text(" holds them all, and build again. Or send ")
                .run(Inline::Link { text: "questions.csv".into(), to: Target::File("questions.csv".into()) })
                .text(" to those who know, and let ")
                .run(Inline::Code("planroom answer questions.csv".into()))
                .text(" put what comes back in its place."),
        )],
        parts,
    })
}

fn part(links: &Links<'_>, who: Who) -> Option<Section> {
    let first = |question: &&Question| question.who.first().copied().unwrap_or(Who::Business) == who;
    let cards: Vec<Block> = links
        .input
        .assessment
        .questions
        .iter()
        .filter(first)
        .map(|question| Block::Question(card(links, question)))
        .collect();
    (!cards.is_empty()).then(|| Section::new(format!("questions-{}", who.word()), role(who), cards))
}

fn card(links: &Links<'_>, question: &Question) -> QuestionCard {
    let mut meta = String::new();
    if !question.rules.is_empty() {
        meta = format!("Decides {}", count(question.rules.len(), "rule"));
        match question.subjects.len() {
            0 => {}
            subjects => meta.push_str(&format!(" on {}", count(subjects, "subject"))),
        }
    }
    let others: Vec<&str> = question.who.iter().skip(1).map(|who| role(*who)).collect();
    let mut prose = Prose::plain(meta);
    if !others.is_empty() {
        prose = Prose::joined([prose, Prose::plain(format!("also for {}", list(&others)))], " · ");
    }
    let worst = format!("up to {} if the answer is a gap", question.severity.word());
    prose = Prose::joined([prose, Prose::quiet(worst)], " · ");
    let mut subjects: Vec<Prose> =
        question.subjects.iter().take(MOST_SUBJECTS).map(|subject| links.subject(subject)).collect();
    if question.subjects.len() > MOST_SUBJECTS {
        subjects.push(Prose::plain(format!("{} more", question.subjects.len() - MOST_SUBJECTS)));
    }
    let mut entries = Vec::new();
    if !subjects.is_empty() {
        entries.push(Entry::one("About", Prose::listed(subjects)));
    }
    if !question.rules.is_empty() {
        let rules = question.rules.iter().map(|rule| Prose::code(rule.clone()));
        entries.push(Entry::one("Decides", Prose::joined(rules, ", ")));
    }
    QuestionCard {
        mark: Mark { number: question.number.clone(), form: BadgeForm::Question },
        text: capital(question.text.trim()),
        meta: prose,
        entries,
        answers: question
            .answers
            .iter()
            .map(|answer| AnswerItem {
                answer: match &answer.group {
                    Some(group) => format!("{}: {}", capital(group.trim()), answer.answer.trim()),
                    None => capital(answer.answer.trim()),
                },
                decides: answer.decides.trim().trim_end_matches('.').to_owned(),
                lines: answer.lines.trim_end().to_owned(),
            })
            .collect(),
    }
}
