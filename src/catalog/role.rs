//! Roles: functions that an element performs, and the words that name them.

use super::list::Entry;
use super::phrase::{Builder, Phrases, words};
use crate::model::ElementKind;

/// A function that an element performs.
#[derive(Debug)]
pub struct Role {
    /// The word that rules use.
    pub id: &'static str,
    /// What it does.
    pub title: &'static str,
    /// The words count only in a model that names this technology.
    pub product: Option<&'static str>,
    /// Kinds of element that the words count for; empty: any.
    pub kinds: Vec<ElementKind>,
    /// Roles that hold as well.
    pub implies: Vec<&'static str>,
    /// Names by definition.
    pub words: Vec<&'static str>,
    /// Names that only make it likely.
    pub weak: Vec<&'static str>,
    /// Kinds of element that these count for; empty: those of the names by definition.
    pub weak_kinds: Vec<ElementKind>,
}

impl Role {
    /// Whether its words count on an element of this kind; `weak` for the everyday ones.
    pub fn fits(&self, kind: ElementKind, weak: bool) -> bool {
        let kinds = if weak && !self.weak_kinds.is_empty() { &self.weak_kinds } else { &self.kinds };
        kinds.is_empty() || kinds.contains(&kind)
    }
}

/// A role's name in a text.
#[derive(Clone, Copy, Debug)]
pub struct RoleName<'a> {
    /// What is named.
    pub role: &'a Role,
    /// The words only make it likely.
    pub weak: bool,
    /// First byte of the words.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// All roles.
#[derive(Debug)]
pub(super) struct Roles {
    /// In the order of the file.
    pub(super) all: Vec<Role>,
    phrases: Phrases<(u16, bool)>,
}

impl Roles {
    pub(super) fn read(entries: &[Entry]) -> Self {
        let all: Vec<Role> = entries.iter().map(role).collect();
        let mut phrases = Builder::with_plurals();
        for (at, role) in all.iter().enumerate() {
            let at = u16::try_from(at).unwrap_or(u16::MAX);
            role.words.iter().for_each(|name| phrases.add(name, (at, false)));
            role.weak.iter().for_each(|name| phrases.add(name, (at, true)));
        }
        Self { all, phrases: phrases.build() }
    }

    pub(super) fn find(&self, text: &str) -> Vec<RoleName<'_>> {
        let text_words = words(text);
        let mut found = Vec::new();
        let mut at = 0;
        while at < text_words.len() {
            let Some((length, meanings)) = self.phrases.longest(&text_words, at, |_| true) else {
                at += 1;
                continue;
            };
            found.extend(meanings.into_iter().map(|(index, weak)| RoleName {
                role: &self.all[usize::from(index)],
                weak,
                start: text_words[at].start,
                end: text_words[at + length - 1].end,
            }));
            at += length;
        }
        found
    }
}

fn role(entry: &Entry) -> Role {
    let kinds = |key: &str| entry.words(key).iter().filter_map(|word| ElementKind::from_word(word)).collect();
    Role {
        id: entry.text("id"),
        title: entry.text("title"),
        product: entry.optional("product"),
        kinds: kinds("kinds"),
        implies: entry.words("implies").to_vec(),
        words: entry.words("words").to_vec(),
        weak: entry.words("weak").to_vec(),
        weak_kinds: kinds("weak-kinds"),
    }
}
