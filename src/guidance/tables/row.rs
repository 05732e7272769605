//! A row of the port matrix with what the firewall list needs of it.

use crate::assessment::PortRow;
use crate::guidance::index::{Edge, Index};
use crate::guidance::known::opener;
use crate::model::{Heads, Initiator, Port};

/// A row with what the firewall list needs of it.
pub(super) struct Row {
    pub(super) row: PortRow,
    pub(super) ports: Vec<Port>,
    pub(super) opening: Opening,
    /// Zone (or group) of each side; `None` when it is not known.
    pub(super) from: Option<u32>,
    pub(super) to: Option<u32>,
    /// The roles that the documentation names for each side; empty for rows that only a drawing shows.
    pub(super) roles: Option<(Vec<String>, Vec<String>)>,
}

impl Row {
    /// Whether both ends stand in a known zone or group.
    pub(super) fn between_zones(&self) -> bool {
        self.from.is_some() && self.to.is_some()
    }
}

/// Who opens the connections of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Opening {
    /// The client's side.
    Client,
    /// Either side may.
    Either,
    /// The line has two heads, and nobody said who opens it.
    TwoHeads,
    /// Nobody said, and the line has no head.
    NotSaid,
}

impl Opening {
    pub(super) fn of(edge: &Edge<'_>) -> Self {
        match (opener(edge), edge.relation.heads, edge.relation.initiator) {
            (Some(_), ..) => Self::Client,
            (None, Heads::Both, _) => Self::TwoHeads,
            (None, _, Initiator::Either) => Self::Either,
            (None, ..) => Self::NotSaid,
        }
    }
}

/// Client, server and pass-through elements in order from the client.
pub(super) fn oriented(edge: &Edge<'_>) -> (u32, u32, Vec<u32>) {
    let mut via = edge.via.clone();
    if opener(edge) == Some(false) {
        via.reverse();
        return (edge.to, edge.from, via);
    }
    (edge.from, edge.to, via)
}

/// The zone of an element, else the innermost boundary that holds it.
pub(super) fn group(index: &Index<'_>, at: u32) -> Option<u32> {
    let spot = index.spot(at);
    spot.zone.or_else(|| {
        std::iter::once(&at).chain(&spot.holders).copied().find(|holder| index.is_boundary(*holder))
    })
}

/// Whether an element is the zone or stands in it, at any depth.
pub(super) fn stands_in(index: &Index<'_>, at: u32, zone: u32) -> bool {
    at == zone || index.spot(at).holders.contains(&zone)
}

/// Devices between two zones: as the zones state, else those that drawn flows between them pass.
pub(super) fn between(index: &Index<'_>, from: u32, to: u32) -> Vec<u32> {
    for (zone, neighbor, reverse) in [(from, to, false), (to, from, true)] {
        let Some(trust) = index.spot(zone).trust else { continue };
        let other = &index.spot(neighbor).element.id;
        if let Some(separation) = trust.separations.iter().find(|separation| separation.neighbor == *other) {
            let mut devices: Vec<u32> = separation.devices.iter().filter_map(|id| index.number(id)).collect();
            if reverse {
                devices.reverse();
            }
            if !devices.is_empty() {
                return devices;
            }
        }
    }
    let mut best: Vec<u32> = Vec::new();
    for edge in index.flows.iter().filter(|edge| !edge.via.is_empty()) {
        let mut via = edge.via.clone();
        if stands_in(index, edge.from, to) && stands_in(index, edge.to, from) {
            via.reverse();
        } else if !(stands_in(index, edge.from, from) && stands_in(index, edge.to, to)) {
            continue;
        }
        if best.is_empty() || via.len() < best.len() {
            best = via;
        }
    }
    best
}

/// Adds an item that is not in the list yet.
pub(super) fn push_new<T: PartialEq>(list: &mut Vec<T>, item: T) {
    if !list.contains(&item) {
        list.push(item);
    }
}
