//! The open questions as a sheet to be filled in and taken back: one row a question and subject.
//!
//! XLSX with a drop-down list of the answers, CSV, and Markdown. The headings that are read again are in
//! [`COLUMNS`].

mod book;
mod markdown;

pub use book::xlsx;
pub use markdown::markdown;

use std::collections::BTreeMap;

use super::grid::Grid;
use super::subject::Names;
use super::writer::Packet;
use crate::assessment::{Ask, Question, Who};

/// Columns of the sheet, and their widths.
pub const COLUMNS: [(&str, u16); 13] = [
    ("Id", 16),
    ("Question", 44),
    ("Why", 44),
    ("Subject", 34),
    ("Name", 30),
    ("Place", 24),
    ("Possible answers", 40),
    ("Who", 16),
    ("Answer", 28),
    ("By", 16),
    ("Date", 12),
    ("Note", 30),
    ("Project", 20),
];

/// The columns that people fill in.
const OPEN: [u16; 4] = [8, 9, 10, 11];

/// Column of the answer.
const ANSWER: u16 = 8;

/// One row: what is asked of whom.
#[derive(Clone, Debug)]
pub struct QuestionRow<'p> {
    /// The question.
    pub question: &'p Question,
    /// What is answered.
    pub ask: Ask<'p>,
    /// What people call it.
    pub name: String,
    /// Where it is written.
    pub place: String,
    /// Why it matters.
    pub why: &'p str,
}

/// The rows for a role; `None` is everybody. In the order of the questions, then of the model.
pub fn rows(packet: &Packet, who: Option<Who>) -> Vec<QuestionRow<'_>> {
    let names = Names::of(packet);
    let reasons: BTreeMap<&str, &str> =
        packet.assessment.rules.iter().map(|card| (card.id.as_str(), card.why.as_str())).collect();
    let mut rows = Vec::new();
    for question in &packet.assessment.questions {
        for ask in question.asks() {
            if who.is_some_and(|who| !ask.who.contains(&who)) {
                continue;
            }
            let name = match ask.subjects.as_slice() {
                [one] => names.name(one),
                several => several.iter().take(6).map(|one| names.name(one)).collect::<Vec<_>>().join("; "),
            };
            let place = ask.subjects.first().map(|subject| names.origin(subject)).unwrap_or_default();
            let why = reasons.get(ask.rule).copied().unwrap_or(&question.why);
            rows.push(QuestionRow { question, ask, name, place, why });
        }
    }
    rows
}

/// Questions that no sheet can answer: only a drawing shows it.
pub fn for_the_drawing(packet: &Packet) -> Vec<&Question> {
    packet.assessment.questions.iter().filter(|question| question.keys.is_empty()).collect()
}

impl QuestionRow<'_> {
    /// What may be answered, in words.
    pub fn answers(&self) -> Vec<String> {
        let mut answers: Vec<String> = self.ask.answers.iter().map(|answer| answer.answer.clone()).collect();
        if answers.is_empty() {
            answers.push(format!("a value of {}", self.question.key));
        }
        answers
    }

    fn who(&self) -> String {
        self.ask.who.iter().map(|who| who.word()).collect::<Vec<_>>().join(", ")
    }
}

/// The rows as a table.
fn grid(packet: &Packet, rows: &[QuestionRow<'_>]) -> Grid {
    let project = &packet.model.title;
    let rows = rows.iter().map(|row| {
        vec![
            row.question.id.clone(),
            row.question.text.clone(),
            row.why.to_owned(),
            row.ask.id.to_owned(),
            row.name.clone(),
            row.place.clone(),
            row.answers().join("; "),
            row.who(),
            String::new(),
            String::new(),
            String::new(),
            String::new(),
            project.clone(),
        ]
    });
    Grid { name: "Questions", columns: COLUMNS.to_vec(), rows: rows.collect() }
}

/// The sheet as values separated by commas.
pub fn csv(packet: &Packet, rows: &[QuestionRow<'_>]) -> String {
    grid(packet, rows).csv()
}

/// What a person who gets the sheet has to know.
fn explanation(packet: &Packet, who: Option<Who>) -> Vec<String> {
    let project = &packet.model.title;
    let asked = who.map_or_else(|| "everybody".to_owned(), |who| who.word().to_owned());
    let mut lines = vec![
        format!("Questions about {project}"),
        String::new(),
        format!("For: {asked}"),
        "What the drawings do not say is asked here, one row a question and subject.".to_owned(),
        "Choose one of the possible answers in the column Answer. Leave what you do not know empty."
            .to_owned(),
        "Where none fits, write the fact itself, as key: value; several are separated by semicolons."
            .to_owned(),
        "By is who says so, Date when (YYYY-MM-DD), Note on what ground: a document, a ticket, a system."
            .to_owned(),
        "The other columns are read again; please leave them as they are. Rows may be sorted or deleted."
            .to_owned(),
        "Send the file back. `planroom answer FILE` puts the answers into planroom.yaml.".to_owned(),
    ];
    let drawing = for_the_drawing(packet);
    if !drawing.is_empty() {
        lines.push(String::new());
        lines.push("Only a drawing can answer:".to_owned());
        lines.extend(drawing.iter().map(|question| format!("{} {}", question.number, question.text)));
    }
    lines
}
