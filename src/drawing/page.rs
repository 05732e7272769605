//! A page as a drawing tool keeps it: shapes and lines at places, before any meaning.
//!
//! Readers of drawing tools fill it; `drawing::read` turns it into meaning. A reader says what the file says (markup
//! removed, names of stencils looked up) and concludes nothing from where things stand.
//!
//! Coordinates are absolute, in px, `y` downwards. Readers hand over finite numbers only.

use std::collections::BTreeMap;

use crate::model::{Align, ElementKind};
use crate::source::Place;

/// One page of a drawing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// The page's own name; empty when it has none.
    pub name: String,
    /// Layers, the lowest one first.
    pub layers: Vec<Layer>,
    /// Shapes; the index is the z order, later ones lie on top.
    pub shapes: Vec<Shape>,
    /// Lines, in drawing order.
    pub lines: Vec<Line>,
    /// The whole page in its source.
    pub place: Place,
}

/// One layer of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layer {
    /// Its name; empty when it has none.
    pub name: String,
    /// Whether what lies on it is shown.
    pub visible: bool,
}

/// One shape.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// The tool's own id.
    pub id: String,
    /// The tool's own nesting: the shape that holds this one, which may stand later in the list; layers and the page
    /// itself are `None`. May be broken (a circle).
    pub parent: Option<usize>,
    /// What the tool says that it is.
    pub role: Role,
    /// Index of its layer.
    pub layer: Option<usize>,
    /// Not shown, whatever its layer says.
    pub hidden: bool,
    /// Left, top, width and height before the turn by `angle`.
    pub bounds: [f64; 4],
    /// Clockwise turn about the center, in degrees.
    pub angle: f64,
    /// Name that the format keeps apart from the words (C4's name). Then `text` is not taken apart.
    pub name: Option<String>,
    /// The words on it, markup removed; a blank line is a line with empty text.
    pub text: Vec<TextLine>,
    /// Where the words stand.
    pub text_spot: TextSpot,
    /// What it looks like.
    pub outline: Outline,
    /// Name of the stencil or icon as the tool writes it: `mxgraph.aws4.lambda`.
    pub stencil: Option<String>,
    /// What is drawn with such a stencil, when that is no architecture.
    pub notation: Option<Notation>,
    /// Technologies that the format states: the product that the stencil stands for, in words that people write
    /// (`AWS Lambda`), or C4's technology. An icon without words is named for the first one.
    pub technologies: Vec<String>,
    /// What it is, when the format says: C4's type, the stencil of a server.
    pub kind: Option<ElementKind>,
    /// The format says that it belongs to somebody else (C4's external elements).
    pub external: bool,
    /// Whether it has a filling that hides what is below.
    pub filled: bool,
    /// Whether its outline is drawn.
    pub stroked: bool,
    /// Whether its outline is dashed or dotted.
    pub dashed: bool,
    /// Color of the filling, as written.
    pub fill: Option<String>,
    /// Color of the outline, as written.
    pub stroke: Option<String>,
    /// Color of the words, as written.
    pub font: Option<String>,
    /// Where it links to.
    pub link: Option<String>,
    /// Words that show when the pointer rests on it.
    pub tooltip: Option<String>,
    /// Tags, in written order.
    pub tags: Vec<String>,
    /// Stereotypes, in written order.
    pub stereotypes: Vec<String>,
    /// Named properties that the author gave.
    pub properties: BTreeMap<String, String>,
    /// Prose that the format keeps apart from the words.
    pub description: Option<String>,
    /// Where it is written.
    pub place: Place,
}

impl Shape {
    /// A plain box that nothing else is known of.
    pub fn new(id: impl Into<String>, bounds: [f64; 4], place: Place) -> Self {
        Self {
            id: id.into(),
            parent: None,
            role: Role::Plain,
            layer: None,
            hidden: false,
            bounds,
            angle: 0.0,
            name: None,
            text: Vec::new(),
            text_spot: TextSpot::default(),
            outline: Outline::Rectangle,
            stencil: None,
            notation: None,
            technologies: Vec::new(),
            kind: None,
            external: false,
            filled: true,
            stroked: true,
            dashed: false,
            fill: None,
            stroke: None,
            font: None,
            link: None,
            tooltip: None,
            tags: Vec::new(),
            stereotypes: Vec::new(),
            properties: BTreeMap::new(),
            description: None,
            place,
        }
    }
}

/// What the tool says that a shape is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// One thing.
    #[default]
    Plain,
    /// Shapes that are moved together; nothing is drawn for it unless it has words or an outline.
    Group,
    /// A holder of others: a swimlane, a container.
    Container,
}

/// What a shape looks like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Outline {
    /// A box.
    #[default]
    Rectangle,
    /// A box with round corners.
    Rounded,
    /// An ellipse or circle.
    Ellipse,
    /// A drum, as databases are drawn.
    Cylinder,
    /// A diamond.
    Diamond,
    /// A hexagon or octagon.
    Hexagon,
    /// A cloud.
    Cloud,
    /// A stick figure or bust.
    Person,
    /// A sheet of paper with a wavy lower edge.
    Document,
    /// A sheet with a folded corner.
    Note,
    /// A speech balloon.
    Callout,
    /// A folder or UML package.
    Folder,
    /// A box in three dimensions, as UML nodes are drawn.
    Cube,
    /// A lying drum or a pipe, as queues are drawn.
    Queue,
    /// A parallelogram or trapezoid.
    Parallelogram,
    /// Words without an outline.
    Text,
    /// A picture.
    Image,
    /// A block arrow.
    Arrow,
    /// A line or bracket that is kept as a shape.
    Stroke,
    /// A table, its row or its cell.
    Table,
    /// A shape of a stencil.
    Stencil,
    /// Anything else.
    Other,
}

/// What is drawn with stencils that are made for something else than architecture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Notation {
    /// Rooms and furniture.
    FloorPlan,
    /// Screens of a user interface.
    Mockup,
    /// UML classes, and tables of an entity relationship diagram.
    Classes,
    /// Lifelines and activations.
    Sequence,
    /// States and transitions.
    States,
    /// UML use cases.
    UseCases,
    /// Steps and decisions.
    FlowChart,
    /// Business process diagrams (BPMN, EPC).
    Process,
    /// Circuits and logic gates.
    Circuit,
    /// Pipes and instruments.
    Piping,
    /// Value streams.
    ValueStream,
    /// Maps and signs.
    Map,
    /// Charts and infographics.
    Chart,
    /// Mind maps and organization charts.
    Tree,
}

/// Where the words of a shape stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TextSpot {
    /// Inside, or beside which edge.
    pub side: Side,
    /// Where between the upper and lower edge of the label's place.
    pub vertical: Vertical,
    /// Where between the left and right edge of the label's place.
    pub horizontal: Align,
    /// They read upwards, at the left border.
    pub turned: bool,
}

/// The side of a shape on which its words stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Side {
    /// In it.
    #[default]
    Inside,
    /// Over it.
    Above,
    /// Under it.
    Below,
    /// Left of it.
    Left,
    /// Right of it.
    Right,
}

/// How high words stand within their place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Vertical {
    /// At the upper edge.
    Top,
    /// In the middle.
    #[default]
    Middle,
    /// At the lower edge.
    Bottom,
}

/// One line of words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TextLine {
    /// The words, markup removed, without white space at the ends.
    pub text: String,
    /// Size of the largest letters, in px.
    pub size: f64,
    /// Whether the whole line is bold.
    pub bold: bool,
}

/// One line between two ends.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The tool's own id.
    pub id: String,
    /// The tool's own nesting, as for shapes.
    pub parent: Option<usize>,
    /// Where it starts.
    pub from: End,
    /// Where it ends.
    pub to: End,
    /// Bends between the ends.
    pub points: Vec<[f64; 2]>,
    /// The tool draws it along the axes only, with bends of its own where it needs them.
    pub orthogonal: bool,
    /// It leaves both shapes to the left or right.
    pub sideways: bool,
    /// Words on it.
    pub labels: Vec<LineLabel>,
    /// Dashed or dotted.
    pub dashed: bool,
    /// Width of the stroke.
    pub width: f64,
    /// Color, as written.
    pub stroke: Option<String>,
    /// Index of its layer.
    pub layer: Option<usize>,
    /// Not shown, whatever its layer says.
    pub hidden: bool,
    /// Where it links to.
    pub link: Option<String>,
    /// Technologies that the format states (C4's technology).
    pub technologies: Vec<String>,
    /// Tags, in written order.
    pub tags: Vec<String>,
    /// Stereotypes, in written order.
    pub stereotypes: Vec<String>,
    /// Named properties that the author gave.
    pub properties: BTreeMap<String, String>,
    /// Where it is written.
    pub place: Place,
}

impl Line {
    /// A line that nothing else is known of.
    pub fn new(id: impl Into<String>, from: End, to: End, place: Place) -> Self {
        Self {
            id: id.into(),
            parent: None,
            from,
            to,
            points: Vec::new(),
            orthogonal: false,
            sideways: false,
            labels: Vec::new(),
            dashed: false,
            width: 1.0,
            stroke: None,
            layer: None,
            hidden: false,
            link: None,
            technologies: Vec::new(),
            tags: Vec::new(),
            stereotypes: Vec::new(),
            properties: BTreeMap::new(),
            place,
        }
    }
}

/// One end of a line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct End {
    /// The shape that the tool glued it to.
    pub shape: Option<usize>,
    /// The line that the tool glued it to, as an index into [`Page::lines`].
    pub line: Option<usize>,
    /// Where it stands: the given point of a loose end, or the point on the border that the format fixes. `None` when
    /// the tool chooses the point.
    pub point: Option<[f64; 2]>,
    /// What is drawn at it.
    pub head: Head,
}

impl End {
    /// An end that is glued to a shape and has no head.
    pub fn at(shape: usize) -> Self {
        Self { shape: Some(shape), ..Self::default() }
    }

    /// An end that is glued to nothing and has no head.
    pub fn loose(point: [f64; 2]) -> Self {
        Self { point: Some(point), ..Self::default() }
    }
}

/// What is drawn at the end of a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Head {
    /// Nothing.
    #[default]
    None,
    /// An arrow head of any form.
    Arrow,
    /// A sign that is no direction, in the tool's own word: `diamond`, `ERmany`, `oval`.
    Mark(String),
}

/// Words on a line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LineLabel {
    /// The words, markup removed; a blank line is a line with empty text.
    pub text: Vec<TextLine>,
    /// Where along the line: -1 at its start, 0 in the middle, 1 at its end.
    pub at: f64,
    /// How far to the left of the line, seen from its start, in px.
    pub across: f64,
    /// How far right of and below that spot, in px.
    pub offset: [f64; 2],
    /// Where it is written.
    pub place: Place,
}
