//! One table of sources for all readings.

use std::collections::BTreeMap;

use crate::readers::reader::Reading;
use crate::source::{FileId, Source, Sources};

/// All sources in the order of their paths, and the readings in that of their main sources, every
/// place pointing into the one table.
pub(super) fn unite(mut readings: Vec<Reading>) -> (Sources, Vec<Reading>) {
    readings.sort_by(|a, b| main_path(a).cmp(main_path(b)));
    let mut all: Vec<&Source> =
        readings.iter().flat_map(|reading| reading.sources.iter().map(|(_, source)| source)).collect();
    all.sort_by(|a, b| (&a.path, &a.text).cmp(&(&b.path, &b.text)));
    all.dedup_by(|a, b| a.path == b.path && a.text == b.text);
    let mut sources = Sources::default();
    let mut places: BTreeMap<(String, String), FileId> = BTreeMap::new();
    for source in all {
        places.insert((source.path.clone(), source.text.clone()), sources.add(source.clone()));
    }
    for reading in &mut readings {
        let table: Vec<FileId> = reading
            .sources
            .iter()
            .map(|(_, source)| places[&(source.path.clone(), source.text.clone())])
            .collect();
        let map = |file: FileId| table.get(file.0 as usize).copied().unwrap_or_default();
        reading.fragment.renumber(&map);
        reading.diagnostics.iter_mut().for_each(|diagnostic| diagnostic.renumber(&map));
        reading.loss.renumber(&map);
    }
    (sources, readings)
}

fn main_path(reading: &Reading) -> &str {
    reading.sources.get(FileId(0)).map_or("", |source| source.path.as_str())
}
