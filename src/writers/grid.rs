//! A table of texts, as values separated by commas.
//!
//! RFC 4180 with a header line. A cell that a spreadsheet would run as a formula gets an apostrophe in front.

/// A table: a sheet of a workbook, or a file of values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grid {
    /// Name of the sheet.
    pub name: &'static str,
    /// Names of the columns, and their widths in characters.
    pub columns: Vec<(&'static str, u16)>,
    /// Rows, each as long as `columns`.
    pub rows: Vec<Vec<String>>,
}

impl Grid {
    /// Header and rows as values separated by commas.
    pub fn csv(&self) -> String {
        let header: Vec<&str> = self.columns.iter().map(|(name, _)| *name).collect();
        let mut text = format!("{}\r\n", header.join(","));
        for row in &self.rows {
            let cells: Vec<String> = row.iter().map(|value| cell(value)).collect();
            text.push_str(&cells.join(","));
            text.push_str("\r\n");
        }
        text
    }
}

/// A cell: quoted when it must be, and never a formula.
pub fn cell(value: &str) -> String {
    let value = if value.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{value}")
    } else {
        value.to_owned()
    };
    if value.contains([',', '"', '\n', '\r']) { format!("\"{}\"", value.replace('"', "\"\"")) } else { value }
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn cells_are_quoted_and_never_run() {
        assert_eq!(cell("a, \"b\""), "\"a, \"\"b\"\"\"");
        assert_eq!(cell("=HYPERLINK(1)"), "'=HYPERLINK(1)");
        assert_eq!(cell("@SUM(1), 2"), "\"'@SUM(1), 2\"");
        assert_eq!(cell("tcp 443"), "tcp 443");
    }
}
