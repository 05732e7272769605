//! Names for the sources and destinations of rules: what a network team would call an address group.
//!
//! One element is its own group. Several that perform a role which nobody else of their zone performs are
//! named for the role; any others for the first of them.

use std::collections::BTreeMap;

use super::documented::has_role;
use crate::assessment::AddressGroup;
use crate::guidance::index::Index;
use crate::model::{ElementId, FactKey, FactValue};

/// Characters that the names of a group's members may take together before the group is named otherwise.
const MOST_LETTERS: usize = 64;

/// The groups of one firewall list.
#[derive(Default)]
pub(super) struct Groups {
    list: Vec<AddressGroup>,
    by_members: BTreeMap<Vec<ElementId>, usize>,
}

impl Groups {
    /// The name of the group of these members; it is added when it is new.
    pub(super) fn name(
        &mut self,
        index: &Index<'_>,
        members: &[ElementId],
        roles: Option<&[String]>,
    ) -> String {
        if let Some(at) = self.by_members.get(members) {
            return self.list[*at].name.clone();
        }
        let mut name = named(index, members, roles);
        if self.list.iter().any(|group| group.name == name) {
            name = format!("{name} ({})", members.first().map_or("", ElementId::as_str));
        }
        let numbers: Vec<u32> = members.iter().filter_map(|id| index.number(id)).collect();
        let mut addresses = Vec::new();
        let mut without_address = Vec::new();
        for at in &numbers {
            let found = addresses_of(index, *at);
            if found.is_empty() {
                without_address.push(index.spot(*at).element.id.clone());
            }
            addresses.extend(found);
        }
        self.by_members.insert(members.to_vec(), self.list.len());
        self.list.push(AddressGroup {
            name: name.clone(),
            members: members.to_vec(),
            addresses,
            without_address,
            some_member: numbers.iter().any(|at| index.is_boundary(*at)),
        });
        name
    }

    /// The groups in the order of their first use.
    pub(super) fn into_list(self) -> Vec<AddressGroup> {
        self.list
    }
}

/// Addresses as stated of an element, else of its instances.
fn addresses_of(index: &Index<'_>, at: u32) -> Vec<String> {
    let own = |at: u32| match index.spot(at).element.facts.get(FactKey::Address).map(|fact| &fact.value) {
        Some(FactValue::List(words)) => words.clone(),
        Some(FactValue::Text(word) | FactValue::Word(word)) => vec![word.clone()],
        Some(FactValue::Count(_) | FactValue::AtLeast(_)) | None => Vec::new(),
    };
    let found = own(at);
    if !found.is_empty() {
        return found;
    }
    let instances = &index.spot(at).instances;
    // An address of one instance alone would leave the others out.
    let of_each: Vec<Vec<String>> = instances.iter().map(|instance| own(*instance)).collect();
    if of_each.iter().all(|found| !found.is_empty()) { of_each.concat() } else { Vec::new() }
}

fn named(index: &Index<'_>, members: &[ElementId], roles: Option<&[String]>) -> String {
    let numbers: Vec<u32> = members.iter().filter_map(|id| index.number(id)).collect();
    let name = |at: u32| index.spot(at).element.name.as_str();
    if let [only] = numbers.as_slice() {
        return name(*only).to_owned();
    }
    let names: Vec<&str> = numbers.iter().map(|at| name(*at)).collect();
    let joined = names.join(" + ");
    let zone = numbers.first().and_then(|at| index.spot(*at).zone);
    let together = numbers.iter().all(|at| index.spot(*at).zone == zone);
    if let (Some(zone), true) = (zone, together) {
        if let Some(role) = shared_role(index, zone, &numbers, roles) {
            return format!("{role} ({})", name(zone));
        }
        if joined.chars().count() > MOST_LETTERS {
            return format!("{} + {} more ({})", names[0], names.len() - 1, name(zone));
        }
    }
    joined
}

/// A role that these and no other members of the zone perform; those of the documented row first.
fn shared_role(index: &Index<'_>, zone: u32, numbers: &[u32], roles: Option<&[String]>) -> Option<String> {
    let first = numbers.first()?;
    let known: Vec<String> =
        match index.spot(*first).element.facts.get(FactKey::Roles).map(|fact| &fact.value) {
            Some(FactValue::List(roles)) => roles.clone(),
            Some(FactValue::Word(role) | FactValue::Text(role)) => vec![role.clone()],
            Some(FactValue::Count(_) | FactValue::AtLeast(_)) | None => Vec::new(),
        };
    let performs = |at: u32, role: &String| has_role(index, at, std::slice::from_ref(role));
    let fits = |role: &&String| {
        numbers.iter().all(|at| performs(*at, role))
            && index
                .members(zone)
                .into_iter()
                .filter(|at| index.is_judged(*at) && index.spot(*at).zone == Some(zone))
                .all(|at| numbers.contains(&at) || !performs(at, role))
    };
    let preferred = roles.into_iter().flatten().find(fits);
    preferred.or_else(|| known.iter().find(fits)).cloned()
}
