//! The one place that prints. A reader that closed its end of a pipe is not an error.

use std::io::{self, IsTerminal as _, Write as _};

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
        let _ = io::stdout().lock().write_all(text.as_bytes());
    }

    /// What is said about the run.
    pub(super) fn say(&mut self, text: &str) {
        let _ = io::stderr().lock().write_all(text.as_bytes());
    }
}
