//! Answers of people, taken from a sheet or a dialogue into `planroom.yaml`.
//!
//! 1. `sheet` finds the rows that were filled in, `dialogue` asks one by one.
//! 2. `meaning` turns an answer's words into facts.
//! 3. `check` compares them with each other, with the model and with what the settings file says.
//! 4. `config::edit` puts them into the text at their places; the text is judged again before it is handed out.

mod check;
mod dialogue;
mod meaning;
mod sheet;

pub use dialogue::{Dialogue, Step};

use crate::assessment::{Ask, Question, SubjectRef};
use crate::config::Config;
use crate::config::edit::{self, Edit, NewFacts};
use crate::diagnostic::Severity;
use crate::model::FactValue;
use crate::source::{FileId, Table};
use crate::writers::writer::Packet;

/// How answers are taken.
#[derive(Clone, Debug, Default)]
pub struct Taking {
    /// Who says so, where the answer does not name anybody.
    pub by: Option<String>,
    /// When it was said, where the answer has no date, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// Answers replace what is stated or declared otherwise.
    pub replace: bool,
}

/// One answer about the subjects that it is given for.
#[derive(Clone, Debug, PartialEq)]
pub struct Reply {
    /// Id of the question.
    pub question: String,
    /// Facts by subject.
    pub facts: Vec<(SubjectRef, Vec<(String, FactValue)>)>,
    /// Who says so.
    pub by: Option<String>,
    /// When it was said.
    pub date: Option<String>,
    /// On what ground.
    pub source: Option<String>,
    /// Where it was given, for messages: ``sheet `Questions`, cell I7``.
    pub place: String,
}

/// Answers that can be put in.
#[derive(Clone, Debug, Default)]
pub struct Taken {
    /// What changes in the settings file.
    pub edit: Edit,
    /// Answers that stand against what is stated or declared, a sentence each; they are not in the edit
    /// unless they replace it.
    pub against: Vec<String>,
    /// Answers that were given.
    pub answers: usize,
    /// Answers that were known already.
    pub known: usize,
}

/// The answers of a sheet.
///
/// # Errors
/// Everything that is wrong with it, each with its place.
pub fn sheet_replies(
    packet: &Packet,
    tables: &[Table],
    name: &str,
    taking: &Taking,
) -> Result<Vec<Reply>, Vec<String>> {
    sheet::replies(packet, tables, name, taking).map_err(|wrong| wrong.into_iter().map(shown).collect())
}

/// Compares answers with each other, with the model and with the settings file's text.
///
/// # Errors
/// Everything that is wrong, each with its place.
pub fn take(
    packet: &Packet,
    sidecar: Option<&str>,
    replies: &[Reply],
    taking: &Taking,
) -> Result<Taken, Vec<String>> {
    match check::take(packet, sidecar, replies, taking) {
        Ok(taken) => Ok(Taken { against: taken.against.into_iter().map(shown).collect(), ..taken }),
        Err(wrong) => Err(wrong.into_iter().map(shown).collect()),
    }
}

/// A text without secrets: the settings file and the sheet are read here as they are written.
fn shown(text: String) -> String {
    crate::infer::redact(&text).unwrap_or(text)
}

/// The settings file with the answers.
///
/// # Errors
/// When it cannot be edited at its places, with the lines to paste.
pub fn put_in(sidecar: Option<&str>, edit: &Edit) -> Result<String, edit::NotEdited> {
    let old = sidecar.unwrap_or_default();
    let text = edit::edit(old, edit)?;
    let errors = |text: &str| {
        let (_, told) = Config::read(FileId(0), text);
        told.into_iter().filter(|told| told.severity == Severity::Error).map(|told| told.message).next()
    };
    match errors(&text) {
        Some(reason) if errors(old).is_none() => {
            Err(edit::NotEdited { reason, lines: edit::lines(&edit.added) })
        }
        _ => Ok(text),
    }
}

/// The change as a unified diff; empty when nothing changes.
pub fn difference(path: &str, old: &str, new: &str) -> String {
    let diff = similar::TextDiff::from_lines(old, new);
    shown(diff.unified_diff().context_radius(3).header(path, path).to_string())
}

/// Facts of alike answers, told once.
fn entries(facts: Vec<(String, NewFacts)>) -> Vec<NewFacts> {
    let mut entries: Vec<NewFacts> = Vec::new();
    for (subject, new) in facts {
        let alike = |known: &&mut NewFacts| {
            NewFacts { subjects: Vec::new(), ..(**known).clone() }
                == NewFacts { subjects: Vec::new(), ..new.clone() }
        };
        match entries.iter_mut().find(alike) {
            Some(entry) => entry.subjects.push(subject),
            None => entries.push(NewFacts { subjects: vec![subject], ..new }),
        }
    }
    entries
}

/// The question and what is asked of a subject or group; `Err` with the nearest known word.
fn asked<'p>(packet: &'p Packet, question: &str, subject: &str) -> Result<(&'p Question, Ask<'p>), String> {
    let questions = &packet.assessment.questions;
    let near =
        |word: &str, known: Vec<&str>| match crate::diagnostic::did_you_mean(word, known.iter().copied()) {
            Some(near) => format!("; did you mean `{near}`?"),
            None if known.len() <= 24 => format!("; expected one of: {}", known.join(", ")),
            None => String::new(),
        };
    let Some(found) = questions.iter().find(|known| known.id == question) else {
        let known: Vec<&str> = questions.iter().map(|known| known.id.as_str()).collect();
        return Err(format!("no question `{question}` is open{}", near(question, known)));
    };
    let asks = found.asks();
    let ids: Vec<&str> = asks.iter().map(|ask| ask.id).collect();
    match asks.iter().find(|ask| ask.id == subject) {
        Some(ask) => Ok((found, ask.clone())),
        None => Err(format!("the question `{question}` is not asked of `{subject}`{}", near(subject, ids))),
    }
}
