//! Breaking text into lines.

use super::metrics::{Weight, width, width_after};

/// The mark of a text that was cut.
const ELLIPSIS: char = '…';

/// Breaks `text` into lines of at most `max_width` px.
///
/// Breaks at white space; a word that is too wide alone breaks after `-`, `_`, `/`, `.`, `:` or before an
/// upper-case letter that follows a lower-case one (`DatabaseCluster`), between ideographs, and
/// otherwise wherever it must. Line breaks in the text are kept. At least one character stands in each
/// line, whatever the width; the empty text gives no line.
pub fn wrap(text: &str, size_px: f64, weight: Weight, max_width: f64) -> Vec<String> {
    let mut lines = Lines { done: Vec::new(), line: String::new(), used: 0.0, size_px, weight, max_width };
    for paragraph in text.lines() {
        for word in paragraph.split_whitespace() {
            if lines.line.is_empty() && lines.append(word) || lines.append(&format!(" {word}")) {
                continue;
            }
            lines.end();
            if !lines.append(word) {
                lines.break_word(word);
            }
        }
        lines.end();
    }
    lines.done
}

/// Lines that are done and the one that grows. Its width is kept, so that the work is linear.
struct Lines {
    done: Vec<String>,
    line: String,
    used: f64,
    size_px: f64,
    weight: Weight,
    max_width: f64,
}

impl Lines {
    /// Appends `piece` when it fits.
    fn append(&mut self, piece: &str) -> bool {
        let used = self.used + self.added(piece);
        let fits = used <= self.max_width;
        if fits {
            self.line.push_str(piece);
            self.used = used;
        }
        fits
    }

    fn added(&self, piece: &str) -> f64 {
        width_after(self.line.chars().next_back(), piece, self.size_px, self.weight)
    }

    fn end(&mut self) {
        if !self.line.is_empty() {
            self.done.push(std::mem::take(&mut self.line));
        }
        self.used = 0.0;
    }

    fn break_word(&mut self, word: &str) {
        for piece in pieces(word) {
            if self.append(piece) {
                continue;
            }
            self.end();
            for character in piece.chars() {
                let mut bytes = [0; 4];
                let character: &str = character.encode_utf8(&mut bytes);
                if !self.append(character) {
                    self.end();
                    self.used = self.added(character);
                    self.line.push_str(character);
                }
            }
        }
    }
}

/// Parts of a word between which a reader accepts a break.
fn pieces(word: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    for (at, character) in word.char_indices() {
        let breaks = before.is_some_and(|left| {
            (matches!(left, '-' | '_' | '/' | '.' | ':' | '\\') && character.is_alphanumeric())
                || (left.is_lowercase() && character.is_uppercase())
                || is_ideograph(left)
                || is_ideograph(character)
        });
        if breaks {
            parts.push(&word[start..at]);
            start = at;
        }
        before = Some(character);
    }
    parts.push(&word[start..]);
    parts
}

fn is_ideograph(character: char) -> bool {
    matches!(u32::from(character), 0x3040..=0x30FF | 0x3400..=0x9FFF | 0xAC00..=0xD7AF | 0x20000..=0x3FFFF)
}

/// `text` on one line of at most `max_width` px, its end replaced by `…` when it is longer.
pub fn shorten(text: &str, size_px: f64, weight: Weight, max_width: f64) -> String {
    if width(text, size_px, weight) <= max_width {
        return text.to_owned();
    }
    let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    let cut = |count: usize| {
        let end = ends.get(count).copied().unwrap_or(text.len());
        let mut short = text[..end].trim_end().to_owned();
        short.push(ELLIPSIS);
        short
    };
    // The largest count of characters that still fits.
    let (mut low, mut high) = (0, ends.len());
    while low < high {
        let middle = (low + high).div_ceil(2);
        if width(&cut(middle), size_px, weight) <= max_width {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    cut(low)
}

#[cfg(test)]
mod tests {
    use super::{shorten, wrap};
    use crate::text::Weight::Regular;

    #[test]
    fn breaks_at_spaces() {
        assert_eq!(wrap("Order service", 10.0, Regular, 45.0), ["Order", "service"]);
        assert_eq!(wrap("Order service", 10.0, Regular, 400.0), ["Order service"]);
        assert_eq!(wrap("one\ntwo", 10.0, Regular, 400.0), ["one", "two"]);
        assert!(wrap(" \n ", 10.0, Regular, 400.0).is_empty());
    }

    #[test]
    fn breaks_long_words_where_a_reader_would() {
        assert_eq!(wrap("OrderDatabase", 10.0, Regular, 55.0), ["Order", "Database"]);
        assert_eq!(wrap("order-database", 10.0, Regular, 55.0), ["order-", "database"]);
    }

    #[test]
    fn each_line_has_a_character_however_narrow() {
        assert_eq!(wrap("abc", 10.0, Regular, 0.0), ["a", "b", "c"]);
        assert_eq!(wrap("注文", 10.0, Regular, 10.0), ["注", "文"]);
    }

    #[test]
    fn shortens_with_a_mark() {
        assert_eq!(shorten("Order", 10.0, Regular, 100.0), "Order");
        let short = shorten("Order service of the shop", 10.0, Regular, 60.0);
        assert!(short.ends_with('…') && crate::text::width(&short, 10.0, Regular) <= 60.0, "{short}");
        assert_eq!(shorten("Order", 10.0, Regular, 0.0), "…");
    }
}
