//! Arbitrary bytes as a pack: no panic, no hang, every mistake inside the text.

#![no_main]

use libfuzzer_sys::fuzz_target;
use planroom::guidance::{PackName, PackText, Packs};
use planroom::source::FileId;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let none: &[PackName] = &[];
    if let Err(told) = Packs::load(Some(none), &[PackText { file: FileId(0), text: &text }]) {
        for diagnostic in told.iter().filter(|told| told.span.file == FileId(0)) {
            let range = diagnostic.span.start as usize..diagnostic.span.end as usize;
            assert!(text.get(range).is_some(), "{:?} lies outside", diagnostic.span);
        }
    }
});
