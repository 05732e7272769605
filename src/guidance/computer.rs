//! Which elements stand on one computer, as drawn.

use super::index::Index;
use crate::model::{ElementKind, FactKey, Origin};

impl Index<'_> {
    /// Elements on the computer of an element, without itself: the computer's own box as well.
    pub(super) fn beside(&self, at: u32) -> Vec<u32> {
        let spot = self.spot(at);
        let mut found: Vec<u32> = Vec::new();
        for placed in std::iter::once(&at).chain(&spot.instances) {
            let Some(computer) = self.computer(*placed) else { continue };
            for other in std::iter::once(computer).chain(self.members(computer)) {
                // An instance speaks for itself and for what it is an instance of.
                for other in std::iter::once(other).chain(self.spot(other).logical) {
                    let same = other == at || spot.instances.contains(&other) || spot.logical == Some(other);
                    if !same && !self.is_boundary(other) && !found.contains(&other) {
                        found.push(other);
                    }
                }
            }
        }
        found
    }

    /// The computer that an element is or stands on: the innermost host that holds no other host,
    /// is no hypervisor and is not titled as a site, region or environment.
    fn computer(&self, at: u32) -> Option<u32> {
        let innermost = std::iter::once(&at)
            .chain(&self.spot(at).holders)
            .copied()
            .find(|at| self.spot(*at).element.kind == ElementKind::Host)?;
        let spot = self.spot(innermost);
        let holds_hosts =
            spot.children.iter().any(|child| self.spot(*child).element.kind == ElementKind::Host);
        let is_place = [FactKey::Site, FactKey::Region, FactKey::Environment]
            .iter()
            .any(|key| spot.element.facts.at_least(*key, Origin::Stated).is_some());
        (!holds_hosts && !is_place && !spot.traits.contains(&"hypervisor")).then_some(innermost)
    }
}
