//! Which kinds may be one thing, and which owners may share it.

use crate::model::ElementKind::{self, *};

/// How two kinds of the same name stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kinship {
    /// One thing; the kind says more than either.
    One(ElementKind),
    /// They cannot both be right.
    Contradiction,
    /// Two things that may well share a name: a server and what runs on it.
    Apart,
}

/// What stands for software of any kind: levels of one scale, not opposites.
const fn is_software(kind: ElementKind) -> bool {
    matches!(kind, System | Container | Component)
}

/// What software or a host can turn out to be when another drawing says more.
const fn is_function(kind: ElementKind) -> bool {
    matches!(kind, Gateway | Firewall | Identity | Secrets)
}

const fn keeps_data(kind: ElementKind) -> bool {
    matches!(kind, Datastore | Queue)
}

/// How two kinds of the same name stand to each other; `a` was seen first.
pub(super) fn kinship(a: ElementKind, b: ElementKind) -> Kinship {
    if a == b || b == Unknown {
        return Kinship::One(a);
    }
    let symmetric = |one: fn(ElementKind) -> bool, other: fn(ElementKind) -> bool| {
        (one(a) && other(b)) || (one(b) && other(a))
    };
    let pick = |wanted: fn(ElementKind) -> bool| if wanted(a) { a } else { b };
    if a == Unknown {
        Kinship::One(b)
    } else if is_software(a) && is_software(b) {
        Kinship::One(a)
    } else if symmetric(
        |kind| kind == Boundary,
        |kind| is_software(kind) || matches!(kind, Zone | Network | Host),
    ) {
        Kinship::One(pick(|kind| kind != Boundary))
    } else if symmetric(|kind| kind == Zone, |kind| kind == Network) {
        Kinship::One(Zone)
    } else if symmetric(is_function, |kind| is_software(kind) || kind == Host) {
        Kinship::One(pick(is_function))
    } else if symmetric(keeps_data, |kind| is_software(kind) || is_function(kind))
        || symmetric(|kind| kind == Person, is_software)
        || (keeps_data(a) && keeps_data(b))
        || (is_function(a) && is_function(b))
    {
        Kinship::Contradiction
    } else {
        Kinship::Apart
    }
}

/// What a parent's hold on its children means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Hold {
    /// They are parts of it.
    Owns,
    /// They stand in it.
    Encloses,
    /// They run on it.
    Runs,
    /// They are drawn in it.
    Groups,
}

/// What the hold of a parent of this kind means. Two different owners, zones or hosts keep their
/// children apart; groupings never do.
pub(super) const fn hold(kind: ElementKind) -> Hold {
    match kind {
        System | Container | Component | Datastore | Queue | Gateway | Firewall | Identity | Secrets
        | Person => Hold::Owns,
        Zone | Network => Hold::Encloses,
        Host => Hold::Runs,
        Boundary | Unknown => Hold::Groups,
    }
}

/// Whether a boundary of this stereotype is that of a system or of a part of one, and so an owner.
pub(super) fn names_owner(stereotype: &str) -> bool {
    let word = stereotype.to_lowercase();
    matches!(word.as_str(), "system" | "software system" | "container" | "component")
}

/// Whether an element of this kind, drawn inside a host, may be an instance of a logical one.
pub(super) const fn may_be_instance(kind: ElementKind) -> bool {
    match kind {
        System | Container | Component | Datastore | Queue | Gateway | Identity | Secrets | Unknown => true,
        Person | Host | Firewall | Network | Boundary | Zone => false,
    }
}

/// The kind in words: `a datastore`, `an element of unknown kind`.
pub(super) fn with_article(kind: ElementKind) -> String {
    match kind {
        Unknown => "an element of unknown kind".to_owned(),
        Identity => "an identity provider".to_owned(),
        Secrets => "a keeper of secrets".to_owned(),
        _ => format!("a {kind}"),
    }
}
