//! How the lines of a label are set: small, italic or gray below a name means an aside.
//!
//! Lines with their markup go in, one after another; whether each is an aside to the lines above comes out. A style that a
//! line leaves open holds for the next one.

use super::label::{near, plain, starts_ignoring_case};

/// The size of plain text.
const PLAIN: u32 = 14;
/// The largest size that is small on its own.
const SMALL: u32 = 11;
/// Bytes within which a tag must end.
const LONGEST_TAG: usize = 100;

/// How a whole line is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Style {
    size: Option<u32>,
    italic: bool,
    gray: bool,
}

/// The lines of one label so far.
#[derive(Debug, Default)]
pub(super) struct Styles {
    /// The line that begins the name.
    first: Option<Style>,
    /// The size of the line before.
    size: Option<u32>,
    /// What a line before left open.
    open: Style,
}

impl Styles {
    /// Whether a line is set as an aside to the first one. `says` is whether it holds words.
    pub(super) fn is_aside(&mut self, raw: &str, says: bool) -> bool {
        let style = self.whole(raw);
        if !says {
            return false;
        }
        let before = self.size.unwrap_or(PLAIN);
        self.size = style.size;
        let Some(first) = self.first else {
            self.first = Some(style);
            return false;
        };
        let is_small = |size: u32| size <= SMALL || size < before;
        style.size.is_some_and(|size| is_small(size) && size < first.size.unwrap_or(PLAIN))
            || style.italic && !first.italic
            || style.gray && !first.gray
    }

    /// How the whole of a line is set; what it leaves open is kept.
    fn whole(&mut self, raw: &str) -> Style {
        let mut style = self.open;
        let mut rest = raw;
        loop {
            rest = rest.trim_start();
            if let Some(inside) = rest.strip_prefix("//") {
                style.italic |= inside.find("//").is_some_and(|end| is_last(&inside[end..]));
                rest = inside;
            } else if let Some(inside) = ["**", "__"].iter().find_map(|mark| rest.strip_prefix(mark)) {
                rest = inside;
            } else if rest.starts_with('<')
                && !rest.starts_with("</")
                && let Some(end) = near(rest, ">", LONGEST_TAG)
            {
                let (tag, after) = (&rest[1..end], &rest[end + 1..]);
                let value = tag.split_once([':', ' ', '=']).map_or("", |(_, value)| value.trim());
                if let Some(size) = value.parse().ok().filter(|_| starts_ignoring_case(tag, "size")) {
                    self.open.size = left_open(after, "</size").then_some(size);
                    style.size = Some(size).filter(|_| holds(after, "</size"));
                } else if starts_ignoring_case(tag, "color") {
                    self.open.gray = is_gray(value) && left_open(after, "</color");
                    style.gray = is_gray(value) && holds(after, "</color");
                } else if tag.eq_ignore_ascii_case("i") {
                    self.open.italic = left_open(after, "</i");
                    style.italic |= holds(after, "</i>");
                }
                rest = after;
            } else {
                break;
            }
        }
        let closes = |end: &str| !left_open(rest, end);
        self.open.size = self.open.size.filter(|_| !closes("</size"));
        self.open.gray &= !closes("</color");
        self.open.italic &= !closes("</i>");
        style
    }
}

/// Whether nothing closes a tag in the rest of its line.
fn left_open(rest: &str, end: &str) -> bool {
    !rest.to_ascii_lowercase().contains(end)
}

/// Whether a tag holds for all that is left of its line.
fn holds(rest: &str, end: &str) -> bool {
    let close = rest.to_ascii_lowercase().find(end);
    close.is_none_or(|at| is_last(&rest[at..]))
}

/// Whether only markup follows.
fn is_last(rest: &str) -> bool {
    plain(rest).is_empty()
}

/// `gray`, `DarkGrey`, `silver`, `#808080`: between black and white, and no hue.
fn is_gray(color: &str) -> bool {
    let lower = color.trim_matches('"').to_ascii_lowercase();
    let hex = lower.strip_prefix('#').unwrap_or(&lower);
    if hex.contains("gray") || hex.contains("grey") || hex == "silver" {
        return true;
    }
    let pair = |at: usize| {
        let digits = match hex.len() {
            3 => hex.get(at..=at).map(|digit| digit.repeat(2)),
            6 => hex.get(2 * at..2 * at + 2).map(str::to_owned),
            _ => None,
        };
        digits.and_then(|digits| u8::from_str_radix(&digits, 16).ok())
    };
    let (Some(red), Some(green), Some(blue)) = (pair(0), pair(1), pair(2)) else { return false };
    let (least, most) = (red.min(green).min(blue), red.max(green).max(blue));
    lower.starts_with('#') && most - least <= 0x18 && least >= 0x55 && most <= 0xCC
}
