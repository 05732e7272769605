//! `planroom.yaml` edited at its places: a text, an edit, and the text that must come out.

use planroom::config::edit::{Edit, Given, NewFacts, Withdrawn, edit, lines};

fn said(subjects: &[&str], set: &[(&str, Given)]) -> NewFacts {
    NewFacts {
        subjects: subjects.iter().map(|subject| (*subject).to_owned()).collect(),
        set: set.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect(),
        ..NewFacts::default()
    }
}

fn two() -> (&'static str, Given) {
    ("replicas", Given::Count(2))
}

fn added(added: Vec<NewFacts>) -> Edit {
    Edit { withdrawn: Vec::new(), added }
}

/// One entry about `a` with all that can be said of who said it.
fn full() -> Edit {
    let facts = said(&["a"], &[two(), ("failover", Given::Text("cluster".into()))]);
    added(vec![NewFacts {
        by: Some("J. Doe".into()),
        date: Some("2026-03-01".into()),
        source: Some("q.xlsx: CMDB".into()),
        ..facts
    }])
}

const FULL: &str = "{subject: a, set: {replicas: 2, failover: cluster}, by: J. Doe, date: 2026-03-01, source: \"q.xlsx: CMDB\"}";

#[test]
fn an_entry_is_added_where_entries_stand() {
    let cases = [
        // Nothing yet.
        ("", "facts:\n  - @\n"),
        ("# only a comment\n", "# only a comment\nfacts:\n  - @\n"),
        ("document: {title: T}", "document: {title: T}\nfacts:\n  - @\n"),
        ("document:\n  title: T\n\n# end\n", "document:\n  title: T\n\n# end\nfacts:\n  - @\n"),
        ("complete:\n- main\n", "complete:\n- main\nfacts:\n- @\n"),
        ("---\ndocument: {title: T}\n...\n", "---\ndocument: {title: T}\nfacts:\n  - @\n...\n"),
        // The key without a value.
        ("facts:\ncomplete: [v]\n", "facts:\n  - @\ncomplete: [v]\n"),
        ("facts: # none yet\ncomplete: [v]\n", "facts: # none yet\n  - @\ncomplete: [v]\n"),
        ("facts: []\n", "facts:\n  - @\n"),
        ("facts: [] # becomes a list\n# Q1\n", "facts: # becomes a list\n  - @\n# Q1\n"),
        ("facts: ~\ncomplete: [v]\n", "facts:\n  - @\ncomplete: [v]\n"),
        // A list.
        (
            "facts:\n  - {subject: x, set: {replicas: 1}} # one\n\n# next\ncomplete: [v]\n",
            "facts:\n  - {subject: x, set: {replicas: 1}} # one\n  - @\n\n# next\ncomplete: [v]\n",
        ),
        ("facts:\n- {subject: x, set: {replicas: 1}}", "facts:\n- {subject: x, set: {replicas: 1}}\n- @"),
        (
            "facts:\n    -   subject: x\n        set: {replicas: 1}\n",
            "facts:\n    -   subject: x\n        set: {replicas: 1}\n    -   subject: a\n        set: {replicas: 2, failover: cluster}\n        by: J. Doe\n        date: 2026-03-01\n        source: \"q.xlsx: CMDB\"\n",
        ),
        (
            "facts:\n- subject: x\n  set:\n    replicas: 1\n  by: 'X: Y'\n",
            "facts:\n- subject: x\n  set:\n    replicas: 1\n  by: 'X: Y'\n- subject: a\n  set:\n    replicas: 2\n    failover: cluster\n  by: J. Doe\n  date: 2026-03-01\n  source: 'q.xlsx: CMDB'\n",
        ),
        (
            "facts:\n  - subject: x\n    set: {replicas: 1}\n    source: |\n      a long\n      story\ncomplete: [v]\n",
            "facts:\n  - subject: x\n    set: {replicas: 1}\n    source: |\n      a long\n      story\n  - subject: a\n    set: {replicas: 2, failover: cluster}\n    by: J. Doe\n    date: 2026-03-01\n    source: \"q.xlsx: CMDB\"\ncomplete: [v]\n",
        ),
        (
            "facts: &f\n  - &x {subject: x, set: {replicas: 1}}\n",
            "facts: &f\n  - &x {subject: x, set: {replicas: 1}}\n  - @\n",
        ),
        (
            "facts:\n  - &x {subject: x, set: {spread: hosts}}\n  - *x\n",
            "facts:\n  - &x {subject: x, set: {spread: hosts}}\n  - *x\n  - @\n",
        ),
        // In brackets and braces.
        ("facts: [{subject: x, set: {replicas: 1}}]\n", "facts: [{subject: x, set: {replicas: 1}}, @]\n"),
        (
            "facts: [\n  {subject: x, set: {replicas: 1}}, # one\n]\n",
            "facts: [\n  {subject: x, set: {replicas: 1}}, @, # one\n]\n",
        ),
        ("{document: {title: T}}\n", "{document: {title: T}, facts: [@]}\n"),
        ("{facts: [], complete: [v]}\n", "{facts: [@], complete: [v]}\n"),
        ("{}\n", "{facts: [@]}\n"),
        // Line ends and what is in other alphabets.
        (
            "# ä\r\nfacts:\r\n  - {subject: x, set: {replicas: 1}}\r\ncomplete: [v]\r\n",
            "# ä\r\nfacts:\r\n  - {subject: x, set: {replicas: 1}}\r\n  - @\r\ncomplete: [v]\r\n",
        ),
        ("document: {title: 表}\r\n", "document: {title: 表}\r\nfacts:\r\n  - @\r\n"),
    ];
    for (text, expected) in cases {
        let single = expected.contains("'X: Y'");
        let entry = if single { FULL.replace('"', "'") } else { FULL.to_owned() };
        assert_eq!(edit(text, &full()).as_deref(), Ok(expected.replace('@', &entry).as_str()), "{text}");
    }
}

#[test]
fn json_stays_json() {
    let made = edit("{\"facts\": [{\"subject\": \"x\", \"set\": {\"replicas\": 1}}]}", &full()).unwrap();
    let value: serde_json::Value = serde_json::from_str(&made).unwrap();
    assert_eq!(value["facts"][1]["set"]["failover"], "cluster");
    assert_eq!(value["facts"][1]["date"], "2026-03-01");
}

#[test]
fn many_subjects_are_listed_one_a_line() {
    let ids: Vec<String> = (0..9).map(|at| format!("data-domain/database-{at}")).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let made =
        edit("facts:\n  - {subject: x, set: {replicas: 1}}\n", &added(vec![said(&ids, &[two()])])).unwrap();
    assert!(made.contains("\n  - subject:\n      - data-domain/database-0\n"), "{made}");
    assert!(made.ends_with("      - data-domain/database-8\n    set: {replicas: 2}\n"), "{made}");
}

fn taken(entry: usize, subject: &str, key: &str, new: Vec<NewFacts>) -> Edit {
    let withdrawn = vec![Withdrawn { entry, subject: subject.into(), key: key.into() }];
    Edit { withdrawn, added: new }
}

#[test]
fn what_an_entry_says_is_replaced_at_its_place() {
    let new = || vec![NewFacts { by: Some("B".into()), ..said(&["a"], &[two()]) }];
    let cases = [
        (
            "facts:\n  - {subject: a, set: {replicas: 1}, by: A} # old\n  - {subject: b, set: {replicas: 1}}\n",
            "facts:\n  - {subject: a, set: {replicas: 2}, by: B} # old\n  - {subject: b, set: {replicas: 1}}\n",
        ),
        (
            "facts:\n  - subject: a   # it\n    set:\n      replicas: '1' # one\ncomplete: [v]\n",
            "facts:\n  - subject: a   # it\n    set:\n      replicas: 2 # one\n    by: B\ncomplete: [v]\n",
        ),
        // A date that is no longer true goes with what it dated.
        (
            "facts:\n  - {subject: a, set: {replicas: 1}, date: 2025-01-01}\n  # about b\n  - {subject: b, set: {replicas: 1}}\n",
            "facts:\n  # about b\n  - {subject: b, set: {replicas: 1}}\n  - {subject: a, set: {replicas: 2}, by: B}\n",
        ),
        (
            "facts: [{subject: a, set: {replicas: 1}, date: 2025-01-01}]\n",
            "facts:\n  - {subject: a, set: {replicas: 2}, by: B}\n",
        ),
        // Other facts of the entry stay.
        (
            "facts:\n  - {subject: a, set: {spread: hosts, replicas: 1}, by: A}\n",
            "facts:\n  - {subject: a, set: {spread: hosts}, by: A}\n  - {subject: a, set: {replicas: 2}, by: B}\n",
        ),
        (
            "facts:\n  - subject: a\n    set:\n      replicas: 1\n      spread: hosts # far apart\n",
            "facts:\n  - subject: a\n    set:\n      spread: hosts # far apart\n  - subject: a\n    set:\n      replicas: 2\n    by: B\n",
        ),
        // Other subjects of the entry stay, and so does what it says of this one beside.
        (
            "facts:\n  - {subject: [a, b], set: {replicas: 1}}\n",
            "facts:\n  - {subject: [b], set: {replicas: 1}}\n  - {subject: a, set: {replicas: 2}, by: B}\n",
        ),
        (
            "facts:\n  - subject:\n      - b\n      - a\n    set: {replicas: 1, spread: hosts}\n    by: A\n",
            "facts:\n  - subject:\n      - b\n    set: {replicas: 1, spread: hosts}\n    by: A\n  - subject: a\n    set: {replicas: 2}\n    by: B\n  - subject: a\n    set: {spread: hosts}\n    by: A\n",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(edit(text, &taken(0, "a", "replicas", new())).as_deref(), Ok(expected), "{text}");
    }
}

#[test]
fn what_cannot_be_edited_is_refused_with_the_lines() {
    let cases = [
        ("facts: [1\n", "it is not YAML: unclosed bracket '['"),
        (
            "base: &b [{subject: x, set: {replicas: 1}}]\nfacts: *b\n",
            "`facts` is written in a form that is not edited",
        ),
        ("facts: {a: 1}\n", "`facts` is written in a form that is not edited"),
        ("- a\n- b\n", "`facts` is written in a form that is not edited"),
        ("a: 1\n---\nb: 1\n", "it is not YAML: "),
    ];
    for (text, reason) in cases {
        let refused = edit(text, &full()).unwrap_err();
        assert!(refused.reason.starts_with(reason), "{text}: {}", refused.reason);
        assert_eq!(refused.lines, lines(&full().added), "{text}");
        assert!(refused.lines.starts_with("facts:\n  - {subject: a, set: "), "{}", refused.lines);
    }
    let shared =
        "facts:\n  - subject: a\n    set: &s {replicas: 1, spread: hosts}\n  - {subject: b, set: *s}\n";
    let refused = edit(shared, &taken(0, "a", "replicas", vec![said(&["a"], &[two()])])).unwrap_err();
    assert_eq!(refused.reason, "an entry that says otherwise is written in a form that is not edited");
}
