//! The packs in use: the built-in ones, embedded, and those that a project brings.

use std::sync::OnceLock;

use super::lint::lint;
use super::pack_reader;
use super::port_table::{self, PortTable};
use super::rule::{Pack, Rule};
use super::topics::Topics;
use crate::assessment::{PackCard, RuleCard};
use crate::diagnostic::{Diagnostic, unknown_word};
use crate::source::{FileId, Span};

/// A pack that is built in.
#[derive(Debug)]
pub struct BuiltinPack {
    /// Its id, which is its file's name as well.
    pub id: &'static str,
    /// Its text.
    pub text: &'static str,
    /// In use when the project names no packs.
    pub by_default: bool,
}

macro_rules! builtin {
    ($id:literal, $default:literal) => {
        BuiltinPack {
            id: $id,
            text: include_str!(concat!("../../packs/", $id, ".yaml")),
            by_default: $default,
        }
    };
}

/// Every built-in pack, in the order of the page.
pub const BUILTIN: &[BuiltinPack] = &[
    builtin!("biztalk", true),
    builtin!("core-security", true),
    builtin!("core-availability", true),
    builtin!("core-performance", true),
    builtin!("core-operations", true),
    builtin!("core-privacy", true),
    builtin!("model-quality", true),
];

/// Flows that products need, whether drawn or not.
const PORT_TABLES: &[(&str, &str)] = &[
    ("biztalk", include_str!("../../packs/ports/biztalk.yaml")),
    ("directory", include_str!("../../packs/ports/directory.yaml")),
];

/// Words of merged questions.
const QUESTIONS: &str = include_str!("../../packs/questions.yaml");

/// Spans in embedded texts have this file, which no table of sources knows.
const EMBEDDED: FileId = FileId(u32::MAX);

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
    /// Everything that is wrong with the packs, each with its place: unknown keys, words and facts,
    /// impossible comparisons, gaps that test absence, repeated ids.
    pub fn load(names: Option<&[PackName]>, extra: &[PackText<'_>]) -> Result<Self, Vec<Diagnostic>> {
        let mut told = Vec::new();
        let mut texts: Vec<(FileId, &str)> = Vec::new();
        match names {
            None => {
                texts.extend(BUILTIN.iter().filter(|pack| pack.by_default).map(|pack| (EMBEDDED, pack.text)))
            }
            Some(names) => {
                for name in names {
                    match BUILTIN.iter().find(|pack| pack.id == name.id) {
                        Some(pack) => texts.push((EMBEDDED, pack.text)),
                        None => {
                            let known: Vec<&str> = BUILTIN.iter().map(|pack| pack.id).collect();
                            let before = "there is no built-in pack";
                            told.push(unknown_word("pack/name", before, &name.id, &known, name.span));
                        }
                    }
                }
            }
        }
        texts.extend(extra.iter().map(|pack| (pack.file, pack.text)));
        let (packs, ports, topics) = read_all(&texts, &mut told);
        lint(&packs, &mut told);
        if told.is_empty() { Ok(Self { packs, ports, topics }) } else { Err(told) }
    }

    /// Loads packs that are to be tested, and these alone. They are checked together with those `beside`
    /// them and with the built-in ones, of which each gives way to an earlier pack of the same id.
    ///
    /// # Errors
    /// As [`Self::load`]; what is wrong with other packs is not told.
    pub fn under_test(tested: &[PackText<'_>], beside: &[PackText<'_>]) -> Result<Self, Vec<Diagnostic>> {
        let mut told = Vec::new();
        let own: Vec<(FileId, &str)> = tested.iter().map(|pack| (pack.file, pack.text)).collect();
        let (packs, ports, topics) = read_all(&own, &mut told);
        let mut others: Vec<(FileId, &str)> = beside.iter().map(|pack| (pack.file, pack.text)).collect();
        others.extend(BUILTIN.iter().map(|pack| (EMBEDDED, pack.text)));
        let (others, ..) = read_all(&others, &mut Vec::new());
        let mut all: Vec<Pack> = Vec::new();
        for other in others {
            if packs.iter().chain(&all).all(|known| known.id != other.id) {
                all.push(other);
            }
        }
        // Last, so that what disagrees with others is told of the tested ones.
        all.extend(packs.iter().cloned());
        lint(&all, &mut told);
        told.retain(|told| tested.iter().any(|pack| pack.file == told.span.file));
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

/// Reads packs, port tables and topics at the same time, the longest first; mistakes in written order.
fn read_all(texts: &[(FileId, &str)], told: &mut Vec<Diagnostic>) -> (Vec<Pack>, Vec<PortTable>, Topics) {
    enum Text {
        Pack(Option<Pack>),
        Ports(Option<PortTable>),
        Topics(Topics),
    }
    type Job<'a> = (usize, Box<dyn Fn(&mut Vec<Diagnostic>) -> Text + Send + Sync + 'a>);
    let mut jobs: Vec<Job<'_>> = Vec::new();
    for (file, text) in texts {
        jobs.push((text.len(), Box::new(|told| Text::Pack(pack_reader::read(*file, text, told)))));
    }
    for (_, text) in PORT_TABLES {
        jobs.push((text.len(), Box::new(|told| Text::Ports(port_table::read(EMBEDDED, text, told)))));
    }
    jobs.push((QUESTIONS.len(), Box::new(|told| Text::Topics(Topics::read(EMBEDDED, QUESTIONS, told)))));
    let read: Vec<OnceLock<(Text, Vec<Diagnostic>)>> = jobs.iter().map(|_| OnceLock::new()).collect();
    let mut order: Vec<usize> = (0..jobs.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(jobs[*at].0));
    rayon::scope_fifo(|scope| {
        for at in order {
            let (job, place) = (&jobs[at].1, &read[at]);
            scope.spawn_fifo(move |_| {
                let mut wrong = Vec::new();
                let text = job(&mut wrong);
                // Nobody else fills this place.
                let _ = place.set((text, wrong));
            });
        }
    });
    let (mut packs, mut ports, mut topics) = (Vec::new(), Vec::new(), Topics::default());
    for (text, wrong) in read.into_iter().filter_map(OnceLock::into_inner) {
        told.extend(wrong);
        match text {
            Text::Pack(pack) => packs.extend(pack),
            Text::Ports(table) => ports.extend(table),
            Text::Topics(read) => topics = read,
        }
    }
    (packs, ports, topics)
}

pub(super) fn card(pack: &Pack) -> PackCard {
    PackCard {
        id: pack.id.clone(),
        title: pack.title.clone(),
        version: pack.version.clone(),
        covers: pack.covers.clone(),
    }
}
