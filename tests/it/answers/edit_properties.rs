//! For any settings file that is read and any answers: the new text means the old one and the answers, and
//! everything else stays byte for byte.

use planroom::config::Config;
use planroom::config::edit::{Edit, Given, NewFacts, edit};
use planroom::source::FileId;
use proptest::prelude::*;

/// Texts that need quotes, and texts that do not.
fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("data/sql".to_owned()),
        Just("a>b:sql:reads \"x\"".to_owned()),
        Just("* > ftp".to_owned()),
        Just("yes".to_owned()),
        Just("12".to_owned()),
        Just("# no comment".to_owned()),
        Just("ä: ö, [ü]".to_owned()),
        "[ -~]{1,12}",
    ]
}

fn given() -> impl Strategy<Value = Given> {
    prop_oneof![
        words().prop_map(Given::Text),
        any::<u16>().prop_map(|count| Given::Count(count.into())),
        prop::collection::vec(words(), 0..3).prop_map(Given::List),
    ]
}

fn facts() -> impl Strategy<Value = NewFacts> {
    let set = prop::collection::btree_map("[a-z]{2,8}", given(), 1..3);
    let subjects = prop::collection::vec(words(), 1..4);
    (subjects, set, prop::option::of(words()), prop::option::of(Just("2026-03-01".to_owned()))).prop_map(
        |(subjects, set, by, date)| NewFacts {
            subjects,
            set: set.into_iter().collect(),
            source: by.clone(),
            by,
            date,
            expires: None,
        },
    )
}

/// A settings file in one of the forms that people write.
fn sidecar() -> impl Strategy<Value = String> {
    let entry = prop_oneof![
        Just("{subject: x, set: {replicas: 1}}"),
        Just("{subject: [x, 'y z'], set: {failover: cluster}, by: J}  # said so"),
        Just("subject: x\n@  set: {replicas: 1}\n@  by: J # him"),
        Just("subject: x\n@  set:\n@    replicas: 1\n\n@  # between\n@  date: 2026-01-01"),
        Just("&a {subject: x, set: {replicas: 1}}"),
        Just("subject: x\n@  set: {replicas: 1}\n@  source: >\n@    a long\n@    story"),
        Just("# about x\n@  subject: x\n@  set: {replicas: 1}"),
    ];
    let facts = (prop::collection::vec(entry, 0..4), prop_oneof![Just(""), Just("  "), Just("    ")])
        .prop_map(|(entries, indent)| {
            let mut text = "facts:\n".to_owned();
            for entry in entries {
                text.push_str(&format!("{indent}- {}\n", entry.replace('@', indent)));
            }
            text
        });
    let facts = prop_oneof![
        4 => facts,
        1 => Just(String::new()),
        1 => Just("facts: []   # none\n".to_owned()),
        1 => Just("facts: [{subject: x, set: {replicas: 1}}, # c\n  {subject: y, set: {replicas: 1}}]\n".to_owned()),
    ];
    let part = prop_oneof![
        Just("document: {title: \"T: #1\"}\n"),
        Just("# a comment\n\n"),
        Just("complete:\n- main\n"),
        Just("inputs:\n  read: ['*.puml'] # all\n"),
    ];
    let ends = prop_oneof![Just("\n"), Just("\r\n")];
    (
        prop::collection::hash_set(part.clone(), 0..3),
        facts,
        prop::option::of(Just("rules: []\n")),
        ends,
        any::<bool>(),
    )
        .prop_map(|(before, facts, after, ends, last)| {
            let mut before: Vec<&str> = before.into_iter().collect();
            before.sort_unstable();
            let mut text = format!("{}{facts}{}", before.concat(), after.unwrap_or_default());
            if !last {
                text = text.trim_end_matches('\n').to_owned();
            }
            text.replace('\n', ends)
        })
}

proptest! {
    #[test]
    fn only_what_is_needed_is_added(text in sidecar(), added in prop::collection::vec(facts(), 1..3)) {
        let (old, told) = Config::read(FileId(0), &text);
        prop_assert_eq!(told, Vec::new());
        let new_text = edit(&text, &Edit { withdrawn: Vec::new(), added: added.clone() });
        let new_text = new_text.map_err(|refused| TestCaseError::fail(format!("{refused}: {text}")))?;
        let (new, told) = Config::read(FileId(0), &new_text);
        prop_assert_eq!(told, Vec::new());
        let subjects: usize = added.iter().map(|facts| facts.subjects.len()).sum();
        prop_assert_eq!(new.facts.len(), old.facts.len() + subjects);
        let said: Vec<&str> = new.facts[old.facts.len()..].iter().map(|entry| entry.subject.text.as_str()).collect();
        let meant: Vec<&str> = added.iter().flat_map(|facts| &facts.subjects).map(String::as_str).collect();
        prop_assert_eq!(said, meant);
        // What is not new stands there as before; `[]` makes room for the list.
        let old_bytes = text.replacen(" []", "", usize::from(text.contains("facts: []")));
        let head = old_bytes.bytes().zip(new_text.bytes()).take_while(|(one, other)| one == other).count();
        let tail = old_bytes.bytes().rev().zip(new_text.bytes().rev()).take_while(|(one, other)| one == other).count();
        prop_assert!(head + tail >= old_bytes.len(), "{}\n--- became ---\n{}", text, new_text);
    }

    #[test]
    fn no_text_is_damaged(text in "[ -~\n]{0,60}", added in facts()) {
        if let Ok(new_text) = edit(&text, &Edit { withdrawn: Vec::new(), added: vec![added] }) {
            prop_assert!(new_text.len() > text.len());
        }
    }
}
