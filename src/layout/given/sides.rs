//! Lines with right angles between the sides of two boxes.

use super::outline::Place;
use super::ways::LOOP;
use crate::geometry::{Point, Rect};

/// A side of a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Right,
    Top,
    Bottom,
}

impl Side {
    /// The side that a point stands on, is next to, or lies beyond.
    pub(super) fn of(rect: &Rect, point: Point) -> Self {
        let beyond = [
            (Self::Left, rect.x - point.x),
            (Self::Right, point.x - rect.right()),
            (Self::Top, rect.y - point.y),
            (Self::Bottom, point.y - rect.bottom()),
        ];
        let farthest = beyond.into_iter().reduce(|best, next| if next.1 > best.1 { next } else { best });
        farthest.map_or(Self::Right, |(side, _)| side)
    }

    /// The left or right side, whichever is nearer to a point.
    pub(super) fn beside(rect: &Rect, point: Point) -> Self {
        if (point.x - rect.x).abs() < (point.x - rect.right()).abs() { Self::Left } else { Self::Right }
    }

    /// Whether a line leaves it up or down.
    pub(super) fn is_upright(self) -> bool {
        matches!(self, Self::Top | Self::Bottom)
    }

    /// Where it lies when the page is turned so that `exit` lies at the right: turned when that is an upright side,
    /// and mirrored when it is the left or upper one.
    fn seen_from(self, exit: Self) -> Self {
        let turned = match self {
            Self::Left if exit.is_upright() => Self::Top,
            Self::Right if exit.is_upright() => Self::Bottom,
            Self::Top if exit.is_upright() => Self::Left,
            Self::Bottom if exit.is_upright() => Self::Right,
            side => side,
        };
        match turned {
            Self::Left if exit.is_low() => Self::Right,
            Self::Right if exit.is_low() => Self::Left,
            side => side,
        }
    }

    /// Whether it has the lower coordinate of two sides.
    fn is_low(self) -> bool {
        matches!(self, Self::Left | Self::Top)
    }
}

/// Where a line that leaves its own box at `start` meets a box at which it floats: straight across, else around one
/// corner, else on the side that both show.
pub(super) fn reached(start: Point, own: &Place, other: &Place) -> (Point, Side) {
    let (side, rect) = (Side::of(&own.rect, start), &other.rect);
    let middle = rect.center();
    let (right, below) = (middle.x > start.x, middle.y > start.y);
    let ahead = match side {
        Side::Left => !right,
        Side::Right => right,
        Side::Top => !below,
        Side::Bottom => below,
    };
    let (over, beside) =
        (start.x > rect.x && start.x < rect.right(), start.y > rect.y && start.y < rect.bottom());
    let point = match (side.is_upright(), ahead) {
        (true, true) if over => other.across(start.x, !below),
        (true, true) if beside => other.across(middle.x, !below),
        (true, true) => other.beside(middle.y, !right),
        (true, false) => other.across(middle.x, side == Side::Bottom),
        (false, true) if beside => other.beside(start.y, !right),
        (false, true) if over => other.beside(middle.y, !right),
        (false, true) => other.across(middle.x, !below),
        (false, false) => other.beside(middle.y, side == Side::Right),
    };
    (point, Side::of(rect, point))
}

/// The line between two points that leaves and meets both sides at right angles: one bend when the sides stand at a
/// right angle and both see the corner, two when they face each other or the same way, else as many as it needs.
pub(super) fn joined(
    (start, exit): (Point, Side),
    (end, entry): (Point, Side),
    from: &Place,
    to: &Place,
) -> Vec<Point> {
    // The page is turned so that the line leaves to the right.
    let (upright, sign) = (exit.is_upright(), if exit.is_low() { -1.0 } else { 1.0 });
    let turn = |point: Point| {
        let (x, y) = if upright { (point.y, point.x) } else { (point.x, point.y) };
        Point::new(x * sign, y)
    };
    let back = |point: Point| {
        let (x, y) = (point.x * sign, point.y);
        if upright { Point::new(y, x) } else { Point::new(x, y) }
    };
    let turned = |rect: &Rect| {
        let (one, other) = (turn(Point::new(rect.x, rect.y)), turn(Point::new(rect.right(), rect.bottom())));
        Rect::new(one.x.min(other.x), one.y, (one.x - other.x).abs(), other.y - one.y)
    };
    let (a, b) = (turned(&from.rect), turned(&to.rect));
    let (here, there) = (turn(start), turn(end));
    // Columns and rows that the line may run in when the way straight ahead is not free.
    let column = if b.x > here.x { (here.x + b.x) / 2.0 } else { a.right().max(b.right()) + LOOP };
    let gap = (b.y - a.bottom()).max(a.y - b.bottom());
    let row = match b.y > a.bottom() {
        true => (a.bottom() + b.y) / 2.0,
        false if gap > 0.0 => (b.bottom() + a.y) / 2.0,
        false => a.bottom().max(b.bottom()) + LOOP,
    };
    let corners: Vec<(f64, f64)> = match entry.seen_from(exit) {
        Side::Left if there.x >= here.x => {
            let x = (here.x + there.x) / 2.0;
            vec![(x, here.y), (x, there.y)]
        }
        Side::Left => {
            let (out, back) = (here.x + LOOP, there.x - LOOP);
            vec![(out, here.y), (out, row), (back, row), (back, there.y)]
        }
        Side::Right => {
            let x = here.x.max(there.x) + LOOP;
            vec![(x, here.y), (x, there.y)]
        }
        Side::Top if there.x >= here.x && there.y >= here.y => vec![(there.x, here.y)],
        Side::Bottom if there.x >= here.x && there.y <= here.y => vec![(there.x, here.y)],
        Side::Top => {
            let y = if gap > 0.0 && b.y > a.bottom() { row } else { a.y.min(b.y) - LOOP };
            vec![(column, here.y), (column, y), (there.x, y)]
        }
        Side::Bottom => {
            let y = if gap > 0.0 && a.y > b.bottom() { row } else { a.bottom().max(b.bottom()) + LOOP };
            vec![(column, here.y), (column, y), (there.x, y)]
        }
    };
    let corners = corners.into_iter().map(|(x, y)| back(Point::new(x, y)));
    std::iter::once(start).chain(corners).chain([end]).collect()
}
