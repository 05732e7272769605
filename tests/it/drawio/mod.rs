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
