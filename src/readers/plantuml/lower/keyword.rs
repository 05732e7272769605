//! What the keywords of PlantUML say that an element is.

use crate::model::ElementKind;
use crate::readers::sketch::Base;
use crate::wording::kinds;

/// How the keyword and the name of a plain element decide its kind: a cloud is a network when it is called one, and
/// else some service out there.
pub(super) fn named(keyword: &str, name: &str) -> Base {
    match base(keyword) {
        Base::Shape { holding, .. } if keyword == "cloud" && kinds::is_network(name) => {
            Base::Shape { alone: ElementKind::Network, holding }
        }
        base => base,
    }
}

/// How the keyword of a plain element decides its kind.
pub(super) fn base(keyword: &str) -> Base {
    Base::Shape { alone: of_keyword(keyword, false), holding: of_keyword(keyword, true) }
}

/// What the keyword of a plain element says. `holds` is whether other elements are drawn inside it.
pub(super) fn of_keyword(keyword: &str, holds: bool) -> ElementKind {
    match keyword {
        "actor" | "person" => ElementKind::Person,
        "component" | "agent" | "process" | "hexagon" | "artifact" | "control" => ElementKind::Component,
        "container" => ElementKind::Container,
        "system" => ElementKind::System,
        "node" => ElementKind::Host,
        "database" | "storage" => ElementKind::Datastore,
        "queue" => ElementKind::Queue,
        "" | "cloud" | "rectangle" | "package" | "frame" | "folder" | "card" | "group" | "together"
        | "stack" | "file" | "collections" | "boundary" | "label" | "entity" | "archimate" | "circle"
            if holds =>
        {
            ElementKind::Boundary
        }
        _ => ElementKind::Unknown,
    }
}
