//! Macros that set something for what follows, or say only how the drawing looks.

use super::Macros;
use crate::model::Direction;
use crate::readers::arguments::{Arguments, Call};
use crate::readers::fate::Fate;
use crate::readers::sketch::Builder;
use crate::source::Place;

/// Functions whose values say how a tag looks.
const VALUES: [&str; 10] = [
    "BoldLine",
    "DashedLine",
    "DottedLine",
    "EightSidedShape",
    "None",
    "Normal",
    "RoundedBoxShape",
    "SharpCornerShape",
    "Small",
    "SolidLine",
];

impl Macros {
    /// Macros that set something; `None` when this is none of them.
    pub(super) fn setting(&mut self, builder: &mut Builder, call: &Call, place: Place) -> Option<Fate> {
        let arguments = Arguments(call);
        let name = call.name.trim_start_matches('$');
        Some(match name {
            "LAYOUT_LEFT_RIGHT" | "LAYOUT_LANDSCAPE" => {
                builder.direction = Some(Direction::Right);
                Fate::Understood
            }
            "LAYOUT_TOP_DOWN" => {
                builder.direction = Some(Direction::Down);
                Fate::Understood
            }
            "AddProperty" => {
                let words = self.markup.one_line;
                self.properties.add(call.arguments.iter().map(|argument| words(&argument.value)).collect());
                Fate::Understood
            }
            "WithoutPropertyHeader" => {
                self.properties.without_header();
                Fate::Understood
            }
            "SetPropertyHeader" => {
                let header = call.arguments.iter().map(|argument| argument.value.clone());
                self.properties.set_header(header.collect());
                Fate::Understood
            }
            "setIndex" | "SetIndex" => {
                let number =
                    arguments.get("new_index", 0).and_then(|number| number.parse::<u32>().ok()).unwrap_or(1);
                self.step = number.saturating_sub(1);
                Fate::Visual
            }
            "increment" => {
                let offset = arguments.get("offset", 0).and_then(|offset| offset.parse::<u32>().ok());
                self.step = self.step.saturating_add(offset.unwrap_or(1));
                Fate::Visual
            }
            "Index" | "LastIndex" | "LEGEND" | "C4Version" | "C4VersionDetails" => Fate::Visual,
            _ if name.starts_with("Add") && name.ends_with("Tag") => {
                let Some(tag) = arguments.get("tagStereo", 0) else { return Some(Fate::Unknown) };
                if let Some(technology) = arguments.named("techn") {
                    self.tags.insert(tag.to_owned(), technology.to_owned());
                }
                match arguments.named("legendText").map(self.markup.one_line) {
                    Some(meaning) if !meaning.is_empty() && meaning != tag => {
                        builder.note(None, None, format!("{tag}: {meaning}"), place);
                        Fate::Understood
                    }
                    _ => Fate::Visual,
                }
            }
            _ if VALUES.contains(&name) => Fate::Visual,
            _ if is_look(name) => Fate::Visual,
            _ => return None,
        })
    }
}

/// Macros that only say how the drawing looks.
fn is_look(name: &str) -> bool {
    ["LAYOUT_", "SHOW_", "HIDE_", "SET_", "Lay_", "Update", "SetDefault"]
        .iter()
        .any(|start| name.starts_with(start))
        || ["Color", "Coloring", "Style", "Styling", "Theme", "Font", "Skin", "Skinparam", "Legend"]
            .iter()
            .any(|end| name.ends_with(end))
}
