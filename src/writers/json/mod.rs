//! JSON: the model, the findings, and the account of one input, each with a version and a schema.
//!
//! The forms are types of their own, so that a change of the model in memory is not a change of
//! what other programs read. Field names are a promise: within a version, fields are added and never
//! renamed or removed.

mod diff;
mod element;
mod findings;
mod judged;
mod model;
mod part;
mod read;
mod relation;
mod schema;
mod table;
mod view;
mod word;

use super::writer::{Output, OutputFile, Packet, Writer};

pub use diff::{DiffForm, diff};
pub use findings::FindingsForm;
pub use model::ModelForm;
pub use read::{ReadForm, ReadInput, read};
pub use schema::{SCHEMAS, schema};

use serde::Serialize;

use crate::model::Model;
use crate::source::Sources;

/// Writes `model.json`.
pub struct ModelJson;

/// Writes `findings.json`.
pub struct FindingsJson;

static MODEL: Output = Output { id: "model", about: "the canonical model", media_type: "application/json" };
static FINDINGS: Output =
    Output { id: "findings", about: "findings, questions and decisions", media_type: "application/json" };

impl Writer for ModelJson {
    fn output(&self) -> &'static Output {
        &MODEL
    }

    fn write(&self, packet: &Packet) -> Vec<OutputFile> {
        let text = self::model(&packet.model, &packet.sources);
        vec![OutputFile { path: "model.json".to_owned(), bytes: text.into_bytes() }]
    }
}

impl Writer for FindingsJson {
    fn output(&self) -> &'static Output {
        &FINDINGS
    }

    fn write(&self, packet: &Packet) -> Vec<OutputFile> {
        let text = self::findings(packet);
        vec![OutputFile { path: "findings.json".to_owned(), bytes: text.into_bytes() }]
    }
}

/// The model in its JSON form.
pub fn model(model: &Model, sources: &Sources) -> String {
    pretty(&ModelForm::new(model, sources))
}

/// The judgement in its JSON form.
pub fn findings(packet: &Packet) -> String {
    pretty(&FindingsForm::new(packet))
}

/// Two blanks a level and a line end at the end.
fn pretty(form: &impl Serialize) -> String {
    let mut text = serde_json::to_string_pretty(form).expect("our forms have text keys and finite numbers");
    text.push('\n');
    text
}
