//! Elements: what the words, pictures and outline of a shape say of it.

use super::furniture::marker_number;
use super::measure::extent;
use super::page::{Outline, Shape, Side, TextLine, Vertical};
use super::parts::sheets_below;
use super::plan::{Part, Plan, many};
use super::sort::Sort;
use super::words::text;
use crate::geometry::Rect;
use crate::model::{
    Align, Caption, Draft, ElementKind, Fact, FactKey, FactValue, Form, Look, Origin, Technology, Tint,
};
use crate::source::one_line;
use crate::wording::{icons, kinds, label, signs};

/// Reasons that are kept for one element or flow; more of them help nobody.
pub(super) const REASONS: usize = 12;

/// The name of what carries no words and whose kind nobody drew.
const UNNAMED: &str = "Unnamed shape";

/// What belongs to one element, in drawing order.
#[derive(Clone, Debug, Default)]
pub(super) struct Members {
    /// Words beside or in it.
    pub(super) words: Vec<usize>,
    /// Pictures that say what it is made with.
    badges: Vec<usize>,
    /// Shapes that are drawn as parts of it.
    same: Vec<usize>,
    /// Numbers at it.
    steps: Vec<usize>,
    /// It holds other elements.
    pub(super) holds: Vec<usize>,
}

/// Of each shape that is an element, what belongs to it.
pub(super) fn members(plan: &Plan<'_>) -> Vec<Members> {
    let mut all = vec![Members::default(); plan.areas.len()];
    for at in 0..plan.areas.len() {
        let Some(owner) = plan.owner(at) else { continue };
        match &plan.parts[at] {
            Part::Words(_) => all[owner].words.push(at),
            Part::Badge(_) => all[owner].badges.push(at),
            Part::Same(_) => all[owner].same.push(at),
            Part::StepOfShape(_) => all[owner].steps.push(at),
            Part::Element => {
                if let Some(holder) = plan.holder(at) {
                    all[holder].holds.push(at);
                }
            }
            _ => {}
        }
    }
    for one in &mut all {
        // As they are read: from the top, then from the left.
        one.words.sort_by(|one, other| {
            let (one_at, other_at) = (plan.words[*one], plan.words[*other]);
            one_at.y.total_cmp(&other_at.y).then(one_at.x.total_cmp(&other_at.x)).then(one.cmp(other))
        });
    }
    all
}

/// The draft of an element; its parent is set later.
pub(super) fn draft(plan: &Plan<'_>, at: usize, members: &Members) -> Draft {
    let shape = plan.shape(at);
    let words = words(plan, at, members);
    let mut draft = Draft::new(ElementKind::Unknown, words.name, shape.place);
    draft.alias = Some(shape.id.clone()).filter(|id| !id.is_empty());
    draft.stereotypes = shape.stereotypes.iter().cloned().chain(words.stereotypes).collect();
    draft.tags.clone_from(&shape.tags);
    let marks = members.badges.iter().map(|mark| text(plan, *mark)).filter(|mark| !mark.is_empty());
    draft.tags.extend(marks);
    draft.properties.clone_from(&shape.properties);
    let described = [words.description, shape.description.clone(), shape.tooltip.clone()];
    let described: Vec<String> = described.into_iter().flatten().filter(|text| !text.is_empty()).collect();
    draft.description = Some(described.join(" ")).filter(|text| !text.is_empty());
    if let Some(link) = &shape.link {
        draft.properties.entry("link".to_owned()).or_insert_with(|| link.clone());
    }
    let steps: Vec<&str> = members.steps.iter().map(|step| marker_number(plan, *step)).collect();
    if !steps.is_empty() {
        draft.properties.entry("step".to_owned()).or_insert_with(|| steps.join(", "));
    }
    let mut external = shape.external;
    let mut bracket = None;
    if let Some(inside) = &words.bracket {
        let (kind, technologies) = kinds::of_bracket(inside);
        bracket = kind;
        external |= inside.to_lowercase().starts_with("external");
        add_technologies(&mut draft, technologies.map(kinds::technologies).unwrap_or_default());
    }
    add_technologies(&mut draft, shape.technologies.clone());
    let parts = members.badges.iter().chain(&members.same).chain(&members.words);
    for part in parts {
        add_technologies(&mut draft, plan.shape(*part).technologies.clone());
    }
    draft.kind = kind_of(plan, at, members, bracket, &draft);
    if draft.name == UNNAMED && draft.kind != ElementKind::Unknown {
        draft.name = format!("Unnamed {}", draft.kind);
    }
    facts(plan, at, members, external, &mut draft);
    draft.basis = plan.basis[at].clone();
    let beside = members.steps.iter().chain(&members.badges);
    draft.basis.extend(beside.flat_map(|part| plan.basis[*part].clone()));
    draft.basis.truncate(REASONS);
    draft
}

fn add_technologies(draft: &mut Draft, words: Vec<String>) {
    for written in words {
        let technology = Technology::written(written);
        if !draft.technologies.contains(&technology) {
            draft.technologies.push(technology);
        }
    }
}

fn facts(plan: &Plan<'_>, at: usize, members: &Members, external: bool, draft: &mut Draft) {
    let place = plan.shape(at).place;
    if external || draft.stereotypes.iter().any(|word| kinds::is_external(word)) {
        draft.facts.add(Fact::stated(FactKey::External, FactValue::word("yes"), place));
    }
    let written = std::iter::once(draft.name.as_str()).chain(draft.stereotypes.iter().map(String::as_str));
    if let Some(count) = written.into_iter().find_map(kinds::replicas) {
        draft.facts.add(Fact::stated(FactKey::Replicas, FactValue::Count(count), place));
        return;
    }
    let sheets = sheets_below(plan, &members.same, at);
    if sheets > 0 && members.holds.is_empty() && plan.sorts[at] != Sort::Words {
        let why = format!("it is drawn as a stack of {}", many(sheets + 1, "shape", "shapes"));
        let value = FactValue::AtLeast(2);
        draft.basis.push(why.clone());
        draft.facts.add(Fact::because(FactKey::Replicas, value, Origin::Derived, Some(place), why));
    }
}

/// What the words of an element say.
struct Words {
    name: String,
    bracket: Option<String>,
    description: Option<String>,
    stereotypes: Vec<String>,
}

fn words(plan: &Plan<'_>, at: usize, members: &Members) -> Words {
    let shape = plan.shape(at);
    let mut stereotypes = Vec::new();
    let mut lines = Vec::new();
    let own: Vec<TextLine> =
        if shape.name.is_some() { Vec::new() } else { without(&shape.text, &mut stereotypes) };
    let mut attached: Vec<Vec<TextLine>> =
        members.words.iter().map(|words| without(&plan.shape(*words).text, &mut stereotypes)).collect();
    attached.retain(|text| !text.is_empty());
    if own.is_empty() && shape.name.is_none() && !attached.is_empty() {
        // The name is what is written largest, of equals what is bold, and of these what stands first.
        let size = |text: &[TextLine]| text.iter().map(|line| line.size).fold(0.0, f64::max);
        let largest = attached.iter().map(|text| size(text)).fold(0.0, f64::max);
        let is_large = |text: &Vec<TextLine>| size(text) >= largest - 0.5;
        let is_bold = |text: &Vec<TextLine>| text.iter().all(|line| line.bold || line.text.is_empty());
        let bold = attached.iter().position(|text| is_large(text) && is_bold(text));
        let first = bold.or_else(|| attached.iter().position(is_large)).unwrap_or(0);
        lines.extend(headed(&attached.remove(first)));
    } else {
        lines.extend(headed(&own));
    }
    let mut label = label::parts(lines);
    let mut prose: Vec<String> = label.description.take().into_iter().collect();
    for text in attached {
        let words = text.iter().map(|line| line.text.as_str()).filter(|text| !text.is_empty());
        prose.push(words.collect::<Vec<_>>().join(" "));
    }
    prose.extend(cells(plan, members));
    let name = shape.name.clone().unwrap_or(label.name);
    Words {
        name: if name.trim().is_empty() { fallback(plan, at, members) } else { one_line(&name) },
        bracket: label.bracket,
        description: Some(prose.join(" ")).filter(|text| !text.is_empty()),
        stereotypes,
    }
}

/// The lines without those that are a stereotype: `«device»`, `<<device>>`.
fn without(text: &[TextLine], stereotypes: &mut Vec<String>) -> Vec<TextLine> {
    let mut kept = Vec::new();
    for line in text {
        let words = line.text.trim();
        let inside = words
            .strip_prefix('«')
            .and_then(|rest| rest.strip_suffix('»'))
            .or_else(|| words.strip_prefix("<<").and_then(|rest| rest.strip_suffix(">>")));
        match inside {
            Some(inside) if !inside.contains(['«', '<']) && !inside.trim().is_empty() => {
                stereotypes.push(inside.trim().to_owned());
            }
            _ => kept.push(line.clone()),
        }
    }
    if kept.iter().all(|line| line.text.is_empty()) { Vec::new() } else { kept }
}

/// Lines of a label; a heading is written larger or bolder than others beside it.
fn headed(text: &[TextLine]) -> Vec<label::Line> {
    let written = || text.iter().filter(|line| !line.text.is_empty());
    let smallest = written().map(|line| line.size).fold(f64::INFINITY, f64::min);
    let all_bold = written().all(|line| line.bold);
    text.iter()
        .map(|line| label::Line {
            detail: false,
            text: line.text.clone(),
            heading: line.bold && !all_bold || line.size > smallest + 0.5,
            written: !line.text.is_empty(),
        })
        .collect()
}

/// The words in the cells of a table.
fn cells(plan: &Plan<'_>, members: &Members) -> Option<String> {
    let cells = members.same.iter().filter(|part| plan.sorts[**part] == Sort::Cell);
    let words: Vec<String> = cells.map(|part| text(plan, *part)).filter(|text| !text.is_empty()).collect();
    Some(words.join(", ")).filter(|text| !text.is_empty())
}

/// A name for what carries no words: what its picture stands for, else what it holds.
fn fallback(plan: &Plan<'_>, at: usize, members: &Members) -> String {
    let shapes = std::iter::once(at).chain(members.badges.iter().copied());
    if let Some(technology) = shapes.clone().find_map(|part| plan.shape(part).technologies.first()) {
        return technology.clone();
    }
    let mut names: Vec<String> =
        members.holds.iter().take(2).map(|held| plan.called(*held).trim_matches('\'').to_owned()).collect();
    if !names.is_empty() {
        let more = members.holds.len() - names.len();
        if more > 0 {
            names.push(format!("{more} more"));
        }
        let last = names.pop().unwrap_or_default();
        return if names.is_empty() { last } else { format!("{} and {last}", names.join(", ")) };
    }
    let stencil =
        shapes.clone().find_map(|part| plan.shape(part).stencil.as_deref()).map(signs::stencil_words);
    match (stencil, plan.shape(at).kind) {
        (_, Some(kind)) if kind != ElementKind::Unknown => format!("Unnamed {kind}"),
        (Some(words), _) if !words.is_empty() => words,
        _ => UNNAMED.to_owned(),
    }
}

fn kind_of(
    plan: &Plan<'_>,
    at: usize,
    members: &Members,
    bracket: Option<ElementKind>,
    draft: &Draft,
) -> ElementKind {
    let shape = plan.shape(at);
    let holds = !members.holds.is_empty();
    let logical = |kind: ElementKind| {
        matches!(kind, ElementKind::System | ElementKind::Container | ElementKind::Component)
    };
    let said = bracket
        .or(shape.kind)
        .or_else(|| draft.stereotypes.iter().find_map(|word| kinds::of_stereotype(word)))
        .or_else(|| members.badges.iter().find_map(|badge| plan.shape(*badge).kind).filter(|_| !holds));
    match said {
        Some(kind) if holds && (logical(kind) || kind == ElementKind::Person) => {
            return ElementKind::Boundary;
        }
        Some(kind) if kind != ElementKind::Unknown => return kind,
        _ => {}
    }
    match shape.outline {
        _ if holds => match shape.outline {
            Outline::Cube => ElementKind::Host,
            _ => ElementKind::Boundary,
        },
        Outline::Cylinder => ElementKind::Datastore,
        Outline::Queue => ElementKind::Queue,
        Outline::Person => ElementKind::Person,
        Outline::Cloud => signs::unless_said(ElementKind::Network, &draft.name),
        Outline::Cube => signs::unless_said(ElementKind::Host, &draft.name),
        _ if plan.sorts[at] == Sort::Box
            && shape.role == super::page::Role::Container
            && members.words.is_empty()
            && shape.technologies.is_empty()
            && is_area(plan, at) =>
        {
            ElementKind::Boundary
        }
        _ => match shape.technologies.first() {
            Some(technology) if plan.sorts[at] == Sort::Icon => icons::kind_of_icon(technology),
            _ => ElementKind::Unknown,
        },
    }
}

/// A holder that is drawn large and holds nothing yet.
fn is_area(plan: &Plan<'_>, at: usize) -> bool {
    plan.shape(at).text_spot.vertical == Vertical::Top && extent(&plan.areas[at]) >= 20_000.0
}

/// Where an element is drawn: its shape, or the card round it.
pub(super) fn bounds(plan: &Plan<'_>, at: usize, members: &Members) -> [f64; 4] {
    let own = plan.areas[at];
    let area = card(plan, at, members).map_or(own, |card| own.union(&plan.areas[card]));
    [area.x, area.y, area.width, area.height]
}

/// How an element is drawn.
pub(super) fn look(plan: &Plan<'_>, at: usize, members: &Members) -> Look {
    let shape = plan.shape(at);
    let words = members.words.first().filter(|_| !plan.has_words(at));
    let text = words.map_or(&shape.text, |words| &plan.shape(*words).text);
    let room = words.map_or(plan.words[at], |words| plan.words[*words]);
    // A second outline of the same size is no card.
    let roomy = |card: &usize| extent(&plan.areas[*card]) > 1.2 * extent(&plan.areas[at]);
    let card = card(plan, at, members).filter(roomy);
    // What is drawn is the card: its words stand where they stand on it.
    let drawn = card.map_or(shape, |card| plan.shape(card));
    let on_card = |card: usize| super::measure::holds(&plan.areas[card], room.center());
    let (caption, align) = match (card, words) {
        (Some(card), _) if on_card(card) => (Caption::Inside, Align::Center),
        (Some(card), Some(_)) => (beside(&plan.areas[card], &room), Align::Center),
        (None, Some(_)) => (beside(&plan.areas[at], &room), shape.text_spot.horizontal),
        (_, None) => (spot(shape), shape.text_spot.horizontal),
    };
    let text_size = text.iter().map(|line| line.size).find(|size| *size > 0.0);
    Look { caption, align, text_size, ..plain_look(drawn) }
}

/// The card round a small picture, when its element is drawn as one: a larger one when its words stand on it, too.
fn card(plan: &Plan<'_>, at: usize, members: &Members) -> Option<usize> {
    let own = plan.areas[at];
    let room =
        members.words.first().filter(|_| !plan.has_words(at)).map_or(plan.words[at], |at| plan.words[*at]);
    let is_card = |part: &&usize| {
        let area = plan.areas[**part];
        let most = if super::measure::holds(&area, room.center()) { 25.0 } else { 9.0 };
        area.contains(&own, 2.0) && extent(&area) <= most * extent(&own).max(1.0)
    };
    let size = |part: &usize| extent(&plan.areas[*part]);
    members.same.iter().filter(is_card).copied().max_by(|one, other| size(one).total_cmp(&size(other)))
}

fn beside(area: &Rect, words: &Rect) -> Caption {
    if area.contains(words, 6.0) || area.overlaps(words, 0.6 * words.height) {
        let middle = (words.center().y - area.center().y).abs() <= 0.15 * area.height;
        return if middle {
            Caption::Inside
        } else if words.center().y < area.center().y {
            Caption::Top
        } else {
            Caption::Bottom
        };
    }
    if words.y >= area.bottom() - 0.5 * words.height {
        Caption::Below
    } else if words.bottom() <= area.y + 0.5 * words.height {
        Caption::Above
    } else if words.center().x < area.center().x {
        Caption::Left
    } else {
        Caption::Right
    }
}

fn spot(shape: &Shape) -> Caption {
    match (shape.text_spot.side, shape.text_spot.vertical) {
        (Side::Above, _) => Caption::Above,
        (Side::Below, _) => Caption::Below,
        (Side::Left, _) => Caption::Left,
        (Side::Right, _) => Caption::Right,
        (Side::Inside, Vertical::Top) => Caption::Top,
        (Side::Inside, Vertical::Middle) => Caption::Inside,
        (Side::Inside, Vertical::Bottom) => Caption::Bottom,
    }
}

fn form(shape: &Shape) -> Form {
    match shape.outline {
        Outline::Rectangle | Outline::Stroke => Form::Rectangle,
        Outline::Rounded => Form::Rounded,
        Outline::Ellipse => Form::Ellipse,
        Outline::Cylinder => Form::Cylinder,
        Outline::Diamond => Form::Diamond,
        Outline::Hexagon => Form::Hexagon,
        Outline::Cloud => Form::Cloud,
        Outline::Person => Form::Person,
        Outline::Document => Form::Document,
        Outline::Note => Form::Note,
        Outline::Callout => Form::Callout,
        Outline::Folder => Form::Folder,
        Outline::Cube => Form::Cube,
        Outline::Queue => Form::Queue,
        Outline::Parallelogram => Form::Parallelogram,
        Outline::Text => Form::Text,
        Outline::Arrow => Form::Arrow,
        Outline::Table => Form::Table,
        // An unknown outline that its words stand in is a box.
        Outline::Other
            if shape.technologies.is_empty()
                && shape.text_spot.side == Side::Inside
                && super::sort::has_words(shape) =>
        {
            Form::Rectangle
        }
        Outline::Image | Outline::Stencil | Outline::Other => Form::Icon,
    }
}

/// The look of words that stand for themselves.
pub(super) fn note_look(shape: &Shape) -> Look {
    let text_size = shape.text.iter().map(|line| line.size).find(|size| *size > 0.0);
    let align = shape.text_spot.horizontal;
    Look { caption: spot(shape), align, text_size, ..plain_look(shape) }
}

/// The look of an outline alone.
pub(super) fn plain_look(shape: &Shape) -> Look {
    let form = form(shape);
    Look {
        form,
        tint: shape.fill.as_deref().and_then(tint),
        dashed: shape.dashed,
        // A picture hides what is below it, whatever its style says.
        unfilled: !shape.filled && form != Form::Icon,
        unstroked: !shape.stroked && form != Form::Icon,
        turned: shape.text_spot.turned,
        ..Look::default()
    }
}

/// The family of a color that is written `#rrggbb` or `#rgb`; none for white.
fn tint(color: &str) -> Option<Tint> {
    let digits = color.strip_prefix('#')?;
    let full: String = match digits.len() {
        3 => digits.chars().flat_map(|digit| [digit, digit]).collect(),
        6 | 8 => digits.get(..6)?.to_owned(),
        _ => return None,
    };
    let part =
        |at: usize| full.get(at..at + 2).and_then(|two| u8::from_str_radix(two, 16).ok()).map(f64::from);
    let (red, green, blue) = (part(0)?, part(2)?, part(4)?);
    let (high, low) = (red.max(green).max(blue), red.min(green).min(blue));
    let spread = high - low;
    if low >= 246.0 {
        return None;
    }
    if spread < 18.0 {
        return Some(Tint::Gray);
    }
    let hue = if high <= red {
        60.0 * ((green - blue) / spread).rem_euclid(6.0)
    } else if high <= green {
        60.0 * ((blue - red) / spread + 2.0)
    } else {
        60.0 * ((red - green) / spread + 4.0)
    };
    Some(match hue {
        hue if hue < 15.0 => Tint::Red,
        hue if hue < 42.0 => Tint::Orange,
        hue if hue < 68.0 => Tint::Yellow,
        hue if hue < 160.0 => Tint::Green,
        hue if hue < 195.0 => Tint::Teal,
        hue if hue < 258.0 => Tint::Blue,
        hue if hue < 290.0 => Tint::Purple,
        hue if hue < 340.0 => Tint::Pink,
        _ => Tint::Red,
    })
}

/// Words of a note, lines kept.
pub(super) fn prose(shape: &Shape) -> String {
    let lines: Vec<&str> = shape.text.iter().map(|line| line.text.as_str()).collect();
    lines.join("\n").trim().to_owned()
}
