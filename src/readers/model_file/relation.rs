//! Relations of a model file.

use std::collections::BTreeMap;

use super::element::{self, Ids, account};
use super::facts::{self, Of};
use super::log::{Log, short};
use crate::diagnostic::{Loss, Unread};
use crate::model::{
    DataDirection, Draft, ElementId, Flow, Heads, Initiator, LocalId, Origin, Phase, Port, Protocol,
    Transport, relation_id,
};
use crate::source::{Node, Source, Span, Value};

/// `pieces`, `realizes`, `origin` and `origins` are what `model.json` adds.
const KEYS: &[&str] = &[
    "id",
    "from",
    "to",
    "label",
    "technologies",
    "protocols",
    "ports",
    "initiator",
    "data",
    "via",
    "phase",
    "alternative",
    "optional",
    "step",
    "dashed",
    "heads",
    "tags",
    "stereotypes",
    "properties",
    "facts",
    "basis",
    "pieces",
    "realizes",
    "origin",
    "origins",
];

/// Ids by which other parts of the file may name a flow. `None`: a joined path, which is computed
/// anew.
pub(super) type FlowIds = BTreeMap<String, Option<usize>>;

/// Reads the list `relations`.
pub(super) fn read(
    log: &mut Log<'_>,
    root: &Node,
    source: &Source,
    (drafts, ids): (&[Draft], &Ids),
    loss: &mut Loss,
) -> (Vec<Flow>, FlowIds) {
    let mut flows: Vec<Flow> = Vec::new();
    let mut names = FlowIds::new();
    for node in log.list(root, "relations") {
        let id = log.line(node, "id");
        if let Some(id) = id.as_ref().filter(|id| names.contains_key(*id)) {
            let message = format!("the id `{}` is already taken by another relation", short(id));
            log.error("model-file/duplicate-id", message, node.get("id").map_or(node.span, |node| node.span));
            loss.unknown.push(Unread::at(source, node.span));
            continue;
        }
        if is_joined(node) {
            loss.understood += 1;
            names.extend(id.map(|id| (id, None)));
            continue;
        }
        let flow = entry(log, node, ids);
        account(loss, flow.is_some(), || Unread::at(source, node.span));
        let Some(mut flow) = flow else { continue };
        flow.explicit_id.clone_from(&id);
        let name = id.unwrap_or_else(|| computed_id(&flow, drafts));
        names.entry(name).or_insert(Some(flows.len()));
        flows.push(flow);
    }
    (flows, names)
}

/// A path that was joined from drawn pieces.
fn is_joined(node: &Node) -> bool {
    node.get("pieces").and_then(Node::as_list).is_some_and(|pieces| !pieces.is_empty())
}

fn entry(log: &mut Log<'_>, node: &Node, ids: &Ids) -> Option<Flow> {
    log.entries(node, "a relation", KEYS)?;
    let (from, to) = (end(log, node, "from", ids), end(log, node, "to", ids));
    let span = node.get("id").or_else(|| node.get("from")).map_or(node.span, |node| node.span);
    let mut flow = Flow::new(from?, to?, span.into());
    flow.label = log.line(node, "label");
    flow.technologies = element::technologies(log, node);
    flow.protocols = protocols(log, node);
    flow.ports = ports(log, node);
    flow.initiator =
        log.choice(node, "initiator", Initiator::ALL, Initiator::word).unwrap_or(Initiator::Unknown);
    flow.data =
        log.choice(node, "data", DataDirection::ALL, DataDirection::word).unwrap_or(DataDirection::Unknown);
    flow.via = element::named(log, node, "via", ids);
    flow.phase = log.choice(node, "phase", Phase::ALL, Phase::word).unwrap_or(Phase::Unknown);
    flow.alternative = log.line(node, "alternative");
    flow.optional = log.flag(node, "optional").unwrap_or(false);
    flow.step = log.line(node, "step");
    flow.dashed = log.flag(node, "dashed").unwrap_or(false);
    flow.heads = log.choice(node, "heads", Heads::ALL, Heads::word).unwrap_or_default();
    flow.tags = log.plain_words(node, "tags");
    flow.stereotypes = log.plain_words(node, "stereotypes");
    flow.basis = log.plain_words(node, "basis");
    flow.properties = log.properties(node, "properties");
    flow.facts = facts::read(log, node, Of::Relation);
    Some(flow)
}

fn end(log: &mut Log<'_>, node: &Node, key: &str, ids: &Ids) -> Option<LocalId> {
    let Some(id) = log.line(node, key) else {
        if node.get(key).is_none_or(|found| found.value == Value::Null) {
            log.error("model-file/missing-end", format!("a relation needs `{key}`"), node.span);
        }
        return None;
    };
    element::find(log, &id, node.get(key).map_or(node.span, |node| node.span), ids)
}

/// Protocols by name or id, or mappings of `id`, `written` and `origin`. An inferred one is left
/// out: it is computed anew. The catalog's spelling is put in by `infer`.
fn protocols(log: &mut Log<'_>, node: &Node) -> Vec<Protocol> {
    let mut protocols: Vec<Protocol> = Vec::new();
    for item in items(node, "protocols") {
        if item.as_map().is_some() {
            log.entries(item, "a protocol", &["id", "written", "origin"]);
            let written = log.line(item, "written").unwrap_or_default();
            let Some(id) = log.line(item, "id").or_else(|| Some(written.to_lowercase())) else { continue };
            if let Some(origin) = authored(log, item).filter(|_| !id.is_empty()) {
                protocols.push(Protocol { id, written, origin });
            }
        } else if let Some(word) = log.scalar(item).map(|word| word.trim().to_owned()) {
            protocols.push(Protocol { id: word.to_lowercase(), written: word, origin: Origin::Stated });
        } else {
            log.wrong_item("protocols", "text", item);
        }
    }
    protocols.retain(|protocol| !protocol.id.is_empty());
    protocols
}

/// The origin of a part of `model.json` that an author wrote; `None` when it was computed.
fn authored(log: &mut Log<'_>, item: &Node) -> Option<Origin> {
    match log.choice(item, "origin", Origin::ALL, Origin::word).unwrap_or(Origin::Stated) {
        Origin::Derived | Origin::Inferred => None,
        origin @ (Origin::Stated | Origin::Declared) => Some(origin),
    }
}

/// Ports: `1433`, `53/udp`, `49152-65535`, or mappings of `from`, `to`, `transport` and `origin`.
fn ports(log: &mut Log<'_>, node: &Node) -> Vec<Port> {
    let mut ports = Vec::new();
    for item in items(node, "ports") {
        if item.as_map().is_some() {
            log.entries(item, "a port", &["from", "to", "transport", "origin"]);
            let from = log.text(item, "from").unwrap_or_default();
            let to = log.text(item, "to").unwrap_or_else(|| from.clone());
            let transport = log.choice(item, "transport", Transport::ALL, Transport::word);
            let text = format!("{from}-{to}/{}", transport.unwrap_or(Transport::Tcp));
            if let Some(origin) = authored(log, item) {
                ports.extend(checked(log, &text, item.span).map(|port| Port { origin, ..port }));
            }
        } else if let Some(text) = log.scalar(item) {
            ports.extend(checked(log, &text, item.span));
        } else {
            log.wrong_item("ports", "a port", item);
        }
    }
    ports
}

fn checked(log: &mut Log<'_>, text: &str, span: Span) -> Option<Port> {
    let port = port(text);
    if port.is_none() {
        let message = format!("`{}` is no port; ports go from 1 to 65535", short(text));
        log.error("model-file/bad-port", message, span);
        if let Some(last) = log.diagnostics.last_mut() {
            last.help = Some("write `1433`, `53/udp` or `49152-65535`".to_owned());
        }
    }
    port
}

fn port(text: &str) -> Option<Port> {
    let (range, transport) = text.trim().split_once('/').unwrap_or((text.trim(), "tcp"));
    let (from, to) = range.split_once('-').unwrap_or((range, range));
    let from: u16 = from.trim().parse().ok()?;
    let to: u16 = to.trim().parse().ok()?;
    let transport = Transport::from_word(transport.trim().to_lowercase().as_str())?;
    (from >= 1 && from <= to).then_some(Port { from, to, transport, origin: Origin::Stated })
}

fn items<'n>(node: &'n Node, key: &str) -> &'n [Node] {
    match node.get(key) {
        None | Some(Node { value: Value::Null, .. }) => &[],
        Some(found) => found.as_list().unwrap_or(std::slice::from_ref(found)),
    }
}

/// The id that the relation will get, for references inside the file.
fn computed_id(flow: &Flow, drafts: &[Draft]) -> String {
    let id = |end: LocalId| {
        let draft = &drafts[end.0];
        ElementId::new(draft.explicit_id.as_ref().unwrap_or(&draft.name))
    };
    relation_id(&id(flow.from), &id(flow.to), &flow_words(flow), flow.label.as_deref())
}

/// What the author wrote as the flow's technology, for its id.
fn flow_words(flow: &Flow) -> Vec<&str> {
    crate::model::technology_words(&flow.technologies, &flow.protocols)
}
