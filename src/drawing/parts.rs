//! Which shapes are elements, and which are only parts of others.

use std::collections::{BTreeMap, BTreeSet};

use super::measure::{between, extent, grown, inside, nearest, share};
use super::page::{Head, Outline, Role, Vertical};
use super::plan::{Part, Plan};
use super::sort::{POINT, Sort, size_of};
use super::words::{is_corner, text};
use crate::diagnostic::Diagnostic;
use crate::geometry::Rect;
use crate::model::ElementKind;

/// Sheets of a stack lie apart by no more than this many px, and by no more than a third of their size.
const STACKED: f64 = 30.0;
/// A mark stands this near to the border of what it marks, in px.
const MARK: f64 = 12.0;
/// The icon that names a box stands this near to its upper left corner, in px.
const TITLE_ICON: f64 = 24.0;
/// More shapes in a box than this are its content, whatever they look like.
const ADORNED: usize = 40;
/// Height of labels that are drawn as small boxes, in px.
const PILL: f64 = 28.0;

/// Equal shapes that lie over each other, a little apart: all but the uppermost are parts of that one.
pub(super) fn stacks(plan: &mut Plan<'_>) {
    let mut on_top: BTreeMap<usize, usize> = BTreeMap::new();
    for at in 0..plan.areas.len() {
        if plan.is_open(at)
            && plan.is_solid(at)
            && let Some(top) = sheet_above(plan, at)
        {
            on_top.insert(at, top);
        }
    }
    for (at, first) in &on_top {
        let mut top = *first;
        while let Some(next) = on_top.get(&top) {
            top = *next;
        }
        plan.parts[*at] = Part::Same(top);
    }
}

/// The sheet that lies next above.
fn sheet_above(plan: &Plan<'_>, at: usize) -> Option<usize> {
    let own = plan.areas[at];
    let reach = STACKED.min(own.width.min(own.height) / 3.0);
    let words = text(plan, at);
    plan.index.near(&own).into_iter().find(|other| {
        let area = plan.areas[*other];
        let (dx, dy) = ((area.x - own.x).abs(), (area.y - own.y).abs());
        *other > at
            && plan.is_open(*other)
            && plan.sorts[*other] == plan.sorts[at]
            && plan.shape(*other).outline == plan.shape(at).outline
            && plan.shape(*other).stencil == plan.shape(at).stencil
            && (area.width - own.width).abs() <= 2.0
            && (area.height - own.height).abs() <= 2.0
            && dx.max(dy) <= reach
            && (words.is_empty() || words == text(plan, *other))
    })
}

/// How many sheets lie under a shape.
pub(super) fn sheets_below(plan: &Plan<'_>, members: &[usize], at: usize) -> usize {
    let own = plan.areas[at];
    let equal = |one: &&usize| {
        let area = plan.areas[**one];
        let apart = (area.x - own.x).abs().max((area.y - own.y).abs());
        // A frame or group of the same place shows no second sheet.
        apart >= 3.0
            && plan.sorts[**one] == plan.sorts[at]
            && (area.width - own.width).abs() <= 3.0
            && (area.height - own.height).abs() <= 3.0
            && **one < at
    };
    members.iter().filter(equal).count()
}

/// Small boxes that are the labels of lines or of the ends of lines.
pub(super) fn pills(plan: &mut Plan<'_>) {
    let usual = usual_height(plan);
    let marks = marks(plan, usual);
    for at in 0..plan.areas.len() {
        if !is_pill(plan, at, usual) {
            continue;
        }
        let words = super::plan::quoted(&text(plan, at));
        if let Some(of) = box_at_border(plan, at) {
            plan.parts[at] = Part::Port(of);
            plan.basis[at].push(format!("the label {words} stands at its border"));
        } else if let Some(of) = marked(plan, at, &marks) {
            plan.parts[at] = Part::Badge(of);
            plan.basis[at].push(format!("the mark {words} stands at its border"));
        } else if plan.linked[at] == 0
            && let Some(line) = line_through(plan, at)
        {
            plan.parts[at] = Part::OnLine(line);
            plan.basis[at].push(format!("the words {words} stand on the line"));
        } else if plan.glued[at] == 2 && plan.linked[at] == 2 && is_rounded(plan, at) {
            plan.parts[at] = Part::Joint;
            plan.basis[at].push(format!("joined through the label {words}"));
        }
    }
}

/// Median height of the larger shapes with words.
fn usual_height(plan: &Plan<'_>) -> f64 {
    let worded = (0..plan.areas.len()).filter(|at| plan.is_solid(*at) && plan.is_open(*at));
    let mut heights: Vec<f64> =
        worded.map(|at| plan.areas[at].height).filter(|height| *height > PILL).collect();
    heights.sort_by(f64::total_cmp);
    heights.get(heights.len() / 2).copied().unwrap_or(0.0)
}

/// A box hardly larger than the few words in it, and much lower than the other shapes.
fn is_pill(plan: &Plan<'_>, at: usize, usual: f64) -> bool {
    let area = plan.areas[at];
    let shape = plan.shape(at);
    let (width, height) = size_of(&shape.text);
    plan.is_open(at)
        && plan.sorts[at] == Sort::Box
        && shape.text.iter().any(|line| !line.text.is_empty())
        && shape.technologies.is_empty()
        && shape.kind.is_none()
        && plan.held[at].is_empty()
        && area.height <= PILL
        && area.height <= 0.6 * usual
        && area.height <= 2.4 * height
        && area.width <= 1.5 * width + 24.0
        && text(plan, at).chars().count() <= 24
}

fn is_rounded(plan: &Plan<'_>, at: usize) -> bool {
    matches!(plan.shape(at).outline, Outline::Rounded | Outline::Ellipse | Outline::Hexagon)
}

/// The thing that a mark stands on: a few letters in a small box at the border of a shape that has words of its own and
/// holds nothing else, as on other shapes of the page.
fn marked(plan: &Plan<'_>, at: usize, marks: &BTreeMap<String, BTreeSet<usize>>) -> Option<usize> {
    let mark = text(plan, at);
    let holder = plan.nests[at].holder?;
    let (area, own) = (plan.areas[holder], plan.areas[at]);
    let near = |one: f64, other: f64| (one - other).abs() <= MARK;
    let at_border = near(own.y, area.y)
        || near(own.bottom(), area.bottom())
        || near(own.x, area.x)
        || near(own.right(), area.right());
    let sits = at_border
        && mark.chars().count() <= 4
        && plan.linked[at] == 0
        && plan.is_solid(holder)
        && plan.has_words(holder)
        && plan.held[holder].iter().all(|one| *one == at || !plan.is_solid(*one));
    let elsewhere = || marks.get(&mark).is_some_and(|holders| holders.iter().any(|one| *one != holder));
    (sits && elsewhere()).then_some(holder)
}

/// The words of small boxes, each with the shapes that hold such a box.
fn marks(plan: &Plan<'_>, usual: f64) -> BTreeMap<String, BTreeSet<usize>> {
    let mut marks: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for at in 0..plan.areas.len() {
        if let Some(holder) = plan.nests[at].holder.filter(|_| is_pill(plan, at, usual)) {
            marks.entry(text(plan, at)).or_default().insert(holder);
        }
    }
    marks
}

/// A larger box that a label touches without lying in it.
fn box_at_border(plan: &Plan<'_>, at: usize) -> Option<usize> {
    let own = plan.areas[at];
    let touched = plan.index.near(&grown(&own, 2.0)).into_iter().filter(|other| {
        let area = plan.areas[*other];
        *other != at
            && plan.is_open(*other)
            && plan.is_solid(*other)
            && plan.nests[at].holder != Some(*other)
            && extent(&area) > 3.0 * extent(&own)
            && between(&area, &own) <= 2.0
            && share(&own, &area) < super::nest::MOSTLY
    });
    touched.min_by(|one, other| {
        extent(&plan.areas[*one]).total_cmp(&extent(&plan.areas[*other])).then(other.cmp(one))
    })
}

/// The line that runs through the middle of a label and on.
fn line_through(plan: &Plan<'_>, at: usize) -> Option<usize> {
    let own = plan.areas[at];
    let center = own.center();
    plan.lines.near(&own).into_iter().find(|line| {
        plan.ways[*line].windows(2).any(|pair| {
            let through = inside(pair[0], pair[1], &own).is_some_and(|(low, high)| low > 0.0 && high < 1.0);
            through && nearest(pair[0], pair[1], center).1 <= 5.0
        })
    })
}

/// A box with words and nothing in it, at the upper left of a larger one that has no words: the title of that one.
pub(super) fn strips(plan: &mut Plan<'_>) {
    for at in 0..plan.areas.len() {
        let titled = plan.nests[at].holder.filter(|holder| is_strip(plan, at, *holder));
        if let Some(holder) = titled {
            let words = super::plan::quoted(&text(plan, at));
            plan.basis[holder]
                .push(format!("the box {words} lies in its upper left corner, and is its title"));
            plan.parts[at] = Part::Words(holder);
        }
    }
}

/// Only what has no filling of its own can be the title of the box behind.
fn is_strip(plan: &Plan<'_>, at: usize, holder: usize) -> bool {
    let (area, own) = (plan.areas[holder], plan.areas[at]);
    plan.is_open(at)
        && plan.is_open(holder)
        && plan.sorts[at] == Sort::Box
        && plan.sorts[holder] == Sort::Box
        && plan.has_words(at)
        && !plan.has_words(holder)
        && !plan.shape(at).filled
        && plan.held[at].is_empty()
        && plan.linked[at] == 0
        && (own.x - area.x).abs() <= 4.0
        && (own.y - area.y).abs() <= 4.0
        && own.height <= 0.35 * area.height
        && extent(&own) <= 0.35 * extent(&area)
}

/// Decides about every shape that is still open.
pub(super) fn decide(plan: &mut Plan<'_>) {
    let headed = headed(plan);
    let titled = named(plan);
    for (at, headed) in headed.into_iter().enumerate() {
        if plan.is_open(at) {
            first(plan, at, headed, &titled);
        }
    }
    let mut solids: Vec<usize> = (0..plan.areas.len()).filter(|at| plan.is_open(*at)).collect();
    let depths = depths(plan);
    // From the inside out: what a box is depends on what it holds.
    solids.sort_by(|one, other| depths[*other].cmp(&depths[*one]).then(one.cmp(other)));
    let named = named(plan);
    for at in solids {
        if plan.is_open(at) {
            plan.parts[at] = solid(plan, at, &named);
        }
    }
    names_missing(plan, &named);
}

/// Shapes on which an arrow head ends.
fn headed(plan: &Plan<'_>) -> Vec<bool> {
    let mut headed = vec![false; plan.areas.len()];
    for line in &plan.page.lines {
        for end in [&line.from, &line.to].into_iter().filter(|end| end.head == Head::Arrow) {
            if let Some(headed) = end.shape.and_then(|shape| headed.get_mut(shape)) {
                *headed = true;
            }
        }
    }
    headed
}

fn first(plan: &mut Plan<'_>, at: usize, headed: bool, named: &[bool]) {
    let area = plan.areas[at];
    let is_point = area.width.max(area.height) <= POINT && !plan.has_words(at);
    plan.parts[at] = match plan.sorts[at] {
        Sort::Cell => match table(plan, at) {
            Some(_) if plan.held[at].iter().any(|one| plan.is_solid(*one)) => return,
            Some(table) if is_nameless(plan, table, named) => {
                // Nothing says what the table is: its words are kept, but a cell that lines end on is a thing.
                if plan.glued[at] > 0 {
                    return;
                }
                // A row that lines end on is named by its cells.
                if let Some(row) = plan.shape(at).parent.filter(|row| *row != table && plan.glued[*row] > 0) {
                    plan.parts[at] = Part::Words(row);
                    return;
                }
                plan.parts[table] = Part::Legend(table);
                Part::Legend(table)
            }
            Some(table) => Part::Same(table),
            None => return,
        },
        Sort::Note if headed || plan.held[at].iter().any(|one| plan.is_solid(*one)) => return,
        Sort::Note => Part::Note(callout_of(plan, at)),
        Sort::Arrow | Sort::Stroke | Sort::Blank if plan.glued[at] > 0 && !plan.has_words(at) => Part::Joint,
        Sort::Arrow | Sort::Stroke | Sort::Blank if plan.has_words(at) => Part::Note(None),
        Sort::Arrow | Sort::Stroke | Sort::Blank => Part::Visual,
        Sort::Icon | Sort::Box if is_point && plan.glued[at] > 0 => Part::Joint,
        Sort::Icon | Sort::Box if is_point && plan.shape(at).technologies.is_empty() => Part::Visual,
        Sort::Icon | Sort::Box | Sort::Words | Sort::Marker | Sort::Hidden | Sort::Broken | Sort::Group => {
            return;
        }
    };
}

/// A table that carries no words of its own, and that no line ends on.
fn is_nameless(plan: &Plan<'_>, table: usize, named: &[bool]) -> bool {
    let open = plan.is_open(table) || plan.parts[table] == Part::Legend(table);
    open && !named[table] && plan.glued[table] == 0 && plan.shape(table).technologies.is_empty()
}

/// The whole table of a cell.
fn table(plan: &Plan<'_>, at: usize) -> Option<usize> {
    let mut next = plan.shape(at).parent;
    for _ in 0..8 {
        let one = next.filter(|one| *one < plan.areas.len())?;
        if plan.sorts[one] != Sort::Cell {
            return Some(one);
        }
        next = plan.shape(one).parent;
    }
    None
}

/// What a speech balloon speaks of: the thing that it lies on or nearly touches.
fn callout_of(plan: &Plan<'_>, at: usize) -> Option<usize> {
    if plan.shape(at).outline != Outline::Callout {
        return None;
    }
    let own = plan.areas[at];
    let near = plan.index.near(&grown(&own, 12.0)).into_iter();
    let open = near.filter(|other| {
        *other != at
            && plan.is_solid(*other)
            && plan.held[*other].is_empty()
            && between(&plan.areas[*other], &own) <= 12.0
    });
    open.min_by(|one, other| {
        between(&plan.areas[*one], &own).total_cmp(&between(&plan.areas[*other], &own)).then(one.cmp(other))
    })
}

/// Depth of each shape in the boxes.
fn depths(plan: &Plan<'_>) -> Vec<usize> {
    let mut depths = vec![0; plan.areas.len()];
    for (at, depth) in depths.iter_mut().enumerate() {
        let mut next = plan.nests[at].holder;
        while let Some(one) = next.filter(|_| *depth <= super::nest::DEEPEST + 1) {
            *depth += 1;
            next = plan.nests[one].holder;
        }
    }
    depths
}

/// Which shapes have words of their own, or words that name them.
fn named(plan: &Plan<'_>) -> Vec<bool> {
    let mut named: Vec<bool> = (0..plan.areas.len()).map(|at| plan.has_words(at)).collect();
    for part in &plan.parts {
        if let Part::Words(of) = part {
            named[*of] = true;
        }
    }
    named
}

fn solid(plan: &mut Plan<'_>, at: usize, named: &[bool]) -> Part {
    if plan.sorts[at] == Sort::Icon && !named[at] && plan.held[at].is_empty() {
        return icon(plan, at, named);
    }
    if named[at] {
        return Part::Element;
    }
    if let Some(icon) = title_icon(plan, at) {
        let words = super::plan::quoted(&text(plan, icon));
        plan.basis[at].push(format!("the icon {words} stands in its corner"));
        plan.parts[icon] = Part::Words(at);
        return Part::Element;
    }
    let things = outer_things(plan, at);
    let badges = plan.held[at].iter().filter(|one| plan.parts[**one] == Part::Badge(at)).count();
    let linked = plan.glued[at] > 0;
    let made = !plan.shape(at).technologies.is_empty();
    match things.as_slice() {
        // A card round one thing.
        [one] if !made => {
            plan.basis[*one].push("the box without words round it is taken for its outline".to_owned());
            Part::Same(*one)
        }
        _ if made => Part::Element,
        // A card with one picture is a thing, whoever may know what the picture shows.
        [] if linked || badges == 1 => Part::Element,
        [] => Part::Visual,
        // A picture in its corner, a logo, is the title of a box that holds several things.
        _ if linked || badges == 1 => Part::Element,
        _ => Part::Visual,
    }
}

/// An icon with words in the upper left corner of a box that holds more: it names the box. In a row or column of icons it
/// is one of them.
fn title_icon(plan: &Plan<'_>, at: usize) -> Option<usize> {
    if plan.sorts[at] != Sort::Box {
        return None;
    }
    let area = plan.areas[at];
    let corner = |one: &usize| {
        let own = plan.areas[*one];
        plan.parts[*one] == Part::Element
            && plan.sorts[*one] == Sort::Icon
            && plan.has_words(*one)
            && plan.linked[*one] == 0
            && plan.held[*one].is_empty()
            && (own.x - area.x).abs() <= TITLE_ICON
            && (own.y - area.y).abs() <= TITLE_ICON
            && extent(&own) <= 0.1 * extent(&area)
    };
    let icon = plan.held[at].iter().copied().find(corner)?;
    let own = plan.areas[icon];
    let alike = |one: usize| {
        let other = plan.areas[one];
        let size = |one: f64, other: f64| (one - other).abs() <= 0.25 * one.max(other);
        let lined = (own.y - other.y).abs() <= 10.0 || (own.x - other.x).abs() <= 10.0;
        plan.sorts[one] == Sort::Icon
            && lined
            && size(own.width, other.width)
            && size(own.height, other.height)
    };
    let others = || plan.held[at].iter().copied().filter(|one| *one != icon && plan.is_solid(*one));
    (others().next().is_some() && !others().any(alike)).then_some(icon)
}

/// The first two elements in a box that stand in no other element there.
fn outer_things(plan: &Plan<'_>, at: usize) -> Vec<usize> {
    let mut things: Vec<usize> = Vec::new();
    for held in super::furniture::descendants(plan, at) {
        let outer = plan.holder(held).is_none_or(|holder| !things.contains(&holder));
        if plan.parts[held] == Part::Element && outer {
            things.push(held);
        }
        if things.len() == 2 {
            break;
        }
    }
    things
}

/// A picture without words.
fn icon(plan: &mut Plan<'_>, at: usize, named: &[bool]) -> Part {
    let made = !plan.shape(at).technologies.is_empty() || plan.shape(at).kind.is_some();
    if plan.glued[at] > 0 {
        return Part::Element;
    }
    let own = plan.areas[at];
    if let Some(holder) = plan.nests[at].holder.filter(|holder| plan.is_solid(*holder)) {
        // Pictures in great number are no adornment.
        let held = &plan.held[holder];
        let alone = held.len() <= ADORNED
            && held.iter().all(|one| {
                let bare = plan.sorts[*one] == Sort::Icon && !named[*one] && plan.glued[*one] == 0;
                !plan.is_solid(*one) || bare
            });
        let single = alone && held.iter().filter(|one| plan.is_solid(**one)).count() == 1;
        if is_corner(plan, holder, at)
            || alone && !is_zone(plan, holder) && (named[holder] || single && plan.sorts[holder] == Sort::Box)
        {
            return Part::Badge(holder);
        }
    }
    let on = plan.index.near(&own).into_iter().find(|other| {
        let area = plan.areas[*other];
        *other != at
            && plan.is_solid(*other)
            && (plan.is_open(*other) || plan.parts[*other] == Part::Element)
            && extent(&own) <= 0.5 * extent(&area)
            && share(&own, &area) >= 0.2
            && (plan.sorts[*other] == Sort::Icon || is_at_corner(&area, &own))
    });
    match on {
        Some(other) => Part::Badge(other),
        None if made || plan.linked[at] > 0 => Part::Element,
        None => Part::Visual,
    }
}

/// Whether the tool says that a shape is an area: what stands in it is something of its own, not an adornment.
fn is_zone(plan: &Plan<'_>, at: usize) -> bool {
    let shape = plan.shape(at);
    let titled = shape.role == Role::Container && shape.text_spot.vertical == Vertical::Top;
    titled || shape.kind == Some(ElementKind::Boundary)
}

/// Whether a small shape sits on a corner.
fn is_at_corner(area: &Rect, own: &Rect) -> bool {
    let near = |one: f64, other: f64, reach: f64| (one - other).abs() <= reach;
    let center = own.center();
    let wide = near(center.x, area.x, own.width) || near(center.x, area.right(), own.width);
    let high = near(center.y, area.y, own.height) || near(center.y, area.bottom(), own.height);
    wide && high
}

/// Tells of elements that nothing names.
fn names_missing(plan: &mut Plan<'_>, named: &[bool]) {
    for (at, named) in named.iter().enumerate() {
        let shape = plan.shape(at);
        if plan.parts[at] != Part::Element || *named || !shape.technologies.is_empty() {
            continue;
        }
        let badge = plan.held[at]
            .iter()
            .any(|one| plan.parts[*one] == Part::Badge(at) && !plan.shape(*one).technologies.is_empty());
        let holds = plan.held[at].iter().any(|one| matches!(plan.parts[*one], Part::Element | Part::Same(_)));
        // A picture of a person that nothing leads to needs no name.
        if badge || holds || (shape.kind.is_some() && plan.linked[at] == 0) {
            continue;
        }
        let message = "lines end on a shape that has no words, and none stand beside it";
        plan.told.push(
            Diagnostic::warning("drawing/no-name", message, shape.place.span)
                .help("write its name in it or directly below it"),
        );
    }
}
