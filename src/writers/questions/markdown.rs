//! The questions as Markdown, a heading each, with a table to be filled in.

use super::super::writer::Packet;
use super::{QuestionRow, explanation};
use crate::assessment::{Answer, Who};

/// The text.
pub fn markdown(packet: &Packet, who: Option<Who>, rows: &[QuestionRow<'_>]) -> String {
    let mut lines = explanation(packet, who).into_iter();
    let mut text = format!("# {}\n\n", escape(&lines.next().unwrap_or_default()));
    for line in lines.filter(|line| !line.is_empty()) {
        // A line of its own each, code as it is.
        text.push_str(&format!("- {}\n", line.replace('<', "&lt;")));
    }
    text.push_str(&format!("\nProject: {}\n", one_line(&packet.model.title)));
    let mut at = 0;
    while at < rows.len() {
        let first = &rows[at];
        let same = rows[at..].iter().take_while(|row| row.question.id == first.question.id).count();
        text.push_str(&section(&rows[at..at + same]));
        at += same;
    }
    text
}

fn section(rows: &[QuestionRow<'_>]) -> String {
    let question = rows[0].question;
    let mut text = format!("\n## {}\n\n{}\n\n", question.id, escape(&question.text));
    if !question.why.is_empty() {
        text.push_str(&format!("*Why:* {}\n\n", escape(&question.why)));
    }
    let mut offered: Vec<&Answer> = Vec::new();
    for answer in rows.iter().flat_map(|row| &row.ask.answers) {
        if !offered.contains(answer) {
            offered.push(answer);
        }
    }
    if offered.is_empty() {
        text.push_str(&format!("- a value of `{}`\n", question.key));
    }
    for answer in offered {
        let group = answer.group.as_ref().map(|group| format!("{}: ", escape(group))).unwrap_or_default();
        text.push_str(&format!("- {group}{} ({})\n", escape(&answer.answer), escape(&answer.decides)));
    }
    text.push_str("\n| Subject | Name | Place | Who | Answer | By | Date | Note |\n");
    text.push_str("| --- | --- | --- | --- | --- | --- | --- | --- |\n");
    for row in rows {
        text.push_str(&format!(
            "| {} | {} | {} | {} | | | | |\n",
            code(row.ask.id),
            escape(&row.name),
            escape(&row.place),
            row.who()
        ));
    }
    text
}

/// Text that means nothing in Markdown, on one line.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in one_line(text).chars() {
        if matches!(letter, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '!' | '~') {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

/// An id as code; one that holds a backtick is escaped instead.
fn code(id: &str) -> String {
    if id.contains('`') { escape(id) } else { format!("`{}`", one_line(id).replace('|', "\\|")) }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
