//! Distances on a page.

use crate::geometry::{Point, Rect};

/// Farthest place on a page, in px from its origin; beyond it lies no drawing that a person made.
pub(super) const FARTHEST: f64 = 1.0e6;

/// The upright rectangle of bounds that are turned clockwise about their center, in degrees. Turns that are no quarter
/// are taken for the nearest one: what is asked here is who holds whom.
pub(super) fn upright(bounds: [f64; 4], angle: f64) -> Rect {
    let [x, y, width, height] = bounds;
    let quarter = (angle.rem_euclid(180.0) - 90.0).abs() < 45.0;
    if !quarter {
        return Rect::new(x, y, width, height);
    }
    let center = Point::new(x + width / 2.0, y + height / 2.0);
    Rect::new(center.x - height / 2.0, center.y - width / 2.0, height, width)
}

/// Whether all numbers are those of a drawing.
pub(super) fn is_sane(bounds: [f64; 4]) -> bool {
    bounds.iter().all(|number| number.abs() <= FARTHEST) && bounds[2] >= 0.0 && bounds[3] >= 0.0
}

/// The area of a rectangle.
pub(super) fn extent(rect: &Rect) -> f64 {
    rect.width * rect.height
}

/// The rectangle grown by `by` px on each side.
pub(super) fn grown(rect: &Rect, by: f64) -> Rect {
    Rect::new(rect.x - by, rect.y - by, rect.width + 2.0 * by, rect.height + 2.0 * by)
}

/// Whether a point lies in the rectangle, its border included.
pub(super) fn holds(rect: &Rect, point: Point) -> bool {
    point.x >= rect.x && point.x <= rect.right() && point.y >= rect.y && point.y <= rect.bottom()
}

/// The part of `inner` that lies in `outer`, 0 to 1. Of a line or point without area, the part of its length.
pub(super) fn share(inner: &Rect, outer: &Rect) -> f64 {
    let part = |from: f64, to: f64, low: f64, high: f64| {
        if to > from {
            ((to.min(high) - from.max(low)) / (to - from)).max(0.0)
        } else if from >= low && from <= high {
            1.0
        } else {
            0.0
        }
    };
    part(inner.x, inner.right(), outer.x, outer.right())
        * part(inner.y, inner.bottom(), outer.y, outer.bottom())
}

/// How far a point lies from the rectangle; 0 inside.
pub(super) fn distance(rect: &Rect, point: Point) -> f64 {
    let dx = (rect.x - point.x).max(point.x - rect.right()).max(0.0);
    let dy = (rect.y - point.y).max(point.y - rect.bottom()).max(0.0);
    (dx * dx + dy * dy).sqrt()
}

/// How far a point lies from the border of the rectangle, on either side of it.
pub(super) fn to_border(rect: &Rect, point: Point) -> f64 {
    let outside = distance(rect, point);
    if outside > 0.0 {
        return outside;
    }
    (point.x - rect.x).min(rect.right() - point.x).min(point.y - rect.y).min(rect.bottom() - point.y)
}

/// How far two rectangles lie apart; 0 when they touch or overlap.
pub(super) fn between(one: &Rect, other: &Rect) -> f64 {
    let dx = (one.x - other.right()).max(other.x - one.right()).max(0.0);
    let dy = (one.y - other.bottom()).max(other.y - one.bottom()).max(0.0);
    (dx * dx + dy * dy).sqrt()
}

/// How far two points lie apart.
pub(super) fn apart(one: Point, other: Point) -> f64 {
    let (dx, dy) = (one.x - other.x, one.y - other.y);
    (dx * dx + dy * dy).sqrt()
}

/// The point of the stretch from `a` to `b` that is nearest to `point`, and how far that is.
pub(super) fn nearest(a: Point, b: Point, point: Point) -> (Point, f64) {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let length = dx * dx + dy * dy;
    let part = if length > 0.0 {
        (((point.x - a.x) * dx + (point.y - a.y) * dy) / length).clamp(0.0, 1.0)
    } else {
        0.0
    };
    let on = Point::new(a.x + dx * part, a.y + dy * part);
    (on, apart(on, point))
}

/// The part of the stretch from `a` to `b` that lies in the rectangle, as two shares of its length.
pub(super) fn inside(a: Point, b: Point, rect: &Rect) -> Option<(f64, f64)> {
    let (mut low, mut high) = (0.0_f64, 1.0_f64);
    for (from, step, least, most) in
        [(a.x, b.x - a.x, rect.x, rect.right()), (a.y, b.y - a.y, rect.y, rect.bottom())]
    {
        if step.abs() < 1e-9 {
            if from < least || from > most {
                return None;
            }
            continue;
        }
        let (one, two) = ((least - from) / step, (most - from) / step);
        low = low.max(one.min(two));
        high = high.min(one.max(two));
    }
    (low <= high).then_some((low, high))
}

/// How far a way of points lies from a rectangle; 0 when it passes through.
pub(super) fn way_to(way: &[Point], rect: &Rect) -> f64 {
    let mut best = f64::INFINITY;
    for pair in way.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        if inside(a, b, rect).is_some() {
            return 0.0;
        }
        // Apart, the shortest way starts at a corner of the rectangle or at an end of the stretch.
        let corners = [
            Point::new(rect.x, rect.y),
            Point::new(rect.right(), rect.y),
            Point::new(rect.x, rect.bottom()),
            Point::new(rect.right(), rect.bottom()),
        ];
        for corner in corners {
            best = best.min(nearest(a, b, corner).1);
        }
        best = best.min(distance(rect, a)).min(distance(rect, b));
    }
    best
}

/// The smallest rectangle round a way.
pub(super) fn round(way: &[Point]) -> Rect {
    let mut rounds = way.iter().map(|point| Rect::new(point.x, point.y, 0.0, 0.0));
    let first = rounds.next().unwrap_or_default();
    rounds.fold(first, |all, one| all.union(&one))
}

/// The point of a way at a part of its length: -1 its start, 0 its middle, 1 its end.
pub(super) fn along(way: &[Point], at: f64) -> Option<Point> {
    crate::geometry::along(way, (at + 1.0) / 2.0)
}

/// Where the stretch from the middle of the rectangle to `point` leaves the rectangle; the middle when it does not.
pub(super) fn leaves(rect: &Rect, point: Point) -> Point {
    let center = rect.center();
    match inside(center, point, rect) {
        Some((_, high)) if high < 1.0 => {
            Point::new(center.x + (point.x - center.x) * high, center.y + (point.y - center.y) * high)
        }
        _ => center,
    }
}

/// A distance in steps of 1/64 px: what lies as far on paper is as far here, wherever on the page it stands.
pub(super) fn steps(gap: f64) -> f64 {
    (gap * 64.0).round()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarter_turn_swaps_width_and_height() {
        assert_eq!(upright([0.0, 0.0, 10.0, 4.0], 90.0), Rect::new(3.0, -3.0, 4.0, 10.0));
        assert_eq!(upright([0.0, 0.0, 10.0, 4.0], 180.0), Rect::new(0.0, 0.0, 10.0, 4.0));
        assert_eq!(upright([0.0, 0.0, 10.0, 4.0], -80.0), Rect::new(3.0, -3.0, 4.0, 10.0));
    }

    #[test]
    fn shares_and_distances_are_those_of_paper() {
        let rect = Rect::new(0.0, 0.0, 100.0, 50.0);
        for (inner, expected) in [
            (Rect::new(10.0, 10.0, 10.0, 10.0), 1.0),
            (Rect::new(95.0, 10.0, 10.0, 10.0), 0.5),
            (Rect::new(200.0, 10.0, 10.0, 10.0), 0.0),
            (Rect::new(50.0, 50.0, 0.0, 0.0), 1.0),
        ] {
            assert!((share(&inner, &rect) - expected).abs() < 1e-9, "{inner:?}");
        }
        assert_eq!(to_border(&rect, Point::new(50.0, 46.0)), 4.0);
        assert_eq!(to_border(&rect, Point::new(103.0, 54.0)), 5.0);
        assert_eq!(way_to(&[Point::new(-10.0, 60.0), Point::new(110.0, 60.0)], &rect), 10.0);
        assert_eq!(way_to(&[Point::new(-10.0, 25.0), Point::new(110.0, 25.0)], &rect), 0.0);
        assert_eq!(leaves(&rect, Point::new(50.0, 100.0)), Point::new(50.0, 50.0));
    }
}
