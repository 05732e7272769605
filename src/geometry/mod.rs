//! Points, sizes, rectangles and polylines, in CSS pixels; `y` grows downwards.
//!
//! Architecture invariant: plain values; nothing here knows of nodes, text or markup.

mod buckets;
mod taken;

use serde::{Deserialize, Serialize};

pub use buckets::Buckets;
pub use taken::Taken;

/// A place on the page, in CSS pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// Distance from the left edge.
    pub x: f64,
    /// Distance from the upper edge.
    pub y: f64,
}

impl Point {
    /// A point from its two coordinates.
    pub const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }
}

/// The point of a way at a part of its length, 0 its start and 1 its end; `None` without a point.
pub fn along(way: &[Point], part: f64) -> Option<Point> {
    let length = |pair: &[Point]| {
        let (dx, dy) = (pair[1].x - pair[0].x, pair[1].y - pair[0].y);
        (dx * dx + dy * dy).sqrt()
    };
    let mut left = way.windows(2).map(length).sum::<f64>() * part.clamp(0.0, 1.0);
    for pair in way.windows(2) {
        let long = length(pair);
        if left <= long && long > 0.0 {
            let share = left / long;
            let between = |from: f64, to: f64| from + (to - from) * share;
            return Some(Point::new(between(pair[0].x, pair[1].x), between(pair[0].y, pair[1].y)));
        }
        left -= long;
    }
    way.last().copied()
}

/// The point at a part of a way, moved `across` px to its left, seen from its start.
pub fn beside(way: &[Point], part: f64, across: f64) -> Option<Point> {
    let point = along(way, part)?;
    let on = |pair: &&[Point]| {
        let (low, high) = (pair[0].x.min(pair[1].x) - 0.01, pair[0].x.max(pair[1].x) + 0.01);
        let (top, end) = (pair[0].y.min(pair[1].y) - 0.01, pair[0].y.max(pair[1].y) + 0.01);
        pair[0] != pair[1] && (low..=high).contains(&point.x) && (top..=end).contains(&point.y)
    };
    let Some(leg) = way.windows(2).find(on) else { return Some(point) };
    let (dx, dy) = (leg[1].x - leg[0].x, leg[1].y - leg[0].y);
    let length = (dx * dx + dy * dy).sqrt();
    Some(Point::new(point.x + dy / length * across, point.y - dx / length * across))
}

/// Width and height, in CSS pixels; never negative.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Size {
    /// Extent along x.
    pub width: f64,
    /// Extent along y.
    pub height: f64,
}

impl Size {
    /// A size from its two extents.
    pub const fn new(width: f64, height: f64) -> Self {
        Self { width, height }
    }
}

/// An axis-parallel rectangle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Rect {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Extent along x.
    pub width: f64,
    /// Extent along y.
    pub height: f64,
}

impl Rect {
    /// A rectangle from its upper left corner and its size.
    pub const fn new(x: f64, y: f64, width: f64, height: f64) -> Self {
        Self { x, y, width, height }
    }

    /// Right edge.
    pub fn right(&self) -> f64 {
        self.x + self.width
    }

    /// Lower edge.
    pub fn bottom(&self) -> f64 {
        self.y + self.height
    }

    /// The middle.
    pub fn center(&self) -> Point {
        Point::new(self.x + self.width / 2.0, self.y + self.height / 2.0)
    }

    /// Whether the two share more than `tolerance` px in both directions.
    pub fn overlaps(&self, other: &Self, tolerance: f64) -> bool {
        let wide = self.right().min(other.right()) - self.x.max(other.x);
        let high = self.bottom().min(other.bottom()) - self.y.max(other.y);
        wide > tolerance && high > tolerance
    }

    /// Whether `other` lies inside, up to `tolerance` px.
    pub fn contains(&self, other: &Self, tolerance: f64) -> bool {
        other.x >= self.x - tolerance
            && other.y >= self.y - tolerance
            && other.right() <= self.right() + tolerance
            && other.bottom() <= self.bottom() + tolerance
    }

    /// The smallest rectangle that holds both.
    pub fn union(&self, other: &Self) -> Self {
        let x = self.x.min(other.x);
        let y = self.y.min(other.y);
        Self::new(x, y, self.right().max(other.right()) - x, self.bottom().max(other.bottom()) - y)
    }
}
