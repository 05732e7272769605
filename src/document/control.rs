//! Cover and document control.

use super::block::Entry;
use super::links::Links;
use super::prose::{Inline, Prose, Target};
use super::words::{capital, count};
use super::{Input, Since};

/// The title of the document.
pub(super) fn title(input: &Input<'_>) -> String {
    let named = input.model.document.get("title").map(String::as_str).filter(|title| !title.is_empty());
    let drawn = Some(input.model.title.as_str()).filter(|title| !title.is_empty());
    let view = input.model.views.first().map(|view| view.title.as_str()).filter(|title| !title.is_empty());
    let project = Some(input.project).filter(|project| !project.is_empty());
    named.or(drawn).or(view).or(project).unwrap_or("Untitled architecture").to_owned()
}

/// What stands on the head of each printed page.
pub(super) fn running_head(input: &Input<'_>) -> String {
    let mut parts = vec![title(input)];
    for (key, label) in [("version", "version "), ("classification", "")] {
        if let Some(value) = property(input, key) {
            parts.push(format!("{label}{value}"));
        }
    }
    parts.join(" · ")
}

/// Owner, version, status and the rest, each stated or said to be missing.
pub(super) fn entries(links: &Links<'_>) -> Vec<Entry> {
    let input = links.input;
    let stated = |label: &str, key: &str| {
        let value = property(input, key).map_or_else(|| Prose::quiet("not stated"), Prose::plain);
        Entry::one(label, value)
    };
    let mut entries = vec![stated("Owner", "owner"), stated("Classification", "classification")];
    for (label, key) in [
        ("Environment", "environment"),
        ("Version", "version"),
        ("Status", "status"),
        ("Date", "date"),
        ("Approvers", "approvers"),
    ] {
        // A date that everything is judged by stands in its own entry.
        let told = key == "date" && property(input, key) == input.assessment.as_of.as_deref();
        if property(input, key).is_some() && !told {
            entries.push(stated(label, key));
        }
    }
    let missing: Vec<&str> =
        ["version", "status"].into_iter().filter(|key| property(input, key).is_none()).collect();
    if missing.len() == 2 {
        entries.push(Entry::one("Version and status", Prose::quiet("not stated")));
    } else if let [key] = missing[..] {
        let label = if key == "version" { "Version" } else { "Status" };
        entries.push(Entry::one(label, Prose::quiet("not stated")));
    }
    entries.push(Entry::one(
        "Judged as of",
        input
            .assessment
            .as_of
            .as_ref()
            .map_or_else(|| Prose::quiet("no date given; dates are printed, none is judged"), Prose::plain),
    ));
    entries.push(sources(links));
    entries.push(Entry::one(
        "Baseline",
        match input.since {
            Since::FirstReview => Prose::quiet("first review, no baseline"),
            Since::NotInBaseline => Prose::quiet("first review, not in the baseline"),
            Since::Review(changes) => {
                let text = format!("{} since", count(changes.total(), "change"));
                Prose::plain(capital(&super::changes::named(&changes.old)))
                    .text(": ")
                    .run(Inline::Link { text, to: Target::Anchor("all-changes".into()) })
            }
        },
    ));
    entries
}

fn sources(links: &Links<'_>) -> Entry {
    let sources: Vec<_> = links.input.sources.iter().collect();
    let shown = sources.len().min(4);
    let mut items = Vec::new();
    for (file, source) in sources.iter().take(shown) {
        let to = Target::Anchor(links.file_anchor(*file).to_owned());
        items.push(Prose::new().run(Inline::Link { text: source.path.clone(), to }));
    }
    let mut prose = Prose::joined(items, ", ");
    if sources.len() > shown {
        let text = format!("{} more", sources.len() - shown);
        prose = prose.text(" and ").run(Inline::Link { text, to: Target::Anchor("sources".into()) });
    }
    if sources.is_empty() {
        prose = Prose::quiet("none");
    }
    Entry::one(if sources.len() == 1 { "Source" } else { "Sources" }, prose)
}

/// A document property as written in the sidecar; `None` when it is not, or is empty.
pub(super) fn property<'a>(input: &Input<'a>, key: &str) -> Option<&'a str> {
    input.model.document.get(key).map(|value| value.trim()).filter(|value| !value.is_empty())
}
