//! The first settings file of a project: document properties to fill in, and the open questions as
//! comments with the lines that answer them.

use crate::assessment::Question;
use crate::writers::writer::Packet;

/// Width of comments, in characters.
const WIDTH: usize = 100;

/// The text of a new `planroom.yaml`.
pub(super) fn text(packet: &Packet) -> String {
    let mut text = format!(
        "# Settings of this project. Everything is optional; what nobody answers stays an open question.\n\
         # The keys are described in docs/sidecar.md.\n\n\
         document:\n  title: {}\n  # owner:\n  # classification:\n  # version:\n  # status: draft\n  # date: YYYY-MM-DD   # expiry and support dates are judged against it\n\n",
        quoted(&packet.model.title)
    );
    if packet.assessment.questions.is_empty() {
        text.push_str("# No question is open.\n# facts:\n#   - {subject: an-element, set: {replicas: 2}}\n");
        return text;
    }
    text.push_str("# The open questions. Keep the line of the answer that is true, change it where needed, and take its `#` away.\n# `planroom answer` asks them one by one, and writes the answers here.\nfacts: []\n");
    for question in &packet.assessment.questions {
        text.push('\n');
        text.push_str(&ask(question));
    }
    text
}

fn ask(question: &Question) -> String {
    let who: Vec<&str> = question.who.iter().map(|who| who.word()).collect();
    let mut text = comment(&format!("{} ({}): {}", question.number, who.join(", "), question.text));
    for answer in &question.answers {
        let group = answer.group.as_ref().map(|group| format!("{group}: ")).unwrap_or_default();
        text.push_str(&comment(&format!("{group}{}: {}", answer.answer, answer.decides)));
        for line in answer.lines.lines().filter(|line| *line != "facts:") {
            text.push_str(&format!("# {line}\n"));
        }
    }
    text
}

/// Words as comment lines of bounded width.
fn comment(words: &str) -> String {
    let mut text = String::from("#");
    let mut width = 1;
    for word in words.split_whitespace() {
        let length = word.chars().count() + 1;
        if width + length > WIDTH && width > 1 {
            text.push_str("\n#  ");
            width = 3;
        }
        text.push(' ');
        text.push_str(word);
        width += length;
    }
    text.push('\n');
    text
}

/// A text as a YAML scalar: JSON's quotes and escapes are YAML's.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
