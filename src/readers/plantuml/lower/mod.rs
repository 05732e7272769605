//! Syntax to model: the statements of one diagram become drafts, flows and a sheet of the fragment.
//!
//! The only folder that knows both. 1. Each statement is lowered into a `Builder`. 2. When the diagram is complete,
//! kinds are decided and the drafts are put in an order in which parents stand first.

mod builder;
mod c4;
mod convention;
mod kinds;
mod plain;
mod words;

use std::collections::{BTreeMap, HashSet};

use super::account::{Account, Fate};
use super::label;
use super::library::{C4, Libraries};
use super::parser::Parsed;
use super::syntax::Statement;
use crate::diagnostic::Diagnostic;
use crate::model::{
    Direction, ElementKind, Fact, FactKey, FactValue, Fragment, LocalId, Sheet, SheetNode, Technology,
    ViewKind,
};
use crate::source::Place;
use builder::{Base, Builder, Node};

/// A fragment that grows diagram by diagram.
#[derive(Debug, Default)]
pub(super) struct Lowered {
    /// What was understood.
    pub(super) fragment: Fragment,
    /// Which drafts are drawn inside a place where they run.
    deployed: Vec<bool>,
}

/// What a diagram is called and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    /// Its own name.
    pub(super) name: Option<String>,
    /// The whole diagram.
    pub(super) place: Place,
}

impl Lowered {
    /// Adds the statements of one diagram.
    pub(super) fn diagram(
        &mut self,
        parsed: &[Parsed],
        frame: &Frame,
        libraries: Libraries,
        account: &mut Account,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let mut page = Page::new(libraries);
        let mut pages = 0;
        for one in parsed {
            let fate = match &one.statement {
                None => Fate::Unknown,
                Some(Statement::Page(title)) => {
                    if page.builder.nodes.is_empty() {
                        page.builder.title = title.as_deref().map(label::one_line);
                    } else {
                        let full = std::mem::replace(&mut page, Page::new(libraries));
                        page.builder.title = title.as_deref().map(label::one_line);
                        pages += 1;
                        self.finish(full, frame, diagnostics);
                    }
                    Fate::Visual
                }
                Some(statement) => page.statement(statement, one.place),
            };
            for owner in &one.owners {
                account.mark(Some(*owner), fate);
            }
        }
        if pages == 0 || !page.builder.nodes.is_empty() {
            self.finish(page, frame, diagnostics);
        }
    }

    /// Says which drafts are deployed instances of others in the same source.
    pub(super) fn instances(&mut self) {
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

    fn finish(&mut self, page: Page, frame: &Frame, diagnostics: &mut Vec<Diagnostic>) {
        let Page { builder, tags, view, .. } = page;
        tell(&builder, frame, diagnostics);
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
            let node = &builder.nodes[at];
            let inside =
                node.parent.is_some_and(|parent| deploys_above[parent] || builder.nodes[parent].deploys);
            deploys_above[at] = inside;
            let mut draft = decide(node, &tags);
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

fn tell(builder: &Builder, frame: &Frame, diagnostics: &mut Vec<Diagnostic>) {
    if let Some(place) = builder.too_deep {
        let message = format!(
            "groups are nested deeper than {}; the deeper ones are not kept as groups",
            builder::DEEPEST
        );
        diagnostics.push(Diagnostic::warning("plantuml/too-deep", message, place.span));
    }
    if builder.is_open() {
        let message = "a group is opened and never closed";
        diagnostics.push(
            Diagnostic::warning("plantuml/unclosed-group", message, frame.place.span).help("close it with }"),
        );
    }
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

/// The draft of a complete node: kind, technologies of tags and icons, facts of stereotypes and numbers.
fn decide(node: &Node, tags: &BTreeMap<String, String>) -> crate::model::Draft {
    let mut draft = node.draft.clone();
    let stereotype = draft.stereotypes.iter().find_map(|word| kinds::of_stereotype(word));
    let logical = |kind: ElementKind| {
        matches!(kind, ElementKind::System | ElementKind::Container | ElementKind::Component)
    };
    draft.kind = match (&node.base, node.bracket, stereotype) {
        (_, Some(kind), _) if node.holds && logical(kind) => ElementKind::Boundary,
        (_, Some(kind), _) => kind,
        (Base::Kind(ElementKind::Boundary), None, Some(ElementKind::Zone)) => ElementKind::Zone,
        (Base::Kind(kind), None, _) => *kind,
        (Base::Keyword(word), None, Some(kind))
            if logical(kind) && kinds::of_keyword(word, node.holds).is_boundary() =>
        {
            ElementKind::Boundary
        }
        (Base::Keyword(_) | Base::Used, None, Some(kind)) => kind,
        (Base::Keyword(word), None, None) => kinds::of_keyword(word, node.holds),
        (Base::Used, None, None) => ElementKind::Unknown,
    };
    if let Some(icon) = node.icons.first()
        && draft.kind == ElementKind::Unknown
    {
        draft.kind = words::kind_of_icon(icon);
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
    let written = std::iter::once(&draft.name)
        .chain(&draft.stereotypes)
        .chain(draft.technologies.iter().map(|one| &one.written));
    if let Some(count) = written.into_iter().find_map(|text| kinds::replicas(text)) {
        draft.facts.add(Fact::stated(FactKey::Replicas, FactValue::Count(count), place));
    }
    draft
}

/// One page of a diagram.
struct Page {
    builder: Builder,
    /// Technologies that tags stand for.
    tags: BTreeMap<String, String>,
    /// Properties that wait for the next element or relation.
    properties: c4::Properties,
    /// The number of the next step of a dynamic diagram.
    step: u32,
    /// What the library says that the diagram shows.
    view: Option<ViewKind>,
    /// Index of the last link.
    last_flow: Option<usize>,
    /// The element that the statement before declared and did not open.
    opens_next: Option<usize>,
}

impl Page {
    fn new(libraries: Libraries) -> Self {
        let view = libraries.c4.and_then(|file| match file {
            C4::Context => Some(ViewKind::Context),
            C4::Container => Some(ViewKind::Container),
            C4::Component => Some(ViewKind::Component),
            C4::Deployment => Some(ViewKind::Deployment),
            C4::Dynamic => Some(ViewKind::Dynamic),
            C4::Base | C4::Sequence => None,
        });
        Self {
            builder: Builder::default(),
            tags: BTreeMap::new(),
            properties: c4::Properties::default(),
            step: 0,
            view,
            last_flow: None,
            opens_next: None,
        }
    }

    fn statement(&mut self, statement: &Statement, place: Place) -> Fate {
        if !matches!(statement, Statement::Open) {
            self.opens_next = None;
        }
        match statement {
            Statement::Element(element) => self.element(element, place),
            Statement::Link(link) => self.link(link, place),
            Statement::Call(call) => self.call(call, place),
            Statement::Note(note) => self.note(note, place),
            Statement::Close => {
                self.builder.leave();
                Fate::Understood
            }
            Statement::Open => {
                match self.opens_next.take() {
                    Some(node) => self.builder.enter(node, place),
                    None => self.builder.enter_visual(),
                }
                Fate::Understood
            }
            Statement::Together => {
                self.builder.enter_visual();
                Fate::Visual
            }
            Statement::Title(title) => {
                self.builder.title = Some(label::one_line(title)).filter(|title| !title.is_empty());
                Fate::Understood
            }
            Statement::Prose(text) => {
                self.builder.note(None, None, label::prose(text), place);
                Fate::Understood
            }
            Statement::Direction(right) => {
                self.builder.direction = Some(if *right { Direction::Right } else { Direction::Down });
                Fate::Understood
            }
            Statement::Page(_) | Statement::Visual => Fate::Visual,
        }
    }
}
