//! Phrases: names of several words, found in a text as people write them.
//!
//! Case does not matter, and a hyphen, underscore, slash and space are alike. A phrase matches
//! whole words only, and the longest one that starts at a word wins.

use std::collections::HashMap;

/// One word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// In lower case.
    pub text: String,
    /// First byte in the text.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Written without a small letter, and with at least one capital.
    pub capital: bool,
}

impl Word {
    /// The word as a number, when it is digits and nothing else.
    pub fn number(&self) -> Option<u32> {
        let digits = !self.text.is_empty() && self.text.bytes().all(|byte| byte.is_ascii_digit());
        if digits && self.text.len() <= 6 { self.text.parse().ok() } else { None }
    }
}

/// The words of a text. A word is letters and digits of any script; a dot inside (`Node.js`, `1.2`)
/// or before a letter (`.NET`) and `+` or `#` at the end (`COM+`, `C#`) belong to it.
pub fn words(text: &str) -> Vec<Word> {
    let mut found = Vec::new();
    let mut characters = text.char_indices().peekable();
    let mut open: Option<usize> = None;
    let mut before = ' ';
    while let Some((at, character)) = characters.next() {
        let next = characters.peek().map_or(' ', |(_, next)| *next);
        let inside = character.is_alphanumeric()
            || match character {
                '.' if open.is_some() => next.is_alphanumeric(),
                '.' => next.is_alphabetic() && !before.is_alphanumeric() && before != '.' && before != '/',
                '+' | '#' => open.is_some() && !next.is_alphanumeric(),
                _ => false,
            };
        match (inside, open) {
            (true, None) => open = Some(at),
            (false, Some(start)) => {
                found.push(word(text, start, at));
                open = None;
            }
            _ => {}
        }
        before = character;
    }
    if let Some(start) = open {
        found.push(word(text, start, text.len()));
    }
    found
}

fn word(text: &str, start: usize, end: usize) -> Word {
    let written = &text[start..end];
    let capital = written.chars().any(char::is_uppercase) && !written.chars().any(char::is_lowercase);
    Word { text: written.to_lowercase(), start, end, capital }
}

/// Words at the borders of a `CamelCase` name apart, for the names of icons and macros:
/// `AzureCosmosDb` is `Azure Cosmos Db`.
pub fn split_camel(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut split = String::with_capacity(name.len() + 8);
    for (at, letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).map_or(' ', |before| letters[before]);
        let after = letters.get(at + 1).copied().unwrap_or(' ');
        let border = letter.is_uppercase()
            && (before.is_lowercase() || (before.is_uppercase() && after.is_lowercase()));
        if border {
            split.push(' ');
        }
        split.push(*letter);
    }
    split
}

/// Phrases by their first word.
#[derive(Debug)]
pub(super) struct Phrases<T> {
    by_first: HashMap<Box<str>, Vec<Phrase<T>>>,
    /// Whether the last word may stand in the plural.
    plural: bool,
}

#[derive(Debug)]
struct Phrase<T> {
    rest: Vec<Box<str>>,
    meanings: Vec<T>,
}

impl<T: Copy> Phrases<T> {
    /// Phrases that match only as they are.
    pub(super) fn exact() -> Self {
        Self { by_first: HashMap::new(), plural: false }
    }

    /// Phrases whose last word may stand in the plural.
    pub(super) fn with_plurals() -> Self {
        Self { by_first: HashMap::new(), plural: true }
    }

    /// Adds a meaning of a phrase.
    pub(super) fn add(&mut self, phrase: &str, meaning: T) {
        let mut parts = words(phrase).into_iter().map(|word| word.text.into_boxed_str());
        let Some(first) = parts.next() else { return };
        let rest: Vec<Box<str>> = parts.collect();
        let known = self.by_first.entry(first).or_default();
        match known.iter_mut().find(|phrase| phrase.rest == rest) {
            Some(phrase) => phrase.meanings.push(meaning),
            None => {
                let at = known.partition_point(|phrase| phrase.rest.len() > rest.len());
                known.insert(at, Phrase { rest, meanings: vec![meaning] });
            }
        }
    }

    /// The longest phrase that starts at a word and whose meanings are of interest: how many words
    /// it has, and those meanings.
    pub(super) fn longest(
        &self,
        text: &[Word],
        at: usize,
        wanted: impl Fn(&T) -> bool,
    ) -> Option<(usize, Vec<T>)> {
        let first = text.get(at)?;
        let exact = self.by_first.get(first.text.as_str());
        let singular = if self.plural { self.singular(&first.text) } else { None };
        let candidates = exact.into_iter().flatten();
        let single = singular.into_iter().flatten().filter(|phrase| phrase.rest.is_empty());
        candidates
            .chain(single)
            .filter(|phrase| self.same(&phrase.rest, &text[at + 1..]))
            .filter_map(|phrase| {
                let meanings: Vec<T> =
                    phrase.meanings.iter().copied().filter(|meaning| wanted(meaning)).collect();
                (!meanings.is_empty()).then_some((phrase.rest.len() + 1, meanings))
            })
            .reduce(|best, next| if next.0 > best.0 { next } else { best })
    }

    fn singular(&self, word: &str) -> Option<&Vec<Phrase<T>>> {
        let stem = word.strip_suffix('s').filter(|stem| stem.len() >= 4)?;
        self.by_first.get(stem)
    }

    fn same(&self, phrase: &[Box<str>], text: &[Word]) -> bool {
        let plural = |wanted: &str, word: &Word| {
            self.plural && wanted.len() >= 4 && word.text.strip_suffix('s').is_some_and(|stem| stem == wanted)
        };
        phrase.len() <= text.len()
            && phrase.iter().zip(text).enumerate().all(|(at, (wanted, word))| {
                **wanted == *word.text || (at + 1 == phrase.len() && plural(wanted, word))
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        words(text).into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn words_keep_what_belongs_to_a_name() {
        assert_eq!(texts("Node.js, ASP.NET and C#."), ["node.js", "asp.net", "and", "c#"]);
        assert_eq!(texts(".NET / COM+ HTTP/1.1"), [".net", "com+", "http", "1.1"]);
        assert_eq!(texts("a... b"), ["a", "b"]);
        assert_eq!(texts("OIDC + PKCE"), ["oidc", "pkce"]);
        assert_eq!(split_camel("AzureCosmosDb"), "Azure Cosmos Db");
        assert_eq!(split_camel("APIGatewayV2"), "API Gateway V2");
    }

    #[test]
    fn the_longest_phrase_wins_and_may_be_plural() {
        let mut phrases = Phrases::with_plurals();
        phrases.add("SQL", 1);
        phrases.add("SQL Server", 2);
        let text = words("two SQL-Servers here");
        assert_eq!(phrases.longest(&text, 1, |_| true), Some((2, vec![2])));
        assert_eq!(phrases.longest(&text, 1, |meaning| *meaning == 1), Some((1, vec![1])));
        assert_eq!(phrases.longest(&text, 0, |_| true), None);
    }
}
