//! The form of one input's account: what `planroom read --format json` prints.

use schemars::JsonSchema;
use serde::Serialize;

use super::element::ElementForm;
use super::part::PlaceForm;
use super::pretty;
use super::relation::RelationForm;
use super::word::texts;
use crate::diagnostic::{Diagnostic, Loss};
use crate::model::{Model, View};
use crate::source::Sources;

/// What is known after reading one input.
#[derive(Debug)]
pub struct ReadInput<'a> {
    /// Project-relative path of the input.
    pub path: &'a str,
    /// Id of the reader's format; `None` when no reader knows it.
    pub format: Option<&'a str>,
    /// The kind of diagram that is not read, when the input is one.
    pub refused: Option<&'a str>,
    /// Sources that spans point into.
    pub sources: &'a Sources,
    /// The model of the input alone.
    pub model: &'a Model,
    /// What was wrong.
    pub diagnostics: &'a [Diagnostic],
    /// What was not understood.
    pub loss: &'a Loss,
}

/// The account of one input.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename = "Read", rename_all = "kebab-case")]
pub struct ReadForm {
    /// `read/1`: the form and its version.
    pub planroom: String,
    /// The input.
    pub path: String,
    /// Id of its format; `null` when no reader knows it.
    pub format: Option<String>,
    /// The kind of diagram that is not read, when the input is one.
    pub refused: Option<String>,
    /// Elements.
    pub elements: Vec<ElementForm>,
    /// Relations.
    pub relations: Vec<RelationForm>,
    /// Diagrams.
    pub views: Vec<ReadViewForm>,
    /// What was wrong.
    pub diagnostics: Vec<DiagnosticForm>,
    /// The account of statements.
    pub loss: LossForm,
}

/// One diagram and what it shows.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename = "ReadView", rename_all = "kebab-case")]
pub struct ReadViewForm {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it shows.
    pub kind: &'static str,
    /// Ids of its elements, in drawing order.
    pub elements: Vec<String>,
    /// Ids of its relations, in drawing order.
    pub relations: Vec<String>,
    /// Where it is written.
    pub origin: Option<PlaceForm>,
}

/// A problem in the input's text.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename = "Diagnostic", rename_all = "kebab-case")]
pub struct DiagnosticForm {
    /// `error`: part of the input was not read. `warning`: read, but doubtful. `note`: worth knowing.
    pub severity: &'static str,
    /// Stable code: `plantuml/unclosed-block`.
    pub code: &'static str,
    /// What was seen and what was expected.
    pub message: String,
    /// Where.
    pub place: Option<PlaceForm>,
    /// Other places that explain it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<LabelForm>,
    /// What to write instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
}

/// A second place of a diagnostic.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename = "Label", rename_all = "kebab-case")]
pub struct LabelForm {
    /// What it shows.
    pub text: String,
    /// Where.
    pub place: Option<PlaceForm>,
}

/// The account of statements: `seen` is the sum of the others.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename = "Loss", rename_all = "kebab-case")]
pub struct LossForm {
    /// All statements.
    pub seen: usize,
    /// Those that reached the model.
    pub understood: usize,
    /// Those that say only how the drawing looks.
    pub visual: usize,
    /// Those that were not understood.
    pub unknown: Vec<UnreadForm>,
}

/// One statement that was not understood.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename = "Unread", rename_all = "kebab-case")]
pub struct UnreadForm {
    /// Its text, on one line.
    pub text: String,
    /// Where it stands.
    #[serde(flatten)]
    pub place: Option<PlaceForm>,
}

/// The account of one input as JSON.
pub fn read(input: &ReadInput<'_>) -> String {
    pretty(&ReadForm::new(input))
}

impl ReadForm {
    /// The form of an account.
    pub fn new(input: &ReadInput<'_>) -> Self {
        let sources = input.sources;
        Self {
            planroom: "read/1".to_owned(),
            path: input.path.to_owned(),
            format: input.format.map(str::to_owned),
            refused: input.refused.map(str::to_owned),
            elements: input.model.elements.values().map(|it| ElementForm::new(it, sources)).collect(),
            relations: input.model.relations.values().map(|it| RelationForm::new(it, sources)).collect(),
            views: input.model.views.iter().map(|view| ReadViewForm::new(view, sources)).collect(),
            diagnostics: input.diagnostics.iter().map(|it| DiagnosticForm::new(it, sources)).collect(),
            loss: LossForm::new(input.loss, sources),
        }
    }
}

impl ReadViewForm {
    fn new(view: &View, sources: &Sources) -> Self {
        Self {
            id: view.id.to_string(),
            title: view.title.clone(),
            kind: view.kind.word(),
            elements: view.nodes.iter().map(|node| node.element.to_string()).collect(),
            relations: texts(&view.relations),
            origin: PlaceForm::new(view.source, sources),
        }
    }
}

impl DiagnosticForm {
    pub(super) fn new(diagnostic: &Diagnostic, sources: &Sources) -> Self {
        let labels = diagnostic.labels.iter().map(|label| LabelForm {
            text: label.text.clone(),
            place: PlaceForm::of_span(label.span, sources),
        });
        Self {
            severity: diagnostic.severity.word(),
            code: diagnostic.code,
            message: diagnostic.message.clone(),
            place: PlaceForm::of_span(diagnostic.span, sources),
            labels: labels.collect(),
            help: diagnostic.help.clone(),
        }
    }
}

impl LossForm {
    pub(super) fn new(loss: &Loss, sources: &Sources) -> Self {
        let unknown = loss.unknown.iter().map(|unread| UnreadForm {
            text: unread.text.clone(),
            place: PlaceForm::of_span(unread.span, sources),
        });
        Self {
            seen: loss.seen(),
            understood: loss.understood,
            visual: loss.visual,
            unknown: unknown.collect(),
        }
    }
}
