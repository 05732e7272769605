//! Lines: their ends, bends and heads.

use super::c4;
use super::label::{self, Around};
use super::lower::{Became, Context, link, properties, tags};
use super::syntax::{MxCell, MxGeometry};
use super::turn::turned;
use crate::drawing::{End, Head, Line, LineLabel, TextLine};
use crate::geometry::{Point, along};

/// Words for heads that show a direction; draw.io adds `Thin` to some.
const ARROWS: [&str; 7] = ["classic", "block", "open", "openAsync", "async", "doubleBlock", "halfOpen"];

/// A line of the page.
pub(super) fn line(context: &Context<'_, '_>, at: usize, around: Around<'_, '_>) -> Line {
    let cell = &context.cells[at];
    let nothing = MxGeometry::default();
    let geometry = cell.geometry.as_ref().unwrap_or(&nothing);
    let [left, top, ..] = context.tree.bounds[at];
    let moved = |point: [f64; 2]| [left + point[0], top + point[1]];
    let mut from = end(context, at, cell.source, ["exitX", "exitY", "exitDx", "exitDy"]);
    let mut to = end(context, at, cell.target, ["entryX", "entryY", "entryDx", "entryDy"]);
    let loose = |end: &End| end.shape.is_none() && end.line.is_none();
    if loose(&from) {
        from.point = geometry.source.map(moved);
    }
    if loose(&to) {
        to.point = geometry.target.map(moved);
    }
    from.head = head(cell, "startArrow", "none");
    // The default of draw.io's style for edges.
    to.head = head(cell, "endArrow", "classic");
    let mut line = Line::new(cell.id, from, to, cell.span.into());
    line.parent = context.holder(at);
    line.points = geometry.points.iter().copied().map(moved).collect();
    line.sideways = cell.style.get("edgeStyle") == Some("entityRelationEdgeStyle");
    line.orthogonal = cell.style.get("edgeStyle").is_some_and(|style| !matches!(style, "" | "none"));
    let text = label::lines(cell, around);
    if !text.is_empty() {
        line.labels.push(on_way(cell, text));
    }
    line.dashed = cell.style.is_on("dashed");
    line.width = cell.style.number("strokeWidth").unwrap_or(1.0).clamp(0.0, 100.0);
    line.stroke = cell.style.color("strokeColor").map(str::to_owned);
    line.layer = context.tree.layer[at];
    line.hidden = context.tree.hidden[at];
    line.link = link(cell);
    line.tags = tags(cell);
    line.properties = properties(cell);
    c4::line(cell, &mut line);
    line
}

/// Words on a line, at the place that the geometry of their cell gives.
pub(super) fn on_way(cell: &MxCell<'_>, text: Vec<TextLine>) -> LineLabel {
    let label = LineLabel { text, place: cell.span.into(), ..LineLabel::default() };
    let place = cell.geometry.as_ref().filter(|geometry| geometry.relative);
    let Some(MxGeometry { bounds: [at, across, ..], offset, .. }) = place else { return label };
    LineLabel { at: at.clamp(-1.0, 1.0), across: *across, offset: *offset, ..label }
}

/// What an end is glued to, and the point that the style fixes on its border.
fn end(context: &Context<'_, '_>, line: usize, id: Option<&str>, keys: [&str; 4]) -> End {
    let Some(cell) = id.and_then(|id| context.tree.by_id.get(id)).copied() else { return End::default() };
    let mut end = End::default();
    match context.became[cell] {
        Became::Shape(shape) => end.shape = Some(shape),
        Became::Line(other) if cell != line => end.line = Some(other),
        // A label stands for its line.
        Became::Label(other, _) => end.line = Some(other),
        Became::Line(_) | Became::Nothing => return end,
    }
    let number = |key: &str| context.cells[line].style.number(key);
    if let (Some(x), Some(y), true) = (number(keys[0]), number(keys[1]), end.shape.is_some()) {
        let [left, top, width, height] = context.tree.bounds[cell];
        let (dx, dy) = (number(keys[2]).unwrap_or(0.0), number(keys[3]).unwrap_or(0.0));
        let point = [left + x.clamp(-10.0, 10.0) * width + dx, top + y.clamp(-10.0, 10.0) * height + dy];
        let turn = context.cells[cell].style.number("rotation").unwrap_or(0.0);
        let center = [left + width / 2.0, top + height / 2.0];
        end.point = Some(if turn == 0.0 { point } else { turned(point, center, turn) });
    }
    end
}

fn head(cell: &MxCell<'_>, key: &str, default: &'static str) -> Head {
    let style = &cell.style;
    // Double lines and pipes have no heads.
    let open = matches!(style.get("shape"), Some("link" | "pipe" | "wire"));
    let word = style.get(key).filter(|word| !word.is_empty()).unwrap_or(if open { "none" } else { default });
    let stem = word.strip_suffix("Thin").unwrap_or(word);
    match stem {
        "none" => Head::None,
        stem if ARROWS.contains(&stem) => Head::Arrow,
        _ => Head::Mark(word.chars().take(40).collect()),
    }
}

/// The bounds of a shape that stands on a line. Where draw.io runs a line is not in the file: the way from end to end
/// over the bends is near enough.
pub(super) fn on_line(context: &Context<'_, '_>, line: usize, cell: &MxCell<'_>) -> [f64; 4] {
    let edge = &context.cells[line];
    let nothing = MxGeometry::default();
    let (own, way) = (cell.geometry.as_ref().unwrap_or(&nothing), edge.geometry.as_ref().unwrap_or(&nothing));
    let [left, top, ..] = context.tree.bounds[line];
    let [x, y, width, height] = own.bounds;
    if !own.relative {
        return [left + x, top + y, width, height];
    }
    let moved = |point: [f64; 2]| [left + point[0], top + point[1]];
    let center = |id: Option<&str>| {
        let cell = id.and_then(|id| context.tree.by_id.get(id)).copied()?;
        let [left, top, width, height] = context.tree.bounds[cell];
        Some([left + width / 2.0, top + height / 2.0])
    };
    let from = center(edge.source).or(way.source.map(moved));
    let to = center(edge.target).or(way.target.map(moved));
    let points = from.into_iter().chain(way.points.iter().copied().map(moved)).chain(to);
    let points: Vec<Point> = points.map(|[x, y]| Point::new(x, y)).collect();
    let at = along(&points, (x.clamp(-1.0, 1.0) + 1.0) / 2.0).unwrap_or_default();
    // A shape on a line stands with its corner there, moved by its offset.
    [at.x + own.offset[0], at.y + own.offset[1], width, height]
}
