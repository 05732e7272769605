//! Where lines meet the outline of a box.

use crate::geometry::{Point, Rect};

/// The outline of a box, as far as lines care.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Border {
    /// The rectangle itself.
    #[default]
    Rectangle,
    /// The ellipse that touches its sides.
    Ellipse,
    /// The diamond between the middles of its sides.
    Diamond,
}

/// An end that is farther than this from its box, in px, is drawn on to it.
const MISS: f64 = 2.0;

/// A box with its outline.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) rect: Rect,
    pub(super) border: Border,
    /// The name beside it.
    pub(super) caption: Option<Rect>,
}

impl Place {
    /// Whether a point lies inside, farther than `depth` px from the border of the rectangle.
    pub(super) fn holds(&self, point: Point, depth: f64) -> bool {
        let rect = &self.rect;
        // Small boxes have a middle, too.
        let (wide, high) = (depth.min(rect.width / 4.0), depth.min(rect.height / 4.0));
        point.x > rect.x + wide
            && point.x < rect.right() - wide
            && point.y > rect.y + high
            && point.y < rect.bottom() - high
    }

    /// The nearest point of the box or of its caption, for an end that lies more than a stroke's width outside of both.
    pub(super) fn missed(&self, end: Point) -> Option<Point> {
        let inside = |at: f64, low: f64, high: f64| at.max(low).min(high.max(low));
        let nearest = |rect: &Rect| {
            Point::new(inside(end.x, rect.x, rect.right()), inside(end.y, rect.y, rect.bottom()))
        };
        let gap =
            |point: &Point| (point.x - end.x) * (point.x - end.x) + (point.y - end.y) * (point.y - end.y);
        let own = nearest(&self.rect);
        let caption = self.caption.as_ref().map(nearest).filter(|caption| gap(caption) < gap(&own));
        Some(caption.unwrap_or(own)).filter(|point| gap(point) > MISS * MISS)
    }

    /// Where the ray from the middle towards `to` leaves the outline.
    pub(super) fn towards(&self, to: Point) -> Point {
        let middle = self.rect.center();
        let (dx, dy) = (to.x - middle.x, to.y - middle.y);
        let (a, b) = (self.rect.width / 2.0, self.rect.height / 2.0);
        if (dx == 0.0 && dy == 0.0) || a <= 0.0 || b <= 0.0 {
            return middle;
        }
        let (x, y) = (dx / a, dy / b);
        let reach = match self.border {
            Border::Rectangle => x.abs().max(y.abs()),
            Border::Ellipse => (x * x + y * y).sqrt(),
            Border::Diamond => x.abs() + y.abs(),
        };
        Point::new(middle.x + dx / reach, middle.y + dy / reach)
    }

    /// Where a horizontal line at `y` meets the right or left part of the outline.
    pub(super) fn beside(&self, y: f64, right: bool) -> Point {
        let middle = self.rect.center();
        let reach = self.rect.width / 2.0 * self.share((y - middle.y) / (self.rect.height / 2.0).max(0.01));
        Point::new(if right { middle.x + reach } else { middle.x - reach }, y)
    }

    /// Where a vertical line at `x` meets the lower or upper part of the outline.
    pub(super) fn across(&self, x: f64, below: bool) -> Point {
        let middle = self.rect.center();
        let reach = self.rect.height / 2.0 * self.share((x - middle.x) / (self.rect.width / 2.0).max(0.01));
        Point::new(x, if below { middle.y + reach } else { middle.y - reach })
    }

    /// How much of its half extent the outline has at this part (-1 to 1) of the other half extent.
    fn share(&self, part: f64) -> f64 {
        let part = part.abs().min(1.0);
        match self.border {
            Border::Rectangle => 1.0,
            Border::Ellipse => (1.0 - part * part).sqrt(),
            Border::Diamond => 1.0 - part,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Border, Place};
    use crate::geometry::{Point, Rect};

    fn place(border: Border) -> Place {
        Place { rect: Rect::new(0.0, 0.0, 100.0, 50.0), border, caption: None }
    }

    #[test]
    fn rays_end_on_the_outline() {
        let corner = Point::new(150.0, 75.0);
        assert_eq!(place(Border::Rectangle).towards(corner), Point::new(100.0, 50.0));
        assert_eq!(place(Border::Diamond).towards(corner), Point::new(75.0, 37.5));
        let point = place(Border::Ellipse).towards(corner);
        let (x, y) = ((point.x - 50.0) / 50.0, (point.y - 25.0) / 25.0);
        assert!((x * x + y * y - 1.0).abs() < 1e-9);
    }

    #[test]
    fn a_box_without_extent_has_only_a_middle() {
        let dot = Place { rect: Rect::new(5.0, 5.0, 0.0, 0.0), border: Border::Ellipse, caption: None };
        assert_eq!(dot.towards(Point::new(9.0, 9.0)), Point::new(5.0, 5.0));
        assert!(dot.beside(5.0, true).x.is_finite() && dot.across(7.0, true).y.is_finite());
    }
}
