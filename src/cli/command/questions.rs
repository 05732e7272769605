//! `planroom questions`.

use anyhow::{Result, bail};

use super::super::CLEAN;
use super::super::args::{Questions, QuestionsFormat};
use super::super::terminal::Terminal;
use super::shared;
use crate::pipeline;
use crate::source::SheetForm;

/// Prints the open questions, or writes them as a sheet.
pub(in crate::cli) fn run(questions: &Questions, terminal: &mut Terminal) -> Result<u8> {
    let who = shared::role(questions.role.as_deref())?;
    let output = questions.output.as_deref().filter(|output| *output != "-");
    let form = match (questions.format, output) {
        (Some(QuestionsFormat::Text), _) | (None, None) => None,
        (Some(QuestionsFormat::Xlsx), _) => Some(SheetForm::Xlsx),
        (Some(QuestionsFormat::Csv), _) => Some(SheetForm::Csv),
        (Some(QuestionsFormat::Md), _) => Some(SheetForm::Markdown),
        (None, Some(name)) => match SheetForm::of_name(name) {
            Some(form) => Some(form),
            None if name.ends_with(".txt") => None,
            None => bail!("{name}: the ending tells no form, expected .xlsx, .csv, .md or --format"),
        },
    };
    let (packet, _) = shared::only(&questions.path, &questions.common, terminal)?;
    let Some(form) = form else {
        let text = pipeline::questions_text(&packet, who);
        shared::write(output, &text, terminal)?;
        return Ok(CLEAN);
    };
    let bytes = pipeline::questions_sheet(&packet, who, form);
    if form == SheetForm::Xlsx {
        shared::write_workbook(output, bytes)?;
    } else {
        let text = String::from_utf8(bytes.unwrap_or_default())?;
        shared::write(output, &text, terminal)?;
    }
    if let Some(output) = output {
        terminal.say(&format!(
            "{output}: written; `planroom answer {output} {}` takes it back\n",
            questions.path
        ));
    }
    Ok(CLEAN)
}
