//! JSON Schemas, generated from the forms.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;

use super::diff::DiffForm;
use super::findings::FindingsForm;
use super::model::ModelForm;
use super::pretty;
use super::read::ReadForm;

/// Forms that have a schema.
pub const SCHEMAS: &[&str] = &["model", "findings", "read", "diff"];

/// The JSON Schema (draft 2020-12) of a form of [`SCHEMAS`]; `None` for other words.
pub fn schema(form: &str) -> Option<String> {
    match form {
        "model" => Some(of::<ModelForm>()),
        "findings" => Some(of::<FindingsForm>()),
        "diff" => Some(of::<DiffForm>()),
        "read" => Some(of::<ReadForm>()),
        _ => None,
    }
}

fn of<T: JsonSchema>() -> String {
    pretty(&SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<T>())
}
