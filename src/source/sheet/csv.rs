//! Values separated by commas, semicolons or tabs, as RFC 4180 and spreadsheets write them.

use std::collections::BTreeMap;

use super::{COLUMNS, Cell, ROWS, Row, SheetError, Table};

pub(super) fn tables(text: &str) -> Result<Vec<Table>, SheetError> {
    let separator = separator(text);
    let mut table = Table::default();
    let mut reader = Reader { rest: text.char_indices().peekable(), text, line: 1 };
    while let Some(row) = reader.row(separator)? {
        if !row.cells.is_empty() {
            if table.rows.len() >= ROWS {
                return Err(SheetError::Rows);
            }
            table.rows.push(row);
        }
    }
    Ok(vec![table])
}

/// The separator that the first line has most often outside of quotes.
fn separator(text: &str) -> char {
    let mut quoted = false;
    let mut counts = [(',', 0_usize), (';', 0), ('\t', 0)];
    for letter in text.chars().take(10_000) {
        match letter {
            '"' => quoted = !quoted,
            '\n' if !quoted => break,
            _ if !quoted => {
                if let Some((_, count)) = counts.iter_mut().find(|(known, _)| *known == letter) {
                    *count += 1;
                }
            }
            _ => {}
        }
    }
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(',', |(separator, _)| *separator)
}

struct Reader<'t> {
    text: &'t str,
    rest: std::iter::Peekable<std::str::CharIndices<'t>>,
    line: usize,
}

impl Reader<'_> {
    fn row(&mut self, separator: char) -> Result<Option<Row>, SheetError> {
        if self.rest.peek().is_none() {
            return Ok(None);
        }
        let start = self.line;
        let mut cells = BTreeMap::new();
        let mut column = 0;
        loop {
            let place = format!("line {}, field {}", self.line, column + 1);
            let text = self.field(separator, &place)?;
            let text = guarded(text.trim());
            if !text.is_empty() && column < COLUMNS {
                cells.insert(column, Cell { text: text.to_owned(), place });
            }
            column = column.saturating_add(1);
            match self.rest.next() {
                Some((_, letter)) if letter == separator => {}
                Some((_, '\r')) => {
                    self.rest.next_if(|(_, letter)| *letter == '\n');
                    self.line += 1;
                    break;
                }
                Some((_, '\n')) => {
                    self.line += 1;
                    break;
                }
                // What stands behind a closing quote is left out.
                Some(_) => column = column.saturating_sub(1),
                None => break,
            }
        }
        Ok(Some(Row { cells, place: format!("line {start}") }))
    }

    fn field(&mut self, separator: char, place: &str) -> Result<String, SheetError> {
        if self.rest.next_if(|(_, letter)| *letter == '"').is_none() {
            let start = self.rest.peek().map_or(self.text.len(), |(at, _)| *at);
            let ends = |letter: char| letter == separator || letter == '\n' || letter == '\r';
            while self.rest.next_if(|(_, letter)| !ends(*letter)).is_some() {}
            let end = self.rest.peek().map_or(self.text.len(), |(at, _)| *at);
            return Ok(self.text[start..end].to_owned());
        }
        let mut field = String::new();
        loop {
            match self.rest.next() {
                None => return Err(SheetError::Quote(place.to_owned())),
                Some((_, '"')) => {
                    if self.rest.next_if(|(_, letter)| *letter == '"').is_none() {
                        return Ok(field);
                    }
                    field.push('"');
                }
                Some((_, letter)) => {
                    self.line += usize::from(letter == '\n');
                    field.push(letter);
                }
            }
        }
    }
}

/// The text behind the apostrophe that keeps a spreadsheet from running it.
fn guarded(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest,
        _ => text,
    }
}
