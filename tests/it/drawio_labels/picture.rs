//! What the reader makes of a page, as plain as the labels.

use planroom::model::{Fragment, Heads, Sheet};

use super::label::plain;

/// The nodes and flows of one page.
#[derive(Debug, Default)]
pub(super) struct Picture {
    pub(super) nodes: Vec<Seen>,
    pub(super) flows: Vec<SeenFlow>,
}

/// A node.
#[derive(Debug)]
pub(super) struct Seen {
    pub(super) name: String,
    /// As it is compared.
    pub(super) plain: String,
    /// Index of what holds it.
    pub(super) parent: Option<usize>,
}

/// A flow between two nodes, by index.
#[derive(Debug)]
pub(super) struct SeenFlow {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) heads: Heads,
    pub(super) label: Option<String>,
}

impl Picture {
    /// The sheet of that name; the only one, when it is not named so.
    pub(super) fn of(fragment: &Fragment, page: &str) -> Self {
        let named =
            |sheet: &&Sheet| [&sheet.name, &sheet.title].into_iter().flatten().any(|name| name == page);
        let only = if fragment.sheets.len() == 1 { fragment.sheets.first() } else { None };
        let Some(sheet) = fragment.sheets.iter().find(named).or(only) else { return Self::default() };
        let at = |draft| sheet.nodes.iter().position(|node| node.draft == draft);
        let nodes = sheet.nodes.iter().map(|node| {
            let name = fragment.drafts[node.draft.0].name.clone();
            Seen { plain: plain(&name), name, parent: node.parent.and_then(at) }
        });
        let flows = sheet.flows.iter().filter_map(|flow| {
            let flow = &fragment.flows[*flow];
            Some(SeenFlow {
                from: at(flow.from)?,
                to: at(flow.to)?,
                heads: flow.heads,
                label: flow.label.clone(),
            })
        });
        Self { nodes: nodes.collect(), flows: flows.collect() }
    }
}
