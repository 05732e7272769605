//! What a shape looks like and where its words stand, from its style.

use super::style::Style;
use crate::drawing::{Outline, Role, Side, TextSpot, Vertical};
use crate::model::Align;

/// draw.io's shapes by the first words of their names; the longest that fits decides.
const SHAPES: &[(&str, Outline)] = &[
    ("rectangle", Outline::Rectangle),
    ("rect", Outline::Rectangle),
    ("label", Outline::Rectangle),
    ("process", Outline::Rectangle),
    ("swimlane", Outline::Rectangle),
    ("umlFrame", Outline::Rectangle),
    ("partialRectangle", Outline::Rectangle),
    ("internalStorage", Outline::Rectangle),
    ("module", Outline::Rectangle),
    ("component", Outline::Rectangle),
    ("plus", Outline::Rectangle),
    ("ext", Outline::Rectangle),
    ("card", Outline::Rectangle),
    ("corner", Outline::Other),
    ("ellipse", Outline::Ellipse),
    ("doubleEllipse", Outline::Ellipse),
    ("lineEllipse", Outline::Ellipse),
    ("sumEllipse", Outline::Ellipse),
    ("orEllipse", Outline::Ellipse),
    ("startState", Outline::Ellipse),
    ("endState", Outline::Ellipse),
    ("cylinder", Outline::Cylinder),
    ("datastore", Outline::Cylinder),
    ("dataStorage", Outline::Queue),
    ("pipe", Outline::Queue),
    ("rhombus", Outline::Diamond),
    ("hexagon", Outline::Hexagon),
    ("cloud", Outline::Cloud),
    ("actor", Outline::Person),
    ("umlActor", Outline::Person),
    ("document", Outline::Document),
    ("tape", Outline::Document),
    ("note", Outline::Note),
    ("callout", Outline::Callout),
    ("folder", Outline::Folder),
    ("umlPackage", Outline::Folder),
    ("cube", Outline::Cube),
    ("isoCube", Outline::Cube),
    ("parallelogram", Outline::Parallelogram),
    ("trapezoid", Outline::Parallelogram),
    ("manualInput", Outline::Parallelogram),
    ("text", Outline::Text),
    ("image", Outline::Image),
    ("icon", Outline::Image),
    ("arrow", Outline::Arrow),
    ("singleArrow", Outline::Arrow),
    ("doubleArrow", Outline::Arrow),
    ("flexArrow", Outline::Arrow),
    ("step", Outline::Arrow),
    ("line", Outline::Stroke),
    ("curlyBracket", Outline::Stroke),
    ("crossbar", Outline::Stroke),
    ("dimension", Outline::Stroke),
    ("link", Outline::Stroke),
    ("waypoint", Outline::Stroke),
    ("wire", Outline::Stroke),
    ("table", Outline::Table),
    ("tableRow", Outline::Table),
    ("tableCell", Outline::Table),
    ("mxgraph.basic.rect", Outline::Rectangle),
    ("mxgraph.basic.frame", Outline::Rectangle),
    ("mxgraph.basic.button", Outline::Rectangle),
    ("mxgraph.basic.shaded_button", Outline::Rectangle),
    ("mxgraph.basic.roundRectCallout", Outline::Callout),
    ("mxgraph.basic.rectCallout", Outline::Callout),
    ("mxgraph.basic.ovalCallout", Outline::Callout),
    ("mxgraph.basic.cloud_callout", Outline::Callout),
    ("mxgraph.basic.cloud_rect", Outline::Cloud),
    ("mxgraph.basic.isocube", Outline::Cube),
    ("mxgraph.basic.corner_round_rect", Outline::Rounded),
    ("mxgraph.basic.octagon", Outline::Hexagon),
    ("mxgraph.basic.document", Outline::Document),
    ("mxgraph.flowchart.database", Outline::Cylinder),
    ("mxgraph.flowchart.direct_data", Outline::Queue),
    ("mxgraph.flowchart.stored_data", Outline::Queue),
    ("mxgraph.flowchart.decision", Outline::Diamond),
    ("mxgraph.flowchart.document", Outline::Document),
    ("mxgraph.flowchart.multi-document", Outline::Document),
    ("mxgraph.flowchart.process", Outline::Rectangle),
    ("mxgraph.flowchart.predefined_process", Outline::Rectangle),
    ("mxgraph.flowchart.start_1", Outline::Ellipse),
    ("mxgraph.flowchart.start_2", Outline::Ellipse),
    ("mxgraph.flowchart.terminator", Outline::Rounded),
    ("mxgraph.flowchart.data", Outline::Parallelogram),
    ("mxgraph.flowchart.preparation", Outline::Hexagon),
    ("mxgraph.c4.webBrowserContainer", Outline::Rectangle),
    ("mxgraph.c4.webBrowserContainer2", Outline::Rectangle),
    ("mxgraph.c4.person", Outline::Person),
    ("mxgraph.c4.person2", Outline::Person),
    ("mxgraph.arrows", Outline::Arrow),
    ("mxgraph.er.entity", Outline::Rectangle),
    ("mxgraph.gcp2.doubleRect", Outline::Rectangle),
    ("mxgraph.ibm.box", Outline::Rectangle),
    ("mxgraph.kubernetes.frame", Outline::Rectangle),
];

/// What the shape looks like.
pub(super) fn of(style: &Style<'_>) -> Outline {
    let lies = matches!(style.get("direction"), Some("north" | "south"));
    let named = |name: &str| {
        let fits = |known: &str| {
            name.strip_prefix(known).is_some_and(|rest| {
                // `cylinder3` is a `cylinder`, `linear` is no `line`.
                rest.is_empty()
                    || rest.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | '_' | ';'))
            })
        };
        SHAPES
            .iter()
            .filter(|(known, _)| fits(known))
            .max_by_key(|(known, _)| known.len())
            .map(|(_, shape)| *shape)
    };
    // A style's name that no shape has, such as `html`, says nothing.
    let shape = match style.get("shape") {
        Some("") | None => style.name().and_then(named).unwrap_or_default(),
        Some(shape) if shape.starts_with("stencil(") => Outline::Stencil,
        Some(shape) => {
            named(shape).unwrap_or(if shape.contains('.') { Outline::Stencil } else { Outline::Other })
        }
    };
    match shape {
        Outline::Rectangle if style.is_on("rounded") => Outline::Rounded,
        Outline::Cylinder if lies => Outline::Queue,
        Outline::Text if style.color("strokeColor").is_some() || style.color("fillColor").is_some() => {
            if style.is_on("rounded") {
                Outline::Rounded
            } else {
                Outline::Rectangle
            }
        }
        // A box of which neither filling nor outline shows is its words.
        Outline::Rectangle | Outline::Rounded
            if style.is_none("strokeColor") && style.is_none("fillColor") && style.get("image").is_none() =>
        {
            Outline::Text
        }
        shape => shape,
    }
}

/// What the tool says that the shape is.
pub(super) fn role(style: &Style<'_>) -> Role {
    let shape = style.shape().unwrap_or_default();
    if style.has("group") && style.get("shape").is_none() {
        Role::Group
    } else if shape == "swimlane"
        || style.has("swimlane")
        || style.is_on("container") && style.get("container") != Some("0")
    {
        Role::Container
    } else {
        Role::Plain
    }
}

/// Where the words of the shape stand.
pub(super) fn spot(style: &Style<'_>, outline: Outline) -> TextSpot {
    // The style `image` and `icon` of draw.io put the words below.
    let below = (style.has("image") || style.has("icon")).then_some("bottom");
    let side = match (style.get("labelPosition"), style.get("verticalLabelPosition").or(below)) {
        (Some("left"), _) => Side::Left,
        (Some("right"), _) => Side::Right,
        (_, Some("top")) => Side::Above,
        (_, Some("bottom")) => Side::Below,
        _ => Side::Inside,
    };
    let swimlane =
        style.shape() == Some("swimlane") || style.has("swimlane") || style.get("shape") == Some("table");
    let vertical = match style.get("verticalAlign") {
        _ if swimlane => Vertical::Top,
        Some("top") => Vertical::Top,
        Some("bottom") => Vertical::Bottom,
        Some(_) => Vertical::Middle,
        None if style.has("text") && outline == Outline::Text => Vertical::Top,
        None if below.is_some() => Vertical::Top,
        None => Vertical::Middle,
    };
    let horizontal = match style.get("align") {
        Some("left") => Align::Left,
        Some("right") => Align::Right,
        None if style.has("text") && outline == Outline::Text => Align::Left,
        Some(_) | None => Align::Center,
    };
    let turned = side == Side::Inside && style.get("horizontal") == Some("0");
    TextSpot { side, vertical, horizontal, turned }
}
