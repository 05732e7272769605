//! Finds what lies near a place, in time that does not grow with the page.
//!
//! Each rectangle is kept on the level of its size, in the cells that it touches there: at most four. What is asked for
//! is looked up on every level, small sizes first.

use std::collections::BTreeMap;

use super::measure::FARTHEST;
use crate::geometry::Rect;

/// Most rectangles that one question gives back. A page on which more lie on one spot is no drawing that a person can
/// see through; the smallest ones are kept.
pub(super) const MOST: usize = 512;

/// Rectangles by place.
#[derive(Debug, Default)]
pub(super) struct Index {
    levels: BTreeMap<i32, BTreeMap<(i64, i64), Vec<usize>>>,
}

impl Index {
    /// The rectangles with their numbers; later lookups give the numbers.
    pub(super) fn new(rects: impl IntoIterator<Item = (usize, Rect)>) -> Self {
        let mut index = Self::default();
        for (number, rect) in rects {
            let level = level(rect.width.max(rect.height));
            let cells = index.levels.entry(level).or_default();
            for cell in touched(&rect, level) {
                cells.entry(cell).or_default().push(number);
            }
        }
        index
    }

    /// Numbers of rectangles that may touch the area, in rising order; at most [`MOST`].
    pub(super) fn near(&self, area: &Rect) -> Vec<usize> {
        let mut found = Vec::new();
        for (level, cells) in &self.levels {
            for cell in touched(area, *level) {
                let more = cells.get(&cell).map_or(&[][..], Vec::as_slice);
                found.extend(more.iter().copied().take(MOST.saturating_sub(found.len())));
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// The level of a size: cells there are at least as wide.
fn level(size: f64) -> i32 {
    let mut level = 4;
    while level < 22 && width(level) < size {
        level += 1;
    }
    level
}

/// Width of the cells of a level.
fn width(level: i32) -> f64 {
    f64::from(1_u32 << level.clamp(0, 30))
}

/// The cells of a level that a rectangle touches; of a large one on a level of small cells, those at its upper left.
fn touched(rect: &Rect, level: i32) -> impl Iterator<Item = (i64, i64)> {
    const MOST_A_SIDE: i64 = 40;
    let width = width(level);
    #[expect(clippy::cast_possible_truncation, reason = "clamped to a million and a bit")]
    let cell = |place: f64| (place.clamp(-2.0 * FARTHEST, 2.0 * FARTHEST) / width).floor() as i64;
    let (left, top) = (cell(rect.x), cell(rect.y));
    let right = cell(rect.right()).min(left + MOST_A_SIDE);
    let bottom = cell(rect.bottom()).min(top + MOST_A_SIDE);
    (left..=right).flat_map(move |x| (top..=bottom).map(move |y| (x, y)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_and_large_rectangles_are_found_where_they_lie() {
        let rects = [
            Rect::new(0.0, 0.0, 1000.0, 1000.0),
            Rect::new(-50.0, -50.0, 10.0, 10.0),
            Rect::new(500.0, 500.0, 30.0, 2.0),
            Rect::new(5000.0, 500.0, 30.0, 2.0),
        ];
        let index = Index::new(rects.into_iter().enumerate());
        assert_eq!(index.near(&Rect::new(510.0, 501.0, 0.0, 0.0)), [0, 2]);
        assert!(!index.near(&Rect::new(-45.0, -45.0, 0.0, 0.0)).contains(&3));
        assert!(index.near(&Rect::new(-45.0, -45.0, 0.0, 0.0)).contains(&1));
    }

    #[test]
    fn a_heap_on_one_spot_gives_no_more_than_the_limit() {
        let heap = (0..10_000).map(|number| (number, Rect::new(0.0, 0.0, 50.0, 50.0)));
        assert_eq!(Index::new(heap).near(&Rect::new(10.0, 10.0, 1.0, 1.0)).len(), MOST);
    }
}
