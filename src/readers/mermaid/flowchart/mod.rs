//! Flowcharts: `graph` and `flowchart`.

pub(super) mod link;
mod lower;
pub(super) mod node;
mod parser;
pub(super) mod process;

pub(super) use lower::read;

use crate::model::Direction;

/// The direction that a word after `flowchart` asks for. Lines that go up or left are laid out like those that go down or right.
pub(super) fn direction(word: &str) -> Option<Direction> {
    match word {
        "TB" | "TD" | "BT" | "^" | "v" => Some(Direction::Down),
        "LR" | "RL" | "<" | ">" => Some(Direction::Right),
        _ => None,
    }
}
