//! Places and subjects in SARIF's words.

use serde_json::{Value, json};

use crate::assessment::SubjectRef;
use crate::source::{Place, Span};
use crate::writers::writer::Packet;

/// What addresses are relative to, by the name that code scanning knows for the root of the sources.
pub(super) const BASE: &str = "%SRCROOT%";

/// Where things are, in one packet.
pub(super) struct Places<'a> {
    packet: &'a Packet,
    addresses: Vec<String>,
}

impl<'a> Places<'a> {
    pub(super) fn new(packet: &'a Packet) -> Self {
        let inside = |path: &str| match packet.place.as_str() {
            "" => address(path),
            place => address(&format!("{place}/{path}")),
        };
        let addresses = packet.sources.iter().map(|(_, source)| inside(&source.path)).collect();
        Self { packet, addresses }
    }

    /// All sources.
    pub(super) fn artifacts(&self) -> Value {
        self.addresses
            .iter()
            .map(|address| json!({"location": {"uri": address, "uriBaseId": BASE}}))
            .collect()
    }

    /// `physicalLocation` of a span; `None` when its source is not known.
    pub(super) fn physical(&self, span: Span) -> Option<Value> {
        let source = self.packet.sources.get(span.file)?;
        let address = self.addresses.get(span.file.0 as usize)?;
        if !source.parts().is_empty() {
            // Lines of a drawing's unpacked text are not those of its file.
            let location = json!({"uri": address, "uriBaseId": BASE, "index": span.file.0});
            return Some(json!({"artifactLocation": location}));
        }
        let (start, end) = (source.line_column(span.start), source.line_column(span.end));
        Some(json!({
            "artifactLocation": {"uri": address, "uriBaseId": BASE, "index": span.file.0},
            "region": {
                "startLine": start.line,
                "startColumn": start.column,
                "endLine": end.line,
                "endColumn": end.column,
            },
        }))
    }

    /// The first source as a whole, for what stands nowhere in particular.
    pub(super) fn anywhere(&self) -> Option<Value> {
        let address = self.addresses.first()?;
        Some(json!({"artifactLocation": {"uri": address, "uriBaseId": BASE, "index": 0}}))
    }

    /// Where a subject is written first.
    pub(super) fn of_subject(&self, subject: &SubjectRef) -> Option<Place> {
        let model = &self.packet.model;
        match subject {
            SubjectRef::Model => None,
            SubjectRef::Element(id) | SubjectRef::Zone(id) => model.element(id)?.origins.first().copied(),
            SubjectRef::Relation(id) => model.relations.get(id)?.origins.first().copied(),
            SubjectRef::View(id) => model.views.iter().find(|view| view.id == *id).map(|view| view.source),
        }
    }

    /// `logicalLocation` of a subject.
    pub(super) fn logical(&self, subject: &SubjectRef) -> Value {
        let model = &self.packet.model;
        let (kind, name) = match subject {
            SubjectRef::Model => ("model", Some(&model.title)),
            SubjectRef::Element(id) => ("element", model.element(id).map(|element| &element.name)),
            SubjectRef::Zone(id) => ("zone", model.element(id).map(|element| &element.name)),
            SubjectRef::Relation(id) => {
                ("relation", model.relations.get(id).and_then(|relation| relation.label.as_ref()))
            }
            SubjectRef::View(id) => {
                ("view", model.views.iter().find(|view| view.id == *id).map(|view| &view.title))
            }
        };
        let mut location = json!({"fullyQualifiedName": subject.id(), "kind": kind});
        if let Some(name) = name {
            location["name"] = name.as_str().into();
        }
        location
    }
}

/// A path as a relative address: all but letters, digits and a few marks percent-encoded (RFC 3986,
/// 2.3; a colon too, which would make the first segment a scheme).
fn address(path: &str) -> String {
    let mut address = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'/' | b'!') {
            address.push(char::from(byte));
        } else {
            address.push_str(&format!("%{byte:02X}"));
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn addresses_hold_no_blank_and_no_colon() {
        assert_eq!(address("a b/ü:c.puml"), "a%20b/%C3%BC%3Ac.puml");
        assert_eq!(address("x.vsdx!/visio/page1.xml"), "x.vsdx!/visio/page1.xml");
    }
}
