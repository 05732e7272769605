//! Boxes by place.

use super::Rect;

/// Cells that a box may touch; a larger one is kept beside the grid, so that many large boxes take no more room
/// than many small ones.
const MOST_CELLS: usize = 256;

/// A coarse grid over the page; each cell lists what touches it.
#[derive(Clone, Debug)]
pub struct Buckets {
    x: f64,
    y: f64,
    cell_width: f64,
    cell_height: f64,
    columns: usize,
    rows: usize,
    cells: Vec<Vec<u32>>,
    large: Vec<u32>,
}

impl Buckets {
    /// A grid over `extent` for about `items` boxes.
    pub fn new(extent: &Rect, items: usize) -> Self {
        // Cells are about square, and about as many as items.
        let side = (extent.width.max(1.0) * extent.height.max(1.0) / items.max(1) as f64).sqrt();
        let count = |length: f64| ((length / side).ceil() as usize).clamp(1, 2 * items.max(1));
        let (columns, rows) = (count(extent.width), count(extent.height));
        Self {
            x: extent.x,
            y: extent.y,
            cell_width: (extent.width / columns as f64).max(1.0),
            cell_height: (extent.height / rows as f64).max(1.0),
            columns,
            rows,
            cells: vec![Vec::new(); columns * rows],
            large: Vec::new(),
        }
    }

    /// A grid with all of `rects`; the number of each is its index.
    pub fn of(rects: &[Rect]) -> Self {
        let extent = rects.iter().copied().reduce(|whole, rect| whole.union(&rect)).unwrap_or_default();
        let mut buckets = Self::new(&extent, rects.len());
        for (number, rect) in (0..).zip(rects) {
            buckets.insert(rect, number);
        }
        buckets
    }

    /// Adds a box.
    pub fn insert(&mut self, rect: &Rect, number: u32) {
        if self.is_large(rect) {
            self.large.push(number);
            return;
        }
        let (columns, rows) = self.range(rect);
        for row in rows {
            for column in columns.clone() {
                self.cells[row * self.columns + column].push(number);
            }
        }
    }

    /// Whether a box is kept beside the grid; every lookup gives it.
    pub(super) fn is_large(&self, rect: &Rect) -> bool {
        let (columns, rows) = self.range(rect);
        columns.count().saturating_mul(rows.count()) > MOST_CELLS
    }

    /// The numbers of all boxes that may touch `rect`, ascending, each once.
    pub fn near(&self, rect: &Rect, found: &mut Vec<u32>) {
        found.clear();
        let (columns, rows) = self.range(rect);
        for row in rows {
            for column in columns.clone() {
                found.extend(&self.cells[row * self.columns + column]);
            }
        }
        found.extend(&self.large);
        found.sort_unstable();
        found.dedup();
    }

    fn range(&self, rect: &Rect) -> (std::ops::RangeInclusive<usize>, std::ops::RangeInclusive<usize>) {
        // The cast saturates, so that what lies outside belongs to the cells of the rim.
        let index = |at: f64, size: f64, count: usize| ((at / size) as usize).min(count - 1);
        let columns = index(rect.x - self.x, self.cell_width, self.columns)
            ..=index(rect.right() - self.x, self.cell_width, self.columns);
        let rows = index(rect.y - self.y, self.cell_height, self.rows)
            ..=index(rect.bottom() - self.y, self.cell_height, self.rows);
        (columns, rows)
    }
}
