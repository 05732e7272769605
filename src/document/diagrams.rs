//! A figure for each view, with its badges and the same in words.

use indexmap::IndexMap;

use super::block::{Block, Figure, Section, Table};
use super::links::{Links, figure_anchor};
use super::prose::{Mark, Prose};
use super::words::count;
use crate::model::{ElementId, View};
use crate::scene::{BadgeForm, Scene};

/// The diagrams; `None` when no view is drawn.
pub(super) fn section(links: &Links<'_>) -> Option<Section> {
    let figures: Vec<Block> = links
        .input
        .model
        .views
        .iter()
        .enumerate()
        .map(|(at, view)| Block::Figure(figure(links, view, at + 1)))
        .collect();
    (!figures.is_empty()).then(|| Section::new("diagrams", "Diagrams", figures))
}

fn figure(links: &Links<'_>, view: &View, number: usize) -> Figure {
    let mut caption = Prose::new().strong(format!("Figure {number}. ")).text(view.title.clone());
    if let Some(place) = links.place(&view.source) {
        caption = caption.hush(" · drawn from ").run(place);
    }
    let scene = links.input.scenes.iter().find(|scene| scene.view == view.id);
    Figure {
        view: view.id.clone(),
        anchor: figure_anchor(&view.id),
        caption,
        description: view.description.clone(),
        marks: scene.map(|scene| marks(links, scene)).unwrap_or_default(),
        equivalent: equivalent(links, view),
    }
}

/// Every badge of the picture once, findings before questions.
fn marks(links: &Links<'_>, scene: &Scene) -> Vec<(Mark, String)> {
    let groups = scene.groups.iter().flat_map(|group| &group.badges);
    let shapes = scene.shapes.iter().flat_map(|shape| &shape.badges);
    let connectors = scene.connectors.iter().flat_map(|connector| &connector.badges);
    let drawn: std::collections::BTreeSet<&str> =
        groups.chain(shapes).chain(connectors).map(|badge| badge.number.as_str()).collect();
    let assessment = links.input.assessment;
    let findings = assessment.findings.iter().map(|finding| (&finding.number, &finding.title));
    let questions = assessment.questions.iter().map(|question| (&question.number, &question.text));
    let shown = findings.chain(questions).filter(|(number, _)| drawn.contains(number.as_str()));
    let mark = |number: &str| {
        let fallback = || Mark { number: number.to_owned(), form: BadgeForm::Question };
        links.mark(number).unwrap_or_else(fallback)
    };
    shown.map(|(number, title)| (mark(number), title.clone())).collect()
}

/// The picture in words: what holds what, and what flows.
fn equivalent(links: &Links<'_>, view: &View) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut held: IndexMap<Option<&ElementId>, Vec<&ElementId>> = IndexMap::new();
    for node in &view.nodes {
        held.entry(node.parent.as_ref()).or_default().push(&node.element);
    }
    let mut items = Vec::new();
    for (holder, held) in held {
        let names = Prose::listed(held.iter().map(|id| links.element(id)).collect());
        let holder = holder.map_or_else(|| "Not inside another".to_owned(), |holder| links.name(holder));
        items.push(Prose::new().strong(holder).text(": ").then(names).text("."));
    }
    if !items.is_empty() {
        blocks.push(Block::List(items));
    }
    let mut table = Table::new(
        format!("{} drawn in this figure", count(view.relations.len(), "flow")),
        &["From", "To", "Label", "Findings and questions"],
    );
    for relation in view.relations.iter().filter_map(|id| links.input.model.relations.get(id)) {
        table.row(vec![
            links.element(&relation.from),
            links.element(&relation.to),
            Prose::plain(relation.label.clone().unwrap_or_default()),
            links.marks_of(&crate::assessment::SubjectRef::Relation(relation.id.clone())),
        ]);
    }
    if !table.rows.is_empty() {
        blocks.push(Block::Table(table.without_empty_columns()));
    }
    let notes: Vec<Prose> = view.notes.iter().map(|note| Prose::plain(note.text.clone())).collect();
    if !notes.is_empty() {
        blocks.push(Block::Paragraph(Prose::new().strong("Notes in the drawing")));
        blocks.push(Block::List(notes));
    }
    blocks
}
