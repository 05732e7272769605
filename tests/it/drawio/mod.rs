//! The draw.io reader, feature by feature: one folder a case under `tests/corpus/drawio`, with `input.drawio` and what
//! its pages are, `pages.snap`.

mod dump;
mod hostile;

use std::path::Path;

use planroom::readers::drawio::pages;

use crate::corpus::source;

#[test]
fn cases() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/drawio");
    let entries = std::fs::read_dir(&folder).expect("the folder of cases is readable");
    let mut cases: Vec<_> = entries.map(|entry| entry.expect("an entry is readable").path()).collect();
    cases.sort();
    assert!(cases.len() >= 15, "{} cases", cases.len());
    for case in cases {
        let drawing = pages(&source(&case, &case.join("input.drawio")));
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(&case);
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!("pages", dump::drawing(&drawing)));
    }
}

#[test]
fn words_on_a_line_keep_where_they_were_moved_to() {
    let text = r#"<mxGraphModel><root><mxCell id="0"/><mxCell id="1" parent="0"/>
        <mxCell id="a" vertex="1" parent="1"><mxGeometry width="80" height="40" as="geometry"/></mxCell>
        <mxCell id="b" style="horizontal=0" value="B" vertex="1" parent="1">
          <mxGeometry x="300" width="80" height="40" as="geometry"/></mxCell>
        <mxCell id="c" value="calls" style="edgeStyle=entityRelationEdgeStyle" edge="1" source="a" target="b" parent="1">
          <mxGeometry x="0.5" y="-40" relative="1" as="geometry"><mxPoint x="-100" y="60" as="offset"/></mxGeometry></mxCell>
        <mxCell id="d" value="often" style="edgeLabel" vertex="1" parent="c">
          <mxGeometry x="-0.2" y="7" relative="1" as="geometry"><mxPoint y="3" as="offset"/></mxGeometry></mxCell>
        </root></mxGraphModel>"#;
    let drawing = pages(&planroom::source::Source::new("a.drawio", text));
    let page = &drawing.pages[0];
    assert!(page.lines[0].sideways && page.lines[0].orthogonal && page.shapes[1].text_spot.turned);
    let spots = page.lines[0].labels.iter().map(|label| (label.at, label.across, label.offset));
    assert_eq!(spots.collect::<Vec<_>>(), [(0.5, -40.0, [-100.0, 60.0]), (-0.2, 7.0, [0.0, 3.0])]);
}
