//! YAML to Threagile's own words; every mistake is told with its place, and reading goes on.

use super::syntax::{
    CommunicationLink, DataAsset, Rating, SharedRuntime, TechnicalAsset, Text, ThreagileModel, TrustBoundary,
};
use crate::diagnostic::{Diagnostic, Form, Loss, Unread};
use crate::source::{Key, Node, Source, Span, Value, one_line};

const CODE: &str = "threagile/form";

/// Sections that become part of the model, and the whole of what a section's entry counts as.
const READ: &[&str] = &["data_assets", "technical_assets", "trust_boundaries", "shared_runtimes"];

/// Keys at the top whose meaning reaches the model or the document.
const KNOWN: &[&str] = &[
    "threagile_version",
    "title",
    "author",
    "contributors",
    "date",
    "business_criticality",
    "business_overview",
    "technical_overview",
    "application_description",
    "tags_available",
];

/// Threagile's own judgement and prose around the architecture; our rules judge anew.
const NOT_READ: &[&str] = &[
    "management_summary_comment",
    "questions",
    "abuse_cases",
    "security_requirements",
    "individual_risk_categories",
    "custom_risk_categories",
    "risk_tracking",
    "includes",
];

const ASSET: &[&str] = &[
    "id",
    "description",
    "type",
    "usage",
    "used_as_client_by_human",
    "out_of_scope",
    "justification_out_of_scope",
    "size",
    "technology",
    "technologies",
    "tags",
    "internet",
    "machine",
    "encryption",
    "owner",
    "confidentiality",
    "integrity",
    "availability",
    "justification_cia_rating",
    "multi_tenant",
    "redundant",
    "custom_developed_parts",
    "data_assets_processed",
    "data_assets_stored",
    "data_formats_accepted",
    "diagram_tweak_order",
    "communication_links",
];

const LINK: &[&str] = &[
    "target",
    "description",
    "protocol",
    "authentication",
    "authorization",
    "tags",
    "vpn",
    "ip_filtered",
    "readonly",
    "usage",
    "data_assets_sent",
    "data_assets_received",
    "diagram_tweak_weight",
    "diagram_tweak_constraint",
];

const BOUNDARY: &[&str] =
    &["id", "description", "type", "tags", "technical_assets_inside", "trust_boundaries_nested"];

const RUNTIME: &[&str] = &["id", "description", "tags", "technical_assets_running"];

const DATA: &[&str] = &[
    "id",
    "description",
    "usage",
    "tags",
    "origin",
    "owner",
    "quantity",
    "confidentiality",
    "integrity",
    "availability",
    "justification_cia_rating",
];

/// What was read and what was wrong.
#[derive(Debug, Default)]
pub(super) struct Parsed {
    pub(super) model: ThreagileModel,
    pub(super) told: Vec<Diagnostic>,
    pub(super) loss: Loss,
}

/// Reads a document.
pub(super) fn parse(root: &Node, source: &Source) -> Parsed {
    let mut parsed = Parsed::default();
    let Some(entries) = root.as_map() else {
        let message = format!("a Threagile model is a mapping, this is {}", root.noun());
        parsed.told.push(Diagnostic::error(CODE, message, root.span));
        parsed.loss.unknown.push(Unread::at(source, root.span));
        return parsed;
    };
    for (key, node) in entries {
        section(&mut parsed, key, node, source);
    }
    parsed
}

fn section(parsed: &mut Parsed, key: &Key, node: &Node, source: &Source) {
    let name = key.name.as_str();
    if READ.contains(&name) {
        for (entry, value) in named(node, name, &mut parsed.told) {
            let read = match name {
                "data_assets" => data_asset(entry, value, &mut parsed.told)
                    .map(|asset| parsed.model.data_assets.push(asset)),
                "technical_assets" => technical_asset(entry, value, parsed, source)
                    .map(|asset| parsed.model.technical_assets.push(asset)),
                "trust_boundaries" => trust_boundary(entry, value, &mut parsed.told)
                    .map(|boundary| parsed.model.trust_boundaries.push(boundary)),
                _ => shared_runtime(entry, value, &mut parsed.told)
                    .map(|runtime| parsed.model.shared_runtimes.push(runtime)),
            };
            count(&mut parsed.loss, read.is_some(), source, entry.span);
        }
    } else if KNOWN.contains(&name) {
        about(&mut parsed.model, name, node);
        parsed.loss.understood += 1;
    } else if name.starts_with("diagram_tweak") {
        parsed.loss.visual += 1;
    } else if node.value == Value::Null {
        parsed.loss.understood += 1;
    } else {
        if !NOT_READ.contains(&name) {
            let known: Vec<&str> = READ.iter().chain(KNOWN).chain(NOT_READ).copied().collect();
            parsed.told.push(crate::diagnostic::unknown_word(
                CODE,
                "a Threagile model has no key",
                name,
                &known,
                key.span,
            ));
        }
        parsed.loss.unknown.push(Unread::at(source, key.span));
    }
}

fn about(model: &mut ThreagileModel, name: &str, node: &Node) {
    let text = node.as_text().map(|text| one_line(&text)).filter(|text| !text.is_empty());
    match name {
        "title" => model.title = text,
        "date" => model.document.extend(text.map(|date| ("date", date))),
        "business_criticality" => model.document.extend(text.map(|word| ("business criticality", word))),
        "author" => {
            let name = node.get("name").and_then(Node::as_text).filter(|name| !name.trim().is_empty());
            model.document.extend(name.map(|name| ("author", one_line(&name))));
        }
        "technical_overview" | "business_overview" | "application_description" => {
            let described = node.get("description").unwrap_or(node);
            if let Some(prose) = described.as_text().filter(|_| model.overview.is_none()) {
                model.overview = prose_of(&prose).map(|prose| (prose, described.span));
            }
        }
        _ => {}
    }
}

/// The entries of a mapping from titles to mappings.
fn named<'n>(node: &'n Node, what: &str, told: &mut Vec<Diagnostic>) -> &'n [(Key, Node)] {
    match &node.value {
        Value::Map(entries) => entries,
        Value::Null => &[],
        _ => {
            let message = format!("`{what}` is a mapping of titles to entries, this is {}", node.noun());
            told.push(Diagnostic::error(CODE, message, node.span));
            &[]
        }
    }
}

fn data_asset(key: &Key, node: &Node, told: &mut Vec<Diagnostic>) -> Option<DataAsset> {
    let form = Form::open(node, "a data asset", CODE, DATA, told)?;
    Some(DataAsset {
        name: one_line(&key.name),
        id: id(&form, key, told),
        rating: rating(&form, told),
        owner: word(&form, "owner", told),
        span: key.span,
    })
}

fn technical_asset(key: &Key, node: &Node, parsed: &mut Parsed, source: &Source) -> Option<TechnicalAsset> {
    let told = &mut parsed.told;
    let form = Form::open(node, "a technical asset", CODE, ASSET, told)?;
    // Newer models may list several technologies; the first one says what the asset is.
    let technology =
        word(&form, "technology", told).or_else(|| form.texts("technologies", told).into_iter().next());
    let mut asset = TechnicalAsset {
        name: one_line(&key.name),
        id: id(&form, key, told),
        description: form.text("description", told).and_then(|(text, _)| prose_of(&text)),
        kind: word(&form, "type", told),
        technology,
        machine: word(&form, "machine", told),
        size: word(&form, "size", told),
        usage: word(&form, "usage", told),
        encryption: word(&form, "encryption", told),
        owner: word(&form, "owner", told),
        rating: rating(&form, told),
        tags: words(&form, "tags", told),
        used_by_human: flag(&form, "used_as_client_by_human", told).map(|(flag, _)| flag),
        out_of_scope: flag(&form, "out_of_scope", told),
        internet: flag(&form, "internet", told),
        redundant: flag(&form, "redundant", told),
        multi_tenant: flag(&form, "multi_tenant", told).map(|(flag, _)| flag),
        custom_developed: flag(&form, "custom_developed_parts", told).map(|(flag, _)| flag),
        formats: words(&form, "data_formats_accepted", told),
        processed: form.texts("data_assets_processed", told),
        stored: form.texts("data_assets_stored", told),
        links: Vec::new(),
        span: key.span,
    };
    if let Some(links) = form.get("communication_links") {
        for (key, node) in named(links, "communication_links", told) {
            let link = communication_link(key, node, told);
            count(&mut parsed.loss, link.is_some(), source, key.span);
            asset.links.extend(link);
        }
    }
    Some(asset)
}

fn communication_link(key: &Key, node: &Node, told: &mut Vec<Diagnostic>) -> Option<CommunicationLink> {
    let form = Form::open(node, "a communication link", CODE, LINK, told)?;
    Some(CommunicationLink {
        name: one_line(&key.name),
        target: form.required("target", told)?,
        description: form.text("description", told).and_then(|(text, _)| prose_of(&text)),
        protocol: word(&form, "protocol", told),
        authentication: word(&form, "authentication", told),
        authorization: word(&form, "authorization", told),
        usage: word(&form, "usage", told),
        tags: words(&form, "tags", told),
        vpn: flag(&form, "vpn", told),
        ip_filtered: flag(&form, "ip_filtered", told).map(|(flag, _)| flag),
        readonly: flag(&form, "readonly", told).map(|(flag, _)| flag),
        sent: form.texts("data_assets_sent", told),
        received: form.texts("data_assets_received", told),
        span: key.span,
    })
}

fn trust_boundary(key: &Key, node: &Node, told: &mut Vec<Diagnostic>) -> Option<TrustBoundary> {
    let form = Form::open(node, "a trust boundary", CODE, BOUNDARY, told)?;
    Some(TrustBoundary {
        name: one_line(&key.name),
        id: id(&form, key, told),
        description: form.text("description", told).and_then(|(text, _)| prose_of(&text)),
        kind: word(&form, "type", told),
        tags: words(&form, "tags", told),
        inside: form.texts("technical_assets_inside", told),
        nested: form.texts("trust_boundaries_nested", told),
        span: key.span,
    })
}

fn shared_runtime(key: &Key, node: &Node, told: &mut Vec<Diagnostic>) -> Option<SharedRuntime> {
    let form = Form::open(node, "a shared runtime", CODE, RUNTIME, told)?;
    Some(SharedRuntime {
        name: one_line(&key.name),
        id: id(&form, key, told),
        description: form.text("description", told).and_then(|(text, _)| prose_of(&text)),
        tags: words(&form, "tags", told),
        running: form.texts("technical_assets_running", told),
        span: key.span,
    })
}

/// The id; an entry without one is referred to by its title.
fn id(form: &Form<'_>, key: &Key, told: &mut Vec<Diagnostic>) -> String {
    word(form, "id", told).map_or_else(|| one_line(&key.name), |(id, _)| id)
}

fn rating(form: &Form<'_>, told: &mut Vec<Diagnostic>) -> Rating {
    Rating {
        confidentiality: word(form, "confidentiality", told),
        integrity: word(form, "integrity", told),
        availability: word(form, "availability", told),
    }
}

/// A text on one line; an empty one is nothing.
fn word(form: &Form<'_>, key: &str, told: &mut Vec<Diagnostic>) -> Option<Text> {
    let (text, span) = form.text(key, told)?;
    Some((one_line(&text), span)).filter(|(text, _)| !text.is_empty())
}

fn words(form: &Form<'_>, key: &str, told: &mut Vec<Diagnostic>) -> Vec<String> {
    form.texts(key, told)
        .into_iter()
        .map(|(text, _)| one_line(&text))
        .filter(|text| !text.is_empty())
        .collect()
}

fn flag(form: &Form<'_>, key: &str, told: &mut Vec<Diagnostic>) -> Option<(bool, Span)> {
    let node = form.get(key)?;
    let flag = match &node.value {
        Value::Bool(flag) => Some(*flag),
        Value::Text(text) if matches!(text.as_str(), "true" | "yes") => Some(true),
        Value::Text(text) if matches!(text.as_str(), "false" | "no") => Some(false),
        _ => None,
    };
    if flag.is_none() {
        let message = format!("`{key}` is `true` or `false`, this is {}", node.noun());
        told.push(Diagnostic::error(CODE, message, node.span));
    }
    flag.map(|flag| (flag, node.span))
}

fn count(loss: &mut Loss, read: bool, source: &Source, span: Span) {
    if read {
        loss.understood += 1;
    } else {
        loss.unknown.push(Unread::at(source, span));
    }
}

/// Prose without the markup that Threagile's reports allow (`<b>`, `<i>`, `<br>`).
fn prose_of(text: &str) -> Option<String> {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        plain.push_str(&rest[..open]);
        let tag = &rest[open + 1..];
        let is_tag = tag.starts_with(|letter: char| letter == '/' || letter.is_ascii_alphabetic());
        match tag.find('>').filter(|end| is_tag && *end <= 200) {
            Some(end) => {
                plain.push(' ');
                rest = &tag[end + 1..];
            }
            None => {
                plain.push('<');
                rest = tag;
            }
        }
    }
    plain.push_str(rest);
    Some(one_line(&plain)).filter(|text| !text.is_empty())
}
