//! Replacements in a text, and where its lines end.

use std::ops::Range;

/// A range of bytes and what stands there instead.
pub(super) type Splice = (Range<usize>, String);

/// The text with the replacements; `None` when they overlap or lie outside.
pub(super) fn apply(text: &str, mut splices: Vec<Splice>) -> Option<String> {
    splices.sort_by_key(|(range, _)| (range.start, range.end));
    let mut new = String::with_capacity(text.len() + 200);
    let mut end = 0;
    for (range, instead) in splices {
        if range.start < end || range.end < range.start {
            return None;
        }
        new.push_str(text.get(end..range.start)?);
        new.push_str(&instead);
        end = range.end;
    }
    new.push_str(text.get(end..)?);
    Some(new)
}

/// Offset of the first byte of the line that holds an offset.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1)
}

/// Offset of the line end (`\n` or `\r\n`) of the line that holds an offset, or the end of the text.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    let end = text.get(at..).and_then(|rest| rest.find('\n')).map_or(text.len(), |end| at + end);
    if end > at && text.as_bytes().get(end - 1) == Some(&b'\r') && end < text.len() { end - 1 } else { end }
}

/// Offset of the first byte of the next line, or the end of the text.
pub(super) fn next_line(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|rest| rest.find('\n')).map_or(text.len(), |end| at + end + 1)
}

/// The line end that is used around an offset.
pub(super) fn line_break(text: &str, at: usize) -> &'static str {
    let before = text.get(..at).and_then(|before| before.rfind('\n'));
    let nearest = before.or_else(|| text.find('\n'));
    match nearest {
        Some(end) if end > 0 && text.as_bytes()[end - 1] == b'\r' => "\r\n",
        _ => "\n",
    }
}

/// Offset of the dash of an item of a block list, by where the item's content starts.
pub(super) fn dash(text: &str, item: usize) -> Option<usize> {
    let mut at = line_start(text, item);
    loop {
        let line = &text[at..line_end(text, at)];
        let inner = line.trim_start_matches(' ');
        if inner.starts_with("- ") || inner == "-" {
            return Some(at + line.len() - inner.len());
        }
        at = line_start(text, at.checked_sub(1)?);
    }
}
