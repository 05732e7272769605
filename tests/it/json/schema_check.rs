//! Enough of JSON Schema (draft 2020-12) to check our own files by our own schemas: `type`,
//! `enum`, `const`, `required`, `properties`, `additionalProperties`, `items`, `anyOf`, `oneOf`, `$ref`,
//! `minimum`, `maximum`, `minItems`, `maxItems`. An unknown keyword fails, so that none is skipped in
//! silence.

use serde_json::Value;

/// The mistakes of a value, each with its path; none when it is valid.
pub(crate) fn mistakes(schema: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    check(schema, schema, value, "$", &mut found);
    found
}

fn check(root: &Value, schema: &Value, value: &Value, path: &str, found: &mut Vec<String>) {
    let Some(keywords) = schema.as_object() else {
        if schema == &Value::Bool(false) {
            found.push(format!("{path}: nothing is allowed here"));
        }
        return;
    };
    for (keyword, argument) in keywords {
        match keyword.as_str() {
            "$schema" | "$defs" | "title" | "description" | "default" | "format" | "pattern" => {}
            "$ref" => {
                let pointer = argument.as_str().unwrap().strip_prefix('#').unwrap();
                check(root, root.pointer(pointer).expect(pointer), value, path, found);
            }
            "anyOf" => {
                let fits = |option: &Value| {
                    let mut inner = Vec::new();
                    check(root, option, value, path, &mut inner);
                    inner.is_empty()
                };
                if !argument.as_array().unwrap().iter().any(fits) {
                    found.push(format!("{path}: {value} fits none of the forms"));
                }
            }
            "oneOf" => {
                let fits = |option: &&Value| {
                    let mut inner = Vec::new();
                    check(root, option, value, path, &mut inner);
                    inner.is_empty()
                };
                let fitting = argument.as_array().unwrap().iter().filter(fits).count();
                if fitting != 1 {
                    found.push(format!("{path}: {value} fits {fitting} of the forms, expected one"));
                }
            }
            "enum" if !argument.as_array().unwrap().contains(value) => {
                found.push(format!("{path}: {value} is not one of {argument}"));
            }
            "const" if argument != value => found.push(format!("{path}: {value} is not {argument}")),
            "enum" | "const" => {}
            "type" if !has_type(argument, value) => found.push(format!("{path}: {value} is no {argument}")),
            "type" => {}
            "minimum" if value.as_f64() < argument.as_f64() => {
                found.push(format!("{path}: below {argument}"))
            }
            "maximum" if value.as_f64() > argument.as_f64() => {
                found.push(format!("{path}: above {argument}"))
            }
            "minimum" | "maximum" => {}
            "required" => {
                for key in argument.as_array().unwrap() {
                    if value.is_object() && value.get(key.as_str().unwrap()).is_none() {
                        found.push(format!("{path}: {key} is missing"));
                    }
                }
            }
            "minItems" | "maxItems" => {
                let count = value.as_array().map_or(0, Vec::len) as u64;
                let limit = argument.as_u64().unwrap();
                if (keyword == "minItems" && count < limit) || (keyword == "maxItems" && count > limit) {
                    found.push(format!("{path}: {count} items"));
                }
            }
            "items" => {
                for (at, item) in value.as_array().into_iter().flatten().enumerate() {
                    check(root, argument, item, &format!("{path}[{at}]"), found);
                }
            }
            "properties" => {
                for (key, inner) in argument.as_object().unwrap() {
                    if let Some(item) = value.get(key) {
                        check(root, inner, item, &format!("{path}.{key}"), found);
                    }
                }
            }
            "additionalProperties" => {
                let known = keywords.get("properties").and_then(Value::as_object);
                for (key, item) in value.as_object().into_iter().flatten() {
                    if known.is_none_or(|known| !known.contains_key(key)) {
                        check(root, argument, item, &format!("{path}.{key}"), found);
                    }
                }
            }
            other => found.push(format!("{path}: the keyword {other} is not checked")),
        }
    }
}

fn has_type(wanted: &Value, value: &Value) -> bool {
    if let Some(options) = wanted.as_array() {
        return options.iter().any(|option| has_type(option, value));
    }
    match wanted.as_str().unwrap() {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("type {other}"),
    }
}

#[test]
fn the_checker_sees_what_it_must() {
    let schema = serde_json::json!({
        "type": "object", "required": ["a"], "additionalProperties": false,
        "properties": {"a": {"anyOf": [{"type": "integer", "minimum": 1}, {"enum": ["x"]}]}}
    });
    let check = |value: Value| mistakes(&schema, &value).len();
    assert_eq!(check(serde_json::json!({"a": 1})), 0);
    assert_eq!(check(serde_json::json!({"a": "x"})), 0);
    assert_eq!(check(serde_json::json!({"a": 0})), 1);
    assert_eq!(check(serde_json::json!({"b": 1})), 2);
    assert_eq!(check(serde_json::json!([])), 1);
}
