//! Values of the preprocessor's variables.

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

    /// As a number; text that is none is 0.
    pub(super) fn int(&self) -> i64 {
        match self {
            Self::Int(number) => *number,
            Self::Text(text) => text.trim().parse().unwrap_or(0),
            Self::Json(json) => json.as_i64().unwrap_or(0),
        }
    }

    /// As a condition: `0`, `false` and empty text do not hold.
    pub(super) fn holds(&self) -> bool {
        match self {
            Self::Int(number) => *number != 0,
            Self::Text(text) => !matches!(text.trim(), "" | "0" | "false"),
            Self::Json(json) => !matches!(json, Json::Null | Json::Bool(false)),
        }
    }

    /// Equal as numbers when both are numbers, else as text.
    pub(super) fn equals(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Int(left), Self::Int(right)) => left == right,
            _ => self.text() == other.text(),
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

    /// The member or item of a path step.
    pub(super) fn member(&self, key: &str) -> Option<Self> {
        let Self::Json(json) = self else { return None };
        let found = key.parse::<usize>().ok().and_then(|at| json.get(at)).or_else(|| json.get(key))?;
        Some(Self::from_json(found))
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
}
