//! Facts that the sidecar declares, put into the model.

use std::collections::BTreeSet;

use globset::{GlobBuilder, GlobMatcher};

use super::{technologies, values};
use crate::catalog::Catalog;
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::model::{
    DataDirection, Declaration, ElementId, ElementKind, Fact, FactKey, FactType, FactValue, Initiator, Model,
    Origin, Phase, Port, Protocol, Relation, RelationId, Subject, Transport,
};
use crate::source::{Key, Node, Place, Span, Value};

/// One entry of the sidecar's `facts`.
#[derive(Clone, Debug, PartialEq)]
pub struct Declared {
    /// What it is about: `model`, an element's id or a pattern (`data/*`), or `from > to` (`* > ftp`), or
    /// the id of a relation.
    pub subject: String,
    /// Where the subject is written.
    pub span: Span,
    /// Facts and values.
    pub set: Vec<(Key, Node)>,
    /// Who says so, when, on what ground, until when.
    pub declaration: Declaration,
}

/// Puts declared facts into the model. Beside the keys of facts, elements take `kind` and
/// `technology`, and relations `protocol`, `port`, `initiator`, `data`, `phase`, `optional` and
/// `alternative`. A subject that nothing matches and a value that does not fit are reported.
pub fn declare(model: &mut Model, declared: &[Declared]) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for entry in declared {
        let subjects = match find(model, &entry.subject) {
            Ok(subjects) => subjects,
            Err(problem) => {
                diagnostics.push(problem.at(entry.span));
                continue;
            }
        };
        for (key, node) in &entry.set {
            if let Err(problem) = set(model, &subjects, key, node, entry) {
                let is_value = problem.code == BAD_VALUE && node.span.start < node.span.end;
                diagnostics.push(problem.at(if is_value { node.span } else { key.span }));
            }
        }
    }
    diagnostics
}

/// Code of values that do not fit.
const BAD_VALUE: &str = "infer/bad-value";

/// What is wrong with an entry.
struct Problem {
    code: &'static str,
    message: String,
    help: Option<String>,
}

impl Problem {
    fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), help: None }
    }

    fn help(mut self, help: Option<String>) -> Self {
        self.help = help;
        self
    }

    fn at(self, span: Span) -> Diagnostic {
        let mut diagnostic = Diagnostic::error(self.code, self.message, span);
        diagnostic.help = self.help;
        diagnostic
    }
}

/// What an entry is about.
enum Subjects {
    Model,
    Elements(Vec<ElementId>),
    Relations(Vec<RelationId>),
}

fn find(model: &Model, subject: &str) -> Result<Subjects, Problem> {
    let subject = subject.trim();
    if subject == "model" {
        return Ok(Subjects::Model);
    }
    if let Some(relation) = model.relations.get(&RelationId::new(subject)) {
        return Ok(Subjects::Relations(vec![relation.id.clone()]));
    }
    if let Some((from, to)) = subject.split_once('>') {
        // `a>b:sql` may be a relation's id of which the words have changed.
        let to = to.split_once(':').map_or(to, |(to, _)| to);
        let (from, to) = (elements(model, from.trim())?, elements(model, to.trim())?);
        let ends = |relation: &&Relation| from.contains(&relation.from) && to.contains(&relation.to);
        let found: Vec<RelationId> =
            model.relations.values().filter(ends).map(|relation| relation.id.clone()).collect();
        if found.is_empty() {
            return Err(Problem::new(
                "infer/unknown-subject",
                format!("no flow is drawn from and to what `{subject}` names"),
            ));
        }
        return Ok(Subjects::Relations(found));
    }
    elements(model, subject).map(|found| Subjects::Elements(found.into_iter().collect()))
}

/// Ids that a subject of the sidecar names: elements, relations, or `model`; empty when it names nothing.
pub fn named(model: &Model, subject: &str) -> Vec<String> {
    match find(model, subject) {
        Ok(Subjects::Model) => vec!["model".to_owned()],
        Ok(Subjects::Elements(ids)) => ids.iter().map(ToString::to_string).collect(),
        Ok(Subjects::Relations(ids)) => ids.iter().map(ToString::to_string).collect(),
        Err(_) => Vec::new(),
    }
}

/// Elements that a pattern names: an id; a pattern of ids, in which `*` stays inside one level and
/// `**` does not; or the last part of exactly one id.
fn elements(model: &Model, pattern: &str) -> Result<BTreeSet<ElementId>, Problem> {
    let exact = ElementId::new(pattern);
    if model.elements.contains_key(&exact) {
        return Ok(BTreeSet::from([exact]));
    }
    if pattern == "*" || pattern == "**" {
        return Ok(model.elements.keys().cloned().collect());
    }
    let is_pattern = pattern.contains(['*', '?', '[', '{']);
    if is_pattern {
        let glob = matcher(pattern)?;
        let found: BTreeSet<ElementId> =
            model.elements.keys().filter(|id| glob.is_match(id.as_str())).cloned().collect();
        return if found.is_empty() {
            Err(Problem::new("infer/unknown-subject", format!("the pattern `{pattern}` names no element")))
        } else {
            Ok(found)
        };
    }
    let last = |id: &&ElementId| id.as_str().rsplit('/').next() == Some(pattern);
    let found: BTreeSet<ElementId> = model.elements.keys().filter(last).cloned().collect();
    match found.len() {
        0 => {
            let message = format!("there is no element `{pattern}`");
            Err(Problem::new("infer/unknown-subject", message).help(Some(near_element(model, pattern))))
        }
        1 => Ok(found),
        _ => {
            let ids: Vec<String> = found.iter().take(4).map(|id| format!("`{id}`")).collect();
            let message = format!("several elements end in `{pattern}`");
            Err(Problem::new("infer/ambiguous-subject", message)
                .help(Some(format!("write one of {}", ids.join(", ")))))
        }
    }
}

/// The element that was probably meant: by its id, the last part of it, or its name; for want of one, what
/// may be written.
fn near_element(model: &Model, written: &str) -> String {
    let near = nearest(written, model.elements.keys().map(ElementId::as_str)).or_else(|| {
        let words = model.elements.values().flat_map(|element| {
            let id = element.id.as_str();
            [id.rsplit('/').next().unwrap_or(id), element.name.as_str()].map(|word| (word, id))
        });
        let near = did_you_mean(written, words.clone().take(5000).map(|(word, _)| word))?;
        words.clone().find(|(word, _)| *word == near).map(|(_, id)| id)
    });
    match near {
        Some(near) => format!("did you mean `{near}`?"),
        None if model.elements.len() <= 24 => {
            let known: Vec<&str> = model.elements.keys().map(ElementId::as_str).collect();
            format!("known are: model, {}", known.join(", "))
        }
        None => "expected `model`, an id as the packet shows it, or a pattern of ids".to_owned(),
    }
}

fn matcher(pattern: &str) -> Result<GlobMatcher, Problem> {
    let glob = GlobBuilder::new(pattern).literal_separator(true).build();
    match glob {
        Ok(glob) => Ok(glob.compile_matcher()),
        Err(_) => Err(Problem::new("infer/bad-pattern", format!("`{pattern}` is not a pattern"))),
    }
}

/// Keys that are no facts, for elements and for relations.
const ELEMENT_KEYS: [&str; 2] = ["kind", "technology"];
const RELATION_KEYS: [&str; 9] =
    ["protocol", "protocols", "port", "ports", "initiator", "data", "phase", "optional", "alternative"];

fn set(
    model: &mut Model,
    subjects: &Subjects,
    key: &Key,
    node: &Node,
    entry: &Declared,
) -> Result<(), Problem> {
    let name = key.name.as_str();
    match subjects {
        Subjects::Elements(ids) if ELEMENT_KEYS.contains(&name) => {
            return set_element(model, ids, name, node);
        }
        Subjects::Relations(ids) if RELATION_KEYS.contains(&name) => {
            return set_relation(model, ids, name, node);
        }
        Subjects::Model | Subjects::Elements(_) | Subjects::Relations(_) => {}
    }
    let Some(fact_key) = FactKey::from_word(name) else {
        let all = FactKey::ALL.iter().map(|key| key.word()).chain(ELEMENT_KEYS).chain(RELATION_KEYS);
        let help = nearest(name, all).map(|near| format!("did you mean `{near}`?"));
        return Err(Problem::new("infer/unknown-fact", format!("there is no fact `{name}`")).help(help));
    };
    let about = fact_key.subject();
    let fits = match subjects {
        Subjects::Model => about == Subject::Model,
        Subjects::Elements(_) => about != Subject::Relation,
        Subjects::Relations(_) => matches!(about, Subject::Relation | Subject::Both),
    };
    if !fits {
        let noun = match subjects {
            Subjects::Model => "the model",
            Subjects::Elements(_) => "an element",
            Subjects::Relations(_) => "a flow",
        };
        return Err(Problem::new("infer/fact-does-not-fit", format!("`{name}` says nothing of {noun}")));
    }
    let value = value_of_node(fact_key, node).ok_or_else(|| {
        let words = match fact_key.value_type() {
            FactType::Choice(words) => words,
            FactType::Count | FactType::Text | FactType::Duration | FactType::List => &[],
        };
        bad_value(name, &values::expected(fact_key)).help(meant(node, words))
    })?;
    let fact = Fact {
        key: fact_key,
        value,
        origin: Origin::Declared,
        place: Some(Place::from(node.span)),
        because: Vec::new(),
        declaration: Some(entry.declaration.clone()),
    };
    match subjects {
        Subjects::Model => model.facts.add(fact),
        Subjects::Elements(ids) => {
            for id in ids {
                if let Some(element) = model.elements.get_mut(id) {
                    element.facts.add(fact.clone());
                }
            }
        }
        Subjects::Relations(ids) => {
            for id in ids {
                if let Some(relation) = model.relations.get_mut(id) {
                    relation.facts.add(fact.clone());
                }
            }
        }
    }
    Ok(())
}

fn bad_value(name: &str, expected: &str) -> Problem {
    Problem::new(BAD_VALUE, format!("`{name}` is {expected}"))
}

/// The word that was probably meant.
fn meant(node: &Node, words: &[&str]) -> Option<String> {
    let near = did_you_mean(node.as_str()?, words.iter().copied())?;
    Some(format!("did you mean `{near}`?"))
}

/// A value of a fact as the sidecar writes it.
pub fn value_of_node(key: FactKey, node: &Node) -> Option<FactValue> {
    if let (FactType::List, Some(items)) = (key.value_type(), node.as_list()) {
        return Some(FactValue::List(items.iter().filter_map(Node::as_text).collect()));
    }
    values::of_text(key, &node.as_text()?)
}

fn texts(node: &Node) -> Vec<String> {
    match node.as_list() {
        Some(items) => items.iter().filter_map(Node::as_text).collect(),
        None => node.as_text().into_iter().collect(),
    }
}

fn set_element(model: &mut Model, ids: &[ElementId], name: &str, node: &Node) -> Result<(), Problem> {
    let words = texts(node);
    for id in ids {
        let Some(element) = model.elements.get_mut(id) else { continue };
        if name == "kind" {
            let kind = words.first().and_then(|word| ElementKind::from_word(word));
            let all: Vec<&str> = ElementKind::ALL.iter().map(|kind| kind.word()).collect();
            element.kind = kind.ok_or_else(|| {
                bad_value(name, &format!("one of {}", all.join(", "))).help(meant(node, &all))
            })?;
        } else {
            element.technologies =
                words.iter().flat_map(|word| technologies::read(word, Catalog::builtin())).collect();
        }
    }
    Ok(())
}

fn set_relation(model: &mut Model, ids: &[RelationId], name: &str, node: &Node) -> Result<(), Problem> {
    let words = texts(node);
    let first = words.first().cloned().unwrap_or_default();
    let protocols = || -> Result<Vec<Protocol>, Problem> {
        words
            .iter()
            .map(|word| {
                let protocol = Catalog::builtin().protocol(&word.to_lowercase());
                let protocol = protocol.ok_or_else(|| {
                    let all = Catalog::builtin().protocols().iter().map(|protocol| protocol.id);
                    let help = nearest(word, all).map(|near| format!("did you mean `{near}`?"));
                    Problem::new(BAD_VALUE, format!("there is no protocol `{word}`")).help(help)
                })?;
                Ok(Protocol { id: protocol.id.to_owned(), written: word.clone(), origin: Origin::Declared })
            })
            .collect()
    };
    for id in ids {
        let Some(relation) = model.relations.get_mut(id) else { continue };
        match name {
            "protocol" | "protocols" => {
                relation.protocols = protocols()?;
                // What followed from other protocols does not hold any more.
                relation.ports.retain(|port| port.origin >= Origin::Stated);
                relation.facts.retain(|fact| {
                    fact.origin >= Origin::Stated
                        || !matches!(fact.key, FactKey::Encrypted | FactKey::Coupling)
                });
            }
            "port" | "ports" => {
                let ports: Option<Vec<Port>> = words.iter().map(|word| port(word)).collect();
                relation.ports =
                    ports.ok_or_else(|| bad_value(name, "a port such as 1433, 53/udp or 49152-65535"))?;
            }
            "initiator" => {
                relation.initiator = Initiator::from_word(&first)
                    .ok_or_else(|| bad_value(name, "one of from, to, either, unknown"))?;
            }
            "data" => {
                relation.data = DataDirection::from_word(&first)
                    .ok_or_else(|| bad_value(name, "one of out, in, both, unknown"))?;
            }
            "phase" => {
                let all = "one of runtime, configuration, administration, deployment, unknown";
                relation.phase = Phase::from_word(&first).ok_or_else(|| bad_value(name, all))?;
            }
            "optional" => relation.optional = is_yes(node),
            _ => relation.alternative = Some(first.clone()).filter(|group| !group.is_empty()),
        }
    }
    Ok(())
}

fn is_yes(node: &Node) -> bool {
    matches!(&node.value, Value::Bool(true)) || node.as_str() == Some("yes")
}

fn port(word: &str) -> Option<Port> {
    let (range, transport) = match word.split_once('/') {
        Some((range, transport)) => (range, Transport::from_word(&transport.to_lowercase())?),
        None => (word, Transport::Tcp),
    };
    let (from, to) = range.split_once('-').unwrap_or((range, range));
    let (from, to) = (from.trim().parse().ok()?, to.trim().parse().ok()?);
    (from > 0 && from <= to).then_some(Port { from, to, transport, origin: Origin::Declared })
}

/// The candidate that differs least, when it differs little.
fn nearest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (word.chars().count() / 3).clamp(1, 4);
    candidates
        .take(5000)
        .filter(|candidate| candidate.len().abs_diff(word.len()) <= limit)
        .map(|candidate| (distance(word, candidate), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Levenshtein's distance.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().take(120).collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, letter) in one.chars().take(120).enumerate() {
        let mut corner = row[0];
        row[0] = at + 1;
        for (index, candidate) in other.iter().enumerate() {
            let next =
                (row[index] + 1).min(row[index + 1] + 1).min(corner + usize::from(letter != *candidate));
            corner = row[index + 1];
            row[index + 1] = next;
        }
    }
    row[other.len()]
}
