//! The form of a view.

use schemars::JsonSchema;
use serde::Serialize;

use super::part::{Either, FlagShape, PlaceForm, Words};
use super::word::{aligns, captions, courses, directions, drawn_forms, is_no, texts, tints, view_kinds};
use crate::model::{
    Align, Caption, Course, Direction, Form, LabelSpot, Look, PlainFrame, Tint, View, ViewNode, ViewNote,
    ViewRoute,
};
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
    /// What the author writes about it beside the drawing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
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
    /// Ways of lines, when the drawing has coordinates.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub routes: Vec<RouteForm>,
    /// Notes, legends and other prose.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<NoteForm>,
    /// Outlines without words that are drawn round others, when the drawing has coordinates.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub frames: Vec<FrameForm>,
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
    /// How the author's drawing shows it, when the drawing has coordinates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub look: Option<LookForm>,
}

/// How the author's drawing shows a thing.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename = "Look", rename_all = "kebab-case", deny_unknown_fields)]
pub struct LookForm {
    /// The outline; a rectangle when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "drawn_forms")]
    pub form: Option<&'static str>,
    /// Where the name stands; inside, in the middle, when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "captions")]
    pub caption: Option<&'static str>,
    /// How the name stands in its room; centered when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "aligns")]
    pub align: Option<&'static str>,
    /// The color family of the fill.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "tints")]
    pub tint: Option<&'static str>,
    /// A dashed or dotted outline.
    #[serde(default, skip_serializing_if = "is_no")]
    #[schemars(with = "FlagShape")]
    pub dashed: bool,
    /// Size of the name's type in px.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text_size: Option<f64>,
    /// It has no filling: what lies below it shows.
    #[serde(default, skip_serializing_if = "is_no")]
    #[schemars(with = "FlagShape")]
    pub unfilled: bool,
    /// Its outline is not drawn.
    #[serde(default, skip_serializing_if = "is_no")]
    #[schemars(with = "FlagShape")]
    pub unstroked: bool,
    /// Its name reads upwards, at the left border.
    #[serde(default, skip_serializing_if = "is_no")]
    #[schemars(with = "FlagShape")]
    pub turned: bool,
}

/// An outline without words that is drawn round others.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename = "Frame", rename_all = "kebab-case", deny_unknown_fields)]
pub struct FrameForm {
    /// Left, top, width and height in px.
    pub bounds: [f64; 4],
    /// How the author's drawing shows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub look: Option<LookForm>,
}

/// Where a label stands on its line, however that is drawn.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename = "LabelSpot", rename_all = "kebab-case", deny_unknown_fields)]
pub struct SpotForm {
    /// -1 at the start of the line, 0 in its middle, 1 at its end.
    pub at: f64,
    /// How far to the left of the line, seen from its start, in px.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub across: f64,
    /// How far right of and below that spot, in px.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offset: Option<[f64; 2]>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_zero(number: &f64) -> bool {
    *number == 0.0
}

/// The way of a line, as its author drew it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename = "Route", rename_all = "kebab-case", deny_unknown_fields)]
pub struct RouteForm {
    /// Id of the relation.
    pub relation: String,
    /// Corners from the start to the end, x and y in px each, both ends included; an end that floats
    /// stands in the middle of its shape.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub points: Vec<[f64; 2]>,
    /// How it goes from one point to the next; straight when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "courses")]
    pub course: Option<&'static str>,
    /// Center of its label.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<[f64; 2]>,
    /// Where its label stands on the line; it counts more than the center.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spot: Option<SpotForm>,
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
    /// Left, top, width and height in px, when the drawing has coordinates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bounds: Option<[f64; 4]>,
    /// How the author's drawing shows it, when the drawing has coordinates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub look: Option<LookForm>,
    /// Where it is written.
    #[serde(default)]
    pub origin: Option<PlaceForm>,
}

impl ViewForm {
    pub(super) fn new(view: &View, sources: &Sources) -> Self {
        Self {
            id: view.id.to_string(),
            title: view.title.clone(),
            description: view.description.clone(),
            kind: view.kind.word(),
            direction: view.direction.map(Direction::word),
            complete: view.complete,
            nodes: view.nodes.iter().map(NodeForm::new).collect(),
            relations: texts(&view.relations),
            routes: view.routes.iter().map(RouteForm::new).collect(),
            notes: view.notes.iter().map(|note| NoteForm::new(note, sources)).collect(),
            frames: view.frames.iter().map(FrameForm::new).collect(),
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
            look: node.look.map(LookForm::new),
        }
    }
}

impl LookForm {
    fn new(look: Look) -> Self {
        Self {
            form: (look.form != Form::default()).then(|| look.form.word()),
            caption: (look.caption != Caption::default()).then(|| look.caption.word()),
            align: (look.align != Align::default()).then(|| look.align.word()),
            tint: look.tint.map(Tint::word),
            dashed: look.dashed,
            text_size: look.text_size,
            unfilled: look.unfilled,
            unstroked: look.unstroked,
            turned: look.turned,
        }
    }
}

impl FrameForm {
    fn new(frame: &PlainFrame) -> Self {
        let look = (frame.look != Look::default()).then(|| LookForm::new(frame.look));
        Self { bounds: frame.bounds, look }
    }
}

impl SpotForm {
    fn new(spot: LabelSpot) -> Self {
        let offset = (spot.offset != [0.0, 0.0]).then_some(spot.offset);
        Self { at: spot.at, across: spot.across, offset }
    }
}

impl RouteForm {
    fn new(route: &ViewRoute) -> Self {
        Self {
            relation: route.relation.to_string(),
            points: route.points.clone(),
            course: (route.course != Course::default()).then(|| route.course.word()),
            label: route.label,
            spot: route.spot.map(SpotForm::new),
        }
    }
}

impl NoteForm {
    fn new(note: &ViewNote, sources: &Sources) -> Self {
        Self {
            text: note.text.clone(),
            element: note.element.as_ref().map(ToString::to_string),
            relation: note.relation.as_ref().map(ToString::to_string),
            bounds: note.bounds,
            look: note.look.map(LookForm::new),
            origin: PlaceForm::new(note.place, sources),
        }
    }
}
