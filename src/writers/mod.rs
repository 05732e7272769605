//! The list of writers.

pub mod changes;
pub mod csv;
pub mod drawio;
pub mod grid;
pub mod html;
pub mod json;
pub mod junit;
pub mod questions;
pub mod sarif;
pub mod sheet;
pub mod subject;
pub mod svg;
pub mod writer;

use writer::Writer;

/// Every form that a packet is written in.
pub const WRITERS: &[&dyn Writer] = &[
    &html::Html,
    &svg::Svg,
    &csv::Csv,
    &sheet::Sheets,
    &json::ModelJson,
    &json::FindingsJson,
    &sarif::Sarif,
];
