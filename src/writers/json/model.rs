//! The form of a model: what `model.json` is, and what a model file may be.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::element::ElementForm;
use super::part::{FactForm, FactsShape, PlaceForm, Words};
use super::relation::RelationForm;
use super::view::ViewForm;
use super::word::texts;
use crate::model::{DataAsset, Identity, Merge, Model, SCHEMA_VERSION, Zone};
use crate::source::Sources;

/// One architecture.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename = "Model", rename_all = "kebab-case", deny_unknown_fields)]
pub struct ModelForm {
    /// `model/1`: the form and its version.
    #[serde(default)]
    pub planroom: String,
    /// The project's title.
    #[serde(default)]
    pub title: String,
    /// Document properties: owner, status, classification, ...
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub document: BTreeMap<String, String>,
    /// What stands in the architecture; parents stand before their children.
    #[serde(default)]
    pub elements: Vec<ElementForm>,
    /// Who talks to whom, and how.
    #[serde(default)]
    pub relations: Vec<RelationForm>,
    /// Diagrams. In a model file without this key, one view shows everything.
    #[serde(default)]
    pub views: Vec<ViewForm>,
    /// Facts about the model as a whole.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "FactsShape")]
    pub facts: Vec<FactForm>,
    /// What is kept and carried.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub data: Vec<DataForm>,
    /// Accounts and groups.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub identities: Vec<IdentityForm>,
    /// Trust meaning of the elements of kind zone. Computed; ignored in a model file.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub zones: Vec<ZoneForm>,
    /// What was merged, and what nearly was. Computed; ignored in a model file.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub merges: Vec<MergeForm>,
    /// Statements of several sources that do not agree. Computed; ignored in a model file.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<ConflictForm>,
    /// Paths of the sources. Computed; ignored in a model file.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<String>,
}

/// Something that is kept or carried.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename = "DataAsset", rename_all = "kebab-case", deny_unknown_fields)]
pub struct DataForm {
    /// Its name.
    pub name: String,
    /// What is known of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "FactsShape")]
    pub facts: Vec<FactForm>,
    /// Ids of elements that keep it.
    #[serde(default)]
    #[schemars(with = "Words")]
    pub kept_by: Vec<String>,
    /// Ids of relations that carry it.
    #[serde(default)]
    #[schemars(with = "Words")]
    pub carried_by: Vec<String>,
    /// Where it is written first.
    #[serde(default)]
    pub origin: Option<PlaceForm>,
    /// Everywhere it is written, when that is more than once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub origins: Vec<PlaceForm>,
}

/// An account or group.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename = "Identity", rename_all = "kebab-case", deny_unknown_fields)]
pub struct IdentityForm {
    /// Its name.
    pub name: String,
    /// What it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purpose: Option<String>,
    /// Ids of elements that run as it.
    #[serde(default)]
    #[schemars(with = "Words")]
    pub used_by: Vec<String>,
    /// Where it is written first.
    #[serde(default)]
    pub origin: Option<PlaceForm>,
    /// Everywhere it is written, when that is more than once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub origins: Vec<PlaceForm>,
}

/// The trust meaning of an element of kind zone.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename = "Zone", rename_all = "kebab-case")]
pub struct ZoneForm {
    /// Id of the element.
    pub element: String,
    /// What it is for.
    pub kind: &'static str,
    /// 0 (untrusted) to 4; `null` when unknown.
    pub trust_level: Option<u8>,
    /// The author's word for it.
    pub role: String,
    /// Ids of zones that it trusts; `null` when nobody said.
    pub trusts: Option<Vec<String>>,
    /// What separates it from its neighbors.
    pub separations: Vec<SeparationForm>,
}

/// What stands between two zones.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename = "Separation", rename_all = "kebab-case")]
pub struct SeparationForm {
    /// Id of the other zone.
    pub neighbor: String,
    /// Ids of the firewalls and gateways between.
    pub devices: Vec<String>,
    /// Where that is written.
    pub place: Option<PlaceForm>,
}

/// Drawings of one thing that became one element, or nearly did.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename = "Merge", rename_all = "kebab-case")]
pub struct MergeForm {
    /// Id of the element.
    pub element: String,
    /// Id of the other one, when the two were not merged.
    pub near_miss: Option<String>,
    /// Why.
    pub why: String,
    /// Where the parts are written.
    pub places: Vec<PlaceForm>,
}

/// Two statements that do not agree.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename = "Conflict", rename_all = "kebab-case")]
pub struct ConflictForm {
    /// Id of what they are about.
    pub subject: String,
    /// Both statements in one sentence.
    pub text: String,
    /// Where they stand.
    pub places: Vec<PlaceForm>,
}

impl ModelForm {
    /// The form of a model.
    pub fn new(model: &Model, sources: &Sources) -> Self {
        Self {
            planroom: format!("model/{SCHEMA_VERSION}"),
            title: model.title.clone(),
            document: model.document.clone(),
            elements: model.elements.values().map(|element| ElementForm::new(element, sources)).collect(),
            relations: model
                .relations
                .values()
                .map(|relation| RelationForm::new(relation, sources))
                .collect(),
            views: model.views.iter().map(|view| ViewForm::new(view, sources)).collect(),
            facts: FactForm::all(&model.facts, sources),
            data: model.data_assets.iter().map(|asset| DataForm::new(asset, sources)).collect(),
            identities: model
                .identities
                .iter()
                .map(|identity| IdentityForm::new(identity, sources))
                .collect(),
            zones: model.zones.iter().map(|zone| ZoneForm::new(zone, sources)).collect(),
            merges: model.merges.iter().map(|merge| MergeForm::new(merge, sources)).collect(),
            conflicts: model
                .conflicts
                .iter()
                .map(|conflict| ConflictForm {
                    subject: conflict.subject.clone(),
                    text: conflict.text.clone(),
                    places: PlaceForm::all(&conflict.places, sources),
                })
                .collect(),
            sources: sources.iter().map(|(_, source)| source.path.clone()).collect(),
        }
    }
}

impl DataForm {
    fn new(asset: &DataAsset, sources: &Sources) -> Self {
        let (origin, origins) = PlaceForm::origins(&asset.origins, sources);
        Self {
            name: asset.name.clone(),
            facts: FactForm::all(&asset.facts, sources),
            kept_by: texts(&asset.kept_by),
            carried_by: texts(&asset.carried_by),
            origin,
            origins,
        }
    }
}

impl IdentityForm {
    fn new(identity: &Identity, sources: &Sources) -> Self {
        let (origin, origins) = PlaceForm::origins(&identity.origins, sources);
        Self {
            name: identity.name.clone(),
            purpose: identity.purpose.clone(),
            used_by: texts(&identity.used_by),
            origin,
            origins,
        }
    }
}

impl ZoneForm {
    fn new(zone: &Zone, sources: &Sources) -> Self {
        let separations = zone.separations.iter().map(|separation| SeparationForm {
            neighbor: separation.neighbor.to_string(),
            devices: texts(&separation.devices),
            place: separation.place.and_then(|place| PlaceForm::new(place, sources)),
        });
        Self {
            element: zone.element.to_string(),
            kind: zone.kind.word(),
            trust_level: zone.trust_level,
            role: zone.role.clone(),
            trusts: zone.trusts_stated.then(|| texts(&zone.trusts)),
            separations: separations.collect(),
        }
    }
}

impl MergeForm {
    fn new(merge: &Merge, sources: &Sources) -> Self {
        Self {
            element: merge.element.to_string(),
            near_miss: merge.near_miss.as_ref().map(ToString::to_string),
            why: merge.why.clone(),
            places: PlaceForm::all(&merge.places, sources),
        }
    }
}
