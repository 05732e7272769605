//! The display list: shapes at fixed places.

use crate::geometry::{Point, Rect, Size};
use crate::model::{Tint, ViewId};

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
    /// Prose that the author put on the drawing, and outlines without words; those go between the groups, by size.
    pub remarks: Vec<Remark>,
}

impl Scene {
    /// Moves everything.
    pub(super) fn shift(&mut self, by: Point) {
        let point = |at: &mut Point| *at = Point::new(at.x + by.x, at.y + by.y);
        let rect = |at: &mut Rect| *at = Rect::new(at.x + by.x, at.y + by.y, at.width, at.height);
        let texts = |texts: &mut Vec<Text>| texts.iter_mut().for_each(|text| point(&mut text.at));
        let badges = |badges: &mut Vec<Badge>| badges.iter_mut().for_each(|badge| point(&mut badge.at));
        let label = |label: &mut Option<Label>| {
            if let Some(label) = label {
                rect(&mut label.bounds);
                texts(&mut label.texts);
            }
        };
        for group in &mut self.groups {
            rect(&mut group.bounds);
            texts(&mut group.texts);
            badges(&mut group.badges);
        }
        for shape in &mut self.shapes {
            rect(&mut shape.bounds);
            point(&mut shape.glyph_at);
            texts(&mut shape.texts);
            label(&mut shape.caption);
            badges(&mut shape.badges);
        }
        for remark in &mut self.remarks {
            rect(&mut remark.bounds);
            texts(&mut remark.texts);
        }
        for connector in &mut self.connectors {
            connector.points.iter_mut().for_each(point);
            label(&mut connector.label);
            badges(&mut connector.badges);
        }
    }
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
    /// Outline.
    pub outline: Outline,
    /// Its tint.
    pub surface: Surface,
    /// The family of the author's own color, which then counts instead.
    pub tint: Option<Tint>,
    /// Title, role line, ...
    pub texts: Vec<Text>,
    /// The whole name, when the picture has no room for it.
    pub full: Option<String>,
    /// Badges on its corner.
    pub badges: Vec<Badge>,
    /// Dashed border (external).
    pub dashed: bool,
    /// Whether it is filled.
    pub filled: bool,
    /// Whether its border is drawn.
    pub stroked: bool,
}

/// How a shape is outlined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outline {
    /// A card with a glyph.
    Card,
    /// A rectangle with sharp corners.
    Rectangle,
    /// A datastore.
    Cylinder,
    /// A queue.
    Pipe,
    /// A firewall's bar.
    Bar,
    /// The Internet.
    Cloud,
    /// An ellipse.
    Ellipse,
    /// A diamond.
    Diamond,
    /// A hexagon.
    Hexagon,
    /// A person.
    Person,
    /// A sheet with a wavy lower edge.
    Document,
    /// A sheet with a folded corner.
    Note,
    /// A speech bubble.
    Callout,
    /// A folder.
    Folder,
    /// A box in three dimensions.
    Cube,
    /// A parallelogram.
    Parallelogram,
    /// A block arrow to the right.
    Arrow,
    /// A tile with a glyph in its middle.
    Tile,
    /// None.
    None,
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
    /// How large the glyph is; 1 is 14 px.
    pub glyph_scale: f64,
    /// The family of the author's own color.
    pub tint: Option<Tint>,
    /// Drawn with a shifted second outline: several instances are stated.
    pub stacked: bool,
    /// Dashed border (external).
    pub dashed: bool,
    /// Whether it is filled.
    pub filled: bool,
    /// Whether its border is drawn.
    pub stroked: bool,
    /// Name and technology lines.
    pub texts: Vec<Text>,
    /// The name beside the outline, where the author put it there.
    pub caption: Option<Label>,
    /// The whole name, when the picture has no room for it.
    pub full: Option<String>,
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

/// Prose on a drawing: a note, a legend, a title.
#[derive(Clone, Debug, PartialEq)]
pub struct Remark {
    /// Where.
    pub bounds: Rect,
    /// Outline.
    pub outline: Outline,
    /// The family of the author's own color.
    pub tint: Option<Tint>,
    /// Dashed border.
    pub dashed: bool,
    /// Whether it is filled.
    pub filled: bool,
    /// Whether its border is drawn.
    pub stroked: bool,
    /// Lines of text; none in an outline that is only drawn round others.
    pub texts: Vec<Text>,
    /// The whole text, when the picture has no room for it.
    pub full: Option<String>,
}

/// A label.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// Its room, and its halo when it has one.
    pub bounds: Rect,
    /// On a halo: a line runs below it.
    pub halo: bool,
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
    /// At its end.
    End,
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
    /// Size of the type in px, when it is not the style's own.
    pub size: Option<f64>,
    /// Measured width in px.
    pub width: f64,
    /// It reads upwards.
    pub turned: bool,
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
