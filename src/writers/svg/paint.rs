//! Classes of the style sheet, and the light colors for viewers without it.

use crate::model::Tint;
use crate::scene::Surface;

/// Class and light color of a surface.
pub(super) fn surface(surface: Surface) -> (&'static str, &'static str) {
    match surface {
        Surface::Paper => ("p-paper", "#ffffff"),
        Surface::Card => ("p-card", "#ffffff"),
        Surface::Internet => ("p-internet", "#f1f2f4"),
        Surface::Partner => ("p-partner", "#f4eff8"),
        Surface::Perimeter => ("p-perimeter", "#fdf1e0"),
        Surface::Corporate => ("p-corporate", "#e8f0fb"),
        Surface::Application => ("p-application", "#e6f4ee"),
        Surface::Data => ("p-data", "#eceaf9"),
        Surface::Management => ("p-management", "#f0f0e8"),
        Surface::Plain => ("p-plain", "#fafafb"),
    }
}

/// Class, after a space, and light color of an author's color family; nothing and white without one.
pub(super) fn tint(tint: Option<Tint>) -> (&'static str, &'static str) {
    match tint {
        None => ("", "#fff"),
        Some(Tint::Gray) => (" p-gray", "#eceef1"),
        Some(Tint::Red) => (" p-red", "#fce6e4"),
        Some(Tint::Orange) => (" p-orange", "#fdeadb"),
        Some(Tint::Yellow) => (" p-yellow", "#fbf3d0"),
        Some(Tint::Green) => (" p-green", "#e2f3e0"),
        Some(Tint::Teal) => (" p-teal", "#dcf2f1"),
        Some(Tint::Blue) => (" p-blue", "#e1ecfb"),
        Some(Tint::Purple) => (" p-purple", "#ede6f9"),
        Some(Tint::Pink) => (" p-pink", "#fae4ef"),
    }
}

/// What of an outline is drawn.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ink {
    pub(super) filled: bool,
    pub(super) stroked: bool,
    pub(super) dashed: bool,
}

impl Ink {
    /// Classes, each after a space.
    pub(super) fn classes(self) -> String {
        let class = |is: bool, class: &'static str| if is { class } else { "" };
        let (dashed, open, bare) =
            (class(self.dashed, " p-dash"), class(!self.filled, " p-open"), class(!self.stroked, " p-bare"));
        format!("{dashed}{open}{bare}")
    }

    /// The light color of the filling.
    pub(super) fn fill(self, color: &'static str) -> &'static str {
        if self.filled { color } else { "none" }
    }

    /// The light color of the border.
    pub(super) fn stroke(self, color: &'static str) -> &'static str {
        if self.stroked { color } else { "none" }
    }
}

/// Class, after a space, of a size of type that is not its style's own.
pub(super) fn size(size: Option<f64>) -> String {
    size.map(|size| format!(" p-s{}", super::number::number(size))).unwrap_or_default()
}
