//! From findings to badges on pages: the places are those of the author's own drawing.

use std::collections::{BTreeMap, BTreeSet};

use crate::assessment::{Finding, Severity, SubjectRef};
use crate::geometry::{Point, along};
use crate::model::{Model, View, ViewRoute};
use crate::source::page_ranges;
use crate::writers::writer::Packet;

/// Distance of two badges in a row.
const STEP: f64 = 30.0;
/// Badges in a row.
const ROW: usize = 5;
/// How far above the middle of a label a badge stands, so that it covers no word of one line.
const ABOVE: f64 = 23.0;

/// One badge.
#[derive(Clone, Debug, PartialEq)]
pub struct Badge {
    /// Number of its finding: `G1`.
    pub number: String,
    /// Severity of its finding.
    pub severity: Severity,
    /// What is wrong and what to do.
    pub text: String,
    /// Its center on the page.
    pub at: Point,
}

/// The badges of a drawing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Badges {
    /// Those of each page, in the order of the file.
    pub pages: Vec<Vec<Badge>>,
    /// Numbers of the findings that have one.
    pub marked: Vec<String>,
    /// Numbers of the findings that have none: they are about no shape and no line of this file.
    pub elsewhere: Vec<String>,
}

/// The badges for the source of this path; `None` when the packet holds no such source. Findings are those that
/// pictures mark: all but remarks about the drawing.
pub fn badges(packet: &Packet, path: &str) -> Option<Badges> {
    let (file, source) = packet.sources.iter().find(|(_, source)| source.path == path)?;
    let starts: Vec<usize> = page_ranges(&source.text).iter().map(|page| page.whole.start).collect();
    let marks = Marks::of(packet);
    let mut badges = Badges { pages: vec![Vec::new(); starts.len().max(1)], ..Badges::default() };
    let mut marked = BTreeSet::new();
    for view in packet.model.views.iter().filter(|view| view.source.span.file == file) {
        let start = view.source.span.start as usize;
        let page = starts.partition_point(|other| *other <= start).saturating_sub(1);
        let drawn = marks.of_view(view);
        marked.extend(drawn.iter().map(|badge| badge.number.clone()));
        badges.pages[page].extend(drawn);
    }
    let numbers = findings(packet).map(|finding| finding.number.clone());
    (badges.marked, badges.elsewhere) = numbers.partition(|number| marked.contains(number));
    Some(badges)
}

fn findings(packet: &Packet) -> impl Iterator<Item = &Finding> {
    packet.assessment.findings.iter().filter(|finding| finding.severity > Severity::Info)
}

/// Findings by the id of what they are about, in the order of the page.
struct Marks<'a> {
    packet: &'a Packet,
    elements: BTreeMap<&'a str, Vec<&'a Finding>>,
    relations: BTreeMap<&'a str, Vec<&'a Finding>>,
}

impl<'a> Marks<'a> {
    fn of(packet: &'a Packet) -> Self {
        let mut marks = Self { packet, elements: BTreeMap::new(), relations: BTreeMap::new() };
        for finding in findings(packet) {
            for subject in &finding.subjects {
                let list = match subject {
                    SubjectRef::Element(id) | SubjectRef::Zone(id) => marks.elements.entry(id.as_str()),
                    SubjectRef::Relation(id) => marks.relations.entry(id.as_str()),
                    SubjectRef::Model | SubjectRef::View(_) => continue,
                };
                let list = list.or_default();
                if list.iter().all(|known| known.number != finding.number) {
                    list.push(finding);
                }
            }
        }
        marks
    }

    fn of_view(&self, view: &View) -> Vec<Badge> {
        let mut badges = Vec::new();
        for node in &view.nodes {
            let (Some(found), Some([x, y, width, _])) =
                (self.elements.get(node.element.as_str()), node.bounds)
            else {
                continue;
            };
            // From the upper right corner to the left.
            let place = |at: usize| Point::new(x + width - step(at % ROW), y + step(at / ROW));
            badges.extend(found.iter().enumerate().map(|(at, finding)| self.badge(finding, place(at))));
        }
        let found = on_routes(&self.packet.model, view, &self.relations);
        for (route, found) in view.routes.iter().zip(found) {
            let Some(center) = middle(route) else { continue };
            let left = center.x - step(found.len().min(ROW).saturating_sub(1)) / 2.0;
            let place = |at: usize| Point::new(left + step(at % ROW), center.y - step(at / ROW));
            badges.extend(found.iter().enumerate().map(|(at, finding)| self.badge(finding, place(at))));
        }
        badges
    }

    fn badge(&self, finding: &Finding, at: Point) -> Badge {
        let mut text = format!("{}, {}: {}", finding.number, finding.severity.word(), finding.title);
        let card = self.packet.assessment.rules.iter().find(|card| card.id == finding.rule);
        if let Some(card) = card.filter(|card| !card.action.is_empty()) {
            text = format!("{text}\nWhat to do: {}", card.action);
        }
        Badge { number: finding.number.clone(), severity: finding.severity, text, at }
    }
}

/// Findings on each line of a view. What is about a path through a firewall stands on the first of its lines.
fn on_routes<'a>(
    model: &Model,
    view: &View,
    relations: &BTreeMap<&str, Vec<&'a Finding>>,
) -> Vec<Vec<&'a Finding>> {
    let lines: BTreeMap<&str, usize> =
        view.routes.iter().enumerate().rev().map(|(at, route)| (route.relation.as_str(), at)).collect();
    let mut found: Vec<Vec<&Finding>> = vec![Vec::new(); view.routes.len()];
    for relation in model.relations.values() {
        let Some(own) = relations.get(relation.id.as_str()) else { continue };
        let drawn = std::iter::once(&relation.id).chain(&relation.pieces);
        let Some(line) = drawn.filter_map(|id| lines.get(id.as_str())).next() else { continue };
        for finding in own {
            if found[*line].iter().all(|known| known.number != finding.number) {
                found[*line].push(finding);
            }
        }
    }
    found
}

fn step(count: usize) -> f64 {
    STEP * f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// Where the badges of a line stand: above its label, else in the middle of its way.
fn middle(route: &ViewRoute) -> Option<Point> {
    if let Some([x, y]) = route.label {
        return Some(Point::new(x, y - ABOVE));
    }
    let way: Vec<Point> = route.points.iter().map(|[x, y]| Point::new(*x, *y)).collect();
    along(&way, 0.5)
}
