//! Properties: rows of a small table that stands before the element or relation it belongs to.

use std::collections::BTreeMap;

/// Properties that wait for the next element or relation.
#[derive(Debug, Default)]
pub(super) struct Properties {
    header: Option<Vec<String>>,
    plain: bool,
    rows: Vec<Vec<String>>,
}

impl Properties {
    /// Adds a row.
    pub(super) fn add(&mut self, row: Vec<String>) {
        self.rows.push(row);
    }

    /// The next table has no header.
    pub(super) fn without_header(&mut self) {
        self.plain = true;
    }

    /// The next table has this header.
    pub(super) fn set_header(&mut self, header: Vec<String>) {
        self.plain = false;
        self.header = Some(header);
    }

    /// Gives what waits to an element or relation.
    pub(super) fn give(&mut self, properties: &mut BTreeMap<String, String>) {
        let single = self
            .header
            .as_ref()
            .filter(|header| header.len() == 1 && !self.plain)
            .map(|header| header[0].clone());
        for row in self.rows.drain(..) {
            let (key, value) = match (&single, row.split_first()) {
                (Some(header), Some((value, _))) => (header.clone(), value.clone()),
                (None, Some((key, values))) => (key.clone(), values.join(", ")),
                (_, None) => continue,
            };
            let known = properties.entry(key).or_default();
            if !known.is_empty() {
                known.push_str(", ");
            }
            known.push_str(&value);
        }
        self.header = None;
        self.plain = false;
    }
}
