//! The layer in the XML of one page.

use std::ops::Range;

use super::badges::Badge;
use super::cells;
use crate::source::{BADGE, FileId, Xml, XmlError, XmlNode};

/// A page without the layer.
pub(super) struct Bare {
    /// Its XML.
    pub(super) xml: String,
    /// What the layer kept of the page as it was packed before.
    pub(super) original: Option<String>,
    /// What became of the layer and its badges.
    pub(super) taken: Taken,
}

/// What became of the layers and badges of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// Layers that are gone.
    pub layers: usize,
    /// Layers that stay, because their author has put something of his own on them.
    pub kept: usize,
    /// Badges that are gone.
    pub badges: usize,
}

impl Taken {
    /// Counts those of another page too.
    pub(super) fn add(&mut self, other: Self) {
        self.layers += other.layers;
        self.kept += other.kept;
        self.badges += other.badges;
    }
}

/// What matters of a page.
struct Found {
    /// Where `</root>` stands.
    end: usize,
    /// Id of the cell that holds the layers.
    root: String,
    /// Our layer.
    layer: Option<Range<usize>>,
    /// What it kept.
    original: Option<String>,
    /// Our badges.
    badges: Vec<Range<usize>>,
    /// The author has drawn on our layer.
    is_used: bool,
}

/// The page without the layer and its badges; `None` when there is nothing of them. The layer stays when the author
/// has put something of his own on it.
pub(super) fn without(xml: &str) -> Result<Option<Bare>, XmlError> {
    let Some(found) = find(xml)? else { return Ok(None) };
    if found.layer.is_none() && found.badges.is_empty() {
        return Ok(None);
    }
    let kept = usize::from(found.layer.is_some() && found.is_used);
    let layer = found.layer.filter(|_| !found.is_used);
    let taken = Taken { layers: usize::from(layer.is_some()), kept, badges: found.badges.len() };
    let original = found.original.filter(|_| layer.is_some());
    let mut ranges: Vec<Range<usize>> = layer.into_iter().chain(found.badges).collect();
    ranges.sort_by_key(|range| range.start);
    let mut bare = String::with_capacity(xml.len());
    let mut done = 0;
    for range in ranges {
        let range = whole_lines(xml, range);
        bare.push_str(&xml[done..range.start.max(done)]);
        done = range.end.max(done);
    }
    bare.push_str(&xml[done..]);
    Ok(Some(Bare { xml: bare, original, taken }))
}

/// The page with the layer; `None` when it has no place for cells. `original` is what the layer keeps.
pub(super) fn with(xml: &str, badges: &[Badge], original: Option<&str>) -> Result<Option<String>, XmlError> {
    let Some(found) = find(xml)? else { return Ok(None) };
    let layer = match found.layer {
        Some(_) => String::new(),
        None => cells::layer(&found.root, original),
    };
    let (before, after) = xml.split_at(found.end);
    Ok(Some([before, &layer, &cells::badges(badges), after].concat()))
}

/// The range with its line, when draw.io has saved the file since and given each cell its own line.
fn whole_lines(xml: &str, range: Range<usize>) -> Range<usize> {
    let is_blank = |character: char| matches!(character, ' ' | '\t' | '\r');
    let before = xml[..range.start].trim_end_matches(is_blank);
    let after = xml[range.end..].trim_start_matches(is_blank);
    if before.ends_with('\n') && after.starts_with('\n') {
        before.len()..xml.len() - after.len() + 1
    } else {
        range
    }
}

fn find(xml: &str) -> Result<Option<Found>, XmlError> {
    // As the reader takes it: the content of a `<diagram>`.
    const OPEN: &str = "<diagram>";
    let text = [OPEN, xml, "</diagram>"].concat();
    let parsed = Xml::parse(FileId(0), &text, 0)?;
    let Some(root) = parsed.root().child("mxGraphModel").and_then(|model| model.child("root")) else {
        return Ok(None);
    };
    let inner = range(root);
    let Some(end) = text[inner.clone()].rfind("</") else { return Ok(None) };
    let moved = |range: Range<usize>| range.start - OPEN.len()..range.end - OPEN.len();
    let mut found = Found {
        end: inner.start + end - OPEN.len(),
        root: "0".to_owned(),
        layer: None,
        original: None,
        badges: Vec::new(),
        is_used: false,
    };
    let mut is_first = true;
    for node in root.children() {
        let cell = if node.name() == "mxCell" { Some(node) } else { node.child("mxCell") };
        let id = node.attribute("id").or(cell.and_then(|cell| cell.attribute("id")));
        let parent = cell.and_then(|cell| cell.attribute("parent"));
        if node.attribute(BADGE).is_some() {
            found.badges.push(moved(range(node)));
        } else if id == Some(cells::LAYER) && found.layer.is_none() {
            found.layer = Some(moved(range(node)));
            let kept = node.attribute(cells::ORIGINAL).or(cell.and_then(|it| it.attribute(cells::ORIGINAL)));
            found.original = kept.map(str::to_owned);
        } else if parent == Some(cells::LAYER) {
            found.is_used = true;
        }
        if let (true, None, Some(id)) = (is_first, parent, id) {
            found.root = id.to_owned();
            is_first = false;
        }
    }
    Ok(Some(found))
}

fn range(node: XmlNode<'_>) -> Range<usize> {
    let span = node.span();
    span.start as usize..span.end as usize
}
