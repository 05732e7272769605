//! Answers compared with each other, with the model and with the settings file.

use std::collections::BTreeMap;

use super::{Reply, Taken, Taking, entries};
use crate::assessment::SubjectRef;
use crate::config::edit::{Edit, Given, NewFacts, Withdrawn};
use crate::config::{Config, DeclaredFacts};
use crate::infer::{self, Declared};
use crate::model::{Declaration, Fact, FactKey, FactValue, Model, Origin};
use crate::source::{FileId, Key, Node, Span, Value};
use crate::writers::writer::Packet;

pub(super) fn take(
    packet: &Packet,
    sidecar: Option<&str>,
    replies: &[Reply],
    taking: &Taking,
) -> Result<Taken, Vec<String>> {
    let mut wrong = disagreements(replies);
    wrong.extend(refused(&packet.model, replies));
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let (config, _) = Config::read(FileId(0), sidecar.unwrap_or_default());
    let written = Written {
        model: &packet.model,
        entries: config
            .facts
            .iter()
            .map(|entry| (entry, infer::named(&packet.model, &entry.subject.text)))
            .collect(),
        text: sidecar.unwrap_or_default(),
    };
    let mut taken = Taken { answers: replies.len(), ..Taken::default() };
    let mut added: Vec<(String, NewFacts)> = Vec::new();
    let mut said: Vec<(&SubjectRef, &str)> = Vec::new();
    for reply in replies {
        let mut news = false;
        for (subject, facts) in &reply.facts {
            let mut new = NewFacts {
                by: reply.by.clone(),
                date: reply.date.clone(),
                source: reply.source.clone(),
                ..NewFacts::default()
            };
            for (key, value) in facts {
                if said.contains(&(subject, key.as_str())) {
                    continue;
                }
                let verdict = written.compare(subject, key, value);
                match verdict {
                    Compared::New => {}
                    Compared::Known => continue,
                    Compared::Renewed(entries) => taken.edit.withdrawn.extend(entries),
                    Compared::Against(words, entries) => {
                        taken.against.push(format!("{}: {words}", reply.place));
                        if !taking.replace {
                            continue;
                        }
                        taken.edit.withdrawn.extend(entries);
                    }
                    Compared::Pattern(words) => {
                        wrong.push(format!("{}: {words}", reply.place));
                        continue;
                    }
                }
                said.push((subject, key));
                new.set.push((key.clone(), given(value)));
            }
            if !new.set.is_empty() {
                news = true;
                added.push((subject.id().to_owned(), new));
            }
        }
        taken.known += usize::from(!news);
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    taken.edit = Edit { withdrawn: taken.edit.withdrawn, added: entries(added) };
    Ok(taken)
}

/// Answers that say different things of one fact.
fn disagreements(replies: &[Reply]) -> Vec<String> {
    let mut first: BTreeMap<(&SubjectRef, &str), (&FactValue, &Reply)> = BTreeMap::new();
    let mut wrong = Vec::new();
    for reply in replies {
        for (subject, facts) in &reply.facts {
            for (key, value) in facts {
                let (known, before) = first.entry((subject, key)).or_insert((value, reply));
                if *known != value {
                    wrong.push(format!(
                        "{}: sets `{key}` of `{}` to {}, and {} sets it to {}; answer one of them otherwise",
                        reply.place,
                        subject.id(),
                        value.display(),
                        before.place,
                        known.display()
                    ));
                }
            }
        }
    }
    wrong
}

/// Values that the model does not take: declared on a copy, as the settings file would.
fn refused(model: &Model, replies: &[Reply]) -> Vec<String> {
    let mut declared = Vec::new();
    for (number, reply) in replies.iter().enumerate() {
        // The span says which reply it was.
        let span = Span::new(FileId(0), number, number);
        for (subject, facts) in &reply.facts {
            let set = facts.iter().map(|(key, value)| {
                (Key { name: key.clone(), span }, Node { value: node_value(value), span })
            });
            declared.push(Declared {
                subject: subject.id().to_owned(),
                span,
                set: set.collect(),
                declaration: Declaration::default(),
            });
        }
    }
    let told = infer::declare(&mut model.clone(), &declared);
    told.into_iter()
        .map(|told| {
            let place = replies.get(told.span.start as usize).map_or("", |reply| reply.place.as_str());
            let help = told.help.map(|help| format!("; {help}")).unwrap_or_default();
            format!("{place}: {}{help}", told.message)
        })
        .collect()
}

fn node_value(value: &FactValue) -> Value {
    let text = |text: &String| Value::Text(text.clone());
    match value {
        FactValue::Word(word) | FactValue::Text(word) => text(word),
        FactValue::Count(count) => Value::Integer(i64::from(*count)),
        FactValue::AtLeast(count) => Value::Text(format!("{count}+")),
        FactValue::List(words) => {
            Value::List(words.iter().map(|word| Node { value: text(word), span: Span::default() }).collect())
        }
    }
}

fn given(value: &FactValue) -> Given {
    match value {
        FactValue::Word(word) | FactValue::Text(word) => Given::Text(word.clone()),
        FactValue::Count(count) => Given::Count(*count),
        FactValue::AtLeast(count) => Given::Text(format!("{count}+")),
        FactValue::List(words) => Given::List(words.clone()),
    }
}

/// What is written already.
struct Written<'a> {
    model: &'a Model,
    /// What the settings file declares, and whom each entry names.
    entries: Vec<(&'a DeclaredFacts, Vec<String>)>,
    text: &'a str,
}

/// What an answer is to what is written.
enum Compared {
    /// Nobody said so yet.
    New,
    /// It is known.
    Known,
    /// It was said, and has an end; it is said anew.
    Renewed(Vec<Withdrawn>),
    /// The drawing or the settings file says otherwise.
    Against(String, Vec<Withdrawn>),
    /// The settings file says otherwise of several subjects at once.
    Pattern(String),
}

impl Written<'_> {
    fn compare(&self, subject: &SubjectRef, key: &str, value: &FactValue) -> Compared {
        let mut same = false;
        let mut renewed = Vec::new();
        let mut against = Vec::new();
        let mut words = Vec::new();
        for (entry, names) in &self.entries {
            let Some((_, node)) = entry.set.iter().find(|(known, _)| known.name == key) else { continue };
            if !names.iter().any(|name| name == subject.id()) {
                continue;
            }
            let withdrawn =
                Withdrawn { entry: entry.entry, subject: entry.subject.text.clone(), key: key.to_owned() };
            let says_same = says(key, node, value);
            if says_same && entry.expires.is_none() {
                same = true;
                continue;
            }
            if names.len() > 1 {
                if says_same {
                    continue;
                }
                return Compared::Pattern(format!(
                    "{} says `{key}: {}` of {} subjects by `{}`, the answer says {}; change it there by hand",
                    self.line(entry),
                    node.as_text().unwrap_or_else(|| node.noun().to_owned()),
                    names.len(),
                    entry.subject.text,
                    value.display()
                ));
            }
            if says_same {
                renewed.push(withdrawn);
            } else {
                words.push(format!(
                    "{} says `{key}: {}` of `{}`, the answer says {}",
                    self.line(entry),
                    node.as_text().unwrap_or_else(|| node.noun().to_owned()),
                    subject.id(),
                    value.display()
                ));
                against.push(withdrawn);
            }
        }
        if !against.is_empty() {
            against.extend(renewed);
            return Compared::Against(words.join("; "), against);
        }
        if same {
            return Compared::Known;
        }
        if !renewed.is_empty() {
            return Compared::Renewed(renewed);
        }
        match self.stated(subject, key) {
            Some(fact) if fact.value == *value => Compared::Known,
            Some(fact) => Compared::Against(
                format!(
                    "the drawing says `{key}: {}` of `{}`, the answer says {}",
                    fact.value.display(),
                    subject.id(),
                    value.display()
                ),
                Vec::new(),
            ),
            None => Compared::New,
        }
    }

    fn line(&self, entry: &DeclaredFacts) -> String {
        let start = (entry.span.start as usize).min(self.text.len());
        let line = self.text.as_bytes()[..start].iter().filter(|byte| **byte == b'\n').count() + 1;
        format!("planroom.yaml:{line}")
    }

    /// The fact that the drawings state.
    fn stated(&self, subject: &SubjectRef, key: &str) -> Option<&Fact> {
        let key = FactKey::from_word(key)?;
        let facts = match subject {
            SubjectRef::Model => &self.model.facts,
            SubjectRef::Element(id) | SubjectRef::Zone(id) => &self.model.element(id)?.facts,
            SubjectRef::Relation(id) => &self.model.relations.get(id)?.facts,
            SubjectRef::View(_) => return None,
        };
        facts.iter().find(|fact| fact.key == key && fact.origin == Origin::Stated)
    }
}

/// Whether an entry's value is the answer's.
fn says(key: &str, node: &Node, value: &FactValue) -> bool {
    match FactKey::from_word(key) {
        Some(key) => infer::value_of_node(key, node).is_some_and(|known| known == *value),
        None => node.as_text().is_some_and(|text| text.trim().eq_ignore_ascii_case(&value.display())),
    }
}
