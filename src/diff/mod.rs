//! What changed between two reviews.
//!
//! In: two [`Record`]s, each the published form of one packet (`model.json` and `findings.json`), as
//! read from files or as just made. Out: [`Changes`], as values.
//!
//! 1. [`Record::read`] takes what matters of the two files; a form of another version is refused.
//! 2. `part` turns elements, flows and the rest into parts with comparable lines and facts.
//! 3. `pair` finds the same part on both sides: by id, else by a proposal (same kind and name elsewhere, or the same
//!    place in the structure under another name). A proposal is told as a question, never as a fact.
//! 4. `parts` compares the pairs; `judged` compares findings, verdicts and questions; `decided` decisions.
//!
//! Only content counts: places, order, coordinates, view order and file names never make a change.
//!
//! Architecture invariant: comparing with a file and with a folder go the same way, through the same
//! form, so that they cannot differ.

mod changes;
mod decided;
mod judged;
mod pair;
mod part;
mod parts;
mod record;

pub use changes::{
    Changes, Closed, Counts, DecisionChange, Edit, Edition, FactEdit, FindingChange, Known, Moved, Named,
    PartChange, Parts, Pass, QuestionChange, Reason, ToldDecision, ToldFinding, ToldQuestion, Turn,
};
pub use record::{Record, RecordError};

/// What changed from the old review to the new one.
pub fn compare(old: &Record, new: &Record) -> Changes {
    let (elements, mut pairs) = parts::elements(old, new);
    let flows = parts::flows(old, new, &mut pairs);
    let others = parts::others(old, new, &pairs);
    let judged = judged::compare(old, new, &pairs);
    Changes {
        old: old.edition(),
        new: new.edition(),
        document: parts::document(old, new),
        facts: parts::model_facts(old, new),
        elements,
        flows,
        others,
        findings_new: judged.new,
        findings_closed: judged.closed,
        findings_changed: judged.changed,
        verdicts: judged.verdicts,
        questions_new: judged.asked,
        questions_answered: judged.answered,
        questions_gone: judged.gone,
        decisions: decided::compare(old, new),
        before: judged::counts(old),
        after: judged::counts(new),
        packs: parts::packs(old, new),
    }
}
