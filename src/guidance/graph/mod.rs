//! What follows from who is connected to whom, *as drawn*: one function a property, in one list.

mod circle;
mod column;
mod depth;
mod outside;
mod structure;
mod walk;

pub(super) use column::{Column, GraphFact};
pub(super) use walk::{cheapest, path_to, search};

use circle::call_circle;
use depth::sync_chain_depth;
pub(super) use depth::{open_hops, sync_chain};
use outside::{firewalls_from_internet, gateway_bypass, reachable_from_internet};
use structure::{articulation_point, boundaries, connected, fan_in, fan_out};

/// Every property of the graph that rules may ask for.
pub(super) const GRAPH_FACTS: &[GraphFact] = &[
    GraphFact { name: "reachable-from-internet", counts: false, compute: reachable_from_internet },
    GraphFact { name: "gateway-bypass", counts: false, compute: gateway_bypass },
    GraphFact { name: "articulation-point", counts: false, compute: articulation_point },
    GraphFact { name: "connected", counts: false, compute: connected },
    GraphFact { name: "fan-in", counts: true, compute: fan_in },
    GraphFact { name: "fan-out", counts: true, compute: fan_out },
    GraphFact { name: "sync-chain-depth", counts: true, compute: sync_chain_depth },
    GraphFact { name: "call-circle", counts: false, compute: call_circle },
    GraphFact { name: "boundaries", counts: true, compute: boundaries },
    GraphFact { name: "firewalls-from-internet", counts: true, compute: firewalls_from_internet },
];

/// Position of [`reachable_from_internet`] in the list.
pub(super) const REACHABLE: usize = 0;
