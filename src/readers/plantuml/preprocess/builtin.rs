//! Functions that PlantUML brings along: `%upper("a")`.
//!
//! PlantUML language reference 1.2025, chapter "Preprocessing", "Builtin functions". Those that ask the world
//! (environment, clock, chance, the list of themes) answer with nothing: what is read depends on the text and the files
//! of the project alone.

use super::Machine;
use super::json;
use super::value::Value;
use crate::readers::arguments;

/// Longest text that a builtin makes, in characters.
const LONGEST: usize = 10_000;

/// The version that is answered: the one of the reference that the reader was written after.
const VERSION: &str = "1.2025.0";

impl Machine<'_, '_> {
    /// The value of a call of a builtin; `None` when there is none of that name.
    pub(super) fn builtin(&mut self, name: &str, inside: &str, depth: usize) -> Option<Value> {
        let pieces = arguments::split(inside);
        let values: Vec<Value> = pieces.iter().map(|piece| self.evaluate(piece, depth)).collect();
        logic(name, &values)
            .or_else(|| text(name, &values))
            .or_else(|| json::builtin(name, &values))
            .or_else(|| self.about_names(name, &pieces, &values))
            .or_else(|| self.call_by_name(name, &values, depth))
            .or_else(|| self.about_files(name, &values))
            .or_else(|| outside(name, &values))
    }

    /// Builtins about variables and functions.
    fn about_names(&mut self, name: &str, pieces: &[&str], values: &[Value]) -> Option<Value> {
        let asked = || {
            // The name as written in quotes, and not what it stands for.
            let written = pieces.first().map_or("", |piece| arguments::unquoted(piece));
            let plain =
                !written.is_empty() && written.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '$');
            if plain { written.to_owned() } else { text_of(values, 0) }
        };
        match name {
            "%variable_exists" => Some(Value::truth(self.memory.knows(&asked()))),
            "%function_exists" => Some(Value::truth(self.memory.routines.contains_key(&text_of(values, 0)))),
            "%get_variable_value" => {
                Some(self.recall(&asked(), "", 0).map_or(Value::Text(String::new()), |(value, _)| value))
            }
            "%set_variable_value" => {
                let value = values.get(1).cloned().unwrap_or(Value::Text(String::new()));
                self.set_variable(&asked(), value);
                made(String::new())
            }
            _ => None,
        }
    }

    /// Builtins that call a function or procedure by its name.
    fn call_by_name(&mut self, name: &str, values: &[Value], depth: usize) -> Option<Value> {
        match name {
            "%invoke_procedure" | "%call_user_func" | "%invoke_function" | "%retrieve_procedure" => {
                let rest: Vec<String> =
                    values.iter().skip(1).map(|value| format!("\"{}\"", value.text())).collect();
                self.call_value(&text_of(values, 0), &rest.join(","), depth)
            }
            "%eval" => Some(self.evaluate(&text_of(values, 0), depth)),
            _ => None,
        }
    }

    /// Builtins about the files of the project.
    fn about_files(&mut self, name: &str, values: &[Value]) -> Option<Value> {
        let here = self.stack.last().cloned().unwrap_or_default();
        let base = here.rsplit('/').next().unwrap_or(&here);
        match name {
            "%filename" => made(base.to_owned()),
            "%filename_no_extension" | "%filenameNoExtension" => {
                made(base.rsplit_once('.').map_or(base, |(stem, _)| stem).to_owned())
            }
            // What is included is looked for beside this file.
            "%dirpath" => made(".".to_owned()),
            "%file_exists" => {
                Some(Value::truth(self.shared.files.include(&here, &text_of(values, 0)).is_ok()))
            }
            "%load_json" | "%loadJSON" => {
                let read = self.shared.files.include(&here, &text_of(values, 0)).ok();
                let read = read.filter(|source| self.budget.take(source.text.len()));
                let json = read.and_then(|source| serde_json::from_str(&source.text).ok());
                json.map(Value::Json).or_else(|| Some(values.get(1).cloned().unwrap_or(empty_object())))
            }
            _ => None,
        }
    }
}

/// Builtins of truth and numbers.
fn logic(name: &str, values: &[Value]) -> Option<Value> {
    let holds = || values.iter().filter(|value| value.holds()).count();
    let int = |at: usize| values.get(at).map_or(0, Value::int);
    Some(match name {
        "%true" => Value::truth(true),
        "%false" => Value::truth(false),
        "%not" => Value::truth(holds() == 0),
        "%and" => Value::truth(holds() == values.len()),
        "%nand" => Value::truth(holds() < values.len()),
        "%or" => Value::truth(holds() > 0),
        "%nor" => Value::truth(holds() == 0),
        "%xor" => Value::truth(holds() % 2 == 1),
        "%nxor" => Value::truth(holds() % 2 == 0),
        "%boolval" => Value::truth(match values.first() {
            Some(Value::Text(text)) => text.eq_ignore_ascii_case("true") || int(0) != 0,
            Some(value) => value.holds(),
            None => false,
        }),
        "%intval" => Value::Int(int(0)),
        "%mod" => Value::Int(int(0).checked_rem(int(1)).unwrap_or(0)),
        "%hex2dec" => Value::Int(i64::from_str_radix(&text_of(values, 0), 16).unwrap_or(0)),
        "%ord" => {
            Value::Int(text_of(values, 0).chars().next().map_or(0, |first| i64::from(u32::from(first))))
        }
        "%strlen" => Value::Int(count(text_of(values, 0).chars().count())),
        "%strpos" => {
            let (whole, part) = (text_of(values, 0), text_of(values, 1));
            let at = whole.find(&part).map_or(-1, |byte| count(whole[..byte].chars().count()));
            Value::Int(at)
        }
        _ => return None,
    })
}

/// Builtins that make text.
fn text(name: &str, values: &[Value]) -> Option<Value> {
    let text = |at: usize| text_of(values, at);
    let int = |at: usize| values.get(at).map_or(0, Value::int);
    made(match name {
        "%string" => text(0),
        "%substr" => {
            let length = if values.len() > 2 { int(2).max(0) } else { i64::MAX };
            let skip = usize::try_from(int(1).max(0)).unwrap_or(usize::MAX);
            let take = usize::try_from(length).unwrap_or(usize::MAX);
            text(0).chars().skip(skip).take(take).collect()
        }
        "%upper" => text(0).to_uppercase(),
        "%lower" => text(0).to_lowercase(),
        "%trim" => text(0).trim().to_owned(),
        "%repeat" => {
            let times = usize::try_from(int(1)).unwrap_or(0).min(LONGEST / text(0).len().max(1));
            text(0).repeat(times)
        }
        "%chr" => u32::try_from(int(0)).ok().and_then(char::from_u32).map(String::from).unwrap_or_default(),
        "%dec2hex" => format!("{:x}", int(0)),
        // A line feed in the label, and one in the source.
        "%newline" | "%n" => "\\n".to_owned(),
        "%breakline" => "\n".to_owned(),
        "%quote" | "%q" => "\"".to_owned(),
        "%backslash" => "\\".to_owned(),
        "%tab" => " ".to_owned(),
        "%dollar" => "$".to_owned(),
        "%percent" => "%".to_owned(),
        "%left_align" | "%right_align" | "%center_align" => String::new(),
        "%darken" | "%lighten" | "%reverse_color" | "%reverse_hsluv_color" => text(0),
        "%hsl_color" => String::new(),
        "%version" => VERSION.to_owned(),
        _ => return None,
    })
}

/// Builtins that ask the world.
fn outside(name: &str, values: &[Value]) -> Option<Value> {
    match name {
        "%is_dark" | "%is_light" | "%random" | "%now" => Some(Value::Int(0)),
        "%feature" => Some(Value::truth(["style", "theme"].contains(&text_of(values, 0).as_str()))),
        "%date" | "%filedate" | "%getenv" | "%get_all_theme" | "%get_all_stdlib" | "%get_stdlib"
        | "%get_current_theme" | "%xargs" => made(String::new()),
        _ => None,
    }
}

pub(super) fn text_of(values: &[Value], at: usize) -> String {
    values.get(at).map(Value::text).unwrap_or_default()
}

fn made(text: String) -> Option<Value> {
    Some(Value::Text(text))
}

fn empty_object() -> Value {
    Value::Json(serde_json::Value::Object(serde_json::Map::new()))
}

pub(super) fn count(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
