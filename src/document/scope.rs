//! What the verdicts rest on and what they leave out: assumptions, coverage, read loss, packs.

use super::block::{Block, Section, Table};
use super::findings::category_title;
use super::links::Links;
use super::prose::{Inline, Prose};
use super::words::{capital, count, sentence};
use crate::assessment::Coverage;
use crate::diagnostic::Severity;
use crate::model::{FactKey, Facts, Origin};

/// At most this many diagnostics or unread statements are listed before the rest is counted.
const MOST_LISTED: usize = 200;

/// Assumptions and scope.
pub(super) fn assumptions(links: &Links<'_>) -> Section {
    let model = links.input.model;
    let mut items = vec![Prose::plain(
        "Only what the sources say was judged. What they do not show may exist; it is asked for, or not \
         mentioned.",
    )];
    let complete: Vec<Prose> = model
        .views
        .iter()
        .filter(|view| view.complete)
        .map(|view| Prose::plain(format!("“{}”", view.title)))
        .collect();
    if !complete.is_empty() {
        let verb = if complete.len() == 1 { " is" } else { " are" };
        let text = Prose::listed(complete).text(verb).text(" declared to show everything of its kind.");
        items.push(text);
    }
    items.push(match &links.input.assessment.as_of {
        Some(date) => Prose::plain(format!("Expiry and support dates are judged as of {date}.")),
        None => {
            Prose::plain("No as-of date was given: expiry and support dates are printed and none is judged.")
        }
    });
    let assumed = assumed(links);
    if !assumed.rows.is_empty() {
        items.push(Prose::plain(
            "What is only typical and not written never makes a finding. It may make a statement sound, which \
             is then marked as assumed.",
        ));
    }
    let mut blocks = vec![Block::List(items)];
    if !assumed.rows.is_empty() {
        blocks.push(Block::Table(assumed));
    }
    let declared = declared(links);
    if !declared.rows.is_empty() {
        blocks.push(Block::Table(declared.without_empty_columns()));
    }
    blocks.extend(merges(links));
    Section::new("scope", "Assumptions and scope", blocks)
}

/// Assumed facts, counted by key.
fn assumed(links: &Links<'_>) -> Table {
    let model = links.input.model;
    let mut counts: std::collections::BTreeMap<FactKey, usize> = std::collections::BTreeMap::new();
    let mut note = |facts: &Facts| {
        for fact in facts.iter().filter(|fact| fact.origin == Origin::Inferred) {
            if facts.get(fact.key).is_some_and(|best| best.origin == Origin::Inferred) {
                *counts.entry(fact.key).or_default() += 1;
            }
        }
    };
    model.elements.values().for_each(|element| note(&element.facts));
    model.relations.values().for_each(|relation| note(&relation.facts));
    let ports = model.flows().flat_map(|flow| &flow.ports).filter(|port| port.origin == Origin::Inferred);
    let protocols = model.flows().flat_map(|flow| &flow.protocols);
    let protocols = protocols.filter(|protocol| protocol.origin == Origin::Inferred);
    let mut table = Table::new("Assumed, because typical", &["What", "#Times"]);
    for (what, times) in [("ports", ports.count()), ("protocols", protocols.count())] {
        if times > 0 {
            table.row(vec![Prose::plain(what), Prose::plain(times.to_string())]);
        }
    }
    for (key, times) in counts {
        table.row(vec![Prose::plain(key.word().replace('-', " ")), Prose::plain(times.to_string())]);
    }
    table
}

/// What the sidecar declares, with who and when.
fn declared(links: &Links<'_>) -> Table {
    let model = links.input.model;
    let mut table =
        Table::new("Declared in the sidecar", &["About", "Fact", "By", "On", "Ground", "Until", "Source"]);
    let mut add = |about: Prose, facts: &Facts| {
        for fact in facts.iter().filter(|fact| fact.origin == Origin::Declared) {
            let declaration = fact.declaration.clone().unwrap_or_default();
            table.row(vec![
                about.clone(),
                Prose::plain(format!("{} {}", fact.key.word().replace('-', " "), fact.value.display())),
                Prose::plain(declaration.by.unwrap_or_default()),
                Prose::plain(declaration.date.unwrap_or_default()),
                Prose::plain(declaration.source.unwrap_or_default()),
                Prose::plain(declaration.expires.unwrap_or_default()),
                links.lines(&fact.place),
            ]);
        }
    };
    add(Prose::plain("the architecture as a whole"), &model.facts);
    for element in model.elements.values() {
        add(links.element(&element.id), &element.facts);
    }
    for relation in model.relations.values() {
        add(links.relation(&relation.id), &relation.facts);
    }
    table
}

fn merges(links: &Links<'_>) -> Vec<Block> {
    let model = links.input.model;
    let (near, merged): (Vec<_>, Vec<_>) = model.merges.iter().partition(|merge| merge.near_miss.is_some());
    let mut blocks = Vec::new();
    if !merged.is_empty() {
        let mut table = Table::new("Drawn more than once, taken as one", &["Element", "Because", "Source"]);
        for merge in merged {
            table.row(vec![
                links.element(&merge.element),
                Prose::plain(merge.why.clone()),
                links.lines(&merge.places),
            ]);
        }
        blocks.push(Block::Table(table));
    }
    if !near.is_empty() {
        let mut table = Table::new("Alike, kept apart", &["Element", "Other element", "Because", "Source"]);
        for merge in near {
            table.row(vec![
                links.element(&merge.element),
                merge.near_miss.as_ref().map(|id| links.element(id)).unwrap_or_default(),
                Prose::plain(merge.why.clone()),
                links.lines(&merge.places),
            ]);
        }
        blocks.push(Block::Table(table));
    }
    blocks
}

/// How many subjects each rule judged; `None` when no rule was run.
pub(super) fn coverage(links: &Links<'_>) -> Option<Section> {
    let assessment = links.input.assessment;
    if assessment.coverage.is_empty() {
        return None;
    }
    let category = |coverage: &Coverage| {
        assessment.rules.iter().find(|rule| rule.id == coverage.rule).map(|rule| rule.category)
    };
    let columns = ["#Gap", "#Satisfied", "#Unknown", "#May apply", "#Not applicable"];
    let numbers = |coverage: &Coverage| {
        [
            coverage.gap,
            coverage.satisfied,
            coverage.unknown,
            coverage.potentially_applicable,
            coverage.not_applicable,
        ]
    };
    let mut titles = vec!["Category", "#Rules"];
    titles.extend(columns);
    let mut sums = Table::new("Verdicts by category", &titles);
    for wanted in crate::assessment::Category::ALL {
        let of: Vec<&Coverage> =
            assessment.coverage.iter().filter(|coverage| category(coverage) == Some(*wanted)).collect();
        if of.is_empty() {
            continue;
        }
        let mut cells = vec![Prose::plain(category_title(*wanted)), Prose::plain(of.len().to_string())];
        for at in 0..columns.len() {
            let sum: usize = of.iter().map(|coverage| numbers(coverage)[at]).sum();
            cells.push(Prose::plain(sum.to_string()));
        }
        sums.row(cells);
    }
    let mut titles = vec!["Rule"];
    titles.extend(columns);
    let mut rules = Table::new("Verdicts by rule", &titles);
    // A rule that decided and asked nothing is named in a line: a row of zeros tells no more.
    let mut open: Vec<&str> = Vec::new();
    let mut outside: Vec<&str> = Vec::new();
    for coverage in &assessment.coverage {
        if coverage.gap + coverage.satisfied + coverage.unknown > 0 {
            let mut cells = vec![Prose::code(coverage.rule.clone())];
            cells.extend(numbers(coverage).map(|number| Prose::plain(number.to_string())));
            rules.row(cells);
        } else if coverage.potentially_applicable > 0 {
            open.push(&coverage.rule);
        } else {
            outside.push(&coverage.rule);
        }
    }
    let summary = format!("{} one by one", capital(&count(assessment.coverage.len(), "rule")));
    let named = |before: &str, rules: &[&str]| {
        let text = format!("{before}: {}.", rules.join(", "));
        (!rules.is_empty()).then(|| Block::Paragraph(Prose::plain(text)))
    };
    let mut one_by_one = vec![Block::Table(rules)];
    one_by_one.extend(named("May apply somewhere, and nothing stated says so", &open));
    one_by_one.extend(named("Not applicable to anything drawn", &outside));
    Some(Section::new(
        "coverage",
        "Coverage",
        vec![
            Block::Paragraph(Prose::plain(
                "What was judged, what could not be, and what does not apply. One rule is judged once for \
                 each element, flow, zone or view that it is about.",
            )),
            Block::Table(sums),
            Block::Fold { summary, blocks: one_by_one },
        ],
    ))
}

/// The account of statements, and what was wrong with the input.
pub(super) fn loss(links: &Links<'_>) -> Option<Section> {
    let loss = links.input.loss;
    if loss.seen() == 0 && links.input.diagnostics.is_empty() {
        return None;
    }
    let was = |number: usize| if number == 1 { "was" } else { "were" };
    let account = format!(
        "{} {} seen: {} reached the model, {} only how the drawing looks, and {} not understood.",
        count(loss.seen(), "statement"),
        was(loss.seen()),
        loss.understood,
        if loss.visual == 1 { "1 says".to_owned() } else { format!("{} say", loss.visual) },
        match loss.unknown.len() {
            0 => "none was".to_owned(),
            number => format!("{number} {}", was(number)),
        },
    );
    let mut blocks = vec![Block::Paragraph(Prose::plain(account))];
    if !loss.unknown.is_empty() {
        let mut table = Table::new("Not understood", &["Statement", "Source"]);
        for unread in loss.unknown.iter().take(MOST_LISTED) {
            let place = links.span(unread.span).map(|place| Prose::new().run(place));
            table.row(vec![Prose::code(unread.text.clone()), place.unwrap_or_default()]);
        }
        blocks.push(Block::Table(table));
        blocks.extend(left_out(loss.unknown.len()));
    }
    let diagnostics = links.input.diagnostics;
    if !diagnostics.is_empty() {
        let mut table = Table::new("Remarks of the readers", &["Remark", "Weight", "Help", "Source", "Code"]);
        for diagnostic in diagnostics.iter().take(MOST_LISTED) {
            let place = links.span(diagnostic.span).map(|place| Prose::new().run(place));
            let weight = diagnostic.severity.word();
            table.row(vec![
                Prose::plain(sentence(&diagnostic.message)),
                if diagnostic.severity == Severity::Note {
                    Prose::quiet(weight)
                } else {
                    Prose::plain(weight)
                },
                Prose::plain(diagnostic.help.as_deref().map(sentence).unwrap_or_default()),
                place.unwrap_or_default(),
                Prose::code(diagnostic.code),
            ]);
        }
        blocks.push(Block::Table(table.without_empty_columns()));
        blocks.extend(left_out(diagnostics.len()));
    }
    Some(Section::new("loss", "Read loss", blocks))
}

fn left_out(number: usize) -> Option<Block> {
    let more = number.checked_sub(MOST_LISTED).filter(|more| *more > 0)?;
    let text = format!("{more} more stand in findings.json.");
    Some(Block::Paragraph(Prose::plain(text)))
}

/// Packs and versions.
pub(super) fn packs(links: &Links<'_>) -> Section {
    let packs = &links.input.assessment.packs;
    let mut table = Table::new(count(packs.len(), "pack"), &["Pack", "Version", "What it covers", "Id"]);
    for pack in packs {
        let extends = match pack.extends.as_slice() {
            [] => String::new(),
            bases => format!(" Extends {}.", bases.join(", ")),
        };
        table.row(vec![
            Prose::plain(pack.title.clone()),
            Prose::plain(pack.version.clone()),
            Prose::plain(format!("{}{extends}", sentence(&pack.covers))),
            Prose::code(pack.id.clone()),
        ]);
    }
    let changes: Vec<_> = packs.iter().flat_map(|pack| &pack.changes).collect();
    let mut changed = Table::new(count(changes.len(), "changed rule"), &["Rule", "Changed", "Why"]);
    for change in &changes {
        changed.row(vec![
            Prose::code(change.rule.clone()),
            Prose::plain(change.what.clone()),
            Prose::plain(sentence(&change.reason)),
        ]);
    }
    let made = Prose::plain("Made by Planroom ")
        .run(Inline::Text(env!("CARGO_PKG_VERSION").to_owned()))
        .text(". The same input gives the same bytes.");
    let mut blocks = vec![Block::Paragraph(made)];
    if !changes.is_empty() {
        blocks.insert(0, Block::Table(changed));
    }
    if !packs.is_empty() {
        blocks.insert(0, Block::Table(table));
    }
    Section::new("packs", "Packs and versions", blocks)
}
