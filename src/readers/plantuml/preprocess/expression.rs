//! Expressions: `"a" + $b == %upper("ab") && 1 < 2`.
//!
//! or := and (`||` and)*; and := compare (`&&` compare)*; compare := sum ((`==` `!=` `<` `<=` `>` `>=`) sum)*;
//! sum := product ((`+` | `-`) product)*; product := unary ((`*` | `/`) unary)*; unary := (`!` | `-`) unary | primary;
//! primary := string | number | JSON | `(` or `)` | call | variable | word.

use super::Machine;
use super::expand::{is_word, name_length};
use super::memory::DEEPEST;
use super::value::Value;
use crate::readers::arguments;

impl Machine<'_, '_> {
    /// The value of an expression; text that is none stands for itself, with names replaced.
    pub(super) fn evaluate(&mut self, text: &str, depth: usize) -> Value {
        let text = text.trim();
        if !self.budget.take(text.len()) || !self.deeper(depth) {
            return Value::Text(String::new());
        }
        let mut parser = Parser { machine: self, text, at: 0, depth };
        if let Some(value) = parser.any_of()
            && parser.rest().trim().is_empty()
        {
            return value;
        }
        let text = self.substitute(text, depth + 1);
        Value::Text(arguments::unquoted(&text).to_owned())
    }
}

struct Parser<'p, 'm, 'a> {
    machine: &'p mut Machine<'m, 'a>,
    text: &'p str,
    at: usize,
    depth: usize,
}

impl Parser<'_, '_, '_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    /// Skips blanks and takes the first of these marks that follows.
    fn take(&mut self, marks: &[&'static str]) -> Option<&'static str> {
        let rest = self.rest();
        let blank = rest.len() - rest.trim_start().len();
        let found = marks.iter().copied().find(|mark| rest[blank..].starts_with(mark))?;
        self.at += blank + found.len();
        Some(found)
    }

    fn any_of(&mut self) -> Option<Value> {
        let mut left = self.all_of()?;
        while self.take(&["||"]).is_some() {
            let right = self.all_of()?;
            left = Value::truth(left.holds() || right.holds());
        }
        Some(left)
    }

    fn all_of(&mut self) -> Option<Value> {
        let mut left = self.comparison()?;
        while self.take(&["&&"]).is_some() {
            let right = self.comparison()?;
            left = Value::truth(left.holds() && right.holds());
        }
        Some(left)
    }

    fn comparison(&mut self) -> Option<Value> {
        let mut left = self.sum()?;
        while let Some(mark) = self.take(&["==", "!=", "<=", ">=", "<", ">"]) {
            let right = self.sum()?;
            left = Value::truth(match mark {
                "==" => left.equals(&right),
                "!=" => !left.equals(&right),
                "<=" => left.order(&right).is_le(),
                ">=" => left.order(&right).is_ge(),
                "<" => left.order(&right).is_lt(),
                _ => left.order(&right).is_gt(),
            });
        }
        Some(left)
    }

    fn sum(&mut self) -> Option<Value> {
        let mut left = self.product()?;
        while let Some(mark) = self.take(&["+", "-"]) {
            let right = self.product()?;
            left = match (mark, &left, &right) {
                ("+", Value::Int(left), Value::Int(right)) => Value::Int(left.saturating_add(*right)),
                ("+", _, _) => {
                    let text = left.text() + &right.text();
                    if !self.machine.budget.take(text.len()) {
                        return None;
                    }
                    Value::Text(text)
                }
                _ => Value::Int(left.int().saturating_sub(right.int())),
            };
        }
        Some(left)
    }

    fn product(&mut self) -> Option<Value> {
        let mut left = self.unary()?;
        while let Some(mark) = self.take(&["*", "/"]) {
            let right = self.unary()?;
            left = Value::Int(match mark {
                "*" => left.int().saturating_mul(right.int()),
                _ => left.int().checked_div(right.int()).unwrap_or(0),
            });
        }
        Some(left)
    }

    fn unary(&mut self) -> Option<Value> {
        let mut marks = Vec::new();
        while marks.len() < DEEPEST {
            let negates =
                self.rest().trim_start().starts_with('!') && !self.rest().trim_start().starts_with("!=");
            match negates.then(|| self.take(&["!"])).flatten().or_else(|| self.take(&["-"])) {
                Some(mark) => marks.push(mark),
                None => break,
            }
        }
        let mut value = self.primary()?;
        for mark in marks.into_iter().rev() {
            value = match mark {
                "!" => Value::truth(!value.holds()),
                _ => Value::Int(value.int().saturating_neg()),
            };
        }
        Some(value)
    }

    fn primary(&mut self) -> Option<Value> {
        self.at += self.rest().len() - self.rest().trim_start().len();
        let first = self.rest().chars().next()?;
        match first {
            '"' | '\'' => {
                let inside = &self.rest()[1..];
                let end = inside.find(first)?;
                let text = inside[..end].to_owned();
                self.at += end + 2;
                let text = self.machine.substitute(&text, self.depth + 1);
                Some(Value::Text(text))
            }
            '(' => {
                if self.depth >= DEEPEST {
                    return None;
                }
                self.at += 1;
                self.depth += 1;
                let value = self.any_of();
                self.depth -= 1;
                self.take(&[")"])?;
                value
            }
            '{' | '[' => {
                let mut values =
                    serde_json::Deserializer::from_str(self.rest()).into_iter::<serde_json::Value>();
                let json = values.next()?.ok()?;
                self.at += values.byte_offset();
                Some(Value::Json(json))
            }
            '0'..='9' => {
                let end = self.rest().find(|c: char| !is_word(c)).unwrap_or(self.rest().len());
                let number = self.rest()[..end].parse().ok()?;
                self.at += end;
                Some(Value::Int(number))
            }
            _ => self.name(),
        }
    }

    /// A call, a variable, or a word that stands for itself.
    fn name(&mut self) -> Option<Value> {
        let length = name_length(self.rest())?;
        let name = self.rest()[..length].to_owned();
        self.at += length;
        if self.rest().starts_with('(') {
            let close = arguments::closing(self.text, self.at)?;
            let inside = &self.text[self.at + 1..close];
            let value = if name.starts_with('%') {
                self.machine.builtin(&name, inside, self.depth + 1)
            } else {
                self.machine.call_value(&name, inside, self.depth)
            }?;
            self.at = close + 1;
            return Some(value);
        }
        if self.machine.memory.variable(&name).is_some() {
            let (value, used) = self.machine.recall(&name, &self.text[self.at..], self.depth)?;
            self.at += used;
            return Some(value);
        }
        match name.as_str() {
            "true" => Some(Value::truth(true)),
            "false" => Some(Value::truth(false)),
            // A variable that nobody set is empty.
            _ if name.starts_with('$') => Some(Value::Text(String::new())),
            _ => {
                // A define is replaced before the expression is read: what it stands for may be a number.
                let text = self.machine.substitute(&name, self.depth + 1);
                Some(text.parse().map_or(Value::Text(text), Value::Int))
            }
        }
    }
}
