//! PlantUML that Structurizr exported, beside the workspace that it was exported from: both say the same.

use std::collections::{BTreeMap, BTreeSet};

use planroom::readers::plantuml::PlantUml;
use planroom::readers::reader::Reader;

use super::{Disk, folder, source, walk};

/// An element of a workspace.
#[derive(Debug)]
struct Entry {
    word: String,
    name: String,
    parent: Option<String>,
    technology: Option<String>,
}

/// What a workspace says, by a small reader of its own: `id = word "name" {`, `technology "..."`, `a -> b "label"`.
#[derive(Debug, Default)]
struct Workspace {
    entries: BTreeMap<String, Entry>,
    /// Names of both ends, label and technology.
    relations: BTreeSet<(String, String, String, String)>,
}

fn workspace(text: &str) -> Workspace {
    let mut workspace = Workspace::default();
    let mut open: Vec<Option<String>> = Vec::new();
    let mut relations = Vec::new();
    for line in text.lines().map(str::trim).take_while(|line| !line.starts_with("views")) {
        let quoted: Vec<&str> = line.split('"').skip(1).step_by(2).collect();
        let mut id = None;
        if let Some((left, right)) = line.split_once(" -> ") {
            let to = right.split_whitespace().next().expect("an end");
            let quoted = |at: usize| quoted.get(at).copied().unwrap_or_default().to_owned();
            relations.push((left.to_owned(), to.to_owned(), quoted(0), quoted(1)));
        } else if let Some((left, right)) = line.split_once(" = ") {
            let word = right.split_whitespace().next().expect("a word").to_owned();
            let parent = open.iter().rev().flatten().next().cloned();
            let name = quoted.first().copied().unwrap_or_default().to_owned();
            workspace.entries.insert(left.to_owned(), Entry { word, name, parent, technology: None });
            id = Some(left.to_owned());
        } else if let (Some(rest), Some(Some(id))) = (line.strip_prefix("technology \""), open.last())
            && let Some(entry) = workspace.entries.get_mut(id)
        {
            entry.technology = rest.split('"').next().map(str::to_owned);
        }
        if line.ends_with('{') {
            open.push(id);
        } else if line == "}" {
            open.pop();
        }
    }
    let name = |id: &str| workspace.entries.get(id).map_or(id, |entry| &entry.name).to_owned();
    let named =
        |(from, to, label, technology): (String, String, _, _)| (name(&from), name(&to), label, technology);
    workspace.relations = relations.into_iter().map(named).collect();
    workspace
}

#[test]
fn what_structurizr_exported_says_what_the_workspace_says() {
    let Some(oracles) = folder("oracles") else { return };
    let root = oracles.join("chrislyons-dev__bond-math/docs/architecture");
    let text = std::fs::read_to_string(root.join("workspace.dsl")).expect("the workspace is readable");
    let workspace = workspace(&text);
    assert!(workspace.entries.len() > 50 && workspace.relations.len() > 10);
    let (mut elements, mut flows) = (0, 0);
    for path in walk(&root.join("diagrams"))
        .into_iter()
        .filter(|path| path.extension().is_some_and(|end| end == "puml"))
    {
        let reading = PlantUml.read(&source(&root, &path), &Disk(root.clone()));
        let stem = path.file_stem().and_then(|stem| stem.to_str()).expect("a name");
        if stem.ends_with("-key") {
            assert_eq!(reading.refused.as_deref(), Some("key of another diagram"), "{stem}");
            continue;
        }
        assert!(reading.loss.unknown.is_empty(), "{stem}: {:?}", reading.loss.unknown);
        let deployment = stem.contains("Deployment");
        let drafts = &reading.fragment.drafts;
        for draft in drafts.iter().filter(|draft| !(deployment && draft.parent.is_none())) {
            let kinds = match draft.kind.word() {
                "boundary" => draft.stereotypes.clone(),
                kind => vec![kind.to_owned()],
            };
            let written = |word: &str| word.replace("softwareSystem", "system");
            let parent = draft.parent.filter(|_| !deployment).map(|parent| drafts[parent.0].name.as_str());
            let technology = draft.technologies.first().map(|technology| technology.written.as_str());
            let found = workspace.entries.values().find(|entry| {
                let own = entry.parent.as_ref().map(|id| workspace.entries[id].name.as_str());
                entry.name == draft.name
                    && kinds.contains(&written(&entry.word))
                    && (parent.is_none() || parent == own)
                    && entry.technology.as_deref() == technology
            });
            assert!(found.is_some(), "{stem}: {draft:?}");
            elements += 1;
        }
        for flow in &reading.fragment.flows {
            let name = |at: planroom::model::LocalId| drafts[at.0].name.clone();
            let technology =
                flow.technologies.iter().map(|one| one.written.as_str()).collect::<Vec<_>>().join(", ");
            let relation =
                (name(flow.from), name(flow.to), flow.label.clone().unwrap_or_default(), technology);
            // A view from above shows relations of parts as relations of the whole.
            let implied = |(from, to, ..): &(String, String, String, String)| {
                holds(&workspace, &relation.0, from) && holds(&workspace, &relation.1, to)
            };
            assert!(workspace.relations.iter().any(implied), "{stem}: {relation:?}");
            let same = |other: &&(String, String, String, String)| {
                implied(other) && (&other.2, &other.3) == (&relation.2, &relation.3)
            };
            assert!(workspace.relations.iter().any(|other| same(&other)), "{stem}: {relation:?}");
            flows += 1;
        }
    }
    assert!(elements > 60 && flows > 20, "{elements} elements, {flows} flows");
}

/// Whether the element of one name is the other, or holds it.
fn holds(workspace: &Workspace, whole: &str, part: &str) -> bool {
    let mut at = workspace.entries.values().find(|entry| entry.name == part);
    while let Some(entry) = at {
        if entry.name == whole {
            return true;
        }
        at = entry.parent.as_ref().and_then(|id| workspace.entries.get(id));
    }
    false
}
