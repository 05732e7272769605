//! What holds for every page: moving it, or the order of what lies apart, changes nothing; nothing hangs.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use planroom::drawing::{Page, read};
use proptest::prelude::*;

use super::form;

/// A page of rooms with boxes, words, pictures and lines, some of them loose.
fn pages() -> impl Strategy<Value = Page> {
    let thing = (0..12_u8, 0..8_u8, 0..6_u8, 0..5_u8);
    let line = (0..24_usize, 0..24_usize, 0..4_u8, -12..12_i8);
    (prop::collection::vec(thing, 1..24), prop::collection::vec(line, 0..20))
        .prop_map(|(things, lines)| form::page(&text(&things, &lines)))
}

fn text(things: &[(u8, u8, u8, u8)], lines: &[(usize, usize, u8, i8)]) -> String {
    let mut text = String::new();
    for (at, (column, row, sort, size)) in things.iter().enumerate() {
        let (left, top) = (u32::from(*column) * 90, u32::from(*row) * 70);
        let (wide, high) = (40 + 60 * u32::from(*size), 30 + 40 * u32::from(*size));
        let row = match sort {
            0 => format!("box s{at} {left},{top} {wide}x{high} \"Box {at}\" top"),
            1 => format!("box s{at} {left},{top} {wide}x{high} empty"),
            2 => format!("text s{at} {left},{top} 60x16 \"Words {at}\""),
            3 => format!("icon s{at} {left},{top} 40x40 is=Java"),
            4 => format!("ellipse s{at} {left},{top} 20x20 \"{at}\""),
            _ => format!("note s{at} {left},{top} 80x40 \"Note {at}\""),
        };
        writeln!(text, "{row}").expect("text takes text");
    }
    for (from, to, arrow, off) in lines {
        let arrow = ["->", "<-", "--", "<->"][usize::from(*arrow)];
        let (from, to) = (from % things.len(), to % things.len());
        let [column, row, ..] = [things[to].0, things[to].1, 0, 0];
        let end = match off {
            0.. => format!("s{to}"),
            off => format!("{},{}", i32::from(column) * 90 + i32::from(*off), i32::from(row) * 70 + 15),
        };
        writeln!(text, "line s{from} {arrow} {end}").expect("text takes text");
    }
    text
}

/// The same page somewhere else.
fn moved(page: &Page, dx: f64, dy: f64) -> Page {
    let mut page = page.clone();
    for shape in &mut page.shapes {
        shape.bounds[0] += dx;
        shape.bounds[1] += dy;
    }
    for line in &mut page.lines {
        let ends = [&mut line.from, &mut line.to].into_iter().filter_map(|end| end.point.as_mut());
        for point in ends.chain(line.points.iter_mut()) {
            point[0] += dx;
            point[1] += dy;
        }
    }
    page
}

/// The same page with its lines in another order.
fn shuffled(page: &Page, by: usize) -> Page {
    let mut page = page.clone();
    if !page.lines.is_empty() {
        let by = by % page.lines.len();
        page.lines.rotate_left(by);
    }
    page
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_page_means_the_same_wherever_it_lies(page in pages(), dx in -40..40_i32, dy in -40..40_i32) {
        // Steps of a power of two keep the arithmetic exact.
        let other = moved(&page, f64::from(dx) * 64.0, f64::from(dy) * 64.0);
        prop_assert_eq!(form::told(&read(&[page])), form::told(&read(&[other])));
    }

    #[test]
    fn a_page_means_the_same_each_time(page in pages()) {
        prop_assert_eq!(form::told(&read(std::slice::from_ref(&page))), form::told(&read(std::slice::from_ref(&page))));
    }

    #[test]
    fn elements_do_not_depend_on_the_order_of_lines(page in pages(), by in 0..20_usize) {
        let elements = |page: &Page| -> BTreeSet<String> {
            let meaning = read(std::slice::from_ref(page));
            let drafts = meaning.fragment.drafts.iter();
            drafts.filter(|draft| !draft.name.starts_with("Shared line")).map(|draft| draft.name.clone()).collect()
        };
        prop_assert_eq!(elements(&page), elements(&shuffled(&page, by)));
    }

    #[test]
    fn every_shape_and_line_is_accounted_for(page in pages()) {
        let meaning = read(std::slice::from_ref(&page));
        if meaning.refused.is_none() {
            prop_assert_eq!(meaning.loss.seen(), page.shapes.len() + page.lines.len());
        }
    }

    #[test]
    fn holders_stand_before_what_they_hold(page in pages()) {
        let fragment = read(&[page]).fragment;
        for (at, draft) in fragment.drafts.iter().enumerate() {
            prop_assert!(draft.parent.is_none_or(|parent| parent.0 < at));
            prop_assert!(!draft.name.is_empty());
        }
    }
}

#[test]
fn heaps_and_chains_of_any_size_are_read() {
    let count = 3_000;
    let mut heap = String::new();
    let mut chain = String::new();
    let mut star = "box s0 0,0 10x10 \"Hub\"\n".to_owned();
    for at in 0..count {
        writeln!(heap, "box s{at} 0,0 {}x{}", 2 * count - at, 2 * count - at).expect("text takes text");
        writeln!(chain, "text s{at} {},0 9x9 \"Words\"", at % 50).expect("text takes text");
        writeln!(star, "line s0 -- {},{}", at % 7, at % 5).expect("text takes text");
    }
    for text in [heap, chain, star] {
        let page = form::page(&text);
        let meaning = read(std::slice::from_ref(&page));
        assert_eq!(meaning.loss.seen(), page.shapes.len() + page.lines.len());
    }
}

#[test]
fn numbers_out_of_range_are_told_and_hurt_nothing_else() {
    let mut page =
        form::page("box a 0,0 100x40 \"A\"\nbox b 200,0 100x40 \"B\"\nline a -> b\nline 0,0 -> 9,9");
    page.shapes[1].bounds[0] = f64::NAN;
    page.shapes[1].parent = Some(99);
    page.lines[1].to.point = Some([f64::INFINITY, 1.0e300]);
    page.lines[1].from.shape = Some(77);
    let meaning = read(&[page]);
    assert!(meaning.diagnostics.iter().any(|told| told.code == "drawing/bad-place"));
    assert_eq!(meaning.fragment.drafts.len(), 1);
}
