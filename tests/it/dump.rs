//! A reading as text, for snapshots.

use std::fmt::Write;

use planroom::model::{Draft, Facts, Flow, Fragment, Heads, SheetNode};
use planroom::readers::reader::Reading;
use planroom::source::{Place, Sources};

/// Everything that a reading says, one thing a line.
pub(crate) fn reading(reading: &Reading) -> String {
    let mut text = String::new();
    if let Some(kind) = &reading.refused {
        let _ = writeln!(text, "refused: {kind}");
    }
    fragment(&mut text, &reading.fragment, &reading.sources);
    for diagnostic in &reading.diagnostics {
        let place = reading.sources.locate(diagnostic.span);
        let _ = writeln!(
            text,
            "{} {} {place}: {}",
            diagnostic.severity.word(),
            diagnostic.code,
            diagnostic.message
        );
        if let Some(help) = &diagnostic.help {
            let _ = writeln!(text, "  help: {help}");
        }
    }
    let loss = &reading.loss;
    let _ = writeln!(
        text,
        "statements: {} understood, {} visual, {} unknown",
        loss.understood,
        loss.visual,
        loss.unknown.len()
    );
    for unread in &loss.unknown {
        let _ = writeln!(text, "  unknown {}: {}", reading.sources.locate(unread.span), unread.text);
    }
    text
}

fn fragment(text: &mut String, fragment: &Fragment, sources: &Sources) {
    for sheet in &fragment.sheets {
        let _ = write!(text, "sheet");
        let words = [
            sheet.name.clone().map(|name| format!(" name={name:?}")),
            sheet.title.clone().map(|title| format!(" title={title:?}")),
            sheet.kind.map(|kind| format!(" kind={kind}")),
            sheet.direction.map(|direction| format!(" direction={direction}")),
        ];
        let _ = writeln!(text, "{}", words.into_iter().flatten().collect::<String>());
        let mut depths = std::collections::BTreeMap::new();
        for SheetNode { draft, parent, .. } in &sheet.nodes {
            let depth = parent.and_then(|parent| depths.get(&parent)).map_or(1, |depth: &usize| depth + 1);
            depths.insert(*draft, depth);
            element(text, &fragment.drafts[draft.0], depth, sources);
        }
        for at in &sheet.flows {
            flow(text, &fragment.flows[*at], fragment, sources);
        }
        for note in &sheet.notes {
            let on = match (note.draft, note.flow) {
                (Some(draft), _) => format!(" on {:?}", fragment.drafts[draft.0].name),
                (None, Some(flow)) => format!(" on flow {flow}"),
                (None, None) => String::new(),
            };
            let _ = writeln!(text, "  note{on} {:?} {}", note.text, sources.locate(note.place.span));
        }
    }
}

fn element(text: &mut String, draft: &Draft, depth: usize, sources: &Sources) {
    let _ = write!(text, "{}{} {:?}", "  ".repeat(depth), draft.kind, draft.name);
    if let Some(alias) = &draft.alias {
        let _ = write!(text, " as {alias}");
    }
    if let Some(logical) = &draft.instance_of {
        let _ = write!(text, " instance-of={logical:?}");
    }
    let technologies: Vec<&str> = draft.technologies.iter().map(|one| one.written.as_str()).collect();
    list(text, "technologies", &technologies);
    list(text, "stereotypes", &draft.stereotypes);
    list(text, "tags", &draft.tags);
    if let Some(description) = &draft.description {
        let _ = write!(text, " description={description:?}");
    }
    rest(text, &draft.properties, &draft.facts, &draft.origins, sources);
}

fn flow(text: &mut String, flow: &Flow, fragment: &Fragment, sources: &Sources) {
    let line = match flow.heads {
        Heads::One => "->",
        Heads::Both => "<->",
        Heads::None => "--",
    };
    let name = |id: planroom::model::LocalId| &fragment.drafts[id.0].name;
    let _ = write!(text, "  {:?} {line} {:?}", name(flow.from), name(flow.to));
    if let Some(step) = &flow.step {
        let _ = write!(text, " step={step}");
    }
    if let Some(label) = &flow.label {
        let _ = write!(text, " {label:?}");
    }
    let technologies: Vec<&str> = flow.technologies.iter().map(|one| one.written.as_str()).collect();
    list(text, "technologies", &technologies);
    list(text, "stereotypes", &flow.stereotypes);
    list(text, "tags", &flow.tags);
    if flow.dashed {
        text.push_str(" dashed");
    }
    rest(text, &flow.properties, &flow.facts, &flow.origins, sources);
}

fn list<T: std::fmt::Debug>(text: &mut String, name: &str, words: &[T]) {
    if !words.is_empty() {
        let _ = write!(text, " {name}={words:?}");
    }
}

fn rest(
    text: &mut String,
    properties: &std::collections::BTreeMap<String, String>,
    facts: &Facts,
    origins: &[Place],
    sources: &Sources,
) {
    for (key, value) in properties {
        let _ = write!(text, " {key:?}={value:?}");
    }
    for fact in facts.iter() {
        let _ = write!(text, " fact {}={} ({})", fact.key, fact.value.display(), fact.origin);
    }
    for place in origins {
        let _ = write!(text, " {}", sources.locate(place.span));
        if let Some(call) = place.call {
            let _ = write!(text, " by {}", sources.locate(call));
        }
    }
    text.push('\n');
}
