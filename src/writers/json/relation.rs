//! The form of a relation.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::element::TechnologyForm;
use super::part::{Either, FactForm, FactsShape, FlagShape, OneOrMore, PlaceForm, Words};
use super::word::{data_directions, heads, initiators, is_no, origins, phases, texts, transports};
use crate::model::{Port, Protocol, Relation};
use crate::source::Sources;

/// One flow or dependency between two elements.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename = "Relation", rename_all = "kebab-case", deny_unknown_fields)]
pub struct RelationForm {
    /// `from>to:technology:label`, or the author's own; computed when absent.
    #[serde(default)]
    pub id: String,
    /// Id of the element where the line starts; a boundary means some member of it.
    pub from: String,
    /// Id of the element where the line ends.
    pub to: String,
    /// The author's words on the line.
    #[serde(default)]
    pub label: Option<String>,
    /// Technologies as written beside the label.
    #[serde(default)]
    #[schemars(with = "OneOrMore<Either<String, TechnologyForm>>")]
    pub technologies: Vec<TechnologyForm>,
    /// Protocols, strongest origin first.
    #[serde(default)]
    #[schemars(with = "OneOrMore<Either<String, ProtocolForm>>")]
    pub protocols: Vec<ProtocolForm>,
    /// Ports at the responder's end. In a model file also `1433`, `53/udp`, `49152-65535`.
    #[serde(default)]
    #[schemars(with = "OneOrMore<Either<PortShape, PortForm>>")]
    pub ports: Vec<PortForm>,
    /// Who opens the connection.
    #[serde(default)]
    #[schemars(schema_with = "initiators")]
    pub initiator: &'static str,
    /// Which way the content goes, seen from the `from` end.
    #[serde(default)]
    #[schemars(schema_with = "data_directions")]
    pub data: &'static str,
    /// Ids of pass-through elements, in the order from `from` to `to`.
    #[serde(default)]
    #[schemars(with = "Words")]
    pub via: Vec<String>,
    /// When the flow exists.
    #[serde(default)]
    #[schemars(schema_with = "phases")]
    pub phase: &'static str,
    /// Name of the group of which only one is used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alternative: Option<String>,
    /// Exists only under a condition.
    #[serde(default, skip_serializing_if = "is_no")]
    #[schemars(with = "FlagShape")]
    pub optional: bool,
    /// Ids of the drawn pieces that this path was joined from. A relation that has some is
    /// computed, and ignored in a model file.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pieces: Vec<String>,
    /// Id of the logical relation that this one realizes. Computed; ignored in a model file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub realizes: Option<String>,
    /// Number on the line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Either<String, f64>>")]
    pub step: Option<String>,
    /// Drawn dashed or dotted.
    #[serde(default, skip_serializing_if = "is_no")]
    #[schemars(with = "FlagShape")]
    pub dashed: bool,
    /// Heads of the line: `one` at the `to` end, `both` or `none`.
    #[serde(default)]
    #[schemars(schema_with = "heads")]
    pub heads: &'static str,
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

/// A protocol spoken on a relation.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename = "Protocol", rename_all = "kebab-case", deny_unknown_fields)]
pub struct ProtocolForm {
    /// Id in the catalog.
    pub id: String,
    /// The author's word; empty when it was inferred.
    #[serde(default)]
    pub written: String,
    /// Where it comes from.
    #[serde(default)]
    #[schemars(schema_with = "origins")]
    pub origin: &'static str,
}

/// A port or an inclusive range of ports.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename = "Port", rename_all = "kebab-case", deny_unknown_fields)]
pub struct PortForm {
    /// First port.
    #[schemars(range(min = 1, max = 65535))]
    pub from: u16,
    /// Last port.
    #[serde(default)]
    #[schemars(range(min = 1, max = 65535))]
    pub to: u16,
    /// `tcp` or `udp`.
    #[serde(default)]
    #[schemars(schema_with = "transports")]
    pub transport: &'static str,
    /// Where it comes from.
    #[serde(default)]
    #[schemars(schema_with = "origins")]
    pub origin: &'static str,
}

/// A port in short: a number, or text such as `53/udp` or `49152-65535`.
#[derive(JsonSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "stands for the shape in the schema only")]
enum PortShape {
    Number(#[schemars(range(min = 1, max = 65535))] u16),
    Text(#[schemars(regex(pattern = "^[0-9]+(-[0-9]+)?(/(tcp|udp))?$"))] String),
}

impl RelationForm {
    pub(super) fn new(relation: &Relation, sources: &Sources) -> Self {
        let (origin, origins) = PlaceForm::origins(&relation.origins, sources);
        Self {
            id: relation.id.to_string(),
            from: relation.from.to_string(),
            to: relation.to.to_string(),
            label: relation.label.clone(),
            technologies: relation.technologies.iter().map(TechnologyForm::new).collect(),
            protocols: relation.protocols.iter().map(ProtocolForm::new).collect(),
            ports: relation.ports.iter().map(PortForm::new).collect(),
            initiator: relation.initiator.word(),
            data: relation.data.word(),
            via: texts(&relation.via),
            phase: relation.phase.word(),
            alternative: relation.alternative.clone(),
            optional: relation.optional,
            pieces: texts(&relation.pieces),
            realizes: relation.realizes.as_ref().map(ToString::to_string),
            step: relation.step.clone(),
            dashed: relation.dashed,
            heads: relation.heads.word(),
            tags: relation.tags.clone(),
            stereotypes: relation.stereotypes.clone(),
            properties: relation.properties.clone(),
            facts: FactForm::all(&relation.facts, sources),
            basis: relation.basis.clone(),
            origin,
            origins,
        }
    }
}

impl ProtocolForm {
    fn new(protocol: &Protocol) -> Self {
        Self { id: protocol.id.clone(), written: protocol.written.clone(), origin: protocol.origin.word() }
    }
}

impl PortForm {
    fn new(port: &Port) -> Self {
        Self { from: port.from, to: port.to, transport: port.transport.word(), origin: port.origin.word() }
    }
}
