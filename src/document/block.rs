//! The parts that a section is made of.

use super::prose::{Mark, Prose};
use crate::model::ViewId;
use crate::scene::BadgeForm;

/// A part of the document with a heading and an anchor that stays stable.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Section {
    /// Anchor.
    pub id: String,
    /// Heading.
    pub title: String,
    /// What it says.
    pub blocks: Vec<Block>,
    /// Its parts, one level down.
    pub parts: Vec<Section>,
}

impl Section {
    /// A section with blocks and no parts.
    pub fn new(id: impl Into<String>, title: impl Into<String>, blocks: Vec<Block>) -> Self {
        Self { id: id.into(), title: title.into(), blocks, parts: Vec::new() }
    }
}

/// One block.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Prose),
    /// Items without an order.
    List(Vec<Prose>),
    /// Numbered items.
    Steps(Vec<Prose>),
    /// Label and items.
    Entries(Vec<Entry>),
    /// A table.
    Table(Table),
    /// A picture of a view.
    Figure(Figure),
    /// Something to know before reading on.
    Note(Note),
    /// Blocks that are shown on request.
    Fold {
        /// What is inside.
        summary: String,
        /// The blocks.
        blocks: Vec<Block>,
    },
    /// A finding.
    Finding(FindingCard),
    /// A question.
    Question(QuestionCard),
    /// Lines of a source.
    Excerpt(Excerpt),
    /// Lines to paste into a file.
    Paste(String),
}

/// A labelled list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// Label.
    pub label: String,
    /// One item, or several.
    pub items: Vec<Prose>,
}

impl Entry {
    /// An entry with one item.
    pub fn one(label: impl Into<String>, item: Prose) -> Self {
        Self { label: label.into(), items: vec![item] }
    }
}

/// A remark that stands out.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// What it says.
    pub text: Prose,
}

/// A table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// What the table shows.
    pub caption: String,
    /// Columns.
    pub columns: Vec<Column>,
    /// Rows.
    pub rows: Vec<Row>,
}

/// One column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Column {
    /// Head.
    pub title: String,
    /// Holds numbers, which align on their last digit.
    pub numeric: bool,
}

/// One row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// Anchor of the row.
    pub anchor: Option<String>,
    /// One text for each column; the first one names the row.
    pub cells: Vec<Prose>,
}

impl Table {
    /// A table with columns of text and no rows.
    pub fn new(caption: impl Into<String>, columns: &[&str]) -> Self {
        let column = |title: &&str| match title.strip_prefix('#') {
            Some(title) => Column { title: title.to_owned(), numeric: true },
            None => Column { title: (*title).to_owned(), numeric: false },
        };
        Self { caption: caption.into(), columns: columns.iter().map(column).collect(), rows: Vec::new() }
    }

    /// Adds a row.
    pub fn row(&mut self, cells: Vec<Prose>) {
        self.rows.push(Row { anchor: None, cells });
    }

    /// Adds a row that links can lead to.
    pub fn anchored(&mut self, anchor: String, cells: Vec<Prose>) {
        self.rows.push(Row { anchor: Some(anchor), cells });
    }

    /// The same table without the columns that say nothing in any row.
    #[must_use]
    pub fn without_empty_columns(mut self) -> Self {
        let says = |at: usize| self.rows.iter().any(|row| row.cells.get(at).is_some_and(|c| !c.is_empty()));
        let keep: Vec<bool> = (0..self.columns.len()).map(|at| at == 0 || says(at)).collect();
        let kept = |at: usize| keep.get(at).copied().unwrap_or(false);
        self.columns = take(std::mem::take(&mut self.columns), kept);
        for row in &mut self.rows {
            row.cells = take(std::mem::take(&mut row.cells), kept);
        }
        self
    }
}

/// The values whose index is kept.
fn take<T>(values: Vec<T>, kept: impl Fn(usize) -> bool) -> Vec<T> {
    values.into_iter().enumerate().filter(|(at, _)| kept(*at)).map(|(_, value)| value).collect()
}

/// A picture of a view, and the same in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The view; writers find its scene by it.
    pub view: ViewId,
    /// Anchor.
    pub anchor: String,
    /// Number and title: `Figure 1. Large distributed`.
    pub caption: Prose,
    /// What the author writes about the diagram.
    pub description: Option<String>,
    /// Findings and questions that have a badge in the picture, with their titles.
    pub marks: Vec<(Mark, String)>,
    /// The picture in words: tables and lists.
    pub equivalent: Vec<Block>,
}

/// A finding.
#[derive(Clone, Debug, PartialEq)]
pub struct FindingCard {
    /// Its number and form; the number is the anchor.
    pub mark: Mark,
    /// `rule@subject`, which stays when numbers move.
    pub id: String,
    /// What is wrong.
    pub title: String,
    /// Severity, band and state in one line.
    pub meta: Prose,
    /// Affects, evidence, why, do, verify, references.
    pub entries: Vec<Entry>,
    /// Lines to paste into `planroom.yaml` when the finding is wrong.
    pub correction: String,
    /// Lines to paste into `planroom.yaml` to decide about it.
    pub decide: String,
}

/// A question with its answers.
#[derive(Clone, Debug, PartialEq)]
pub struct QuestionCard {
    /// Its number; the number is the anchor.
    pub mark: Mark,
    /// The question.
    pub text: String,
    /// Who can answer, and what it decides.
    pub meta: Prose,
    /// What it is about.
    pub entries: Vec<Entry>,
    /// The answers.
    pub answers: Vec<AnswerItem>,
}

/// One answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerItem {
    /// The answer in words.
    pub answer: String,
    /// What follows from it.
    pub decides: String,
    /// Lines to paste into `planroom.yaml`.
    pub lines: String,
}

/// Lines of one source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// Anchor of the source; `<anchor>-<number>` is that of a line.
    pub anchor: String,
    /// Path.
    pub path: String,
    /// Lines in their order; numbers may jump.
    pub lines: Vec<ExcerptLine>,
    /// The lines are names of places in a drawing, and their numbers say nothing.
    pub named: bool,
    /// All lines of the source are here.
    pub whole: bool,
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExcerptLine {
    /// Number, from 1.
    pub number: u32,
    /// Its text, shortened when it is very long.
    pub text: String,
    /// Some link of the document leads here.
    pub cited: bool,
    /// Lines before this one were left out.
    pub gap: bool,
}

impl Mark {
    /// The word that stands beside the badge: its form alone never carries the meaning.
    pub fn word(&self) -> &'static str {
        match self.form {
            BadgeForm::Critical => "critical",
            BadgeForm::High => "high",
            BadgeForm::Medium => "medium",
            BadgeForm::Low => "low",
            BadgeForm::Question => "question",
        }
    }
}
