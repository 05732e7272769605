//! Elements, flows and the rest as parts: an id, a name, lines and facts that can be compared.

use std::collections::{BTreeMap, BTreeSet};

use super::changes::{Known, Named};
use super::record::{
    DataRecord, ElementRecord, FactRecord, IdentityRecord, PlaceRecord, ProtocolRecord, Record,
    RelationRecord, TechnologyRecord, ValueRecord, ViewRecord,
};

/// One part of a model.
#[derive(Clone, Debug, Default)]
pub(super) struct Part {
    pub(super) id: String,
    pub(super) kind: String,
    /// The name as written.
    pub(super) name: String,
    /// The name as printed.
    pub(super) shown: String,
    /// Id of the element that holds it.
    pub(super) parent: Option<String>,
    /// Ids of the ends of a flow.
    pub(super) ends: Option<(String, String)>,
    /// Lines by what they say.
    pub(super) lines: BTreeMap<String, String>,
    /// Ids of other elements by what they are to it.
    pub(super) refs: BTreeMap<&'static str, Vec<String>>,
    /// Facts by key: the strongest one.
    pub(super) facts: BTreeMap<String, Known>,
}

impl Part {
    pub(super) fn named(&self) -> Named {
        Named { id: self.id.clone(), name: self.shown.clone(), kind: self.kind.clone() }
    }

    fn line(&mut self, what: &str, text: impl Into<String>) {
        let text = text.into();
        if !text.trim().is_empty() {
            self.lines.insert(what.to_owned(), text);
        }
    }

    fn words(&mut self, what: &str, words: &[String]) {
        let words: BTreeSet<&str> = words.iter().map(String::as_str).collect();
        self.line(what, words.into_iter().collect::<Vec<_>>().join(", "));
    }

    fn properties(&mut self, properties: &BTreeMap<String, String>) {
        for (key, value) in properties {
            self.line(&format!("property {key}"), value);
        }
    }

    fn refers(&mut self, what: &'static str, ids: Vec<String>) {
        if !ids.is_empty() {
            self.refs.insert(what, ids);
        }
    }
}

/// Names of elements by id.
pub(super) fn names(record: &Record) -> BTreeMap<&str, &str> {
    record.model.elements.iter().map(|element| (element.id.as_str(), element.name.as_str())).collect()
}

pub(super) fn elements(record: &Record) -> Vec<Part> {
    let names = names(record);
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for element in &record.model.elements {
        *seen.entry(element.name.as_str()).or_default() += 1;
    }
    let zones: BTreeMap<&str, &super::record::ZoneRecord> =
        record.model.zones.iter().map(|zone| (zone.element.as_str(), zone)).collect();
    let mut parts = Vec::with_capacity(record.model.elements.len());
    for element in &record.model.elements {
        let mut part = element_part(element);
        // Names that several elements have are told with their holder.
        let holder = element.parent.as_deref().and_then(|parent| names.get(parent));
        if let (Some(holder), true) =
            (holder, seen.get(element.name.as_str()).is_some_and(|times| *times > 1))
        {
            part.shown = format!("{} ({holder})", element.name);
        }
        if let Some(zone) = zones.get(element.id.as_str()) {
            part.line("zone", zone.kind.clone());
            part.line("role", zone.role.clone());
            part.line("trust level", zone.trust_level.map(|level| level.to_string()).unwrap_or_default());
            if let Some(trusts) = &zone.trusts {
                part.refers("trusts", sorted(trusts));
            }
        }
        parts.push(part);
    }
    parts
}

fn element_part(element: &ElementRecord) -> Part {
    let mut part = Part {
        id: element.id.clone(),
        kind: element.kind.clone(),
        name: element.name.clone(),
        shown: element.name.clone(),
        parent: element.parent.clone(),
        facts: facts(&element.facts),
        ..Part::default()
    };
    part.line("name", &element.name);
    part.line("kind", &element.kind);
    part.line("technologies", technologies(&element.technologies));
    part.line("description", element.description.clone().unwrap_or_default());
    part.words("tags", &element.tags);
    part.words("stereotypes", &element.stereotypes);
    part.properties(&element.properties);
    part.refers("inside", element.parent.iter().cloned().collect());
    part.refers("instance of", element.instance_of.iter().cloned().collect());
    part
}

/// The flows that rules judge: joined paths instead of their pieces.
pub(super) fn flows(record: &Record) -> Vec<Part> {
    let names = names(record);
    let pieces: BTreeSet<&str> =
        record.model.relations.iter().flat_map(|relation| &relation.pieces).map(String::as_str).collect();
    let judged = record.model.relations.iter().filter(|relation| !pieces.contains(relation.id.as_str()));
    judged.map(|relation| flow_part(relation, &names)).collect()
}

fn flow_part(relation: &RelationRecord, names: &BTreeMap<&str, &str>) -> Part {
    let name = |id: &str| names.get(id).map_or_else(|| id.to_owned(), |name| (*name).to_owned());
    let label = relation.label.as_deref().unwrap_or("").trim();
    let ends = format!("{} → {}", name(&relation.from), name(&relation.to));
    let shown = if label.is_empty() { ends } else { format!("{ends} “{label}”") };
    let mut part = Part {
        id: relation.id.clone(),
        kind: "flow".to_owned(),
        name: label.to_owned(),
        shown,
        ends: Some((relation.from.clone(), relation.to.clone())),
        facts: facts(&relation.facts),
        ..Part::default()
    };
    part.line("label", label);
    part.line("technologies", technologies(&relation.technologies));
    part.line("protocols", protocols(&relation.protocols));
    let ports = relation.ports.iter().map(|port| {
        let range =
            if port.to > port.from { format!("{}-{}", port.from, port.to) } else { port.from.to_string() };
        assumed(format!("{} {range}", port.transport), &port.origin)
    });
    part.words("ports", &ports.collect::<Vec<_>>());
    let said = |word: &str| if word == "unknown" { String::new() } else { word.to_owned() };
    part.line("opened by", said(&relation.initiator));
    part.line("content goes", said(&relation.data));
    part.line("phase", said(&relation.phase));
    part.line("alternative", relation.alternative.clone().unwrap_or_default());
    part.line("optional", if relation.optional { "yes" } else { "" });
    part.words("tags", &relation.tags);
    part.words("stereotypes", &relation.stereotypes);
    part.properties(&relation.properties);
    part.refers("from", vec![relation.from.clone()]);
    part.refers("to", vec![relation.to.clone()]);
    part.refers("via", relation.via.clone());
    part
}

/// Data assets and identities by name, diagrams by what they show.
pub(super) fn others(record: &Record) -> Vec<Part> {
    let data = record.model.data.iter().map(data_part);
    let identities = record.model.identities.iter().map(identity_part);
    let views = record.model.views.iter().map(view_part);
    data.chain(identities).chain(views).collect()
}

fn data_part(data: &DataRecord) -> Part {
    let mut part = Part {
        id: format!("data {}", data.name),
        kind: "data".to_owned(),
        name: data.name.clone(),
        shown: data.name.clone(),
        facts: facts(&data.facts),
        ..Part::default()
    };
    part.refers("kept by", sorted(&data.kept_by));
    part.refers("carried by", sorted(&data.carried_by));
    part
}

fn identity_part(identity: &IdentityRecord) -> Part {
    let mut part = Part {
        id: format!("identity {}", identity.name),
        kind: "identity".to_owned(),
        name: identity.name.clone(),
        shown: identity.name.clone(),
        ..Part::default()
    };
    part.line("purpose", identity.purpose.clone().unwrap_or_default());
    part.refers("used by", sorted(&identity.used_by));
    part
}

/// A diagram carries no lines: what it shows is told by its elements and flows.
fn view_part(view: &ViewRecord) -> Part {
    let nodes: Vec<String> = view.nodes.iter().map(|node| node.element.clone()).collect();
    let mut part = Part {
        id: format!("diagram {}", view.id),
        kind: "diagram".to_owned(),
        name: view.title.clone(),
        shown: view.title.clone(),
        ..Part::default()
    };
    part.line("kind", &view.kind);
    part.refers("shows", sorted(&nodes));
    part
}

/// The strongest fact of each key; values of one origin that disagree are told side by side.
pub(super) fn facts(records: &[FactRecord]) -> BTreeMap<String, Known> {
    let mut found: BTreeMap<String, (u8, BTreeSet<String>, Known)> = BTreeMap::new();
    for record in records {
        let value = value(&record.value);
        let strength = strength(&record.origin);
        let known = || Known {
            value: String::new(),
            origin: record.origin.clone(),
            by: record.declaration.as_ref().and_then(|declaration| declaration.by.clone()),
            place: record.place.as_ref().map(place),
        };
        match found.get_mut(&record.key) {
            Some((strongest, values, _)) if *strongest == strength => {
                values.insert(value);
            }
            Some((strongest, ..)) if *strongest > strength => {}
            _ => {
                found.insert(record.key.clone(), (strength, BTreeSet::from([value]), known()));
            }
        }
    }
    let joined = |values: BTreeSet<String>| values.into_iter().collect::<Vec<_>>().join(" or ");
    found
        .into_iter()
        .map(|(key, (_, values, known))| (key, Known { value: joined(values), ..known }))
        .collect()
}

fn strength(origin: &str) -> u8 {
    match origin {
        "declared" => 3,
        "stated" => 2,
        "derived" => 1,
        _ => 0,
    }
}

fn value(value: &ValueRecord) -> String {
    match value {
        ValueRecord::Count(count) => count.to_string(),
        ValueRecord::List(words) if words.is_empty() => "none".to_owned(),
        ValueRecord::List(words) => sorted(words).join(", "),
        ValueRecord::Text(text) => match text.strip_suffix('+').filter(|rest| rest.parse::<u32>().is_ok()) {
            Some(count) => format!("{count} or more"),
            None => text.clone(),
        },
    }
}

fn place(place: &PlaceRecord) -> String {
    match &place.part {
        Some(part) => format!("{}: {part}", place.path),
        None => format!("{}:{}", place.path, place.line),
    }
}

fn technologies(technologies: &[TechnologyRecord]) -> String {
    let written = technologies.iter().map(|technology| match &technology.version {
        Some(version) if !technology.written.contains(version.as_str()) => {
            format!("{} {version}", technology.written)
        }
        _ => technology.written.clone(),
    });
    written.collect::<Vec<_>>().join(", ")
}

fn protocols(protocols: &[ProtocolRecord]) -> String {
    let mut words = BTreeSet::new();
    for protocol in protocols {
        let word = if protocol.written.is_empty() { &protocol.id } else { &protocol.written };
        words.insert(assumed(word.clone(), &protocol.origin));
    }
    words.into_iter().collect::<Vec<_>>().join(", ")
}

fn assumed(text: String, origin: &str) -> String {
    if origin == "inferred" { format!("{text} (assumed)") } else { text }
}

fn sorted(words: &[String]) -> Vec<String> {
    let set: BTreeSet<&String> = words.iter().collect();
    set.into_iter().cloned().collect()
}
