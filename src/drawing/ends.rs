//! Where lines end: on what the tool glued them to, else on what they reach.

use super::furniture::descendants;
use super::measure::{apart, distance, extent, grown, holds, inside, steps, to_border, way_to};
use super::page::{End, Line};
use super::plan::{Part, Plan, SURE};
use super::sort::Sort;
use crate::diagnostic::Diagnostic;
use crate::geometry::{Point, Rect};

/// A loose end farther than this from a border does not reach it, in px.
pub(super) const REACH: f64 = 20.0;
/// A loose end that points elsewhere reaches this far at most, in px.
const ASIDE: f64 = 12.0;
/// Of two shapes that a loose end may reach, one must be nearer by this many px.
const CLEARLY: f64 = 6.0;

/// Where an end is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Anchor {
    /// At an element.
    Element(usize),
    /// At a note.
    Note(usize),
    /// At a shape in which lines meet.
    Joint(usize),
    /// Somewhere on another line.
    Line(usize),
    /// At an end of another line: 0 its start, 1 its end.
    EndOf(usize, usize),
    /// At nothing; the nearest element and its distance in px.
    Loose(Option<(usize, f64)>),
    /// At a part of the page that is no architecture: a legend, a title.
    Furniture,
}

/// Both ends of every line that is shown.
pub(super) fn anchors(plan: &mut Plan<'_>) -> Vec<[Anchor; 2]> {
    let ends = Ends::of(plan);
    let mut all = Vec::with_capacity(plan.page.lines.len());
    for at in 0..plan.page.lines.len() {
        let line = &plan.page.lines[at];
        if !plan.shown[at] {
            all.push([Anchor::Furniture, Anchor::Furniture]);
            continue;
        }
        let from = anchor(plan, &ends, at, 0, &line.from);
        let to = anchor(plan, &ends, at, 1, &line.to);
        all.push([from, to]);
    }
    all
}

/// Loose ends of lines, by place.
struct Ends {
    index: super::index::Index,
    points: Vec<Option<Point>>,
}

impl Ends {
    fn of(plan: &Plan<'_>) -> Self {
        let loose = |end: &End| match end {
            End { shape: None, line: None, point: Some(point), .. } => Some(Point::new(point[0], point[1])),
            _ => None,
        };
        let lines = plan.page.lines.iter().zip(&plan.shown);
        let points: Vec<Option<Point>> = lines
            .flat_map(|(line, shown)| [&line.from, &line.to].map(|end| loose(end).filter(|_| *shown)))
            .collect();
        let index = super::index::Index::new(
            points.iter().enumerate().filter_map(|(at, point)| point.map(|point| (at, spot(point)))),
        );
        Self { index, points }
    }

    /// An end of another line at this place.
    fn at(&self, point: Point, line: usize) -> Option<(usize, usize)> {
        let near = self.index.near(&grown(&spot(point), SURE)).into_iter();
        let found = near
            .filter(|at| at / 2 != line)
            .find(|at| self.points[*at].is_some_and(|other| apart(other, point) <= SURE));
        found.map(|at| (at / 2, at % 2))
    }
}

fn spot(point: Point) -> Rect {
    Rect::new(point.x, point.y, 0.0, 0.0)
}

fn anchor(plan: &mut Plan<'_>, ends: &Ends, line: usize, side: usize, end: &End) -> Anchor {
    if let Some(other) = end.line.filter(|other| *other < plan.page.lines.len() && *other != line) {
        return Anchor::Line(other);
    }
    if let Some(shape) = end.shape.filter(|shape| *shape < plan.areas.len()) {
        return glued(plan, ends, line, side, shape, end);
    }
    match end.point {
        Some(point) => snap(plan, ends, line, side, Point::new(point[0], point[1])),
        None => Anchor::Loose(None),
    }
}

/// What an end is on that the tool glued to a shape.
fn glued(plan: &mut Plan<'_>, ends: &Ends, line: usize, side: usize, shape: usize, end: &End) -> Anchor {
    match &plan.parts[shape] {
        Part::Note(Some(of)) if plan.sorts[shape] == Sort::Words => Anchor::Element(*of),
        Part::Note(_) => Anchor::Note(shape),
        Part::OnLine(other) | Part::StepOfLine(other) if *other != line => Anchor::Line(*other),
        Part::OnLine(_) | Part::StepOfLine(_) => Anchor::Loose(None),
        Part::Title | Part::Legend(_) | Part::Listed(_) | Part::Unread => Anchor::Furniture,
        Part::Visual if plan.sorts[shape] == Sort::Hidden => Anchor::Furniture,
        Part::Visual => {
            // A group or a mere ornament: what it holds, when that is one thing, else what lies there.
            if let Some(one) = only_member(plan, shape) {
                let name = plan.called(one);
                tell_basis(plan, line, side, format!("is glued to the group of {name}"));
                return Anchor::Element(one);
            }
            match end.point.or_else(|| fallback(plan, line, side)) {
                Some(point) => snap(plan, ends, line, side, Point::new(point[0], point[1])),
                None => plan.holder(shape).map_or(Anchor::Loose(None), Anchor::Element),
            }
        }
        _ => match plan.owner(shape) {
            Some(owner) if plan.parts[owner] == Part::Joint => Anchor::Joint(owner),
            Some(owner) => {
                if matches!(plan.parts[shape], Part::Port(_)) {
                    plan.ports[line].push(shape);
                }
                if owner != shape && matches!(plan.parts[shape], Part::Words(_) | Part::Port(_)) {
                    let words = super::plan::quoted(&super::words::text(plan, shape));
                    tell_basis(plan, line, side, format!("is glued to the words {words}"));
                }
                Anchor::Element(owner)
            }
            None => Anchor::Loose(None),
        },
    }
}

fn fallback(plan: &Plan<'_>, line: usize, side: usize) -> Option<[f64; 2]> {
    let way = &plan.ways[line];
    let point = if side == 0 { way.first() } else { way.last() };
    point.map(|point| [point.x, point.y])
}

/// The one element in a group.
fn only_member(plan: &Plan<'_>, group: usize) -> Option<usize> {
    let by_tool = |at: &usize| plan.shape(*at).parent == Some(group);
    let area = plan.areas[group];
    let near = plan.index.near(&area).into_iter().filter(by_tool).chain(descendants(plan, group));
    let mut found = None;
    for one in near {
        let Some(owner) = plan.owner(one).filter(|owner| plan.parts[*owner] == Part::Element) else {
            continue;
        };
        match found {
            Some(known) if known != owner => return None,
            _ => found = Some(owner),
        }
    }
    found
}

/// A loose end: the shape that it reaches.
fn snap(plan: &mut Plan<'_>, ends: &Ends, line: usize, side: usize, point: Point) -> Anchor {
    if !point.x.is_finite() || !point.y.is_finite() {
        return Anchor::Loose(None);
    }
    let mut near = candidates(plan, line, side, point);
    near.sort_by(Candidate::order);
    let sure = near.first().filter(|one| one.gap <= SURE).copied();
    if let Some(one) = sure {
        return reach(plan, line, side, one);
    }
    // Where branches of things meet on a line that passes, each is a branch of that line; corners of a border are not.
    let own = &plan.page.lines[line];
    let far = if side == 0 { &own.to } else { &own.from };
    if far.shape.is_some()
        && let Some(other) = line_at(plan, line, point, true)
    {
        return Anchor::Line(other);
    }
    if let Some((other, end)) = ends.at(point, line) {
        return Anchor::EndOf(other, end);
    }
    if let Some(other) = line_at(plan, line, point, false) {
        return Anchor::Line(other);
    }
    let Some(best) = near.first().copied() else { return Anchor::Loose(None) };
    let length: f64 = plan.ways[line].windows(2).map(|pair| apart(pair[0], pair[1])).sum();
    let rival = near.iter().skip(1).find(|one| one.element != best.element).copied();
    let clear = rival.is_none_or(|rival| rival.gap >= best.gap + CLEARLY || best.aimed && !rival.aimed);
    let near_enough = best.gap <= REACH && best.gap <= 0.5 * length && (best.aimed || best.gap <= ASIDE);
    if near_enough && clear {
        return reach(plan, line, side, best);
    }
    if near_enough && let Some(rival) = rival {
        let message = format!(
            "the line ends {:.0} px from {} and {:.0} px from {}; it is not read as ending on either",
            best.gap,
            plan.called(best.element),
            rival.gap,
            plan.called(rival.element)
        );
        let place = plan.page.lines[line].place.span;
        plan.told.push(
            Diagnostic::warning("drawing/between-two", message, place)
                .help("drag the end onto the one that is meant, until the tool locks it"),
        );
    }
    Anchor::Loose(Some((best.element, best.gap)))
}

/// A shape that a loose end may reach.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    element: usize,
    /// The shape of the element that is reached.
    at: usize,
    gap: f64,
    /// The line points at it.
    aimed: bool,
    /// It holds no other elements.
    leaf: bool,
    /// The end lies well within it, not on its border.
    deep: bool,
    extent: f64,
    inside: bool,
}

impl Candidate {
    /// The likelier one first: those within the sure distance are equal, and then a leaf counts more than what holds it.
    fn order(&self, other: &Self) -> std::cmp::Ordering {
        let class = |one: &Self| one.gap > SURE;
        class(self)
            .cmp(&class(other))
            .then_with(
                || if class(self) { self.gap.total_cmp(&other.gap) } else { std::cmp::Ordering::Equal },
            )
            .then(other.leaf.cmp(&self.leaf))
            .then(self.deep.cmp(&other.deep))
            .then(other.aimed.cmp(&self.aimed))
            .then(self.gap.total_cmp(&other.gap))
            .then(self.extent.total_cmp(&other.extent))
            .then(self.element.cmp(&other.element))
    }
}

fn candidates(plan: &Plan<'_>, line: usize, side: usize, point: Point) -> Vec<Candidate> {
    let behind = before_end(plan, line, side);
    let mut found: Vec<Candidate> = Vec::new();
    for at in plan.index.near(&grown(&spot(point), 2.0 * REACH)) {
        let drawn = !matches!(plan.parts[at], Part::Visual | Part::Unread);
        let Some(element) = plan.owner(at).filter(|owner| drawn && plan.parts[*owner] == Part::Element)
        else {
            continue;
        };
        let leaf =
            !plan.held[element].iter().any(|one| plan.owner(*one).is_some_and(|owner| owner != element));
        let area = plan.areas[at];
        let gap = if leaf { distance(&area, point) } else { to_border(&area, point) };
        let words = plan.words[at];
        let gap = if leaf && words != area { gap.min(distance(&words, point)) } else { gap };
        if gap > 2.0 * REACH {
            continue;
        }
        let aimed = behind
            .is_some_and(|behind| aims(behind, point, &grown(&area, 2.0)) || aims(behind, point, &words));
        let inside = holds(&area, point);
        let deep = inside && to_border(&area, point) > SURE;
        let one = Candidate { element, at, gap, aimed, leaf, deep, extent: extent(&area), inside };
        match found.iter_mut().find(|known| known.element == element) {
            Some(known) if known.order(&one).is_gt() => *known = one,
            Some(_) => {}
            None => found.push(one),
        }
    }
    found
}

/// The last other point before an end.
fn before_end(plan: &Plan<'_>, line: usize, side: usize) -> Option<Point> {
    let way = &plan.ways[line];
    if side == 0 { way.get(1).copied() } else { way.len().checked_sub(2).and_then(|at| way.get(at)).copied() }
}

/// Whether the way from `behind` over `point` goes on into the rectangle.
fn aims(behind: Point, point: Point, rect: &Rect) -> bool {
    let length = apart(behind, point);
    if length <= 0.0 {
        return false;
    }
    let ahead = 2.0 * REACH / length;
    let beyond = Point::new(point.x + (point.x - behind.x) * ahead, point.y + (point.y - behind.y) * ahead);
    inside(point, beyond, rect).is_some()
}

fn reach(plan: &mut Plan<'_>, line: usize, side: usize, one: Candidate) -> Anchor {
    let name = plan.called(one.element);
    let words = if one.inside && one.leaf {
        format!("ends inside {name}")
    } else if one.gap < 0.5 {
        format!("ends on the border of {name}")
    } else {
        format!("ends {:.0} px from the border of {name}", one.gap)
    };
    tell_basis(plan, line, side, words);
    if matches!(plan.parts[one.at], Part::Port(_)) {
        plan.ports[line].push(one.at);
    }
    Anchor::Element(one.element)
}

fn tell_basis(plan: &mut Plan<'_>, line: usize, side: usize, words: String) {
    let which = if side == 0 { "the start of the line" } else { "the end of the line" };
    // Words about an end that only sits elsewhere in the sentence read the same for both.
    plan.line_basis[line].push(format!("{which} {}", words.replacen("ends ", "lies ", 1)));
}

/// Another line that is here, or that passes here: one that ends elsewhere.
fn line_at(plan: &Plan<'_>, line: usize, point: Point, passes: bool) -> Option<usize> {
    let goes_on = |other: &usize| {
        let way = &plan.ways[*other];
        [way.first(), way.last()].into_iter().flatten().all(|end| apart(*end, point) > SURE)
    };
    let near = plan.lines.near(&grown(&spot(point), SURE)).into_iter();
    let gaps = near
        .filter(|other| *other != line && (!passes || goes_on(other)))
        .map(|other| (other, way_to(&plan.ways[other], &spot(point))));
    gaps.filter(|(_, gap)| *gap <= SURE)
        .min_by(|one, other| steps(one.1).total_cmp(&steps(other.1)).then(one.0.cmp(&other.0)))
        .map(|(other, _)| other)
}

/// Tells of an end that reaches nothing.
pub(super) fn tell_loose(plan: &mut Plan<'_>, at: usize, side: usize, nearest: Option<(usize, f64)>) {
    let line: &Line = &plan.page.lines[at];
    let which = if side == 0 { "start" } else { "end" };
    let message = match nearest {
        Some((element, gap)) => format!(
            "the {which} of the line is loose; the nearest shape, {}, is {gap:.0} px away, so the line is not read",
            plan.called(element)
        ),
        None => format!("the {which} of the line is loose and near to nothing, so the line is not read"),
    };
    plan.told.push(
        Diagnostic::warning("drawing/loose-end", message, line.place.span)
            .help("drag the end onto the shape that is meant, until the tool locks it"),
    );
}
