//! Ways of lines: from outline to outline, through the points that the author set.
//!
//! Where the author left the way to the tool, it goes as drawing tools draw it: straight between the middles of the
//! boxes, or with right angles from side to side.

use super::Way;
use super::outline::Place;
use super::sides::{Side, joined, reached};
use crate::geometry::{Point, Rect};

/// An end deeper than this inside its box, in px, floats: the tool would choose its place on the outline.
const FLOATS: f64 = 2.0;
/// A jog that is shorter than this is made straight.
const JOG: f64 = 8.0;
/// How far a line from a box to itself, or around a box, reaches out.
pub(super) const LOOP: f64 = 18.0;

/// The corners of a line between two boxes; at least two, all finite when the boxes and points are.
pub(super) fn points(way: &Way, from: &Place, to: &Place) -> Vec<Point> {
    let mut given = match way.points.as_slice() {
        [_, _, ..] => way.points.clone(),
        _ if from.rect == to.rect => return around(&from.rect),
        _ => vec![from.rect.center(), to.rect.center()],
    };
    let (Some(first), Some(last)) = (given.first().copied(), given.last().copied()) else { return given };
    let floats = (from.holds(first, FLOATS), to.holds(last, FLOATS));
    // A bend below the box that an end floats in bends nothing that shows.
    let bends = 1..given.len() - 1;
    let shown = |place: &Place, at: &usize| !place.holds(given[*at], 0.0);
    let apart = !from.rect.overlaps(&to.rect, 0.0);
    let begin = bends.clone().find(|at| !(floats.0 && apart) || shown(from, at)).unwrap_or(bends.end);
    let end = (begin..bends.end).rfind(|at| !(floats.1 && apart) || shown(to, at));
    let end = end.map_or(begin, |at| at + 1);
    given = [&[first], &given[begin..end], &[last]].concat();
    let mut points = if given.len() == 2 && from.rect == to.rect {
        around(&from.rect)
    } else if way.sideways && given.len() == 2 {
        sideways(first, last, floats, from, to)
    } else if way.square {
        square(&given, floats, from, to)
    } else {
        straight(given, floats, from, to)
    };
    onwards(&mut points, from, way.square);
    points.reverse();
    onwards(&mut points, to, way.square);
    points.reverse();
    points.dedup_by(|next, before| near(*next, *before));
    if points.len() < 2 {
        points = vec![first, last];
    }
    without_middles(&mut points);
    points
}

/// A loop at the upper right corner.
fn around(rect: &Rect) -> Vec<Point> {
    let (right, top) = (rect.right(), rect.y);
    let (in_x, in_y) = (right - LOOP.min(rect.width / 2.0), top + LOOP.min(rect.height / 2.0));
    vec![
        Point::new(in_x, top),
        Point::new(in_x, top - LOOP),
        Point::new(right + LOOP, top - LOOP),
        Point::new(right + LOOP, in_y),
        Point::new(right, in_y),
    ]
}

/// Draws a line on to the box that it starts beside: by a leg of its own, or a straight one from its first corner.
fn onwards(points: &mut Vec<Point>, place: &Place, square: bool) {
    let Some(end) = points.first_mut() else { return };
    match place.missed(*end) {
        Some(border) if square => points.insert(0, border),
        Some(border) => *end = border,
        None => {}
    }
}

/// Ends a line where it enters a caption.
pub(super) fn end_at(points: &mut Vec<Point>, caption: &Rect) {
    let inside = |point: &Point| {
        (caption.x..=caption.right()).contains(&point.x) && (caption.y..=caption.bottom()).contains(&point.y)
    };
    // What comes after a corner in the caption runs below it.
    if let Some(first) = (1..points.len().saturating_sub(1)).find(|at| inside(&points[*at])) {
        points.truncate(first + 1);
    }
    let [.., before, end] = points.as_mut_slice() else { return };
    if inside(before) {
        return;
    }
    let (dx, dy) = (end.x - before.x, end.y - before.y);
    // Where the leg is past the nearer side in each direction, as a part of it.
    let enters = |from: f64, by: f64, low: f64, high: f64| match by {
        by if by > 0.0 => ((low - from) / by, (high - from) / by),
        by if by < 0.0 => ((high - from) / by, (low - from) / by),
        _ if from > low && from < high => (f64::NEG_INFINITY, f64::INFINITY),
        _ => (f64::INFINITY, f64::NEG_INFINITY),
    };
    let (x, y) =
        (enters(before.x, dx, caption.x, caption.right()), enters(before.y, dy, caption.y, caption.bottom()));
    let (enter, leave) = (x.0.max(y.0), x.1.min(y.1));
    if enter > 0.0 && enter < leave && enter < 1.0 {
        *end = Point::new(before.x + dx * enter, before.y + dy * enter);
    }
}

/// From a left or right side to another one, with a leg between them.
fn sideways(first: Point, last: Point, floats: (bool, bool), from: &Place, to: &Place) -> Vec<Point> {
    let right = to.rect.center().x > from.rect.center().x;
    // Boxes one above the other are joined on one side.
    let apart = from.rect.right() < to.rect.x || to.rect.right() < from.rect.x;
    let start = if floats.0 { from.beside(from.rect.center().y, right || !apart) } else { first };
    let end = if floats.1 { to.beside(to.rect.center().y, !right || !apart) } else { last };
    joined((start, Side::beside(&from.rect, start)), (end, Side::beside(&to.rect, end)), from, to)
}

fn straight(mut points: Vec<Point>, floats: (bool, bool), from: &Place, to: &Place) -> Vec<Point> {
    let last = points.len() - 1;
    if floats.0 {
        points[0] = from.towards(points[1]);
    }
    if floats.1 {
        let before = if last == 1 && floats.0 { from.rect.center() } else { points[last - 1] };
        points[last] = to.towards(before);
    }
    points
}

fn square(given: &[Point], floats: (bool, bool), from: &Place, to: &Place) -> Vec<Point> {
    let [first, middle @ .., last] = given else { return given.to_vec() };
    let (Some(after), Some(before)) = (middle.first(), middle.last()) else {
        return match floats {
            (true, true) => between(from, to),
            (false, true) => {
                let (side, (end, entry)) = (Side::of(&from.rect, *first), reached(*first, from, to));
                joined((*first, side), (end, entry), from, to)
            }
            (true, false) => {
                let (side, (start, exit)) = (Side::of(&to.rect, *last), reached(*last, to, from));
                joined((start, exit), (*last, side), from, to)
            }
            (false, false) => {
                let (exit, entry) = (Side::of(&from.rect, *first), Side::of(&to.rect, *last));
                joined((*first, exit), (*last, entry), from, to)
            }
        };
    };
    // The corner next to an end that floats decides which side the line meets.
    let start = if floats.0 { side(from, *after) } else { *first };
    let end = if floats.1 { side(to, *before) } else { *last };
    let (exit, entry) = (Side::of(&from.rect, start), Side::of(&to.rect, end));
    let mut points = Vec::with_capacity(given.len() * 2);
    points.push(start);
    for (at, next) in middle.iter().chain([&end]).enumerate() {
        let Some(here) = points.last().copied() else { continue };
        if (here.x - next.x).abs() > FLOATS && (here.y - next.y).abs() > FLOATS {
            let upright = match points.len() {
                // The last leg meets the side that it ends on at a right angle.
                _ if at == middle.len() => !entry.is_upright(),
                1 => exit.is_upright(),
                many => (points[many - 2].x - here.x).abs() < 0.5,
            };
            points.push(if upright { Point::new(here.x, next.y) } else { Point::new(next.x, here.y) });
        }
        points.push(*next);
    }
    points
}

/// Where a line to a corner leaves the box: straight across when the corner lies over, under or beside the box.
fn side(place: &Place, corner: Point) -> Point {
    let rect = &place.rect;
    if corner.x >= rect.x && corner.x <= rect.right() {
        place.across(corner.x, corner.y > rect.center().y)
    } else if corner.y >= rect.y && corner.y <= rect.bottom() {
        place.beside(corner.y, corner.x > rect.center().x)
    } else {
        place.beside(rect.center().y, corner.x > rect.center().x)
    }
}

/// From side to side: one bend when the boxes stand apart in both directions, else two or none.
fn between(from: &Place, to: &Place) -> Vec<Point> {
    let (a, b) = (&from.rect, &to.rect);
    let (here, there) = (a.center(), b.center());
    let wide = (b.x - a.right()).max(a.x - b.right());
    let high = (b.y - a.bottom()).max(a.y - b.bottom());
    let (right, below) = (there.x > here.x, there.y > here.y);
    if wide > 0.0 && high > 0.0 {
        vec![from.beside(here.y, right), Point::new(there.x, here.y), to.across(there.x, !below)]
    } else if high > 0.0 {
        if (here.x - there.x).abs() < JOG {
            let x = common(here.x, there.x, (a.x.max(b.x), a.right().min(b.right())));
            return vec![from.across(x, below), to.across(x, !below)];
        }
        let y = if below { (a.bottom() + b.y) / 2.0 } else { (b.bottom() + a.y) / 2.0 };
        let (start, end) = (from.across(here.x, below), to.across(there.x, !below));
        vec![start, Point::new(here.x, y), Point::new(there.x, y), end]
    } else if wide > 0.0 {
        if (here.y - there.y).abs() < JOG {
            let y = common(here.y, there.y, (a.y.max(b.y), a.bottom().min(b.bottom())));
            return vec![from.beside(y, right), to.beside(y, !right)];
        }
        let x = if right { (a.right() + b.x) / 2.0 } else { (b.right() + a.x) / 2.0 };
        let (start, end) = (from.beside(here.y, right), to.beside(there.y, !right));
        vec![start, Point::new(x, here.y), Point::new(x, there.y), end]
    } else {
        straight(vec![here, there], (true, true), from, to)
    }
}

/// A coordinate between two that lies in the range that both boxes share.
fn common(one: f64, other: f64, (low, high): (f64, f64)) -> f64 {
    ((one + other) / 2.0).max(low).min(high.max(low))
}

fn near(one: Point, other: Point) -> bool {
    (one.x - other.x).abs() < 0.05 && (one.y - other.y).abs() < 0.05
}

/// Leaves out points in the middle of an axis-parallel leg.
fn without_middles(points: &mut Vec<Point>) {
    let mut at = 1;
    while at + 1 < points.len() {
        let (before, here, next) = (points[at - 1], points[at], points[at + 1]);
        let upright = (before.x - here.x).abs() < 0.05 && (here.x - next.x).abs() < 0.05;
        let level = (before.y - here.y).abs() < 0.05 && (here.y - next.y).abs() < 0.05;
        let onwards = |a: f64, b: f64, c: f64| (b - a) * (c - b) >= 0.0;
        if (upright && onwards(before.y, here.y, next.y)) || (level && onwards(before.x, here.x, next.x)) {
            points.remove(at);
        } else {
            at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::outline::{Border, Place};
    use super::{Way, end_at, points};
    use crate::geometry::{Point, Rect};

    fn place(x: f64, y: f64) -> Place {
        Place { rect: Rect::new(x, y, 100.0, 40.0), border: Border::Rectangle, caption: None }
    }

    fn corners(way: &Way, from: &Place, to: &Place) -> Vec<(f64, f64)> {
        points(way, from, to).iter().map(|point| (point.x, point.y)).collect()
    }

    #[test]
    fn a_line_without_a_way_goes_from_border_to_border() {
        let way = Way::default();
        assert_eq!(corners(&way, &place(0.0, 0.0), &place(200.0, 0.0)), [(100.0, 20.0), (200.0, 20.0)]);
        let square = Way { square: true, ..Way::default() };
        assert_eq!(
            corners(&square, &place(0.0, 0.0), &place(200.0, 100.0)),
            [(100.0, 20.0), (250.0, 20.0), (250.0, 100.0)]
        );
        assert_eq!(
            corners(&square, &place(0.0, 0.0), &place(40.0, 100.0)),
            [(50.0, 40.0), (50.0, 70.0), (90.0, 70.0), (90.0, 100.0)]
        );
        assert_eq!(corners(&square, &place(0.0, 0.0), &place(4.0, 100.0)), [(52.0, 40.0), (52.0, 100.0)]);
    }

    #[test]
    fn points_that_the_author_set_are_kept() {
        let set = [(100.0, 10.0), (150.0, 10.0), (150.0, 90.0), (209.0, 92.0)];
        let way = Way { points: set.iter().map(|(x, y)| Point::new(*x, *y)).collect(), ..Way::default() };
        assert_eq!(corners(&way, &place(0.0, 0.0), &place(210.0, 80.0)), set);
    }

    #[test]
    fn a_floating_end_leaves_towards_the_first_corner() {
        let set = [(50.0, 20.0), (150.0, 30.0), (150.0, 200.0), (260.0, 120.0)];
        let points = set.iter().map(|(x, y)| Point::new(*x, *y)).collect();
        let way = Way { points, square: true, ..Way::default() };
        assert_eq!(
            corners(&way, &place(0.0, 0.0), &place(210.0, 100.0)),
            [(100.0, 30.0), (150.0, 30.0), (150.0, 200.0), (150.0, 120.0), (210.0, 120.0)]
        );
    }

    fn way(points: &[(f64, f64)]) -> Way {
        let points = points.iter().map(|(x, y)| Point::new(*x, *y)).collect();
        Way { points, square: true, ..Way::default() }
    }

    /// Boxes with their left upper corners at 0, 0 and 300, 200.
    fn between_fixed(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
        corners(&way(points), &place(0.0, 0.0), &place(300.0, 200.0))
    }

    #[test]
    fn both_ends_meet_their_sides_at_right_angles() {
        // Right to left, right to top, below to top, below to left.
        assert_eq!(
            between_fixed(&[(100.0, 20.0), (300.0, 220.0)]),
            [(100.0, 20.0), (200.0, 20.0), (200.0, 220.0), (300.0, 220.0)]
        );
        assert_eq!(
            between_fixed(&[(100.0, 20.0), (350.0, 200.0)]),
            [(100.0, 20.0), (350.0, 20.0), (350.0, 200.0)]
        );
        assert_eq!(
            between_fixed(&[(50.0, 40.0), (350.0, 200.0)]),
            [(50.0, 40.0), (50.0, 120.0), (350.0, 120.0), (350.0, 200.0)]
        );
        assert_eq!(
            between_fixed(&[(50.0, 40.0), (300.0, 220.0)]),
            [(50.0, 40.0), (50.0, 220.0), (300.0, 220.0)]
        );
    }

    #[test]
    fn ends_on_far_sides_are_reached_from_outside() {
        // Left of the first box to the left of the second: around on the left.
        assert_eq!(
            between_fixed(&[(0.0, 20.0), (300.0, 220.0)]),
            [(0.0, 20.0), (-18.0, 20.0), (-18.0, 220.0), (300.0, 220.0)]
        );
        // Right to right, and right to below.
        assert_eq!(
            between_fixed(&[(100.0, 20.0), (400.0, 220.0)]),
            [(100.0, 20.0), (418.0, 20.0), (418.0, 220.0), (400.0, 220.0)]
        );
        assert_eq!(
            between_fixed(&[(100.0, 20.0), (350.0, 240.0)]),
            [(100.0, 20.0), (200.0, 20.0), (200.0, 258.0), (350.0, 258.0), (350.0, 240.0)]
        );
    }

    #[test]
    fn the_last_leg_meets_the_side_that_it_ends_on() {
        // The bend lies higher than the end, which stands on the left side.
        assert_eq!(
            between_fixed(&[(100.0, 20.0), (200.0, 20.0), (300.0, 220.0)]),
            [(100.0, 20.0), (200.0, 20.0), (200.0, 220.0), (300.0, 220.0)]
        );
        // One end floats: straight ahead, else around one corner.
        assert_eq!(
            between_fixed(&[(100.0, 20.0), (350.0, 220.0)]),
            [(100.0, 20.0), (350.0, 20.0), (350.0, 200.0)]
        );
        assert_eq!(
            between_fixed(&[(50.0, 20.0), (300.0, 220.0)]),
            [(50.0, 40.0), (50.0, 220.0), (300.0, 220.0)]
        );
    }

    #[test]
    fn no_last_leg_lies_on_a_side() {
        let sides =
            |x: f64, y: f64| [(x, y + 20.0), (x + 100.0, y + 20.0), (x + 50.0, y), (x + 50.0, y + 40.0)];
        for (x, y) in
            [(300.0, 200.0), (300.0, 10.0), (-300.0, 0.0), (10.0, 200.0), (0.0, -200.0), (-300.0, -90.0)]
        {
            let (from, to) = (place(0.0, 0.0), place(x, y));
            for start in sides(0.0, 0.0) {
                for end in sides(x, y) {
                    let points = points(&way(&[start, end]), &from, &to);
                    for (end, near, rect) in
                        [(0, 1, &from.rect), (points.len() - 1, points.len() - 2, &to.rect)]
                    {
                        let (end, near) = (points[end], points[near]);
                        let level = end.x == rect.x || end.x == rect.right();
                        assert!(if level { end.y == near.y } else { end.x == near.x }, "{points:?}");
                        assert!(!rect.contains(&Rect::new(near.x, near.y, 0.0, 0.0), -1.0), "{points:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_sideways_line_leaves_to_the_left_or_right() {
        let way = Way { square: true, sideways: true, ..Way::default() };
        assert_eq!(
            corners(&way, &place(0.0, 0.0), &place(300.0, 200.0)),
            [(100.0, 20.0), (200.0, 20.0), (200.0, 220.0), (300.0, 220.0)]
        );
        assert_eq!(
            corners(&way, &place(0.0, 0.0), &place(20.0, 200.0)),
            [(100.0, 20.0), (138.0, 20.0), (138.0, 220.0), (120.0, 220.0)]
        );
    }

    #[test]
    fn a_bend_below_the_box_of_a_floating_end_is_left_out() {
        let way = way(&[(50.0, 20.0), (230.0, 25.0), (250.0, 20.0)]);
        assert_eq!(corners(&way, &place(0.0, 0.0), &place(200.0, 0.0)), [(100.0, 20.0), (200.0, 20.0)]);
    }

    #[test]
    fn an_end_beyond_a_side_counts_as_on_it() {
        let way = way(&[(50.0, 220.0), (50.0, 140.0)]);
        assert_eq!(corners(&way, &place(0.0, 200.0), &place(0.0, 60.0)), [(50.0, 200.0), (50.0, 100.0)]);
    }

    #[test]
    fn an_end_beside_its_box_is_drawn_on_to_the_border() {
        let way = Way { points: vec![Point::new(100.0, 20.0), Point::new(190.0, 20.0)], ..Way::default() };
        assert_eq!(corners(&way, &place(0.0, 0.0), &place(200.0, 0.0)), [(100.0, 20.0), (200.0, 20.0)]);
        // Its name is as good as the box.
        let named = Place { caption: Some(Rect::new(180.0, 44.0, 140.0, 16.0)), ..place(200.0, 0.0) };
        let way = Way { points: vec![Point::new(190.0, 300.0), Point::new(190.0, 90.0)], ..Way::default() };
        assert_eq!(corners(&way, &place(140.0, 300.0), &named), [(190.0, 300.0), (190.0, 60.0)]);
    }

    #[test]
    fn a_line_ends_at_the_caption_that_it_comes_to() {
        let mut points = vec![Point::new(50.0, 200.0), Point::new(50.0, 40.0)];
        end_at(&mut points, &Rect::new(20.0, 44.0, 60.0, 16.0));
        assert_eq!(points[1], Point::new(50.0, 60.0));
        let mut points = vec![Point::new(200.0, 20.0), Point::new(100.0, 20.0)];
        end_at(&mut points, &Rect::new(20.0, 44.0, 60.0, 16.0));
        assert_eq!(points[1], Point::new(100.0, 20.0));
        let mut points = vec![Point::new(200.0, 50.0), Point::new(50.0, 50.0), Point::new(50.0, 40.0)];
        end_at(&mut points, &Rect::new(20.0, 44.0, 60.0, 16.0));
        assert_eq!(points, [Point::new(200.0, 50.0), Point::new(80.0, 50.0)]);
    }

    #[test]
    fn hostile_boxes_give_lines_all_the_same() {
        let dot = Place { rect: Rect::new(0.0, 0.0, 0.0, 0.0), border: Border::Diamond, caption: None };
        for square in [false, true] {
            let way = Way { square, ..Way::default() };
            for (from, to) in [(&dot, &dot), (&dot, &place(0.0, 0.0)), (&place(0.0, 0.0), &place(10.0, 10.0))]
            {
                let points = points(&way, from, to);
                assert!(
                    points.len() >= 2
                        && points.iter().all(|point| point.x.is_finite() && point.y.is_finite())
                );
            }
        }
    }
}
