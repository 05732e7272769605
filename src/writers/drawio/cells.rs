//! How the layer and its badges are spelled.

use std::fmt::Write as _;

use super::badges::Badge;
use crate::assessment::Severity;
use crate::source::BADGE;

/// Id of the layer.
pub(super) const LAYER: &str = "planroom-findings";
/// Attribute of the layer: the packed text of the page without it.
pub(super) const ORIGINAL: &str = "planroom-original";
/// The layer's cell. `root` is the cell that holds the layers of the page.
pub(super) fn layer(root: &str, original: Option<&str>) -> String {
    let kept = original.map(|text| format!(" {ORIGINAL}=\"{}\"", escaped(text))).unwrap_or_default();
    format!("<mxCell id=\"{LAYER}\" value=\"Planroom findings\" parent=\"{}\"{kept}/>", escaped(root))
}

/// The cells of badges.
pub(super) fn badges(badges: &[Badge]) -> String {
    let mut text = String::new();
    for (at, badge) in badges.iter().enumerate() {
        let [width, height] = size(badge.severity);
        // draw.io shows a tooltip as HTML.
        let tooltip = escaped(&badge.text).replace("&#10;", "<br>");
        let _ = write!(
            text,
            "<object label=\"{}\" tooltip=\"{}\" {BADGE}=\"{}\" id=\"planroom-finding-{}\">\
             <mxCell style=\"{}\" parent=\"{LAYER}\" vertex=\"1\" connectable=\"0\">\
             <mxGeometry x=\"{}\" y=\"{}\" width=\"{width}\" height=\"{height}\" as=\"geometry\"/></mxCell></object>",
            escaped(&badge.number),
            escaped(&tooltip),
            badge.severity.word(),
            at + 1,
            style(badge.severity),
            number(badge.at.x - width / 2.0),
            number(badge.at.y - height / 2.0),
        );
    }
    text
}

/// Width and height: a number of two digits fits into each form.
fn size(severity: Severity) -> [f64; 2] {
    match severity {
        Severity::Critical => [24.0, 24.0],
        Severity::High => [30.0, 26.0],
        Severity::Medium => [28.0, 28.0],
        Severity::Low | Severity::Info => [24.0, 18.0],
    }
}

/// The forms and colors of the page: octagon critical, triangle high, diamond medium, square low.
fn style(severity: Severity) -> String {
    let (form, color) = match severity {
        Severity::Critical => ("shape=mxgraph.basic.octagon2;dx=3.3;", "#a8201a"),
        Severity::High => ("triangle;direction=north;verticalAlign=bottom;spacingBottom=-1;", "#b3470b"),
        Severity::Medium => ("rhombus;", "#7a5a00"),
        Severity::Low | Severity::Info => ("rounded=0;", "#565d66"),
    };
    format!(
        "{form}html=0;fillColor={color};strokeColor=#ffffff;fontColor=#ffffff;fontSize=10;fontStyle=1;spacing=0;"
    )
}

/// A place in tenths of a px.
fn number(value: f64) -> String {
    // Adding zero makes -0 plain.
    format!("{}", (value * 10.0).round() / 10.0 + 0.0)
}

/// A text as the value of an attribute.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            '\t' => out.push_str("&#9;"),
            // What XML cannot hold.
            '\0'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => {}
            other => out.push(other),
        }
    }
    out
}
