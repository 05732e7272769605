//! C4 shapes of draw.io: what their properties say. A label made of placeholders only repeats them.

use super::syntax::MxCell;
use crate::drawing::{Line, LineLabel, Outline, Role, Shape, TextLine};
use crate::model::ElementKind;
use crate::source::one_line;

/// Whether a property belongs to the C4 shapes themselves.
pub(super) fn is_own(name: &str) -> bool {
    matches!(name, "c4Name" | "c4Type" | "c4Technology" | "c4Description" | "c4Container" | "c4Application")
}

/// A property with words in it.
fn given(cell: &MxCell<'_>, name: &str) -> Option<String> {
    cell.attribute(name).map(one_line).filter(|words| !words.is_empty())
}

/// Fills in what the properties of a C4 shape say.
pub(super) fn shape(cell: &MxCell<'_>, shape: &mut Shape) {
    let Some(kind) = given(cell, "c4Type") else { return };
    // Stores and buses carry their name as the type, and the type beside it.
    let (name, kind) = match (given(cell, "c4Name"), given(cell, "c4Container")) {
        (None, Some(container)) => (Some(kind), container),
        (name, _) => (name, kind),
    };
    let word = kind.to_lowercase();
    let word = word.strip_prefix("external ").map_or(word.as_str(), |rest| {
        shape.external = true;
        rest
    });
    let found = match word.split([':', '[']).next().unwrap_or_default().trim() {
        "person" => ElementKind::Person,
        "software system" | "system" => ElementKind::System,
        "container" | "microservice" => match shape.outline {
            Outline::Cylinder => ElementKind::Datastore,
            Outline::Queue => ElementKind::Queue,
            _ => ElementKind::Container,
        },
        "component" => ElementKind::Component,
        boundary if boundary.ends_with("boundary") => ElementKind::Boundary,
        // A title, or a type of the author's own: the words say what they say.
        _ => return,
    };
    let Some(name) = name else { return };
    shape.kind = Some(found);
    if found == ElementKind::Boundary {
        shape.role = Role::Container;
    }
    shape.name = Some(name);
    shape.technologies.extend(given(cell, "c4Technology"));
    shape.description = given(cell, "c4Description");
}

/// Fills in what the properties of a C4 relation say.
pub(super) fn line(cell: &MxCell<'_>, line: &mut Line) {
    if given(cell, "c4Type").as_deref() != Some("Relationship") {
        return;
    }
    line.technologies.extend(given(cell, "c4Technology"));
    let words = given(cell, "c4Description").map(|text| TextLine { text, size: 11.0, bold: true });
    let at = line.labels.first().map_or(0.0, |label| label.at);
    line.labels.clear();
    line.labels.extend(words.map(|words| LineLabel {
        text: vec![words],
        at,
        place: cell.span.into(),
        ..LineLabel::default()
    }));
}
