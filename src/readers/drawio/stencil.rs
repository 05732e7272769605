//! The stencil or icon of a shape: its name in the style, and what that says.

use super::stencils;
use super::style::Style;
use crate::drawing::{Notation, Outline, Role, Shape};
use crate::model::ElementKind;

/// Keys that name the icon in a frame, or the type of an ArchiMate element.
const ICONS: [&str; 10] = [
    "resIcon",
    "grIcon",
    "prIcon",
    "SAPIcon",
    "appType",
    "busType",
    "techType",
    "physType",
    "motivation",
    "strategy",
];

/// Shapes of draw.io itself that are made for something else than architecture.
const NOTATIONS: [(&str, Notation); 4] = [
    ("umlLifeline", Notation::Sequence),
    ("umlDestroy", Notation::Sequence),
    ("startState", Notation::States),
    ("endState", Notation::States),
];

/// The name of the icon or stencil: `mxgraph.aws4.lambda`, `img/lib/azure2/compute/Virtual_Machine.svg`.
fn name(style: &Style<'_>) -> Option<String> {
    let shape = style.get("shape").unwrap_or_default();
    if shape.starts_with("mxgraph.") {
        // The icon in a frame says more than the frame.
        let icon = ICONS.iter().find_map(|key| style.get(key)).filter(|icon| !icon.is_empty());
        return Some(match icon {
            Some(icon) if icon.contains('.') => icon.to_owned(),
            Some(icon) => {
                let family = shape.rsplit_once('.').map_or(shape, |(family, _)| family);
                format!("{family}.{icon}")
            }
            None => shape.to_owned(),
        });
    }
    let image = style.get("image").filter(|image| !image.starts_with("data:") && !image.is_empty())?;
    let path = image.split(['?', '#']).next().unwrap_or_default();
    // Where draw.io was opened from does not matter for its own pictures.
    let path = path.find("img/lib/").map_or(path, |at| &path[at..]);
    Some(path.chars().take(200).collect())
}

/// Fills in what the stencil of a shape says.
pub(super) fn fill(style: &Style<'_>, shape: &mut Shape) {
    let plain = style.shape().unwrap_or_default();
    shape.notation = NOTATIONS.iter().find(|(known, _)| *known == plain).map(|(_, notation)| *notation);
    // Tables of an entity relationship diagram keep their rows; those that lay out a page do not.
    if plain == "table" && style.is_on("fixedRows") {
        shape.notation = Some(Notation::Classes);
    }
    shape.stencil = name(style);
    let Some(meaning) = shape.stencil.as_deref().and_then(stencils::meaning) else { return };
    shape.notation = meaning.notation.or(shape.notation);
    shape.technologies.extend(meaning.technology);
    shape.stereotypes.extend(meaning.stereotype);
    shape.kind = meaning.kind;
    if meaning.kind == Some(ElementKind::Boundary) {
        shape.role = Role::Container;
        if shape.outline == Outline::Stencil {
            shape.outline = Outline::Rectangle;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_icon_in_a_frame_says_more_than_the_frame() {
        for (style, expected) in [
            ("shape=mxgraph.aws4.resourceIcon;resIcon=mxgraph.aws4.lambda", "mxgraph.aws4.lambda"),
            ("shape=mxgraph.kubernetes.icon;prIcon=pod", "mxgraph.kubernetes.pod"),
            ("shape=mxgraph.sap.icon;SAPIcon=SAP_Task_Center", "mxgraph.sap.SAP_Task_Center"),
        ] {
            assert_eq!(name(&Style::read(style)).as_deref(), Some(expected), "{style}");
        }
    }
}
