//! Predicates from YAML: typed against the fact schema, each mistake with its place.

use super::graph;
use super::predicate::{
    Bound, Check, Crossing, Drawn, End, PathQuery, Predicate, Quantity, Scope, Set, Test, Way,
};
use crate::diagnostic::{Diagnostic, Form, unknown_word};
use crate::model::{DataDirection, ElementKind, FactKey, FactType, Initiator, Phase, Subject, ViewKind};
use crate::source::{Node, Span, Value};

/// Code of mistakes in predicates.
const CODE: &str = "pack/predicate";

/// Predicates nest no deeper.
const DEEPEST: usize = 16;

/// What a key of a predicate reads.
type Reading = fn(&mut Reader<'_>, &Node, Scope) -> Option<Predicate>;

/// Words that may be tested, the scopes where they may, and who reads the value.
const WORDS: &[(&str, &[Scope], Reading)] = &[
    ("all", ANY, |r, n, s| Some(Predicate::All(r.list(n, s)?))),
    ("any", ANY, |r, n, s| Some(Predicate::Any(r.list(n, s)?))),
    ("not", ANY, |r, n, s| Some(Predicate::Not(Box::new(r.predicate(n, s)?)))),
    ("unless", ANY, |r, n, s| Some(Predicate::Unless(Box::new(r.predicate(n, s)?)))),
    ("model", ANY, |r, n, _| Some(Predicate::OfModel(Box::new(r.predicate(n, Scope::Model)?)))),
    ("version", E, |r, n, _| r.version(n)),
    ("kind", E, |r, n, _| {
        Some(Predicate::Test(Test::Kind(r.choice(n, ElementKind::ALL, ElementKind::word)?)))
    }),
    ("technology", ER, |r, n, _| Some(Predicate::Test(Test::Technology(r.texts_or_stated(n)?)))),
    ("trait", ER, |r, n, _| Some(Predicate::Test(Test::Trait(r.texts(n)?)))),
    ("role", E, |r, n, _| Some(Predicate::Test(Test::Fact(FactKey::Roles, Check::Words(r.texts(n)?))))),
    ("says", &[Scope::Element, Scope::Relation, Scope::View], |r, n, _| {
        let texts = r.texts(n)?;
        Some(Predicate::Test(Test::Says(texts.iter().map(|text| super::index::spoken(text)).collect())))
    }),
    ("trust-level", E, |r, n, _| Some(Predicate::Test(Test::TrustLevel(r.bound(n)?)))),
    ("past-support", E, |r, n, _| Some(Predicate::Test(Test::PastSupport(r.flag(n)?)))),
    ("support-listed", E, |r, n, _| r.drawn(n, Drawn::SupportListed)),
    ("redacted", &[Scope::Element, Scope::Relation, Scope::Model], |r, n, _| r.drawn(n, Drawn::Redacted)),
    ("incoming", E, |r, n, _| r.quantifier(n, Set::Flows(Way::Incoming))),
    ("outgoing", E, |r, n, _| r.quantifier(n, Set::Flows(Way::Outgoing))),
    ("flows", E, |r, n, _| r.quantifier(n, Set::Flows(Way::Either))),
    ("members", E, |r, n, _| r.quantifier(n, Set::Members)),
    ("instances", E, |r, n, _| r.quantifier(n, Set::Instances)),
    ("beside", E, |r, n, _| r.quantifier(n, Set::Beside)),
    ("separated-by", E, |r, n, _| r.quantifier(n, Set::SeparatedBy)),
    ("inside", E, |r, n, _| Some(Predicate::Test(Test::Inside(Box::new(r.predicate(n, Scope::Element)?))))),
    ("zone", E, |r, n, _| Some(Predicate::Test(Test::Zone(Box::new(r.predicate(n, Scope::Element)?))))),
    ("protocol", R, |r, n, _| Some(Predicate::Test(Test::Protocol(r.texts_or_stated(n)?)))),
    ("layer", R, |r, n, _| Some(Predicate::Test(Test::Layer(r.texts(n)?)))),
    ("port", R, |r, n, _| r.port(n)),
    ("crosses", R, |r, n, _| {
        let words =
            [("zone", Crossing::Zone), ("trust-boundary", Crossing::TrustBoundary), ("no", Crossing::No)];
        Some(Predicate::Test(Test::Crosses(r.word(n, &words)?)))
    }),
    ("from", R, |r, n, _| r.end(n, End::From)),
    ("to", R, |r, n, _| r.end(n, End::To)),
    ("either-end", R, |r, n, _| r.end(n, End::Either)),
    ("both-ends", R, |r, n, _| r.end(n, End::Both)),
    ("client", R, |r, n, _| r.end(n, End::Client)),
    ("server", R, |r, n, _| r.end(n, End::Server)),
    ("alternatives", R, |r, n, _| r.quantifier(n, Set::Alternatives)),
    ("alternative", R, |r, n, _| r.drawn(n, Drawn::Alternative)),
    ("optional", R, |r, n, _| r.drawn(n, Drawn::Optional)),
    ("labeled", R, |r, n, _| r.drawn(n, Drawn::Labeled)),
    ("directed", R, |r, n, _| r.drawn(n, Drawn::Directed)),
    ("dashed", R, |r, n, _| r.drawn(n, Drawn::Dashed)),
    ("self", R, |r, n, _| r.drawn(n, Drawn::SelfLoop)),
    ("mediated", R, |r, n, _| r.drawn(n, Drawn::Mediated)),
    ("phase", R, |r, n, _| Some(Predicate::Test(Test::Phase(r.choice(n, Phase::ALL, Phase::word)?)))),
    ("initiator", R, |r, n, _| {
        Some(Predicate::Test(Test::Initiator(r.choice(n, Initiator::ALL, Initiator::word)?)))
    }),
    ("data", R, |r, n, _| {
        Some(Predicate::Test(Test::Data(r.choice(n, DataDirection::ALL, DataDirection::word)?)))
    }),
    ("ends-differ", R, |r, n, _| Some(Predicate::Test(Test::EndsDiffer(r.element_fact(n)?)))),
    ("ends-share", R, |r, n, _| Some(Predicate::Test(Test::EndsShare(r.element_fact(n)?)))),
    ("elements", MV, |r, n, _| r.quantifier(n, Set::Elements)),
    ("relations", MV, |r, n, _| r.quantifier(n, Set::Relations)),
    ("zones", MV, |r, n, _| r.quantifier(n, Set::Zones)),
    ("views", M, |r, n, _| r.quantifier(n, Set::Views)),
    ("path", M, |r, n, _| r.path(n, false)),
    ("every-path", M, |r, n, _| r.path(n, true)),
    ("data-assets", M, |r, n, _| Some(Predicate::Test(Test::DataAssets(r.bound(n)?)))),
    ("identities", M, |r, n, _| Some(Predicate::Test(Test::Identities(r.bound(n)?)))),
    ("conflicts", M, |r, n, _| r.drawn(n, Drawn::Conflicts)),
    ("near-merges", M, |r, n, _| r.drawn(n, Drawn::NearMerges)),
    ("complete", MV, |r, n, _| r.flag(n)?.then_some(Predicate::Test(Test::Complete))),
    ("view-kind", &[Scope::View], |r, n, _| {
        Some(Predicate::Test(Test::ViewKind(r.choice(n, ViewKind::ALL, ViewKind::word)?)))
    }),
];

const ANY: &[Scope] = &[Scope::Element, Scope::Relation, Scope::View, Scope::Model];
const E: &[Scope] = &[Scope::Element];
const R: &[Scope] = &[Scope::Relation];
const ER: &[Scope] = &[Scope::Element, Scope::Relation];
const M: &[Scope] = &[Scope::Model];
const MV: &[Scope] = &[Scope::Model, Scope::View];

/// Choices whose words are ordered from the least to the most.
const ORDERED: &[FactKey] = &[FactKey::DataClass, FactKey::Criticality, FactKey::Spread];

/// Reads predicates; collects what is wrong with them.
pub(super) struct Reader<'a> {
    pub(super) told: &'a mut Vec<Diagnostic>,
    depth: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(told: &'a mut Vec<Diagnostic>) -> Self {
        Self { told, depth: 0 }
    }

    /// The predicate that a node writes; `None` after telling why there is none.
    pub(super) fn predicate(&mut self, node: &Node, scope: Scope) -> Option<Predicate> {
        let Some(entries) = node.as_map() else {
            self.tell(format!("a predicate is a mapping, this is {}", node.noun()), node.span);
            return None;
        };
        if self.depth == DEEPEST {
            self.tell(format!("predicates nest at most {DEEPEST} deep"), node.span);
            return None;
        }
        self.depth += 1;
        let mut parts = Vec::with_capacity(entries.len());
        let mut whole = true;
        for (key, value) in entries {
            match self.test(&key.name, key.span, value, scope) {
                Some(part) => parts.push(part),
                None => whole = false,
            }
        }
        self.depth -= 1;
        if !whole {
            return None;
        }
        Some(if parts.len() == 1 { parts.remove(0) } else { Predicate::All(parts) })
    }

    fn test(&mut self, word: &str, span: Span, value: &Node, scope: Scope) -> Option<Predicate> {
        let is_map = value.as_map().is_some();
        // `trusts` and `passes` are a set and a predicate when a mapping follows, else facts.
        if is_map && word == "trusts" && scope == Scope::Element {
            return self.quantifier(value, Set::Trusts);
        }
        if is_map && word == "passes" && scope == Scope::Relation {
            let inner = self.predicate(value, Scope::Element)?;
            return Some(Predicate::Test(Test::Passes(Box::new(inner))));
        }
        if let Some((_, scopes, read)) = WORDS.iter().find(|(known, ..)| *known == word) {
            // A word may be a fact elsewhere (`complete` is none, `data` is none): scopes decide.
            if scopes.contains(&scope) {
                return read(self, value, scope);
            }
            let fits: Vec<&str> = scopes.iter().map(|scope| scope.word()).collect();
            self.tell(
                format!(
                    "`{word}` is asked of {}, here the subject is the {}",
                    fits.join(" or "),
                    scope.word()
                ),
                span,
            );
            return None;
        }
        if let Some(at) = graph::GRAPH_FACTS.iter().position(|fact| fact.name == word) {
            if scope != Scope::Element {
                self.tell(
                    format!("`{word}` is asked of element, here the subject is the {}", scope.word()),
                    span,
                );
                return None;
            }
            return Some(Predicate::Test(match graph::GRAPH_FACTS[at].counts {
                true => Test::GraphCount(at, self.bound(value)?),
                false => Test::GraphFlag(at, self.flag(value)?),
            }));
        }
        let Some(key) = FactKey::from_word(word) else {
            let known: Vec<&str> = words_of(scope).collect();
            self.told.push(unknown_word(
                CODE,
                &format!("of the {} nobody can ask", scope.word()),
                word,
                &known,
                span,
            ));
            return None;
        };
        if !belongs(key, scope) {
            self.tell(format!("the fact `{word}` does not belong to the {}", scope.word()), span);
            return None;
        }
        Some(Predicate::Test(Test::Fact(key, self.check(key, value)?)))
    }

    fn check(&mut self, key: FactKey, node: &Node) -> Option<Check> {
        match node.as_str() {
            Some("stated") => return Some(Check::Stated),
            Some("contradictory") => return Some(Check::Contradictory),
            _ => {}
        }
        let kind = key.value_type();
        if node.as_map().is_some() {
            return match kind {
                FactType::Count => Some(Check::Count(self.bound(node)?)),
                FactType::Choice(words) if ORDERED.contains(&key) => self.ordered(key, words, node),
                FactType::Choice(_) | FactType::Text | FactType::Duration | FactType::List => {
                    self.tell(
                        format!("`{}` holds words and cannot be compared by size", key.word()),
                        node.span,
                    );
                    None
                }
            };
        }
        match kind {
            FactType::Count => match &node.value {
                Value::Integer(_) => Some(Check::Count(Bound::Exactly(self.number(node)?))),
                _ => {
                    self.tell(format!("`{}` is a count, this is {}", key.word(), node.noun()), node.span);
                    None
                }
            },
            FactType::Choice(words) => {
                let vocabulary: Vec<(&str, &str)> = words.iter().map(|word| (*word, *word)).collect();
                let found = self.words(node, &vocabulary, &format!("`{}` is never", key.word()))?;
                Some(Check::Words(found.into_iter().map(str::to_owned).collect()))
            }
            FactType::Text | FactType::Duration | FactType::List => Some(Check::Words(self.texts(node)?)),
        }
    }

    fn ordered(&mut self, key: FactKey, words: &[&'static str], node: &Node) -> Option<Check> {
        let form = Form::open(node, "a comparison", CODE, &["at-least", "below"], self.told)?;
        let vocabulary: Vec<(&str, &str)> = words.iter().map(|word| (*word, *word)).collect();
        if form.get("at-least").is_some() && form.get("below").is_some() {
            let message =
                format!("`{}` is compared by one of `at-least` and `below`; `all` joins two", key.word());
            self.tell(message, node.span);
            return None;
        }
        if let Some(word) = form.word("at-least", &vocabulary, self.told) {
            return Some(Check::AtLeastWord(word.to_owned()));
        }
        if let Some(word) = form.word("below", &vocabulary, self.told) {
            if words.first() == Some(&word) {
                self.tell(format!("nothing is below `{word}`, the least of `{}`", key.word()), node.span);
                return None;
            }
            return Some(Check::BelowWord(word.to_owned()));
        }
        if form.get("at-least").or(form.get("below")).is_none() {
            self.tell(format!("`{}` is compared by `at-least` or `below`", key.word()), node.span);
        }
        None
    }

    fn version(&mut self, node: &Node) -> Option<Predicate> {
        if node.as_map().is_none() {
            return Some(Predicate::Test(Test::Fact(FactKey::Version, self.check(FactKey::Version, node)?)));
        }
        let form = Form::open(node, "a version", CODE, &["at-least", "below"], self.told)?;
        let least = form.text("at-least", self.told);
        let below = form.text("below", self.told);
        match (least, below) {
            (Some((version, _)), None) => Some(Predicate::Test(Test::Version { at_least: true, version })),
            (None, Some((version, _))) => Some(Predicate::Test(Test::Version { at_least: false, version })),
            _ => {
                self.tell("a version is compared by `at-least` or by `below`".to_owned(), node.span);
                None
            }
        }
    }

    fn quantifier(&mut self, node: &Node, set: Set) -> Option<Predicate> {
        let keys = ["some", "every", "none", "at-least", "exactly", "of"];
        let form = Form::open(node, "a quantifier", CODE, &keys, self.told)?;
        let mut found = Vec::new();
        for (word, quantity) in
            [("some", Quantity::Some), ("every", Quantity::Every), ("none", Quantity::None)]
        {
            if let Some(inner) = form.get(word) {
                found.push((quantity, inner));
            }
        }
        for (word, make) in
            [("at-least", Quantity::AtLeast as fn(u32) -> Quantity), ("exactly", Quantity::Exactly)]
        {
            let Some(number) = form.get(word) else { continue };
            let Some(inner) = form.get("of") else {
                self.tell(format!("`{word}` needs `of`: what is counted"), number.span);
                return None;
            };
            found.push((make(self.number(number)?), inner));
        }
        let [(quantity, inner)] = found.as_slice() else {
            let message =
                "a quantifier has one of `some`, `every`, `none`, `at-least` with `of`, `exactly` with `of`";
            self.tell(message.to_owned(), node.span);
            return None;
        };
        let inner = self.predicate(inner, set.scope())?;
        Some(Predicate::Test(Test::Quantifier(set, *quantity, Box::new(inner))))
    }

    fn path(&mut self, node: &Node, every: bool) -> Option<Predicate> {
        let keys: &[&str] =
            if every { &["from", "to", "passes", "at-least"] } else { &["from", "to", "passes", "avoids"] };
        let form = Form::open(node, "a path", CODE, keys, self.told)?;
        let required = if every { &["from", "to", "passes"][..] } else { &["from", "to"] };
        for key in required {
            if form.get(key).is_none() {
                self.tell(format!("a path needs `{key}`"), node.span);
                return None;
            }
        }
        let from = self.predicate(form.get("from")?, Scope::Element)?;
        let to = self.predicate(form.get("to")?, Scope::Element)?;
        let mut part = |key: &str| match form.get(key) {
            Some(node) => self.predicate(node, Scope::Element).map(Some),
            None => Some(None),
        };
        let (passes, avoids) = (part("passes")?, part("avoids")?);
        let least = match form.get("at-least") {
            Some(node) => self.number(node)?.max(1),
            None => 1,
        };
        let query = PathQuery { from, to, passes, avoids, every: every.then_some(least) };
        Some(Predicate::Test(Test::Path(Box::new(query))))
    }

    fn end(&mut self, node: &Node, end: End) -> Option<Predicate> {
        Some(Predicate::Test(Test::End(end, Box::new(self.predicate(node, Scope::Element)?))))
    }

    fn drawn(&mut self, node: &Node, what: Drawn) -> Option<Predicate> {
        Some(Predicate::Test(Test::Drawn(what, self.flag(node)?)))
    }

    fn port(&mut self, node: &Node) -> Option<Predicate> {
        if node.as_str() == Some("stated") {
            return Some(Predicate::Test(Test::Port(Vec::new())));
        }
        let items = node.as_list().unwrap_or(std::slice::from_ref(node));
        let mut ports = Vec::with_capacity(items.len());
        for item in items {
            let number = self.number(item)?;
            let Some(port) = u16::try_from(number).ok().filter(|port| *port > 0) else {
                self.tell(format!("{number} is no port: ports are 1 to 65535"), item.span);
                return None;
            };
            ports.push(port);
        }
        Some(Predicate::Test(Test::Port(ports)))
    }

    fn element_fact(&mut self, node: &Node) -> Option<FactKey> {
        let vocabulary: Vec<(&str, FactKey)> = FactKey::ALL
            .iter()
            .filter(|key| belongs(**key, Scope::Element))
            .map(|key| (key.word(), *key))
            .collect();
        self.word(node, &vocabulary)
    }

    fn bound(&mut self, node: &Node) -> Option<Bound> {
        if node.as_map().is_none() {
            return Some(Bound::Exactly(self.number(node)?));
        }
        let form = Form::open(node, "a comparison", CODE, &["at-least", "below"], self.told)?;
        match (form.get("at-least"), form.get("below")) {
            (Some(number), None) => Some(Bound::AtLeast(self.number(number)?)),
            (None, Some(number)) => match self.number(number)? {
                0 => {
                    self.tell("no count is below 0".to_owned(), number.span);
                    None
                }
                most => Some(Bound::Below(most)),
            },
            _ => {
                self.tell("a number is compared by `at-least` or by `below`".to_owned(), node.span);
                None
            }
        }
    }

    fn number(&mut self, node: &Node) -> Option<u32> {
        let number = match node.value {
            Value::Integer(number) => u32::try_from(number).ok(),
            _ => None,
        };
        if number.is_none() {
            self.tell(
                format!(
                    "a whole number is expected, this is {}",
                    match node.value {
                        Value::Integer(number) => number.to_string(),
                        _ => node.noun().to_owned(),
                    }
                ),
                node.span,
            );
        }
        number
    }

    fn flag(&mut self, node: &Node) -> Option<bool> {
        self.word(node, &[("yes", true), ("no", false)])
    }

    fn list(&mut self, node: &Node, scope: Scope) -> Option<Vec<Predicate>> {
        let Some(items) = node.as_list() else {
            self.tell(format!("`all` and `any` take a list, this is {}", node.noun()), node.span);
            return None;
        };
        let read: Vec<Option<Predicate>> = items.iter().map(|item| self.predicate(item, scope)).collect();
        read.into_iter().collect()
    }

    fn texts(&mut self, node: &Node) -> Option<Vec<String>> {
        let items = node.as_list().unwrap_or(std::slice::from_ref(node));
        let mut texts = Vec::with_capacity(items.len());
        for item in items {
            let Some(text) = item.as_text() else {
                self.tell(format!("a word is expected, this is {}", item.noun()), item.span);
                return None;
            };
            texts.push(text);
        }
        if texts.is_empty() {
            self.tell("the list is empty".to_owned(), node.span);
            return None;
        }
        Some(texts)
    }

    /// No words stand for `stated`: known, whatever it is.
    fn texts_or_stated(&mut self, node: &Node) -> Option<Vec<String>> {
        if node.as_str() == Some("stated") { Some(Vec::new()) } else { self.texts(node) }
    }

    fn choice<T: Copy>(&mut self, node: &Node, all: &[T], word: fn(T) -> &'static str) -> Option<Vec<T>> {
        let vocabulary: Vec<(&str, T)> = all.iter().map(|case| (word(*case), *case)).collect();
        self.words(node, &vocabulary, "this is never")
    }

    fn words<T: Copy>(&mut self, node: &Node, vocabulary: &[(&str, T)], before: &str) -> Option<Vec<T>> {
        let items = node.as_list().unwrap_or(std::slice::from_ref(node));
        let mut found = Vec::with_capacity(items.len());
        for item in items {
            let text = item.as_text().unwrap_or_else(|| item.noun().to_owned());
            match vocabulary.iter().find(|(word, _)| *word == text) {
                Some((_, value)) => found.push(*value),
                None => {
                    let words: Vec<&str> = vocabulary.iter().map(|(word, _)| *word).collect();
                    self.told.push(unknown_word(CODE, before, &text, &words, item.span));
                    return None;
                }
            }
        }
        Some(found)
    }

    fn word<T: Copy>(&mut self, node: &Node, vocabulary: &[(&str, T)]) -> Option<T> {
        self.words(node, vocabulary, "this is never")?.first().copied()
    }

    fn tell(&mut self, message: String, span: Span) {
        self.told.push(Diagnostic::error(CODE, message, span));
    }
}

/// Whether a fact may be asked of a subject.
pub(super) fn belongs(key: FactKey, scope: Scope) -> bool {
    match (key.subject(), scope) {
        (Subject::Both | Subject::Model | Subject::Element, Scope::Element)
        | (Subject::Both | Subject::Relation, Scope::Relation)
        | (Subject::Model, Scope::Model) => true,
        (Subject::Element | Subject::Relation | Subject::Both, Scope::Model)
        | (Subject::Element | Subject::Model, Scope::Relation)
        | (Subject::Relation, Scope::Element)
        | (_, Scope::View) => false,
    }
}

/// Every word that may be asked of a subject, for "did you mean".
pub(super) fn words_of(scope: Scope) -> impl Iterator<Item = &'static str> {
    let words = WORDS.iter().filter(move |(_, scopes, _)| scopes.contains(&scope)).map(|(word, ..)| *word);
    let facts = FactKey::ALL.iter().filter(move |key| belongs(**key, scope)).map(|key| key.word());
    let graph = graph::GRAPH_FACTS.iter().filter(move |_| scope == Scope::Element).map(|fact| fact.name);
    words.chain(facts).chain(graph)
}
