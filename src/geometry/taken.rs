//! Room that is taken.

use super::{Buckets, Rect};

/// Two rectangles that share less than this in one direction do not disturb each other.
const TOUCH: f64 = 0.5;

/// Large rectangles that are kept in mind; on a page with more of them no room is free anyway.
const MOST_LARGE: usize = 512;

/// Rectangles that nothing else may lie on, each with an owner whom its own does not disturb.
#[derive(Clone, Debug)]
pub struct Taken {
    buckets: Buckets,
    rects: Vec<(Rect, usize)>,
    found: Vec<u32>,
    large: usize,
}

impl Taken {
    /// An empty page for about `items` rectangles.
    pub fn new(extent: &Rect, items: usize) -> Self {
        Self { buckets: Buckets::new(extent, items), rects: Vec::new(), found: Vec::new(), large: 0 }
    }

    /// Takes a rectangle for an owner.
    pub fn add(&mut self, rect: Rect, owner: usize) {
        if self.buckets.is_large(&rect) {
            self.large += 1;
            if self.large > MOST_LARGE {
                return;
            }
        }
        let number = u32::try_from(self.rects.len()).unwrap_or(u32::MAX);
        self.buckets.insert(&rect, number);
        self.rects.push((rect, owner));
    }

    /// Whether nothing but what belongs to `owner` lies there.
    pub fn is_free(&mut self, rect: &Rect, owner: usize) -> bool {
        self.shared(rect, owner) <= 0.0
    }

    /// The area that `rect` shares with what does not belong to `owner`.
    pub fn shared(&mut self, rect: &Rect, owner: usize) -> f64 {
        self.buckets.near(rect, &mut self.found);
        let others = self.found.iter().filter_map(|number| self.rects.get(*number as usize));
        let common = |other: &Rect| {
            let wide = rect.right().min(other.right()) - rect.x.max(other.x);
            let high = rect.bottom().min(other.bottom()) - rect.y.max(other.y);
            if wide > TOUCH && high > TOUCH { wide * high } else { 0.0 }
        };
        others.filter(|(_, other)| *other != owner).map(|(other, _)| common(other)).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST_LARGE, Taken};
    use crate::geometry::Rect;

    #[test]
    fn an_owner_is_not_in_its_own_way() {
        let mut taken = Taken::new(&Rect::new(0.0, 0.0, 100.0, 100.0), 2);
        taken.add(Rect::new(0.0, 0.0, 50.0, 50.0), 7);
        assert!(taken.is_free(&Rect::new(10.0, 10.0, 5.0, 5.0), 7));
        assert!(!taken.is_free(&Rect::new(10.0, 10.0, 5.0, 5.0), 8));
        assert!(taken.is_free(&Rect::new(50.0, 0.0, 50.0, 50.0), 8));
        assert!(!taken.is_free(&Rect::new(49.0, -20.0, 500.0, 500.0), 8));
    }

    #[test]
    fn many_large_rectangles_take_little_room() {
        let page = Rect::new(0.0, 0.0, 1e5, 1e5);
        let mut taken = Taken::new(&page, 100_000);
        (0..100_000).for_each(|owner| taken.add(page, owner));
        assert!(!taken.is_free(&Rect::new(10.0, 10.0, 5.0, 5.0), usize::MAX));
        assert_eq!(taken.rects.len(), MOST_LARGE);
    }
}
