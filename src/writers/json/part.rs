//! Parts that all forms share: places, facts, words of closed vocabularies.

use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Serialize;

use crate::model::{Declaration, Fact, FactKey, FactType, FactValue, Facts, Origin};
use crate::source::{Place, Sources, Span};

/// Where something is written.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(rename = "Place", rename_all = "kebab-case")]
pub struct PlaceForm {
    /// Project-relative path, with `/`.
    pub path: String,
    /// Line, from 1, of the text as read.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// The named part, in a source where lines say little: `page 'Overview', shape 'Web server'`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// The macro call or include line that brought the text in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub called_from: Option<Box<PlaceForm>>,
}

impl PlaceForm {
    /// A place; `None` when its source is not in the table.
    pub(super) fn new(place: Place, sources: &Sources) -> Option<Self> {
        let mut form = Self::of_span(place.span, sources)?;
        form.called_from = place.call.and_then(|call| Self::of_span(call, sources)).map(Box::new);
        Some(form)
    }

    pub(super) fn of_span(span: Span, sources: &Sources) -> Option<Self> {
        let source = sources.get(span.file)?;
        let at = source.line_column(span.start);
        let part =
            source.part_at(span.start).map(|part| source.part_name(part)).filter(|name| !name.is_empty());
        Some(Self { path: source.path.clone(), line: at.line, column: at.column, part, called_from: None })
    }

    pub(super) fn all(places: &[Place], sources: &Sources) -> Vec<Self> {
        places.iter().filter_map(|place| Self::new(*place, sources)).collect()
    }

    /// The first place, and all of them when there are several.
    pub(super) fn origins(places: &[Place], sources: &Sources) -> (Option<Self>, Vec<Self>) {
        let mut all = Self::all(places, sources);
        let first = all.first().cloned();
        if all.len() < 2 {
            all.clear();
        }
        (first, all)
    }
}

/// One thing that is known of a subject.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename = "Fact", rename_all = "kebab-case")]
pub struct FactForm {
    /// Which.
    #[schemars(schema_with = "fact_keys")]
    pub key: &'static str,
    /// What: a word or text, a count (`2`) or a least count (`"2+"`), or a list of words.
    #[schemars(with = "ValueShape")]
    pub value: ValueForm,
    /// Where from.
    #[serde(default = "stated")]
    #[schemars(schema_with = "origins")]
    pub origin: &'static str,
    /// Why it follows, one clause each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Words")]
    pub because: Vec<String>,
    /// Who declared it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declaration: Option<DeclarationForm>,
    /// The text that says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<PlaceForm>,
}

/// Who declared a fact.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename = "Declaration", rename_all = "kebab-case")]
pub struct DeclarationForm {
    /// Who said it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// When, `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// On what ground.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Until when it holds, `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<String>,
}

/// The value of a fact.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum ValueForm {
    /// A word, a text or a least count.
    Text(String),
    /// An exact count.
    Count(u32),
    /// Several words.
    List(Vec<String>),
}

/// What a fact's value may look like in a file.
#[derive(JsonSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "stands for the shape in the schema only")]
pub(super) enum ValueShape {
    Text(String),
    Number(f64),
    Flag(bool),
    List(Vec<String>),
}

fn stated() -> &'static str {
    Origin::Stated.word()
}

impl FactForm {
    /// All facts of a subject by their keys; of one key, the one that counts first.
    pub(super) fn all(facts: &Facts, sources: &Sources) -> Vec<Self> {
        let mut facts: Vec<&Fact> = facts.iter().collect();
        facts.sort_by_key(|fact| (fact.key, std::cmp::Reverse(fact.origin)));
        facts.into_iter().map(|fact| Self::new(fact, sources)).collect()
    }

    fn new(fact: &Fact, sources: &Sources) -> Self {
        Self {
            key: fact.key.word(),
            value: ValueForm::new(&fact.value),
            origin: fact.origin.word(),
            because: fact.because.clone(),
            declaration: fact.declaration.as_ref().map(DeclarationForm::new),
            place: fact.place.and_then(|place| PlaceForm::new(place, sources)),
        }
    }
}

impl DeclarationForm {
    fn new(declaration: &Declaration) -> Self {
        Self {
            by: declaration.by.clone(),
            date: declaration.date.clone(),
            source: declaration.source.clone(),
            expires: declaration.expires.clone(),
        }
    }
}

impl ValueForm {
    fn new(value: &FactValue) -> Self {
        match value {
            FactValue::Word(text) | FactValue::Text(text) => Self::Text(text.clone()),
            FactValue::Count(count) => Self::Count(*count),
            FactValue::AtLeast(count) => Self::Text(format!("{count}+")),
            FactValue::List(words) => Self::List(words.clone()),
        }
    }
}

/// Facts as a file may write them: a mapping of keys to values, or the list of `model.json`.
#[derive(JsonSchema)]
#[serde(rename = "Facts", untagged)]
#[expect(dead_code, reason = "stands for the shape in the schema only")]
pub(super) enum FactsShape {
    Short(#[schemars(schema_with = "short_facts")] BTreeMap<String, ValueShape>),
    Full(Vec<FactForm>),
}

/// Either the short form of a thing or the full one.
#[derive(JsonSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "stands for the shape in the schema only")]
pub(super) enum Either<S, F> {
    Short(S),
    Full(F),
}

/// One thing or a list of it.
#[derive(JsonSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "stands for the shape in the schema only")]
pub(super) enum OneOrMore<T> {
    One(T),
    More(Vec<T>),
}

/// Words, or one word.
pub(super) type Words = OneOrMore<String>;

/// A flag as a file may write it.
#[derive(JsonSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "stands for the shape in the schema only")]
pub(super) enum FlagShape {
    Flag(bool),
    Word(#[schemars(regex(pattern = "^(yes|no|true|false)$"))] String),
}

/// A string that is one of these words.
pub(super) fn one_of(words: impl Iterator<Item = &'static str>) -> Schema {
    let words: Vec<&str> = words.collect();
    json_schema!({"type": "string", "enum": words})
}

fn fact_keys(_: &mut SchemaGenerator) -> Schema {
    one_of(FactKey::ALL.iter().map(|key| key.word()))
}

fn origins(_: &mut SchemaGenerator) -> Schema {
    one_of(Origin::ALL.iter().map(|origin| origin.word()))
}

/// Each key with the values that it takes.
fn short_facts(_: &mut SchemaGenerator) -> Schema {
    let mut properties = serde_json::Map::new();
    for key in FactKey::ALL {
        let values = match key.value_type() {
            FactType::Choice(words) if words == ["yes", "no"] => {
                serde_json::json!({"enum": ["yes", "no", true, false]})
            }
            FactType::Choice(words) if words.contains(&"yes") => {
                let mut values: Vec<serde_json::Value> = words.iter().map(|word| (*word).into()).collect();
                values.extend([true.into(), false.into()]);
                serde_json::json!({ "enum": values })
            }
            FactType::Choice(words) => serde_json::json!({ "enum": words }),
            FactType::Count => serde_json::json!({
                "anyOf": [{"type": "integer", "minimum": 0}, {"type": "string", "pattern": "^[0-9]+\\+?$"}]
            }),
            FactType::Text | FactType::Duration => serde_json::json!({"type": ["string", "number"]}),
            FactType::List => serde_json::json!({
                "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]
            }),
        };
        let mut schema = values;
        schema["description"] = key.doc().into();
        properties.insert(key.word().to_owned(), schema);
    }
    json_schema!({"type": "object", "properties": properties, "additionalProperties": false})
}
