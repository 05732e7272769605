//! One scene as one `svg` element.

use std::collections::BTreeSet;

use svg::Node as _;
use svg::node::element::{
    Description, Group as Part, Path, Rectangle, SVG, Style, Text as TextElement, Title,
};

use super::STYLE;
use super::badge::badge;
use super::number::{clean, number};
use super::outline::{glyph, hit_box, outline, parts};
use super::paint;
use crate::geometry::{Point, Rect};
use crate::scene::{Anchor, Connector, Group, Label, Outline, Remark, Scene, Shape, Text, TextStyle};

/// Length of an arrow's head.
const HEAD: f64 = 8.0;

/// Where a picture stands.
#[derive(Clone, Copy, Debug)]
pub enum Setting<'a> {
    /// In a file of its own, with its style.
    Alone,
    /// In a page that carries [`STYLE`]; `id` makes the picture's ids unique there.
    Page {
        /// Prefix of the picture's ids; the first badge of a number has the id `<prefix>-<number>`.
        id: &'a str,
    },
}

/// The picture as markup.
pub fn draw(scene: &Scene, setting: Setting<'_>) -> String {
    let (id, role) = match setting {
        Setting::Alone => ("picture", "img"),
        Setting::Page { id } => (id, "group"),
    };
    let (width, height) = (number(scene.size.width), number(scene.size.height));
    let mut document = SVG::new()
        .set("class", "picture")
        .set("viewBox", format!("0 0 {width} {height}"))
        .set("width", width.as_str())
        .set("height", height.as_str())
        .set("role", role)
        .set("aria-labelledby", format!("{id}-title {id}-desc"));
    document.append(Title::new(clean(&scene.title)).set("id", format!("{id}-title")));
    document.append(
        Description::new()
            .set("id", format!("{id}-desc"))
            .add(svg::node::Text::new(clean(&scene.description))),
    );
    if matches!(setting, Setting::Alone) {
        document.append(Style::new(STYLE));
    }
    let paper = Rectangle::new()
        .set("class", "p-paper")
        .set("width", width)
        .set("height", height)
        .set("fill", "#fff");
    document.append(paper);
    let (plain, remarks): (Vec<&Remark>, Vec<&Remark>) =
        scene.remarks.iter().partition(|remark| remark.texts.is_empty());
    // Outlines without words go between the groups: what is larger lies below.
    let area = |bounds: &Rect| bounds.width * bounds.height;
    let mut plain = plain.into_iter().enumerate().peekable();
    for group in &scene.groups {
        while let Some((at, one)) = plain.next_if(|(_, one)| area(&one.bounds) >= area(&group.bounds)) {
            document.append(prose(one, &format!("frame {}", at + 1), setting));
        }
        document.append(frame(group, setting));
    }
    for (at, one) in plain {
        document.append(prose(one, &format!("frame {}", at + 1), setting));
    }
    for (at, remark) in remarks.into_iter().enumerate() {
        document.append(prose(remark, &format!("note {}", at + 1), setting));
    }
    for shape in &scene.shapes {
        document.append(card(shape, setting));
    }
    // After the boxes: the second outline of several instances reaches above its box, where heads end.
    for connector in &scene.connectors {
        document.append(route(connector, setting));
    }
    // A line runs through a bar unbroken: it is drawn over it, on its way between two legs.
    for path in passages(scene) {
        document.append(path);
    }
    for label in scene.connectors.iter().filter_map(|connector| Some((connector, connector.label.as_ref()?)))
    {
        document.append(flow_label(label.0, label.1, setting));
    }
    for (shape, label) in scene.shapes.iter().filter_map(|shape| Some((shape, shape.caption.as_ref()?))) {
        document.append(caption(shape, label, setting));
    }
    let badges = scene.groups.iter().flat_map(|group| &group.badges);
    let badges = badges.chain(scene.shapes.iter().flat_map(|shape| &shape.badges));
    let mut numbers = BTreeSet::new();
    for mark in badges.chain(scene.connectors.iter().flat_map(|connector| &connector.badges)) {
        let first = numbers.insert(mark.number.as_str());
        document.append(badge(mark, setting, first));
    }
    let mut bytes = Vec::new();
    // Writing to memory cannot fail.
    let _ = svg::write(&mut bytes, &document);
    let mut text = String::from_utf8_lossy(&bytes).into_owned();
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

fn frame(group: &Group, setting: Setting<'_>) -> Part {
    let mut part = marked("boundary", &group.id, group.parent.as_deref(), setting);
    let (class, fill) = match group.tint {
        Some(tint) => (paint::tint(Some(tint)).0.trim_start(), paint::tint(Some(tint)).1),
        None => paint::surface(group.surface),
    };
    let ink = paint::Ink { filled: group.filled, stroked: group.stroked, dashed: group.dashed };
    let (class, fill) = (format!("p-group {class}{}", ink.classes()), ink.fill(fill));
    if group.outline == Outline::Card {
        let rect = rectangle(group.bounds)
            .set("data-role", "shape")
            .set("class", class)
            .set("rx", "6")
            .set("fill", fill)
            .set("stroke", ink.stroke("#7a828c"));
        part.append(rect);
    } else {
        part.append(hit_box(group.bounds));
        for path in parts(group.outline, group.bounds, &class, fill) {
            part.append(if group.stroked { path } else { path.set("stroke", "none") });
        }
    }
    full(&mut part, group.full.as_deref());
    texts(&mut part, &group.texts, setting);
    part
}

fn card(shape: &Shape, setting: Setting<'_>) -> Part {
    let mut part = marked("node", &shape.id, shape.parent.as_deref(), setting);
    part.append(hit_box(shape.bounds));
    part.append(outline(shape));
    if let Some(path) = glyph(shape.glyph, shape.glyph_at, shape.glyph_scale) {
        part.append(path);
    }
    full(&mut part, shape.full.as_deref());
    texts(&mut part, &shape.texts, setting);
    part
}

/// What the picture has no room for, for the pointer and for screen readers.
fn full(part: &mut Part, text: Option<&str>) {
    if let Some(text) = text {
        part.append(Title::new(clean(text)));
    }
}

/// Prose of the author.
fn prose(remark: &Remark, id: &str, setting: Setting<'_>) -> Part {
    let mut part = marked("note", id, None, setting);
    let (tint, fill) = paint::tint(remark.tint);
    let ink = paint::Ink { filled: remark.filled, stroked: remark.stroked, dashed: remark.dashed };
    let class = format!("p-note{tint}{}", ink.classes());
    part.append(hit_box(remark.bounds));
    for path in parts(remark.outline, remark.bounds, &class, ink.fill(fill)) {
        part.append(if remark.stroked { path } else { path.set("stroke", "none") });
    }
    full(&mut part, remark.full.as_deref());
    texts(&mut part, &remark.texts, setting);
    part
}

/// A name beside its shape.
fn caption(shape: &Shape, label: &Label, setting: Setting<'_>) -> Part {
    let mut part = marked("label", &format!("{} name", shape.id), None, setting);
    if matches!(setting, Setting::Alone) {
        part = part.set("data-for", clean(&shape.id));
    }
    let room = rectangle(label.bounds).set("data-role", "shape");
    part.append(if label.halo {
        room.set("class", "p-halo").set("rx", "3").set("fill", "#fff")
    } else {
        room.set("fill", "none")
    });
    texts(&mut part, &label.texts, setting);
    part
}

fn route(connector: &Connector, setting: Setting<'_>) -> Part {
    let mut part = marked("edge", &connector.id, None, setting);
    if matches!(setting, Setting::Alone) {
        part = part
            .set("data-from", clean(&connector.from))
            .set("data-to", clean(&connector.to))
            .set("data-relations", clean(&connector.relations.join(" ")));
    }
    let class = if connector.dashed { "p-route p-async" } else { "p-route" };
    let path = Path::new()
        .set("data-role", "route")
        .set("class", class)
        .set("d", polyline(&connector.points))
        .set("fill", "none")
        .set("stroke", "#3a424c");
    part.append(path);
    let mut ends = Vec::new();
    if connector.head_from {
        ends.push(connector.points.first().zip(connector.points.get(1)));
    }
    if connector.head_to {
        let before = connector.points.len().checked_sub(2).and_then(|at| connector.points.get(at));
        ends.push(connector.points.last().zip(before));
    }
    for (tip, from) in ends.into_iter().flatten() {
        part.append(head(*tip, *from));
    }
    part
}

/// A filled head at `tip`, seen from `from`.
fn head(tip: Point, from: Point) -> Path {
    let (dx, dy) = (tip.x - from.x, tip.y - from.y);
    let length = (dx * dx + dy * dy).sqrt().max(0.001);
    let (ux, uy) = (dx / length, dy / length);
    let base = Point::new(tip.x - ux * HEAD, tip.y - uy * HEAD);
    let side = HEAD * 0.45;
    let n = number;
    let data = format!(
        "M{} {}L{} {}L{} {}z",
        n(tip.x),
        n(tip.y),
        n(base.x - uy * side),
        n(base.y + ux * side),
        n(base.x + uy * side),
        n(base.y - ux * side),
    );
    Path::new().set("data-role", "head").set("class", "p-head").set("d", data).set("fill", "#3a424c")
}

/// The pieces of lines inside bars: from the end of one leg to the start of the next one.
fn passages(scene: &Scene) -> Vec<Path> {
    let pairs = scene.connectors.windows(2).filter_map(|pair| match pair {
        [first, second]
            if first.to == second.from && first.relations == second.relations && second.id.contains('#') =>
        {
            Some((first.points.last()?, second.points.first()?, first.dashed))
        }
        _ => None,
    });
    let draw = |(from, to, dashed): (&Point, &Point, bool)| {
        Path::new()
            .set("class", if dashed { "p-route p-async" } else { "p-route" })
            .set("d", polyline(&[*from, *to]))
            .set("fill", "none")
            .set("stroke", "#3a424c")
    };
    pairs.map(draw).collect()
}

fn flow_label(connector: &Connector, label: &Label, setting: Setting<'_>) -> Part {
    let mut part = marked("label", &format!("{} label", connector.id), None, setting);
    if matches!(setting, Setting::Alone) {
        part = part.set("data-for", clean(&connector.id));
    }
    let halo = rectangle(label.bounds)
        .set("data-role", "shape")
        .set("class", "p-halo")
        .set("rx", "3")
        .set("fill", "#fff");
    part.append(halo);
    texts(&mut part, &label.texts, setting);
    part
}

/// A part with its marks for tools. A page is read by people: there the kind is enough.
fn marked(kind: &str, id: &str, parent: Option<&str>, setting: Setting<'_>) -> Part {
    let part = Part::new().set("data-kind", kind);
    if matches!(setting, Setting::Page { .. }) {
        return part;
    }
    let part = part.set("data-id", clean(id));
    match parent {
        Some(parent) => part.set("data-parent", clean(parent)),
        None => part,
    }
}

fn rectangle(bounds: Rect) -> Rectangle {
    Rectangle::new()
        .set("x", number(bounds.x))
        .set("y", number(bounds.y))
        .set("width", number(bounds.width))
        .set("height", number(bounds.height))
}

/// Lines of text. In a page its style sheet sets the type, so that only places are written: half of the
/// bytes of a picture are its texts.
fn texts(part: &mut Part, lines: &[Text], setting: Setting<'_>) {
    for line in lines {
        let (class, size, weight, fill) = match line.style {
            TextStyle::ZoneTitle => ("p-zt", "12", "600", "#1a1d21"),
            TextStyle::ZoneRole => ("p-zr", "11", "400", "#565d66"),
            TextStyle::Name => ("p-n", "13", "600", "#1a1d21"),
            TextStyle::BarName => ("p-bn", "12", "600", "#1a1d21"),
            TextStyle::Technology => ("p-t", "11", "400", "#565d66"),
            TextStyle::Flow => ("p-f", "11", "400", "#1a1d21"),
            TextStyle::Badge => ("p-b", "10.5", "600", "#ffffff"),
        };
        let mut text = TextElement::new(clean(&line.text))
            .set("class", format!("{class}{}", paint::size(line.size)))
            .set("x", number(line.at.x))
            .set("y", number(line.at.y));
        if matches!(setting, Setting::Alone) {
            let size = line.size.map_or_else(|| size.to_owned(), number);
            text = text
                .set("font-size", size)
                .set("font-weight", weight)
                .set("fill", fill)
                .set("font-family", "Inter, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif");
        }
        match line.anchor {
            Anchor::Start => {}
            Anchor::Middle => text = text.set("text-anchor", "middle"),
            Anchor::End => text = text.set("text-anchor", "end"),
        }
        if line.width > 0.0 {
            // Keeps the text in its box when the font is missing.
            text = text.set("textLength", number(line.width)).set("lengthAdjust", "spacingAndGlyphs");
        }
        if line.turned {
            text = text.set("transform", format!("rotate(-90 {} {})", number(line.at.x), number(line.at.y)));
        }
        part.append(text);
    }
}

fn polyline(points: &[Point]) -> String {
    let mut data = String::new();
    for (at, point) in points.iter().enumerate() {
        data.push(if at == 0 { 'M' } else { 'L' });
        data.push_str(&format!("{} {}", number(point.x), number(point.y)));
    }
    data
}
