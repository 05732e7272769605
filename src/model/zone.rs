//! Zones: boundaries with a trust meaning.

use super::id::ElementId;
use super::word::words;
use crate::source::Place;

words! {
    /// What a zone is for; the order is from the outside in.
    pub enum ZoneKind {
        /// The public network; trust level 0.
        Internet = "internet",
        /// Networks of partners; trust level 1.
        Partner = "partner",
        /// The edge: DMZ, screened subnet; trust level 2.
        Perimeter = "perimeter",
        /// Offices, intranet services, users; trust level 3.
        Corporate = "corporate",
        /// Processing; trust level 3.
        Application = "application",
        /// Databases; trust level 4.
        Data = "data",
        /// Administration and monitoring; trust level 4.
        Management = "management",
        /// Nobody said.
        Unknown = "unknown",
    }
}

impl ZoneKind {
    /// Trust level by definition, 0 (untrusted) to 4 (most trusted); `None` when unknown.
    pub const fn trust_level(self) -> Option<u8> {
        match self {
            Self::Internet => Some(0),
            Self::Partner => Some(1),
            Self::Perimeter => Some(2),
            Self::Corporate | Self::Application => Some(3),
            Self::Data | Self::Management => Some(4),
            Self::Unknown => None,
        }
    }
}

/// The trust meaning of an element of kind zone.
#[derive(Clone, Debug, PartialEq)]
pub struct Zone {
    /// The element.
    pub element: ElementId,
    /// What it is for.
    pub kind: ZoneKind,
    /// 0 to 4; `None` when unknown.
    pub trust_level: Option<u8>,
    /// The author's word for it, as written.
    pub role: String,
    /// Zones that it trusts, as stated.
    pub trusts: Vec<ElementId>,
    /// Whether trusts were stated at all; then an empty list means that it trusts nobody.
    pub trusts_stated: bool,
    /// What separates it from its neighbors, as drawn or stated.
    pub separations: Vec<Separation>,
}

/// What stands between two zones.
#[derive(Clone, Debug, PartialEq)]
pub struct Separation {
    /// The other zone.
    pub neighbor: ElementId,
    /// Firewalls and gateways that stand between.
    pub devices: Vec<ElementId>,
    /// Where that is written.
    pub place: Option<Place>,
}
