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
    let (technologies, prose) = technologies.map(kinds::technologies_or_prose).unwrap_or_default();
    if let Some(prose) = prose {
        flow.properties.insert("description".to_owned(), prose.to_owned());
    }
    for technology in technologies {
        // `[1]` is a number on the line and no technology; `[8080]` is a port.
        let short = technology.split('.').all(|part| part.len() < 3);
        if short && technology.chars().all(|c| c.is_ascii_digit() || c == '.') {
            flow.step.get_or_insert(technology);
        } else {
            flow.technologies.push(Technology::written(technology));
        }
    }
}

/// `1`, `1: words`, `2. words`, `3.1) words`: the number and the words. Nobody counts to a thousand: `8080: words`.
fn numbered(words: String) -> (Option<String>, Option<String>) {
    if words.len() < 4 && words.bytes().all(|byte| byte.is_ascii_digit()) {
        return (Some(words), None);
    }
    let end = words.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(words.len());
    let (number, rest) = words.split_at(end);
    let dotted = number.ends_with('.');
    let number = number.trim_end_matches('.');
    let short = number.len() < 6 && number.split('.').all(|part| part.len() < 4);
    let marked =
        rest.strip_prefix([':', ')']).or_else(|| Some(rest).filter(|rest| dotted && rest.starts_with(' ')));
    match marked {
        Some(rest) if !number.is_empty() && short && (rest.is_empty() || rest.starts_with(' ')) => {
            (Some(number.to_owned()), Some(rest.trim().to_owned()).filter(|rest| !rest.is_empty()))
        }
        _ => (None, Some(words)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::LocalId;
    use crate::wording::label::line_parts;

    /// Lines of a label: its step, its words and its technologies.
    fn words(lines: &[&str]) -> (Option<String>, Option<String>, Vec<String>) {
        let mut flow = Flow::new(LocalId(0), LocalId(1), Default::default());
        let (words, bracket) = line_parts(lines.iter().map(|line| (*line).to_owned()));
        set_words(&mut flow, words, bracket.as_deref());
        (flow.step, flow.label, flow.technologies.into_iter().map(|one| one.written).collect())
    }

    #[test]
    fn short_numbers_are_steps_and_long_ones_are_not() {
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(words(&["3. asks"]), (some("3"), some("asks"), vec![]));
        assert_eq!(words(&["asks", "[2]"]), (some("2"), some("asks"), vec![]));
        assert_eq!(words(&["8080: admin"]), (None, some("8080: admin"), vec![]));
        assert_eq!(words(&["HTTP API", "3001"]), (None, some("HTTP API"), vec!["3001".to_owned()]));
        assert_eq!(
            words(&["asks", "[HTTP]", "8080, 8443"]),
            (None, some("asks"), vec!["HTTP".to_owned(), "8080".to_owned(), "8443".to_owned()])
        );
    }
}
