//! Sets that quantifiers run over, and whether they are known to be all.

use super::evaluate::Judge;
use super::index::At;
use super::predicate::{Set, Way};

impl Judge<'_> {
    /// What the set holds, and whether it is known to be all.
    pub(super) fn set(&self, set: Set, at: At) -> (Vec<At>, bool) {
        let index = self.index;
        let elements = |numbers: Vec<u32>| numbers.into_iter().map(At::Element).collect::<Vec<At>>();
        match (set, at) {
            (Set::Flows(way), At::Element(number)) => {
                (self.flows(way, number).into_iter().map(At::Relation).collect(), index.spot(number).complete)
            }
            (Set::Members, At::Element(number)) => {
                (elements(index.members(number)), index.spot(number).complete)
            }
            (Set::Instances, At::Element(number)) => {
                (elements(index.spot(number).instances.clone()), index.spot(number).complete)
            }
            (Set::Beside, At::Element(number)) => {
                (elements(index.beside(number)), index.spot(number).complete)
            }
            (Set::Trusts, At::Element(number)) => {
                let Some(zone) = index.spot(number).trust else { return (Vec::new(), false) };
                let trusted = zone.trusts.iter().filter_map(|id| index.number(id)).collect();
                (elements(trusted), zone.trusts_stated)
            }
            (Set::SeparatedBy, At::Element(number)) => {
                let separations = index.spot(number).trust.map_or(&[][..], |zone| &zone.separations);
                let mut devices: Vec<u32> = Vec::new();
                for device in separations.iter().flat_map(|separation| &separation.devices) {
                    let Some(device) = index.number(device) else { continue };
                    if !devices.contains(&device) {
                        devices.push(device);
                    }
                }
                (elements(devices), index.spot(number).complete)
            }
            (Set::Alternatives, At::Relation(number)) => {
                let others = index.alternatives(number).iter().filter(|other| **other != number);
                (others.map(|other| At::Relation(*other)).collect(), true)
            }
            (Set::Elements | Set::Zones, At::Model) => {
                let judged = if set == Set::Zones { &index.zones } else { &index.elements };
                (judged.iter().map(|at| At::Element(*at)).collect(), index.complete)
            }
            (Set::Relations, At::Model) => {
                ((0..count(index.flows.len())).map(At::Relation).collect(), index.complete)
            }
            (Set::Views, At::Model) => ((0..count(index.model.views.len())).map(At::View).collect(), true),
            (Set::Elements | Set::Zones, At::View(view)) => {
                let view = &index.model.views[view as usize];
                let shown = view.nodes.iter().filter_map(|node| index.number(&node.element));
                let zones = set == Set::Zones;
                let wanted =
                    |at: &u32| index.is_boundary(*at) == zones && (!zones || index.spot(*at).trust.is_some());
                (shown.filter(wanted).map(At::Element).collect(), view.complete)
            }
            (Set::Relations, At::View(view)) => {
                let view = &index.model.views[view as usize];
                let drawn: std::collections::BTreeSet<&str> =
                    view.relations.iter().map(|id| id.as_str()).collect();
                let shown = (0..count(index.flows.len())).filter(|at| {
                    let relation = index.flow(*at).relation;
                    std::iter::once(&relation.id)
                        .chain(&relation.pieces)
                        .any(|id| drawn.contains(id.as_str()))
                });
                (shown.map(At::Relation).collect(), view.complete)
            }
            _ => (Vec::new(), false),
        }
    }

    /// Flows of an element; of a zone or boundary, those that cross its border.
    fn flows(&self, way: Way, at: u32) -> Vec<u32> {
        let spot = self.index.spot(at);
        let mut found: Vec<u32> = Vec::new();
        if way != Way::Outgoing {
            found.extend(&spot.incoming);
        }
        if way != Way::Incoming {
            // A flow to itself is in both lists.
            let again = |flow: u32| way == Way::Either && self.index.flow(flow).to == at;
            found.extend(spot.outgoing.iter().filter(|flow| !again(**flow)));
        }
        if !self.index.is_boundary(at) {
            return found;
        }
        let members = self.index.members(at);
        let mut inside = vec![false; self.index.spots.len()];
        members.iter().for_each(|member| inside[*member as usize] = true);
        for member in &members {
            let member = self.index.spot(*member);
            let enters = member.incoming.iter().filter(|flow| !inside[self.index.flow(**flow).from as usize]);
            let leaves = member.outgoing.iter().filter(|flow| !inside[self.index.flow(**flow).to as usize]);
            if way != Way::Outgoing {
                found.extend(enters);
            }
            if way != Way::Incoming {
                found.extend(leaves);
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// A length as a number of the index.
pub(super) fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
