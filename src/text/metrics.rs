//! The width of a run of text.

use super::advances::{REGULAR, SEMIBOLD};

/// How heavy the letters are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Weight {
    /// 400.
    #[default]
    Regular,
    /// 600.
    Semibold,
}

/// Kerning of one left-hand character: 1/1000 em and the right-hand characters it applies to.
type Kerning = (char, &'static [(i32, &'static str)]);

/// What is known of one weight, in 1/1000 em.
pub(super) struct Metrics {
    /// First code point and the advances of it and those that follow it; ascending.
    pub(super) runs: &'static [(u32, &'static [u16])],
    /// Pairs that stand closer or wider; ascending by the left-hand character.
    pub(super) kerning: &'static [Kerning],
}

/// One em in the units of the table.
const EM: i32 = 1000;
/// Emoji are drawn by another font, a quarter wider than high in the common ones.
const EMOJI: i32 = 1250;

impl Metrics {
    fn advance(&self, character: char) -> i32 {
        let code = u32::from(character);
        let after = self.runs.partition_point(|(start, _)| *start <= code);
        let known = after.checked_sub(1).and_then(|index| {
            let (start, advances) = self.runs[index];
            advances.get((code - start) as usize)
        });
        known.map_or_else(|| foreign(code), |advance| i32::from(*advance))
    }

    fn kerning(&self, left: char, right: char) -> i32 {
        let Ok(index) = self.kerning.binary_search_by_key(&left, |(character, _)| *character) else {
            return 0;
        };
        self.kerning[index]
            .1
            .iter()
            .find(|(_, rights)| rights.contains(right))
            .map_or(0, |(kerning, _)| *kerning)
    }
}

/// Advance of a character that the font does not have: nothing for marks that combine with the
/// character before them, one em for ideographs and everything unknown, more for emoji.
fn foreign(code: u32) -> i32 {
    match code {
        // Controls, zero-width spaces and joiners, direction marks, variation selectors, tags.
        0..=0x1F
        | 0x7F..=0x9F
        | 0xAD
        | 0x200B..=0x200F
        | 0x202A..=0x202E
        | 0x2060..=0x206F
        | 0xFE00..=0xFE0F
        | 0xFEFF
        | 0xE0000..=0xE01EF => 0,
        // Combining marks: general, Hebrew, Arabic, Devanagari and Thai vowels above and below, ...
        0x0300..=0x036F
        | 0x0483..=0x0489
        | 0x0591..=0x05BD
        | 0x05BF
        | 0x05C1..=0x05C2
        | 0x05C4..=0x05C5
        | 0x0610..=0x061A
        | 0x064B..=0x065F
        | 0x0670
        | 0x06D6..=0x06DC
        | 0x06DF..=0x06E4
        | 0x06E7..=0x06E8
        | 0x06EA..=0x06ED
        | 0x0900..=0x0902
        | 0x093C
        | 0x0941..=0x0948
        | 0x094D
        | 0x0E31
        | 0x0E34..=0x0E3A
        | 0x0E47..=0x0E4E
        | 0x1AB0..=0x1AFF
        | 0x1DC0..=0x1DFF
        | 0x20D0..=0x20FF
        | 0x302A..=0x302F
        | 0x3099..=0x309A
        | 0xFE20..=0xFE2F => 0,
        // Half-width forms of Katakana and Hangul.
        0xFF61..=0xFFDC => EM / 2,
        // Pictographs and flags; skin tones join the one before.
        0x1F3FB..=0x1F3FF => 0,
        0x2600..=0x27BF | 0x1F000..=0x1FAFF => EMOJI,
        _ => EM,
    }
}

/// Width of `text` on one line, in the unit of `size_px`.
///
/// Advances and kerning of the bundled font are summed; a line break counts as a space. Never
/// negative, zero for the empty text and for a size that is not a positive number.
pub fn width(text: &str, size_px: f64, weight: Weight) -> f64 {
    width_after(None, text, size_px, weight)
}

/// What `text` adds to a line that ends with `before`.
pub(super) fn width_after(before: Option<char>, text: &str, size_px: f64, weight: Weight) -> f64 {
    if !(size_px.is_finite() && size_px > 0.0) {
        return 0.0;
    }
    let metrics = match weight {
        Weight::Regular => &REGULAR,
        Weight::Semibold => &SEMIBOLD,
    };
    let mut sum: i64 = 0;
    let mut before = before;
    for character in text.chars() {
        let character = if matches!(character, '\n' | '\r' | '\t') { ' ' } else { character };
        sum += i64::from(metrics.advance(character));
        sum += before.map_or(0, |left| i64::from(metrics.kerning(left, character)));
        before = Some(character);
    }
    // A sum beyond 2^53 would need more text than fits in memory.
    sum.max(0) as f64 * size_px / f64::from(EM)
}

#[cfg(test)]
mod tests {
    use super::{Weight, width};

    #[test]
    fn an_em_of_known_letters() {
        assert_eq!(width("", 13.0, Weight::Regular), 0.0);
        assert!(width("i", 13.0, Weight::Regular) < width("m", 13.0, Weight::Regular));
        assert!(width("Order", 13.0, Weight::Semibold) > width("Order", 13.0, Weight::Regular));
    }

    #[test]
    fn kerned_pairs_are_closer_than_their_letters() {
        let apart = width("A", 100.0, Weight::Regular) + width("V", 100.0, Weight::Regular);
        assert!(width("AV", 100.0, Weight::Regular) < apart);
    }

    #[test]
    fn letters_that_the_font_lacks() {
        assert_eq!(width("注文", 10.0, Weight::Regular), 20.0);
        assert_eq!(width("\u{1F680}", 10.0, Weight::Regular), 12.5);
        assert_eq!(width("e\u{0301}", 10.0, Weight::Regular), width("e", 10.0, Weight::Regular));
        assert_eq!(width("\u{10FFFD}", 10.0, Weight::Semibold), 10.0);
    }

    #[test]
    fn sizes_that_are_no_sizes() {
        assert_eq!(width("a", f64::NAN, Weight::Regular), 0.0);
        assert_eq!(width("a", -4.0, Weight::Regular), 0.0);
    }
}
