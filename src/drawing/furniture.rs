//! What stands on a page beside the architecture: its title, legends, numbers and what they stand for.

use super::measure::{between, extent, grown, steps, way_to};
use super::plan::{Part, Plan, quoted};
use super::sort::{Sort, number};
use crate::geometry::Rect;

/// What people write over a legend.
const LEGENDS: [&str; 13] = [
    "legend",
    "key",
    "legends",
    "symbols",
    "legende",
    "légende",
    "leyenda",
    "legenda",
    "凡例",
    "범례",
    "图例",
    "圖例",
    "обозначения",
];
/// More legends than this are none.
const MOST_LEGENDS: usize = 20;
/// Candidates for the title of the page, from the top.
const MOST_TITLES: usize = 40;
/// A number stands on what is this near, in px.
const BESIDE: f64 = 12.0;
/// Words this far right of a number go with it, in px.
const AFTER_NUMBER: f64 = 26.0;
/// Parts of a legend without a frame stand this near to each other, in px.
const LEGEND_GAP: f64 = 26.0;

/// Finds the title, legends and numbers.
pub(super) fn sort_out(plan: &mut Plan<'_>) {
    legends(plan);
    title(plan);
    numbers(plan);
}

fn first_line<'p>(plan: &Plan<'p>, at: usize) -> &'p str {
    let text = &plan.shape(at).text;
    text.iter().map(|line| line.text.as_str()).find(|text| !text.is_empty()).unwrap_or_default()
}

fn legends(plan: &mut Plan<'_>) {
    let titled = |at: &usize| {
        let words = first_line(plan, *at).trim_end_matches(':').trim();
        words.len() < 40 && LEGENDS.contains(&words.to_lowercase().as_str())
    };
    let titles: Vec<usize> = (0..plan.areas.len()).filter(titled).take(MOST_LEGENDS).collect();
    for at in titles {
        if !plan.is_open(at) {
            continue;
        }
        let members = match plan.sorts[at] {
            Sort::Box | Sort::Note | Sort::Icon if !plan.held[at].is_empty() => descendants(plan, at),
            Sort::Words | Sort::Box | Sort::Note | Sort::Cell => members(plan, at),
            _ => continue,
        };
        plan.parts[at] = Part::Legend(at);
        for one in members {
            if plan.is_open(one) {
                plan.parts[one] = Part::Legend(at);
            }
        }
    }
}

/// What belongs to a legend that is only titled: what its frame holds, its group, or what stands close by.
fn members(plan: &Plan<'_>, title: usize) -> Vec<usize> {
    if let Some(frame) = plan.nests[title].holder {
        let inside = descendants(plan, frame);
        let glued = inside.iter().any(|one| plan.linked[*one] > 0);
        if !glued && plan.held[frame].len() > 1 && inside.len() * 2 < plan.areas.len().max(8) {
            return inside.into_iter().chain([frame]).collect();
        }
    }
    if let Some(group) = plan.shape(title).parent.filter(|at| plan.sorts.get(*at) == Some(&Sort::Group)) {
        return (0..plan.areas.len()).filter(|one| plan.shape(*one).parent == Some(group)).collect();
    }
    let top = plan.words[title].y - OVER;
    let mut found = vec![title];
    let mut next = 0;
    while let Some(one) = found.get(next).copied().filter(|_| found.len() < 200) {
        next += 1;
        for near in plan.index.near(&grown(&plan.words[one], LEGEND_GAP)) {
            let area = plan.areas[near];
            let fits = plan.is_open(near)
                && area.height <= 60.0
                && area.width <= 260.0
                && area.y >= top
                && plan.nests[near].holder == plan.nests[title].holder
                && between(&plan.words[near], &plan.words[one]) <= LEGEND_GAP
                && plan.linked[near] == 0;
            if fits && !found.contains(&near) {
                found.push(near);
            }
        }
    }
    found
}

/// What a legend's parts may rise over its title, in px.
const OVER: f64 = 6.0;

/// Everything that a box holds, directly or not.
pub(super) fn descendants(plan: &Plan<'_>, at: usize) -> Vec<usize> {
    let mut found = plan.held[at].clone();
    let mut next = 0;
    while let Some(one) = found.get(next).copied() {
        next += 1;
        found.extend(&plan.held[one]);
    }
    found
}

/// The title: large words, or a banner, above everything else.
fn title(plan: &mut Plan<'_>) {
    let solids: Vec<usize> =
        (0..plan.areas.len()).filter(|at| plan.is_open(*at) && plan.is_solid(*at)).collect();
    let Some(first) = solids.first() else { return };
    let all = solids.iter().fold(plan.areas[*first], |all, at| all.union(&plan.areas[*at]));
    let sizes = sizes(plan);
    let usual = sizes.get(sizes.len() / 2).copied().unwrap_or(12.0);
    let mut free: Vec<usize> = (0..plan.areas.len())
        .filter(|at| plan.is_open(*at) && plan.linked[*at] == 0 && plan.has_words(*at))
        .collect();
    free.sort_by(|one, other| plan.areas[*one].y.total_cmp(&plan.areas[*other].y).then(one.cmp(other)));
    for at in free.into_iter().take(MOST_TITLES) {
        let area = plan.areas[at];
        let frame = plan.nests[at].holder;
        let is_frame = frame.is_none_or(|frame| {
            !plan.has_words(frame)
                && extent(&plan.areas[frame]) > 0.6 * extent(&all)
                && plan.linked[frame] == 0
        });
        let size = plan.shape(at).text.iter().map(|line| line.size).fold(0.0, f64::max);
        let large = size >= usual * 1.3 && size >= 14.0;
        let fits = match plan.sorts[at] {
            Sort::Words => large,
            Sort::Box => {
                plan.held[at].is_empty()
                    && area.width >= 0.6 * all.width
                    && area.height <= 90.0
                    && area.width >= 6.0 * area.height
                    && (large || size >= 14.0)
            }
            _ => false,
        };
        // Nothing stands above the title or beside it.
        let above = |other: &usize| {
            *other == at || Some(*other) == frame || plan.areas[*other].y >= area.bottom() - 4.0
        };
        if fits && is_frame && solids.iter().all(above) {
            plan.parts[at] = Part::Title;
            return;
        }
    }
}

/// Sizes of type on the page, in rising order.
fn sizes(plan: &Plan<'_>) -> Vec<f64> {
    let lines = (0..plan.areas.len()).filter(|at| plan.is_open(*at)).flat_map(|at| &plan.shape(at).text);
    let mut sizes: Vec<f64> = lines.filter(|line| !line.text.is_empty()).map(|line| line.size).collect();
    sizes.sort_by(f64::total_cmp);
    sizes
}

/// Numbers in small shapes: steps on lines and shapes, or a list beside them.
fn numbers(plan: &mut Plan<'_>) {
    let markers: Vec<usize> =
        (0..plan.areas.len()).filter(|at| plan.sorts[*at] == Sort::Marker && plan.is_open(*at)).collect();
    let ends = markers.iter().filter(|at| plan.glued[**at] > 0).count();
    if ends * 2 > markers.len() {
        // Lines run from number to number: these are the things that the page draws.
        for at in markers {
            plan.sorts[at] = Sort::Box;
        }
        return;
    }
    for at in markers {
        let on_line = line_at(plan, at);
        if let Some((line, gap)) = on_line {
            plan.parts[at] = Part::StepOfLine(line);
            let how = if gap <= 1.0 { "on".to_owned() } else { format!("{gap:.0} px beside") };
            let number = quoted(first_line(plan, at));
            plan.basis[at].push(format!("the number {number} stands {how} the line"));
        } else if let Some(words) = words_after(plan, at) {
            plan.parts[at] = Part::Listed(words);
            plan.parts[words] = Part::Note(None);
        } else if let Some(shape) = shape_at(plan, at) {
            plan.parts[at] = Part::StepOfShape(shape);
            let number = quoted(first_line(plan, at));
            plan.basis[at].push(format!("the number {number} stands at its border"));
        } else {
            plan.parts[at] = Part::Note(None);
        }
    }
}

/// The number that a marker shows.
pub(super) fn marker_number<'p>(plan: &Plan<'p>, at: usize) -> &'p str {
    number(&plan.shape(at).text).unwrap_or_default()
}

/// The line that a number stands on, and how far from it.
fn line_at(plan: &Plan<'_>, at: usize) -> Option<(usize, f64)> {
    let area = plan.areas[at];
    let near = plan.lines.near(&grown(&area, BESIDE));
    let gaps = near.into_iter().map(|line| (line, way_to(&plan.ways[line], &area)));
    gaps.filter(|(_, gap)| *gap <= BESIDE)
        .min_by(|one, other| steps(one.1).total_cmp(&steps(other.1)).then(one.0.cmp(&other.0)))
}

/// The words right of a number, on its height.
fn words_after(plan: &Plan<'_>, at: usize) -> Option<usize> {
    let area = plan.areas[at];
    let right = Rect::new(area.right() - 4.0, area.y, AFTER_NUMBER + 4.0, area.height);
    plan.index.near(&right).into_iter().find(|other| {
        let words = plan.words[*other];
        plan.sorts[*other] == Sort::Words
            && plan.is_open(*other)
            && (words.center().y - area.center().y).abs() <= 0.5 * area.height.max(words.height)
            && words.x >= area.right() - 6.0
            && words.x <= area.right() + AFTER_NUMBER
    })
}

/// The shape that a number stands at.
fn shape_at(plan: &Plan<'_>, at: usize) -> Option<usize> {
    let area = plan.areas[at];
    let near = plan.index.near(&grown(&area, BESIDE));
    let solid =
        near.into_iter().filter(|other| *other != at && plan.is_open(*other) && plan.is_solid(*other));
    solid.filter(|other| between(&plan.areas[*other], &area) <= BESIDE).min_by(|one, other| {
        extent(&plan.areas[*one]).total_cmp(&extent(&plan.areas[*other])).then(other.cmp(one))
    })
}
