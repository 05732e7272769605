//! Elements, boundaries and deployment nodes.

use super::Macros;
use crate::model::{Draft, ElementKind, Fact, FactKey, FactValue, Technology};
use crate::readers::arguments::{Arguments, Call};
use crate::source::Place;
use crate::wording::{icons, kinds};

/// Where the macros of a family keep their arguments.
pub(super) struct Places {
    technology: usize,
    description: usize,
    sprite: usize,
    tags: usize,
    link: usize,
    kind_words: usize,
}

const NONE: usize = usize::MAX;
const CONTEXT: Places =
    Places { technology: NONE, description: 2, sprite: 3, tags: 4, link: 5, kind_words: 6 };
const CONTAINER: Places =
    Places { technology: 2, description: 3, sprite: 4, tags: 5, link: 6, kind_words: NONE };
const BOUNDARY: Places =
    Places { technology: NONE, description: 4, sprite: NONE, tags: 2, link: 3, kind_words: NONE };
const TYPED_BOUNDARY: Places =
    Places { technology: NONE, description: 5, sprite: NONE, tags: 3, link: 4, kind_words: NONE };

/// Macros without their `_Ext`, the kind of the element that each makes, and the places of its arguments.
pub(super) const FAMILIES: [(&str, ElementKind, &Places); 20] = [
    ("Person", ElementKind::Person, &CONTEXT),
    ("System", ElementKind::System, &CONTEXT),
    ("SystemDb", ElementKind::Datastore, &CONTEXT),
    ("SystemQueue", ElementKind::Queue, &CONTEXT),
    ("Container", ElementKind::Container, &CONTAINER),
    ("ContainerDb", ElementKind::Datastore, &CONTAINER),
    ("ContainerQueue", ElementKind::Queue, &CONTAINER),
    ("Component", ElementKind::Component, &CONTAINER),
    ("ComponentDb", ElementKind::Datastore, &CONTAINER),
    ("ComponentQueue", ElementKind::Queue, &CONTAINER),
    ("Boundary", ElementKind::Boundary, &TYPED_BOUNDARY),
    ("Enterprise_Boundary", ElementKind::Boundary, &BOUNDARY),
    ("System_Boundary", ElementKind::Boundary, &BOUNDARY),
    ("Container_Boundary", ElementKind::Boundary, &BOUNDARY),
    ("Deployment_Node", ElementKind::Host, &CONTAINER),
    ("Deployment_Node_L", ElementKind::Host, &CONTAINER),
    ("Deployment_Node_R", ElementKind::Host, &CONTAINER),
    ("Node", ElementKind::Host, &CONTAINER),
    ("Node_L", ElementKind::Host, &CONTAINER),
    ("Node_R", ElementKind::Host, &CONTAINER),
];

/// The kind and the argument places of a macro without its `_Ext`; `None` when it makes no element.
pub(super) fn family(base: &str) -> Option<(ElementKind, &'static Places)> {
    let found = FAMILIES.iter().find(|(name, ..)| *name == base);
    found.map(|(_, kind, places)| (*kind, *places))
}

impl Macros {
    /// The draft of an element.
    pub(super) fn element(
        &mut self,
        call: &Call,
        base: &str,
        alias: &str,
        kind: ElementKind,
        places: &Places,
        place: Place,
    ) -> Draft {
        let arguments = Arguments(call);
        let label = (self.markup.label)(arguments.get("label", 1).unwrap_or_default());
        let name = if label.name.is_empty() { alias.to_owned() } else { label.name };
        let kind = match arguments.named("baseShape") {
            Some("database" | "storage") if kind != ElementKind::Boundary => ElementKind::Datastore,
            Some("queue") => ElementKind::Queue,
            _ => kind,
        };
        let mut draft = Draft::new(kind, name, place);
        draft.alias = Some(alias.to_owned());
        let technology = arguments
            .get("techn", places.technology)
            .or_else(|| arguments.named("type").filter(|_| kind == ElementKind::Host));
        let technology = (self.markup.one_line)(technology.unwrap_or_default());
        let (technologies, prose) = kinds::technologies_or_prose(&technology);
        draft.technologies = technologies.into_iter().map(Technology::written).collect();
        let description = arguments.get("descr", places.description).map(self.markup.one_line);
        let description = description.or(label.description).filter(|text| !text.is_empty());
        draft.description = prose
            .map(str::to_owned)
            .into_iter()
            .chain(description)
            .reduce(|all, one| format!("{all}; {one}"));
        draft.tags = arguments.get("tags", places.tags).map(super::tags).unwrap_or_default();
        draft.tags.extend(call.tags.iter().cloned());
        if let Some(link) = arguments.get("link", places.link).or(call.link.as_deref()) {
            draft.properties.insert("link".to_owned(), link.to_owned());
        }
        if let Some(sprite) = arguments.get("sprite", places.sprite).and_then(sprite) {
            if draft.technologies.is_empty() && !matches!(kind, ElementKind::Person | ElementKind::Boundary) {
                draft.technologies.push(Technology::written(icons::in_words(sprite)));
            }
            draft.properties.insert("sprite".to_owned(), sprite.to_owned());
        }
        let word = match base {
            "System_Boundary" => Some("system".to_owned()),
            "Container_Boundary" => Some("container".to_owned()),
            "Enterprise_Boundary" => Some("enterprise".to_owned()),
            "Boundary" => arguments.get("type", 2).map(self.markup.one_line),
            // `$type` of a person or system is words in brackets below its name.
            _ if places.kind_words != NONE => {
                arguments.get("type", places.kind_words).map(self.markup.one_line)
            }
            _ => None,
        };
        draft.stereotypes.extend(word);
        if call.name.ends_with("_Ext") {
            draft.facts.add(Fact::stated(FactKey::External, FactValue::word("yes"), place));
        }
        self.properties.give(&mut draft.properties);
        draft
    }
}

/// The name of a sprite; images and OpenIconic signs have none.
fn sprite(text: &str) -> Option<&str> {
    let name = text.split([',', '{']).next()?.trim();
    (!name.contains(':') && !name.starts_with('&') && !name.is_empty()).then_some(name)
}
