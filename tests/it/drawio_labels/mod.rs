//! Twenty-six drawings that were labeled by hand from their pictures: how much of them the draw.io reader sees.
//!
//! `tests/corpus/drawio-labels/*.yaml` are the labels, in our words; the drawings lie in `../shared/corpus`, and without
//! them nothing is compared. What a label says, and what counts, is in `tests/corpus/drawio-labels/README.md`.
//!
//! The account of every run, with each difference, is written to `drawio-labels.txt` in cargo's folder for tests. Of the
//! drawings marked `holdout` it tells numbers alone: nobody tunes the reader on them.

mod label;
mod matching;
mod picture;
mod score;
mod scorer;

use std::fs;
use std::path::{Path, PathBuf};

use planroom::carriers;
use planroom::readers::reader::Head;
use planroom::readers::recognize;
use planroom::source::Source;

use crate::corpus;
use label::Labels;
use picture::Picture;
use score::{Account, Score};

#[test]
fn labels_are_sound() {
    let all = labels();
    assert_eq!(all.len(), 26);
    assert_eq!(all.iter().filter(|labels| labels.holdout).count(), 12);
    let nodes: usize = all.iter().map(|labels| labels.nodes.len()).sum();
    let flows: usize = all.iter().map(|labels| labels.flows.len()).sum();
    let doubtful = all.iter().map(Labels::doubtful).sum::<usize>();
    assert!(doubtful * 20 <= nodes + flows, "{doubtful} of {} labels may be either way", nodes + flows);
}

#[test]
fn drawings_are_read_as_people_see_them() {
    if corpus::folder("drawio").is_none() {
        return;
    }
    let mut account = Account::default();
    for labels in labels() {
        let picture = read(&labels);
        account.add(&labels, &picture, &matching::match_nodes(&labels, &picture));
    }
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("drawio-labels.txt");
    fs::write(&path, account.to_string()).expect("cargo's folder for tests can be written");
    let Score { nodes, parents, flows, .. } = account.total();
    assert!(nodes.f1() >= 0.97, "nodes {:.3}\n{}", nodes.f1(), account.table());
    assert!(parents.f1() >= 0.95, "parents {:.3}\n{}", parents.f1(), account.table());
    assert!(flows.f1() >= 0.95, "flows {:.3}\n{}", flows.f1(), account.table());
}

/// All labeled drawings, by name of their file of labels.
fn labels() -> Vec<Labels> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/drawio-labels");
    let entries = fs::read_dir(folder).expect("the folder of labels is readable");
    let paths = entries.map(|entry| entry.expect("an entry is readable").path());
    let mut paths: Vec<PathBuf> =
        paths.filter(|path| path.extension().is_some_and(|end| end == "yaml")).collect();
    paths.sort();
    paths.iter().map(|path| Labels::read(path)).collect()
}

/// What the reader makes of the labeled page; nothing when no reader takes the file.
fn read(labels: &Labels) -> Picture {
    let root = corpus::folder("").expect("the corpus is there");
    let path = root.join(&labels.file);
    let source = match carriers::picture(&labels.file) {
        Some(picture) => {
            let bytes = fs::read(&path).expect("a drawing of the corpus is readable");
            let found = picture.source(&bytes, u64::MAX).expect("the picture is whole");
            Source::new(labels.file.as_str(), found.expect("the picture keeps its drawing").text)
        }
        None => corpus::source(&root, &path),
    };
    let head: String = source.text.chars().take(4096).collect();
    let Some(reader) = recognize(&Head { path: &labels.file, text: &head }) else {
        return Picture::default();
    };
    Picture::of(&reader.read(&source, &corpus::NoFiles).fragment, &labels.page)
}
