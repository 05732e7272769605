//! Complete diagrams to the fragment of their source.
//!
//! Kinds are decided when a diagram is complete, and its drafts are put in an order in which parents stand first.

use std::collections::{BTreeMap, HashSet};

use super::builder::{Base, Builder, Node};
use crate::model::{
    Draft, ElementKind, Fact, FactKey, FactValue, Fragment, LocalId, Sheet, SheetNode, Technology, ViewKind,
};
use crate::source::Place;
use crate::wording::{icons, kinds};

/// A fragment that grows diagram by diagram.
#[derive(Debug, Default)]
pub(in crate::readers) struct Gathered {
    /// What was understood.
    pub(in crate::readers) fragment: Fragment,
    /// Which drafts are drawn inside a place where they run.
    deployed: Vec<bool>,
}

/// What a diagram is called and where it stands.
#[derive(Clone, Debug)]
pub(in crate::readers) struct Frame {
    /// Its own name.
    pub(in crate::readers) name: Option<String>,
    /// The whole diagram.
    pub(in crate::readers) place: Place,
}

impl Gathered {
    /// Says which drafts are deployed instances of others in the same source.
    pub(in crate::readers) fn instances(&mut self) {
        let drafts = &self.fragment.drafts;
        let logical: HashSet<&str> = drafts
            .iter()
            .zip(&self.deployed)
            .filter(|(draft, deployed)| !**deployed && runs(draft.kind))
            .map(|(draft, _)| draft.name.as_str())
            .collect();
        let found: Vec<bool> = drafts
            .iter()
            .zip(&self.deployed)
            .map(|(draft, deployed)| *deployed && runs(draft.kind) && logical.contains(draft.name.as_str()))
            .collect();
        for (draft, _) in self.fragment.drafts.iter_mut().zip(found).filter(|(_, found)| *found) {
            draft.instance_of.get_or_insert_with(|| draft.name.clone());
        }
    }

    /// Adds a complete diagram. Tags stand for technologies; `view` is what the format says that it shows.
    pub(in crate::readers) fn finish(
        &mut self,
        mut builder: Builder,
        tags: &BTreeMap<String, String>,
        view: Option<ViewKind>,
        frame: &Frame,
    ) {
        if builder.nodes.is_empty() {
            return;
        }
        let order = order(&builder.nodes);
        let first = self.fragment.drafts.len();
        let mut ids = vec![LocalId(0); builder.nodes.len()];
        for (position, node) in order.iter().enumerate() {
            ids[*node] = LocalId(first + position);
        }
        let mut sheet = Sheet::new(frame.place);
        sheet.title.clone_from(&builder.title);
        sheet.name.clone_from(&frame.name);
        sheet.kind =
            view.or_else(|| builder.nodes.iter().any(|node| node.deploys).then_some(ViewKind::Deployment));
        sheet.direction = builder.direction;
        let mut deploys_above = vec![false; builder.nodes.len()];
        for at in order {
            let above = builder.nodes[at].parent;
            let inside = above.is_some_and(|parent| deploys_above[parent] || builder.nodes[parent].deploys);
            deploys_above[at] = inside;
            let in_store = above.is_some_and(|parent| is_store(&builder.nodes[parent]));
            let node = &mut builder.nodes[at];
            let mut draft = decide(node, tags, in_store);
            draft.parent = node.parent.map(|parent| ids[parent]);
            if inside && node.bracket.is_some_and(runs) && is_numbered(draft.alias.as_deref()) {
                draft.instance_of = Some(draft.name.clone());
            }
            sheet.nodes.push(SheetNode { draft: ids[at], parent: draft.parent, bounds: None, look: None });
            self.deployed.push(inside);
            self.fragment.drafts.push(draft);
        }
        let first_flow = self.fragment.flows.len();
        for mut flow in builder.flows {
            flow.from = ids[flow.from.0];
            flow.to = ids[flow.to.0];
            sheet.flows.push(self.fragment.flows.len());
            self.fragment.flows.push(flow);
        }
        for mut note in builder.notes {
            note.draft = note.draft.map(|node| ids[node.0]);
            note.flow = note.flow.map(|flow| first_flow + flow);
            sheet.notes.push(note);
        }
        self.fragment.sheets.push(sheet);
    }
}

/// Things that run and can be deployed.
fn runs(kind: ElementKind) -> bool {
    matches!(
        kind,
        ElementKind::System
            | ElementKind::Container
            | ElementKind::Component
            | ElementKind::Datastore
            | ElementKind::Queue
    )
}

/// `Live.web_1`: Structurizr numbers instances.
fn is_numbered(alias: Option<&str>) -> bool {
    let number = alias.and_then(|alias| alias.rsplit_once('_')).map_or("", |(_, number)| number);
    !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// Nodes in order of appearance, parents first.
fn order(nodes: &[Node]) -> Vec<usize> {
    let mut order = Vec::with_capacity(nodes.len());
    let mut placed = vec![false; nodes.len()];
    for at in 0..nodes.len() {
        let mut chain = Vec::new();
        let mut next = Some(at);
        while let Some(node) = next.filter(|node| !placed[*node]) {
            placed[node] = true;
            chain.push(node);
            next = nodes[node].parent;
        }
        order.extend(chain.into_iter().rev());
    }
    order
}

/// A shape that stands for a store.
fn is_store(node: &Node) -> bool {
    matches!(node.base, Base::Shape { alone: ElementKind::Datastore | ElementKind::Queue, .. })
}

/// `namespace shop`, `ns: shop`, `[Kubernetes Namespace]`: a part of a cluster, and no host.
fn is_namespace(draft: &Draft) -> bool {
    let name = draft.name.to_lowercase();
    let last = |text: &str| {
        text.split_whitespace().next_back().is_some_and(|word| word.eq_ignore_ascii_case("namespace"))
    };
    let titled = name.strip_prefix("namespace").is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
    titled || name.starts_with("ns:") || draft.technologies.iter().any(|technology| last(&technology.written))
}

/// The draft of a complete node: kind, technologies of tags and icons, facts of stereotypes and numbers.
fn decide(node: &mut Node, tags: &BTreeMap<String, String>, in_store: bool) -> Draft {
    let empty = Draft::new(ElementKind::Unknown, "", Place::default());
    let mut draft = std::mem::replace(&mut node.draft, empty);
    let stereotype = draft.stereotypes.iter().find_map(|word| kinds::of_stereotype(word));
    let logical = |kind: ElementKind| {
        matches!(kind, ElementKind::System | ElementKind::Container | ElementKind::Component)
    };
    draft.kind = match (node.base, node.bracket, stereotype) {
        (_, Some(kind), _) if node.holds && logical(kind) => ElementKind::Boundary,
        (_, Some(kind), _) => kind,
        (Base::Kind(ElementKind::Boundary), None, Some(ElementKind::Zone)) => ElementKind::Zone,
        (Base::Kind(kind), None, _) => kind,
        (Base::Shape { alone, holding }, None, Some(kind))
            if logical(kind) && (if node.holds { holding } else { alone }).is_boundary() =>
        {
            ElementKind::Boundary
        }
        (Base::Shape { .. } | Base::Used, None, Some(kind)) => kind,
        // Tables and topics are parts of their store.
        (Base::Shape { .. }, None, None) if in_store && !node.holds => ElementKind::Unknown,
        (Base::Shape { alone, holding }, None, None) => {
            if node.holds {
                holding
            } else {
                alone
            }
        }
        (Base::Used, None, None) => ElementKind::Unknown,
    };
    if let Some(icon) = node.icons.first()
        && draft.kind == ElementKind::Unknown
    {
        draft.kind = icons::kind_of_icon(icon);
    }
    if draft.kind == ElementKind::Host && is_namespace(&draft) {
        draft.kind = ElementKind::Boundary;
    }
    let by_tag = draft.tags.iter().find_map(|tag| tags.get(tag)).filter(|_| draft.technologies.is_empty());
    if let Some(technology) = by_tag {
        draft.technologies = kinds::technologies(technology).into_iter().map(Technology::written).collect();
    }
    if draft.kind != ElementKind::Person {
        for icon in &node.icons {
            let technology = Technology::written(icon.clone());
            if !draft.technologies.contains(&technology) {
                draft.technologies.push(technology);
            }
        }
    }
    let place = draft.origins.first().copied().unwrap_or_default();
    if node.external || draft.stereotypes.iter().any(|word| kinds::is_external(word)) {
        draft.facts.add(Fact::stated(FactKey::External, FactValue::word("yes"), place));
    }
    // A name that is nothing but `x1` is a name.
    let counted = |name: &&String| name.contains(|c: char| !c.is_alphanumeric());
    let written = std::iter::once(&draft.name)
        .filter(counted)
        .chain(&draft.stereotypes)
        .chain(draft.technologies.iter().map(|one| &one.written));
    if let Some(count) = written.into_iter().find_map(|text| kinds::replicas(text)) {
        draft.facts.add(Fact::stated(FactKey::Replicas, FactValue::Count(count), place));
    }
    draft
}
