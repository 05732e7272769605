//! Lines that meet: an end on another line is a branch of it, ends that touch go on, and a line that many end on is a
//! network.
//!
//! Lines go in with what their ends are on; strands come out, each from one element to another over one line or more.

use std::collections::{BTreeMap, BTreeSet};

use super::ends::{Anchor, tell_loose};
use super::measure::{apart, nearest};
use super::page::{Head, Outline};
use super::plan::Plan;
use crate::diagnostic::Diagnostic;
use crate::geometry::Point;
use crate::model::Heads;

/// Lines that end on no element, of those that meet: as many are looked at for words.
const TRUNK: usize = 8;
/// Why a flow runs over several lines.
const MEETS: &str = "it meets another line, and goes on there";

/// A way from one element to another.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Strand {
    /// Where it starts: a shape, or a hub behind the shapes.
    pub(super) from: usize,
    /// Where it ends.
    pub(super) to: usize,
    /// Its heads.
    pub(super) heads: Heads,
    /// The lines that it runs over.
    pub(super) lines: Vec<usize>,
    /// Shapes in which those lines meet.
    pub(super) through: Vec<usize>,
    /// Its corners; empty when they are not known.
    pub(super) way: Vec<Point>,
}

/// Lines that many elements hang on, without a direction: a network.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Hub {
    /// Its lines.
    pub(super) lines: Vec<usize>,
    /// The shape in which they meet, when there is one.
    pub(super) shape: Option<usize>,
    /// The elements that hang on it.
    pub(super) members: Vec<usize>,
}

/// What became of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It is a flow, or a part of one.
    Flow,
    /// It ties a note to something.
    Tie,
    /// It stands between things and joins none: its words are a note.
    Border,
    /// It only says how the page looks.
    Visual,
    /// It could not be read.
    Unread,
}

/// What the lines of a page are.
#[derive(Debug, Default)]
pub(super) struct Strands {
    /// Ways from element to element.
    pub(super) strands: Vec<Strand>,
    /// Networks; the first one has the number that follows the last shape.
    pub(super) hubs: Vec<Hub>,
    /// What became of each line.
    pub(super) fates: Vec<Fate>,
    /// Notes and what a line ties them to.
    pub(super) ties: Vec<(usize, usize)>,
}

/// An end of a line at an element, the other end at a joint.
#[derive(Clone, Copy, Debug)]
struct Terminal {
    element: usize,
    /// An arrow head is drawn there.
    headed: bool,
    /// An arrow head is drawn at the joint.
    leaving: bool,
    line: usize,
    side: usize,
}

/// Line, side of it, and the nearest shape with its distance in px.
type LooseEnd = (usize, usize, Option<(usize, f64)>);

/// Lines that meet.
#[derive(Debug, Default)]
struct Knot {
    terminals: Vec<Terminal>,
    lines: Vec<usize>,
    shape: Option<usize>,
    /// Ends that reach nothing.
    loose: Vec<LooseEnd>,
}

/// Makes strands of lines.
pub(super) fn join(plan: &mut Plan<'_>, anchors: &[[Anchor; 2]]) -> Strands {
    let mut made = Strands { fates: vec![Fate::Unread; anchors.len()], ..Strands::default() };
    let mut tapped = vec![false; anchors.len()];
    for other in anchors.iter().flatten() {
        if let Anchor::Line(other) = other {
            tapped[*other] = true;
        }
    }
    let mut groups = Groups::new(plan, anchors, &tapped);
    let mut knots: BTreeMap<usize, Knot> = BTreeMap::new();
    for (at, ends) in anchors.iter().enumerate() {
        let joints = [0, 1].map(|side| groups.joint(at, side, ends[side]));
        if tapped[at] || joints.iter().any(Option::is_some) {
            let tap = tapped[at].then_some(at);
            let joint = joints[0].or(joints[1]).or(tap).unwrap_or(at);
            let knot = knots.entry(groups.root(joint)).or_default();
            knot.add(plan, at, *ends, tapped[at] || joints[0].is_some(), tapped[at] || joints[1].is_some());
        } else {
            single(plan, at, *ends, &mut made);
        }
    }
    for knot in knots.into_values() {
        untie(plan, &knot, anchors, &mut made);
    }
    made.strands.sort_by_key(|strand| strand.lines.first().copied());
    made
}

/// Which joints are one: a line's middle, a line's end, a shape.
struct Groups {
    above: Vec<usize>,
    lines: usize,
}

impl Groups {
    fn new(plan: &Plan<'_>, anchors: &[[Anchor; 2]], tapped: &[bool]) -> Self {
        let lines = anchors.len();
        let mut groups = Self { above: (0..3 * lines + plan.areas.len()).collect(), lines };
        for (at, ends) in anchors.iter().enumerate() {
            for (side, end) in ends.iter().enumerate() {
                if let Anchor::EndOf(other, which) = end {
                    groups.unite(lines + 2 * at + side, lines + 2 * other + which);
                    // Where the other end itself is on something, this one is as well.
                    if let Some(joint) = groups.joint(*other, *which, anchors[*other][*which]) {
                        groups.unite(lines + 2 * at + side, joint);
                    }
                }
            }
            let joints = [0, 1].map(|side| groups.joint(at, side, ends[side]));
            let tap = tapped[at].then_some(at);
            for joint in joints.into_iter().flatten() {
                if let Some(tap) = tap {
                    groups.unite(joint, tap);
                }
            }
            if let [Some(one), Some(other)] = joints {
                groups.unite(one, other);
            }
        }
        groups
    }

    fn joint(&self, line: usize, side: usize, anchor: Anchor) -> Option<usize> {
        match anchor {
            Anchor::Line(other) => Some(other),
            Anchor::EndOf(..) => Some(self.lines + 2 * line + side),
            Anchor::Joint(shape) => Some(3 * self.lines + shape),
            Anchor::Element(_) | Anchor::Note(_) | Anchor::Loose(_) | Anchor::Furniture => None,
        }
    }

    fn root(&mut self, joint: usize) -> usize {
        let mut root = joint;
        while self.above[root] != root {
            self.above[root] = self.above[self.above[root]];
            root = self.above[root];
        }
        root
    }

    fn unite(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        self.above[one.max(other)] = one.min(other);
    }
}

impl Knot {
    fn add(&mut self, plan: &Plan<'_>, at: usize, ends: [Anchor; 2], joined_from: bool, joined_to: bool) {
        let line = &plan.page.lines[at];
        let heads = [line.from.head == Head::Arrow, line.to.head == Head::Arrow];
        self.lines.push(at);
        for side in [0, 1] {
            let across = if side == 0 { joined_to } else { joined_from };
            match ends[side] {
                Anchor::Element(element) if across => self.terminals.push(Terminal {
                    element,
                    headed: heads[side],
                    leaving: heads[1 - side] && is_joint(ends[1 - side]),
                    line: at,
                    side,
                }),
                // Of several, the one that is drawn first, in whatever order the lines come.
                Anchor::Joint(shape) => self.shape = Some(self.shape.map_or(shape, |known| known.min(shape))),
                Anchor::Loose(near) => self.loose.push((at, side, near)),
                _ => {}
            }
        }
    }
}

fn is_joint(anchor: Anchor) -> bool {
    matches!(anchor, Anchor::Line(_) | Anchor::EndOf(..) | Anchor::Joint(_))
}

/// A line that meets no other.
fn single(plan: &mut Plan<'_>, at: usize, ends: [Anchor; 2], made: &mut Strands) {
    let line = &plan.page.lines[at];
    let heads = [line.from.head == Head::Arrow, line.to.head == Head::Arrow];
    let worded = line.labels.iter().any(|label| label.text.iter().any(|line| !line.text.is_empty()));
    let loose = line.from.shape.is_none() && line.to.shape.is_none();
    let headed = heads != [false, false];
    made.fates[at] = match ends {
        [Anchor::Element(from), Anchor::Element(to)] if from == to && loose && (worded || headed) => {
            tell_within(plan, at, from);
            Fate::Unread
        }
        [Anchor::Element(from), Anchor::Element(to)] if from == to && !worded => Fate::Visual,
        [Anchor::Element(from), Anchor::Element(to)] => {
            let (from, to, heads, way) = turned(from, to, heads, plan.ways[at].clone());
            made.strands.push(Strand { from, to, heads, lines: vec![at], through: Vec::new(), way });
            Fate::Flow
        }
        [Anchor::Note(note), Anchor::Element(of)] | [Anchor::Element(of), Anchor::Note(note)] => {
            made.ties.push((note, of));
            Fate::Tie
        }
        [Anchor::Note(_), _] | [_, Anchor::Note(_)] => Fate::Visual,
        [Anchor::Furniture, _] | [_, Anchor::Furniture] => Fate::Visual,
        [Anchor::Loose(_), Anchor::Loose(_)] if heads == [false, false] => Fate::Border,
        _ => {
            let near = |side: usize| match ends[side] {
                Anchor::Loose(near) => Some((side, near)),
                _ => None,
            };
            if let Some((side, near)) = near(0).or_else(|| near(1)) {
                tell_loose(plan, at, side, near);
            }
            Fate::Unread
        }
    };
}

/// Tells of a line that the tool glued to nothing and that has both ends at one element.
fn tell_within(plan: &mut Plan<'_>, at: usize, element: usize) {
    let message = format!(
        "both ends of the line are loose and lie at {}, so the line is not read",
        plan.called(element)
    );
    let place = plan.page.lines[at].place.span;
    plan.told.push(
        Diagnostic::warning("drawing/loose-end", message, place)
            .help("drag each end onto the shape that is meant, until the tool locks it"),
    );
}

/// Direction by heads: a head at the start alone turns the line.
fn turned(
    from: usize,
    to: usize,
    heads: [bool; 2],
    mut way: Vec<Point>,
) -> (usize, usize, Heads, Vec<Point>) {
    match heads {
        [true, false] => {
            way.reverse();
            (to, from, Heads::One, way)
        }
        [false, true] => (from, to, Heads::One, way),
        [true, true] => (from, to, Heads::Both, way),
        [false, false] => (from, to, Heads::None, way),
    }
}

/// Makes strands of lines that meet.
fn untie(plan: &mut Plan<'_>, knot: &Knot, anchors: &[[Anchor; 2]], made: &mut Strands) {
    let (sources, targets): (Vec<Terminal>, Vec<Terminal>) =
        knot.terminals.iter().partition(|one| !one.headed);
    let mut pairs: Vec<(Terminal, Terminal, Heads)> = Vec::new();
    match (sources.as_slice(), targets.as_slice()) {
        ([one, other], []) => {
            let (from, to) = if other.leaving && !one.leaving { (*other, *one) } else { (*one, *other) };
            let heads = if from.leaving { Heads::One } else { Heads::None };
            pairs.push((from, to, heads));
        }
        ([], [one, other]) => pairs.push((*one, *other, Heads::Both)),
        ([], _) | ([_], []) => return give_up(plan, knot, made, false),
        ([source], targets) => pairs.extend(targets.iter().map(|target| (*source, *target, Heads::One))),
        (sources, [target]) => pairs.extend(sources.iter().map(|source| (*source, *target, Heads::One))),
        (_, []) => return hang(plan, knot, made),
        (sources, targets) => {
            let Some((first, last)) = main_line(sources, targets) else {
                return give_up(plan, knot, made, true);
            };
            pairs.extend(sources.iter().map(|source| (*source, last, Heads::One)));
            let others = targets.iter().filter(|target| target.line != last.line);
            pairs.extend(others.map(|target| (first, *target, Heads::One)));
        }
    }
    for line in &knot.lines {
        made.fates[*line] = Fate::Flow;
    }
    // Lines between the others that end on no element: what is written on them holds for all.
    let ends_nowhere =
        |line: &&usize| anchors[**line].iter().all(|anchor| !matches!(anchor, Anchor::Element(_)));
    let trunk: Vec<usize> = knot.lines.iter().filter(ends_nowhere).copied().take(TRUNK).collect();
    for (from, to, heads) in pairs {
        if from.element == to.element {
            continue;
        }
        let mut lines = vec![from.line];
        if to.line != from.line {
            lines.push(to.line);
            let basis = &mut plan.line_basis[from.line];
            if basis.last().is_none_or(|last| last != MEETS) {
                basis.push(MEETS.to_owned());
            }
        }
        lines.extend(&trunk);
        let way = route(plan, from, to);
        let through = knot.shape.into_iter().collect();
        made.strands.push(Strand { from: from.element, to: to.element, heads, lines, through, way });
    }
}

/// The line that leads by itself from a source to a target, when there is just one.
fn main_line(sources: &[Terminal], targets: &[Terminal]) -> Option<(Terminal, Terminal)> {
    let by_line: BTreeMap<usize, Terminal> = targets.iter().map(|target| (target.line, *target)).collect();
    let whole = |source: &Terminal| by_line.get(&source.line).map(|target| (*source, *target));
    let mut found = sources.iter().filter_map(whole);
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// Three elements or more on lines without heads: a network that they hang on.
fn hang(plan: &mut Plan<'_>, knot: &Knot, made: &mut Strands) {
    let hub = plan.areas.len() + made.hubs.len();
    let mut members: Vec<usize> = Vec::new();
    let mut known = BTreeSet::new();
    for terminal in &knot.terminals {
        if known.insert(terminal.element) {
            members.push(terminal.element);
            made.strands.push(Strand {
                from: terminal.element,
                to: hub,
                heads: Heads::None,
                lines: vec![terminal.line],
                through: Vec::new(),
                way: Vec::new(),
            });
        }
    }
    for line in &knot.lines {
        made.fates[*line] = Fate::Flow;
    }
    let shape =
        knot.shape.filter(|shape| plan.shape(*shape).outline == Outline::Stroke || plan.has_words(*shape));
    made.hubs.push(Hub { lines: knot.lines.clone(), shape, members });
}

fn give_up(plan: &mut Plan<'_>, knot: &Knot, made: &mut Strands, crowded: bool) {
    for line in &knot.lines {
        made.fates[*line] = Fate::Unread;
    }
    let Some(first) = knot.lines.first() else { return };
    if knot.terminals.is_empty() && !knot.lines.iter().any(|line| has_head(plan, *line)) {
        knot.lines.iter().for_each(|line| made.fates[*line] = Fate::Border);
        return;
    }
    if let Some((line, side, near)) = knot.loose.first().filter(|_| !crowded) {
        return tell_loose(plan, *line, *side, *near);
    }
    let message = format!(
        "{} lines meet here, and which of them leads where cannot be told, so none is read",
        knot.lines.len()
    );
    let place = plan.page.lines[*first].place.span;
    plan.told.push(
        Diagnostic::warning("drawing/shared-line", message, place)
            .help("draw one line for each pair, with an arrow head at its end"),
    );
}

fn has_head(plan: &Plan<'_>, line: usize) -> bool {
    let line = &plan.page.lines[line];
    line.from.head == Head::Arrow || line.to.head == Head::Arrow
}

/// The corners of a strand: the first line up to where the two meet, the second from there.
fn route(plan: &Plan<'_>, from: Terminal, to: Terminal) -> Vec<Point> {
    let oriented = |terminal: Terminal| {
        let mut way = plan.ways[terminal.line].clone();
        if terminal.side == 1 {
            way.reverse();
        }
        way
    };
    let (out, mut back) = (oriented(from), oriented(to));
    if from.line == to.line {
        return out;
    }
    let (Some(out_end), Some(back_end)) = (out.last().copied(), back.last().copied()) else {
        return Vec::new();
    };
    let (first, second) = if off(&out, back_end) <= off(&back, out_end) {
        (cut(&out, back_end), back)
    } else {
        (out, cut(&back, out_end))
    };
    back = second;
    back.reverse();
    let mut way = first;
    way.extend(back);
    way.dedup_by(|one, other| apart(*one, *other) < 0.5);
    way
}

/// How far a point lies from a way.
fn off(way: &[Point], point: Point) -> f64 {
    way.windows(2).map(|pair| nearest(pair[0], pair[1], point).1).fold(f64::INFINITY, f64::min)
}

/// The way up to where it passes a point.
fn cut(way: &[Point], point: Point) -> Vec<Point> {
    let best = off(way, point);
    let mut kept: Vec<Point> = way.first().copied().into_iter().collect();
    for pair in way.windows(2) {
        let (on, gap) = nearest(pair[0], pair[1], point);
        if gap <= best + 1e-9 {
            kept.push(on);
            return kept;
        }
        kept.push(pair[1]);
    }
    kept
}
