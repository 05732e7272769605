//! Workbooks. Everything is unpacked once into nothing, to know that it is not too large, before it is read.

use std::io::{self, Cursor, Read as _};

use calamine::{DataRef, Reader as _, Xlsx};

use super::{COLUMNS, Cell, ROWS, Row, SheetError, Table};

/// Largest workbook when it is unpacked, in bytes.
const UNPACKED: u64 = 64 * 1024 * 1024;

/// Most files in a workbook.
const FILES: usize = 1_000;

pub(super) fn tables(bytes: &[u8]) -> Result<Vec<Table>, SheetError> {
    bounded(bytes)?;
    let mut book: Xlsx<_> =
        Xlsx::new(Cursor::new(bytes)).map_err(|error| damaged("its list of sheets", &error))?;
    let mut tables = Vec::new();
    let mut rows = 0;
    for name in book.sheet_names() {
        let mut table = Table { heading: name.clone(), ..Table::default() };
        let sheet = format!("sheet `{name}`");
        let mut cells = book.worksheet_cells_reader(&name).map_err(|error| damaged(&sheet, &error))?;
        let mut at = None;
        loop {
            let cell = cells.next_cell().map_err(|error| match at {
                Some(row) => damaged(&format!("{sheet} after row {}", u64::from(row) + 1), &error),
                None => damaged(&sheet, &error),
            })?;
            let Some(cell) = cell else { break };
            let (row, column) = cell.get_position();
            let text = text(cell.get_value());
            let text = text.trim();
            if text.is_empty() || column >= COLUMNS {
                continue;
            }
            if at != Some(row) {
                rows += 1;
                if rows > ROWS {
                    return Err(SheetError::Rows);
                }
                at = Some(row);
                let place = format!("sheet `{name}`, row {}", u64::from(row) + 1);
                table.rows.push(Row { place, ..Row::default() });
            }
            let place = format!("sheet `{name}`, cell {}{}", letters(column), u64::from(row) + 1);
            if let Some(row) = table.rows.last_mut() {
                row.cells.insert(column, Cell { text: text.to_owned(), place });
            }
        }
        tables.push(table);
    }
    Ok(tables)
}

/// Refuses what unpacks to too much.
fn bounded(bytes: &[u8]) -> Result<(), SheetError> {
    let mut archive =
        zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged("the file", &error))?;
    if archive.len() > FILES {
        return Err(SheetError::Damaged(format!("more than {FILES} files inside")));
    }
    let mut left = UNPACKED;
    for number in 0..archive.len() {
        let file = archive.by_index(number).map_err(|error| damaged("the file", &error))?;
        let part = file.name().map_or("a part".to_owned(), |name| format!("the part `{name}`"));
        let size =
            io::copy(&mut file.take(left + 1), &mut io::sink()).map_err(|error| damaged(&part, &error))?;
        left = left.checked_sub(size).ok_or(SheetError::Bomb(UNPACKED))?;
    }
    Ok(())
}

/// What is damaged in our words, and how in those of the library.
fn damaged(what: &str, error: &dyn std::error::Error) -> SheetError {
    let line = error.to_string();
    let why = line.lines().next().unwrap_or_default().trim_end_matches('.');
    SheetError::Damaged(format!("{what} is damaged or cut off ({why})"))
}

fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(true) => "yes".to_owned(),
        DataRef::Bool(false) => "no".to_owned(),
        DataRef::DateTime(date) => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        DataRef::DateTimeIso(text) => text.chars().take(10).collect(),
        DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}

/// `A`, `B`, ... `AA`: the column's letters.
fn letters(column: u32) -> String {
    let mut number = column + 1;
    let mut letters = Vec::new();
    while number > 0 {
        let digit = (number - 1) % 26;
        letters.push(char::from(b'A' + u8::try_from(digit).unwrap_or(0)));
        number = (number - 1) / 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::letters;

    #[test]
    fn columns_have_their_letters() {
        let cases = [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")];
        for (column, expected) in cases {
            assert_eq!(letters(column), expected);
        }
    }
}
