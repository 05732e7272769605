//! Rules as data, and what they say of a model.
//!
//! In: a model with its facts, packs, the catalog and the project's settings. Out: the assessment,
//! as values. `docs/guidance/language.md` is the specification of the rule language.
//!
//! 1. [`Packs::load`] reads and checks the packs.
//! 2. The model is indexed, each rule judged on each of its subjects, alike verdicts folded.
//! 3. Gaps become findings, unknowns questions, the rest what is sound; decisions treat findings.
//! 4. Flows become the port matrix, firewall list, functions and message paths.
//!
//! Architecture invariant: no file, no clock; a date is a setting. It does not know the sidecar.

mod actions;
mod answers;
mod builtin;
mod catalog_words;
mod change;
mod circles;
mod computer;
mod date;
mod decisions;
mod describe;
mod drawn;
mod evaluate;
mod evidence;
mod expiry;
mod explain;
mod extend;
mod findings;
mod fingerprint;
mod graph;
mod impossible;
mod index;
mod judge;
mod known;
mod language;
mod lint;
mod missing;
mod pack_reader;
mod packs;
mod path_query;
mod plan;
mod port_table;
mod predicate;
mod priority;
mod questions;
mod rule;
mod sets;
mod settings;
mod sidecar_lines;
mod sound;
mod supposition;
mod tables;
mod topics;
mod wording;

pub use builtin::{BUILTIN, BuiltinPack};
pub use decisions::{INVALID_DECISION, decision_lines, fingerprint_of};
pub use describe::{GapWords, RuleWords, WordLine};
pub use packs::{PackChoice, PackName, PackSource, PackText, Packs};
pub use settings::{RuleChange, Ruling, Settings};
pub use sidecar_lines::scalar;

use crate::assessment::{Assessment, Truth, Verdict};
use crate::catalog::Catalog;
use crate::diagnostic::Diagnostic;
use crate::model::Model;
use evaluate::Judge;
use index::{At, Floor, Index};
use rule::{Pack, Rule};

/// Judges a model. The diagnostics are about the settings: unknown rules, decisions that do not hold,
/// declared facts that have expired.
pub fn assess(
    model: &Model,
    packs: &Packs,
    catalog: &Catalog,
    settings: &Settings,
) -> (Assessment, Vec<Diagnostic>) {
    let mut told = Vec::new();
    let current = expiry::without_expired(model, settings.as_of.as_deref(), &mut told);
    let index = Index::new(&current, catalog, settings.as_of.as_deref());
    let in_scope: Vec<&Pack> = packs.packs.iter().filter(|pack| applies(&index, pack)).collect();
    let changed = change::changed_rules(packs, &settings.rules, &mut told);
    let mut rules: Vec<&Rule> = Vec::new();
    let mut majors: Vec<&str> = Vec::new();
    for pack in &in_scope {
        for rule in &pack.rules {
            match changed.get(rule.card.id.as_str()) {
                Some(None) => continue,
                Some(Some(changed)) => rules.push(changed),
                None => rules.push(rule),
            }
            majors.push(pack.version.split('.').next().unwrap_or_default());
        }
    }
    let (judged, coverage) = judge::judge_all(&index, &rules, settings.trace);
    let mut findings = findings::find(&index, &rules, &majors, &judged, &settings.decisions);
    let verdicts: Vec<Verdict> =
        judged.iter().map(|judged| judge::verdict(&index, &rules, judged, settings.trace)).collect();
    let verdict_of = |rule: &str, subject: &str| {
        let of = |verdict: &&Verdict| verdict.rule == rule && verdict.subject.id() == subject;
        verdicts.iter().find(of)
    };
    let as_of = settings.as_of.as_deref();
    let decisions = decisions::apply(&mut findings, &settings.decisions, &verdict_of, as_of, &mut told);
    for finding in &mut findings {
        finding.decide = decisions::decision_lines(finding);
    }
    let actions = actions::list(&current, &rules, &findings, &decisions, as_of);
    let questions = questions::ask(&index, &rules, &judged, &packs.topics);
    let tables = tables::make(&index, &packs.ports, &findings, &questions, &decisions);
    let assessment = Assessment {
        rules: rules.iter().map(|rule| rule.card.clone()).collect(),
        verdicts,
        findings,
        questions,
        satisfied: sound::tell(&index, &rules, &judged),
        decisions,
        actions,
        coverage,
        ports: tables.ports,
        firewall: tables.firewall,
        groups: tables.groups,
        functions: tables.functions,
        paths: tables.paths,
        packs: in_scope.iter().map(|pack| packs::card(pack)).collect(),
        as_of: settings.as_of.clone(),
    };
    (assessment, told)
}

fn applies(index: &Index<'_>, pack: &Pack) -> bool {
    pack.applies_when
        .as_ref()
        .is_none_or(|predicate| Judge::new(index).truth(predicate, At::Model, Floor::Any) == Truth::True)
}
