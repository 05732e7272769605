//! Directives: lines that start with `!`.
//!
//! PlantUML language reference, chapter "Preprocessing" (1.2025): variables, conditions, loops, procedures,
//! functions, defines, includes; the rest says nothing about the architecture.

use std::rc::Rc;

use super::memory::{Define, Parameter, Routine, Scope};
use super::value::Value;
use super::{Frame, Here, Machine, OutLine, Outcome, Step};
use crate::readers::arguments;
use crate::readers::plantuml::account::Fate;
use crate::readers::plantuml::block;

impl Machine<'_, '_> {
    /// Carries out one directive.
    pub(super) fn directive(&mut self, here: &Here<'_>, out: &mut Vec<OutLine>) -> Step {
        let line = here.text.lines[here.at].text.as_str();
        let word = block::directive(line).unwrap_or_default();
        let rest = line.trim_start_matches('!').trim_start();
        let rest = rest.get(word.len()..).unwrap_or_default().trim();
        let jump = here.text.jumps.get(&here.at).copied();
        let depth = here.frame.depth;
        let step = match word {
            "if" | "ifdef" | "ifndef" | "elseif" | "else" => {
                let Some(jump) = jump else {
                    self.mark(here.owner, Fate::Unknown);
                    return Step::Next;
                };
                self.mark(here.owner, Fate::Understood);
                // A branch that is reached by running into it ends the one before.
                if matches!(word, "elseif" | "else") {
                    return Step::To(jump.end + 1);
                }
                return self.branch(here, word, rest, jump.next, jump.end);
            }
            "while" => match jump {
                Some(jump) => return self.repeat_while(here, rest, jump.end, out),
                None => None,
            },
            "foreach" => match jump {
                Some(jump) => return self.for_each(here, rest, jump.end, out),
                None => None,
            },
            "endif" | "endwhile" | "endfor" | "endforeach" | "end" | "endsub" => return Step::Next,
            "enddefinelong" | "endprocedure" | "endfunction" => return Step::Next,
            "define" => self.define(rest).then_some(Step::Next),
            "definelong" => jump.and_then(|jump| self.define_long(here, rest, jump.end)),
            "undef" | "undefine" => {
                self.memory.forget(rest);
                Some(Step::Next)
            }
            "procedure" | "function" | "unquoted" | "final" => {
                self.routine(here, line, jump.map(|jump| jump.end))
            }
            "return" => {
                let value = self.evaluate(rest, depth);
                return Step::End(Outcome::Return(value));
            }
            "exit" => return Step::End(Outcome::Exit),
            word if word.starts_with("include") || word == "import" => {
                self.include(here, word, line, out);
                return Step::Next;
            }
            "startsub" => Some(Step::Next),
            "pragma" | "theme" | "log" | "assert" | "dump_memory" | "option" | "theme_file" => {
                self.mark(here.owner, Fate::Visual);
                return Step::Next;
            }
            _ => self.assign(line, depth).then_some(Step::Next),
        };
        self.mark(here.owner, if step.is_some() { Fate::Understood } else { Fate::Unknown });
        step.unwrap_or(Step::Next)
    }

    /// Finds the branch that holds.
    fn branch(&mut self, here: &Here<'_>, word: &str, condition: &str, next: usize, end: usize) -> Step {
        let depth = here.frame.depth;
        let mut holds = match word {
            "ifdef" => self.memory.knows(condition),
            "ifndef" => !self.memory.knows(condition),
            _ => self.evaluate(condition, depth).holds(),
        };
        let (mut at, mut next) = (here.at, next);
        while !holds && next < end {
            at = next;
            let Some(jump) = here.text.jumps.get(&at) else { break };
            next = jump.next;
            let line = here.text.lines[at].text.as_str();
            let other = block::directive(line).unwrap_or_default();
            let owner = here.frame.owner.or(here.text.statements[at].map(|statement| {
                crate::readers::plantuml::account::StatementId { script: here.script, statement }
            }));
            self.mark(owner, Fate::Understood);
            let condition = line.find(other).map_or("", |start| &line[start + other.len()..]);
            holds = other == "else" || self.evaluate(condition, depth).holds();
        }
        Step::To(if holds { at + 1 } else { end + 1 })
    }

    fn repeat_while(&mut self, here: &Here<'_>, condition: &str, end: usize, out: &mut Vec<OutLine>) -> Step {
        self.mark(here.owner, Fate::Understood);
        let depth = here.frame.depth + 1;
        while self.deeper(depth)
            && self.budget.take(condition.len())
            && self.evaluate(condition, depth).holds()
        {
            let frame = Frame { depth, ..here.frame };
            match self.run(here.script, here.at + 1..end, frame, out) {
                Outcome::Done => {}
                outcome => return Step::End(outcome),
            }
        }
        Step::To(end + 1)
    }

    /// `!foreach $item in list`.
    fn for_each(&mut self, here: &Here<'_>, rest: &str, end: usize, out: &mut Vec<OutLine>) -> Step {
        let depth = here.frame.depth + 1;
        let Some((name, list)) = rest.split_once(" in ") else {
            self.mark(here.owner, Fate::Unknown);
            return Step::To(end + 1);
        };
        self.mark(here.owner, Fate::Understood);
        for item in self.evaluate(list, depth).items() {
            if !self.deeper(depth) || !self.budget.take(0) {
                break;
            }
            self.memory.set(name.trim(), item, Scope::Any);
            let frame = Frame { depth, ..here.frame };
            match self.run(here.script, here.at + 1..end, frame, out) {
                Outcome::Done => {}
                outcome => return Step::End(outcome),
            }
        }
        Step::To(end + 1)
    }

    /// `!define NAME text` and `!define NAME(a, b="c") text`.
    fn define(&mut self, rest: &str) -> bool {
        let Some((name, parameters, body)) = head(rest) else { return false };
        let body = body.trim().to_owned();
        self.add_define(name, Define { parameters, body: Rc::from([body]) });
        true
    }

    fn define_long(&mut self, here: &Here<'_>, rest: &str, end: usize) -> Option<Step> {
        let (name, parameters, first) = head(rest)?;
        let first = Some(first.trim()).filter(|first| !first.is_empty()).map(str::to_owned);
        let lines = here.text.lines[here.at + 1..end].iter().map(|line| line.text.clone());
        let body: Rc<[String]> = first.into_iter().chain(lines).collect();
        self.add_define(name, Define { parameters, body });
        Some(Step::To(end + 1))
    }

    fn add_define(&mut self, name: &str, define: Define) {
        if self.is_library_name(name) {
            return;
        }
        let count = |define: &Define| define.parameters.as_ref().map(|parameters| parameters.len());
        self.memory.bare |= !name.starts_with('$');
        let known = self.memory.defines.entry(name.to_owned()).or_default();
        known.retain(|other| count(other) != count(&define));
        known.push(define);
    }

    /// `!procedure`, `!function`, each with `!unquoted` and `!final` before it.
    fn routine(&mut self, here: &Here<'_>, line: &str, end: Option<usize>) -> Option<Step> {
        let words = line.split('(').next()?;
        let is_function = words.contains("function");
        let kind = if is_function { "function" } else { "procedure" };
        let rest = &line[words.find(kind)? + kind.len()..];
        let (name, parameters, tail) = head(rest.trim_start())?;
        let one_line =
            tail.trim().trim_start_matches('!').strip_prefix("return").map(|value| Rc::from(value.trim()));
        let (body, step) = match end {
            _ if one_line.is_some() => (here.at..here.at, Step::Next),
            Some(end) => (here.at + 1..end, Step::To(end + 1)),
            None => return None,
        };
        if self.is_library_name(name) {
            return Some(step);
        }
        let routine = Routine {
            parameters: parameters.unwrap_or_else(|| Rc::from([])),
            script: here.script,
            body,
            one_line,
            unquoted: words.contains("unquoted"),
            is_function,
        };
        self.memory.bare |= !name.starts_with('$');
        let known = self.memory.routines.entry(name.to_owned()).or_default();
        known.retain(|other| other.parameters.len() != routine.parameters.len());
        known.push(routine);
        Some(step)
    }

    /// `!$name = value`, `!name ?= value`, with `local` or `global` before it.
    fn assign(&mut self, line: &str, depth: usize) -> bool {
        let mut rest = line.trim_start_matches('!').trim_start();
        let mut scope = Scope::Any;
        for (word, other) in [("local ", Scope::Local), ("global ", Scope::Global)] {
            if let Some(after) = rest.strip_prefix(word) {
                (rest, scope) = (after.trim_start(), other);
            }
        }
        let Some((name, value)) = rest.split_once('=') else { return false };
        let (name, only_new) = match name.trim_end().strip_suffix('?') {
            Some(name) => (name.trim_end(), true),
            None => (name.trim_end(), false),
        };
        let word = name.strip_prefix('$').unwrap_or(name);
        // `!$a.b = c` and `!$a[0] = c` change a member, which nothing here reads again.
        let plain = |c: char| c.is_alphanumeric() || c == '_';
        if word.is_empty() || !word.chars().all(|c| plain(c) || matches!(c, '.' | '[' | ']')) {
            return false;
        }
        if !word.chars().all(plain) || only_new && self.memory.variable(name).is_some() {
            return true;
        }
        let value = self.evaluate(value, depth);
        self.memory.set(name, value, scope);
        true
    }

    /// Sets a variable from a builtin.
    pub(super) fn set_variable(&mut self, name: &str, value: Value) {
        self.memory.set(name, value, Scope::Global);
    }
}

/// A name, its parameters when it has parentheses, and what follows.
type Head<'t> = (&'t str, Option<Rc<[Parameter]>>, &'t str);

/// The head of `name(a, b = c) rest`.
fn head(text: &str) -> Option<Head<'_>> {
    let plain = |(_, c): &(usize, char)| !(c.is_alphanumeric() || *c == '_' || *c == '$');
    let end = text.char_indices().find(plain).map_or(text.len(), |(at, _)| at);
    let (name, rest) = text.split_at(end);
    if name.is_empty() {
        return None;
    }
    if !rest.starts_with('(') {
        return Some((name, None, rest));
    }
    let close = arguments::closing(rest, 0)?;
    let parameters = arguments::split(&rest[1..close])
        .into_iter()
        .filter(|piece| !piece.is_empty())
        .map(|piece| match piece.split_once('=') {
            Some((name, default)) => {
                Parameter { name: name.trim().to_owned(), default: Some(default.trim().to_owned()) }
            }
            None => Parameter { name: piece.to_owned(), default: None },
        })
        .collect();
    Some((name, Some(parameters), &rest[close + 1..]))
}
