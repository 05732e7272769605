//! Tables in Markdown, by the heading above them.

use super::{COLUMNS, Cell, ROWS, Row, SheetError, Table};

pub(super) fn tables(text: &str) -> Result<Vec<Table>, SheetError> {
    let mut tables = vec![Table::default()];
    let mut rows = 0;
    for (number, line) in text.lines().enumerate() {
        let place = format!("line {}", number + 1);
        let line = line.trim();
        if let Some(heading) = line.strip_prefix('#') {
            let heading = heading.trim_start_matches('#').trim().to_owned();
            tables.push(Table { heading, ..Table::default() });
            continue;
        }
        let Some(table) = tables.last_mut() else { continue };
        if let Some(inner) = line.strip_prefix('|') {
            rows += 1;
            if rows > ROWS {
                return Err(SheetError::Rows);
            }
            let row = row(inner, &place);
            if !is_rule(inner) && !row.cells.is_empty() {
                table.rows.push(row);
            }
        } else if !line.is_empty() {
            table.lines.push(Cell { text: line.to_owned(), place });
        }
    }
    Ok(tables)
}

/// The line between header and rows.
fn is_rule(line: &str) -> bool {
    line.contains("--") && line.chars().all(|letter| matches!(letter, '-' | ':' | '|' | ' '))
}

fn row(line: &str, place: &str) -> Row {
    let mut row = Row { place: place.to_owned(), ..Row::default() };
    let mut cell = String::new();
    let mut column = 0;
    let mut escaped = false;
    let mut put = |text: &mut String, column: u32| {
        let words = plain(text.trim());
        if !words.is_empty() && column < COLUMNS {
            row.cells.insert(column, Cell { text: words, place: place.to_owned() });
        }
        text.clear();
    };
    for letter in line.chars() {
        match letter {
            '|' if !escaped => {
                put(&mut cell, column);
                column += 1;
            }
            // Of what is escaped, only the bar means something in a table.
            '|' => {
                cell.pop();
                cell.push('|');
            }
            _ => cell.push(letter),
        }
        escaped = letter == '\\' && !escaped;
    }
    put(&mut cell, column);
    row
}

/// A cell's words without the marks of code and without escapes.
fn plain(text: &str) -> String {
    if let Some(code) = text.strip_prefix('`').and_then(|rest| rest.strip_suffix('`')) {
        return code.to_owned();
    }
    let mut words = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letters.peek() {
            Some(next) if letter == '\\' && next.is_ascii_punctuation() => words.extend(letters.next()),
            _ => words.push(letter),
        }
    }
    words
}
