//! A view of the model, measured, condensed, laid out and styled: shapes at fixed places.

mod shape;

pub use shape::{
    Anchor, Badge, BadgeForm, Connector, Glyph, Group, Label, Outline, Scene, Shape, Surface, Text, TextStyle,
};
