//! What is known of a subject: values of the vocabulary, each with where it comes from.

use super::fact::{FactKey, Origin};
use crate::source::{Place, Span};

/// The value of a fact.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FactValue {
    /// A word of the key's choice.
    Word(String),
    /// Exactly this many.
    Count(u32),
    /// This many or more.
    AtLeast(u32),
    /// Free text.
    Text(String),
    /// Several words.
    List(Vec<String>),
}

impl FactValue {
    /// A word.
    pub fn word(word: impl Into<String>) -> Self {
        Self::Word(word.into())
    }

    /// As it is printed.
    pub fn display(&self) -> String {
        match self {
            Self::Word(text) | Self::Text(text) => text.clone(),
            Self::Count(count) => count.to_string(),
            Self::AtLeast(count) => format!("{count} or more"),
            Self::List(words) => words.join(", "),
        }
    }
}

/// Who declared a fact, from the sidecar.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Declaration {
    /// Who said it.
    pub by: Option<String>,
    /// When, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// On what ground.
    pub source: Option<String>,
    /// Until when it holds, `YYYY-MM-DD`.
    pub expires: Option<String>,
}

/// One thing that is known of a subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Which.
    pub key: FactKey,
    /// What.
    pub value: FactValue,
    /// Where from.
    pub origin: Origin,
    /// The text that says it.
    pub place: Option<Place>,
    /// Why it follows, one clause each: facts, spans, catalog entries. Empty for stated facts.
    pub because: Vec<String>,
    /// Who declared it.
    pub declaration: Option<Declaration>,
}

impl Fact {
    /// A fact that the author's words state.
    pub fn stated(key: FactKey, value: FactValue, place: Place) -> Self {
        Self {
            key,
            value,
            origin: Origin::Stated,
            place: Some(place),
            because: Vec::new(),
            declaration: None,
        }
    }

    /// A fact that follows, with the reason.
    pub fn because(
        key: FactKey,
        value: FactValue,
        origin: Origin,
        place: Option<Place>,
        why: impl Into<String>,
    ) -> Self {
        Self { key, value, origin, place, because: vec![why.into()], declaration: None }
    }
}

/// All facts of one subject; equal facts are kept once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts(Vec<Fact>);

impl Facts {
    /// Adds a fact; one that says the same from the same origin is kept once.
    pub fn add(&mut self, fact: Fact) {
        let known = |old: &Fact| old.key == fact.key && old.value == fact.value && old.origin == fact.origin;
        if !self.0.iter().any(known) {
            self.0.push(fact);
        }
    }

    /// The fact that counts: of the strongest origin, the first. `None` is unknown.
    pub fn get(&self, key: FactKey) -> Option<&Fact> {
        self.0.iter().filter(|fact| fact.key == key).fold(None, |best: Option<&Fact>, fact| match best {
            Some(best) if best.origin >= fact.origin => Some(best),
            _ => Some(fact),
        })
    }

    /// The fact that counts, when its origin is at least this one.
    pub fn at_least(&self, key: FactKey, origin: Origin) -> Option<&Fact> {
        self.get(key).filter(|fact| fact.origin >= origin)
    }

    /// The word of the fact that counts.
    pub fn word(&self, key: FactKey) -> Option<&str> {
        match &self.get(key)?.value {
            FactValue::Word(word) | FactValue::Text(word) => Some(word),
            FactValue::Count(_) | FactValue::AtLeast(_) | FactValue::List(_) => None,
        }
    }

    /// Facts of the strongest origin that disagree with the one that counts.
    pub fn contradictions(&self, key: FactKey) -> Vec<&Fact> {
        let Some(best) = self.get(key) else { return Vec::new() };
        self.0
            .iter()
            .filter(|fact| fact.key == key && fact.origin == best.origin && fact.value != best.value)
            .collect()
    }

    /// All facts, in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = &Fact> {
        self.0.iter()
    }

    /// Removes the facts for which the question is answered with no.
    pub fn retain(&mut self, keep: impl FnMut(&Fact) -> bool) {
        self.0.retain(keep);
    }

    /// Moves every place.
    pub fn relocate(&mut self, map: &dyn Fn(Span) -> Span) {
        for place in self.0.iter_mut().filter_map(|fact| fact.place.as_mut()) {
            place.relocate(map);
        }
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
