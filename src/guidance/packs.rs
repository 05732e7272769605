//! The packs in use: built-in ones, and those that a project brings.

use rayon::prelude::*;

use super::builtin::{self, BUILTIN};
use super::extend::{Draft, Shelf};
use super::lint::lint;
use super::pack_reader;
use super::port_table::{self, PortTable};
use super::rule::{Pack, Rule};
use super::topics::Topics;
use crate::assessment::{PackCard, RuleCard};
use crate::diagnostic::{Diagnostic, unknown_word};
use crate::source::{FileId, Span};

/// A pack that the project asks for by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackName {
    /// Id of a built-in pack.
    pub id: String,
    /// Where it is asked for.
    pub span: Span,
}

/// A pack that the project brings.
#[derive(Clone, Copy, Debug)]
pub struct PackText<'a> {
    /// Its source, for places.
    pub file: FileId,
    /// Its text.
    pub text: &'a str,
}

/// A pack of a file, which other files may extend.
#[derive(Clone, Copy, Debug)]
pub struct PackSource<'a> {
    /// Its source, for places.
    pub file: FileId,
    /// The file's path, as the source has it.
    pub path: &'a str,
    /// Its text.
    pub text: &'a str,
    /// It is in use; otherwise it only stands beside one that may extend it.
    pub used: bool,
}

/// Which packs to use.
#[derive(Clone, Copy, Debug, Default)]
pub struct PackChoice<'a> {
    /// Built-in packs that the project names; `None`: those in use by default.
    pub named: Option<&'a [PackName]>,
    /// Ids of further built-in packs.
    pub also: &'a [String],
    /// Packs of the project's own.
    pub brought: &'a [PackSource<'a>],
}

/// Packs, checked and ready.
#[derive(Clone, Debug)]
pub struct Packs {
    pub(super) packs: Vec<Pack>,
    pub(super) ports: Vec<PortTable>,
    pub(super) topics: Topics,
}

impl Packs {
    /// Loads built-in packs by name (`None`: those in use by default) and further ones by text.
    ///
    /// # Errors
    /// As [`Self::choose`].
    pub fn load(names: Option<&[PackName]>, extra: &[PackText<'_>]) -> Result<Self, Vec<Diagnostic>> {
        let brought: Vec<PackSource<'_>> = extra
            .iter()
            .map(|pack| PackSource { file: pack.file, path: "", text: pack.text, used: true })
            .collect();
        Self::choose(&PackChoice { named: names, also: &[], brought: &brought })
    }

    /// Loads the packs of a choice. A pack that is extended gives its place to the one that extends it.
    ///
    /// # Errors
    /// Everything that is wrong with the packs, each with its place: unknown keys, words and facts,
    /// impossible comparisons, gaps that test absence, repeated ids, bases that are not there.
    pub fn choose(choice: &PackChoice<'_>) -> Result<Self, Vec<Diagnostic>> {
        let mut told = Vec::new();
        let mut ids: Vec<&str> = match choice.named {
            None => BUILTIN.iter().filter(|pack| pack.by_default).map(|pack| pack.id).collect(),
            Some(names) => names.iter().filter_map(|name| known(name, &mut told)).collect(),
        };
        for id in choice.also {
            if !ids.contains(&id.as_str()) {
                ids.push(id);
            }
        }
        let mut shelf = Shelf { drafts: built_in(&ids, true) };
        for pack in choice.brought {
            shelf.drafts.extend(Draft::read(pack, &mut told));
        }
        if shelf.drafts.iter().any(Draft::changes_another) {
            let others: Vec<&str> =
                BUILTIN.iter().map(|pack| pack.id).filter(|id| !ids.contains(id)).collect();
            shelf.drafts.extend(built_in(&others, false));
        }
        let packs = packs_of(&shelf, &mut told);
        lint(&packs, &mut told);
        Self::with_tables(packs, told)
    }

    /// Loads packs that are to be tested, and these alone. They are checked together with those that
    /// stand beside them and with the built-in ones, of which each gives way to another one of its id.
    ///
    /// # Errors
    /// As [`Self::choose`]; what is wrong with other packs is not told.
    pub fn under_test(brought: &[PackSource<'_>]) -> Result<Self, Vec<Diagnostic>> {
        let mut told = Vec::new();
        let mut shelf = Shelf::default();
        for pack in brought {
            shelf.drafts.extend(Draft::read(pack, &mut told));
        }
        let ids: Vec<&str> = BUILTIN.iter().map(|pack| pack.id).collect();
        for draft in built_in(&ids, false) {
            // A pack that extends one of its own id needs that one.
            let replaced = |known: &Draft| known.id == draft.id && known.base() != Some(draft.id.as_str());
            if !shelf.drafts.iter().any(replaced) {
                shelf.drafts.push(draft);
            }
        }
        let packs = packs_of(&shelf, &mut told);
        let before = told.len();
        let own: Vec<&str> = packs.iter().map(|pack| pack.id.as_str()).collect();
        for draft in &mut shelf.drafts {
            // Another pack that extends the same base has the same rules.
            draft.used = !own.contains(&draft.id.as_str()) && !draft.changes_another();
        }
        let mut all = packs_of(&shelf, &mut Vec::new());
        let extended: Vec<&str> = packs.iter().flat_map(|pack| &pack.extends).map(String::as_str).collect();
        all.retain(|pack| !extended.contains(&pack.id.as_str()));
        // Last, so that what disagrees with others is told of the tested ones.
        all.extend(packs.iter().cloned());
        lint(&all, &mut told);
        let linted = told.split_off(before).into_iter();
        told.extend(
            linted.filter(|told| brought.iter().any(|pack| pack.used && pack.file == told.span.file)),
        );
        Self::with_tables(packs, told)
    }

    fn with_tables(packs: Vec<Pack>, mut told: Vec<Diagnostic>) -> Result<Self, Vec<Diagnostic>> {
        let ports = builtin::port_tables().filter_map(|node| port_table::read(&node, &mut told)).collect();
        let topics = Topics::read(&builtin::questions(), &mut told);
        if told.is_empty() { Ok(Self { packs, ports, topics }) } else { Err(told) }
    }

    /// The texts of every rule, in the order of packs and files.
    pub fn rules(&self) -> impl Iterator<Item = &RuleCard> {
        self.packs.iter().flat_map(|pack| &pack.rules).map(|rule| &rule.card)
    }

    /// What each pack is.
    pub fn cards(&self) -> Vec<PackCard> {
        self.packs.iter().map(card).collect()
    }

    pub(super) fn rules_of_all(&self) -> impl Iterator<Item = &Rule> {
        self.packs.iter().flat_map(|pack| &pack.rules)
    }
}

fn known<'a>(name: &'a PackName, told: &mut Vec<Diagnostic>) -> Option<&'a str> {
    let ids: Vec<&str> = BUILTIN.iter().map(|pack| pack.id).collect();
    if ids.contains(&name.id.as_str()) {
        return Some(&name.id);
    }
    let mut unknown = unknown_word("pack/name", "there is no built-in pack", &name.id, &ids, name.span);
    if let Some(help) = unknown.help.as_mut().filter(|help| help.starts_with("known")) {
        help.push_str("; a pack of your own is a path: `own.yaml`, `guidance/`");
    }
    told.push(unknown);
    None
}

fn built_in(ids: &[&str], used: bool) -> Vec<Draft> {
    let found: Vec<_> = ids.iter().filter_map(|id| BUILTIN.iter().find(|pack| pack.id == *id)).collect();
    found.into_par_iter().map(|pack| Draft::built_in(pack, used)).collect()
}

/// The packs in use, each with what it extends worked in; mistakes in their order.
fn packs_of(shelf: &Shelf, told: &mut Vec<Diagnostic>) -> Vec<Pack> {
    let read: Vec<(Option<Pack>, Vec<Diagnostic>)> = shelf
        .in_use(told)
        .into_par_iter()
        .map(|whole| {
            let mut wrong = Vec::new();
            let pack = pack_reader::read(&whole, &mut wrong);
            (pack, wrong)
        })
        .collect();
    let mut packs = Vec::with_capacity(read.len());
    for (pack, wrong) in read {
        packs.extend(pack);
        told.extend(wrong);
    }
    packs
}

pub(super) fn card(pack: &Pack) -> PackCard {
    PackCard {
        id: pack.id.clone(),
        title: pack.title.clone(),
        version: pack.version.clone(),
        covers: pack.covers.clone(),
        extends: pack.extends.clone(),
        changes: pack.changes.clone(),
    }
}
