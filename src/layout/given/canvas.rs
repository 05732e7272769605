//! From the author's coordinates to the page.

use crate::geometry::{Point, Rect};

/// The widest strip that nothing stands in, in px of the page; a wider one is narrowed to it.
const EMPTY: f64 = 900.0;
/// The largest extent of a page; a larger drawing is drawn smaller.
const LARGEST: f64 = 12_000.0;
/// Where the drawing begins.
const MARGIN: f64 = 12.0;

/// A map from the author's coordinates to the page: it moves to the origin, scales, and narrows wide empty strips, so
/// that one forgotten shape far away does not make the rest tiny. It keeps the order of everything, and the shape of
/// every box.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Canvas {
    x: Axis,
    y: Axis,
    scale: f64,
}

impl Canvas {
    /// The map for a drawing that consists of these rectangles, drawn `scale` times as large.
    pub fn new(rects: &[Rect], scale: f64) -> Self {
        let scale = if scale.is_finite() && scale > 0.0 { scale } else { 1.0 };
        let span = |scale: f64, empty: f64| {
            let x = Axis::new(rects.iter().map(|rect| (rect.x, rect.right())), scale, empty);
            let y = Axis::new(rects.iter().map(|rect| (rect.y, rect.bottom())), scale, empty);
            Self { x, y, scale }
        };
        let canvas = span(scale, EMPTY);
        let extent = canvas.x.length().max(canvas.y.length());
        let smaller = LARGEST / extent;
        if smaller < 1.0 { span(scale * smaller, EMPTY * smaller) } else { canvas }
    }

    /// How much larger than in the drawing things are.
    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// A point on the page.
    pub fn point(&self, [x, y]: [f64; 2]) -> Point {
        Point::new(self.x.map(x), self.y.map(y))
    }

    /// A rectangle on the page.
    pub fn rect(&self, rect: &Rect) -> Rect {
        let (x, y) = (self.x.map(rect.x), self.y.map(rect.y));
        Rect::new(x, y, self.x.map(rect.right()) - x, self.y.map(rect.bottom()) - y)
    }
}

/// The map of one axis: each known place and where it goes, ascending.
#[derive(Clone, Debug, Default, PartialEq)]
struct Axis {
    stops: Vec<(f64, f64)>,
    scale: f64,
}

impl Axis {
    /// Between two stops the map is a line. Stops stand at the ends of the strips that are narrowed.
    fn new(ranges: impl Iterator<Item = (f64, f64)>, scale: f64, empty: f64) -> Self {
        let mut ranges: Vec<(f64, f64)> = ranges.collect();
        ranges.sort_by(|one, other| one.0.total_cmp(&other.0));
        let Some(first) = ranges.first() else { return Self { stops: Vec::new(), scale } };
        let mut stops = vec![(first.0, MARGIN)];
        let mut end = first.0;
        for (from, to) in ranges {
            let gap = (from - end) * scale;
            if gap > empty {
                let page = stops.last().map_or(MARGIN, |(at, page)| page + (end - at) * scale);
                stops.push((end, page));
                stops.push((from, page + empty));
            }
            end = end.max(to);
        }
        let page = stops.last().map_or(MARGIN, |(at, page)| page + (end - at) * scale);
        stops.push((end, page));
        Self { stops, scale }
    }

    fn length(&self) -> f64 {
        self.stops.last().map_or(0.0, |(_, page)| *page)
    }

    fn map(&self, at: f64) -> f64 {
        let after = self.stops.partition_point(|(stop, _)| *stop <= at);
        let Some((stop, page)) = after.checked_sub(1).and_then(|before| self.stops.get(before)) else {
            // Left of everything: nothing that was asked for when the map was made.
            return self
                .stops
                .first()
                .map_or(at * self.scale, |(stop, page)| page - (stop - at) * self.scale);
        };
        match self.stops.get(after) {
            Some((next, next_page)) if next > stop => page + (at - stop) / (next - stop) * (next_page - page),
            _ => page + (at - stop) * self.scale,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Canvas, EMPTY, LARGEST, MARGIN};
    use crate::geometry::Rect;

    #[test]
    fn a_drawing_moves_to_the_origin_and_keeps_its_shape() {
        let rects = [Rect::new(-500.0, 40.0, 100.0, 50.0), Rect::new(-300.0, 200.0, 120.0, 60.0)];
        let canvas = Canvas::new(&rects, 1.0);
        assert_eq!(canvas.rect(&rects[0]), Rect::new(12.0, 12.0, 100.0, 50.0));
        assert_eq!(canvas.rect(&rects[1]), Rect::new(212.0, 172.0, 120.0, 60.0));
        assert_eq!(Canvas::new(&rects, 0.5).rect(&rects[1]), Rect::new(112.0, 92.0, 60.0, 30.0));
    }

    #[test]
    fn a_shape_far_away_comes_nearer() {
        let rects = [Rect::new(0.0, 0.0, 100.0, 50.0), Rect::new(900_000.0, 10.0, 100.0, 50.0)];
        let canvas = Canvas::new(&rects, 1.0);
        assert_eq!(canvas.rect(&rects[1]).x, 112.0 + EMPTY);
        assert_eq!(canvas.rect(&rects[1]).width, 100.0);
    }

    #[test]
    fn what_is_very_large_is_drawn_smaller() {
        let rects = [Rect::new(0.0, 0.0, 90_000.0, 50.0), Rect::new(10.0, 10.0, 60_000.0, 9_000.0)];
        let canvas = Canvas::new(&rects, 1.0);
        assert!(canvas.rect(&rects[0]).right() <= LARGEST + MARGIN);
        let apart: Vec<Rect> = (0..100).map(|at| Rect::new(f64::from(at) * 9e4, 0.0, 10.0, 10.0)).collect();
        assert!(Canvas::new(&apart, 1.0).rect(&apart[99]).right() <= LARGEST + MARGIN);
        assert!(Canvas::new(&[], f64::NAN).point([1.0, 2.0]).x.is_finite());
    }
}
