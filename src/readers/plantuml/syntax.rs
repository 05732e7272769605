//! PlantUML's own terms: the statements of component and deployment diagrams.

pub(super) use crate::readers::arguments::{Argument, Call};

/// A statement.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Statement {
    /// An element, possibly opening a group: `node "a" as b <<c>> {`.
    Element(Element),
    /// `}`.
    Close,
    /// A link between two elements.
    Link(Link),
    /// A call of a macro of a library: `Container(a, "b") {`.
    Call(Call),
    /// A note.
    Note(Note),
    /// `title`.
    Title(String),
    /// `caption`, `header`, `footer` or `legend`.
    Prose(String),
    /// `left to right direction`: whether it runs to the right.
    Direction(bool),
    /// `together {`: opens a group that is only visual.
    Together,
    /// `{` on a line of its own: opens the element before it.
    Open,
    /// `newpage title`.
    Page(Option<String>),
    /// `remove $tag` and `restore $tag`: elements that are not drawn after all.
    Removal(Removal),
    /// `sprite $x jar:archimate/business-actor`: a sprite that shows a type of ArchiMate.
    Sprite {
        /// Without its `$`.
        name: String,
        /// The type.
        shows: String,
    },
    /// `allowmixing`: classes may stand beside other elements.
    Mixing,
    /// A name on a line of its own.
    Bare(String),
    /// Says only how the drawing looks.
    Visual,
}

/// What is taken out of the diagram or put back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Removal {
    /// `$tag`, `<<stereotype>>`, `@unlinked`, or a name, with `*` for any characters.
    pub(super) what: String,
    /// It is put back.
    pub(super) restores: bool,
}

/// An element.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Element {
    /// `component`, `node`, ...; empty when the shape says it: `[a]`, `(a)`, `:a:`, `()`.
    pub(super) keyword: String,
    /// The name with its markup; lines are divided by `\n`.
    pub(super) name: String,
    /// The short name.
    pub(super) alias: Option<String>,
    /// Without their guillemets.
    pub(super) stereotypes: Vec<String>,
    /// Without their `$`.
    pub(super) tags: Vec<String>,
    /// The address of `[[...]]`.
    pub(super) link: Option<String>,
    /// The layer of an `archimate` element, which its color names.
    pub(super) layer: Option<String>,
    /// Lines between its braces that are no elements: members of a class.
    pub(super) body: String,
    /// A `{` follows.
    pub(super) opens: bool,
    /// A `}` follows too.
    pub(super) closes: bool,
}

/// How an end of a link is written.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct End {
    /// The shape that a first use makes.
    pub(super) keyword: &'static str,
    /// The name or alias, without brackets or quotes.
    pub(super) name: String,
    /// What stands behind `::`: a port or member of it.
    pub(super) member: Option<String>,
    /// Written with quotes or brackets.
    pub(super) quoted: bool,
    /// Without their guillemets.
    pub(super) stereotypes: Vec<String>,
}

/// A link.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Link {
    /// Left end.
    pub(super) left: End,
    /// Right end.
    pub(super) right: End,
    /// The arrow between them.
    pub(super) arrow: Arrow,
    /// Words at the left and right end.
    pub(super) cardinality: [Option<String>; 2],
    /// Words on the line, with their markup.
    pub(super) label: Option<String>,
    /// Without their guillemets.
    pub(super) stereotypes: Vec<String>,
    /// Without their `$`.
    pub(super) tags: Vec<String>,
}

/// The line of a link.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Arrow {
    /// A head at the left end.
    pub(super) left: bool,
    /// A head at the right end.
    pub(super) right: bool,
    /// A crow foot at an end: `}`, `{`.
    pub(super) crow: bool,
    /// A socket, ball, diamond or circle at the left end: it is drawn at the whole or the provider.
    pub(super) left_mark: bool,
    /// The same at the right end.
    pub(super) right_mark: bool,
    /// Dotted or dashed.
    pub(super) dashed: bool,
    /// Not drawn.
    pub(super) hidden: bool,
    /// A form that sequence diagrams do not know: a direction, dots, three dashes, no head.
    pub(super) spatial: bool,
}

/// A note.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Note {
    /// What it stands beside.
    pub(super) target: NoteTarget,
    /// Its text, lines divided by a line feed.
    pub(super) text: String,
}

/// What a note stands beside.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum NoteTarget {
    /// The last element.
    Last,
    /// An element, by name or alias.
    Of(String),
    /// The last link.
    OnLink,
    /// Nothing; the alias by which a link may tie it to an element.
    Floating(String),
}
