//! Workbooks, the same bytes on every run.

use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DocProperties, ExcelDateTime, Format, FormatAlign, Formula,
    Workbook, Worksheet, XlsxError,
};

use super::super::grid::Grid;

/// Longest text of a cell, in UTF-16 units, as the format allows.
const LONGEST: usize = 32_767;

/// One sheet: a table, and what makes it pleasant to fill in.
#[derive(Debug)]
pub struct Sheet<'a> {
    /// The table.
    pub grid: &'a Grid,
    /// Lines above the table; none for tables that are sorted and filtered.
    pub preface: &'a [String],
    /// Columns that people fill in.
    pub open: &'a [u16],
    /// Drop-down lists: row of the table, column, and the range that lists the values (`Answers!$B$2:$B$4`).
    pub lists: Vec<(u32, u16, String)>,
}

impl<'a> Sheet<'a> {
    /// A table to read.
    pub fn of(grid: &'a Grid) -> Self {
        Self { grid, preface: &[], open: &[], lists: Vec::new() }
    }
}

/// The bytes of a workbook; `None` when a table does not fit into a sheet.
pub fn workbook(sheets: &[Sheet<'_>]) -> Option<Vec<u8>> {
    write(sheets).ok()
}

fn write(sheets: &[Sheet<'_>]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // Half of the time for twice the size: packets are built more often than they are sent.
    book.set_zip_compression_level(1);
    // The library would ask the clock.
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let head =
        Format::new().set_bold().set_text_wrap().set_background_color("#E8ECF4").set_align(FormatAlign::Top);
    let text = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let open = Format::new().set_text_wrap().set_align(FormatAlign::Top).set_background_color("#FFF8E1");
    // `@`: what people type stays the text that they typed.
    let open = open.set_num_format("@");
    let formats = Formats { head, text, open };
    for sheet in sheets {
        let page = book.add_worksheet();
        fill(page, sheet, &formats)?;
    }
    book.save_to_buffer()
}

struct Formats {
    head: Format,
    text: Format,
    open: Format,
}

fn fill(page: &mut Worksheet, sheet: &Sheet<'_>, formats: &Formats) -> Result<(), XlsxError> {
    let grid = sheet.grid;
    page.set_name(grid.name)?;
    let mut line = 0;
    for words in sheet.preface {
        page.write_string(line, 0, cut(words))?;
        line += 1;
    }
    let top = line;
    for (column, (name, width)) in (0..).zip(&grid.columns) {
        let format = if sheet.open.contains(&column) { &formats.open } else { &formats.text };
        page.set_column_width(column, f64::from(*width))?;
        page.set_column_format(column, format)?;
        if !name.is_empty() {
            page.write_string_with_format(top, column, *name, &formats.head)?;
        }
    }
    for row in &grid.rows {
        line += 1;
        for (column, text) in (0..).zip(row) {
            if !text.is_empty() {
                page.write_string(line, column, cut(text))?;
            }
        }
    }
    if sheet.preface.is_empty() && !grid.columns.is_empty() {
        page.set_freeze_panes(1, 0)?;
        let last = u16::try_from(grid.columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
        page.autofilter(0, 0, line.max(1), last)?;
    }
    for (row, column, range) in &sheet.lists {
        let list = DataValidation::new()
            .allow_list_formula(Formula::new(format!("={range}")))
            .set_error_style(DataValidationErrorStyle::Warning)
            .set_error_title("Not one of the answers")?
            .set_error_message("Choose one, or write a fact as key: value.")?;
        page.add_data_validation(top + 1 + row, *column, top + 1 + row, *column, &list)?;
    }
    Ok(())
}

/// As much of a text as a cell holds, without characters that the format cannot hold.
fn cut(text: &str) -> String {
    let mut units = 0;
    text.chars()
        .filter(|letter| !letter.is_control() || matches!(letter, '\n' | '\t'))
        .filter(|letter| !matches!(letter, '\u{FFFE}' | '\u{FFFF}'))
        .take_while(|letter| {
            units += letter.len_utf16();
            units <= LONGEST
        })
        .collect()
}
