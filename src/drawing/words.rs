//! Words without an outline: what they name, describe or stand on.
//!
//! Every pair of words and a thing that may belong together has a cost, mostly px between the two; the cheapest pairs
//! are taken first. Words that are left are notes, or things of their own when lines end on them.

use super::measure::{between, extent, grown, share, steps, way_to};
use super::plan::{Part, Plan};
use super::sort::{Sort, size_of};
use crate::geometry::Rect;

/// Words this near to an icon may be its caption, in px; more for large icons.
const CAPTION: f64 = 14.0;
/// Words this near to a line may be its label, in px.
const ON_LINE: f64 = 12.0;
/// Words this near to the upper border of a box may be its title, in px.
const OVER_BOX: f64 = 16.0;
/// More letters than this are prose and no label of a line.
const LONGEST_LABEL: usize = 90;
/// More letters than this are prose and no name.
const LONGEST_NAME: usize = 120;

/// More letters than this below a box are no title of it.
const LONGEST_FOOT: usize = 60;
/// Titles that do not stand in the middle begin or end this near to the border, in px.
const TITLE_EDGE: f64 = 24.0;
/// Words whose middles lie apart by less than this stand in one row, in px.
const ROW: f64 = 8.0;

/// As many things in one box are looked at for each of the words in it.
const THINGS: usize = 400;

/// Where words may belong.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Claim {
    /// Inside a box that has no words of its own.
    Inside(usize),
    /// At the upper or lower border of a box.
    Title(usize),
    /// Beside a shape that has no words of its own.
    Caption(usize),
    /// On a line.
    Line(usize),
}

/// Decides about all words without an outline.
pub(super) fn attach(plan: &mut Plan<'_>) {
    let words: Vec<usize> =
        (0..plan.areas.len()).filter(|at| plan.sorts[*at] == Sort::Words && plan.is_open(*at)).collect();
    let mut claims: Vec<(f64, usize, Claim)> = Vec::new();
    let things: Vec<Vec<usize>> = (0..plan.areas.len()).map(|at| things(plan, at)).collect();
    for at in &words {
        inside(plan, *at, &things, &mut claims);
        captions(plan, *at, &mut claims);
        lines(plan, *at, &mut claims);
    }
    drop_column_heads(plan, &mut claims);
    claims.sort_by(|one, other| steps(one.0).total_cmp(&steps(other.0)).then(one.1.cmp(&other.1)));
    let mut named = vec![false; plan.areas.len()];
    for (_, at, claim) in claims {
        let taken = match claim {
            Claim::Inside(_) | Claim::Line(_) => false,
            Claim::Title(of) | Claim::Caption(of) => named[of],
        };
        if plan.is_open(at) && !taken {
            take(plan, at, claim);
            if let Claim::Inside(of) | Claim::Title(of) | Claim::Caption(of) = claim {
                named[of] = true;
            }
        }
    }
    for at in words.iter().chain(words.iter().rev()) {
        go_on(plan, *at);
    }
    let between = between_two(plan);
    for at in words {
        leave(plan, at, &things, &between);
    }
}

fn take(plan: &mut Plan<'_>, at: usize, claim: Claim) {
    let words = super::plan::quoted(&text(plan, at));
    match claim {
        Claim::Inside(of) => {
            plan.parts[at] = Part::Words(of);
            plan.basis[of].push(format!("the words {words} stand in it"));
        }
        Claim::Title(of) => {
            plan.parts[at] = Part::Words(of);
            let low = plan.words[at].center().y > plan.areas[of].center().y;
            let border = if low { "lower" } else { "upper" };
            plan.basis[of].push(format!("the words {words} stand at its {border} border"));
        }
        Claim::Caption(of) => {
            plan.parts[at] = Part::Words(of);
            let (area, own) = (plan.areas[of], plan.words[at]);
            let side = side(&area, &own);
            plan.basis[of].push(format!("the words {words} stand {:.0} px {side} it", between(&area, &own)));
        }
        Claim::Line(line) => {
            plan.parts[at] = Part::OnLine(line);
            let gap = way_to(&plan.ways[line], &plan.words[at]);
            let how = if gap <= 0.5 { "on".to_owned() } else { format!("{gap:.0} px beside") };
            plan.basis[at].push(format!("the words {words} stand {how} the line"));
        }
    }
}

/// All words of a shape on one line.
pub(super) fn text(plan: &Plan<'_>, at: usize) -> String {
    let lines = plan.shape(at).text.iter().map(|line| line.text.as_str());
    lines.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
}

fn letters(plan: &Plan<'_>, at: usize) -> usize {
    text(plan, at).chars().count()
}

fn side(area: &Rect, words: &Rect) -> &'static str {
    if words.y >= area.bottom() - 2.0 {
        "below"
    } else if words.bottom() <= area.y + 2.0 {
        "above"
    } else if words.center().x > area.center().x {
        "right of"
    } else {
        "left of"
    }
}

/// Things that a box holds, apart from pictures that only adorn it; enough of them to tell what words in it are.
fn things(plan: &Plan<'_>, holder: usize) -> Vec<usize> {
    let held = plan.held[holder].iter().copied();
    let things =
        held.filter(|one| plan.is_open(*one) && plan.is_solid(*one) && !is_corner(plan, holder, *one));
    things.take(THINGS).collect()
}

/// A small picture without words in the upper corner of a box: it belongs to the box.
pub(super) fn is_corner(plan: &Plan<'_>, holder: usize, at: usize) -> bool {
    let (area, own) = (plan.areas[holder], plan.areas[at]);
    let small = own.width.max(own.height) <= 70.0 && extent(&own) <= 0.25 * extent(&area);
    let near = (own.y - area.y).abs() <= 20.0
        && ((own.x - area.x).abs() <= 20.0 || (own.right() - area.right()).abs() <= 20.0);
    plan.sorts[at] == Sort::Icon && !plan.has_words(at) && plan.linked[at] == 0 && small && near
}

fn inside(plan: &Plan<'_>, at: usize, things: &[Vec<usize>], claims: &mut Vec<(f64, usize, Claim)>) {
    let own = plan.words[at];
    let near = plan.index.near(&grown(&own, OVER_BOX));
    for of in near {
        let open =
            of != at && plan.is_open(of) && matches!(plan.sorts[of], Sort::Box | Sort::Cell | Sort::Icon);
        if !open || plan.has_words(of) {
            continue;
        }
        let area = plan.areas[of];
        let held = plan.nests[at].holder == Some(of);
        let things = &things[of];
        if held && (things.is_empty() || is_card(plan, things)) && letters(plan, at) <= 4 * LONGEST_NAME {
            claims.push((1.0, at, Claim::Inside(of)));
            continue;
        }
        if plan.sorts[of] != Sort::Box || letters(plan, at) > LONGEST_NAME || things.is_empty() {
            continue;
        }
        let from_top = own.y - area.y;
        let beside =
            share(&Rect::new(own.x, area.y, own.width, 0.0), &Rect::new(area.x, area.y, area.width, 1.0));
        let tops = things.iter().map(|one| plan.areas[*one].y).fold(f64::INFINITY, f64::min);
        let in_zone = held && (from_top <= 45.0_f64.max(0.15 * area.height) || own.bottom() <= tops + 4.0);
        let over = !held
            && beside >= 0.9
            && own.bottom() >= area.y - OVER_BOX
            && own.y < area.y
            && plan.nests[at].holder == plan.nests[of].holder;
        let bottoms = things.iter().map(|one| plan.areas[*one].bottom()).fold(f64::NEG_INFINITY, f64::max);
        let from_bottom = area.bottom() - own.bottom();
        let at_foot = letters(plan, at) <= LONGEST_FOOT && stands(&area, &own) && !near_line(plan, at);
        let in_foot =
            held && at_foot && own.y >= bottoms - 4.0 && from_bottom <= 45.0_f64.max(0.15 * area.height);
        let under = !held
            && at_foot
            && beside >= 0.9
            && own.y <= area.bottom() + OVER_BOX
            && own.bottom() > area.bottom()
            && plan.nests[at].holder == plan.nests[of].holder;
        let row = things.iter().filter(|one| is_in_row(plan, **one, &own)).count();
        if in_zone && row < 2 {
            claims.push((4.0 + from_top.abs() * 0.05, at, Claim::Title(of)));
        } else if over {
            claims.push((8.0 + (area.y - own.bottom()).abs() * 0.5, at, Claim::Title(of)));
        } else if in_foot && row < 2 {
            claims.push((12.0 + from_bottom.abs() * 0.05, at, Claim::Title(of)));
        } else if under {
            claims.push((16.0 + (own.y - area.bottom()).abs() * 0.5, at, Claim::Title(of)));
        }
    }
}

/// Whether a line runs beside words: at the foot of a box they may say what that line is.
fn near_line(plan: &Plan<'_>, at: usize) -> bool {
    let own = tight(plan, at);
    let near = plan.lines.near(&grown(&own, 2.0 * ON_LINE));
    near.into_iter().any(|line| way_to(&plan.ways[line], &own) <= 2.0 * ON_LINE)
}

/// Whether words stand where titles do: left, in the middle or right.
fn stands(area: &Rect, own: &Rect) -> bool {
    let aside = (own.center().x - area.center().x).abs();
    aside <= 12.0_f64.max(0.1 * area.width)
        || own.x - area.x <= TITLE_EDGE
        || area.right() - own.right() <= TITLE_EDGE
}

/// Of several words in one row of a box, only those that stand where titles do can be its title: the others head columns.
fn drop_column_heads(plan: &Plan<'_>, claims: &mut Vec<(f64, usize, Claim)>) {
    let mut rows: Vec<(usize, f64, usize)> = Vec::new();
    for (_, at, claim) in claims.iter() {
        if let Claim::Title(of) = claim {
            rows.push((*of, steps(plan.words[*at].center().y), *at));
        }
    }
    rows.sort_by(|one, other| one.0.cmp(&other.0).then(one.1.total_cmp(&other.1)).then(one.2.cmp(&other.2)));
    let same_row =
        |pair: &[(usize, f64, usize)]| pair[0].0 == pair[1].0 && pair[1].1 - pair[0].1 <= steps(ROW);
    let heads: std::collections::BTreeSet<(usize, usize)> = rows
        .windows(2)
        .filter(|pair| same_row(pair))
        .flatten()
        .filter(|(of, _, at)| !stands(&plan.areas[*of], &plan.words[*at]))
        .map(|(of, _, at)| (*of, *at))
        .collect();
    claims.retain(|(_, at, claim)| !matches!(claim, Claim::Title(of) if heads.contains(&(*of, *at))));
}

/// One picture without words in a box: a card, which its words name.
fn is_card(plan: &Plan<'_>, things: &[usize]) -> bool {
    matches!(things, [one] if plan.sorts[*one] == Sort::Icon && !plan.has_words(*one) && plan.held[*one].is_empty())
}

/// Pictures without words, one under the other, each left of some words: a list, whose first words are no title.
fn is_in_row(plan: &Plan<'_>, at: usize, words: &Rect) -> bool {
    plan.sorts[at] == Sort::Icon && !plan.has_words(at) && plan.areas[at].right() <= words.x + 6.0
}

fn captions(plan: &Plan<'_>, at: usize, claims: &mut Vec<(f64, usize, Claim)>) {
    if letters(plan, at) > LONGEST_NAME {
        return;
    }
    let own = plan.words[at];
    // Cells are often wider than their words.
    let (width, _) = size_of(&plan.shape(at).text);
    for of in plan.index.near(&grown(&own, 3.0 * CAPTION)) {
        let open = of != at && plan.is_open(of) && plan.is_solid(of) && !plan.has_words(of);
        if !open || plan.nests[at].holder == Some(of) || !plan.held[of].iter().all(|one| *one == at) {
            continue;
        }
        let area = plan.areas[of];
        let is_icon = plan.sorts[of] == Sort::Icon;
        let corner = plan.nests[of].holder.is_some_and(|holder| is_corner(plan, holder, of));
        if corner || area.width.max(area.height) > 220.0 {
            continue;
        }
        let together = plan.shape(at).parent.is_some() && plan.shape(at).parent == plan.shape(of).parent;
        let reach = CAPTION.max(0.35 * area.height.min(area.width)) + if together { CAPTION } else { 0.0 };
        let aside = (own.center().x - area.center().x).abs();
        let askew = (own.center().y - area.center().y).abs();
        let below = own.y - area.bottom();
        let above = area.y - own.bottom();
        let right = own.x - area.right();
        let left = area.x - own.right();
        let centered = aside <= 10.0_f64.max(0.3 * area.width);
        let level = askew <= 8.0_f64.max(0.3 * area.height);
        let sunk = 0.45 * own.height;
        let cost = if centered && (-sunk..=reach).contains(&below) {
            Some(below.abs() + 0.3 * aside)
        } else if centered && (-sunk..=reach).contains(&above) {
            Some(3.0 + above.abs() + 0.3 * aside)
        } else if is_icon && level && (-8.0..=reach).contains(&right) && width <= own.width.max(width) {
            Some(2.0 + right.abs() + 0.3 * askew)
        } else if is_icon && level && (-8.0..=reach).contains(&left) {
            Some(5.0 + left.abs() + 0.3 * askew)
        } else {
            None
        };
        let apart = if plan.nests[at].holder == plan.nests[of].holder { 0.0 } else { 3.0 };
        let plain = if is_icon { 0.0 } else { 4.0 };
        if let Some(cost) = cost {
            claims.push((2.0 + cost + apart + plain, at, Claim::Caption(of)));
        }
    }
}

fn lines(plan: &Plan<'_>, at: usize, claims: &mut Vec<(f64, usize, Claim)>) {
    if plan.linked[at] > 0 || letters(plan, at) > LONGEST_LABEL {
        return;
    }
    let own = tight(plan, at);
    for line in plan.lines.near(&grown(&own, ON_LINE)) {
        let gap = way_to(&plan.ways[line], &own);
        let worded = plan.page.lines[line]
            .labels
            .iter()
            .any(|label| label.text.iter().any(|line| !line.text.is_empty()));
        if gap <= ON_LINE {
            claims.push((6.0 + gap + if worded { 4.0 } else { 0.0 }, at, Claim::Line(line)));
        }
    }
}

/// The place of the words proper: a cell is often larger than they are.
fn tight(plan: &Plan<'_>, at: usize) -> Rect {
    let own = plan.words[at];
    let (width, height) = size_of(&plan.shape(at).text);
    let (width, height) = (width.min(own.width), height.min(own.height));
    let center = own.center();
    Rect::new(center.x - width / 2.0, center.y - height / 2.0, width, height)
}

/// Words that go on under words which name a shape, or over them where a column of words stands beside it.
fn go_on(plan: &mut Plan<'_>, at: usize) {
    if !plan.is_open(at) || plan.linked[at] > 0 {
        return;
    }
    let own = plan.words[at];
    let round = Rect::new(own.x, own.y - 8.0, own.width, own.height + 16.0);
    let found = plan.index.near(&round).into_iter().find_map(|other| {
        let Part::Words(of) = plan.parts[other] else { return None };
        let words = plan.words[other];
        let gap = own.y - words.bottom();
        let aligned = (words.center().x - own.center().x).abs() <= 12.0 || (words.x - own.x).abs() <= 6.0;
        let same = plan.nests[other].holder == plan.nests[at].holder;
        let area = plan.areas[of];
        let beside = words.x >= area.right() - 8.0 || words.right() <= area.x + 8.0;
        let level = (area.y - 8.0..=area.bottom() + 8.0).contains(&own.center().y);
        let over = beside && level && (-6.0..=8.0).contains(&(words.y - own.bottom()));
        let joins = (-6.0..=8.0).contains(&gap) || over;
        (plan.sorts[other] == Sort::Words && aligned && same && joins).then_some(of)
    });
    if let Some(of) = found {
        plan.parts[at] = Part::Words(of);
    }
}

/// Shapes that a line leads to and another one leads on from, to something else, and on which no other line ends.
fn between_two(plan: &Plan<'_>) -> Vec<bool> {
    let mut came: Vec<Vec<(usize, bool)>> = vec![Vec::new(); plan.areas.len()];
    let shown = plan.page.lines.iter().zip(&plan.shown).filter(|(_, shown)| **shown);
    for (line, _) in shown {
        if let (Some(from), Some(to)) = (line.from.shape, line.to.shape) {
            for (one, other, starts) in [(from, to, true), (to, from, false)] {
                if let Some(came) = came.get_mut(one).filter(|came| came.len() < 3) {
                    came.push((other, starts));
                }
            }
        }
    }
    let is_between = |came: &Vec<(usize, bool)>| matches!(came.as_slice(), [(one, starts), (other, ends)] if one != other && starts != ends);
    came.iter().enumerate().map(|(at, came)| plan.glued[at] == 2 && is_between(came)).collect()
}

/// Words that belong to nothing.
fn leave(plan: &mut Plan<'_>, at: usize, things: &[Vec<usize>], between_two: &[bool]) {
    if !plan.is_open(at) {
        return;
    }
    let holder = plan.nests[at].holder.filter(|holder| plan.is_solid(*holder) && plan.is_open(*holder));
    // Names of things start with a capital; what a line does is often written small.
    if between_two[at] && text(plan, at).starts_with(char::is_lowercase) {
        let words = super::plan::quoted(&text(plan, at));
        plan.basis[at].push(format!("joined through the words {words}"));
        plan.parts[at] = Part::Joint;
        return;
    }
    if plan.glued[at] > 0 {
        plan.parts[at] = Part::Element;
        plan.basis[at].push("lines end on these words".to_owned());
        return;
    }
    if let Some(holder) = holder.filter(|holder| things[*holder].is_empty() && plan.has_words(*holder)) {
        plan.parts[at] = Part::Words(holder);
        return;
    }
    let own = plan.words[at];
    let beside = plan.index.near(&grown(&own, 10.0)).into_iter().find(|other| {
        let under = own.y >= plan.areas[*other].bottom() - 6.0;
        let centered = (plan.areas[*other].center().x - own.center().x).abs() <= 12.0;
        plan.is_solid(*other)
            && plan.is_open(*other)
            && plan.has_words(*other)
            && plan.held[*other].is_empty()
            && under
            && centered
            && between(&plan.areas[*other].union(&plan.words[*other]), &own) <= 10.0
    });
    plan.parts[at] = Part::Note(beside.or(holder));
}
