//! Evidence: the leaves that decided a predicate, and what is missing where nothing decides.

use super::evaluate::Judge;
use super::index::{At, Floor, Index};
use super::predicate::{Drawn, End, Predicate, Quantity, Set, Test};
use crate::assessment::{Evidence, SubjectRef, Truth};
use crate::model::Origin;
use crate::source::Place;

/// Leaves that one verdict shows at most.
const MOST: usize = 12;

/// The subject that outputs name.
pub(super) fn subject_of(index: &Index<'_>, at: At) -> SubjectRef {
    match at {
        At::Element(at) if index.spot(at).trust.is_some() => {
            SubjectRef::Zone(index.spot(at).element.id.clone())
        }
        At::Element(at) => SubjectRef::Element(index.spot(at).element.id.clone()),
        At::Relation(at) => SubjectRef::Relation(index.flow(at).relation.id.clone()),
        At::View(at) => SubjectRef::View(index.model.views[at as usize].id.clone()),
        At::Model => SubjectRef::Model,
    }
}

/// What people call it: `Web server`, `Web server → Database`.
pub(super) fn name_of(index: &Index<'_>, at: At) -> String {
    match at {
        At::Element(at) => index.spot(at).element.name.clone(),
        At::Relation(at) => {
            let edge = index.flow(at);
            format!("{} → {}", index.spot(edge.from).element.name, index.spot(edge.to).element.name)
        }
        At::View(at) => index.model.views[at as usize].title.clone(),
        At::Model => "the model".to_owned(),
    }
}

pub(super) fn place_of(index: &Index<'_>, at: At) -> Option<Place> {
    match at {
        At::Element(at) => index.spot(at).element.origins.first().copied(),
        At::Relation(at) => index.flow(at).relation.origins.first().copied(),
        At::View(at) => Some(index.model.views[at as usize].source),
        At::Model => None,
    }
}

impl Judge<'_> {
    /// The leaves that made the predicate what it is.
    pub(super) fn explain(&self, predicate: &Predicate, at: At, floor: Floor) -> Vec<Evidence> {
        let mut found = Vec::new();
        self.leaves(predicate, at, floor, &mut found);
        found
    }

    fn leaves(&self, predicate: &Predicate, at: At, floor: Floor, found: &mut Vec<Evidence>) {
        if found.len() >= MOST {
            return;
        }
        let whole = self.truth(predicate, at, floor);
        match predicate {
            Predicate::All(parts) => {
                let deciding = parts.iter().filter(|part| self.truth(part, at, floor) == whole);
                let most = if whole == Truth::False { 1 } else { usize::MAX };
                deciding.take(most).for_each(|part| self.leaves(part, at, floor, found));
            }
            Predicate::Any(parts) => {
                let deciding = parts.iter().filter(|part| self.truth(part, at, floor) == whole);
                let most = if whole == Truth::True { 1 } else { usize::MAX };
                deciding.take(most).for_each(|part| self.leaves(part, at, floor, found));
            }
            Predicate::Not(inner) => self.leaves(inner, at, floor, found),
            // What is not there explains nothing.
            Predicate::Unless(inner) => {
                if whole == Truth::False {
                    self.leaves(inner, at, floor, found);
                }
            }
            Predicate::OfModel(inner) => self.leaves(inner, At::Model, floor, found),
            Predicate::Test(test) => self.leaf(test, at, floor, whole, found),
        }
    }

    fn leaf(&self, test: &Test, at: At, floor: Floor, truth: Truth, found: &mut Vec<Evidence>) {
        match (test, at) {
            (Test::Quantifier(set, quantity, inner), _) => {
                self.members_told(*set, *quantity, inner, at, floor, truth, found);
            }
            (Test::End(end, inner), At::Relation(flow)) => {
                for end in self.deciding_ends(*end, inner, flow, floor, truth) {
                    self.leaves(inner, At::Element(end), floor, found);
                }
            }
            (Test::Passes(inner), At::Relation(flow)) => {
                let via = self.index.flow(flow).via.clone();
                self.first_of(&via, inner, floor, truth, found);
            }
            (Test::Inside(inner), At::Element(number)) => {
                let holders = self.holders(number);
                self.first_of(&holders, inner, floor, truth, found);
            }
            (Test::Zone(inner), At::Element(number)) => {
                if let Some(zone) = self.index.spot(number).zone {
                    self.leaves(inner, At::Element(zone), floor, found);
                }
            }
            // What our catalog lists is nothing that the drawing says.
            (Test::Drawn(Drawn::SupportListed, _), _) => {}
            _ => {
                let evidence = self.evidence(test, at, floor, truth);
                let same = |known: &Evidence| known.subject == evidence.subject && known.key == evidence.key;
                if !found.iter().any(same) {
                    found.push(evidence);
                }
            }
        }
    }

    fn first_of(
        &self,
        numbers: &[u32],
        inner: &Predicate,
        floor: Floor,
        truth: Truth,
        found: &mut Vec<Evidence>,
    ) {
        let deciding = numbers.iter().find(|at| self.truth(inner, At::Element(**at), floor) == truth);
        if let Some(at) = deciding {
            self.leaves(inner, At::Element(*at), floor, found);
        }
    }

    pub(super) fn deciding_ends(
        &self,
        end: End,
        inner: &Predicate,
        flow: u32,
        floor: Floor,
        truth: Truth,
    ) -> Vec<u32> {
        let edge = self.index.flow(flow);
        let (client, server) = match super::known::opener(edge) {
            Some(false) => (edge.to, edge.from),
            Some(true) | None => (edge.from, edge.to),
        };
        let ends = match end {
            End::From => vec![edge.from],
            End::To => vec![edge.to],
            End::Client => vec![client],
            End::Server => vec![server],
            End::Either | End::Both => vec![edge.from, edge.to],
        };
        let one_is_enough =
            (end == End::Either && truth == Truth::True) || (end == End::Both && truth == Truth::False);
        let most = if one_is_enough { 1 } else { 2 };
        ends.into_iter().filter(|at| self.truth(inner, At::Element(*at), floor) == truth).take(most).collect()
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one quantifier and of one evaluation")]
    fn members_told(
        &self,
        set: Set,
        quantity: Quantity,
        inner: &Predicate,
        at: At,
        floor: Floor,
        truth: Truth,
        found: &mut Vec<Evidence>,
    ) {
        let (members, _) = self.set(set, at);
        let wanted = match (quantity, truth) {
            (_, Truth::Unknown) => Truth::Unknown,
            (Quantity::Every, Truth::False) => Truth::False,
            (Quantity::Some, Truth::False) | (Quantity::None, Truth::True) => Truth::False,
            (Quantity::AtLeast(_), Truth::False) => Truth::False,
            (Quantity::Every | Quantity::Some | Quantity::AtLeast(_) | Quantity::Exactly(_), _) => {
                Truth::True
            }
            (Quantity::None, Truth::False) => Truth::True,
        };
        let deciding: Vec<At> =
            members.iter().copied().filter(|member| self.truth(inner, *member, floor) == wanted).collect();
        let most = match (quantity, truth) {
            (Quantity::Some, Truth::True) | (Quantity::None, Truth::False) => 1,
            (Quantity::Every, Truth::False) => 3,
            (Quantity::AtLeast(least), Truth::True) => least as usize,
            _ => 6,
        };
        let before = found.len();
        for member in deciding.iter().take(most) {
            self.leaves(inner, *member, floor, found);
            // `{some: {}}` has no leaf of its own: the member is the evidence.
            if found.len() == before {
                found.push(Evidence {
                    subject: subject_of(self.index, *member),
                    key: set.word().to_owned(),
                    value: Some(name_of(self.index, *member)),
                    origin: Some(Origin::Stated),
                    place: place_of(self.index, *member),
                    text: format!("{} is drawn", name_of(self.index, *member)),
                    path: Vec::new(),
                    truth,
                });
            }
        }
        if deciding.is_empty() || (matches!(quantity, Quantity::Exactly(_)) && truth != Truth::Unknown) {
            let count = deciding.len();
            let value = (truth != Truth::Unknown).then(|| count.to_string());
            let text = match &value {
                Some(_) => format!("{count} of the {} of {}, as drawn", set.word(), name_of(self.index, at)),
                None => format!("none of the {} of {} says so", set.word(), name_of(self.index, at)),
            };
            found.push(Evidence {
                subject: subject_of(self.index, at),
                key: set.word().to_owned(),
                origin: value.is_some().then_some(Origin::Derived),
                value,
                place: place_of(self.index, at),
                text,
                path: Vec::new(),
                truth,
            });
        }
    }
}
