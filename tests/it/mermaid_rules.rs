//! Rules of the Mermaid reader that need no case of their own: a few lines in, elements and links out.

use planroom::model::Heads;
use planroom::readers::mermaid::Mermaid;
use planroom::readers::reader::{Reader, Reading};
use planroom::source::Source;

use crate::corpus::NoFiles;

fn read(text: &str) -> Reading {
    Mermaid.read(&Source::new("input.mmd", text), &NoFiles)
}

fn names(reading: &Reading) -> Vec<&str> {
    reading.fragment.drafts.iter().map(|draft| draft.name.as_str()).collect()
}

/// Links as `A > B`, with `=` for both directions and `-` for none.
fn links(reading: &Reading) -> Vec<String> {
    let name = |id: planroom::model::LocalId| reading.fragment.drafts[id.0].name.as_str();
    let mark = |heads| match heads {
        Heads::One => '>',
        Heads::Both => '=',
        Heads::None => '-',
    };
    let flows = reading.fragment.flows.iter();
    flows.map(|flow| format!("{} {} {}", name(flow.from), mark(flow.heads), name(flow.to))).collect()
}

fn is_process(reading: &Reading) -> bool {
    reading.diagnostics.iter().any(|told| told.code == "mermaid/process")
}

#[test]
fn a_link_may_begin_a_line() {
    let reading = read("flowchart LR\nA[Web]\n--> B\n\n  %% below\n  -- No -->\n\nC\nD\nE --> A\n");
    assert_eq!(links(&reading), ["Web > B", "B > C", "E > Web"]);
    assert_eq!(reading.fragment.flows[1].label.as_deref(), Some("No"));
    assert!(reading.loss.unknown.is_empty(), "{:?}", reading.loss);
}

#[test]
fn words_may_end_in_both_heads() {
    let reading =
        read("flowchart LR\nA -- REST <--> B\nA == x <==> C\nA -. y <-.-> D\nA -- to x--x E\nA -- max-->F\n");
    assert_eq!(links(&reading), ["A = B", "A = C", "A = D", "A = E", "A > F"]);
    let words: Vec<_> = reading.fragment.flows.iter().filter_map(|flow| flow.label.as_deref()).collect();
    assert_eq!(words, ["REST", "x", "y", "to", "max"]);
}

#[test]
fn an_arrow_to_the_left_is_told_with_its_mend() {
    let reading = read("flowchart LR\nD <-- E[Five]\n");
    let told = &reading.diagnostics[0];
    assert!(told.message.contains("to the left"), "{told:?}");
    assert_eq!(told.help.as_deref(), Some("turn it round: E[Five] --> D"));
}

#[test]
fn junctions_are_links_between_their_ends() {
    let head = "architecture-beta\nservice a(server)[A]\nservice b(server)[B]\nservice c(server)[C]\njunction j\njunction k\n";
    let cases: [(&str, &[&str]); 3] = [
        ("a:R -- L:j\nj:R -- L:k\nk:R --> L:b\nk:B --> T:c\n", &["A > B", "A > C"]),
        ("a:R --> L:j\nj:R -- L:b\n", &["A > B"]),
        ("a:R -- L:j\nj:R -- L:b\nj:B -- T:c\n", &["A - B", "A - C", "B - C"]),
    ];
    for (lines, expected) in cases {
        let reading = read(&format!("{head}{lines}"));
        assert_eq!(names(&reading), ["A", "B", "C"], "{lines}");
        assert_eq!(links(&reading), expected, "{lines}");
    }
    let hub: String = (0..3000).map(|at| format!("service s{at}(server)[S]\nj:R -- L:s{at}\n")).collect();
    let reading = read(&format!("architecture-beta\njunction j\n{hub}"));
    assert_eq!(reading.fragment.flows.len(), 10_000);
}

#[test]
fn icons_say_less_than_names() {
    let reading = read(
        "architecture-beta\nservice a(database)[Cognito]\nservice b(database)[Orders]\nservice c(internet)[Error tracking]\n\
         service d(internet)[Internet]\n",
    );
    let kinds: Vec<&str> = reading.fragment.drafts.iter().map(|draft| draft.kind.word()).collect();
    assert_eq!(kinds, ["identity", "datastore", "unknown", "network"]);
}

#[test]
fn groups_and_boxes_without_words_are_no_elements() {
    let reading = read("block-beta\na\nblock-beta\n  b\nend\nmore[\"...\"]\na --> b\n");
    assert_eq!(names(&reading), ["a", "b"]);
    let reading = read("flowchart LR\nsubgraph s[\" \"]\n A --> B\nend\nC[\"&nbsp\"]\nA --> D[\"⋯\"]\n");
    assert_eq!((names(&reading), links(&reading)), (vec!["A", "B"], vec!["A > B".to_owned()]));
    assert_eq!(reading.fragment.drafts[0].parent, None);
}

#[test]
fn a_legend_is_told_and_is_no_part() {
    let reading =
        read("flowchart LR\nA --> B\nsubgraph L[Port Legend]\n x[Solid] -->|sync| y[Dashed]\nend\n");
    assert_eq!(names(&reading), ["A", "B"]);
    assert_eq!(reading.fragment.sheets[0].notes[0].text, "Port Legend: Solid; Dashed");
    let tied = read("flowchart LR\nA --> x\nsubgraph Legend\n x[Solid]\nend\n");
    assert_eq!(names(&tied).len(), 3);
}

#[test]
fn processes_are_known_in_other_languages_and_in_blocks() {
    for text in [
        "flowchart TD\nA(开始) --> B{有权限?}\nB -->|是| C[执行]\nB -->|否| D[拒绝]\nC --> E(结束)\n",
        "flowchart TD\nA[Antrag] --> B{Alles da?}\nB -->|Ja| C[Weiter]\nB -->|Nein| D[Zurück]\n",
        "block-beta\nA{\"Valid?\"}\nB[\"Error page\"]\nC[\"Welcome\"]\nA-- \"No\" -->B\nA-- \"Yes\" -->C\n",
        "flowchart LR\nA[\"1 · Checkout\"] --> B[\"2 · Scan\"] --> C[\"3 · Login\"] --> D[\"4 · Verify\"] --> E[SNS]\n",
        "flowchart LR\nsubgraph CI\nA[Build image] --> B[Run tests]\nend\nsubgraph CD\nB --> C[Push to ECR] --> D[Deploy to staging]\nend\n",
    ] {
        assert!(is_process(&read(text)), "{text}");
    }
    let parts = "flowchart TD\nU((User)) --> R[Route53] --> CF[CloudFront]\nCF --> Q{Site online?}\nCF --> S3[S3 logs]\n\
                 Q -->|No| O[S3 pages]\nQ -->|Yes| AZ[Azure web app]\n";
    assert!(!is_process(&read(parts)));
}
