//! The questions one by one, as lines of text: what is asked, and what each line that comes back does.
//!
//! Knows no terminal: lines go in, words come out.

use super::meaning;
use super::{Reply, Taking};
use crate::assessment::{Answer, Ask, Question, Who};
use crate::writers::questions;
use crate::writers::writer::Packet;

/// Subjects that a prompt names; the rest is counted.
const NAMED: usize = 8;

/// What comes next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Words to print before the next line is read.
    Ask(String),
    /// Nothing is left to ask, or no more is wanted.
    Done,
}

/// What is asked at once.
#[derive(Clone, Debug)]
struct Turn<'p> {
    question: &'p Question,
    /// Subjects (or one group) and their names.
    asks: Vec<(Ask<'p>, String)>,
}

/// A dialogue about the open questions of a packet.
#[derive(Debug)]
pub struct Dialogue<'p> {
    /// What is still to be asked, the next one last.
    turns: Vec<Turn<'p>>,
    taking: Taking,
    replies: Vec<Reply>,
    /// Numbers of questions that were answered or passed.
    asked: usize,
    ended: bool,
}

impl<'p> Dialogue<'p> {
    /// The questions for a role; `None` is everybody.
    pub fn new(packet: &'p Packet, who: Option<Who>, taking: Taking) -> Self {
        let mut turns: Vec<Turn<'p>> = Vec::new();
        for row in questions::rows(packet, who) {
            let ask = (row.ask, row.name);
            let alone = ask.0.subjects.len() > 1;
            match turns.last_mut() {
                Some(turn) if turn.question.id == row.question.id && !alone && !is_group(turn) => {
                    turn.asks.push(ask)
                }
                _ => turns.push(Turn { question: row.question, asks: vec![ask] }),
            }
        }
        turns.reverse();
        Self { turns, taking, replies: Vec::new(), asked: 0, ended: false }
    }

    /// The next question.
    pub fn next(&self) -> Step {
        match self.turns.last() {
            Some(turn) if !self.ended => Step::Ask(prompt(turn, self.turns.len())),
            _ => Step::Done,
        }
    }

    /// Takes a line and gives the words to print, if any.
    pub fn take(&mut self, line: &str) -> Option<String> {
        let turn = self.turns.last()?.clone();
        let words = line.trim();
        match words.to_lowercase().as_str() {
            "quit" | "q" | "exit" => {
                self.ended = true;
                return None;
            }
            "" | "skip" | "s" => {
                self.turns.pop();
                self.asked += 1;
                return None;
            }
            "?" | "help" => return Some(help(&turn)),
            "each" if turn.asks.len() > 1 => {
                self.turns.pop();
                let single = |ask| Turn { question: turn.question, asks: vec![ask] };
                self.turns.extend(turn.asks.into_iter().rev().map(single));
                return None;
            }
            "each" => return Some("there is only one to answer for\n".to_owned()),
            _ => {}
        }
        match replies(&turn, words, &self.taking, self.asked + 1) {
            Ok(replies) => {
                self.replies.extend(replies);
                self.turns.pop();
                self.asked += 1;
                None
            }
            Err(message) => Some(format!("{message}; ? explains, skip passes\n")),
        }
    }

    /// The answers that were given.
    pub fn replies(&self) -> &[Reply] {
        &self.replies
    }
}

fn is_group(turn: &Turn<'_>) -> bool {
    turn.asks.iter().any(|(ask, _)| ask.subjects.len() > 1)
}

/// Answers that some subject of the turn can be given, each once.
fn offered<'p>(turn: &Turn<'p>) -> Vec<&'p Answer> {
    let mut offered: Vec<&Answer> = Vec::new();
    for answer in turn.asks.iter().flat_map(|(ask, _)| &ask.answers) {
        if !offered.contains(answer) {
            offered.push(answer);
        }
    }
    offered
}

/// `a`, `b`, ...: numbers would be taken for values.
fn letter(at: usize) -> char {
    u8::try_from(at).ok().and_then(|at| b'a'.checked_add(at)).map_or('?', char::from)
}

fn prompt(turn: &Turn<'_>, left: usize) -> String {
    let who: Vec<&str> = turn.question.who.iter().map(|who| who.word()).collect();
    let mut text = format!("\n{} ({}; {left} to go)\n", turn.question.text, who.join(", "));
    let names: Vec<&str> = turn.asks.iter().take(NAMED).map(|(_, name)| name.as_str()).collect();
    let more = match turn.asks.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    text.push_str(&format!("  about {}{more}\n", names.join(", ")));
    for (at, answer) in offered(turn).iter().enumerate() {
        text.push_str(&format!("  {}) {}\n", letter(at), answer.answer));
    }
    let each = if turn.asks.len() > 1 { ", each" } else { "" };
    text.push_str(&format!("{}, key: value{each}, ?, skip, quit > ", choice(turn)));
    text
}

fn choice(turn: &Turn<'_>) -> String {
    match offered(turn).len() {
        0 => format!("a value of {}", turn.question.key),
        1 => "a".to_owned(),
        several => format!("a-{}", letter(several - 1)),
    }
}

fn help(turn: &Turn<'_>) -> String {
    let mut text = format!("{}\n", turn.question.why);
    for (at, answer) in offered(turn).iter().enumerate() {
        text.push_str(&format!("  {}) {}: {}\n", letter(at), answer.answer, answer.decides));
    }
    text.push_str(&format!(
        "A letter answers for all that is named{}. A fact is written as `{}: value`. \
         An empty line or `skip` leaves it open, `quit` ends and keeps what was answered.\n",
        if turn.asks.len() > 1 { ", `each` asks one by one" } else { "" },
        turn.question.key
    ));
    text
}

fn replies(turn: &Turn<'_>, words: &str, taking: &Taking, number: usize) -> Result<Vec<Reply>, String> {
    let offered = offered(turn);
    let chosen = offered.iter().enumerate().find(|(at, _)| {
        let mut letters = words.chars();
        letters.next().map(|first| first.to_ascii_lowercase()) == Some(letter(*at))
            && matches!(letters.as_str(), "" | ")" | ".")
    });
    let words = chosen.map_or(words, |(_, answer)| answer.answer.as_str());
    let mut facts = Vec::new();
    let mut refused = None;
    for (ask, _) in &turn.asks {
        match meaning::facts(turn.question, ask, words) {
            Ok(meant) => facts.extend(meant),
            Err(message) => refused = refused.or(Some(message)),
        }
    }
    // An answer that fits some of the subjects leaves the others open.
    if let (true, Some(message)) = (facts.is_empty(), refused) {
        return Err(message);
    }
    Ok(vec![Reply {
        question: turn.question.id.clone(),
        facts,
        by: taking.by.clone(),
        date: taking.date.clone(),
        source: None,
        place: format!("answer {number}"),
    }])
}
