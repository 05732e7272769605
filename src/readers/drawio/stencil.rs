//! Icons and stencils by their names in a style.

use super::style::Style;

/// The name of the icon or stencil: `mxgraph.aws4.lambda`, `img/lib/azure2/compute/Virtual_Machine.svg`.
pub(super) fn name(style: &Style<'_>) -> Option<String> {
    let shape = style.get("shape").unwrap_or_default();
    // Frames with an icon in them: the icon says what it is.
    let icon = ["resIcon", "grIcon", "prIcon"].into_iter().find_map(|key| style.get(key));
    if let Some(icon) = icon.filter(|icon| !icon.is_empty()) {
        let family = shape.rsplit_once('.').map_or("", |(family, _)| family);
        let whole = icon.contains('.') || family.is_empty();
        return Some(if whole { icon.to_owned() } else { format!("{family}.{icon}") });
    }
    if shape.starts_with("mxgraph.") {
        return Some(shape.to_owned());
    }
    let image = style.get("image").filter(|image| !image.starts_with("data:") && !image.is_empty())?;
    Some(image.split(['?', '#']).next().unwrap_or_default().chars().take(200).collect())
}
