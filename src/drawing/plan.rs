//! The state of reading one page: what is known of each shape and line so far.

use super::index::Index;
use super::measure::{grown, holds, is_sane, leaves, round, to_border, upright};
use super::nest::{Nest, nests};
use super::page::{End, Line, Page, Shape};
use super::sort::{Sort, has_words, sorts, words_area};
use crate::diagnostic::Diagnostic;
use crate::geometry::{Point, Rect};

/// A line that ends this near to a border ends on it, in px.
pub(super) const SURE: f64 = 5.0;

/// What becomes of a shape.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Part {
    /// Not decided yet.
    Open,
    /// An element of its own.
    Element,
    /// Its words are the name of another shape, or go on with it.
    Words(usize),
    /// A small picture in or on another shape: it says what that one is made with.
    Badge(usize),
    /// A small label at the border of a box: what ends on it ends on the box.
    Port(usize),
    /// It is drawn as a part of another shape: a card round an icon, a cell of a table, the lower sheets of a stack.
    Same(usize),
    /// Its words stand on a line.
    OnLine(usize),
    /// A number on a line.
    StepOfLine(usize),
    /// A number on a shape.
    StepOfShape(usize),
    /// Its number goes with the words of another shape, in a list.
    Listed(usize),
    /// Lines meet in it.
    Joint,
    /// Prose, beside a shape or not.
    Note(Option<usize>),
    /// The title of the page.
    Title,
    /// Prose in a legend: the shape that frames it.
    Legend(usize),
    /// It only says how the page looks.
    Visual,
    /// It could not be read.
    Unread,
}

/// The state of reading one page.
#[derive(Debug)]
pub(super) struct Plan<'a> {
    /// The page.
    pub(super) page: &'a Page,
    /// Upright rectangles of the shapes.
    pub(super) areas: Vec<Rect>,
    /// Where the words of the shapes stand.
    pub(super) words: Vec<Rect>,
    /// What the shapes are by themselves.
    pub(super) sorts: Vec<Sort>,
    /// What holds them.
    pub(super) nests: Vec<Nest>,
    /// Shapes that each one holds, in drawing order.
    pub(super) held: Vec<Vec<usize>>,
    /// Shapes by place, their words outside of them included.
    pub(super) index: Index,
    /// What becomes of them.
    pub(super) parts: Vec<Part>,
    /// How many ends of lines the tool glued to each shape.
    pub(super) glued: Vec<usize>,
    /// How many ends of lines are glued to each shape or lie on its border.
    pub(super) linked: Vec<usize>,
    /// Whether each line is shown.
    pub(super) shown: Vec<bool>,
    /// The ways of the lines; empty when they are not known.
    pub(super) ways: Vec<Vec<Point>>,
    /// Lines by place.
    pub(super) lines: Index,
    /// In words, where the part of each shape comes from.
    pub(super) basis: Vec<Vec<String>>,
    /// Labels at the borders of boxes on which each line ends.
    pub(super) ports: Vec<Vec<usize>>,
    /// In words, where the ends and words of each line come from.
    pub(super) line_basis: Vec<Vec<String>>,
    /// What was told.
    pub(super) told: Vec<Diagnostic>,
}

impl<'a> Plan<'a> {
    /// The state before anything is inferred but who holds whom.
    pub(super) fn new(page: &'a Page) -> Self {
        let sorts = sorts(page);
        let sane = |shape: &Shape| is_sane(shape.bounds);
        let area = |shape: &Shape| match sane(shape) {
            true => upright(shape.bounds, shape.angle),
            false => Rect::default(),
        };
        let areas: Vec<Rect> = page.shapes.iter().map(area).collect();
        let words: Vec<Rect> = page
            .shapes
            .iter()
            .map(|shape| if sane(shape) { words_area(shape) } else { Rect::default() })
            .collect();
        let (nests, deep) = nests(page, &areas, &sorts);
        let mut held = vec![Vec::new(); areas.len()];
        for (at, nest) in nests.iter().enumerate() {
            if let Some(holder) = nest.holder {
                held[holder].push(at);
            }
        }
        let is_seen = |at: &usize| !matches!(sorts[*at], Sort::Hidden | Sort::Broken);
        let index = Index::new((0..areas.len()).filter(is_seen).map(|at| (at, areas[at].union(&words[at]))));
        let shown: Vec<bool> = page.lines.iter().map(|line| is_shown(page, line, &sorts)).collect();
        let way = |(line, shown): (&Line, &bool)| if *shown { way(line, &areas) } else { Vec::new() };
        let ways: Vec<Vec<Point>> = page.lines.iter().zip(&shown).map(way).collect();
        let known = |at: &usize| !ways[*at].is_empty();
        let lines = Index::new((0..ways.len()).filter(known).map(|at| (at, round(&ways[at]))));
        let parts = sorts.iter().map(|sort| match sort {
            Sort::Broken => Part::Unread,
            Sort::Hidden | Sort::Group => Part::Visual,
            _ => Part::Open,
        });
        let mut plan = Self {
            page,
            parts: parts.collect(),
            basis: vec![Vec::new(); areas.len()],
            glued: vec![0; areas.len()],
            linked: vec![0; areas.len()],
            ports: vec![Vec::new(); page.lines.len()],
            line_basis: vec![Vec::new(); page.lines.len()],
            told: Vec::new(),
            areas,
            words,
            sorts,
            nests,
            held,
            index,
            shown,
            ways,
            lines,
        };
        plan.count_links();
        plan.tell_first(deep);
        plan
    }

    /// A shape.
    pub(super) fn shape(&self, at: usize) -> &'a Shape {
        &self.page.shapes[at]
    }

    /// Whether nothing was decided about the shape yet.
    pub(super) fn is_open(&self, at: usize) -> bool {
        self.parts[at] == Part::Open
    }

    /// Whether the shape carries words.
    pub(super) fn has_words(&self, at: usize) -> bool {
        has_words(self.shape(at))
    }

    /// A thing rather than words about one: a box or an icon.
    pub(super) fn is_solid(&self, at: usize) -> bool {
        matches!(self.sorts[at], Sort::Box | Sort::Icon)
    }

    /// What the shape is called in messages.
    pub(super) fn called(&self, at: usize) -> String {
        let shape = self.shape(at);
        let words: Vec<&str> = match &shape.name {
            Some(name) => vec![name.as_str()],
            None => {
                shape.text.iter().map(|line| line.text.as_str()).filter(|text| !text.is_empty()).collect()
            }
        };
        let words = words.join(" ");
        if !words.is_empty() {
            return quoted(&words);
        }
        let named = self.held[at].iter().find(|held| self.parts[**held] == Part::Words(at));
        if let Some(named) = named {
            return self.called(*named);
        }
        match shape.technologies.first() {
            Some(technology) => format!("the icon of {technology}"),
            None => "a shape without words".to_owned(),
        }
    }

    /// The shape that speaks for this one: itself, or what it is a part of.
    pub(super) fn owner(&self, at: usize) -> Option<usize> {
        let mut at = at;
        for _ in 0..8 {
            match &self.parts[at] {
                Part::Element | Part::Joint | Part::Open => return Some(at),
                Part::Words(of)
                | Part::Badge(of)
                | Part::Port(of)
                | Part::Same(of)
                | Part::StepOfShape(of) => at = *of,
                Part::Note(Some(of)) => at = *of,
                Part::Note(None)
                | Part::OnLine(_)
                | Part::StepOfLine(_)
                | Part::Listed(_)
                | Part::Title
                | Part::Legend(_)
                | Part::Visual
                | Part::Unread => return None,
            }
        }
        None
    }

    /// The innermost element round a shape, itself excluded.
    pub(super) fn holder(&self, at: usize) -> Option<usize> {
        let mut next = self.nests[at].holder;
        for _ in 0..=super::nest::DEEPEST {
            let one = next?;
            if let Some(owner) =
                self.owner(one).filter(|owner| *owner != at && self.parts[*owner] == Part::Element)
            {
                return Some(owner);
            }
            next = self.nests[one].holder;
        }
        None
    }

    fn count_links(&mut self) {
        for (line, shown) in self.page.lines.iter().zip(&self.shown) {
            if !shown {
                continue;
            }
            for end in [&line.from, &line.to] {
                match (end.shape, end.point) {
                    (Some(shape), _) if shape < self.linked.len() => {
                        self.glued[shape] += 1;
                        self.linked[shape] += 1;
                    }
                    (None, Some(point)) => {
                        let point = Point::new(point[0], point[1]);
                        for near in self.index.near(&grown(&Rect::new(point.x, point.y, 0.0, 0.0), SURE)) {
                            if to_border(&self.areas[near], point) <= SURE {
                                self.linked[near] += 1;
                            }
                        }
                    }
                    _ => {}
                }
            }
        }
    }

    fn tell_first(&mut self, deep: bool) {
        let page = self.page.place.span;
        let hidden = self.sorts.iter().filter(|sort| **sort == Sort::Hidden).count();
        if hidden > 0 {
            let message = format!("{} not shown and left out", many(hidden, "shape is", "shapes are"));
            self.told.push(
                Diagnostic::note("drawing/hidden", message, page)
                    .help("show the layer or the shape to have it read"),
            );
        }
        for (at, _) in self.sorts.iter().enumerate().filter(|(_, sort)| **sort == Sort::Broken) {
            let message = "the shape stands at no place of a page: a number, at most a million px from the origin, is expected";
            self.told.push(Diagnostic::error("drawing/bad-place", message, self.page.shapes[at].place.span));
        }
        if deep {
            let message = format!(
                "boxes are nested deeper than {}; the deeper ones stand in the last of these",
                super::nest::DEEPEST
            );
            self.told.push(Diagnostic::warning("drawing/too-deep", message, page));
        }
    }
}

/// Whether a line is shown: neither it nor its layer nor what holds it is hidden.
fn is_shown(page: &Page, line: &Line, sorts: &[Sort]) -> bool {
    let layer = line.layer.and_then(|at| page.layers.get(at)).is_none_or(|layer| layer.visible);
    let holder = line.parent.and_then(|at| sorts.get(at)).is_none_or(|sort| *sort != Sort::Hidden);
    layer && holder && !line.hidden
}

/// The way of a line as far as the file tells it: from border to border over its bends.
fn way(line: &Line, areas: &[Rect]) -> Vec<Point> {
    let known = |point: &[f64; 2]| is_sane([point[0], point[1], 0.0, 0.0]);
    let point = |point: &[f64; 2]| Point::new(point[0], point[1]);
    let bends: Vec<Point> = line.points.iter().filter(|bend| known(bend)).map(point).collect();
    let area = |end: &End| end.shape.and_then(|at| areas.get(at));
    let fixed = |end: &End| end.point.as_ref().filter(|point| known(point)).map(point);
    let start = |end: &End, next: Option<Point>| match (fixed(end), area(end)) {
        (Some(point), _) => Some(point),
        (None, Some(area)) => Some(next.map_or(area.center(), |next| touching(area, next, line.orthogonal))),
        (None, None) => None,
    };
    let middle = |end: &End| fixed(end).or_else(|| area(end).map(Rect::center));
    let from = start(&line.from, bends.first().copied().or_else(|| middle(&line.to)));
    let to = start(&line.to, bends.last().copied().or_else(|| middle(&line.from)));
    match (from, to) {
        (Some(from), Some(to)) => std::iter::once(from).chain(bends).chain(std::iter::once(to)).collect(),
        _ if bends.len() > 1 => from.into_iter().chain(bends).chain(to).collect(),
        _ => Vec::new(),
    }
}

/// Where a line that goes to `next` leaves a shape.
fn touching(area: &Rect, next: Point, orthogonal: bool) -> Point {
    if orthogonal && !holds(area, next) {
        // Along an axis when the next point is straight across.
        if next.x >= area.x && next.x <= area.right() {
            return Point::new(next.x, if next.y < area.y { area.y } else { area.bottom() });
        }
        if next.y >= area.y && next.y <= area.bottom() {
            return Point::new(if next.x < area.x { area.x } else { area.right() }, next.y);
        }
    }
    leaves(area, next)
}

/// Words in single quotes, shortened.
pub fn quoted(words: &str) -> String {
    match words.char_indices().nth(48) {
        Some((end, _)) => format!("'{}…'", words[..end].trim_end()),
        None => format!("'{words}'"),
    }
}

/// `1 shape is`, `3 shapes are`.
pub(super) fn many(count: usize, one: &str, more: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {more}") }
}
