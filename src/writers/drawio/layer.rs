//! The layer in the text of a file, page by page.

use std::ops::Range;

use super::badges::Badge;
use super::cells::LAYER;
use super::page::{self, Taken};
use crate::source::{BADGE, UNPACKED_LIMIT, XmlError, pack_page, page_ranges, unpack_page};

/// A page that cannot take badges.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("page {page} cannot take badges: {reason}")]
pub struct PageFault {
    /// Number of the page, from 1.
    pub page: usize,
    /// Why.
    pub reason: String,
}

/// The text of a file with a layer on each page that has badges. A layer of before is replaced.
///
/// # Errors
/// When a page that has badges cannot take them; the others do not matter then.
pub fn annotate(text: &str, pages: &[Vec<Badge>]) -> Result<String, PageFault> {
    let (bare, _) = take_away(text);
    let ranges = contents(&bare);
    if ranges.len() != pages.len() {
        let reason = format!("the file has {} pages, expected {}", ranges.len(), pages.len());
        return Err(PageFault { page: 1, reason });
    }
    let mut left = UNPACKED_LIMIT;
    rewrite(&bare, &ranges, |nth, inside| {
        let fault = |reason: String| PageFault { page: nth + 1, reason };
        let badges = &pages[nth];
        let unpacked = unpack_page(inside, &mut left);
        if badges.is_empty() {
            return Ok(None);
        }
        let put = |xml: &str, original: Option<&str>| {
            let put =
                page::with(xml, badges, original).map_err(|error: XmlError| fault(error.to_string()))?;
            put.ok_or_else(|| fault("it has no place for cells".to_owned()))
        };
        match unpacked.map_err(|error| fault(error.to_string()))? {
            None => put(inside, None).map(Some),
            Some(xml) => {
                let original = (pack_page(&xml) != inside).then_some(inside);
                Ok(Some(pack_page(&put(&xml, original)?)))
            }
        }
    })
}

/// The text of a file without the layer. Pages that hold none, and those that cannot be read, stay as they are.
pub fn take_away(text: &str) -> (String, Taken) {
    let (mut left, mut left_of_kept) = (UNPACKED_LIMIT, UNPACKED_LIMIT);
    let mut taken = Taken::default();
    let bare: Result<String, PageFault> = rewrite(text, &contents(text), |_, inside| {
        let Ok(unpacked) = unpack_page(inside, &mut left) else { return Ok(None) };
        let xml = unpacked.as_deref().unwrap_or(inside);
        if !xml.contains(LAYER) && !xml.contains(BADGE) {
            return Ok(None);
        }
        let Ok(Some(bare)) = page::without(xml) else { return Ok(None) };
        taken.add(bare.taken);
        if bare.xml == xml {
            return Ok(None);
        }
        // What was kept counts only when nothing else has changed.
        let kept = bare.original.filter(|kept| {
            unpack_page(kept, &mut left_of_kept).is_ok_and(|xml| xml.as_ref() == Some(&bare.xml))
        });
        Ok(Some(match (kept, unpacked.is_some()) {
            (Some(kept), _) => kept,
            (None, true) => pack_page(&bare.xml),
            (None, false) => bare.xml,
        }))
    });
    (bare.unwrap_or_else(|_| text.to_owned()), taken)
}

/// What stands in the pages of a file, without the white space around it; of a bare model, the model.
fn contents(text: &str) -> Vec<Range<usize>> {
    let pages: Vec<Range<usize>> = page_ranges(text).into_iter().map(|page| page.inside).collect();
    let trimmed = |range: Range<usize>| {
        let inside = text[range.clone()].trim_start();
        let start = range.end - inside.len();
        start..start + inside.trim_end().len()
    };
    if !pages.is_empty() {
        return pages.into_iter().map(trimmed).collect();
    }
    const CLOSE: &str = "</mxGraphModel>";
    let model = text.find("<mxGraphModel").zip(text.rfind(CLOSE).map(|at| at + CLOSE.len()));
    model.into_iter().filter(|(start, end)| start < end).map(|(start, end)| start..end).collect()
}

/// The text with the content of some pages changed.
fn rewrite(
    text: &str,
    ranges: &[Range<usize>],
    mut change: impl FnMut(usize, &str) -> Result<Option<String>, PageFault>,
) -> Result<String, PageFault> {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (nth, range) in ranges.iter().enumerate() {
        if let Some(new) = change(nth, &text[range.clone()])? {
            out.push_str(&text[done..range.start]);
            out.push_str(&new);
            done = range.end;
        }
    }
    out.push_str(&text[done..]);
    Ok(out)
}
