//! The questions as a workbook: what to do, the questions, and the answers that the drop-down lists show.

use super::super::grid::Grid;
use super::super::sheet::{Sheet, workbook};
use super::super::writer::Packet;
use super::{ANSWER, OPEN, QuestionRow, explanation, grid};
use crate::assessment::Who;

/// The workbook's bytes; `None` when the questions do not fit into a sheet.
pub fn xlsx(packet: &Packet, who: Option<Who>, rows: &[QuestionRow<'_>]) -> Option<Vec<u8>> {
    let questions = grid(packet, rows);
    let mut answers: Vec<Vec<String>> = Vec::new();
    let mut lists = Vec::new();
    let mut last: Option<(&str, Vec<&str>, String)> = None;
    for (at, row) in (0..).zip(rows) {
        let words: Vec<&str> = row.ask.answers.iter().map(|answer| answer.answer.as_str()).collect();
        if words.is_empty() {
            continue;
        }
        let id = row.question.id.as_str();
        let known = last.as_ref().filter(|(known, listed, _)| *known == id && *listed == words);
        let range = match known {
            Some((_, _, range)) => range.clone(),
            None => {
                // The first row is the header.
                let first = answers.len() + 2;
                answers.extend(row.ask.answers.iter().map(|answer| {
                    vec![row.question.id.clone(), answer.answer.clone(), answer.decides.clone()]
                }));
                format!("Answers!$B${first}:$B${}", answers.len() + 1)
            }
        };
        lists.push((at, ANSWER, range.clone()));
        last = Some((id, words, range));
    }
    let start = Grid { name: "Read me", columns: vec![("", 100)], rows: Vec::new() };
    let answers = Grid {
        name: "Answers",
        columns: vec![("Id", 16), ("Answer", 44), ("What it decides where it is true of all", 44)],
        rows: answers,
    };
    let preface = explanation(packet, who);
    workbook(&[
        Sheet { preface: &preface, ..Sheet::of(&start) },
        Sheet { open: &OPEN, lists, ..Sheet::of(&questions) },
        Sheet::of(&answers),
    ])
}
