//! Flows: what is written on the lines of a strand, and where it runs.

use super::elements::REASONS;
use super::furniture::marker_number;
use super::joints::Strand;
use super::measure::along;
use super::page::{End, Head, Line, LineLabel, TextLine};
use super::plan::{Part, Plan};
use super::words::text;
use crate::geometry::{Point, Rect, beside};
use crate::model::{Course, Flow, LabelSpot, LocalId, SheetRoute, Technology};
use crate::wording::{label, line};

/// Words and numbers that stand on each line without being a part of it.
#[derive(Debug, Default)]
pub(super) struct OnLines {
    words: Vec<Vec<usize>>,
    steps: Vec<Vec<usize>>,
}

impl OnLines {
    /// Collects them.
    pub(super) fn of(plan: &Plan<'_>) -> Self {
        let count = plan.page.lines.len();
        let mut on = Self { words: vec![Vec::new(); count], steps: vec![Vec::new(); count] };
        for (at, part) in plan.parts.iter().enumerate() {
            match part {
                Part::OnLine(line) => on.words[*line].push(at),
                Part::StepOfLine(line) => on.steps[*line].push(at),
                _ => {}
            }
        }
        for words in &mut on.words {
            words.sort_by(|one, other| {
                plan.words[*one].y.total_cmp(&plan.words[*other].y).then(one.cmp(other))
            });
        }
        on
    }

    /// The words on one line.
    pub(super) fn words_of(&self, plan: &Plan<'_>, line: usize) -> Vec<String> {
        self.words[line].iter().map(|words| text(plan, *words)).collect()
    }
}

/// The flow of a strand and its way.
pub(super) fn flow(plan: &Plan<'_>, strand: &Strand, ends: [LocalId; 2], on: &OnLines) -> (Flow, SheetRoute) {
    let first = strand.lines.first().copied().unwrap_or(0);
    let mut flow = Flow::new(ends[0], ends[1], plan.page.lines[first].place);
    flow.heads = strand.heads;
    flow.origins = strand.lines.iter().map(|line| plan.page.lines[*line].place).collect();
    let mut written: Vec<String> = Vec::new();
    let (mut center, mut spot) = (None, None);
    for at in &strand.lines {
        let line = &plan.page.lines[*at];
        flow.dashed |= line.dashed;
        flow.tags.extend(line.tags.iter().cloned());
        flow.stereotypes.extend(line.stereotypes.iter().cloned());
        flow.properties.extend(line.properties.clone());
        if let Some(link) = &line.link {
            flow.properties.entry("link".to_owned()).or_insert_with(|| link.clone());
        }
        flow.technologies
            .extend(line.technologies.iter().map(|written| Technology::written(written.clone())));
        let mut labels: Vec<&LineLabel> = line.labels.iter().filter(|label| has_words(&label.text)).collect();
        labels.sort_by(|one, other| one.at.total_cmp(&other.at));
        let is_turned = line.from.head == Head::Arrow && line.to.head != Head::Arrow;
        for label in labels {
            match at_end(label, is_turned) {
                Some(key) => {
                    flow.properties.entry(key.to_owned()).or_insert_with(|| one_line(&label.text));
                }
                None => {
                    written.extend(label.text.iter().map(|line| line.text.clone()));
                    center = center.or_else(|| place(&plan.ways[*at], label));
                    let sign = if is_turned { -1.0 } else { 1.0 };
                    let (at, across) = (label.at * sign, label.across * sign);
                    spot = spot.or(Some(LabelSpot { at, across, offset: label.offset }));
                }
            }
        }
        for words in &on.words[*at] {
            written.extend(plan.shape(*words).text.iter().map(|line| line.text.clone()));
            // Words of their own stand where they stand.
            spot = spot.filter(|_| center.is_some());
            center = center.or(Some(plan.words[*words].center()));
            flow.basis.extend(plan.basis[*words].iter().cloned());
        }
        for port in &plan.ports[*at] {
            let words = text(plan, *port);
            if !written.contains(&words) {
                written.push(words);
            }
        }
        for mark in [("mark at from", &line.from.head), ("mark at to", &line.to.head)] {
            if let (key, Head::Mark(word)) = mark {
                flow.properties.entry(key.to_owned()).or_insert_with(|| word.clone());
            }
        }
        flow.basis.extend(plan.line_basis[*at].iter().cloned());
    }
    for joint in &strand.through {
        let words = text(plan, *joint);
        if !words.is_empty() {
            written.push(words);
            center = center.or(Some(plan.areas[*joint].center()));
        }
        flow.basis.extend(plan.basis[*joint].iter().cloned());
    }
    let (words, bracket) = label::line_parts(written);
    line::set_words(&mut flow, words, bracket.as_deref());
    for step in strand.lines.iter().flat_map(|line| &on.steps[*line]) {
        let number = marker_number(plan, *step);
        if flow.step.is_none() && !number.is_empty() {
            flow.step = Some(number.to_owned());
            flow.basis.extend(plan.basis[*step].iter().cloned());
        }
    }
    flow.basis.truncate(REASONS);
    let points = drawn_way(plan, strand).iter().map(|point| [point.x, point.y]).collect();
    let any = |is: fn(&Line) -> bool| strand.lines.iter().any(|line| is(&plan.page.lines[*line]));
    let course = match (any(|line| line.sideways), any(|line| line.orthogonal)) {
        (true, _) => Course::Sideways,
        (false, true) => Course::Square,
        (false, false) => Course::Straight,
    };
    let written = flow.label.is_some() || !flow.technologies.is_empty();
    if center.is_none() {
        spot = Some(LabelSpot::default());
    }
    // A part of one line is no part of a way over several.
    let spot = spot.filter(|_| written && strand.lines.len() == 1);
    let center = center.or_else(|| along(&strand.way, 0.0)).filter(|_| written);
    let label = center.map(|point| [point.x, point.y]);
    (flow, SheetRoute { flow: 0, points, course, label, spot })
}

/// Where a label stands, as far as the way of its line is known.
fn place(way: &[Point], label: &LineLabel) -> Option<Point> {
    let point = beside(way, (label.at + 1.0) / 2.0, label.across)?;
    Some(Point::new(point.x + label.offset[0], point.y + label.offset[1]))
}

/// The way of a strand for its picture: an end whose place the tool chooses stands in the middle of its shape.
fn drawn_way(plan: &Plan<'_>, strand: &Strand) -> Vec<Point> {
    let mut way = strand.way.clone();
    let [only] = strand.lines.as_slice() else { return way };
    let line = &plan.page.lines[*only];
    let turned = way.first() != plan.ways[*only].first();
    let (first, last) = if turned { (&line.to, &line.from) } else { (&line.from, &line.to) };
    let middle = |end: &End| {
        let shape = end.shape.filter(|_| end.point.is_none())?;
        plan.areas.get(shape).map(Rect::center)
    };
    if let (Some(point), Some(middle)) = (way.first_mut(), middle(first)) {
        *point = middle;
    }
    if let (Some(point), Some(middle)) = (way.last_mut(), middle(last)) {
        *point = middle;
    }
    // Where both ends float, the tool's corner follows from the order in which the line was drawn.
    let apart = |one: &Rect, other: &Rect| {
        let wide = (one.x - other.right()).max(other.x - one.right());
        wide > 0.0 && (one.y - other.bottom()).max(other.y - one.bottom()) > 0.0
    };
    let areas = [first, last].map(|end| end.shape.and_then(|shape| plan.areas.get(shape)));
    if let ([start, end], [Some(one), Some(other)], true) = (way.as_slice(), areas, turned && line.orthogonal)
        && first.point.is_none()
        && last.point.is_none()
        && apart(one, other)
        && !line.sideways
    {
        way = vec![*start, Point::new(start.x, end.y), *end];
    }
    way
}

/// Whether anything is written.
pub(super) fn has_words(text: &[TextLine]) -> bool {
    text.iter().any(|line| !line.text.is_empty())
}

/// Words on one line.
pub(super) fn one_line(text: &[TextLine]) -> String {
    let words = text.iter().map(|line| line.text.as_str()).filter(|text| !text.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// A multiplicity at an end of the line: the property that keeps it.
fn at_end(label: &LineLabel, is_turned: bool) -> Option<&'static str> {
    let words = one_line(&label.text);
    let counts = words.len() <= 6
        && words
            .chars()
            .all(|letter| letter.is_ascii_digit() || matches!(letter, '.' | '*' | 'n' | 'N' | 'm' | ' '))
        && (words.contains(['*', 'n', 'N']) || words.contains("..") || words == "1" || words == "0");
    if !counts || label.at.abs() < 0.4 {
        return None;
    }
    let at_from = (label.at < 0.0) != is_turned;
    Some(if at_from { "multiplicity at from" } else { "multiplicity at to" })
}
