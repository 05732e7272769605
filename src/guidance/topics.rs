//! Topics of questions: which facts are asked for together, and in which words.

use super::pack_reader::value_of;
use super::rule::{Asked, RuleAnswer};
use crate::assessment::Who;
use crate::diagnostic::{Diagnostic, Form, unknown_word};
use crate::model::FactKey;
use crate::source::Node;

/// Code of mistakes in the topics.
const CODE: &str = "pack/questions";

/// Facts that one question asks for.
#[derive(Clone, Debug)]
pub(super) struct Topic {
    pub(super) id: String,
    pub(super) facts: Vec<Asked>,
    pub(super) ask: String,
    pub(super) who: Vec<Who>,
    pub(super) answers: Vec<RuleAnswer>,
    /// The words of the answers say all their facts; otherwise an answer sets those that are asked for.
    pub(super) whole: bool,
}

/// All topics.
#[derive(Clone, Debug, Default)]
pub(super) struct Topics(Vec<Topic>);

impl Topics {
    /// Reads the file; mistakes are told, and the topic left out.
    pub(super) fn read(node: &Node, told: &mut Vec<Diagnostic>) -> Self {
        let Some(form) = Form::open(node, "the questions", CODE, &["topics"], told) else {
            return Self::default();
        };
        Self(form.list("topics", told).iter().filter_map(|node| topic(node, told)).collect())
    }

    /// The topic of a fact, with its place in the list.
    pub(super) fn of(&self, asked: Asked) -> Option<(usize, &Topic)> {
        self.0.iter().enumerate().find(|(_, topic)| topic.facts.contains(&asked))
    }

    /// The topic at a place of the list.
    pub(super) fn get(&self, at: usize) -> Option<&Topic> {
        self.0.get(at)
    }
}

fn topic(node: &Node, told: &mut Vec<Diagnostic>) -> Option<Topic> {
    let form = Form::open(node, "a topic", CODE, &["id", "facts", "ask", "who", "answers", "whole"], told)?;
    let mut facts = Vec::new();
    for (word, span) in form.texts("facts", told) {
        match Asked::from_word(&word) {
            Some(asked) => facts.push(asked),
            None => {
                let known: Vec<&str> = FactKey::ALL.iter().map(|key| key.word()).collect();
                told.push(unknown_word(CODE, "there is no fact", &word, &known, span));
            }
        }
    }
    let mut who = Vec::new();
    for (word, span) in form.texts("who", told) {
        match Who::ALL.iter().copied().find(|who| who.word() == word) {
            Some(known) => who.push(known),
            None => {
                let known: Vec<&str> = Who::ALL.iter().map(|who| who.word()).collect();
                told.push(unknown_word(CODE, "nobody is called", &word, &known, span));
            }
        }
    }
    let mut answers = Vec::new();
    for node in form.list("answers", told) {
        let Some(answer) = Form::open(node, "an answer", CODE, &["answer", "set"], told) else { continue };
        let words = answer.required("answer", told).map(|(text, _)| text).unwrap_or_default();
        let mut set = Vec::new();
        for (key, value) in answer.get("set").and_then(Node::as_map).unwrap_or_default() {
            match FactKey::from_word(&key.name).map(|fact| (fact, value_of(fact, value))) {
                Some((fact, Ok(value))) => set.push((fact, value)),
                Some((_, Err(message))) => told.push(Diagnostic::error(CODE, message, value.span)),
                None => told.push(unknown_word(CODE, "there is no fact", &key.name, &[], key.span)),
            }
        }
        answers.push(RuleAnswer { answer: words, set });
    }
    Some(Topic {
        id: form.required("id", told)?.0,
        ask: form.required("ask", told)?.0,
        facts,
        who,
        answers,
        whole: form.text("whole", told).is_some_and(|(word, _)| word == "yes"),
    })
}
