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

#![allow(dead_code, reason = "findings, questions and tables are built on what stands here")]

mod catalog_words;
mod evaluate;
mod explain;
mod graph;
mod index;
mod judge;
mod language;
mod lint;
mod pack_reader;
mod packs;
mod port_table;
mod predicate;
mod rule;
mod settings;
mod topics;
mod wording;

pub use packs::{BUILTIN, BuiltinPack, PackName, PackText, Packs};
pub use settings::{RuleChange, Ruling, Settings};

use crate::assessment::{Assessment, Truth};
use crate::catalog::Catalog;
use crate::diagnostic::Diagnostic;
use crate::model::Model;
use evaluate::Judge;
use index::{At, Floor, Index};
use rule::{Pack, Rule};

/// Judges a model. The diagnostics are about the settings: unknown rules, words, dates.
pub fn assess(
    model: &Model,
    packs: &Packs,
    catalog: &Catalog,
    settings: &Settings,
) -> (Assessment, Vec<Diagnostic>) {
    let told = Vec::new();
    let index = Index::new(model, catalog, settings.as_of.as_deref());
    let in_scope: Vec<&Pack> = packs.packs.iter().filter(|pack| applies(&index, pack)).collect();
    let rules: Vec<&Rule> = in_scope.iter().flat_map(|pack| &pack.rules).collect();
    let (judged, coverage) = judge::judge_all(&index, &rules);
    let assessment = Assessment {
        rules: rules.iter().map(|rule| rule.card.clone()).collect(),
        verdicts: judged.iter().map(|judged| judge::verdict(&index, &rules, judged)).collect(),
        coverage,
        packs: in_scope.iter().map(|pack| packs::card(pack)).collect(),
        as_of: settings.as_of.clone(),
        ..Assessment::default()
    };
    (assessment, told)
}

fn applies(index: &Index<'_>, pack: &Pack) -> bool {
    pack.applies_when
        .as_ref()
        .is_none_or(|predicate| Judge::new(index).truth(predicate, At::Model, Floor::Any) == Truth::True)
}
