//! Boxes, frames and prose with their texts.

use super::spots::{self, Room};
use super::*;
use super::{fit, form};
use crate::geometry::{Buckets, Taken};
use crate::model::{Align, Caption, Element, PlainFrame, ViewNote};
use crate::scene::shape::{Anchor, Remark, Text, TextStyle};

/// Usual size of a name in px.
const NAME: f64 = 13.0;
/// Usual size of a frame's title in px.
const TITLE: f64 = 12.0;
/// Usual size of prose in px.
const PROSE: f64 = 12.0;
/// Largest type of a name in px.
const LARGEST: f64 = 20.0;
/// Space between a frame's border and its title.
const INDENT: f64 = 8.0;
/// Frames at one spot that are looked at; nobody tells more of them apart.
const MOST_FRAMES: usize = 256;
/// Owner of what belongs to nothing.
const NOBODY: usize = usize::MAX;

/// A page on which texts find their room.
pub(super) struct Sheet<'a> {
    model: &'a Model,
    plan: &'a Plan<'a>,
    view: &'a View,
    drawn: &'a Drawn<'a>,
    nodes: Vec<Rect>,
    frames: Vec<Rect>,
    frame_grid: Buckets,
    found: Vec<u32>,
    taken: Taken,
    /// Title blocks, by frame.
    pub(super) titles: Vec<Rect>,
    title_texts: Vec<(Vec<Text>, bool)>,
    captions: Vec<Rect>,
}

impl<'a> Sheet<'a> {
    pub(super) fn new(
        model: &'a Model,
        plan: &'a Plan<'a>,
        view: &'a View,
        drawn: &'a Drawn<'a>,
        boxes: &Boxes,
    ) -> Self {
        let all = || boxes.nodes.iter().chain(&boxes.boundaries).copied();
        let extent = all().reduce(|whole, rect| whole.union(&rect)).unwrap_or_default();
        let mut taken = Taken::new(&extent, 2 * (boxes.nodes.len() + boxes.boundaries.len()));
        for (at, rect) in boxes.nodes.iter().enumerate() {
            taken.add(*rect, at);
        }
        let mut sheet = Self {
            model,
            plan,
            view,
            drawn,
            nodes: boxes.nodes.clone(),
            frames: boxes.boundaries.clone(),
            frame_grid: Buckets::of(&boxes.boundaries),
            found: Vec::new(),
            taken,
            titles: Vec::new(),
            title_texts: Vec::new(),
            captions: Vec::new(),
        };
        for at in 0..plan.frames.len() {
            sheet.title(at);
        }
        sheet
    }

    fn look(&self, element: &Element) -> Look {
        self.drawn.looks.get(&element.id).copied().unwrap_or_default()
    }

    /// A frame's title: where the author put it, else in the first corner that is free.
    fn title(&mut self, at: usize) {
        let (element, bounds) = (self.plan.frames[at].element, self.frames[at]);
        let look = self.look(element);
        let wanted = self.drawn.type_size(look, TITLE).clamp(9.0, LARGEST);
        if look.turned {
            let room = fit::Room::new((bounds.height - 2.0 * INDENT).max(0.0), 2.0 * TITLE);
            let block = fit::text(&element.name, TextStyle::ZoneTitle, &room, wanted);
            let (spot, texts) = spots::upwards(&block, &bounds);
            self.taken.add(spot, NOBODY);
            self.titles.push(spot);
            self.title_texts.push((texts, block.cut));
            return;
        }
        let room =
            fit::Room::new((bounds.width - 2.0 * INDENT).max(0.0), (bounds.height - 4.0).clamp(0.0, 48.0));
        let role = measure::role(element, zone_kind(self.model, element));
        let mut block = fit::name(&element.name, &[&role], TextStyle::ZoneTitle, &room, wanted);
        let first = spots::title_spots(look, &bounds, block.extent())
            .into_iter()
            .find(|(spot, _)| self.is_free_in(spot, at));
        let (spot, anchor) = first.unwrap_or_else(|| {
            // The name alone needs less room.
            block = fit::text(&element.name, TextStyle::ZoneTitle, &room, wanted);
            let spots = spots::title_spots(look, &bounds, block.extent());
            self.least_covered(spots, NOBODY)
        });
        self.taken.add(spot, NOBODY);
        self.titles.push(spot);
        self.title_texts.push((block.placed(&spot, spot.y, anchor), block.cut));
    }

    /// Nothing lies there but the frame and what holds it.
    fn is_free_in(&mut self, spot: &Rect, frame: usize) -> bool {
        let inner = |other: &Rect| !other.contains(&self.frames[frame], 0.5) && other.overlaps(spot, 0.5);
        self.frame_grid.near(spot, &mut self.found);
        let near = self.found.iter().take(MOST_FRAMES).map(|number| &self.frames[*number as usize]);
        !near.into_iter().any(inner) && self.taken.is_free(spot, NOBODY - 1)
    }

    fn least_covered(&mut self, spots: Vec<(Rect, Anchor)>, owner: usize) -> (Rect, Anchor) {
        let covered = spots.into_iter().map(|spot| (self.taken.shared(&spot.0, owner), spot));
        covered
            .reduce(|best, next| if next.0 < best.0 { next } else { best })
            .map_or((Rect::default(), Anchor::Middle), |(_, spot)| spot)
    }

    /// The boxes, captions placed.
    pub(super) fn shapes(&mut self) -> Vec<Shape> {
        (0..self.plan.boxes.len()).map(|at| self.shape(at)).collect()
    }

    fn shape(&mut self, at: usize) -> Shape {
        let item = &self.plan.boxes[at];
        let element = item.element;
        let bounds = self.nodes[at];
        let parent = item.parent.map(|frame| self.plan.frames[frame].element.id.to_string());
        let blank = Shape {
            id: element.id.to_string(),
            parent,
            bounds,
            outline: Outline::Card,
            glyph: Glyph::None,
            glyph_at: Point::default(),
            glyph_scale: 1.0,
            tint: None,
            stacked: false,
            dashed: measure::external(element),
            filled: true,
            stroked: true,
            texts: Vec::new(),
            caption: None,
            full: None,
            badges: Vec::new(),
        };
        if self.drawn.nodes[at].is_none() {
            let card = measure::card(element);
            return Shape {
                outline: card.outline,
                glyph: card.glyph,
                glyph_at: Point::new(bounds.x + 11.0, bounds.y + (bounds.height / 2.0).min(22.0)),
                texts: card.texts(Point::new(bounds.x, bounds.y)),
                ..blank
            };
        }
        let look = self.look(element);
        let (outline, glyph) = form::outline(look.form, element, zone_kind(self.model, element));
        let (filled, stroked) = (!look.unfilled, !look.unstroked);
        let mut shape = Shape { outline, glyph, tint: look.tint, filled, stroked, ..blank };
        shape.dashed |= look.dashed;
        let side = bounds.width.min(bounds.height);
        if outline == Outline::Tile {
            shape.glyph_scale = (side * 0.55 / 14.0).clamp(0.4, 4.0);
            let middle = bounds.center();
            shape.glyph_at = Point::new(middle.x - 7.0 * shape.glyph_scale, middle.y);
        }
        let caption = match (look.caption, outline) {
            // Words on a tile would cover its glyph, and a person has no room for them.
            (Caption::Inside | Caption::Top | Caption::Bottom, Outline::Tile | Outline::Person) => {
                Caption::Below
            }
            (caption, _) => caption,
        };
        let details = [measure::technologies(element), element.description.clone().unwrap_or_default()];
        let details: Vec<&str> = details.iter().map(String::as_str).collect();
        let wanted = self.drawn.type_size(look, NAME).clamp(8.0, LARGEST);
        let room = match caption {
            Caption::Inside | Caption::Top | Caption::Bottom => {
                let own = form::room(outline, &bounds);
                spots::Room { rect: self.grown(own, &element.name, at), caption }
            }
            Caption::Above | Caption::Below | Caption::Left | Caption::Right => {
                let rect = self.beside(caption, &element.name, &bounds, wanted, at);
                spots::Room { rect, caption }
            }
        };
        let mut own = fit::Room::new(room.rect.width, room.rect.height);
        if room.rect == form::room(outline, &bounds) && caption == Caption::Inside {
            own.taper = form::taper(outline);
        }
        let block = fit::name(&element.name, &details, TextStyle::Name, &own, wanted);
        let (top, extent) = (room.top(block.extent().height), block.extent());
        let anchor = if room.is_outside() { Anchor::Middle } else { anchor(look.align) };
        let texts = block.placed(&room.rect, top, anchor);
        shape.full = block.cut.then(|| element.name.clone());
        if room.is_outside() || !bounds.contains(&room.rect, 0.5) {
            let label =
                Rect::new(room.rect.center().x - extent.width / 2.0, top, extent.width, extent.height);
            self.taken.add(label, at);
            self.captions.push(label);
            shape.caption = Some(Label { bounds: label, halo: false, texts });
        } else {
            shape.texts = texts;
        }
        shape
    }

    /// Room for the name of a box that is too small for any: it may reach over the box when nothing is there.
    fn grown(&mut self, own: Rect, name: &str, owner: usize) -> Rect {
        let needed =
            name.split_whitespace().map(|word| fit::natural(word, TextStyle::Name, 9.0)).fold(0.0, f64::max);
        let needed = needed.min(120.0);
        if own.width >= needed && own.height >= 11.0 {
            return own;
        }
        let middle = own.center();
        let (width, height) = (own.width.max(needed + 2.0), own.height.max(12.0));
        let grown = Rect::new(middle.x - width / 2.0, middle.y - height / 2.0, width, height);
        if self.taken.is_free(&grown, owner) { grown } else { own }
    }

    /// Room for a name beside its outline: as wide as it needs, narrower when something stands there.
    fn beside(&mut self, caption: Caption, name: &str, bounds: &Rect, wanted: f64, owner: usize) -> Rect {
        let mut best: Option<(f64, Rect)> = None;
        for size in [wanted, (wanted - 2.0).max(8.0), 8.0] {
            let size = fit::size(size);
            let natural = fit::natural(name, TextStyle::Name, size) + 2.0;
            for width in [190.0, 140.0, 110.0, 84.0, 64.0] {
                let lines = fit::broken(name, TextStyle::Name, size, f64::min(width, natural));
                let widest =
                    lines.iter().map(|line| fit::natural(line, TextStyle::Name, size)).fold(0.0, f64::max);
                let height = fit::height(lines.len().min(4), size);
                let room = spots::beside(caption, bounds, Size::new(widest.max(1.0) + 1.0, height + 0.5));
                let covered = self.taken.shared(&room, owner);
                if covered <= 0.0 {
                    return room;
                }
                if best.is_none_or(|(least, _)| covered < least) {
                    best = Some((covered, room));
                }
            }
        }
        best.map(|(_, room)| room).unwrap_or_default()
    }

    pub(super) fn groups(&self) -> Vec<Group> {
        let make = |(at, frame): (usize, &crate::scene::plan::Frame<'_>)| {
            let look = self.look(frame.element);
            let (texts, cut) = self.title_texts[at].clone();
            let outline = match look.form {
                Form::Icon | Form::Text | Form::Person | Form::Table => Outline::Rectangle,
                form => form::plain(form),
            };
            Group {
                id: frame.element.id.to_string(),
                parent: frame.parent.map(|parent| self.plan.frames[parent].element.id.to_string()),
                bounds: self.frames[at],
                outline,
                surface: surface(zone_kind(self.model, frame.element)),
                tint: look.tint,
                texts,
                full: cut.then(|| frame.element.name.clone()),
                badges: Vec::new(),
                dashed: look.dashed || measure::external(frame.element),
                filled: !look.unfilled,
                stroked: !look.unstroked,
            }
        };
        self.plan.frames.iter().enumerate().map(make).collect()
    }

    /// The author's prose at its places.
    pub(super) fn remarks(&self) -> Vec<Remark> {
        let mut frames: Vec<Remark> = self.view.frames.iter().filter_map(|one| self.plain(one)).collect();
        frames.sort_by(|one, other| area(&other.bounds).total_cmp(&area(&one.bounds)));
        let notes = self.placed_notes().map(|(note, bounds)| self.remark(note, bounds));
        frames.into_iter().chain(notes).collect()
    }

    /// An outline without words.
    fn plain(&self, frame: &PlainFrame) -> Option<Remark> {
        let look = frame.look;
        Some(Remark {
            bounds: self.drawn.canvas.rect(&super::bounds(Some(frame.bounds))?),
            outline: form::plain(look.form),
            tint: look.tint,
            dashed: look.dashed,
            filled: !look.unfilled,
            stroked: !look.unstroked,
            texts: Vec::new(),
            full: None,
        })
    }

    fn placed_notes(&self) -> impl Iterator<Item = (&ViewNote, Rect)> {
        self.view
            .notes
            .iter()
            .filter_map(|note| Some((note, self.drawn.canvas.rect(&super::bounds(note.bounds)?))))
    }

    fn remark(&self, note: &ViewNote, bounds: Rect) -> Remark {
        let look = note.look.unwrap_or(Look { form: Form::Text, ..Look::default() });
        let outline = form::plain(look.form);
        let room = Room { rect: form::room(outline, &bounds), caption: look.caption };
        let wanted = self.drawn.type_size(look, PROSE);
        let mut size = fit::Room::new(room.rect.width, room.rect.height + 2.0);
        size.taper = form::taper(outline);
        let block = fit::text(&note.text, TextStyle::Flow, &size, wanted);
        Remark {
            bounds,
            outline,
            tint: look.tint,
            dashed: look.dashed,
            filled: !look.unfilled,
            stroked: !look.unstroked,
            texts: block.placed(&room.rect, room.top(block.extent().height), anchor(look.align)),
            full: block.cut.then(|| note.text.clone()),
        }
    }

    /// Texts that labels keep off: captions and prose.
    pub(super) fn texts(&self) -> Vec<Rect> {
        self.captions.iter().copied().chain(self.placed_notes().map(|(_, bounds)| bounds)).collect()
    }
}

fn anchor(align: Align) -> Anchor {
    match align {
        Align::Center => Anchor::Middle,
        Align::Left => Anchor::Start,
        Align::Right => Anchor::End,
    }
}
