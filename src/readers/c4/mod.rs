//! C4 by the names of its macros, as C4-PlantUML and Mermaid write them; the library itself is never read.
//!
//! C4-PlantUML 2.11, "README.md" and the signatures of its procedures: positional and named arguments. Calls go in;
//! elements, relations and groups of a [`Builder`] come out.

mod element;
mod properties;
mod relation;
mod setting;

use std::collections::BTreeMap;

use super::arguments::{Arguments, Call};
use super::fate::Fate;
use super::sketch::{Base, Builder};
use crate::model::ElementKind;
use crate::source::Place;
use crate::wording::label::Markup;
use properties::Properties;

/// What the macros of one diagram have said so far.
#[derive(Debug)]
pub(super) struct Macros {
    /// Technologies that tags stand for.
    pub(super) tags: BTreeMap<String, String>,
    markup: &'static Markup,
    /// Properties that wait for the next element or relation.
    properties: Properties,
    /// Relations are steps, and are counted.
    dynamic: bool,
    /// The number of the last step.
    step: u32,
}

impl Macros {
    /// Macros of a diagram whose texts are taken apart in this way. In a dynamic diagram relations are steps.
    pub(super) fn new(markup: &'static Markup, dynamic: bool) -> Self {
        Self { tags: BTreeMap::new(), markup, properties: Properties::default(), dynamic, step: 0 }
    }

    /// Lowers a call; `None` when it is no macro of C4.
    pub(super) fn call(&mut self, builder: &mut Builder, call: &Call, place: Place) -> Option<Fate> {
        let name = call.name.as_str();
        let base = name.strip_suffix("_Ext").unwrap_or(name);
        if name == "Boundary_End" {
            builder.leave();
            return Some(Fate::Understood);
        }
        if relation::is_relation(base) {
            return Some(self.relation(builder, call, place));
        }
        let Some((kind, places)) = element::family(base) else { return self.setting(builder, call, place) };
        let Some(alias) = Arguments(call).get("alias", 0) else { return Some(Fate::Unknown) };
        let draft = self.element(call, base, alias, kind, places, place);
        let at = builder.declare(alias, Base::Kind(draft.kind), draft, true);
        if let Some(node) = builder.nodes.get_mut(at) {
            node.deploys |= kind == ElementKind::Host;
        }
        if call.opens && !call.closes {
            builder.enter(at, place);
        } else if !call.opens {
            builder.opens_next = Some(at);
        }
        Some(Fate::Understood)
    }
}

/// Names of the macros that draw, for "did you mean".
pub(super) fn names() -> Vec<String> {
    let elements = element::FAMILIES.iter().flat_map(|(name, kind, _)| {
        let external = !matches!(kind, ElementKind::Boundary | ElementKind::Host);
        [Some((*name).to_owned()), external.then(|| format!("{name}_Ext"))].into_iter().flatten()
    });
    let ends = ["", "_U", "_Up", "_D", "_Down", "_L", "_Left", "_R", "_Right", "_Back", "_Neighbor"];
    let relations =
        relation::RELATIONS.iter().flat_map(|name| ends.iter().map(move |end| format!("{name}{end}")));
    elements.chain(relations).collect()
}

/// Whether a macro of this name draws an element or a relation of C4.
pub(super) fn is_known(name: &str) -> bool {
    let base = name.strip_suffix("_Ext").unwrap_or(name);
    relation::is_relation(base) || element::family(base).is_some()
}

/// `a+b`: the tags of an element.
fn tags(text: &str) -> Vec<String> {
    text.split('+').map(|tag| tag.trim().to_owned()).filter(|tag| !tag.is_empty()).collect()
}
