//! What the preprocessor remembers: variables, definitions and the budget of its work.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::rc::Rc;

use super::value::Value;

/// A name that stands for text: `!define NAME(parameters) text` or `!definelong`.
#[derive(Clone, Debug)]
pub(super) struct Define {
    /// `None` for a define without parentheses.
    pub(super) parameters: Option<Rc<[Parameter]>>,
    /// Lines of text.
    pub(super) body: Rc<[String]>,
}

/// A parameter with its default.
#[derive(Clone, Debug)]
pub(super) struct Parameter {
    /// The name as written.
    pub(super) name: String,
    /// What stands after `=`.
    pub(super) default: Option<String>,
}

/// `!procedure` or `!function`.
#[derive(Clone, Debug)]
pub(super) struct Routine {
    /// Its parameters.
    pub(super) parameters: Rc<[Parameter]>,
    /// The script of its body.
    pub(super) script: usize,
    /// The lines of its body.
    pub(super) body: Range<usize>,
    /// The expression of a function on one line.
    pub(super) one_line: Option<Rc<str>>,
    /// Arguments are words, not expressions.
    pub(super) unquoted: bool,
    /// It returns a value.
    pub(super) is_function: bool,
}

/// Everything that lines can refer to.
#[derive(Debug, Default)]
pub(super) struct Memory {
    /// Defines by name; several when they differ in the number of parameters.
    pub(super) defines: HashMap<String, Vec<Define>>,
    /// Procedures and functions by name.
    pub(super) routines: HashMap<String, Vec<Routine>>,
    globals: HashMap<String, Value>,
    locals: Vec<HashMap<String, Value>>,
    /// A name without `$` was ever defined.
    pub(super) bare: bool,
    /// Paths of the files that were included.
    pub(super) included: HashSet<String>,
}

impl Memory {
    /// The value of a variable, the innermost first.
    pub(super) fn variable(&self, name: &str) -> Option<&Value> {
        self.locals.last().and_then(|scope| scope.get(name)).or_else(|| self.globals.get(name))
    }

    /// A parameter of the innermost call.
    pub(super) fn local(&self, name: &str) -> Option<&Value> {
        self.locals.last()?.get(name)
    }

    /// Sets a variable: the local one when there is one or when it is asked for, else the global one.
    pub(super) fn set(&mut self, name: &str, value: Value, scope: Scope) {
        self.bare |= !name.starts_with('$');
        let known_global = self.globals.contains_key(name);
        match self.locals.last_mut() {
            Some(local)
                if scope == Scope::Local
                    || scope == Scope::Any && (local.contains_key(name) || !known_global) =>
            {
                local.insert(name.to_owned(), value);
            }
            _ => {
                self.globals.insert(name.to_owned(), value);
            }
        }
    }

    /// Forgets a name.
    pub(super) fn forget(&mut self, name: &str) {
        self.defines.remove(name);
        self.globals.remove(name);
        if let Some(local) = self.locals.last_mut() {
            local.remove(name);
        }
    }

    /// Whether the name stands for something.
    pub(super) fn knows(&self, name: &str) -> bool {
        self.defines.contains_key(name) || self.variable(name).is_some() || self.routines.contains_key(name)
    }

    /// Whether there may be names without `$`: what only names with `$` stand for needs no look at every word.
    pub(super) fn has_bare_names(&self) -> bool {
        self.bare
    }

    /// Opens the scope of a call.
    pub(super) fn enter(&mut self, parameters: HashMap<String, Value>) {
        self.bare |= parameters.keys().any(|name| !name.starts_with('$'));
        self.locals.push(parameters);
    }

    /// Closes it.
    pub(super) fn leave(&mut self) {
        self.locals.pop();
    }
}

/// Where a variable is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// Where it is known.
    Any,
    /// `!local`.
    Local,
    /// `!global`.
    Global,
}

/// How much work one diagram may ask for.
#[derive(Debug)]
pub(super) struct Budget {
    lines: usize,
    bytes: usize,
    /// It was used up.
    pub(super) spent: bool,
}

/// Lines that macros and loops may produce or run, beyond those written.
const LINES: usize = 100_000;
/// Bytes that replacing may produce or look at, beyond those written.
const BYTES: usize = 8 << 20;
/// Deepest nesting of calls, loops and includes.
pub(super) const DEEPEST: usize = 40;

impl Budget {
    /// The budget of a text of this many bytes.
    pub(super) fn new(written: usize) -> Self {
        Self { lines: LINES + written, bytes: BYTES + 8 * written, spent: false }
    }

    /// Takes one line and these bytes; `false` when the budget is used up.
    pub(super) fn take(&mut self, bytes: usize) -> bool {
        match (self.lines.checked_sub(1), self.bytes.checked_sub(bytes)) {
            (Some(lines), Some(left)) if !self.spent => {
                self.lines = lines;
                self.bytes = left;
                true
            }
            _ => {
                self.spent = true;
                false
            }
        }
    }
}
