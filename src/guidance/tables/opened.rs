//! The ports that a flow opens: those that count, narrowed by what is known of protection, with the second
//! connection of protocols that hand out a port of their own.

use super::numbers::is_wide;
use super::row::push_new;
use crate::guidance::index::{Edge, Floor, Index};
use crate::guidance::known::{ports, protocols};
use crate::model::{FactKey, FactValue, Facts, Origin, Port, Transport};

/// What a second connection may need until it is pinned: any port that a server hands out.
const HANDED_OUT: (u16, u16) = (1024, 65535);

/// Ports of a flow at its server, with what the reader has to know of a second connection.
pub(super) fn of(index: &Index<'_>, edge: &Edge<'_>, server: u32) -> (Vec<Port>, Option<&'static str>) {
    let mut found: Vec<Port> = Vec::new();
    ports(edge, Floor::Any).for_each(|port| push_new(&mut found, port.clone()));
    narrow(index, edge, &mut found);
    let Some((usual, second)) = protocols(edge, Floor::Any).find_map(|(id, _)| {
        let protocol = index.catalog.protocol(id)?;
        Some((protocol, protocol.second?))
    }) else {
        return (pinned(index, server, &found), None);
    };
    // Whoever wrote more than the usual ports wrote the second ones too.
    let is_usual = |port: &Port| {
        let known = usual.ports.iter().chain(&usual.also);
        port.from == port.to && known.into_iter().any(|usual| usual.number == port.from)
    };
    if found.is_empty() || !found.iter().all(is_usual) {
        return (pinned(index, server, &found), None);
    }
    if let Some(chosen) = chosen(&edge.relation.facts).or_else(|| chosen_of(index, server)) {
        found.extend(chosen);
        return (found, None);
    }
    let origin = found.iter().map(|port| port.origin).min().unwrap_or(Origin::Inferred);
    found.push(Port { from: HANDED_OUT.0, to: HANDED_OUT.1, transport: Transport::Tcp, origin });
    (found, Some(second))
}

/// The ports with the ranges of the server's own choice in the place of dynamic ones.
pub(super) fn pinned(index: &Index<'_>, server: u32, ports: &[Port]) -> Vec<Port> {
    if !ports.iter().any(is_wide) {
        return ports.to_vec();
    }
    let Some(chosen) = chosen_of(index, server) else { return ports.to_vec() };
    let mut pinned: Vec<Port> = ports.iter().filter(|port| !is_wide(port)).cloned().collect();
    chosen.into_iter().for_each(|port| push_new(&mut pinned, port));
    pinned
}

fn chosen_of(index: &Index<'_>, server: u32) -> Option<Vec<Port>> {
    chosen(&index.spot(server).element.facts)
}

/// Ports to which the second connection is pinned, as stated or declared.
fn chosen(facts: &Facts) -> Option<Vec<Port>> {
    let fact = facts.at_least(FactKey::PinnedPorts, Origin::Derived)?;
    let FactValue::List(words) = &fact.value else { return None };
    let ports: Vec<Port> = words.iter().filter_map(|word| port(word, fact.origin)).collect();
    (!ports.is_empty() && ports.len() == words.len()).then_some(ports)
}

fn port(word: &str, origin: Origin) -> Option<Port> {
    let (range, transport) = match word.trim().split_once('/') {
        Some((range, transport)) => (range, Transport::from_word(transport)?),
        None => (word.trim(), Transport::Tcp),
    };
    let (from, to) = range.split_once('-').unwrap_or((range, range));
    let (from, to) = (from.trim().parse().ok()?, to.trim().parse().ok()?);
    let port = Port { from, to, transport, origin };
    (from > 0 && from <= to && !is_wide(&port)).then_some(port)
}

/// Of ports that are only usual, and exclude each other, those that agree with what is known of protection:
/// HTTP that is encrypted is 443, HTTP in clear text 80.
fn narrow(index: &Index<'_>, edge: &Edge<'_>, ports: &mut Vec<Port>) {
    let known = edge.relation.facts.at_least(FactKey::Encrypted, Origin::Derived);
    let Some(encrypted) = known.and_then(|fact| match &fact.value {
        FactValue::Word(word) if word == "yes" => Some(true),
        FactValue::Word(word) if word == "no" => Some(false),
        _ => None,
    }) else {
        return;
    };
    if ports.iter().any(|port| port.origin > Origin::Inferred) {
        return;
    }
    for (id, _) in protocols(edge, Floor::Any) {
        let Some(protocol) = index.catalog.protocol(id) else { continue };
        let Some(secured) = protocol.secured.and_then(|id| index.catalog.protocol(id)) else { continue };
        let safe = |port: &Port| secured.ports.iter().any(|other| other.number == port.from);
        let own = |port: &Port| protocol.ports.iter().any(|other| other.number == port.from);
        if ports.iter().any(|port| own(port) && safe(port))
            && ports.iter().any(|port| own(port) && !safe(port))
        {
            ports.retain(|port| !own(port) || safe(port) == encrypted);
        }
    }
}
