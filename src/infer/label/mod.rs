//! What the words on a line say: protocols, ports, protection, and how the flow is used.
//!
//! In: the text of a label or a technology field. Out: [`Said`]. The rule of this room is that
//! ordinary prose says nothing: a word is a protocol and a number is a port only where nothing
//! else can stand.
//!
//! 1. `address`: URLs are taken out of the text.
//! 2. `token`: words, with the names of protocols among them.
//! 3. `port`: numbers that are ports.
//! 4. `protocol`: names that are protocols, and what TLS beside them makes of them.
//! 5. `usage`: words about protection, authentication, direction, phase and purpose.

mod address;
mod port;
mod protocol;
mod token;
mod usage;

use crate::catalog::Catalog;
use crate::model::{DataDirection, Phase, Port};

/// Where a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Position {
    /// Words for people, with technologies perhaps among them.
    Prose,
    /// Technologies and nothing else.
    Technology,
}

/// What a text says of a flow.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Said {
    /// Protocols in written order: id, the author's words.
    pub(super) protocols: Vec<(&'static str, String)>,
    /// Ports in written order.
    pub(super) ports: Vec<Port>,
    /// Protection in transit.
    pub(super) encrypted: Option<Protection>,
    /// A value of the fact `authentication`, and the author's words.
    pub(super) authentication: Option<(&'static str, String)>,
    /// A value of the fact `coupling`, and the author's words.
    pub(super) coupling: Option<(&'static str, String)>,
    /// A value of the fact `purpose`, and the author's words.
    pub(super) purpose: Option<(&'static str, String)>,
    /// When the flow exists.
    pub(super) phase: Option<Phase>,
    /// Which way the content goes.
    pub(super) data: Option<DataDirection>,
    /// Exists only under a condition.
    pub(super) optional: bool,
    /// Another flow may take its place.
    pub(super) alternative: bool,
}

/// What is written about protection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Protection {
    /// The author says that it is protected.
    Stated(String),
    /// The author says that it is not.
    StatedClear(String),
    /// What the author wrote means clear text: `http://`.
    MeansClear(String),
}

/// Words of a text from which on it tells a story and says nothing of a flow.
const LONGEST: usize = 400;

/// Reads a text.
pub(super) fn read(catalog: &'static Catalog, text: &str, position: Position) -> Said {
    let mut said = Said::default();
    let rest = address::take(catalog, text, &mut said);
    let tokens = token::split(catalog, &rest);
    if tokens.len() > LONGEST {
        return said;
    }
    let ports = port::find(catalog, &rest, &tokens, position, &mut said);
    protocol::find(&rest, &tokens, &ports, position, &mut said);
    usage::find(&rest, &tokens, position, &mut said);
    said
}

/// Adds what another text of the same flow says.
pub(super) fn merge(said: &mut Said, other: Said) {
    for (id, written) in other.protocols {
        if !said.protocols.iter().any(|(known, _)| *known == id) {
            said.protocols.push((id, written));
        }
    }
    for port in other.ports {
        if !said.ports.contains(&port) {
            said.ports.push(port);
        }
    }
    said.encrypted = said.encrypted.take().or(other.encrypted);
    said.authentication = said.authentication.take().or(other.authentication);
    said.coupling = said.coupling.take().or(other.coupling);
    said.purpose = said.purpose.take().or(other.purpose);
    said.phase = said.phase.or(other.phase);
    said.data = said.data.or(other.data);
    said.optional |= other.optional;
    said.alternative |= other.alternative;
}

#[cfg(test)]
mod tests;
