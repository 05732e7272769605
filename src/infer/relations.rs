//! What the words on a line say, put into the relation, and what its protocols and ends add.

use std::collections::BTreeSet;

use super::label::{self, Position, Protection, Said};
use super::names::Names;
use super::via;
use crate::catalog::{self, Catalog, Encryption, Protocol, ServicePort, Technology};
use crate::model::{
    self, DataDirection, Element, ElementKind, Fact, FactKey, FactValue, Heads, Initiator, Model, Origin,
    Phase, Port, Relation,
};

/// Ports in a range from which it counts as dynamic, as in the port tables of products.
const WIDE_RANGE: u16 = 100;

/// Properties whose value is a protocol or port.
const PROPERTIES: [&str; 6] = ["protocol", "protocols", "port", "ports", "technology", "transport"];

/// Fills all relations.
pub(super) fn fill(model: &mut Model, catalog: &'static Catalog) {
    ports_for_steps(model, catalog);
    let names = Names::of(model);
    let elements = &model.elements;
    for relation in model.relations.values_mut() {
        let said = read(relation, &names, catalog);
        take(relation, said);
        protect(relation, catalog);
        if let (Some(from), Some(to)) = (elements.get(&relation.from), elements.get(&relation.to)) {
            ends(relation, from, to, catalog);
        }
        complete(relation, catalog);
    }
}

/// A number alone on a line is its step where lines are counted, and a port where nothing counts up to it: `443`
/// without `442`.
fn ports_for_steps(model: &mut Model, catalog: &'static Catalog) {
    let step = |relation: &Relation| relation.step.as_deref()?.parse::<u16>().ok();
    let counted: BTreeSet<u16> = model.relations.values().filter_map(step).collect();
    for relation in model.relations.values_mut() {
        let Some(number) = step(relation).filter(|number| !counted.contains(&number.saturating_sub(1)))
        else {
            continue;
        };
        let ports = label::read(catalog, &number.to_string(), Position::Technology).ports;
        if ports.is_empty() {
            continue;
        }
        relation.step = None;
        relation.label = Some(match relation.label.take() {
            Some(label) => format!("{label} ({number})"),
            None => number.to_string(),
        });
        if relation.ports.is_empty() {
            relation.ports = ports;
        }
    }
}

/// Says again what follows from the protocols, after some were declared.
pub(super) fn settle(model: &mut Model, catalog: &Catalog) {
    for relation in model.relations.values_mut() {
        protect(relation, catalog);
        complete(relation, catalog);
    }
}

/// All that is written on a relation.
fn read(relation: &mut Relation, names: &Names, catalog: &'static Catalog) -> Said {
    let mut said = Said::default();
    for technology in &relation.technologies {
        label::merge(&mut said, label::read(catalog, &technology.written, Position::Technology));
    }
    for stereotype in relation.stereotypes.iter().chain(&relation.tags) {
        label::merge(&mut said, label::read(catalog, stereotype, Position::Technology));
    }
    for (key, value) in &relation.properties {
        if PROPERTIES.contains(&key.to_lowercase().as_str()) {
            label::merge(&mut said, label::read(catalog, value, Position::Technology));
        }
    }
    if let Some(text) = &relation.label {
        let way = via::read(text, names, [&relation.from, &relation.to]);
        if relation.via.is_empty() {
            relation.via = way.via;
        }
        relation.alternative = relation.alternative.take().or(way.alternative);
        label::merge(&mut said, label::read(catalog, &way.rest, Position::Prose));
    }
    fold_tls(&mut said, catalog);
    said
}

/// TLS that is written apart from what it protects: label "SQL", technology "TLS".
fn fold_tls(said: &mut Said, catalog: &'static Catalog) {
    if said.protocols.len() < 2 || !said.protocols.iter().any(|(id, _)| *id == "tls") {
        return;
    }
    said.protocols.retain(|(id, _)| *id != "tls");
    for (id, _) in &mut said.protocols {
        *id = catalog.protocol(id).and_then(|protocol| protocol.secured).unwrap_or(*id);
    }
}

/// Puts what is said into the relation. What a model file or the sidecar already says is kept.
fn take(relation: &mut Relation, said: Said) {
    let place = relation.origins.first().copied();
    if relation.protocols.is_empty() {
        relation.protocols = said
            .protocols
            .iter()
            .map(|(id, written)| model::Protocol {
                id: (*id).to_owned(),
                written: written.clone(),
                origin: Origin::Stated,
            })
            .collect();
    }
    if relation.ports.is_empty() {
        relation.ports = said.ports;
    }
    let mut state = |key: FactKey, value: &str, origin: Origin, why: String| {
        if relation.facts.at_least(key, origin).is_none() {
            relation.facts.add(Fact::because(key, FactValue::word(value), origin, place, why));
        }
    };
    match said.encrypted {
        Some(Protection::Stated(words)) => {
            state(FactKey::Encrypted, "yes", Origin::Stated, format!("the line says \"{words}\""));
        }
        Some(Protection::StatedClear(words)) => {
            state(FactKey::Encrypted, "no", Origin::Stated, format!("the line says \"{words}\""));
        }
        Some(Protection::MeansClear(words)) => {
            state(
                FactKey::Encrypted,
                "no",
                Origin::Derived,
                format!("\"{words}\" is clear text by definition"),
            );
        }
        None => {}
    }
    if let Some((value, words)) = said.authentication {
        state(FactKey::Authentication, value, Origin::Stated, format!("the line says \"{words}\""));
    }
    if let Some((value, words)) = said.coupling {
        state(FactKey::Coupling, value, Origin::Stated, format!("the line says \"{words}\""));
    }
    if let Some((value, words)) = said.purpose {
        state(FactKey::Purpose, value, Origin::Stated, format!("the line says \"{words}\""));
    }
    relation.optional |= said.optional;
    if relation.phase == Phase::Unknown {
        relation.phase = said.phase.unwrap_or(Phase::Unknown);
    }
    if relation.data == DataDirection::Unknown {
        relation.data = said.data.unwrap_or(DataDirection::Unknown);
    }
}

/// Protection that follows from the names of the protocols.
pub(super) fn protect(relation: &mut Relation, catalog: &Catalog) {
    if relation.facts.at_least(FactKey::Encrypted, Origin::Derived).is_some() {
        return;
    }
    let written: Vec<(&model::Protocol, &Protocol)> = relation
        .protocols
        .iter()
        .filter(|protocol| protocol.origin >= Origin::Stated)
        .filter_map(|protocol| Some((protocol, catalog.protocol(&protocol.id)?)))
        .collect();
    // Beside its carrier, a protocol leaves protection to it: SOAP over HTTPS.
    let deciding: Vec<&(&model::Protocol, &Protocol)> = written
        .iter()
        .filter(|(_, protocol)| {
            !protocol.over.iter().any(|over| written.iter().any(|(_, other)| other.id == *over))
        })
        .collect();
    let place = relation.origins.first().copied();
    let name = |protocol: &model::Protocol| {
        if protocol.written.is_empty() { protocol.id.clone() } else { protocol.written.clone() }
    };
    let clear: Vec<String> = deciding
        .iter()
        .filter(|(_, protocol)| protocol.encrypted == Encryption::No)
        .map(|(written, _)| name(written))
        .collect();
    let port_80 = relation.ports.iter().any(|port| port.from == 80 && port.origin >= Origin::Stated)
        && !relation.ports.iter().any(|port| port.from == 443)
        && deciding.iter().all(|(_, protocol)| protocol.id == "http" || protocol.over.contains(&"http"));
    let fact = if !clear.is_empty() {
        let why = format!("{} is clear text by definition", clear.join(", "));
        Some(("no", why))
    } else if port_80 && !deciding.is_empty() {
        Some(("no", "HTTP on port 80 is clear text by definition".to_owned()))
    } else if !deciding.is_empty()
        && deciding.iter().all(|(_, protocol)| protocol.encrypted == Encryption::Yes)
    {
        let names: Vec<String> = deciding.iter().map(|(written, _)| name(written)).collect();
        Some(("yes", format!("{} is encrypted by definition", names.join(", "))))
    } else {
        None
    };
    if let Some((value, why)) = fact {
        relation.facts.add(Fact::because(
            FactKey::Encrypted,
            FactValue::word(value),
            Origin::Derived,
            place,
            why,
        ));
    }
}

/// What the two ends add: usual protocols, coupling, who opens.
fn ends(relation: &mut Relation, from: &Element, to: &Element, catalog: &Catalog) {
    let place = relation.origins.first().copied();
    usual_protocol(relation, from, to, catalog);
    let queue = |element: &Element| element.kind == ElementKind::Queue;
    if (queue(from) || queue(to)) && relation.facts.get(FactKey::Coupling).is_none() {
        let name = if queue(to) { &to.name } else { &from.name };
        let why = format!("{name} is a queue");
        relation.facts.add(Fact::because(
            FactKey::Coupling,
            FactValue::word("async"),
            Origin::Derived,
            place,
            why,
        ));
    }
    if relation.initiator == Initiator::Unknown {
        relation.initiator =
            if answers(relation) { Initiator::Unknown } else { initiator(relation, from, to, catalog) };
        if relation.initiator == Initiator::To && relation.data == DataDirection::Unknown {
            relation.data = DataDirection::Out;
        }
    }
    for (end, word, purpose) in
        [(to, "monitoring", "monitoring"), (to, "logging", "monitoring"), (to, "backup", "backup")]
    {
        if catalog.has_trait(&end.technologies, word) == Some(true)
            && relation.facts.get(FactKey::Purpose).is_none()
        {
            let why = format!("{} is for {word}", end.name);
            let value = FactValue::word(purpose);
            relation.facts.add(Fact::because(FactKey::Purpose, value, Origin::Inferred, place, why));
        }
    }
}

/// A line that shows an answer says nothing of who asked.
fn answers(relation: &Relation) -> bool {
    const WORDS: [&str; 13] = [
        "respond",
        "responds",
        "response",
        "return",
        "returns",
        "reply",
        "replies",
        "answer",
        "answers",
        "ack",
        "acknowledges",
        "result",
        "results",
    ];
    let words = relation.label.as_deref().map(catalog::words).unwrap_or_default();
    words.iter().find(|word| word.number().is_none()).is_some_and(|word| WORDS.contains(&word.text.as_str()))
}

/// A line whose words are what its start does: "scrapes", "sends alerts".
fn acts(relation: &Relation) -> bool {
    const VERBS: [&str; 30] = [
        "alert",
        "alerts",
        "authenticate",
        "authenticates",
        "call",
        "calls",
        "export",
        "exports",
        "forward",
        "forwards",
        "fetches",
        "invoke",
        "invokes",
        "notifies",
        "notify",
        "post",
        "posts",
        "push",
        "pushes",
        "replicate",
        "replicates",
        "scrape",
        "scrapes",
        "send",
        "sends",
        "trigger",
        "triggers",
        "validate",
        "validates",
        "verifies",
    ];
    let words = relation.label.as_deref().map(catalog::words).unwrap_or_default();
    words.iter().find(|word| word.number().is_none()).is_some_and(|word| VERBS.contains(&word.text.as_str()))
}

/// Who opens the connection, by the convention that an arrow starts there. Stores and brokers do
/// not open connections: an arrow out of one shows where its data goes, unless what is written on it is
/// what the other end answers.
fn initiator(relation: &Relation, from: &Element, to: &Element, catalog: &Catalog) -> Initiator {
    use ElementKind as K;
    match relation.heads {
        Heads::Both => return Initiator::Either,
        Heads::None => return Initiator::Unknown,
        Heads::One => {}
    }
    let passive = |element: &Element| matches!(element.kind, K::Datastore | K::Queue);
    let speaks = |element: &Element| -> Vec<&str> {
        let known = element.technologies.iter().filter_map(|known| catalog.technology(known.id.as_deref()?));
        known.flat_map(|technology| technology.speaks.iter().copied()).collect()
    };
    if passive(from) {
        let (store, other) = (speaks(from), speaks(to));
        let mut written = relation.protocols.iter().filter(|protocol| protocol.origin >= Origin::Stated);
        if written
            .any(|protocol| other.contains(&protocol.id.as_str()) && !store.contains(&protocol.id.as_str()))
        {
            return Initiator::From;
        }
    }
    let pushes = catalog.has_trait(&from.technologies, "pushes") == Some(true);
    match (passive(from), passive(to)) {
        (true, false) if pushes => Initiator::From,
        // A queue may send by itself or hand out on demand.
        (true, false) if acts(relation) && from.kind == ElementKind::Queue => Initiator::Unknown,
        (true, false) if acts(relation) => Initiator::From,
        (true, false) => Initiator::To,
        (true, true) => Initiator::Unknown,
        (false, _) => Initiator::From,
    }
}

/// The protocol that the answering end's product usually speaks, when nothing is written.
fn usual_protocol(relation: &mut Relation, from: &Element, to: &Element, catalog: &Catalog) {
    if relation.heads == Heads::None {
        return;
    }
    if relation.protocols.is_empty() && !relation.ports.is_empty() {
        for port in relation.ports.clone() {
            let port = ServicePort { number: port.from, transport: port.transport };
            if let Some(protocol) = catalog.protocol_of_port(port) {
                add_inferred(relation, protocol.id);
            }
        }
    }
    let pushes = catalog.has_trait(&from.technologies, "pushes") == Some(true);
    let passive =
        matches!(from.kind, ElementKind::Datastore | ElementKind::Queue) && !pushes && !acts(relation);
    let answering =
        if passive && !matches!(to.kind, ElementKind::Datastore | ElementKind::Queue) { from } else { to };
    let Some(technology) = product(answering, catalog) else { return };
    if !relation.protocols.is_empty() {
        carrier_ports(relation, technology, catalog);
        return;
    }
    if let Some(protocol) = only_protocol(technology, catalog) {
        add_inferred(relation, protocol.id);
        let enforced = technology.has("tls_enforced_by_default");
        if enforced && relation.facts.get(FactKey::Encrypted).is_none() {
            let why = format!("{} usually refuses clear text", technology.name);
            let place = relation.origins.first().copied();
            let value = FactValue::word("yes");
            relation.facts.add(Fact::because(FactKey::Encrypted, value, Origin::Inferred, place, why));
        }
    }
}

/// "SQL" names no carrier; a SQL Server at the other end does: the ports of TDS.
fn carrier_ports(relation: &mut Relation, technology: &Technology, catalog: &Catalog) {
    let known: Vec<&Protocol> =
        relation.protocols.iter().filter_map(|protocol| catalog.protocol(&protocol.id)).collect();
    if !relation.ports.is_empty() || known.iter().any(|protocol| !protocol.ports.is_empty()) {
        return;
    }
    let spoken =
        technology.speaks.iter().filter(|id| known.iter().any(|protocol| protocol.over.contains(id)));
    let carriers: Vec<&Protocol> = spoken.filter_map(|id| catalog.protocol(id)).collect();
    if let [carrier] = carriers.as_slice() {
        relation.ports = usual_ports(carrier);
    }
}

fn usual_ports(protocol: &Protocol) -> Vec<Port> {
    let port = |port: &ServicePort| Port {
        from: port.number,
        to: port.number,
        transport: port.transport,
        origin: Origin::Inferred,
    };
    protocol.ports.iter().map(port).collect()
}

fn add_inferred(relation: &mut Relation, id: &str) {
    if !relation.protocols.iter().any(|known| known.id == id) {
        relation.protocols.push(model::Protocol {
            id: id.to_owned(),
            written: String::new(),
            origin: Origin::Inferred,
        });
    }
}

fn product<'a>(element: &Element, catalog: &'a Catalog) -> Option<&'a Technology> {
    let known =
        element.technologies.iter().filter_map(|technology| catalog.technology(technology.id.as_deref()?));
    let mut products = known.filter(|technology| !technology.generic && !technology.speaks.is_empty());
    let first = products.next()?;
    products.all(|other| other.speaks == first.speaks).then_some(first)
}

/// The one wire protocol of a product: of a pair such as amqp and amqps the plain name, which says
/// nothing about protection. Applications that speak HTTP in some form are left open.
fn only_protocol<'a>(technology: &Technology, catalog: &'a Catalog) -> Option<&'a Protocol> {
    let speaks: Vec<&Protocol> = technology.speaks.iter().filter_map(|id| catalog.protocol(id)).collect();
    let plain: Vec<&&Protocol> = speaks
        .iter()
        .filter(|protocol| !speaks.iter().any(|other| other.secured == Some(protocol.id)))
        .collect();
    let [only] = plain.as_slice() else { return None };
    let web = matches!(only.id, "http" | "https" | "rest");
    let offered = technology.has("managed_service") || technology.has("tls_enforced_by_default");
    let vague = matches!(only.id, "tcp" | "udp" | "sql" | "file" | "in-process" | "ipc" | "tls" | "manual");
    // An administrator's way in is no way for applications.
    let administers = only.phase == Phase::Administration;
    (!vague && !administers && (!web || offered)).then_some(**only)
}

/// What the protocols add: usual ports, coupling, data direction, phase.
pub(super) fn complete(relation: &mut Relation, catalog: &Catalog) {
    let place = relation.origins.first().copied();
    let known: Vec<&Protocol> =
        relation.protocols.iter().filter_map(|protocol| catalog.protocol(&protocol.id)).collect();
    if relation.ports.is_empty() {
        let carried = |protocol: &&Protocol| {
            !protocol.over.iter().any(|over| known.iter().any(|other| other.id == *over))
        };
        for protocol in known.iter().filter(|protocol| carried(protocol)) {
            for port in usual_ports(protocol) {
                if !relation.ports.contains(&port) {
                    relation.ports.push(port);
                }
            }
        }
    }
    rpc_ports(relation);
    let same = |of: fn(&Protocol) -> Option<&'static str>| {
        let first = of(known.first()?)?;
        known.iter().all(|protocol| of(protocol) == Some(first)).then_some(first)
    };
    if let Some(coupling) =
        same(|protocol| protocol.coupling).filter(|_| relation.facts.get(FactKey::Coupling).is_none())
    {
        let why = format!("flows of {} usually are", known[0].name);
        let value = FactValue::word(coupling);
        relation.facts.add(Fact::because(FactKey::Coupling, value, Origin::Inferred, place, why));
    }
    if let Some(purpose) =
        same(|protocol| protocol.purpose).filter(|_| relation.facts.get(FactKey::Purpose).is_none())
    {
        let why = format!("what {} is for", known[0].name);
        let value = FactValue::word(purpose);
        // No stronger than what is known of the protocol.
        let weakest = relation.protocols.iter().map(|protocol| protocol.origin).min();
        let origin = weakest.unwrap_or(Origin::Inferred).min(Origin::Derived);
        relation.facts.add(Fact::because(FactKey::Purpose, value, origin, place, why));
    }
    if relation.data == DataDirection::Unknown && relation.initiator == Initiator::From {
        let first = known.first().map_or(DataDirection::Unknown, |protocol| protocol.data);
        if known.iter().all(|protocol| protocol.data == first) {
            relation.data = first;
        }
    }
    if relation.phase == Phase::Unknown {
        let phase = known.iter().map(|protocol| protocol.phase).find(|phase| *phase != Phase::Unknown);
        let written = relation.protocols.iter().any(|protocol| protocol.origin >= Origin::Stated);
        // A protocol that is only typical for the server says nothing of what the line is for.
        relation.phase = match phase {
            Some(phase) if written => phase,
            None if written => Phase::Runtime,
            _ => Phase::Unknown,
        };
    }
}

/// A wide range that somebody wrote is the dynamic range, opened as it is.
fn rpc_ports(relation: &mut Relation) {
    if relation.facts.get(FactKey::RpcPorts).is_some() {
        return;
    }
    let wide =
        relation.ports.iter().find(|port| port.origin >= Origin::Stated && port.to - port.from >= WIDE_RANGE);
    if let Some(port) = wide {
        let why = format!("the ports {}-{} are written", port.from, port.to);
        let place = relation.origins.first().copied();
        let value = FactValue::word("dynamic");
        relation.facts.add(Fact::because(FactKey::RpcPorts, value, Origin::Derived, place, why));
    }
}
