//! Pictures: nothing overlaps, nothing is cut, nothing is lost, on our own cases and on real files.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use planroom::geometry::{Point, Rect};
use planroom::model::{Model, View};
use planroom::pipeline::{self, Packet, Settings};
use planroom::scene::{Anchor, Connector, Scene, Text};
use planroom::source::DEFAULT_LIMIT;

/// Packets of everything below a path.
fn packets(path: &Path) -> Vec<Packet> {
    let path = path.to_str().expect("our paths are UTF-8").to_owned();
    let Ok(gathered) = pipeline::gather(&[path], DEFAULT_LIMIT) else { return Vec::new() };
    pipeline::packets(gathered.projects, &Settings::default()).0
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Everything that is wrong with the pictures of a packet.
fn faults(packet: &Packet) -> Vec<String> {
    let mut faults = Vec::new();
    assert_eq!(packet.scenes.len(), packet.model.views.len(), "each view has its picture");
    for (scene, view) in packet.scenes.iter().zip(&packet.model.views) {
        let mut told = Vec::new();
        overlaps(scene, &mut told);
        cut_texts(scene, &mut told);
        covered_titles(scene, &mut told);
        foreign_routes(scene, &mut told);
        lost(&packet.model, view, scene, &mut told);
        faults.extend(told.into_iter().map(|fault| format!("{}: {fault}", scene.view)));
    }
    faults
}

fn overlaps(scene: &Scene, faults: &mut Vec<String>) {
    let page = Rect::new(0.0, 0.0, scene.size.width, scene.size.height);
    for (at, shape) in scene.shapes.iter().enumerate() {
        if !page.contains(&shape.bounds, 0.5) {
            faults.push(format!("{} leaves the page", shape.id));
        }
        for other in &scene.shapes[at + 1..] {
            if shape.bounds.overlaps(&other.bounds, 0.5) {
                faults.push(format!("{} overlaps {}", shape.id, other.id));
            }
        }
        for group in &scene.groups {
            let inside = holds(scene, &group.id, shape.parent.as_deref());
            if inside && !group.bounds.contains(&shape.bounds, 0.5) {
                faults.push(format!("{} leaves {}", shape.id, group.id));
            }
            if !inside && group.bounds.overlaps(&shape.bounds, 0.5) {
                faults.push(format!("{} intrudes into {}", shape.id, group.id));
            }
        }
    }
}

/// Whether the group is the parent or one of its ancestors.
fn holds(scene: &Scene, group: &str, parent: Option<&str>) -> bool {
    let mut next = parent;
    for _ in 0..=scene.groups.len() {
        let Some(id) = next else { return false };
        if id == group {
            return true;
        }
        next = scene.groups.iter().find(|group| group.id == id).and_then(|group| group.parent.as_deref());
    }
    false
}

/// Titles of frames that something stands on.
fn covered_titles(scene: &Scene, faults: &mut Vec<String>) {
    for group in &scene.groups {
        for text in &group.texts {
            let line = Rect::new(text.at.x, text.at.y - 8.0, text.width, 9.0);
            let inner = scene.groups.iter().filter(|other| holds(scene, &group.id, other.parent.as_deref()));
            let inner = inner.map(|other| (&other.id, other.bounds));
            for (id, bounds) in scene.shapes.iter().map(|shape| (&shape.id, shape.bounds)).chain(inner) {
                if line.overlaps(&bounds, 0.5) {
                    faults.push(format!("{id} stands on the title `{}` of {}", text.text, group.id));
                }
            }
        }
    }
}

fn cut_texts(scene: &Scene, faults: &mut Vec<String>) {
    let mut check = |what: &str, bounds: Rect, texts: &[Text]| {
        for text in texts {
            let left = if text.anchor == Anchor::Middle { text.at.x - text.width / 2.0 } else { text.at.x };
            let line = Rect::new(left, text.at.y - 8.0, text.width, 9.0);
            if !bounds.contains(&line, 0.6) {
                faults.push(format!("the text `{}` leaves {what}: {line:?} {bounds:?}", text.text));
            }
        }
    };
    for shape in &scene.shapes {
        check(&shape.id, shape.bounds, &shape.texts);
    }
    for group in &scene.groups {
        check(&group.id, group.bounds, &group.texts);
    }
    for connector in &scene.connectors {
        if let Some(label) = &connector.label {
            check(&connector.id, label.bounds, &label.texts);
        }
    }
}

fn foreign_routes(scene: &Scene, faults: &mut Vec<String>) {
    for connector in &scene.connectors {
        if connector.points.len() < 2 {
            faults.push(format!("{} has no route", connector.id));
        }
        for shape in
            scene.shapes.iter().filter(|shape| shape.id != connector.from && shape.id != connector.to)
        {
            let b = shape.bounds;
            let inner = Rect::new(b.x + 1.5, b.y + 1.5, b.width - 3.0, b.height - 3.0);
            if connector.points.windows(2).any(|leg| passes(leg[0], leg[1], inner)) {
                faults.push(format!("{} runs through {}", connector.id, shape.id));
            }
        }
        for (id, end) in
            [(&connector.from, connector.points.first()), (&connector.to, connector.points.last())]
        {
            let bounds = scene.shapes.iter().find(|shape| shape.id == *id).map(|shape| shape.bounds);
            let bounds = bounds
                .or_else(|| scene.groups.iter().find(|group| group.id == *id).map(|group| group.bounds));
            if let (Some(bounds), Some(end)) = (bounds, end)
                && !bounds.contains(&Rect::new(end.x, end.y, 0.0, 0.0), 3.0)
            {
                faults.push(format!("{} ends beside {id}", connector.id));
            }
        }
    }
}

/// Whether an axis-parallel leg enters the rectangle.
fn passes(from: Point, to: Point, rect: Rect) -> bool {
    let leg = Rect::new(from.x.min(to.x), from.y.min(to.y), (from.x - to.x).abs(), (from.y - to.y).abs());
    leg.x < rect.right() && leg.right() > rect.x && leg.y < rect.bottom() && leg.bottom() > rect.y
}

fn lost(model: &Model, view: &View, scene: &Scene, faults: &mut Vec<String>) {
    let drawn: BTreeSet<&str> = scene
        .connectors
        .iter()
        .flat_map(|connector: &Connector| &connector.relations)
        .map(String::as_str)
        .collect();
    for id in &view.relations {
        let joined = model.relations.get(id).is_some_and(|relation| !relation.pieces.is_empty());
        if !joined && !drawn.contains(id.as_str()) {
            faults.push(format!("the flow {id} is not drawn"));
        }
    }
    let shown: BTreeSet<&str> = scene
        .shapes
        .iter()
        .map(|shape| shape.id.as_str())
        .chain(scene.groups.iter().map(|group| group.id.as_str()))
        .collect();
    for node in &view.nodes {
        if !shown.contains(node.element.as_str()) {
            faults.push(format!("the element {} is not drawn", node.element));
        }
    }
}

#[test]
fn pictures_of_the_samples_are_sound() {
    let packets = packets(&root().join("samples"));
    assert!(packets.len() >= 5, "the samples are read");
    for packet in &packets {
        assert_eq!(faults(packet), Vec::<String>::new(), "{}", packet.project);
    }
}

#[test]
fn pictures_of_real_files_are_sound() {
    let corpus = root().join("../shared/corpus/plantuml");
    if !corpus.is_dir() {
        return;
    }
    let packets = packets(&corpus);
    let pictures: usize = packets.iter().map(|packet| packet.scenes.len()).sum();
    assert!(pictures >= 100, "only {pictures} pictures");
    let faults: Vec<String> = packets
        .iter()
        .flat_map(|packet| {
            faults(packet).into_iter().map(move |fault| format!("{}: {fault}", packet.project))
        })
        .collect();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn the_same_model_gives_the_same_picture() {
    let path = root().join("samples/web-shop");
    let draw = || -> Vec<String> {
        let packets = packets(&path);
        let views =
            packets.iter().flat_map(|packet| packet.model.views.iter().map(move |view| (packet, view)));
        views
            .map(|(packet, view)| {
                pipeline::draw(packet, Some(view.id.as_str())).expect("the view exists").svg
            })
            .collect()
    };
    let first = draw();
    assert_eq!(first.len(), 3);
    assert_eq!(first, draw());
}

#[test]
fn a_firewall_is_one_bar_that_lines_run_through() {
    let packets = packets(&root().join("samples/large-distributed"));
    let scene = &packets[0].scenes[0];
    let bars: Vec<_> = scene.shapes.iter().filter(|shape| shape.id.ends_with("fw3")).collect();
    assert_eq!(bars.len(), 1);
    let ends = |leg: &&Connector| leg.from == bars[0].id || leg.to == bars[0].id;
    let legs: Vec<&Connector> = scene.connectors.iter().filter(ends).collect();
    assert!(legs.len() >= 4, "the flows that name FW3 pass its bar");
    for leg in legs {
        assert!(
            leg.label.as_ref().is_none_or(|label| label.texts.iter().all(|text| !text.text.contains("via")))
        );
    }
}
