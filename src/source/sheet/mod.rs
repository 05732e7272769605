//! Sheets that people filled in: tables of cells, each with its place, from XLSX, CSV and Markdown.
//!
//! Knows cells, not what they mean. A hostile file is refused before it is unpacked in full.

mod csv;
mod markdown;
mod xlsx;

use std::collections::BTreeMap;
use std::path::Path;

use super::decode::{BinaryError, decode};
use super::folder::{ReadError, read_bytes};

/// Most rows that are read of one file.
const ROWS: usize = 100_000;

/// Columns that are looked at.
const COLUMNS: u32 = 64;

/// A cell and where it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// What is written, without spaces around; dates as `YYYY-MM-DD`.
    pub text: String,
    /// ``sheet `Questions`, cell I7``, `line 12`.
    pub place: String,
}

/// A row of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Cells that are not empty, by column from 0.
    pub cells: BTreeMap<u32, Cell>,
    /// ``sheet `Questions`, row 7``, `line 12`.
    pub place: String,
}

impl Row {
    /// The text in a column; empty when there is none.
    pub fn text(&self, column: u32) -> &str {
        self.cells.get(&column).map_or("", |cell| cell.text.as_str())
    }

    /// Where a column stands, or the row when nothing is written in it.
    pub fn place(&self, column: u32) -> &str {
        self.cells.get(&column).map_or(self.place.as_str(), |cell| cell.place.as_str())
    }
}

/// A table: a sheet of a workbook, a file of values, or a table under a heading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Name of the sheet, or the heading above.
    pub heading: String,
    /// Lines of text between the headings that are no table.
    pub lines: Vec<Cell>,
    /// Rows with at least one cell; the first one is most often the header.
    pub rows: Vec<Row>,
}

/// Form of a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SheetForm {
    /// A workbook of Excel, LibreOffice and others.
    Xlsx,
    /// Values separated by commas, semicolons or tabs.
    Csv,
    /// Tables in Markdown.
    Markdown,
}

impl SheetForm {
    /// The form that the end of a name tells; `None` for others.
    pub fn of_name(name: &str) -> Option<Self> {
        let (_, extension) = name.rsplit_once('.')?;
        match extension.to_ascii_lowercase().as_str() {
            "xlsx" => Some(Self::Xlsx),
            "csv" => Some(Self::Csv),
            "md" | "markdown" => Some(Self::Markdown),
            _ => None,
        }
    }
}

/// Why a sheet could not be read.
#[derive(Debug, thiserror::Error)]
pub enum SheetError {
    /// The file cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The bytes are no text.
    #[error(transparent)]
    Binary(#[from] BinaryError),
    /// The workbook is damaged.
    #[error("not a workbook that can be read: {0}; expected one that `planroom questions` wrote")]
    Damaged(String),
    /// Unpacked, it is larger than the limit.
    #[error("unpacks to more than {0} bytes, which no filled sheet does")]
    Bomb(u64),
    /// Too many rows.
    #[error("more than {ROWS} rows, which no filled sheet has")]
    Rows,
    /// A quote is not closed.
    #[error("{0}: the quote that opens here is not closed")]
    Quote(String),
}

/// Reads a sheet that the user named. `limit` is the largest file that is read, in bytes.
///
/// # Errors
/// When it cannot be read, is damaged, or is too large, packed or unpacked.
pub fn read_sheet(path: &Path, form: SheetForm, limit: u64) -> Result<Vec<Table>, SheetError> {
    tables(&read_bytes(path, limit)?, form)
}

/// The tables of a sheet's bytes.
///
/// # Errors
/// When it is damaged or too large.
pub fn tables(bytes: &[u8], form: SheetForm) -> Result<Vec<Table>, SheetError> {
    match form {
        SheetForm::Xlsx => xlsx::tables(bytes),
        SheetForm::Csv => csv::tables(&decode(bytes)?.text),
        SheetForm::Markdown => markdown::tables(&decode(bytes)?.text),
    }
}
