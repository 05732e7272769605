//! Words that say what a zone is for.

use std::collections::BTreeSet;

use super::list::Entry;
use super::phrase::{Builder, Phrases, Word, words};
use crate::model::ZoneKind;

/// How surely a title names a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// An everyday word; something else must speak of trust as well.
    Weak,
    /// In the published list of zone names.
    Sure,
}

/// What a title says of a zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ZoneWord {
    /// What the zone is for.
    pub kind: ZoneKind,
    /// How surely.
    pub strength: Strength,
    /// The words that say so, in lower case.
    pub words: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Anywhere,
    Whole,
    Weak,
}

/// All zone words.
#[derive(Debug)]
pub(super) struct Zones {
    phrases: Phrases<(ZoneKind, Class)>,
    network: BTreeSet<&'static str>,
    plain: BTreeSet<&'static str>,
    not: BTreeSet<&'static str>,
}

impl Zones {
    pub(super) fn read(entries: &[Entry], fillers: &[Entry]) -> Self {
        let mut phrases = Builder::exact();
        for entry in entries {
            let kind = ZoneKind::from_word(entry.text("kind")).unwrap_or(ZoneKind::Unknown);
            let classes = [("anywhere", Class::Anywhere), ("whole", Class::Whole), ("weak", Class::Weak)];
            for (key, class) in classes {
                entry.words(key).iter().for_each(|phrase| phrases.add(phrase, (kind, class)));
            }
        }
        let filler = |id: &str| {
            let entry = fillers.iter().find(|entry| entry.text("id") == id);
            entry.map(|entry| entry.words("words").iter().copied().collect()).unwrap_or_default()
        };
        Self {
            phrases: phrases.build(),
            network: filler("network"),
            plain: filler("plain"),
            not: filler("not"),
        }
    }

    pub(super) fn find(&self, title: &str) -> Option<ZoneWord> {
        let text = words(head(title));
        let anywhere = (0..text.len()).filter_map(|at| self.candidate(&text, at)).fold(
            None,
            |best: Option<(usize, ZoneWord)>, (length, word)| match &best {
                Some((known, old)) if (old.strength, *known) >= (word.strength, length) => best,
                _ => Some((length, word)),
            },
        );
        anywhere.map(|(_, word)| word)
    }

    fn candidate(&self, text: &[Word], at: usize) -> Option<(usize, ZoneWord)> {
        let (length, meanings) = self.phrases.longest(text, at, |_| true)?;
        let (kind, class) = *meanings.first()?;
        let others = || text[..at].iter().chain(&text[at + length..]).map(|word| word.text.as_str());
        let number =
            |word: &str| word.len() <= 4 && word.bytes().any(|byte| byte.is_ascii_digit()) || word.len() == 1;
        let filled =
            others().all(|word| self.network.contains(word) || self.plain.contains(word) || number(word));
        // "VPC to DMZ peering" and "DMZ gateway" are things, not places.
        let about = others().any(|word| self.not.contains(word));
        let network = others().any(|word| self.network.contains(word));
        let strength = match class {
            Class::Anywhere if !about => Strength::Sure,
            Class::Whole if filled => Strength::Sure,
            Class::Weak if filled && network => Strength::Sure,
            Class::Weak if filled => Strength::Weak,
            Class::Anywhere | Class::Whole | Class::Weak => return None,
        };
        let written: Vec<&str> = text[at..at + length].iter().map(|word| word.text.as_str()).collect();
        Some((length, ZoneWord { kind, strength, words: written.join(" ") }))
    }
}

/// The title without what explains it: text in parentheses or brackets, or behind a colon, comma or
/// spaced dash.
fn head(title: &str) -> &str {
    let borders = ["(", "[", ":", ",", " - ", " – ", " — "];
    let end = borders.iter().filter_map(|border| title.find(border)).filter(|at| *at > 0).min();
    end.map_or(title, |end| &title[..end])
}
