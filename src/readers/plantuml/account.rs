//! The account of statements: what became of each one.
//!
//! Statements are counted as they are written, also when a loop reads one of them twice or a condition leaves it
//! out. A statement of which a part was not understood is not understood.

use std::collections::BTreeSet;
use std::ops::Range;
use std::rc::Rc;

use super::script::Script;
use crate::diagnostic::{Loss, Unread};
pub(super) use crate::readers::fate::Fate;

/// A statement of a script.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct StatementId {
    /// Index of the script.
    pub(super) script: usize,
    /// Index of the statement in it.
    pub(super) statement: usize,
}

/// Scripts and the fates of their statements.
#[derive(Debug, Default)]
pub(super) struct Account {
    scripts: Vec<(Rc<Script>, Vec<Fate>)>,
}

/// Longest text of an unread statement, in characters.
const LONGEST: usize = 120;

impl Account {
    /// Adds a script.
    pub(super) fn add(&mut self, script: &Rc<Script>) -> usize {
        self.scripts.push((Rc::clone(script), vec![Fate::Visual; script.ranges.len()]));
        self.scripts.len() - 1
    }

    /// The script of an index.
    pub(super) fn script(&self, at: usize) -> Option<Rc<Script>> {
        self.scripts.get(at).map(|(script, _)| Rc::clone(script))
    }

    /// Says what became of a statement.
    pub(super) fn mark(&mut self, id: Option<StatementId>, fate: Fate) {
        let Some(id) = id else { return };
        let old = self.scripts.get_mut(id.script).and_then(|(_, fates)| fates.get_mut(id.statement));
        if let Some(old) = old {
            *old = (*old).max(fate);
        }
    }

    /// The account of the diagrams at these line ranges of these scripts.
    pub(super) fn loss(&self, read: &BTreeSet<(usize, usize, usize)>) -> Loss {
        let mut loss = Loss::default();
        for (at, (script, fates)) in self.scripts.iter().enumerate() {
            for (range, fate) in script.ranges.iter().zip(fates) {
                // Diagrams of one script do not overlap: the last that starts before the statement holds it or none does.
                let last = read.range(..=(at, range.start, usize::MAX)).next_back();
                if !last.is_some_and(|(other, _, end)| *other == at && range.end <= *end) {
                    continue;
                }
                match fate {
                    Fate::Understood => loss.understood += 1,
                    Fate::Visual => loss.visual += 1,
                    Fate::Unknown => loss.unknown.push(unread(script, range)),
                }
            }
        }
        loss
    }
}

fn unread(script: &Script, range: &Range<usize>) -> Unread {
    let first = script.lines.get(range.start).map_or("", |line| line.text.as_str());
    let mut text: String = first.chars().take(LONGEST).collect();
    if first.chars().count() > LONGEST || range.len() > 1 {
        text.push('…');
    }
    Unread { span: script.span(range), text }
}
