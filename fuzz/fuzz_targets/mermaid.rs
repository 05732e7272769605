//! Arbitrary text read as Mermaid: no panic, no hang, every span inside the source, parents before their children.

#![no_main]

use libfuzzer_sys::fuzz_target;
use planroom::readers::mermaid::Mermaid;
use planroom::readers::reader::{Files, Reader, Refusal};
use planroom::source::Source;

struct NoFiles;

impl Files for NoFiles {
    fn include(&self, _: &str, _: &str) -> Result<Source, Refusal> {
        Err(Refusal::Missing)
    }
}

const HEADS: [&str; 5] = ["", "flowchart LR\n", "C4Container\n", "architecture-beta\n", "block-beta\n"];

fuzz_target!(|bytes: &[u8]| {
    let (first, text) = bytes.split_first().unwrap_or((&0, &[]));
    let head = HEADS[usize::from(*first) % HEADS.len()];
    let source = Source::new("fuzz.mmd", format!("{head}{}", String::from_utf8_lossy(text)));
    let reading = Mermaid.read(&source, &NoFiles);
    for diagnostic in &reading.diagnostics {
        let source = reading.sources.get(diagnostic.span.file).expect("the file is known");
        assert!(source.text.get(diagnostic.span.start as usize..diagnostic.span.end as usize).is_some());
    }
    for (at, draft) in reading.fragment.drafts.iter().enumerate() {
        assert!(draft.parent.is_none_or(|parent| parent.0 < at));
    }
});
