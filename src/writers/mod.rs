//! The list of writers.

pub mod csv;
pub mod html;
pub mod json;
pub mod sarif;
pub mod svg;
pub mod writer;

use writer::Writer;

/// Every form that a packet is written in.
pub const WRITERS: &[&dyn Writer] =
    &[&html::Html, &svg::Svg, &csv::Csv, &json::ModelJson, &json::FindingsJson, &sarif::Sarif];
