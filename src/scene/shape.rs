//! The display list: shapes at fixed places.

use crate::geometry::{Point, Rect, Size};
use crate::model::ViewId;

/// One view, measured, laid out and styled; coordinates are absolute, in px.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// The view that it draws.
    pub view: ViewId,
    /// The view's title.
    pub title: String,
    /// What the picture shows, in one or two sentences, for readers who cannot see it.
    pub description: String,
    /// Extent.
    pub size: Size,
    /// What is drawn, back to front: groups, then connectors, then shapes, then labels and badges.
    pub groups: Vec<Group>,
    /// Lines.
    pub connectors: Vec<Connector>,
    /// Boxes.
    pub shapes: Vec<Shape>,
}

/// The surface that a group or shape is painted with: a token of the style sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Surface {
    /// The page.
    Paper,
    /// A card.
    Card,
    /// Zone tints.
    Internet,
    /// Partner zone.
    Partner,
    /// Perimeter zone.
    Perimeter,
    /// Corporate zone.
    Corporate,
    /// Application zone.
    Application,
    /// Data zone.
    Data,
    /// Management zone.
    Management,
    /// A boundary without a trust meaning.
    Plain,
}

/// A frame around others.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Id of the element.
    pub id: String,
    /// Id of the group that holds it.
    pub parent: Option<String>,
    /// Where.
    pub bounds: Rect,
    /// Its tint.
    pub surface: Surface,
    /// Title, role line, ...
    pub texts: Vec<Text>,
    /// Badges on its corner.
    pub badges: Vec<Badge>,
    /// Dashed border (external).
    pub dashed: bool,
}

/// How a shape is outlined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outline {
    /// A card with a glyph.
    Card,
    /// A datastore.
    Cylinder,
    /// A queue.
    Pipe,
    /// A firewall's bar.
    Bar,
    /// The Internet.
    Cloud,
}

/// The small picture in a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glyph {
    /// Server, node.
    Host,
    /// Component, container, system.
    Component,
    /// Person.
    Person,
    /// Mail.
    Mail,
    /// Key, secrets, identity.
    Key,
    /// Firewall.
    Firewall,
    /// Gateway, balancer.
    Gateway,
    /// Network.
    Network,
    /// None.
    None,
}

/// A box.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// Id of the element.
    pub id: String,
    /// Id of the group that holds it.
    pub parent: Option<String>,
    /// Where.
    pub bounds: Rect,
    /// Outline.
    pub outline: Outline,
    /// Glyph.
    pub glyph: Glyph,
    /// Left end of the glyph's middle line.
    pub glyph_at: Point,
    /// Drawn with a shifted second outline: several instances are stated.
    pub stacked: bool,
    /// Dashed border (external).
    pub dashed: bool,
    /// Name and technology lines.
    pub texts: Vec<Text>,
    /// Badges on its corner.
    pub badges: Vec<Badge>,
}

/// A line.
#[derive(Clone, Debug, PartialEq)]
pub struct Connector {
    /// Id of the (first) relation.
    pub id: String,
    /// All relations that it stands for.
    pub relations: Vec<String>,
    /// Id of the element at its start.
    pub from: String,
    /// Id of the element at its end.
    pub to: String,
    /// Corners.
    pub points: Vec<Point>,
    /// Dashed: asynchronous.
    pub dashed: bool,
    /// Head at the start.
    pub head_from: bool,
    /// Head at the end.
    pub head_to: bool,
    /// Its label with its halo.
    pub label: Option<Label>,
    /// Badges right of its label.
    pub badges: Vec<Badge>,
}

/// A label on its halo.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// The halo.
    pub bounds: Rect,
    /// Lines of text.
    pub texts: Vec<Text>,
}

/// How text is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextStyle {
    /// Title of a zone: 12 px semibold.
    ZoneTitle,
    /// Role of a zone: 11 px muted.
    ZoneRole,
    /// Name: 13 px semibold.
    Name,
    /// Name on a bar: 12 px semibold.
    BarName,
    /// Technology: 11 px muted.
    Technology,
    /// Label of a flow: 11 px.
    Flow,
    /// Number in a badge: 10.5 px bold.
    Badge,
}

/// Where the anchor of a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// At its start.
    Start,
    /// In its middle.
    Middle,
}

/// One line of text.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    /// What it says.
    pub text: String,
    /// Baseline position of its anchor.
    pub at: Point,
    /// Where the anchor is.
    pub anchor: Anchor,
    /// How it is set.
    pub style: TextStyle,
    /// Measured width in px.
    pub width: f64,
}

/// The form of a badge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum BadgeForm {
    /// Octagon.
    Critical,
    /// Triangle.
    High,
    /// Diamond.
    Medium,
    /// Small square: low and info.
    Low,
    /// Ring.
    Question,
}

/// A mark that links to a finding or question.
#[derive(Clone, Debug, PartialEq)]
pub struct Badge {
    /// Number of the finding or question: `G1`, `Q2`.
    pub number: String,
    /// Its form.
    pub form: BadgeForm,
    /// Its center.
    pub at: Point,
    /// What it says, for screen readers: `G1, high: FTP is clear text as written`.
    pub title: String,
}
