//! Untrusted text as data: markup is escaped, and characters that hide or reorder text are spelled out.

use std::fmt::{self, Write};

/// The escaper of every template.
#[derive(Clone, Copy, Debug, Default)]
pub struct Visible;

impl askama::filters::Escaper for Visible {
    fn write_escaped_str<W: Write>(&self, mut dest: W, text: &str) -> fmt::Result {
        let mut plain = 0;
        for (at, character) in text.char_indices() {
            let code = u32::from(character);
            let entity = match character {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                '\'' => "&#39;",
                '\t' | '\n' => continue,
                _ if is_unseen(code) => "",
                _ => continue,
            };
            dest.write_str(&text[plain..at])?;
            if entity.is_empty() {
                write!(dest, "⟨U+{code:04X}⟩")?;
            } else {
                dest.write_str(entity)?;
            }
            plain = at + character.len_utf8();
        }
        dest.write_str(&text[plain..])
    }
}

/// Control characters, and the format characters that hide, join or reorder what stands around them.
/// The zero-width joiner and non-joiner stay: scripts and emoji need them.
fn is_unseen(code: u32) -> bool {
    matches!(
        code,
        0x00..=0x1f
            | 0x7f..=0x9f
            | 0xad
            | 0x61c
            | 0x200b
            | 0x200e
            | 0x200f
            | 0x2028..=0x202e
            | 0x2060..=0x206f
            | 0xfeff
            | 0xfff9..=0xfffb
            | 0xe0000..=0xe007f
    )
}

#[cfg(test)]
mod tests {
    use askama::filters::Escaper;

    use super::Visible;

    fn shown(text: &str) -> String {
        let mut shown = String::new();
        Visible.write_escaped_str(&mut shown, text).expect("a string takes everything");
        shown
    }

    #[test]
    fn markup_is_text() {
        assert_eq!(shown("<script>\"a\" & 'b' ]]>"), "&lt;script&gt;&quot;a&quot; &amp; &#39;b&#39; ]]&gt;");
    }

    #[test]
    fn unseen_characters_are_spelled_out() {
        assert_eq!(shown("a\u{202e}b\u{0}c\u{feff}"), "a⟨U+202E⟩b⟨U+0000⟩c⟨U+FEFF⟩");
        assert_eq!(shown("a\tb\nשלום 👩\u{200d}💻"), "a\tb\nשלום 👩\u{200d}💻");
    }
}
