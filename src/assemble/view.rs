//! Sheets to views, and what the sources say of the project as a whole.

use std::collections::{BTreeMap, BTreeSet};

use super::element::unique;
use super::name::fold;
use super::relation::{RelationsOf, Whole};
use crate::model::{
    DataAsset, ElementId, ElementKind, Facts, Identity, LocalId, Model, RelationId, Sheet, View, ViewId,
    ViewKind, ViewNode, ViewNote, ViewRoute, short_slug,
};
use crate::source::Sources;

/// Puts views, title, document properties, data and identities into the model.
pub(super) fn gather(model: &mut Model, whole: &Whole<'_>, relations: &RelationsOf, sources: &Sources) {
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    let mut names = Names::default();
    let sheets = || whole.fragments.iter().flat_map(|fragment| &fragment.sheets);
    for id in sheets().filter_map(|sheet| sheet.explicit_id.as_ref()) {
        taken.insert(id.clone(), 0);
    }
    for (at, fragment) in whole.fragments.iter().enumerate() {
        for sheet in &fragment.sheets {
            let title = title(sheet, sources);
            let id = match &sheet.explicit_id {
                // The first one that claims an id gets it.
                Some(id) if taken.get(id) == Some(&0) => {
                    taken.insert(id.clone(), 1);
                    id.clone()
                }
                Some(id) => unique(&mut taken, id.clone()),
                None => unique(&mut taken, short_slug(&title)),
            };
            let view = view(whole, at, sheet, &relations[at], (ViewId::new(id), title));
            let kind = sheet.kind.unwrap_or_else(|| guess(model, &view));
            model.views.push(View { kind, ..view });
        }
        about(model, &mut names, whole, at, &relations[at]);
    }
    model.title = whole
        .fragments
        .iter()
        .find_map(|fragment| fragment.title.clone())
        .or_else(|| sheets().find_map(|sheet| sheet.title.clone()))
        .or_else(|| model.views.first().map(|view| view.title.clone()))
        .unwrap_or_default();
}

/// The author's title, else the diagram's name, else the file's name.
fn title(sheet: &Sheet, sources: &Sources) -> String {
    let given = sheet.title.as_ref().or(sheet.name.as_ref()).filter(|title| !title.trim().is_empty());
    given.cloned().unwrap_or_else(|| {
        let path = sources.get(sheet.place.span.file).map_or("", |source| source.path.as_str());
        let file = path.rsplit('/').next().unwrap_or_default();
        let stem = file.split_once('.').map_or(file, |(stem, _)| stem);
        if stem.is_empty() { "view".to_owned() } else { stem.to_owned() }
    })
}

fn view(
    whole: &Whole<'_>,
    at: usize,
    sheet: &Sheet,
    relations: &[RelationId],
    (id, title): (ViewId, String),
) -> View {
    let element = |local: LocalId| whole.ids[whole.known.of[at][local.0]].clone();
    let mut drawn = BTreeSet::new();
    let nodes = sheet
        .nodes
        .iter()
        .filter(|node| drawn.insert(whole.known.of[at][node.draft.0]))
        .map(|node| ViewNode {
            element: element(node.draft),
            parent: node.parent.map(element),
            bounds: node.bounds,
            look: node.look,
        })
        .collect();
    let mut lines = BTreeSet::new();
    let shown: Vec<RelationId> = sheet
        .flows
        .iter()
        .map(|flow| relations[*flow].clone())
        .filter(|id| lines.insert(id.clone()))
        .collect();
    let mut lines = BTreeSet::new();
    let routes = sheet
        .routes
        .iter()
        .filter(|route| lines.insert(&relations[route.flow]))
        .map(|route| ViewRoute {
            relation: relations[route.flow].clone(),
            points: route.points.clone(),
            course: route.course,
            label: route.label,
            spot: route.spot,
        })
        .collect();
    let notes = sheet
        .notes
        .iter()
        .map(|note| ViewNote {
            element: note.draft.map(element),
            relation: note.flow.map(|flow| relations[flow].clone()),
            text: note.text.clone(),
            bounds: note.bounds,
            look: note.look,
            place: note.place,
        })
        .collect();
    View {
        id,
        title,
        description: sheet.description.clone(),
        kind: ViewKind::Container,
        nodes,
        relations: shown,
        routes,
        notes,
        frames: sheet.frames.clone(),
        direction: sheet.direction,
        complete: sheet.complete,
        source: sheet.place,
    }
}

/// What a view shows, when its format does not say: by its title, else by what is drawn.
fn guess(model: &Model, view: &View) -> ViewKind {
    by_title(&view.title).unwrap_or_else(|| by_content(model, view))
}

fn by_title(title: &str) -> Option<ViewKind> {
    let folded = fold(title);
    let says = |words: &[&str]| words.iter().any(|word| folded.contains(word));
    if says(&["data flow", "dataflow"]) {
        Some(ViewKind::DataFlow)
    } else if says(&["deployment", "infrastructure", "physical", "network diagram"]) {
        Some(ViewKind::Deployment)
    } else if says(&["context diagram", "system context", "landscape"]) {
        Some(ViewKind::Context)
    } else if says(&["container diagram", "container view"]) {
        Some(ViewKind::Container)
    } else if says(&["component diagram", "component view"]) {
        Some(ViewKind::Component)
    } else {
        None
    }
}

fn by_content(model: &Model, view: &View) -> ViewKind {
    let kinds: BTreeSet<ElementKind> = view
        .nodes
        .iter()
        .filter_map(|node| model.element(&node.element))
        .map(|element| element.kind)
        .collect();
    let has = |wanted: &[ElementKind]| wanted.iter().any(|kind| kinds.contains(kind));
    let step = |id: &RelationId| model.relations.get(id).is_some_and(|relation| relation.step.is_some());
    if !view.relations.is_empty() && view.relations.iter().all(step) {
        ViewKind::Dynamic
    } else if has(&[ElementKind::Host, ElementKind::Firewall, ElementKind::Network, ElementKind::Zone]) {
        ViewKind::Deployment
    } else if has(&[ElementKind::Component]) && has(&[ElementKind::Container]) {
        ViewKind::Component
    } else if kinds.is_subset(&BTreeSet::from([
        ElementKind::Person,
        ElementKind::System,
        ElementKind::Boundary,
    ])) {
        ViewKind::Context
    } else {
        ViewKind::Container
    }
}

/// Data and identities by name.
#[derive(Default)]
struct Names {
    assets: BTreeMap<String, usize>,
    identities: BTreeMap<String, usize>,
}

/// What a source says of the project: facts, document properties, data, identities.
fn about(model: &mut Model, names: &mut Names, whole: &Whole<'_>, at: usize, relations: &[RelationId]) {
    let fragment = &whole.fragments[at];
    let elements = |locals: &[LocalId]| -> Vec<ElementId> {
        locals.iter().map(|local| whole.ids[whole.known.of[at][local.0]].clone()).collect()
    };
    for fact in fragment.facts.iter() {
        model.facts.add(fact.clone());
    }
    for (name, value) in &fragment.document {
        model.document.entry(name.clone()).or_insert_with(|| value.clone());
    }
    for draft in &fragment.data_assets {
        let at = *names.assets.entry(fold(&draft.name)).or_insert(model.data_assets.len());
        if at == model.data_assets.len() {
            model.data_assets.push(new_asset(&draft.name));
        }
        let asset = &mut model.data_assets[at];
        draft.facts.iter().for_each(|fact| asset.facts.add(fact.clone()));
        add_new(&mut asset.kept_by, elements(&draft.kept_by));
        add_new(&mut asset.carried_by, draft.carried_by.iter().map(|flow| relations[*flow].clone()));
        asset.origins.push(draft.place);
    }
    for draft in &fragment.identities {
        let at = *names.identities.entry(draft.name.clone()).or_insert(model.identities.len());
        if at == model.identities.len() {
            model.identities.push(new_identity(&draft.name));
        }
        let identity = &mut model.identities[at];
        identity.purpose = identity.purpose.take().or_else(|| draft.purpose.clone());
        add_new(&mut identity.used_by, elements(&draft.used_by));
        identity.origins.push(draft.place);
    }
}

fn new_asset(name: &str) -> DataAsset {
    DataAsset {
        name: name.to_owned(),
        facts: Facts::default(),
        kept_by: Vec::new(),
        carried_by: Vec::new(),
        origins: Vec::new(),
    }
}

fn new_identity(name: &str) -> Identity {
    Identity { name: name.to_owned(), purpose: None, used_by: Vec::new(), origins: Vec::new() }
}

fn add_new<T: PartialEq>(known: &mut Vec<T>, more: impl IntoIterator<Item = T>) {
    for item in more {
        if !known.contains(&item) {
            known.push(item);
        }
    }
}
