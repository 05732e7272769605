//! One table of sources for all readings.

use std::sync::Arc;

use crate::readers::reader::Reading;
use crate::source::{FileId, Source, Sources, Span};

/// All sources in the order of their paths, and the readings in that of their main sources, every
/// place pointing into the one table. Readings of one document keep their order.
pub(super) fn unite(mut readings: Vec<Reading>) -> (Sources, Vec<Reading>) {
    readings.sort_by(|a, b| main_path(a).cmp(main_path(b)));
    let mut all: Vec<&Source> =
        readings.iter().flat_map(|reading| reading.sources.iter().map(|(_, source)| source)).collect();
    all.sort_by(|a, b| a.path.cmp(&b.path).then_with(|| by_text(&a.text, &b.text)));
    let mut sources = Sources::default();
    for source in all {
        sources.add(source.clone());
    }
    for reading in &mut readings {
        let table: Vec<FileId> =
            reading.sources.iter().map(|(_, source)| sources.add(source.clone())).collect();
        let file = |file: FileId| table.get(file.0 as usize).copied().unwrap_or_default();
        reading.relocate(&|span| Span { file: file(span.file), ..span });
    }
    (sources, readings)
}

/// Passages of one document share its text, which is then not compared.
fn by_text(a: &Arc<str>, b: &Arc<str>) -> std::cmp::Ordering {
    if Arc::ptr_eq(a, b) { std::cmp::Ordering::Equal } else { a.cmp(b) }
}

fn main_path(reading: &Reading) -> &str {
    reading.sources.get(FileId(0)).map_or("", |source| source.path.as_str())
}
