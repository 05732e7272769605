//! The preprocessor: directives are carried out, names and calls are replaced.
//!
//! A script goes in; lines that hold only diagram text come out, each with its place, the call that brought it in
//! and the statement that it belongs to. Work is bounded: a macro that expands for ever ends with one diagnostic.
//! Includes come through `Files` only; no address is ever fetched. What the lines mean is not known here.

mod builtin;
mod directive;
mod expand;
mod expression;
mod include;
mod json;
mod memory;
mod value;

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::rc::Rc;

use super::account::{Account, Fate, StatementId};
use super::block;
use super::library::Libraries;
use super::script::Script;
use crate::diagnostic::Diagnostic;
use crate::readers::reader::Files;
use crate::source::{Place, Sources, Span};
use memory::{Budget, DEEPEST, Memory};
use value::Value;

/// A line of diagram text.
#[derive(Clone, Debug)]
pub(super) struct OutLine {
    /// Its text.
    pub(super) text: String,
    /// Where it stands, and the call that brought it in.
    pub(super) place: Place,
    /// The statement that it counts for.
    pub(super) owner: Option<StatementId>,
}

/// What a preprocessor shares with the diagrams of the same source.
pub(super) struct Shared<'a> {
    /// The door to included files.
    pub(super) files: &'a dyn Files,
    /// The table that spans point into.
    pub(super) sources: Sources,
    /// What was wrong.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// What became of each statement.
    pub(super) account: Account,
    /// Scripts of included files, by path.
    pub(super) scripts: HashMap<String, usize>,
    /// What was already told about includes.
    pub(super) told: BTreeSet<String>,
}

/// The text that a diagram leaves.
#[derive(Debug, Default)]
pub(super) struct Expanded {
    /// Its lines.
    pub(super) lines: Vec<OutLine>,
    /// Ranges of lines that were read, as script, start and end.
    pub(super) read: BTreeSet<(usize, usize, usize)>,
    /// Macro libraries that it uses.
    pub(super) libraries: Libraries,
}

/// Carries out the directives of some lines of a script.
pub(super) fn preprocess(shared: &mut Shared<'_>, script: usize, range: Range<usize>) -> Expanded {
    let Some(text) = shared.account.script(script) else { return Expanded::default() };
    let written = text.lines[range.clone()].iter().map(|line| line.text.len() + 1).sum();
    let mut machine = Machine {
        shared,
        memory: Memory::default(),
        budget: Budget::new(written),
        expanded: Expanded::default(),
        stack: vec![text.path.clone()],
        active: Vec::new(),
        place: Span::default(),
    };
    let mut lines = Vec::new();
    machine.run(script, range, Frame::default(), &mut lines);
    if machine.budget.spent {
        let span = machine.place;
        machine.shared.diagnostics.push(
            Diagnostic::error(
                "plantuml/expansion-limit",
                "the macros of this diagram expand without end",
                span,
            )
            .help("check the loop or macro that is called here; what it makes beyond the limit is not read"),
        );
    }
    Expanded { lines, ..machine.expanded }
}

struct Machine<'m, 'a> {
    shared: &'m mut Shared<'a>,
    memory: Memory,
    budget: Budget,
    expanded: Expanded,
    /// Paths of the files that are being included.
    stack: Vec<String>,
    /// Defines that are being replaced; none of them is replaced inside itself.
    active: Vec<String>,
    /// The written line that is at work, or the one that used the budget up.
    place: Span,
}

/// Where lines run.
#[derive(Clone, Copy, Debug, Default)]
struct Frame {
    /// The call or include that brought them in.
    call: Option<Span>,
    /// The statement that they count for, when it is not their own.
    owner: Option<StatementId>,
    /// Nesting of calls, loops and includes.
    depth: usize,
}

/// How running lines ended.
#[derive(Debug, PartialEq)]
enum Outcome {
    Done,
    Return(Value),
    Exit,
}

impl Machine<'_, '_> {
    /// Runs some lines and adds what they leave.
    fn run(&mut self, script: usize, range: Range<usize>, frame: Frame, out: &mut Vec<OutLine>) -> Outcome {
        let Some(text) = self.shared.account.script(script) else { return Outcome::Done };
        let mut at = range.start;
        while at < range.end.min(text.lines.len()) {
            let line = &text.lines[at];
            let owner =
                frame.owner.or(text.statements[at].map(|statement| StatementId { script, statement }));
            let place = Place { span: Span::new(text.file, line.start, line.end), call: frame.call };
            if !self.budget.spent {
                self.place = frame.call.unwrap_or(place.span);
            }
            let enough = self.budget.take(0);
            if !enough && frame.depth > 0 {
                return Outcome::Done;
            }
            if block::directive(&line.text).is_none() || line.text.starts_with("!=") {
                if enough {
                    self.expand_line(&line.text, place, owner, frame, out);
                } else {
                    out.push(OutLine { text: line.text.clone(), place, owner });
                }
                at += 1;
                continue;
            }
            let here = Here { script, text: &text, at, place, owner, frame };
            match self.directive(&here, out) {
                Step::Next => at += 1,
                Step::To(line) => at = line.max(at + 1),
                Step::End(outcome) => return outcome,
            }
        }
        Outcome::Done
    }

    fn mark(&mut self, owner: Option<StatementId>, fate: Fate) {
        self.shared.account.mark(owner, fate);
    }

    /// Whether one more level of nesting is allowed.
    fn deeper(&mut self, depth: usize) -> bool {
        if depth >= DEEPEST {
            self.budget.spent = true;
        }
        !self.budget.spent
    }
}

/// The directive that is at work.
struct Here<'t> {
    script: usize,
    text: &'t Rc<Script>,
    at: usize,
    place: Place,
    owner: Option<StatementId>,
    frame: Frame,
}

/// Where to go on.
enum Step {
    Next,
    To(usize),
    End(Outcome),
}
