//! Statements of a flowchart to elements, groups and links.
//!
//! As in Mermaid: an id is one vertex wherever it is mentioned; a vertex lies in the subgraph that mentions it, the one
//! that ends first when several do; an id that names a subgraph is that subgraph.

use std::collections::{HashMap, HashSet};

use super::parser::{self, Parsed};
use super::process;
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::model::{Draft, ElementKind, Flow, LocalId};
use crate::readers::fate::Fate;
use crate::readers::mermaid::account::Account;
use crate::readers::mermaid::chart::{Chart, Words, is_look};
use crate::readers::mermaid::label;
use crate::readers::mermaid::legend;
use crate::readers::mermaid::syntax::{Chain, Link, Statement, Subgraph, Vertex};
use crate::readers::sketch::{Base, Builder, DEEPEST};

/// Words that start a statement, for "did you mean".
const WORDS: [&str; 9] =
    ["subgraph", "end", "direction", "classDef", "class", "style", "linkStyle", "click", "accTitle"];

/// Reads the statements that follow the head.
pub(in crate::readers::mermaid) fn read(text: &str, from: usize, account: &mut Account<'_>) -> Builder {
    let parsed = parser::parse(text, from);
    let mut page = Page::new(&parsed, from);
    for one in &parsed {
        match &one.statement {
            Ok(Statement::End) => {
                if !page.close() {
                    let span = account.span(one.start, one.end);
                    let message = "this `end` closes nothing";
                    account.diagnostics.push(Diagnostic::warning("mermaid/stray-end", message, span));
                }
            }
            Ok(statement) => {
                let fate = page.statement(statement, one, account);
                account.mark(one.start, one.end, fate);
            }
            Err(fault) => account.fault(one.start, one.end, *fault, |word| {
                did_you_mean(word, WORDS).filter(|known| *known != word).map(str::to_owned)
            }),
        }
    }
    page.finish(account)
}

/// A subgraph that is open.
struct Open {
    /// Its node; deep ones have that of the last that is kept.
    node: usize,
    /// Vertices that it mentions.
    members: Vec<usize>,
    start: usize,
    end: usize,
}

struct Page<'p, 't> {
    /// Where the statements start.
    start: usize,
    chart: Chart<'t>,
    /// Subgraphs by id: their first statement.
    subgraphs: HashMap<&'t str, (&'p Subgraph<'t>, usize, usize)>,
    links: HashSet<&'t str>,
    open: Vec<Open>,
    classes: Vec<(&'t str, &'t str)>,
    addresses: Vec<(&'t str, &'t str)>,
    too_deep: Option<(usize, usize)>,
}

impl<'p, 't> Page<'p, 't> {
    fn new(parsed: &'p [Parsed<'t>], start: usize) -> Self {
        let mut subgraphs = HashMap::new();
        let mut links = HashSet::new();
        for one in parsed {
            match &one.statement {
                Ok(Statement::Subgraph(subgraph)) => {
                    if let Some(id) = subgraph.id {
                        subgraphs.entry(id).or_insert((subgraph, one.start, one.end));
                    }
                }
                Ok(Statement::Chain(chain)) => links.extend(chain.links.iter().filter_map(|link| link.id)),
                _ => {}
            }
        }
        Self {
            start,
            chart: Chart::default(),
            subgraphs,
            links,
            open: Vec::new(),
            classes: Vec::new(),
            addresses: Vec::new(),
            too_deep: None,
        }
    }

    fn statement(&mut self, statement: &Statement<'t>, one: &Parsed<'t>, account: &Account<'_>) -> Fate {
        match statement {
            Statement::Chain(chain) => self.chain(chain, account),
            Statement::Subgraph(subgraph) => {
                self.subgraph(subgraph, one, account);
                Fate::Understood
            }
            Statement::Class { ids, names } => {
                let mut says = false;
                for name in names.split(',').map(str::trim) {
                    says |= !is_look(name);
                    self.classes.extend(ids.split(',').map(|id| (id.trim(), name)));
                }
                if says { Fate::Understood } else { Fate::Visual }
            }
            Statement::Click { id, address: Some(address) } => {
                self.addresses.push((id, address));
                Fate::Understood
            }
            Statement::Title(title) => {
                let title = label::one_line(title);
                self.chart.builder.title = Some(title).filter(|title| !title.is_empty());
                Fate::Understood
            }
            Statement::Prose(text) => {
                let place = account.place(one.start, one.end);
                self.chart.builder.note(None, None, label::one_line(text), place);
                Fate::Understood
            }
            Statement::Direction | Statement::Click { .. } | Statement::Visual | Statement::End => {
                Fate::Visual
            }
        }
    }

    fn chain(&mut self, chain: &Chain<'t>, account: &Account<'_>) -> Fate {
        let mut says = false;
        let mut nodes: Vec<Option<usize>> = Vec::with_capacity(chain.vertices.len());
        for vertex in &chain.vertices {
            let node = self.vertex(vertex, chain.links.is_empty(), account);
            says |= node.is_some();
            nodes.push(node);
        }
        let mut first = 0;
        for (at, link) in chain.links.iter().enumerate() {
            let (middle, last) = (chain.lists[at], chain.lists[at + 1]);
            if !link.invisible {
                let place = account.place(chain.vertices[first].start, chain.vertices[last - 1].end);
                let (text, technologies) = link.text.map(label::line_label).unwrap_or_default();
                let mut template = Flow::new(LocalId(0), LocalId(0), place);
                template.heads = link.heads;
                template.dashed = link.dotted;
                crate::wording::line::set_words(&mut template, text, technologies.as_deref());
                self.product(&nodes[first..middle], &nodes[middle..last], link, &template);
            }
            first = middle;
        }
        if says { Fate::Understood } else { Fate::Visual }
    }

    fn product(&mut self, left: &[Option<usize>], right: &[Option<usize>], link: &Link<'_>, template: &Flow) {
        let count = left.iter().flatten().count().saturating_mul(right.iter().flatten().count());
        let pairs = left.iter().flatten().flat_map(|from| right.iter().flatten().map(move |to| (*from, *to)));
        let flows = pairs.map(|(from, to)| {
            let (from, to) = if link.backwards { (to, from) } else { (from, to) };
            let mut flow = template.clone();
            (flow.from, flow.to) = (LocalId(from), LocalId(to));
            flow
        });
        let place = template.origins.first().copied().unwrap_or_default();
        self.chart.builder.links(count, place, flows);
    }

    /// The node of a vertex; `None` when it only sets something on a link.
    fn vertex(&mut self, vertex: &Vertex<'t>, alone: bool, account: &Account<'_>) -> Option<usize> {
        let node = if let Some((subgraph, start, end)) = self.subgraphs.get(vertex.id).copied() {
            self.group(subgraph, start, end, account)
        } else if alone && vertex.text.is_none() && self.links.contains(vertex.id) {
            return None;
        } else {
            self.chart.vertex(vertex, account)
        };
        self.chart.classes(node, &vertex.classes);
        if let Some(open) = self.open.last_mut() {
            open.members.push(node);
        }
        Some(node)
    }

    /// The node of a subgraph.
    fn group(&mut self, subgraph: &Subgraph<'t>, start: usize, end: usize, account: &Account<'_>) -> usize {
        if let Some(known) = subgraph.id.and_then(|id| self.chart.find(id)) {
            return known;
        }
        let place = account.place(start, end);
        let (label, _) = label::pictured(subgraph.title);
        let name = if label.name.is_empty() {
            subgraph.id.unwrap_or("group").to_owned()
        } else {
            label.name.clone()
        };
        let mut draft = Draft::new(ElementKind::Boundary, name, place);
        draft.alias = subgraph.id.map(str::to_owned);
        let words = Words::of(&label.name);
        let node = self.chart.add(subgraph.id, draft, Base::Kind(ElementKind::Boundary), label);
        self.chart.words[node] = words;
        self.chart.builder.nodes[node].holds = true;
        self.chart.classes(node, &subgraph.classes);
        node
    }

    fn subgraph(&mut self, subgraph: &Subgraph<'t>, one: &Parsed<'t>, account: &Account<'_>) {
        let mut node = self.group(subgraph, one.start, one.end, account);
        let parent = self.open.last().map(|open| open.node);
        let inside_itself = self.open.iter().any(|open| open.node == node);
        if self.open.len() >= DEEPEST {
            self.too_deep.get_or_insert((one.start, one.end));
            self.chart.builder.nodes[node].parent = parent;
            node = parent.unwrap_or(node);
        } else if let Some(parent) = parent.filter(|_| !inside_itself) {
            self.chart.hold(parent, node);
        }
        self.open.push(Open { node, members: Vec::new(), start: one.start, end: one.end });
    }

    /// Closes the last subgraph; `false` when none is open.
    fn close(&mut self) -> bool {
        let Some(open) = self.open.pop() else { return false };
        for member in open.members {
            if self.chart.builder.nodes[member].parent.is_none() && !self.chart.hold(open.node, member) {
                self.too_deep.get_or_insert((open.start, open.end));
            }
        }
        true
    }

    fn finish(mut self, account: &mut Account<'_>) -> Builder {
        if let Some(open) = self.open.last() {
            let span = account.span(open.start, open.end);
            let message = "this subgraph is opened and never closed";
            account
                .diagnostics
                .push(Diagnostic::warning("mermaid/unclosed-group", message, span).help("close it with end"));
        }
        while self.close() {}
        for (id, name) in std::mem::take(&mut self.classes) {
            if let Some(node) = self.chart.find(id) {
                self.chart.classes(node, &[name]);
            }
        }
        for (id, address) in std::mem::take(&mut self.addresses) {
            if let Some(node) = self.chart.find(id) {
                let properties = &mut self.chart.builder.nodes[node].draft.properties;
                properties.entry("link".to_owned()).or_insert_with(|| address.to_owned());
            }
        }
        if self.chart.flatten() || self.too_deep.is_some() {
            let (start, end) = self.too_deep.unwrap_or((0, 0));
            let span = account.span(start, end);
            let message =
                format!("groups are nested deeper than {DEEPEST}; the deeper ones are not kept as groups");
            account.diagnostics.push(Diagnostic::warning("mermaid/too-deep", message, span));
        }
        legend::take(&mut self.chart);
        self.chart.tidy();
        self.chart.frame();
        process::judge(&mut self.chart, account, self.start);
        self.chart.builder
    }
}
