//! Plain English: numbers that agree with their nouns, lists, sentences.

/// A number with its noun: `1 finding`, `2 findings`. The plural of a noun that is not formed with
/// `s` is given after a slash: `query/queries`.
pub fn count(number: usize, noun: &str) -> String {
    format!("{number} {}", noun_for(number, noun))
}

/// The noun alone, in the form that fits the number.
pub(super) fn noun_for(number: usize, noun: &str) -> String {
    match (number, noun.split_once('/')) {
        (1, Some((one, _))) => one.to_owned(),
        (_, Some((_, many))) => many.to_owned(),
        (1, None) => noun.to_owned(),
        (_, None) => format!("{noun}s"),
    }
}

/// A small number in words, as the beginning of a sentence or list: `five zones`.
pub(super) fn spelled(number: usize, noun: &str) -> String {
    const WORDS: [&str; 13] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    match WORDS.get(number) {
        Some(word) => format!("{word} {}", noun_for(number, noun)),
        None => count(number, noun),
    }
}

/// A list in a sentence: `a`, `a and b`, `a, b and c`. When an item holds a comma itself, semicolons
/// keep the items apart.
pub fn list<T: AsRef<str>>(items: &[T]) -> String {
    match items {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [first @ .., last] => {
            let (comma, and) = separators(items);
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{}{and}{}", first.join(comma), last.as_ref())
        }
    }
}

/// What stands between items, and before the last one.
pub(super) fn separators<T: AsRef<str>>(items: &[T]) -> (&'static str, &'static str) {
    if items.iter().any(|item| item.as_ref().contains(',')) { ("; ", "; and ") } else { (", ", " and ") }
}

/// A list of at most `most` items; the rest is counted: `a, b and 3 more`.
pub(super) fn short_list<T: AsRef<str>>(items: &[T], most: usize) -> String {
    if items.len() <= most {
        return list(items);
    }
    let shown: Vec<&str> = items.iter().take(most.saturating_sub(1).max(1)).map(AsRef::as_ref).collect();
    let (comma, and) = separators(items);
    format!("{}{and}{} more", shown.join(comma), items.len() - shown.len())
}

/// The text as a sentence: upper case at its start, a period at its end.
pub fn sentence(text: &str) -> String {
    let text = text.trim();
    let mut sentence = capital(text);
    if !sentence.is_empty() && !sentence.ends_with(['.', '!', '?', ':', '…']) {
        sentence.push('.');
    }
    sentence
}

/// The text with upper case at its start. Words that carry capitals inside (`mTLS`) stay.
pub(super) fn capital(text: &str) -> String {
    let first_word = text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    if first_word.chars().any(char::is_uppercase) {
        return text.to_owned();
    }
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_agree_with_their_nouns() {
        assert_eq!(count(1, "finding"), "1 finding");
        assert_eq!(count(0, "query/queries"), "0 queries");
        assert_eq!(spelled(5, "zone"), "five zones");
        assert_eq!(spelled(13, "zone"), "13 zones");
    }

    #[test]
    fn lists_read_like_sentences() {
        assert_eq!(list(&["a"]), "a");
        assert_eq!(list(&["a", "b", "c"]), "a, b and c");
        assert_eq!(short_list(&["a", "b", "c", "d"], 3), "a, b and 2 more");
        assert_eq!(short_list(&["a", "b", "c"], 3), "a, b and c");
        assert_eq!(list(&["In, first", "Out"]), "In, first; and Out");
    }

    #[test]
    fn sentences_start_and_end() {
        assert_eq!(sentence("mTLS is used"), "mTLS is used.");
        assert_eq!(sentence("nothing is drawn."), "Nothing is drawn.");
        assert_eq!(sentence(""), "");
    }
}
