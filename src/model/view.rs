//! Views: one diagram each, with the nesting that it draws.

use super::id::{ElementId, RelationId, ViewId};
use super::look::{Course, LabelSpot, Look, PlainFrame};
use super::word::words;
use crate::source::Place;

words! {
    /// What a view shows.
    pub enum ViewKind {
        /// The system and its neighbors.
        Context = "context",
        /// Applications and stores.
        Container = "container",
        /// Parts of applications.
        Component = "component",
        /// What runs where.
        Deployment = "deployment",
        /// Flows of data.
        DataFlow = "data-flow",
        /// Numbered interactions.
        Dynamic = "dynamic",
    }
}

words! {
    /// Flow direction that the author asked for.
    pub enum Direction {
        /// Top to bottom.
        Down = "down",
        /// Left to right.
        Right = "right",
    }
}

/// One diagram.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// Slug of the title, or of the file's name.
    pub id: ViewId,
    /// The author's title; the file's name when there is none.
    pub title: String,
    /// What the author writes about it beside the drawing.
    pub description: Option<String>,
    /// What it shows.
    pub kind: ViewKind,
    /// Elements in drawing order, each with the nesting of this view.
    pub nodes: Vec<ViewNode>,
    /// Relations in drawing order.
    pub relations: Vec<RelationId>,
    /// Ways of lines, when the drawing came with coordinates.
    pub routes: Vec<ViewRoute>,
    /// Notes, legends and other prose of the drawing.
    pub notes: Vec<ViewNote>,
    /// Outlines without words that are drawn round others, in drawing order.
    pub frames: Vec<PlainFrame>,
    /// Flow direction that the author asked for.
    pub direction: Option<Direction>,
    /// The drawing is declared to show everything of its kind.
    pub complete: bool,
    /// The diagram in its source.
    pub source: Place,
}

/// An element as one view draws it.
#[derive(Clone, Debug, PartialEq)]
pub struct ViewNode {
    /// The element.
    pub element: ElementId,
    /// The element that this view nests it in.
    pub parent: Option<ElementId>,
    /// Upper left corner and size, in px, when the drawing came with coordinates.
    pub bounds: Option<[f64; 4]>,
    /// How the author's drawing shows it, when the drawing came with coordinates.
    pub look: Option<Look>,
}

/// The way of a line, as its author drew it.
#[derive(Clone, Debug, PartialEq)]
pub struct ViewRoute {
    /// The line's relation.
    pub relation: RelationId,
    /// Corners from the start to the end in px, both ends included; empty when the drawing names none. An end that
    /// floats stands in the middle of its shape.
    pub points: Vec<[f64; 2]>,
    /// How it goes from one point to the next.
    pub course: Course,
    /// Center of its label in px.
    pub label: Option<[f64; 2]>,
    /// Where its label stands on the line, when the author put it there; it counts more than the center.
    pub spot: Option<LabelSpot>,
}

/// Prose that a view carries.
#[derive(Clone, Debug, PartialEq)]
pub struct ViewNote {
    /// The element that it stands beside.
    pub element: Option<ElementId>,
    /// The relation that it stands on.
    pub relation: Option<RelationId>,
    /// Its text, markup removed.
    pub text: String,
    /// Upper left corner and size, in px, when the drawing came with coordinates.
    pub bounds: Option<[f64; 4]>,
    /// How the author's drawing shows it, when the drawing came with coordinates.
    pub look: Option<Look>,
    /// Where it is written.
    pub place: Place,
}
