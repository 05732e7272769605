//! Yes-or-no properties that the drawing itself decides.

use super::catalog_words;
use super::evaluate::Judge;
use super::index::{At, Edge, Floor};
use super::predicate::Drawn;
use crate::model::{Element, ElementKind, FactValue, Heads};

impl Judge<'_> {
    pub(super) fn drawn(&self, what: Drawn, at: At) -> bool {
        let index = self.index;
        match (what, at) {
            (Drawn::Alternative, At::Relation(at)) => index.flow(at).relation.alternative.is_some(),
            (Drawn::Optional, At::Relation(at)) => index.flow(at).relation.optional,
            (Drawn::Labeled, At::Relation(at)) => {
                let relation = index.flow(at).relation;
                relation.label.as_ref().is_some_and(|label| !label.trim().is_empty())
                    || !relation.technologies.is_empty()
            }
            (Drawn::Directed, At::Relation(at)) => index.flow(at).relation.heads != Heads::None,
            (Drawn::Dashed, At::Relation(at)) => index.flow(at).relation.dashed,
            (Drawn::SelfLoop, At::Relation(at)) => index.flow(at).from == index.flow(at).to,
            (Drawn::Mediated, At::Relation(at)) => self.mediator(at).is_some(),
            (Drawn::Conflicts, _) => index.conflicts > 0,
            (Drawn::NearMerges, _) => index.model.merges.iter().any(|merge| merge.near_miss.is_some()),
            (Drawn::SupportListed, At::Element(at)) => {
                catalog_words::support_listed(index.catalog, index.spot(at).element)
            }
            (Drawn::Redacted, at) => self.redacted(at),
            _ => false,
        }
    }

    /// The pass-through element that ends a flow's connection and opens a new one.
    pub(super) fn mediator(&self, flow: u32) -> Option<u32> {
        self.index.flow(flow).via.iter().copied().find(|at| {
            let spot = self.index.spot(*at);
            spot.element.kind == ElementKind::Gateway
                || spot.traits.iter().any(|word| catalog_words::MEDIATORS.contains(word))
                || spot.element.kind != ElementKind::Firewall
                    && self
                        .index
                        .zone_kind(*at, Floor::Any)
                        .is_some_and(|(kind, ..)| *kind == FactValue::word("perimeter"))
        })
    }

    fn redacted(&self, at: At) -> bool {
        const MARK: &str = "«redacted»";
        let element = |element: &Element| {
            let texts = element.description.iter().chain(&element.tags).chain(&element.stereotypes);
            let written = element.technologies.iter().map(|technology| &technology.written);
            std::iter::once(&element.name)
                .chain(texts)
                .chain(written)
                .chain(element.properties.values())
                .any(|text| text.contains(MARK))
        };
        let relation = |edge: &Edge<'_>| {
            let relation = edge.relation;
            let written = relation.technologies.iter().map(|technology| &technology.written);
            relation
                .label
                .iter()
                .chain(written)
                .chain(relation.properties.values())
                .any(|text| text.contains(MARK))
        };
        match at {
            At::Element(at) => element(self.index.spot(at).element),
            At::Relation(at) => relation(self.index.flow(at)),
            At::View(at) => {
                self.index.model.views[at as usize].notes.iter().any(|note| note.text.contains(MARK))
            }
            At::Model => {
                self.index.spots.iter().any(|spot| element(spot.element))
                    || self.index.flows.iter().any(relation)
                    || self
                        .index
                        .model
                        .views
                        .iter()
                        .flat_map(|view| &view.notes)
                        .any(|note| note.text.contains(MARK))
            }
        }
    }
}
