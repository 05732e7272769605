//! The questions in the terminal: lines in, words and answers out.

use planroom::pipeline::answers::{Dialogue, Step, Taking, put_in, take};
use planroom::pipeline::{self, Limits};
use planroom::source::DEFAULT_LIMIT;

use crate::cli::Folder;

const MODEL: &str = include_str!("../guidance/shop.yaml");

fn packet(name: &str) -> pipeline::Packet {
    let folder = Folder::new(name);
    folder.write("p/model.yaml", MODEL);
    let limits = Limits { source: DEFAULT_LIMIT, pack: DEFAULT_LIMIT };
    let path = folder.path().join("p").to_string_lossy().into_owned();
    let gathered = pipeline::gather(&[path], limits).unwrap();
    let (mut packets, problems) = pipeline::packets(gathered.projects, &pipeline::Settings::default());
    assert!(problems.is_empty());
    packets.pop().unwrap()
}

#[test]
fn every_question_can_be_answered_passed_and_explained() {
    let packet = packet("dialogue-answers");
    let taking = Taking { by: Some("Jo".into()), date: Some("2026-03-01".into()), replace: false };
    let mut dialogue = Dialogue::new(&packet, None, taking.clone());
    let Step::Ask(first) = dialogue.next() else { panic!("something is asked") };
    assert!(first.contains("a) ") && first.contains("?, skip, quit > "), "{first}");
    let help = dialogue.take("?").unwrap();
    assert!(help.contains("quit"), "{help}");
    assert_eq!(dialogue.next(), Step::Ask(first.clone()), "an explanation moves nothing");
    let refused = dialogue.take("perhaps").unwrap();
    assert!(
        refused.contains("`perhaps` is not among the answers") && refused.ends_with("skip passes\n"),
        "{refused}"
    );
    assert_eq!(dialogue.take("a"), None);
    assert_ne!(dialogue.next(), Step::Ask(first), "the next one is asked");
    assert_eq!(dialogue.take("skip"), None);
    assert_eq!(dialogue.take("quit"), None);
    assert_eq!(dialogue.next(), Step::Done);
    assert_eq!(dialogue.replies().len(), 1);
    let taken = take(&packet, None, dialogue.replies(), &taking).unwrap();
    let text = put_in(None, &taken.edit).unwrap();
    assert!(
        text.starts_with("facts:\n  - {subject: ") && text.contains("by: Jo, date: 2026-03-01"),
        "{text}"
    );
}

#[test]
fn the_dialogue_ends() {
    let packet = packet("dialogue-ends");
    let mut dialogue = Dialogue::new(&packet, None, Taking::default());
    let mut asked = 0;
    while let Step::Ask(_) = dialogue.next() {
        asked += 1;
        assert!(asked < 200);
        let _ = dialogue.take(if asked % 2 == 0 { "each" } else { "" });
        if asked % 2 == 0 {
            let _ = dialogue.take("");
        }
    }
    assert!(asked > 1 && dialogue.replies().is_empty());
}
