//! The scorer itself, on readings that are made up.

use planroom::model::Heads;

use super::label::Labels;
use super::matching::match_nodes;
use super::picture::{Picture, Seen, SeenFlow};
use super::score::{Account, Count, Score};

/// The reading of a reader that sees all, and in another order than the labels.
fn perfect(labels: &Labels) -> Picture {
    let last = labels.nodes.len().saturating_sub(1);
    let turn = |at: usize| last - at;
    let node = |label: &super::label::NodeLabel| {
        let plain = label.names.first().cloned().unwrap_or_else(|| "shapewithoutwords".to_owned());
        Seen { name: label.name.clone(), plain, parent: label.parents[0].map(turn) }
    };
    let flow = |label: &super::label::FlowLabel| SeenFlow {
        from: turn(label.from[0]),
        to: turn(label.to[0]),
        heads: label.heads,
        label: label.label.clone(),
    };
    Picture {
        nodes: labels.nodes.iter().rev().map(node).collect(),
        flows: labels.flows.iter().map(flow).collect(),
    }
}

fn score(labels: &Labels, picture: &Picture) -> Score {
    let mut account = Account::default();
    account.add(labels, picture, &match_nodes(labels, picture));
    account.total()
}

fn count(right: usize, wrong: usize, missed: usize) -> Count {
    Count { right, wrong, missed }
}

#[test]
fn a_perfect_reading_has_no_fault() {
    for labels in super::labels() {
        let score = score(&labels, &perfect(&labels));
        for count in [score.nodes, score.parents, score.flows] {
            assert_eq!((count.wrong, count.missed), (0, 0), "{}", labels.name);
        }
        assert!(score.nodes.right + 3 >= labels.nodes.len(), "{}", labels.name);
        assert!((score.words - score.worded as f64).abs() < 1e-9, "{}", labels.name);
    }
}

#[test]
fn an_empty_reading_misses_all() {
    let labels = two_rooms();
    let score = score(&labels, &Picture::default());
    assert_eq!((score.nodes, score.parents, score.flows), (count(0, 0, 6), count(0, 0, 0), count(0, 0, 3)));
    assert!(score.nodes.f1() < f64::EPSILON);
}

/// Two rooms with a server each, and a picture without words beside one of them.
fn two_rooms() -> Labels {
    let text = "
        file: none
        page: none
        nodes:
          - {name: East}
          - {name: West}
          - {name: Server, in: East}
          - {name: Server (2), in: West}
          - {name: Store, in: [East, nothing], or: [Store (SQL)]}
          - {name: cloud, unnamed: true}
          - {name: frame, either: true}
        flows:
          - {from: Server, to: Store, label: writes orders}
          - {from: Server (2), to: cloud, heads: both}
          - {from: East, to: West, heads: none}
    ";
    Labels::parse("two rooms".to_owned(), &text.replace("\n        ", "\n"))
}

#[test]
fn equal_names_are_told_apart_by_what_stands_around() {
    let labels = two_rooms();
    let matched = match_nodes(&labels, &perfect(&labels));
    assert_eq!(matched, (0..7).rev().map(Some).collect::<Vec<_>>());
}

#[test]
fn each_fault_is_counted_once() {
    let labels = two_rooms();
    let change = |change: fn(&mut Picture)| {
        let mut picture = perfect(&labels);
        change(&mut picture);
        let score = score(&labels, &picture);
        (score.nodes, score.parents, score.flows)
    };
    let all = (count(6, 0, 0), count(3, 0, 0), count(3, 0, 0));
    assert_eq!(change(|_| {}), all);
    let turned = change(|picture| {
        let line = &mut picture.flows[0];
        std::mem::swap(&mut line.from, &mut line.to);
    });
    assert_eq!(turned, (all.0, all.1, count(2, 1, 1)), "a line with one head has a direction");
    let turned = change(|picture| {
        let line = &mut picture.flows[2];
        std::mem::swap(&mut line.from, &mut line.to);
    });
    assert_eq!(turned, all, "a line without heads has none");
    let headless = change(|picture| picture.flows[0].heads = Heads::None);
    assert_eq!(headless, (all.0, all.1, count(2, 1, 1)));
    let moved = change(|picture| picture.nodes[2].parent = None);
    assert_eq!(moved, (all.0, count(2, 0, 0), all.2), "the store may stand alone");
    let moved = change(|picture| picture.nodes[4].parent = Some(5));
    assert_eq!(moved, (all.0, count(2, 1, 1), all.2));
    let renamed = change(|picture| picture.nodes[2].plain = "shop".to_owned());
    assert_eq!(renamed, (count(5, 1, 1), count(2, 0, 0), count(2, 1, 1)));
    let more = change(|picture| {
        picture.nodes.push(Seen { name: "Legend".into(), plain: "legend".into(), parent: None })
    });
    assert_eq!(more, (count(6, 1, 0), all.1, all.2));
}
