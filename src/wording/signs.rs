//! What signs say by their words: the names of pictures, and outlines that stand for something.

use super::icons;
use crate::model::ElementKind;

/// Words with which a thing is a machine, whatever else is said.
const MACHINES: [&str; 10] =
    ["server", "servers", "host", "hosts", "node", "nodes", "vm", "machine", "instance", "cluster"];
/// Words with which a thing is a network, whatever else is said.
const NETWORKS: [&str; 9] =
    ["internet", "intranet", "extranet", "network", "networks", "wan", "lan", "vpn", "mpls"];
/// Words of things that are neither a machine nor a network; what they are is for others to find out.
const SOFTWARE: [&str; 12] = [
    "api",
    "apis",
    "app",
    "apps",
    "application",
    "service",
    "services",
    "system",
    "platform",
    "function",
    "website",
    "saas",
];

/// What an outline is the sign for (a cloud for a network, a cube for a host), unless the name says something else.
pub fn unless_said(usual: ElementKind, name: &str) -> ElementKind {
    let lower = name.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let has = |known: &[&str]| words.iter().any(|word| known.contains(word));
    let own: &[&str] = if usual == ElementKind::Host { &MACHINES } else { &NETWORKS };
    if has(own) {
        return usual;
    }
    match icons::kind_of_icon(&words.join(" ")) {
        ElementKind::Container | ElementKind::Unknown if has(&SOFTWARE) => ElementKind::Unknown,
        ElementKind::Container | ElementKind::Network | ElementKind::Unknown => usual,
        said => said,
    }
}

/// Words in the names of pictures that say what the picture is, not what it shows.
const PICTURE_WORDS: [&str; 8] = ["logo", "icon", "rgb", "cmyk", "px", "png", "svg", "image"];

/// Ends of the names of pictures that are as long as words.
const PICTURE_ENDS: [&str; 3] = ["jpeg", "webp", "tiff"];

/// The last part of a stencil's name as words: `mxgraph.office.concepts.office_building` is "Office building", and
/// `img/broker-logo_128x128@2x.png` is "Broker".
pub fn stencil_words(stencil: &str) -> String {
    let names = |part: &&str| part.len() > 3 && !PICTURE_ENDS.contains(part);
    let last = stencil.rsplit(['.', '/']).find(names).unwrap_or_default();
    let last = percent_decoded(last);
    // What stands in brackets tells of the picture: who made it, and when.
    let bare = last.split('(').next().unwrap_or_default();
    let words: Vec<&str> = bare
        .split(|c: char| c.is_whitespace() || matches!(c, '_' | '-' | '@' | '+'))
        .filter(|word| !word.is_empty() && !is_of_picture(word))
        .collect();
    let words = words.join(" ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// A number, a size (`128x128`, `2x`, `1024px`), or a word such as "logo".
fn is_of_picture(word: &str) -> bool {
    let lower = word.to_lowercase();
    let digits = lower.trim_matches(|c: char| c.is_ascii_digit());
    PICTURE_WORDS.contains(&lower.as_str()) || digits.len() < lower.len() && matches!(digits, "" | "x" | "px")
}

/// `%20` and the like as the characters that they stand for.
fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, more @ ..] = rest {
        let code = more.get(..2).filter(|_| *first == b'%').and_then(|two| std::str::from_utf8(two).ok());
        let code = code.and_then(|two| u8::from_str_radix(two, 16).ok());
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { &more[2..] } else { more };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_outrank_outlines() {
        for (usual, name, expected) in [
            (ElementKind::Network, "Internet", "network"),
            (ElementKind::Network, "Acme", "network"),
            (ElementKind::Network, "Partner network API", "network"),
            (ElementKind::Network, "REST API", "unknown"),
            (ElementKind::Host, "Storage bucket", "datastore"),
            (ElementKind::Host, "Database server", "host"),
            (ElementKind::Host, "Node 1", "host"),
            (ElementKind::Host, "Orders queue", "queue"),
        ] {
            assert_eq!(unless_said(usual, name).word(), expected, "{name}");
        }
    }
}
