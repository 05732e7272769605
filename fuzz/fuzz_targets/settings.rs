//! Arbitrary bytes as `planroom.yaml`: no panic, no hang, and an answer that is put into it changes nothing else.

#![no_main]

use libfuzzer_sys::fuzz_target;
use planroom::config::Config;
use planroom::config::edit::{Edit, Given, NewFacts, edit};
use planroom::source::FileId;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let (before, told) = Config::read(FileId(0), &text);
    for diagnostic in &told {
        let range = diagnostic.span.start as usize..diagnostic.span.end as usize;
        assert!(text.get(range).is_some(), "{:?} lies outside", diagnostic.span);
    }
    let added = NewFacts {
        subjects: vec!["shop/web: one".to_owned()],
        set: vec![("replicas".to_owned(), Given::Count(2))],
        by: Some("A # B".to_owned()),
        ..NewFacts::default()
    };
    let Ok(made) = edit(&text, &Edit { added: vec![added], ..Edit::default() }) else { return };
    let (after, _) = Config::read(FileId(0), &made);
    assert_eq!(after.decisions.len(), before.decisions.len(), "a decision was lost");
    assert_eq!(after.facts.len(), before.facts.len() + 1, "one entry was added");
});
