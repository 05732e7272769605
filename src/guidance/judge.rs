//! Every rule on every subject: the verdict table, then folding.

use rayon::prelude::*;

use super::evaluate::Judge;
use super::explain::subject_of;
use super::index::{At, Floor, Grain, Index};
use super::missing::Missing;
use super::plan::Plan;
use super::rule::{Asked, GapTest, Rule};
use crate::assessment::{Coverage, Evidence, On, Severity, Truth, Verdict, VerdictKind};
use crate::model::{FactKey, ViewKind};

/// A verdict with what later steps need of it.
#[derive(Clone, Debug)]
pub(super) struct Judged {
    /// Index into the rules in use.
    pub(super) rule: usize,
    pub(super) at: At,
    pub(super) kind: VerdictKind,
    pub(super) assumed: bool,
    pub(super) contradictory: bool,
    /// The rule that speaks in its place.
    pub(super) folded: Option<usize>,
    pub(super) evidence: Vec<Evidence>,
    /// For unknown: what is missing.
    pub(super) missing: Vec<Missing>,
    /// Unknown, and to be asked.
    pub(super) asks: bool,
}

/// What a rule says of one subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Outcome {
    pub(super) kind: VerdictKind,
    pub(super) assumed: bool,
    /// Both gap and satisfied hold.
    pub(super) both: bool,
}

/// The verdict of one rule on one subject.
pub(super) fn outcome(judge: &Judge<'_>, rule: &Rule, at: At) -> Outcome {
    planned(judge, rule, &Plan::written(rule), at)
}

/// The same; `plan` holds the conditions of the rule.
fn planned(judge: &Judge<'_>, rule: &Rule, plan: &Plan<'_>, at: At) -> Outcome {
    let verdict = |kind| Outcome { kind, assumed: false, both: false };
    match plan.applies(judge, at, Floor::Any) {
        Truth::False => return verdict(VerdictKind::NotApplicable),
        Truth::Unknown => return verdict(VerdictKind::PotentiallyApplicable),
        Truth::True => {}
    }
    let applies_firmly = plan.applies(judge, at, Floor::Firm) == Truth::True;
    let firm = judge.truth(&rule.satisfied, at, Floor::Firm);
    let gap = applies_firmly
        && match &rule.gap {
            GapTest::NotSatisfied => firm == Truth::False,
            GapTest::When(gap) => judge.truth(gap, at, Floor::Firm) == Truth::True,
            GapTest::Never => false,
        };
    if gap {
        return Outcome { kind: VerdictKind::Gap, assumed: false, both: firm == Truth::True };
    }
    if judge.truth(&rule.satisfied, at, Floor::Any) == Truth::True {
        let assumed = !applies_firmly || firm != Truth::True;
        return Outcome { kind: VerdictKind::Satisfied, assumed, both: false };
    }
    verdict(VerdictKind::Unknown)
}

/// What every rule says of a subject that the author left out of the review.
const OUT_OF_SCOPE: Outcome = Outcome { kind: VerdictKind::NotApplicable, assumed: false, both: false };

/// Whether the review judges a subject. A flow is left out when both of its ends are.
fn in_scope(index: &Index<'_>, at: At) -> bool {
    let left_out = |element: u32| index.spot(element).element.facts.word(FactKey::InScope) == Some("no");
    match at {
        At::Element(element) => !left_out(element),
        At::Relation(flow) => {
            let edge = index.flow(flow);
            !(left_out(edge.from) && left_out(edge.to))
        }
        At::View(_) | At::Model => true,
    }
}

/// The subjects of a rule.
pub(super) fn subjects(index: &Index<'_>, on: On) -> Vec<At> {
    let count = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
    let elements = |numbers: &[u32]| numbers.iter().map(|at| At::Element(*at)).collect::<Vec<At>>();
    match on {
        On::Element => elements(&index.elements),
        On::Zone => elements(&index.zones),
        On::Relation => (0..count(index.flows.len())).map(At::Relation).collect(),
        On::View => (0..count(index.model.views.len())).map(At::View).collect(),
        On::Model => vec![At::Model],
    }
}

/// Judges all rules; verdicts in the order of rules, then subjects. Not applicable is only counted.
/// `trace` asks for evidence of verdicts that no output shows.
pub(super) fn judge_all(index: &Index<'_>, rules: &[&Rule], trace: bool) -> (Vec<Judged>, Vec<Coverage>) {
    let judge = Judge::new(index);
    let judged: Vec<(Vec<Judged>, Coverage)> =
        rules.par_iter().enumerate().map(|(number, rule)| judge_rule(&judge, number, rule, trace)).collect();
    let mut verdicts = Vec::new();
    let mut coverage = Vec::with_capacity(judged.len());
    for (some, counts) in judged {
        verdicts.extend(some);
        coverage.push(counts);
    }
    fold(index, rules, &mut verdicts);
    (verdicts, coverage)
}

fn judge_rule(judge: &Judge<'_>, number: usize, rule: &Rule, trace: bool) -> (Vec<Judged>, Coverage) {
    let mut counts = Coverage {
        rule: rule.card.id.clone(),
        gap: 0,
        satisfied: 0,
        unknown: 0,
        potentially_applicable: 0,
        not_applicable: 0,
    };
    let mut found = Vec::new();
    let subjects = subjects(judge.index, rule.card.on);
    let Some(plan) = Plan::of(judge, rule) else {
        counts.not_applicable = subjects.len();
        return (found, counts);
    };
    for at in subjects {
        let outcome = if in_scope(judge.index, at) { planned(judge, rule, &plan, at) } else { OUT_OF_SCOPE };
        *match outcome.kind {
            VerdictKind::Gap => &mut counts.gap,
            VerdictKind::Satisfied => &mut counts.satisfied,
            VerdictKind::Unknown => &mut counts.unknown,
            VerdictKind::PotentiallyApplicable => &mut counts.potentially_applicable,
            VerdictKind::NotApplicable => &mut counts.not_applicable,
        } += 1;
        if outcome.kind != VerdictKind::NotApplicable {
            found.push(told(judge, number, rule, at, outcome, trace));
        }
    }
    (found, counts)
}

fn told(judge: &Judge<'_>, number: usize, rule: &Rule, at: At, outcome: Outcome, trace: bool) -> Judged {
    let mut missing = Vec::new();
    let asks = outcome.kind == VerdictKind::Unknown && may_ask(judge.index, rule, at);
    let evidence = match outcome.kind {
        VerdictKind::Gap => {
            let mut evidence = match &rule.gap {
                GapTest::When(gap) => judge.explain(gap, at, Floor::Firm),
                GapTest::NotSatisfied | GapTest::Never => judge.explain(&rule.satisfied, at, Floor::Firm),
            };
            let said: Vec<(String, String)> =
                evidence.iter().map(|known| (known.subject.id().to_owned(), known.key.clone())).collect();
            let applies = judge.explain(&rule.when, at, Floor::Firm);
            evidence.extend(
                applies
                    .into_iter()
                    .filter(|known| !said.contains(&(known.subject.id().to_owned(), known.key.clone()))),
            );
            evidence
        }
        VerdictKind::Satisfied => judge.explain(&rule.satisfied, at, Floor::Any),
        VerdictKind::Unknown => {
            if asks || trace {
                missing = what_is_missing(judge, rule, at);
            }
            if trace { judge.explain(&rule.satisfied, at, Floor::Any) } else { Vec::new() }
        }
        VerdictKind::PotentiallyApplicable => {
            if trace {
                judge.missing(&rule.when, at, Floor::Any, true, &mut missing);
            }
            Vec::new()
        }
        VerdictKind::NotApplicable => Vec::new(),
    };
    let decided = matches!(outcome.kind, VerdictKind::Gap | VerdictKind::Satisfied);
    let contradictory = outcome.both || decided && evidence.iter().any(|leaf| disputed(judge, leaf));
    Judged {
        rule: number,
        at,
        kind: outcome.kind,
        assumed: outcome.assumed,
        contradictory,
        folded: None,
        evidence,
        missing,
        asks,
    }
}

/// Whether statements of equal weight disagree about a fact that decided.
fn disputed(judge: &Judge<'_>, leaf: &Evidence) -> bool {
    use crate::assessment::SubjectRef;
    let Some(key) = FactKey::from_word(&leaf.key) else { return false };
    let model = judge.index.model;
    let facts = match &leaf.subject {
        SubjectRef::Element(id) | SubjectRef::Zone(id) => {
            model.elements.get(id).map(|element| &element.facts)
        }
        SubjectRef::Relation(id) => model.relations.get(id).map(|relation| &relation.facts),
        SubjectRef::Model => Some(&model.facts),
        SubjectRef::View(_) => None,
    };
    facts.is_some_and(|facts| !facts.contradictions(key).is_empty())
}

/// The least that would decide an unknown: over all facts first, else over the firm ones.
fn what_is_missing(judge: &Judge<'_>, rule: &Rule, at: At) -> Vec<Missing> {
    let mut missing = Vec::new();
    for floor in [Floor::Any, Floor::Firm] {
        judge.missing(&rule.satisfied, at, floor, true, &mut missing);
        if let (true, GapTest::When(gap)) = (missing.is_empty(), &rule.gap) {
            judge.missing(gap, at, floor, true, &mut missing);
        }
        if !missing.is_empty() {
            break;
        }
    }
    if !rule.ask_facts.is_empty() {
        let named: Vec<Missing> = missing
            .iter()
            .copied()
            .filter(|missing| missing.asked.is_some_and(|asked| rule.ask_facts.contains(&asked)))
            .collect();
        missing = if named.is_empty() {
            rule.ask_facts.iter().map(|asked| Missing { at, asked: Some(*asked) }).collect()
        } else {
            named
        };
    }
    missing.sort();
    missing.dedup();
    missing
}

/// Silence is asked about only where the drawing is fine enough to speak of it.
fn may_ask(index: &Index<'_>, rule: &Rule, at: At) -> bool {
    let by_severity = rule.card.severity >= Severity::Medium;
    if !rule.asks.unwrap_or(by_severity) {
        return false;
    }
    let Some(least) = rule.minimum_view else { return true };
    let least = match least {
        ViewKind::Context => Grain::Context,
        ViewKind::Container | ViewKind::DataFlow | ViewKind::Dynamic => Grain::Container,
        ViewKind::Component => Grain::Component,
        ViewKind::Deployment => Grain::Deployment,
    };
    let grain = match at {
        At::Element(at) => index.spot(at).grain,
        At::Relation(at) => index.flow(at).grain,
        At::View(_) | At::Model => index.grain,
    };
    grain >= least
}

/// Folds a gap into the gap of a more specific rule on the same subject, and a question into its
/// question; never a gap into anything but a gap.
fn fold(index: &Index<'_>, rules: &[&Rule], verdicts: &mut [Judged]) {
    use std::collections::HashMap;
    let by_id: HashMap<&str, usize> =
        rules.iter().enumerate().map(|(number, rule)| (rule.card.id.as_str(), number)).collect();
    let place: HashMap<(usize, At), usize> = verdicts
        .iter()
        .enumerate()
        .filter(|(_, verdict)| matches!(verdict.kind, VerdictKind::Gap | VerdictKind::Unknown))
        .map(|(number, verdict)| ((verdict.rule, verdict.at), number))
        .collect();
    // For each rule, the rules that speak in its place: on the same subject, or on the ends.
    let mut specific: Vec<Vec<(usize, bool)>> = vec![Vec::new(); rules.len()];
    for (number, rule) in rules.iter().enumerate() {
        for name in &rule.card.yields_to {
            let id = name.rsplit_once('/').map_or(name.as_str(), |(_, id)| id);
            if let Some(other) = by_id.get(id) {
                specific[number].push((*other, false));
            }
        }
        for id in &rule.card.includes {
            if let Some(narrower) = by_id.get(id.as_str()) {
                specific[*narrower].push((number, true));
            }
        }
    }
    let mut into: Vec<Option<usize>> = vec![None; verdicts.len()];
    for number in 0..verdicts.len() {
        let verdict = &verdicts[number];
        if !matches!(verdict.kind, VerdictKind::Gap | VerdictKind::Unknown) {
            continue;
        }
        let found = specific[verdict.rule].iter().find_map(|(other, ends_too)| {
            let related = if *ends_too { related(index, verdict.at) } else { vec![verdict.at] };
            related.into_iter().find_map(|at| {
                let target = *place.get(&(*other, at))?;
                let alike = verdicts[target].kind == verdict.kind
                    && (verdict.kind == VerdictKind::Gap || verdicts[target].asks || !verdict.asks);
                (alike && root(&into, target) != number).then_some(target)
            })
        });
        into[number] = found;
    }
    for number in 0..verdicts.len() {
        if into[number].is_some() {
            verdicts[number].folded = Some(verdicts[root(&into, number)].rule);
        }
    }
}

/// Where a chain of foldings ends.
fn root(into: &[Option<usize>], start: usize) -> usize {
    let mut at = start;
    let mut left = into.len();
    while let (Some(next), true) = (into[at], left > 0) {
        at = next;
        left -= 1;
    }
    at
}

/// The subject, and the ends of a relation or the flows of an element.
pub(super) fn related(index: &Index<'_>, at: At) -> Vec<At> {
    let mut found = vec![at];
    match at {
        At::Relation(flow) => {
            let edge = index.flow(flow);
            found.extend([At::Element(edge.from), At::Element(edge.to)]);
        }
        At::Element(number) => {
            let spot = index.spot(number);
            found.extend(spot.incoming.iter().chain(&spot.outgoing).map(|flow| At::Relation(*flow)));
        }
        At::View(_) | At::Model => {}
    }
    found
}

/// The verdict as outputs show it.
/// What no output shows is told for a trace alone: the evidence of other verdicts than gaps.
pub(super) fn verdict(index: &Index<'_>, rules: &[&Rule], judged: &Judged, trace: bool) -> Verdict {
    let told = trace || judged.kind == VerdictKind::Gap;
    let mut evidence = if told { judged.evidence.clone() } else { Vec::new() };
    if trace && matches!(judged.kind, VerdictKind::Unknown | VerdictKind::PotentiallyApplicable) {
        evidence.retain(|leaf| leaf.value.is_some());
        evidence.extend(judged.missing.iter().take(12).map(|missing| missing_leaf(index, missing)));
    }
    Verdict {
        rule: rules[judged.rule].card.id.clone(),
        subject: subject_of(index, judged.at),
        kind: judged.kind,
        assumed: judged.assumed,
        contradictory: judged.contradictory,
        folded_into: judged.folded.map(|rule| rules[rule].card.id.clone()),
        evidence,
    }
}

fn missing_leaf(index: &Index<'_>, missing: &Missing) -> Evidence {
    let key = missing.asked.map_or("drawing", Asked::word);
    let name = super::explain::name_of(index, missing.at);
    let text = match missing.asked {
        Some(Asked::Complete) => format!("{name} is not declared complete"),
        Some(asked) => format!("{} of {name} is not stated", asked.word()),
        None => format!("the drawing does not show it for {name}"),
    };
    Evidence {
        subject: subject_of(index, missing.at),
        key: key.to_owned(),
        value: None,
        origin: None,
        place: None,
        text,
        path: Vec::new(),
        truth: Truth::Unknown,
    }
}
