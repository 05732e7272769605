//! A page in draw.io's own words, as `parser` finds it.

use super::style::Style;
use crate::source::Span;

/// One `<diagram>`.
#[derive(Debug)]
pub(super) struct Diagram<'a> {
    /// Its cells, in written order.
    pub(super) cells: Vec<MxCell<'a>>,
}

/// One `<mxCell>`, with the `<object>` around it.
#[derive(Debug)]
pub(super) struct MxCell<'a> {
    /// Its id; empty when it has none.
    pub(super) id: &'a str,
    /// The cell that holds it: a shape, a layer or the root.
    pub(super) parent: Option<&'a str>,
    /// What it draws.
    pub(super) draws: Draws,
    /// What an edge starts at.
    pub(super) source: Option<&'a str>,
    /// What an edge ends at.
    pub(super) target: Option<&'a str>,
    /// The label as written: HTML or text, placeholders not replaced.
    pub(super) label: &'a str,
    /// How it looks.
    pub(super) style: Style<'a>,
    /// Where it is.
    pub(super) geometry: Option<MxGeometry>,
    /// `visible="0"`.
    pub(super) hidden: bool,
    /// Folded: what it holds is not shown.
    pub(super) collapsed: bool,
    /// What the author gave it beside the label, in written order.
    pub(super) attributes: Vec<(&'a str, &'a str)>,
    /// The whole element.
    pub(super) span: Span,
}

impl<'a> MxCell<'a> {
    /// The value of an attribute of the `<object>`.
    pub(super) fn attribute(&self, name: &str) -> Option<&'a str> {
        self.attributes.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
    }
}

/// What a cell draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Draws {
    /// A shape.
    Vertex,
    /// A line.
    Edge,
    /// Nothing: the root or a layer.
    Nothing,
}

/// `<mxGeometry>`; numbers are finite and within bounds.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct MxGeometry {
    /// `x`, `y`, `width`, `height`.
    pub(super) bounds: [f64; 4],
    /// `x` and `y` are parts of the parent's size, or places along the parent's line.
    pub(super) relative: bool,
    /// `<mxPoint as="offset">`.
    pub(super) offset: [f64; 2],
    /// `<mxPoint as="sourcePoint">`.
    pub(super) source: Option<[f64; 2]>,
    /// `<mxPoint as="targetPoint">`.
    pub(super) target: Option<[f64; 2]>,
    /// `<Array as="points">`.
    pub(super) points: Vec<[f64; 2]>,
}
