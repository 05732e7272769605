//! Functions of the preprocessor about JSON: `%json_add($a, "key", 1)`.
//!
//! PlantUML language reference 1.2025, chapter "Preprocessing JSON".

use serde_json::Value as Json;

use super::builtin::{count, text_of};
use super::value::Value;

/// The value of a call; `None` when there is no builtin of that name about JSON.
pub(super) fn builtin(name: &str, values: &[Value]) -> Option<Value> {
    let first = || values.first().cloned().unwrap_or(Value::Text(String::new()));
    Some(match name {
        "%size" => Value::Int(match values.first() {
            Some(Value::Text(text)) => count(text.chars().count()),
            Some(Value::Json(Json::Array(items))) => count(items.len()),
            Some(Value::Json(Json::Object(map))) => count(map.len()),
            _ => 0,
        }),
        "%splitstr" => {
            let (whole, mark) = (text_of(values, 0), text_of(values, 1));
            list(whole.split(mark.as_str()).filter(|part| !part.is_empty()))
        }
        "%splitstr_regex" => {
            list(split_by(&text_of(values, 0), &text_of(values, 1)).iter().map(String::as_str))
        }
        "%str2json" => Value::Json(serde_json::from_str(&text_of(values, 0)).unwrap_or_default()),
        "%get_json_keys" => match values.first() {
            Some(Value::Json(Json::Object(map))) => list(map.keys().map(String::as_str)),
            _ => list(std::iter::empty()),
        },
        "%json_key_exists" => {
            Value::truth(values.first().is_some_and(|json| json.has(&[text_of(values, 1)])))
        }
        "%get_json_type" => Value::Text(kind(values.first()).to_owned()),
        "%json_add" | "%json_set" => put(first(), values.get(1..).unwrap_or_default(), name == "%json_set"),
        "%json_remove" => without(first(), values.get(1)),
        "%json_merge" => merged(first(), values.get(1)),
        _ => return None,
    })
}

fn list<'t>(parts: impl Iterator<Item = &'t str>) -> Value {
    Value::Json(Json::from(parts.collect::<Vec<_>>()))
}

fn kind(value: Option<&Value>) -> &'static str {
    match value {
        Some(Value::Int(_) | Value::Json(Json::Number(_))) => "number",
        Some(Value::Json(Json::Array(_))) => "array",
        Some(Value::Json(Json::Object(_))) => "object",
        Some(Value::Json(Json::Bool(_))) => "boolean",
        Some(Value::Json(Json::Null)) => "null",
        Some(Value::Text(_) | Value::Json(Json::String(_))) | None => "string",
    }
}

/// `(object, key, value)`, `(array, value)` and, to replace an item, `(array, index, value)`.
fn put(whole: Value, rest: &[Value], replaces: bool) -> Value {
    let mut json = whole.into_json();
    match (&mut json, rest) {
        (Json::Object(map), [key, value, ..]) => {
            map.insert(key.text(), value.clone().into_json());
        }
        (Json::Object(map), [Value::Json(Json::Object(more))]) => map.extend(more.clone()),
        (Json::Array(items), [at, value, ..]) if replaces => {
            if let Some(item) = usize::try_from(at.int()).ok().and_then(|at| items.get_mut(at)) {
                *item = value.clone().into_json();
            }
        }
        (Json::Array(items), [value, ..]) => items.push(value.clone().into_json()),
        _ => {}
    }
    Value::from_json(&json)
}

fn without(whole: Value, key: Option<&Value>) -> Value {
    let mut json = whole.into_json();
    match (&mut json, key) {
        (Json::Object(map), Some(key)) => {
            let key = key.text();
            map.retain(|other, _| *other != key);
        }
        (Json::Array(items), Some(at)) => {
            if let Some(at) = usize::try_from(at.int()).ok().filter(|at| *at < items.len()) {
                items.remove(at);
            }
        }
        _ => {}
    }
    Value::from_json(&json)
}

fn merged(left: Value, right: Option<&Value>) -> Value {
    let mut json = left.into_json();
    match (&mut json, right) {
        (Json::Object(map), Some(Value::Json(Json::Object(more)))) => map.extend(more.clone()),
        (Json::Array(items), Some(Value::Json(Json::Array(more)))) => items.extend(more.iter().cloned()),
        _ => {}
    }
    Value::from_json(&json)
}

/// Divides at the marks that real files use as expressions: plain text, a class `[,;]`, `\\s+`, and a look at the
/// capital that follows, `(?=[A-Z])`. A text is not divided at any other.
fn split_by(text: &str, expression: &str) -> Vec<String> {
    let keep =
        |parts: Vec<&str>| parts.into_iter().filter(|part| !part.is_empty()).map(str::to_owned).collect();
    if matches!(expression, "\\s" | "\\s+" | "\\\\s" | "\\\\s+" | " +") {
        return keep(text.split_whitespace().collect());
    }
    if expression == "(?=[A-Z])" {
        let mut parts = vec![String::new()];
        for character in text.chars() {
            if character.is_ascii_uppercase() && parts.last().is_some_and(|part| !part.is_empty()) {
                parts.push(String::new());
            }
            if let Some(part) = parts.last_mut() {
                part.push(character);
            }
        }
        return parts;
    }
    let expression = expression.trim_end_matches('+');
    let class = expression.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    if let Some(class) = class.filter(|class| !class.contains(['^', '-', '[', '\\'])) {
        return keep(text.split(|c| class.contains(c)).collect());
    }
    let plain = expression.trim_start_matches('\\');
    if !plain.is_empty() && !plain.contains(['(', '[', '*', '?', '|', '^', '\\']) {
        return keep(text.split(plain).collect());
    }
    vec![text.to_owned()]
}
