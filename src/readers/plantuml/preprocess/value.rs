//! Values of the preprocessor's variables.

use std::cmp::Ordering;

use serde_json::Value as Json;

/// What a variable or an expression holds.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    /// Text.
    Text(String),
    /// A whole number.
    Int(i64),
    /// An array or an object.
    Json(Json),
}

impl Value {
    /// As it stands in text.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Int(number) => number.to_string(),
            Self::Json(Json::String(text)) => text.clone(),
            Self::Json(json) => json.to_string(),
        }
    }

    /// As it stands in text, without a copy of text.
    pub(super) fn into_text(self) -> String {
        match self {
            Self::Text(text) | Self::Json(Json::String(text)) => text,
            Self::Int(_) | Self::Json(_) => self.text(),
        }
    }

    /// As a number; text that is none is 0.
    pub(super) fn int(&self) -> i64 {
        match self {
            Self::Int(number) => *number,
            Self::Text(text) => text.trim().parse().unwrap_or(0),
            Self::Json(json) => json.as_i64().unwrap_or(0),
        }
    }

    /// As a condition: the number 0 and empty text do not hold; the text "0" does.
    pub(super) fn holds(&self) -> bool {
        match self {
            Self::Int(number) => *number != 0,
            Self::Text(text) => !text.is_empty(),
            Self::Json(json) => !matches!(json, Json::Null | Json::Bool(false)),
        }
    }

    /// Bytes that a copy takes, about.
    pub(super) fn weight(&self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            Self::Int(_) => 8,
            Self::Json(json) => weight(json),
        }
    }

    /// Equal as numbers when both are numbers, else as text.
    pub(super) fn equals(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Int(left), Self::Int(right)) => left == right,
            _ => self.text() == other.text(),
        }
    }

    /// How it stands to another: as numbers when both are numbers, else as text.
    pub(super) fn order(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Int(left), Self::Int(right)) => left.cmp(right),
            _ => self.text().cmp(&other.text()),
        }
    }

    /// The value of a truth.
    pub(super) fn truth(holds: bool) -> Self {
        Self::Int(i64::from(holds))
    }

    /// The items that `!foreach` walks.
    pub(super) fn items(&self) -> Vec<Self> {
        match self {
            Self::Json(Json::Array(items)) => items.iter().map(Self::from_json).collect(),
            Self::Json(Json::Object(map)) => map.keys().map(|key| Self::Text(key.clone())).collect(),
            Self::Text(text) if text.is_empty() => Vec::new(),
            Self::Text(_) | Self::Int(_) | Self::Json(_) => vec![self.clone()],
        }
    }

    /// The member at the end of a path of keys; the value itself when the path is empty.
    pub(super) fn follow(&self, path: &[String]) -> Option<Self> {
        match self {
            Self::Json(json) => follow(json, path).map(Self::from_json),
            Self::Text(_) | Self::Int(_) => path.is_empty().then(|| self.clone()),
        }
    }

    /// Whether there is something at the end of a path of keys.
    pub(super) fn has(&self, path: &[String]) -> bool {
        matches!(self, Self::Json(json) if follow(json, path).is_some())
    }

    /// Whether an array or an object stands at the end of a path of keys.
    pub(super) fn holds_members(&self, path: &[String]) -> bool {
        let members = |json: &Json| json.is_array() || json.is_object();
        matches!(self, Self::Json(json) if follow(json, path).is_some_and(members))
    }

    /// The value of a JSON value.
    pub(super) fn from_json(json: &Json) -> Self {
        match json {
            Json::String(text) => Self::Text(text.clone()),
            Json::Number(number) => number.as_i64().map_or_else(|| Self::Text(number.to_string()), Self::Int),
            Json::Bool(holds) => Self::truth(*holds),
            Json::Null | Json::Array(_) | Json::Object(_) => Self::Json(json.clone()),
        }
    }

    /// The JSON value of a value.
    pub(super) fn into_json(self) -> Json {
        match self {
            Self::Text(text) => Json::String(text),
            Self::Int(number) => Json::from(number),
            Self::Json(json) => json,
        }
    }
}

fn follow<'j>(json: &'j Json, path: &[String]) -> Option<&'j Json> {
    path.iter().try_fold(json, |json, key| {
        key.parse::<usize>().ok().and_then(|at| json.get(at)).or_else(|| json.get(key))
    })
}

fn weight(json: &Json) -> usize {
    match json {
        Json::String(text) => text.len() + 8,
        Json::Array(items) => items.iter().map(weight).sum::<usize>() + 8,
        Json::Object(map) => map.iter().map(|(key, value)| key.len() + weight(value) + 8).sum::<usize>() + 8,
        Json::Null | Json::Bool(_) | Json::Number(_) => 8,
    }
}
