//! Tests of layout.

use planroom::layout::{self, neutral};

/// Set `PLANROOM_LAYOUT_OUT` to a folder to keep the drawings of the reference graphs.
#[test]
fn reference_graphs() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/tools/graphs");
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let read = neutral::parse(&text).unwrap();
        let start = std::time::Instant::now();
        let placement = layout::place(&read.graph);
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        println!("{name} {:?}", start.elapsed());
        let start = std::time::Instant::now();
        let violations = layout::check::violations(&read.graph, &placement);
        let metrics = layout::check::measure(&read.graph, &placement, true);
        println!("   {:?} {:?} cost {:.3} {:?}", start.elapsed(), violations.len(), metrics.cost(), metrics);
        if let Some(out) = std::env::var_os("PLANROOM_LAYOUT_OUT") {
            let svg = planroom::writers::svg::graph::draw(&read, &placement);
            std::fs::write(std::path::Path::new(&out).join(name).with_extension("svg"), svg).unwrap();
        }
    }
}
