//! The form of an element.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::part::{Either, FactForm, FactsShape, OneOrMore, PlaceForm, Words};
use super::word::{kinds, texts};
use crate::model::{Element, Technology};
use crate::source::Sources;

/// One thing of the architecture.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename = "Element", rename_all = "kebab-case", deny_unknown_fields)]
pub struct ElementForm {
    /// Its id: the slug path of names, or the author's own.
    pub id: String,
    /// The author's name for it; the id when absent.
    #[serde(default)]
    pub name: String,
    /// What it is.
    #[serde(default)]
    #[schemars(schema_with = "kinds")]
    pub kind: &'static str,
    /// The element that holds it in the canonical tree.
    #[serde(default)]
    pub parent: Option<String>,
    /// Other elements that some view draws it in. Computed; ignored in a model file.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also_in: Vec<String>,
    /// The logical element of which it is a deployed instance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instance_of: Option<String>,
    /// Technologies in written order.
    #[serde(default)]
    #[schemars(with = "OneOrMore<Either<String, TechnologyForm>>")]
    pub technologies: Vec<TechnologyForm>,
    /// Prose beside the name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Tags, in written order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Words")]
    pub tags: Vec<String>,
    /// Stereotypes without their guillemets.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Words")]
    pub stereotypes: Vec<String>,
    /// Named properties as written.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(with = "BTreeMap<String, Either<String, f64>>")]
    pub properties: BTreeMap<String, String>,
    /// What is known of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "FactsShape")]
    pub facts: Vec<FactForm>,
    /// In words, what was concluded from places in a drawing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Words")]
    pub basis: Vec<String>,
    /// Where it is written first.
    #[serde(default)]
    pub origin: Option<PlaceForm>,
    /// Everywhere it is written, when that is more than once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub origins: Vec<PlaceForm>,
}

/// A technology as written, and what the catalog knows it as.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename = "Technology", rename_all = "kebab-case", deny_unknown_fields)]
pub struct TechnologyForm {
    /// The author's words.
    pub written: String,
    /// Id in the catalog; `null` when the catalog does not know it.
    #[serde(default)]
    pub id: Option<String>,
    /// Version or edition that was written beside the name.
    #[serde(default)]
    pub version: Option<String>,
}

impl ElementForm {
    pub(super) fn new(element: &Element, sources: &Sources) -> Self {
        let (origin, origins) = PlaceForm::origins(&element.origins, sources);
        Self {
            id: element.id.to_string(),
            name: element.name.clone(),
            kind: element.kind.word(),
            parent: element.parent.as_ref().map(ToString::to_string),
            also_in: texts(&element.also_in),
            instance_of: element.instance_of.as_ref().map(ToString::to_string),
            technologies: element.technologies.iter().map(TechnologyForm::new).collect(),
            description: element.description.clone(),
            tags: element.tags.clone(),
            stereotypes: element.stereotypes.clone(),
            properties: element.properties.clone(),
            facts: FactForm::all(&element.facts, sources),
            basis: element.basis.clone(),
            origin,
            origins,
        }
    }
}

impl TechnologyForm {
    pub(super) fn new(technology: &Technology) -> Self {
        Self {
            written: technology.written.clone(),
            id: technology.id.clone(),
            version: technology.version.clone(),
        }
    }
}
