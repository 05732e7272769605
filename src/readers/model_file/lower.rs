//! The file as a whole: its keys, in the order in which they depend on each other.

use super::element::{self, account};
use super::facts::{self, Of};
use super::log::{Log, short};
use super::relation;
use super::view::{self, Shown};
use crate::diagnostic::{Loss, Unread};
use crate::model::{DataDraft, Fragment, IdentityDraft, SCHEMA_VERSION};
use crate::readers::reader::Reading;
use crate::source::{Node, Source};

/// `zones`, `merges`, `conflicts` and `sources` are what `model.json` adds.
const KEYS: &[&str] = &[
    "planroom",
    "title",
    "elements",
    "relations",
    "views",
    "facts",
    "data",
    "identities",
    "document",
    "zones",
    "merges",
    "conflicts",
    "sources",
];

/// Keys whose value is a list of statements.
const LISTS: &[&str] = &["elements", "relations", "views", "data", "identities"];

/// Reads the model that a node holds. Spans keep the file of the node; the sources are left to the
/// caller.
pub(super) fn lower(root: &Node, source: &Source) -> Reading {
    let mut log = Log::new(source);
    let mut loss = Loss::default();
    let mut fragment = Fragment::default();
    if let Some(entries) = log.entries(root, "a model", KEYS) {
        for (key, _) in entries.iter().filter(|(key, _)| !LISTS.contains(&key.name.as_str())) {
            account(&mut loss, KEYS.contains(&key.name.as_str()), || Unread::at(source, key.span));
        }
        version(&mut log, root);
        fragment.title = log.line(root, "title");
        fragment.facts = facts::read(&mut log, root, Of::Model);
        fragment.document = log.properties(root, "document");
        let (drafts, ids) = element::read(&mut log, root, source, &mut loss);
        let (flows, names) = relation::read(&mut log, root, source, (&drafts, &ids), &mut loss);
        let shown = Shown { drafts: &drafts, flows: &flows, ids: &ids, names: &names };
        fragment.sheets = view::read(&mut log, root, source, &shown, &mut loss);
        fragment.data_assets = data_assets(&mut log, root, source, &shown, &mut loss);
        fragment.identities = identities(&mut log, root, source, &shown, &mut loss);
        fragment.drafts = drafts;
        fragment.flows = flows;
    } else {
        loss.unknown.push(Unread::at(source, root.span));
    }
    Reading { fragment, diagnostics: log.diagnostics, loss, ..Reading::default() }
}

fn version(log: &mut Log<'_>, root: &Node) {
    let Some(found) = root.get("planroom") else { return };
    let known = format!("model/{SCHEMA_VERSION}");
    match log.scalar(found) {
        Some(version) if version == known => {}
        Some(version) => {
            let message = format!("`{}` is not a version of this form; `{known}` is read", short(&version));
            log.warning("model-file/unknown-version", message, found.span);
        }
        None => log.wrong_type("planroom", &format!("`{known}`"), found),
    }
}

fn data_assets(
    log: &mut Log<'_>,
    root: &Node,
    source: &Source,
    shown: &Shown<'_>,
    loss: &mut Loss,
) -> Vec<DataDraft> {
    let mut assets = Vec::new();
    for node in log.list(root, "data") {
        let asset = data_asset(log, node, shown);
        account(loss, asset.is_some(), || Unread::at(source, node.span));
        assets.extend(asset);
    }
    assets
}

fn data_asset(log: &mut Log<'_>, node: &Node, shown: &Shown<'_>) -> Option<DataDraft> {
    log.entries(node, "a data asset", &["name", "facts", "kept-by", "carried-by", "origin", "origins"])?;
    let Some(name) = log.line(node, "name") else {
        log.error("model-file/missing-name", "a data asset needs a `name`", node.span);
        return None;
    };
    let facts = facts::read(log, node, Of::Data);
    let kept_by = element::named(log, node, "kept-by", shown.ids);
    let words = log.words(node, "carried-by");
    let carried_by =
        words.into_iter().filter_map(|(word, span)| view::flow(log, &word, span, shown)).collect();
    Some(DataDraft { name, facts, kept_by, carried_by, place: node.span.into() })
}

fn identities(
    log: &mut Log<'_>,
    root: &Node,
    source: &Source,
    shown: &Shown<'_>,
    loss: &mut Loss,
) -> Vec<IdentityDraft> {
    let mut identities = Vec::new();
    for node in log.list(root, "identities") {
        let identity = identity(log, node, shown);
        account(loss, identity.is_some(), || Unread::at(source, node.span));
        identities.extend(identity);
    }
    identities
}

fn identity(log: &mut Log<'_>, node: &Node, shown: &Shown<'_>) -> Option<IdentityDraft> {
    log.entries(node, "an identity", &["name", "purpose", "used-by", "origin", "origins"])?;
    let Some(name) = log.line(node, "name") else {
        log.error("model-file/missing-name", "an identity needs a `name`", node.span);
        return None;
    };
    let used_by = element::named(log, node, "used-by", shown.ids);
    Some(IdentityDraft { name, purpose: log.text(node, "purpose"), used_by, place: node.span.into() })
}
