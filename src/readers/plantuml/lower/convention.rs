//! Icon libraries and ArchiMate by convention: `Name(alias, "label", "technology", "description")`.
//!
//! The libraries are many and are never read; their macros share one form. The name of the macro is the technology of
//! an icon, the type of an ArchiMate element, or the kind of a group.

use super::{Page, keyword};
use crate::model::{Draft, ElementKind, Technology};
use crate::readers::arguments::{Arguments, Call};
use crate::readers::fate::Fate;
use crate::readers::plantuml::element::KEYWORDS;
use crate::readers::plantuml::label;
use crate::readers::sketch::Base;
use crate::source::Place;
use crate::wording::{icons, kinds};

/// Layers of ArchiMate, as the names of its macros start.
const LAYERS: [&str; 9] = [
    "Motivation",
    "Strategy",
    "Business",
    "Application",
    "Technology",
    "Physical",
    "Implementation",
    "Other",
    "Composite",
];

/// Lowers a call by the form of its name and arguments.
pub(super) fn call(page: &mut Page, call: &Call, place: Place) -> Fate {
    let arguments = Arguments(call);
    let name = call.name.trim_start_matches('$');
    let is_group = is_group(name);
    // `Icon(Service, "words") as alias`: the first argument names the icon.
    let (alias, icon) = match &call.alias {
        Some(alias) => (Some(alias.as_str()), arguments.get("service", 0)),
        None => (arguments.get("alias", 0), drawn_icon(call)),
    };
    let Some(alias) = alias.filter(|alias| is_alias(alias)) else { return Fate::Unknown };
    let has_label = arguments.0.arguments.iter().filter(|argument| argument.name.is_none()).count() > 1
        || arguments.named("label").is_some();
    if !(has_label || call.opens || is_group || call.alias.is_some() || is_archimate(name)) {
        return Fate::Unknown;
    }
    let label = label::label(arguments.get("label", 1).unwrap_or_default());
    let mut draft = Draft::new(ElementKind::Unknown, label.name.clone(), place);
    draft.alias = Some(alias.to_owned());
    draft.description = label.description.clone();
    let kind = if let Some((layer, kind)) = archimate(name) {
        draft.stereotypes.push(icons::in_words(name));
        draft.properties.insert("layer".to_owned(), layer.to_owned());
        kind
    } else if name.starts_with("Junction") {
        draft.stereotypes.push(icons::in_words(name).to_lowercase());
        ElementKind::Unknown
    } else if is_group {
        let words = group_words(name);
        if !["Generic", "Generic Alt", "AWS Define", ""].contains(&words.as_str()) {
            draft.stereotypes.push(words);
        }
        ElementKind::Boundary
    } else {
        icon_element(&mut draft, &arguments, icon.unwrap_or(name))
    };
    if draft.name.is_empty() {
        draft.name = match (is_group, group_words(name)) {
            (true, words) if !words.is_empty() => words,
            _ => alias.to_owned(),
        };
    }
    if let Some(tags) = arguments.named("tags") {
        draft.tags = tags.split('+').map(|tag| tag.trim().to_owned()).filter(|tag| !tag.is_empty()).collect();
    }
    draft.tags.extend(call.tags.iter().cloned());
    if let Some(link) = arguments.named("link").or(call.link.as_deref()) {
        draft.properties.insert("link".to_owned(), link.to_owned());
    }
    let base = match kind {
        ElementKind::Unknown => Base::Shape { alone: kind, holding: kind },
        kind => Base::Kind(kind),
    };
    let at = page.builder.declare(alias, base, draft, true);
    if call.opens && !call.closes {
        page.builder.enter(at, place);
    } else if !call.opens {
        page.builder.opens_next = Some(at);
    }
    Fate::Understood
}

/// Fills in what the icon and the words below the label say.
fn icon_element(draft: &mut Draft, arguments: &Arguments<'_>, icon: &str) -> ElementKind {
    let words = icons::in_words(icon);
    let kind = match icons::kind_of_icon(&words) {
        ElementKind::Unknown | ElementKind::Container if kinds::is_network(&draft.name) => {
            ElementKind::Network
        }
        kind => kind,
    };
    if icons::is_thing(&words) {
        draft.properties.insert("drawn as".to_owned(), words);
    } else if kind != ElementKind::Person {
        draft.technologies.push(Technology::written(words));
    }
    let second = arguments.get("techn", 2).map(label::one_line).unwrap_or_default();
    // Some sets name a shape here: `DEV_MYSQL(db, "Orders", "database")`.
    if KEYWORDS.contains(&second.as_str()) {
        let shape = keyword::of_keyword(&second, false);
        let says_more = matches!(
            shape,
            ElementKind::Datastore | ElementKind::Queue | ElementKind::Person | ElementKind::Host
        );
        return if says_more { shape } else { kind };
    }
    let mut prose: Vec<String> = Vec::new();
    let (pieces, sentence) = kinds::technologies_or_prose(&second);
    prose.extend(sentence.map(str::to_owned));
    for piece in pieces {
        let short = piece.split(' ').count() <= 3;
        let named =
            piece.starts_with(|c: char| c.is_uppercase()) || piece.chars().any(|c| c.is_ascii_digit());
        if short && named && !is_address(&piece) && kind != ElementKind::Person {
            draft.technologies.push(Technology::written(piece));
        } else {
            prose.push(piece);
        }
    }
    let description = arguments.get("descr", 3).filter(|text| !is_color(text)).map(label::one_line);
    let parts: Vec<String> =
        Some(prose.join(", ")).into_iter().chain(description).filter(|text| !text.is_empty()).collect();
    if !parts.is_empty() {
        draft.description = Some(parts.join("; "));
    }
    kind
}

/// `AcmeEntity(alias, label, techn, color, sprite, stereotype)`: what the macro of an icon draws when the file that
/// says how is not there. The icon is the sprite, and not the macro.
fn drawn_icon(call: &Call) -> Option<&str> {
    let plain: Vec<&str> = call
        .arguments
        .iter()
        .filter(|argument| argument.name.is_none())
        .map(|argument| argument.value.as_str())
        .collect();
    let [_, _, .., color, sprite, _] = plain[..] else { return None };
    let is_entity = call.name.ends_with("Entity") && call.name != "Entity";
    (is_entity && is_color(color)).then_some(sprite)
}

/// `192.0.2.7`, `192.0.2.0/24`.
fn is_address(text: &str) -> bool {
    text.split(['/', ':']).next().is_some_and(|address| address.parse::<std::net::Ipv4Addr>().is_ok())
}

/// `#7AA116`, `AZURE_SYMBOL_COLOR`.
fn is_color(text: &str) -> bool {
    text.starts_with('#') || text.ends_with("COLOR") && is_alias(text)
}

fn is_alias(alias: &str) -> bool {
    alias.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '-')) && !alias.is_empty()
}

/// Names of groups: `VPCGroup`, `Cluster_Boundary`, `Grouping`.
fn is_group(name: &str) -> bool {
    ["Group", "Boundary", "Grouping", "Cluster", "Namespace", "Location"]
        .iter()
        .any(|end| name.ends_with(end))
}

fn group_words(name: &str) -> String {
    let name = name.trim_start_matches("Other_");
    let stem = ["Group", "_Boundary", "Boundary", "Grouping"]
        .iter()
        .find_map(|end| name.strip_suffix(end))
        .unwrap_or(name);
    let stem = stem.strip_suffix("Group").unwrap_or(stem);
    icons::in_words(stem)
}

fn is_archimate(name: &str) -> bool {
    archimate(name).is_some() || name.starts_with("Junction")
}

/// The layer of an ArchiMate macro, and what its type is here.
fn archimate(name: &str) -> Option<(&'static str, ElementKind)> {
    let (layer, element) = name.split_once('_')?;
    let layer = LAYERS.into_iter().find(|known| *known == layer)?;
    let kind = match element {
        "Actor" | "Role" | "Stakeholder" => ElementKind::Person,
        "Component" => ElementKind::Container,
        "Node" | "Device" | "Equipment" | "Facility" => ElementKind::Host,
        "SystemSoftware" => ElementKind::Container,
        "CommunicationNetwork" | "Communication_Network" | "Path" | "DistributionNetwork" => {
            ElementKind::Network
        }
        "Grouping" | "Group" | "Location" => ElementKind::Boundary,
        "Interface" | "Service" | "Function" | "Process"
            if layer == "Application" || layer == "Technology" =>
        {
            ElementKind::Component
        }
        _ => ElementKind::Unknown,
    };
    Some((layer, kind))
}
