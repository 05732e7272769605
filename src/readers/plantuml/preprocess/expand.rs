//! Replacing: variables, defines, functions and procedures inside a line of text.

use std::collections::HashMap;

use super::memory::{Define, Parameter, Routine};
use super::value::Value;
use super::{Frame, Machine, OutLine, Outcome};
use crate::readers::arguments;
use crate::readers::plantuml::account::StatementId;
use crate::source::Place;

/// Lines that a text becomes, each with the place of the macro body that it comes from.
type Woven = Vec<(String, Option<Place>)>;

impl Machine<'_, '_> {
    /// Replaces everything in a line and adds the lines that it becomes.
    pub(super) fn expand_line(
        &mut self,
        text: &str,
        place: Place,
        owner: Option<StatementId>,
        frame: Frame,
        out: &mut Vec<OutLine>,
    ) {
        if !self.mentions(text) {
            out.push(OutLine { text: text.to_owned(), place, owner });
            return;
        }
        let call = frame.call.unwrap_or(place.span);
        for (line, body) in self.weave(text, Frame { call: Some(call), owner, ..frame }) {
            let line = line.trim();
            if !line.is_empty() {
                out.push(OutLine { text: line.to_owned(), place: body.unwrap_or(place), owner });
            }
        }
    }

    /// Replaces everything in a text that stays one text.
    pub(super) fn substitute(&mut self, text: &str, depth: usize) -> String {
        if !self.mentions(text) {
            return text.to_owned();
        }
        let woven = self.weave(text, Frame { depth, ..Frame::default() });
        woven.into_iter().map(|(line, _)| line).collect::<Vec<_>>().join("\n")
    }

    /// Whether anything in the text may have to be replaced.
    fn mentions(&self, text: &str) -> bool {
        text.contains(['$', '%'])
            || self.memory.has_bare_names() && words(text).any(|word| self.memory.knows(word))
    }

    fn weave(&mut self, text: &str, frame: Frame) -> Woven {
        let mut woven: Woven = vec![(String::with_capacity(text.len()), None)];
        let mut at = 0;
        let mut word_goes_on = false;
        while let Some(character) = text[at..].chars().next() {
            let after = at + character.len_utf8();
            if character == '\\' && text[after..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '\\')
            {
                push(&mut woven, &text[at..after + 1]);
                (at, word_goes_on) = (after + 1, false);
                continue;
            }
            let bare = self.memory.has_bare_names();
            let begins = character == '$' || character == '%' || bare && !word_goes_on && is_word(character);
            if begins
                && let Some(length) = name_length(&text[at..])
                && let Some((used, lines)) = self.replace(text, at, length, frame)
            {
                // `##` glues a name that is replaced to what stands beside it.
                unglue(&mut woven);
                append(&mut woven, lines);
                let glue = if text[used..].starts_with("##") { 2 } else { 0 };
                (at, word_goes_on) = (used + glue, false);
                continue;
            }
            if begins && character != '$' && character != '%' {
                let length = name_length(&text[at..]).unwrap_or(1);
                push(&mut woven, &text[at..at + length]);
                (at, word_goes_on) = (at + length, true);
                continue;
            }
            // Up to where a name or an escape may begin, nothing is replaced.
            let may_begin = |c: char| matches!(c, '$' | '%' | '\\') || bare && is_word(c);
            let end = text[after..].find(may_begin).map_or(text.len(), |length| after + length);
            push(&mut woven, &text[at..end]);
            word_goes_on = end == after && is_word(character);
            at = end;
        }
        woven
    }

    /// What the name at `at` stands for, and where the text goes on; `None` when it stands for itself.
    fn replace(&mut self, text: &str, at: usize, length: usize, frame: Frame) -> Option<(usize, Woven)> {
        let name = &text[at..at + length];
        let end = at + length;
        let spaces = text[end..].len() - text[end..].trim_start().len();
        let open =
            Some(end + spaces).filter(|open| text[*open..].starts_with('(') && (spaces == 0 || at == 0));
        if let Some(open) = open {
            let builtin = name.starts_with('%');
            let callable =
                builtin || self.memory.routines.contains_key(name) || self.memory.defines.contains_key(name);
            if callable && self.budget.take(text.len() - open) {
                let close = arguments::closing(text, open)?;
                let inside = &text[open + 1..close];
                if builtin {
                    let value = self.builtin(name, inside, frame.depth + 1)?;
                    return Some((close + 1, lines(value.into_text())));
                }
                if let Some(woven) = self.call(name, inside, frame) {
                    return Some((close + 1, woven));
                }
            }
        }
        if name.starts_with('%') {
            return None;
        }
        if self.memory.variable(name).is_some() {
            let (value, used) = self.recall(name, &text[end..], frame.depth)?;
            return Some((end + used, lines(value.into_text())));
        }
        // A parameter of a define is replaced behind a `$` too: `<$e_sprite>`.
        if let Some(bare) = name.strip_prefix('$') {
            let value = format!("${}", self.memory.local(bare)?.text());
            return Some((end, one(value)));
        }
        let define =
            self.memory.defines.get(name)?.iter().find(|define| define.parameters.is_none())?.clone();
        let woven = self.define_body(name, &define, HashMap::new(), frame)?;
        Some((end, woven))
    }

    /// The value of a variable or of the member that `.key` and `[index]` behind it name, and the bytes of that path.
    pub(super) fn recall(&mut self, name: &str, rest: &str, depth: usize) -> Option<(Value, usize)> {
        let mut path: Vec<String> = Vec::new();
        let mut used = 0;
        while self.memory.variable(name).is_some_and(|value| value.holds_members(&path))
            && let Some((key, is_expression, length)) = path_step(&rest[used..])
        {
            path.push(if is_expression { self.evaluate(key, depth + 1).text() } else { key.to_owned() });
            used += length;
            // A member that is not there is empty.
            if !self.memory.variable(name)?.has(&path) {
                return Some((Value::Text(String::new()), used));
            }
        }
        let value = self.memory.variable(name)?.follow(&path)?;
        self.budget.take(value.weight()).then_some((value, used))
    }

    /// Calls a define, procedure or function by name.
    pub(super) fn call(&mut self, name: &str, inside: &str, frame: Frame) -> Option<Woven> {
        if !self.deeper(frame.depth + 1) {
            return None;
        }
        let pieces = arguments::split(inside);
        if let Some(routines) = self.memory.routines.get(name) {
            let routine = fitting(routines, pieces.len(), |routine| Some(&routine.parameters))?.clone();
            let parameters = self.bind(&routine.parameters, &pieces, routine.unquoted, frame.depth);
            let mut lines = Vec::new();
            let value = self.routine_body(&routine, parameters, frame, &mut lines);
            if routine.is_function {
                return Some(
                    value.map_or_else(|| one(String::new()), |value| self::lines(value.into_text())),
                );
            }
            return Some(lines.into_iter().map(|line| (line.text, Some(line.place))).collect());
        }
        let defines = self.memory.defines.get(name)?;
        let define = fitting(defines, pieces.len(), |define| define.parameters.as_ref())?.clone();
        let parameters = define.parameters.clone().unwrap_or_else(|| [].into());
        let bound = self.bind(&parameters, &pieces, true, frame.depth);
        self.define_body(name, &define, bound, frame)
    }

    /// The value of a call of a function.
    pub(super) fn call_value(&mut self, name: &str, inside: &str, depth: usize) -> Option<Value> {
        let function =
            self.memory.routines.get(name).is_some_and(|all| all.iter().any(|one| one.is_function));
        if !function || !self.deeper(depth + 1) {
            let woven = self.call(name, inside, Frame { depth, ..Frame::default() })?;
            return Some(Value::Text(woven.into_iter().map(|(line, _)| line).collect::<Vec<_>>().join("\n")));
        }
        let pieces = arguments::split(inside);
        let routine =
            fitting(self.memory.routines.get(name)?, pieces.len(), |routine| Some(&routine.parameters))?
                .clone();
        let parameters = self.bind(&routine.parameters, &pieces, routine.unquoted, depth);
        let frame = Frame { depth, ..Frame::default() };
        Some(
            self.routine_body(&routine, parameters, frame, &mut Vec::new())
                .unwrap_or(Value::Text(String::new())),
        )
    }

    fn routine_body(
        &mut self,
        routine: &Routine,
        parameters: HashMap<String, Value>,
        frame: Frame,
        lines: &mut Vec<OutLine>,
    ) -> Option<Value> {
        self.memory.enter(parameters);
        let depth = frame.depth + 1;
        let value = match &routine.one_line {
            Some(expression) => Some(self.evaluate(expression, depth)),
            None => match self.run(routine.script, routine.body.clone(), Frame { depth, ..frame }, lines) {
                Outcome::Return(value) => Some(value),
                Outcome::Done | Outcome::Exit => None,
            },
        };
        self.memory.leave();
        value
    }

    fn define_body(
        &mut self,
        name: &str,
        define: &Define,
        parameters: HashMap<String, Value>,
        frame: Frame,
    ) -> Option<Woven> {
        if self.active.iter().any(|active| active == name) || !self.deeper(frame.depth + 1) {
            return None;
        }
        self.active.push(name.to_owned());
        let has_parameters = define.parameters.is_some();
        if has_parameters {
            self.memory.enter(parameters);
        }
        let mut woven: Woven = Vec::new();
        for line in define.body.iter() {
            if !self.budget.take(line.len() + 1) {
                break;
            }
            woven.extend(self.weave(line, Frame { depth: frame.depth + 1, ..frame }));
        }
        if has_parameters {
            self.memory.leave();
        }
        self.active.pop();
        if woven.is_empty() { Some(one(String::new())) } else { Some(woven) }
    }

    /// Gives parameters their values.
    fn bind(
        &mut self,
        parameters: &[Parameter],
        pieces: &[&str],
        unquoted: bool,
        depth: usize,
    ) -> HashMap<String, Value> {
        let mut bound = HashMap::new();
        let mut free = parameters.iter();
        for piece in pieces {
            let bare = |parameter: &&Parameter, name: &str| parameter.name.trim_start_matches('$') == name;
            let named = arguments::named(piece).and_then(|(name, value)| {
                Some((parameters.iter().find(|parameter| bare(parameter, name))?, value))
            });
            let Some((parameter, text)) = named.or_else(|| Some((free.next()?, *piece))) else { continue };
            let value = self.argument(text, unquoted, depth);
            bound.insert(parameter.name.clone(), value);
        }
        for parameter in parameters {
            if !bound.contains_key(&parameter.name) {
                let default = parameter.default.as_deref().unwrap_or_default();
                let value = self.argument(default, unquoted, depth);
                bound.insert(parameter.name.clone(), value);
            }
        }
        bound
    }

    fn argument(&mut self, text: &str, unquoted: bool, depth: usize) -> Value {
        if unquoted {
            let text = self.substitute(text, depth + 1);
            Value::Text(arguments::unquoted(&text).to_owned())
        } else {
            self.evaluate(text, depth + 1)
        }
    }
}

/// The definition that takes this many arguments; the one with the fewest parameters that are enough, else the last.
fn fitting<T>(
    all: &[T],
    count: usize,
    parameters: impl Fn(&T) -> Option<&std::rc::Rc<[Parameter]>>,
) -> Option<&T> {
    let with = all.iter().filter_map(|one| parameters(one).map(|parameters| (parameters, one)));
    let enough = |parameters: &[Parameter]| {
        count <= parameters.len()
            && parameters.iter().skip(count).all(|parameter| parameter.default.is_some())
    };
    let best = with
        .clone()
        .filter(|(parameters, _)| enough(parameters))
        .min_by_key(|(parameters, _)| parameters.len());
    best.or_else(|| with.last()).map(|(_, one)| one)
}

/// Longest index in brackets, in bytes; a bracket that is not closed must not cost a walk to the end of the text.
const LONGEST_INDEX: usize = 200;

/// `.key` or `[index]` at the start of a text: the key as written, whether it is an expression, and its bytes.
fn path_step(rest: &str) -> Option<(&str, bool, usize)> {
    if let Some(name) = rest.strip_prefix('.') {
        let end = name.find(|c: char| !is_word(c)).unwrap_or(name.len());
        return (end > 0).then_some((&name[..end], false, end + 1));
    }
    let inside = rest.strip_prefix('[')?;
    let end = inside.bytes().take(LONGEST_INDEX).position(|byte| byte == b']')?;
    Some((&inside[..end], true, end + 2))
}

/// Bytes of the name at the start of a text: `$a1`, `%b`, `c`; `None` when there is none.
pub(super) fn name_length(text: &str) -> Option<usize> {
    let mark = usize::from(text.starts_with(['$', '%']));
    let word = &text[mark..];
    let end = word.find(|c: char| !is_word(c)).unwrap_or(word.len());
    let first = word.chars().next()?;
    (end > 0 && (mark > 0 || !first.is_ascii_digit())).then_some(mark + end)
}

pub(super) fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !is_word(c)).filter(|word| !word.is_empty()).flat_map(|word| {
        // `\nNAME`: the letter after a backslash is no part of the name.
        [Some(word), word.strip_prefix(['n', 'l', 'r', 't'])].into_iter().flatten()
    })
}

fn one(text: String) -> Woven {
    vec![(text, None)]
}

/// A text that may hold line feeds, line by line.
fn lines(text: String) -> Woven {
    if !text.contains('\n') {
        return one(text);
    }
    text.split('\n').map(|line| (line.to_owned(), None)).collect()
}

fn unglue(woven: &mut Woven) {
    if let Some((line, _)) = woven.last_mut()
        && line.ends_with("##")
    {
        line.truncate(line.len() - 2);
    }
}

fn push(woven: &mut Woven, text: &str) {
    if let Some((line, _)) = woven.last_mut() {
        line.push_str(text);
    }
}

/// Adds lines: the first goes on where the text stands.
fn append(woven: &mut Woven, lines: Woven) {
    let mut lines = lines.into_iter();
    if let (Some((text, place)), Some(last)) = (lines.next(), woven.last_mut()) {
        if last.0.trim().is_empty() {
            last.1 = place;
        }
        last.0.push_str(&text);
    }
    woven.extend(lines);
}
