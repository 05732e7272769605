//! The form of a model: what `model.json` is, and what a model file may be.

use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;

use super::part::{Either, FactForm, FactsShape, FlagShape, OneOrMore, PlaceForm, Words, one_of};
use crate::model::{
    DataAsset, DataDirection, Direction, Element, ElementKind, Heads, Identity, Initiator, Merge, Model,
    Origin, Phase, Port, Protocol, Relation, SCHEMA_VERSION, Technology, Transport, View, ViewKind, ViewNode,
    ViewNote, Zone,
};
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

/// One diagram.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename = "View", rename_all = "kebab-case", deny_unknown_fields)]
pub struct ViewForm {
    /// Slug of its title or file name, or the author's own.
    #[serde(default)]
    pub id: String,
    /// Its title.
    #[serde(default)]
    pub title: String,
    /// What it shows.
    #[serde(default)]
    #[schemars(schema_with = "view_kinds")]
    pub kind: &'static str,
    /// Flow direction that the author asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "directions")]
    pub direction: Option<&'static str>,
    /// Said to show everything of its kind.
    #[serde(default, skip_serializing_if = "is_no")]
    #[schemars(with = "FlagShape")]
    pub complete: bool,
    /// Elements in drawing order, with the nesting of this view; all elements when absent.
    #[serde(default)]
    #[schemars(with = "Vec<Either<String, NodeForm>>")]
    pub nodes: Vec<NodeForm>,
    /// Ids of relations in drawing order; all between its elements when absent.
    #[serde(default)]
    #[schemars(with = "Words")]
    pub relations: Vec<String>,
    /// Notes, legends and other prose.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<NoteForm>,
    /// Where it is written. Computed; ignored in a model file.
    #[serde(default)]
    pub source: Option<PlaceForm>,
}

/// An element as one view draws it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename = "Node", rename_all = "kebab-case", deny_unknown_fields)]
pub struct NodeForm {
    /// Id of the element.
    pub element: String,
    /// Id of the element that this view nests it in; `null` for none. When absent, the nearest
    /// owner that the view shows.
    #[serde(default)]
    pub parent: Option<String>,
    /// Left, top, width and height in px, when the drawing has coordinates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bounds: Option<[f64; 4]>,
}

/// Prose that a view carries.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename = "Note", rename_all = "kebab-case", deny_unknown_fields)]
pub struct NoteForm {
    /// Its text.
    pub text: String,
    /// The element that it stands beside.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub element: Option<String>,
    /// The relation that it stands on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relation: Option<String>,
    /// Where it is written.
    #[serde(default)]
    pub origin: Option<PlaceForm>,
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

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_no(flag: &bool) -> bool {
    !*flag
}

macro_rules! word_schemas {
    ($($name:ident: $type:ty),+ $(,)?) => {
        $(fn $name(_: &mut SchemaGenerator) -> Schema {
            one_of(<$type>::ALL.iter().map(|case| case.word()))
        })+
    };
}

word_schemas! {
    kinds: ElementKind,
    initiators: Initiator,
    data_directions: DataDirection,
    phases: Phase,
    heads: Heads,
    origins: Origin,
    transports: Transport,
    view_kinds: ViewKind,
    directions: Direction,
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

/// Ids as text.
pub(super) fn texts<T: ToString>(ids: &[T]) -> Vec<String> {
    ids.iter().map(ToString::to_string).collect()
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
            origin,
            origins,
        }
    }
}

impl TechnologyForm {
    fn new(technology: &Technology) -> Self {
        Self {
            written: technology.written.clone(),
            id: technology.id.clone(),
            version: technology.version.clone(),
        }
    }
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

impl ViewForm {
    fn new(view: &View, sources: &Sources) -> Self {
        Self {
            id: view.id.to_string(),
            title: view.title.clone(),
            kind: view.kind.word(),
            direction: view.direction.map(Direction::word),
            complete: view.complete,
            nodes: view.nodes.iter().map(NodeForm::new).collect(),
            relations: texts(&view.relations),
            notes: view.notes.iter().map(|note| NoteForm::new(note, sources)).collect(),
            source: PlaceForm::new(view.source, sources),
        }
    }
}

impl NodeForm {
    fn new(node: &ViewNode) -> Self {
        Self {
            element: node.element.to_string(),
            parent: node.parent.as_ref().map(ToString::to_string),
            bounds: node.bounds,
        }
    }
}

impl NoteForm {
    fn new(note: &ViewNote, sources: &Sources) -> Self {
        Self {
            text: note.text.clone(),
            element: note.element.as_ref().map(ToString::to_string),
            relation: note.relation.as_ref().map(ToString::to_string),
            origin: PlaceForm::new(note.place, sources),
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
