//! Text that fits into the room that the author gave it: broken, then smaller, then cut.

use crate::geometry::{Point, Rect, Size};
use crate::scene::measure::font;
use crate::scene::shape::{Anchor, Text, TextStyle};
use crate::text::{Weight, shorten, width, wrap};

/// Sizes of type in px, largest first; the picture's style sheet has a class for each.
pub(super) const SIZES: [f64; 14] =
    [32.0, 28.0, 24.0, 20.0, 18.0, 16.0, 15.0, 14.0, 13.0, 12.0, 11.0, 10.0, 9.0, 8.0];
/// Up to this size a word may be broken to fit.
const BREAKS: f64 = 10.0;
/// Largest type of what stands below a name.
const DETAIL: f64 = 11.0;
/// Rows that are tried.
const ROWS: usize = 60;
/// Characters of a text that are looked at; no box has room for more.
const MOST: usize = 1_200;

/// Distance of two baselines.
fn leading(size: f64) -> f64 {
    size * 1.3
}

/// Room for text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Room {
    pub(super) size: Size,
    pub(super) taper: Taper,
}

/// How the room narrows away from its middle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Taper {
    /// Not at all.
    #[default]
    None,
    /// As in an ellipse.
    Round,
    /// As in a diamond.
    Straight,
}

impl Room {
    pub(super) const fn new(width: f64, height: f64) -> Self {
        Self { size: Size::new(width, height), taper: Taper::None }
    }

    /// The width that a block of this height has.
    fn width(&self, height: f64) -> f64 {
        let part = (height / self.size.height.max(0.01)).min(1.0);
        match self.taper {
            Taper::None => self.size.width,
            Taper::Round => self.size.width * (1.0 - part * part).sqrt(),
            Taper::Straight => self.size.width * (1.0 - part),
        }
    }
}

/// Lines of text with their sizes, not yet placed.
#[derive(Clone, Debug, Default)]
pub(super) struct Block {
    lines: Vec<(String, TextStyle, f64, f64)>,
    /// Something is missing.
    pub(super) cut: bool,
}

impl Block {
    /// Width and height.
    pub(super) fn extent(&self) -> Size {
        let width = self.lines.iter().map(|(.., width)| *width).fold(0.0, f64::max);
        Size::new(width, self.lines.iter().map(|(_, _, size, _)| leading(*size)).sum())
    }

    /// The lines one below the other, centered in `room` and beginning at `top`.
    pub(super) fn placed(&self, room: &Rect, top: f64, anchor: Anchor) -> Vec<Text> {
        let mut y = top;
        let x = match anchor {
            Anchor::Start => room.x,
            Anchor::Middle => room.center().x,
            Anchor::End => room.right(),
        };
        let place = |(text, style, size, width): &(String, TextStyle, f64, f64)| {
            let at = Point::new(x, y + leading(*size) * 0.5 + size * 0.36);
            y += leading(*size);
            Text {
                text: text.clone(),
                at,
                anchor,
                style: *style,
                size: Some(*size),
                width: *width,
                turned: false,
            }
        };
        self.lines.iter().map(place).collect()
    }

    fn push(&mut self, lines: Vec<String>, style: TextStyle, size: f64) {
        for line in lines {
            let measured = width(&line, size, font(style).1);
            self.lines.push((line, style, size, measured));
        }
    }
}

/// A name in its room, in type of at most `wanted` px; with what stands below it, when there is room.
pub(super) fn name(name: &str, details: &[&str], style: TextStyle, room: &Room, wanted: f64) -> Block {
    let mut block = text(name, style, room, wanted);
    if block.cut {
        return block;
    }
    let size = block.lines.first().map_or(DETAIL, |(_, _, size, _)| (size - 1.0).clamp(8.0, DETAIL));
    for detail in details.iter().filter(|detail| !detail.is_empty()) {
        let own = block.extent();
        let lines = broken(detail, TextStyle::Technology, size, room.width(own.height + leading(size)));
        let high = own.height + height(lines.len(), size);
        // Neither may leave a room that narrows.
        let width = room.width(high);
        let narrow = lines.iter().all(|line| fits(line, TextStyle::Technology, size, width));
        if high <= room.size.height && narrow && own.width <= width + 0.01 {
            block.push(lines, TextStyle::Technology, size);
        }
    }
    block
}

/// A text in its room, in type of at most `wanted` px.
pub(super) fn text(text: &str, style: TextStyle, room: &Room, wanted: f64) -> Block {
    let whole: String = text.chars().take(MOST).collect();
    let cut = whole.len() < text.len();
    let mut block = Block::default();
    if !cut {
        let sizes = || SIZES.iter().copied().filter(|size| *size <= wanted.max(8.0));
        // Rather smaller type than a broken word.
        let whole_words = sizes().find_map(|size| Some((size, lines(&whole, style, room, size, false)?)));
        let found = whole_words.or_else(|| {
            sizes()
                .filter(|size| *size <= BREAKS)
                .find_map(|size| Some((size, lines(&whole, style, room, size, true)?)))
        });
        if let Some((size, lines)) = found {
            block.push(lines, style, size);
            return block;
        }
    }
    let smallest = SIZES[SIZES.len() - 1];
    let mut rows = 1;
    while height(rows + 1, smallest) <= room.size.height {
        rows += 1;
    }
    let width = room.width(height(rows, smallest));
    let mut lines = broken(&whole, style, smallest, width);
    if rows < lines.len() || cut {
        let rest: Vec<String> = lines.drain(rows.min(lines.len()).saturating_sub(1)..).take(2).collect();
        lines.push(shorten(&format!("{} …", rest.join(" ")), smallest, font(style).1, width));
        block.cut = true;
    }
    block.push(lines, style, smallest);
    block
}

/// The lines of a text in type of one size, when they fit.
fn lines(text: &str, style: TextStyle, room: &Room, size: f64, breaks: bool) -> Option<Vec<String>> {
    let most = (1..=ROWS).take_while(|rows| height(*rows, size) <= room.size.height);
    for rows in most {
        let width = room.width(height(rows, size));
        if !breaks && !text.split_whitespace().all(|word| fits(word, style, size, width)) {
            // More rows leave no more width.
            return None;
        }
        let lines = broken(text, style, size, width);
        if lines.len() <= rows && lines.iter().all(|line| fits(line, style, size, width)) {
            return Some(lines);
        }
    }
    None
}

/// The text broken to a width, in type of one size.
pub(super) fn broken(text: &str, style: TextStyle, size: f64, width: f64) -> Vec<String> {
    wrap(text, size, font(style).1, width)
}

/// The height of so many lines of a size.
pub(super) fn height(lines: usize, size: f64) -> f64 {
    leading(size) * count(lines)
}

fn fits(text: &str, style: TextStyle, size: f64, room: f64) -> bool {
    width(text, size, font(style).1) <= room + 0.01
}

/// The width of the longest line of a text that is not broken.
pub(super) fn natural(text: &str, style: TextStyle, size: f64) -> f64 {
    let weight: Weight = font(style).1;
    text.lines().map(|line| width(line, size, weight)).fold(0.0, f64::max)
}

/// The size of type that stands for a size that an author chose.
pub(super) fn size(wanted: f64) -> f64 {
    SIZES.iter().copied().find(|size| *size <= wanted + 0.25).unwrap_or(8.0)
}

#[expect(clippy::cast_precision_loss, reason = "a handful of lines")]
fn count(lines: usize) -> f64 {
    lines as f64
}

#[cfg(test)]
mod tests {
    use super::{Block, Room, Taper, name, text};
    use crate::geometry::Size;
    use crate::scene::shape::TextStyle::Name;

    fn lines(block: &Block) -> Vec<(&str, f64)> {
        block.lines.iter().map(|(text, _, size, _)| (text.as_str(), *size)).collect()
    }

    #[test]
    fn text_is_broken_then_smaller_then_cut() {
        let wide = Room::new(110.0, 50.0);
        assert_eq!(lines(&text("Order service", Name, &wide, 13.0)), [("Order service", 13.0)]);
        let narrow = Room::new(60.0, 50.0);
        assert_eq!(lines(&text("Order service", Name, &narrow, 13.0)), [("Order", 13.0), ("service", 13.0)]);
        assert_eq!(
            lines(&text("Reconciliation", Name, &Room::new(88.0, 50.0), 13.0)),
            [("Reconciliation", 12.0)]
        );
        let low = Room::new(60.0, 14.0);
        let block = text("Order service of the shop", Name, &low, 13.0);
        assert!(block.cut && block.lines.len() == 1 && block.lines[0].0.ends_with('…'), "{block:?}");
        assert!(block.extent().width <= 60.0 && block.extent().height <= 14.0);
    }

    #[test]
    fn an_ellipse_is_widest_in_its_middle() {
        let room = Room { size: Size::new(80.0, 60.0), taper: Taper::Round };
        assert_eq!(lines(&text("Hash(SHA-1)", Name, &room, 13.0)), [("Hash(SHA-1)", 12.0)]);
        let block = text("Hash of the message", Name, &room, 12.0);
        assert!(block.lines.len() > 1 && block.extent().width < 70.0, "{block:?}");
    }

    #[test]
    fn details_stand_below_when_there_is_room() {
        let block = name("Orders", &["Java 21"], Name, &Room::new(100.0, 60.0), 12.0);
        assert_eq!(lines(&block), [("Orders", 12.0), ("Java 21", 11.0)]);
        let block = name("Orders", &["Java 21"], Name, &Room::new(100.0, 20.0), 12.0);
        assert_eq!(lines(&block), [("Orders", 12.0)]);
    }

    #[test]
    fn a_room_without_extent_gets_a_mark() {
        let block = text("Orders", Name, &Room::default(), f64::NAN);
        assert_eq!(lines(&block), [("…", 8.0)]);
        assert!(text("", Name, &Room::new(50.0, 50.0), 13.0).lines.is_empty());
        assert!(text(&"a ".repeat(100_000), Name, &Room::new(50.0, 50.0), 13.0).cut);
    }
}
