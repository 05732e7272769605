//! Mermaid's own terms: the statements of flowcharts and block diagrams, in words of the text.

use crate::model::Heads;

/// A statement of a flowchart.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Statement<'t> {
    /// Vertices in lists, and the links between one list and the next.
    Chain(Chain<'t>),
    /// `subgraph id [title]`.
    Subgraph(Subgraph<'t>),
    /// `end`.
    End,
    /// `direction LR`: only how a subgraph is laid out.
    Direction,
    /// `class a,b name`.
    Class {
        /// Divided by commas.
        ids: &'t str,
        /// Divided by commas.
        names: &'t str,
    },
    /// `click id "address"`.
    Click {
        /// The vertex.
        id: &'t str,
        /// The address; `None` when a function is called.
        address: Option<&'t str>,
    },
    /// `accTitle: text`.
    Title(&'t str),
    /// `accDescr: text`.
    Prose(&'t str),
    /// Says only how the drawing looks.
    Visual,
}

/// `a & b --> c --> d`.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Chain<'t> {
    /// All vertices, in written order.
    pub(super) vertices: Vec<Vertex<'t>>,
    /// Where each list ends in `vertices`; one more than links.
    pub(super) lists: Vec<usize>,
    /// The links between a list and the next.
    pub(super) links: Vec<Link<'t>>,
}

/// A mention of a vertex, with what is said of it there.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Vertex<'t> {
    /// Its id.
    pub(super) id: &'t str,
    /// Where the mention starts.
    pub(super) start: usize,
    /// Where the mention ends.
    pub(super) end: usize,
    /// Its shape and words.
    pub(super) shape: Option<Shape>,
    /// Its words, with their markup.
    pub(super) text: Option<&'t str>,
    /// `:::name`.
    pub(super) classes: Vec<&'t str>,
    /// `@{ icon: "set:name" }`.
    pub(super) icon: Option<&'t str>,
    /// It sets something on a link: `e1@{ animate: true }`.
    pub(super) on_link: bool,
}

/// A shape, as far as it says something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A cylinder.
    Cylinder,
    /// A rhombus.
    Decision,
    /// A circle in a circle, a black or a small circle: where a process starts or ends.
    Terminal,
    /// A text without an outline, or a comment.
    Text,
    /// A person.
    Person,
    /// A cloud.
    Cloud,
    /// Any other.
    Plain,
}

/// A link.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Link<'t> {
    /// Its id: `e1@-->`.
    pub(super) id: Option<&'t str>,
    /// Words on it, with their markup.
    pub(super) text: Option<&'t str>,
    /// Where its heads are.
    pub(super) heads: Heads,
    /// The only head is at the left end.
    pub(super) backwards: bool,
    /// Dotted.
    pub(super) dotted: bool,
    /// Not drawn: `~~~`.
    pub(super) invisible: bool,
}

/// The head of a subgraph.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Subgraph<'t> {
    /// Its id; several bare words are a title and no id.
    pub(super) id: Option<&'t str>,
    /// Its title, with its markup.
    pub(super) title: &'t str,
    /// `:::name`.
    pub(super) classes: Vec<&'t str>,
}

/// Why a statement was not understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// Quotes or brackets that open here do not close.
    Unclosed(usize),
    /// An arrow whose only head is at its left end starts here.
    Leftwards(usize),
    /// Something else was expected here.
    Unexpected(usize),
}
