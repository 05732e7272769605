//! Who says less gets questions: with facts taken out of the samples, no verdict of any pack turns around.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use planroom::assessment::VerdictKind;
use planroom::guidance::Packs;
use planroom::model::{FactKey, Facts, Model};

use super::properties::{LAYERED, packs, verdicts};
use crate::samples;

/// Shares of the facts that are taken out, in percent.
const SHARES: [u64; 3] = [10, 30, 50];

/// Each share is taken out in so many ways.
const TIMES: u64 = 2;

#[test]
fn samples_that_say_less_get_questions_and_nothing_else() {
    let packs = packs();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let mut names: Vec<String> = fs::read_dir(root)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.join("planroom.yaml").is_file())
        .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert!(names.len() >= 5, "{names:?}");
    let faults = std::thread::scope(|scope| {
        let running: Vec<_> = names
            .iter()
            .map(|name| {
                let packs = &packs;
                scope.spawn(move || check(name, &samples::judge(name).0, packs))
            })
            .collect();
        running.into_iter().flat_map(|thread| thread.join().unwrap()).collect::<Vec<String>>()
    });
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Takes facts out of the model and tells each verdict that became another one than a question.
fn check(name: &str, model: &Model, packs: &Packs) -> Vec<String> {
    let before = verdicts(packs, model);
    let mut faults = Vec::new();
    for share in SHARES {
        for time in 0..TIMES {
            let after = verdicts(packs, &silenced(model, share, time));
            for (at, kind) in &before {
                if !matches!(kind, VerdictKind::Gap | VerdictKind::Satisfied) {
                    continue;
                }
                let now = after.get(at).copied().unwrap_or(VerdictKind::NotApplicable);
                let quieter = matches!(now, VerdictKind::Unknown | VerdictKind::PotentiallyApplicable);
                if now != *kind && !quieter {
                    faults.push(format!(
                        "{name}, {share}% silent ({time}): {} at {} was {} and is {}",
                        at.0,
                        at.1,
                        kind.word(),
                        now.word()
                    ));
                }
            }
        }
    }
    faults
}

/// The model without so many percent of what is known; `time` chooses which.
fn silenced(model: &Model, share: u64, time: u64) -> Model {
    let mut less = model.clone();
    let mut state = share * 1000 + time;
    let mut thin = |facts: &mut Facts| {
        let known: BTreeSet<FactKey> = facts.iter().map(|fact| fact.key).collect();
        for key in known.into_iter().filter(|key| !LAYERED.contains(key)) {
            // Numerical Recipes' constants; the high bits are the random ones.
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            if (state >> 33) % 100 < share {
                facts.retain(|fact| fact.key != key);
            }
        }
    };
    thin(&mut less.facts);
    less.elements.values_mut().for_each(|element| thin(&mut element.facts));
    less.relations.values_mut().for_each(|relation| thin(&mut relation.facts));
    less
}
