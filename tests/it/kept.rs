//! Pictures of drawings that came with coordinates are the author's own.

use planroom::assemble::assemble;
use planroom::assessment::{Assessment, Band, Category, Finding, Question, Severity, SubjectRef};
use planroom::geometry::{Point, Rect};
use planroom::model::{ElementId, Model, View};
use planroom::readers::model_file::ModelFile;
use planroom::readers::reader::{Files, Reader, Refusal};
use planroom::scene::{Anchor, Arrangement, Outline, Scene, Shape, Text, compose};
use planroom::source::Source;
use planroom::writers::svg::{Setting, draw};
use proptest::prelude::*;

struct NoFiles;

impl Files for NoFiles {
    fn include(&self, _from: &str, _target: &str) -> Result<Source, Refusal> {
        Err(Refusal::Missing)
    }
}

const SHOP: &str = "
elements:
  - {id: zone, name: Data center, kind: zone}
  - {id: web, name: Web shop, kind: container, technologies: [nginx]}
  - {id: orders, name: Orders, kind: datastore}
  - {id: user, name: Customer, kind: person}
  - {id: mail, name: Mail gateway with a name that is much too long for its icon, kind: gateway}
relations:
  - {id: buys, from: user, to: web, label: Buys goods}
  - {id: writes, from: web, to: orders, label: Writes}
  - {id: reads, from: web, to: orders, label: Reads}
  - {id: sends, from: web, to: mail}
views:
  - id: shop
    nodes:
      - {element: zone, bounds: [-200, -100, 500, 300], look: {caption: top, align: left, tint: blue, dashed: yes}}
      - {element: web, parent: zone, bounds: [-150, -20, 120, 60], look: {form: rounded, tint: green}}
      - {element: orders, parent: zone, bounds: [150, 60, 80, 90], look: {form: cylinder}}
      - {element: user, parent: , bounds: [-400, -20, 30, 60], look: {form: person, caption: below}}
      - {element: mail, parent: , bounds: [400, -20, 40, 40], look: {form: icon, caption: below}}
    routes:
      - {relation: writes, points: [[-30, 0], [190, 0], [190, 60]], label: [80, 0]}
      - {relation: reads, points: [[-90, 10], [-90, 105], [190, 105]], course: square}
    notes:
      - {text: Drawn by hand, bounds: [-200, 260, 160, 30], look: {form: note, tint: yellow}}
";

fn model(text: &str) -> Model {
    let reading = ModelFile.read(&Source::new("model.yaml", text), &NoFiles);
    assert_eq!(reading.diagnostics, []);
    assemble(vec![reading]).model
}

fn scene(text: &str, arrangement: Arrangement) -> Scene {
    let model = model(text);
    compose(&model, &marked(&model), &model.views[0], arrangement)
}

/// An assessment with a finding on every element and on every relation.
fn marked(model: &Model) -> Assessment {
    let finding = |number: usize, subject: SubjectRef| Finding {
        id: format!("fault@{number}"),
        number: format!("G{number}"),
        rule: "fault".into(),
        title: "A fault".into(),
        severity: Severity::High,
        category: Category::Security,
        band: Band::Fix,
        subjects: vec![subject],
        evidence: Vec::new(),
        contradictory: false,
        folded: Vec::new(),
        decision: None,
        fingerprint: String::new(),
        loose_fingerprint: String::new(),
        correction: String::new(),
        decide: String::new(),
        evidence_fingerprint: String::new(),
    };
    let elements = model.elements.keys().cloned().map(SubjectRef::Element);
    let subjects = elements.chain(model.relations.keys().cloned().map(SubjectRef::Relation));
    Assessment {
        findings: subjects.enumerate().map(|(at, subject)| finding(at + 1, subject)).collect(),
        questions: Vec::<Question>::new(),
        ..Assessment::default()
    }
}

fn shape<'s>(scene: &'s Scene, id: &str) -> &'s Shape {
    scene.shapes.iter().find(|shape| shape.id == id).expect("the shape is drawn")
}

fn line(text: &Text) -> Rect {
    let size = text.size.unwrap_or(13.0);
    let left = match text.anchor {
        Anchor::Start => text.at.x,
        Anchor::Middle => text.at.x - text.width / 2.0,
        Anchor::End => text.at.x - text.width,
    };
    Rect::new(left, text.at.y - size * 0.75, text.width, size * 0.8)
}

/// What is wrong with a picture, whatever its author drew.
fn faults(model: &Model, view: &View, scene: &Scene) -> Vec<String> {
    let mut faults = Vec::new();
    let page = Rect::new(0.0, 0.0, scene.size.width, scene.size.height);
    let mut inside = |what: &str, rect: &Rect| {
        let finite = [rect.x, rect.y, rect.width, rect.height].iter().all(|number| number.is_finite());
        if !finite || !page.contains(rect, 0.5) {
            faults.push(format!("{what} leaves the page: {rect:?} of {page:?}"));
        }
    };
    for group in &scene.groups {
        inside(&group.id, &group.bounds);
    }
    for shape in &scene.shapes {
        inside(&shape.id, &shape.bounds);
        shape.texts.iter().for_each(|text| inside(&text.text, &line(text)));
        shape.caption.iter().for_each(|caption| inside("a caption", &caption.bounds));
        shape.badges.iter().for_each(|badge| inside("a badge", &Rect::new(badge.at.x, badge.at.y, 0.0, 0.0)));
    }
    for connector in &scene.connectors {
        assert!(connector.points.len() >= 2, "{} has no way", connector.id);
        for Point { x, y } in &connector.points {
            inside(&connector.id, &Rect::new(*x, *y, 0.0, 0.0));
        }
        connector.label.iter().for_each(|label| inside("a label", &label.bounds));
    }
    for shape in &scene.shapes {
        for text in shape.texts.iter().filter(|_| shape.bounds.width > 24.0 && shape.bounds.height > 16.0) {
            if !shape.bounds.contains(&line(text), 1.0) {
                faults.push(format!("`{}` leaves {}", text.text, shape.id));
            }
        }
    }
    let drawn: Vec<&str> = scene.shapes.iter().map(|shape| shape.id.as_str()).collect();
    let frames: Vec<&str> = scene.groups.iter().map(|group| group.id.as_str()).collect();
    for node in &view.nodes {
        if !drawn.contains(&node.element.as_str()) && !frames.contains(&node.element.as_str()) {
            faults.push(format!("{} is not drawn", node.element));
        }
    }
    for id in view.relations.iter().filter(|id| model.relations[*id].pieces.is_empty()) {
        if !scene.connectors.iter().any(|connector| connector.relations.contains(&id.to_string())) {
            faults.push(format!("{id} is not drawn"));
        }
    }
    faults
}

#[test]
fn things_stay_where_their_author_put_them() {
    let model = model(SHOP);
    let scene = scene(SHOP, Arrangement::Kept);
    assert_eq!(faults(&model, &model.views[0], &scene), Vec::<String>::new());
    let origin = shape(&scene, "web").bounds;
    for node in &model.views[0].nodes {
        let [x, y, width, height] = node.bounds.unwrap();
        let expected = Rect::new(x + 150.0 + origin.x, y + 20.0 + origin.y, width, height);
        let id = node.element.as_str();
        let groups = scene.groups.iter().map(|group| (&group.id, group.bounds));
        let shapes = scene.shapes.iter().map(|shape| (&shape.id, shape.bounds));
        let found = groups.chain(shapes).find(|(known, _)| *known == id).unwrap().1;
        assert!(expected.contains(&found, 0.01) && found.contains(&expected, 0.01), "{id}: {found:?}");
    }
    assert_eq!(shape(&scene, "web").outline, Outline::Card);
    assert_eq!(shape(&scene, "orders").outline, Outline::Cylinder);
    assert_eq!(shape(&scene, "user").outline, Outline::Person);
    assert_eq!(scene.groups[0].id, "zone");
    assert!(scene.groups[0].dashed && scene.groups[0].tint.is_some());
    assert_eq!(scene.remarks[0].texts[0].text, "Drawn by hand");
}

#[test]
fn lines_with_ways_of_their_own_stay_apart() {
    let scene = scene(SHOP, Arrangement::Kept);
    assert_eq!(scene.connectors.len(), 4);
    let (web, orders) = (shape(&scene, "web").bounds, shape(&scene, "orders").bounds);
    let way = |id: &str| {
        let connector = scene.connectors.iter().find(|connector| connector.id == id).unwrap();
        connector
            .points
            .iter()
            .map(|point| ((point.x - web.x - 150.0).round(), (point.y - web.y - 20.0).round()))
            .collect::<Vec<_>>()
    };
    // Given from border to border, and kept; given from the middle, and cut at the outlines.
    assert_eq!(way("writes"), [(-30.0, 0.0), (190.0, 0.0), (190.0, 60.0)]);
    assert_eq!(way("reads"), [(-90.0, 40.0), (-90.0, 105.0), (150.0, 105.0)]);
    assert!((orders.x - web.x - 300.0).abs() < 0.01);
    let label =
        scene.connectors.iter().find(|connector| connector.id == "writes").unwrap().label.as_ref().unwrap();
    assert!((label.bounds.center().x - web.x - 230.0).abs() < 0.01, "a label keeps its spot");
}

#[test]
fn names_keep_their_room_and_badges_cover_none() {
    let scene = scene(SHOP, Arrangement::Kept);
    let mail = shape(&scene, "mail");
    let caption = mail.caption.as_ref().expect("the name stands below the icon");
    assert!(caption.bounds.y >= mail.bounds.bottom());
    assert!(mail.texts.is_empty() && caption.texts.len() > 1);
    let texts: Vec<Rect> = scene
        .shapes
        .iter()
        .flat_map(|shape| shape.texts.iter().chain(shape.caption.iter().flat_map(|caption| &caption.texts)))
        .chain(scene.groups.iter().flat_map(|group| &group.texts))
        .map(line)
        .collect();
    for badge in scene.shapes.iter().flat_map(|shape| &shape.badges) {
        let room = Rect::new(badge.at.x - 10.0, badge.at.y - 10.0, 20.0, 20.0);
        assert!(texts.iter().all(|text| !text.overlaps(&room, 1.0)), "{} covers a name", badge.number);
    }
}

#[test]
fn another_layout_can_be_asked_for() {
    let kept = scene(SHOP, Arrangement::Kept);
    let auto = scene(SHOP, Arrangement::Auto);
    assert_ne!(shape(&kept, "mail").bounds, shape(&auto, "mail").bounds);
    assert_eq!(auto.connectors.len(), 3, "parallel lines are one line again");
    assert!(auto.remarks.is_empty());
    let few = SHOP.replace(", bounds: [400, -20, 40, 40]", "").replace(", bounds: [-400, -20, 30, 60]", "");
    let scene = scene(&few, Arrangement::Kept);
    assert!(scene.groups[0].tint.is_none(), "of five parts, three have a place: it is laid out");
}

#[test]
fn text_without_room_is_cut_and_whole_in_its_title() {
    let text = SHOP
        .replace("[-150, -20, 120, 60]", "[-150, -20, 60, 12]")
        .replace("name: Web shop,", "name: Web shop with many departments and a long history,");
    let scene = scene(&text, Arrangement::Kept);
    let web = shape(&scene, "web");
    assert_eq!(web.full.as_deref(), Some("Web shop with many departments and a long history"));
    assert!(web.texts.iter().any(|text| text.text.ends_with('…')));
    let picture = draw(&scene, Setting::Alone);
    assert!(
        picture.contains("<title>Web shop with many departments and a long history</title>"),
        "{picture}"
    );
}

#[test]
fn what_has_no_place_stands_beside_the_drawing() {
    let mut model = model(SHOP);
    for at in 0..30 {
        let mut node = model.views[0].nodes[1].clone();
        node.element = ElementId::new(format!("more-{at}"));
        let mut element = model.elements[0].clone();
        element.id = node.element.clone();
        element.kind = planroom::model::ElementKind::Component;
        node.parent = None;
        node.bounds = if at < 28 { Some([f64::from(at) * 100.0, 400.0, 80.0, 30.0]) } else { None };
        model.elements.insert(element.id.clone(), element);
        model.views[0].nodes.push(node);
    }
    let view = &model.views[0];
    let scene = compose(&model, &Assessment::default(), view, Arrangement::Kept);
    assert_eq!(faults(&model, view, &scene), Vec::<String>::new());
    let beside = shape(&scene, "more-29").bounds;
    assert!(scene.shapes.iter().all(|shape| shape.id == "more-29" || !shape.bounds.overlaps(&beside, 0.5)));
}

/// A number as drawings have them, and as they should not.
fn coordinate() -> impl Strategy<Value = f64> {
    prop_oneof![
        8 => -2_000.0..4_000.0,
        1 => Just(0.0),
        1 => -9e6..9e6,
        1 => prop::sample::select(vec![f64::NAN, f64::INFINITY, -1e300, 1e-300]),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn hostile_coordinates_give_a_picture_all_the_same(
        places in prop::collection::vec((coordinate(), coordinate(), coordinate(), coordinate()), 5),
        points in prop::collection::vec((coordinate(), coordinate()), 0..6),
        size in coordinate(),
    ) {
        let mut model = model(SHOP);
        let view = &mut model.views[0];
        for (node, (x, y, width, height)) in view.nodes.iter_mut().zip(places) {
            node.bounds = Some([x, y, width.abs(), height.abs()]);
            node.look = node.look.map(|look| planroom::model::Look { text_size: Some(size), ..look });
        }
        for route in &mut view.routes {
            route.points = points.iter().map(|(x, y)| [*x, *y]).collect();
        }
        let view = &model.views[0];
        let scene = compose(&model, &marked(&model), view, Arrangement::Kept);
        let page = scene.size.width.max(scene.size.height);
        prop_assert!(page.is_finite() && page < 40_000.0, "{page}");
        let picture = draw(&scene, Setting::Alone);
        prop_assert!(!picture.contains("NaN") && !picture.contains("inf"));
        for node in &view.nodes {
            let id = format!("data-id=\"{}\"", node.element);
            prop_assert!(picture.contains(&id));
        }
    }
}
