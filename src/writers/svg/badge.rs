//! Badges: octagon critical, triangle high, diamond medium, square low, ring question.

use svg::Node as _;
use svg::node::element::{Anchor, Circle, Group, Path, Text, Title};

use super::draw::Setting;
use super::number::{clean, number};
use crate::scene::{Badge, BadgeForm};

/// A badge; in a page it is a link to its finding or question, and the `first` one of its number has an
/// id that these lead back to.
pub(super) fn badge(badge: &Badge, setting: Setting<'_>, first: bool) -> Group {
    let mut group = Group::new()
        .set("class", if badge.form == BadgeForm::Question { "p-badge p-ring" } else { "p-badge" });
    let title = Title::new(clean(&badge.title));
    match badge.form {
        BadgeForm::Question => {
            let circle = Circle::new()
                .set("cx", number(badge.at.x))
                .set("cy", number(badge.at.y))
                .set("r", "10.5")
                .set("fill", "#fff")
                .set("stroke", "#1f4fc4");
            group.append(circle);
        }
        BadgeForm::Critical => group.append(form(
            badge,
            "m-4.7-11h9.4l6.6 6.6v8.8l-6.6 6.6h-9.4l-6.6-6.6v-8.8z",
            "p-critical",
            "#a8201a",
        )),
        BadgeForm::High => group.append(form(badge, "m0-12.5l13.5 22.5h-27z", "p-high", "#b3470b")),
        BadgeForm::Medium => group.append(form(badge, "m0-13l13 13l-13 13l-13-13z", "p-medium", "#7a5a00")),
        BadgeForm::Low => group.append(form(badge, "m-10.5-9h21v18h-21z", "p-low", "#565d66")),
    }
    // A triangle's middle lies lower than its box's.
    let drop = if badge.form == BadgeForm::High { 6.6 } else { 3.7 };
    let size = if badge.number.len() > 2 && badge.form == BadgeForm::High { 8.5 } else { 10.0 };
    let text = Text::new(clean(&badge.number))
        .set("class", "p-b")
        .set("x", number(badge.at.x))
        .set("y", number(badge.at.y + drop))
        .set("text-anchor", "middle")
        .set("font-size", number(size))
        .set("fill", if badge.form == BadgeForm::Question { "#1f4fc4" } else { "#fff" });
    group.append(text);
    match setting {
        Setting::Alone => Group::new().add(title).add(group),
        Setting::Page { id } => {
            // The title as the first child names the link and shows when the pointer rests on it.
            let mut link = Anchor::new().set("href", format!("#{}", badge.number)).add(title).add(group);
            if first {
                link = link.set("id", format!("{id}-{}", badge.number));
            }
            Group::new().add(link)
        }
    }
}

fn form(badge: &Badge, data: &str, class: &str, fill: &str) -> Path {
    Path::new()
        .set("class", class)
        .set("d", format!("M{} {}{data}", number(badge.at.x), number(badge.at.y)))
        .set("fill", fill)
}
