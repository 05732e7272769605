//! Rules that give way to each other in a circle: on a subject of all of them nobody would speak.

use std::collections::{BTreeMap, BTreeSet};

use super::rule::{Pack, Rule};
use crate::diagnostic::Diagnostic;

/// Refuses circles of `yields-to` and of `includes`; each is told once, at its first rule.
pub(super) fn refuse_circles(packs: &[Pack], told: &mut Vec<Diagnostic>) {
    let yields = |rule: &Rule| -> Vec<String> {
        rule.card.yields_to.iter().map(|name| name.rsplit('/').next().unwrap_or(name).to_owned()).collect()
    };
    refuse(packs, "yield to each other", yields, told);
    refuse(packs, "include each other", |rule| rule.card.includes.clone(), told);
}

fn refuse(packs: &[Pack], what: &str, next: impl Fn(&Rule) -> Vec<String>, told: &mut Vec<Diagnostic>) {
    let rules: Vec<&Rule> = packs.iter().flat_map(|pack| &pack.rules).collect();
    let at: BTreeMap<&str, usize> =
        rules.iter().enumerate().map(|(at, rule)| (rule.card.id.as_str(), at)).collect();
    let edges: Vec<Vec<usize>> = rules
        .iter()
        .map(|rule| next(rule).iter().filter_map(|id| at.get(id.as_str()).copied()).collect())
        .collect();
    let mut done: BTreeSet<usize> = BTreeSet::new();
    for start in 0..rules.len() {
        // A rule that names itself is told by the linter.
        let Some(circle) = circle(start, &edges, &mut done).filter(|circle| circle.len() > 1) else {
            continue;
        };
        let names: Vec<String> = circle.iter().map(|at| format!("`{}`", rules[*at].card.id)).collect();
        let message = format!("rules {what} in a circle: {}", names.join(", "));
        let help = "on a subject of all of them nobody would speak: leave out one of the names";
        told.push(Diagnostic::error("pack/lint", message, rules[circle[0]].span).help(help));
    }
}

/// A circle that is reached from a rule and was not seen before. Walks with a stack of its own, however
/// long the chain is; `done` holds what leads into no further circle.
fn circle(start: usize, edges: &[Vec<usize>], done: &mut BTreeSet<usize>) -> Option<Vec<usize>> {
    let mut path: Vec<(usize, usize)> = vec![(start, 0)];
    let mut places: BTreeMap<usize, usize> = BTreeMap::from([(start, 0)]);
    let mut found = None;
    while let Some((at, nth)) = path.last_mut() {
        let here = *at;
        let next = edges[here].get(*nth).copied();
        *nth += 1;
        match next {
            _ if done.contains(&here) => {
                path.pop();
                places.remove(&here);
            }
            None => {
                done.insert(here);
                path.pop();
                places.remove(&here);
            }
            Some(next) => match places.get(&next) {
                Some(from) if found.is_none() => {
                    found = Some(path[*from..].iter().map(|(on, _)| *on).collect());
                }
                Some(_) => {}
                None => {
                    places.insert(next, path.len());
                    path.push((next, 0));
                }
            },
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn circles_are_found_once_and_chains_are_none() {
        type Case<'a> = (&'a [&'a [usize]], Option<&'a [usize]>);
        let cases: [Case<'_>; 5] = [
            (&[&[1], &[2], &[]], None),
            (&[&[1], &[0]], Some(&[0, 1])),
            (&[&[1], &[2], &[1]], Some(&[1, 2])),
            (&[&[0]], Some(&[0])),
            (&[&[1, 2], &[2], &[]], None),
        ];
        for (edges, expected) in cases {
            let edges: Vec<Vec<usize>> = edges.iter().map(|to| to.to_vec()).collect();
            let mut done = BTreeSet::new();
            let found: Vec<Vec<usize>> =
                (0..edges.len()).filter_map(|start| circle(start, &edges, &mut done)).collect();
            let expected: Vec<Vec<usize>> = expected.into_iter().map(<[usize]>::to_vec).collect();
            assert_eq!(found, expected, "{edges:?}");
        }
    }

    #[test]
    fn a_long_chain_is_walked() {
        let edges: Vec<Vec<usize>> = (0..100_000).map(|at| vec![(at + 1) % 100_000]).collect();
        assert_eq!(circle(0, &edges, &mut BTreeSet::new()).map(|circle| circle.len()), Some(100_000));
    }
}
