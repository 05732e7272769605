//! The packet's tables for a spreadsheet: `findings.xlsx`, `findings.csv`, and `questions.csv` to be filled in.
//!
//! Cells are texts: nothing that a drawing says can run as a formula. The same packet gives the same bytes.

mod book;
mod grids;

pub use book::{Sheet, workbook};
pub use grids::judgement;

use super::grid::Grid;
use super::questions;
use super::writer::{Output, OutputFile, Packet, Writer};

/// Writes the tables.
#[derive(Debug)]
pub struct Sheets;

impl Writer for Sheets {
    fn output(&self) -> &'static Output {
        &Output {
            id: "sheets",
            about: "Findings, questions, flows, ports, decisions and actions for a spreadsheet",
            media_type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }

    fn write(&self, packet: &Packet) -> Vec<OutputFile> {
        let mut files = vec![
            OutputFile { path: "findings.csv".into(), bytes: judgement(&[packet]).csv().into_bytes() },
            OutputFile {
                path: "questions.csv".into(),
                bytes: questions::csv(packet, &questions::rows(packet, None)).into_bytes(),
            },
        ];
        if let Some(bytes) = findings(&[packet]) {
            files.push(OutputFile { path: "findings.xlsx".into(), bytes });
        }
        files
    }
}

/// All tables of these packets as one workbook; `None` when one does not fit into a sheet.
pub fn findings(packets: &[&Packet]) -> Option<Vec<u8>> {
    let grids: Vec<Grid> = grids::all(packets);
    let sheets: Vec<Sheet<'_>> = grids.iter().map(Sheet::of).collect();
    workbook(&sheets)
}
