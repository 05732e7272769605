//! What the words of an answer declare.

use crate::assessment::{Ask, Question, SubjectRef};
use crate::diagnostic::did_you_mean;
use crate::model::{FactKey, FactType, FactValue};

/// Facts by subject.
pub(super) type Facts = Vec<(SubjectRef, Vec<(String, FactValue)>)>;

/// Words that leave a question open.
const OPEN: [&str; 6] = ["", "?", "-", "unknown", "not known", "n/a"];

/// Whether the words leave the question open.
pub(super) fn is_open(words: &str) -> bool {
    OPEN.iter().any(|open| words.trim().eq_ignore_ascii_case(open))
}

/// The facts that an answer declares: one of the offered answers, a value of the missing fact, or facts as
/// `key: value`, separated by semicolons.
pub(super) fn facts(question: &Question, ask: &Ask<'_>, words: &str) -> Result<Facts, String> {
    let words = words.trim();
    let folded = fold(words);
    if let Some(answer) = ask.answers.iter().find(|answer| fold(&answer.answer) == folded) {
        let subjects = ask.subjects.iter().copied();
        let facts = subjects.map(|subject| {
            let said = answer.facts_of(subject).into_iter();
            (subject.clone(), said.map(|(key, value)| (key.to_owned(), value.clone())).collect::<Vec<_>>())
        });
        return Ok(facts.filter(|(_, said)| !said.is_empty()).collect());
    }
    let [subject] = ask.subjects.as_slice() else { return Err(expected(question, ask, words)) };
    let pairs: Option<Vec<(&str, &str)>> =
        words.split([';', '\n']).filter(|part| !part.trim().is_empty()).map(pair).collect();
    let pairs = pairs.filter(|pairs| {
        // A text such as `https: TLS` is no fact.
        pairs.iter().any(|(key, _)| question.keys.iter().any(|known| known == key)) || ask.answers.is_empty()
    });
    if let Some(pairs) = pairs.filter(|pairs| !pairs.is_empty()) {
        let mut said = Vec::new();
        for (key, value) in pairs {
            if !question.takes(key, subject) {
                let known: Vec<&str> = question
                    .keys
                    .iter()
                    .map(String::as_str)
                    .filter(|known| question.takes(known, subject))
                    .collect();
                return Err(match did_you_mean(key, known.iter().copied()) {
                    Some(near) => format!("`{key}` is not what is asked; did you mean `{near}`?"),
                    None => format!("`{key}` is not what is asked, expected one of: {}", known.join(", ")),
                });
            }
            let meant = self::value(key, value).ok_or_else(|| wrong_value(key, value))?;
            said.push((key.to_owned(), meant));
        }
        return Ok(vec![((*subject).clone(), said)]);
    }
    for key in &question.keys {
        let free = FactKey::from_word(key).is_none_or(|fact| {
            matches!(fact.value_type(), FactType::Text | FactType::Duration | FactType::List)
        });
        // Any text would do: only where nothing else is offered, and only for what is asked first.
        if free && (!ask.answers.is_empty() || *key != question.key) || !question.takes(key, subject) {
            continue;
        }
        if let Some(value) = value(key, words) {
            return Ok(vec![((*subject).clone(), vec![(key.clone(), value)])]);
        }
    }
    Err(expected(question, ask, words))
}

fn pair(part: &str) -> Option<(&str, &str)> {
    let (key, value) = part.split_once(':').or_else(|| part.split_once('='))?;
    let (key, value) = (key.trim(), value.trim());
    (!key.is_empty() && !value.is_empty() && !key.contains(' ')).then_some((key, value))
}

/// A value of a fact, as people write it; an attribute takes any text, which is checked where it is declared.
fn value(key: &str, text: &str) -> Option<FactValue> {
    match FactKey::from_word(key) {
        Some(key) => crate::infer::value_of(key, text),
        None => Some(FactValue::Text(text.trim().to_owned())),
    }
}

fn wrong_value(key: &str, value: &str) -> String {
    let words = FactKey::from_word(key).map(|key| (key, key.value_type()));
    if let Some((key, FactType::Choice(words))) = words {
        let near = did_you_mean(value, words.iter().copied());
        let near = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
        return format!(
            "`{value}` is no value of `{}`, expected one of: {}{near}",
            key.word(),
            words.join(", ")
        );
    }
    let expected = match words {
        Some((_, FactType::Duration)) => "a time such as 15 min, 4 h or 2 days, or none",
        _ => "a count such as 2, or 2+ for at least 2",
    };
    format!("`{value}` is no value of `{key}`, expected {expected}")
}

fn expected(question: &Question, ask: &Ask<'_>, words: &str) -> String {
    let offered: Vec<&str> = ask.answers.iter().map(|answer| answer.answer.as_str()).collect();
    if offered.is_empty() {
        return match FactKey::from_word(&question.key).map(FactKey::value_type) {
            Some(_) => wrong_value(&question.key, words),
            None => format!("`{words}` is no value of `{}`", question.key),
        };
    }
    let near = did_you_mean(words, offered.iter().copied());
    let near = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
    let keys =
        if ask.subjects.len() == 1 { format!(", or `{}: value`", question.key) } else { String::new() };
    format!("`{words}` is not among the answers, expected one of: {}{keys}{near}", offered.join("; "))
}

/// Words as they are compared: one case, single spaces, no final period.
fn fold(words: &str) -> String {
    let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
    words.join(" ").trim_end_matches('.').to_owned()
}
