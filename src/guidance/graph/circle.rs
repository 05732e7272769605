//! Circles of calls.

use super::column::Column;
use super::depth::{components, hops};
use crate::assessment::Truth;
use crate::guidance::index::{Floor, Index};
use crate::model::{ElementKind, FactKey, Heads, Initiator};

/// It waits for others that wait for it: yes when every flow of the circle is known to be synchronous, unknown when
/// each may be. Persons, stores and what belongs to others wait for nobody; a line with two heads, or one that
/// nobody is known to open, may be a call and its answer, and makes no circle.
pub(super) fn call_circle(index: &Index<'_>, floor: Floor) -> Column {
    let (mut sure, mut maybe) = hops(index, floor);
    for steps in [&mut sure, &mut maybe] {
        for (from, ahead) in steps.iter_mut().enumerate() {
            let from = u32::try_from(from).unwrap_or(u32::MAX);
            ahead.retain(|(flow, to)| serves(index, from) && serves(index, *to) && one_way(index, *flow));
        }
    }
    let in_circle = |steps: &[Vec<(u32, u32)>]| -> Vec<bool> {
        let component = components(steps);
        let mut size = vec![0u32; component.len()];
        component.iter().for_each(|part| size[*part as usize] += 1);
        component.iter().map(|part| size[*part as usize] > 1).collect()
    };
    let (sure, maybe) = (in_circle(&sure), in_circle(&maybe));
    let truth = sure.into_iter().zip(maybe).map(|waits| match waits {
        (true, _) => Truth::True,
        (false, true) => Truth::Unknown,
        (false, false) => Truth::False,
    });
    Column::flags(truth.collect())
}

fn serves(index: &Index<'_>, at: u32) -> bool {
    let element = index.spot(at).element;
    !matches!(element.kind, ElementKind::Person | ElementKind::Datastore | ElementKind::Queue)
        && element.facts.word(FactKey::External) != Some("yes")
}

fn one_way(index: &Index<'_>, flow: u32) -> bool {
    let relation = index.flow(flow).relation;
    match relation.initiator {
        Initiator::From | Initiator::To => true,
        Initiator::Either => false,
        Initiator::Unknown => {
            relation.heads == Heads::One && relation.facts.word(FactKey::Coupling) == Some("sync")
        }
    }
}
