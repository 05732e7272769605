//! The one place that prints. A reader that closed its end of a pipe is not an error.
//!
//! Text of drawings must not act on the terminal: of the characters that do, line ends, tabs and our own colors pass.

use std::borrow::Cow;
use std::io::{self, IsTerminal as _, Write as _};

use crate::source::acts;

/// Standard output and standard error.
pub(super) struct Terminal {
    /// Colors on standard error.
    pub(super) color: bool,
}

impl Terminal {
    /// The terminal of the process.
    pub(super) fn new() -> Self {
        let watched = io::stderr().is_terminal();
        #[expect(clippy::disallowed_methods, reason = "the convention of no-color.org; decides colors only")]
        let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        Self { color: watched && !plain }
    }

    /// The answer of the command.
    pub(super) fn print(&mut self, text: &str) {
        // The only failure that matters here is a closed pipe, and that is success.
        let _ = io::stdout().lock().write_all(harmless(text, self.color).as_bytes());
    }

    /// What is said about the run.
    pub(super) fn say(&mut self, text: &str) {
        let _ = io::stderr().lock().write_all(harmless(text, self.color).as_bytes());
    }
}

/// The text with a mark in place of each character that would act on the terminal.
fn harmless(text: &str, colored: bool) -> Cow<'_, str> {
    let passes = |at: usize, character: char| match character {
        '\n' | '\t' => true,
        '\r' => text[at..].starts_with("\r\n"),
        '\u{1B}' => colored && is_color(&text[at..]),
        character => !acts(character),
    };
    if text.char_indices().all(|(at, character)| passes(at, character)) {
        return Cow::Borrowed(text);
    }
    let shown = |(at, character)| if passes(at, character) { character } else { char::REPLACEMENT_CHARACTER };
    Cow::Owned(text.char_indices().map(shown).collect())
}

/// Whether a text starts with what sets a color: `ESC [ 1 ; 31 m`.
fn is_color(text: &str) -> bool {
    text.strip_prefix("\u{1B}[").is_some_and(|rest| {
        rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';').starts_with('m')
    })
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn text_does_not_act_on_the_terminal() {
        let ours = "\u{1B}[1m\u{1B}[38;5;9merror\u{1B}[0m: a\tb\r\n";
        assert_eq!(harmless(ours, true), ours);
        assert!(!harmless(ours, false).contains('\u{1B}'));
        let bad = "a\u{1B}]0;title\u{7}b\u{1B}[2Jc\rd\u{8}e\u{9B}31mf\u{202E}g\0";
        for colored in [true, false] {
            let shown = harmless(bad, colored);
            assert!(!shown.chars().any(|c| c.is_control() || c == '\u{202E}'), "{shown:?}");
        }
    }
}
