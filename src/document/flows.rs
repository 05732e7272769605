//! The table of flows.

use super::block::{Block, Section, Table};
use super::links::{Links, relation_anchor};
use super::prose::Prose;
use super::words::count;
use crate::assessment::SubjectRef;
use crate::model::{FactKey, Initiator, Origin, Phase, Port, Relation};

/// Every flow with what is known of it; `None` when none is drawn.
pub(super) fn section(links: &Links<'_>) -> Option<Section> {
    let model = links.input.model;
    let flows: Vec<&Relation> = model.flows().collect();
    if flows.is_empty() {
        return None;
    }
    let mut table = Table::new(
        count(flows.len(), "flow"),
        &[
            "From",
            "To",
            "Label",
            "Protocol",
            "Port",
            "Opened by",
            "Through",
            "When",
            "In transit",
            "Concluded from places",
            "Findings and questions",
            "Source",
        ],
    );
    for flow in &flows {
        table.anchored(
            relation_anchor(&flow.id),
            vec![
                links.element(&flow.from),
                links.element(&flow.to),
                label(flow),
                Prose::plain(links.protocols(flow)),
                Prose::plain(ports(flow)),
                opened_by(links, flow),
                links.elements(&flow.via),
                Prose::plain(if flow.phase == Phase::Unknown { "" } else { flow.phase.word() }),
                Prose::plain(transit(flow)),
                super::elements::basis(&flow.basis),
                links.marks_of(&SubjectRef::Relation(flow.id.clone())),
                links.lines(&flow.origins),
            ],
        );
    }
    // Pieces that were joined into a path are told with the path; links to them lead here too.
    let joined = model.relations.len() - flows.len();
    let mut blocks = vec![Block::Table(table.without_empty_columns())];
    if joined > 0 {
        let text = format!(
            "{} drawn in pieces through firewalls, balancers or networks {} told as one flow each.",
            count(joined, "line"),
            if joined == 1 { "is" } else { "are" }
        );
        blocks.push(Block::Paragraph(Prose::plain(text)));
    }
    blocks.push(Block::Paragraph(Prose::quiet(
        "An empty cell means that nobody said. “Assumed” marks what is typical and not written.",
    )));
    Some(Section::new("flows", "Flows", blocks))
}

fn label(flow: &Relation) -> Prose {
    let mut prose = Prose::plain(flow.label.clone().unwrap_or_default());
    let mut remark = Vec::new();
    if flow.optional {
        remark.push("optional".to_owned());
    }
    // Words of the author that say it already are not said again.
    let said = flow.label.as_deref().is_some_and(|label| label.contains("alternative"));
    if let Some(group) = flow.alternative.as_ref().filter(|_| !said) {
        remark.push(format!("alternative: {group}"));
    }
    if !remark.is_empty() {
        let space = if prose.is_empty() { "" } else { " " };
        prose = prose.text(space).hush(format!("({})", remark.join("; ")));
    }
    prose
}

/// Ports as printed: `443, 80 (assumed)`; the transport is named when it is UDP.
pub(super) fn ports(flow: &Relation) -> String {
    let mut ports: Vec<String> = flow.ports.iter().map(port).collect();
    ports.dedup();
    ports.join(", ")
}

fn port(port: &Port) -> String {
    let range =
        if port.from == port.to { port.from.to_string() } else { format!("{}–{}", port.from, port.to) };
    let transport = match port.transport {
        crate::model::Transport::Tcp => "",
        crate::model::Transport::Udp => "udp ",
    };
    let assumed = if port.origin == Origin::Inferred { " (assumed)" } else { "" };
    format!("{transport}{range}{assumed}")
}

fn opened_by(links: &Links<'_>, flow: &Relation) -> Prose {
    match flow.initiator {
        Initiator::From => Prose::plain(links.name(&flow.from)),
        Initiator::To => Prose::plain(links.name(&flow.to)),
        Initiator::Either => Prose::plain("either end"),
        Initiator::Unknown => Prose::new(),
    }
}

/// What is known of the protection in transit.
fn transit(flow: &Relation) -> String {
    let Some(fact) = flow.facts.get(FactKey::Encrypted) else { return String::new() };
    let word = match fact.value.display().as_str() {
        "yes" => "encrypted".to_owned(),
        "no" => "clear text".to_owned(),
        other => other.to_owned(),
    };
    if fact.origin == Origin::Inferred { format!("{word} (assumed)") } else { word }
}
