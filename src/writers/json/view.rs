//! The form of a view.

use schemars::JsonSchema;
use serde::Serialize;

use super::part::{Either, FlagShape, PlaceForm, Words};
use super::word::{directions, is_no, texts, view_kinds};
use crate::model::{Direction, View, ViewNode, ViewNote};
use crate::source::Sources;

/// One diagram.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename = "View", rename_all = "kebab-case", deny_unknown_fields)]
pub struct ViewForm {
    /// Slug of its title or file name, or the author's own.
    #[serde(default)]
    pub id: String,
    /// Its title.
    #[serde(default)]
    pub title: String,
    /// What it shows.
    #[serde(default)]
    #[schemars(schema_with = "view_kinds")]
    pub kind: &'static str,
    /// Flow direction that the author asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "directions")]
    pub direction: Option<&'static str>,
    /// Said to show everything of its kind.
    #[serde(default, skip_serializing_if = "is_no")]
    #[schemars(with = "FlagShape")]
    pub complete: bool,
    /// Elements in drawing order, with the nesting of this view; all elements when absent.
    #[serde(default)]
    #[schemars(with = "Vec<Either<String, NodeForm>>")]
    pub nodes: Vec<NodeForm>,
    /// Ids of relations in drawing order; all between its elements when absent.
    #[serde(default)]
    #[schemars(with = "Words")]
    pub relations: Vec<String>,
    /// Notes, legends and other prose.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<NoteForm>,
    /// Where it is written. Computed; ignored in a model file.
    #[serde(default)]
    pub source: Option<PlaceForm>,
}

/// An element as one view draws it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename = "Node", rename_all = "kebab-case", deny_unknown_fields)]
pub struct NodeForm {
    /// Id of the element.
    pub element: String,
    /// Id of the element that this view nests it in; `null` for none. When absent, the nearest
    /// owner that the view shows.
    #[serde(default)]
    pub parent: Option<String>,
    /// Left, top, width and height in px, when the drawing has coordinates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bounds: Option<[f64; 4]>,
}

/// Prose that a view carries.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename = "Note", rename_all = "kebab-case", deny_unknown_fields)]
pub struct NoteForm {
    /// Its text.
    pub text: String,
    /// The element that it stands beside.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub element: Option<String>,
    /// The relation that it stands on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relation: Option<String>,
    /// Where it is written.
    #[serde(default)]
    pub origin: Option<PlaceForm>,
}

impl ViewForm {
    pub(super) fn new(view: &View, sources: &Sources) -> Self {
        Self {
            id: view.id.to_string(),
            title: view.title.clone(),
            kind: view.kind.word(),
            direction: view.direction.map(Direction::word),
            complete: view.complete,
            nodes: view.nodes.iter().map(NodeForm::new).collect(),
            relations: texts(&view.relations),
            notes: view.notes.iter().map(|note| NoteForm::new(note, sources)).collect(),
            source: PlaceForm::new(view.source, sources),
        }
    }
}

impl NodeForm {
    fn new(node: &ViewNode) -> Self {
        Self {
            element: node.element.to_string(),
            parent: node.parent.as_ref().map(ToString::to_string),
            bounds: node.bounds,
        }
    }
}

impl NoteForm {
    fn new(note: &ViewNote, sources: &Sources) -> Self {
        Self {
            text: note.text.clone(),
            element: note.element.as_ref().map(ToString::to_string),
            relation: note.relation.as_ref().map(ToString::to_string),
            origin: PlaceForm::new(note.place, sources),
        }
    }
}
