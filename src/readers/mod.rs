//! The list of readers; help, documentation, detection and the test walk all read it.

mod arguments;
mod c4;
pub mod drawio;
pub mod entity;
mod fate;
pub mod mermaid;
pub mod model_file;
pub mod plantuml;
pub mod reader;
mod sketch;
pub mod threagile;

use reader::{Confidence, Head, Reader};

/// Every format we read, in the order in which detection asks them.
pub const READERS: &[&dyn Reader] =
    &[&drawio::Drawio, &threagile::Threagile, &model_file::ModelFile, &plantuml::PlantUml, &mermaid::Mermaid];

/// The reader that is surest of the source; the first of equals. `None` when none knows it.
pub fn recognize(head: &Head<'_>) -> Option<&'static dyn Reader> {
    let mut best: Option<(Confidence, &'static dyn Reader)> = None;
    for reader in READERS {
        let confidence = reader.recognize(head);
        if confidence > best.map_or(Confidence::No, |(known, _)| known) {
            best = Some((confidence, *reader));
        }
    }
    best.map(|(_, reader)| reader)
}
