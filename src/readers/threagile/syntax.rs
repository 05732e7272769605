//! Threagile's own words: a model as its YAML writes it.

use crate::source::Span;

/// A text and where it stands.
pub(super) type Text = (String, Span);

/// A whole model.
#[derive(Debug, Default)]
pub(super) struct ThreagileModel {
    pub(super) title: Option<String>,
    /// Properties of the document: author, date, business criticality.
    pub(super) document: Vec<(&'static str, String)>,
    pub(super) overview: Option<Text>,
    pub(super) data_assets: Vec<DataAsset>,
    pub(super) technical_assets: Vec<TechnicalAsset>,
    pub(super) trust_boundaries: Vec<TrustBoundary>,
    pub(super) shared_runtimes: Vec<SharedRuntime>,
}

/// Something that is kept or sent.
#[derive(Debug)]
pub(super) struct DataAsset {
    pub(super) name: String,
    pub(super) id: String,
    pub(super) rating: Rating,
    pub(super) owner: Option<Text>,
    pub(super) span: Span,
}

/// How much it matters, in the words of the format.
#[derive(Debug, Default)]
pub(super) struct Rating {
    pub(super) confidentiality: Option<Text>,
    pub(super) integrity: Option<Text>,
    pub(super) availability: Option<Text>,
}

/// A process, datastore or external entity.
#[derive(Debug)]
pub(super) struct TechnicalAsset {
    pub(super) name: String,
    pub(super) id: String,
    pub(super) description: Option<String>,
    pub(super) kind: Option<Text>,
    pub(super) technology: Option<Text>,
    pub(super) machine: Option<Text>,
    pub(super) size: Option<Text>,
    pub(super) usage: Option<Text>,
    pub(super) encryption: Option<Text>,
    pub(super) owner: Option<Text>,
    pub(super) rating: Rating,
    pub(super) tags: Vec<String>,
    pub(super) used_by_human: Option<bool>,
    pub(super) out_of_scope: Option<(bool, Span)>,
    pub(super) internet: Option<(bool, Span)>,
    pub(super) redundant: Option<(bool, Span)>,
    pub(super) multi_tenant: Option<bool>,
    pub(super) custom_developed: Option<bool>,
    pub(super) formats: Vec<String>,
    pub(super) processed: Vec<Text>,
    pub(super) stored: Vec<Text>,
    pub(super) links: Vec<CommunicationLink>,
    pub(super) span: Span,
}

/// Who calls whom; the asset that holds it opens the connection.
#[derive(Debug)]
pub(super) struct CommunicationLink {
    pub(super) name: String,
    pub(super) target: Text,
    pub(super) description: Option<String>,
    pub(super) protocol: Option<Text>,
    pub(super) authentication: Option<Text>,
    pub(super) authorization: Option<Text>,
    pub(super) usage: Option<Text>,
    pub(super) tags: Vec<String>,
    pub(super) vpn: Option<(bool, Span)>,
    pub(super) ip_filtered: Option<bool>,
    pub(super) readonly: Option<bool>,
    pub(super) sent: Vec<Text>,
    pub(super) received: Vec<Text>,
    pub(super) span: Span,
}

/// A network or execution environment around assets.
#[derive(Debug)]
pub(super) struct TrustBoundary {
    pub(super) name: String,
    pub(super) id: String,
    pub(super) description: Option<String>,
    pub(super) kind: Option<Text>,
    pub(super) tags: Vec<String>,
    pub(super) inside: Vec<Text>,
    pub(super) nested: Vec<Text>,
    pub(super) span: Span,
}

/// Assets that run on one platform.
#[derive(Debug)]
pub(super) struct SharedRuntime {
    pub(super) name: String,
    pub(super) id: String,
    pub(super) description: Option<String>,
    pub(super) tags: Vec<String>,
    pub(super) running: Vec<Text>,
    pub(super) span: Span,
}
