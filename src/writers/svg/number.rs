//! Coordinates and text as they are written.

/// A coordinate, rounded to a tenth of a pixel, without trailing zeros.
pub(super) fn number(value: f64) -> String {
    // Adding zero turns -0 into 0.
    let rounded = (value * 10.0).round() / 10.0 + 0.0;
    format!("{rounded}")
}

/// Untrusted text: characters that XML forbids and those that turn the reading direction around become visible.
pub(super) fn clean(text: &str) -> String {
    let shown = |character: char| match character {
        '\t' | '\n' | '\r' => ' ',
        '\u{202A}'..='\u{202E}'
        | '\u{2066}'..='\u{2069}'
        | '\u{200E}'
        | '\u{200F}'
        | '\u{FFFE}'
        | '\u{FFFF}' => '\u{FFFD}',
        character if character.is_control() => '\u{FFFD}',
        character => character,
    };
    text.chars().map(shown).collect()
}
