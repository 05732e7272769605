//! The rows of a sheet that were filled in.

use std::collections::BTreeMap;

use super::meaning;
use super::{Reply, Taking, asked};
use crate::config::is_date;
use crate::source::{Row, Table};
use crate::writers::questions::COLUMNS;
use crate::writers::writer::Packet;

/// Most mistakes that are told.
const TOLD: usize = 50;

/// Columns of a table by their headings.
struct Header<'t> {
    columns: BTreeMap<String, u32>,
    /// Id of the question, when a heading tells it.
    question: Option<&'t str>,
    /// Title of the project, when a line tells it.
    project: Option<(&'t str, &'t str)>,
}

pub(super) fn replies(
    packet: &Packet,
    tables: &[Table],
    name: &str,
    taking: &Taking,
) -> Result<Vec<Reply>, Vec<String>> {
    let mut wrong = Vec::new();
    let mut replies: Vec<Reply> = Vec::new();
    let mut given: BTreeMap<(String, String), (String, String)> = BTreeMap::new();
    let mut found = false;
    let lines = tables.iter().flat_map(|table| &table.lines);
    let mut project =
        lines.filter_map(|line| Some((line.text.strip_prefix("Project:")?.trim(), line.place.as_str())));
    let project = project.next_back();
    for table in tables {
        let Some((top, mut header)) = header(table) else { continue };
        header.project = project;
        found = true;
        for row in &table.rows[top + 1..] {
            match reply(packet, &header, row, name, taking, &mut given) {
                Ok(Some(reply)) => replies.push(reply),
                Ok(None) => {}
                Err(message) => wrong.push(format!("{name}: {message}")),
            }
        }
    }
    if !found {
        let headings = ["Subject", "Answer"].join(", ");
        wrong.push(format!(
            "{name}: holds no table of questions, expected the columns {headings} (and Id) that `planroom questions` writes"
        ));
    }
    if wrong.is_empty() {
        return Ok(replies);
    }
    if wrong.len() > TOLD {
        let more = wrong.len() - TOLD;
        wrong.truncate(TOLD);
        wrong.push(format!("and {more} more"));
    }
    Err(wrong)
}

/// The row with the headings, among the first ones.
fn header(table: &Table) -> Option<(usize, Header<'_>)> {
    let known: Vec<String> = COLUMNS.iter().map(|(column, _)| column.to_lowercase()).collect();
    for (at, row) in table.rows.iter().enumerate().take(20) {
        let columns: BTreeMap<String, u32> = row
            .cells
            .iter()
            .map(|(column, cell)| (cell.text.to_lowercase(), *column))
            .filter(|(heading, _)| known.contains(heading))
            .collect();
        let question = Some(table.heading.as_str()).filter(|heading| !heading.is_empty());
        let named = columns.contains_key("id") || question.is_some();
        if columns.contains_key("subject") && columns.contains_key("answer") && named {
            let question = question.filter(|_| !columns.contains_key("id"));
            return Some((at, Header { columns, question, project: None }));
        }
    }
    None
}

/// The answer in a row; `None` when it was left open.
fn reply(
    packet: &Packet,
    header: &Header<'_>,
    row: &Row,
    name: &str,
    taking: &Taking,
    given: &mut BTreeMap<(String, String), (String, String)>,
) -> Result<Option<Reply>, String> {
    let text = |column: &str| header.columns.get(column).map_or("", |at| row.text(*at));
    let place = |column: &str| header.columns.get(column).map_or(row.place.as_str(), |at| row.place(*at));
    let id = header.question.unwrap_or_else(|| text("id"));
    let (subject, answer) = (text("subject"), text("answer"));
    if id.is_empty() && subject.is_empty() && answer.is_empty() {
        return Ok(None);
    }
    let project = match header.project {
        Some(project) => Some(project),
        None => Some((text("project"), place("project"))).filter(|(title, _)| !title.is_empty()),
    };
    let own = packet.model.title.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((title, place)) = project
        && title.split_whitespace().collect::<Vec<_>>().join(" ") != own
    {
        return Err(format!(
            "{place}: the sheet is about `{title}`, expected `{own}`; write it anew with `planroom questions`"
        ));
    }
    let (question, ask) = match asked(packet, id, subject) {
        Ok(found) => found,
        Err(message) => {
            let column =
                if packet.assessment.questions.iter().any(|known| known.id == id) { "subject" } else { "id" };
            // What was answered and is asked no more may stay in the sheet, empty.
            if meaning::is_open(answer) {
                return Ok(None);
            }
            return Err(format!("{}: {message}", place(column)));
        }
    };
    if meaning::is_open(answer) {
        return Ok(None);
    }
    let facts = meaning::facts(question, &ask, answer)
        .map_err(|message| format!("{}: {message}", place("answer")))?;
    let date = match text("date") {
        "" => taking.date.clone(),
        date if is_date(date) => Some(date.to_owned()),
        date => {
            return Err(format!(
                "{}: `{date}` is no date of the calendar, expected YYYY-MM-DD",
                place("date")
            ));
        }
    };
    let key = (question.id.clone(), ask.id.to_owned());
    let here = place("answer").to_owned();
    if let Some((before, words)) = given.get(&key) {
        if words.trim().eq_ignore_ascii_case(answer.trim()) {
            return Ok(None);
        }
        return Err(format!(
            "{here}: `{answer}` is answered here and `{words}` in {before} to the same question; keep one of them"
        ));
    }
    given.insert(key, (here.clone(), answer.to_owned()));
    let filled = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let source = filled(text("note")).or_else(|| Some(name.to_owned()));
    Ok(Some(Reply {
        question: question.id.clone(),
        facts,
        by: filled(text("by")).or_else(|| taking.by.clone()),
        date,
        source,
        place: format!("{name}: {here}"),
    }))
}
