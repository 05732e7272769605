//! What a page says, before any markup: sections, tables, figures, findings.

/// The design document of one project.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// Title on the cover.
    pub title: String,
}
