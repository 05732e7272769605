//! How tables speak of subjects and places.

use super::writer::Packet;
use crate::assessment::SubjectRef;
use crate::model::ElementId;
use crate::source::Place;

/// Names of a packet's subjects.
#[derive(Clone, Copy, Debug)]
pub struct Names<'a> {
    packet: &'a Packet,
}

impl<'a> Names<'a> {
    /// The names of a packet.
    pub fn of(packet: &'a Packet) -> Self {
        Self { packet }
    }

    /// An element's name; its id when it is not in the model.
    pub fn element(&self, id: &ElementId) -> String {
        self.packet.model.element(id).map_or_else(|| id.as_str().to_owned(), |element| element.name.clone())
    }

    /// What people call a subject: `Shop`, `Shop → Database (reads)`.
    pub fn name(&self, subject: &SubjectRef) -> String {
        match subject {
            SubjectRef::Model => "the architecture as a whole".to_owned(),
            SubjectRef::Element(id) | SubjectRef::Zone(id) => self.element(id),
            SubjectRef::Relation(id) => match self.packet.model.relations.get(id) {
                Some(relation) => {
                    let label = relation.label.as_deref().filter(|label| !label.is_empty());
                    let label = label.map(|label| format!(" ({label})")).unwrap_or_default();
                    format!("{} → {}{label}", self.element(&relation.from), self.element(&relation.to))
                }
                None => id.as_str().to_owned(),
            },
            SubjectRef::View(id) => {
                let view = self.packet.model.views.iter().find(|view| view.id == *id);
                view.map_or_else(|| id.as_str().to_owned(), |view| view.title.clone())
            }
        }
    }

    /// `path:line` of a place.
    pub fn place(&self, place: Place) -> String {
        self.packet.sources.locate(place.span)
    }

    /// Where a subject is first written; empty when it is written nowhere.
    pub fn origin(&self, subject: &SubjectRef) -> String {
        let model = &self.packet.model;
        let origin = match subject {
            SubjectRef::Model | SubjectRef::View(_) => None,
            SubjectRef::Element(id) | SubjectRef::Zone(id) => {
                model.element(id).and_then(|element| element.origins.first())
            }
            SubjectRef::Relation(id) => model.relations.get(id).and_then(|relation| relation.origins.first()),
        };
        origin.map(|place| self.place(*place)).unwrap_or_default()
    }
}

/// Texts in one cell, each once; empty ones are left out.
pub fn joined(texts: impl Iterator<Item = String>) -> String {
    let mut seen: Vec<String> = Vec::new();
    for text in texts {
        if !text.is_empty() && !seen.contains(&text) {
            seen.push(text);
        }
    }
    seen.join("; ")
}
