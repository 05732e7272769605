//! The style string of a cell: `ellipse;html=1;fillColor=#fff`.

/// A style, borrowed from the text. Of a key that is given twice, the last one counts.
#[derive(Clone, Debug, Default)]
pub(super) struct Style<'a> {
    /// Words without a value: names of styles that draw.io knows.
    names: Vec<&'a str>,
    /// Keys and values, in written order.
    entries: Vec<(&'a str, &'a str)>,
}

impl<'a> Style<'a> {
    /// Reads a style string; nothing in it can be wrong.
    pub(super) fn read(text: &'a str) -> Self {
        let mut style = Self::default();
        for part in text.split(';').map(str::trim).filter(|part| !part.is_empty()) {
            match part.split_once('=') {
                Some((key, value)) => style.entries.push((key.trim(), value.trim())),
                None => style.names.push(part),
            }
        }
        style
    }

    /// The value of a key.
    pub(super) fn get(&self, key: &str) -> Option<&'a str> {
        self.entries.iter().rev().find(|(known, _)| *known == key).map(|(_, value)| *value)
    }

    /// The number of a key, when it is finite.
    pub(super) fn number(&self, key: &str) -> Option<f64> {
        self.get(key)?.parse().ok().filter(|number: &f64| number.is_finite())
    }

    /// Whether a key is `1`.
    pub(super) fn is_on(&self, key: &str) -> bool {
        self.get(key) == Some("1")
    }

    /// Whether a style name is given.
    pub(super) fn has(&self, name: &str) -> bool {
        self.names.contains(&name)
    }

    /// The first style name.
    pub(super) fn name(&self) -> Option<&'a str> {
        self.names.first().copied()
    }

    /// What the shape is: the key `shape`, else the name of a style that has a shape.
    pub(super) fn shape(&self) -> Option<&'a str> {
        self.get("shape").filter(|shape| !shape.is_empty()).or_else(|| self.name())
    }

    /// A color; `none` is none. `default` is one that follows the viewer's theme.
    pub(super) fn color(&self, key: &str) -> Option<&'a str> {
        self.get(key).filter(|color| !matches!(*color, "none" | "" | "default" | "inherit"))
    }

    /// Whether a color is said to be none.
    pub(super) fn is_none(&self, key: &str) -> bool {
        self.get(key) == Some("none")
    }
}
