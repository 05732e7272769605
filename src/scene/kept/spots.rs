//! Spots for titles, captions and badges.

use super::fit::Block;
use crate::geometry::{Buckets, Point, Rect, Size, Taken};
use crate::model::{Align, Caption, Look};
use crate::scene::badges::Marks;
use crate::scene::shape::{Anchor, Badge, Scene, Text};

/// Space between an outline and the caption beside it.
const GAP: f64 = 3.0;
/// Space between a frame's border and its title.
const INDENT: f64 = 8.0;
/// Extent of a badge.
const BADGE: f64 = 24.0;
/// Pairs of a leg and a caption that are looked at.
const MOST_CROSSINGS: usize = 4_000_000;
/// Room around the picture.
const MARGIN: f64 = 14.0;

/// Room for text and where the author put the text in it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    pub(super) rect: Rect,
    pub(super) caption: Caption,
}

impl Room {
    /// Upper edge of a text of this height.
    pub(super) fn top(&self, height: f64) -> f64 {
        match self.caption {
            Caption::Top | Caption::Below => self.rect.y,
            Caption::Bottom | Caption::Above => self.rect.bottom() - height,
            Caption::Inside | Caption::Left | Caption::Right => self.rect.center().y - height / 2.0,
        }
    }

    pub(super) fn is_outside(&self) -> bool {
        match self.caption {
            Caption::Inside | Caption::Top | Caption::Bottom => false,
            Caption::Above | Caption::Below | Caption::Left | Caption::Right => true,
        }
    }
}

/// The room of a caption beside an outline.
pub(super) fn beside(caption: Caption, bounds: &Rect, size: Size) -> Rect {
    let middle = bounds.center();
    let (x, y) = match caption {
        Caption::Above => (middle.x - size.width / 2.0, bounds.y - GAP - size.height),
        Caption::Left => (bounds.x - GAP - size.width, middle.y - size.height / 2.0),
        Caption::Right => (bounds.right() + GAP, middle.y - size.height / 2.0),
        Caption::Below | Caption::Inside | Caption::Top | Caption::Bottom => {
            (middle.x - size.width / 2.0, bounds.bottom() + GAP)
        }
    };
    Rect::new(x, y, size.width, size.height)
}

/// Where a frame's title may stand, and from where its lines run there: the author's spot first.
pub(super) fn title_spots(look: Look, frame: &Rect, size: Size) -> Vec<(Rect, Anchor)> {
    let (left, middle, right) =
        (frame.x + INDENT, frame.center().x - size.width / 2.0, frame.right() - INDENT - size.width);
    let (top, bottom) = (frame.y + 4.0, frame.bottom() - 4.0 - size.height);
    let (left, middle, right) = ((left, Anchor::Start), (middle, Anchor::Middle), (right, Anchor::End));
    let spot = |(x, anchor): (f64, Anchor), y: f64| (Rect::new(x, y, size.width, size.height), anchor);
    let across = match look.align {
        Align::Center => middle,
        Align::Left => left,
        Align::Right => right,
    };
    let own = match look.caption {
        Caption::Inside | Caption::Top => spot(across, top),
        Caption::Bottom => spot(across, bottom),
        Caption::Above | Caption::Below => {
            let outside = beside(look.caption, frame, size);
            match look.align {
                Align::Center => (outside, Anchor::Middle),
                Align::Left => (Rect { x: frame.x, ..outside }, Anchor::Start),
                Align::Right => (Rect { x: frame.right() - size.width, ..outside }, Anchor::End),
            }
        }
        Caption::Left | Caption::Right => (beside(look.caption, frame, size), Anchor::Middle),
    };
    vec![
        own,
        spot(across, top),
        spot(middle, top),
        spot(left, top),
        spot(right, top),
        spot(middle, bottom),
        spot(left, bottom),
        spot(right, bottom),
        spot(middle, frame.center().y - size.height / 2.0),
    ]
}

/// A frame's title that reads upwards, at the left border; with the room that it takes.
pub(super) fn upwards(block: &Block, frame: &Rect) -> (Rect, Vec<Text>) {
    let size = block.extent();
    let (x, middle) = (frame.x + 4.0, frame.center().y);
    let spot = Rect::new(x, middle - size.width / 2.0, size.height, size.width);
    // Lying, its lines begin at the origin of a room as wide as the title is long.
    let lying = block.placed(&Rect::new(0.0, 0.0, size.width, size.height), 0.0, Anchor::Middle);
    let turn = |text: Text| {
        let at = Point::new(spot.x + text.at.y, spot.bottom() - text.at.x);
        Text { at, turned: true, ..text }
    };
    (spot, lying.into_iter().map(turn).collect())
}

/// Puts a halo below captions that a line runs through.
pub(super) fn halos(scene: &mut Scene) {
    let at: Vec<usize> = (0..scene.shapes.len()).filter(|at| scene.shapes[*at].caption.is_some()).collect();
    let rects: Vec<Rect> =
        at.iter().filter_map(|at| scene.shapes[*at].caption.as_ref()).map(|caption| caption.bounds).collect();
    let legs: usize = scene.connectors.iter().map(|connector| connector.points.len()).sum();
    if legs.saturating_mul(rects.len()) > MOST_CROSSINGS {
        // A page as full as this: lines run everywhere.
        for at in at {
            scene.shapes[at].caption.iter_mut().for_each(|caption| caption.halo = true);
        }
        return;
    }
    let buckets = Buckets::of(&rects);
    let mut found = Vec::new();
    for leg in scene.connectors.iter().flat_map(|connector| connector.points.windows(2)) {
        let [from, to] = leg else { continue };
        let around =
            Rect::new(from.x.min(to.x), from.y.min(to.y), (from.x - to.x).abs(), (from.y - to.y).abs());
        buckets.near(&around, &mut found);
        for number in &found {
            let number = *number as usize;
            if let Some(caption) = at.get(number).and_then(|at| scene.shapes[*at].caption.as_mut())
                && crosses(*from, *to, &caption.bounds)
            {
                caption.halo = true;
            }
        }
    }
}

/// Whether a leg enters a rectangle.
fn crosses(from: Point, to: Point, rect: &Rect) -> bool {
    // The part of the leg, from 0 to 1, that lies between two parallel sides.
    let between = |start: f64, delta: f64, low: f64, high: f64| {
        if delta.abs() < 1e-9 {
            if start > low && start < high { (0.0, 1.0) } else { (1.0, 0.0) }
        } else {
            let (one, other) = ((low - start) / delta, (high - start) / delta);
            (one.min(other), one.max(other))
        }
    };
    let x = between(from.x, to.x - from.x, rect.x, rect.right());
    let y = between(from.y, to.y - from.y, rect.y, rect.bottom());
    x.0.max(y.0).max(0.0) < x.1.min(y.1).min(1.0)
}

/// Puts badges on corners where they cover no text.
pub(super) fn badges(scene: &mut Scene, marks: &Marks) {
    let mut taken = text_room(scene);
    for shape in &mut scene.shapes {
        let found = marks.element(&shape.id);
        shape.badges =
            corner(found.len(), &shape.bounds, &mut taken).zip(found).map(|(at, mark)| mark.at(at)).collect();
    }
    for group in &mut scene.groups {
        let found = marks.element(&group.id);
        group.badges =
            corner(found.len(), &group.bounds, &mut taken).zip(found).map(|(at, mark)| mark.at(at)).collect();
    }
}

/// Where text stands.
fn text_room(scene: &Scene) -> Taken {
    let labels = scene.connectors.iter().filter_map(|connector| connector.label.as_ref());
    let captions = scene.shapes.iter().filter_map(|shape| shape.caption.as_ref());
    let blocks = labels.map(|label| label.bounds).chain(captions.map(|caption| caption.bounds));
    let texts = scene.shapes.iter().flat_map(|shape| &shape.texts);
    let texts = texts.chain(scene.groups.iter().flat_map(|group| &group.texts));
    let texts = texts.chain(scene.remarks.iter().flat_map(|remark| &remark.texts));
    let rects: Vec<Rect> = texts.map(line).chain(blocks).collect();
    let extent = rects.iter().copied().reduce(|whole, rect| whole.union(&rect)).unwrap_or_default();
    let mut taken = Taken::new(&extent, rects.len());
    rects.into_iter().for_each(|rect| taken.add(rect, 0));
    taken
}

/// The room of one line of text.
fn line(text: &Text) -> Rect {
    let size = text.size.unwrap_or(13.0);
    let left = match text.anchor {
        Anchor::Start => text.at.x,
        Anchor::Middle => text.at.x - text.width / 2.0,
        Anchor::End => text.at.x - text.width,
    };
    Rect::new(left, text.at.y - size * 0.8, text.width, size)
}

/// Centers of a row of badges at a corner or side of a box: the first one that covers nothing.
fn corner(count: usize, bounds: &Rect, taken: &mut Taken) -> impl Iterator<Item = Point> + use<> {
    #[expect(clippy::cast_precision_loss, reason = "a handful of badges")]
    let width = count as f64 * BADGE;
    let half = BADGE / 2.0;
    let (left, right) = (bounds.x - half, bounds.right() + half - width);
    let (top, bottom) = (bounds.y - 3.0, bounds.bottom() + 3.0);
    let spots = [
        (right, top),
        (left, top),
        (right, bottom),
        (left, bottom),
        (bounds.right() + 2.0, top + half),
        (bounds.x - 2.0 - width, top + half),
        (bounds.right() + 2.0, bottom - half),
        (bounds.x - 2.0 - width, bottom - half),
        (right - half, top - half),
        (bounds.center().x - width / 2.0, top - half),
    ];
    let row = |(x, y): (f64, f64)| Rect::new(x, y - half, width, BADGE);
    let mut best: Option<(f64, Rect)> = None;
    for spot in spots.into_iter().map(row).filter(|_| count > 0) {
        let covered = taken.shared(&spot, usize::MAX);
        if best.is_none_or(|(least, _)| covered < least) {
            best = Some((covered, spot));
        }
        if covered <= 0.0 {
            break;
        }
    }
    let spot = best.map(|(_, spot)| spot).unwrap_or_default();
    if count > 0 {
        taken.add(spot, 1);
    }
    // From the corner inwards, as everywhere.
    let mut x = spot.right() + half;
    (0..count).map(move |_| {
        x -= BADGE;
        Point::new(x, spot.center().y)
    })
}

/// Moves everything so that it begins at the margin, and sets the size.
pub(super) fn to_origin(scene: &mut Scene) {
    let around = |badge: &Badge| Rect::new(badge.at.x - 13.0, badge.at.y - 13.0, 26.0, 26.0);
    let mut all = scene.groups.iter().map(|group| group.bounds).collect::<Vec<_>>();
    all.extend(scene.shapes.iter().map(|shape| shape.bounds));
    all.extend(scene.shapes.iter().filter_map(|shape| Some(shape.caption.as_ref()?.bounds)));
    all.extend(scene.remarks.iter().map(|remark| remark.bounds));
    all.extend(scene.connectors.iter().filter_map(|connector| Some(connector.label.as_ref()?.bounds)));
    let points = scene.connectors.iter().flat_map(|connector| &connector.points);
    all.extend(points.map(|point| Rect::new(point.x, point.y, 0.0, 0.0)));
    let texts = scene.shapes.iter().flat_map(|shape| &shape.texts);
    all.extend(texts.chain(scene.groups.iter().flat_map(|group| &group.texts)).map(line));
    all.extend(scene.remarks.iter().flat_map(|remark| &remark.texts).map(line));
    all.extend(scene.shapes.iter().flat_map(|shape| &shape.badges).map(around));
    all.extend(scene.groups.iter().flat_map(|group| &group.badges).map(around));
    let Some(extent) = all.into_iter().reduce(|whole, rect| whole.union(&rect)) else { return };
    let by = Point::new(MARGIN - extent.x, MARGIN - extent.y);
    scene.shift(by);
    scene.size = Size::new(extent.width + 2.0 * MARGIN, extent.height + 2.0 * MARGIN);
}
