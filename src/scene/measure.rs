//! Sizes of boxes, titles and labels, from the texts that they hold.

use super::shape::{Anchor, Glyph, Outline, Text, TextStyle};
use crate::geometry::{Point, Size};
use crate::model::{Element, ElementKind, FactKey, FactValue, Model, Origin, Relation, ZoneKind};
use crate::text::{Weight, width, wrap};

/// Widest line of a name before it breaks, in px.
const NAME_WIDTH: f64 = 176.0;
/// Widest line of a technology or description before it breaks, in px.
const DETAIL_WIDTH: f64 = 200.0;
/// Widest line of a flow's label before it breaks, in px.
pub(super) const FLOW_WIDTH: f64 = 170.0;
/// Most lines of a description that a box shows; the table of elements has it all.
const DESCRIPTION_LINES: usize = 4;
/// Most labels that one line sums up; the table of flows has them all.
const LABELS: usize = 4;
/// Room for the glyph, left of the texts.
const GLYPH_ROOM: f64 = 34.0;
/// Space right of the texts.
const SIDE: f64 = 12.0;
/// Height of a bar.
pub(super) const BAR_HEIGHT: f64 = 22.0;
/// Room that one badge takes in a row.
pub(super) const BADGE_ROOM: f64 = 26.0;

/// Size and weight of each style.
pub(super) fn font(style: TextStyle) -> (f64, Weight) {
    match style {
        TextStyle::ZoneTitle | TextStyle::BarName => (12.0, Weight::Semibold),
        TextStyle::ZoneRole | TextStyle::Technology | TextStyle::Flow => (11.0, Weight::Regular),
        TextStyle::Name => (13.0, Weight::Semibold),
        TextStyle::Badge => (10.5, Weight::Semibold),
    }
}

/// Distance of two baselines.
fn leading(style: TextStyle) -> f64 {
    match style {
        TextStyle::Name => 17.0,
        TextStyle::ZoneTitle | TextStyle::BarName => 16.0,
        TextStyle::ZoneRole | TextStyle::Technology | TextStyle::Badge => 15.0,
        TextStyle::Flow => 14.0,
    }
}

/// Lines of text of one style each, not yet placed.
#[derive(Clone, Debug, Default)]
pub(super) struct Lines(Vec<(String, TextStyle, f64)>);

impl Lines {
    fn push(&mut self, text: &str, style: TextStyle, max_width: f64) {
        let (size, weight) = font(style);
        for line in wrap(text, size, weight, max_width) {
            let measured = width(&line, size, weight);
            self.0.push((line, style, measured));
        }
    }

    fn width(&self) -> f64 {
        self.0.iter().map(|(_, _, width)| *width).fold(0.0, f64::max)
    }

    fn height(&self) -> f64 {
        self.0.iter().map(|(_, style, _)| leading(*style)).sum()
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The lines one below the other, the first one's top at `top`.
    fn placed(&self, x: f64, top: f64, anchor: Anchor) -> Vec<Text> {
        let mut y = top;
        let place = |(text, style, width): &(String, TextStyle, f64)| {
            // The baseline lies at about three quarters of the line's height.
            let at = Point::new(x, y + leading(*style) * 0.76);
            y += leading(*style);
            Text { text: text.clone(), at, anchor, style: *style, size: None, width: *width, turned: false }
        };
        self.0.iter().map(place).collect()
    }
}

/// A box with its texts measured.
#[derive(Debug)]
pub(super) struct Card {
    pub(super) outline: Outline,
    pub(super) glyph: Glyph,
    pub(super) size: Size,
    lines: Lines,
}

impl Card {
    /// The texts of the box whose upper left corner is at `at`.
    pub(super) fn texts(&self, at: Point) -> Vec<Text> {
        match self.outline {
            Outline::Cylinder | Outline::Pipe | Outline::Cloud => {
                let top = at.y + (self.size.height - self.lines.height()) / 2.0 + self.lift();
                self.lines.placed(at.x + self.size.width / 2.0, top, Anchor::Middle)
            }
            _ => {
                let top = at.y + (self.size.height - self.lines.height()) / 2.0;
                let left = if self.glyph == Glyph::None { SIDE } else { GLYPH_ROOM };
                self.lines.placed(at.x + left, top, Anchor::Start)
            }
        }
    }

    /// The lid of a cylinder moves its texts down.
    fn lift(&self) -> f64 {
        if self.outline == Outline::Cylinder { 6.0 } else { 0.0 }
    }
}

/// Measures a box.
pub(super) fn card(element: &Element) -> Card {
    let (outline, glyph) = look(element);
    let mut lines = Lines::default();
    if outline == Outline::Bar {
        lines.push(&bar_name(element), TextStyle::BarName, NAME_WIDTH * 2.0);
    } else {
        lines.push(&element.name, TextStyle::Name, NAME_WIDTH);
        lines.push(&technologies(element), TextStyle::Technology, DETAIL_WIDTH);
        lines.0.extend(description(element).0);
    }
    let (width, height) = (lines.width(), lines.height());
    let size = match outline {
        Outline::Card if glyph == Glyph::None => {
            Size::new((width + SIDE * 2.0).max(96.0), (height + 16.0).max(44.0))
        }
        Outline::Card => Size::new((width + GLYPH_ROOM + SIDE).max(110.0), (height + 16.0).max(44.0)),
        Outline::Bar => Size::new(width + GLYPH_ROOM + SIDE, (height + 8.0).max(BAR_HEIGHT + 4.0)),
        Outline::Cylinder => Size::new((width + 36.0).max(120.0), (height + 34.0).max(62.0)),
        Outline::Pipe => Size::new((width + 52.0).max(120.0), (height + 18.0).max(46.0)),
        _ => Size::new((width + 56.0).max(120.0), (height + 34.0).max(62.0)),
    };
    Card { outline, glyph, size: Size::new(size.width.ceil(), size.height.ceil()), lines }
}

/// A frame's title with its size.
#[derive(Debug)]
pub(super) struct Title {
    lines: Lines,
    pub(super) size: Size,
}

impl Title {
    /// The texts of the title whose upper left corner is at `at`.
    pub(super) fn texts(&self, at: Point) -> Vec<Text> {
        self.lines.placed(at.x, at.y, Anchor::Start)
    }
}

/// Measures a frame's title: its name and, below, what it is for.
pub(super) fn title(element: &Element, zone: Option<ZoneKind>) -> Title {
    let mut lines = Lines::default();
    lines.push(&element.name, TextStyle::ZoneTitle, 420.0);
    lines.push(&role(element, zone), TextStyle::ZoneRole, 420.0);
    let size = Size::new(lines.width().ceil(), lines.height().ceil());
    Title { lines, size }
}

/// What a frame is for.
pub(super) fn role(element: &Element, zone: Option<ZoneKind>) -> String {
    match zone {
        Some(ZoneKind::Unknown) | None => technologies(element),
        // What the title says already is not said again.
        Some(kind) if element.name.to_lowercase().contains(kind.word()) => String::new(),
        Some(kind) => format!("{kind} zone"),
    }
}

/// A flow's label with its size.
#[derive(Debug, Default)]
pub(super) struct FlowLabel {
    lines: Lines,
    badges: usize,
    /// `None` when there is nothing to show.
    pub(super) size: Option<Size>,
}

impl FlowLabel {
    /// The texts of the label whose halo is at `at`; badges stand right of them.
    pub(super) fn texts(&self, at: Point, halo: Size) -> Vec<Text> {
        let room = halo.width - self.badge_room();
        self.lines.placed(at.x + room / 2.0, at.y + 2.0, Anchor::Middle)
    }

    /// Room that the badges take right of the texts.
    pub(super) fn badge_room(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a handful of badges")]
        let badges = self.badges as f64;
        badges * BADGE_ROOM
    }
}

/// Measures the label of a line that stands for these relations and carries so many badges. `through_bars`: what the
/// line passes is drawn as bars, so that its label need not say it. `widest`: where its lines break, in px.
pub(super) fn flow_label(
    relations: &[&Relation],
    through_bars: bool,
    badges: usize,
    widest: f64,
) -> FlowLabel {
    let mut labels: Vec<String> = Vec::new();
    for relation in relations {
        let label = label_of(relation, through_bars);
        if !label.is_empty() && !labels.contains(&label) {
            labels.push(label);
        }
    }
    let more = labels.len().saturating_sub(LABELS);
    labels.truncate(LABELS);
    if more > 0 {
        labels.push(format!("and {more} more"));
    }
    let mut label = FlowLabel { badges, ..FlowLabel::default() };
    for text in &labels {
        label.lines.push(text, TextStyle::Flow, widest);
    }
    if label.lines.is_empty() && badges == 0 {
        return label;
    }
    let text_width = if label.lines.is_empty() { 0.0 } else { label.lines.width() + 10.0 };
    let height = (label.lines.height() + 4.0).max(if badges > 0 { 24.0 } else { 0.0 });
    label.size = Some(Size::new((text_width + label.badge_room()).ceil(), height.ceil()));
    label
}

/// The author's label with technologies that it does not name itself, and the number of its step.
fn label_of(relation: &Relation, through_bars: bool) -> String {
    let mut label = relation.label.clone().unwrap_or_default();
    if through_bars {
        label = without_via(&label);
    }
    if relation.alternative.is_some() {
        label = without_note(&label, "(alternative");
        label = format!("{label} (alternative)").trim().to_owned();
    }
    if let Some(step) = relation.step.as_deref().filter(|step| !label.starts_with(*step)) {
        label = format!("{step}. {label}");
    }
    let written: Vec<&str> = relation
        .technologies
        .iter()
        .map(|technology| technology.written.as_str())
        .filter(|written| !label.contains(written))
        .collect();
    match (label.trim(), written.is_empty()) {
        (label, true) => label.to_owned(),
        ("", false) => format!("[{}]", written.join(", ")),
        (label, false) => format!("{label} [{}]", written.join(", ")),
    }
}

/// A label without `via FW3, FW4`, for where the way is told beside it.
pub fn without_via(label: &str) -> String {
    let lower = label.to_ascii_lowercase();
    let start = if lower.starts_with("via ") { Some(0) } else { lower.find(" via ") };
    let Some(start) = start else { return label.to_owned() };
    let end = label[start..].find(['(', ';']).map_or(label.len(), |at| start + at);
    format!("{} {}", label[..start].trim_end(), label[end..].trim_start()).trim().to_owned()
}

/// The label without the parenthesis that begins so.
fn without_note(label: &str, begin: &str) -> String {
    let Some(start) = label.to_ascii_lowercase().find(begin) else { return label.to_owned() };
    let end = label[start..].find(')').map_or(label.len(), |at| start + at + 1);
    format!("{} {}", label[..start].trim_end(), label[end..].trim_start()).trim().to_owned()
}

/// Name and technology of a bar on one line.
fn bar_name(element: &Element) -> String {
    match technologies(element) {
        text if text.is_empty() => element.name.clone(),
        text => format!("{} · {text}", element.name),
    }
}

/// The width that a bar's name needs, its glyph included, and the placed text.
pub(super) fn bar(element: &Element) -> Card {
    let mut lines = Lines::default();
    lines.push(&bar_name(element), TextStyle::BarName, NAME_WIDTH * 2.0);
    let glyph = look(element).1;
    let size =
        Size::new((lines.width() + GLYPH_ROOM + SIDE).ceil(), (lines.height() + 6.0).max(BAR_HEIGHT).ceil());
    Card { outline: Outline::Bar, glyph, size, lines }
}

pub(super) fn technologies(element: &Element) -> String {
    let mut words: Vec<String> = Vec::new();
    for technology in &element.technologies {
        let word = match &technology.version {
            Some(version) if !technology.written.contains(version.as_str()) => {
                format!("{} {version}", technology.written)
            }
            _ => technology.written.clone(),
        };
        // What the name says already is not said again.
        let kind = word.eq_ignore_ascii_case(element.kind.word());
        if !kind && !element.name.contains(&word) && !words.contains(&word) {
            words.push(word);
        }
    }
    words.join(" · ")
}

fn description(element: &Element) -> Lines {
    let mut lines = Lines::default();
    if let Some(text) = &element.description {
        lines.push(text, TextStyle::Technology, DETAIL_WIDTH);
    }
    if lines.0.len() > DESCRIPTION_LINES {
        lines.0.truncate(DESCRIPTION_LINES);
        if let Some((text, style, measured)) = lines.0.last_mut() {
            text.push('…');
            let (size, weight) = font(*style);
            *measured = width(text, size, weight);
        }
    }
    lines
}

/// Outline and glyph of an element: shape tells the kind.
pub(super) fn look(element: &Element) -> (Outline, Glyph) {
    let speaks_mail = element.technologies.iter().any(|technology| {
        technology
            .id
            .as_deref()
            .is_some_and(|id| id.contains("exchange") || id.contains("mail") || id.contains("smtp"))
    });
    match element.kind {
        ElementKind::Datastore => (Outline::Cylinder, Glyph::None),
        ElementKind::Queue => (Outline::Pipe, Glyph::None),
        ElementKind::Firewall => (Outline::Bar, Glyph::Firewall),
        ElementKind::Network => (Outline::Cloud, Glyph::None),
        ElementKind::Person => (Outline::Card, Glyph::Person),
        ElementKind::Gateway => (Outline::Card, Glyph::Gateway),
        ElementKind::Identity | ElementKind::Secrets => (Outline::Card, Glyph::Key),
        ElementKind::Host if speaks_mail => (Outline::Card, Glyph::Mail),
        ElementKind::Host => (Outline::Card, Glyph::Host),
        ElementKind::System | ElementKind::Container | ElementKind::Component => {
            (Outline::Card, Glyph::Component)
        }
        ElementKind::Boundary | ElementKind::Zone | ElementKind::Unknown => (Outline::Card, Glyph::None),
    }
}

/// The box stands for several instances: a number of two or more that somebody wrote, or that its instances in another
/// drawing add up to. One of several boxes that are drawn side by side stands for itself.
pub(super) fn several(model: &Model, element: &Element) -> bool {
    let Some(fact) = element.facts.at_least(FactKey::Replicas, Origin::Derived) else { return false };
    let several = match &fact.value {
        FactValue::Count(count) | FactValue::AtLeast(count) => *count >= 2,
        FactValue::Word(_) | FactValue::Text(_) | FactValue::List(_) => false,
    };
    let elsewhere = || model.elements.values().any(|other| other.instance_of.as_ref() == Some(&element.id));
    several && (fact.origin >= Origin::Stated || elsewhere())
}

/// Outside of the organization, as stated.
pub(super) fn external(element: &Element) -> bool {
    element.facts.word(FactKey::External) == Some("yes")
}
