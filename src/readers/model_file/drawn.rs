//! Coordinates of a view: bounds, looks and the ways of lines.

use super::log::Log;
use super::view::{Shown, flow};
use crate::model::{Align, Caption, Course, Form, LabelSpot, Look, PlainFrame, SheetRoute, Tint};
use crate::source::{Node, Value};

/// Coordinates beyond this many px are no drawing's.
const FARTHEST: f64 = 1e6;

/// Left, top, width and height.
pub(super) fn bounds(log: &mut Log<'_>, item: &Node) -> Option<[f64; 4]> {
    let found = item.get("bounds").filter(|found| found.value != Value::Null)?;
    let bounds = coordinates(found);
    if bounds.is_none() {
        log.wrong_type("bounds", "left, top, width and height in px", found);
    }
    bounds
}

/// How a node or note is drawn.
pub(super) fn look(log: &mut Log<'_>, item: &Node) -> Option<Look> {
    let found = item.get("look").filter(|found| found.value != Value::Null)?;
    let keys = ["form", "caption", "align", "tint", "dashed", "text-size", "unfilled", "unstroked", "turned"];
    log.entries(found, "a look", &keys)?;
    let text_size = found.get("text-size").filter(|size| size.value != Value::Null);
    let size = text_size.and_then(number).filter(|size| *size > 0.0 && *size < FARTHEST);
    if let (Some(written), None) = (text_size, size) {
        log.wrong_type("text-size", "px", written);
    }
    Some(Look {
        form: log.choice(found, "form", Form::ALL, Form::word).unwrap_or_default(),
        caption: log.choice(found, "caption", Caption::ALL, Caption::word).unwrap_or_default(),
        align: log.choice(found, "align", Align::ALL, Align::word).unwrap_or_default(),
        tint: log.choice(found, "tint", Tint::ALL, Tint::word),
        dashed: log.flag(found, "dashed").unwrap_or(false),
        text_size: size,
        unfilled: log.flag(found, "unfilled").unwrap_or(false),
        unstroked: log.flag(found, "unstroked").unwrap_or(false),
        turned: log.flag(found, "turned").unwrap_or(false),
    })
}

/// Entries `{bounds, look}`.
pub(super) fn frames(log: &mut Log<'_>, view: &Node) -> Vec<PlainFrame> {
    let mut frames = Vec::new();
    for item in log.list(view, "frames") {
        if log.entries(item, "a frame", &["bounds", "look"]).is_none() {
            continue;
        }
        match bounds(log, item) {
            Some(bounds) => frames.push(PlainFrame { bounds, look: look(log, item).unwrap_or_default() }),
            None => log.error("model-file/missing-bounds", "a frame needs `bounds`", item.span),
        }
    }
    frames
}

/// `{at, across, offset}`.
fn spot(log: &mut Log<'_>, route: &Node) -> Option<LabelSpot> {
    let found = route.get("spot").filter(|found| found.value != Value::Null)?;
    log.entries(found, "a spot", &["at", "across", "offset"])?;
    let mut px = |key: &str| {
        let written = found.get(key).filter(|written| written.value != Value::Null)?;
        let px = number(written).filter(|px| px.is_finite() && px.abs() < FARTHEST);
        if px.is_none() {
            log.wrong_type(key, "a number", written);
        }
        px
    };
    let (at, across) = (px("at").unwrap_or(0.0).clamp(-1.0, 1.0), px("across").unwrap_or(0.0));
    let offset = found.get("offset").filter(|written| written.value != Value::Null);
    let moved = offset.and_then(coordinates);
    if let (Some(written), None) = (offset, moved) {
        log.wrong_type("offset", "x and y in px", written);
    }
    Some(LabelSpot { at, across, offset: moved.unwrap_or_default() })
}

/// Entries `{relation, points, course, label}`.
pub(super) fn routes(log: &mut Log<'_>, view: &Node, shown: &Shown<'_>) -> Vec<SheetRoute> {
    let mut routes = Vec::new();
    for item in log.list(view, "routes") {
        if log.entries(item, "a route", &["relation", "points", "course", "label", "spot"]).is_none() {
            continue;
        }
        let Some(id) = log.line(item, "relation") else {
            log.error("model-file/missing-relation", "a route needs `relation`, an id", item.span);
            continue;
        };
        let span = item.get("relation").map_or(item.span, |node| node.span);
        // The way of a joined path is computed anew, as the path is.
        let Some(flow) = flow(log, &id, span, shown) else { continue };
        let points = points(log, item);
        let label = item.get("label").filter(|found| found.value != Value::Null).and_then(|found| {
            let label = coordinates(found);
            if label.is_none() {
                log.wrong_type("label", "x and y in px", found);
            }
            label
        });
        let course = log.choice(item, "course", Course::ALL, Course::word).unwrap_or_default();
        let spot = spot(log, item);
        routes.push(SheetRoute { flow, points, course, label, spot });
    }
    routes
}

fn points(log: &mut Log<'_>, item: &Node) -> Vec<[f64; 2]> {
    let mut points = Vec::new();
    for point in log.list(item, "points") {
        match coordinates(point) {
            Some(point) => points.push(point),
            None => log.wrong_item("points", "x and y in px", point),
        }
    }
    points
}

fn coordinates<const N: usize>(node: &Node) -> Option<[f64; N]> {
    let items = node.as_list().filter(|items| items.len() == N)?;
    let numbers: Vec<f64> = items.iter().filter_map(number).collect();
    let near = |number: &f64| number.is_finite() && number.abs() < FARTHEST;
    <[f64; N]>::try_from(numbers).ok().filter(|numbers| numbers.iter().all(near))
}

#[expect(clippy::cast_precision_loss, reason = "coordinates are far below 2^53")]
fn number(node: &Node) -> Option<f64> {
    match node.value {
        Value::Integer(number) => Some(number as f64),
        Value::Float(number) => Some(number),
        _ => None,
    }
}
