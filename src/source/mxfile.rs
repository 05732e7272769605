//! The packing of draw.io files: pages that are deflated, encoded and put into the text.
//!
//! In: the text of an `mxfile`. Out: the same text with every page that can be unpacked written out, so that all above
//! this floor, the redactor of secrets first, sees what the pages say. What cannot be unpacked stays as it is, and the
//! reader tells why with [`unpack_page`]. [`pack_page`] is the way back.

use std::io::Write as _;
use std::ops::Range;

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use flate2::Compression;
use flate2::write::DeflateEncoder;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::inflate::{Deflated, InflateError, inflate_some};
use super::xml::tag_end;

/// Bytes that one page may inflate to. Its text has three characters for many a one.
const PAGE: usize = 24 * 1024 * 1024;
/// Bytes that all pages of a text together may inflate to: the first budget of [`unpack_page`].
pub const UNPACKED_LIMIT: usize = 64 * 1024 * 1024;

/// Attribute of the badges that we put into drawings; what carries it is no part of the author's drawing.
pub const BADGE: &str = "planroom-badge";

/// What `encodeURIComponent` of JavaScript encodes.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'!')
    .remove(b'~')
    .remove(b'*')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')');

/// Base64 as draw.io and others write it, padded or not.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// Why a page cannot be unpacked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PageError {
    /// Neither XML nor base64.
    #[error("the page holds neither XML nor packed text")]
    NotPacked,
    /// The packed bytes are damaged or cut.
    #[error("the packed text of the page is damaged")]
    Damaged,
    /// It would be too large.
    #[error("the page unpacks to more than {} MiB", PAGE / 1024 / 1024)]
    TooLarge,
}

/// A `<diagram>` element: where it and its content stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageRange {
    /// The whole element, or what there is of it.
    pub whole: Range<usize>,
    /// What stands between its tags.
    pub inside: Range<usize>,
}

/// The `<diagram>` elements of a text, found without parsing, so that a broken one leaves the others whole.
pub fn page_ranges(text: &str) -> Vec<PageRange> {
    const OPEN: &str = "<diagram";
    const CLOSE: &str = "</diagram>";
    let is_open = |at: usize| {
        text[at + OPEN.len()..]
            .starts_with(|next: char| next.is_ascii_whitespace() || matches!(next, '>' | '/'))
    };
    let starts: Vec<usize> = text.match_indices(OPEN).map(|(at, _)| at).filter(|at| is_open(*at)).collect();
    let mut pages = Vec::with_capacity(starts.len());
    for (nth, start) in starts.iter().enumerate() {
        let end = starts.get(nth + 1).copied().unwrap_or(text.len());
        let inside = tag_end(&text[*start..end]).map_or(end, |length| start + length);
        if text[..inside].ends_with("/>") {
            pages.push(PageRange { whole: *start..inside, inside: inside..inside });
            continue;
        }
        let close = text[inside..end].rfind(CLOSE).map(|at| inside + at);
        // Without its end tag, the last page reaches to that of the file.
        let rest = || text[inside..end].rfind("</mxfile").map_or(end, |at| inside + at);
        let (until, whole) = close.map_or_else(|| (rest(), rest()), |at| (at, at + CLOSE.len()));
        pages.push(PageRange { whole: *start..whole, inside: inside..until });
    }
    pages
}

/// The XML of a page from what stands in its `<diagram>`; `None` when it is XML already, or nothing. What is inflated
/// is taken from `left`, also when it is of no use, so that many bombs cost no more than a few.
///
/// # Errors
/// When it is neither, or too large.
pub fn unpack_page(inside: &str, left: &mut usize) -> Result<Option<String>, PageError> {
    let packed = inside.trim();
    if packed.is_empty() || packed.starts_with('<') {
        return Ok(None);
    }
    if packed.starts_with("%3C") {
        return Ok(Some(percent_decode_str(packed).decode_utf8_lossy().into_owned()));
    }
    if packed.starts_with("&lt;") {
        let plain = packed.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
        return Ok(Some(plain.replace("&#xa;", "\n").replace("&amp;", "&")));
    }
    let encoded: String = packed.chars().filter(|c| !c.is_ascii_whitespace()).collect();
    let bytes = BASE64.decode(encoded.as_bytes()).map_err(|_| PageError::NotPacked)?;
    let limit = PAGE.min(*left);
    let (inflated, fault) = inflate_some(&bytes, Deflated::Raw, limit as u64);
    *left -= inflated.len().min(*left);
    match fault {
        Some(InflateError::TooLarge { .. }) => return Err(PageError::TooLarge),
        Some(InflateError::Damaged) => return Err(PageError::Damaged),
        None => {}
    }
    let text = String::from_utf8_lossy(&inflated);
    let plain = match text.trim_start().starts_with('<') {
        true => text.into_owned(),
        false => percent_decode_str(&text).decode_utf8_lossy().into_owned(),
    };
    if plain.trim_start().starts_with('<') { Ok(Some(plain)) } else { Err(PageError::Damaged) }
}

/// The XML of a page as draw.io packs it. [`unpack_page`] gives the same XML back; the packed text of other
/// programs differs in bytes.
pub fn pack_page(xml: &str) -> String {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    for piece in utf8_percent_encode(xml, ENCODED) {
        encoder.write_all(piece.as_bytes()).expect("memory takes it");
    }
    BASE64.encode(encoder.finish().expect("memory takes it"))
}

/// The text with its packed pages written out; `None` when there is none that can be.
pub fn unpack_pages(text: &str) -> Option<String> {
    if !text.contains("<mxfile") && !text.contains("<diagram") {
        return None;
    }
    let mut left = UNPACKED_LIMIT;
    let mut out = String::new();
    let mut done = 0;
    for page in page_ranges(text) {
        if let Ok(Some(plain)) = unpack_page(&text[page.inside.clone()], &mut left) {
            out.push_str(&text[done..page.inside.start]);
            out.push('\n');
            out.push_str(plain.trim());
            out.push('\n');
            done = page.inside.end;
        }
    }
    if done == 0 {
        return None;
    }
    out.push_str(&text[done..]);
    Some(out)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn pack(text: &str) -> String {
        let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(text.as_bytes()).unwrap();
        BASE64.encode(encoder.finish().unwrap())
    }

    #[test]
    fn packed_pages_are_written_out_and_others_kept() {
        let packed = pack("%3CmxGraphModel%3E%C3%A9+%3C%2FmxGraphModel%3E");
        let text =
            format!("<mxfile><diagram name='a>b'>{packed}</diagram><diagram>\n<x/></diagram><diagram/>");
        let plain = unpack_pages(&text).unwrap();
        assert_eq!(
            plain,
            "<mxfile><diagram name='a>b'>\n<mxGraphModel>é+</mxGraphModel>\n</diagram><diagram>\n<x/></diagram><diagram/>"
        );
        assert_eq!(unpack_pages(&plain), None);
    }

    #[test]
    fn what_is_packed_unpacks_to_itself() {
        let xml = "\n<mxGraphModel a='100%+é&#10;\u{1F600}'>\r\n(x)*!~</mxGraphModel> ";
        assert_eq!(unpack_page(&pack_page(xml), &mut UNPACKED_LIMIT.clone()), Ok(Some(xml.to_owned())));
    }

    #[test]
    fn what_cannot_be_unpacked_is_told() {
        let unpack_page = |text: &str| super::unpack_page(text, &mut UNPACKED_LIMIT.clone());
        assert_eq!(unpack_page("no, this is prose"), Err(PageError::NotPacked));
        assert_eq!(unpack_page("abcd"), Err(PageError::Damaged));
        assert_eq!(unpack_page("  "), Ok(None));
        let cut = pack(&"%3Cx%3E some words".repeat(9));
        assert_eq!(unpack_page(&cut[..cut.len() / 2]), Err(PageError::Damaged));
        let bomb = pack(&"A".repeat(PAGE + 1));
        assert!(bomb.len() < 100_000);
        assert_eq!(unpack_page(&bomb), Err(PageError::TooLarge));
    }

    #[test]
    fn bombs_do_not_add_up() {
        let bomb = pack(&"A".repeat(PAGE + 1));
        let text = format!("<mxfile>{}</mxfile>", format!("<diagram>{bomb}</diagram>").repeat(1000));
        assert_eq!(unpack_pages(&text), None);
    }

    #[test]
    fn pages_are_found_in_broken_text() {
        let text = "<mxfile><diagram id='1'><mxGraph<diagram id='2'>x</diagram><diagrams/><diagram id='3'>y</mxfile>";
        let pages = page_ranges(text);
        let inside: Vec<&str> = pages.iter().map(|page| &text[page.inside.clone()]).collect();
        assert_eq!(inside, ["<mxGraph", "x", "y"]);
    }
}
