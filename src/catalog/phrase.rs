//! Phrases: names of several words, found in a text as people write them.
//!
//! Case does not matter, and a hyphen, underscore, slash and space are alike. A phrase matches
//! whole words only, and the longest one that starts at a word wins.

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
    each_word(text, |start, end| found.push(word(text, start, end)));
    found
}

fn each_word(text: &str, mut found: impl FnMut(usize, usize)) {
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
                found(start, at);
                open = None;
            }
            _ => {}
        }
        before = character;
    }
    if let Some(start) = open {
        found(start, text.len());
    }
}

/// The words of a phrase in lower case, one space between them.
fn fold(phrase: &str) -> String {
    let mut folded = String::with_capacity(phrase.len());
    each_word(phrase, |start, end| {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(&phrase[start..end]);
    });
    if folded.is_ascii() {
        folded.make_ascii_lowercase();
        folded
    } else {
        folded.to_lowercase()
    }
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

/// Phrases in the order of their words, so that those with the same first word stand together: a
/// space sorts before every character of a word.
#[derive(Debug)]
pub(super) struct Phrases<T> {
    /// Folded phrase and meaning, sorted by [`Builder::build`].
    all: Vec<(String, T)>,
    /// Whether the last word may stand in the plural.
    plural: bool,
}

/// Phrases on their way.
#[derive(Debug)]
pub(super) struct Builder<T> {
    all: Vec<(String, T)>,
    plural: bool,
}

impl<T> Builder<T> {
    /// Phrases that match only as they are.
    pub(super) fn exact() -> Self {
        Self { all: Vec::new(), plural: false }
    }

    /// Phrases whose last word may stand in the plural.
    pub(super) fn with_plurals() -> Self {
        Self { all: Vec::new(), plural: true }
    }

    /// Adds a meaning of a phrase.
    pub(super) fn add(&mut self, phrase: &str, meaning: T) {
        let folded = fold(phrase);
        if !folded.is_empty() {
            self.all.push((folded, meaning));
        }
    }

    /// All phrases; meanings of one phrase keep the order in which they were added.
    pub(super) fn build(mut self) -> Phrases<T> {
        self.all.sort_by(|(one, _), (other, _)| one.cmp(other));
        Phrases { all: self.all, plural: self.plural }
    }
}

impl<T: Copy> Phrases<T> {
    /// The longest phrase that starts at a word and whose meanings are of interest: how many words
    /// it has, and those meanings.
    pub(super) fn longest(
        &self,
        text: &[Word],
        at: usize,
        wanted: impl Fn(&T) -> bool,
    ) -> Option<(usize, Vec<T>)> {
        let first = text.get(at)?;
        let mut best: Option<(usize, Vec<T>)> = None;
        let mut offer = |length: usize, meaning: &T| match &mut best {
            _ if !wanted(meaning) => {}
            Some((known, meanings)) if *known == length => meanings.push(*meaning),
            Some((known, _)) if *known > length => {}
            _ => best = Some((length, vec![*meaning])),
        };
        for (phrase, meaning) in self.with_first(&first.text) {
            if let Some(length) = self.covers(phrase, &text[at..]) {
                offer(length, meaning);
            }
        }
        let singular = first.text.strip_suffix('s').filter(|stem| self.plural && stem.len() >= 4);
        if let Some(stem) = singular.filter(|_| best.is_none()) {
            let single: Vec<T> = self
                .with_first(stem)
                .take_while(|(phrase, _)| phrase == stem)
                .map(|(_, meaning)| *meaning)
                .filter(|meaning| wanted(meaning))
                .collect();
            best = (!single.is_empty()).then_some((1, single));
        }
        best
    }

    fn with_first<'a>(&'a self, first: &'a str) -> impl Iterator<Item = &'a (String, T)> {
        let start = self.all.partition_point(|(phrase, _)| phrase.as_str() < first);
        self.all[start..].iter().take_while(move |(phrase, _)| {
            phrase.strip_prefix(first).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        })
    }

    /// How many words of the text a phrase covers from its first word on, when it does.
    fn covers(&self, phrase: &str, text: &[Word]) -> Option<usize> {
        let mut length = 0;
        let mut parts = phrase.split(' ').peekable();
        while let Some(wanted) = parts.next() {
            let word = text.get(length)?.text.as_str();
            let last = parts.peek().is_none();
            let plural =
                || self.plural && last && wanted.len() >= 4 && word.strip_suffix('s') == Some(wanted);
            if word != wanted && !plural() {
                return None;
            }
            length += 1;
        }
        Some(length)
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
        let mut phrases = Builder::with_plurals();
        phrases.add("SQL", 1);
        phrases.add("SQL Server", 2);
        let phrases = phrases.build();
        let text = words("two SQL-Servers here");
        assert_eq!(phrases.longest(&text, 1, |_| true), Some((2, vec![2])));
        assert_eq!(phrases.longest(&text, 1, |meaning| *meaning == 1), Some((1, vec![1])));
        assert_eq!(phrases.longest(&text, 0, |_| true), None);
    }
}
