//! Puts answers into the text of `planroom.yaml` at their places: a pure function from text and edit to text.
//!
//! 1. What the edit means is worked out on the values that the text has.
//! 2. The text is changed where that shows: comments, order, quotes, indentation and line ends stay.
//! 3. The new text is read again; when it does not mean exactly what it should, nothing is changed and the
//!    lines to paste are handed back.

mod add;
mod spell;
mod splice;
mod withdraw;

use crate::source::{FileId, Node, Outline, Quotes, Value};

/// A value of a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given {
    /// A word or text.
    Text(String),
    /// A number.
    Count(u32),
    /// Several texts.
    List(Vec<String>),
}

/// An entry of `facts`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewFacts {
    /// Ids; at least one.
    pub subjects: Vec<String>,
    /// Facts; at least one.
    pub set: Vec<(String, Given)>,
    /// Who says so.
    pub by: Option<String>,
    /// When it was said, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// On what ground.
    pub source: Option<String>,
    /// Until when it holds.
    pub expires: Option<String>,
}

/// A fact that an entry shall no longer say of a subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withdrawn {
    /// Number of the entry in `facts`, from 0.
    pub entry: usize,
    /// One of its subjects, as written.
    pub subject: String,
    /// The fact's key.
    pub key: String,
}

/// What shall change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edit {
    /// What entries shall no longer say.
    pub withdrawn: Vec<Withdrawn>,
    /// What shall be said.
    pub added: Vec<NewFacts>,
}

/// The text cannot be edited safely.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct NotEdited {
    /// Why.
    pub reason: String,
    /// Lines to paste under `facts:`.
    pub lines: String,
}

/// The text with the edit.
///
/// # Errors
/// When the text is not YAML, or cannot be changed at its places without changing what else it means.
pub fn edit(text: &str, edit: &Edit) -> Result<String, NotEdited> {
    let refused = |reason: String| NotEdited { reason, lines: lines(&edit.added) };
    let read = |text: &str| Node::parse(FileId(0), text).map_err(|error| error.message);
    let old = read(text).map_err(|message| refused(format!("it is not YAML: {message}")))?;
    let plan = withdraw::plan(&old, edit).map_err(&refused)?;
    let mut new_text = text.to_owned();
    let mut new = old;
    if !plan.is_empty() {
        let expected = withdraw::apply(&new, &plan);
        let made =
            withdraw::text(text, &plan).filter(|made| read(made).is_ok_and(|it| alike(&it, &expected)));
        new_text = made.ok_or_else(|| {
            refused("an entry that says otherwise is written in a form that is not edited".to_owned())
        })?;
        new = expected;
    }
    let added = plan.added;
    if added.is_empty() {
        return Ok(new_text);
    }
    let expected = add::apply(&new, &added);
    add::texts(&new_text, &added)
        .into_iter()
        .find(|made| read(made).is_ok_and(|it| alike(&it, &expected)))
        .ok_or_else(|| refused("`facts` is written in a form that is not edited".to_owned()))
}

/// Entries as lines to paste, below `facts:`.
pub fn lines(added: &[NewFacts]) -> String {
    let mut text = "facts:\n".to_owned();
    for facts in added {
        text.push_str(&format!("  - {}\n", spell::flow(facts, Quotes::Double)));
    }
    text
}

/// Equal but for the places.
fn alike(one: &Node, other: &Node) -> bool {
    match (&one.value, &other.value) {
        (Value::List(one), Value::List(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| alike(one, other))
        }
        (Value::Map(one), Value::Map(other)) => {
            one.len() == other.len()
                && one
                    .iter()
                    .zip(other)
                    .all(|((key, one), (other_key, other))| key.name == other_key.name && alike(one, other))
        }
        (Value::Float(one), Value::Float(other)) => one.to_bits() == other.to_bits(),
        (one, other) => one == other,
    }
}

/// A node without a place.
fn bare(value: Value) -> Node {
    Node { value, span: crate::source::Span::default() }
}

/// A mapping's entry without a place.
fn pair(key: &str, value: Value) -> (crate::source::Key, Node) {
    (crate::source::Key { name: key.to_owned(), span: crate::source::Span::default() }, bare(value))
}

fn value_of(given: &Given) -> Value {
    match given {
        Given::Text(text) => Value::Text(text.clone()),
        Given::Count(count) => Value::Integer(i64::from(*count)),
        Given::List(words) => Value::List(words.iter().map(|word| bare(Value::Text(word.clone()))).collect()),
    }
}

/// Who said it, when, on what ground and until when, in written order; what is not said is left out.
fn provenance(facts: &NewFacts) -> Vec<(&'static str, &str)> {
    [("by", &facts.by), ("date", &facts.date), ("source", &facts.source), ("expires", &facts.expires)]
        .into_iter()
        .filter_map(|(key, value)| Some((key, value.as_deref()?)))
        .collect()
}

/// The value of a key, to change it.
fn child<'n>(node: &'n mut Node, name: &str) -> Option<&'n mut Node> {
    let Value::Map(entries) = &mut node.value else { return None };
    entries.iter_mut().find(|(key, _)| key.name == name).map(|(_, node)| node)
}

/// The quotes that a text prefers.
fn quotes(outline: Option<&Outline>) -> Quotes {
    use crate::source::{ScalarForm, Shape};
    let Some(outline) = outline else { return Quotes::Double };
    if let Shape::Map { flow: true, entries } = &outline.shape
        && entries.iter().all(|(key, _)| key.shape == Shape::Scalar(ScalarForm::Double))
        && !entries.is_empty()
    {
        return Quotes::Always;
    }
    let mut single = 0_i64;
    let mut open = vec![outline];
    while let Some(part) = open.pop() {
        match &part.shape {
            Shape::Scalar(ScalarForm::Single) => single += 1,
            Shape::Scalar(ScalarForm::Double) => single -= 1,
            Shape::Scalar(ScalarForm::Plain | ScalarForm::Block) | Shape::Alias => {}
            Shape::List { items, .. } => open.extend(items),
            Shape::Map { entries, .. } => open.extend(entries.iter().flat_map(|(key, value)| [key, value])),
        }
    }
    if single > 0 { Quotes::Single } else { Quotes::Double }
}
