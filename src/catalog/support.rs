//! Support dates.

use super::list::Entry;
use super::phrase::{Word, words};
use crate::model;

/// Until when versions of a product are supported.
#[derive(Debug, PartialEq, Eq)]
pub struct Support {
    /// Id of the technology.
    pub technology: &'static str,
    /// The entry counts only when one of these words is written; empty: always.
    pub products: Vec<&'static str>,
    /// Versions; empty: every one, since the last of that name has run out.
    pub versions: Vec<&'static str>,
    /// Last day of free security updates, `YYYY-MM-DD`.
    pub ends: &'static str,
    /// Last day of paid security updates.
    pub paid_until: Option<&'static str>,
    /// What else is to be known.
    pub note: Option<&'static str>,
    /// Where the dates are published.
    pub source: &'static str,
}

pub(super) fn read(entries: &[Entry]) -> Vec<Support> {
    let support = |entry: &Entry| Support {
        technology: entry.text("technology"),
        products: entry.words("products").to_vec(),
        versions: entry.words("versions").to_vec(),
        ends: entry.text("ends"),
        paid_until: entry.optional("paid-until"),
        note: entry.optional("note"),
        source: entry.text("source"),
    };
    entries.iter().map(support).collect()
}

pub(super) fn find<'a>(
    all: &'a [Support],
    technology: &model::Technology,
    version: Option<&str>,
) -> Option<&'a Support> {
    let id = technology.id.as_deref()?;
    let version = version.or(technology.version.as_deref()).map(words);
    let written = words(&technology.written);
    all.iter()
        .filter(|support| support.technology == id)
        .filter(|support| {
            support.products.is_empty()
                || support.products.iter().any(|product| holds(&written, &words(product)))
        })
        .filter_map(|support| {
            let depth = if support.versions.is_empty() {
                Some(0)
            } else {
                let version = version.as_ref()?;
                support.versions.iter().filter_map(|known| covers(&words(known), version)).max()
            };
            Some((depth?, support))
        })
        .fold(None, |best: Option<(usize, &Support)>, (depth, support)| match best {
            Some((known, _)) if known >= depth => best,
            _ => Some((depth, support)),
        })
        .map(|(_, support)| support)
}

/// How closely a listed version covers a written one: "8.5" covers "8.5.4", "19" covers "19c", and
/// "2008 R2" covers only itself.
fn covers(known: &[Word], written: &[Word]) -> Option<usize> {
    let number = |words: &[Word]| words.first().map(|word| word.text.clone()).unwrap_or_default();
    let (listed, stated) = (number(known), number(written));
    let rest = stated.strip_prefix(listed.as_str())?;
    let same_line = rest.is_empty() || rest.starts_with('.') || matches!(rest, "c" | "g" | "i");
    let release =
        |words: &[Word]| words.get(1).map(|word| word.text.clone()).filter(|word| word.starts_with('r'));
    (same_line && release(known) == release(written)).then_some(listed.len())
}

fn holds(text: &[Word], phrase: &[Word]) -> bool {
    let same = |window: &[Word]| window.iter().zip(phrase).all(|(left, right)| left.text == right.text);
    !phrase.is_empty() && text.windows(phrase.len()).any(same)
}
