//! Words on a line: its number, its label and its technologies.

use super::kinds;
use crate::model::{Flow, Technology};

/// Puts the words of a line where they belong: number, label, technologies.
pub fn set_words(flow: &mut Flow, words: Option<String>, technologies: Option<&str>) {
    let (step, words) = match words {
        Some(words) => numbered(words),
        None => (None, None),
    };
    flow.step = step;
    flow.label = words;
    for technology in technologies.map(kinds::technologies).unwrap_or_default() {
        // `[1]` is a number on the line and no technology.
        if technology.chars().all(|c| c.is_ascii_digit() || c == '.') {
            flow.step.get_or_insert(technology);
        } else {
            flow.technologies.push(Technology::written(technology));
        }
    }
}

/// `1`, `1: words`, `2. words`, `3.1) words`: the number and the words.
fn numbered(words: String) -> (Option<String>, Option<String>) {
    if words.len() < 4 && words.bytes().all(|byte| byte.is_ascii_digit()) {
        return (Some(words), None);
    }
    let end = words.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(words.len());
    let (number, rest) = words.split_at(end);
    let dotted = number.ends_with('.');
    let number = number.trim_end_matches('.');
    let marked =
        rest.strip_prefix([':', ')']).or_else(|| Some(rest).filter(|rest| dotted && rest.starts_with(' ')));
    match marked {
        Some(rest)
            if !number.is_empty() && number.len() < 6 && (rest.is_empty() || rest.starts_with(' ')) =>
        {
            (Some(number.to_owned()), Some(rest.trim().to_owned()).filter(|rest| !rest.is_empty()))
        }
        _ => (None, Some(words)),
    }
}
