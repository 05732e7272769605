//! The reference graphs beside the project, when they are there.

use planroom::layout::{self, check, neutral};
use planroom::writers::svg;

/// All of them are drawn without a fault. `PLANROOM_LAYOUT_OUT` names a folder for the pictures, to be
/// looked at and measured with other programs.
#[test]
fn all_are_right() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/tools/graphs");
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let out = std::env::var_os("PLANROOM_LAYOUT_OUT").map(std::path::PathBuf::from);
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        let read = neutral::parse(&std::fs::read_to_string(&path).unwrap()).unwrap();
        // The two of a thousand nodes take their time without optimization.
        if read.graph.nodes.len() > 500 && out.is_none() {
            continue;
        }
        let start = std::time::Instant::now();
        let placement = layout::place(&read.graph);
        let time = start.elapsed();
        assert_eq!(check::violations(&read.graph, &placement), [], "{}", path.display());
        let metrics = check::measure(&read.graph, &placement, true);
        let clutter =
            metrics.label_overlaps + metrics.label_hits + metrics.label_borders + metrics.labels_lost;
        assert_eq!((clutter, metrics.foreign_passes), (0, 0), "{} {metrics:?}", path.display());
        if let Some(out) = &out {
            let name = path.file_stem().unwrap();
            println!(
                "{} {time:.1?} title hits {} cost {:.3}",
                name.display(),
                metrics.title_hits,
                metrics.cost()
            );
            std::fs::write(out.join(name).with_extension("svg"), svg::graph::draw(&read, &placement))
                .unwrap();
        }
    }
}
