//! A place in a text, and what stands there.
//!
//! All searches are bounded to a line or to [`FAR`] bytes, so that broken text is read in one pass.

/// Bytes within which quoted text, blocks and calls must end.
const FAR: usize = 4096;

/// A place in a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cursor<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Cursor<'t> {
    /// The place at a byte of a text.
    pub(super) fn new(text: &'t str, at: usize) -> Self {
        Self { text, at }
    }

    /// The byte.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Goes to a byte.
    pub(super) fn go(&mut self, at: usize) {
        self.at = at.min(self.text.len());
    }

    /// What is left of the text.
    pub(super) fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The text between a byte and here.
    pub(super) fn since(&self, start: usize) -> &'t str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    /// The next byte.
    pub(super) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Goes on by some bytes.
    pub(super) fn skip(&mut self, bytes: usize) {
        self.at = (self.at + bytes).min(self.text.len());
    }

    /// Passes a mark when it stands here.
    pub(super) fn eat(&mut self, mark: &str) -> bool {
        let here = self.rest().starts_with(mark);
        if here {
            self.at += mark.len();
        }
        here
    }

    /// Passes a word when it stands here and ends here.
    pub(super) fn eat_word(&mut self, word: &str) -> bool {
        let after = self.rest().strip_prefix(word);
        let here = after
            .is_some_and(|after| !after.starts_with(|c: char| c.is_alphanumeric() || c == '_' || c == '-'));
        if here {
            self.at += word.len();
        }
        here
    }

    /// Passes blanks within the line; whether there were any.
    pub(super) fn blanks(&mut self) -> bool {
        let start = self.at;
        while let Some(b' ' | b'\t' | b'\r') = self.peek() {
            self.at += 1;
        }
        self.at > start
    }

    /// Passes blanks, ends of lines, semicolons and comments.
    pub(super) fn gap(&mut self) {
        self.pass(|c| c.is_whitespace() || c == ';' || c == '\u{feff}');
    }

    /// Passes blanks, ends of lines and comments.
    pub(super) fn white(&mut self) {
        self.pass(char::is_whitespace);
    }

    fn pass(&mut self, blank: impl Fn(char) -> bool) {
        loop {
            let rest = self.rest();
            let trimmed = rest.trim_start_matches(&blank);
            self.at += rest.len() - trimmed.len();
            if !trimmed.starts_with("%%") || trimmed.starts_with("%%{") {
                return;
            }
            self.line();
        }
    }

    /// Whether a statement may end here: at a semicolon, a comment, the end of the line or of the text.
    pub(super) fn ends(&mut self) -> bool {
        self.blanks();
        matches!(self.peek(), None | Some(b'\n' | b';')) || self.rest().starts_with("%%")
    }

    /// Passes the rest of the line, without its end, and gives it.
    pub(super) fn line(&mut self) -> &'t str {
        let rest = self.rest();
        let line = &rest[..rest.find('\n').unwrap_or(rest.len())];
        self.at += line.len();
        line.trim_end_matches('\r')
    }

    /// The rest of the line up to a semicolon or comment outside double quotes; passes it.
    pub(super) fn words(&mut self) -> &'t str {
        let rest = self.rest();
        let mut quoted = false;
        let mut end = rest.len();
        let bytes = rest.as_bytes();
        for (at, byte) in bytes.iter().enumerate() {
            match byte {
                b'"' => quoted = !quoted,
                b'\n' => {
                    end = at;
                    break;
                }
                b';' if !quoted && !is_entity(&rest[..at]) => {
                    end = at;
                    break;
                }
                b'%' if !quoted && bytes.get(at + 1) == Some(&b'%') && (at == 0 || bytes[at - 1] == b' ') => {
                    end = at;
                    break;
                }
                _ => {}
            }
        }
        self.at += end;
        rest[..end].trim()
    }

    /// Where a mark stands on this line, counted from here.
    pub(super) fn on_line(&self, mark: &str) -> Option<usize> {
        self.near_line().find(mark)
    }

    /// The rest of this line, as far as is looked ahead.
    pub(super) fn near_line(&self) -> &'t str {
        let rest = near(self.rest());
        &rest[..rest.find('\n').unwrap_or(rest.len())]
    }

    /// Text in double quotes that starts here; passes it. `closes` tells whether what follows the quotes may follow them:
    /// quotes inside the text are passed over when nothing better comes on their line.
    pub(super) fn quoted(&mut self, closes: impl Fn(&str) -> bool) -> Option<&'t str> {
        let inside = self.rest().strip_prefix('"')?;
        let limit = floor(inside, FAR);
        let mut from = 0;
        while let Some(found) = inside[from..limit].find('"') {
            let end = from + found;
            if closes(inside[end + 1..].trim_start_matches([' ', '\t', '\r', '\n'])) {
                self.at += end + 2;
                return Some(&inside[..end]);
            }
            // Another quote is looked for on this line alone.
            if inside[..end].contains('\n') {
                return None;
            }
            from = end + 1;
        }
        None
    }
}

/// The start of a text, as far as is looked for the end of what opens there.
pub(super) fn near(text: &str) -> &str {
    &text[..floor(text, FAR)]
}

/// The last character boundary at or before a byte.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Whether a semicolon after this text ends an entity: `#quot`, `&amp`, `#35`.
pub(super) fn is_entity(before: &str) -> bool {
    let tail = &before.as_bytes()[before.len().saturating_sub(10)..];
    let letters = tail.iter().rev().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    letters > 0 && tail.len() > letters && matches!(tail[tail.len() - letters - 1], b'#' | b'&')
}
