//! `planroom.yaml`: what is read, and what each mistake is told as.

use planroom::assessment::DecisionStatus;
use planroom::config::{Arrows, Config, Pack, STATUSES};
use planroom::diagnostic::Diagnostic;
use planroom::source::{FileId, Source};

fn told(text: &str) -> Vec<String> {
    let source = Source::new("planroom.yaml", text);
    let (_, told) = Config::read(FileId(0), text);
    told.iter().map(|diagnostic| line(&source, diagnostic)).collect()
}

fn line(source: &Source, diagnostic: &Diagnostic) -> String {
    let at = source.line_column(diagnostic.span.start);
    let help = diagnostic.help.as_ref().map(|help| format!(" | {help}")).unwrap_or_default();
    format!("{}:{} {} {}{help}", at.line, at.column, diagnostic.code, diagnostic.message)
}

#[test]
fn everything_that_is_written_is_read() {
    let text = "\
document: {title: T, owner: O, approvers: [A, B], date: 2026-03-01, version: 1.2}
inputs: {read: ['*.puml'], leave-out: [old/**], arrows: data}
facts:
  - {subject: [a, 'b/*'], set: {replicas: 2, failover: cluster}, by: J, date: 2026-01-01, expires: 2027-01-01}
decisions:
  - {finding: r@a, status: accepted, owner: J, reason: because, expires: 2026-06-01}
complete: [main]
packs: [core-security, ./house.yaml]
rules: [{rule: r, severity: off, reason: not ours}]
";
    let (config, told) = Config::read(FileId(0), text);
    assert_eq!(told, Vec::new());
    assert_eq!(config.document.title.as_ref().map(|title| title.text.as_str()), Some("T"));
    assert_eq!(config.document.approvers.len(), 2);
    assert_eq!(config.inputs.arrows, Some(Arrows::Data));
    let subjects: Vec<&str> = config.facts.iter().map(|entry| entry.subject.text.as_str()).collect();
    assert_eq!(subjects, ["a", "b/*"]);
    assert_eq!(config.facts[1].set[1].0.name, "failover");
    assert_eq!(config.decisions[0].finding.text, "r@a");
    let place = config.decisions[0].finding.span;
    assert_eq!(&text[place.start as usize..place.end as usize], "r@a");
    let packs = config.packs.unwrap_or_default();
    assert!(matches!(&packs[..], [Pack::Builtin(_), Pack::File(_)]));
    assert_eq!(config.rules[0].severity.text, "off");
}

#[test]
fn an_empty_file_marks_a_project_and_says_nothing() {
    assert_eq!(Config::read(FileId(0), ""), (Config::default(), Vec::new()));
    assert_eq!(Config::read(FileId(0), "# only a comment\n"), (Config::default(), Vec::new()));
}

#[test]
fn every_mistake_has_its_place_and_the_nearest_word() {
    let cases = [
        ("documnt: {}\n", "1:1 config/form planroom.yaml has no key `documnt` | did you mean `document`?"),
        ("document: {titel: T}\n", "1:12 config/form `document` has no key `titel` | did you mean `title`?"),
        ("document: text\n", "1:11 config/form `document` is a mapping, this is text"),
        (
            "document: {date: 2026-02-30}\n",
            "1:18 config/date `2026-02-30` is no date of the calendar, expected YYYY-MM-DD | write it as `2026-03-31`",
        ),
        ("facts: {a: 1}\n", "1:8 config/form `facts` of planroom.yaml is a list, this is a mapping"),
        ("facts:\n  - {set: {replicas: 2}}\n", "2:5 config/form an entry of `facts` lacks the key `subject`"),
        ("facts:\n  - {subject: a}\n", "2:5 config/form an entry of `facts` lacks the key `set`"),
        (
            "facts:\n  - {subject: a, set: [replicas]}\n",
            "2:23 config/form `set` is a mapping from facts to values, this is a list",
        ),
        (
            "decisions: [{finding: r@a, status: acepted}]\n",
            "1:36 config/word a decision is never `acepted` | did you mean `accepted`?",
        ),
        ("decisions: [{status: accepted}]\n", "1:13 config/form a decision lacks the key `finding`"),
        (
            "rules: [{rule: r, severity: of, reason: x}]\n",
            "1:29 config/word a severity is never `of` | did you mean `off`?",
        ),
        ("rules: [{rule: r, severity: off}]\n", "1:9 config/form an entry of `rules` lacks the key `reason`"),
        (
            "inputs: {arrows: dat}\n",
            "1:18 config/form `arrows` of `inputs` is not `dat` | did you mean `data`?",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(told(text), [expected], "{text}");
    }
}

#[test]
fn what_is_no_yaml_is_told_with_its_place() {
    let told = told("document: [1\n");
    assert_eq!(told.len(), 1);
    assert!(told[0].contains("config/yaml"), "{}", told[0]);
}

#[test]
fn statuses_are_those_of_the_assessment() {
    let words: Vec<&str> = DecisionStatus::ALL.iter().map(|status| status.word()).collect();
    assert_eq!(words, STATUSES);
}
