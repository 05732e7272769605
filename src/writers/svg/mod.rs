//! Scenes as SVG: one picture for each view.
//!
//! Marks for tools: `data-kind`, `data-id`, `data-parent`, `data-from`, `data-to`, `data-for`, `data-role`, and
//! `data-relations` with all relations that a line stands for. In a page only `data-kind` and `data-role` are
//! written. Presentation attributes carry the light colors for viewers without CSS variables.
//!
//! Architecture invariant: decides no place and no text; rounds coordinates, here and nowhere else.

mod badge;
mod draw;
pub mod graph;
mod number;
mod outline;
mod paint;

pub use draw::{Setting, draw};

use super::writer::{Output, OutputFile, Packet, Writer};

/// The pictures' style sheet; a page that embeds pictures carries it once.
pub const STYLE: &str = include_str!("../../../templates/picture/picture.css");

/// Writes `views/<view-id>.svg`.
#[derive(Debug)]
pub struct Svg;

impl Writer for Svg {
    fn output(&self) -> &'static Output {
        &Output { id: "svg", about: "one picture for each view", media_type: "image/svg+xml" }
    }

    fn write(&self, packet: &Packet) -> Vec<OutputFile> {
        let file = |scene: &crate::scene::Scene| OutputFile {
            path: format!("views/{}.svg", scene.view),
            bytes: draw(scene, Setting::Alone).into_bytes(),
        };
        packet.scenes.iter().map(file).collect()
    }
}
