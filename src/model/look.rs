//! How the author's drawing shows a thing: its place is beside it, in `bounds`.

use super::word::words;

words! {
    /// The outline that the author drew.
    #[derive(Default)]
    pub enum Form {
        /// A rectangle.
        #[default]
        Rectangle = "rectangle",
        /// A rectangle with round corners.
        Rounded = "rounded",
        /// An ellipse or circle.
        Ellipse = "ellipse",
        /// A database's drum.
        Cylinder = "cylinder",
        /// A rhombus.
        Diamond = "diamond",
        /// A hexagon.
        Hexagon = "hexagon",
        /// A cloud.
        Cloud = "cloud",
        /// A person.
        Person = "person",
        /// A sheet of paper with a wavy lower edge.
        Document = "document",
        /// A sheet of paper with a folded corner.
        Note = "note",
        /// A speech bubble.
        Callout = "callout",
        /// A folder or package.
        Folder = "folder",
        /// A box in three dimensions: a node, a host.
        Cube = "cube",
        /// A drum that lies on its side.
        Queue = "queue",
        /// A parallelogram.
        Parallelogram = "parallelogram",
        /// A block arrow.
        Arrow = "arrow",
        /// A table.
        Table = "table",
        /// An icon of a library, or an image.
        Icon = "icon",
        /// Text without an outline.
        Text = "text",
    }
}

words! {
    /// Where the author put the name.
    #[derive(Default)]
    pub enum Caption {
        /// In the middle of the outline.
        #[default]
        Inside = "inside",
        /// Inside, at the upper border.
        Top = "top",
        /// Inside, at the lower border.
        Bottom = "bottom",
        /// Outside, above the outline.
        Above = "above",
        /// Outside, below the outline.
        Below = "below",
        /// Outside, left of the outline.
        Left = "left",
        /// Outside, right of the outline.
        Right = "right",
    }
}

words! {
    /// How text stands between the left and the right edge of its room.
    #[derive(Default)]
    pub enum Align {
        /// In the middle.
        #[default]
        Center = "center",
        /// At the left edge.
        Left = "left",
        /// At the right edge.
        Right = "right",
    }
}

words! {
    /// The family of the color that the author filled an outline with.
    pub enum Tint {
        /// Gray and near black.
        Gray = "gray",
        /// Red.
        Red = "red",
        /// Orange and brown.
        Orange = "orange",
        /// Yellow.
        Yellow = "yellow",
        /// Green.
        Green = "green",
        /// Turquoise and cyan.
        Teal = "teal",
        /// Blue.
        Blue = "blue",
        /// Purple.
        Purple = "purple",
        /// Pink and magenta.
        Pink = "pink",
    }
}

words! {
    /// How a line goes from one of its points to the next.
    #[derive(Default)]
    pub enum Course {
        /// Straight.
        #[default]
        Straight = "straight",
        /// With right angles.
        Square = "square",
        /// With right angles, both ends on the left or right side.
        Sideways = "sideways",
    }
}

/// How the author's drawing shows a thing.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Look {
    /// The outline.
    pub form: Form,
    /// Where the name stands.
    pub caption: Caption,
    /// How the name stands in its room.
    pub align: Align,
    /// The color family of the fill; `None` for white, transparent and unknown fills.
    pub tint: Option<Tint>,
    /// A dashed or dotted outline.
    pub dashed: bool,
    /// Size of the name's type in px.
    pub text_size: Option<f64>,
    /// It has no filling: what lies below it shows.
    pub unfilled: bool,
    /// Its outline is not drawn.
    pub unstroked: bool,
    /// Its name reads upwards, at the left border.
    pub turned: bool,
}

/// An outline without words that is drawn round others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlainFrame {
    /// Left, top, width and height in px.
    pub bounds: [f64; 4],
    /// How the author's drawing shows it.
    pub look: Look,
}

/// Where a label stands on its line, however that is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LabelSpot {
    /// -1 at the start of the line, 0 in its middle, 1 at its end.
    pub at: f64,
    /// How far to the left of the line, seen from its start, in px.
    pub across: f64,
    /// How far right of and below that spot, in px.
    pub offset: [f64; 2],
}
