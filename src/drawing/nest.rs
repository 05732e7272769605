//! Which shape holds which: the tool's own nesting first, then boxes that are drawn round others.

use super::index::Index;
use super::measure::{extent, grown, share};
use super::page::{Page, Shape};
use super::sort::{Sort, can_hold};
use crate::geometry::Rect;

/// A shape that stands within a box but for this many px on each side is in the box.
pub(super) const OVERHANG: f64 = 5.0;
/// A shape of which this share lies in a box is in the box, however far the rest hangs over.
pub(super) const MOSTLY: f64 = 0.75;
/// A shape of which less than this share lies in a box has nothing to do with it.
const HARDLY: f64 = 0.25;
/// Boxes within boxes; deeper ones are held by the last of these.
pub(super) const DEEPEST: usize = 50;

/// Boxes round one shape that are looked at for what they hide.
const COVERS: usize = 16;

/// What holds a shape.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Nest {
    /// The box that holds it.
    pub(super) holder: Option<usize>,
    /// Only the places say so.
    pub(super) by_place: bool,
    /// Other boxes that it lies in as well, which neither hold that box nor lie in it.
    pub(super) also: Vec<usize>,
    /// A box on whose border it stands, half in and half out.
    pub(super) border: Option<usize>,
}

/// What holds each shape, and whether boxes were nested too deep to follow.
pub(super) fn nests(page: &Page, areas: &[Rect], sorts: &[Sort]) -> (Vec<Nest>, bool) {
    let holders: Vec<bool> =
        page.shapes.iter().zip(sorts).map(|(shape, sort)| can_hold(shape, *sort)).collect();
    let index = Index::new((0..areas.len()).filter(|at| holders[*at]).map(|at| (at, areas[at])));
    let tools: Vec<Option<usize>> = (0..areas.len()).map(|at| tool_holder(page, sorts, at)).collect();
    let mut nests: Vec<Nest> = (0..areas.len())
        .map(|at| match sorts[at] {
            Sort::Hidden | Sort::Broken | Sort::Blank | Sort::Group => Nest::default(),
            _ => nest(page, areas, &tools, &index, at),
        })
        .collect();
    let deep = settle(&mut nests);
    drop_relatives(&mut nests);
    (nests, deep)
}

/// The nearest shape above in the tool's own nesting that is drawn.
fn tool_holder(page: &Page, sorts: &[Sort], at: usize) -> Option<usize> {
    let mut above = page.shapes[at].parent;
    for _ in 0..DEEPEST * 2 {
        let one = above.filter(|one| *one < sorts.len() && *one != at)?;
        if !matches!(sorts[one], Sort::Group | Sort::Blank | Sort::Hidden | Sort::Broken) {
            return Some(one);
        }
        above = page.shapes[one].parent;
    }
    None
}

fn nest(page: &Page, areas: &[Rect], tools: &[Option<usize>], index: &Index, at: usize) -> Nest {
    let own = &areas[at];
    let tool = tools[at];
    let mut around: Vec<usize> = Vec::new();
    let mut border = None;
    for other in index.near(&grown(own, OVERHANG)) {
        if other == at || !is_larger(page, areas, at, other) {
            continue;
        }
        let inside = share(own, &areas[other]);
        if grown(&areas[other], OVERHANG).contains(own, 0.0) || inside >= MOSTLY {
            around.push(other);
        } else if inside > HARDLY {
            border = Some(other);
        }
    }
    around.sort_by(|one, other| extent(&areas[*one]).total_cmp(&extent(&areas[*other])).then(other.cmp(one)));
    // Of boxes that overlap, the upper one hides the lower one where both lie.
    let hides = |cover: usize, below: usize| {
        cover > below
            && cover < at
            && page.shapes[cover].filled
            && share(&areas[below], &areas[cover]) < MOSTLY
    };
    let covers: Vec<usize> = around.iter().copied().take(COVERS).collect();
    around.retain(|below| !covers.iter().any(|cover| hides(*cover, *below)));
    let within = |other: usize, holder: usize| {
        let mut above = Some(other);
        for _ in 0..DEEPEST {
            match above {
                Some(one) if one == holder => return true,
                Some(one) => above = tools[one],
                None => return false,
            }
        }
        false
    };
    let nearest = match tool {
        Some(tool) => around.iter().copied().find(|other| within(*other, tool)),
        None => around.first().copied(),
    };
    let outside = tool.is_some_and(|tool| share(own, &grown(&areas[tool], OVERHANG)) <= 0.0);
    let holder = match (nearest, tool) {
        (Some(nearest), _) => Some(nearest),
        (None, Some(tool)) if !outside => Some(tool),
        (None, _) => around.first().copied(),
    };
    Nest {
        holder,
        by_place: holder.is_some() && holder != tool,
        also: around.into_iter().filter(|other| Some(*other) != holder).take(8).collect(),
        border: border.filter(|_| holder.is_none_or(|holder| Some(holder) != border)),
    }
}

/// Whether `other` may be drawn round the shape: it is larger, and does not lie over it.
fn is_larger(page: &Page, areas: &[Rect], at: usize, other: usize) -> bool {
    let (own, round) = (extent(&areas[at]), extent(&areas[other]));
    let covers = |shape: &Shape| shape.filled;
    round > own * 1.02 && (other < at || !covers(&page.shapes[other]))
}

/// Breaks circles, and flattens what is nested too deep; tells whether there was such.
fn settle(nests: &mut [Nest]) -> bool {
    let mut depths: Vec<Option<usize>> = vec![None; nests.len()];
    let mut deep = false;
    for start in 0..nests.len() {
        let mut path = Vec::new();
        let mut at = start;
        let base = loop {
            if let Some(depth) = depths[at] {
                break depth;
            }
            path.push(at);
            depths[at] = Some(usize::MAX);
            match nests[at].holder {
                Some(above) if depths[above] == Some(usize::MAX) => {
                    // The way leads back onto itself: the last step is not taken.
                    nests[at].holder = None;
                    break 0;
                }
                Some(above) => at = above,
                None => break 0,
            }
        };
        let root = path.last().copied().filter(|last| nests[*last].holder.is_none());
        let mut depth = base;
        for one in path.into_iter().rev() {
            depth = if Some(one) == root { 0 } else { depth + 1 };
            if depth > DEEPEST {
                deep = true;
                let above = nests[one].holder;
                nests[one].holder = above.and_then(|above| nests[above].holder);
                depth = DEEPEST;
            }
            depths[one] = Some(depth);
        }
    }
    deep
}

/// Of the other boxes that a shape lies in, keeps those that are no relatives of the one that holds it.
fn drop_relatives(nests: &mut [Nest]) {
    let holders: Vec<Option<usize>> = nests.iter().map(|nest| nest.holder).collect();
    let above = |at: usize, wanted: usize| {
        let mut next = holders[at];
        for _ in 0..=DEEPEST {
            match next {
                Some(one) if one == wanted => return true,
                Some(one) => next = holders[one],
                None => return false,
            }
        }
        false
    };
    for nest in nests.iter_mut() {
        let Some(holder) = nest.holder else { continue };
        nest.also.retain(|other| !above(holder, *other) && !above(*other, holder));
    }
}
