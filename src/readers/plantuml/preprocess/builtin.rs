//! Functions that PlantUML brings along: `%upper("a")`.
//!
//! Those that ask the world (files, environment, clock, chance) answer with nothing: what is read depends on the
//! text alone.

use super::Machine;
use super::value::Value;
use crate::readers::plantuml::arguments;

/// Longest text that a builtin makes, in characters.
const LONGEST: usize = 10_000;

impl Machine<'_, '_> {
    /// The value of a call of a builtin; `None` when there is none of that name.
    pub(super) fn builtin(&mut self, name: &str, inside: &str, depth: usize) -> Option<Value> {
        let pieces = arguments::split(inside);
        let values: Vec<Value> = pieces.iter().map(|piece| self.evaluate(piece, depth)).collect();
        let text = |at: usize| values.get(at).map(Value::text).unwrap_or_default();
        let int = |at: usize| values.get(at).map_or(0, Value::int);
        let made = |text: String| Some(Value::Text(text));
        match name {
            "%true" => Some(Value::truth(true)),
            "%false" => Some(Value::truth(false)),
            "%not" => Some(Value::truth(!values.first().is_some_and(Value::holds))),
            "%boolval" => Some(Value::truth(values.first().is_some_and(Value::holds))),
            "%intval" => Some(Value::Int(int(0))),
            "%string" => made(text(0)),
            "%strlen" => Some(Value::Int(count(text(0).chars().count()))),
            "%size" => Some(Value::Int(count(values.first().map_or(0, |value| match value {
                Value::Json(_) => value.items().len(),
                Value::Text(_) | Value::Int(_) => value.text().chars().count(),
            })))),
            "%strpos" => {
                let (whole, part) = (text(0), text(1));
                let at = whole.find(&part).map_or(-1, |byte| count(whole[..byte].chars().count()));
                Some(Value::Int(at))
            }
            "%substr" => {
                let (start, length) =
                    (int(1).max(0), if values.len() > 2 { int(2).max(0) } else { i64::MAX });
                let skip = usize::try_from(start).unwrap_or(usize::MAX);
                let take = usize::try_from(length).unwrap_or(usize::MAX);
                made(text(0).chars().skip(skip).take(take).collect())
            }
            "%upper" => made(text(0).to_uppercase()),
            "%lower" => made(text(0).to_lowercase()),
            "%trim" => made(text(0).trim().to_owned()),
            "%chr" => made(
                u32::try_from(int(0)).ok().and_then(char::from_u32).map(String::from).unwrap_or_default(),
            ),
            "%ord" => Some(Value::Int(text(0).chars().next().map_or(0, |first| i64::from(u32::from(first))))),
            "%dec2hex" => made(format!("{:x}", int(0))),
            "%hex2dec" => Some(Value::Int(i64::from_str_radix(&text(0), 16).unwrap_or(0))),
            "%mod" => Some(Value::Int(int(0).checked_rem(int(1)).unwrap_or(0))),
            "%newline" | "%n" | "%breakline" => made("\\n".to_owned()),
            "%quote" | "%q" => made("\"".to_owned()),
            "%backslash" => made("\\".to_owned()),
            "%tab" => made(" ".to_owned()),
            "%dollar" => made("$".to_owned()),
            "%percent" => made("%".to_owned()),
            "%left_align" | "%right_align" | "%center_align" => made(String::new()),
            "%variable_exists" => Some(Value::truth(self.memory.knows(&self.name_of(&pieces, &text(0))))),
            "%function_exists" => Some(Value::truth(self.memory.routines.contains_key(&text(0)))),
            "%get_variable_value" => {
                let name = self.name_of(&pieces, &text(0));
                Some(self.memory.variable(&name).cloned().unwrap_or(Value::Text(String::new())))
            }
            "%set_variable_value" => {
                let name = self.name_of(&pieces, &text(0));
                self.set_variable(&name, values.get(1).cloned().unwrap_or(Value::Text(String::new())));
                made(String::new())
            }
            "%splitstr" | "%splitstr_regex" => {
                let (whole, mark) = (text(0), text(1));
                let parts = whole.split(mark.as_str()).filter(|part| !part.is_empty());
                Some(Value::Json(serde_json::Value::from(parts.collect::<Vec<_>>())))
            }
            "%str2json" => Some(Value::Json(serde_json::from_str(&text(0)).unwrap_or_default())),
            "%get_json_keys" => match values.first() {
                Some(Value::Json(serde_json::Value::Object(map))) => {
                    Some(Value::Json(serde_json::Value::from(map.keys().cloned().collect::<Vec<_>>())))
                }
                _ => Some(Value::Json(serde_json::Value::Array(Vec::new()))),
            },
            "%json_key_exists" => {
                Some(Value::truth(values.first().is_some_and(|json| json.member(&text(1)).is_some())))
            }
            "%get_json_type" => made("string".to_owned()),
            "%invoke_procedure" | "%call_user_func" | "%invoke_function" => {
                let rest: Vec<String> =
                    values.iter().skip(1).map(|value| format!("\"{}\"", value.text())).collect();
                let name = text(0);
                self.call_value(&name, &rest.join(","), depth)
            }
            "%repeat" => {
                let times = usize::try_from(int(1)).unwrap_or(0).min(LONGEST / text(0).len().max(1));
                made(text(0).repeat(times))
            }
            "%version" => made("1.2025.0".to_owned()),
            "%is_dark" | "%is_light" | "%file_exists" | "%feature" | "%random" => Some(Value::Int(0)),
            "%darken" | "%lighten" | "%reverse_color" | "%reverse_hsluv_color" | "%hsl_color" => {
                made(text(0))
            }
            "%filename" => Some(Value::Text(self.stack.last().map(|path| base(path)).unwrap_or_default())),
            "%filenameNoExtension" | "%filename_no_extension" => {
                let name = self.stack.last().map(|path| base(path)).unwrap_or_default();
                made(name.rsplit_once('.').map_or(name.clone(), |(stem, _)| stem.to_owned()))
            }
            "%date"
            | "%now"
            | "%getenv"
            | "%dirpath"
            | "%load_json"
            | "%loadJSON"
            | "%get_all_theme"
            | "%get_all_stdlib"
            | "%get_stdlib"
            | "%get_current_theme"
            | "%retrieve_procedure"
            | "%eval" => made(String::new()),
            _ => None,
        }
    }

    /// The name that a builtin asks about: as written in quotes, and not what it stands for.
    fn name_of(&self, pieces: &[&str], value: &str) -> String {
        let written = pieces.first().map_or("", |piece| arguments::unquoted(piece));
        let plain =
            !written.is_empty() && written.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '$');
        if plain { written.to_owned() } else { value.to_owned() }
    }
}

fn count(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn base(path: &str) -> String {
    path.rsplit('/').next().unwrap_or(path).to_owned()
}
